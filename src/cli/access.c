/* SPDX-License-Identifier: MIT */
/* amparo access: who looked at what, printed it or took it out. */
#include "commands.h"

#include <stdio.h>

#include "amparo/base/date.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/accesslog.h"

static json_t *entry_json(const struct access_entry *e)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "entry",
                     (json_int_t)e->entry, "at", e->at, "officer", e->officer, "access",
                     access_kind_name(e->kind), "case", e->reference, "what", e->what, "for",
                     e->recipient, "language", e->language, "as_of", e->as_of, "copy",
                     (json_int_t)e->copy, "copies",
                     (json_int_t)(e->copy ? e->copy - e->first + 1 : 0), "acts",
                     (json_int_t)e->acts);
}

static void put_row(struct buf *out, const struct access_entry *e)
{
    char when[17];

    buf_addf(out, "%-16s ", cli_when(e->at, when));
    text_pad(out, e->officer, 20);
    buf_addf(out, " %-6s ", access_kind_name(e->kind));
    text_pad(out, *e->reference ? e->reference : _("the file"), 16);
    buf_addf(out, " %s", e->what);
    if (*e->recipient)
        buf_addf(out, " > %s", e->recipient);
    if (e->first < e->copy)
        buf_addf(out, _(", copies %lld to %lld"), (long long)e->first, (long long)e->copy);
    else if (e->copy)
        buf_addf(out, _(", copy %lld"), (long long)e->copy);
    buf_addc(out, '\n');
}

static bool put(const struct cli *cli, const struct access_entries *entries)
{
    struct buf out = BUF_INIT;
    json_t *list = json_array();

    for (size_t i = 0; i < entries->count; i++) {
        if (cli_has(cli, "json"))
            json_array_append_new(list, entry_json(&entries->list[i]));
        else
            put_row(&out, &entries->list[i]);
    }
    cli_put_lines(&out);
    buf_release(&out);
    if (cli_has(cli, "json"))
        return cli_put_json(list);
    json_decref(list);
    return true;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct access_filter filter = {.reference = argc > 1 ? argv[1] : NULL,
                                   .since = cli_value(cli, "since")};
    struct access_entries entries;
    struct store *store;
    struct date date;

    if (filter.since && !date_parse(filter.since, &date))
        return error_set(err, ERROR_INPUT, _("--since %s: it is a date, YYYY-MM-DD"), filter.since);
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = access_list(store, &filter, &entries, err);
    store_close(store);
    if (!ok)
        return false;
    ok = put(cli, &entries);
    access_entries_release(&entries);
    return ok;
}

static const struct option_type options[] = {
    {"since", "DATE", 0},
    {"json", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_access = {
    .name = "access",
    .usage = "FILE [CASE] [--since DATE] [--json]",
    .summary = N_("who looked at what, printed it or took it out; for a head of post"),
    .options = options,
    .least = 1,
    .most = 2,
    .run = run,
};
