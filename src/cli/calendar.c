/* SPDX-License-Identifier: MIT */
/* amparo calendar: the weekends and holidays of the countries concerned. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/store/calendars.h"
#include "subcommand.h"

static void put_line(struct buf *out, const struct calendar_line *line)
{
    char days[WEEKEND_SIZE], day[HOLIDAY_SIZE];

    text_pad(out, line->country, 2);
    buf_adds(out, "  ");
    text_pad(out, line->is_weekend ? "weekend" : holiday_format(line->holiday, day), 10);
    buf_addf(out, "  %s (%s, %.10s)\n",
             line->is_weekend ? weekend_format(line->weekend, days) : line->name, line->said_by,
             line->said_at);
}

static bool list(struct subcall *call, struct error *err)
{
    const char *country = call->count ? call->words[0] : NULL;
    struct calendar_lines lines;
    struct buf out = BUF_INIT;

    if (country && !country_find(country))
        return error_set(err, ERROR_INPUT,
                         _("%s is no country code of ISO 3166-1 (alpha-2, in capitals), nor XK"),
                         country);
    if (!calendars_said(call->store, country, &lines, err))
        return false;
    bool json = cli_has(call->cli, "json");
    if (json)
        cli_put_json(calendar_lines_json(&lines));
    for (size_t i = 0; !json && i < lines.count; i++)
        put_line(&out, &lines.list[i]);
    cli_put_lines(&out);
    buf_release(&out);
    calendar_lines_release(&lines);
    return true;
}

static bool weekend(struct subcall *call, struct error *err)
{
    const char *days = call->words[1];
    unsigned bits;

    if (strcmp(days, "usual") == 0)
        return calendar_set_weekend(call->store, call->words[0], NULL, err);
    if (!weekend_parse(days, &bits))
        return error_set(err, ERROR_INPUT, _("%s: a weekend is days like fri,sat or 5,6, or none"),
                         days);
    return calendar_set_weekend(call->store, call->words[0], &bits, err);
}

static bool holiday(struct subcall *call, struct error *err)
{
    bool adds = strcmp(call->words[0], "add") == 0;
    struct holiday day;

    if (!adds && strcmp(call->words[0], "remove") != 0)
        return error_set(err, ERROR_INPUT, _("%s: a holiday is one to add or remove"),
                         call->words[0]);
    if (call->count < 3 || (call->count > 3) > adds)
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "calendar",
                         "FILE holiday add COUNTRY DAY [NAME] | remove COUNTRY DAY");
    if (!holiday_parse(call->words[2], &day))
        return error_set(err, ERROR_INPUT, _("%s: a day is YYYY-MM-DD, or MM-DD for every year"),
                         call->words[2]);
    return adds ? calendar_add_holiday(call->store, call->words[1], day,
                                       call->count > 3 ? call->words[3] : "", err)
                : calendar_remove_holiday(call->store, call->words[1], day, err);
}

static void put_done(const struct calendar_import *done, bool dry)
{
    printf("%s", dry ? _("would say: ") : _("said: "));
    printf(n_("%zu weekend, ", "%zu weekends, ", done->weekends), done->weekends);
    printf(n_("%zu holiday; ", "%zu holidays; ", done->holidays), done->holidays);
    printf(_("%zu as before"), done->as_before);
    printf("%s", dry ? _("; nothing was written\n") : "\n");
}

static bool import(struct subcall *call, struct error *err)
{
    bool dry = cli_has(call->cli, "dry-run");
    struct calendar_import done;
    struct buf text = BUF_INIT;
    bool ok = cli_read(call->words[0], &text, err) &&
              calendar_import(call->store, buf_text(&text), text.size, dry, &done, err);

    buf_release(&text);
    if (ok)
        put_done(&done, dry);
    return ok;
}

static const struct subcommand subcommands[] = {
    {"list", 0, 1, READS, list},        {"weekend", 2, 2, WRITES, weekend},
    {"holiday", 1, 4, WRITES, holiday}, {"import", 1, 1, WRITES, import},
    {NULL, 0, 0, READS, NULL},
};

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    return subcommand_run(cli, subcommands, argc, argv, err);
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {"dry-run", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_calendar = {
    .name = "calendar",
    .usage = "FILE [list [COUNTRY] [--json]]\n"
             "FILE weekend COUNTRY DAYS|usual\n"
             "FILE holiday add COUNTRY DAY [NAME]\n"
             "FILE holiday remove COUNTRY DAY\n"
             "FILE import CSV|- [--dry-run]",
    .summary = N_("weekends and holidays, by which working days count"),
    .help = N_("DAYS: fri,sat or 5,6 or none; DAY: YYYY-MM-DD, or MM-DD for every year.\n"
               "The CSV has the columns country, day, name; for a weekend the day is the word\n"
               "weekend, and the name its days. A head of post says them."),
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
