/* SPDX-License-Identifier: MIT */
/* What stands against closing a case, and the way to mend each; then the closing itself. */
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/mend.h"
#include "amparo/tui/screens.h"

enum { ROW_BLOCK, ROW_DO };

/* The acts with which a case ends, in their order; and what may follow when it has. */
static const struct ending {
    enum act_kind kind;
    bool closed; /* after the closing */
    const char *label;
} endings[] = {
    {ACT_ASSIST, false, N_("record further help")},
    {ACT_COST, false, N_("record a cost")},
    {ACT_WITHDRAW, false, N_("withdraw the request")},
    {ACT_DATA_RETURN, false, N_("our data: ask it back, or record what became of it")},
    {ACT_CLOSE, false, N_("close the case")},
    {ACT_REPORT, true, N_("report at the next meeting (Art. 7.7)")},
    {ACT_COST, true, N_("record a late cost")},
    {ACT_DATA_RETURN, true, N_("our data: ask it back, or record what became of it")},
    {ACT_REOPEN, true, N_("reopen the case, with a reason")},
};

static void add_blocks(struct body *b, const struct casework *w)
{
    size_t i, blocks = 0;
    json_t *one;
    body_line(b, BODY_HEAD, " %s", _("Against closing"));
    json_array_foreach(w->missing, i, one)
    {
        const char *for_step = json_string_value(json_object_get(one, "for"));
        if (!for_step || strcmp(for_step, "close") != 0)
            continue;
        const char *text = json_string_value(json_object_get(one, "text"));
        const char *article = json_string_value(json_object_get(one, "article"));
        const char *gate = json_string_value(json_object_get(one, "gate"));
        body_row(b, ROW_BLOCK, gate, "Art. %-4s %s", article ? article : "", text ? text : "");
        blocks++;
    }
    if (!blocks)
        body_line(b, BODY_DIM, "   %s", _("nothing"));
}

static void build(struct screen *s, int width)
{
    (void)width;
    const struct casework *w = casescreen_work(s);
    struct body *b = &s->body;
    if (!w->has_case)
        return;
    bool closed = case_closed(&w->c);
    if (!closed) {
        add_blocks(b, w);
        body_line(b, BODY_PLAIN, "%s", "");
    }
    body_line(b, BODY_HEAD, " %s", closed ? _("The case is closed") : _("Before the end"));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (endings[i].closed == closed)
            body_row(b, ROW_DO + endings[i].kind, NULL, "%s", _(endings[i].label));
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag == ROW_BLOCK && row->ref)
        mend_push_gate(s->app, casescreen_work(s)->reference, row->ref);
    else if (row->tag > ROW_DO)
        casescreen_form(s, (enum act_kind)(row->tag - ROW_DO));
}

static bool is_open(const struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    return w->has_case && !case_closed(&w->c);
}

static void close_case(struct screen *s)
{
    casescreen_form(s, ACT_CLOSE);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("go there"), N_("Opens what mends this line, or the form of this act."),
     open_row, on_row},
    {TK_NONE, "z", N_("close"), N_("Opens the form by which the case is closed."), close_case,
     is_open},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type closing_type = {
    .name = "closing",
    .title = N_("Closing"),
    .about = N_("What the instrument asks for before a case is closed, with its article, and the "
                "acts with which a case ends."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = casescreen_close,
};

void closing_push(struct app *app, const char *reference)
{
    casescreen_push(app, &closing_type, sizeof(struct casescreen), reference);
}
