/* SPDX-License-Identifier: MIT */
/* amparo periods: how long data is kept. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/store/periods.h"

static bool list(struct store *store, struct error *err)
{
    for (int p = 0; p < PERIOD_COUNT; p++) {
        long days;
        if (!store_period(store, (enum period)p, &days, err))
            return false;
        printf("%-10s %5ld  %s\n", period_types[p].name, days, _(period_types[p].label));
    }
    return true;
}

static bool set(struct store *store, const char *name, const char *text, struct error *err)
{
    enum period period = period_named(name);
    char *end;
    long days = strtol(text, &end, 10);

    if (period == PERIOD_COUNT)
        return error_set(err, ERROR_INPUT, _("%s: is no period; see amparo periods FILE"), name);
    if (!*text || *end)
        return error_set(err, ERROR_INPUT, _("%s: is no number of days"), text);
    return store_set_period(store, period, days, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;

    if (argc == 2)
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "periods",
                         "FILE NAME DAYS");
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = argc == 1 ? list(store, err) : set(store, argv[1], argv[2], err);
    store_close(store);
    return ok;
}

const struct command command_periods = {
    .name = "periods",
    .usage = "FILE [NAME DAYS]",
    .summary = N_("how long data is kept; a head of post changes it"),
    .least = 1,
    .most = 3,
    .run = run,
};
