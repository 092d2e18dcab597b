/* SPDX-License-Identifier: MIT */
/* amparo letterhead: what stands at the head of documents, and on the migrant's receipt. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/letterhead.h"
#include "setting_work.h"

static void put_seal(const struct seal *seal, struct buf *out)
{
    char measures[40] = "";

    if (seal->measures.width)
        snprintf(measures, sizeof measures, "%u x %u", seal->measures.width, seal->measures.height);
    text_pad(out, "seal", 14);
    buf_addc(out, ' ');
    text_pad(out, *measures ? measures : _("none"), 16);
    buf_addf(out, " %s", _("letterhead: seal, a PNG picture"));
    if (seal->said_by)
        buf_addf(out, " (%s, %.10s)", seal->said_by, seal->said_at);
    buf_addc(out, '\n');
}

static json_t *seal_json(const struct seal *seal)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:s?, s:s?}", "name", "seal", "unit", "png", "width",
                     (int)seal->measures.width, "height", (int)seal->measures.height, "said_by",
                     seal->said_by, "said_at", seal->said_at);
}

static bool list(const struct cli *cli, struct store *store, struct error *err)
{
    json_t *array = json_array();
    struct buf out = BUF_INIT;
    struct seal seal;
    bool ok = store_seal(store, &seal, err);

    if (ok && cli_has(cli, "json")) {
        ok = settings_json(store, SETTINGS_DOCUMENTS, array, err);
        json_array_append_new(array, seal_json(&seal));
        if (ok)
            ok = cli_put_json(json_incref(array));
    } else if (ok) {
        ok = setting_lines(store, SETTINGS_DOCUMENTS, &out, err);
        put_seal(&seal, &out);
        if (ok)
            cli_put_lines(&out);
    }
    seal_release(&seal);
    buf_release(&out);
    json_decref(array);
    return ok;
}

static bool set(struct store *store, const char *name, const char *typed, struct error *err)
{
    struct buf text = BUF_INIT;
    bool ok;

    if (strcmp(name, "seal") == 0)
        return store_set_seal(store, strcmp(typed, "none") == 0 ? NULL : typed, err);
    if (!text_normalize(&text, typed, strlen(typed)))
        return error_set(err, ERROR_INPUT, _("%s: the text is not UTF-8"), name);
    ok = setting_set(store, true, "letterhead", name, buf_text(&text), err);
    buf_release(&text);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;

    if (argc == 2)
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "letterhead",
                         "FILE NAME TEXT");
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = argc > 1 ? set(store, argv[1], argv[2], err) : list(cli, store, err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_letterhead = {
    .name = "letterhead",
    .usage = "FILE [--json] [NAME TEXT|usual]\nFILE seal FILE.png|none",
    .summary = N_("lines and seal at the head of documents; a head of post sets them"),
    .help =
        N_("Of a line that is not set: the State's formal name in the language of the document,\n"
           "and the post as it is recorded; no address, telephone or e-mail. The seal is a PNG\n"
           "picture of at most 64 kilobytes and 1,000 by 1,000 dots, kept in the case file; it\n"
           "is drawn where pages are (PDF). names_officer: whether the receipt that a migrant\n"
           "gets says who spoke to her."),
    .options = options,
    .least = 1,
    .most = 3,
    .run = run,
};
