/* SPDX-License-Identifier: MIT */
/*
 * Gates of erasing a person, and of the legal hold (data protection; no article of the instrument).
 * Those of `erase` ask the open fields of acts alone, which stay: so the fold asks them again
 * whenever it reads an erasure, and one that does not pass does not count.
 */
#include <string.h>

#include "amparo/agreement/identity.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "gate_ask.h"
#include "gate_asks.h"

void ask_keep_identity(struct gate_ask *q)
{
    gate_look_for_names(q, "reference");
}

/* The request that is to be carried out, or NULL. */
static const struct entry *request_of(const struct gate_ask *q)
{
    return case_erase_request(q->c, gate_text(q, "of"));
}

void ask_erase_request(struct gate_ask *q)
{
    const struct entry *request = request_of(q);

    if (!request)
        gate_found(q, "%s", q->tr(N_("no such request was recorded")));
    else if (case_erasure(q->c, entry_number(request, "person")))
        gate_found(q, q->tr(N_("person %ld is erased already")), entry_number(request, "person"));
    else if (!case_awaits_erasing(q->c, request))
        gate_found(q, "%s", q->tr(N_("that request was refused: it must be made anew")));
}

void ask_erase_second(struct gate_ask *q)
{
    const struct entry *request = request_of(q);

    if (request && (!q->in->signer || !strcmp(request->act->signer, q->in->signer)))
        gate_found(q, q->tr(N_("%s asked for it: another officer must confirm it")),
                   request->act->by);
}

void ask_erase_enrolled(struct gate_ask *q)
{
    const struct entry *request = request_of(q);

    if (request && (!q->in->enrolled || q->in->enrolled >= request->act->seq))
        gate_found(
            q, "%s",
            q->tr(N_("your key came after the request: who was an officer before confirms")));
}

void ask_erase_head(struct gate_ask *q)
{
    const struct entry *request = request_of(q);

    if (request && request->act->role != ROLE_HEAD && q->in->role != ROLE_HEAD)
        gate_found(q, "%s", q->tr(N_("one of the two must be a head of post")));
}

void ask_erase_hold(struct gate_ask *q)
{
    if (case_held(q->c))
        gate_found(q, "%s", q->tr(N_("a legal hold stands: a head of post must end it first")));
}

/* Does it speak of keeping records of that person (P1)? */
static bool is_on_records(const struct entry *e, long person)
{
    if (entry_number(e, "person") != person)
        return false;
    return (e->act->kind == ACT_CONSENT && !strcmp(entry_text(e, "purpose"), "P1")) ||
           (e->act->kind == ACT_WITHDRAW_CONSENT && entry_has_text(e, "purposes", "P1"));
}

/* Is the last word on it, by date and then by recording, a withdrawal? To whom is no question: the
 * records are ours. */
static bool consent_is_gone(const struct case_file *c, long person)
{
    const struct entry *last = NULL;

    for (size_t i = 0; i < c->count; i++)
        if (is_on_records(&c->entries[i], person) &&
            (!last || strcmp(entry_text(&c->entries[i], "on"), entry_text(last, "on")) >= 0))
            last = &c->entries[i];
    return last && last->act->kind == ACT_WITHDRAW_CONSENT;
}

/* What must not be kept does not wait for the end of the case. */
static bool must_go(const struct case_file *c, const struct entry *request)
{
    const char *basis = entry_text(request, "basis");

    return !strcmp(basis, "order") || !strcmp(basis, "recorded_wrongly") ||
           consent_is_gone(c, entry_number(request, "person"));
}

void ask_erase_open(struct gate_ask *q)
{
    const struct entry *request = request_of(q);

    if (request && !case_closed(q->c) && !must_go(q->c, request))
        gate_found(q, "%s",
                   q->tr(N_("the case is open and needs the data: close it, or record that consent "
                            "to keep it (P1) is withdrawn")));
}

/* ---- what would be left of the person ---- */

/* Who is to be erased, and since when that is asked: from the request, or from the one that is
 * being recorded. */
static long who_goes(const struct gate_ask *q, int64_t *asked)
{
    const struct entry *request = request_of(q);

    *asked = request ? request->act->seq : INT64_MAX;
    if (q->in->kind == ACT_ERASE_REQUEST)
        return (long)json_integer_value(json_object_get(q->payload, "person"));
    return request ? entry_number(request, "person") : 0;
}

/* Names are expected to be alike among relatives: those of others tell nothing. */
static bool is_own_name(enum act_kind kind, const struct field *field)
{
    return kind == ACT_PERSON && field->searched;
}

/* The first field, of class P0 or of the others, whose text tells of the person; NULL: none. */
static const char *telling(const struct case_file *c, enum act_kind kind, const struct field *table,
                           const json_t *payload, bool open, long person)
{
    const char *found = NULL;

    for (const struct field *f = table; f && f->id && !found; f++) {
        const json_t *value = json_object_get(payload, f->key);
        size_t i;
        json_t *member;
        if (f->type == FIELD_OBJECT)
            found = telling(c, kind, f->members, value, open, person);
        if (f->type == FIELD_OBJECTS)
            json_array_foreach((json_t *)(uintptr_t)value, i, member) found =
                found ? found : telling(c, kind, f->members, member, open, person);
        if ((f->class == CLASS_P0) == open && json_is_string(value) && !is_own_name(kind, f) &&
            identity_in_text(c, person, json_string_value(value)))
            found = f->key;
    }
    return found;
}

/* The same of a whole act: of a correction, its payload within too. */
static const char *act_telling(const struct case_file *c, const struct act *act, bool open,
                               long person)
{
    const struct act_type *type = act_type(act->kind);
    const struct entry *of =
        act->kind == ACT_CORRECT ? case_entry(c, payload_text(act->payload, "of")) : NULL;
    const char *found = telling(c, act->kind, type->fields, act->payload, open, person);

    if (!found && type->transcribable)
        found = telling(c, act->kind, act_transcribed_field.members,
                        json_object_get(act->payload, act_transcribed_field.key), open, person);
    if (!found && of)
        found = telling(c, of->act->kind, act_type(of->act->kind)->fields,
                        json_object_get(act->payload, "payload"), open, person);
    return found;
}

static void name_telling(struct gate_ask *q, bool open, const char *text)
{
    int64_t asked;
    long person = who_goes(q, &asked);

    for (size_t i = 0; person && i < q->c->count; i++) {
        const struct act *act = &q->c->acts[i];
        if (!open && case_would_go(q->c, act, person, asked))
            continue;
        const char *key = act_telling(q->c, act, open, person);
        if (key)
            gate_found(q, q->tr(text), i + 1, q->tr(act_type(act->kind)->label), key);
    }
}

void ask_erase_open_text(struct gate_ask *q)
{
    name_telling(q, true, N_("act %zu (%s): `%s` tells of the person, and cannot be erased"));
}

void ask_erase_other_text(struct gate_ask *q)
{
    name_telling(q, false,
                 N_("act %zu (%s): `%s` tells of the person; correct it before the erasing"));
}

void ask_hold_head(struct gate_ask *q)
{
    if (q->in->role != ROLE_HEAD)
        gate_found(q, "%s", q->tr(N_("only a head of post sets or ends a legal hold")));
}

void ask_refuse_head(struct gate_ask *q)
{
    if (q->in->role != ROLE_HEAD)
        gate_found(q, "%s", q->tr(N_("only a head of post refuses to erase")));
}
