/* SPDX-License-Identifier: MIT */
/*
 * What is there, taken as the truth, where the anchor says that there was more. The old file is not
 * changed: a new one takes its place, and it keeps another name, so that it can still be put right
 * where what is missing comes to light.
 */
#include "amparo/vault/inside.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/vault/pages.h"

bool vault_find_loss(struct vault *v, struct vault_loss *out, struct error *err)
{
    struct pages *pages = pages_open(v, NULL, NULL, err);

    *out = (struct vault_loss){.pages = NULL};
    if (!pages)
        return false;
    pages_loss(pages, out);
    pages_close(pages);
    return true;
}

/* ---- the new file ---- */

static bool exists(const char *path, const char *ending)
{
    char *name = xasprintf("%s%s", path, ending);
    bool there = access(name, F_OK) == 0;

    free(name);
    return there;
}

/* SQLite makes a WAL where there is none, which then says nothing. */
static void remove_empty_wal(const struct vault *v, bool was_there)
{
    if (!was_there)
        vault_remove_beside(v->fs->path);
}

static bool copy(struct vault *v, struct vault *twin, struct copying *c, struct error *err)
{
    enum { FLAGS = VAULT_EXCLUSIVE | VAULT_IMPATIENT | VAULT_KEEP_WAL };
    bool wal = exists(v->fs->path, "-wal");
    sqlite3 *db = NULL;

    v->fs->as_it_is = true;
    bool fine = vault_open(v, FLAGS, &db, err) && vault_copy_pages(db, twin, c, err);
    sqlite3_close(db);
    v->fs->as_it_is = false;
    remove_empty_wal(v, wal);
    return fine;
}

static bool fill(struct vault *v, struct vault *twin, const struct vault_change *change,
                 struct copying *c, struct error *err)
{
    return copy(v, twin, c, err) && change->finish(change->ctx, twin, err) &&
           vault_copy_check(twin, c, err) && vault_keep_mode(v, twin->fs->path, err) &&
           vault_flush_file(twin, err);
}

/* ---- its place ---- */

static char *free_name(const char *path)
{
    char *name = xasprintf("%s.refused", path);

    for (int n = 2; exists(name, "") || exists(name, "-wal"); n++) {
        free(name);
        name = xasprintf("%s.refused-%d", path, n);
    }
    return name;
}

static void move(const char *from, const char *to, const char *ending)
{
    char *a = xasprintf("%s%s", from, ending), *b = xasprintf("%s%s", to, ending);

    rename(a, b);
    free(a);
    free(b);
}

/*
 * A second name for the old one, then the new one in its place at once; a file system without links
 * is without a file at `path` for a moment. The WAL goes last: the new file, under its own key, can
 * make nothing of it.
 */
static bool take_place(const char *part, const char *path, const char *kept, struct error *err)
{
    bool linked = link(path, kept) == 0, named = linked || rename(path, kept) == 0;

    vault_remove_beside(part);
    if (!named || rename(part, path) != 0) {
        error_set(err, ERROR_FAILED, _("%s cannot be made: %s"), kept, strerror(errno));
        if (linked)
            unlink(kept);
        else if (named)
            rename(kept, path);
        return false;
    }
    move(path, kept, "-wal");
    vault_sync_folder(path);
    return true;
}

bool vault_accept(struct vault *v, const struct vault_change *change, vault_progress *progress,
                  void *ctx, char **kept, struct error *err)
{
    struct copying c = {.progress = progress, .ctx = ctx};
    struct header h = v->header;
    struct vault *twin = NULL;
    char *part;
    bool fine;

    *kept = NULL;
    if (!vault_is_alone(v, err))
        return false;
    part = xasprintf("%s.accept-%08x", v->fs->path, randombytes_random());
    header_set_replaced(&h, NULL);
    fine = vault_make_twin(v, part, &h, NULL, &twin, err) && fill(v, twin, change, &c, err);
    vault_close(twin);
    if (fine) {
        *kept = free_name(v->fs->path);
        fine = take_place(part, v->fs->path, *kept, err);
    }
    if (!fine) {
        unlink(part);
        vault_remove_beside(part);
        free(*kept);
        *kept = NULL;
    }
    free(part);
    return fine;
}
