/* SPDX-License-Identifier: MIT */
#include "amparo/vault/tags.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { LEAF = FORMAT_PAGE, LOAD_TRIES = 8, KIND_LEAF = 0, KIND_ROOT = 1 };

void tags_release(struct tags *t)
{
    free(t->tag);
    free(t->hash);
    free(t->dirty);
    memset(t, 0, sizeof(*t));
}

static uint8_t *leaf_of(const struct tags *t, size_t leaf)
{
    return t->tag + leaf * LEAF;
}

static bool bit_of(const uint8_t *bits, size_t leaf)
{
    return bits[leaf / 8] >> (leaf % 8) & 1;
}

/* Room for that many leaves; new ones are zero, and dirty: no copy of them counts yet. */
static void make_room(struct tags *t, size_t leaves)
{
    uint32_t old = t->room;

    if (t->room && leaves <= old)
        return;
    t->room = (uint32_t)(leaves + leaves / 2 + 4);
    t->tag = xreallocarray(t->tag, t->room, LEAF);
    t->hash = xreallocarray(t->hash, t->room, CRYPTO_KEY);
    t->dirty = xreallocarray(t->dirty, t->room, 1);
    memset(leaf_of(t, old), 0, (size_t)(t->room - old) * LEAF);
    memset(t->hash + (size_t)old * CRYPTO_KEY, 0, (size_t)(t->room - old) * CRYPTO_KEY);
    memset(t->dirty + old, 1, t->room - old);
}

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

static void make_root(const struct keys *keys, uint64_t generation, uint32_t pages,
                      const uint8_t *hashes, uint8_t root[CRYPTO_KEY])
{
    crypto_generichash_state state;
    uint8_t head[13] = {KIND_ROOT};

    put64(head + 1, generation);
    put32(head + 9, pages);
    crypto_generichash_init(&state, keys->tags, CRYPTO_KEY, CRYPTO_KEY);
    crypto_generichash_update(&state, head, sizeof(head));
    crypto_generichash_update(&state, hashes, format_leaves(pages) * CRYPTO_KEY);
    crypto_generichash_final(&state, root, CRYPTO_KEY);
}

void tags_empty_root(const struct keys *keys, uint8_t root[CRYPTO_KEY])
{
    make_root(keys, 0, 0, NULL, root);
}

/* ---- reading ---- */

/* One generation on, a leaf whose bit has not turned is as it was. */
static bool is_kept(const struct tags *t, const struct anchor *a, size_t leaf)
{
    return t->known && t->generation + 1 == a->tag_generation && leaf < format_leaves(t->pages) &&
           !t->dirty[leaf] && bit_of(t->bits, leaf) == bit_of(a->bits, leaf);
}

static int read_leaves(struct tags *t, sqlite3_file *file, const struct keys *keys,
                       const struct anchor *a)
{
    size_t leaves = format_leaves(a->pages);

    make_room(t, leaves);
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        int rc;

        if (is_kept(t, a, leaf))
            continue;
        rc = file->pMethods->xRead(file, leaf_of(t, leaf), LEAF,
                                   format_leaf_at(leaf, bit_of(a->bits, leaf)));
        if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
            return rc;
        hash_leaf(keys, leaf, leaf_of(t, leaf), t->hash + leaf * CRYPTO_KEY);
    }
    return SQLITE_OK;
}

static int take_anchor(struct tags *t, sqlite3_file *file, const struct keys *keys,
                       const struct anchor *a)
{
    uint8_t root[CRYPTO_KEY];
    int rc = read_leaves(t, file, keys, a);

    if (rc == SQLITE_OK) {
        make_root(keys, a->tag_generation, a->pages, t->hash, root);
        if (memcmp(root, a->tag_root, sizeof(root)) != 0)
            rc = SQLITE_IOERR_DATA;
    }
    if (rc != SQLITE_OK) {
        t->known = false; /* of the leaves that were kept, one was not what it seemed */
        return rc;
    }
    tags_settle(t, a);
    return SQLITE_OK;
}

int tags_load(struct tags *t, sqlite3_file *file, const struct keys *keys)
{
    int rc = SQLITE_IOERR_DATA;

    /* While we read, checkpoints of other processes may overwrite what counted before them. */
    for (int i = 0; rc == SQLITE_IOERR_DATA && i < LOAD_TRIES; i++) {
        struct anchor a;

        rc = anchor_read(file, keys, &a);
        if (rc != SQLITE_OK || (t->known && t->generation == a.tag_generation))
            continue;
        rc = take_anchor(t, file, keys, &a);
    }
    return rc;
}

bool tags_match(const struct tags *t, uint32_t page, const uint8_t tag[CRYPTO_TAG])
{
    return page <= t->pages &&
           memcmp(t->tag + (size_t)(page - 1) * CRYPTO_TAG, tag, CRYPTO_TAG) == 0;
}

/* ---- changing ---- */

static void touch(struct tags *t, size_t leaf)
{
    t->dirty[leaf] = 1;
    t->changed = true;
}

bool tags_set(struct tags *t, uint32_t page, const uint8_t tag[CRYPTO_TAG])
{
    size_t leaf = (page - 1) / FORMAT_LEAF_PAGES;

    if (page > TAGS_MOST)
        return false;
    make_room(t, leaf + 1);
    for (size_t grown = format_leaves(t->pages); grown <= leaf; grown++)
        touch(t, grown);
    if (page > t->pages)
        t->pages = page;
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

int tags_write(const struct tags *t, sqlite3_file *file)
{
    int rc = SQLITE_OK;

    for (size_t leaf = 0; rc == SQLITE_OK && t->changed && leaf < format_leaves(t->pages); leaf++)
        if (t->dirty[leaf])
            rc = file->pMethods->xWrite(file, leaf_of(t, leaf), LEAF,
                                        format_leaf_at(leaf, !bit_of(t->bits, leaf)));
    return rc;
}

void tags_anchor(struct tags *t, const struct keys *keys, struct anchor *a)
{
    size_t leaves = format_leaves(t->pages);

    memset(a->bits, 0, sizeof(a->bits));
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        bool copy = bit_of(t->bits, leaf) ^ (t->dirty[leaf] != 0);

        a->bits[leaf / 8] |= (uint8_t)(copy << (leaf % 8));
        if (t->dirty[leaf])
            hash_leaf(keys, leaf, leaf_of(t, leaf), t->hash + leaf * CRYPTO_KEY);
    }
    a->tag_generation++;
    a->pages = t->pages;
    make_root(keys, a->tag_generation, t->pages, t->hash, a->tag_root);
}

void tags_settle(struct tags *t, const struct anchor *a)
{
    size_t leaves = format_leaves(a->pages);

    for (uint32_t leaf = (uint32_t)leaves; leaf < format_leaves(t->pages); leaf++)
        memset(leaf_of(t, leaf), 0, LEAF);
    memset(t->dirty, 0, leaves);
    memcpy(t->bits, a->bits, sizeof(t->bits));
    t->generation = a->tag_generation;
    t->pages = a->pages;
    t->known = true;
    t->changed = false;
}
