/* SPDX-License-Identifier: MIT */
/* Finds in the case what a note speaks of. */
#include "note_parts.h"

#include <stdio.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/paper/value.h"

static const struct note_class classes[] = {
    {"REQ", "req", true, ANNEX_PERSONS, AUDIENCE_STATE, NULL},
    {"SCOPE", "scope", true, ANNEX_NONE, AUDIENCE_STATE, NULL},
    {"ACC", "acc", true, ANNEX_NONE, AUDIENCE_STATE, NULL},
    {"PART", "part", true, ANNEX_NONE, AUDIENCE_STATE, NULL},
    {"DEC", "dec", true, ANNEX_NONE, AUDIENCE_STATE, NULL},
    {"WDR", "wdr", true, ANNEX_NONE, AUDIENCE_STATE, NULL},
    {"TSN", "tsn", false, ANNEX_NONE, AUDIENCE_SECRETARIAT, "secretariat"},
    {"POLL", "circular", false, ANNEX_NONE, AUDIENCE_FOCAL, NULL},
    {"FIN", "fin", true, ANNEX_COSTS, AUDIENCE_STATE, NULL},
    {"CLO", "clo", true, ANNEX_NONE, AUDIENCE_STATE, NULL},
    {"LOC", "loc", true, ANNEX_IDENTITY, AUDIENCE_AUTHORITY, NULL},
    {"REP", "rep", false, ANNEX_NONE, AUDIENCE_NETWORK, "network_cp"},
};

const struct note_class note_class_other = {"OTH", "", true, ANNEX_NONE, AUDIENCE_STATE, NULL};

const struct note_class *note_class_find(const char *kind)
{
    for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
        if (strcmp(classes[i].kind, kind) == 0)
            return &classes[i];
    return NULL;
}

static struct party party_of(const json_t *payload, const char *key)
{
    const json_t *office = json_object_get(payload, key);

    return (struct party){payload_text(office, "state"), payload_text(office, "office"),
                          payload_text(office, "city")};
}

/* Whose other side a note has: the addressee of ours, the sender of one that came in. */
static const char *other_state(const json_t *payload)
{
    bool in = strcmp(payload_text(payload, "direction"), "in") == 0;

    return party_of(payload, in ? "from" : "to").state;
}

/* The last note of that kind and direction (NULL: any) with that State, not annulled. */
static const struct entry *last_note(const struct case_file *c, const char *kind,
                                     const char *direction, const char *state)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));) {
        if (e->annulled || strcmp(entry_text(e, "kind"), kind) != 0 ||
            strcmp(other_state(e->payload), state) != 0)
            continue;
        if (!direction || strcmp(entry_text(e, "direction"), direction) == 0)
            found = e;
    }
    return found;
}

static bool is_kind(const struct note *n, const char *kind)
{
    return strcmp(n->class->kind, kind) == 0;
}

static void find_notes(struct note *n)
{
    const struct case_file *c = n->source->c;
    const char *reply = payload_text(n->whole, "in_reply_to"), *state = n->addressee.state;
    bool answers = is_kind(n, "ACC") || is_kind(n, "PART") || is_kind(n, "DEC");

    n->request = is_kind(n, "REQ") ? n->entry : last_note(c, "REQ", NULL, state);
    if (*reply)
        n->answered = case_entry(c, reply);
    else if (answers)
        n->answered = last_note(c, "REQ", "in", state);
    else if (is_kind(n, "SCOPE"))
        n->answered = last_note(c, "SCOPE", "in", state);
    if (n->answered && strcmp(entry_text(n->answered, "kind"), "REQ") == 0)
        n->request = n->answered;
    /* The Secretariat is told of the last request, whoever was asked. */
    if (is_kind(n, "TSN"))
        for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
            if (!e->annulled && strcmp(entry_text(e, "kind"), "REQ") == 0)
                n->request = e;
    n->acceptance = n->request ? case_acceptance(c, n->request) : NULL;
}

/* Those whom the note names; a note that names none, and a poll, speak of all. */
static void find_persons(struct note *n, const json_t *named)
{
    long all[PERSONS_MAX];
    size_t count = case_persons(n->source->c, all, PERSONS_MAX);

    if (count > PERSONS_MAX)
        count = PERSONS_MAX;
    for (size_t i = 0; i < count; i++) {
        bool in = !json_array_size(named);
        for (size_t j = 0; !in && j < json_array_size(named); j++)
            in = json_integer_value(json_array_get(named, j)) == all[i];
        if (in && !case_locked(n->source->c, all[i]))
            n->persons[n->person_count++] = all[i];
    }
}

static json_t *redacted(const struct note *n, const struct entry *e)
{
    return e ? redact_payload(n->source->c, e->act->kind, e->payload, &n->audience) : json_object();
}

/* Whether 7.3 is met for each of them: only then does a note say that there is no office. */
static bool is_without_office(const struct note *n)
{
    const struct paper_source *s = n->source;
    const json_t *directory = case_directory(s->c, s->directory);
    char on[DATE_SIZE];
    bool met = directory && n->person_count;

    snprintf(on, sizeof on, "%.10s", s->now);
    for (size_t i = 0; met && i < n->person_count; i++) {
        struct assessment a;
        if (!case_assess(s->c, n->persons[i], directory, on, english, NULL, &a, NULL))
            return false;
        met = a.requirements[REQUIREMENT_R3].status == STATUS_MET;
        assessment_release(&a);
    }
    return met;
}

/* Whom the note is addressed to, for what they may have. */
static struct audience audience_of(const struct note *n)
{
    enum audience_kind kind = n->class->audience;

    return (struct audience){kind, kind == AUDIENCE_STATE ? n->addressee.state : NULL,
                             kind == AUDIENCE_AUTHORITY ? n->addressee.office : NULL};
}

/* All of the persons are known to be women, as far as the reader may know it. */
static bool are_women(const struct note *n)
{
    bool women = n->person_count > 0;

    for (size_t i = 0; women && i < n->person_count; i++) {
        json_t *person = redacted(n, case_person(n->source->c, n->persons[i]));
        women = strcmp(payload_text(person, "sex"), "F") == 0;
        json_decref(person);
    }
    return women;
}

void note_put_together(struct note *n, const struct paper_source *source,
                       const struct note_class *class, const struct entry *entry,
                       const json_t *whole, const json_t *poll, const struct audience *audience)
{
    const struct case_file *c = source->c;

    memset(n, 0, sizeof *n);
    n->source = source;
    n->class = class;
    n->entry = entry;
    n->whole = whole;
    n->sender = (struct party){source->post->state, source->post->name, source->post->city};
    n->addressee = party_of(whole, "to");
    n->audience = audience ? *audience : audience_of(n);
    find_notes(n);
    n->poll = case_last(c, ACT_POLL);
    const json_t *polled = poll ? poll : n->poll ? n->poll->payload : NULL;
    n->poll_payload = polled ? redact_payload(c, ACT_POLL, polled, &n->audience) : NULL;
    find_persons(n, json_object_get(is_kind(n, "POLL") ? polled : whole, "persons"));
    n->payload = redact_payload(c, ACT_NOTE, whole, &n->audience);
    n->accepted = redacted(n, n->acceptance);
    n->situation = redacted(n, case_last(c, ACT_SITUATION));
    n->report = redacted(n, case_last(c, ACT_REPORT));
    n->no_office = is_without_office(n);
    n->women = are_women(n);
}

void note_release(struct note *n)
{
    json_decref(n->payload);
    json_decref(n->accepted);
    json_decref(n->situation);
    json_decref(n->report);
    json_decref(n->poll_payload);
}

bool note_withholds(const struct note *n)
{
    const char *key;
    json_t *value;

    json_object_foreach(n->payload, key, value)
    {
        if (paper_is_redacted(value))
            return true;
    }
    return false;
}
