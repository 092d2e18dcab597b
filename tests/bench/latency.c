/* SPDX-License-Identifier: MIT */
/* make bench BENCH=latency: from a key to the last byte of its paint, with 100,000 cases. */
#include "tests/bench/bigfile.h"
#include "tests/bench/figure.h"
#include "tests/bench/session.h"

static void add_latency(struct measured *m, const struct child *child)
{
    int64_t took = child_last_output(child) - child_last_input(child);

    if (took > 0)
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
    figure(name, measured_quantile(m, 0.95), "ms");
    measured_release(m);
}

int main(void)
{
    struct child *child = session_start(NULL, &profile_plain, session_big_file());
    struct measured keys = {0}, search = {0};
    int rounds = bench_rounds(3, 20);

    session_unlock(child, BIGFILE_PASSPHRASE);
    session_find(child);
    for (int i = 0; i < 40 * rounds; i++)
        press(&keys, child, i % 40 < 30 ? PRESS_DOWN : PRESS_UP);
    for (int i = 0; i < rounds; i++) {
        type(&search, child, "ramirez karen");
        for (int j = 0; j < 13; j++)
            press(&search, child, PRESS_BACKSPACE);
    }
    press(&search, child, PRESS_F12);
    session_intake(child);
    child_press(child, PRESS_TAB);
    for (int i = 0; i < rounds; i++) {
        type(&keys, child, "An honest name of some length");
        for (int j = 0; j < 29; j++)
            press(&keys, child, PRESS_BACKSPACE);
    }
    print("latency.key_to_paint.p95", &keys);
    print("latency.search.p95", &search);
    child_free(child);
    return 0;
}
