/* SPDX-License-Identifier: MIT */
/* amparo recovery: what the recovery key is for. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"

static bool open_by_key(const struct cli *cli, const char *path, struct store **store,
                        struct error *err)
{
    struct secret key;
    bool ok = cli_recovery_key(cli, &key, err) && store_open_recovery(path, key.bytes, store, err);

    secret_release(&key);
    return ok;
}

static bool check(const struct cli *cli, const char *path, struct error *err)
{
    struct store *store;

    if (!open_by_key(cli, path, &store, err))
        return false;
    store_close(store);
    printf(_("The recovery key opens %s. Lock it away again.\n"), path);
    return true;
}

static bool use(const struct cli *cli, const char *path, const char *name, struct error *err)
{
    struct store *store;
    struct secret secret;

    if (!open_by_key(cli, path, &store, err))
        return false;
    bool ok = cli_new_passphrase(cli, "new-passphrase-file", &secret, err) &&
              store_add_officer(store, name, ROLE_HEAD,
                                (struct passphrase){secret.bytes, secret.length}, err);
    secret_release(&secret);
    if (ok)
        cli_wrote(store);
    store_close(store);
    if (ok)
        printf(_("%s is now a head of post, named by the recovery key.\n"), name);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    if (strcmp(argv[1], "check") == 0 && argc == 2)
        return check(cli, argv[0], err);
    if (strcmp(argv[1], "use") == 0 && argc == 3)
        return use(cli, argv[0], argv[2], err);
    return error_set(err, ERROR_INPUT,
                     _("how to call it: amparo recovery FILE check, or FILE use NAME; see amparo "
                       "recovery --help"));
}

static const struct option_type options[] = {
    {"recovery-file", "PATH", 0},
    {"new-passphrase-file", "PATH", 0},
    {NULL, NULL, 0},
};

const struct command command_recovery = {
    .name = "recovery",
    .usage = "FILE check\nFILE use NAME [--new-passphrase-file PATH]",
    .summary = N_("try the recovery key, or name a new head of post by it"),
    .options = options,
    .least = 2,
    .most = 3,
    .run = run,
};
