/* SPDX-License-Identifier: MIT */
/* make bench BENCH=latency: from a key to the last byte of its paint, with 100,000 cases. */
#include "tests/bench/figure.h"
#include "tests/bench/session.h"

static void add_latency(struct measured *m, const struct child *child)
{
    int64_t took = child_last_output(child) - child_last_input(child);

    if (took > 0) /* else it painted nothing: the end of a list */
        measured_add(m, (double)took / 1e6);
}

static void press(struct measured *m, struct child *child, int key)
{
    child_press(child, key);
    add_latency(m, child);
}

static void type(struct measured *m, struct child *child, const char *letters)
{
    for (; *letters; letters++) {
        child_type(child, (const char[]){*letters, '\0'});
        add_latency(m, child);
    }
}

static void print(const char *name, struct measured *m)
{
    figuref(measured_quantile(m, 0.95), "ms", "latency.%s.p95", name);
    measured_release(m);
}

/* The work of today, read anew; then the list, opened, and by each stage. */
static void bench_reading(struct child *child, int rounds)
{
    struct measured worklist = {0}, list = {0};

    for (int i = 0; i < 4 * rounds; i++)
        press(&worklist, child, CTRL('L'));
    for (int i = 0; i < 2 * rounds; i++) {
        session_find(child);
        add_latency(&list, child);
        press(&list, child, PRESS_F4);
        for (int stage = 0; stage < 4; stage++)
            press(&list, child, PRESS_F6);
        child_press(child, PRESS_F12);
    }
    print("worklist", &worklist);
    print("list", &list);
}

static void bench_search(struct child *child, int rounds)
{
    static const char words[] = "ramirez karen";
    struct measured search = {0};

    session_find(child);
    for (int i = 0; i < rounds; i++) {
        type(&search, child, words);
        for (size_t j = 1; j < sizeof words; j++)
            press(&search, child, PRESS_BACKSPACE);
    }
    child_press(child, PRESS_F12);
    print("search", &search);
}

static void bench_keys(struct child *child, int rounds)
{
    static const char text[] = "An honest name of some length";
    struct measured keys = {0};

    session_find(child);
    for (int i = 0; i < 40 * rounds; i++)
        press(&keys, child, i % 40 < 30 ? PRESS_DOWN : PRESS_UP);
    child_press(child, PRESS_F12);
    session_intake(child);
    session_text_field(child);
    for (int i = 0; i < rounds; i++) {
        type(&keys, child, text);
        for (size_t j = 1; j < sizeof text; j++)
            press(&keys, child, PRESS_BACKSPACE);
    }
    print("key_to_paint", &keys);
}

int main(void)
{
    struct child *child = session_start(NULL, &profile_plain, session_big());
    int rounds = bench_rounds(3, 20);

    session_unlock(child, session_big());
    bench_reading(child, rounds);
    bench_search(child, rounds);
    bench_keys(child, rounds);
    session_end(child);
    return 0;
}
