/* SPDX-License-Identifier: MIT */
/* amparo verify --accept-loss: a file that is refused goes on with what is there. */
#include "verify_work.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/cli/terminal.h"
#include "amparo/store/accept.h"

struct asking {
    const struct cli *cli;
    const char *name; /* of the file, without its folder */
    struct buf lines; /* what is lost */
    struct progress progress;
    bool begun;
};

/* One line from the terminal is the name of the file. */
static bool is_typed(const struct asking *a, struct error *err)
{
    char line[1024];
    FILE *terminal = fopen("/dev/tty", "r+e");
    FILE *shown = terminal ? terminal_stream(fileno(terminal)) : NULL;

    if (!shown && terminal)
        fclose(terminal);
    if (!shown)
        return error_set(err, ERROR_INPUT, _("no terminal to ask on; --yes accepts it unasked"));
    fputs(buf_text(&a->lines), shown);
    fprintf(shown, _("To accept this, type the name of the file (%s): "), a->name);
    fclose(shown);
    bool typed = fgets(line, sizeof line, terminal) != NULL;
    fclose(terminal);
    line[typed ? strcspn(line, "\n") : 0] = '\0';
    return strcmp(line, a->name) == 0 ||
           error_set(err, ERROR_FAILED, _("that is not its name: nothing is accepted"));
}

static bool confirm(void *ctx, const struct buf *lines, struct error *err)
{
    struct asking *a = ctx;

    buf_add(&a->lines, lines->data, lines->size);
    if (!cli_has(a->cli, "yes") && !is_typed(a, err))
        return false;
    progress_begin(&a->progress, _("Accepting"));
    a->begun = true;
    return true;
}

static void put_accepted(const struct asking *a, const char *file, const struct accepted *out)
{
    cli_put_lines(&a->lines);
    cli_put_lines(&out->list);
    printf(_("%s goes on with what is there, up to act %lld; a head of post signed for what is "
             "lost.\nThe refused file is kept as %s: destroy it when nothing is looked for in it "
             "any more.\n"),
           file, (long long)out->last, out->kept);
    if (out->erased)
        printf(_("persons erased again, as the file of erasures says: %zu\n"), out->erased);
}

static bool accept_loss(struct asking *a, const char *file, const struct witness *witness,
                        struct error *err)
{
    struct typed_secret secret;
    struct accepted out;

    if (!cli_passphrase(a->cli, &secret, err))
        return false;
    const struct accept_how how = {.officer = cli_value(a->cli, "officer"),
                                   .passphrase = {secret.bytes, secret.length},
                                   .witness = witness,
                                   .confirm = confirm,
                                   .confirm_ctx = a,
                                   .progress = progress_step,
                                   .ctx = &a->progress};
    bool ok = store_accept_loss(file, &how, &out, err);
    if (a->begun)
        progress_end(&a->progress);
    secret_release(&secret);
    if (ok)
        put_accepted(a, file, &out);
    accepted_release(&out);
    return ok;
}

bool verify_accept_loss(const struct cli *cli, const char *file, const struct witness *witness,
                        struct error *err)
{
    char *copy = xstrdup(file);
    struct asking a = {.cli = cli, .name = basename(copy), .lines = BUF_INIT};
    bool ok;

    if (cli_has(cli, "salvage") || cli_has(cli, "rebuild"))
        ok =
            error_set(err, ERROR_INPUT,
                      _("--accept-loss goes with --witness and --yes alone; verify the file then"));
    else if (access(file, F_OK) != 0)
        ok = error_set(err, ERROR_FAILED, _("%s: cannot be opened: %s"), file, strerror(errno));
    else
        ok = accept_loss(&a, file, witness, err);
    buf_release(&a.lines);
    free(copy);
    return ok;
}
