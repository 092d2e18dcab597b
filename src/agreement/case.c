/* SPDX-License-Identifier: MIT */
/* The fold itself: acts in their order, corrections in the place of what they correct. */
#include "amparo/agreement/case.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

const char *const case_passed_keys[CASE_PASSED_COUNT] = {
    [CASE_PASSED_WARNED] = "warned", [CASE_PASSED_OVERRIDDEN] = "overridden"};

void case_init(struct case_file *c, const char *reference, const char *post_state)
{
    *c = (struct case_file){.reference = xstrdup(reference), .post_state = xstrdup(post_state)};
}

void case_release(struct case_file *c)
{
    for (size_t i = 0; i < c->count; i++)
        act_release(&c->acts[i]);
    free(c->acts);
    free(c->entries);
    free(c->reference);
    free(c->post_state);
    *c = (struct case_file){0};
}

void case_set_today(struct case_file *c, const char *now)
{
    size_t size = strnlen(now, sizeof c->today - 1);

    memcpy(c->today, now, size);
    c->today[size] = '\0';
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct entry *find(const struct case_file *c, const char *id_hex)
{
    unsigned char id[ACT_ID_SIZE];

    if (!id_hex || strlen(id_hex) != 2 * ACT_ID_SIZE)
        return NULL;
    for (size_t i = 0; i < ACT_ID_SIZE; i++) {
        int high = digit(id_hex[2 * i]), low = digit(id_hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return NULL;
        id[i] = (unsigned char)(high << 4 | low);
    }
    for (size_t i = 0; i < c->count; i++)
        if (!memcmp(c->acts[i].id, id, sizeof id))
            return &c->entries[i];
    return NULL;
}

static void set_payload(struct entry *e, const struct act *act, const json_t *payload)
{
    *e =
        (struct entry){.act = act, .payload = payload, .person = payload_number(payload, "person")};
}

/* Each act with its own payload, or with that of its last correction; then what is annulled. */
static void fold(struct case_file *c)
{
    for (size_t i = 0; i < c->count; i++)
        set_payload(&c->entries[i], &c->acts[i], c->acts[i].payload);
    for (size_t i = 0; i < c->count; i++) {
        const struct act *act = &c->acts[i];
        struct entry *corrected;

        if (act->kind != ACT_CORRECT || !(corrected = find(c, payload_text(act->payload, "of"))) ||
            corrected->act->kind == ACT_CORRECT)
            continue;
        const json_t *anew = json_object_get(act->payload, "payload");
        if (anew)
            set_payload(corrected, corrected->act, anew);
        corrected->correction = act;
    }
    for (size_t i = 0; i < c->count; i++) {
        struct entry *annulled;

        if (c->acts[i].kind == ACT_ANNUL &&
            (annulled = find(c, entry_text(&c->entries[i], "note"))))
            annulled->annulled = true;
    }
}

void case_add(struct case_file *c, struct act *act)
{
    c->acts = xreallocarray(c->acts, c->count + 1, sizeof *c->acts);
    c->entries = xreallocarray(c->entries, c->count + 1, sizeof *c->entries);
    if (!act->seq)
        act->seq = c->count ? c->acts[c->count - 1].seq + 1 : 1;
    c->acts[c->count++] = *act;
    *act = (struct act){0};
    fold(c);
}

const struct entry *case_next(const struct case_file *c, const struct entry *from,
                              enum act_kind kind)
{
    for (size_t i = from ? (size_t)(from - c->entries) + 1 : 0; i < c->count; i++)
        if (c->acts[i].kind == kind)
            return &c->entries[i];
    return NULL;
}

const struct entry *case_last(const struct case_file *c, enum act_kind kind)
{
    for (size_t i = c->count; i-- > 0;)
        if (c->acts[i].kind == kind)
            return &c->entries[i];
    return NULL;
}

const struct entry *case_entry(const struct case_file *c, const char *id_hex)
{
    return find(c, id_hex);
}

const char *entry_text(const struct entry *e, const char *key)
{
    return payload_text(e->payload, key);
}

bool entry_bool(const struct entry *e, const char *key)
{
    return payload_bool(e->payload, key);
}

long entry_number(const struct entry *e, const char *key)
{
    return payload_number(e->payload, key);
}

bool entry_has_person(const struct entry *e, const char *key, long person)
{
    return payload_has_person(e->payload, key, person);
}

bool entry_has_text(const struct entry *e, const char *key, const char *text)
{
    return payload_has_text(e->payload, key, text);
}

const char *const case_dispatch_key = "dispatch";
const char *const case_addressed_key = "addressed";
const char *const case_said_key = "said";

const char *entry_dispatch(const struct entry *e)
{
    const struct act *act = e->correction ? e->correction : e->act;

    return json_string_value(json_object_get(act->context, case_dispatch_key));
}

bool entry_transcribed(const struct entry *e)
{
    return json_object_get(e->payload, "transcribed") || entry_dispatch(e);
}

bool entry_erased(const struct entry *e)
{
    return (e->correction ? e->correction : e->act)->erased;
}

/* ---- the header ---- */

static const char *header(const struct case_file *c, const char *key)
{
    const struct entry *open = case_next(c, NULL, ACT_OPEN);

    return open ? entry_text(open, key) : "";
}

const char *case_role(const struct case_file *c)
{
    return header(c, "role");
}

const char *case_requesting_state(const struct case_file *c)
{
    return strcmp(case_role(c), "requesting") ? header(c, "requesting_state") : c->post_state;
}

const char *case_receiving_state(const struct case_file *c)
{
    return header(c, "receiving_state");
}

const char *case_priority(const struct case_file *c)
{
    return header(c, "priority");
}

/* ---- persons ---- */

size_t case_persons(const struct case_file *c, long *numbers, size_t room)
{
    size_t count = 0;

    /* The next greater number each time: a case has a handful. */
    for (long last = 0;;) {
        long next = 0;
        for (const struct entry *e = NULL; (e = case_next(c, e, ACT_PERSON));) {
            long number = e->person;
            if (number > last && (!next || number < next))
                next = number;
        }
        if (!next)
            return count;
        if (count < room)
            numbers[count] = next;
        count++;
        last = next;
    }
}

const struct entry *case_person(const struct case_file *c, long number)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_PERSON));)
        if (e->person == number)
            found = e;
    return found;
}

static bool tells_fear(const json_t *payload, long person)
{
    return payload_number(payload, "person") == person && payload_bool(payload, "fears_own_state");
}

/* What this act, as it was recorded, says of the lock. */
static void turn_lock(const struct case_file *c, const struct act *act, long person, bool *locked)
{
    if (act->kind == ACT_PERSON && tells_fear(act->payload, person))
        *locked = true;
    if (act->kind == ACT_LIFT_LOCK && payload_number(act->payload, "person") == person)
        *locked = false;
    if (act->kind == ACT_CORRECT) {
        const struct entry *of = case_entry(c, payload_text(act->payload, "of"));
        const json_t *anew = json_object_get(act->payload, "payload");
        if (of && of->act->kind == ACT_PERSON && tells_fear(anew, person))
            *locked = true;
    }
}

/* seq 0: now; else before that act. */
static bool locked_before(const struct case_file *c, long person, int64_t seq)
{
    bool locked = false;

    if (case_erased(c, person))
        return true; /* whether it stood is gone: nothing more leaves */
    for (size_t i = 0; i < c->count && (!seq || c->acts[i].seq < seq); i++)
        turn_lock(c, &c->acts[i], person, &locked);
    return locked;
}

bool case_locked(const struct case_file *c, long person)
{
    return locked_before(c, person, 0);
}

static bool recorded_before(const struct case_file *c, long person, int64_t seq)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_PERSON));)
        if (e->person == person && (!seq || e->act->seq < seq))
            return true;
    return false;
}

/* The array of `persons`, in its order. */
static size_t named(const json_t *list, long *persons, size_t room)
{
    size_t i, count = 0;
    json_t *number;

    json_array_foreach(list, i, number) if (count < room) persons[count++] =
        (long)json_integer_value(number);
    return count;
}

size_t case_subjects(const struct case_file *c, const json_t *payload, int64_t seq, long *persons,
                     size_t room)
{
    const json_t *list = json_object_get(payload, "persons");
    long one = payload_number(payload, "person"), all[CASE_PERSONS_MOST];
    size_t count = 0;

    if (one && room)
        persons[count++] = one;
    else if (json_is_array(list))
        count = named(list, persons, room);
    if (count)
        return count;

    size_t known = case_persons(c, all, CASE_PERSONS_MOST);
    for (size_t i = 0; i < known && i < CASE_PERSONS_MOST && count < room; i++)
        if (recorded_before(c, all[i], seq) && !locked_before(c, all[i], seq))
            persons[count++] = all[i];
    return count;
}
