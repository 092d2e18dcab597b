/* SPDX-License-Identifier: MIT */
/* Persons erased: who they are, and what of the case goes with them. */
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/payload.h"

const char *const case_superseded_key = "superseded";

bool case_erased(const struct case_file *c, long person)
{
    const struct entry *record = case_person(c, person);

    return record && entry_erased(record);
}

bool case_held(const struct case_file *c)
{
    const struct entry *hold = case_last(c, ACT_LEGAL_HOLD);

    return hold && entry_bool(hold, "hold");
}

const struct entry *case_erase_request(const struct case_file *c, const char *id_hex)
{
    const struct entry *request = case_entry(c, id_hex);

    return request && request->act->kind == ACT_ERASE_REQUEST ? request : NULL;
}

bool case_awaits_erasing(const struct case_file *c, const struct entry *request)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(request->act->id, id);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE_REFUSE));)
        if (!strcmp(entry_text(e, "of"), id))
            return false;
    return !case_erasure(c, request->person);
}

bool case_is_final(enum act_kind kind)
{
    return kind == ACT_ERASE_REQUEST || kind == ACT_ERASE || kind == ACT_LEGAL_HOLD ||
           kind == ACT_ERASE_REFUSE;
}

/* The person of the request that an `erase` carries out, 0 for none; *asked: when it was asked. */
static long erased_by(const struct case_file *c, const struct entry *erase, int64_t *asked)
{
    const struct entry *request = case_erase_request(c, entry_text(erase, "of"));

    *asked = request ? request->act->seq : 0;
    return request ? request->person : 0;
}

/* The erasure of a person that was carried out up to `seq`. */
static const struct entry *erasure_by(const struct case_file *c, long person, int64_t seq)
{
    int64_t asked;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE));)
        if (e->act->seq <= seq && erased_by(c, e, &asked) == person)
            return e;
    return NULL;
}

const struct entry *case_erasure(const struct case_file *c, long person)
{
    return erasure_by(c, person, INT64_MAX);
}

bool case_empty_of_persons(const struct case_file *c)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_persons(c, persons, CASE_PERSONS_MOST);

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++)
        if (!case_erased(c, persons[i]))
            return false;
    return count > 0;
}

/* ---- what goes with a person ---- */

/* Whom an act names, itself or by the acts that it refers to. */
struct subjects {
    long person; /* who is looked for */
    bool named;
    bool others;
};

static void see(struct subjects *s, const json_t *number)
{
    if (!json_is_integer(number))
        return;
    if (json_integer_value(number) == s->person)
        s->named = true;
    else
        s->others = true;
}

/* An acceptance that amends one that answers a note: acts refer no further than this, but by
 * whoever wants the looking to take for ever. */
enum { FOLLOWED = 4 };

static void look(const struct case_file *c, enum act_kind kind, const json_t *payload, int followed,
                 struct subjects *s)
{
    const struct entry *other = NULL;

    for (const struct field *f = act_type(kind)->fields; f->id; f++) {
        const json_t *value = json_object_get(payload, f->key);
        size_t i;
        json_t *number;
        if (f->type == FIELD_PERSON)
            see(s, value);
        if (f->type == FIELD_PERSONS)
            json_array_foreach((json_t *)(uintptr_t)value, i, number) see(s, number);
        if (f->type == FIELD_ACT && followed < FOLLOWED &&
            (other = case_entry(c, json_string_value(value))))
            look(c, other->act->kind, other->act->payload, followed + 1, s);
        if (f->type == FIELD_PAYLOAD && other) /* a correction: `of` stands before it */
            look(c, other->act->kind, value, followed + 1, s);
    }
}

/* The id, in hex, of what was first recorded where the act is that or a correction of it. */
static void original_of(const struct act *act, char hex[2 * ACT_ID_SIZE + 1])
{
    act_id_hex(act->id, hex);
    if (act->kind == ACT_CORRECT && strlen(payload_text(act->payload, "of")) == 2 * ACT_ID_SIZE)
        memcpy(hex, payload_text(act->payload, "of"), 2 * ACT_ID_SIZE + 1);
}

/* Was the act corrected in that time? */
static bool corrected_between(const struct case_file *c, const struct act *act, int64_t from,
                              int64_t to)
{
    char id[2 * ACT_ID_SIZE + 1];

    original_of(act, id);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CORRECT));)
        if (e->act->seq > from && e->act->seq > act->seq && e->act->seq < to &&
            !strcmp(payload_text(e->act->payload, "of"), id))
            return true;
    return false;
}

/* Whom the act names, as it was recorded and as it was corrected. */
static struct subjects subjects_of(const struct case_file *c, const struct act *act, long person)
{
    struct subjects s = {.person = person};
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(act->id, id);
    look(c, act->kind, act->payload, 0, &s);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CORRECT));)
        if (!strcmp(payload_text(e->act->payload, "of"), id))
            look(c, act->kind, json_object_get(e->act->payload, "payload"), 0, &s);
    return s;
}

json_t *case_superseded(const struct case_file *c, const struct entry *request)
{
    json_t *ids = json_array();

    for (size_t i = 0; i < c->count; i++) {
        const struct act *act = &c->acts[i];
        struct subjects s = subjects_of(c, act, request->person);
        char id[2 * ACT_ID_SIZE + 1];
        if (s.named || !s.others || !corrected_between(c, act, request->act->seq, INT64_MAX))
            continue;
        act_id_hex(act->id, id);
        json_array_append_new(ids, json_string(id));
    }
    return ids;
}

/* The erasure says so, and it is so as far as it can be seen: of one that was signed in another
 * copy of the file, the corrections may not be here. */
static bool is_superseded(const struct case_file *c, const struct act *act, const char *id,
                          const struct entry *erase, int64_t asked)
{
    return payload_has_text(erase->act->context, case_superseded_key, id) &&
           (erase->act->elsewhere || corrected_between(c, act, asked, erase->act->seq));
}

static bool goes_with(const struct case_file *c, const struct act *act, long person,
                      const struct entry *erase, int64_t asked)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(act->id, id);
    if (!case_entry(c, id))
        return true; /* it counts for nothing: nobody needs it */
    struct subjects s = subjects_of(c, act, person);
    if (s.named)
        return true;
    return s.others ? is_superseded(c, act, id, erase, asked) : act->seq < asked;
}

bool case_would_go(const struct case_file *c, const struct act *act, long person, int64_t asked)
{
    struct subjects s = subjects_of(c, act, person);

    if (s.named)
        return true;
    return s.others ? corrected_between(c, act, asked, INT64_MAX) : act->seq < asked;
}

/* Nobody stays who was recorded before that act. */
static bool was_last(const struct case_file *c, const struct entry *erase)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_PERSON));)
        if (e->act->seq < erase->act->seq && !erasure_by(c, e->person, erase->act->seq))
            return false;
    return true;
}

enum case_goes case_goes(const struct case_file *c, const struct act *act)
{
    enum case_goes goes = GOES_NOTHING;
    int64_t asked;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE));) {
        long person = erased_by(c, e, &asked);
        if (!person || e->act->seq <= act->seq)
            continue;
        if (was_last(c, e))
            return GOES_ALL;
        if (goes_with(c, act, person, e, asked))
            goes = GOES_TEXT;
    }
    return goes;
}
