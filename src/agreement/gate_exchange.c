/* SPDX-License-Identifier: MIT */
/* Gates between the States, up to the choice: determination, poll, answers (Art. 3, 5, 7). */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "gate_ask.h"
#include "gate_asks.h"

/* ---- shared with the gates of notes ---- */

bool gate_transcribed(const struct gate_ask *q)
{
    return json_object_get(q->payload, "transcribed") && strcmp(case_role(q->c), "requesting") != 0;
}

bool gate_is_note(const struct gate_ask *q, const char *kind)
{
    return q->in->kind == ACT_NOTE && !strcmp(gate_text(q, "direction"), "out") &&
           (!kind || !strcmp(gate_text(q, "kind"), kind));
}

const char *gate_addressee(const struct gate_ask *q)
{
    const char *office =
        json_string_value(json_object_get(json_object_get(q->payload, "to"), "office"));

    return office ? office : "";
}

bool gate_notified(const struct gate_ask *q, const char *event)
{
    for (const struct entry *e = NULL; (e = case_next(q->c, e, ACT_NOTIFY));)
        if (!strcmp(entry_text(e, "event"), event))
            return true;
    return false;
}

static void unassessed(struct gate_ask *q, size_t i)
{
    gate_found(q, q->tr(N_("person %ld: the facts do not fit together; correct them")),
               q->persons[i]);
}

void gate_requirement(struct gate_ask *q, size_t i, enum requirement r, bool open)
{
    const struct assessment *a = gate_assessment(q, i);
    enum status wrong = open ? STATUS_UNDETERMINED : STATUS_NOT_MET;

    if (a && a->requirements[r].status == wrong)
        gate_found(q, q->tr(N_("person %ld: %s")), q->persons[i], a->requirements[r].reason);
    if (!a && open)
        unassessed(q, i);
}

/* ---- poll (7.6) ---- */

/* Calls for each person of a poll of ours; a poll that was taken down is not judged (7.6). */
#define EACH_POLLED(q, i)                                                                          \
    size_t i = 0;                                                                                  \
    !gate_transcribed(q) && i < (q)->count;                                                        \
    i++

void ask_poll_nationality(struct gate_ask *q)
{
    for (EACH_POLLED(q, i))
        gate_requirement(q, i, REQUIREMENT_R1, false);
    if (!gate_transcribed(q) && !case_persons(q->c, NULL, 0))
        gate_found(q, "%s", q->tr(N_("nobody is recorded whom it could be for")));
}

void ask_poll_party(struct gate_ask *q)
{
    for (EACH_POLLED(q, i))
        gate_requirement(q, i, REQUIREMENT_R2, false);
}

void gate_locked(struct gate_ask *q)
{
    for (size_t i = 0; i < q->count; i++)
        if (case_locked(q->c, q->persons[i]))
            gate_found(q,
                       q->tr(N_("person %ld is under the protection lock: lift it first, after "
                                "counselling")),
                       q->persons[i]);
}

void ask_poll_lock(struct gate_ask *q)
{
    if (gate_transcribed(q))
        return;
    gate_locked(q);
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

    if (!gate_transcribed(q) && (!e || strcmp(entry_text(e, "decision"), "applies") != 0))
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

    if (gate_transcribed(q) || !routine || !a || !json_object_get(q->payload, "to"))
        return;
    for (size_t i = 0; i < a->candidate_count; i++)
        if (!was_asked(q, a->candidates[i].state))
            gate_found(q, q->tr(N_("%s has an office there and is not asked")),
                       gate_state(q, a->candidates[i].state));
}

void ask_poll_secretariat(struct gate_ask *q)
{
    if (!gate_transcribed(q) && !gate_notified(q, "poll"))
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
    const struct assessment *a = q->count && !gate_transcribed(q) ? gate_assessment(q, 0) : NULL;
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
        gate_found(q, "%s", q->tr(N_("only the State of nationality chooses whom to approach")));
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
