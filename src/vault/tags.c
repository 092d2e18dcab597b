/* SPDX-License-Identifier: MIT */
#include "amparo/vault/tags.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/vault/raw.h"

enum { LEAF = FORMAT_PAGE, LOAD_TRIES = 8 };

/* The first byte of what is hashed. */
enum kind { KIND_LEAF = 0, KIND_ROOT = 1, KIND_SPARE_ROOT = 2 };

void tags_release(struct tags *t)
{
    free(t->tag);
    free(t->leaves);
    memset(t, 0, sizeof(*t));
}

static uint8_t *bytes_of(const struct tags *t, size_t leaf)
{
    return t->tag + leaf * LEAF;
}

static int bit_of(const uint8_t *bits, size_t leaf)
{
    return bits[leaf / 8] >> (leaf % 8) & 1;
}

static void turn_bit(uint8_t *bits, size_t leaf)
{
    bits[leaf / 8] ^= (uint8_t)(1 << (leaf % 8));
}

/* Room for that many leaves; new ones are zero. */
static void make_room(struct tags *t, size_t leaves)
{
    size_t old = t->room;

    if (t->room && leaves <= old)
        return;
    t->room = leaves + leaves / 2 + 4;
    t->tag = xreallocarray(t->tag, t->room, LEAF);
    t->leaves = xreallocarray(t->leaves, t->room, sizeof(*t->leaves));
    memset(bytes_of(t, old), 0, (t->room - old) * LEAF);
    memset(t->leaves + old, 0, (t->room - old) * sizeof(*t->leaves));
}

/* ---- hashes ---- */

static void hash_leaf(const struct keys *keys, size_t leaf, const uint8_t *bytes,
                      uint8_t hash[CRYPTO_KEY])
{
    crypto_generichash_state state;
    uint8_t place[9] = {KIND_LEAF};

    put64(place + 1, leaf);
    crypto_generichash_init(&state, keys->tags, CRYPTO_KEY, CRYPTO_KEY);
    crypto_generichash_update(&state, place, sizeof(place));
    crypto_generichash_update(&state, bytes, LEAF);
    crypto_generichash_final(&state, hash, CRYPTO_KEY);
}

static void begin_root(crypto_generichash_state *state, enum kind kind, const struct keys *keys,
                       const struct anchor *a)
{
    uint8_t head[13] = {(uint8_t)kind};

    put64(head + 1, a->tag_generation);
    put32(head + 9, a->pages);
    crypto_generichash_init(state, keys->tags, CRYPTO_KEY, CRYPTO_KEY);
    crypto_generichash_update(state, head, sizeof(head));
}

/* The roots that an anchor will have once the fresh leaves count. */
static void make_roots(const struct tags *t, const struct keys *keys, struct anchor *a)
{
    crypto_generichash_state root, spare;

    begin_root(&root, KIND_ROOT, keys, a);
    begin_root(&spare, KIND_SPARE_ROOT, keys, a);
    for (size_t i = 0; i < format_leaves(a->pages); i++) {
        const struct leaf *leaf = &t->leaves[i];

        crypto_generichash_update(&root, leaf->dirty ? leaf->fresh : leaf->hash, CRYPTO_KEY);
        crypto_generichash_update(&spare, leaf->dirty ? leaf->hash : leaf->spare, CRYPTO_KEY);
    }
    crypto_generichash_final(&root, a->tag_root, CRYPTO_KEY);
    crypto_generichash_final(&spare, a->spare_root, CRYPTO_KEY);
}

void tags_empty(const struct keys *keys, struct anchor *a)
{
    static const struct tags none;

    make_roots(&none, keys, a);
}

/* ---- reading ---- */

/* One copy of a leaf; what is behind the end of the file is zero. */
static int read_copy(sqlite3_file *file, size_t leaf, int copy, uint8_t *bytes)
{
    int rc = file->pMethods->xRead(file, bytes, LEAF, format_leaf_at(leaf, copy));

    return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static int read_hash(sqlite3_file *file, const struct keys *keys, size_t leaf, int copy,
                     uint8_t hash[CRYPTO_KEY])
{
    uint8_t bytes[LEAF];
    int rc = read_copy(file, leaf, copy, bytes);

    if (rc == SQLITE_OK)
        hash_leaf(keys, leaf, bytes, hash);
    return rc;
}

static int read_leaf(struct tags *t, sqlite3_file *file, const struct keys *keys,
                     const struct anchor *a, size_t i)
{
    struct leaf *leaf = &t->leaves[i];
    int rc = read_copy(file, i, bit_of(a->bits, i), bytes_of(t, i));

    if (rc != SQLITE_OK)
        return rc;
    /* What counted before does not now. */
    if (leaf->dirty || i >= t->settled || bit_of(t->bits, i) == bit_of(a->bits, i))
        t->spares_known = false;
    memcpy(leaf->spare, leaf->hash, CRYPTO_KEY);
    hash_leaf(keys, i, bytes_of(t, i), leaf->hash);
    return SQLITE_OK;
}

/* One generation on, a leaf whose bit has not turned is as it was. */
static bool is_kept(const struct tags *t, const struct anchor *a, size_t leaf)
{
    return t->known && t->generation + 1 == a->tag_generation && leaf < t->settled &&
           !t->leaves[leaf].dirty && bit_of(t->bits, leaf) == bit_of(a->bits, leaf);
}

static int take_anchor(struct tags *t, sqlite3_file *file, const struct keys *keys,
                       const struct anchor *a)
{
    size_t leaves = format_leaves(a->pages);
    struct anchor roots = *a;
    int rc = SQLITE_OK;

    make_room(t, leaves);
    if (t->generation + 1 != a->tag_generation)
        t->spares_known = false;
    for (size_t i = 0; rc == SQLITE_OK && i < leaves; i++) {
        if (!is_kept(t, a, i))
            rc = read_leaf(t, file, keys, a, i);
        t->leaves[i].dirty = false;
    }
    if (rc == SQLITE_OK)
        make_roots(t, keys, &roots);
    if (rc == SQLITE_OK && memcmp(roots.tag_root, a->tag_root, CRYPTO_KEY) != 0)
        rc = SQLITE_IOERR_DATA;
    t->known = rc == SQLITE_OK; /* else a leaf that was kept may not be what it seemed */
    if (rc == SQLITE_OK)
        tags_settle(t, a);
    return rc;
}

static int load_anew(struct tags *t, sqlite3_file *file, const struct keys *keys)
{
    struct anchor a;
    int rc = anchor_read(file, keys, &a);

    if (rc == SQLITE_OK && a.counter < t->least)
        rc = SQLITE_IOERR_DATA;
    if (rc != SQLITE_OK)
        return rc;
    t->least = a.counter;
    if (t->known && t->generation == a.tag_generation)
        return rc;
    return take_anchor(t, file, keys, &a);
}

int tags_load(struct tags *t, sqlite3_file *file, const struct keys *keys)
{
    int rc = SQLITE_IOERR_DATA;

    /* While we read, checkpoints of other processes may overwrite what counted before them. */
    for (int i = 0; rc == SQLITE_IOERR_DATA && i < LOAD_TRIES; i++) {
        uint8_t mark[CRYPTO_KEY];

        rc = anchor_mark(file, mark);
        if (rc == SQLITE_OK && t->known && memcmp(mark, t->mark, sizeof(mark)) == 0)
            return SQLITE_OK;
        if (rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ)
            rc = load_anew(t, file, keys);
        if (rc == SQLITE_OK)
            memcpy(t->mark, mark, sizeof(mark));
    }
    return rc;
}

bool tags_match(const struct tags *t, uint32_t page, const uint8_t tag[CRYPTO_TAG])
{
    return page <= t->pages &&
           memcmp(t->tag + (size_t)(page - 1) * CRYPTO_TAG, tag, CRYPTO_TAG) == 0;
}

int tags_check_spares(sqlite3_file *file, const struct keys *keys, const struct anchor *a)
{
    crypto_generichash_state state;
    uint8_t hash[CRYPTO_KEY];

    begin_root(&state, KIND_SPARE_ROOT, keys, a);
    for (size_t i = 0; i < format_leaves(a->pages); i++) {
        int rc = read_hash(file, keys, i, !bit_of(a->bits, i), hash);

        if (rc != SQLITE_OK)
            return rc;
        crypto_generichash_update(&state, hash, sizeof(hash));
    }
    crypto_generichash_final(&state, hash, sizeof(hash));
    return memcmp(hash, a->spare_root, sizeof(hash)) == 0 ? SQLITE_OK : SQLITE_IOERR_DATA;
}

/* ---- changing ---- */

static void touch(struct tags *t, size_t leaf)
{
    t->leaves[leaf].dirty = true;
    t->changed = true;
}

bool tags_set(struct tags *t, uint32_t page, const uint8_t tag[CRYPTO_TAG])
{
    size_t leaf = (page - 1) / FORMAT_LEAF_PAGES;

    if (page > TAGS_MOST)
        return false;
    make_room(t, leaf + 1);
    for (size_t grown = format_leaves(t->pages); grown < leaf; grown++)
        touch(t, grown);
    if (page > t->pages)
        t->pages = page;
    if (page > t->most_pages)
        t->most_pages = page;
    memcpy(t->tag + (size_t)(page - 1) * CRYPTO_TAG, tag, CRYPTO_TAG);
    touch(t, leaf);
    return true;
}

void tags_cut(struct tags *t, uint32_t pages)
{
    if (pages >= t->pages)
        return;
    memset(t->tag + (size_t)pages * CRYPTO_TAG, 0, (size_t)(t->pages - pages) * CRYPTO_TAG);
    for (size_t leaf = pages / FORMAT_LEAF_PAGES; leaf < format_leaves(t->pages); leaf++)
        touch(t, leaf);
    t->pages = pages;
}

/* ---- writing ---- */

/* Both places of leaves that are new, and the spare ones of all where they are not known. */
static int learn_places(struct tags *t, sqlite3_file *file, const struct keys *keys)
{
    int rc = SQLITE_OK;

    for (size_t i = 0; rc == SQLITE_OK && i < format_leaves(t->pages); i++) {
        if (i >= t->settled)
            rc = read_hash(file, keys, i, bit_of(t->bits, i), t->leaves[i].hash);
        if (rc == SQLITE_OK && (i >= t->settled || !t->spares_known))
            rc = read_hash(file, keys, i, !bit_of(t->bits, i), t->leaves[i].spare);
    }
    t->spares_known = rc == SQLITE_OK;
    return rc;
}

int tags_write(struct tags *t, sqlite3_file *file, const struct keys *keys)
{
    int rc = t->changed ? learn_places(t, file, keys) : SQLITE_OK;

    for (size_t i = 0; rc == SQLITE_OK && t->changed && i < format_leaves(t->pages); i++) {
        if (!t->leaves[i].dirty)
            continue;
        hash_leaf(keys, i, bytes_of(t, i), t->leaves[i].fresh);
        rc = raw_write(file, bytes_of(t, i), LEAF, format_leaf_at(i, !bit_of(t->bits, i)));
    }
    return rc;
}

void tags_anchor(const struct tags *t, const struct keys *keys, struct anchor *a)
{
    size_t leaves = format_leaves(t->pages);

    memset(a->bits, 0, sizeof(a->bits));
    for (size_t i = 0; i < leaves; i++)
        if (bit_of(t->bits, i) != t->leaves[i].dirty)
            turn_bit(a->bits, i);
    a->tag_generation++;
    a->pages = t->pages;
    a->most_pages = t->most_pages;
    make_roots(t, keys, a);
}

void tags_settle(struct tags *t, const struct anchor *a)
{
    size_t leaves = format_leaves(a->pages);

    for (size_t i = 0; i < leaves; i++) {
        struct leaf *leaf = &t->leaves[i];

        if (leaf->dirty) {
            memcpy(leaf->spare, leaf->hash, CRYPTO_KEY);
            memcpy(leaf->hash, leaf->fresh, CRYPTO_KEY);
        }
        leaf->dirty = false;
    }
    for (size_t i = leaves; i < t->room; i++) {
        memset(bytes_of(t, i), 0, LEAF);
        t->leaves[i].dirty = false;
    }
    memcpy(t->bits, a->bits, sizeof(t->bits));
    t->generation = a->tag_generation;
    t->pages = a->pages;
    t->most_pages = a->most_pages;
    t->settled = leaves;
    t->known = true;
    t->changed = false;
}
