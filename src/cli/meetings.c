/* SPDX-License-Identifier: MIT */
/* amparo meetings: the calendar of the Liaison Officer Network (7.7). */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/meetings.h"

static void put_counts(struct buf *out, const struct meeting *m)
{
    buf_addf(out, n_(" %zu presented, ", " %zu presented, ", m->presented), m->presented);
    buf_addf(out, n_("%zu to present", "%zu to present", m->due), m->due);
    buf_addf(out, "  %s\n", m->network);
}

static void put_meeting(struct buf *out, const struct meeting *m)
{
    buf_addf(out, "%s  ", m->day);
    text_pad(out, m->place, 20);
    if (m->cancelled)
        buf_addf(out, " %s\n", _("cancelled"));
    else
        put_counts(out, m);
}

static bool put_table(const struct meetings *meetings)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < meetings->count; i++)
        put_meeting(&out, &meetings->list[i]);
    cli_put_lines(&out);
    buf_release(&out);
    return true;
}

static bool put_json(const struct meetings *meetings)
{
    json_t *array = json_array();

    for (size_t i = 0; i < meetings->count; i++) {
        const struct meeting *m = &meetings->list[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:b, s:s, s:s, s:I, s:I}", "on", m->day,
                                        "network", m->network, "place", m->place, "cancelled",
                                        m->cancelled, "by", m->said_by, "at", m->said_at, "due",
                                        (json_int_t)m->due, "presented", (json_int_t)m->presented));
    }
    return cli_put_json(array);
}

static bool list(const struct cli *cli, struct store *store, struct error *err)
{
    struct meetings meetings;

    if (!store_meetings(store, &meetings, err))
        return false;
    bool ok = cli_has(cli, "json") ? put_json(&meetings) : put_table(&meetings);
    meetings_release(&meetings);
    return ok;
}

static bool change(const struct cli *cli, struct store *store, const char *verb, const char *day,
                   struct error *err)
{
    const char *network = cli_value(cli, "network"), *place = cli_value(cli, "place");

    if (strcmp(verb, "add") == 0)
        return store_meeting_add(store, day, network, place ? place : "", err);
    if (strcmp(verb, "change") == 0)
        return store_meeting_change(store, day, cli_value(cli, "on"), network, place, err);
    if (strcmp(verb, "remove") == 0)
        return store_meeting_cancel(store, day, err);
    return error_set(err, ERROR_INPUT, _("meetings %s: there are add, change and remove"), verb);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;

    if (argc == 2)
        return error_set(err, ERROR_INPUT, _("meetings %s: of which day? YYYY-MM-DD"), argv[1]);
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = argc == 1 ? list(cli, store, err) : change(cli, store, argv[1], argv[2], err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0}, {"place", "PLACE", 0}, {"network", "NAME", 0},
    {"on", "DATE", 0}, {NULL, NULL, 0},
};

const struct command command_meetings = {
    .name = "meetings",
    .usage = "FILE [--json]\n"
             "FILE add DATE --place PLACE [--network NAME]\n"
             "FILE change DATE [--on DATE] [--place PLACE] [--network NAME]\n"
             "FILE remove DATE",
    .summary = N_("meetings of the Liaison Officer Network (7.7); a head of post changes them"),
    .options = options,
    .least = 1,
    .most = 3,
    .run = run,
};
