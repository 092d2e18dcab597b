/* SPDX-License-Identifier: MIT */
/* amparo dossier: the correspondence of a case in one file that proves itself. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/cli/session.h"
#include "amparo/paper/output.h"
#include "amparo/pouch/dossier_make.h"

static bool read_disclosure(const struct cli *cli, struct disclosure *how, struct error *err)
{
    const char *reader = cli_value(cli, "for");

    *how = (struct disclosure){.code = reader, .identity = cli_has(cli, "with-identity")};
    if (reader && strcmp(reader, "secretariat") == 0)
        how->code = CODE_SECRETARIAT;
    else if (reader && !country_is_member(reader))
        return error_set(err, ERROR_INPUT,
                         _("--for %s: it is a Member State's code, or secretariat"), reader);
    if (how->identity && cli_has(cli, "without-identity"))
        return error_set(err, ERROR_INPUT,
                         _("--with-identity and --without-identity: one of them at a time"));
    return cli_has(cli, "output") || error_set(err, ERROR_INPUT, _("say to which file: -o FILE"));
}

static void say_made(const char *path, const struct dossier_made *made)
{
    struct buf said = BUF_INIT;

    dossier_made_say(made, &said);
    printf("%s: %s", path, buf_text(&said));
    buf_release(&said);
    printf(_("To check it: amparo verify %s\n"), path);
}

/* Nobody but the reader's program would say so, and too late. */
static void warn(const struct dossier_made *made)
{
    if (made->doubts.size)
        fprintf(stderr, "amparo: %s\n", _("its reader will not believe it as it is:"));
    cli_put_lines_to(stderr, &made->doubts);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct disclosure how;
    struct dossier_made made = {.doubts = BUF_INIT};
    struct buf file = BUF_INIT;
    struct store *store;
    const char *path = cli_value(cli, "output");
    (void)argc;

    if (!read_disclosure(cli, &how, err) || !output_is_free(path, err) ||
        !cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = dossier_make(store, argv[1], &how, &file, &made, err);
    if (ok && !output_file(path, file.data, file.size, err)) {
        access_lost(store, &made.entered);
        ok = false;
    }
    store_close(store);
    if (ok) {
        say_made(path, &made);
        warn(&made);
    }
    buf_release(&file);
    buf_release(&made.doubts);
    return ok;
}

static const struct option_type options[] = {
    {"output", "FILE", 'o'},
    {"for", "STATE|secretariat", 0},
    {"with-identity", NULL, 0},
    {"without-identity", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_dossier = {
    .name = "dossier",
    .usage = "FILE CASE -o OUT [--for STATE|secretariat] [--with-identity|--without-identity]",
    .summary = N_("what was said in a case by pouch, in one file that `amparo verify` proves"),
    .help =
        N_("Dispatches as they left or came in, signed, and the keys of who signed them. Nothing\n"
           "personal is in it; the signatures hold without. --for: what was for that State or for\n"
           "the Secretariat alone; --with-identity: with what is personal, as far as consents and\n"
           "the protection lock let that State have it. It is entered in the access log."),
    .options = options,
    .least = 2,
    .most = 2,
    .run = run,
};
