/* SPDX-License-Identifier: MIT */
#include "amparo/store/actbytes.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "actbytes_work.h"
#include "amparo/store/value.h"

enum { CORE_NONCE = 8, SALT_KEY = 16 };

void act_bytes_release(struct act_bytes *a)
{
    buf_release(&a->core);
    for (size_t i = 0; i < a->count; i++)
        buf_release(&a->parts[i].bytes);
    sodium_memzero(a, sizeof *a);
}

/* ---- fields by class ---- */

enum field_class act_field_class(const struct field *field)
{
    enum field_class class = field->class;

    for (const struct field *m = field->members; m && m->id; m++)
        if (act_field_class(m) > class)
            class = act_field_class(m);
    return class;
}

const struct field *act_field_at(const struct act_type *type, size_t n)
{
    size_t own = 0;

    for (const struct field *f = type->fields; f->id; f++, own++)
        if (own == n)
            return f;
    return act_carried(type, n - own);
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

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        const json_t *value = json_object_get(payload, f->key);
        if (!value)
            continue;
        bool here = act_field_class(f) == class;
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

void act_commit(const struct part *part, size_t number, uint8_t out[HASH])
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

void act_digest(const struct act_bytes *a, uint8_t *out, size_t size)
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
        act_commit(&out->parts[i], number, out->parts[i].commitment);
        out->parts[i].present = true;
    }
    put_core(&out->core, core, content, classes, out->count);
    act_digest(out, out->id, ACT_ID_SIZE);
    sodium_memzero(salt_key, sizeof salt_key);
}

void act_bytes_make(struct act_bytes *out, const struct core *core,
                    const struct act_content *content, const struct vault *vault)
{
    uint8_t hash[crypto_generichash_BYTES_MAX];

    *out = (struct act_bytes)ACT_BYTES_INIT;
    memcpy(out->signer, vault_sign_pk(vault), KEY);
    encode(out, core, content);
    act_digest(out, hash, sizeof hash);
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
    act_digest(out, hash, sizeof hash);
    crypto_sign_detached(out->signature, NULL, hash, sizeof hash, secret);
}

void dispatch_bytes_make_own(struct act_bytes *out, const struct core *core,
                             const struct act_content *content, const uint8_t root[ROOT],
                             const struct vault *vault)
{
    uint8_t hash[crypto_generichash_BYTES_MAX];

    if (!core_is_dispatch(core))
        BUG("a dispatch is for somebody");
    *out = (struct act_bytes)ACT_BYTES_INIT;
    memcpy(out->root, root, ROOT);
    memcpy(out->signer, vault_sign_pk(vault), KEY);
    encode(out, core, content);
    act_digest(out, hash, sizeof hash);
    vault_sign(vault, hash, sizeof hash, out->signature);
}
