/* SPDX-License-Identifier: MIT */
/* Acts as bytes, checked and read: of actbytes.h. */
#include <limits.h>
#include <sodium.h>
#include <string.h>

#include "actbytes_work.h"
#include "amparo/store/value.h"

/* From 1900 to 2500: what a clock can say, however wrong, and every calendar holds. */
static const int64_t TIME_FIRST = -2208988800, TIME_END = 16725225600;

static const struct field *field_numbered(const struct act_type *type, uint64_t id)
{
    const struct field *f;

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++)
        if (f->id == id)
            return f;
    return NULL;
}

/* ---- checking ---- */

bool act_bytes_check(const struct act_bytes *a, const char **fault)
{
    uint8_t hash[crypto_generichash_BYTES_MAX], id[ACT_ID_SIZE], commitment[HASH];

    if (!cbor_check(a->core.data, a->core.size, fault, NULL))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct part *part = &a->parts[i];
        if (!part->present)
            continue;
        if (!cbor_check(part->bytes.data, part->bytes.size, fault, NULL))
            return false;
        act_commit(part, i + 1, commitment);
        if (memcmp(commitment, part->commitment, HASH) != 0) {
            *fault = "a part that is not the one that was signed";
            return false;
        }
    }
    act_digest(a, id, sizeof id);
    act_digest(a, hash, sizeof hash);
    if (memcmp(id, a->id, sizeof id) != 0)
        *fault = "an id that is not that of the bytes";
    else if (!vault_check_signature(a->signer, hash, sizeof hash, a->signature))
        *fault = "a signature that does not hold";
    else
        return true;
    return false;
}

void act_bytes_commit(struct act_bytes *a)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->parts[i].present)
            act_commit(&a->parts[i], i + 1, a->parts[i].commitment);
}

void act_bytes_identify(struct act_bytes *a)
{
    act_digest(a, a->id, ACT_ID_SIZE);
}

/* ---- reading ---- */

/* What lies at each key of the core; keys that are not there stay NULL. */
struct core_items {
    struct cbor at[CORE_KEYS];
};

static bool find_items(const struct act_bytes *a, struct core_items *items)
{
    struct cbor in;
    size_t count;
    uint64_t key;

    memset(items, 0, sizeof *items);
    cbor_begin(&in, a->core.data, a->core.size);
    if (!cbor_read_map(&in, &count))
        return false;
    for (; count; count--) {
        if (!cbor_read_uint(&in, &key) || key >= CORE_KEYS)
            return false;
        items->at[key] = in;
        cbor_skip(&in);
    }
    return items->at[CORE_KIND].at && items->at[CORE_CASE].at && items->at[CORE_AUTHOR].at &&
           items->at[CORE_SEQUENCE].at && items->at[CORE_TIME].at && items->at[CORE_FIELDS].at;
}

static bool read_time(struct cbor in, struct instant *at)
{
    size_t count;
    int64_t offset;

    *at = (struct instant){0};
    if (!cbor_read_array(&in, &count) || count != 2 || !cbor_read_int(&in, &at->seconds) ||
        !cbor_read_int(&in, &offset) || offset <= -24 * 60 || offset >= 24 * 60 ||
        at->seconds < TIME_FIRST || at->seconds >= TIME_END)
        return false;
    at->offset = (int16_t)offset;
    return true;
}

static bool read_unsigned(struct cbor in, uint64_t *value)
{
    *value = 0;
    return !in.at || cbor_read_uint(&in, value);
}

/* Codes of two characters, ascending: one audience has one form. */
static bool read_audience(struct cbor in, struct audience_codes *audience)
{
    const char *text;
    size_t size, count;
    uint64_t here;

    audience->count = 0;
    if (!in.at)
        return true;
    if (!cbor_read_array(&in, &count))
        return cbor_read_uint(&in, &here) && here == 0;
    if (count < 1 || count > AUDIENCE_MOST)
        return false;
    for (size_t i = 0; i < count; i++) {
        char *code = audience->code[i];
        if (!cbor_read_text(&in, &text, &size) || size != AUDIENCE_CODE - 1 || !text[0] || !text[1])
            return false;
        memcpy(code, text, size);
        code[size] = '\0';
        if (i && strcmp(audience->code[i - 1], code) >= 0)
            return false;
    }
    audience->count = count;
    return true;
}

static bool read_directory(struct cbor in, struct core *core)
{
    size_t count;

    return !in.at ||
           (cbor_read_array(&in, &count) && count == 2 && cbor_read_uint(&in, &core->directory) &&
            core->directory > 0 && cbor_read_exact(&in, core->directory_hash, DIRECTORY_HASH));
}

/* What only dispatches have, and what they have otherwise. */
static bool read_travelling(struct core_items *items, struct core *core)
{
    struct cbor *opener = &items->at[CORE_OPENER];

    if (!core_is_dispatch(core))
        return !opener->at && !items->at[CORE_DIRECTORY].at &&
               (!items->at[CORE_PREV].at ||
                cbor_read_exact(&items->at[CORE_PREV], core->prev, HASH));
    return !items->at[CORE_SEEN].at &&
           (!opener->at || (cbor_read_exact(opener, core->opener, OPENER) &&
                            !sodium_is_zero(core->opener, OPENER))) &&
           (!items->at[CORE_PREV].at ||
            cbor_read_exact(&items->at[CORE_PREV], core->prev, PREV_SHORT)) &&
           read_directory(items->at[CORE_DIRECTORY], core);
}

bool act_bytes_core(const struct act_bytes *a, struct core *core)
{
    struct core_items items;
    uint64_t kind;

    memset(core, 0, sizeof *core);
    if (!find_items(a, &items) || !read_unsigned(items.at[CORE_KIND], &kind) || kind > UINT_MAX)
        return false;
    core->kind = (unsigned)kind;
    return cbor_read_exact(&items.at[CORE_CASE], core->case_id, CASE_ID) &&
           cbor_read_exact(&items.at[CORE_AUTHOR], core->author, AUTHOR) &&
           read_unsigned(items.at[CORE_SEQUENCE], &core->sequence) &&
           read_unsigned(items.at[CORE_INCARNATION], &core->incarnation) &&
           read_time(items.at[CORE_TIME], &core->at) &&
           read_audience(items.at[CORE_AUDIENCE], &core->audience) &&
           read_travelling(&items, core) &&
           (!items.at[CORE_SEEN].at || cbor_read_exact(&items.at[CORE_SEEN], core->seen, SEEN));
}

/* Reads a map of the fields of a class into `payload`, where a payload within may already lie. */
static bool read_fields(struct cbor *in, const struct act_type *type, const struct act_type *inner,
                        enum field_class class, json_t *payload)
{
    size_t count;
    uint64_t id;

    if (!cbor_read_map(in, &count))
        return false;
    for (; count; count--) {
        const struct field *f;
        if (!cbor_read_uint(in, &id) || !(f = field_numbered(type, id)))
            return false;
        if (f->type != FIELD_PAYLOAD) {
            if (act_field_class(f) != class ||
                json_object_set_new(payload, f->key, value_read(in)) != 0)
                return false;
            continue;
        }
        if (!json_object_get(payload, f->key))
            json_object_set_new(payload, f->key, json_object());
        if (!inner || !read_fields(in, inner, NULL, class, json_object_get(payload, f->key)))
            return false;
    }
    return true;
}

/* The same in the order of the field table, which is how people read it. */
static json_t *in_order(json_t *payload, const struct act_type *type, const struct act_type *inner)
{
    const struct field *f;
    json_t *ordered = json_object();

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        json_t *value = json_object_get(payload, f->key);
        if (value && f->type == FIELD_PAYLOAD)
            json_object_set_new(ordered, f->key, in_order(json_incref(value), inner, NULL));
        else if (value)
            json_object_set(ordered, f->key, value);
    }
    json_decref(payload);
    return ordered;
}

/* The class of each part, which the core names; ascending. */
static bool read_classes(struct cbor in, size_t parts, uint64_t classes[PARTS])
{
    size_t count;

    if (!in.at)
        return parts == 0;
    if (!cbor_read_array(&in, &count) || count != parts)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!cbor_read_uint(&in, &classes[i]) || classes[i] > CLASS_KEPT ||
            classes[i] <= (i ? classes[i - 1] : (uint64_t)CLASS_P0))
            return false;
    return true;
}

bool act_bytes_classes(const struct act_bytes *a, uint64_t classes[PARTS])
{
    struct core_items items;

    return find_items(a, &items) && read_classes(items.at[CORE_CLASSES], a->count, classes);
}

/* What the store attached: as in the core, and what it kept beside it. */
static bool add_context(struct cbor *in, json_t **context)
{
    json_t *read = value_read(in);

    if (!json_is_object(read)) {
        json_decref(read);
        return false;
    }
    if (!*context)
        *context = json_object();
    json_object_update(*context, read);
    json_decref(read);
    return true;
}

bool act_bytes_read(const struct act_bytes *a, json_t **payload, json_t **context)
{
    struct core_items items;
    uint64_t classes[PARTS];
    uint64_t kind, corrected;

    if (!find_items(a, &items) || !read_unsigned(items.at[CORE_KIND], &kind) ||
        !read_unsigned(items.at[CORE_CORRECTED], &corrected) || kind > UINT_MAX ||
        corrected > UINT_MAX)
        return false;
    const struct act_type *type = any_act_type((unsigned)kind);
    const struct act_type *inner = corrected ? any_act_type((unsigned)corrected) : NULL;
    if (!type || (corrected && !inner) || !read_classes(items.at[CORE_CLASSES], a->count, classes))
        return false;
    json_t *fields = json_object(), *attached = NULL;
    bool ok = read_fields(&items.at[CORE_FIELDS], type, inner, CLASS_P0, fields) &&
              (!items.at[CORE_CONTEXT].at || add_context(&items.at[CORE_CONTEXT], &attached));
    for (size_t i = 0; ok && i < a->count; i++) {
        struct cbor in;
        if (!a->parts[i].present)
            continue;
        cbor_begin(&in, a->parts[i].bytes.data, a->parts[i].bytes.size);
        ok = classes[i] == CLASS_KEPT
                 ? add_context(&in, &attached)
                 : read_fields(&in, type, inner, (enum field_class)classes[i], fields);
    }
    if (!ok) {
        json_decref(fields);
        json_decref(attached);
        return false;
    }
    *context = attached;
    *payload = in_order(fields, type, inner);
    return true;
}
