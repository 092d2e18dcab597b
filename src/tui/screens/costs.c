/* SPDX-License-Identifier: MIT */
/* The costs of a case: each, who bears it, who shares it, what is owed, what is not settled yet. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/ledger.h"
#include "amparo/agreement/receivable.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/number.h"
#include "amparo/store/refundterms.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { LABEL = 28, WHOLE_LABEL = 36, SUM = 16 };
/* The same cost may stand under several headings. */
enum { ROW_COST, ROW_OPEN, ROW_OWED };

struct costs_state {
    struct casescreen screen;
    struct refund_terms terms;
};

static bool load(struct screen *s, struct error *err)
{
    struct costs_state *state = s->state;
    refund_terms_release(&state->terms);
    state->terms = (struct refund_terms){.terms = {0}};
    return casescreen_load(s, err) && refund_terms_read(s->app->store, &state->terms, err);
}

static void close_state(struct screen *s)
{
    struct costs_state *state = s->state;
    refund_terms_release(&state->terms);
    casescreen_close(s);
}

static void add_cost(struct body *b, const struct casework *w, const struct cost *cost, long tag,
                     int width)
{
    const struct entry *e = cost->entry;
    struct buf row = BUF_INIT, when = BUF_INIT, marks = BUF_INIT;
    char id[2 * ACT_ID_SIZE + 1];
    values_say_when_short(&when, entry_text(e, "on"), w->now, reader_language);
    column(&row, buf_text(&when), width >= 80 ? 11 : 7);
    if (cost->fault)
        buf_addf(&row, "%s %s ?", cost->currency, entry_text(e, "amount"));
    else
        column_money(&row, cost->currency, cost->units, SUM);
    buf_adds(&row, "  ");
    column(&row, cost_source_label(cost->source, reader_language), width >= 80 ? 26 : 14);
    /* The marks first: a long item may run out of the screen. */
    describe_marks(&marks, e, reader_language);
    if (marks.size)
        buf_addf(&row, "%s ", buf_text(&marks) + 1);
    if (width >= 60)
        buf_adds(&row, entry_text(e, "item"));
    act_id_hex(e->act->id, id);
    body_row(b, tag, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
    buf_release(&marks);
}

/* What is not settled comes first: it keeps the case from being closed. */
static bool is_open_question(const struct cost *cost)
{
    return strcmp(cost->source, "undetermined") == 0 ||
           strcmp(entry_text(cost->entry, "iom_status"), "requested") == 0;
}

/* A heading, parted from what stands above it. */
static void begin_part(struct body *b, const char *head)
{
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", head);
}

static void add_questions(struct body *b, const struct casework *w, const struct cost *costs,
                          size_t count, int width)
{
    bool said = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_open_question(&costs[i]))
            continue;
        if (!said)
            body_line(b, BODY_HEAD, " %s", _("Not settled: undetermined, or asked of IOM"));
        said = true;
        add_cost(b, w, &costs[i], ROW_OPEN, width);
    }
    if (said)
        body_line(b, BODY_PLAIN, "%s", "");
}

static void add_labelled(struct body *b, int width, const char *label, const char *currency,
                         int64_t units)
{
    struct buf line = BUF_INIT;
    column(&line, label, column_label(width, WHOLE_LABEL, SUM));
    column_money(&line, currency, units, SUM);
    body_line(b, BODY_PLAIN, "  %s", buf_text(&line));
    buf_release(&line);
}

/* Does the sum of all say more than the one before it? */
static bool has_several(const struct ledger *l, const char *currency)
{
    size_t sources = 0;
    for (size_t i = 0; i < l->count; i++)
        sources += l->sums[i].source && strcmp(l->sums[i].currency, currency) == 0;
    return sources > 1;
}

static void add_sums(struct body *b, const struct casework *w, const struct ledger *l, int width)
{
    begin_part(b, _("Borne by"));
    for (size_t i = 0; i < l->count; i++)
        if (l->sums[i].source || has_several(l, l->sums[i].currency))
            add_labelled(b, width,
                         l->sums[i].source ? cost_source_label(l->sums[i].source, reader_language)
                                           : _("Together"),
                         l->sums[i].currency, l->sums[i].units);
    if (w->person_count > 1)
        begin_part(b, _("By person"));
    for (size_t i = 0; w->person_count > 1 && i < l->person_count; i++) {
        struct buf name = BUF_INIT;
        describe_person(&name, &w->c, l->persons[i].person, reader_language);
        add_labelled(b, width, buf_text(&name), l->persons[i].currency, l->persons[i].units);
        buf_release(&name);
    }
    for (size_t i = 0; i < l->base_count; i++) {
        add_labelled(b, width, _("In our currency"), l->bases[i].currency, l->bases[i].units);
        if (l->bases[i].without)
            body_line(b, BODY_DIM, _("   without %zu of them: no rate"), l->bases[i].without);
    }
    if (l->left_out)
        body_line(b, BODY_DIM, _("   not added up: %zu"), l->left_out);
}

/* "Honduras to Mexico   MAD 300.00  of 480.00, due 13 Mar 2027". */
static void add_receivable(struct body *b, const struct casework *w, const struct receivable *r,
                           const struct receivable_terms *terms, int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    char id[2 * ACT_ID_SIZE + 1], due[INSTANT_SIZE], today[DATE_SIZE];
    char *who = xasprintf(_("%s to %s"), country_name(r->debtor, reader_language),
                          *r->creditor ? country_name(r->creditor, reader_language) : "?");
    column(&row, who, column_label(width, LABEL, SUM));
    column_money(&row, r->currency, receivable_left(r), SUM);
    if (receivable_left(r) != r->units) {
        buf_addf(&row, " %s ", _("of"));
        money_say_bare(&row, r->units, r->currency, reader_language);
    }
    if (receivable_left(r)) {
        values_say_when_short(&when, receivable_due(r, terms, due), w->now, reader_language);
        buf_adds(&row, ", ");
        buf_addf(&row, _("due %s"), buf_text(&when));
        if (strcmp(due, date_format(instant_date(w->now), today)) < 0)
            buf_addf(&row, " (%s)", _("overdue"));
    } else {
        values_say_when_short(&when, r->settled_on, w->now, reader_language);
        buf_addf(&row, ", %s %s", _("settled"), buf_text(&when));
    }
    act_id_hex(r->cost->act->id, id);
    body_row(b, ROW_OWED, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
    free(who);
}

static void add_receivables(struct body *b, const struct casework *w,
                            const struct receivable_terms *terms, int width)
{
    size_t count;
    struct receivable *list = receivables_of(&w->c, &count);
    if (count)
        begin_part(b, _("Advances to be refunded"));
    for (size_t i = 0; i < count; i++)
        add_receivable(b, w, &list[i], terms, width);
    free(list);
}

static void add_advice(struct body *b, const struct casework *w, int width)
{
    char today[DATE_SIZE];
    char *advice =
        reserve_fund_advice(&w->c, date_format(instant_date(w->now), today), reader_language);
    body_line(b, BODY_PLAIN, "%s", "");
    body_wrap(b, BODY_DIM, width, 0, advice);
    free(advice);
}

static void build(struct screen *s, int width)
{
    const struct costs_state *state = s->state;
    const struct casework *w = casescreen_work(s);
    struct body *b = &s->body;
    if (!w->has_case)
        return;
    size_t count;
    struct ledger ledger;
    struct cost *costs = costs_of(&w->c, &count);
    add_questions(b, w, costs, count, width);
    body_line(b, BODY_HEAD, " %s", _("Costs"));
    for (size_t i = 0; i < count; i++)
        add_cost(b, w, &costs[i], ROW_COST, width);
    if (!count)
        body_empty(b, width, _("None yet: k records a cost, and who bears it (Art. 8)."));
    free(costs);
    ledger_init(&ledger, &w->c);
    if (count)
        add_sums(b, w, &ledger, width);
    ledger_release(&ledger);
    add_receivables(b, w, &state->terms.terms, width);
    add_advice(b, w, width);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    actview_push(s->app, casescreen_work(s)->reference, body_focused(&s->body)->ref);
}

static void cost(struct screen *s)
{
    casescreen_form(s, ACT_COST);
}

/* Who bears it after all, what IOM answered: the cost anew. */
static void correct(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_COST,
                                              .correct = body_focused(&s->body)->ref});
}

static bool on_advance(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const struct entry *e = row ? case_entry(&casescreen_work(s)->c, row->ref) : NULL;
    return e && strcmp(entry_text(e, "source"), "assisting_advance") == 0;
}

static void refund(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_REFUND,
                                              .presets = {{"of", body_focused(&s->body)->ref}}});
}

static void preview_costs(struct screen *s)
{
    preview_document(s->app, casescreen_work(s)->reference, "costs");
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows this cost in full."), open_row, on_row},
    {TK_NONE, "k", N_("cost"), N_("Records a cost, and who bears it (Art. 8)."), cost, NULL},
    {TK_NONE, "c", N_("correct"),
     N_("Records this cost anew: who bears it after all, what IOM answered."), correct, on_row},
    {TK_NONE, "y", N_("refund"),
     N_("Records that this advance was asked for, paid in part or whole, or is not claimed."),
     refund, on_advance},
    {TK_NONE, "p", N_("print"), N_("Shows the statement of costs, to be printed."), preview_costs,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type costs_type = {
    .name = "costs",
    .title = N_("Costs"),
    .about = N_("What the case costs, who bears it and who shares it (Art. 8). Sums are in their "
                "own currency; in ours as far as the rates are known. What is not settled stands "
                "first."),
    .commands = commands,
    .record = true,
    .load = load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = close_state,
};

void costs_push(struct app *app, const char *reference)
{
    casescreen_push(app, &costs_type, sizeof(struct costs_state), reference);
}
