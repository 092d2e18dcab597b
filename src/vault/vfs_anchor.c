/* SPDX-License-Identifier: MIT */
/*
 * The order in which the anchor and what it speaks of come to the disk. A copy of it is written
 * over only while the other one is whole on the disk and can stand for the file: so a loss of power
 * may take the one, and takes nothing with it.
 */
#include "amparo/vault/vfs.h"

#include "amparo/base/i18n.h"
#include "amparo/vault/wal.h"

enum { ANCHOR_TRIES = 5 };

int main_flush(struct main_file *m, int flags)
{
    int rc = m->unsynced ? SQLITE_OK : m->real->pMethods->xSync(m->real, flags);

    if (rc != SQLITE_OK)
        m->secured = MAIN_NONE_SECURED; /* nobody knows what is on the disk now */
    return rc;
}

/* While another process writes over the newer copy, one may see the older: so more than one look.
 */
int main_read_anchor(struct main_file *m, struct anchor *a)
{
    sqlite3_vfs *base = m->fs->base;

    if (m->fs->as_it_is) {
        int rc = anchor_read(m->real, m->fs->keys, a);

        return rc == SQLITE_IOERR_DATA ? SQLITE_OK : rc; /* of all zeros: nothing is known */
    }
    for (int i = 0; i < ANCHOR_TRIES; i++) {
        int rc = anchor_read_again(m->real, m->fs->keys, a);

        if (rc == SQLITE_OK && a->counter >= m->tags.least)
            m->tags.least = a->counter;
        else if (rc == SQLITE_OK)
            rc = vfs_refuse(m->fs, SQLITE_IOERR_DATA,
                            _("it has been put back to an older state while it was open"));
        else if (rc == SQLITE_IOERR_DATA)
            vfs_refuse(m->fs, rc, _("both copies of the anchor are damaged"));
        if (rc != SQLITE_IOERR_DATA)
            return rc;
        if (i > 0)
            base->xSleep(base, 1000);
    }
    return SQLITE_IOERR_DATA;
}

static int write_anchor(struct main_file *m, struct anchor *a, enum anchor_copy copy)
{
    int rc = anchor_write(m->real, m->fs->keys, a, copy);

    if (rc == SQLITE_OK)
        m->tags.least = a->counter;
    else if (a->seen[!copy] < m->tags.least)
        m->tags.least = a->seen[!copy]; /* this copy may be half written: the other one counts */
    return rc;
}

/* Copy A is damaged, or copy B is an older one. */
static bool must_be_paired(const struct anchor *a)
{
    return a->seen[ANCHOR_FLUSHED] == 0 || a->seen[ANCHOR_FLUSHED] > a->seen[ANCHOR_COMMIT];
}

/* What is read of the anchor is on the disk as it is read. */
static int flush_unknown(struct main_file *m, const struct anchor *a, int flags)
{
    return m->secured == a->tag_generation ? SQLITE_OK : main_flush(m, flags);
}

/*
 * A checkpoint writes over copy A, and over the leaves that count for an anchor of one generation
 * before: so both copies must be of the present one by then. After a commit they are; not after a
 * crash, whose WAL is brought over once more. And what another process wrote may not be flushed.
 */
int main_secure_anchor(struct main_file *m, int flags)
{
    struct anchor a = {0};
    int rc = main_read_anchor(m, &a);

    if (rc == SQLITE_OK)
        rc = flush_unknown(m, &a, flags);
    if (rc == SQLITE_OK && must_be_paired(&a)) {
        rc = write_anchor(m, &a, a.seen[ANCHOR_FLUSHED] ? ANCHOR_COMMIT : ANCHOR_FLUSHED);
        if (rc == SQLITE_OK)
            rc = main_flush(m, flags);
    }
    if (rc == SQLITE_OK)
        m->secured = a.tag_generation;
    return rc;
}

/* A commit writes over copy B, and does not flush it. */
int main_anchor_commit(struct main_file *m, struct anchor *a)
{
    int rc = SQLITE_OK;

    if (a->seen[ANCHOR_FLUSHED] == 0) {
        rc = write_anchor(m, a, ANCHOR_FLUSHED);
        if (rc == SQLITE_OK)
            rc = main_flush(m, SQLITE_SYNC_NORMAL);
    } else if (must_be_paired(a)) {
        rc = flush_unknown(m, a, SQLITE_SYNC_NORMAL);
    }
    return rc == SQLITE_OK ? write_anchor(m, a, ANCHOR_COMMIT) : rc;
}

int main_anchor_state(struct main_file *m, int flags)
{
    bool changed = m->tags.changed;
    struct anchor a = {0};
    int rc = m->wal ? wal_unclaim_rest(m->wal) : SQLITE_OK;

    if (rc == SQLITE_OK)
        rc = main_read_anchor(m, &a);
    if (rc == SQLITE_OK && m->wal)
        rc = wal_note(m->wal, true, &a, &changed);
    if (rc != SQLITE_OK || !changed)
        return rc;
    if (m->tags.changed)
        tags_anchor(&m->tags, m->fs->keys, &a);
    rc = write_anchor(m, &a, ANCHOR_FLUSHED);
    if (rc == SQLITE_OK && m->tags.changed)
        tags_settle(&m->tags, &a);
    if (rc == SQLITE_OK)
        rc = main_flush(m, flags);
    if (rc == SQLITE_OK)
        m->secured = a.tag_generation;
    return rc;
}
