/* SPDX-License-Identifier: MIT */
/* Answers and choices; REQ notes, whom they cover, and when they end (Art. 5, 6). */
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

/* ---- answers to a poll ---- */

static bool is_answer(const struct entry *e, const char *state, long round)
{
    bool answers = e->act->kind == ACT_REPLY ||
                   (e->act->kind == ACT_DECLINE && !strcmp(entry_text(e, "stage"), "poll"));

    return answers && !strcmp(entry_text(e, "state"), state) &&
           (!round || entry_number(e, "round") == round);
}

const struct entry *case_answer(const struct case_file *c, const char *state, long round)
{
    const struct entry *found = NULL;

    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];
        if (is_answer(e, state, round) &&
            (!found || entry_number(e, "round") >= entry_number(found, "round")))
            found = e;
    }
    return found;
}

const struct entry *case_choice(const struct case_file *c, const char *state)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CHOOSE));)
        if (!state || !strcmp(entry_text(e, "state"), state))
            found = e;
    return found;
}

/* ---- requests ---- */

const char *request_state(const struct case_file *c, const struct entry *note)
{
    const char *addressed = payload_text(note->act->context, case_addressed_key);

    if (!strcmp(entry_text(note, "direction"), "in"))
        return *addressed ? addressed : c->post_state;
    return payload_text(json_object_get(note->payload, "to"), "state");
}

bool request_covers(const struct case_file *c, const struct entry *note, long person)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_subjects(c, note->payload, note->act->seq, persons, ARRAY_SIZE(persons));

    for (size_t i = 0; i < count; i++)
        if (persons[i] == person)
            return true;
    return false;
}

/* The first form of the note: what same_as leads back to. Each step goes back in the order. */
static const struct entry *first_form(const struct case_file *c, const struct entry *note)
{
    for (;;) {
        const struct entry *earlier = case_entry(c, entry_text(note, "same_as"));
        if (!earlier || earlier->act->seq >= note->act->seq)
            return note;
        note = earlier;
    }
}

bool request_same(const struct case_file *c, const struct entry *a, const struct entry *b)
{
    return first_form(c, a) == first_form(c, b);
}

/* Does this act (a withdrawal, a decline, an acceptance) speak of that note? */
static bool speaks_of(const struct case_file *c, const struct entry *e, const struct entry *note)
{
    const struct entry *named = case_entry(c, entry_text(e, "note"));

    return named && request_same(c, named, note);
}

static struct instant instant_of(const char *text)
{
    struct instant at = {.seconds = 0};

    /* Payloads and recordings were checked; what was erased ends the note at once: Art. 6. */
    instant_parse(text, &at);
    return at;
}

static bool is_over(const char *instant, const struct instant *at)
{
    return !at || instant_compare(instant_of(instant), *at) <= 0;
}

/* The later of the day where it is written and of that where the act was recorded: an offset may
 * be written so that it is still yesterday. */
static const char *latest_day(struct instant at, const struct act *act, char day[DATE_SIZE])
{
    struct instant here = {
        .seconds = at.seconds, .nanos = at.nanos, .offset = instant_of(act->at).offset};
    struct date written = instant_date(at), recorded = instant_date(here);

    return date_format(date_compare(written, recorded) < 0 ? recorded : written, day);
}

/* Of a day alone nobody knows the hour: that day counts as after it. What came by pouch tells it.
 */
static bool declined_by(const struct entry *decline, const struct instant *at)
{
    const char *until = entry_text(decline, "hand_over_on");
    const char *hour = payload_text(decline->act->context, case_said_key);
    const char *said = payload_text(json_object_get(decline->payload, "transcribed"), "on");
    char day[DATE_SIZE];

    if (!at)
        return true;
    latest_day(*at, decline->act, day);
    if (*until)
        return strcmp(until, day) < 0;
    if (*hour)
        return is_over(hour, at);
    if (*said)
        return strcmp(said, day) <= 0;
    return is_over(decline->act->at, at);
}

/* at NULL: has it ended at all, as far as the file knows? */
static bool ended_by(const struct case_file *c, const struct entry *note, const struct instant *at)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];

        switch (e->act->kind) {
        case ACT_WITHDRAW:
            if (speaks_of(c, e, note) && is_over(entry_text(e, "at"), at))
                return true;
            break;
        case ACT_DECLINE:
            if (speaks_of(c, e, note) && declined_by(e, at))
                return true;
            break;
        case ACT_ANNUL: /* this form of it alone */
            if (case_entry(c, entry_text(e, "note")) == note && is_over(e->act->at, at))
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}

bool request_ended(const struct case_file *c, const struct entry *note)
{
    return ended_by(c, note, NULL);
}

bool request_ended_by(const struct case_file *c, const struct entry *note, struct instant at)
{
    return ended_by(c, note, &at);
}

static bool asks(const struct case_file *c, const struct entry *note, const char *state,
                 long person)
{
    return !strcmp(entry_text(note, "kind"), "REQ") &&
           (!state || !strcmp(request_state(c, note), state)) &&
           (!person || request_covers(c, note, person));
}

const struct entry *case_open_request(const struct case_file *c, const char *state, long person)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (asks(c, e, state, person) && !request_ended(c, e))
            found = e;
    return found;
}

const struct entry *case_request_at(const struct case_file *c, const char *state, long person,
                                    struct instant at)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));) {
        struct instant handed;
        if (asks(c, e, state, person) && instant_parse(entry_text(e, "at"), &handed) &&
            instant_compare(handed, at) <= 0 && !ended_by(c, e, &at))
            found = e;
    }
    return found;
}

const struct entry *case_acceptance(const struct case_file *c, const struct entry *note)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; note && (e = case_next(c, e, ACT_ACCEPT));)
        if (speaks_of(c, e, note))
            found = e;
    return found;
}
