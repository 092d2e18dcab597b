/* SPDX-License-Identifier: MIT */
/*
 * The way to the end of a case: what stands against closing it and how each is mended, what is left
 * with others, then the closing itself; and what follows it.
 */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/notes.h"
#include "amparo/base/i18n.h"
#include "amparo/store/record.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/mend.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

/* What a row stands for; what it is about is its ref: a gate, a note, a State. */
enum { ROW_BLOCK, ROW_REQUEST, ROW_DATA, ROW_DO };

/* The acts with which a case ends, in their order; and what may follow when it has. */
static const struct ending {
    enum act_kind kind;
    bool closed; /* after the closing */
    const char *label;
} endings[] = {
    {ACT_ASSIST, false, N_("record further help")},
    {ACT_COST, false, N_("record a cost")},
    {ACT_DATA_RETURN, false, N_("our data: ask it back, or record what became of it")},
    {ACT_CLOSE, false, N_("close the case")},
    {ACT_REPORT, true, N_("report at the next meeting (Art. 7.7)")},
    {ACT_COST, true, N_("record a late cost")},
    {ACT_DATA_RETURN, true, N_("our data: ask it back, or record what became of it")},
    {ACT_REOPEN, true, N_("reopen the case, with a reason")},
};

struct closing_state {
    struct casescreen screen;
    struct gate_findings against;
};

static bool load(struct screen *s, struct error *err)
{
    struct closing_state *state = s->state;
    gate_findings_release(&state->against);
    return casescreen_load(s, err) && store_case_closing(s->app->store, &casescreen_work(s)->c,
                                                         reader_language, &state->against, err);
}

static void close_state(struct screen *s)
{
    struct closing_state *state = s->state;
    gate_findings_release(&state->against);
    casescreen_close(s);
}

/* A row, and as many lines below it as its text needs. */
static void add_row(struct body *b, long tag, const char *ref, int width, const char *text)
{
    size_t taken, shown;
    int room = width - 4 > 8 ? width - 4 : 8;
    for (bool first = true; (taken = text_wrap(text, room, &shown)); first = false) {
        if (first)
            body_row(b, tag, ref, "%.*s", (int)shown, text);
        else
            body_line(b, BODY_PLAIN, "    %.*s", (int)shown, text);
        text += taken;
    }
}

/* ---- what stands against it ---- */

static const char *const kinds[] = {
    [GATE_HARD] = N_("Against closing"),
    [GATE_OVERRIDE] = N_("Against closing, but for a reasoned exception of the head of post"),
    [GATE_WARN] = N_("To be looked at")};

static void begin_part(struct body *b, const char *head)
{
    if (b->count && *b->lines[b->count - 1].text)
        body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", head);
}

/* "Art. 7.7 ": all in one column. */
static void column_article(struct buf *out, const char *article)
{
    struct buf said = BUF_INIT;
    buf_addf(&said, _("Art. %s"), article);
    column(out, buf_text(&said), 9);
    buf_release(&said);
}

static void add_findings(struct body *b, const struct gate_findings *found, enum gate_kind kind,
                         int width)
{
    bool said = false;
    for (size_t i = 0; i < found->count; i++) {
        const struct gate_finding *f = &found->list[i];
        struct buf text = BUF_INIT;
        if (f->kind != kind)
            continue;
        if (!said)
            begin_part(b, _(kinds[kind]));
        said = true;
        if (*f->article)
            column_article(&text, f->article);
        buf_adds(&text, f->text);
        add_row(b, ROW_BLOCK, f->gate, width, buf_text(&text));
        buf_release(&text);
    }
    if (!said && kind == GATE_HARD) {
        begin_part(b, _(kinds[kind]));
        body_line(b, BODY_DIM, "  %s", _("nothing"));
    }
}

/* ---- what is left with others ---- */

static void add_requests(struct body *b, const struct casework *w, int width)
{
    bool said = false;
    for (const struct entry *e = NULL; (e = case_next_open_request(&w->c, e));) {
        char id[2 * ACT_ID_SIZE + 1];
        struct buf text = BUF_INIT;
        if (!said)
            begin_part(b, _("Requests that are open"));
        said = true;
        buf_addf(&text, _("note %s to %s: withdraw it, if the case does not go its way"),
                 note_number_text(e), country_name(request_state(&w->c, e), reader_language));
        act_id_hex(e->act->id, id);
        add_row(b, ROW_REQUEST, id, width, buf_text(&text));
        buf_release(&text);
    }
}

static void add_holder(struct body *b, const struct casework *w, const struct data_holder *h)
{
    struct buf text = BUF_INIT;
    const char *state = country_name(h->state, reader_language);
    if (!h->order) {
        buf_addf(&text, _("%s: not asked to give back or destroy it"), state);
    } else if (!h->confirmed) {
        buf_addf(&text, _("%s: asked on "), state);
        values_say_when_short(&text, entry_text(h->order, "asked_on"), w->now, reader_language);
        buf_adds(&text, _(", not confirmed"));
    } else {
        buf_addf(&text, _("%s: confirmed on "), state);
        values_say_when_short(&text, entry_text(h->order, "confirmed_on"), w->now, reader_language);
    }
    body_row(b, ROW_DATA, h->state, "%s", buf_text(&text));
    buf_release(&text);
}

static void add_holders(struct body *b, const struct casework *w)
{
    struct data_holder holders[DATA_HOLDERS_MOST];
    size_t count = case_data_holders(&w->c, holders, DATA_HOLDERS_MOST);
    if (count)
        begin_part(b, _("Who has data"));
    for (size_t i = 0; i < count; i++)
        add_holder(b, w, &holders[i]);
}

/* ---- how it ended ---- */

static void add_said(struct body *b, const struct casework *w, const struct entry *close,
                     const char *key, int width)
{
    const struct field *field = field_find(act_type(ACT_CLOSE)->fields, key);
    const json_t *value = json_object_get(close->payload, key);
    struct buf text = BUF_INIT;
    if (!value)
        return;
    column(&text, _(field->label), 16);
    if (json_is_array(value) && !json_array_size(value))
        buf_adds(&text, _("none"));
    values_say(&text, field, value, &w->c, reader_language);
    body_wrap(b, BODY_PLAIN, width, 17, buf_text(&text));
    buf_release(&text);
}

static void add_closing(struct body *b, const struct casework *w, int width)
{
    static const char *const keys[] = {"outcome",   "reason_code",     "reason",      "unmet_needs",
                                       "follow_up", "retention_until", "anonymise_on"};
    const struct entry *close = case_last(&w->c, ACT_CLOSE);
    body_line(b, BODY_HEAD, " %s", _("The case is closed"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        add_said(b, w, close, keys[i], width);
    body_line(b, BODY_PLAIN, "%s", "");
}

static void add_endings(struct body *b, bool closed)
{
    begin_part(b, closed ? _("After the end") : _("Before the end"));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (endings[i].closed == closed)
            body_row(b, ROW_DO + (long)endings[i].kind, NULL, "%s", _(endings[i].label));
}

static void build(struct screen *s, int width)
{
    const struct closing_state *state = s->state;
    const struct casework *w = casescreen_work(s);
    struct body *b = &s->body;
    if (!w->has_case)
        return;
    bool closed = case_closed(&w->c);
    if (closed)
        add_closing(b, w, width);
    for (int kind = GATE_HARD; !closed && kind <= GATE_WARN; kind++)
        add_findings(b, &state->against, (enum gate_kind)kind, width);
    if (!closed)
        add_requests(b, w, width);
    add_holders(b, w);
    add_endings(b, closed);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct closing_state *state = s->state;
    const struct casework *w = casescreen_work(s);
    size_t left = 0;
    for (size_t i = 0; i < state->against.count; i++)
        left += state->against.list[i].kind != GATE_WARN;
    struct buf more = BUF_INIT;
    if (left && w->has_case) {
        buf_adds(&more, "  ");
        buf_addf(&more, n_("%zu to mend first", "%zu to mend first", left), left);
    }
    casescreen_head_with(s, buf_text(&more), where, right);
    buf_release(&more);
}

/* ---- what a row opens ---- */

static void withdraw(struct screen *s, const char *note)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_WITHDRAW,
                                              .presets = {{"note", note}}});
}

/* The order; or its confirmation, with what the order said. */
static void return_data(struct screen *s, const char *state)
{
    const struct casework *w = casescreen_work(s);
    struct data_holder holders[DATA_HOLDERS_MOST];
    size_t count = case_data_holders(&w->c, holders, DATA_HOLDERS_MOST);
    struct form_order order = {
        .reference = w->reference, .kind = ACT_DATA_RETURN, .presets = {{"state", state}}};
    for (size_t i = 0; i < count; i++)
        if (strcmp(holders[i].state, state) == 0 && holders[i].order) {
            order.presets[1].path = "asked_on";
            order.presets[1].value = entry_text(holders[i].order, "asked_on");
            order.presets[2].path = "form";
            order.presets[2].value = entry_text(holders[i].order, "form");
        }
    actform_push(s->app, &order);
}

static void mend(struct screen *s, const char *gate)
{
    if (mend_known_gate(gate))
        mend_push_gate(s->app, casescreen_work(s)->reference, gate);
    else
        casescreen_form(s, ACT_CLOSE); /* what the closing itself says */
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    switch (row->tag) {
    case ROW_BLOCK:
        mend(s, row->ref);
        break;
    case ROW_REQUEST:
        withdraw(s, row->ref);
        break;
    case ROW_DATA:
        return_data(s, row->ref);
        break;
    default:
        casescreen_form(s, (enum act_kind)(row->tag - ROW_DO));
    }
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
    {TK_NONE, "Z", N_("close"), N_("Opens the form by which the case is closed."), close_case,
     is_open},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type closing_type = {
    .name = "closing",
    .title = N_("Closing"),
    .about = N_("What the instrument asks for before a case is closed, with its article, from top "
                "to bottom: Enter opens what mends each. Then who still has data, and the acts "
                "with which a case ends."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .keep = casescreen_keep,
    .close = close_state,
};

void closing_push(struct app *app, const char *reference)
{
    casescreen_push(app, &closing_type, sizeof(struct closing_state), reference);
}
