/* SPDX-License-Identifier: MIT */
/* Gates of notes: the request (Art. 6), and to local authorities by exception (7.5). */
#include <string.h>

#include "amparo/agreement/identity.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/text.h"
#include "gate_ask.h"
#include "gate_asks.h"

/* ---- the request by note (6) ---- */

static bool is_request(const struct gate_ask *q)
{
    return gate_is_note(q, "REQ");
}

/* Each person of a request by note. */
#define EACH_REQUESTED(q, i)                                                                       \
    size_t i = 0;                                                                                  \
    is_request(q) && i < (q)->count;                                                               \
    i++

static bool authorised(const struct gate_ask *q, const char *what)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_AUTHORISE));)
        if (!strcmp(entry_text(e, "what"), what))
            return true;
    return false;
}

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
    size_t count = gate_is_note(q, NULL) ? case_persons(q->c, persons, CASE_PERSONS_MOST) : 0;

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (case_locked(q->c, persons[i]))
            look_for_locked(q, persons[i]);
}

void ask_note_lock(struct gate_ask *q)
{
    ask_note_locked_text(q);
    if (!gate_is_note(q, NULL) || (!is_request(q) && !json_object_get(q->payload, "persons")))
        return;
    gate_locked(q);
    if (!q->count && is_request(q))
        gate_found(q, "%s", q->tr(N_("there is nobody whom the note could name")));
}

void ask_note_withdrawn(struct gate_ask *q)
{
    bool names = is_request(q) || json_object_get(q->payload, "persons");

    if (!gate_is_note(q, NULL) || !names || !strcmp(gate_text(q, "kind"), "WDR"))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (case_consent_withdrawn(q->c, q->persons[i], "P4", q->state))
            gate_found(q, q->tr(N_("person %ld has withdrawn consent to be named to %s (P4)")),
                       q->persons[i], gate_state(q, q->state));
}

void ask_request_refuted(struct gate_ask *q)
{
    for (EACH_REQUESTED(q, i))
        gate_requirement(q, i, REQUIREMENT_R1, false);
}

void ask_request_nationality(struct gate_ask *q)
{
    for (EACH_REQUESTED(q, i))
        gate_requirement(q, i, REQUIREMENT_R1, true);
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
    if (is_request(q) && !gate_notified(q, "request"))
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
    if (!gate_is_note(q, "LOC"))
        return;
    for (size_t i = 0; i < q->count; i++)
        if (!gate_consents(q, i, "P6", gate_addressee(q)))
            gate_found(q, q->tr(N_("person %ld: no consent that names %s (P6)")), q->persons[i],
                       gate_addressee(q));
}

void ask_local_authorised(struct gate_ask *q)
{
    if (gate_is_note(q, "LOC") && !authorised(q, "with_authority"))
        gate_found(q, "%s", q->tr(N_("no act with authority has been authorised")));
}
