/* SPDX-License-Identifier: MIT */
/*
 * Does the mechanism apply? The requirements as the facts have them, what persons determined
 * otherwise, and the way to the decision, which is a person's.
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

struct eligibility_state {
    struct casescreen base;
    long person;  /* shown; 0: the first */
    int unfolded; /* a requirement, or -1 */
};

/* Where something is open: the first person of whom the facts do not say that it applies. */
static void show_doubtful(struct casework *w)
{
    for (size_t i = 0; i < w->person_count; i++) {
        if (case_locked(&w->c, w->persons[i]))
            continue;
        casework_assess(w, w->persons[i]);
        if (!w->assessed || w->result.overall != OVERALL_APPLIES)
            return;
    }
    casework_assess(w, 0);
}

static bool load(struct screen *s, struct error *err)
{
    struct eligibility_state *state = s->state;
    if (!casescreen_load(s, err))
        return false;
    if (state->person)
        casework_assess(&state->base.w, state->person);
    else if (state->base.w.person_count > 1)
        show_doubtful(&state->base.w);
    state->person = state->base.w.assessed;
    return true;
}

/* What a person determined of that requirement, for the person shown; NULL: nothing. */
static const struct entry *determined(const struct casework *w, enum requirement requirement)
{
    const struct entry *entry = NULL, *last = NULL;
    while ((entry = case_next(&w->c, entry, ACT_DETERMINE))) {
        long person = entry_number(entry, "person");
        if (strcmp(entry_text(entry, "requirement"), requirement_types[requirement].id) == 0 &&
            (!person || person == w->assessed))
            last = entry;
    }
    return last;
}

/* As wide as the longest of them, as long as the rest of the line has its room. */
static int label_cells(int width)
{
    int cells = 0;
    for (int r = 0; r < REQUIREMENT_COUNT; r++)
        if (text_cells(_(requirement_types[r].label)) > cells)
            cells = text_cells(_(requirement_types[r].label));
    return width >= 80 || cells < width - 22 ? cells : width - 22;
}

static int status_cells(void)
{
    int cells = 0;
    for (const struct code *code = status_codes; code->code; code++)
        if (text_cells(_(code->label)) > cells)
            cells = text_cells(_(code->label));
    return cells;
}

static void add_requirement(struct body *b, const struct casework *w, enum requirement requirement,
                            bool unfolded, int width)
{
    const struct requirement_type *type = &requirement_types[requirement];
    const struct determination *d = &w->result.requirements[requirement];
    const struct entry *by_person = determined(w, requirement);
    const char *status = by_person ? code_label(status_codes, entry_text(by_person, "status"))
                                   : status_codes[d->status].label;
    struct buf row = BUF_INIT;
    column(&row, type->article, 3);
    column(&row, _(type->label), label_cells(width));
    column(&row, status ? _(status) : "", status_cells());
    /* The whole reason only where there is room for a sentence. */
    if (width >= 60)
        buf_adds(&row, by_person ? _("by a person") : width >= 130 ? d->reason : d->brief);
    body_row(b, (long)requirement, NULL, "%s", buf_text(&row));
    buf_release(&row);
    if (!unfolded)
        return;
    struct buf line = BUF_INIT;
    buf_addf(&line, "     %s", d->reason);
    body_wrap(b, BODY_DIM, width, 5, buf_text(&line));
    if (d->would_change && *d->would_change) {
        buf_clear(&line);
        buf_addf(&line, "     %s%s%s", _("Would change it"), label_colon(), d->would_change);
        body_wrap(b, BODY_DIM, width, 5, buf_text(&line));
    }
    if (by_person) {
        buf_clear(&line);
        buf_addf(&line, "     %s%s%s", by_person->act->by, label_colon(),
                 entry_text(by_person, "reason"));
        body_wrap(b, BODY_PLAIN, width, 5, buf_text(&line));
    }
    buf_release(&line);
}

static void add_candidates(struct body *b, const struct casework *w, int width)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s%s", _("Could help there"), label_colon());
    for (size_t i = 0; i < w->result.candidate_count; i++)
        buf_addf(&line, "%s%s", i ? ", " : "",
                 country_name(w->result.candidates[i].state, reader_language));
    if (!w->result.candidate_count)
        buf_adds(&line, _("no Party has an office there"));
    body_wrap(b, BODY_PLAIN, width, 2, buf_text(&line));
    buf_release(&line);
}

static void add_blocks(struct body *b, const struct casework *w, int width)
{
    for (size_t i = 0; i < BLOCK_COUNT; i++) {
        if (!w->result.blocks[i])
            continue;
        struct buf line = BUF_INIT;
        buf_addf(&line, "%s%s%s", _("No poll yet"), label_colon(), w->result.blocks[i]);
        body_wrap(b, BODY_PLAIN, width, 2, buf_text(&line));
        buf_release(&line);
    }
    for (size_t i = 0; i < w->result.warning_count; i++)
        body_wrap(b, BODY_DIM, width, 2, w->result.warnings[i]);
}

/* What the facts say, over what persons determined; then what was decided. */
static void add_decision(struct body *b, const struct casework *w, int width)
{
    enum status statuses[REQUIREMENT_COUNT];
    for (int r = 0; r < REQUIREMENT_COUNT; r++) {
        const struct entry *by_person = determined(w, (enum requirement)r);
        statuses[r] = w->result.requirements[r].status;
        for (size_t i = 0; by_person && status_codes[i].code; i++)
            if (strcmp(status_codes[i].code, entry_text(by_person, "status")) == 0)
                statuses[r] = (enum status)i;
    }
    enum overall overall = assess_overall(statuses, w->result.protection_lock);
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s%s%s. %s", _("By the facts"), label_colon(), _(overall_codes[overall].label),
             _("The decision is a person's (Recital II, Art. 3)."));
    body_wrap(b, BODY_HEAD, width, 2, buf_text(&line));

    const struct entry *decided = case_last(&w->c, ACT_DECIDE);
    if (decided) {
        buf_clear(&line);
        describe_entry(&line, &w->c, decided, reader_language);
        buf_addf(&line, ", %s, ", decided->act->by);
        values_say_when_short(&line, decided->act->at, w->now, reader_language);
        buf_addf(&line, "%s%s", label_colon(), entry_text(decided, "reason"));
        body_wrap(b, BODY_PLAIN, width, 2, buf_text(&line));
    }
    buf_release(&line);
}

static void build(struct screen *s, int width)
{
    const struct eligibility_state *state = s->state;
    const struct casework *w = &state->base.w;
    struct body *b = &s->body;
    if (!w->has_case)
        return;
    if (!w->assessed) {
        body_wrap(b, BODY_PLAIN, width, 0,
                  w->unassessed ? w->unassessed
                                : _("Nobody is recorded yet whose case could be assessed: 1 on the "
                                    "case, then n, records the person."));
        return;
    }
    if (w->person_count > 1) {
        struct buf line = BUF_INIT;
        describe_person(&line, &w->c, w->assessed, reader_language);
        body_line(b, BODY_HEAD, " %s", buf_text(&line));
        buf_release(&line);
    }
    for (int r = 0; r < REQUIREMENT_COUNT; r++)
        add_requirement(b, w, (enum requirement)r, state->unfolded == r, width);
    body_line(b, BODY_PLAIN, "%s", "");
    add_candidates(b, w, width);
    add_blocks(b, w, width);
    body_line(b, BODY_PLAIN, "%s", "");
    add_decision(b, w, width);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void unfold(struct screen *s)
{
    struct eligibility_state *state = s->state;
    int row = (int)body_focused(&s->body)->tag;
    state->unfolded = state->unfolded == row ? -1 : row;
    screen_changed(s, false);
}

static void decide(struct screen *s, const char *decision)
{
    actform_push(s->app, &(struct form_order){.reference = casescreen_work(s)->reference,
                                              .kind = ACT_DECIDE,
                                              .presets = {{"decision", decision}}});
}

static void applies(struct screen *s)
{
    decide(s, "applies");
}

static void does_not_apply(struct screen *s)
{
    decide(s, "does_not_apply");
}

static void more_facts(struct screen *s)
{
    decide(s, "more_facts");
}

/* The person by whom the requirement is asked goes with it, where it is asked of each. */
static void determine(struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    const char *id = requirement_types[body_focused(&s->body)->tag].id;
    char person[24];
    snprintf(person, sizeof person, "%ld", w->assessed);
    actform_push(s->app,
                 &(struct form_order){.reference = w->reference,
                                      .kind = ACT_DETERMINE,
                                      .slot = body_focused(&s->body)->tag + 1,
                                      .presets = {{"requirement", id}, {"person", person}}});
}

static bool several(const struct screen *s)
{
    return casescreen_work(s)->person_count > 1;
}

static void go_on(struct screen *s, size_t by)
{
    struct eligibility_state *state = s->state;
    const struct casework *w = &state->base.w;
    size_t at = 0;
    while (at < w->person_count && w->persons[at] != w->assessed)
        at++;
    state->person = w->persons[(at + by) % w->person_count];
    screen_changed(s, true);
}

static void next_person(struct screen *s)
{
    go_on(s, 1);
}

static void previous_person(struct screen *s)
{
    go_on(s, casescreen_work(s)->person_count - 1);
}

static void directory(struct screen *s)
{
    const struct casework *w = casescreen_work(s);
    directory_push(s->app, case_receiving_state(&w->c), case_requesting_state(&w->c));
}

static void keep(struct screen *s, json_t *kept)
{
    const struct eligibility_state *state = s->state;
    casescreen_keep(s, kept);
    json_object_set_new(kept, "person", json_integer(state->person));
    json_object_set_new(kept, "unfolded", json_integer(state->unfolded));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct eligibility_state *state = s->state;
    state->person = (long)keep_number(kept, "person");
    state->unfolded = (int)keep_number(kept, "unfolded");
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("why"),
     N_("Unfolds the requirement: the facts used, and what would change "
        "the answer."),
     unfold, on_row},
    {TK_NONE, "a", N_("applies"), N_("Decides that the mechanism applies, with a reason."), applies,
     NULL},
    {TK_NONE, "x", N_("does not"), N_("Decides that it does not apply, with a reason."),
     does_not_apply, NULL},
    {TK_NONE, "m", N_("more facts"), N_("Decides that more facts are needed."), more_facts, NULL},
    {TK_NONE, "e", N_("determine"),
     N_("Determines this requirement otherwise than the facts do; "
        "head of post."),
     determine, on_row},
    {TK_F(7), NULL, NULL, N_("Shows the person of the case before this one."), previous_person,
     several},
    {TK_F(8), NULL, N_("next person"), N_("Shows the next person of the case."), next_person,
     several},
    {TK_NONE, "d", N_("directory"), N_("Shows the missions in the receiving country."), directory,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type eligibility_type = {
    .name = "eligibility",
    .title = N_("Does the mechanism apply?"),
    .about = N_("Each requirement of the instrument with its article, and what the facts say of "
                "it. The program never decides; a person does, with a reason."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = casescreen_head,
    .keep = keep,
    .restore = restore,
    .close = casescreen_close,
};

void eligibility_push(struct app *app, const char *reference)
{
    struct screen *s =
        casescreen_push(app, &eligibility_type, sizeof(struct eligibility_state), reference);
    ((struct eligibility_state *)s->state)->unfolded = -1;
}
