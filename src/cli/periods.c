/* SPDX-License-Identifier: MIT */
/* amparo periods: until when one answers, how long data is kept, and what else a post sets. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "setting_work.h"

/* Its cells: name 14, value 16, what it is for; who said it. */
static void put_setting(struct buf *out, enum setting which, const struct setting_value *value)
{
    struct buf said = BUF_INIT;

    settings_describe(&said, which, value);
    text_pad(out, setting_type(which)->name, 14);
    buf_addc(out, ' ');
    text_pad(out, buf_text(&said), 16);
    buf_addf(out, " %s", _(setting_type(which)->label));
    if (value->said_by)
        buf_addf(out, " (%s, %.10s)", value->said_by, value->said_at ? value->said_at : "");
    buf_addc(out, '\n');
    buf_release(&said);
}

bool setting_lines(struct store *store, enum setting_group group, struct buf *out,
                   struct error *err)
{
    enum setting which = SETTING_NONE;

    while ((which = setting_next(group, which)) != SETTING_NONE) {
        struct setting_value value;
        if (!settings_read(store, which, &value, err))
            return false;
        put_setting(out, which, &value);
        setting_value_release(&value);
    }
    return true;
}

bool setting_set(struct store *store, bool documents, const char *command, const char *name,
                 const char *text, struct error *err)
{
    enum setting which = setting_named(name);

    if (which == SETTING_NONE || (setting_type(which)->group == SETTINGS_DOCUMENTS) != documents)
        return error_set(err, ERROR_INPUT, _("%s: there is no such setting; see amparo %s FILE"),
                         name, command);
    return settings_say(store, which, strcmp(text, "usual") == 0 ? NULL : text, err);
}

/* ---- those of the post's work ---- */

static bool list(struct store *store, struct error *err)
{
    struct buf out = BUF_INIT;
    bool ok = true;

    for (int group = 0; ok && group < SETTINGS_DOCUMENTS; group++)
        ok = setting_lines(store, (enum setting_group)group, &out, err);
    if (ok)
        cli_put_lines(&out);
    buf_release(&out);
    return ok;
}

static bool list_json(struct store *store, struct error *err)
{
    json_t *array = json_array();

    for (int group = 0; array && group < SETTINGS_DOCUMENTS; group++)
        if (!settings_json(store, (enum setting_group)group, array, err)) {
            json_decref(array);
            array = NULL;
        }
    return cli_put_json(array);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;

    if (argc == 2)
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "periods",
                         "FILE NAME VALUE");
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = argc > 1               ? setting_set(store, false, "periods", argv[1], argv[2], err)
              : cli_has(cli, "json") ? list_json(store, err)
                                     : list(store, err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_periods = {
    .name = "periods",
    .usage = "FILE [--json] [NAME VALUE|usual]",
    .summary = N_("deadlines, how long data is kept; a head of post sets them"),
    .options = options,
    .least = 1,
    .most = 3,
    .run = run,
};
