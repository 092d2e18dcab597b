/* SPDX-License-Identifier: MIT */
#include "amparo/store/actbytes.h"

#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/value.h"

/* Keys of the core, ascending: their order in the map. */
enum {
    CORE_KIND = 1,
    CORE_CASE = 2,
    CORE_AUTHOR = 3,
    CORE_AUDIENCE = 4, /* 0: this post; of a dispatch an array of codes */
    CORE_SEQUENCE = 5,
    CORE_TIME = 6,         /* [seconds, minutes east] */
    CORE_PREV = 7,         /* absent in the first of a chain */
    CORE_DIRECTORY = 8,    /* [version, 16 bytes of its hash]; absent until there is one */
    CORE_RANDOM = 9,       /* 8 bytes */
    CORE_INCARNATION = 10, /* absent in the first */
    CORE_CORRECTED = 11,   /* kind of the act corrected, where a field is a payload */
    CORE_CLASSES = 12,     /* of the parts, in order; absent where there are none */
    CORE_FIELDS = 13,
    CORE_CONTEXT = 14, /* absent where none */
    CORE_SEEN = 15,    /* absent in the first act of the file, and in dispatches */
    CORE_OPENER = 16,  /* of a dispatch whose author is not the opener of the case */
    CORE_KEYS = 17,
};

enum { CORE_NONCE = 8, SALT_KEY = 16 };

/* From 1900 to 2500: what a clock can say, however wrong, and every calendar holds. */
static const int64_t TIME_FIRST = -2208988800, TIME_END = 16725225600;

void act_bytes_release(struct act_bytes *a)
{
    buf_release(&a->core);
    for (size_t i = 0; i < a->count; i++)
        buf_release(&a->parts[i].bytes);
    sodium_memzero(a, sizeof *a);
}

/* ---- fields by class ---- */

/* An object's own class is the strictest of its members'. */
static enum field_class class_of(const struct field *field)
{
    enum field_class class = field->class;

    for (const struct field *m = field->members; m && m->id; m++)
        if (class_of(m) > class)
            class = class_of(m);
    return class;
}

/* The n-th field of an act: its own, then those that it may carry; NULL after the last. */
static const struct field *field_at(const struct act_type *type, size_t n)
{
    size_t own = 0;

    for (const struct field *f = type->fields; f->id; f++, own++)
        if (own == n)
            return f;
    return act_carried(type, n - own);
}

static const struct field *field_numbered(const struct act_type *type, uint64_t id)
{
    const struct field *f;

    for (size_t n = 0; (f = field_at(type, n)) != NULL; n++)
        if (f->id == id)
            return f;
    return NULL;
}

static int by_id(const void *a, const void *b)
{
    const struct field *const *x = a, *const *y = b;

    return (*x)->id - (*y)->id;
}

/* Fields of that class that the payload has, sorted by number; returns how many. A payload within
 * the payload is there for each class that has a field in it. */
static size_t fields_of(const struct act_type *type, const struct act_type *inner,
                        const json_t *payload, enum field_class class, const struct field ***out)
{
    const struct field *f, **list = xcalloc(json_object_size(payload), sizeof *list), **within;
    size_t count = 0;

    for (size_t n = 0; (f = field_at(type, n)) != NULL; n++) {
        const json_t *value = json_object_get(payload, f->key);
        if (!value)
            continue;
        bool here = class_of(f) == class;
        if (f->type == FIELD_PAYLOAD) {
            here = fields_of(inner, NULL, value, class, &within) > 0;
            free(within);
        }
        if (here)
            list[count++] = f;
    }
    qsort(list, count, sizeof *list, by_id);
    *out = list;
    return count;
}

/* Appends the map of the fields of a class; returns how many there were. */
static size_t put_fields(struct buf *out, const struct act_type *type, const struct act_type *inner,
                         const json_t *payload, enum field_class class)
{
    const struct field **list;
    size_t count = fields_of(type, inner, payload, class, &list);

    cbor_put_map(out, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(payload, list[i]->key);
        cbor_put_uint(out, list[i]->id);
        if (list[i]->type == FIELD_PAYLOAD)
            put_fields(out, inner, NULL, value, class);
        else
            value_put(out, value);
    }
    free(list);
    return count;
}

/* ---- making ---- */

static void commit(const struct part *part, size_t number, uint8_t out[HASH])
{
    static const char label[] = "amparo part v1";
    crypto_generichash_state state;
    uint8_t i = (uint8_t)number;

    crypto_generichash_init(&state, part->salt, SALT, HASH);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label - 1);
    crypto_generichash_update(&state, &i, 1);
    crypto_generichash_update(&state, (const uint8_t *)part->bytes.data, part->bytes.size);
    crypto_generichash_final(&state, out, HASH);
}

static void digest(const struct act_bytes *a, uint8_t *out, size_t size)
{
    static const char label[] = "amparo act v1"; /* with its zero byte */
    crypto_generichash_state state;
    uint8_t length[4] = {(uint8_t)(a->core.size >> 24), (uint8_t)(a->core.size >> 16),
                         (uint8_t)(a->core.size >> 8), (uint8_t)a->core.size};
    uint8_t count = (uint8_t)a->count;

    crypto_generichash_init(&state, NULL, 0, size);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, a->root, ROOT);
    crypto_generichash_update(&state, a->signer, KEY);
    crypto_generichash_update(&state, length, sizeof length);
    crypto_generichash_update(&state, (const uint8_t *)a->core.data, a->core.size);
    crypto_generichash_update(&state, &count, 1);
    for (size_t i = 0; i < a->count; i++)
        crypto_generichash_update(&state, a->parts[i].commitment, HASH);
    crypto_generichash_final(&state, out, size);
}

static void put_key(struct buf *core, size_t *count, unsigned key)
{
    cbor_put_uint(core, key);
    ++*count;
}

bool core_is_dispatch(const struct core *core)
{
    return core->audience.count > 0;
}

static void put_audience(struct buf *out, const struct audience_codes *audience)
{
    if (!audience->count) {
        cbor_put_uint(out, 0);
        return;
    }
    cbor_put_array(out, audience->count);
    for (size_t i = 0; i < audience->count; i++)
        cbor_put_text(out, audience->code[i], strlen(audience->code[i]));
}

static void put_core(struct buf *out, const struct core *core, const struct act_content *content,
                     const unsigned *classes, size_t class_count)
{
    struct buf body = BUF_INIT;
    uint8_t nonce[CORE_NONCE];
    size_t count = 0;

    randombytes_buf(nonce, sizeof nonce);
    put_key(&body, &count, CORE_KIND);
    cbor_put_uint(&body, core->kind);
    put_key(&body, &count, CORE_CASE);
    cbor_put_bytes(&body, core->case_id, CASE_ID);
    put_key(&body, &count, CORE_AUTHOR);
    cbor_put_bytes(&body, core->author, AUTHOR);
    put_key(&body, &count, CORE_AUDIENCE);
    put_audience(&body, &core->audience);
    put_key(&body, &count, CORE_SEQUENCE);
    cbor_put_uint(&body, core->sequence);
    put_key(&body, &count, CORE_TIME);
    cbor_put_array(&body, 2);
    cbor_put_int(&body, core->at.seconds);
    cbor_put_int(&body, core->at.offset);
    if (!sodium_is_zero(core->prev, HASH)) {
        put_key(&body, &count, CORE_PREV);
        cbor_put_bytes(&body, core->prev, core_is_dispatch(core) ? PREV_SHORT : HASH);
    }
    if (core->directory) {
        put_key(&body, &count, CORE_DIRECTORY);
        cbor_put_array(&body, 2);
        cbor_put_uint(&body, core->directory);
        cbor_put_bytes(&body, core->directory_hash, DIRECTORY_HASH);
    }
    put_key(&body, &count, CORE_RANDOM);
    cbor_put_bytes(&body, nonce, sizeof nonce);
    if (core->incarnation) {
        put_key(&body, &count, CORE_INCARNATION);
        cbor_put_uint(&body, core->incarnation);
    }
    if (content->inner) {
        put_key(&body, &count, CORE_CORRECTED);
        cbor_put_uint(&body, content->inner->kind);
    }
    if (class_count) {
        put_key(&body, &count, CORE_CLASSES);
        cbor_put_array(&body, class_count);
        for (size_t i = 0; i < class_count; i++)
            cbor_put_uint(&body, classes[i]);
    }
    put_key(&body, &count, CORE_FIELDS);
    put_fields(&body, content->type, content->inner, content->payload, CLASS_P0);
    if (content->context) {
        put_key(&body, &count, CORE_CONTEXT);
        value_put(&body, content->context);
    }
    if (!sodium_is_zero(core->seen, SEEN)) {
        put_key(&body, &count, CORE_SEEN);
        cbor_put_bytes(&body, core->seen, SEEN);
    }
    if (!sodium_is_zero(core->opener, OPENER)) {
        put_key(&body, &count, CORE_OPENER);
        cbor_put_bytes(&body, core->opener, OPENER);
    }
    cbor_put_map(out, count);
    buf_add(out, body.data, body.size);
    buf_release(&body);
}

/* The bytes of one part; false where there is nothing in it. */
static bool put_part(struct buf *out, const struct act_content *content, unsigned class)
{
    if (class != CLASS_KEPT)
        return put_fields(out, content->type, content->inner, content->payload,
                          (enum field_class) class) > 0;
    if (content->kept)
        value_put(out, content->kept);
    return content->kept != NULL;
}

/*
 * The key of the salts: random, and of this act alone even where the random bytes come again (a
 * virtual machine set back): a part that was disclosed must not tell the salts of another act's.
 */
static void make_salt_key(const struct act_bytes *a, const struct core *core, uint8_t key[SALT_KEY])
{
    crypto_generichash_state state;
    uint8_t random[SALT_KEY];

    randombytes_buf(random, sizeof random);
    crypto_generichash_init(&state, random, sizeof random, SALT_KEY);
    crypto_generichash_update(&state, core->seen, SEEN);
    crypto_generichash_update(&state, core->case_id, CASE_ID);
    crypto_generichash_update(&state, (const uint8_t *)&core->sequence, sizeof core->sequence);
    for (size_t i = 0; i < a->count; i++)
        crypto_generichash_update(&state, (const uint8_t *)a->parts[i].bytes.data,
                                  a->parts[i].bytes.size);
    crypto_generichash_final(&state, key, SALT_KEY);
    sodium_memzero(&state, sizeof state);
    sodium_memzero(random, sizeof random);
}

/* All but the signer's key, root and signature. */
static void encode(struct act_bytes *out, const struct core *core,
                   const struct act_content *content)
{
    uint8_t salt_key[SALT_KEY];
    unsigned classes[PARTS];

    for (unsigned class = CLASS_P1; class <= CLASS_KEPT; class ++) {
        struct part *part = &out->parts[out->count];
        buf_init(&part->bytes);
        if (!put_part(&part->bytes, content, class)) {
            buf_release(&part->bytes);
            continue;
        }
        if (core_is_dispatch(core) && class >= CLASS_P3)
            BUG("what never leaves the post is in a dispatch");
        classes[out->count++] = class;
    }
    make_salt_key(out, core, salt_key);
    for (size_t i = 0; i < out->count; i++) {
        uint8_t number = (uint8_t)(i + 1);
        crypto_generichash(out->parts[i].salt, SALT, &number, 1, salt_key, sizeof salt_key);
        commit(&out->parts[i], number, out->parts[i].commitment);
        out->parts[i].present = true;
    }
    put_core(&out->core, core, content, classes, out->count);
    digest(out, out->id, ACT_ID_SIZE);
    sodium_memzero(salt_key, sizeof salt_key);
}

void act_bytes_make(struct act_bytes *out, const struct core *core,
                    const struct act_content *content, const struct vault *vault)
{
    uint8_t hash[crypto_generichash_BYTES_MAX];

    *out = (struct act_bytes)ACT_BYTES_INIT;
    memcpy(out->signer, vault_sign_pk(vault), KEY);
    encode(out, core, content);
    digest(out, hash, sizeof hash);
    vault_sign(vault, hash, sizeof hash, out->signature);
}

void dispatch_bytes_make(struct act_bytes *out, const struct core *core,
                         const struct act_content *content, const uint8_t root[ROOT],
                         const uint8_t *secret)
{
    uint8_t hash[crypto_generichash_BYTES_MAX];

    if (!core_is_dispatch(core))
        BUG("a dispatch is for somebody");
    *out = (struct act_bytes)ACT_BYTES_INIT;
    memcpy(out->root, root, ROOT);
    crypto_sign_ed25519_sk_to_pk(out->signer, secret);
    encode(out, core, content);
    digest(out, hash, sizeof hash);
    crypto_sign_detached(out->signature, NULL, hash, sizeof hash, secret);
}

/* ---- checking and reading ---- */

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
        commit(part, i + 1, commitment);
        if (memcmp(commitment, part->commitment, HASH) != 0) {
            *fault = "a part that is not the one that was signed";
            return false;
        }
    }
    digest(a, id, sizeof id);
    digest(a, hash, sizeof hash);
    if (memcmp(id, a->id, sizeof id) != 0)
        *fault = "an id that is not that of the bytes";
    else if (!vault_check_signature(a->signer, hash, sizeof hash, a->signature))
        *fault = "a signature that does not hold";
    else
        return true;
    return false;
}

void act_bytes_identify(struct act_bytes *a)
{
    digest(a, a->id, ACT_ID_SIZE);
}

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

static bool fixed_bytes(struct cbor in, uint8_t *out, size_t size)
{
    const uint8_t *bytes;
    size_t there;

    if (!cbor_read_bytes(&in, &bytes, &there) || there != size)
        return false;
    memcpy(out, bytes, size);
    return true;
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
            core->directory > 0 && fixed_bytes(in, core->directory_hash, DIRECTORY_HASH));
}

/* What only dispatches have, and what they have otherwise. */
static bool read_travelling(const struct core_items *items, struct core *core)
{
    const struct cbor *opener = &items->at[CORE_OPENER];

    if (!core_is_dispatch(core))
        return !opener->at && !items->at[CORE_DIRECTORY].at &&
               (!items->at[CORE_PREV].at || fixed_bytes(items->at[CORE_PREV], core->prev, HASH));
    return !items->at[CORE_SEEN].at &&
           (!opener->at || (fixed_bytes(*opener, core->opener, OPENER) &&
                            !sodium_is_zero(core->opener, OPENER))) &&
           (!items->at[CORE_PREV].at ||
            fixed_bytes(items->at[CORE_PREV], core->prev, PREV_SHORT)) &&
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
    return fixed_bytes(items.at[CORE_CASE], core->case_id, CASE_ID) &&
           fixed_bytes(items.at[CORE_AUTHOR], core->author, AUTHOR) &&
           read_unsigned(items.at[CORE_SEQUENCE], &core->sequence) &&
           read_unsigned(items.at[CORE_INCARNATION], &core->incarnation) &&
           read_time(items.at[CORE_TIME], &core->at) &&
           read_audience(items.at[CORE_AUDIENCE], &core->audience) &&
           read_travelling(&items, core) &&
           (!items.at[CORE_SEEN].at || fixed_bytes(items.at[CORE_SEEN], core->seen, SEEN));
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
            if (class_of(f) != class || json_object_set_new(payload, f->key, value_read(in)) != 0)
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

    for (size_t n = 0; (f = field_at(type, n)) != NULL; n++) {
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
