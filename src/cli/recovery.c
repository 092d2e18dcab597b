/* SPDX-License-Identifier: MIT */
/* amparo recovery: shares of the recovery key, of which two open a case file. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/cli/sheets.h"
#include "amparo/store/keys.h"
#include "amparo/vault/recovery.h"
#include "amparo/vault/vault.h"

static bool make_new(const struct cli *cli, const char *path, struct error *err)
{
    struct buf shares = BUF_INIT;
    struct store *store;
    struct progress progress;
    struct rekey_ask ask = {cli_has(cli, "seen"), progress_step, &progress};

    if (!cli_open(cli, path, 0, &store, err))
        return false;
    progress_begin(&progress, _("Changing the keys"));
    bool ok = store_renew_recovery(store, &ask, &shares, err);
    progress_end(&progress);
    if (ok) {
        cli_wrote(store);
        sheets_put(path, store, &shares);
        printf(_("These are the new recovery shares, shown this once. The old ones are good for\n"
                 "nothing any more: burn them.\n"));
    }
    buf_release(&shares);
    store_close(store);
    return ok;
}

/* Who says who they are has it written down that a share was tried. */
static bool write_down(const struct cli *cli, const char *path, int number, struct error *err)
{
    struct store *store;

    if (!cli_has(cli, "officer") && !cli_has(cli, "passphrase-file") &&
        !cli_has(cli, "passphrase-fd")) {
        printf(_("To have it written down, give --officer or a passphrase too.\n"));
        return true;
    }
    if (!cli_open(cli, path, 0, &store, err))
        return false;
    bool ok = store_note_rehearsal(store, number, err);
    if (ok)
        cli_wrote(store);
    store_close(store);
    return ok;
}

static bool check(const struct cli *cli, const char *path, struct error *err)
{
    struct vault_share share;
    struct typed_secret text;

    if (!cli_recovery_shares(cli, 1, &text, err))
        return false;
    bool ok = vault_check_share(path, text.bytes, &share, err);
    secret_release(&text);
    if (ok)
        printf(_("Share %d of set %u is good. Lock it away again.\n"), share.number, share.set);
    return ok && write_down(cli, path, share.number, err);
}

static bool open_by_shares(const struct cli *cli, const char *path, struct store **store,
                           struct error *err)
{
    struct typed_secret text;
    bool ok = cli_recovery_shares(cli, RECOVERY_NEEDED, &text, err) &&
              store_open_recovery(path, text.bytes, store, err);

    secret_release(&text);
    return ok;
}

static bool use(const struct cli *cli, const char *path, const char *name, struct error *err)
{
    struct store *store;
    struct typed_secret secret;

    if (!open_by_shares(cli, path, &store, err))
        return false;
    if (cli_has(cli, "slow-machine"))
        store_set_slow(store);
    bool ok = cli_new_passphrase(cli, "new-passphrase-file", &secret, err) &&
              store_add_officer(store, name, ROLE_HEAD,
                                (struct passphrase){secret.bytes, secret.length}, err);
    secret_release(&secret);
    if (ok)
        cli_wrote(store);
    store_close(store);
    if (ok)
        printf(_("%s is now a head of post, named by the recovery key. Two shares were together\n"
                 "on this machine: make new ones with `amparo recovery %s new --seen`.\n"),
               name, path);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    if (strcmp(argv[1], "new") == 0 && argc == 2)
        return make_new(cli, argv[0], err);
    if (strcmp(argv[1], "check") == 0 && argc == 2)
        return check(cli, argv[0], err);
    if (strcmp(argv[1], "use") == 0 && argc == 3)
        return use(cli, argv[0], argv[2], err);
    return error_set(
        err, ERROR_INPUT,
        _("how to call it: amparo recovery FILE new, FILE check, or FILE use NAME; see "
          "amparo recovery --help"));
}

static const struct option_type options[] = {
    {"recovery-file", "PATH", 0},
    {"new-passphrase-file", "PATH", 0},
    {"seen", NULL, 0},
    {"slow-machine", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_recovery = {
    .name = "recovery",
    .usage = "FILE new [--seen]\nFILE check [--recovery-file PATH]\n"
             "FILE use NAME [--recovery-file PATH] [--new-passphrase-file PATH] "
             "[--slow-machine]",
    .summary = N_("new recovery shares, try one, or name a new head of post by two"),
    .help =
        N_("A share is asked for as it stands on its sheet, or read from the file of\n"
           "--recovery-file. check takes one share alone and no passphrase; with --officer or a\n"
           "passphrase it is written down that it was tried. new --seen also gives the file a\n"
           "new key, for who has old shares and a copy of the file from before; the file must\n"
           "be open nowhere else then."),
    .options = options,
    .least = 2,
    .most = 3,
    .run = run,
};
