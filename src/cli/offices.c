/* SPDX-License-Identifier: MIT */
/* amparo offices: where the post's own State has offices (7.6), kept up to date. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/destination.h"
#include "amparo/paper/offices.h"
#include "amparo/store/offices.h"
#include "subcommand.h"

/* ---- showing ---- */

static json_t *offices_json(const struct offices *o)
{
    char date[DATE_SIZE] = "";
    json_t *list = json_array();

    for (size_t i = 0; i < o->lines.count; i++) {
        char *name = office_name(&o->lines.list[i]);
        json_t *one = office_content(&o->lines.list[i]);
        json_object_set_new(one, "office", json_string(name));
        json_array_append_new(list, one);
        free(name);
    }
    if (o->on.year)
        date_format(o->on, date);
    return json_pack("{s:s, s:s?, s:o}", "source", post_source_codes[o->source].code, "date",
                     *date ? date : NULL, "offices", list);
}

static void put_list(const struct offices *o)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < o->lines.count; i++) {
        const struct mission *m = &o->lines.list[i];
        char *name = office_name(m);
        text_pad(&out, name, 40);
        buf_addf(&out, " %s\n", m->able ? m->phone : _("cannot act"));
        free(name);
    }
    cli_put_lines(&out);
    buf_release(&out);
}

static bool show(struct subcall *call, struct error *err)
{
    struct offices offices;
    bool good = store_offices(call->store, &offices, err);

    if (good && cli_has(call->cli, "json"))
        good = cli_put_json(offices_json(&offices));
    else if (good)
        put_list(&offices);
    offices_release(&offices);
    return good;
}

static bool print(struct subcall *call, struct error *err)
{
    struct access_copy entered;
    struct destination to;
    struct paper paper;

    if (!destination_read(call->cli, &to, err))
        return false;
    paper_init(&paper);
    bool good = paper_offices(call->store, cli_value(call->cli, "lang"), &paper, err) &&
                paper_offices_enter_taken(call->store, to.copies, &paper, &entered, err) &&
                destination_put(&to, call->store, &paper, &entered, err);
    paper_release(&paper);
    return good;
}

/* ---- saying ---- */

static bool put(struct subcall *call, const char *of, const char *path, struct error *err)
{
    struct buf text = BUF_INIT;
    json_t *content = cli_read(path, &text, err) ? cli_json(path, &text, err) : NULL;
    bool good = content && store_office_put(call->store, of, content, 0, err);

    json_decref(content);
    buf_release(&text);
    return good;
}

static bool add(struct subcall *call, struct error *err)
{
    return put(call, NULL, call->words[0], err);
}

static bool change(struct subcall *call, struct error *err)
{
    return put(call, call->words[0], call->words[1], err);
}

static bool take_out(struct subcall *call, struct error *err)
{
    return store_office_remove(call->store, call->words[0], err);
}

static bool confirm(struct subcall *call, struct error *err)
{
    return store_offices_confirm(call->store, err);
}

/* ---- the call ---- */

static const struct subcommand subcommands[] = {
    {"list", 0, 0, READS, show},        {"print", 0, 0, TAKES, print},
    {"add", 1, 1, WRITES, add},         {"change", 2, 2, WRITES, change},
    {"remove", 1, 1, WRITES, take_out}, {"confirm", 0, 0, WRITES, confirm},
    {NULL, 0, 0, READS, NULL},
};

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    return subcommand_run(cli, subcommands, argc, argv, err);
}

static const struct option_type options[] = {
    {"json", NULL, 0}, DESTINATION_OPTIONS, {NULL, NULL, 0}};

const struct command command_offices = {
    .name = "offices",
    .usage = "FILE [list] [--json]\n"
             "FILE add OFFICE.json|-\n"
             "FILE change NAME OFFICE.json|-\n"
             "FILE remove NAME\n"
             "FILE confirm\n"
             "FILE print [--lang en|es|fr] [-o FILE.pdf|--printer NAME] …",
    .summary = N_("where our own State has offices (7.6): its list, kept up to date and filed"),
    .help =
        N_("An office is {\"country\", \"city\", \"kind\", \"able\"} and, where known, \"seat\",\n"
           "\"phone\", \"email\", \"website\"; its name is country, city and kind, as the list\n"
           "shows it. Each change makes the list the State's own, of today; confirm does so\n"
           "with nothing else changed."),
    .options = options,
    .least = 1,
    .most = 4,
    .run = run,
};
