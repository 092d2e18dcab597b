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

struct date clock_today(void)
{
    return instant_date(clock_now());
}
