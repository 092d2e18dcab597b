/* SPDX-License-Identifier: MIT */
#include "amparo/vault/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/vault/recovery.h"

enum { NO_SLOT = -2, UNLOCK_TRIES = 10 };

static void prepare_once(void)
{
    if (sodium_init() < 0)
        BUG("libsodium does not start");
    /* No file names as URIs: they could name another file system. Too late where SQLite already
     * runs; then the authorizer of each connection still refuses ATTACH. */
    sqlite3_config(SQLITE_CONFIG_URI, 0);
    vault_wipe_what_is_freed();
    if (sqlite3_initialize() != SQLITE_OK)
        BUG("SQLite does not start");
}

void vault_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, prepare_once);
}

void vault_harden_process(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    prctl(PR_SET_DUMPABLE, 0);
    access_prepare();
}

bool vault_io_error(const struct vault *v, int rc, struct error *err)
{
    if (rc == SQLITE_FULL)
        return error_set(err, ERROR_FAILED, _("%s: the disk is full; make room and try again"),
                         v->fs->path);
    return error_set(err, ERROR_FAILED, _("%s: %s; check the disk and try again"), v->fs->path,
                     sqlite3_errstr(rc));
}

void vault_set_header(struct vault *v, const struct header *h)
{
    v->header = *h;
    for (int i = 0; i < VAULT_SLOTS; i++)
        sodium_bin2hex(v->labels[i], sizeof(v->labels[i]), header_label(&v->header, i),
                       HEADER_LABEL);
}

/* Keys whose data key is set become a vault; takes over path and keys. */
static struct vault *vault_new(const char *base, char *path, const struct header *h,
                               struct keys *keys, int slot)
{
    struct vault *v = xcalloc(1, sizeof(*v));

    v->fs = vfs_new(base, path, keys);
    v->slot = slot;
    v->cost = vault_setup_default.cost;
    vault_set_header(v, h);
    return v;
}

void vault_close(struct vault *v)
{
    if (!v)
        return;
    vfs_close(v->fs);
    free(v);
}

bool vault_sync_folder(const char *path)
{
    char *copy = xstrdup(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    free(copy);
    return fine;
}

/* The new file, with all that lies before the pages. */
static bool write_start(const char *path, const struct header *h, const struct keys *keys,
                        struct error *err)
{
    uint8_t start[FORMAT_GROUPS] = {0};
    struct anchor a = {0};
    int fd = access_create(path);
    bool fine;

    if (fd < 0 && errno == EEXIST)
        return error_set(err, ERROR_INPUT, _("%s exists already; choose another name"), path);
    if (fd < 0)
        return error_set(err, ERROR_FAILED, _("%s cannot be made: %s"), path, strerror(errno));
    memcpy(start + FORMAT_HEADER_A, h->bytes, HEADER_SIZE);
    memcpy(start + FORMAT_HEADER_B, h->bytes, HEADER_SIZE);
    a.header_generation = header_generation(h);
    tags_empty(keys, &a);
    for (int copy = 0; copy < 2; copy++) {
        a.seen[copy] = ++a.counter;
        anchor_print(&a, copy, keys, start + anchor_at(copy));
    }
    errno = ENOSPC;
    fine = pwrite(fd, start, sizeof(start), 0) == (ssize_t)sizeof(start) && fsync(fd) == 0;
    if (!fine) {
        error_set(err, ERROR_FAILED, _("%s cannot be written: %s"), path, strerror(errno));
        unlink(path);
    }
    close(fd);
    return fine;
}

/* SQLite's first page, which also says that it is in WAL mode. */
static bool write_first_page(struct vault *v, struct error *err)
{
    sqlite3 *db;
    bool fine = vault_open_new(v, &db, err);

    if (fine) {
        fine = vault_start_wal(v, db, err);
        sqlite3_close(db);
    }
    return fine;
}

bool vault_make_file(const char *base, const char *path, struct header *h, struct keys *keys,
                     int slot, struct vault **out, struct error *err)
{
    char *full = raw_full_path(sqlite3_vfs_find(base), path, err);
    struct vault *v;

    if (full) {
        header_finish(h, keys, slot);
        if (!write_start(full, h, keys, err)) {
            free(full);
            full = NULL;
        }
    }
    if (!full) {
        keys_free(keys);
        return false;
    }
    v = vault_new(base, full, h, keys, slot);
    v->fs->creating = true;
    if (!write_first_page(v, err)) {
        unlink(v->fs->path);
        vault_close(v);
        return false;
    }
    v->fs->creating = false;
    vault_sync_folder(v->fs->path);
    *out = v;
    return true;
}

static bool passphrase_fits(size_t length, struct error *err)
{
    return length > 0 || error_set(err, ERROR_INPUT, _("the passphrase is empty"));
}

static void take_sign_key(struct keys *keys, const struct seeds *seeds)
{
    uint8_t pk[crypto_sign_PUBLICKEYBYTES];

    crypto_sign_seed_keypair(pk, keys->sign_sk, seeds->sign);
}

/* Adds an officer to a header; errors where there is no slot or no memory. */
static int new_officer(struct header *h, struct kdf_cost cost, const void *passphrase,
                       size_t length, struct seeds *seeds, struct error *err)
{
    int slot = header_add_slot(h, cost, passphrase, length, seeds);

    if (slot == -1)
        error_set(err, ERROR_INPUT, _("all %d places for officers are taken"), VAULT_SLOTS);
    else if (slot < 0)
        error_set(err, ERROR_FAILED,
                  _("not enough memory for the passphrase; close other "
                    "programs and try again"));
    return slot;
}

bool vault_create_with(const struct vault_setup *setup, const char *path, const void *passphrase,
                       size_t length, struct vault **out, struct buf *recovery, struct error *err)
{
    uint8_t secret[RECOVERY_SECRET];
    struct seeds seeds, recovery_seeds;
    struct header h;
    struct keys *keys;
    bool fine;

    vault_prepare();
    if (!passphrase_fits(length, err))
        return false;
    keys = keys_new();
    randombytes_buf(keys->data, sizeof(keys->data));
    randombytes_buf(keys->file_id, sizeof(keys->file_id));
    randombytes_buf(secret, sizeof(secret));
    keys_derive(keys);
    header_recovery_seeds(secret, &recovery_seeds);
    header_init(&h, keys->file_id, &recovery_seeds);
    header_give_key(&h, HEADER_BY_RECOVERY, keys->data);
    if (new_officer(&h, setup->cost, passphrase, length, &seeds, err) == 0) {
        header_give_key(&h, 0, keys->data);
        header_pin(&h, keys->pin);
        take_sign_key(keys, &recovery_seeds);
        header_vouch(&h, 0, HEADER_BY_RECOVERY, keys->sign_sk);
        take_sign_key(keys, &seeds);
        fine = vault_make_file(setup->base, path, &h, keys, 0, out, err);
    } else {
        keys_free(keys);
        fine = false;
    }
    if (fine) {
        (*out)->cost = setup->cost;
        recovery_print(secret, recovery);
    }
    sodium_memzero(secret, sizeof(secret));
    sodium_memzero(&seeds, sizeof(seeds));
    sodium_memzero(&recovery_seeds, sizeof(recovery_seeds));
    return fine;
}

bool vault_create(const char *path, const void *passphrase, size_t length, struct vault **out,
                  struct buf *recovery, struct error *err)
{
    return vault_create_with(&vault_setup_default, path, passphrase, length, out, recovery, err);
}

/* Holds header and anchor against the keys; the header may be read again. */
static bool check_start(const char *path, sqlite3_file *file, struct header *h,
                        const struct keys *keys, bool *doubt, struct error *err)
{
    struct anchor a = {0};
    int rc = anchor_read(file, keys, &a);

    if (rc == SQLITE_IOERR_DATA)
        return error_set(err, ERROR_VAULT, _("%s: both copies of its anchor are damaged"), path);
    if (rc != SQLITE_OK)
        return error_set(err, ERROR_FAILED, _("%s cannot be read: %s"), path, sqlite3_errstr(rc));
    *doubt = !a.seen[0] || !a.seen[1];
    /* While the passphrase was being derived, another officer may have been added. */
    if (header_generation(h) < a.header_generation && !raw_best_header(file, path, h, err))
        return false;
    if (!header_authentic(h, keys))
        return error_set(err, ERROR_VAULT, _("%s: its key header is not authentic; use a backup"),
                         path);
    if (header_generation(h) < a.header_generation)
        return error_set(err, ERROR_VAULT,
                         _("%s: its key header has been put back to an older one; use a backup"),
                         path);
    return true;
}

/* The seeds are there: opens the data key. */
static bool finish_unlock(const char *base, const char *path, sqlite3_file *file, struct header *h,
                          int slot, const struct seeds *seeds, struct vault **out,
                          struct error *err)
{
    struct keys *keys = keys_new();
    bool fine, doubt = false;

    memcpy(keys->file_id, header_file_id(h), sizeof(keys->file_id));
    header_pin(h, keys->pin);
    take_sign_key(keys, seeds);
    fine = header_take_key(h, slot, seeds, keys->data);
    if (!fine)
        error_set(err, ERROR_VAULT, _("%s: the data key in its header is not authentic"), path);
    keys_derive(keys);
    if (!fine || !check_start(path, file, h, keys, &doubt, err)) {
        keys_free(keys);
        return false;
    }
    *out = vault_new(base, xstrdup(path), h, keys, slot);
    (*out)->doubt = doubt;
    return true;
}

/* The n-th slot to try: the hinted one first. */
static int slot_to_try(int n, int hint, int slots)
{
    if (hint < 0 || hint >= slots)
        return n;
    return n == 0 ? hint : n <= hint ? n - 1 : n;
}

/* Finds the passphrase's slot; NO_SLOT with the error set. */
static int find_slot(const char *path, const struct header *h, const void *passphrase,
                     size_t length, int hint, struct seeds *seeds, struct error *err)
{
    int slots = header_slots(h);

    for (int i = 0; i < slots; i++) {
        int slot = slot_to_try(i, hint, slots);

        switch (header_open_slot(h, slot, passphrase, length, seeds)) {
        case HEADER_SLOT_OPENED:
            return slot;
        case HEADER_SLOT_WRONG:
            break;
        case HEADER_SLOT_DAMAGED:
            error_set(err, ERROR_VAULT, _("%s: slot %d of its key header is not authentic"), path,
                      slot);
            return NO_SLOT;
        case HEADER_SLOT_COST:
            error_set(err, ERROR_VAULT,
                      _("%s: slot %d asks for a key derivation outside the bounds; somebody has "
                        "changed it"),
                      path, slot);
            return NO_SLOT;
        case HEADER_SLOT_MEMORY:
            error_set(err, ERROR_FAILED,
                      _("not enough memory for the passphrase; close other "
                        "programs and try again"));
            return NO_SLOT;
        }
    }
    error_set(err, ERROR_VAULT, _("%s: wrong passphrase"), path);
    return NO_SLOT;
}

/* What somebody brings to unlock a file. */
struct unlocking {
    const struct vault_setup *setup;
    const void *passphrase; /* NULL: the recovery key */
    size_t length;
    int hint;
    struct seeds recovery;
};

static int find_seeds(const struct unlocking *u, const char *path, const struct header *h,
                      struct seeds *seeds, struct error *err)
{
    if (u->passphrase)
        return find_slot(path, h, u->passphrase, u->length, u->hint, seeds, err);
    *seeds = u->recovery;
    if (!header_seeds_match(h, HEADER_BY_RECOVERY, seeds)) {
        error_set(err, ERROR_VAULT, _("%s: this is the recovery key of another case file"), path);
        return NO_SLOT;
    }
    return HEADER_BY_RECOVERY;
}

static bool unlock_once(const struct unlocking *u, const char *path, struct header *h,
                        struct vault **out, struct error *err)
{
    struct raw raw = {NULL, NULL};
    struct seeds seeds;
    bool fine = raw_open(&raw, sqlite3_vfs_find(u->setup->base), path, false, err) &&
                raw_best_header(raw.file, path, h, err);

    if (fine) {
        int slot = find_seeds(u, path, h, &seeds, err);

        fine = slot != NO_SLOT &&
               finish_unlock(u->setup->base, path, raw.file, h, slot, &seeds, out, err);
        sodium_memzero(&seeds, sizeof(seeds));
    }
    raw_close(&raw);
    return fine;
}

/* Whether the file at a path has another header than the one that was tried. */
static bool has_moved(const struct unlocking *u, const char *path, const struct header *tried)
{
    struct raw raw = {NULL, NULL};
    struct header h;
    bool moved = raw_open(&raw, sqlite3_vfs_find(u->setup->base), path, false, NULL) &&
                 raw_best_header(raw.file, path, &h, NULL) &&
                 memcmp(h.bytes, tried->bytes, HEADER_SIZE) != 0;

    raw_close(&raw);
    return moved;
}

/* While a passphrase was being derived, the file may have got a new key: then once more. */
static bool unlock(const struct unlocking *u, const char *path, struct vault **out,
                   struct error *err)
{
    char *full = raw_full_path(sqlite3_vfs_find(u->setup->base), path, err);
    struct error why = ERROR_INIT;
    struct header h = {{0}};
    bool fine = false;

    if (full && !access_check(full, err)) {
        free(full);
        return false;
    }
    for (int left = UNLOCK_TRIES; full && !fine && left > 0; left--) {
        error_clear(&why);
        fine = unlock_once(u, full, &h, out, &why);
        if (!fine && !has_moved(u, full, &h))
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
    struct unlocking u = {.setup = setup, .passphrase = passphrase, .length = length, .hint = hint};

    vault_prepare();
    return passphrase_fits(length, err) && unlock(&u, path, out, err);
}

bool vault_unlock(const char *path, const void *passphrase, size_t length, int hint,
                  struct vault **out, struct error *err)
{
    return vault_unlock_with(&vault_setup_default, path, passphrase, length, hint, out, err);
}

bool vault_unlock_recovery(const char *path, const char *recovery, struct vault **out,
                           struct error *err)
{
    struct unlocking u = {.setup = &vault_setup_default};
    uint8_t secret[RECOVERY_SECRET];
    bool fine;

    vault_prepare();
    fine = recovery_parse(recovery, secret, err);
    if (fine) {
        header_recovery_seeds(secret, &u.recovery);
        fine = unlock(&u, path, out, err);
    }
    sodium_memzero(secret, sizeof(secret));
    sodium_memzero(&u.recovery, sizeof(u.recovery));
    return fine;
}

bool vault_has_new_key(struct vault *v)
{
    struct raw raw = {NULL, NULL};
    struct header h;
    bool new = raw_open(&raw, v->fs->base, v->fs->path, false, NULL) &&
               raw_best_header(raw.file, v->fs->path, &h, NULL) &&
               memcmp(header_file_id(&h), v->fs->keys->file_id, CRYPTO_FILE_ID) == 0 &&
               header_generation(&h) > header_generation(&v->header) &&
               !header_authentic(&h, v->fs->keys);

    raw_close(&raw);
    return new;
}

bool vault_refresh(struct vault *v, sqlite3_file *file, struct error *err)
{
    struct header h;

    if (!raw_best_header(file, v->fs->path, &h, err))
        return false;
    if (header_generation(&h) <= header_generation(&v->header))
        return true;
    if (!header_authentic(&h, v->fs->keys))
        return error_set(err, ERROR_VAULT, _("%s: its key header is not authentic; use a backup"),
                         v->fs->path);
    vault_set_header(v, &h);
    return true;
}

/* With SQLite's write lock held through `m`. */
static bool add_slot_locked(struct vault *v, struct main_file *m, const void *passphrase,
                            size_t length, uint8_t pk[VAULT_SIGN_PK], struct error *err)
{
    struct header h;
    struct seeds seeds;
    struct anchor a;
    int slot, rc;

    if (!vault_refresh(v, m->real, err))
        return false;
    h = v->header;
    slot = new_officer(&h, v->cost, passphrase, length, &seeds, err);
    sodium_memzero(&seeds, sizeof(seeds)); /* they lie in the slot, and nowhere else */
    if (slot < 0)
        return false;
    header_give_key(&h, slot, v->fs->keys->data);
    header_vouch(&h, slot, v->slot, v->fs->keys->sign_sk);
    header_finish(&h, v->fs->keys, v->slot);
    rc = raw_write_header(m->real, &h);
    if (rc == SQLITE_OK)
        rc = anchor_read(m->real, v->fs->keys, &a);
    if (rc == SQLITE_OK) {
        a.header_generation = header_generation(&h);
        rc = anchor_write(m->real, v->fs->keys, &a, ANCHOR_FLUSHED);
    }
    if (rc == SQLITE_OK)
        rc = raw_sync(m->real);
    if (rc != SQLITE_OK)
        return vault_io_error(v, rc, err);
    vault_set_header(v, &h);
    memcpy(pk, header_sign_pk(&h, slot), VAULT_SIGN_PK);
    return true;
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

bool vault_add_slot(struct vault *v, const void *passphrase, size_t length,
                    uint8_t pk[VAULT_SIGN_PK], struct error *err)
{
    struct main_file *m = writing_file(v);
    sqlite3 *db = NULL;
    bool fine;

    if (!passphrase_fits(length, err))
        return false;
    if (m)
        return add_slot_locked(v, m, passphrase, length, pk, err);
    fine = vault_open(v, 0, &db, err) && vault_exec(db, "BEGIN IMMEDIATE", err) &&
           add_slot_locked(v, vfs_main_file(db), passphrase, length, pk, err);
    sqlite3_close(db);
    return fine;
}

bool vault_doubt(const struct vault *v)
{
    return v->doubt;
}

const char *vault_path(const struct vault *v)
{
    return v->fs->path;
}

const uint8_t *vault_file_id(const struct vault *v)
{
    return header_file_id(&v->header);
}

int vault_slot(const struct vault *v)
{
    return v->slot;
}

int vault_slot_count(const struct vault *v)
{
    return header_slots(&v->header);
}

const uint8_t *vault_slot_pk(const struct vault *v, int i)
{
    return i >= 0 && i < vault_slot_count(v) ? header_sign_pk(&v->header, i) : NULL;
}

const char *vault_slot_label(const struct vault *v, int i)
{
    return i >= 0 && i < vault_slot_count(v) ? v->labels[i] : "";
}

const uint8_t *vault_sign_pk(const struct vault *v)
{
    return header_sign_pk(&v->header, v->slot);
}

const uint8_t *vault_recovery_sign_pk(const struct vault *v)
{
    return header_sign_pk(&v->header, HEADER_BY_RECOVERY);
}

void vault_sign(const struct vault *v, const void *bytes, size_t size,
                uint8_t signature[VAULT_SIGNATURE])
{
    crypto_sign_detached(signature, NULL, bytes, size, v->fs->keys->sign_sk);
}

bool vault_check_signature(const uint8_t pk[VAULT_SIGN_PK], const void *bytes, size_t size,
                           const uint8_t signature[VAULT_SIGNATURE])
{
    return crypto_sign_verify_detached(signature, bytes, size, pk) == 0;
}
