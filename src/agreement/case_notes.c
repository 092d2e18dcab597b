/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/notes.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

const char note_number_key[] = "number";
const char note_entry_key[] = "entry";

/* ---- numbers ---- */

bool note_came_in(const struct entry *note)
{
    return strcmp(entry_text(note, "direction"), "in") == 0;
}

const char *note_own_number(const struct entry *note)
{
    const json_t *context = note->act->context;
    const char *number = json_string_value(json_object_get(context, note_number_key));
    const char *entry = json_string_value(json_object_get(context, note_entry_key));

    return number ? number : entry ? entry : "";
}

const char *note_number_text(const struct entry *note)
{
    const char *own = note_own_number(note);

    return *own ? own : entry_text(note, "number");
}

const char *note_quoted_number(const struct entry *note)
{
    return note_came_in(note) ? entry_text(note, "number") : note_own_number(note);
}

void note_call(const struct entry *note, struct buf *out)
{
    const char *own = note_own_number(note), *theirs = entry_text(note, "number");

    if (*own && *theirs)
        buf_addf(out, "%s (%s)", own, theirs);
    else
        buf_adds(out, *own ? own : theirs);
}

bool note_place_read(const json_t *context, struct note_place *place)
{
    const char *number = json_string_value(json_object_get(context, note_number_key));
    const char *entry = json_string_value(json_object_get(context, note_entry_key));
    char *slash, *end;

    if (!number && (!entry || strncmp(entry, "E-", 2) != 0))
        return false;
    *place = (struct note_place){.incoming = !number};
    place->number = strtoll(number ? number : entry + 2, &slash, 10);
    if (*slash != '/')
        return false;
    place->year = strtoll(slash + 1, &end, 10);
    return end > slash + 1 && !*end;
}

char *note_place_text(const struct note_place *place)
{
    return xasprintf(place->incoming ? "E-%03lld/%lld" : "%lld/%lld", (long long)place->number,
                     (long long)place->year);
}

/* ---- the line of the register ---- */

static bool is_about_locked(const struct case_file *c, const struct entry *note)
{
    const json_t *persons = json_object_get(note->payload, "persons");

    for (size_t i = 0; i < json_array_size(persons); i++)
        if (case_locked(c, (long)json_integer_value(json_array_get(persons, i))))
            return true;
    return false;
}

static void put(json_t *slip, const char *key, const char *text)
{
    if (*text)
        json_object_set_new(slip, key, json_string(text));
}

static void put_call(json_t *slip, const char *key, const struct entry *note)
{
    struct buf call = BUF_INIT;

    if (note && note->act->kind == ACT_NOTE)
        note_call(note, &call);
    put(slip, key, buf_text(&call));
    buf_release(&call);
}

const char *note_told(const struct case_file *c, const struct entry *note, const char *key)
{
    const char *told = entry_text(note, key);

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DELIVERY));)
        if (case_entry(c, entry_text(e, "note")) == note && *entry_text(e, key))
            told = entry_text(e, key);
    return told;
}

static void put_delivery(json_t *slip, const struct case_file *c, const struct entry *note)
{
    static const char *const keys[] = {"sent_how", "sent_on", "delivered_on", "acknowledged_on",
                                       "reply_due"};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        put(slip, keys[i], note_told(c, note, keys[i]));
}

/* The first note that answers it and stands. */
static const struct entry *answer_to(const struct case_file *c, const char *id)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (!e->annulled && strcmp(entry_text(e, "in_reply_to"), id) == 0)
            return e;
    return NULL;
}

static void put_annulment(json_t *slip, const struct case_file *c, const char *id, bool locked)
{
    json_object_set_new(slip, "annulled", json_true());
    for (const struct entry *e = NULL; !locked && (e = case_next(c, e, ACT_ANNUL));)
        if (strcmp(entry_text(e, "note"), id) == 0)
            put(slip, "reason", entry_text(e, "reason"));
}

json_t *note_slip(const struct case_file *c, const struct entry *note)
{
    const json_t *office = json_object_get(note->payload, note_came_in(note) ? "from" : "to");
    bool locked = is_about_locked(c, note);
    json_t *slip = json_object();
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(note->act->id, id);
    put(slip, "direction", entry_text(note, "direction"));
    put(slip, "kind", entry_text(note, "kind"));
    put(slip, "date", entry_text(note, "date"));
    put(slip, "state", payload_text(office, "state"));
    put(slip, "office", payload_text(office, "office"));
    put(slip, "city", payload_text(office, "city"));
    if (note_came_in(note))
        put(slip, "number", entry_text(note, "number"));
    if (!locked)
        put(slip, "subject", entry_text(note, "subject"));
    put_delivery(slip, c, note);
    put_call(slip, "in_reply_to", case_entry(c, entry_text(note, "in_reply_to")));
    put_call(slip, "answered_by", answer_to(c, id));
    put_call(slip, "same_as", case_entry(c, entry_text(note, "same_as")));
    if (note->annulled)
        put_annulment(slip, c, id, locked);
    return slip;
}
