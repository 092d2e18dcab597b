/* SPDX-License-Identifier: MIT */
#include "amparo/store/draft.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"

void draft_release(struct draft *draft)
{
    free(draft->subject);
    free(draft->screen);
    free(draft->focus);
    free(draft->officer);
    for (size_t i = 0; i < draft->count; i++) {
        free(draft->fields[i].path);
        if (draft->fields[i].text)
            explicit_bzero(draft->fields[i].text, strlen(draft->fields[i].text));
        free(draft->fields[i].text);
    }
    free(draft->fields);
    memset(draft, 0, sizeof *draft);
}

void drafts_release(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++)
        draft_release(&drafts->list[i]);
    free(drafts->list);
    *drafts = (struct drafts){NULL, 0};
}

bool store_draft_open(struct store *store, const char *subject, enum act_kind kind, long slot,
                      int64_t seen, int64_t *id, struct error *err)
{
    char at[INSTANT_SIZE];
    static const char find[] =
        "SELECT id FROM drafts WHERE officer = ? AND subject = ? AND kind = ? AND slot = ?";

    if (!db_number(store, id, 0, err, find, "btii", vault_sign_pk(store->vault), (size_t)KEY,
                   subject, (int64_t)kind, (int64_t)slot))
        return false;
    if (*id)
        return true;
    return db_run(store, err,
                  "INSERT INTO drafts (officer, subject, kind, slot, at, seen) "
                  "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  "btiiti", vault_sign_pk(store->vault), (size_t)KEY, subject, (int64_t)kind,
                  (int64_t)slot, store_now(store, at), seen) &&
           db_number(store, id, 0, err, find, "btii", vault_sign_pk(store->vault), (size_t)KEY,
                     subject, (int64_t)kind, (int64_t)slot);
}

bool store_draft_see(struct store *store, int64_t id, int64_t seen, struct error *err)
{
    return db_run(store, err, "UPDATE drafts SET seen = ? WHERE id = ? AND officer = ?", "iib",
                  seen, id, vault_sign_pk(store->vault), (size_t)KEY);
}

static bool touch(struct store *store, int64_t id, const char *screen, const char *path,
                  long cursor, struct error *err)
{
    char at[INSTANT_SIZE];

    if (!db_run(store, err,
                "UPDATE drafts SET screen = ?, focus = ?, cursor = ?, at = ? "
                "WHERE id = ? AND officer = ?",
                "ttitib", screen, path, (int64_t)cursor, store_now(store, at), id,
                vault_sign_pk(store->vault), (size_t)KEY))
        return false;
    return sqlite3_changes(store->db) == 1 ||
           error_set(err, ERROR_INPUT, _("this draft is no longer there"));
}

bool store_draft_put(struct store *store, int64_t id, const char *screen, const char *path,
                     const char *text, long cursor, struct error *err)
{
    if (!db_begin(store, err))
        return false;
    bool ok = touch(store, id, screen, path, cursor, err) &&
              db_run(store, err,
                     "INSERT INTO draft_fields (draft, path, text, cursor) VALUES (?, ?, ?, ?) "
                     "ON CONFLICT (draft, path) DO UPDATE SET text = excluded.text, "
                     "cursor = excluded.cursor",
                     "itti", id, path, text, (int64_t)cursor);
    return db_end(store, ok, err);
}

bool store_draft_focus(struct store *store, int64_t id, const char *screen, const char *path,
                       long cursor, struct error *err)
{
    return touch(store, id, screen, path, cursor, err);
}

/* Columns: id, subject, kind, slot, screen, focus, cursor, at, seen. */
static void take_draft(struct store *store, sqlite3_stmt *row, struct draft *out)
{
    *out = (struct draft){.id = db_int(row, 0),
                          .subject = db_text(row, 1),
                          .kind = (enum act_kind)db_int(row, 2),
                          .slot = (long)db_int(row, 3),
                          .screen = db_text(row, 4),
                          .focus = db_text(row, 5),
                          .cursor = (long)db_int(row, 6),
                          .officer = xstrdup(store->me.name),
                          .seen = db_int(row, 8)};
    strncpy(out->at, (const char *)sqlite3_column_text(row, 7), sizeof out->at - 1);
}

static bool read_fields(struct store *store, struct draft *draft, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(
        store, err, "SELECT path, text, cursor FROM draft_fields WHERE draft = ? ORDER BY path",
        "i", draft->id);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        draft->fields = xreallocarray(draft->fields, draft->count + 1, sizeof *draft->fields);
        draft->fields[draft->count++] =
            (struct draft_field){db_text(row, 0), db_text(row, 1), (long)db_int(row, 2)};
    }
    return !failed;
}

bool store_draft_get(struct store *store, int64_t id, struct draft *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT id, subject, kind, slot, screen, focus, cursor, at, seen "
                                 "FROM drafts WHERE id = ? AND officer = ?",
                                 "ib", id, vault_sign_pk(store->vault), (size_t)KEY);

    memset(out, 0, sizeof *out);
    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed && error_set(err, ERROR_INPUT, _("this draft is no longer there"));
    take_draft(store, row, out);
    db_done(row);
    if (read_fields(store, out, err))
        return true;
    draft_release(out);
    return false;
}

bool store_draft_list(struct store *store, const char *subject, struct drafts *out,
                      struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT id, subject, kind, slot, screen, focus, cursor, at, seen FROM drafts "
                 "WHERE officer = ?1 AND (?2 IS NULL OR subject = ?2) ORDER BY at DESC, id DESC",
                 "bt", vault_sign_pk(store->vault), (size_t)KEY, subject);

    *out = (struct drafts){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        take_draft(store, row, &out->list[out->count++]);
    }
    if (failed)
        drafts_release(out);
    return !failed;
}

bool store_draft_drop(struct store *store, int64_t id, struct error *err)
{
    return db_run(store, err, "DELETE FROM drafts WHERE id = ? AND officer = ?", "ib", id,
                  vault_sign_pk(store->vault), (size_t)KEY);
}

bool store_draft_move(struct store *store, const char *from, const char *to, struct error *err)
{
    return db_run(store, err,
                  "UPDATE OR REPLACE drafts SET subject = ? WHERE officer = ? AND subject = ?",
                  "tbt", to, vault_sign_pk(store->vault), (size_t)KEY, from);
}
