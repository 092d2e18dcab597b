/* SPDX-License-Identifier: MIT */
/* amparo event: disasters that bring many people at once. */
#include "event_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/store/list.h"
#include "commands.h"
#include "subcommand.h"

/* ---- saying what an event is ---- */

static bool put(struct subcall *call, bool fresh, struct error *err)
{
    struct buf text = BUF_INIT;
    json_t *content =
        cli_read(call->words[0], &text, err) ? cli_json(_("the event"), &text, err) : NULL;
    bool ok = content && store_event_put(call->store, content, fresh, 0, err);

    if (ok)
        printf("%s\n", payload_text(content, "name"));
    json_decref(content);
    buf_release(&text);
    return ok;
}

static bool add(struct subcall *call, struct error *err)
{
    return put(call, true, err);
}

static bool change(struct subcall *call, struct error *err)
{
    return put(call, false, err);
}

/* ---- showing ---- */

static void put_row(struct buf *out, const struct event *e)
{
    text_pad(out, payload_text(e->content, "on"), 10);
    buf_addf(out, " %-2s ", payload_text(e->content, "receiving_state"));
    text_pad(out, e->name, 32);
    buf_addf(out, " %5zu %5zu", e->cases, e->persons);
    if (e->lone)
        buf_addf(out, n_("  %zu child alone", "  %zu children alone", e->lone), e->lone);
    buf_addc(out, '\n');
}

static bool list(struct subcall *call, struct error *err)
{
    struct events events;

    if (!store_events(call->store, &events, err))
        return false;
    json_t *all = json_array();
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < events.count; i++) {
        json_array_append_new(all, event_json(&events.list[i]));
        put_row(&out, &events.list[i]);
    }
    if (cli_has(call->cli, "json"))
        cli_put_json(json_incref(all));
    else
        cli_put_lines(&out);
    json_decref(all);
    buf_release(&out);
    events_release(&events);
    return true;
}

static void put_value(void *ctx, const char *path, const struct field *field, const char *text)
{
    struct buf *out = ctx;
    const char *label = field->codes ? code_label(field->codes, text) : NULL;
    (void)path;

    text_pad(out, _(field->label), 16);
    buf_addf(out, " %s\n", label ? _(label) : text);
}

static void put_case(struct buf *out, const struct case_row *row)
{
    text_pad(out, row->reference, 18);
    buf_addf(out, " %-11s %2ld ", stage_name(row->stage), row->persons);
    buf_addf(out, "%s%s\n", row->hidden ? _(name_hidden_label(row->hidden)) : row->title,
             row->lone ? _(", child alone") : "");
}

static void put_counts(struct buf *out, const struct event *e)
{
    buf_addf(out, n_("%zu case, ", "%zu cases, ", e->cases), e->cases);
    buf_addf(out, n_("%zu person, ", "%zu persons, ", e->persons), e->persons);
    buf_addf(out, n_("%zu child alone\n", "%zu children alone\n", e->lone), e->lone);
}

static bool show(struct subcall *call, struct error *err)
{
    struct event e;
    struct list_filter filter = {.stage = -1, .event = call->words[0], .order = LIST_LONE};
    struct case_rows rows = {NULL, 0};

    if (!store_event(call->store, call->words[0], &e, err))
        return false;
    bool ok = store_list(call->store, &filter, &rows, err);
    if (ok && cli_has(call->cli, "json")) {
        json_t *json = event_json(&e), *cases = case_rows_json(&rows);
        json_object_set_new(json, "list", cases);
        cli_put_json(json);
    } else if (ok) {
        struct buf out = BUF_INIT;
        values_visit(event_type.fields, e.content, put_value, &out);
        buf_addf(&out, _("Said by %s, %s (version %ld)\n"), e.by, e.at, e.version);
        put_counts(&out, &e);
        for (size_t i = 0; i < rows.count; i++)
            put_case(&out, &rows.list[i]);
        cli_put_lines(&out);
        buf_release(&out);
    }
    case_rows_release(&rows);
    event_release(&e);
    return ok;
}

/* ---- the command ---- */

static bool take(struct subcall *call, struct error *err)
{
    struct event e;

    if (!store_event(call->store, call->words[0], &e, err))
        return false;
    bool ok = event_take_list(call->cli, call->store, &e, call->words[1], err);
    event_release(&e);
    return ok;
}

static const struct subcommand subcommands[] = {
    {"list", 0, 0, READS, list},      {"show", 1, 1, READS, show},  {"add", 1, 1, WRITES, add},
    {"change", 1, 1, WRITES, change}, {"take", 2, 2, WRITES, take}, {NULL, 0, 0, READS, NULL},
};

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    return subcommand_run(cli, subcommands, argc, argv, err);
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {"dry-run", NULL, 0},
    {"keep-good", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_event = {
    .name = "event",
    .usage = "FILE add|change EVENT.json|-\n"
             "FILE list [--json]\n"
             "FILE show NAME [--json]\n"
             "FILE take NAME LIST.csv|- [--dry-run] [--keep-good] [--json]",
    .summary = N_("a disaster with many people: the event, and its people, a line each"),
    .help = N_("The keys of an event: amparo help acts event. What it says is carried into every\n"
               "case of it; each change is kept with who said it and when.\n"
               "\n"
               "A list has a line a person; its first line names the columns by the keys of\n"
               "amparo help acts event_line and of the act person (surname_1, given_names, sex,\n"
               "nationalities[0].state …). Lines with the same family mark become one case. Every\n"
               "fault is named by line and column; nothing is written unless all lines are well,\n"
               "or with --keep-good those that are."),
    .options = options,
    .least = 2,
    .most = 4,
    .run = run,
};
