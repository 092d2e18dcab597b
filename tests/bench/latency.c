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

/* The work of today, read anew, with the tasks of a tenth of the cases and of all. */
static void bench_worklist(int rounds)
{
    const struct session_file *files[] = {session_tenth(), session_big()};
    double p95 = 0, median[2];

    for (int f = 0; f < 2; f++) {
        struct measured worklist = {0};
        struct child *child = session_start(NULL, &profile_plain, files[f]);
        session_unlock(child, files[f]);
        for (int i = 0; i < 4 * rounds; i++)
            press(&worklist, child, CTRL('L'));
        p95 = measured_quantile(&worklist, 0.95);
        median[f] = measured_median(&worklist);
        measured_release(&worklist);
        session_end(child);
    }
    figure("latency.worklist.p95", p95, "ms");
    figure("latency.worklist.growth", median[1] / median[0], "x"); /* ten times the cases */
}

/* The list, opened, and by each stage. */
static void bench_reading(struct child *child, int rounds)
{
    struct measured list = {0};

    for (int i = 0; i < 2 * rounds; i++) {
        session_find(child);
        add_latency(&list, child);
        for (int stage = 0; stage < 4; stage++)
            press(&list, child, PRESS_F6);
        child_press(child, PRESS_F12);
    }
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

/* A view as it is typed: each key narrows the list or sorts it; then it is called, and counted. */
static void bench_view(struct child *child, int rounds)
{
    static const char view[] = "place:AE due<9 mine sort:due";
    struct measured keys = {0}, counts = {0};

    for (int i = 0; i < rounds; i++) {
        session_find(child);
        type(&keys, child, view);
        child_press(child, PRESS_DOWN);
        type(&keys, child, "13");
        type(&counts, child, "c");
        child_press(child, PRESS_F12);
        child_press(child, PRESS_F12);
    }
    print("view", &keys);
    print("counts", &counts);
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

/* Who may be the same person: asked of one who is on record, and as a new one is typed. */
static void bench_duplicates(struct child *child, int rounds)
{
    static const char *const cases[] = {"ramirez karen", "lopez jose", "zelaya elmer", "flores"};
    static const char *const names[] = {"Ramires", "Lopez", "Karen Yamileth"};
    struct measured duplicates = {0};

    for (int i = 0; i < 2 * rounds; i++) {
        session_find(child);
        child_type(child, cases[i % 4]);
        child_press(child, PRESS_ENTER);
        child_type(child, "1");
        type(&duplicates, child, "s");
        child_press(child, PRESS_F12);
        child_type(child, "n");
        child_press(child, PRESS_TAB);
        child_press(child, PRESS_TAB);
        for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
            child_type(child, names[n]);
            press(&duplicates, child, PRESS_TAB);
        }
        press(&duplicates, child, PRESS_F2);
        while (emulator_find(child_screen(child), SESSION_HOME) < 0)
            child_press(child, PRESS_F12);
    }
    print("duplicates", &duplicates);
}

int main(void)
{
    int rounds = bench_rounds(3, 20);

    bench_worklist(rounds);
    struct child *child = session_start(NULL, &profile_plain, session_big());

    session_unlock(child, session_big());
    bench_reading(child, rounds);
    bench_search(child, rounds);
    bench_view(child, rounds);
    bench_duplicates(child, rounds);
    bench_keys(child, rounds);
    session_end(child);
    return 0;
}
