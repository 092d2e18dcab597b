/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=lag: a key held down at the end of a slow line, from its release to rest: in a
 * list that scrolls and page by page, in a form page by page, and in a field of text until it is
 * full and scrolls too.
 */
#include <err.h>

#include "tests/bench/figure.h"
#include "tests/bench/session.h"

enum { LINE = 960, REPEAT = 30, HELD_S = 3 };

static void go_to_list(struct child *child)
{
    session_find(child);
}

static void go_to_field(struct child *child)
{
    session_intake(child);
    session_text_field(child);
}

static void go_to_form(struct child *child)
{
    session_intake(child);
}

static const struct place {
    const char *name;
    void (*go)(struct child *child);
    int key, back; /* each so many times in turn, where one alone would soon come to the end */
    int times;
} places[] = {{"list", go_to_list, PRESS_DOWN, PRESS_DOWN, 1},
              {"page", go_to_list, PRESS_PAGE_DOWN, PRESS_PAGE_UP, 8},
              {"form", go_to_form, PRESS_PAGE_DOWN, PRESS_PAGE_UP, 1},
              {"field", go_to_field, 'a', 'a', 1}};

static void send_once(struct child *child, int key)
{
    if (key < PRESS_F1)
        child_send(child, (const char[]){(char)key}, 1);
    else
        child_send_key(child, key);
}

static double lag_of(const struct place *place)
{
    struct child *child =
        session_start(&(struct child_options){.line_speed = LINE}, &profile_plain, session_small());

    session_unlock(child, session_small());
    place->go(child);
    size_t before = child_bytes(child);
    int64_t began = bench_clock();
    for (int i = 0; i < REPEAT * HELD_S; i++) {
        send_once(child, i / place->times % 2 ? place->back : place->key);
        child_run_until(child, began + (int64_t)(i + 1) * 1000000000 / REPEAT);
    }
    int64_t released = bench_clock();
    child_rest(child);
    if (child_bytes(child) - before < REPEAT)
        errx(1, "the key did nothing");
    double lag = (double)(child_last_output(child) - released) / 1e6;
    session_end(child);
    return lag > 0 ? lag : 0; /* at rest before the key would have come again */
}

int main(void)
{
    double worst = 0;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct measured m = {0};
        for (int round = 0; round < bench_rounds(1, 5); round++)
            measured_add(&m, lag_of(&places[i]));
        double lag = measured_median(&m);
        figuref(lag, "ms", "lag.held_key.960.%s", places[i].name);
        worst = lag > worst ? lag : worst;
        measured_release(&m);
    }
    figure("lag.held_key.960", worst, "ms");
    return 0;
}
