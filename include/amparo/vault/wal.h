/* SPDX-License-Identifier: MIT */
/*
 * The WAL below SQLite's view of it: its header and epoch, its records, and SQLite's own checksums,
 * which chain the frames inside them (sqlite.org/walformat.html). Layer: vault, inside.
 */
#ifndef AMPARO_VAULT_WAL_H
#define AMPARO_VAULT_WAL_H

#include "amparo/vault/vfs.h"

enum {
    /* Within SQLite's WAL header and frame header, all big-endian. */
    WAL_HEAD_MAGIC = 0,
    WAL_HEAD_SALTS = 16,
    WAL_HEAD_CHECKSUM = 24,
    WAL_FRAME_COMMIT = 4, /* pages of the database after the commit; 0: not a commit */
    WAL_FRAME_SALTS = 8,
    WAL_FRAME_CHECKSUM = 16,
    WAL_SALTS = 8,
    WAL_CHECKSUM = 8,

    WAL_MOST = 0x7fffffff, /* records; SQLite counts them in 32 bits */
};

/* For chain and bare in struct wal_file: the frames read are no recovery; there are no bare ones.
 */
#define WAL_NO_CHAIN UINT64_MAX
#define WAL_NONE_BARE UINT64_MAX

/* For claimed in struct wal_file, and own in its proof. */
#define WAL_UNKNOWN UINT64_MAX

/*
 * Whether a WAL that has just begun did so upon another state of the case file than the anchor's:
 * its records would stand before pages that they were never written for.
 */
bool wal_is_upon_another(const struct anchor *a, uint64_t epoch, const struct wal_head *head);

/*
 * Whether the records of the WAL, as many as there are, can stand on the case file as it is: where
 * the whole WAL that the anchor knows is not there.
 */
bool wal_fits(const struct anchor *a, uint64_t epoch, uint64_t records,
              const struct wal_head *head);

/* Reads the header copies; epoch 0 where neither counts. SQLite's code. */
int wal_read_head(struct wal_file *w);

/* The same where another connection may have begun a new epoch since. */
int wal_refresh(struct wal_file *w);

/* Begins a new epoch with SQLite's header. */
int wal_write_head(struct wal_file *w, const uint8_t *head);

/* Before a record is written anew: the anchor forgets a commit that SQLite has taken back. */
int wal_unclaim(struct wal_file *w, uint64_t index);

/* Before the WAL is given up: the same with all that SQLite does not count. */
int wal_unclaim_rest(struct wal_file *w);

/* Opens one record into w->frame; SQLITE_IOERR_DATA, without a reason, where it is not authentic.
 */
int wal_load(struct wal_file *w, uint64_t index);

/* Seals w->frame into one record. */
int wal_store(struct wal_file *w, uint64_t index);

/* A commit that was written stands: SQLite has flushed it, or goes on behind it. */
void wal_accept(struct wal_file *w);

/* Proves what the anchor knows as committed; SQLITE_IOERR_DATA where another record stands there.
 */
int wal_prove(struct wal_file *w);

/* A record was written; a commit of this connection stands; no more than that many are known. */
void wal_proof_stored(struct wal_proof *p, uint64_t index, const uint8_t *record);
void wal_proof_committed(struct wal_proof *p, uint64_t records);
void wal_proof_cut(struct wal_proof *p, uint64_t records);
void wal_proof_release(struct wal_proof *p);

/* The tag of a proved record, false where it is none; and whether `record` has it. */
bool wal_proof_tag(const struct wal_proof *p, uint64_t index, uint8_t tag[CRYPTO_TAG]);
bool wal_is_proved(const struct wal_proof *p, uint64_t index, const uint8_t *record);

/* SQLite's checksum behind that many records; and whether the frame in w->frame goes on with it. */
int wal_sum_after(struct wal_file *w, uint64_t records, uint32_t sum[2]);
bool wal_chains(struct wal_file *w, uint32_t sum[2]);

/* Of that many records those that the WAL index makes known; all where there is none. */
uint64_t wal_made_known(const struct wal_file *w, uint64_t records);

/* SQLITE_IOERR_DATA, with the reason. */
int wal_bad_record(struct wal_file *w, uint64_t index);

/*
 * Follows SQLite's recovery, which reads the frames in order; false where it would stop at this one
 * (in w->frame), or where another record ends the commit that the anchor knows.
 */
bool wal_follow(struct wal_file *w, uint64_t index);

/*
 * SQLite asks for the checksum of a frame, to begin mending those behind it. Fills `out` with that
 * of the frame, or of the last one written, after mending what SQLite would leave out: see the
 * function.
 */
int wal_mend(struct wal_file *w, uint64_t index, uint8_t out[WAL_CHECKSUM]);

#endif
