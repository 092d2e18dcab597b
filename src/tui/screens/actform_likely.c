/* SPDX-License-Identifier: MIT */
/* The form of a new person, held against who is on record. */
#include "actform_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/likely.h"

static bool is_new_person(const struct actform *f, const json_t *payload)
{
    long person = (long)json_integer_value(json_object_get(payload, "person"));

    return f->kind == ACT_PERSON && !f->correct && f->base.w.has_case && person &&
           !case_person(&f->base.w.c, person);
}

void actform_note_left(struct actform *f, const char *path)
{
    static const char *const telling[] = {"surname_1",   "surname_2",  "given_names",
                                          "single_name", "birth_date", "document_number",
                                          "mrz",         "phone"};

    for (size_t i = 0; f->kind == ACT_PERSON && i < ARRAY_SIZE(telling); i++)
        f->look = f->look || strcmp(telling[i], path) == 0;
}

/* The payload as typed; NULL where it is of nobody new, or nobody is like. A new reference. */
static json_t *find_likely(struct screen *s, size_t *count)
{
    struct actform *f = s->state;
    struct act_recording r = actform_recording(f, actform_no_fault);
    json_t *payload = act_payload(&r);
    struct error unsaid = ERROR_INIT; /* whoever records is not kept from it */
    struct person_rows rows = {NULL, 0};
    struct traits like;

    traits_of_payload(payload, &like);
    if (is_new_person(f, payload) && traits_are_enough(&like))
        store_likely(s->app->store, &like, f->base.w.reference,
                     (long)json_integer_value(json_object_get(payload, "person")), &rows, &unsaid);
    *count = rows.count;
    person_rows_release(&rows);
    traits_release(&like);
    error_release(&unsaid);
    if (*count)
        return payload;
    json_decref(payload);
    return NULL;
}

void actform_hint_likely(struct screen *s)
{
    struct actform *f = s->state;
    size_t count;

    if (!f->look)
        return;
    f->look = false;
    json_t *payload = find_likely(s, &count);
    if (payload)
        app_say(s->app,
                n_("%zu person on record is like this one: F2 shows who before it records.",
                   "%zu persons on record are like this one: F2 shows them before it records.",
                   count),
                count);
    json_decref(payload);
}

bool actform_ask_likely(struct screen *s, void (*accept)(struct screen *below,
                                                         const char *same_case, long same_person))
{
    struct actform *f = s->state;
    size_t count;
    json_t *payload = find_likely(s, &count);

    if (!payload)
        return false;
    likely_ask(s->app, f->base.w.reference,
               (long)json_integer_value(json_object_get(payload, "person")), payload, accept);
    json_decref(payload);
    return true;
}
