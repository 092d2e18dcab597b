/* SPDX-License-Identifier: MIT */
/*
 * The anchor: what the case file itself remembers about its WAL, so that a missing, cut or older
 * one is noticed. Layer: vault.
 *
 * Two copies, A and B, by the parity of the counter; of 192 bytes each:
 *     0 "AMPANCH1"; 8 counter; 16 epoch; 24 commit; 32 backfill; 40 tag generation (0);
 *    48 header generation; 56 tag root 32 (zeros);
 *    88 tag of the record that ends the commit 16; 104 zeros; 160 keyed BLAKE2b 32
 * It may lag behind the WAL, never lead it: it is written after the WAL is on the disk, and before
 * the case file is flushed. Who writes it holds SQLite's write lock.
 */
#ifndef AMPARO_VAULT_ANCHOR_H
#define AMPARO_VAULT_ANCHOR_H

#include <sqlite3.h>

#include "amparo/vault/crypto.h"

enum { ANCHOR_SIZE = 192 };

struct anchor {
    uint64_t counter;
    uint64_t epoch;    /* of the WAL; 0 before there was one */
    uint64_t commit;   /* records of that epoch up to the last commit known to be on the disk */
    uint64_t backfill; /* of these, how many the case file has */
    uint64_t header_generation;
    uint8_t commit_tag[CRYPTO_TAG]; /* of the record that ends it: no other may stand there */
};

/* Writes `a` into the record of 192 bytes, and reads one back; false where it is not authentic. */
void anchor_print(const struct anchor *a, const struct keys *keys, uint8_t out[ANCHOR_SIZE]);
bool anchor_parse(const uint8_t in[ANCHOR_SIZE], const struct keys *keys, struct anchor *a);

/* The newer of both copies; SQLITE_IOERR_DATA where neither is authentic. Else SQLite's code. */
int anchor_read(sqlite3_file *file, const struct keys *keys, struct anchor *a);

/* Counts up and writes over the older copy; does not flush. */
int anchor_write(sqlite3_file *file, const struct keys *keys, struct anchor *a);

#endif
