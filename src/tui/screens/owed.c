/* SPDX-License-Identifier: MIT */
/* Costs over all cases: the advances that are owed, totals by who bears them, IOM's budgets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/ledger.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/costs.h"
#include "amparo/store/keys.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { LABEL = 36, SUM = 16 };

struct owed_state {
    struct file_costs costs;
    bool loaded;
};

static bool load(struct screen *s, struct error *err)
{
    struct owed_state *state = s->state;
    if (state->loaded)
        file_costs_release(&state->costs);
    state->loaded = store_costs(s->app->store, &state->costs, err);
    return state->loaded;
}

/* "31 Dec 2026   MAD 300.00  HN to MX  HN-2026-0009  LÓPEZ …". */
static void add_owed(struct body *b, const struct owed *o, struct instant now, int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    values_say_when_short(&when, o->due, now, reader_language);
    if (o->overdue)
        buf_addc(&when, '!');
    column(&row, buf_text(&when), 13);
    column_money(&row, o->currency, o->units, SUM);
    buf_addf(&row, _("  %s to %s"), o->debtor, *o->creditor ? o->creditor : "? ");
    buf_addf(&row, "  %s", o->reference);
    if (width >= 60)
        buf_addf(&row, "  %s", describe_title(o->title, o->hidden));
    body_row(b, 0, o->reference, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static void add_labelled(struct body *b, int width, const char *label, const char *currency,
                         int64_t units)
{
    struct buf line = BUF_INIT;
    column(&line, label, column_label(width, LABEL, SUM));
    column_money(&line, currency, units, SUM);
    body_line(b, BODY_PLAIN, "  %s", buf_text(&line));
    buf_release(&line);
}

static void add_budget(struct body *b, const struct budget_use *use, struct instant now, int width)
{
    const struct budget *budget = &use->budget;
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s, ", budget->programme);
    values_say_when_short(&line, budget->starts_on, now, reader_language);
    buf_adds(&line, " - ");
    values_say_when_short(&line, budget->ends_on, now, reader_language);
    if (*budget->mechanism)
        buf_addf(&line, "; %s", budget->mechanism);
    body_wrap(b, BODY_PLAIN, width, 4, buf_text(&line));
    buf_release(&line);
    add_labelled(b, width, _("budget"), budget->currency, budget->units);
    add_labelled(b, width, _("granted"), budget->currency, use->granted);
    add_labelled(b, width, _("asked"), budget->currency, use->asked);
    add_labelled(b, width, _("left"), budget->currency, budget->units - use->granted - use->asked);
    if (use->left_out)
        body_line(b, BODY_DIM, _("   in another currency, without a rate: %zu"), use->left_out);
}

static void build(struct screen *s, int width)
{
    const struct owed_state *state = s->state;
    const struct file_costs *costs = &state->costs;
    struct instant now = app_now(s->app);
    struct body *b = &s->body;
    if (!state->loaded)
        return;
    body_line(b, BODY_HEAD, " %s", _("Advances to be refunded"));
    for (size_t i = 0; i < costs->owed_count; i++)
        add_owed(b, &costs->owed[i], now, width);
    if (!costs->owed_count)
        body_empty(b, width,
                   _("None. What an assisting State advanced comes here until it is paid back."));
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", _("Borne by"));
    for (size_t i = 0; i < costs->total_count; i++)
        add_labelled(b, width, cost_source_label(costs->totals[i].source, reader_language),
                     costs->totals[i].currency, costs->totals[i].units);
    if (!costs->total_count)
        body_empty(b, width,
                   _("No cost in any case yet: k on the costs of a case (9) records one."));
    if (costs->left_out)
        body_line(b, BODY_DIM, _("   not added up: %zu"), costs->left_out);
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", _("Budgets of IOM"));
    for (size_t i = 0; i < costs->budget_count; i++)
        add_budget(b, &costs->budgets[i], now, width);
    if (!costs->budget_count)
        body_empty(b, width, _("None: g writes down a budget that IOM set."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct owed_state *state = s->state;
    size_t overdue = 0;
    buf_adds(where, _(s->type->title));
    for (size_t i = 0; state->loaded && i < state->costs.owed_count; i++)
        overdue += state->costs.owed[i].overdue;
    if (overdue)
        buf_addf(right, n_("%zu overdue", "%zu overdue", overdue), overdue);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    costs_push(s->app, body_focused(&s->body)->ref);
}

/* ---- a budget, in one line ---- */

/* "2026-01-01 2026-12-31 USD 5000 Returns": first day, last day, currency, amount, programme. */
static bool read_budget(const char *answer, struct budget *b, struct error *err)
{
    char from[DATE_SIZE], to[DATE_SIZE], currency[4], amount[24];
    int end = 0;
    if (sscanf(answer, " %10s %10s %3s %23s %n", from, to, currency, amount, &end) != 4 || !end ||
        !answer[end])
        return error_set(err, ERROR_INPUT, "%s",
                         _("two days, a currency, an amount and the programme are wanted"));
    if (!money_parse(amount, currency, &b->units))
        return error_set(err, ERROR_INPUT, _("%s: is no amount in %s"), amount, currency);
    memcpy(b->starts_on, from, sizeof from);
    memcpy(b->ends_on, to, sizeof to);
    memcpy(b->currency, currency, sizeof currency);
    b->programme = xstrdup(answer + end);
    return true;
}

static void take_budget(struct screen *below, const char *answer)
{
    struct budget b = {.programme = NULL};
    struct error err = ERROR_INIT;
    if (read_budget(answer, &b, &err) && store_set_budget(below->app->store, &b, &err))
        app_say(below->app, _("The budget of %s is recorded."), b.programme);
    else
        app_say_error(below->app, &err);
    screen_changed(below, true);
    free(b.programme);
    error_release(&err);
}

static void budget(struct screen *s)
{
    struct instant now = app_now(s->app);
    char begin[64];
    snprintf(begin, sizeof begin, "%d-01-01 %d-12-31 USD ", instant_date(now).year,
             instant_date(now).year);
    ask_push(s->app, _("A budget of IOM"),
             _("First and last day, currency, amount, and the name of the programme as the costs "
               "have it: 2026-01-01 2026-12-31 USD 5000 Returns"),
             begin, take_budget);
}

static bool may_set(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static void close_state(struct screen *s)
{
    struct owed_state *state = s->state;
    if (state->loaded)
        file_costs_release(&state->costs);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the costs of the case of this line."), open_row, on_row},
    {TK_NONE, "g", N_("budget"),
     N_("Records a budget of IOM with its period; a head of post's. The same programme and first "
        "day: changes it."),
     budget, may_set},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_budget), ANSWERS_END};

const struct screen_type owed_type = {
    .name = "owed",
    .title = N_("Costs of all cases"),
    .about = N_("What States owe each other for advances, the earliest due first; who bears the "
                "costs of all cases; and how much of IOM's budgets is used. A day with ! is "
                "past."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void owed_push(struct app *app)
{
    screen_push(app, &owed_type, xcalloc(1, sizeof(struct owed_state)));
}
