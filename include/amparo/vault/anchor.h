/* SPDX-License-Identifier: MIT */
/*
 * The anchor: what the case file itself remembers about its WAL and its pages, so that a missing,
 * cut or older WAL and an older page are noticed. Layer: vault.
 *
 * Two copies of 4096 bytes:
 *     0  "AMPANCH2"; 8 counter; 16 epoch; 24 commit; 32 backfill; 40 tag generation;
 *    48  header generation; 56 tag root 32; 88 tag of the record that ends the commit 16;
 *   104  counter of the other copy when this one was written; 112 pages 4; 116 copy, 0 or 1;
 *   120  spare root 32; 152 most pages 4; 156 1 while the key header is being written; zeros
 *   160  a bit for each leaf of page tags (tags.h): which of its copies counts; zeros
 *  4064  keyed BLAKE2b 32 of all before it up to the last leaf's bit, whole bytes
 *
 * One record with one keyed hash: parts of two could be mixed.
 *
 * It may lag behind the WAL, never lead it: copy B is written after each flush of the WAL, itself
 * unflushed; copy A at the end of a checkpoint or a change of the key header, between two flushes.
 * So a loss of power, which may take the copy that was being written, always leaves the other,
 * which must do for the file then (vfs_anchor.c). The higher counter counts. Who writes holds
 * SQLite's write lock.
 */
#ifndef AMPARO_VAULT_ANCHOR_H
#define AMPARO_VAULT_ANCHOR_H

#include <sqlite3.h>

#include "amparo/vault/crypto.h"

enum {
    ANCHOR_SIZE = FORMAT_PAGE,
    ANCHOR_BITS_AT = 160,
    ANCHOR_MAC_AT = ANCHOR_SIZE - CRYPTO_KEY,
    ANCHOR_BITS = ANCHOR_MAC_AT - ANCHOR_BITS_AT, /* bytes: room for 30 GB of pages */
};

enum anchor_copy { ANCHOR_FLUSHED = 0, ANCHOR_COMMIT = 1 };

struct anchor {
    uint64_t counter;
    uint64_t epoch;    /* of the WAL; 0 before there was one */
    uint64_t commit;   /* records of that epoch up to the last commit known to be on the disk */
    uint64_t backfill; /* of these, how many the case file has */
    uint64_t header_generation;
    bool header_changing; /* a crash may have left a copy of it half written */
    uint8_t commit_tag[CRYPTO_TAG]; /* of the record that ends it: no other may stand there */
    uint64_t tag_generation;
    uint32_t pages;      /* that have a tag */
    uint32_t most_pages; /* that ever had one: what lies behind them was never written */
    uint8_t tag_root[CRYPTO_KEY];
    uint8_t spare_root[CRYPTO_KEY]; /* of the copies of leaves that do not count */
    uint8_t bits[ANCHOR_BITS];
    uint64_t seen[2]; /* counters of both copies as read; 0: not whole. `seen` of the other one is
                       * what this one says */
    uint8_t mac[2][CRYPTO_KEY]; /* the keyed hashes that end both, as they lay there */
};

/* Writes `a` into the record of a copy, and reads one back; false where it is not authentic. */
void anchor_print(const struct anchor *a, enum anchor_copy copy, const struct keys *keys,
                  uint8_t out[ANCHOR_SIZE]);
bool anchor_parse(const uint8_t in[ANCHOR_SIZE], enum anchor_copy copy, const struct keys *keys,
                  struct anchor *a);

/* Whether all that is not used of a record is zero. */
bool anchor_rest_is_zero(const uint8_t in[ANCHOR_SIZE], uint32_t pages);

/* The newer of both copies; SQLITE_IOERR_DATA where neither is authentic. Else SQLite's code. */
int anchor_read(sqlite3_file *file, const struct keys *keys, struct anchor *a);

/* The same where `a` was read before: it stays as it is while both still end as they did. */
int anchor_read_again(sqlite3_file *file, const struct keys *keys, struct anchor *a);

/*
 * The keyed hash that ends copy A, as it lies there: while it is the one that was there when the
 * anchor was read, nobody has written that copy, and the page tags are the same. SQLite's code.
 */
int anchor_mark(sqlite3_file *file, uint8_t mark[CRYPTO_KEY]);

/* Counts up and writes over one copy of an anchor that was read; does not flush. */
int anchor_write(sqlite3_file *file, const struct keys *keys, struct anchor *a,
                 enum anchor_copy copy);

/* Where a copy lies. */
int64_t anchor_at(enum anchor_copy copy);

#endif
