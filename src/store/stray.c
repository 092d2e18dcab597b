/* SPDX-License-Identifier: MIT */
#include "amparo/store/stray.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* ---- the schema ---- */

/* One line for each thing in a schema; a file that was migrated has them in another order. */
static const char things[] =
    "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1";

static bool list_things(sqlite3 *db, struct buf *out)
{
    sqlite3_stmt *row = NULL;
    int rc = sqlite3_prepare_v2(db, things, -1, &row, NULL);

    while (rc == SQLITE_OK && (rc = sqlite3_step(row)) == SQLITE_ROW) {
        buf_add(out, sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0) + 1);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(row);
    return rc == SQLITE_DONE;
}

/* What the steps of this version make of nothing, in memory. */
static void list_expected(struct buf *out)
{
    sqlite3 *db = NULL;

    if (sqlite3_open(":memory:", &db) != SQLITE_OK || !db_make_schema(db) || !list_things(db, out))
        BUG("the schema cannot be made");
    sqlite3_close(db);
}

static bool has_line(const struct buf *list, const char *line)
{
    for (size_t at = 0; at < list->size; at += strlen(list->data + at) + 1)
        if (strcmp(list->data + at, line) == 0)
            return true;
    return false;
}

/* A line for each thing of `a` that `b` has not, as "table name". */
static void name_others(const struct buf *a, const struct buf *b, const char *format,
                        struct error *found)
{
    for (size_t at = 0; at < a->size; at += strlen(a->data + at) + 1) {
        const char *line = a->data + at, *blank = strchr(line, ' ');
        if (!has_line(b, line))
            error_set(found, ERROR_VAULT, format,
                      (int)(strcspn(blank + 1, " ") + (size_t)(blank + 1 - line)), line);
    }
}

static bool check_schema(struct store *store, struct error *found, struct error *err)
{
    struct buf is = BUF_INIT, should = BUF_INIT;
    bool ok = list_things(store->db, &is) || db_fail(store, err);

    if (ok) {
        list_expected(&should);
        name_others(&is, &should, _("the %.*s is none of this program's, or was changed"), found);
        name_others(&should, &is, _("the %.*s is missing, or was changed"), found);
    }
    buf_release(&is);
    buf_release(&should);
    return ok;
}

/* ---- rows ---- */

static const struct {
    const char *count, *what;
} rows[] = {
    {"SELECT count(*) FROM tasks WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("tasks of no case: %lld")},
    {"SELECT count(*) FROM event_cases WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("cases of events that are in no list: %lld")},
    {"SELECT count(*) FROM arrivals WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("arrivals in no case: %lld")},
    {"SELECT count(*) FROM persons WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("persons of no case: %lld")},
    {"SELECT count(*) FROM links WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("links of no case: %lld")},
    {"SELECT abs((SELECT count(*) FROM person_keys) - (SELECT coalesce(sum(keys), 0) FROM "
     "persons))",
     N_("keys of no person: %lld")},
    {"SELECT count(*) FROM register WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("numbers of notes in no case: %lld")},
    {"SELECT count(*) FROM digests WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("digests of no case: %lld")},
    {"SELECT count(*) FROM presented WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("reports of no case: %lld")},
    {"SELECT count(*) FROM counterparts WHERE case_row NOT IN (SELECT id FROM cases)",
     N_("cases of other posts that no case here follows: %lld")},
    {"SELECT (SELECT count(*) FROM dispatch_parts WHERE dispatch NOT IN (SELECT place FROM "
     "dispatches)) + (SELECT count(*) FROM deliveries WHERE dispatch NOT IN (SELECT place FROM "
     "dispatches)) + (SELECT count(*) FROM held WHERE act NOT IN (SELECT seq FROM acts))",
     N_("what is kept of dispatches that are not there: %lld")},
    {"SELECT count(*) FROM parts WHERE act NOT IN (SELECT seq FROM acts)",
     N_("parts of no act: %lld")},
};

static bool check_rows(struct store *store, struct error *found, struct error *err)
{
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        int64_t count;
        if (!db_number(store, &count, 0, err, rows[i].count, ""))
            return false;
        if (count)
            error_set(found, ERROR_VAULT, _(rows[i].what), (long long)count);
    }
    return true;
}

/* ---- the key header ---- */

static void check_slots(struct store *store, const struct post_state *post, struct buf *notes)
{
    for (int i = 0; i < VAULT_SLOTS; i++) {
        const uint8_t *key = vault_slot_pk(store->vault, i);
        if (key && !post_state_signer(post, key, INT64_MAX))
            buf_addf(notes, _("a passphrase (%s) opens this file for somebody whom no act names\n"),
                     vault_slot_label(store->vault, i));
    }
    if (memcmp(post->recovery, vault_recovery_sign_pk(store->vault), KEY) != 0)
        buf_adds(notes, _("the recovery key is none that a head of post made: make a new one\n"));
    const uint8_t *escrow = vault_escrow(store->vault);
    if (escrow && memcmp(post->escrow, escrow, KEY) != 0)
        buf_adds(notes, _("the escrow key is none that a head of post set: end it\n"));
}

bool stray_check(struct store *store, const struct post_state *post, struct error *found,
                 struct buf *notes, struct error *err)
{
    check_slots(store, post, notes);
    return check_schema(store, found, err) && check_rows(store, found, err);
}
