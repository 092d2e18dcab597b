/* SPDX-License-Identifier: MIT */
/* Backups, and going on from one: of store.h. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/erasures.h"
#include "amparo/store/log.h"
#include "amparo/store/settings.h"

/* ---- backups ---- */

/* The day after which the copy should be destroyed. */
static bool end_of_backup(struct store *store, char day[DATE_SIZE], struct error *err)
{
    enum { DAY = 24 * 60 * 60 };
    struct instant now = {0};
    char text[INSTANT_SIZE];
    long days;

    if (!settings_number(store, SETTING_KEEP_BACKUP, &days, err))
        return false;
    instant_parse(store_now(store, text), &now);
    date_format(instant_date(instant_add_seconds(now, (int64_t)days * DAY)), day);
    return true;
}

static bool write_end(void *ctx, struct vault *copy, struct error *err)
{
    sqlite3 *db = NULL;
    char *sql = sqlite3_mprintf("INSERT OR REPLACE INTO settings (name, value) VALUES (%Q, %Q)",
                                backup_until, (const char *)ctx);
    bool ok = vault_open(copy, 0, &db, err) &&
              (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || vault_sqlite_error(db, err));

    sqlite3_free(sql);
    sqlite3_close(db);
    return ok;
}

bool store_backup(struct store *store, const char *path, store_progress *progress, void *ctx,
                  struct error *err)
{
    const struct access access = {.kind = ACCESS_EXPORT, .reference = "", .what = "backup"};
    char day[DATE_SIZE];

    if (!end_of_backup(store, day, err) ||
        !vault_backup_with(store->vault, path, write_end, day, progress, ctx, err))
        return false;
    if (!access_enter(store, &access, NULL, err)) {
        store_remove_file(path); /* none is about that the log does not know */
        return false;
    }
    return erasures_write(store, path, err);
}

bool store_backup_until(struct store *store, char day[DATE_SIZE], bool *over, struct error *err)
{
    char now[INSTANT_SIZE], *value = NULL;
    struct date until;

    day[0] = '\0';
    *over = false;
    if (!store_setting(store, backup_until, &value, err))
        return false;
    if (value && date_parse(value, &until)) {
        date_format(until, day);
        *over = strncmp(store_now(store, now), day, DATE_SIZE - 1) > 0;
    }
    free(value);
    return true;
}

/* ---- going on from one ---- */

/* Who was erased since the backup was made is erased again, before the file goes on. */
static bool go_on(struct store *store, const struct restoring *how, struct restored *out,
                  struct error *err)
{
    const char *const near[] = {how->backup, how->path};

    return erasures_apply(store, near, ARRAY_SIZE(near), how->erasures, &out->erased, &out->notes,
                          err) &&
           post_resume(store, &(struct resuming){.cause = RESUMES_BACKUP}, err) &&
           (!out->erased || store_rekey(store, REKEY_ERASED, how->progress, how->ctx, err)) &&
           erasures_write(store, store->path, err);
}

/* Kept longer than it was meant to be. */
static bool note_end(struct store *backup, struct buf *notes, struct error *err)
{
    char day[DATE_SIZE];
    bool over;

    if (!store_backup_until(backup, day, &over, err))
        return false;
    if (over)
        buf_addf(notes, _("%s: this backup was to be destroyed after %s\n"), backup->path, day);
    return true;
}

bool store_restore(const struct restoring *how, struct restored *out, struct error *err)
{
    struct store *from, *to;

    *out = (struct restored){0, BUF_INIT};
    if (!store_open(how->backup, how->officer, how->passphrase, 0, &from, err))
        return false;
    bool ok = from->me.role == ROLE_HEAD ||
              error_set(err, ERROR_REFUSED, _("only a head of post restores a case file"));
    ok = ok && note_end(from, &out->notes, err) &&
         vault_backup(from->vault, how->path, how->progress, how->ctx, err);
    store_close(from);
    if (!ok)
        return false;
    ok = store_open(how->path, how->officer, how->passphrase, 0, &to, err);
    if (ok) {
        ok = go_on(to, how, out, err);
        store_close(to);
    }
    if (!ok)
        store_remove_file(how->path);
    return ok;
}
