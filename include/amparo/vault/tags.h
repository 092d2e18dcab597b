/* SPDX-License-Identifier: MIT */
/*
 * The table of page tags: which version of each page is the right one, so that an older page put
 * back is an error like any other. Layer: vault, inside.
 *
 * A page of the case file ends with the tag of its encryption. The table holds the tags of all
 * pages, 256 to a leaf of 4096 bytes; each leaf lies in the file twice, and a bit in the anchor
 * says which copy counts. The anchor's root is the keyed hash of (1, generation 8, pages 4, and of
 * each leaf in order the keyed hash of (0, leaf 8, its bytes)); the spare root the same with 2 of
 * the copies that do not count, so that verify can speak of those too. A page that was never
 * written (the one that SQLite locks) has a tag of zeros.
 *
 * Pages change at a checkpoint alone, which keeps every reader away from what it writes, and so
 * does the table: the new leaves take the places of the copies that do not count; once they and the
 * pages are on the disk, the anchor turns to them. Each connection has a table of its own, and
 * looks at its generation after each read lock. What a checkpoint left half done differs from the
 * table, but lies in the WAL: nobody reads it in the file.
 */
#ifndef AMPARO_VAULT_TAGS_H
#define AMPARO_VAULT_TAGS_H

#include "amparo/vault/anchor.h"

/* A leaf, beside its 4096 bytes. */
struct leaf {
    uint8_t hash[CRYPTO_KEY];  /* of the copy that counts */
    uint8_t spare[CRYPTO_KEY]; /* of the other one, where spares_known */
    uint8_t fresh[CRYPTO_KEY]; /* of what is to take the other one's place */
    bool dirty;
};

struct tags {
    uint64_t generation;
    uint32_t pages;
    uint32_t most_pages;
    size_t settled; /* leaves that the anchor knows */
    size_t room;    /* leaves that there is memory for */
    uint8_t *tag;   /* 4096 bytes a leaf */
    struct leaf *leaves;
    uint8_t bits[ANCHOR_BITS];
    uint8_t mark[CRYPTO_KEY]; /* anchor_mark() before that anchor was read */
    uint64_t least; /* counter of the newest anchor seen: there is no way back behind it */
    bool known;     /* held against a root */
    bool spares_known;
    bool changed; /* since then */
};

/* That many pages, and no more, have a tag. */
enum { TAGS_MOST = 8 * ANCHOR_BITS * FORMAT_LEAF_PAGES };

/* All zero is an empty table. */
void tags_release(struct tags *t);

/*
 * Brings the table to what the anchor says, reading the leaves that have changed; `file` is the
 * case file below. SQLITE_IOERR_DATA where a leaf is damaged or the anchor an older one than was
 * seen before; else SQLite's code.
 */
int tags_load(struct tags *t, sqlite3_file *file, const struct keys *keys);

/* The tag of a page is this one? */
bool tags_match(const struct tags *t, uint32_t page, const uint8_t tag[CRYPTO_TAG]);

/* A page was written; false where there is no room for so many. */
bool tags_set(struct tags *t, uint32_t page, const uint8_t tag[CRYPTO_TAG]);

/* The file has that many pages from now on, and not more. */
void tags_cut(struct tags *t, uint32_t pages);

/* Writes the changed leaves over the copies that do not count. Flush before tags_anchor(). */
int tags_write(struct tags *t, sqlite3_file *file, const struct keys *keys);

/* Turns an anchor that is to be written to the leaves that tags_write() wrote. */
void tags_anchor(const struct tags *t, const struct keys *keys, struct anchor *a);

/* That anchor was written. */
void tags_settle(struct tags *t, const struct anchor *a);

/* What an anchor says of a file without pages. */
void tags_empty(const struct keys *keys, struct anchor *a);

/*
 * Whether the copies of leaves that do not count are those that the anchor knows, SQLITE_IOERR_DATA
 * where not: so they are but where a checkpoint was cut short, whose pages then lie in the WAL.
 */
int tags_check_spares(sqlite3_file *file, const struct keys *keys, const struct anchor *a);

#endif
