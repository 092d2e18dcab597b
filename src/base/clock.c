/* SPDX-License-Identifier: MIT */
#include "amparo/base/clock.h"

#include <time.h>

struct instant clock_now(void)
{
    time_t now = time(NULL);
    struct tm local;
    long east = localtime_r(&now, &local) ? local.tm_gmtoff : 0;

    return (struct instant){.seconds = now, .offset = (int16_t)(east / 60)};
}

int64_t clock_steady_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
