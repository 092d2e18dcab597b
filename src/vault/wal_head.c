/* SPDX-License-Identifier: MIT */
/* The header of the WAL, its epoch, and how it stands to the anchor. */
#include "amparo/vault/wal.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/vault/raw.h"

enum {
    /* Within the first region of the WAL index. */
    SHM_LAST_FRAME = 16,
    SHM_SALTS = 32,
    SHM_TO_GO_OVER = 128, /* "nBackfillAttempted" */

    REVIEW_TRIES = 10,
};

void wal_forget(struct wal_file *w)
{
    /* SQLite has made the commit known, though it did not flush it. */
    if (w->candidate && wal_made_known(w, w->candidate) == w->candidate)
        wal_accept(w);
    w->known = false;
    w->held = -1;
    w->highest = w->last = w->candidate = w->tagged = 0;
    w->bare = WAL_NONE_BARE;
    w->claimed = WAL_UNKNOWN;
    gather_drop(&w->gather); /* of a transaction that was taken back */
    wal_proof_cut(&w->proof, wal_made_known(w, w->proof.proved));
    ahead_drop(&w->ahead);
    if (w->main->shm)
        w->commit = 0; /* the WAL index knows it */
}

/* Opens what was read of the header copies; the higher epoch counts, 0 where neither does. */
static void open_head(struct wal_file *w)
{
    uint64_t epoch, old = w->epoch;
    struct wal_head head;

    w->epoch = 0;
    for (int at = 0; at <= FORMAT_WAL_COPY_B; at += FORMAT_WAL_COPY_B)
        if (wal_head_open(w->fs->keys, w->copies + at, &epoch, &head) && epoch > w->epoch) {
            w->epoch = epoch;
            w->head = head;
        }
    if (w->epoch != old)
        w->commit = w->candidate = w->highest = w->tagged = 0;
    wal_proof_cut(&w->proof, 0);
    w->opened = w->epoch;
}

int wal_read_head(struct wal_file *w)
{
    uint8_t copies[sizeof(w->copies)] = {0};
    int rc = SQLITE_OK;

    if (w->real)
        rc = w->real->pMethods->xRead(w->real, copies, sizeof(copies), 0);
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
        return rc;
    /* Mostly they are what they were at the last look. */
    if (w->epoch == 0 || w->epoch != w->opened || memcmp(copies, w->copies, sizeof(copies)) != 0) {
        memcpy(w->copies, copies, sizeof(copies));
        open_head(w);
    }
    w->known = true;
    return SQLITE_OK;
}

/* Whether the WAL index speaks of another WAL than the header that we know. */
static bool index_differs(const struct wal_file *w)
{
    const volatile uint8_t *salts = (const volatile uint8_t *)w->main->shm + SHM_SALTS;

    for (int i = 0; i < WAL_SALTS; i++)
        if (salts[i] != w->head.sqlite[WAL_HEAD_SALTS + i])
            return true;
    return false;
}

/* Learns the header again where another connection may have begun a new epoch. */
int wal_refresh(struct wal_file *w)
{
    if (w->known && (!w->main->shm || w->main->write_held || !index_differs(w)))
        return SQLITE_OK;
    return wal_read_head(w);
}

/* Whole records in the file. */
static int count_records(struct wal_file *w, uint64_t *records)
{
    sqlite3_int64 size = 0;
    int rc = w->real ? gather_write(&w->gather, w->real) : SQLITE_OK;

    if (rc == SQLITE_OK && w->real)
        rc = w->real->pMethods->xFileSize(w->real, &size);
    *records = (uint64_t)format_records(size);
    return rc;
}

bool wal_is_upon_another(const struct anchor *a, uint64_t epoch, const struct wal_head *head)
{
    bool begun = epoch == a->epoch + 1 || (epoch == a->epoch && a->commit == 0);

    return a->counter != 0 && epoch != 0 && begun &&
           memcmp(head->root, a->tag_root, FORMAT_ROOT) != 0;
}

bool wal_fits(const struct anchor *a, uint64_t epoch, uint64_t records, const struct wal_head *head)
{
    if (epoch == 0 || wal_is_upon_another(a, epoch, head))
        return false;
    if (a->counter == 0)
        return true; /* no anchor says otherwise */
    if (epoch == a->epoch)
        return records >= a->backfill;
    return epoch == a->epoch + 1 && a->commit <= a->backfill;
}

/* Why the WAL cannot be the one that the anchor knows; NULL where it can. */
static const char *quarrel(const struct anchor *a, const struct wal_file *w, uint64_t records)
{
    bool needed = a->commit > a->backfill;
    uint64_t epoch = w->epoch;

    if (needed && epoch == 0)
        return N_("its -wal file is missing or unreadable, and holds work that is nowhere else; "
                  "was only the case file copied? Copy both, or use a backup");
    if (needed && epoch < a->epoch)
        return N_("its -wal file is older than the case file needs; put the right one back, or "
                  "use a backup");
    if (needed && epoch == a->epoch && records < a->commit)
        return N_("its -wal file has been cut off; put the whole one back, or use a backup");
    if ((needed && epoch > a->epoch) || epoch > a->epoch + 1 ||
        wal_is_upon_another(a, epoch, &w->head))
        return N_("its -wal file is newer than the case file; put the right pair back, or use a "
                  "backup");
    return NULL;
}

int wal_review(struct wal_file *w)
{
    const char *why = NULL;
    struct anchor a = {0};
    uint64_t records = 0, seen = 0;

    /* Another process may be at work between our looks: only what stands still is a quarrel. */
    for (int i = 0; i < REVIEW_TRIES; i++) {
        int rc = main_read_anchor(w->main, &a);

        if (rc == SQLITE_OK)
            rc = wal_read_head(w);
        if (rc == SQLITE_OK)
            rc = count_records(w, &records);
        if (rc != SQLITE_OK)
            return rc;
        why = quarrel(&a, w, records);
        if (!why || (i > 0 && seen == a.counter))
            break;
        seen = a.counter;
    }
    if (w->fs->as_it_is) {
        w->epoch = wal_fits(&a, w->epoch, records, &w->head) ? w->epoch : 0;
        w->there = records < WAL_MOST ? records : WAL_MOST;
        w->required = 0;
        return SQLITE_OK;
    }
    if (why)
        return vfs_refuse(w->fs, SQLITE_IOERR_DATA,
                          _("%s; or a head of post accepts the loss: amparo verify --accept-loss"),
                          _(why));
    /* A stale one, all of it brought over: as if there were none. So is a part of the present one:
     * its frames would stand before pages that are newer. */
    if (w->epoch < a.epoch || (w->epoch == a.epoch && records < a.commit))
        w->epoch = 0;
    w->there = records < WAL_MOST ? records : WAL_MOST;
    /* Brought over or not, no other records may take the place of these. */
    w->required = w->epoch == a.epoch ? a.commit : 0;
    memcpy(w->required_tag, a.commit_tag, CRYPTO_TAG);
    return SQLITE_OK;
}

static uint32_t shm_number(const struct main_file *m, size_t at)
{
    const volatile uint8_t *shm = m->shm;

    return *(const volatile uint32_t *)(const volatile void *)(shm + at);
}

static uint64_t last_commit(const struct wal_file *w)
{
    uint64_t indexed = 0;

    if (w->main->shm && !index_differs(w))
        indexed = shm_number(w->main, SHM_LAST_FRAME);
    return indexed > w->commit ? indexed : w->commit;
}

bool wal_all_goes_over(const struct main_file *m)
{
    return !m->shm || shm_number(m, SHM_TO_GO_OVER) == shm_number(m, SHM_LAST_FRAME);
}

/* The anchor is of another epoch, of which nothing is known yet. */
static void begin_epoch(struct anchor *a, uint64_t epoch)
{
    a->epoch = epoch;
    a->commit = a->backfill = 0;
    memset(a->commit_tag, 0, CRYPTO_TAG);
}

uint64_t wal_made_known(const struct wal_file *w, uint64_t records)
{
    uint64_t known = records;

    if (w->main->shm)
        known = index_differs(w) ? 0 : shm_number(w->main, SHM_LAST_FRAME);
    return known < records ? known : records;
}

/* The tag of the record that ends a commit, where the file has it; else *there is false. */
static int commit_tag(struct wal_file *w, uint64_t commit, uint8_t tag[CRYPTO_TAG], bool *there)
{
    static const uint8_t none[CRYPTO_TAG];
    uint64_t records;
    int rc;

    *there = true;
    if (commit == 0 || commit == w->tagged) {
        memcpy(tag, commit ? w->tag : none, CRYPTO_TAG);
        return SQLITE_OK;
    }
    if (wal_proof_tag(&w->proof, commit - 1, tag))
        return SQLITE_OK;
    rc = count_records(w, &records);
    *there = rc == SQLITE_OK && commit <= records;
    if (!*there)
        return rc;
    return w->real->pMethods->xRead(w->real, tag, CRYPTO_TAG,
                                    format_record_at((int64_t)commit) - CRYPTO_TAG);
}

int wal_note(struct wal_file *w, bool checkpointed, struct anchor *a, bool *changed)
{
    uint64_t commit;
    bool there;
    int rc = wal_refresh(w);

    if (rc != SQLITE_OK || w->epoch == 0 || w->epoch < a->epoch)
        return rc;
    if (a->epoch != w->epoch) {
        begin_epoch(a, w->epoch);
        *changed = true;
    }
    commit = last_commit(w);
    if (commit > a->commit) {
        rc = commit_tag(w, commit, a->commit_tag, &there);
        if (rc == SQLITE_OK && there) {
            a->commit = commit;
            *changed = true;
        }
    }
    if (checkpointed && a->backfill != a->commit) {
        a->backfill = a->commit;
        *changed = true;
    }
    return rc;
}

int wal_anchor(struct wal_file *w)
{
    struct anchor *a = &w->anchor;
    bool changed = false;
    int rc = main_read_anchor(w->main, a);

    if (rc == SQLITE_OK)
        rc = wal_note(w, false, a, &changed);
    if (rc == SQLITE_OK && changed) {
        w->claimed = WAL_UNKNOWN;
        rc = main_anchor_commit(w->main, a);
    }
    if (rc != SQLITE_OK)
        memset(a, 0, sizeof(*a)); /* it may say what the file does not */
    return rc;
}

/* Whether more than one commit ends in these records. */
static int several_commits(struct wal_file *w, uint64_t from, uint64_t to, bool *several)
{
    int rc = SQLITE_OK, commits = 0;

    for (uint64_t i = from; rc == SQLITE_OK && i < to; i++) {
        rc = wal_load(w, i);
        if (rc == SQLITE_IOERR_DATA)
            return wal_bad_record(w, i);
        commits += rc == SQLITE_OK && get32be(w->frame + WAL_FRAME_COMMIT) != 0;
    }
    *several = commits > 1;
    return rc;
}

static int anchor_forget(struct wal_file *w, struct anchor *a, uint64_t index)
{
    bool there;
    int rc = commit_tag(w, index, a->commit_tag, &there);

    a->commit = index;
    if (a->backfill > index)
        a->backfill = index;
    if (rc == SQLITE_OK)
        rc = there ? main_anchor_commit(w->main, a) : SQLITE_IOERR_SHORT_READ;
    if (rc != SQLITE_OK)
        memset(a, 0, sizeof(*a));
    return rc == SQLITE_OK ? main_flush(w->main, SQLITE_SYNC_NORMAL) : rc;
}

/*
 * Records that the anchor knows are not written over; but where SQLite has not made known a commit
 * that was flushed (its process was killed just then, or there was no room for the WAL index), the
 * next one takes its place: then the anchor forgets it first. Nothing honest takes back two.
 */
int wal_unclaim(struct wal_file *w, uint64_t index)
{
    struct anchor *a = &w->anchor;
    bool several = false;
    int rc = SQLITE_OK;

    if (w->claimed != WAL_UNKNOWN && index >= w->claimed)
        return rc;
    rc = main_read_anchor(w->main, a);
    if (rc != SQLITE_OK)
        return rc;
    w->claimed = a->epoch == w->epoch ? a->commit : 0;
    if (index >= w->claimed)
        return rc;
    rc = several_commits(w, index, w->claimed, &several);
    if (several)
        return vfs_refuse(w->fs, SQLITE_IOERR_DATA,
                          _("its -shm file is not that of its -wal file; close it everywhere, and "
                            "open it again"));
    if (rc == SQLITE_OK)
        rc = anchor_forget(w, a, index);
    w->claimed = rc == SQLITE_OK ? index : WAL_UNKNOWN;
    return rc;
}

int wal_unclaim_rest(struct wal_file *w)
{
    int rc = wal_refresh(w);

    return rc == SQLITE_OK && w->epoch != 0 ? wal_unclaim(w, last_commit(w)) : rc;
}

/*
 * A new header is a new epoch, one above all that were: SQLite's own salts begin anew at random.
 * The anchor learns of it first, claiming nothing, so that no epoch is used twice; a claimed one in
 * which nothing was committed (the disk was full, say) is taken again. The root of the page tags
 * tells upon which state of the case file it begins: it fits no other one of the same epoch.
 */
int wal_write_head(struct wal_file *w, const uint8_t *head)
{
    uint8_t copies[FORMAT_WAL_RECORDS] = {0};
    struct wal_head new;
    struct anchor a = {0};
    int rc = wal_read_head(w);

    if (rc == SQLITE_OK)
        rc = main_read_anchor(w->main, &a);
    if (rc != SQLITE_OK)
        return rc;
    if (a.epoch == 0 || a.commit > 0 || w->epoch > a.epoch) {
        begin_epoch(&a, (w->epoch > a.epoch ? w->epoch : a.epoch) + 1);
        rc = main_anchor_commit(w->main, &a);
    }
    memcpy(new.sqlite, head, FORMAT_WAL_HEADER);
    memcpy(new.root, a.tag_root, FORMAT_ROOT);
    wal_head_seal(w->fs->keys, a.epoch, &new, copies);
    wal_head_seal(w->fs->keys, a.epoch, &new, copies + FORMAT_WAL_COPY_B);
    if (rc == SQLITE_OK)
        rc = raw_write(w->real, copies, sizeof(copies), 0);
    w->known = rc == SQLITE_OK;
    if (rc != SQLITE_OK)
        return rc;
    w->epoch = a.epoch;
    w->commit = w->candidate = w->highest = w->required = w->last = w->tagged = 0;
    w->bare = WAL_NONE_BARE;
    w->held = -1;
    gather_drop(&w->gather);
    wal_proof_cut(&w->proof, 0);
    w->head = new;
    ahead_drop(&w->ahead);
    memcpy(w->copies, copies, sizeof(w->copies));
    w->opened = w->epoch;
    return SQLITE_OK;
}
