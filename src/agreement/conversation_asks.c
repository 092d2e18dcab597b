/* SPDX-License-Identifier: MIT */
/* What the conversation asks of each side, and its outcome as a number. */
#include <string.h>

#include "amparo/agreement/conversation.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "conversation_fold.h"

static const char *const labels[ASKED_COUNT] = {
    [ASKED_REPLY] = N_("reply to the poll"),
    [ASKED_CHOOSE] = N_("choose whom to approach"),
    [ASKED_REQUEST] = N_("send the request by note"),
    [ASKED_DECIDE] = N_("accept or decline the request"),
    [ASKED_ANSWER] = N_("answer the scope that was proposed"),
    [ASKED_SETTLE] = N_("settle which answer of yours stands"),
    [ASKED_RETURN] = N_("ask for the data back"),
    [ASKED_CONFIRM] = N_("confirm that the data was given back or destroyed"),
    [ASKED_THANK] = N_("thank for the offer that was not needed"),
    [ASKED_REPORT] = N_("present the case at the next meeting"),
    [ASKED_AMEND] = N_("amend the report: help was told of after closing"),
    [ASKED_TELEPHONE] = N_("compare the key by telephone"),
};

const char *asked_name(enum asked what)
{
    static const char *const names[ASKED_COUNT] = {
        [ASKED_REPLY] = "reply",   [ASKED_CHOOSE] = "choose",   [ASKED_REQUEST] = "request",
        [ASKED_DECIDE] = "decide", [ASKED_ANSWER] = "answer",   [ASKED_SETTLE] = "settle",
        [ASKED_RETURN] = "return", [ASKED_CONFIRM] = "confirm", [ASKED_THANK] = "thank",
        [ASKED_REPORT] = "report", [ASKED_AMEND] = "amend",     [ASKED_TELEPHONE] = "telephone",
    };

    return names[what];
}

const char *asked_label(enum asked what)
{
    return labels[what];
}

struct asking {
    const struct conversation *c;
    const char *code;
    struct conversation_asked *out;
    size_t room, count;
};

static void ask(struct asking *a, enum asked what, int item, const char *state)
{
    if (a->count < a->room) {
        a->out[a->count] = (struct conversation_asked){.what = what, .item = item};
        state_copy(a->out[a->count].state, state);
    }
    a->count++;
}

static const struct dispatch *dispatch_of(const struct asking *a, size_t item)
{
    return a->c->items[item].dispatch;
}

static bool counts(const struct asking *a, size_t item, enum act_kind kind)
{
    return dispatch_of(a, item)->kind == kind && conversation_counts(a->c, (int)item);
}

static bool is_requesting(const struct asking *a)
{
    return strcmp(a->code, a->c->world.requesting) == 0;
}

/* ---- of a State that is asked ---- */

static bool any_accepted(const struct conversation *c)
{
    for (size_t i = 0; i < c->request_count; i++)
        if (c->requests[i].status == REQUEST_ACCEPTED)
            return true;
    return false;
}

static void ask_reply(struct asking *a)
{
    for (size_t i = a->c->count; a->c->closing == NO_ITEM && !any_accepted(a->c) && i-- > 0;)
        if (counts(a, i, ACT_POLL) && payload_has_text(dispatch_of(a, i)->payload, "to", a->code))
            for (size_t s = 0; s < a->c->state_count; s++)
                if (!strcmp(a->c->states[s].state, a->code) && a->c->states[s].silent &&
                    payload_number(dispatch_of(a, i)->payload, "round") == a->c->states[s].round) {
                    ask(a, ASKED_REPLY, (int)i, a->c->world.requesting);
                    return;
                }
}

static void ask_decision(struct asking *a)
{
    for (size_t i = 0; i < a->c->request_count; i++) {
        const struct conversation_request *r = &a->c->requests[i];
        if (strcmp(r->state, a->code) != 0)
            continue;
        if (r->status == REQUEST_OPEN)
            ask(a, ASKED_DECIDE, r->note, a->c->world.requesting);
        if (r->status == REQUEST_CONTRADICTED)
            ask(a, ASKED_SETTLE, r->note, a->c->world.requesting);
    }
}

static bool was_confirmed(const struct asking *a, const char *state)
{
    for (size_t i = 0; i < a->c->count; i++)
        if (counts(a, i, ACT_DATA_RETURN) && !strcmp(dispatch_of(a, i)->state, state) &&
            *payload_text(dispatch_of(a, i)->payload, "confirmed_on"))
            return true;
    return false;
}

static void ask_confirmation(struct asking *a)
{
    for (size_t i = 0; i < a->c->count && !was_confirmed(a, a->code); i++)
        if (counts(a, i, ACT_DATA_RETURN) &&
            payload_is(dispatch_of(a, i)->payload, "state", a->code) &&
            !strcmp(dispatch_of(a, i)->state, a->c->world.requesting)) {
            ask(a, ASKED_CONFIRM, (int)i, a->c->world.requesting);
            return;
        }
}

/* ---- of the State that asks ---- */

static int usable_answer(const struct asking *a, const struct conversation_state *s)
{
    for (size_t i = 0; i < s->answer_count; i++)
        if (dispatch_of(a, (size_t)s->answers[i])->kind == ACT_REPLY &&
            reply_is_usable(dispatch_of(a, (size_t)s->answers[i])->payload))
            return s->answers[i];
    return NO_ITEM;
}

static const struct conversation_request *last_request(const struct asking *a, const char *state)
{
    const struct conversation_request *last = NULL;

    for (size_t i = 0; i < a->c->request_count; i++)
        if (!strcmp(a->c->requests[i].state, state))
            last = &a->c->requests[i];
    return last;
}

/* A State was chosen that has not declined since. */
static bool is_chosen(const struct asking *a, const struct conversation_state *s)
{
    const struct conversation_request *r = last_request(a, s->state);

    if (s->choice == NO_ITEM)
        return false;
    if (r)
        return r->status != REQUEST_DECLINED;
    return !s->answer_count || usable_answer(a, s) != NO_ITEM; /* it may have come by telephone */
}

static void ask_choice(struct asking *a)
{
    int offer = NO_ITEM;

    for (size_t i = 0; i < a->c->state_count; i++) {
        const struct conversation_state *s = &a->c->states[i];
        if (is_chosen(a, s)) {
            if (!last_request(a, s->state))
                ask(a, ASKED_REQUEST, s->choice, s->state);
            offer = NO_ITEM;
            return;
        }
        if (offer == NO_ITEM && !last_request(a, s->state))
            offer = usable_answer(a, s);
    }
    if (offer != NO_ITEM)
        ask(a, ASKED_CHOOSE, offer, dispatch_of(a, (size_t)offer)->state);
}

static void ask_answer(struct asking *a)
{
    for (size_t i = 0; i < a->c->request_count; i++)
        if (a->c->requests[i].status == REQUEST_COUNTERED)
            ask(a, ASKED_ANSWER, a->c->requests[i].by, a->c->requests[i].state);
}

static bool was_asked_back(const struct asking *a, const char *state)
{
    for (size_t i = 0; i < a->c->count; i++)
        if (counts(a, i, ACT_DATA_RETURN) && payload_is(dispatch_of(a, i)->payload, "state", state))
            return true;
    return false;
}

static bool has_open_request(const struct asking *a, const char *state)
{
    for (size_t i = 0; i < a->c->request_count; i++)
        if (!strcmp(a->c->requests[i].state, state) && a->c->requests[i].status < REQUEST_DECLINED)
            return true;
    return false;
}

/* Each State that had a request, once, when none of its requests goes on. */
static void ask_return(struct asking *a)
{
    for (size_t i = 0; i < a->c->state_count; i++) {
        const char *state = a->c->states[i].state;
        const struct conversation_request *r = last_request(a, state);
        if (r && (a->c->closing != NO_ITEM || !has_open_request(a, state)) &&
            !was_asked_back(a, state))
            ask(a, ASKED_RETURN, r->note, state);
    }
}

static bool was_thanked(const struct asking *a, const char *state)
{
    for (size_t i = 0; i < a->c->count; i++)
        if (counts(a, i, ACT_NOTE) && payload_is(dispatch_of(a, i)->payload, "kind", "CLO") &&
            !strcmp(note_addressee(dispatch_of(a, i)->payload), state))
            return true;
    return false;
}

static void ask_thanks(struct asking *a)
{
    for (size_t i = 0; i < a->c->state_count; i++) {
        const struct conversation_state *s = &a->c->states[i];
        int offer = usable_answer(a, s);
        if (offer != NO_ITEM && !last_request(a, s->state) && !was_thanked(a, s->state) &&
            (a->c->closing != NO_ITEM || any_accepted(a->c)))
            ask(a, ASKED_THANK, offer, s->state);
    }
}

/* The last report is of after the last closing: both are the owner's, in the order of the items. */
static void ask_report(struct asking *a)
{
    const struct conversation *c = a->c;
    const struct dispatch *report = c->report == NO_ITEM ? NULL : dispatch_of(a, (size_t)c->report);

    if (c->closing == NO_ITEM)
        return;
    if (!report || payload_bool(report->payload, "pending")) {
        ask(a, ASKED_REPORT, c->closing, "");
        return;
    }
    for (size_t i = 0; i < c->count; i++)
        if (counts(a, i, ACT_ASSIST) && (c->items[i].verdict.crossings & CROSSED_CLOSING) &&
            instant_compare(report->at, dispatch_of(a, i)->at) < 0)
            ask(a, ASKED_AMEND, (int)i, dispatch_of(a, i)->state);
}

/* ---- of anybody ---- */

static void ask_telephone(struct asking *a)
{
    for (size_t i = 0; i < a->c->count; i++) {
        const struct dispatch *d = dispatch_of(a, i);
        const struct verdict *v = &a->c->items[i].verdict;
        if (v->standing == STANDING_WAITS && d->trust == TRUST_UNVERIFIED && !v->awaited_size &&
            strcmp(d->state, a->code) != 0)
            ask(a, ASKED_TELEPHONE, (int)i, d->state);
    }
}

size_t conversation_asks(const struct conversation *conversation, const char *code,
                         struct conversation_asked *out, size_t room)
{
    struct asking a = {.c = conversation, .code = code, .out = out, .room = room};

    if (is_requesting(&a)) {
        if (conversation->closing == NO_ITEM) {
            ask_choice(&a);
            ask_answer(&a);
        }
        ask_return(&a);
        ask_thanks(&a);
        ask_report(&a);
    } else {
        ask_reply(&a);
        ask_decision(&a);
        ask_confirmation(&a);
    }
    ask_telephone(&a);
    return a.count;
}

/* ---- the outcome as a number ---- */

static void mix(uint64_t *h, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;

    for (size_t i = 0; i < size; i++)
        *h = (*h ^ p[i]) * UINT64_C(0x100000001b3);
    *h ^= *h >> 32;
}

static void mix_number(uint64_t *h, uint64_t number)
{
    mix(h, &number, sizeof number);
}

static bool may_read(const struct dispatch *d, const char *code)
{
    return !*code || audience_has(&d->audience, code) || !strcmp(d->state, code);
}

static bool readable(const struct conversation *c, int item, const char *code)
{
    return item != NO_ITEM && may_read(c->items[item].dispatch, code);
}

static void mix_item(uint64_t *h, const struct conversation *c, int item, const char *code)
{
    if (readable(c, item, code))
        mix(h, c->items[item].dispatch->id, ACT_ID_SIZE);
    else
        mix_number(h, 0);
}

/* Each by itself, added up: whoever may read less may have them in another order. */
static uint64_t item_digest(const struct conversation_item *item)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    mix(&h, item->dispatch->id, ACT_ID_SIZE);
    mix_number(&h, item->verdict.standing);
    if (item->dispatch->kind != ACT_CLOSE) /* with help of which not all who read it know */
        mix_number(&h, item->verdict.crossings);
    mix_number(&h, item->verdict.forked);
    return h;
}

static uint64_t request_digest(const struct conversation *c, const struct conversation_request *r,
                               const char *code)
{
    uint64_t h = UINT64_C(0x9ae16a3b2f90404f);

    mix_item(&h, c, r->note, code);
    mix_number(&h, r->status);
    mix_item(&h, c, r->accepted, code);
    mix_number(&h, r->helped);
    mix_number(&h, r->crossings);
    return h;
}

static uint64_t state_digest(const struct conversation *c, const struct conversation_state *s,
                             const char *code)
{
    uint64_t h = UINT64_C(0x2545f4914f6cdd1d);

    mix(&h, s->state, STATE_SIZE);
    mix_number(&h, (uint64_t)s->round);
    mix_number(&h, s->silent);
    mix_item(&h, c, s->choice, code);
    return h;
}

uint64_t conversation_digest(const struct conversation *conversation, const char *code)
{
    const struct conversation *c = conversation;
    uint64_t sum = 0, h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < c->count; i++)
        if (may_read(c->items[i].dispatch, code))
            sum += item_digest(&c->items[i]);
    for (size_t i = 0; i < c->request_count; i++)
        if (readable(c, c->requests[i].note, code))
            sum += request_digest(c, &c->requests[i], code);
    for (size_t i = 0; i < c->state_count; i++)
        if (!*code || !strcmp(code, CODE_SECRETARIAT) || !strcmp(code, c->world.requesting) ||
            !strcmp(code, c->states[i].state))
            sum += state_digest(c, &c->states[i], code);
    mix_number(&h, sum);
    mix_item(&h, c, c->closing, code);
    mix_item(&h, c, c->report, code);
    mix_number(&h, c->reopened);
    mix(&h, c->owner, OPENER);
    return h;
}
