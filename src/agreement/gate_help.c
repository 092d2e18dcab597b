/* SPDX-License-Identifier: MIT */
/* Gates of assistance and closing, and those that concern every act (Art. 4 to 8). */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "gate_ask.h"
#include "gate_asks.h"

/* ---- every act ---- */

void ask_clerk(struct gate_ask *q)
{
    if (q->in->role == ROLE_CLERK)
        gate_found(q, "%s", q->tr(N_("a clerk reads; ask an officer to record it")));
}

void ask_secretariat_side(struct gate_ask *q)
{
    if (q->in->secretariat && strcmp(gate_text(q, "role"), "observer") != 0)
        gate_found(q, "%s",
                   q->tr(N_("the Secretariat asks for nobody and helps nobody: observer")));
}

void ask_secretariat_identity(struct gate_ask *q)
{
    if (q->in->secretariat)
        gate_found(q, "%s",
                   q->tr(N_("nothing about a person: the Secretariat gets a reference, States, a "
                            "country, a ground and a date")));
}

void ask_clock(struct gate_ask *q)
{
    struct instant last;

    if (q->c->count && instant_parse(q->c->acts[q->c->count - 1].at, &last) &&
        instant_compare(q->now, last) < 0)
        gate_found(q, q->tr(N_("the clock is behind the last act (%s): the order is by number")),
                   q->c->acts[q->c->count - 1].at);
}

/* ---- after closing (7.7) ---- */

void ask_closed_exchange(struct gate_ask *q)
{
    bool request =
        !strcmp(gate_text(q, "kind"), "REQ") && !strcmp(gate_text(q, "direction"), "out");

    if (!q->corrects && case_closed(q->c) && (q->in->kind != ACT_NOTE || request))
        gate_found(q, "%s", q->tr(N_("the case is closed: reopen it first")));
}

void ask_closed_assist(struct gate_ask *q)
{
    const struct entry *close = case_last(q->c, ACT_CLOSE);
    struct instant at, closed;

    if (case_closed(q->c) && close && instant_parse(gate_text(q, "at"), &at) &&
        instant_parse(close->act->at, &closed) && instant_compare(at, closed) >= 0)
        gate_found(q, "%s",
                   q->tr(N_("the case was closed before this assistance: reopen it first")));
}

void ask_closed_close(struct gate_ask *q)
{
    if (case_closed(q->c))
        gate_found(q, "%s", q->tr(N_("the case is closed already: reopen or correct it")));
}

void ask_reopen(struct gate_ask *q)
{
    if (!case_closed(q->c))
        gate_found(q, "%s", q->tr(N_("the case is not closed")));
}

void ask_report(struct gate_ask *q)
{
    if (!case_closed(q->c) && !json_is_true(json_object_get(q->payload, "pending")))
        gate_found(q, "%s", q->tr(N_("the case is open: close it, or report it as pending")));
}

void ask_report_identity(struct gate_ask *q)
{
    static const char *const texts[] = {"provided", "lessons", "remarks", "proposal", "decisions"};

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        gate_look_for_names(q, texts[i]);
}

/* ---- assistance (4, 5, 6) ---- */

/* Had the request ended when its State accepted it? What comes by pouch was said before it came:
 * in which order the two are here makes no difference. */
static bool ended_before(const struct gate_ask *q, const struct entry *note)
{
    struct instant said;

    if (q->in->said && instant_parse(q->in->said, &said))
        return request_ended_by(q->c, note, said);
    return request_ended(q->c, note);
}

void ask_accept(struct gate_ask *q)
{
    const struct entry *note = case_entry(q->c, gate_text(q, "note"));

    if (note && !strcmp(entry_text(note, "kind"), "REQ") && !ended_before(q, note) &&
        !strcmp(request_state(q->c, note), q->state))
        return;
    gate_found(q, q->tr(N_("no open request by note to %s: an acceptance answers one")),
               gate_state(q, q->state));
}

void ask_assist_note(struct gate_ask *q)
{
    struct instant at;

    if (!instant_parse(gate_text(q, "at"), &at))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (!case_request_at(q->c, q->state, q->persons[i], at))
            gate_found(q,
                       q->tr(N_("Art. 6: no request by note to %s covers person %ld at %s; "
                                "support follows the note")),
                       *q->state ? gate_state(q, q->state) : "-", q->persons[i],
                       gate_text(q, "at"));
}

/* The acceptance that stands behind assistance to that person, or NULL. */
static const struct entry *acceptance(const struct case_file *c, const char *state, long person,
                                      const char *at)
{
    struct instant when;

    if (!instant_parse(at, &when))
        return NULL;
    const struct entry *note = case_request_at(c, state, person, when);
    return note ? case_acceptance(c, note) : NULL;
}

void ask_assist_acceptance(struct gate_ask *q)
{
    for (size_t i = 0; i < q->count; i++)
        if (!acceptance(q->c, q->state, q->persons[i], gate_text(q, "at"))) {
            gate_found(q, q->tr(N_("%s has not accepted yet: closing waits for its scope")),
                       *q->state ? gate_state(q, q->state) : "-");
            return;
        }
}

static bool with_authority(const struct gate_ask *q)
{
    return !strcmp(gate_text(q, "manner"), "with_authority");
}

void ask_assist_authorised(struct gate_ask *q)
{
    if (!with_authority(q))
        return;
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_AUTHORISE));)
        if (!strcmp(entry_text(e, "what"), "with_authority"))
            return;
    gate_found(q, "%s", q->tr(N_("no act with authority has been authorised")));
}

void ask_assist_vccr8(struct gate_ask *q)
{
    const char *answer = gate_text(q, "vccr8");

    if (!with_authority(q))
        return;
    if (!*answer)
        gate_found(q, "%s", q->tr(N_("say whether the receiving State must be notified (VCCR 8)")));
    else if (!strcmp(answer, "objected"))
        gate_found(q, "%s", q->tr(N_("the receiving State objects (VCCR 8)")));
}

static bool is_detained(const struct case_file *c)
{
    const struct entry *place = case_last(c, ACT_SITUATION);

    return place && (entry_bool(place, "detained") ||
                     !strcmp(entry_text(place, "place_type"), "detention") ||
                     !strcmp(entry_text(place, "place_type"), "police"));
}

/* By good offices too: whoever keeps the person may ask in what capacity one comes. */
void ask_assist_detention(struct gate_ask *q)
{
    if (!with_authority(q) && !*gate_text(q, "vccr8") && !strcmp(gate_text(q, "kind"), "visit") &&
        is_detained(q->c))
        gate_found(q, "%s",
                   q->tr(N_("VCCR 8: must the receiving State be notified? (a visit in detention; "
                            "`vccr8`)")));
}

void ask_assist_consent(struct gate_ask *q)
{
    const char *authority = gate_text(q, "authority");

    for (size_t i = 0; with_authority(q) && i < q->count; i++)
        if (!gate_consents(q, i, "P6", *authority ? authority : NULL))
            gate_found(q, q->tr(N_("person %ld: no consent that names the authority (P6)")),
                       q->persons[i]);
}

/* Help that reaches whom the person said no to: told here, since what was done is recorded. */
void ask_assist_barred(struct gate_ask *q)
{
    const char *authority = gate_text(q, "authority");
    bool family = !strcmp(gate_text(q, "kind"), "family_contact");

    for (size_t i = 0; i < q->count; i++) {
        if ((with_authority(q) || *authority) &&
            withhold_bars(q->c, q->persons[i], "authorities", *authority ? authority : NULL))
            gate_found(q, q->tr(N_("person %ld has said: not to this authority")), q->persons[i]);
        if (family && withhold_bars(q->c, q->persons[i], "family", NULL))
            gate_found(q, q->tr(N_("person %ld has said: not to somebody of the family")),
                       q->persons[i]);
    }
}

/* The services of which a kind of assistance is one; a visit or a call may serve any. */
static const struct {
    const char *kind;
    const char *services[3];
} kinds[] = {
    {"shelter", {"shelter"}},
    {"medical", {"medical", "psychosocial"}},
    {"money", {"food_cash"}},
    {"goods", {"food_cash"}},
    {"etd", {"travel_document", "identity_document"}},
    {"legal", {"legal", "labour_claim"}},
    {"liaison", {"authorities"}},
    {"escort", {"escort", "repatriation"}},
    {"transport", {"escort", "repatriation"}},
    {"family_contact", {"family_contact", "tracing"}},
};

static bool kind_is_agreed(const char *kind, const struct entry *accept)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        if (strcmp(kinds[i].kind, kind) != 0)
            continue;
        for (size_t s = 0; s < ARRAY_SIZE(kinds[i].services) && kinds[i].services[s]; s++)
            if (entry_has_text(accept, "services", kinds[i].services[s]))
                return true;
        return false;
    }
    return true;
}

/* Its kind, or any need that it says it meets, is not among the agreed services. */
static bool beyond_services(const struct gate_ask *q, const struct entry *accept)
{
    const json_t *agreed = json_object_get(accept->payload, "services");
    const json_t *needs = json_object_get(q->payload, "needs");
    size_t i;
    json_t *need;

    if (!json_array_size(agreed))
        return false;
    json_array_foreach(needs, i, need) if (!entry_has_text(accept, "services",
                                                           json_string_value(need))) return true;
    return !kind_is_agreed(gate_text(q, "kind"), accept);
}

void ask_assist_scope(struct gate_ask *q)
{
    struct instant at;
    char day[DATE_SIZE];

    if (!instant_parse(gate_text(q, "at"), &at))
        return;
    date_format(instant_date(at), day);
    for (size_t i = 0; i < q->count; i++) {
        const struct entry *a = acceptance(q->c, q->state, q->persons[i], gate_text(q, "at"));
        if (!a)
            continue;
        const char *from = entry_text(a, "starts_on"), *to = entry_text(a, "ends_on");
        /* Dates in this form compare as text. */
        if ((*from && strcmp(day, from) < 0) || (*to && strcmp(day, to) > 0)) {
            gate_found(q, "%s", q->tr(N_("outside the period that was agreed")));
            return;
        }
        if (beyond_services(q, a)) {
            gate_found(q, "%s", q->tr(N_("beyond the services that were agreed")));
            return;
        }
    }
}

/* ---- closing (5, 7.7, 8) ---- */

void ask_close_costs(struct gate_ask *q)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_COST));)
        if (!strcmp(entry_text(e, "source"), "undetermined"))
            gate_found(q, q->tr(N_("%s %s of %s: say who bears it")), entry_text(e, "currency"),
                       entry_text(e, "amount"), entry_text(e, "on"));
}

/* Was the person a child on a day of assistance? */
static bool assisted_as_child(const struct case_file *c, long person)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ASSIST));) {
        struct instant at;
        char day[DATE_SIZE];
        if (entry_has_person(e, "persons", person) && instant_parse(entry_text(e, "at"), &at) &&
            case_minor(c, person, date_format(instant_date(at), day)) == KNOWN_TRUE)
            return true;
    }
    return false;
}

static bool has_child_form(const struct case_file *c, long person)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CHILD));)
        if (entry_number(e, "person") == person)
            return true;
    return false;
}

void ask_close_child(struct gate_ask *q)
{
    long persons[GATE_PERSONS];
    size_t count = case_persons(q->c, persons, GATE_PERSONS);

    for (size_t i = 0; i < count; i++)
        if (assisted_as_child(q->c, persons[i]) && !has_child_form(q->c, persons[i]))
            gate_found(q,
                       q->tr(N_("person %ld is a child who was assisted: fill in the child "
                                "form")),
                       persons[i]);
}

/* The exit among the outcomes, or NULL. */
static const char *exit_of(const struct gate_ask *q)
{
    const json_t *outcomes = json_object_get(q->payload, "outcome");
    size_t i;
    json_t *code;

    json_array_foreach(outcomes, i, code) if (outcome_is_exit(json_string_value(
                                                  code))) return json_string_value(code);
    return NULL;
}

/* Who is told that a case ended may not have been told why. */
void ask_close_reason(struct gate_ask *q)
{
    if (strcmp(case_role(q->c), "observer") != 0 && exit_of(q) &&
        text_is_blank(gate_text(q, "reason")))
        gate_found(q, q->tr(N_("%s: an exit needs its reason")), exit_of(q));
}

/* An exit ends what is under way: the State that was asked must hear of it. */
void ask_close_request(struct gate_ask *q)
{
    for (const struct entry *e = NULL; exit_of(q) && (e = case_next_open_request(q->c, e));)
        gate_found(q, q->tr(N_("the request by note %s to %s is open: withdraw it")),
                   note_number_text(e), gate_state(q, request_state(q->c, e)));
}

void ask_close_data(struct gate_ask *q)
{
    struct data_holder holders[DATA_HOLDERS_MOST];
    size_t count = exit_of(q) ? case_data_holders(q->c, holders, DATA_HOLDERS_MOST) : 0;

    for (size_t i = 0; i < count; i++)
        if (!holders[i].order)
            gate_found(q, q->tr(N_("%s has data: ask for its return or destruction")),
                       gate_state(q, holders[i].state));
}

/* Who closes is asked, in their own file. By pouch it is closed: what was accepted may have crossed
 * on its way, or a head of post there have had a reason, and neither has to come here. */
void ask_close_acceptance(struct gate_ask *q)
{
    if (q->in->said)
        return;
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_ASSIST));) {
        long persons[GATE_PERSONS];
        size_t count = case_subjects(q->c, e->payload, e->act->seq, persons, GATE_PERSONS);
        for (size_t i = 0; i < count; i++)
            if (!acceptance(q->c, entry_text(e, "by"), persons[i], entry_text(e, "at"))) {
                gate_found(q, q->tr(N_("assistance of %s by %s is under no acceptance")),
                           entry_text(e, "at"), gate_state(q, entry_text(e, "by")));
                break;
            }
    }
}

void ask_close_needs(struct gate_ask *q)
{
    if (case_last(q->c, ACT_NEED) && !json_object_get(q->payload, "unmet_needs"))
        gate_found(q, "%s", q->tr(N_("say which needs were not met, or none")));
}

/* ---- corrections, countersignatures, the lock ---- */

/* A person of that assistance whom no note covers at its instant; 0: none. */
static long uncovered(const struct case_file *c, const struct entry *assist)
{
    long persons[GATE_PERSONS];
    size_t count = case_subjects(c, assist->payload, assist->act->seq, persons, GATE_PERSONS);
    struct instant at;

    for (size_t i = 0; i < count && instant_parse(entry_text(assist, "at"), &at); i++)
        if (!case_request_at(c, entry_text(assist, "by"), persons[i], at))
            return persons[i];
    return 0;
}

/* Folds the correction in, on a copy, and looks whether what rested on a note still does. What
 * did not before (the request was withdrawn before it) is not this correction's doing. */
void ask_correct(struct gate_ask *q)
{
    struct case_file after;

    gate_copy(q->c, NULL, &after);
    struct act act = {.kind = ACT_CORRECT, .seq = INT64_MAX};
    act.payload = json_deep_copy(q->payload);
    strncpy(act.at, q->in->now, sizeof act.at - 1);
    case_add(&after, &act);
    for (const struct entry *e = NULL; (e = case_next(&after, e, ACT_ASSIST));) {
        long person = uncovered(&after, e);
        if (person && !uncovered(q->c, &q->c->entries[e - after.entries]))
            gate_found(q, q->tr(N_("the assistance of %s to person %ld would lose its note")),
                       entry_text(e, "at"), person);
    }
    case_release(&after);
}

/* The act that is to be countersigned, or NULL. */
static const struct entry *countersigned(const struct gate_ask *q)
{
    return case_entry(q->c, gate_text(q, "of"));
}

static bool by_author(const struct gate_ask *q, const struct entry *e)
{
    return e && e->act->signer && q->in->signer && !strcmp(e->act->signer, q->in->signer);
}

/* Nobody else at this post could: its only head did it. */
static bool by_only_head(const struct gate_ask *q, const struct entry *e)
{
    return e && e->act->role == ROLE_HEAD && q->in->heads <= 1;
}

void ask_countersign_head(struct gate_ask *q)
{
    if (q->in->role != ROLE_HEAD && !by_only_head(q, countersigned(q)))
        gate_found(q, "%s", q->tr(N_("the head of post countersigns")));
}

/* The capital's word stands for a second officer only where there is no second head. */
void ask_countersign_author(struct gate_ask *q)
{
    const struct entry *e = countersigned(q);
    bool capital = by_only_head(q, e) && json_object_get(q->payload, "transcribed");

    if (by_author(q, e) && !capital)
        gate_found(q, "%s",
                   q->tr(N_("who did it cannot countersign it: another officer, or the capital's "
                            "word taken down")));
}

/* One machine owns a case for what must not be said twice (Art. 6). */
void ask_owner(struct gate_ask *q)
{
    const struct entry *e = case_last(q->c, ACT_HAND_OVER);
    bool request =
        !strcmp(gate_text(q, "kind"), "REQ") && !strcmp(gate_text(q, "direction"), "out");

    if (e && !json_object_get(q->payload, "transcribed") && (q->in->kind != ACT_NOTE || request))
        gate_found(q, q->tr(N_("the case was handed over to %s: it is theirs to say")),
                   entry_text(e, "to"));
}

void ask_lift_lock(struct gate_ask *q)
{
    if (q->in->role != ROLE_HEAD)
        gate_found(q, "%s", q->tr(N_("only a head of post lifts a protection lock")));
}
