/* SPDX-License-Identifier: MIT */
#include "amparo/store/periods.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"

enum { DAYS_MOST = 36525 };

const struct period_type period_types[PERIOD_COUNT] = {
    [PERIOD_REQUESTING] = {"requesting", N_("our own nationals, after closing: to be reviewed"),
                           731},
    [PERIOD_ASSISTING] = {"assisting", N_("those we assisted, after closing: to be reduced"), 180},
    [PERIOD_INTAKE] = {"intake", N_("not eligible, or never polled for: to be erased"), 90},
    [PERIOD_BACKUP] = {"backup", N_("a backup: to be destroyed"), 180},
};

enum period period_named(const char *name)
{
    int period = 0;

    while (period < PERIOD_COUNT && strcmp(period_types[period].name, name) != 0)
        period++;
    return (enum period)period;
}

static char *setting_of(enum period period)
{
    return xasprintf("period.%s", period_types[period].name);
}

bool store_period(struct store *store, enum period period, long *days, struct error *err)
{
    char *name = setting_of(period), *value = NULL;
    bool ok = store_setting(store, name, &value, err);

    *days = ok && value ? strtol(value, NULL, 10) : period_types[period].days;
    if (*days < 1 || *days > DAYS_MOST)
        *days = period_types[period].days;
    free(name);
    free(value);
    return ok;
}

bool store_set_period(struct store *store, enum period period, long days, struct error *err)
{
    char value[24];

    if (!post_refresh(store, err))
        return false;
    if (store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED, _("only a head of post says how long data is kept"));
    if (days < 1 || days > DAYS_MOST)
        return error_set(err, ERROR_INPUT, _("%ld: it is from 1 to %d days"), days, DAYS_MOST);
    char *name = setting_of(period);
    snprintf(value, sizeof value, "%ld", days);
    bool ok = store_set_setting(store, name, value, err);
    free(name);
    return ok;
}
