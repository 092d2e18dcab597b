/* SPDX-License-Identifier: MIT */
/*
 * The polls of a case as a matrix: each State asked, by law, means and each need that it was asked
 * for. Silence is not a refusal.
 */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct poll_state {
    struct casescreen base;
    char unfolded[3]; /* the State whose answer is shown in full, or "" */
};

/* ---- the words of the columns ---- */

/* A need at the head of its column, and what a State can do in part, in a few cells. */
static const struct code heads[] = {
    {"shelter", N_("shelter")},
    {"medical", N_("medical")},
    {"psychosocial", N_("psychol.")},
    {"food_cash", N_("food, cash")},
    {"family_contact", N_("family")},
    {"identity_document", N_("identity")},
    {"travel_document", N_("travel doc")},
    {"legal", N_("lawyer")},
    {"interpretation", N_("language")},
    {"authorities", N_("officials")},
    {"labour_claim", N_("wages")},
    {"child_care", N_("child care")},
    {"tracing", N_("tracing")},
    {"repatriation", N_("return")},
    {"escort", N_("transport")},
    {"remains", N_("remains")},
    {"guardianship", N_("custody")},
    {"reintegration", N_("new start")},
    {"yes", N_("yes")},
    {"no", N_("no")},
    {"conditional", N_("limited")},
    {"partial", N_("partly")},
    {NULL, NULL},
};

static const char *head_of(const char *code)
{
    const char *label = code_label(heads, code);
    return label ? _(label) : code;
}

enum { NEEDS_MOST = 24, STATE_CELLS = 14, CITY_CELLS = 12, DAY_CELLS = 6, WORD_CELLS = 7 };
enum { SAYS_CELLS = 8 }; /* what is said besides has at least so many */

/* What a poll asked for, and where each stands: as columns where they all have room. */
struct matrix {
    const char *needs[NEEDS_MOST];
    size_t count;
    bool columns;
    bool wide; /* the office and the day of the poll too */
    int state; /* cells */
};

static void add_need(struct matrix *m, const char *code)
{
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->needs[i], code) == 0)
            return;
    if (m->count < NEEDS_MOST)
        m->needs[m->count++] = code;
}

/* Where the poll names none, those of the case went out in its text. */
static struct matrix matrix_of(const struct casework *w, const struct entry *poll, int width)
{
    struct matrix m = {.wide = width >= 110, .state = width >= 60 ? STATE_CELLS : STATE_CELLS - 2};
    const json_t *asked = json_object_get(poll->payload, "needs");
    size_t i;
    json_t *one;
    json_array_foreach(asked, i, one)
    {
        add_need(&m, json_string_value(one));
    }
    for (const struct entry *need = NULL;
         !json_array_size(asked) && (need = case_next(&w->c, need, ACT_NEED));)
        add_need(&m, entry_text(need, "need"));
    int cells = 2 + m.state + DAY_CELLS + 2 * WORD_CELLS + 4 + SAYS_CELLS;
    if (m.wide)
        cells += CITY_CELLS + DAY_CELLS + 2;
    for (i = 0; i < m.count; i++)
        cells += text_cells(head_of(m.needs[i])) + 1;
    m.columns = width >= 60 && m.count && cells < width;
    return m;
}

static bool offers(const struct entry *answer, const char *need)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(answer->payload, "services"), i, one)
    {
        if (strcmp(json_string_value(one), need) == 0)
            return true;
    }
    return false;
}

static void say_day(struct buf *out, const char *at, const struct casework *w)
{
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", at);
    values_say_when_short(out, day, w->now, reader_language);
}

static const char *city_of(const struct casework *w, const char *state)
{
    size_t i;
    json_t *post;
    json_array_foreach(json_object_get(w->directory, "posts"), i, post)
    {
        const char *owner = json_string_value(json_object_get(post, "state"));
        if (owner && strcmp(owner, state) == 0)
            return json_string_value(json_object_get(post, "city"));
    }
    return "";
}

static void unfold_answer(struct body *b, const struct casework *w, const struct entry *answer,
                          int width)
{
    const struct act_type *type = act_type(answer->act->kind);
    for (const struct field *field = type->fields; field->id; field++) {
        const json_t *value = json_object_get(answer->payload, field->key);
        if (!value || strcmp(field->key, "state") == 0)
            continue;
        struct buf line = BUF_INIT;
        buf_adds(&line, "     ");
        column(&line, _(field->label), 16);
        values_say(&line, field, value, &w->c, reader_language);
        body_wrap(b, BODY_DIM, width, 22, buf_text(&line));
        buf_release(&line);
    }
}

static size_t count_offered(const struct matrix *m, const struct entry *answer)
{
    size_t offered = 0;
    for (size_t i = 0; i < m->count; i++)
        offered += offers(answer, m->needs[i]);
    return offered;
}

/* Law, means, each need; or that the State declines, in their place. */
static void add_answer(struct buf *row, const struct matrix *m, const struct entry *answer,
                       int width)
{
    bool reply = answer && answer->act->kind == ACT_REPLY;
    if (answer && !reply) {
        buf_adds(row, _("declines"));
        return;
    }
    if (width >= 60) {
        column(row, reply ? head_of(entry_text(answer, "legal")) : "-", WORD_CELLS);
        column(row, reply ? head_of(entry_text(answer, "material")) : "-", WORD_CELLS);
    }
    for (size_t i = 0; m->columns && i < m->count; i++) {
        const char *need = m->needs[i], *said = "-";
        if (reply && entry_bool(answer, "offer") && offers(answer, need))
            said = _("yes");
        column(row, said, text_cells(head_of(need)));
    }
    if (!reply)
        buf_adds(row, m->columns ? "" : _("no reply yet"));
    else if (!entry_bool(answer, "offer"))
        buf_adds(row, _("no offer"));
    else if (!m->columns)
        buf_addf(row, _("offers %zu of %zu"), count_offered(m, answer), m->count);
}

static void add_more(struct buf *row, const char *text)
{
    if (*text)
        buf_addf(row, "%s%s", row->data[row->size - 1] == ' ' ? "" : " · ", text);
}

static void add_state(struct body *b, const struct casework *w, const struct matrix *m,
                      const struct entry *poll, const char *state, bool unfolded, int width)
{
    struct buf row = BUF_INIT, sent = BUF_INIT, came = BUF_INIT;
    const struct entry *answer = case_answer(&w->c, state, 0);
    bool chosen = case_choice(&w->c, state) != NULL;
    say_day(&sent, poll->act->at, w);
    if (answer)
        say_day(&came, answer->act->at, w);
    else
        buf_adds(&came, C_("column", "silent"));
    column(&row, country_name(state, reader_language), m->state);
    if (m->wide) {
        column(&row, city_of(w, state), CITY_CELLS);
        column(&row, buf_text(&sent), DAY_CELLS);
    }
    column(&row, buf_text(&came), DAY_CELLS);
    /* Where little has room, that one first. */
    if (chosen && !m->columns)
        buf_addf(&row, "%s · ", _("CHOSEN"));
    add_answer(&row, m, answer, width);
    if (chosen && m->columns)
        add_more(&row, _("CHOSEN"));
    if (answer && width >= 60)
        add_more(&row, entry_text(answer, "limits"));
    body_row(b, 0, state, "%s", buf_text(&row));
    if (unfolded && answer)
        unfold_answer(b, w, answer, width);
    buf_release(&row);
    buf_release(&sent);
    buf_release(&came);
}

static void add_heading(struct body *b, const struct matrix *m, int width)
{
    struct buf row = BUF_INIT;
    column(&row, _("State"), m->state);
    if (m->wide) {
        column(&row, _("post"), CITY_CELLS);
        column(&row, C_("column", "sent"), DAY_CELLS);
    }
    column(&row, C_("column", "reply"), DAY_CELLS);
    if (width >= 60) {
        column(&row, _("law"), WORD_CELLS);
        column(&row, _("means"), WORD_CELLS);
    }
    for (size_t i = 0; m->columns && i < m->count; i++)
        column(&row, head_of(m->needs[i]), text_cells(head_of(m->needs[i])));
    buf_adds(&row, _("says"));
    body_line(b, BODY_COLUMNS, "  %s", buf_text(&row));
    buf_release(&row);
}

static void add_poll(struct screen *s, const struct casework *w, const struct entry *poll,
                     int width)
{
    const struct poll_state *state = s->state;
    struct body *b = &s->body;
    struct buf line = BUF_INIT;
    buf_addf(&line, _("Poll %ld, replies due "), entry_number(poll, "round"));
    if (width >= 60)
        values_say_when(&line, entry_text(poll, "reply_by"), reader_language);
    else
        say_day(&line, entry_text(poll, "reply_by"), w);
    body_line(b, BODY_HEAD, " %s", buf_text(&line));
    buf_release(&line);
    struct matrix m = matrix_of(w, poll, width);
    add_heading(b, &m, width);
    size_t i;
    json_t *to;
    json_array_foreach(json_object_get(poll->payload, "to"), i, to)
    {
        const char *code = json_string_value(to);
        add_state(b, w, &m, poll, code, strcmp(state->unfolded, code) == 0, width);
    }
    body_line(b, BODY_PLAIN, "%s", "");
}

/* The last round first. */
static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    if (!w->has_case)
        return;
    for (size_t i = w->c.count; i-- > 0;)
        if (w->c.acts[i].kind == ACT_POLL)
            add_poll(s, w, &w->c.entries[i], width);
    if (!s->body.count)
        body_empty(&s->body, width, _("Nobody was asked yet: n begins a poll."));
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static const char *state_in_focus(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    return row ? row->ref : NULL;
}

/* The form of an act of that State; each State has its own draft. */
static void form(struct screen *s, enum act_kind kind)
{
    const char *state = state_in_focus(s);
    const struct casework *w = casescreen_work(s);
    struct form_order order = {.reference = w->reference, .kind = kind};
    if (state) {
        order.presets[0] = (struct form_preset){"state", state};
        order.slot = (state[0] - 'A') * 26 + (state[1] - 'A') + 1;
    }
    if (kind == ACT_DECLINE)
        order.presets[1] = (struct form_preset){"stage", "poll"};
    actform_push(s->app, &order);
}

static void reply(struct screen *s)
{
    form(s, ACT_REPLY);
}

static void decline(struct screen *s)
{
    form(s, ACT_DECLINE);
}

static void choose(struct screen *s)
{
    form(s, ACT_CHOOSE);
}

/* An answer unfolds; where there is none, it is written down. */
static void open_row(struct screen *s)
{
    struct poll_state *state = s->state;
    const char *code = state_in_focus(s);
    if (!case_answer(&state->base.w.c, code, 0)) {
        reply(s);
        return;
    }
    if (strcmp(state->unfolded, code) == 0)
        state->unfolded[0] = 0;
    else
        snprintf(state->unfolded, sizeof state->unfolded, "%s", code);
    screen_changed(s, false);
}

static void new_poll(struct screen *s)
{
    casescreen_form(s, ACT_POLL);
}

static void notify(struct screen *s)
{
    casescreen_form(s, ACT_NOTIFY);
}

static void what_went_out(struct screen *s)
{
    preview_document(s->app, casescreen_work(s)->reference, "poll");
}

static void keep(struct screen *s, json_t *kept)
{
    casescreen_keep(s, kept);
    json_object_set_new(kept, "unfolded",
                        json_string(((const struct poll_state *)s->state)->unfolded));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct poll_state *state = s->state;
    snprintf(state->unfolded, sizeof state->unfolded, "%s", keep_text(kept, "unfolded"));
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("answer"), N_("Shows the answer in full, or writes it down as it came in."),
     open_row, on_row},
    {TK_NONE, "r", N_("reply"), N_("Writes down a reply of this State."), reply, on_row},
    {TK_NONE, "x", N_("declines"), N_("Writes down that this State declines; no reason is asked."),
     decline, on_row},
    {TK_NONE, "c", N_("choose"), N_("Chooses this State, with a reason (Art. 5)."), choose, on_row},
    {TK_NONE, "n", N_("new round"), N_("Begins a poll, or a further round."), new_poll, NULL},
    {TK_NONE, "t", NULL, N_("Tells the Technical Secretariat."), notify, NULL},
    {TK_NONE, "w", N_("what went out"), N_("Shows the text of the poll: never a name."),
     what_went_out, on_row},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type poll_type = {
    .name = "poll",
    .title = N_("Poll"),
    .about = N_("Whom the focal points were asked, and what each says: law is the legal capacity, "
                "means are the material ones. Silent is not declined. The States stand in no order "
                "of merit."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = keep,
    .restore = restore,
    .close = casescreen_close,
};

void poll_push(struct app *app, const char *reference)
{
    casescreen_push(app, &poll_type, sizeof(struct poll_state), reference);
}
