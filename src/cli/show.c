/* SPDX-License-Identifier: MIT */
/* amparo show: a case as it stands, or as it stood. */
#include "commands.h"

#include <stdlib.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/list.h"
#include "amparo/store/record.h"

enum { WIDTH = 80, INDENT = 2, COLUMNS_MAX = 6 };

/* A part of the case: which list of its JSON, and its columns; the last one takes what is left. */
static const struct section {
    const char *key;
    const char *title; /* N_() */
    struct {
        const char *key;
        int cells;
    } columns[COLUMNS_MAX];
} sections[] = {
    {"grounds",
     N_("Grounds (7.4)"),
     {{"person", 2}, {"code", 4}, {"perpetrator", 15}, {"facts", 0}}},
    {"needs", N_("Needs"), {{"person", 2}, {"urgency", 5}, {"need", 0}}},
    {"consents",
     N_("Consents"),
     {{"person", 2}, {"purpose", 3}, {"on", 10}, {"in_force", 3}, {"given_by", 14}, {"to", 0}}},
    {"choices", N_("Choice (5)"), {{"at", 16}, {"state", 3}, {"reason", 0}}},
    {"notes",
     N_("Notes"),
     {{"number", 10}, {"kind", 6}, {"direction", 4}, {"date", 10}, {"to", 3}, {"scope", 0}}},
    {"acceptances", N_("Acceptance"), {{"at", 16}, {"state", 3}, {"scope", 0}}},
    {"assistance", N_("Assistance (6)"), {{"at", 16}, {"by", 3}, {"kind", 14}, {"detail", 0}}},
    {"contacts",
     N_("First contacts, outside the mechanism"),
     {{"at", 16}, {"reason", 20}, {"detail", 0}}},
    {"costs",
     N_("Costs (8)"),
     {{"on", 10}, {"amount", 12}, {"currency", 3}, {"source", 20}, {"item", 0}}},
    {"sent", N_("Sent, and to whom"), {{"at", 16}, {"what", 8}, {"to", 12}, {"named", 0}}},
    {"missing", N_("Missing"), {{"for", 7}, {"article", 5}, {"text", 0}}},
};

/* The value in a few words; of an address the State, of a list its members with commas. */
static void add_short(struct buf *out, const json_t *value)
{
    size_t i;
    json_t *member;
    char when[17];
    struct instant at;

    if (json_is_string(value) && instant_parse(json_string_value(value), &at))
        buf_adds(out, cli_when(json_string_value(value), when));
    else if (json_is_string(value))
        buf_adds(out, json_string_value(value));
    else if (json_is_integer(value))
        buf_addf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_boolean(value))
        buf_adds(out, json_is_true(value) ? _("yes") : _("no"));
    else if (json_object_get(value, "state"))
        add_short(out, json_object_get(value, "state"));
    else if (!json_is_array(value) || !json_array_size(value))
        buf_addc(out, '-');
    json_array_foreach((json_t *)(uintptr_t)value, i, member)
    {
        buf_adds(out, i ? ", " : "");
        add_short(out, member);
    }
}

static void put_row(struct buf *out, const struct section *section, const json_t *row)
{
    int at = INDENT;

    buf_addf(out, "%*s", INDENT, "");
    for (size_t i = 0; i < COLUMNS_MAX && section->columns[i].key; i++) {
        struct buf words = BUF_INIT;
        int cells = section->columns[i].cells;
        add_short(&words, json_object_get(row, section->columns[i].key));
        if (cells) {
            text_pad(out, buf_text(&words), cells);
            buf_adds(out, "  ");
            at += cells + 2;
        } else {
            text_put_wrapped(out, buf_text(&words), WIDTH, at);
        }
        buf_release(&words);
    }
}

static void put_sections(struct buf *out, const json_t *json)
{
    for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
        json_t *list = json_object_get(json, sections[i].key), *row;
        size_t n;
        if (json_array_size(list))
            buf_addf(out, "\n%s\n", _(sections[i].title));
        json_array_foreach(list, n, row) put_row(out, &sections[i], row);
    }
}

/* ---- who, and what the requirements say of them ---- */

static void put_person(struct buf *out, const struct case_file *c, const json_t *person)
{
    static const struct section requirements = {
        NULL, NULL, {{"article", 4}, {"id", 3}, {"status", 12}, {"reason", 0}}};
    long number = (long)json_integer_value(json_object_get(person, "person"));
    char *name = case_title(c, number);
    json_t *list = json_object_get(person, "requirements"), *row;
    size_t i;

    buf_addf(out, "\n%ld  ", number);
    buf_adds(out, name);
    if (json_is_true(json_object_get(person, "minor")))
        buf_addf(out, "  %s", _("child or adolescent"));
    if (json_is_true(json_object_get(person, "erased")))
        buf_adds(out, _("erased"));
    else if (json_is_true(json_object_get(person, "locked")))
        buf_addf(out, "  %s", _("PROTECTION LOCK"));
    buf_addc(out, '\n');
    json_array_foreach(list, i, row) put_row(out, &requirements, row);
    free(name);
}

static void put_head(struct buf *out, const struct case_file *c, const json_t *json)
{
    const json_t *decision = json_object_get(json, "decision");
    struct buf words = BUF_INIT;

    buf_addf(out, "%s  %s", c->reference, stage_name(case_stage(c)));
    if (case_exit(c))
        buf_addf(out, ", %s", case_exit(c));
    buf_addf(out, "  %s  %s\n", country_name(case_receiving_state(c), reader_language),
             case_priority(c));
    if (json_is_object(decision)) {
        add_short(&words, json_object_get(decision, "decision"));
        buf_adds(&words, ": ");
        add_short(&words, json_object_get(decision, "reason"));
        text_put_wrapped(out, buf_text(&words), WIDTH, INDENT);
    }
    buf_release(&words);
}

static void put_polls(struct buf *out, const json_t *json)
{
    static const struct section replies = {
        NULL, NULL, {{"state", 3}, {"status", 9}, {"legal", 12}, {"material", 8}, {"offer", 0}}};
    size_t i, n;
    json_t *poll, *reply;

    json_array_foreach(json_object_get(json, "polls"), i, poll)
    {
        buf_addf(out, "\n%s %lld  ", _("Poll (7.6)"),
                 (long long)json_integer_value(json_object_get(poll, "round")));
        add_short(out, json_object_get(poll, "reply_by"));
        buf_addf(out, "    %s\n", _("law, means, offer:"));
        json_array_foreach(json_object_get(poll, "replies"), n, reply)
            put_row(out, &replies, reply);
    }
}

static void put_case(const struct case_file *c, const json_t *json)
{
    struct buf out = BUF_INIT;
    size_t i;
    json_t *item;

    put_head(&out, c, json);
    json_array_foreach(json_object_get(json, "persons"), i, item) put_person(&out, c, item);
    put_polls(&out, json);
    put_sections(&out, json);
    if (json_array_size(json_object_get(json, "warnings")))
        buf_addf(&out, "\n%s\n", _("Warnings"));
    json_array_foreach(json_object_get(json, "warnings"), i, item)
    {
        buf_addf(&out, "%*s", INDENT, "");
        text_put_wrapped(&out, json_string_value(item), WIDTH, 2 * INDENT);
    }
    cli_put_lines(&out);
    buf_release(&out);
}

static bool show(const struct cli *cli, struct store *store, const char *reference,
                 struct error *err)
{
    const char *date = cli_value(cli, "as-of");
    struct case_file c;

    translate_fn *language = cli_has(cli, "json") ? english : reader_language;
    json_t *json = store_case_json(store, reference, date, language, err);
    if (!json)
        return false;
    cli_viewed(store, reference, "case");
    if (cli_has(cli, "json"))
        return cli_put_json(json);
    bool ok = date ? store_case_as_of(store, reference, date, &c, err)
                   : store_case(store, reference, &c, err);
    if (ok) {
        put_case(&c, json);
        case_release(&c);
    }
    json_decref(json);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    (void)argc;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = show(cli, store, argv[1], err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {"as-of", "DATE", 0},
    {NULL, NULL, 0},
};

const struct command command_show = {
    .name = "show",
    .usage = "FILE CASE [--json] [--as-of DATE]",
    .summary = N_("a case as it stands, or as it stood at the end of a day"),
    .options = options,
    .least = 2,
    .most = 2,
    .run = run,
};
