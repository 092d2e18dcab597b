/* SPDX-License-Identifier: MIT */
/* make bench BENCH=writes: the most calls of write() in which any paint after the first came. */
#include "tests/bench/figure.h"
#include "tests/bench/session.h"
#include "tests/tui/tour.h"

static size_t most;

static void press(struct child *child, int key)
{
    size_t before = child_writes(child);

    child_press(child, key);
    size_t writes = child_writes(child) - before;
    most = writes > most ? writes : most;
}

/* Each screen of the demo, and a move on it. */
static void every_screen(void)
{
    /* No printer: what a printing system answers is a paint of its own, when it comes. */
    static const char *const env[] = {"PATH=/nowhere", NULL};
    struct child *child = session_start(&(struct child_options){.env = env, .count_writes = true},
                                        &profile_rich, session_demo());

    session_unlock(child, session_demo());
    for (size_t i = 0; i < tour_stop_count && tour_home(child); i++) {
        tour_before(child, &tour_stops[i]);
        size_t before = child_writes(child);
        tour_last(child, &tour_stops[i]);
        size_t writes = child_writes(child) - before;
        most = writes > most ? writes : most;
        press(child, PRESS_DOWN);
    }
    child_free(child);
}

int main(void)
{
    struct child *child = session_start(&(struct child_options){.count_writes = true},
                                        &profile_plain, session_small());

    session_unlock(child, session_small());
    session_find(child);
    for (int i = 0; i < 40; i++)
        press(child, PRESS_DOWN);
    press(child, PRESS_PAGE_DOWN);
    press(child, PRESS_PAGE_UP);
    press(child, PRESS_F12);
    session_intake(child);
    for (int i = 0; i < 30; i++)
        press(child, i % 5 ? 'a' : PRESS_TAB);
    child_free(child);
    every_screen();
    figure("writes.per_paint", (double)most, "x");
    return 0;
}
