/* SPDX-License-Identifier: MIT */
#include "amparo/store/papernote.h"

#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/actbytes.h"
#include "amparo/store/papercode.h"

/* ---- what stands on it ---- */

static void set_text(json_t *paper, const char *key, const char *text)
{
    if (*text)
        json_object_set_new(paper, key, json_string(text));
}

static void set_office(json_t *paper, const char *key, const json_t *office)
{
    static const char *const keys[] = {"state", "office", "city"};
    json_t *out = json_object();

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        set_text(out, keys[i], payload_text(office, keys[i]));
    if (json_object_size(out))
        json_object_set(paper, key, out);
    json_decref(out);
}

void paper_set_note(json_t *paper, const json_t *payload, const char *number)
{
    const json_t *persons = json_object_get(payload, "persons");

    set_text(paper, "number", number);
    set_text(paper, "note", payload_text(payload, "kind"));
    set_text(paper, "date", payload_text(payload, "date"));
    set_text(paper, "handed_over", payload_text(payload, "at"));
    set_text(paper, "language", payload_text(payload, "language"));
    set_office(paper, "to", json_object_get(payload, "to"));
    set_office(paper, "from", json_object_get(payload, "from"));
    if (json_array_size(persons))
        json_object_set_new(paper, "persons", json_integer((json_int_t)json_array_size(persons)));
}

/* ---- what became of it ---- */

json_t *paper_differences(const json_t *before, const json_t *after, bool whole)
{
    json_t *keys = json_array();

    for (const struct field *f = note_fields; f->id; f++) {
        const json_t *was = json_object_get(before, f->key), *is = json_object_get(after, f->key);
        bool both = whole || act_field_class(f) == CLASS_P0 || (was && is);
        if (both && was != is && !(was && is && json_equal(was, is)))
            json_array_append_new(keys, json_string(f->key));
    }
    return keys;
}

void paper_add_change(json_t *paper, const char *change, const char *at, const char *by,
                      json_t *fields)
{
    json_t *list = json_object_get(paper, "changes");
    json_t *one = json_pack("{s:s, s:s}", "change", change, "at", at);

    if (by && *by)
        json_object_set_new(one, "by", json_string(by));
    if (fields)
        json_object_set_new(one, "fields", fields);
    if (!list) {
        list = json_array();
        json_object_set_new(paper, "changes", list);
    }
    json_array_append_new(list, one);
}

const char *paper_seal_of(const struct dispatch *d)
{
    const char *seal = payload_text(d->context, paper_seal_key);

    return d->kind == ACT_NOTE && *seal ? seal : NULL;
}

/* How that dispatch changes the note of that id; NULL: it does not. */
static const char *change_of(const struct dispatch *d, const char *note)
{
    if (d->kind == ACT_ANNUL && payload_is(d->payload, "note", note))
        return "annulled";
    if (d->kind == ACT_WITHDRAW && payload_is(d->payload, "note", note))
        return "withdrawn";
    if (d->kind == ACT_CORRECT && payload_is(d->payload, "of", note))
        return "corrected";
    return NULL;
}

static void add_changes(json_t *paper, const struct conversation *c, const struct dispatch *note,
                        const struct trusted *trust)
{
    char id[2 * ACT_ID_SIZE + 1], at[INSTANT_SIZE];

    act_id_hex(note->id, id);
    for (size_t i = 0; i < c->count; i++) {
        const struct dispatch *d = c->items[i].dispatch;
        const char *change = conversation_counts(c, (int)i) ? change_of(d, id) : NULL;
        struct buf by = BUF_INIT;
        if (!change)
            continue;
        trust_name_post(trust, d->author, &by);
        json_t *fields =
            d->kind == ACT_CORRECT
                ? paper_differences(note->payload, json_object_get(d->payload, "payload"), false)
                : NULL;
        paper_add_change(paper, change, instant_format(d->at, at), buf_text(&by), fields);
        buf_release(&by);
    }
}

void paper_set_said(json_t *paper, const struct conversation *c, int item,
                    const struct trusted *trust)
{
    const struct dispatch *d = c->items[item].dispatch;
    const struct verdict *v = &c->items[item].verdict;
    struct buf sender = BUF_INIT;

    trust_name_post(trust, d->author, &sender);
    set_text(paper, "sender", buf_text(&sender));
    set_text(paper, "trust", trust_name(d->trust));
    paper_set_note(paper, d->payload, payload_text(d->context, note_number_key));
    if (v->standing != STANDING_COUNTS) {
        set_text(paper, "standing", standing_name(v->standing));
        set_text(paper, "reason", v->reason ? v->reason : "");
    }
    add_changes(paper, c, d, trust);
    buf_release(&sender);
}
