/* SPDX-License-Identifier: MIT */
/* Gates between the States: from the determination to the note (Art. 3, 5, 6, 7). */
#include <ctype.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/identity.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "gate_ask.h"
#include "gate_asks.h"

/* ---- helpers ---- */

/* A poll of the other side's, taken down: it is not judged here. Our own side's always is. */
static bool transcribed(const struct gate_ask *q)
{
    return json_object_get(q->payload, "transcribed") && strcmp(case_role(q->c), "requesting") != 0;
}

static bool is_outgoing(const struct gate_ask *q, const char *kind)
{
    return q->in->kind == ACT_NOTE && !strcmp(gate_text(q, "direction"), "out") &&
           (!kind || !strcmp(gate_text(q, "kind"), kind));
}

static bool is_request(const struct gate_ask *q)
{
    return is_outgoing(q, "REQ");
}

static bool notified(const struct gate_ask *q, const char *event)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_NOTIFY));)
        if (!strcmp(entry_text(e, "event"), event))
            return true;
    return false;
}

static bool authorised(const struct gate_ask *q, const char *what)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_AUTHORISE));)
        if (!strcmp(entry_text(e, "what"), what))
            return true;
    return false;
}

static const char *addressee(const struct gate_ask *q)
{
    const char *office =
        json_string_value(json_object_get(json_object_get(q->payload, "to"), "office"));

    return office ? office : "";
}

/* Calls for each person of a poll of ours; a poll that was taken down is not judged (7.6). */
#define EACH_POLLED(q, i)                                                                          \
    size_t i = 0;                                                                                  \
    !transcribed(q) && i < (q)->count;                                                             \
    i++
#define EACH_REQUESTED(q, i)                                                                       \
    size_t i = 0;                                                                                  \
    is_request(q) && i < (q)->count;                                                               \
    i++

static void unassessed(struct gate_ask *q, size_t i)
{
    gate_found(q, q->tr(N_("person %ld: the facts do not fit together; correct them")),
               q->persons[i]);
}

/*
 * A requirement of each person that is not met, or (`open`) that is left open: as it is where the
 * facts do not fit together.
 */
static void requirement(struct gate_ask *q, size_t i, enum requirement r, bool open)
{
    const struct assessment *a = gate_assessment(q, i);
    enum status wrong = open ? STATUS_UNDETERMINED : STATUS_NOT_MET;

    if (a && a->requirements[r].status == wrong)
        gate_found(q, q->tr(N_("person %ld: %s")), q->persons[i], a->requirements[r].reason);
    if (!a && open)
        unassessed(q, i);
}

/* ---- poll (7.6) ---- */

void ask_poll_nationality(struct gate_ask *q)
{
    for (EACH_POLLED(q, i))
        requirement(q, i, REQUIREMENT_R1, false);
    if (!transcribed(q) && !case_persons(q->c, NULL, 0))
        gate_found(q, "%s", q->tr(N_("nobody is recorded whom it could be for")));
}

void ask_poll_party(struct gate_ask *q)
{
    for (EACH_POLLED(q, i))
        requirement(q, i, REQUIREMENT_R2, false);
}

void ask_poll_lock(struct gate_ask *q)
{
    if (transcribed(q))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (case_locked(q->c, q->persons[i]))
            gate_found(q,
                       q->tr(N_("person %ld is under the protection lock: lift it first, after "
                                "counselling")),
                       q->persons[i]);
    long any[1];
    if (!q->count && case_persons(q->c, any, 1))
        gate_found(q, "%s", q->tr(N_("all persons are under the protection lock")));
}

void ask_poll_network(struct gate_ask *q)
{
    for (EACH_POLLED(q, i)) {
        const struct assessment *a = gate_assessment(q, i);
        if (!a)
            unassessed(q, i);
        else if (a->blocks[BLOCK_NETWORK])
            gate_found(q, q->tr(N_("person %ld: %s")), q->persons[i], a->blocks[BLOCK_NETWORK]);
    }
}

void ask_poll_decision(struct gate_ask *q)
{
    const struct entry *e = case_last(q->c, ACT_DECIDE);

    if (!transcribed(q) && (!e || strcmp(entry_text(e, "decision"), "applies") != 0))
        gate_found(q, "%s", q->tr(N_("nobody has decided that the mechanism applies")));
}

void ask_poll_consent(struct gate_ask *q)
{
    for (EACH_POLLED(q, i))
        if (!gate_consents(q, i, "P3", NULL))
            gate_found(q, q->tr(N_("person %ld: no consent to ask the focal points (P3)")),
                       q->persons[i]);
}

static bool was_asked(const struct gate_ask *q, const char *state)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_POLL));)
        if (entry_has_text(e, "to", state))
            return true;
    return payload_has_text(q->payload, "to", state);
}

/* Where it is urgent, or nothing is written yet, one may be asked alone. */
void ask_poll_everyone(struct gate_ask *q)
{
    bool routine = !strcmp(case_priority(q->c), "routine");
    const struct assessment *a = q->count ? gate_assessment(q, 0) : NULL;

    if (transcribed(q) || !routine || !a || !json_object_get(q->payload, "to"))
        return;
    for (size_t i = 0; i < a->candidate_count; i++)
        if (!was_asked(q, a->candidates[i].state))
            gate_found(q, q->tr(N_("%s has an office there and is not asked")),
                       gate_state(q, a->candidates[i].state));
}

void ask_poll_secretariat(struct gate_ask *q)
{
    if (!transcribed(q) && !notified(q, "poll"))
        gate_found(q, "%s", q->tr(N_("tell the Secretariat of the poll, without a name")));
}

static bool is_candidate(const struct assessment *a, const char *state)
{
    for (size_t i = 0; i < a->candidate_count; i++)
        if (!strcmp(a->candidates[i].state, state))
            return true;
    return false;
}

static bool takes_part(const struct gate_ask *q, const char *state)
{
    const json_t *parties = json_object_get(q->in->directory, "parties");
    const char *since = json_string_value(json_object_get(parties, state));
    char today[DATE_SIZE];

    return since && strcmp(since, date_format(instant_date(q->now), today)) <= 0;
}

/*
 * Others may be asked too, but then it is cooperation beside the mechanism (Art. 4). Where the
 * directory knows of no post at all, it says nothing of this one.
 */
void ask_poll_asked(struct gate_ask *q)
{
    const struct assessment *a = q->count && !transcribed(q) ? gate_assessment(q, 0) : NULL;
    const json_t *to = json_object_get(q->payload, "to");

    for (size_t i = 0; a && i < json_array_size(to); i++) {
        const char *state = json_string_value(json_array_get(to, i));
        if (!takes_part(q, state) || (a->candidate_count && !is_candidate(a, state)))
            gate_found(q, q->tr(N_("%s: no Party yet, or no post there by the directory")),
                       gate_state(q, state));
    }
}

/* ---- determinations and decisions (3) ---- */

void ask_decide(struct gate_ask *q)
{
    if (strcmp(gate_text(q, "decision"), "applies") != 0)
        return;
    for (size_t i = 0; i < q->count; i++) {
        const struct assessment *a = gate_assessment(q, i);
        for (size_t r = 0; a && r < REQUIREMENT_COUNT; r++)
            if (r != REQUIREMENT_R3B && a->requirements[r].status == STATUS_NOT_MET)
                gate_found(q, q->tr(N_("person %ld: %s (Art. %s) is not met: %s")), q->persons[i],
                           requirement_types[r].id, requirement_types[r].article,
                           a->requirements[r].reason);
    }
}

void ask_determine(struct gate_ask *q)
{
    enum requirement r = requirement_named(gate_text(q, "requirement"));

    for (size_t i = 0; r < REQUIREMENT_COUNT && i < q->count; i++) {
        const struct assessment *a = gate_assessment(q, i);
        if (a && a->requirements[r].status != STATUS_UNDETERMINED)
            gate_found(q, q->tr(N_("person %ld: the facts leave %s no room: %s")), q->persons[i],
                       requirement_types[r].id, a->requirements[r].reason);
    }
}

/* What the facts leave open is the head of post's to say (Art. 3: a person finds, not the program).
 */
void ask_determine_head(struct gate_ask *q)
{
    if (q->in->role != ROLE_HEAD)
        gate_found(q, "%s", q->tr(N_("the head of post determines what the facts leave open")));
}

/* ---- no identity to the Secretariat, nor into a poll (3, 5, 7.6) ---- */

void gate_look_for_names(struct gate_ask *q, const char *key)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(q->c, persons, CASE_PERSONS_MOST);

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (identity_in_text(q->c, persons[i], gate_text(q, key))) {
            gate_found(q, q->tr(N_("`%s` tells who person %ld is: take that out")), key,
                       persons[i]);
            return;
        }
}

void ask_notify(struct gate_ask *q)
{
    static const char *const texts[] = {"text", "subject", "scope", "limits", "reference"};

    if (q->in->kind == ACT_NOTE && !is_outgoing(q, "TSN"))
        return;
    if (json_object_get(q->payload, "persons"))
        gate_found(q, "%s",
                   q->tr(N_("a notice to the Secretariat names nobody: leave `persons` out")));
    for (size_t t = 0; t < ARRAY_SIZE(texts); t++)
        gate_look_for_names(q, texts[t]);
}

/* What a report says of the lessons goes into the note to the network (7.7). */
static void look_into_report(struct gate_ask *q)
{
    const struct entry *report = case_last(q->c, ACT_REPORT);
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(q->c, persons, CASE_PERSONS_MOST);

    for (size_t i = 0; report && i < count && i < CASE_PERSONS_MOST; i++)
        if (identity_in_text(q->c, persons[i], entry_text(report, "lessons")) ||
            identity_in_text(q->c, persons[i], entry_text(report, "meeting")))
            gate_found(q, q->tr(N_("the report tells who person %ld is: correct it first")),
                       persons[i]);
}

void ask_note_identity(struct gate_ask *q)
{
    static const char *const texts[] = {"text", "subject", "scope", "limits", "annexes"};

    if (!is_outgoing(q, "REP") && !is_outgoing(q, "POLL"))
        return;
    for (size_t t = 0; t < ARRAY_SIZE(texts); t++)
        gate_look_for_names(q, texts[t]);
    if (is_outgoing(q, "REP"))
        look_into_report(q);
}

void ask_poll_identity(struct gate_ask *q)
{
    if (transcribed(q))
        return;
    gate_look_for_names(q, "text");
    gate_look_for_names(q, "area");
}

/* ---- what the person holds back (3) ---- */

/* For what and to whom the act goes; purpose NULL: whatever anybody is kept from. */
static void find_reader(const struct gate_ask *q, const char **purpose, const char **to)
{
    *purpose = *to = NULL;
    if (q->in->kind == ACT_POLL)
        *purpose = "P3";
    if (q->in->kind == ACT_REPORT)
        *purpose = "P9";
    if (q->in->kind == ACT_NOTE && !is_outgoing(q, "TSN") && !is_outgoing(q, "REP")) {
        *purpose = is_outgoing(q, "LOC") ? "P6" : "P4";
        *to = is_outgoing(q, "LOC") ? addressee(q) : q->state;
    }
}

void ask_withheld(struct gate_ask *q)
{
    const char *purpose, *to;

    if (transcribed(q) || (q->in->kind == ACT_NOTE && !is_outgoing(q, NULL)))
        return;
    find_reader(q, &purpose, &to);
    for (const struct field *f = act_type(q->in->kind)->fields; f->id; f++)
        for (size_t i = 0; i < q->count; i++)
            if (json_object_get(q->payload, f->key) &&
                (withheld_field(q->c, q->persons[i], purpose, to, q->in->kind, f->key) ||
                 withheld_in_text(q->c, q->persons[i], purpose, to, gate_text(q, f->key)))) {
                gate_found(q, q->tr(N_("`%s` tells what person %ld withholds: take that out")),
                           f->key, q->persons[i]);
                break;
            }
}

void ask_local_barred(struct gate_ask *q)
{
    for (size_t i = 0; is_outgoing(q, "LOC") && i < q->count; i++)
        if (withhold_bars(q->c, q->persons[i], "authorities", addressee(q)))
            gate_found(q, q->tr(N_("person %ld has said: not to %s")), q->persons[i], addressee(q));
}

/* ---- answers and the choice (7.6, 5) ---- */

void ask_reply(struct gate_ask *q)
{
    long round = (long)json_integer_value(json_object_get(q->payload, "round"));

    if (q->in->kind == ACT_DECLINE && strcmp(gate_text(q, "stage"), "poll") != 0)
        return;
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_POLL));)
        if (entry_number(e, "round") == round && entry_has_text(e, "to", q->state))
            return;
    gate_found(q, q->tr(N_("%s was not asked in round %ld: record the poll first")),
               gate_state(q, q->state), round);
}

void ask_choose_side(struct gate_ask *q)
{
    if (strcmp(case_role(q->c), "requesting") != 0)
        gate_found(q, "%s", q->tr(N_("only the State of citizenship chooses whom to approach")));
}

void ask_choose_offer(struct gate_ask *q)
{
    const struct entry *e = case_answer(q->c, q->state, 0);
    const char *state = gate_state(q, q->state);

    if (!e)
        gate_found(q, q->tr(N_("%s has not replied")), state);
    else if (e->act->kind == ACT_DECLINE)
        gate_found(q, q->tr(N_("%s has declined")), state);
    else if (!entry_bool(e, "offer"))
        gate_found(q, q->tr(N_("%s does not offer to collaborate")), state);
    else if (!strcmp(entry_text(e, "legal"), "no"))
        gate_found(q, q->tr(N_("%s has no legal capacity there")), state);
    else if (!strcmp(entry_text(e, "material"), "no"))
        gate_found(q, q->tr(N_("%s has no material means there")), state);
}

/* On record as a national of that State, and not refuted. */
static bool is_national(const struct case_file *c, long person, const char *state)
{
    const struct entry *record = case_person(c, person);
    const json_t *list = record ? json_object_get(record->payload, "nationalities") : NULL;
    size_t i;
    json_t *entry;

    json_array_foreach(list, i, entry) if (payload_is(entry, "state", state) &&
                                           !payload_bool(entry, "refuted")) return true;
    return false;
}

/* Whose duty it is then, the head of post finds (R9). */
void ask_choose_own(struct gate_ask *q)
{
    for (size_t i = 0; i < q->count; i++) {
        const struct entry *e = case_determined(q->c, q->persons[i], REQUIREMENT_R9);
        if (is_national(q->c, q->persons[i], q->state) &&
            !(e && !strcmp(entry_text(e, "status"), "met")))
            gate_found(q,
                       q->tr(N_("person %ld is a national of %s too: that is its own protection, "
                                "unless the head of post determines R9")),
                       q->persons[i], gate_state(q, q->state));
    }
}

/* ---- the request by note (6) ---- */

void ask_request_choice(struct gate_ask *q)
{
    if (!is_request(q) || case_choice(q->c, q->state))
        return;
    if (*q->state)
        gate_found(q, q->tr(N_("%s has not been chosen: record the choice and its reason")),
                   gate_state(q, q->state));
    else
        gate_found(q, "%s", q->tr(N_("no State has been chosen")));
}

void ask_request_open(struct gate_ask *q)
{
    const struct entry *same = case_entry(q->c, gate_text(q, "same_as"));

    for (EACH_REQUESTED(q, i)) {
        const struct entry *open = case_open_request(q->c, q->state, q->persons[i]);
        if (open && (!same || !request_same(q->c, same, open)))
            gate_found(q,
                       q->tr(N_("person %ld: a request to %s is open already; withdraw it "
                                "first")),
                       q->persons[i], gate_state(q, q->state));
    }
}

/* Under the lock, and told of in what the note says of others. */
static void look_for_locked(struct gate_ask *q, long person)
{
    for (const struct field *f = act_type(ACT_NOTE)->fields; f->id; f++)
        if ((f->type == FIELD_TEXT || f->type == FIELD_LONG) &&
            identity_in_text_beside(q->c, person, gate_text(q, f->key), q->persons, q->count))
            gate_found(q, q->tr(N_("`%s` tells who person %ld is: take that out")), f->key, person);
}

static void ask_note_locked_text(struct gate_ask *q)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = is_outgoing(q, NULL) ? case_persons(q->c, persons, CASE_PERSONS_MOST) : 0;

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (case_locked(q->c, persons[i]))
            look_for_locked(q, persons[i]);
}

void ask_note_lock(struct gate_ask *q)
{
    ask_note_locked_text(q);
    if (!is_outgoing(q, NULL) || (!is_request(q) && !json_object_get(q->payload, "persons")))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (case_locked(q->c, q->persons[i]))
            gate_found(q,
                       q->tr(N_("person %ld is under the protection lock: lift it first, after "
                                "counselling")),
                       q->persons[i]);
    if (!q->count && is_request(q))
        gate_found(q, "%s", q->tr(N_("there is nobody whom the note could name")));
}

void ask_note_withdrawn(struct gate_ask *q)
{
    bool names = is_request(q) || json_object_get(q->payload, "persons");

    if (!is_outgoing(q, NULL) || !names || !strcmp(gate_text(q, "kind"), "WDR"))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (case_consent_withdrawn(q->c, q->persons[i], "P4", q->state))
            gate_found(q, q->tr(N_("person %ld has withdrawn consent to be named to %s (P4)")),
                       q->persons[i], gate_state(q, q->state));
}

void ask_request_refuted(struct gate_ask *q)
{
    for (EACH_REQUESTED(q, i))
        requirement(q, i, REQUIREMENT_R1, false);
}

void ask_request_nationality(struct gate_ask *q)
{
    for (EACH_REQUESTED(q, i))
        requirement(q, i, REQUIREMENT_R1, true);
}

void ask_request_consent(struct gate_ask *q)
{
    for (EACH_REQUESTED(q, i))
        if (!gate_consents(q, i, "P4", q->state) &&
            !case_consent_withdrawn(q->c, q->persons[i], "P4", q->state))
            gate_found(q, q->tr(N_("person %ld: no consent to be named to %s (P4)")), q->persons[i],
                       *q->state ? gate_state(q, q->state) : q->tr(N_("another State")));
}

void ask_request_capital(struct gate_ask *q)
{
    if (is_request(q) && !authorised(q, "request"))
        gate_found(q, "%s", q->tr(N_("the capital's authorisation is not on record")));
}

static const char *city_of(const json_t *note)
{
    return payload_text(json_object_get(note, "to"), "city");
}

static bool is_city_of(const struct candidate *candidate, const char *city)
{
    for (size_t i = 0; i < candidate->count; i++)
        if (text_match(city, candidate->posts[i].city) == TEXT_MATCH_WHOLE)
            return true;
    return false;
}

/* Has a request to that State, or this one, gone to one of its offices there? */
static bool reaches(const struct gate_ask *q, const struct candidate *candidate)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_NOTE));)
        if (!strcmp(entry_text(e, "kind"), "REQ") && !e->annulled &&
            !strcmp(request_state(q->c, e), q->state) && is_city_of(candidate, city_of(e->payload)))
            return true;
    return is_city_of(candidate, city_of(q->payload));
}

/* Who writes to whom is free; but the office that helps must have a note in hand. */
void ask_request_post(struct gate_ask *q)
{
    const struct assessment *a =
        is_request(q) && q->count && *city_of(q->payload) ? gate_assessment(q, 0) : NULL;

    for (size_t i = 0; a && i < a->candidate_count; i++)
        if (!strcmp(a->candidates[i].state, q->state) && !reaches(q, &a->candidates[i]))
            gate_found(q, q->tr(N_("the office of %s there is in %s: a note must reach it too")),
                       gate_state(q, q->state), a->candidates[i].posts[0].city);
}

void ask_request_secretariat(struct gate_ask *q)
{
    if (is_request(q) && !notified(q, "request"))
        gate_found(q, "%s", q->tr(N_("tell the Secretariat of the request, without a name")));
}

/* Dates in this form compare as text. */
static void ask_dated(struct gate_ask *q, const char *since, const char *what)
{
    if (since && *gate_text(q, "date") && strcmp(gate_text(q, "date"), since) < 0)
        gate_found(q, q->tr(what), gate_text(q, "date"), since);
}

/* Neither the instrument nor the State's part in it reaches back; a pilot has no day. */
void ask_request_instrument(struct gate_ask *q)
{
    const json_t *instrument = json_object_get(q->in->directory, "instrument");
    const json_t *parties = json_object_get(q->in->directory, "parties");

    if (strcmp(gate_text(q, "kind"), "REQ") != 0)
        return;
    if (payload_is(instrument, "status", "in_force"))
        ask_dated(q, json_string_value(json_object_get(instrument, "since")),
                  N_("the note is dated %s, before the instrument was in force (%s)"));
    ask_dated(q, json_string_value(json_object_get(parties, case_requesting_state(q->c))),
              N_("the note is dated %s, before the State took part (%s)"));
}

static bool is_among(const struct gate_ask *q, long person)
{
    for (size_t i = 0; i < q->count; i++)
        if (q->persons[i] == person)
            return true;
    return false;
}

/* The last word on a group of that number. */
static bool is_last_word(const struct case_file *c, const struct entry *group)
{
    for (const struct entry *e = group; (e = case_next(c, e, ACT_GROUP));)
        if (entry_number(e, "group") == entry_number(group, "group"))
            return false;
    return true;
}

/* Are both in a group that must not be divided, by a record of it or by their own? */
static bool stay_together(const struct case_file *c, long a, long b)
{
    const struct entry *one = case_person(c, a), *other = case_person(c, b);

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_GROUP));)
        if (entry_bool(e, "keep_together") && entry_has_person(e, "persons", a) &&
            entry_has_person(e, "persons", b) && is_last_word(c, e))
            return true;
    return entry_number(one, "group") &&
           entry_number(one, "group") == entry_number(other, "group") &&
           (entry_bool(one, "keep_together") || entry_bool(other, "keep_together"));
}

static bool belongs(const struct gate_ask *q, long person)
{
    for (size_t i = 0; i < q->count; i++)
        if (stay_together(q->c, person, q->persons[i]))
            return true;
    return false;
}

/* A group that must not be divided: who is left out is named. */
void ask_request_together(struct gate_ask *q)
{
    long persons[GATE_PERSONS];
    size_t count = is_request(q) ? case_persons(q->c, persons, GATE_PERSONS) : 0;

    for (size_t i = 0; i < count; i++)
        if (!is_among(q, persons[i]) && !case_locked(q->c, persons[i]) && belongs(q, persons[i]))
            gate_found(q, q->tr(N_("person %ld is to stay together with those requested for")),
                       persons[i]);
}

/* ---- local authorities, by exception (7.5) ---- */

void ask_local_consent(struct gate_ask *q)
{
    if (!is_outgoing(q, "LOC"))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (!gate_consents(q, i, "P6", addressee(q)))
            gate_found(q, q->tr(N_("person %ld: no consent that names %s (P6)")), q->persons[i],
                       addressee(q));
}

void ask_local_authorised(struct gate_ask *q)
{
    if (is_outgoing(q, "LOC") && !authorised(q, "with_authority"))
        gate_found(q, "%s", q->tr(N_("no act with authority has been authorised")));
}
