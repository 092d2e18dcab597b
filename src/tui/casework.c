/* SPDX-License-Identifier: MIT */
#include "amparo/tui/casework.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/clock.h"
#include "amparo/base/mem.h"
#include "amparo/store/record.h"

void casework_init(struct casework *w, struct store *store, const char *reference)
{
    memset(w, 0, sizeof *w);
    w->store = store;
    w->reference = reference ? xstrdup(reference) : NULL;
    w->now = clock_now();
}

static void forget_assessment(struct casework *w)
{
    if (w->assessed) {
        assessment_release(&w->result);
        facts_release(&w->facts);
    }
    w->assessed = 0;
    free(w->unassessed);
    w->unassessed = NULL;
}

static void forget(struct casework *w)
{
    forget_assessment(w);
    if (w->has_case)
        case_release(&w->c);
    w->has_case = false;
    json_decref(w->directory);
    json_decref(w->missing);
    w->directory = w->missing = NULL;
    w->person_count = 0;
    w->seen = 0;
}

void casework_release(struct casework *w)
{
    forget(w);
    free(w->reference);
    w->reference = NULL;
}

static void read_now(struct casework *w)
{
    char now[40];
    if (!instant_parse(store_now(w->store, now), &w->now))
        w->now = clock_now();
}

bool casework_load(struct casework *w, struct error *err)
{
    forget(w);
    read_now(w);
    if (!w->reference)
        return true;
    if (!store_case(w->store, w->reference, &w->c, err))
        return false;
    w->has_case = true;
    w->directory = store_case_directory(w->store, &w->c, NULL, err);
    if (!w->directory)
        return false;
    w->missing = store_case_missing(w->store, &w->c, reader_language, err);
    if (!w->missing)
        return false;
    w->person_count = case_persons(&w->c, w->persons, CASE_PERSONS);
    if (w->person_count > CASE_PERSONS)
        w->person_count = CASE_PERSONS;
    if (w->c.count)
        w->seen = w->c.acts[w->c.count - 1].seq;
    casework_assess(w, 0);
    return true;
}

/* The first person not under the lock; 0: nobody. */
static long first_person(const struct casework *w)
{
    for (size_t i = 0; i < w->person_count; i++)
        if (!case_locked(&w->c, w->persons[i]))
            return w->persons[i];
    return 0;
}

void casework_assess(struct casework *w, long person)
{
    forget_assessment(w);
    if (!person)
        person = first_person(w);
    if (!person)
        return;

    char on[DATE_SIZE];
    struct error err = ERROR_INIT;
    if (case_facts(&w->c, person, w->directory, date_format(instant_date(w->now), on), &w->facts,
                   &err)) {
        assess(&w->facts, reader_language, &w->result);
        w->assessed = person;
    } else {
        w->unassessed = xstrdup(error_text(&err));
    }
    error_release(&err);
}

long casework_round(const struct casework *w)
{
    const struct entry *poll = w->has_case ? case_last(&w->c, ACT_POLL) : NULL;
    return poll ? entry_number(poll, "round") : 0;
}

const struct entry *casework_request(const struct casework *w)
{
    if (!w->has_case)
        return NULL;
    const struct entry *note = NULL, *last = NULL;
    while ((note = case_next(&w->c, note, ACT_NOTE))) {
        if (strcmp(entry_text(note, "kind"), "REQ") != 0)
            continue;
        bool out = strcmp(entry_text(note, "direction"), "out") == 0;
        const json_t *other = json_object_get(note->payload, out ? "to" : "from");
        const char *state =
            out ? json_string_value(json_object_get(other, "state")) : w->c.post_state;
        if (state && case_open_request(&w->c, state, 0) == note)
            last = note;
    }
    return last;
}

const char *casework_role(const struct casework *w)
{
    return w->has_case ? case_role(&w->c) : "requesting";
}

bool casework_theirs(const struct casework *w, enum act_kind kind)
{
    const struct act_type *type = act_type(kind);
    const char *role = casework_role(w);
    if (!type->transcribable)
        return false;
    return (strcmp(role, "requesting") == 0 && type->side == SIDE_ASSISTING) ||
           (strcmp(role, "assisting") == 0 && type->side == SIDE_REQUESTING);
}
