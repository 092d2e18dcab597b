/* SPDX-License-Identifier: MIT */
/* amparo acts: what was said in a case, in order, by whom, and whether the signatures hold. */
#include "commands.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/record.h"

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

/* Its cells: number 4, instant 16, act 16, officer 20, hash 12, what is special. */
static void put_row(struct buf *out, const json_t *act)
{
    char when[17];

    buf_addf(out, "%3lld ", (long long)json_integer_value(json_object_get(act, "seq")));
    text_pad(out, cli_when(text_of(act, "at"), when), 16);
    buf_addf(out, " %-16s ", text_of(act, "act"));
    text_pad(out, text_of(act, "by"), 20);
    buf_addf(out, " %.12s", text_of(act, "id"));
    if (json_is_true(json_object_get(act, "transcribed")))
        buf_addf(out, " %s", _("transcr"));
    if (json_is_true(json_object_get(act, "erased")))
        buf_addf(out, " %s", _("erased"));
    if (strcmp(text_of(act, "signature"), "valid") != 0)
        buf_addf(out, " %s", _("INVALID"));
    buf_addc(out, '\n');
}

static void put_table(const json_t *acts)
{
    struct buf out = BUF_INIT;
    size_t i;
    json_t *act;

    json_array_foreach((json_t *)(uintptr_t)acts, i, act) put_row(&out, act);
    cli_put_lines(&out);
    buf_release(&out);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;
    (void)argc;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    json_t *acts = store_acts_json(store, argv[1], err);
    if (acts)
        cli_viewed(store, argv[1], "acts");
    store_close(store);
    if (!acts)
        return false;
    if (cli_has(cli, "json"))
        return cli_put_json(acts);
    put_table(acts);
    json_decref(acts);
    return true;
}

static const struct option_type options[] = {{"json", NULL, 0}, {NULL, NULL, 0}};

const struct command command_acts = {
    .name = "acts",
    .usage = "FILE CASE [--json]",
    .summary = N_("a case's acts, in order, with hashes and signers"),
    .options = options,
    .least = 2,
    .most = 2,
    .run = run,
};
