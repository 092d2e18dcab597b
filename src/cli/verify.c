/* SPDX-License-Identifier: MIT */
/* amparo verify: is the case file what it says? */
#include "commands.h"

#include <stdio.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/store/verify.h"

/* On a terminal only, and only as a percentage changes. */
static bool show_progress(void *ctx, size_t done, size_t total)
{
    size_t *shown = ctx, percent = total ? done * 100 / total : 100;

    if (percent != *shown)
        fprintf(stderr, "\r%3zu %%%s", percent, done == total ? "\r     \r" : "");
    *shown = percent;
    return true;
}

static bool prove(struct store *store, store_progress *progress, struct error *err)
{
    struct verified verified;
    size_t shown = 0;
    bool ok = store_verify(store, progress, &shown, &verified, err);

    if (ok) {
        cli_put_lines(&verified.notes);
        printf(_("Whole: %zu acts, %zu cases, %zu officers. Head of the log:\n%s\n"), verified.acts,
               verified.cases, verified.officers, verified.head);
    }
    buf_release(&verified.notes);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    size_t shown = 0;
    store_progress *progress = isatty(STDERR_FILENO) ? show_progress : NULL;
    (void)argc;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = (!cli_has(cli, "rebuild") || store_rebuild(store, progress, &shown, err)) &&
              prove(store, progress, err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {{"rebuild", NULL, 0}, {NULL, NULL, 0}};

const struct command command_verify = {
    .name = "verify",
    .usage = "FILE [--rebuild]",
    .summary = N_("every page, act and signature; lists and search against the acts"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
