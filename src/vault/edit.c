/* SPDX-License-Identifier: MIT */
/*
 * Changes of the key header in place: who can open the file, with what. Each is one step: it is
 * made when the anchor has its generation, and before that the copy of the header counts that was
 * not written yet.
 */
#include "amparo/vault/inside.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* Changes `h`; the data key is sealed to all in it, and it is closed, by the caller. */
typedef bool header_change(void *ctx, const struct vault *v, struct header *h, struct error *err);

/* The copy that does not hold the header that counts, or 0 where both do. */
static int spare_copy(const struct vault *v, sqlite3_file *file)
{
    struct header h;

    raw_header(file, 0, &h);
    return memcmp(h.bytes, v->header.bytes, HEADER_SIZE) == 0 ? 1 : 0;
}

/*
 * Tells the anchor which header counts, and whether its copies are being written. Over the older
 * copy: the newer one may be the only one that knows the present pages.
 */
static int tell_anchor(const struct vault *v, sqlite3_file *file, uint64_t generation,
                       bool changing)
{
    struct anchor a = {0};
    int rc = anchor_read(file, v->fs->keys, &a);

    if (rc != SQLITE_OK)
        return rc;
    a.header_generation = generation;
    a.header_changing = changing;
    rc = anchor_write(file, v->fs->keys, &a,
                      a.seen[ANCHOR_FLUSHED] > a.seen[ANCHOR_COMMIT] ? ANCHOR_COMMIT
                                                                     : ANCHOR_FLUSHED);
    return rc == SQLITE_OK ? raw_sync(file) : rc;
}

/*
 * Before the anchor has the new generation, what fails can be taken back. After that it is not
 * known what is on the disk, but either header is whole there, and who opens the file asks the
 * anchor for the right one. What is cut short in between is mended at the next opening.
 */
static bool write_both(struct vault *v, sqlite3_file *file, const struct header *h,
                       struct error *err)
{
    int copy = spare_copy(v, file), rc = raw_sync(file);

    if (rc == SQLITE_OK)
        rc = tell_anchor(v, file, header_generation(&v->header), true);
    if (rc == SQLITE_OK) {
        rc = raw_write_header(file, copy, h);
        if (rc != SQLITE_OK)
            raw_write_header(file, copy, &v->header);
    }
    if (rc == SQLITE_OK)
        rc = tell_anchor(v, file, header_generation(h), true);
    if (rc != SQLITE_OK)
        return vault_io_error(v, rc, err);
    vault_set_header(v, h);
    if (raw_write_header(file, !copy, h) == SQLITE_OK)
        tell_anchor(v, file, header_generation(h), false);
    return true;
}

/* With SQLite's write lock held through `m`. */
static bool edit_locked(struct vault *v, struct main_file *m, header_change *change, void *ctx,
                        struct error *err)
{
    struct header h;

    if (!vault_refresh(v, m->real, err))
        return false;
    h = v->header;
    if (!change(ctx, v, &h, err))
        return false;
    header_give_key(&h, v->fs->keys->data);
    header_finish(&h, v->fs->keys, v->slot);
    return write_both(v, m->real, &h, err);
}

/* A connection of this vault that keeps other writers out already; NULL where there is none. */
static struct main_file *writing_file(struct vault *v)
{
    struct main_file *m;

    pthread_mutex_lock(&v->fs->lock);
    for (m = v->fs->files; m && !m->exclusive && !m->write_held; m = m->next)
        ;
    pthread_mutex_unlock(&v->fs->lock);
    return m;
}

static bool edit(struct vault *v, header_change *change, void *ctx, struct error *err)
{
    struct main_file *m = writing_file(v);
    sqlite3 *db = NULL;
    bool fine;

    if (v->slot == HEADER_BY_ESCROW)
        return error_set(err, ERROR_INPUT, _("the escrow key reads, and changes nothing"));
    if (m)
        return edit_locked(v, m, change, ctx, err);
    fine = vault_open(v, 0, &db, err) && vault_exec(db, "BEGIN IMMEDIATE", err) &&
           edit_locked(v, vfs_main_file(db), change, ctx, err);
    sqlite3_close(db);
    return fine;
}

/* ---- mending ---- */

static bool was_cut_short(const struct vault *v, sqlite3_file *file)
{
    struct anchor a = {0};

    return anchor_read(file, v->fs->keys, &a) == SQLITE_OK && a.header_changing;
}

/* Both copies become the one that counts; what fails here is tried again at the next opening. */
static int write_anew(const struct vault *v, sqlite3_file *file)
{
    struct header there;
    int rc = raw_sync(file);

    for (int copy = 0; rc == SQLITE_OK && copy < 2; copy++) {
        raw_header(file, copy, &there);
        if (memcmp(there.bytes, v->header.bytes, HEADER_SIZE) != 0)
            rc = raw_write_header(file, copy, &v->header);
    }
    return rc == SQLITE_OK ? tell_anchor(v, file, header_generation(&v->header), false) : rc;
}

void vault_mend_header(struct vault *v, struct sqlite3 *db)
{
    sqlite3_file *file = vfs_main_file(db)->real;

    if (v->slot == HEADER_BY_ESCROW || !was_cut_short(v, file) ||
        sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return;
    if (was_cut_short(v, file) && vault_refresh(v, file, NULL))
        write_anew(v, file);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- the changes ---- */

struct officer_change {
    int slot; /* -1: a free one */
    struct kdf_cost cost;
    const void *passphrase;
    size_t length;
    struct seeds seeds;
};

static bool put_officer(void *ctx, const struct vault *v, struct header *h, struct error *err)
{
    struct officer_change *o = ctx;

    if (o->slot < 0)
        o->slot = header_free_slot(h);
    if (o->slot < 0)
        return error_set(err, ERROR_INPUT, _("all %d places for officers are taken"), VAULT_SLOTS);
    return header_set_slot(h, o->slot, o->cost, o->passphrase, o->length, &o->seeds, v->fs->keys) ||
           vault_no_memory(err);
}

bool vault_add_slot(struct vault *v, const void *passphrase, size_t length,
                    uint8_t pk[VAULT_SIGN_PK], struct error *err)
{
    return vault_put_slot(v, -1, passphrase, length, pk, err);
}

bool vault_put_slot(struct vault *v, int i, const void *passphrase, size_t length,
                    uint8_t pk[VAULT_SIGN_PK], struct error *err)
{
    struct officer_change o = {
        .slot = i, .cost = vault_cost(v), .passphrase = passphrase, .length = length};
    bool fine;

    randombytes_buf(&o.seeds, sizeof(o.seeds));
    fine = vault_passphrase_fits(length, err) && edit(v, put_officer, &o, err);
    if (fine)
        memcpy(pk, header_sign_pk(&v->header, o.slot), VAULT_SIGN_PK);
    sodium_memzero(&o.seeds, sizeof(o.seeds)); /* they lie in the slot, and nowhere else */
    return fine;
}

/* The seeds of who unlocked, by their passphrase; wipe them. */
static bool own_seeds(const struct vault *v, const void *passphrase, size_t length,
                      struct seeds *seeds, struct error *err)
{
    struct keys *keys = keys_new();
    enum header_slot_state state = HEADER_SLOT_WRONG;

    if (header_is_used(&v->header, v->slot))
        state = header_open_slot(&v->header, v->slot, passphrase, length, seeds, keys);
    keys_free(keys);
    if (state == HEADER_SLOT_MEMORY)
        return vault_no_memory(err);
    return state == HEADER_SLOT_OPENED ||
           error_set(err, ERROR_VAULT, _("%s: wrong passphrase"), v->fs->path);
}

bool vault_check_passphrase(const struct vault *v, const void *passphrase, size_t length,
                            struct error *err)
{
    struct seeds seeds;
    bool fine = own_seeds(v, passphrase, length, &seeds, err);

    sodium_memzero(&seeds, sizeof(seeds));
    return fine;
}

bool vault_set_passphrase(struct vault *v, const void *old, size_t old_length, const void *new,
                          size_t new_length, struct error *err)
{
    struct officer_change o = {
        .slot = v->slot, .cost = vault_cost(v), .passphrase = new, .length = new_length};
    bool fine = vault_passphrase_fits(new_length, err) &&
                own_seeds(v, old, old_length, &o.seeds, err) && edit(v, put_officer, &o, err);

    sodium_memzero(&o.seeds, sizeof(o.seeds));
    return fine;
}

static bool put_recovery(void *ctx, const struct vault *v, struct header *h, struct error *err)
{
    (void)err;
    vault_new_set(h, v->fs->keys, ctx);
    return true;
}

bool vault_renew_recovery(struct vault *v, struct buf *shares, struct error *err)
{
    struct buf made = BUF_INIT;
    bool fine = edit(v, put_recovery, &made, err);

    if (fine)
        buf_add(shares, made.data, made.size);
    buf_release(&made);
    return fine;
}

static bool put_escrow(void *ctx, const struct vault *v, struct header *h, struct error *err)
{
    (void)v;
    (void)err;
    header_set_escrow(h, ctx);
    return true;
}

void vault_escrow_pk(const uint8_t seed[VAULT_ESCROW], uint8_t pk[VAULT_ESCROW])
{
    header_box_pk(seed, pk);
}

/* A few points of the curve give everybody the same secret: whoever names one is not the ministry.
 */
static bool is_public_key(const uint8_t pk[VAULT_ESCROW])
{
    uint8_t sealed[1 + crypto_box_SEALBYTES];

    return crypto_box_seal(sealed, (const uint8_t *)"", 1, pk) == 0;
}

bool vault_set_escrow(struct vault *v, const uint8_t pk[VAULT_ESCROW], struct error *err)
{
    uint8_t copy[VAULT_ESCROW];

    if (pk && !is_public_key(pk))
        return error_set(err, ERROR_INPUT, _("that is no escrow key"));
    if (pk)
        memcpy(copy, pk, sizeof(copy));
    return edit(v, put_escrow, pk ? copy : NULL, err);
}
