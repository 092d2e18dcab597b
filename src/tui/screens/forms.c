/* SPDX-License-Identifier: MIT */
/*
 * Forms to be printed ahead and filled in by hand, for a day without power: the whole intake, or
 * one sheet of it. They are of no case.
 */
#include "amparo/agreement/act.h"
#include "amparo/base/i18n.h"
#include "amparo/tui/screens.h"

static void add_sheet(struct body *b, enum act_kind kind)
{
    body_row(b, kind, NULL, "%s", _(act_type(kind)->label));
}

static void build(struct screen *s, int width)
{
    struct body *b = &s->body;
    (void)width;
    body_row(b, ACT_NONE, NULL, "%s", _("The whole intake"));
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", _("One sheet of it"));
    for (const enum act_kind *kind = act_intake; *kind; kind++)
        add_sheet(b, *kind);
    for (const enum act_kind *kind = act_intake_more; *kind; kind++)
        add_sheet(b, *kind);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)right;
    buf_adds(where, _(s->type->title));
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void read_row(struct screen *s)
{
    enum act_kind kind = (enum act_kind)body_focused(&s->body)->tag;
    preview_file(s->app, json_pack("{s:s, s:s*}", "document", "blank", "act",
                                   kind ? act_type(kind)->name : NULL));
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the form of this line as it is printed."), read_row,
     on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type forms_type = {
    .name = "forms",
    .title = N_("Forms to fill in by hand"),
    .about = N_("For a day without power, or a visit without the machine: the fields of the "
                "screens on paper. Print some ahead. Enter shows one as it is printed; from there "
                "it goes to a printer or into a file."),
    .commands = commands,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
};

void forms_push(struct app *app)
{
    screen_push(app, &forms_type, NULL);
}
