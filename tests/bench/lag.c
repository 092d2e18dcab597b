/* SPDX-License-Identifier: MIT */
/* make bench BENCH=lag: a key held down at the end of a slow line, from its release to rest. */
#include "tests/bench/bigfile.h"
#include "tests/bench/figure.h"
#include "tests/bench/session.h"

enum { LINE = 960, REPEAT = 30, HELD_S = 3 };

static double lag_of(const char *file)
{
    struct child *child =
        session_start(&(struct child_options){.line_speed = LINE}, &profile_plain, file);

    session_unlock(child, BIGFILE_PASSPHRASE);
    session_find(child);
    int64_t began = bench_clock();
    for (int i = 0; i < REPEAT * HELD_S; i++) {
        child_send_key(child, PRESS_DOWN);
        int64_t next = began + (int64_t)(i + 1) * 1000000000 / REPEAT;
        child_run_until(child, next);
    }
    int64_t released = bench_clock();
    child_rest(child);
    double lag = (double)(child_last_output(child) - released) / 1e6;
    child_free(child);
    return lag > 0 ? lag : 0;
}

int main(void)
{
    struct measured m = {0};

    for (int i = 0; i < bench_rounds(3, 5); i++)
        measured_add(&m, lag_of(session_small_file()));
    figure("lag.held_key.960", measured_median(&m), "ms");
    measured_release(&m);
    return 0;
}
