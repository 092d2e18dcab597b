/* SPDX-License-Identifier: MIT */
/* amparo report, amparo statistics: what goes to the meetings of the network (7.7). */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/report.h"
#include "amparo/base/date.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/destination.h"
#include "amparo/cli/progress.h"
#include "amparo/cli/session.h"
#include "amparo/paper/meeting.h"
#include "amparo/store/working.h"

typedef bool pages_fn(struct store *store, const json_t *tree, const char *language,
                      struct paper *out, struct error *err);

static bool put_pages(const struct cli *cli, struct store *store, json_t *tree, const char *day,
                      pages_fn *write, struct error *err)
{
    struct destination to;
    struct paper paper;
    struct access_copy entered;

    paper_init(&paper);
    bool ok = destination_read(cli, &to, err) &&
              write(store, tree, cli_value(cli, "lang"), &paper, err) &&
              meeting_enter_taken(store, day, to.copies, &paper, &entered, err) &&
              destination_put(&to, store, &paper, &entered, err);
    paper_release(&paper);
    return ok;
}

/* Takes the tree, of the meeting of that day or of the statistics (NULL); false, err having been
 * set, for NULL. */
static bool put_tree(const struct cli *cli, struct store *store, json_t *tree, const char *day,
                     pages_fn *write, struct error *err)
{
    if (!tree)
        return false;
    bool ok = cli_has(cli, "json") ? meeting_enter_taken(store, day, 0, NULL, NULL, err) &&
                                         cli_put_json(json_incref(tree))
                                   : put_pages(cli, store, tree, day, write, err);
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
    DESTINATION_OPTIONS,
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
    {"from", "DATE", 0}, {"until", "DATE", 0}, {"json", NULL, 0},
    DESTINATION_OPTIONS, {NULL, NULL, 0},
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
