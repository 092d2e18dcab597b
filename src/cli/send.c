/* SPDX-License-Identifier: MIT */
/* amparo send: what is due goes into pouches, and onto its way. */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "send_work.h"

/* Where it goes: files in a folder, or standard output. */
static const char *const outputs[] = {"armour", "qr", "codes"};

static bool to_output(const struct cli *cli)
{
    for (size_t i = 0; i < ARRAY_SIZE(outputs); i++)
        if (cli_has(cli, outputs[i]))
            return true;
    return false;
}

/* ---- what was asked ---- */

static bool check_ways(const struct cli *cli, struct error *err)
{
    size_t ways = (size_t)cli_has(cli, "eml");

    for (size_t i = 0; i < ARRAY_SIZE(outputs); i++)
        ways += cli_has(cli, outputs[i]);
    if (ways > 1)
        return error_set(err, ERROR_INPUT,
                         _("--eml, --armour, --qr and --codes: one way at a time"));
    if (cli_has(cli, "json") && to_output(cli))
        return error_set(
            err, ERROR_INPUT,
            _("--json goes to standard output, where the pouches would go: take --to"));
    if (cli_has(cli, "to") && (cli_has(cli, "qr") || cli_has(cli, "codes")))
        return error_set(err, ERROR_INPUT,
                         _("QR codes go to standard output: leave --to away, or the codes"));
    if (cli_has(cli, "eml") && !cli_has(cli, "from"))
        return error_set(err, ERROR_INPUT,
                         _("--eml: say the address that the post writes from, with --from"));
    if (cli_has(cli, "address") && !(cli_has(cli, "eml") && cli_has(cli, "post")))
        return error_set(err, ERROR_INPUT,
                         _("--address is of one post's mails: say --eml and --post CODE too"));
    return true;
}

/* A code narrows it; what "all" asks for again is everything. */
static bool read_wish(const struct cli *cli, struct carry_wish *wish, struct error *err)
{
    const char *again = cli_value(cli, "resend"), *post = cli_value(cli, "post");

    *wish = (struct carry_wish){
        .post = post, .again = again != NULL, .receipts = cli_has(cli, "receipts")};
    if (!again || strcmp(again, "all") == 0)
        return true;
    if (post && strcmp(post, again) != 0)
        return error_set(err, ERROR_INPUT, _("--post %s and --resend %s are two posts"), post,
                         again);
    wish->post = again;
    return true;
}

/* ---- ways ---- */

/* The folder of --to; else "outbox" beside the case file, which is made. */
static char *folder_of(const struct cli *cli, const char *file, struct error *err)
{
    const char *slash = strrchr(file, '/');

    if (cli_has(cli, "to"))
        return xstrdup(cli_value(cli, "to"));
    char *path = slash ? xasprintf("%.*s/%s", (int)(slash - file), file, CARRY_OUTBOX)
                       : xstrdup(CARRY_OUTBOX);
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return path;
    error_set(err, ERROR_FAILED, _("%s: cannot be made: %s"), path, strerror(errno));
    free(path);
    return NULL;
}

static bool write_files(const struct cli *cli, struct store *store, struct sending *s,
                        const char *file, struct error *err)
{
    const struct carry_load *load = s->load;
    struct carry_files files = {NULL, 0};
    char *folder = load->pouches.count ? folder_of(cli, file, err) : NULL;
    struct carry_way way = {.route = cli_has(cli, "eml")      ? ROUTE_MAIL
                                     : cli_has(cli, "armour") ? ROUTE_TEXT
                                                              : ROUTE_FOLDER,
                            .folder = folder,
                            .from = cli_value(cli, "from"),
                            .address = cli_value(cli, "address")};
    struct progress progress;
    bool ok = !load->pouches.count;

    if (folder) {
        progress_begin(&progress, _("Sending"));
        ok = carry_write(store, load, &way, progress_step, &progress, &files, err);
        progress_end(&progress);
    }
    s->files = &files;
    s->failed = !ok;
    if (ok && cli_has(cli, "json"))
        send_put_json(s);
    else
        send_put_lines(s, stdout);
    carry_files_release(&files);
    free(folder);
    return ok;
}

/* Standard output has the pouches alone; what went is said beside. */
static bool put_out(const struct cli *cli, struct store *store, const struct sending *s,
                    struct error *err)
{
    const struct packed_list *pouches = &s->load->pouches;
    bool ok = carry_may_send(store, err);

    for (size_t i = 0; ok && i < pouches->count; i++) {
        if (cli_has(cli, "armour"))
            send_put_armour(&pouches->list[i]);
        else
            ok = send_put_codes(&pouches->list[i], cli_has(cli, "qr"), err);
        if (ok && (fflush(stdout) != 0 || ferror(stdout)))
            ok = error_set(err, ERROR_FAILED, _("cannot write to standard output: %s"),
                           strerror(errno));
        ok = ok && carry_gone(store, s->load, i, CARRY_ALL, err);
    }
    if (ok)
        send_put_lines(s, stderr);
    return ok;
}

static bool send_load(const struct cli *cli, struct store *store, struct sending *s,
                      const char *file, struct error *err)
{
    s->dry = cli_has(cli, "dry-run");
    if (s->dry && cli_has(cli, "json"))
        return send_put_json(s);
    if (s->dry) {
        send_put_lines(s, stdout);
        return true;
    }
    if (to_output(cli) && !cli_has(cli, "to"))
        return put_out(cli, store, s, err);
    return write_files(cli, store, s, file, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct carry_wish wish;
    struct carry_load load;
    struct held_acts held = {NULL, 0};
    struct sending s = {.load = &load, .held = &held};
    struct store *store;
    (void)argc;

    if (!check_ways(cli, err) || !read_wish(cli, &wish, err) ||
        !cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = carry_load(store, &wish, &load, err);
    if (ok) {
        ok = store_held_acts(store, &held, err) && send_load(cli, store, &s, argv[0], err);
        held_acts_release(&held);
        carry_load_release(&load);
        cli_wrote(store);
    }
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"to", "DIR", 0},          {"eml", NULL, 0},     {"from", "ADDRESS", 0},
    {"address", "ADDRESS", 0}, {"armour", NULL, 0},  {"qr", NULL, 0},
    {"codes", NULL, 0},        {"post", "CODE", 0},  {"resend", "CODE|all", 0},
    {"receipts", NULL, 0},     {"dry-run", NULL, 0}, {"json", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_send = {
    .name = "send",
    .usage = "FILE [--to DIR] [--eml --from ADDRESS [--address ADDRESS]] [--post CODE]\n"
             "FILE --armour|--qr|--codes [--post CODE]\n"
             "FILE [--resend CODE|all] [--receipts] [--dry-run] [--json]",
    .summary = N_("what is due to other posts, sealed as pouches"),
    .help = N_("Without --to the pouches lie in the folder outbox beside the case file. What was "
               "sent goes\nalong again until its reader has acknowledged it."),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
