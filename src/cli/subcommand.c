/* SPDX-License-Identifier: MIT */
#include "subcommand.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/store/incoming.h"

static const struct subcommand *find(const struct subcommand *table, const char *name, int words)
{
    for (; table->name; table++)
        if (strcmp(table->name, name) == 0 && words >= table->least && words <= table->most)
            return table;
    return NULL;
}

static bool settle(struct store *store, struct error *err)
{
    size_t recorded;

    if (!store_settle_trusted(store, &recorded, err))
        return false;
    if (recorded)
        fprintf(stderr,
                n_("%zu act that had come before counts now\n",
                   "%zu acts that had come before count now\n", recorded),
                recorded);
    return true;
}

bool subcommand_run(const struct cli *cli, const struct subcommand *table, int argc, char **argv,
                    struct error *err)
{
    const char *name = argc > 1 ? argv[1] : table->name, *command = cli->command->name;
    char *none[] = {NULL};
    struct subcall call = {
        .cli = cli, .count = argc > 2 ? argc - 2 : 0, .words = argc > 2 ? argv + 2 : none};
    const struct subcommand *sub = find(table, name, call.count);

    if (!sub)
        return error_set(err, ERROR_INPUT,
                         _("%s %s: unknown, or too few or too many words; see amparo %s --help"),
                         command, name, command);
    if (!cli_open(cli, argv[0], sub->use == READS ? STORE_READ_ONLY : 0, &call.store, err))
        return false;
    bool good = sub->run(&call, err) && (sub->use != TRUSTS || settle(call.store, err));
    if (good && sub->use > TAKES)
        cli_wrote(call.store);
    store_close(call.store);
    return good;
}
