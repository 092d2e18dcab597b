/* SPDX-License-Identifier: MIT */
/*
 * Which version of each record is the right one. Within an epoch a place may have been sealed more
 * than once: by a transaction that was taken back, or in another continuation of the same file. A
 * recovery follows SQLite's checksums from record to record; who reads beside others follows them
 * here, up to the commit that the anchor knows, and once only.
 */
#include "amparo/vault/wal.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

enum { PROVE_TRIES = 4 };

void wal_proof_release(struct wal_proof *p)
{
    free(p->tags);
    *p = (struct wal_proof){NULL, 0, 0, WAL_UNKNOWN};
}

static uint8_t *tag_at(const struct wal_proof *p, uint64_t index)
{
    return p->tags + index * CRYPTO_TAG;
}

static void note_tag(struct wal_proof *p, uint64_t index, const uint8_t *record)
{
    if (index >= p->room) {
        p->room = index + index / 2 + 64;
        p->tags = xreallocarray(p->tags, p->room, CRYPTO_TAG);
    }
    memcpy(tag_at(p, index), record + FORMAT_WAL_RECORD - CRYPTO_TAG, CRYPTO_TAG);
}

void wal_proof_cut(struct wal_proof *p, uint64_t records)
{
    if (p->proved > records)
        p->proved = records;
    p->own = WAL_UNKNOWN;
}

void wal_proof_stored(struct wal_proof *p, uint64_t index, const uint8_t *record)
{
    note_tag(p, index, record);
    if (p->own == WAL_UNKNOWN || index < p->own)
        p->own = index;
    if (p->proved > index)
        p->proved = index;
}

void wal_proof_committed(struct wal_proof *p, uint64_t records)
{
    if (p->own <= p->proved && records > p->proved)
        p->proved = records;
    p->own = WAL_UNKNOWN;
}

bool wal_proof_tag(const struct wal_proof *p, uint64_t index, uint8_t tag[CRYPTO_TAG])
{
    if (index >= p->proved)
        return false;
    memcpy(tag, tag_at(p, index), CRYPTO_TAG);
    return true;
}

bool wal_is_proved(const struct wal_proof *p, uint64_t index, const uint8_t *record)
{
    return memcmp(tag_at(p, index), record + FORMAT_WAL_RECORD - CRYPTO_TAG, CRYPTO_TAG) == 0;
}

/* From what is proved to the commit that the anchor knows. */
static int follow(struct wal_file *w, const struct anchor *a)
{
    struct wal_proof *p = &w->proof;
    uint32_t sum[2];
    int rc;

    ahead_drop(&w->ahead); /* others may have written these since */
    rc = wal_sum_after(w, p->proved, sum);

    if (rc == SQLITE_OK && p->proved && !wal_is_proved(p, p->proved - 1, w->record))
        return SQLITE_IOERR_DATA;
    for (uint64_t i = p->proved; rc == SQLITE_OK && i < a->commit; i++) {
        rc = wal_load(w, i);
        if (rc == SQLITE_OK && !wal_chains(w, sum))
            rc = SQLITE_IOERR_DATA;
        if (rc == SQLITE_OK)
            note_tag(p, i, w->record);
    }
    if (rc == SQLITE_OK && memcmp(tag_at(p, a->commit - 1), a->commit_tag, CRYPTO_TAG) != 0)
        rc = SQLITE_IOERR_DATA;
    return rc;
}

int wal_prove(struct wal_file *w)
{
    struct wal_proof *p = &w->proof;
    uint64_t seen = 0;
    int rc = SQLITE_IOERR_DATA;

    for (int i = 0; rc == SQLITE_IOERR_DATA && i < PROVE_TRIES; i++) {
        struct anchor a = {0};

        rc = main_read_anchor(w->main, &a);
        if (rc != SQLITE_OK || a.epoch != w->epoch || a.commit <= p->proved)
            return rc; /* in the mode NORMAL the anchor lags behind */
        rc = follow(w, &a);
        /* The last of these may yet be taken back, where its process was killed. */
        if (rc == SQLITE_OK)
            p->proved = wal_made_known(w, a.commit);
        if (rc == SQLITE_IOERR_DATA && seen == a.counter)
            break;
        seen = a.counter;
    }
    return rc;
}
