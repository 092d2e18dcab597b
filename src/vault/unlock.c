/* SPDX-License-Identifier: MIT */
/* From what somebody brings (a passphrase, recovery shares, the escrow key) to an open vault. */
#include "amparo/vault/inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/vault/code.h"

enum { NO_SLOT = -3, UNLOCK_TRIES = 10, REFRESH_TRIES = 3 };

struct unlocking {
    const char *base;
    const char *path;
    int (*find)(const struct unlocking *u, const struct header *h, struct seeds *seeds,
                struct keys *keys, struct error *err); /* a slot, or NO_SLOT */
    const void *passphrase;
    size_t length;
    int hint;
    const struct share *shares; /* RECOVERY_NEEDED */
    const uint8_t *escrow;      /* HEADER_SEED */
    bool salvaging;             /* what the anchor would say of the header is not asked */
};

/* ---- by whom ---- */

/* The n-th place to try: the hinted one first. */
static int slot_to_try(int n, int hint)
{
    if (hint < 0 || hint >= HEADER_SLOTS)
        return n;
    return n == 0 ? hint : n <= hint ? n - 1 : n;
}

static int by_passphrase(const struct unlocking *u, const struct header *h, struct seeds *seeds,
                         struct keys *keys, struct error *err)
{
    for (int i = 0; i < HEADER_SLOTS; i++) {
        int slot = slot_to_try(i, u->hint);

        if (!header_is_used(h, slot))
            continue;
        switch (header_open_slot(h, slot, u->passphrase, u->length, seeds, keys)) {
        case HEADER_SLOT_OPENED:
            return slot;
        case HEADER_SLOT_WRONG:
            break;
        case HEADER_SLOT_DAMAGED:
            error_set(err, ERROR_VAULT, _("%s: slot %d of its key header is not authentic"),
                      u->path, slot);
            return NO_SLOT;
        case HEADER_SLOT_COST:
            error_set(err, ERROR_VAULT,
                      _("%s: slot %d asks for a key derivation outside the bounds; somebody has "
                        "changed it"),
                      u->path, slot);
            return NO_SLOT;
        case HEADER_SLOT_MEMORY:
            vault_no_memory(err);
            return NO_SLOT;
        }
    }
    error_set(err, ERROR_VAULT, _("%s: wrong passphrase"), u->path);
    return NO_SLOT;
}

static int by_shares(const struct unlocking *u, const struct header *h, struct seeds *seeds,
                     struct keys *keys, struct error *err)
{
    uint8_t secret[RECOVERY_SECRET];
    bool fine = true;

    for (int i = 0; i < RECOVERY_NEEDED; i++)
        fine &= header_share_counts(h, &u->shares[i], err);
    if (fine && (!recovery_join(&u->shares[0], &u->shares[1], secret) ||
                 !header_open_recovery(h, secret, seeds, keys)))
        fine = error_set(err, ERROR_VAULT,
                         _("%s: the recovery record in its key header is not "
                           "authentic; use a backup"),
                         u->path);
    sodium_memzero(secret, sizeof(secret));
    return fine ? HEADER_BY_RECOVERY : NO_SLOT;
}

static int by_escrow(const struct unlocking *u, const struct header *h, struct seeds *seeds,
                     struct keys *keys, struct error *err)
{
    uint8_t pk[HEADER_PK];
    const uint8_t *there = header_escrow(h);

    (void)keys;
    header_box_pk(u->escrow, pk);
    memset(seeds, 0, sizeof(*seeds));
    memcpy(seeds->box, u->escrow, HEADER_SEED);
    if (there && memcmp(there, pk, HEADER_PK) == 0)
        return HEADER_BY_ESCROW;
    error_set(err, ERROR_VAULT,
              there ? _("%s: its escrow key is another one") : _("%s: it has no escrow key"),
              u->path);
    return NO_SLOT;
}

/* ---- the file ---- */

/* Whether `h[i]` is the newer one of those that are authentic. */
static bool is_newest(const struct header h[2], int count, int i, const struct keys *keys)
{
    const struct header *other = &h[1 - i];

    return header_authentic(&h[i], keys) && (count < 2 || !header_authentic(other, keys) ||
                                             header_generation(other) <= header_generation(&h[i]));
}

/* Whether `h[i]` is the header that counts, by the anchor; else err says why not. */
static bool check_start(const struct unlocking *u, sqlite3_file *file, const struct header h[2],
                        int count, int i, const struct keys *keys, bool *doubt, struct error *err)
{
    struct anchor a = {0};
    int rc, which;

    if (u->salvaging && is_newest(h, count, i, keys))
        return true;
    rc = anchor_read(file, keys, &a);
    if (rc == SQLITE_IOERR_DATA)
        return error_set(err, ERROR_VAULT,
                         _("%s: both copies of its anchor are damaged; use a backup, or a head of "
                           "post accepts the loss: amparo verify --accept-loss"),
                         u->path);
    if (rc != SQLITE_OK)
        return error_set(err, ERROR_FAILED, _("%s cannot be read: %s"), u->path,
                         sqlite3_errstr(rc));
    *doubt = !a.seen[0] || !a.seen[1];
    if (!header_authentic(&h[i], keys))
        return error_set(err, ERROR_VAULT, _("%s: its key header is not authentic; use a backup"),
                         u->path);
    which = raw_which_header(h, count, a.header_generation);
    if (which < 0)
        return error_set(err, ERROR_VAULT,
                         _("%s: its key header has been put back to an older one; use a backup"),
                         u->path);
    return which == i || error_set(err, ERROR_VAULT, _("%s: wrong passphrase"), u->path);
}

/* Tries one of the header's copies. */
static bool try_copy(const struct unlocking *u, sqlite3_file *file, const struct header h[2],
                     int count, int i, struct vault **out, struct error *err)
{
    struct keys *keys = keys_new();
    struct seeds seeds;
    bool doubt = false, fine;
    int slot;

    memcpy(keys->file_id, header_file_id(&h[i]), sizeof(keys->file_id));
    slot = u->find(u, &h[i], &seeds, keys, err);
    fine = slot != NO_SLOT;
    if (fine) {
        if (slot != HEADER_BY_ESCROW)
            vault_take_sign_key(keys, &seeds);
        fine = header_take_key(&h[i], slot, seeds.box, keys->data) ||
               error_set(err, ERROR_VAULT, _("%s: the data key in its header is not authentic"),
                         u->path);
        keys_derive(keys);
    }
    sodium_memzero(&seeds, sizeof(seeds));
    if (!fine || !check_start(u, file, h, count, i, keys, &doubt, err)) {
        keys_free(keys);
        return false;
    }
    *out = vault_new(u->base, xstrdup(u->path), &h[i], keys, slot);
    (*out)->doubt = doubt;
    return true;
}

/* An edit of the header that was cut short leaves a copy that does not count beside the one that
 * does; which it is, only the data key tells. */
static bool unlock_once(const struct unlocking *u, struct header h[2], struct vault **out,
                        struct error *err)
{
    struct raw raw = {NULL, NULL};
    int count = 0;
    bool fine = false;

    if (raw_open(&raw, sqlite3_vfs_find(u->base), u->path, false, err))
        count = raw_headers(raw.file, u->path, h, err);
    for (int i = 0; i < count && !fine; i++) {
        error_clear(err);
        fine = try_copy(u, raw.file, h, count, i, out, err);
    }
    raw_close(&raw);
    return fine;
}

/* Whether the file at the path has another header than the one that was tried. */
static bool has_moved(const struct unlocking *u, const struct header *tried)
{
    struct raw raw = {NULL, NULL};
    struct header h[2];
    bool moved = raw_open(&raw, sqlite3_vfs_find(u->base), u->path, false, NULL) &&
                 raw_headers(raw.file, u->path, h, NULL) > 0 &&
                 memcmp(h[0].bytes, tried->bytes, HEADER_SIZE) != 0;

    raw_close(&raw);
    return moved;
}

/* While a passphrase was being derived, the header may have changed: then once more. */
static bool unlock(struct unlocking *u, const char *path, struct vault **out, struct error *err)
{
    char *full = raw_full_path(sqlite3_vfs_find(u->base), path, err);
    struct error why = ERROR_INIT;
    struct header h[2] = {{{0}}, {{0}}};
    bool fine = false;

    if (full && !access_check(full, err)) {
        free(full);
        return false;
    }
    u->path = full;
    for (int left = UNLOCK_TRIES; full && !fine && left > 0; left--) {
        error_clear(&why);
        fine = unlock_once(u, h, out, &why);
        if (!fine && !has_moved(u, &h[0]))
            break;
    }
    if (full && !fine)
        error_set(err, why.kind, "%s", error_text(&why));
    error_release(&why);
    free(full);
    return fine;
}

bool vault_unlock_with(const struct vault_setup *setup, const char *path, const void *passphrase,
                       size_t length, int hint, struct vault **out, struct error *err)
{
    struct unlocking u = {.base = setup->base,
                          .find = by_passphrase,
                          .passphrase = passphrase,
                          .length = length,
                          .hint = hint};

    vault_prepare();
    return vault_passphrase_fits(length, err) && unlock(&u, path, out, err);
}

bool vault_unlock(const char *path, const void *passphrase, size_t length, int hint,
                  struct vault **out, struct error *err)
{
    return vault_unlock_with(&vault_setup_default, path, passphrase, length, hint, out, err);
}

bool vault_unlock_damaged(const char *path, const void *passphrase, size_t length,
                          struct vault **out, struct error *err)
{
    struct unlocking u = {.find = by_passphrase,
                          .passphrase = passphrase,
                          .length = length,
                          .hint = -1,
                          .salvaging = true};

    vault_prepare();
    return vault_passphrase_fits(length, err) && unlock(&u, path, out, err);
}

bool vault_unlock_recovery(const char *path, const char *recovery, struct vault **out,
                           struct error *err)
{
    struct share shares[RECOVERY_NEEDED] = {{0}, {0}};
    struct unlocking u = {.find = by_shares, .shares = shares};
    bool fine;

    vault_prepare();
    fine = share_parse_two(recovery, shares, err) && unlock(&u, path, out, err);
    sodium_memzero(shares, sizeof(shares));
    return fine;
}

bool vault_unlock_escrow(const char *path, const uint8_t seed[VAULT_ESCROW], struct vault **out,
                         struct error *err)
{
    struct unlocking u = {.find = by_escrow, .escrow = seed};

    vault_prepare();
    return unlock(&u, path, out, err);
}

bool vault_check_share(const char *path, const char *text, struct vault_share *out,
                       struct error *err)
{
    struct raw raw = {NULL, NULL};
    struct share share = {0};
    struct header h[2];
    char *full;
    bool fine;

    vault_prepare();
    full = raw_full_path(sqlite3_vfs_find(NULL), path, err);
    fine = full && share_parse(text, &share, err) &&
           raw_open(&raw, sqlite3_vfs_find(NULL), full, false, err) &&
           raw_headers(raw.file, full, h, err) > 0 && header_share_counts(&h[0], &share, err);
    if (fine)
        *out = (struct vault_share){share.number, header_recovery_set(&h[0])};
    sodium_memzero(&share, sizeof(share));
    raw_close(&raw);
    free(full);
    return fine;
}

int vault_find_label(const char *path, const char *labels)
{
    struct raw raw = {NULL, NULL};
    const char *first = NULL;
    struct header h[2];
    int found = -1;
    char *full;

    vault_prepare();
    full = raw_full_path(sqlite3_vfs_find(NULL), path, NULL);
    if (full && raw_open(&raw, sqlite3_vfs_find(NULL), full, false, NULL) &&
        raw_headers(raw.file, full, h, NULL) > 0)
        for (int slot = 0; slot < HEADER_SLOTS; slot++) {
            char label[2 * HEADER_LABEL + 1];
            const char *at;

            sodium_bin2hex(label, sizeof(label), header_label(&h[0], slot), HEADER_LABEL);
            at = header_is_used(&h[0], slot) ? strstr(labels, label) : NULL;
            if (at && (!first || at < first)) {
                first = at;
                found = slot;
            }
        }
    raw_close(&raw);
    free(full);
    return found;
}

/* ---- afterwards ---- */

bool vault_has_new_key(struct vault *v)
{
    struct raw raw = {NULL, NULL};
    struct header h[2];
    bool new = raw_open(&raw, v->fs->base, v->fs->path, false, NULL) &&
               raw_headers(raw.file, v->fs->path, h, NULL) > 0 &&
               memcmp(header_file_id(&h[0]), v->fs->keys->file_id, CRYPTO_FILE_ID) == 0 &&
               header_generation(&h[0]) > header_generation(&v->header) &&
               !header_authentic(&h[0], v->fs->keys);

    raw_close(&raw);
    return new;
}

void vault_look_again(struct vault *v)
{
    struct raw raw = {NULL, NULL};

    if (raw_open(&raw, v->fs->base, v->fs->path, false, NULL))
        vault_refresh(v, raw.file, NULL);
    raw_close(&raw);
}

bool vault_refresh(struct vault *v, sqlite3_file *file, struct error *err)
{
    struct header h[2];
    struct anchor a = {0};
    int which = -1;

    /* Another process may change both between our looks. */
    for (int left = REFRESH_TRIES; which < 0 && left > 0; left--) {
        int count = raw_headers(file, v->fs->path, h, err), rc;

        if (count == 0)
            return false;
        rc = anchor_read(file, v->fs->keys, &a);
        if (rc != SQLITE_OK && rc != SQLITE_IOERR_DATA)
            return vault_io_error(v, rc, err);
        if (rc == SQLITE_IOERR_DATA)
            return error_set(err, ERROR_VAULT, _("%s: both copies of its anchor are damaged"),
                             v->fs->path);
        which = raw_which_header(h, count, a.header_generation);
    }
    if (which < 0)
        return error_set(err, ERROR_VAULT,
                         _("%s: its key header has been put back to an older one; use a backup"),
                         v->fs->path);
    if (header_generation(&h[which]) <= header_generation(&v->header))
        return true;
    if (!header_authentic(&h[which], v->fs->keys))
        return error_set(err, ERROR_VAULT, _("%s: its key header is not authentic; use a backup"),
                         v->fs->path);
    vault_set_header(v, &h[which]);
    return true;
}
