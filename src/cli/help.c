/* SPDX-License-Identifier: MIT */
/* amparo help: the commands, and the acts with their fields: the contract of record. */
#include "commands.h"

#include <string.h>

#include "amparo/agreement/event.h"
#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"

static void put_field(struct buf *out, const struct field *f, int depth)
{
    struct buf name = BUF_INIT;

    buf_addf(&name, "%*s%s%s", 2 + 2 * depth, "", f->key, f->needed ? "" : "?");
    text_pad(out, buf_text(&name), 24);
    buf_addf(out, " %-13s %s %-8s %s\n", field_type_name(f->type), field_class_name(f->class),
             f->article, _(f->label));
    buf_release(&name);
    for (const struct code *c = f->codes; c && c->code; c++) {
        buf_addf(out, "%*s", 26, "");
        text_pad(out, c->code, 24);
        buf_addf(out, " %s\n", _(c->label));
    }
    for (const struct field *m = f->members; m && m->id; m++)
        put_field(out, m, depth + 1);
}

static void put_act(const struct act_type *type)
{
    struct buf out = BUF_INIT;

    buf_addf(&out, "%s: %s%s%s\n", type->name, _(type->label), *type->article ? ", Art. " : "",
             type->article);
    for (const struct field *f = type->fields; f->id; f++)
        put_field(&out, f, 0);
    const struct field *carried;
    for (size_t i = 0; (carried = act_carried(type, i)); i++)
        put_field(&out, carried, 0);
    cli_put_lines(&out);
    buf_release(&out);
}

static void put_acts(void)
{
    struct buf out = BUF_INIT;

    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));) {
        const struct act_type *type = act_type(kind);
        buf_addf(&out, "%-17s %-12s %s\n", type->name, type->article, _(type->label));
    }
    buf_addf(&out, "%s\n",
             _("amparo help acts ACT shows the keys of one; ? marks what may be absent.\n"
               "Not acts, but described likewise: event, event_line (amparo event)."));
    cli_put_lines(&out);
    buf_release(&out);
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    const struct act_type *type = NULL;

    if (argc == 0)
        return cli_help(NULL);
    if (strcmp(argv[0], "acts") != 0) {
        const struct command *command = argc == 1 ? cli_command(argv[0]) : NULL;
        return command ? cli_help(command)
                       : error_set(err, ERROR_INPUT,
                                   _("there is no help on \"%s\"; see amparo help"), argv[0]);
    }
    if (argc == 2 && !(type = act_type_named(argv[1])) && !(type = event_type_named(argv[1])))
        return error_set(err, ERROR_INPUT, _("there is no act \"%s\"; see amparo help acts"),
                         argv[1]);
    if (cli_has(cli, "json"))
        return cli_put_json(acts_describe(type, english));
    if (type)
        put_act(type);
    else
        put_acts();
    return true;
}

static const struct option_type options[] = {{"json", NULL, 0}, {NULL, NULL, 0}};

const struct command command_help = {
    .name = "help",
    .usage = "[COMMAND]\nacts [ACT] [--json]",
    .summary = N_("this; or the acts, their keys, types, privacy classes, articles"),
    .options = options,
    .least = 0,
    .most = 2,
    .run = run,
};
