/* SPDX-License-Identifier: MIT */
#include "amparo/store/bookmark.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

/* It is written every few seconds, and better left until the next time than waited for. */
enum { BOOKMARK_MS = 50 };

/* Others that this officer has open keep theirs. */
#define ENDED "(program = ?2 OR program NOT IN (SELECT id FROM presence))"

void bookmark_release(struct bookmark *bookmark)
{
    if (bookmark->screens)
        free_wiped(bookmark->screens);
    *bookmark = (struct bookmark){.screens = NULL};
}

static bool drop(struct store *store, struct error *err)
{
    return db_run(store, err, "DELETE FROM bookmarks WHERE officer = ?1 AND " ENDED, "bi",
                  vault_sign_pk(store->vault), (size_t)KEY, store->presence);
}

static bool put(struct store *store, const char *screens, struct error *err)
{
    char at[INSTANT_SIZE];

    return drop(store, err) &&
           db_run(store, err,
                  "INSERT INTO bookmarks (program, officer, at, screens) VALUES (?, ?, ?, ?)",
                  "ibtt", store->presence, vault_sign_pk(store->vault), (size_t)KEY,
                  store_now(store, at), screens);
}

/* A change that is not worth waiting for. */
static bool change(struct store *store, const char *screens, struct error *err)
{
    int patience = store_set_patience(store, BOOKMARK_MS);
    bool ok = db_begin(store, err) &&
              db_end(store, screens ? put(store, screens, err) : drop(store, err), err);

    store_set_patience(store, patience);
    return ok;
}

bool store_bookmark_put(struct store *store, const char *screens, struct error *err)
{
    return change(store, screens, err);
}

bool store_bookmark_drop(struct store *store, struct error *err)
{
    return change(store, NULL, err);
}

bool store_bookmark_left(struct store *store, struct bookmark *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT at, screens FROM bookmarks WHERE officer = ?1 AND "
                                 "program <> ?2 AND " ENDED " ORDER BY at DESC LIMIT 1",
                                 "bi", vault_sign_pk(store->vault), (size_t)KEY, store->presence);

    *out = (struct bookmark){.screens = NULL};
    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed;
    strncpy(out->at, (const char *)sqlite3_column_text(row, 0), sizeof out->at - 1);
    out->screens = db_text(row, 1);
    db_done(row);
    return true;
}
