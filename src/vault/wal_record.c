/* SPDX-License-Identifier: MIT */
/* The records of the WAL, and the checksums that chain SQLite's frames. */
#include "amparo/vault/wal.h"

#include <string.h>

#include "amparo/base/i18n.h"

/* SQLite's running checksum, over a frame's first eight bytes and its page. */
static void checksum(const struct wal_file *w, const uint8_t *bytes, size_t size, uint32_t sum[2])
{
    bool big = w->head.sqlite[WAL_HEAD_MAGIC + 3] & 1;

    for (size_t i = 0; i < size; i += 8) {
        sum[0] += (big ? get32be(bytes + i) : get32(bytes + i)) + sum[1];
        sum[1] += (big ? get32be(bytes + i + 4) : get32(bytes + i + 4)) + sum[0];
    }
}

/* Adds the frame in w->frame to the sum. */
static void add_frame(const struct wal_file *w, uint32_t sum[2])
{
    checksum(w, w->frame, WAL_FRAME_SALTS, sum);
    checksum(w, w->frame + FORMAT_FRAME_HEADER, FORMAT_PAGE, sum);
}

static void get_sum(const uint8_t *from, uint32_t sum[2])
{
    sum[0] = get32be(from);
    sum[1] = get32be(from + 4);
}

bool wal_chains(struct wal_file *w, uint32_t sum[2])
{
    const uint8_t *frame = w->frame;

    add_frame(w, sum);
    return memcmp(frame + WAL_FRAME_SALTS, w->head.sqlite + WAL_HEAD_SALTS, WAL_SALTS) == 0 &&
           get32be(frame + WAL_FRAME_CHECKSUM) == sum[0] &&
           get32be(frame + WAL_FRAME_CHECKSUM + 4) == sum[1];
}

bool wal_follow(struct wal_file *w, uint64_t index)
{
    const uint8_t *frame = w->frame;

    if (index != w->chain)
        return true; /* not a recovery: SQLite mends checksums of its own transaction */
    if (index == 0)
        get_sum(w->head.sqlite + WAL_HEAD_CHECKSUM, w->checksum);
    if (!wal_chains(w, w->checksum))
        return false;
    w->chain++;
    if (get32be(frame + WAL_FRAME_COMMIT) != 0 && w->chain > w->commit)
        w->commit = w->chain;
    return index + 1 != w->required ||
           (get32be(frame + WAL_FRAME_COMMIT) != 0 &&
            memcmp(w->record + FORMAT_WAL_RECORD - CRYPTO_TAG, w->required_tag, CRYPTO_TAG) == 0);
}

int wal_bad_record(struct wal_file *w, uint64_t index)
{
    return vfs_refuse(w->fs, SQLITE_IOERR_DATA,
                      _("record %llu of its -wal file is damaged or not authentic"),
                      (unsigned long long)index + 1);
}

int wal_load(struct wal_file *w, uint64_t index)
{
    int rc = gather_write(&w->gather, w->real);

    if (rc == SQLITE_OK)
        rc = ahead_read(&w->ahead, w->real, w->record, FORMAT_WAL_RECORD,
                        format_record_at((int64_t)index));
    w->held = -1;
    if (rc != SQLITE_OK)
        return rc;
    if (!record_open(w->fs->keys, w->epoch, index, w->record, w->frame)) {
        ahead_drop(&w->ahead);
        return SQLITE_IOERR_DATA;
    }
    w->held = (int64_t)index;
    return SQLITE_OK;
}

int wal_store(struct wal_file *w, uint64_t index)
{
    bool commit = get32be(w->frame + WAL_FRAME_COMMIT) != 0;
    uint8_t *record;
    int rc = gather_room(&w->gather, w->real, format_record_at((int64_t)index), FORMAT_WAL_RECORD,
                         &record);

    ahead_drop(&w->ahead);
    if (rc == SQLITE_OK) {
        record_seal(w->fs->keys, w->epoch, index, w->frame, record);
        wal_proof_stored(&w->proof, index, record);
    }
    /* New frames can wait for those behind them; but once the commit is written, all must be there.
     */
    if (rc == SQLITE_OK && (commit || index + 1 != w->last))
        rc = gather_write(&w->gather, w->real);
    w->held = rc == SQLITE_OK ? (int64_t)index : -1;
    if (rc != SQLITE_OK) {
        gather_drop(&w->gather); /* SQLite takes the transaction back */
        w->candidate = 0;
        return rc;
    }
    if (index + 1 > w->highest)
        w->highest = index + 1;
    if (commit) {
        w->candidate = w->tagged = index + 1;
        memcpy(w->tag, record + FORMAT_WAL_RECORD - CRYPTO_TAG, CRYPTO_TAG);
    }
    return SQLITE_OK;
}

void wal_accept(struct wal_file *w)
{
    if (w->candidate) {
        w->commit = w->candidate;
        wal_proof_committed(&w->proof, w->commit);
        w->bare = WAL_NONE_BARE;
    }
    w->candidate = 0;
}

/* Chains the frame in w->frame to `sum`, which goes on to it. */
static void chain_frame(struct wal_file *w, uint32_t sum[2])
{
    memcpy(w->frame + WAL_FRAME_SALTS, w->head.sqlite + WAL_HEAD_SALTS, WAL_SALTS);
    add_frame(w, sum);
    put32be(w->frame + WAL_FRAME_CHECKSUM, sum[0]);
    put32be(w->frame + WAL_FRAME_CHECKSUM + 4, sum[1]);
}

int wal_sum_after(struct wal_file *w, uint64_t records, uint32_t sum[2])
{
    int rc = records ? wal_load(w, records - 1) : SQLITE_OK;

    if (rc == SQLITE_OK)
        get_sum(records ? w->frame + WAL_FRAME_CHECKSUM : w->head.sqlite + WAL_HEAD_CHECKSUM, sum);
    return rc;
}

/*
 * A transaction that wrote one of its pages a second time leaves the salts and checksums of what
 * follows bare, and mends them at its commit, from the page on that was written twice. SQLite
 * forgets (3.40 does) to look where that page is after ROLLBACK TO a savepoint has taken it back:
 * then bare frames before it stay bare, and a recovery stops at the first of them: the commit is
 * lost, and all that follow. So the bare ones up to where SQLite begins are mended here, and it is
 * told the sum from which it can go on.
 */
int wal_mend(struct wal_file *w, uint64_t index, uint8_t out[WAL_CHECKSUM])
{
    uint64_t end = index + 1 < w->last ? index + 1 : w->last;
    uint32_t sum[2] = {0, 0};
    int rc;

    if (w->bare >= end)
        w->bare = end;
    rc = wal_sum_after(w, w->bare, sum);
    for (uint64_t i = w->bare; rc == SQLITE_OK && i < end; i++) {
        rc = wal_load(w, i);
        if (rc == SQLITE_OK) {
            chain_frame(w, sum);
            rc = wal_store(w, i);
        }
    }
    w->bare = WAL_NONE_BARE;
    put32be(out, sum[0]);
    put32be(out + 4, sum[1]);
    return rc == SQLITE_IOERR_DATA ? wal_bad_record(w, end - 1) : rc;
}
