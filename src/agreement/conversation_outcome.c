/* SPDX-License-Identifier: MIT */
/* What follows from the dispatches that count: answers, requests, crossings, the end. */
#include "conversation_outcome.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "conversation_rules.h"

static const struct code statuses[] = {
    [REQUEST_OPEN] = {"open", N_("open")},
    [REQUEST_ACCEPTED] = {"accepted", N_("accepted")},
    [REQUEST_COUNTERED] = {"countered", N_("another scope proposed")},
    [REQUEST_CONTRADICTED] = {"contradicted", N_("accepted and declined")},
    [REQUEST_DECLINED] = {"declined", N_("declined")},
    [REQUEST_WITHDRAWN] = {"withdrawn", N_("withdrawn")},
    [REQUEST_ANNULLED] = {"annulled", N_("annulled")},
};

const char *request_status_name(enum request_status status)
{
    return statuses[status].code;
}

const char *request_status_label(enum request_status status)
{
    return statuses[status].label;
}

/* ---- the latest wording ---- */

/* Of each its last wording, by the order of who corrected it. */
static void find_wordings(struct fold *f)
{
    for (size_t i = 0; i < f->count; i++)
        f->nodes[i].latest = (int)i;
    for (size_t k = 0; k < f->correction_count; k++) {
        int z = f->corrections[k], of = f->nodes[z].subject;
        if (of == NO_ITEM || !f->nodes[z].says || !node_counts(f, z))
            continue;
        int *latest = &f->nodes[of].latest;
        if (*latest == of || node_follows(f, z, *latest))
            *latest = z;
    }
}

static const json_t *wording(const struct fold *f, int i)
{
    return f->nodes[f->nodes[i].latest].says;
}

static bool said(const struct fold *f, size_t i, enum act_kind kind)
{
    return f->nodes[i].d->kind == kind && node_counts(f, (int)i);
}

/* ---- answers ---- */

static long round_of(const struct fold *f, int i)
{
    return payload_number(wording(f, i), "round");
}

/* Its author's State has said something else to the same round since: y names or follows it. */
static bool is_taken_back(const struct fold *f, int x, int y)
{
    const struct node *a = &f->nodes[x], *b = &f->nodes[y];

    return x != y && a->d->kind != ACT_CORRECT && b->d->kind != ACT_CORRECT && node_is_answer(a) &&
           node_is_answer(b) && node_counts(f, y) && strcmp(a->d->state, b->d->state) == 0 &&
           round_of(f, x) == round_of(f, y) && node_follows(f, y, x);
}

static bool is_amended(const struct fold *f, int x, int y)
{
    const struct node *b = &f->nodes[y];

    if (b->d->kind != ACT_ACCEPT || !node_counts(f, y) || f->nodes[x].d->kind != ACT_ACCEPT)
        return false;
    for (size_t k = 0; k < b->needed_count; k++)
        if (b->named[k] == x)
            return true;
    return false;
}

/* The node that takes its place, or NO_ITEM. */
static int successor(const struct fold *f, int x)
{
    int of = f->nodes[x].d->kind == ACT_CORRECT ? f->nodes[x].subject : x;
    int last = f->nodes[of].latest;

    for (size_t y = 0; y < f->count; y++)
        if (is_taken_back(f, x, (int)y) || is_amended(f, x, (int)y))
            return (int)y;
    return last == x || !f->nodes[x].says ? NO_ITEM : last;
}

static struct conversation_state *state_entry(struct conversation *out, const char *code)
{
    size_t i = 0;

    while (i < out->state_count && strcmp(out->states[i].state, code) < 0)
        i++;
    if (i < out->state_count && !strcmp(out->states[i].state, code))
        return &out->states[i];
    out->states = xreallocarray(out->states, out->state_count + 1, sizeof *out->states);
    memmove(&out->states[i + 1], &out->states[i], (out->state_count - i) * sizeof *out->states);
    out->states[i] = (struct conversation_state){.choice = NO_ITEM};
    memcpy(out->states[i].state, code, STATE_SIZE);
    out->state_count++;
    return &out->states[i];
}

static void gather_polled(const struct fold *f, struct conversation *out, size_t i)
{
    const json_t *to = json_object_get(wording(f, (int)i), "to");
    long round = round_of(f, (int)i);

    for (size_t s = 0; s < json_array_size(to); s++) {
        const char *code = json_string_value(json_array_get(to, s));
        if (!code || strlen(code) != STATE_SIZE - 1)
            continue;
        struct conversation_state *state = state_entry(out, code);
        if (round > state->round)
            state->round = round;
    }
}

/* Those of the last round that it answered; none that was taken back. */
static void gather_answer(const struct fold *f, struct conversation *out, size_t i)
{
    struct conversation_state *state = state_entry(out, f->nodes[i].d->state);
    long round = round_of(f, (int)i);

    for (size_t y = 0; y < f->count; y++)
        if (is_taken_back(f, (int)i, (int)y))
            return;
    if (state->answer_count && round_of(f, state->answers[0]) > round)
        return;
    if (state->answer_count && round_of(f, state->answers[0]) < round)
        state->answer_count = 0;
    if (state->answer_count < ANSWERS_MOST)
        state->answers[state->answer_count++] = (int)i;
}

static void gather_states(const struct fold *f, struct conversation *out)
{
    for (size_t i = 0; i < f->count; i++)
        if (said(f, i, ACT_POLL))
            gather_polled(f, out, i);
    for (size_t i = 0; i < f->count; i++)
        if (node_counts(f, (int)i) && f->nodes[i].d->kind != ACT_CORRECT &&
            node_is_answer(&f->nodes[i]))
            gather_answer(f, out, i);
    for (size_t i = 0; i < f->count; i++)
        if (said(f, i, ACT_CHOOSE)) {
            int *choice = &state_entry(out, payload_text(f->nodes[i].says, "state"))->choice;
            if (*choice == NO_ITEM || node_line_before(f, *choice, (int)i))
                *choice = (int)i;
        }
    for (size_t s = 0; s < out->state_count; s++) {
        struct conversation_state *state = &out->states[s];
        state->silent =
            state->round && (!state->answer_count || round_of(f, state->answers[0]) < state->round);
    }
}

/* ---- requests ---- */

/* It is about that request, in whichever of its forms. */
static bool is_about(const struct fold *f, size_t i, int request)
{
    return f->nodes[i].subject != NO_ITEM && node_counts(f, (int)i) &&
           node_same_root(f, f->nodes[i].subject, request);
}

static bool is_counter(const struct fold *f, size_t i, const struct conversation_request *r)
{
    const struct node *n = &f->nodes[i];

    if (!said(f, i, ACT_NOTE) || strcmp(n->d->state, r->state) != 0 ||
        (!payload_is(n->says, "kind", "SCOPE") && !payload_is(n->says, "kind", "PART")))
        return false;
    for (size_t k = 0; k < n->named_count; k++)
        if (node_same_root(f, n->named[k], r->note))
            return true;
    return false;
}

static void set_status(struct conversation_request *r, enum request_status status, size_t by)
{
    if (status < r->status)
        return;
    r->status = status;
    r->by = (int)by;
}

/* Of an acceptance and a declining one comes after the other, or the State contradicts itself. */
static void weigh_answers(const struct fold *f, struct conversation_request *r)
{
    for (size_t i = 0; i < f->count; i++) {
        if (f->nodes[i].d->kind != ACT_DECLINE || !is_about(f, i, r->note))
            continue;
        bool after_all = true;
        for (size_t a = 0; a < f->count; a++)
            if (f->nodes[a].d->kind == ACT_ACCEPT && is_about(f, a, r->note) &&
                !node_follows(f, (int)i, (int)a))
                after_all = false;
        set_status(r, after_all ? REQUEST_DECLINED : REQUEST_CONTRADICTED, i);
    }
}

static void weigh(const struct fold *f, struct conversation_request *r)
{
    for (size_t i = 0; i < f->count; i++) {
        if (is_counter(f, i, r) && r->accepted == NO_ITEM)
            set_status(r, REQUEST_COUNTERED, i);
        if (f->nodes[i].d->kind == ACT_ACCEPT && is_about(f, i, r->note) &&
            (r->accepted == NO_ITEM || node_follows(f, (int)i, r->accepted)))
            r->accepted = (int)i;
    }
    if (r->accepted != NO_ITEM) {
        r->status = REQUEST_ACCEPTED;
        r->by = r->accepted;
    }
    weigh_answers(f, r);
    for (size_t i = 0; i < f->count; i++) {
        if (f->nodes[i].d->kind == ACT_WITHDRAW && is_about(f, i, r->note))
            set_status(r, REQUEST_WITHDRAWN, i);
        if (f->nodes[i].d->kind == ACT_ANNUL && is_about(f, i, r->note) &&
            node_ends(f, (int)i, r->note))
            set_status(r, REQUEST_ANNULLED, i);
    }
}

static void gather_requests(const struct fold *f, struct conversation *out)
{
    for (size_t i = 0; i < f->count; i++) {
        struct conversation_request r = {.note = (int)i, .by = NO_ITEM, .accepted = NO_ITEM};
        if (!said(f, i, ACT_NOTE) || !node_is_request(f, (int)i) || f->nodes[i].root != (int)i)
            continue;
        state_copy(r.state, note_addressee(f->nodes[i].says));
        weigh(f, &r);
        out->requests = xreallocarray(out->requests, out->request_count + 1, sizeof *out->requests);
        out->requests[out->request_count++] = r;
    }
}

/* ---- the end ---- */

static void gather_end(const struct fold *f, struct conversation *out)
{
    out->closing = NO_ITEM;
    out->report = NO_ITEM;
    for (size_t i = 0; i < f->count; i++) {
        if (said(f, i, ACT_REPORT) &&
            (out->report == NO_ITEM || node_line_before(f, out->report, (int)i)))
            out->report = (int)i;
        out->reopened += said(f, i, ACT_REOPEN);
        if ((said(f, i, ACT_CLOSE) || said(f, i, ACT_REOPEN)) &&
            (out->closing == NO_ITEM || node_line_before(f, out->closing, (int)i)))
            out->closing = (int)i;
    }
    if (out->closing != NO_ITEM && f->nodes[out->closing].d->kind == ACT_REOPEN)
        out->closing = NO_ITEM;
    fold_owner(f, out->owner);
}

/* ---- crossings ---- */

static bool crossed(const struct fold *f, int a, int b)
{
    return !node_knew(f, a, b) && !node_knew(f, b, a);
}

static void mark(struct fold *f, int i, enum crossing crossing)
{
    f->nodes[i].verdict.crossings |= crossing;
}

/* The assistance may rest on that request. */
static bool rests_on(const struct fold *f, int assist, const struct conversation_request *r)
{
    const json_t *says = wording(f, assist), *request = wording(f, r->note);
    struct instant given, handed;

    return !strcmp(f->nodes[assist].d->state, r->state) && requests_share_person(says, request) &&
           instant_parse(payload_text(says, "at"), &given) &&
           instant_parse(payload_text(request, "at"), &handed) &&
           instant_compare(handed, given) <= 0;
}

/* Since when who reads of the withdrawal cannot accept any more: it was said, or was in force. */
static struct instant withdrawn_since(const struct fold *f, int withdrawal, struct instant from)
{
    struct instant said = f->nodes[withdrawal].d->at;

    return instant_compare(from, said) < 0 ? from : said;
}

/* An acceptance by somebody's clock before the withdrawal was just taken back by it. */
static void cross_withdrawal(struct fold *f, struct conversation_request *r, int withdrawal)
{
    struct instant from = {.seconds = 0}, given;

    instant_parse(payload_text(f->nodes[withdrawal].says, "at"), &from);
    for (size_t i = 0; i < f->count; i++) {
        const struct node *n = &f->nodes[i];
        if (n->d->kind == ACT_ACCEPT && is_about(f, i, r->note) && crossed(f, (int)i, withdrawal) &&
            instant_compare(n->d->at, withdrawn_since(f, withdrawal, from)) >= 0) {
            r->crossings |= CROSSED_ACCEPTANCE;
            mark(f, (int)i, CROSSED_ACCEPTANCE);
            mark(f, withdrawal, CROSSED_ACCEPTANCE);
        }
        if (said(f, i, ACT_ASSIST) && rests_on(f, (int)i, r) && crossed(f, (int)i, withdrawal) &&
            instant_parse(payload_text(wording(f, (int)i), "at"), &given) &&
            instant_compare(from, given) <= 0) {
            r->crossings |= CROSSED_ASSISTANCE;
            mark(f, (int)i, CROSSED_ASSISTANCE);
            mark(f, withdrawal, CROSSED_ASSISTANCE);
        }
    }
}

/* Help that was told after the closing, or that nobody had accepted when the case was closed. */
static void cross_closing(struct fold *f, struct conversation *out)
{
    for (size_t i = 0; out->closing != NO_ITEM && i < f->count; i++) {
        bool accepted = false;
        if (!said(f, i, ACT_ASSIST) || !crossed(f, (int)i, out->closing))
            continue;
        for (size_t k = 0; k < out->request_count; k++)
            if (rests_on(f, (int)i, &out->requests[k]) && out->requests[k].accepted != NO_ITEM)
                accepted = true;
        if (accepted && instant_compare(f->nodes[i].d->at, f->nodes[out->closing].d->at) < 0)
            continue;
        mark(f, (int)i, CROSSED_CLOSING);
        mark(f, out->closing, CROSSED_CLOSING);
        for (size_t k = 0; k < out->request_count; k++)
            if (rests_on(f, (int)i, &out->requests[k]))
                out->requests[k].crossings |= CROSSED_CLOSING;
    }
}

static void gather_crossings(struct fold *f, struct conversation *out)
{
    for (size_t k = 0; k < out->request_count; k++) {
        struct conversation_request *r = &out->requests[k];
        for (size_t i = 0; i < f->count; i++) {
            if (said(f, i, ACT_ASSIST) && rests_on(f, (int)i, r))
                r->helped = true;
            if (f->nodes[i].d->kind == ACT_WITHDRAW && is_about(f, i, r->note))
                cross_withdrawal(f, r, (int)i);
        }
    }
    cross_closing(f, out);
}

/* ---- all of it ---- */

static void gather_items(const struct fold *f, struct conversation *out)
{
    out->count = f->count;
    out->items = xcalloc(f->count + 1, sizeof *out->items);
    for (size_t i = 0; i < f->count; i++) {
        struct conversation_item *item = &out->items[i];
        int next = node_counts(f, (int)i) ? successor(f, (int)i) : NO_ITEM;
        *item = (struct conversation_item){f->nodes[i].d, f->nodes[i].verdict};
        if (next != NO_ITEM) {
            item->verdict.standing = STANDING_SUPERSEDED;
            item->verdict.reason = N_("its State has said otherwise since");
            item->verdict.by = f->nodes[next].d;
        }
    }
}

void outcome_gather(struct fold *f, struct conversation *out)
{
    find_wordings(f);
    gather_states(f, out);
    gather_requests(f, out);
    gather_end(f, out);
    gather_crossings(f, out);
    gather_items(f, out);
}
