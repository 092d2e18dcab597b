/* SPDX-License-Identifier: MIT */
/* amparo list: the cases of a file. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/list.h"
#include "amparo/store/views.h"

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
    text_pad(out, row->hidden ? _(name_hidden_label(row->hidden)) : row->title, 24);
    while (out->size && out->data[out->size - 1] == ' ')
        buf_cut(out, out->size - 1);
    buf_addc(out, '\n');
}

static void put(const struct cli *cli, const struct case_rows *rows)
{
    struct buf out = BUF_INIT;

    if (cli_has(cli, "json")) {
        cli_put_json(case_rows_json(rows));
        return;
    }
    for (size_t i = 0; i < rows->count; i++)
        put_row(&out, &rows->list[i]);
    cli_put_lines(&out);
    buf_release(&out);
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

/* ---- by a view, as the screen has it ---- */

static bool uses_view(const struct cli *cli)
{
    return cli_has(cli, "view") || cli_has(cli, "filter") || cli_has(cli, "sort");
}

/* Words of the call are words to search, whatever they are. */
static void add_query(struct buf *text, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        buf_adds(text, " \"");
        for (const char *p = argv[i]; *p; p++)
            if (*p != '"')
                buf_addc(text, *p);
        buf_addc(text, '"');
    }
}

/* The view as one would type it. An order alone is of all cases, as without it. */
static bool compose(const struct cli *cli, struct store *store, int argc, char **argv,
                    struct buf *text, struct error *err)
{
    if (cli_has(cli, "view")) {
        char *saved = store_view_named(store, cli_value(cli, "view"), err);
        if (!saved)
            return false;
        buf_adds(text, saved);
        free_wiped(saved);
    }
    if (cli_has(cli, "filter"))
        buf_addf(text, " %s", cli_value(cli, "filter"));
    else if (!cli_has(cli, "view"))
        buf_adds(text, " all");
    if (cli_has(cli, "stage"))
        buf_addf(text, " stage:%s", cli_value(cli, "stage"));
    if (cli_has(cli, "sort"))
        buf_addf(text, " sort:%s", cli_value(cli, "sort"));
    add_query(text, argc, argv);
    return true;
}

static bool read_view(struct store *store, const char *text, struct case_rows *rows,
                      struct error *err)
{
    struct view view;
    struct case_order order = {NULL, 0};
    bool ok = view_parse(text, reader_language, false, &view, err) &&
              store_view(store, &view, &order, err) &&
              store_rows(store, order.rows, order.count, rows, err);

    view_release(&view);
    case_order_release(&order);
    return ok;
}

static bool list_view(const struct cli *cli, struct store *store, int argc, char **argv,
                      struct case_rows *rows, struct error *err)
{
    struct buf text = BUF_INIT;
    bool ok = !cli_has(cli, "event") ||
              error_set(err, ERROR_INPUT,
                        _("--event goes without --view, --filter and --sort"));

    ok = ok && compose(cli, store, argc, argv, &text, err) &&
         read_view(store, buf_text(&text), rows, err);
    buf_release(&text);
    return ok;
}

/* ---- as it was always ---- */

static bool list_all(const struct cli *cli, struct store *store, int argc, char **argv, int stage,
                     struct case_rows *rows, struct error *err)
{
    struct list_filter filter = {.stage = stage, .order = LIST_REFERENCE};
    struct buf query = BUF_INIT;

    for (int i = 1; i < argc; i++)
        buf_addf(&query, "%s ", argv[i]);
    filter.event = cli_value(cli, "event");
    filter.query = buf_text(&query);
    bool ok = store_list(store, &filter, rows, err);
    buf_release(&query);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct case_rows rows = {NULL, 0};
    struct store *store;
    int stage = -1;

    if (cli_has(cli, "stage") && !find_stage(cli_value(cli, "stage"), &stage, err))
        return false;
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = uses_view(cli) ? list_view(cli, store, argc, argv, &rows, err)
                             : list_all(cli, store, argc, argv, stage, &rows, err);
    if (ok)
        put(cli, &rows);
    case_rows_release(&rows);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},      {"stage", "STAGE", 0},   {"event", "NAME", 0}, {"view", "NAME", 0},
    {"filter", "FILTER", 0}, {"sort", "ORDER", 0}, {NULL, NULL, 0},
};

const struct command command_list = {
    .name = "list",
    .usage = "FILE [--json] [--stage STAGE] [--event NAME] [--view NAME] [--filter FILTER] "
             "[--sort ORDER] [QUERY]",
    .summary = N_("the cases; QUERY: beginnings of names, numbers, places"),
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
