/* SPDX-License-Identifier: MIT */
/*
 * A new data key for a case file, which then has another file's place. At any moment one of the two
 * is whole at its path, whatever is cut short:
 *
 *   PATH.rekey-NAME   the new file while it is made; the old one at PATH is not touched
 *   PATH.old-NAME     a second name of the old one, so that its keys can be wiped after the new one
 *                     has taken its place, also by who opens that after a crash
 *
 * NAME comes from the old data key, and the new header says it: so nobody guesses at names, and a
 * file that only looks like ours is left alone.
 */
#include "amparo/vault/inside.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { ALONE_TRIES = 10, ALONE_STEP_US = 20000 };

struct rekeying {
    struct vault *v;
    struct vault *twin; /* the new file; NULL once it is closed */
    sqlite3 *db;        /* keeps everybody else out of the old file */
    char *part, *old;
    bool named; /* `old` is ours */
};

/* ---- names ---- */

static void own_name(const struct vault *v, uint8_t name[HEADER_NAME])
{
    static const char what[] = "amparo rekey";
    uint8_t mac[CRYPTO_KEY];

    mac_make(v->fs->keys->header, v->fs->keys->file_id, what, sizeof(what), mac);
    memcpy(name, mac, HEADER_NAME);
}

static char *beside(const struct vault *v, const char *kind, const uint8_t name[HEADER_NAME])
{
    char hex[2 * HEADER_NAME + 1];

    sodium_bin2hex(hex, sizeof(hex), name, HEADER_NAME);
    return xasprintf("%s.%s-%s", v->fs->path, kind, hex);
}

/* ---- what is left of an older one ---- */

static int wipe_start(sqlite3_file *file)
{
    uint8_t start[FORMAT_GROUPS];
    int rc = raw_read(file, start, sizeof(start), 0);

    if (rc == SQLITE_OK) {
        header_wipe(start);
        rc = raw_write(file, start, sizeof(start), 0);
    }
    return rc == SQLITE_OK ? raw_sync(file) : rc;
}

static bool is_regular(const char *path, struct stat *st)
{
    return lstat(path, st) == 0 && S_ISREG(st->st_mode);
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/*
 * Whether a file at one of our names is what we left there: with this file's id; and to be wiped,
 * only one that has no other name and is older than what took its place. A backup is neither.
 */
static bool is_left_over(const struct vault *v, sqlite3_file *file, const struct stat *st,
                         bool wipe)
{
    struct header start;

    raw_read(file, start.bytes, HEADER_SIZE, 0); /* of a short one: zeros */
    return header_is_of(&start, v->fs->keys->file_id) &&
           (!wipe ||
            (st->st_nlink == 1 && header_generation(&start) < header_generation(&v->header)));
}

/* Removes what is left of a rekeying at a name, `wipe`d before; or this file's second name. */
static void clear(struct vault *v, const char *path, bool wipe)
{
    struct raw raw = {NULL, NULL};
    struct stat here, there;
    bool fine;

    if (lstat(path, &there) != 0 && errno == ENOENT)
        vault_remove_beside(path);
    if (!is_regular(path, &there) || !is_regular(v->fs->path, &here))
        return;
    if (is_same(&here, &there)) {
        unlink(path);
        return;
    }
    if (!raw_open(&raw, v->fs->base, path, false, NULL))
        return;
    fine = is_left_over(v, raw.file, &there, wipe) &&
           (!wipe || (vault_sync_folder(path) && wipe_start(raw.file) == SQLITE_OK));
    raw_close(&raw);
    if (fine) {
        vault_remove_beside(path);
        unlink(path);
    }
}

void vault_clear_leftovers(struct vault *v)
{
    const uint8_t *replaced = header_replaced(&v->header);
    uint8_t name[HEADER_NAME];
    char *part, *old;

    own_name(v, name);
    part = beside(v, "rekey", name);
    old = beside(v, "old", name);
    clear(v, part, false);
    clear(v, old, false);
    free(part);
    free(old);
    if (replaced) {
        old = beside(v, "old", replaced);
        clear(v, old, true);
        free(old);
    }
}

/* ---- alone ---- */

static bool in_use(const struct vault *v, struct error *err)
{
    return error_set(err, ERROR_FAILED,
                     _("%s: another program has it open; close it there and try again"),
                     v->fs->path);
}

/* Every connection holds a shared lock as long as it is open. */
bool vault_is_alone(struct vault *v, struct error *err)
{
    struct raw raw;
    int rc = SQLITE_BUSY;

    if (!raw_open(&raw, v->fs->base, v->fs->path, false, err))
        return false;
    for (int i = 0; i < ALONE_TRIES && rc == SQLITE_BUSY; i++) {
        if (i)
            v->fs->base->xSleep(v->fs->base, ALONE_STEP_US);
        rc = raw.file->pMethods->xLock(raw.file, SQLITE_LOCK_SHARED);
        if (rc == SQLITE_OK)
            rc = raw.file->pMethods->xLock(raw.file, SQLITE_LOCK_EXCLUSIVE);
        raw.file->pMethods->xUnlock(raw.file, SQLITE_LOCK_NONE);
    }
    raw_close(&raw);
    return rc == SQLITE_OK || (rc == SQLITE_BUSY ? in_use(v, err) : vault_io_error(v, rc, err));
}

/* All that the WAL holds comes into the file. */
static bool empty_wal(struct vault *v, sqlite3 *db, struct error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool done =
        sqlite3_prepare_v2(db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW;
    bool fine =
        done ? sqlite3_column_int(stmt, 0) == 0 || in_use(v, err) : vault_sqlite_error(db, err);

    sqlite3_finalize(stmt);
    return fine;
}

static bool take_alone(struct rekeying *r, struct error *err)
{
    struct stat st;

    if (!vault_is_alone(r->v, err) ||
        !vault_open(r->v, VAULT_EXCLUSIVE | VAULT_IMPATIENT, &r->db, err) ||
        !empty_wal(r->v, r->db, err))
        return false;
    if (stat(r->v->fs->path, &st) == 0 && st.st_nlink > 1)
        return error_set(err, ERROR_FAILED,
                         _("%s has another name (a hard link), which would keep the old key; "
                           "remove that and try again"),
                         r->v->fs->path);
    return true;
}

/* ---- the new file ---- */

/* Who shall keep access; `own` gets the new seeds of who has a new passphrase. */
static bool new_header(struct vault *v, const struct vault_change *change, struct header *h,
                       struct seeds *own, struct error *err)
{
    for (int slot = 0; slot < HEADER_SLOTS; slot++)
        if (change->remove & 1u << slot)
            header_clear_slot(h, slot);
    if (change->end_escrow)
        header_set_escrow(h, NULL);
    if (change->shares)
        vault_new_set(h, v->fs->keys, change->shares);
    if (!change->new_passphrase)
        return true;
    randombytes_buf(own, sizeof(*own));
    return vault_passphrase_fits(change->new_length, err) &&
           (header_set_slot(h, v->slot, vault_cost(v), change->new_passphrase, change->new_length,
                            own, v->fs->keys) ||
            vault_no_memory(err));
}

bool vault_keep_mode(const struct vault *v, const char *part, struct error *err)
{
    struct stat old, new;

    if (stat(v->fs->path, &old) == 0 && stat(part, &new) == 0 &&
        (new.st_gid == old.st_gid || chown(part, (uid_t)-1, old.st_gid) == 0) &&
        chmod(part, old.st_mode & 07777) == 0)
        return true;
    return error_set(err, ERROR_FAILED, _("%s: its group and mode cannot be kept: %s"), v->fs->path,
                     strerror(errno));
}

static bool fill(struct rekeying *r, const struct vault_change *change, struct copying *c,
                 struct error *err)
{
    return vault_copy_pages(r->db, r->twin, c, err) &&
           (!change->finish || change->finish(change->ctx, r->twin, err)) &&
           vault_copy_check(r->twin, c, err);
}

bool vault_flush_file(const struct vault *v, struct error *err)
{
    struct raw raw;
    int rc;

    if (!raw_open(&raw, v->fs->base, v->fs->path, false, err))
        return false;
    rc = raw_sync(raw.file);
    raw_close(&raw);
    return rc == SQLITE_OK || vault_io_error(v, rc, err);
}

static bool make_new(struct rekeying *r, const struct vault_change *change, struct copying *c,
                     const uint8_t name[HEADER_NAME], struct error *err)
{
    struct header h = r->v->header;
    struct seeds own;
    bool fine = new_header(r->v, change, &h, &own, err);

    header_set_replaced(&h, name);
    fine = fine &&
           vault_make_twin(r->v, r->part, &h, change->new_passphrase ? &own : NULL, &r->twin, err);
    sodium_memzero(&own, sizeof(own));
    return fine && fill(r, change, c, err) && vault_keep_mode(r->v, r->part, err) &&
           vault_flush_file(r->twin, err);
}

/* ---- its place ---- */

/* A file system without links does without: then only a crash leaves the old keys unwiped. */
static bool name_old(struct rekeying *r, struct error *err)
{
    r->named = link(r->v->fs->path, r->old) == 0;
    if (r->named || errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)
        return true;
    return error_set(err, ERROR_FAILED, _("%s cannot be made: %s"), r->old, strerror(errno));
}

static bool take_place(struct rekeying *r, struct error *err)
{
    int persist = 1;

    if (!name_old(r, err))
        return false;
    /* What lies at the WAL's name when the old one is closed will be the new one's. */
    sqlite3_file_control(r->db, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
    vault_remove_beside(r->v->fs->path);
    vault_remove_beside(r->part);
    if (rename(r->part, r->v->fs->path) == 0)
        return true;
    return error_set(err, ERROR_FAILED, _("%s cannot be made: %s"), r->v->fs->path,
                     strerror(errno));
}

/*
 * Only when the new name is on the disk: else a loss of power could bring back the old one, wiped.
 * What fails here is done at the next opening.
 */
static void end_old(const struct rekeying *r)
{
    if (vault_sync_folder(r->v->fs->path) && wipe_start(vfs_main_file(r->db)->real) == SQLITE_OK) {
        if (r->named)
            unlink(r->old);
        vault_sync_folder(r->v->fs->path);
    }
}

/* Only what is ours: a file that was there before is somebody's. */
static void take_back(const struct rekeying *r)
{
    if (r->named)
        unlink(r->old);
    if (r->twin) {
        unlink(r->part);
        vault_remove_beside(r->part);
    }
}

/* `v` goes on as the new file. */
static void move_in(struct vault *v, struct vault *twin)
{
    struct keys *keys = keys_new();
    struct vfs *fs;

    *keys = *twin->fs->keys;
    fs = vfs_new(v->fs->base->zName, xstrdup(v->fs->path), keys);
    vfs_close(v->fs);
    v->fs = fs;
    vault_set_header(v, &twin->header);
}

/* Who unlocked keeps their slot: else nobody would hold the new key. */
static bool may_change(const struct vault *v, const struct vault_change *change, struct error *err)
{
    if (v->slot == HEADER_BY_ESCROW)
        return error_set(err, ERROR_INPUT, _("the escrow key reads, and changes nothing"));
    if (v->slot >= 0 && change->remove & 1u << v->slot)
        return error_set(err, ERROR_INPUT, _("nobody takes their own access away"));
    return v->slot >= 0 || !change->new_passphrase ||
           error_set(err, ERROR_INPUT, _("only an officer has a passphrase"));
}

bool vault_rekey(struct vault *v, const struct vault_change *change, vault_progress *progress,
                 void *ctx, struct error *err)
{
    static const struct vault_change none;
    struct copying c = {.progress = progress, .ctx = ctx};
    struct rekeying r = {.v = v};
    uint8_t name[HEADER_NAME];
    bool fine = may_change(v, change ? change : &none, err) && take_alone(&r, err);

    if (fine) {
        own_name(v, name);
        r.part = beside(v, "rekey", name);
        r.old = beside(v, "old", name);
        fine = make_new(&r, change ? change : &none, &c, name, err) && take_place(&r, err);
        if (fine)
            end_old(&r);
        else
            take_back(&r);
    }
    sqlite3_close(r.db);
    if (fine)
        move_in(v, r.twin);
    vault_close(r.twin);
    free(r.part);
    free(r.old);
    return fine;
}
