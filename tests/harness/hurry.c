/* SPDX-License-Identifier: MIT */
/*
 * A machine on which everything takes long, for tests of what is said then: loaded before the C
 * library (LD_PRELOAD), the coarse steady clock goes on by AMPARO_HURRY milliseconds each time that
 * it is looked at. Work looks at that one; keys are taken by the other, which keeps its pace. For
 * tests only.
 */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *out)
{
    static long long ahead; /* ms */
    const char *step = getenv("AMPARO_HURRY");
    int failed = (int)syscall(SYS_clock_gettime, clock, out);

    if (failed || clock != CLOCK_MONOTONIC_COARSE)
        return failed;
    ahead += step ? atoll(step) : 0;
    out->tv_sec += (time_t)(ahead / 1000);
    out->tv_nsec += (long)(ahead % 1000) * 1000000;
    if (out->tv_nsec >= 1000000000) {
        out->tv_nsec -= 1000000000;
        out->tv_sec++;
    }
    return 0;
}
