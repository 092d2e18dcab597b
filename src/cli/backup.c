/* SPDX-License-Identifier: MIT */
/* amparo backup and amparo restore. */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"

static bool run_backup(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    (void)argc;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    struct progress progress;
    progress_begin(&progress, _("Copying"));
    bool ok = store_backup(store, argv[1], progress_step, &progress, err);
    progress_end(&progress);
    store_close(store);
    if (ok)
        printf(_("%s is written and verified.\n"), argv[1]);
    return ok;
}

static void say_restored(const char *path, const struct restored *restored)
{
    fputs(buf_text(&restored->notes), stderr);
    if (restored->erased)
        printf(n_("%zu person was erased since the backup, and is erased again.\n",
                  "%zu persons were erased since the backup, and are erased again.\n",
                  restored->erased),
               restored->erased);
    printf(_("%s goes on from the backup. Never use the lost file beside it.\n"), path);
}

static bool run_restore(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct typed_secret secret;
    (void)argc;

    if (access(argv[0], F_OK) != 0)
        return error_set(err, ERROR_FAILED, _("%s: cannot be opened: %s"), argv[0],
                         strerror(errno));
    if (!cli_passphrase(cli, &secret, err))
        return false;
    struct progress progress;
    progress_begin(&progress, _("Restoring"));
    struct restoring how = {.backup = argv[0],
                            .path = argv[1],
                            .officer = cli_value(cli, "officer"),
                            .passphrase = {secret.bytes, secret.length},
                            .erasures = cli_value(cli, "erasures"),
                            .progress = progress_step,
                            .ctx = &progress};
    struct restored restored;
    bool ok = store_restore(&how, &restored, err);
    progress_end(&progress);
    secret_release(&secret);
    if (ok)
        say_restored(argv[1], &restored);
    buf_release(&restored.notes);
    return ok;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "FILE DEST",
    .summary = N_("a consistent copy, verified, while others work"),
    .least = 2,
    .most = 2,
    .run = run_backup,
};

static const struct option_type restore_options[] = {{"erasures", "PATH", 0}, {NULL, NULL, 0}};

const struct command command_restore = {
    .name = "restore",
    .usage = "BACKUP FILE [--erasures PATH]",
    .summary = N_("a working case file out of a backup, by a head of post"),
    .help = N_("Who was erased since the backup was made is erased again: by the files *.erasures "
               "beside\neither of the two, and by that of --erasures."),
    .options = restore_options,
    .least = 2,
    .most = 2,
    .run = run_restore,
};
