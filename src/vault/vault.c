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

struct vault *vault_new(const char *base, char *path, const struct header *h, struct keys *keys,
                        int slot)
{
    struct vault *v = xcalloc(1, sizeof(*v));

    v->fs = vfs_new(base, path, keys);
    v->slot = slot;
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

static void remove_with(const char *path, const char *suffix)
{
    char *name = xasprintf("%s%s", path, suffix);

    unlink(name);
    free(name);
}

void vault_remove_beside(const char *path)
{
    remove_with(path, "-wal");
    remove_with(path, "-shm");
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
        vault_remove_beside(v->fs->path);
        vault_close(v);
        return false;
    }
    v->fs->creating = false;
    vault_sync_folder(v->fs->path);
    *out = v;
    return true;
}

bool vault_passphrase_fits(size_t length, struct error *err)
{
    return length > 0 || error_set(err, ERROR_INPUT, _("the passphrase is empty"));
}

bool vault_no_memory(struct error *err)
{
    return error_set(err, ERROR_FAILED,
                     _("not enough memory for the passphrase; close other "
                       "programs and try again"));
}

void vault_take_sign_key(struct keys *keys, const struct seeds *seeds)
{
    uint8_t pk[crypto_sign_PUBLICKEYBYTES];

    crypto_sign_seed_keypair(pk, keys->sign_sk, seeds->sign);
}

void vault_new_set(struct header *h, const struct keys *keys, struct buf *out)
{
    uint8_t secret[RECOVERY_SECRET];
    struct share shares[RECOVERY_SHARES];

    randombytes_buf(secret, sizeof(secret));
    recovery_split(secret, shares);
    header_set_recovery(h, secret, shares, keys);
    for (int i = 0; i < RECOVERY_SHARES; i++) {
        shares[i].set = (uint8_t)header_recovery_set(h);
        memcpy(shares[i].file, header_file_id(h), SHARE_FILE);
        share_print(&shares[i], out);
        buf_addc(out, '\n');
    }
    sodium_memzero(secret, sizeof(secret));
    sodium_memzero(shares, sizeof(shares));
}

bool vault_create_with(const struct vault_setup *setup, const char *path, const void *passphrase,
                       size_t length, struct vault **out, struct buf *recovery, struct error *err)
{
    struct seeds seeds;
    struct header h;
    struct keys *keys;
    struct buf shares = BUF_INIT;
    bool fine;

    vault_prepare();
    if (!vault_passphrase_fits(length, err))
        return false;
    keys = keys_new();
    randombytes_buf(keys->data, sizeof(keys->data));
    randombytes_buf(keys->circle, sizeof(keys->circle));
    randombytes_buf(keys->file_id, sizeof(keys->file_id));
    randombytes_buf(&seeds, sizeof(seeds));
    keys_derive(keys);
    header_init(&h, keys->file_id);
    if (header_set_slot(&h, 0, setup->cost, passphrase, length, &seeds, keys)) {
        vault_new_set(&h, keys, &shares);
        header_give_key(&h, keys->data);
        vault_take_sign_key(keys, &seeds);
        fine = vault_make_file(setup->base, path, &h, keys, 0, out, err);
    } else {
        keys_free(keys);
        fine = vault_no_memory(err);
    }
    if (fine) {
        (*out)->cost = setup->cost;
        buf_add(recovery, shares.data, shares.size);
    }
    buf_release(&shares);
    sodium_memzero(&seeds, sizeof(seeds));
    return fine;
}

static struct kdf_cost cost_of(enum vault_effort effort)
{
    return effort == VAULT_NO_SECRET ? (struct kdf_cost){1, KDF_KIB_MIN}
           : effort == VAULT_LEAST   ? KDF_LEAST
                                     : kdf_measure();
}

bool vault_create(const char *path, const void *passphrase, size_t length, enum vault_effort effort,
                  struct vault **out, struct buf *recovery, struct error *err)
{
    struct vault_setup setup = vault_setup_default;

    vault_prepare();
    if (access(path, F_OK) == 0)
        return error_set(err, ERROR_INPUT, _("%s exists already; choose another name"), path);
    setup.cost = cost_of(effort);
    return vault_create_with(&setup, path, passphrase, length, out, recovery, err);
}

/* Whether no passphrase of the file is a secret. */
static bool keeps_no_secret(const struct vault *v)
{
    for (int slot = 0; slot < HEADER_SLOTS; slot++)
        if (header_is_used(&v->header, slot) && kdf_cost_honest(header_cost(&v->header, slot)))
            return false;
    return true;
}

void vault_set_effort(struct vault *v, enum vault_effort effort)
{
    if (keeps_no_secret(v))
        effort = VAULT_NO_SECRET;
    else if (effort == VAULT_NO_SECRET)
        effort = VAULT_LEAST;
    v->cost = cost_of(effort);
}

void vault_measure(struct vault *v)
{
    vault_cost(v);
}

struct kdf_cost vault_cost(struct vault *v)
{
    if (!v->cost.kib)
        vault_set_effort(v, VAULT_MEASURED);
    return v->cost;
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
    int count = 0;

    for (int i = 0; i < VAULT_SLOTS; i++)
        count += header_is_used(&v->header, i);
    return count;
}

const uint8_t *vault_slot_pk(const struct vault *v, int i)
{
    return header_is_used(&v->header, i) ? header_sign_pk(&v->header, i) : NULL;
}

int vault_find_slot(const struct vault *v, const uint8_t pk[VAULT_SIGN_PK])
{
    for (int i = 0; i < VAULT_SLOTS; i++)
        if (header_is_used(&v->header, i) &&
            memcmp(header_sign_pk(&v->header, i), pk, VAULT_SIGN_PK) == 0)
            return i;
    return -1;
}

const char *vault_slot_label(const struct vault *v, int i)
{
    return header_is_used(&v->header, i) ? v->labels[i] : "";
}

const uint8_t *vault_sign_pk(const struct vault *v)
{
    static const uint8_t nobody[VAULT_SIGN_PK];

    return v->slot == HEADER_BY_ESCROW ? nobody : header_sign_pk(&v->header, v->slot);
}

const uint8_t *vault_founder_pk(const struct vault *v)
{
    return header_founder(&v->header);
}

uint32_t vault_recovery_set(const struct vault *v)
{
    return header_recovery_set(&v->header);
}

const uint8_t *vault_escrow(const struct vault *v)
{
    return header_escrow(&v->header);
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
