/* SPDX-License-Identifier: MIT */
/*
 * Disasters that bring many people at once: what is known of the event, once for all; and the
 * people, a line each, that become cases by the same acts and gates as all others.
 * Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_EVENT_H
#define AMPARO_STORE_EVENT_H

#include <jansson.h>

#include "amparo/agreement/event.h"
#include "amparo/store/likely.h"
#include "amparo/store/record.h"

struct event {
    char *name;
    json_t *content; /* by the field table of agreement/event.h */
    long version;    /* how often something was said of it */
    char *by;        /* who said the last, and when */
    char at[INSTANT_SIZE];
    size_t cases, persons, lone; /* that carry its name; children without an adult */
};

struct events {
    struct event *list; /* the one last spoken of first */
    size_t count;
};

void event_release(struct event *event);
void events_release(struct events *events);

bool store_events(struct store *store, struct events *out, struct error *err);

/* ERROR_INPUT where there is none of that name. */
bool store_event(struct store *store, const char *name, struct event *out, struct error *err);

/*
 * Says what an event is; of the same name: anew. Where `fresh`, a name that is taken is refused.
 * An officer's (ERROR_REFUSED for a clerk): an event does not wait for the head of post. `draft`
 * goes with it; 0: none.
 */
bool store_event_put(struct store *store, const json_t *content, bool fresh, int64_t draft,
                     struct error *err);

/* As machines read it: content, who and when, counts; a new reference. */
json_t *event_json(const struct event *event);

/* Who on record may be the person of a line that is not taken in yet (likely.h); nobody, where too
 * little is typed. */
bool store_event_likely(struct store *store, const json_t *content, const json_t *line,
                        struct person_rows *out, struct error *err);

/* What a line has become. */
struct taken {
    char *reference;
    long person;      /* number in that case */
    bool opened;      /* the case is new */
    size_t acts;      /* recorded */
    json_t *warnings; /* as in struct recorded, of all of them */
};

void taken_release(struct taken *taken);

/*
 * Takes one line (agreement/event.h) in, in one transaction: a new case, or a further person of the
 * open case of this event with the same family mark. A draft is dropped with it. `out` may be NULL.
 */
bool store_event_take(struct store *store, const char *event, const json_t *line, int64_t draft,
                      struct taken *out, struct error *err);

#endif
