/* SPDX-License-Identifier: MIT */
/* amparo list: the cases of a file. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/list.h"

/* Its cells: reference 18, stage 11, State 2, priority 1, persons 2, due 16, title the rest. */
static void put_row(struct buf *out, const struct case_row *row)
{
    char when[17];

    text_pad(out, row->reference, 18);
    buf_addf(out, " %-11s %-2s %c %2ld ",
             row->closed && row->exit ? "exit" : stage_name(row->stage), row->receiving_state,
             strcmp(row->priority, "routine") == 0  ? ' '
             : strcmp(row->priority, "urgent") == 0 ? '!'
                                                    : '#',
             row->persons);
    text_pad(out, row->due ? cli_when(row->due, when) : "-", 16);
    buf_addc(out, ' ');
    text_pad(out, row->locked ? _("person under lock") : row->title, 24);
    while (out->size && out->data[out->size - 1] == ' ')
        buf_cut(out, out->size - 1);
    buf_addc(out, '\n');
}

static bool put_table(struct store *store, const struct list_filter *filter, struct error *err)
{
    struct case_rows rows;
    struct buf out = BUF_INIT;

    if (!store_list(store, filter, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        put_row(&out, &rows.list[i]);
    cli_put_lines(&out);
    buf_release(&out);
    case_rows_release(&rows);
    return true;
}

static bool find_stage(const char *name, int *stage, struct error *err)
{
    for (*stage = 0; *stage < STAGE_COUNT; ++*stage)
        if (strcmp(stage_name((enum stage) * stage), name) == 0)
            return true;
    struct buf names = BUF_INIT;
    for (int i = 0; i < STAGE_COUNT; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", stage_name((enum stage)i));
    error_set(err, ERROR_INPUT, _("--stage %s: it is one of %s"), name, buf_text(&names));
    buf_release(&names);
    return false;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct list_filter filter = {.stage = -1, .order = LIST_REFERENCE};
    struct buf query = BUF_INIT;
    struct store *store;

    if (cli_has(cli, "stage") && !find_stage(cli_value(cli, "stage"), &filter.stage, err))
        return false;
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    for (int i = 1; i < argc; i++)
        buf_addf(&query, "%s ", argv[i]);
    filter.event = cli_value(cli, "event");
    filter.query = buf_text(&query);
    bool ok = cli_has(cli, "json") ? cli_put_json(store_list_json(store, &filter, err))
                                   : put_table(store, &filter, err);
    buf_release(&query);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {"stage", "STAGE", 0},
    {"event", "NAME", 0},
    {NULL, NULL, 0},
};

const struct command command_list = {
    .name = "list",
    .usage = "FILE [--json] [--stage STAGE] [--event NAME] [QUERY]",
    .summary = N_("the cases; QUERY: beginnings of names, numbers, places"),
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
