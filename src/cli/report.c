/* SPDX-License-Identifier: MIT */
/* amparo report, amparo statistics: what goes to the meetings of the network (7.7). */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/report.h"
#include "amparo/base/date.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/page/plain.h"
#include "amparo/paper/meeting.h"
#include "amparo/paper/output.h"
#include "amparo/paper/printer.h"
#include "amparo/store/working.h"

/* ---- where a document goes ---- */
struct destination {
    enum paper_size size;
    const char *output, *printer; /* both NULL: standard output */
};

static bool read_destination(const struct cli *cli, struct destination *to, struct error *err)
{
    const char *paper = cli_value(cli, "paper");

    *to = (struct destination){PAPER_LETTER, cli_value(cli, "output"), cli_value(cli, "printer")};
    if (to->output && strcmp(to->output, "-") == 0)
        to->output = NULL;
    if (paper && !paper_size_parse(paper, &to->size))
        return error_set(err, ERROR_INPUT, _("--paper %s: it is letter or a4"), paper);
    return !(to->output && to->printer) ||
           error_set(err, ERROR_INPUT, _("-o and --printer: one of them at a time"));
}

static bool put_document(const struct destination *to, const struct buf *text, struct error *err)
{
    if (to->output)
        return output_file(to->output, text->data, text->size, err);
    if (to->printer)
        return print_document(&(struct print_order){to->printer, 1, to->size}, text->data, text->size,
                              NULL, err);
    fwrite(text->data, 1, text->size, stdout);
    return true;
}

typedef bool pages_fn(struct store *store, const json_t *tree, const char *language,
                      struct paper *out, struct error *err);

/* That it cannot be entered in the access log keeps nobody from working. */
static void enter_taken(struct store *store, const char *day, struct paper *pages)
{
    struct error err = ERROR_INIT;

    if (!meeting_enter_taken(store, day, pages, &err))
        fprintf(stderr, _("amparo: not in the access log: %s\n"), error_text(&err));
    error_release(&err);
}

/* Takes the tree, of the meeting of that day or of the statistics (NULL); false, err having been
 * set, for NULL. */
static bool put_tree(const struct cli *cli, struct store *store, json_t *tree, const char *day,
                     pages_fn *write, struct error *err)
{
    struct destination to;
    struct buf text = BUF_INIT;

    if (tree && cli_has(cli, "json"))
        enter_taken(store, day, NULL);
    if (!tree || cli_has(cli, "json"))
        return cli_put_json(tree);
    struct paper paper;
    paper_init(&paper);
    bool ok =
        read_destination(cli, &to, err) && write(store, tree, cli_value(cli, "lang"), &paper, err);
    if (ok) {
        enter_taken(store, day, &paper);
        paper_text(&paper, to.size, &text);
    }
    ok = ok && put_document(&to, &text, err);
    paper_release(&paper);
    buf_release(&text);
    json_decref(tree);
    return ok;
}

/* ---- the report ---- */

/* Which case has which pseudonym: for the officer, and for nobody else. */
static bool put_key(const struct report *report)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < report->count; i++) {
        const struct report_row *r = &report->rows[i];
        buf_addf(&out, "%s  ", r->pseudonym);
        text_pad(&out, r->reference, 20);
        buf_addf(&out, " %s%s\n",
                 r->presented ? _("presented")
                 : *r->due    ? _("late: was due on ")
                 : r->pending ? _("conclusion pending")
                              : _("due"),
                 r->presented ? "" : r->due);
    }
    cli_put_lines(&out);
    buf_release(&out);
    return true;
}

static void warn(const json_t *tree)
{
    struct buf warnings = BUF_INIT;

    meeting_report_warnings(tree, &warnings);
    for (const char *line = buf_text(&warnings); *line; line += strcspn(line, "\n") + 1)
        fprintf(stderr, _("7.7: warning: %.*s\n"), (int)strcspn(line, "\n"), line);
    buf_release(&warnings);
}

static bool make(const struct cli *cli, struct store *store, const char *which, unsigned left_out,
                 struct error *err)
{
    struct report report;

    if (!store_report(store, which, &report, err))
        return false;
    bool ok = true;
    if (cli_has(cli, "key")) {
        ok = put_key(&report);
    } else {
        json_t *tree = store_report_tree(store, &report, left_out, cli_value(cli, "count-only"));
        warn(tree);
        ok = put_tree(cli, store, tree, report.meeting.day, meeting_report, err);
    }
    report_release(&report);
    return ok;
}

static bool record(struct store *store, const char *which, struct error *err)
{
    struct progress progress;
    size_t recorded;

    progress_begin(&progress, _("Recording"));
    store_on_work(store, progress_step, &progress);
    bool ok = store_report_record(store, which, &recorded, err);
    store_on_work(store, NULL, NULL);
    progress_end(&progress);
    if (!ok)
        return false;
    printf(n_("%zu case recorded as presented\n", "%zu cases recorded as presented\n", recorded),
           recorded);
    cli_wrote(store);
    return true;
}

static bool run_report(struct cli *cli, int argc, char **argv, struct error *err)
{
    const char *which = cli_value(cli, "meeting");
    struct store *store;
    unsigned left_out;

    (void)argc;
    if (!which)
        return error_set(err, ERROR_INPUT,
                         _("--meeting is needed: a day of amparo meetings, next or last"));
    if (!report_traits_parse(cli_value(cli, "leave-out"), &left_out, err) ||
        !cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok =
        cli_has(cli, "record") ? record(store, which, err) : make(cli, store, which, left_out, err);
    store_close(store);
    return ok;
}

static const struct option_type report_options[] = {
    {"meeting", "DATE|next|last", 0},
    {"json", NULL, 0},
    {"key", NULL, 0},
    {"record", NULL, 0},
    {"leave-out", "age,country,event,nationality", 0},
    {"count-only", "PSEUDONYM,...", 0},
    {"paper", "letter|a4", 0},
    {"output", "FILE.txt", 'o'},
    {"printer", "NAME", 0},
    {NULL, NULL, 0},
};

const struct command command_report = {
    .name = "report",
    .usage = "FILE --meeting DATE|next|last [--json] [--leave-out TRAITS]\n"
             "FILE --meeting DATE|next|last --key|--record",
    .summary = N_("the report of 7.7 for a meeting of the network, without names"),
    .help = N_("Who could be known by what is told of them is named on standard error: --leave-out "
               "takes\nit out of all cases, --count-only makes single cases a number. --key lists "
               "which case has\nwhich pseudonym; --record records all cases that are due as "
               "presented."),
    .options = report_options,
    .least = 1,
    .most = 1,
    .run = run_report,
};

/* ---- statistics ---- */

static bool check_day(const struct cli *cli, const char *option, struct error *err)
{
    const char *text = cli_value(cli, option);
    struct date day;

    return !text || date_parse(text, &day) ||
           error_set(err, ERROR_INPUT, _("--%s %s is no date that exists (YYYY-MM-DD)"), option,
                     text);
}

static bool run_statistics(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    struct progress progress;

    (void)argc;
    if (!check_day(cli, "from", err) || !check_day(cli, "until", err) ||
        !cli_open(cli, argv[0], 0, &store, err))
        return false;
    progress_begin(&progress, _("Counting"));
    store_on_work(store, progress_step, &progress);
    json_t *tree = store_statistics(store, cli_value(cli, "from"), cli_value(cli, "until"), err);
    store_on_work(store, NULL, NULL);
    progress_end(&progress);
    bool ok = put_tree(cli, store, tree, NULL, meeting_statistics, err);
    store_close(store);
    return ok;
}

static const struct option_type statistics_options[] = {
    {"from", "DATE", 0},       {"until", "DATE", 0},        {"json", NULL, 0},
    {"paper", "letter|a4", 0}, {"output", "FILE.txt", 'o'}, {"printer", "NAME", 0},
    {NULL, NULL, 0},
};

const struct command command_statistics = {
    .name = "statistics",
    .usage = "FILE [--from DATE] [--until DATE] [--json]",
    .summary = N_("how many cases, where, why, with whose help; small numbers are not shown"),
    .options = statistics_options,
    .least = 1,
    .most = 1,
    .run = run_statistics,
};
