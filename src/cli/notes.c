/* SPDX-License-Identifier: MIT */
/* amparo notes: the register of the post's notes. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/paper/register.h"

/* Its cells: number 12, day 10, kind 5, State 2, case 18, what became of it the rest. */
static void put_row(struct buf *out, const struct paper_language *language,
                    const struct register_row *row)
{
    struct buf fate = BUF_INIT;

    text_pad(out, row->number, 12);
    buf_addc(out, ' ');
    text_pad(out, register_text(row, "date"), 10);
    buf_addc(out, ' ');
    text_pad(out, register_text(row, "kind"), 5);
    buf_addf(out, " %-2s ", register_text(row, "state"));
    text_pad(out, row->reference, 18);
    paper_register_fate(language, row, &fate);
    if (fate.size)
        buf_addf(out, " %s", buf_text(&fate));
    while (out->size && out->data[out->size - 1] == ' ')
        buf_cut(out, out->size - 1);
    buf_addc(out, '\n');
    buf_release(&fate);
}

static bool put_table(struct store *store, const struct register_filter *filter, struct error *err)
{
    const char *code = locale_language();
    struct paper_language language;
    struct register_rows rows;
    struct buf out = BUF_INIT;

    if (!store_register(store, filter, &rows, err))
        return false;
    paper_language_init(&language, code, store_post(store)->state, paper_translator(code));
    for (size_t i = 0; i < rows.count; i++)
        put_row(&out, &language, &rows.list[i]);
    cli_put_lines(&out);
    buf_release(&out);
    register_rows_release(&rows);
    return true;
}

bool cli_register_filter(const struct cli *cli, struct register_filter *filter, struct error *err)
{
    const char *year = cli_value(cli, "year");
    char *end = NULL;

    filter->year = year ? strtol(year, &end, 10) : 0;
    if (year && (!*year || *end || filter->year < 1 || filter->year > 9999))
        return error_set(err, ERROR_INPUT, _("--year %s: it is a year, such as 2026"), year);
    return true;
}

static bool read_which(const struct cli *cli, struct register_filter *filter, struct error *err)
{
    bool in = cli_has(cli, "in"), out = cli_has(cli, "out");

    if (in && out)
        return error_set(err, ERROR_INPUT, _("--in and --out: one of them, or neither"));
    filter->which = in ? REGISTER_IN : out ? REGISTER_OUT : REGISTER_ALL;
    return true;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct register_filter filter = {.which = REGISTER_ALL};
    struct buf query = BUF_INIT;
    struct store *store;

    if (!cli_register_filter(cli, &filter, err) || !read_which(cli, &filter, err) ||
        !cli_open(cli, argv[0], 0, &store, err))
        return false;
    for (int i = 1; i < argc; i++)
        buf_addf(&query, "%s ", argv[i]);
    filter.query = buf_text(&query);
    bool ok = cli_has(cli, "json") ? cli_put_json(store_register_json(store, &filter, err))
                                   : put_table(store, &filter, err);
    buf_release(&query);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0}, {"year", "YEAR", 0}, {"out", NULL, 0}, {"in", NULL, 0}, {NULL, NULL, 0},
};

const struct command command_notes = {
    .name = "notes",
    .usage = "FILE [--year YEAR] [--out|--in] [--json] [QUERY]",
    .summary = N_("the register of notes; QUERY: beginnings of words of its lines"),
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
