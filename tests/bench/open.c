/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=open: from the Enter after the passphrase to the last byte of the first screen
 * of work, 100,000 cases in the file, without the time inside the key derivation. That time is of
 * the same opening: the program runs with kdfclock.so, which notes when each derivation began and
 * ended. What is left are the parts before, between and after, so it cannot be negative.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "tests/bench/figure.h"
#include "tests/bench/session.h"
#include "tests/harness/scratch.h"

/* The time of all derivations that lie between the two instants. */
static int64_t derivations(const char *log, int64_t from, int64_t to)
{
    FILE *in = fopen(log, "re");
    int64_t began, ended, sum = 0;

    while (in && fscanf(in, "%" SCNd64 " %" SCNd64, &began, &ended) == 2) {
        if (began < from || ended > to)
            errx(1, "a key derivation was not part of the opening");
        sum += ended - began;
    }
    if (in)
        fclose(in);
    if (!sum)
        errx(1, "no key derivation was seen; is kdfclock.so beside this program?");
    return sum;
}

static void opening(struct measured *with, struct measured *without)
{
    char *log = scratch_path(session_folder(), "kdf.log");
    char *log_env = xasprintf("AMPARO_KDF_LOG=%s", log);
    char *preload = xasprintf("LD_PRELOAD=%s", getenv("AMPARO_KDFCLOCK"));
    const char *const env[] = {log_env, preload, NULL};

    unlink(log);
    struct child *child =
        session_start(&(struct child_options){.env = env}, &profile_plain, session_big());
    session_unlock(child, session_big());
    int64_t from = child_last_input(child), to = child_last_output(child);
    measured_add(with, (double)(to - from) / 1e6);
    measured_add(without, (double)(to - from - derivations(log, from, to)) / 1e6);
    session_end(child);
    unlink(log);
    free(preload);
    free(log_env);
    free(log);
}

int main(void)
{
    struct measured with = {0}, without = {0};

    if (!getenv("AMPARO_KDFCLOCK"))
        errx(2, "run by: make bench BENCH=open");
    for (int i = 0; i < bench_rounds(7, 21); i++)
        opening(&with, &without);
    figure("open.with_kdf", measured_median(&with), "ms");
    figure("open.without_kdf", measured_median(&without), "ms");
    measured_release(&with);
    measured_release(&without);
    return 0;
}
