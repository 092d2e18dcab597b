/* SPDX-License-Identifier: MIT */
/* amparo bodies: what the bodies of the Conference are called in documents. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/paper/language.h"
#include "amparo/store/bodies.h"

/* What documents call it now. */
static void say(const struct body_names *names, const char *body, const char *code, struct buf *out)
{
    struct paper_language language;

    if (paper_language_init(&language, code, NULL, english)) {
        language.bodies = names;
        paper_body(&language, body, out);
    }
}

static const struct body_name *set_one(const struct body_names *names, const char *body,
                                       const char *code)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->list[i].body, body) && !strcmp(names->list[i].language, code))
            return &names->list[i];
    return NULL;
}

static json_t *as_json(const struct body_names *names)
{
    json_t *array = json_array();

    for (const struct body_type *b = body_types; b->name; b++)
        for (const char *const *l = body_languages; *l; l++) {
            const struct body_name *set = set_one(names, b->name, *l);
            struct buf name = BUF_INIT;
            say(names, b->name, *l, &name);
            json_array_append_new(
                array, json_pack("{s:s, s:s, s:s, s:b, s:s?, s:s?}", "body", b->name, "language",
                                 *l, "name", buf_text(&name), "default", !set, "said_by",
                                 set ? set->said_by : NULL, "said_at", set ? set->said_at : NULL));
            buf_release(&name);
        }
    return array;
}

static void put_table(const struct body_names *names)
{
    struct buf out = BUF_INIT;

    for (const struct body_type *b = body_types; b->name; b++) {
        buf_addf(&out, "%s: %s\n", b->name, _(b->label));
        for (const char *const *l = body_languages; *l; l++) {
            const struct body_name *set = set_one(names, b->name, *l);
            buf_addf(&out, "  %s  ", *l);
            say(names, b->name, *l, &out);
            if (set)
                buf_addf(&out, _(" (set by %s, %.10s)"), set->said_by, set->said_at);
            buf_addc(&out, '\n');
        }
    }
    cli_put_lines(&out);
    buf_release(&out);
}

static bool list(const struct cli *cli, struct store *store, struct error *err)
{
    struct body_names names;
    bool ok = true;

    if (!store_bodies(store, &names, err))
        return false;
    if (cli_has(cli, "json"))
        ok = cli_put_json(as_json(&names));
    else
        put_table(&names);
    body_names_release(&names);
    return ok;
}

static bool set(const struct cli *cli, struct store *store, int argc, char **argv,
                struct error *err)
{
    bool back = cli_has(cli, "default");
    struct buf name = BUF_INIT;

    if (argc != (back ? 3 : 4))
        return error_set(err, ERROR_INPUT, _("how to call it: amparo %s %s"), "bodies",
                         "FILE BODY LANG NAME|--default");
    if (!back && !text_normalize(&name, argv[3], strlen(argv[3])))
        return error_set(err, ERROR_INPUT, _("the name is not UTF-8"));
    bool ok = store_set_body(store, argv[1], argv[2], back ? NULL : buf_text(&name), err);
    buf_release(&name);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct store *store;

    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = argc == 1 && !cli_has(cli, "default") ? list(cli, store, err)
                                                    : set(cli, store, argc, argv, err);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {"default", NULL, 0},
    {NULL, NULL, 0},
};

const struct command command_bodies = {
    .name = "bodies",
    .usage = "FILE [--json]\nFILE BODY en|es|fr NAME|--default",
    .summary = N_("what documents call the Secretariat, the networks, the mechanism"),
    .options = options,
    .least = 1,
    .most = 4,
    .run = run,
};
