/* SPDX-License-Identifier: MIT */
/* amparo verify: is the case file what it says? And what does a dossier prove? */
#include "commands.h"
#include "verify_work.h"

#include <stdio.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/store/verify.h"
#include "amparo/store/witness.h"

/* What the caller keeps outside of the file, before anybody is asked for a passphrase. */
static bool read_witness(const struct cli *cli, struct witness *w, struct error *err)
{
    return !cli_has(cli, "witness") || witness_parse(cli_value(cli, "witness"), w, err);
}

/* A file that does not prove whole is still held against the witness: both say what happened. */
static bool check_witness(const struct cli *cli, struct store *store, const struct witness *w,
                          int64_t *since, bool whole, struct error *err)
{
    if (!cli_has(cli, "witness") || (!whole && err->kind != ERROR_VAULT))
        return whole;
    return store_check_witness(store, w, since, err) && whole;
}

static void put_result(const struct cli *cli, const struct verified *verified,
                       const struct witness *now, const struct witness *then, int64_t since)
{
    char code[WITNESS_SIZE];

    cli_put_lines(&verified->notes);
    printf(n_("Whole: %zu act, ", "Whole: %zu acts, ", verified->acts), verified->acts);
    printf(n_("%zu case, ", "%zu cases, ", verified->cases), verified->cases);
    printf(n_("%zu officer. ", "%zu officers. ", verified->officers), verified->officers);
    printf(_("Head of the log:\n%s\n"), verified->head);
    if (cli_has(cli, "witness"))
        printf(_("It holds what was witnessed as %s; acts recorded since then: %lld.\n"),
               witness_print(then, code), (long long)since);
    printf(_("Witness: %s\n"), witness_print(now, code));
}

static bool prove(const struct cli *cli, struct store *store, const struct witness *then,
                  struct error *err)
{
    struct verified verified = {.notes = BUF_INIT};
    struct witness now;
    struct progress progress;
    int64_t since = 0;

    progress_begin(&progress, _("Verifying"));
    bool ok = (!cli_has(cli, "rebuild") || store_rebuild(store, progress_step, &progress, err)) &&
              store_verify(store, progress_step, &progress, &verified, err);
    progress_end(&progress);
    if (ok && cli_has(cli, "rebuild"))
        cli_wrote(store);
    ok = check_witness(cli, store, then, &since, ok, err) && store_witness(store, &now, err);
    if (ok)
        put_result(cli, &verified, &now, then, since);
    buf_release(&verified.notes);
    return ok;
}

static const char *const of_files[] = {"witness", "rebuild", "salvage", "accept-loss", "yes"};

/* A paper is looked up at once: the whole file is verified by another call. */
static bool is_alone(const struct cli *cli, struct error *err)
{
    for (size_t i = 0; i < ARRAY_SIZE(of_files); i++)
        if (cli_has(cli, of_files[i]))
            return error_set(err, ERROR_INPUT, _("--code and --%s: one of them at a time"),
                             of_files[i]);
    return true;
}

/* What is asked of a case file is not asked of a dossier. */
static bool check_options(const struct cli *cli, struct error *err)
{
    for (size_t i = 0; i < ARRAY_SIZE(of_files); i++)
        if (cli_has(cli, of_files[i]))
            return error_set(err, ERROR_INPUT, _("--%s is for case files, and this is a dossier"),
                             of_files[i]);
    return true;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    struct witness witness;
    bool code = cli_has(cli, "code");
    (void)argc;

    if (cli_has(cli, "root") || cli_has(cli, "directory") || (cli_has(cli, "json") && !code) ||
        verify_is_dossier(argv[0]))
        return check_options(cli, err) && verify_dossier(cli, argv[0], err);
    if (code)
        return is_alone(cli, err) && verify_code(cli, argv[0], cli_value(cli, "code"), err);
    if (!read_witness(cli, &witness, err))
        return false;
    if (cli_has(cli, "accept-loss"))
        return verify_accept_loss(cli, argv[0], cli_has(cli, "witness") ? &witness : NULL, err);
    if (cli_has(cli, "salvage"))
        return verify_salvage(cli, argv[0], cli_value(cli, "salvage"), err);
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = prove(cli, store, &witness, err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"witness", "CODE", 0},     {"rebuild", NULL, 0},
    {"salvage", "DIR", 0},      {"accept-loss", NULL, 0},
    {"yes", NULL, 0},           {"code", "CODE", 0},
    {"root", "FINGERPRINT", 0}, {"directory", "SNAPSHOT", 0},
    {"json", NULL, 0},          {NULL, NULL, 0}};

const struct command command_verify = {
    .name = "verify",
    .usage = "FILE [--witness CODE] [--rebuild]\nFILE --code CODE [--json]\nFILE --salvage DIR\n"
             "FILE --accept-loss [--witness CODE] [--yes]\nDOSSIER [--code CODE] [--root "
             "FINGERPRINT] [--directory SNAPSHOT] [--json]",
    .summary =
        N_("every page, act and signature; lists and search against the acts; or what a dossier "
           "proves"),
    .help =
        N_("--witness: does the file hold the state of that code, from the foot of a print or "
           "from\nthe end of a session? Else it is an older copy, or acts were exchanged.\n"
           "--code: what is the paper that carries this code at its foot, and is what it was "
           "printed from\nstill the same? Of a dossier it tells of notes alone.\n"
           "--salvage: what can be read of a damaged file goes into a new one in DIR, with a "
           "list of\nwhat is lost.\n"
           "--accept-loss: where a file is refused since its -wal file or its anchor is missing, "
           "cut,\ndamaged or old, a head of post takes what is there as the truth; --yes does not "
           "ask.\n"
           "A dossier is checked without any case file: who asked whom, when, and what assistance "
           "rests\non. --root: the 30 digits of the Secretariat's card; else compare them "
           "yourself.\n--directory: a later directory, whose revocations count too."),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
