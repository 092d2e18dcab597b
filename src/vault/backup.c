/* SPDX-License-Identifier: MIT */
/* A consistent copy into a new case file, with a data key of its own. */
#include "amparo/vault/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { STEP = 256 /* pages */ };

static bool report(struct copying *c, uint64_t done, uint64_t total)
{
    return !c->progress || c->progress(c->ctx, done, total);
}

static bool verifying(void *ctx, uint64_t done, uint64_t total)
{
    return report(ctx, total + done, 2 * total);
}

bool vault_make_twin(struct vault *v, const char *path, struct header *h, const struct seeds *own,
                     struct vault **out, struct error *err)
{
    struct keys *keys = keys_new();

    *keys = *v->fs->keys;
    randombytes_buf(keys->data, sizeof(keys->data));
    keys_derive(keys);
    if (own)
        vault_take_sign_key(keys, own);
    header_give_key(h, keys->data);
    return vault_make_file(v->fs->base->zName, path, h, keys, v->slot, out, err);
}

static bool copy_steps(struct sqlite3 *from, struct sqlite3 *to, struct copying *c,
                       struct error *err)
{
    sqlite3_backup *job = sqlite3_backup_init(to, "main", from, "main");
    int rc = SQLITE_OK;
    bool given_up = false;

    if (!job)
        return vault_sqlite_error(to, err);
    while (rc == SQLITE_OK && !given_up) {
        rc = sqlite3_backup_step(job, STEP);
        c->total = (uint64_t)sqlite3_backup_pagecount(job);
        given_up = !report(c, c->total - (uint64_t)sqlite3_backup_remaining(job), 2 * c->total);
    }
    sqlite3_backup_finish(job);
    if (given_up)
        return error_set(err, ERROR_FAILED, _("given up"));
    if (rc == SQLITE_DONE)
        return true;
    return sqlite3_errcode(to) != SQLITE_OK ? vault_sqlite_error(to, err)
                                            : vault_sqlite_error(from, err);
}

bool vault_copy_pages(struct sqlite3 *from, struct vault *twin, struct copying *c,
                      struct error *err)
{
    sqlite3 *to = NULL;
    bool fine;

    twin->fs->creating = true;
    fine = vault_open_new(twin, &to, err) && copy_steps(from, to, c, err) &&
           vault_start_wal(twin, to, err);
    sqlite3_close(to);
    twin->fs->creating = false;
    return fine;
}

bool vault_copy_check(struct vault *twin, struct copying *c, struct error *err)
{
    return vault_verify(twin, verifying, c, err);
}

/* Fills a twin: the snapshot of one read transaction, while others go on. */
static bool fill(struct vault *v, struct vault *twin, struct copying *c, struct error *err)
{
    sqlite3 *from = NULL;
    bool fine = vault_open(v, VAULT_READ_ONLY, &from, err) &&
                vault_exec(from, "BEGIN; SELECT count(*) FROM sqlite_schema", err) &&
                vault_copy_pages(from, twin, c, err);

    sqlite3_close(from);
    return fine;
}

/* Gives the file its name, unless that is taken by now. */
static bool give_name(const char *part, const char *path, struct error *err)
{
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    if ((errno == EINVAL || errno == ENOSYS) && link(part, path) == 0) {
        unlink(part);
        return true;
    }
    if (errno == EEXIST)
        return error_set(err, ERROR_INPUT, _("%s exists already; choose another name"), path);
    return error_set(err, ERROR_FAILED, _("%s cannot be made: %s"), path, strerror(errno));
}

/* A twin in the place of `path` once it is filled, and found whole. */
static bool make_at(struct vault *v, const char *path, const struct vault_change *change,
                    struct copying *c, struct error *err)
{
    struct header h = v->header;
    struct vault *twin = NULL;
    char *part = NULL;
    bool fine;

    if (access(path, F_OK) == 0)
        return error_set(err, ERROR_INPUT, _("%s exists already; choose another name"), path);
    part = xasprintf("%s.part-%08x", path, randombytes_random());
    header_set_replaced(&h, NULL);
    fine = vault_make_twin(v, part, &h, NULL, &twin, err);
    if (fine) {
        fine = change->finish(change->ctx, twin, err) && vault_copy_check(twin, c, err) &&
               give_name(part, path, err);
        vault_close(twin);
        if (fine)
            vault_sync_folder(path);
        else
            unlink(part);
        vault_remove_beside(part); /* SQLite leaves it there where a lock was refused at the end */
    }
    free(part);
    return fine;
}

bool vault_make_anew(struct vault *v, const char *path, const struct vault_change *change,
                     struct error *err)
{
    struct copying c = {.progress = NULL};

    return make_at(v, path, change, &c, err);
}

struct backing_up {
    struct vault *v;
    struct copying c;
    bool (*finish)(void *ctx, struct vault *fresh, struct error *err);
    void *finish_ctx;
};

static bool fill_copy(void *ctx, struct vault *twin, struct error *err)
{
    struct backing_up *b = ctx;

    return fill(b->v, twin, &b->c, err) && (!b->finish || b->finish(b->finish_ctx, twin, err));
}

bool vault_backup(struct vault *v, const char *path, vault_progress *progress, void *ctx,
                  struct error *err)
{
    return vault_backup_with(v, path, NULL, NULL, progress, ctx, err);
}

bool vault_backup_with(struct vault *v, const char *path,
                       bool (*finish)(void *ctx, struct vault *fresh, struct error *err),
                       void *finish_ctx, vault_progress *progress, void *ctx, struct error *err)
{
    struct backing_up b = {v, {.progress = progress, .ctx = ctx}, finish, finish_ctx};
    const struct vault_change change = {.finish = fill_copy, .ctx = &b};

    return make_at(v, path, &change, &b.c, err);
}
