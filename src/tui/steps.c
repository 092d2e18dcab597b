/* SPDX-License-Identifier: MIT */
#include "amparo/tui/steps.h"

#include <string.h>

#include "amparo/agreement/digest.h"
#include "amparo/base/mem.h"
#include "amparo/tui/screens.h"

static bool has(const struct casework *w, enum act_kind kind)
{
    return case_last(&w->c, kind) != NULL;
}

static bool lacks_person(const struct casework *w)
{
    return !w->person_count;
}

static bool lacks_situation(const struct casework *w)
{
    return !has(w, ACT_SITUATION);
}

static bool lacks_ground(const struct casework *w)
{
    return !has(w, ACT_GROUND);
}

static bool lacks_need(const struct casework *w)
{
    return !has(w, ACT_NEED);
}

static bool lacks_poll_consent(const struct casework *w)
{
    for (size_t i = 0; i < w->person_count; i++)
        if (!case_locked(&w->c, w->persons[i]) && !case_consents(&w->c, w->persons[i], "P3", NULL))
            return true;
    return false;
}

static const char *decision(const struct casework *w)
{
    const struct entry *decided = case_last(&w->c, ACT_DECIDE);
    return decided ? entry_text(decided, "decision") : "";
}

/* Trafficking and smuggling, under any ground: for whom the network must answer first (7.4). */
static bool is_for_network(const struct entry *ground)
{
    const char *code = entry_text(ground, "code");
    return strcmp(code, "G6a") == 0 || strcmp(code, "G6b") == 0 ||
           entry_bool(ground, "trafficking_indicators");
}

static bool network_has(const struct casework *w, enum act_kind kind, long person)
{
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, kind));)
        if (strcmp(entry_text(e, "to"), "network") == 0 && entry_has_person(e, "persons", person))
            return true;
    return false;
}

/* Somebody of whom the network has no such act, where it is to be asked at all. */
static bool network_lacks(const struct casework *w, enum act_kind kind)
{
    if (has(w, ACT_POLL))
        return false;
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_GROUND));) {
        long person = entry_number(e, "person");
        if (is_for_network(e) && !case_locked(&w->c, person) && !network_has(w, kind, person))
            return true;
    }
    return false;
}

static bool network_unasked(const struct casework *w)
{
    return network_lacks(w, ACT_REFER) && network_lacks(w, ACT_REFER_ANSWER);
}

static bool network_silent(const struct casework *w)
{
    return network_lacks(w, ACT_REFER_ANSWER);
}

static bool lacks_decision(const struct casework *w)
{
    return !has(w, ACT_POLL) && strcmp(decision(w), "applies") != 0 &&
           strcmp(decision(w), "does_not_apply") != 0;
}

static bool does_not_apply(const struct casework *w)
{
    return !has(w, ACT_POLL) && strcmp(decision(w), "does_not_apply") == 0;
}

static bool untold(const struct casework *w, const char *event)
{
    const struct entry *told = NULL;
    while ((told = case_next(&w->c, told, ACT_NOTIFY)))
        if (strcmp(entry_text(told, "event"), event) == 0)
            return false;
    return true;
}

static bool poll_untold(const struct casework *w)
{
    return !has(w, ACT_POLL) && untold(w, "poll");
}

static bool lacks_poll(const struct casework *w)
{
    return !has(w, ACT_POLL);
}

/* Somebody asked is silent, and nobody was chosen yet. */
static bool awaits_replies(const struct casework *w)
{
    if (has(w, ACT_CHOOSE))
        return false;
    const struct entry *poll = case_last(&w->c, ACT_POLL);
    size_t i;
    json_t *state;
    json_array_foreach(json_object_get(poll->payload, "to"), i, state)
    {
        if (!case_answer(&w->c, json_string_value(state), 0))
            return true;
    }
    return false;
}

/* Who was chosen declined since: at the note, at the scope, or while helping. */
static bool choice_fell(const struct casework *w)
{
    const struct entry *choice = case_last(&w->c, ACT_CHOOSE);
    for (const struct entry *e = choice; e && (e = case_next(&w->c, e, ACT_DECLINE));)
        if (strcmp(entry_text(e, "state"), entry_text(choice, "state")) == 0)
            return true;
    return false;
}

static bool lacks_choice(const struct casework *w)
{
    return !has(w, ACT_CHOOSE) || choice_fell(w);
}

/* An offer that stands, of a State that was not chosen before. */
static bool has_offer(const struct casework *w)
{
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_REPLY));) {
        const char *state = entry_text(e, "state");
        const struct entry *answer = case_answer(&w->c, state, 0);
        if (answer && answer->act->kind == ACT_REPLY && entry_bool(answer, "offer") &&
            !case_choice(&w->c, state))
            return true;
    }
    return false;
}

static bool nobody_offers(const struct casework *w)
{
    return lacks_choice(w) && !has_offer(w);
}

/* No Party has an office there: nobody can be asked. */
static bool nobody_there(const struct casework *w)
{
    return !has(w, ACT_POLL) && w->assessed && !w->result.candidate_count;
}

/* Of several States chosen, one after the other, each gets its own note. */
static const struct entry *request(const struct casework *w)
{
    const struct entry *choice = case_last(&w->c, ACT_CHOOSE);
    return choice ? case_open_request(&w->c, entry_text(choice, "state"), 0) : casework_request(w);
}

static bool requested(const struct casework *w)
{
    return request(w) != NULL;
}

/* The State chosen, where somebody's consent to be named to it was taken back; "" else. */
static const char *state_unconsented(const struct casework *w)
{
    const struct entry *choice = case_last(&w->c, ACT_CHOOSE);
    const char *state = choice ? entry_text(choice, "state") : "";
    for (size_t i = 0; *state && i < w->person_count; i++)
        if (case_consent_withdrawn(&w->c, w->persons[i], "P4", state))
            return state;
    return "";
}

static bool taken_back(const struct casework *w)
{
    return *state_unconsented(w) && !case_closed(&w->c);
}

static bool request_stands(const struct casework *w)
{
    return taken_back(w) && case_open_request(&w->c, state_unconsented(w), 0) != NULL;
}

/* The request was withdrawn, and that State was not told so by note. */
static bool withdrawal_untold(const struct casework *w)
{
    if (!taken_back(w) || !has(w, ACT_WITHDRAW))
        return false;
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_NOTE));)
        if (strcmp(entry_text(e, "kind"), "WDR") == 0 && !e->annulled)
            return false;
    return true;
}

static bool data_unasked(const struct casework *w)
{
    return taken_back(w) && has(w, ACT_WITHDRAW) && !has(w, ACT_DATA_RETURN);
}

static bool lacks_note_consent(const struct casework *w)
{
    const struct entry *choice = case_last(&w->c, ACT_CHOOSE);
    bool lacks = false;
    for (size_t i = 0; choice && !requested(w) && i < w->person_count; i++)
        lacks = lacks || (!case_locked(&w->c, w->persons[i]) &&
                          !case_consents(&w->c, w->persons[i], "P4", entry_text(choice, "state")));
    return lacks;
}

static bool lacks_authorisation(const struct casework *w)
{
    return !requested(w) && !has(w, ACT_AUTHORISE);
}

static bool lacks_request(const struct casework *w)
{
    return !requested(w) && !case_closed(&w->c);
}

static bool request_untold(const struct casework *w)
{
    return requested(w) && untold(w, "request");
}

static bool lacks_acceptance(const struct casework *w)
{
    return requested(w) && !case_acceptance(&w->c, request(w));
}

static bool lacks_assistance(const struct casework *w)
{
    if (!requested(w))
        return false;
    const char *state = request_state(&w->c, request(w));
    for (const struct entry *e = NULL; (e = case_next(&w->c, e, ACT_ASSIST));)
        if (strcmp(entry_text(e, "by"), state) == 0)
            return false;
    return true;
}

static bool is_open(const struct casework *w)
{
    return !case_closed(&w->c);
}

/* The request came in, and it was withdrawn, or we declined it. */
static bool their_request_ended(const struct casework *w)
{
    return !requested(w) && has(w, ACT_NOTE) && (has(w, ACT_WITHDRAW) || has(w, ACT_DECLINE));
}

static bool their_data_is_here(const struct casework *w)
{
    return their_request_ended(w) && !has(w, ACT_DATA_RETURN);
}

/* The Secretariat: the notice that came in by note, and what of it is kept. */
static bool lacks_notice(const struct casework *w)
{
    return post_is_secretariat(store_post(w->store)) && !has(w, ACT_NOTE) && !has(w, ACT_NOTIFY);
}

static bool lacks_event(const struct casework *w)
{
    return post_is_secretariat(store_post(w->store)) && !has(w, ACT_NOTIFY);
}

static bool owes_thanks(const struct casework *w)
{
    const char *state[1];
    return case_unthanked(&w->c, state, 1) > 0;
}

static bool unreported(const struct casework *w)
{
    struct date since;
    return case_closed(&w->c) && case_owed(&w->c, &since);
}

static bool lacks_reply(const struct casework *w)
{
    return has(w, ACT_POLL) && !has(w, ACT_REPLY) && !has(w, ACT_DECLINE);
}

/*
 * In order; the first row of the post's role whose condition holds is the next step. It opens a
 * form (kind) or a screen (open).
 */
static const struct step {
    const char *role;
    const char *text;
    const char *gate; /* what must not be missing for it */
    bool (*due)(const struct casework *w);
    enum act_kind kind;
    void (*open)(struct app *app, const char *reference);
} steps[] = {
    {"requesting", N_("consent was taken back: withdraw the request"), "", request_stands,
     ACT_WITHDRAW, NULL},
    {"requesting", N_("tell them by note that it is withdrawn"), "", withdrawal_untold, ACT_NOTE,
     NULL},
    {"requesting", N_("ask for the data back"), "", data_unasked, ACT_DATA_RETURN, NULL},
    {"requesting", N_("consent was taken back: close the case, or ask anew"), "close", taken_back,
     ACT_NONE, closing_push},
    {"requesting", N_("record who needs help"), "poll", lacks_person, ACT_PERSON, NULL},
    {"requesting", N_("record where the person is"), "poll", lacks_situation, ACT_SITUATION, NULL},
    {"requesting", N_("record what happened (Art. 7.4)"), "poll", lacks_ground, ACT_GROUND, NULL},
    {"requesting", N_("record what is needed"), "poll", lacks_need, ACT_NEED, NULL},
    {"requesting", N_("ask for consent to a poll without names (P3)"), "poll", lacks_poll_consent,
     ACT_CONSENT, NULL},
    {"requesting", N_("ask the network first (Art. 7.4)"), "poll", network_unasked, ACT_REFER,
     NULL},
    {"requesting", N_("write down what the network answers (Art. 7.4)"), "poll", network_silent,
     ACT_REFER_ANSWER, NULL},
    {"requesting", N_("decide whether the mechanism applies (Art. 3)"), "poll", lacks_decision,
     ACT_NONE, eligibility_push},
    {"requesting", N_("it does not apply: close the case"), "close", does_not_apply, ACT_NONE,
     closing_push},
    {"requesting", N_("no Party has an office there: help otherwise (Art. 4), and close"), "close",
     nobody_there, ACT_NONE, closing_push},
    {"requesting", N_("tell the Secretariat of the poll (Art. 7.6)"), "poll", poll_untold,
     ACT_NOTIFY, NULL},
    {"requesting", N_("ask the focal points (Art. 7.6)"), "poll", lacks_poll, ACT_POLL, NULL},
    {"requesting", N_("write down the replies as they come (Art. 7.6)"), "note", awaits_replies,
     ACT_NONE, poll_push},
    {"requesting", N_("nobody offers: ask again, or help otherwise (Art. 4) and close"), "close",
     nobody_offers, ACT_NONE, poll_push},
    {"requesting", N_("choose whom to approach (Art. 5)"), "note", lacks_choice, ACT_NONE,
     poll_push},
    {"requesting", N_("ask for consent to name the person there (P4)"), "note", lacks_note_consent,
     ACT_CONSENT, NULL},
    {"requesting", N_("record the capital's authorisation (Art. 7.5)"), "note", lacks_authorisation,
     ACT_AUTHORISE, NULL},
    {"requesting", N_("request the assistance by note (Art. 6)"), "note", lacks_request, ACT_NOTE,
     NULL},
    {"requesting", N_("tell the Secretariat of the request (Art. 5)"), "assist", request_untold,
     ACT_NOTIFY, NULL},
    {"requesting", N_("record the acceptance and its scope (Art. 5)"), "assist", lacks_acceptance,
     ACT_ACCEPT, NULL},
    {"requesting", N_("record the help that is given"), "assist", lacks_assistance, ACT_ASSIST,
     NULL},
    {"requesting", N_("thank those whose offer was not needed"), "close", owes_thanks, ACT_NOTE,
     NULL},
    {"requesting", N_("record help and costs; close when all is done (Art. 7.7)"), "close", is_open,
     ACT_NONE, closing_push},
    {"assisting", N_("their request has ended: give back or destroy their data"), "",
     their_data_is_here, ACT_DATA_RETURN, NULL},
    {"assisting", N_("their request has ended: close the case"), "close", their_request_ended,
     ACT_NONE, closing_push},
    {"assisting", N_("record the poll as it came in (Art. 7.6)"), "poll", lacks_poll, ACT_POLL,
     NULL},
    {"assisting", N_("answer the poll (Art. 7.6)"), "poll", lacks_reply, ACT_REPLY, NULL},
    {"assisting", N_("record who needs help"), "assist", lacks_person, ACT_PERSON, NULL},
    {"assisting", N_("record the request when its note comes in (Art. 6)"), "assist", lacks_request,
     ACT_NOTE, NULL},
    {"assisting", N_("answer the request: accept it with a scope (Art. 5)"), "assist",
     lacks_acceptance, ACT_ACCEPT, NULL},
    {"assisting", N_("record the help that is given"), "assist", lacks_assistance, ACT_ASSIST,
     NULL},
    {"assisting", N_("record help and costs; close when all is done (Art. 7.7)"), "close", is_open,
     ACT_NONE, closing_push},
    {"observer", N_("record the notice as it came in (Art. 5)"), "", lacks_notice, ACT_NOTE, NULL},
    {"observer", N_("write down what we were told of, without a name"), "", lacks_event, ACT_NOTIFY,
     NULL},
    {"", N_("report at the next meeting (Art. 7.7)"), "", unreported, ACT_REPORT, NULL},
};

static const struct step *next_step(const struct casework *w)
{
    if (!w->has_case)
        return NULL;
    bool closed = case_closed(&w->c);
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        const struct step *step = &steps[i];
        bool ours = !*step->role || (!closed && strcmp(step->role, casework_role(w)) == 0);
        if (ours && step->due(w))
            return step;
    }
    return NULL;
}

const char *step_text(const struct casework *w)
{
    const struct step *step = next_step(w);
    return step ? _(step->text) : NULL;
}

const char *step_gate(const struct casework *w)
{
    const struct step *step = next_step(w);
    return step ? step->gate : "";
}

/* What the step knows better than the general defaults. */
static void add_presets(struct form_order *order, const struct casework *w)
{
    if (order->kind == ACT_CONSENT) {
        const struct entry *choice = case_last(&w->c, ACT_CHOOSE);
        order->presets[0] = (struct form_preset){"purpose", choice ? "P4" : "P3"};
        if (choice)
            order->presets[1] = (struct form_preset){"to", entry_text(choice, "state")};
    }
    bool ours = strcmp(casework_role(w), "requesting") == 0;
    if (order->kind == ACT_NOTE && !ours)
        order->presets[0] = (struct form_preset){"direction", "in"};
    if (order->kind == ACT_NOTE && strcmp(casework_role(w), "observer") == 0)
        order->presets[1] = (struct form_preset){"kind", "TSN"};
    const char *state[1];
    if (order->kind == ACT_NOTE && withdrawal_untold(w)) {
        order->presets[0] = (struct form_preset){"kind", "WDR"};
        order->presets[1] = (struct form_preset){"to.state", state_unconsented(w)};
        order->slot = 1;
    } else if (order->kind == ACT_NOTE && requested(w) && case_unthanked(&w->c, state, 1)) {
        order->presets[0] = (struct form_preset){"kind", "CLO"};
        order->presets[1] = (struct form_preset){"to.state", state[0]};
        order->slot = (state[0][0] - 'A') * 26 + (state[0][1] - 'A') + 1;
    }
}

void step_open(struct app *app, const struct casework *w)
{
    const struct step *step = next_step(w);
    if (!step)
        return;
    if (step->open) {
        step->open(app, w->reference);
        return;
    }
    struct form_order order = {.reference = w->reference,
                               .kind = step->kind,
                               .intake = intake_place(step->kind, NULL) && !has(w, ACT_POLL)};
    add_presets(&order, w);
    actform_push(app, &order);
}

int intake_place(enum act_kind kind, int *of)
{
    int place = 0, count = 0;
    for (; act_intake[count]; count++)
        if (act_intake[count] == kind)
            place = count + 1;
    if (of)
        *of = count;
    return place;
}

enum act_kind intake_next(enum act_kind kind)
{
    int place = intake_place(kind, NULL);
    return place ? act_intake[place] : ACT_NONE;
}

void stage_dates(const struct casework *w, struct stage_dates *out)
{
    *out = (struct stage_dates){{NULL}};
    struct case_file prefix = w->c; /* the case as it was after so many acts */
    for (size_t i = 0; i < w->c.count; i++) {
        prefix.count = i + 1;
        enum stage stage = case_stage(&prefix);
        if (!out->at[stage])
            out->at[stage] = w->c.acts[i].at;
    }
}
