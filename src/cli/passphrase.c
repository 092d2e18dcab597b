/* SPDX-License-Identifier: MIT */
/* amparo passphrase: another one for who calls. */
#include "commands.h"

#include <stdio.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/store/keys.h"

static bool change(const struct cli *cli, struct store *store, const struct typed_secret *old,
                   const struct typed_secret *new, struct error *err)
{
    struct progress progress;
    struct rekey_ask ask = {cli_has(cli, "seen"), progress_step, &progress};

    progress_begin(&progress, _("Changing the keys"));
    bool ok = store_set_passphrase(store, (struct passphrase){old->bytes, old->length},
                                   (struct passphrase){new->bytes, new->length}, &ask, err);
    progress_end(&progress);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    struct typed_secret old, new;
    (void)argc;

    if (!cli_open_by(cli, argv[0], 0, &old, &store, err))
        return false;
    if (cli_has(cli, "slow-machine"))
        store_set_slow(store);
    bool ok = cli_new_passphrase(cli, "new-passphrase-file", &new, err) &&
              change(cli, store, &old, &new, err);
    secret_release(&old);
    secret_release(&new);
    if (ok)
        cli_wrote(store);
    store_close(store);
    if (ok)
        printf(_("The passphrase is changed.\n"));
    return ok;
}

static const struct option_type options[] = {
    {"new-passphrase-file", "PATH", 0},
    {"seen", NULL, 0},
    {"slow-machine", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_passphrase = {
    .name = "passphrase",
    .usage = "FILE [--new-passphrase-file PATH] [--seen] [--slow-machine]",
    .summary = N_("another passphrase for who calls"),
    .help =
        N_("With --seen, where somebody may have seen the old one: new keys for you and for the\n"
           "file as well, for who has a copy of the file from before. The file must be open\n"
           "nowhere else then.\n"
           "Unlocking takes about half a second on the machine where a passphrase is set; with\n"
           "--slow-machine it is set for a slower one."),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
