/* SPDX-License-Identifier: MIT */
#include "amparo/tui/lockperiod.h"

#include <stdlib.h>

#include "amparo/store/settings.h"

long lockperiod_get(struct store *store)
{
    long minutes = setting_type(SETTING_LOCK)->usual;
    char *seconds = NULL;
    bool own = store_setting(store, "lock_after", &seconds, NULL) && seconds;
    long test = own ? strtol(seconds, NULL, 10) : 0;
    free(seconds);
    if (test > 0)
        return test;
    return settings_number(store, SETTING_LOCK, &minutes, NULL) ? minutes * 60 : 10 * 60;
}
