/* SPDX-License-Identifier: MIT */
/* amparo periods: until when one answers, how long data is kept, and what else a post sets. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/settings.h"

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

static bool list(struct store *store, struct error *err)
{
    struct buf out = BUF_INIT;
    bool ok = true;

    for (int i = SETTING_NONE + 1; ok && i < SETTING_END; i++) {
        struct setting_value value;
        ok = settings_read(store, (enum setting)i, &value, err);
        if (!ok)
            break;
        put_setting(&out, (enum setting)i, &value);
        setting_value_release(&value);
    }
    if (ok)
        cli_put_lines(&out);
    buf_release(&out);
    return ok;
}

static bool set(struct store *store, const char *name, const char *text, struct error *err)
{
    enum setting which = setting_named(name);

    if (which == SETTING_NONE)
        return error_set(err, ERROR_INPUT,
                         _("%s: there is no such setting; see amparo periods FILE"), name);
    return settings_say(store, which, strcmp(text, "usual") == 0 ? NULL : text, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;

    if (argc == 2)
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "periods",
                         "FILE NAME VALUE");
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = argc > 1               ? set(store, argv[1], argv[2], err)
              : cli_has(cli, "json") ? cli_put_json(settings_json(store, err))
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
