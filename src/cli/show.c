/* SPDX-License-Identifier: MIT */
/* amparo show: a case as it stands, or as it stood. */
#include "commands.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/record.h"

/* The value in a few words: text as it is, numbers, lists with commas, objects as key value. */
static void add_short(struct buf *out, const json_t *value)
{
    size_t i, n = 0;
    const char *key;
    json_t *member;

    if (json_is_string(value))
        buf_adds(out, json_string_value(value));
    else if (json_is_integer(value))
        buf_addf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_boolean(value))
        buf_adds(out, json_is_true(value) ? _("yes") : _("no"));
    else if (json_is_null(value))
        buf_adds(out, "-");
    json_array_foreach((json_t *)(uintptr_t)value, i, member)
    {
        buf_adds(out, i ? ", " : "");
        add_short(out, member);
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        buf_addf(out, "%s%s ", n++ ? ", " : "", key);
        add_short(out, member);
    }
}

/* Words wrapped to 80 cells, each line after the first set in. */
static void put_wrapped(struct buf *out, const char *text, int indent)
{
    size_t shown, size;

    for (bool first = true; (size = text_wrap(text, 79 - indent, &shown)) > 0; first = false) {
        if (!first)
            buf_addf(out, "%*s", indent, "");
        buf_add(out, text, shown);
        buf_addc(out, '\n');
        text += size;
    }
}

static void put_value(struct buf *out, const char *key, const json_t *value, int indent)
{
    struct buf words = BUF_INIT;

    buf_addf(out, "%*s%-*s ", indent, "", 17 - indent, key);
    add_short(&words, value);
    put_wrapped(out, words.size ? buf_text(&words) : "-", 18);
    buf_release(&words);
}

static bool is_flat(const json_t *value)
{
    size_t i;
    json_t *member;

    json_array_foreach((json_t *)(uintptr_t)value, i,
                       member) if (json_is_object(member)) return false;
    return true;
}

static void put_tree(struct buf *out, const json_t *object, int indent)
{
    const char *key;
    json_t *value, *member;
    size_t i;

    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        if (is_flat(value)) {
            put_value(out, key, value, indent);
            continue;
        }
        buf_addf(out, "%*s%s\n", indent, "", key);
        json_array_foreach(value, i, member)
        {
            if (i && indent < 2)
                buf_addc(out, '\n');
            put_tree(out, member, indent + 2);
        }
    }
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    bool human = !cli_has(cli, "json");
    (void)argc;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    json_t *json = store_case_json(store, argv[1], cli_value(cli, "as-of"),
                                   human ? reader_language : english, err);
    store_close(store);
    if (!json || !human)
        return cli_put_json(json);
    struct buf out = BUF_INIT;
    put_tree(&out, json, 0);
    cli_put_lines(&out);
    buf_release(&out);
    json_decref(json);
    return true;
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
