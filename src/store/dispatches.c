/* SPDX-License-Identifier: MIT */
#include "amparo/store/dispatches.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static void kept_dispatch_release(struct kept_dispatch *d)
{
    act_bytes_release(&d->bytes);
    free(d->refused);
    d->refused = NULL;
}

void kept_dispatches_release(struct kept_dispatches *list)
{
    for (size_t i = 0; i < list->count; i++)
        kept_dispatch_release(&list->list[i]);
    free(list->list);
    *list = (struct kept_dispatches){NULL, 0};
}

void dispatch_case(const struct core *core, struct case_key *key)
{
    bool own = sodium_is_zero(core->opener, OPENER);

    memcpy(key->opener, own ? core->author : core->opener, OPENER);
    memcpy(key->id, core->case_id, CASE_ID);
}

/* ---- keeping ---- */

static bool keep_part(struct store *store, int64_t place, size_t i, const struct part *part,
                      struct error *err)
{
    struct buf said = BUF_INIT;

    buf_add(&said, part->salt, SALT);
    buf_add(&said, part->bytes.data, part->bytes.size);
    bool ok =
        db_run(store, err, "INSERT INTO dispatch_parts (dispatch, part, said) VALUES (?, ?, ?)",
               "iib", place, (int64_t)i + 1, said.data, said.size);
    buf_release(&said);
    return ok;
}

bool dispatch_keep(struct store *store, const struct act_bytes *a, const struct core *core,
                   bool ours, int64_t act, int64_t *place, struct error *err)
{
    uint8_t commitments[PARTS * HASH];
    struct case_key key;
    char now[INSTANT_SIZE];

    dispatch_case(core, &key);
    for (size_t i = 0; i < a->count; i++)
        memcpy(commitments + i * HASH, a->parts[i].commitment, HASH);
    bool ok =
        db_run(store, err,
               "INSERT INTO dispatches (id, kind, case_id, opener, author, incarnation, "
               "sequence, signer, root, core, commitments, signature, ours, at, standing, "
               "erased, act) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, nullif(?, "
               "0))",
               "bibbbiibbbbbiti", a->id, sizeof a->id, (int64_t)core->kind, key.id, (size_t)CASE_ID,
               key.opener, (size_t)OPENER, core->author, (size_t)AUTHOR, (int64_t)core->incarnation,
               (int64_t)core->sequence, a->signer, sizeof a->signer, a->root, sizeof a->root,
               a->core.data, a->core.size, commitments, a->count * HASH, a->signature,
               sizeof a->signature, (int64_t)ours, store_now(store, now), act);
    int64_t there = ok ? sqlite3_last_insert_rowid(store->db) : 0;
    for (size_t i = 0; ok && i < a->count; i++)
        ok = !a->parts[i].present || keep_part(store, there, i, &a->parts[i], err);
    if (ok && place)
        *place = there;
    return ok;
}

bool dispatch_add_parts(struct store *store, const struct kept_dispatch *there,
                        const struct act_bytes *again, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; !there->erased && ok && i < again->count && i < there->bytes.count; i++)
        if (again->parts[i].present && !there->bytes.parts[i].present)
            ok = keep_part(store, there->place, i, &again->parts[i], err);
    return ok;
}

bool dispatch_forget(struct store *store, int64_t place, struct error *err)
{
    return db_run(store, err, "DELETE FROM dispatch_parts WHERE dispatch = ?", "i", place) &&
           db_run(store, err,
                  "UPDATE dispatches SET erased = 1, refused = CASE WHEN refused IS NULL THEN NULL "
                  "ELSE ? END WHERE place = ?",
                  "ti", _("it is about somebody who was erased"), place);
}

bool dispatch_set_standing(struct store *store, int64_t place, int standing, struct error *err)
{
    return db_run(store, err,
                  "UPDATE dispatches SET standing = ?1 WHERE place = ?2 AND standing "
                  "<> ?1",
                  "ii", (int64_t)standing, place);
}

bool dispatch_set_act(struct store *store, int64_t place, int64_t act, const char *refused,
                      struct error *err)
{
    return db_run(store, err,
                  "UPDATE dispatches SET act = nullif(?, 0), refused = ? WHERE place = ?", "iti",
                  act, refused, place);
}

/* ---- reading ---- */

/* The columns of take(), and of take_part(). */
#define DISPATCHES                                                                                 \
    "SELECT d.place, d.id, d.signer, d.root, d.core, d.commitments, d.signature, d.ours, d.at, "   \
    "coalesce(d.act, 0), d.refused, p.part, p.said, d.erased FROM dispatches d "                   \
    "LEFT JOIN dispatch_parts p ON p.dispatch = d.place "

static void take_blob(sqlite3_stmt *row, int column, struct buf *out)
{
    buf_init(out);
    buf_add(out, sqlite3_column_blob(row, column), (size_t)sqlite3_column_bytes(row, column));
}

static bool take(sqlite3_stmt *row, struct kept_dispatch *d)
{
    struct act_bytes *a = &d->bytes;
    const char *at = (const char *)sqlite3_column_text(row, 8);

    *d = (struct kept_dispatch){.place = db_int(row, 0), .bytes = ACT_BYTES_INIT};
    d->ours = db_int(row, 7) != 0;
    d->act = db_int(row, 9);
    d->refused = db_text_or_null(row, 10);
    d->erased = db_int(row, 13) != 0;
    if (at && strlen(at) < sizeof d->at)
        memcpy(d->at, at, strlen(at) + 1);
    a->count = (size_t)sqlite3_column_bytes(row, 5) / HASH;
    if (a->count > PARTS || !db_bytes(row, 1, a->id, sizeof a->id) ||
        !db_bytes(row, 2, a->signer, sizeof a->signer) ||
        !db_bytes(row, 3, a->root, sizeof a->root) ||
        !db_bytes(row, 6, a->signature, sizeof a->signature)) {
        a->count = 0;
        return false;
    }
    take_blob(row, 4, &a->core);
    for (size_t i = 0; i < a->count; i++) {
        buf_init(&a->parts[i].bytes);
        memcpy(a->parts[i].commitment, (const uint8_t *)sqlite3_column_blob(row, 5) + i * HASH,
               HASH);
    }
    if (!cbor_check(a->core.data, a->core.size, NULL, NULL) || !act_bytes_core(a, &d->core) ||
        !core_is_dispatch(&d->core))
        return false;
    dispatch_case(&d->core, &d->key);
    return true;
}

static bool take_part(sqlite3_stmt *row, struct act_bytes *a)
{
    if (sqlite3_column_type(row, 11) == SQLITE_NULL)
        return true;
    int64_t number = db_int(row, 11);
    const uint8_t *said = sqlite3_column_blob(row, 12);
    size_t size = (size_t)sqlite3_column_bytes(row, 12);
    if (number < 1 || (size_t)number > a->count || size < SALT)
        return false;
    struct part *part = &a->parts[number - 1];
    memcpy(part->salt, said, SALT);
    buf_add(&part->bytes, said + SALT, size - SALT);
    part->present = true;
    return cbor_check(part->bytes.data, part->bytes.size, NULL, NULL);
}

static bool damaged(int64_t place, struct error *err)
{
    return error_set(err, ERROR_VAULT,
                     _("dispatch %lld of the file cannot be read; `amparo verify` says more"),
                     (long long)place);
}

/* Rows of one dispatch follow each other. */
static bool read_all(struct store *store, sqlite3_stmt *row, struct kept_dispatches *out,
                     struct error *err)
{
    struct kept_dispatch *d = NULL;
    bool failed = false, ok = row != NULL;

    *out = (struct kept_dispatches){NULL, 0};
    while (ok && db_step(store, row, &failed, err)) {
        if (!d || db_int(row, 0) != d->place) {
            out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
            d = &out->list[out->count++];
            ok = take(row, d);
        }
        ok = (ok && take_part(row, &d->bytes)) || damaged(d->place, err);
    }
    if (row && !ok)
        db_done(row);
    return ok && !failed;
}

bool dispatches_of_case(struct store *store, const struct case_key *key,
                        struct kept_dispatches *out, struct error *err)
{
    return read_all(store,
                    db_query(store, err,
                             DISPATCHES "WHERE d.opener = ? AND d.case_id = ? "
                                        "ORDER BY d.place, p.part",
                             "bb", key->opener, (size_t)OPENER, key->id, (size_t)CASE_ID),
                    out, err);
}

bool dispatches_of_id(struct store *store, const uint8_t id[ACT_ID_SIZE],
                      struct kept_dispatches *out, struct error *err)
{
    return read_all(store,
                    db_query(store, err, DISPATCHES "WHERE d.id = ? ORDER BY d.place, p.part", "b",
                             id, (size_t)ACT_ID_SIZE),
                    out, err);
}

bool dispatches_waiting(struct store *store, const char *since, struct kept_dispatches *out,
                        struct error *err)
{
    return read_all(store,
                    db_query(store, err,
                             DISPATCHES
                             "WHERE d.ours = 1 AND d.act IS NOT NULL AND d.case_id <> zeroblob(8) "
                             "AND (substr(d.at, 1, 10) >= ? OR EXISTS (SELECT 1 FROM deliveries v "
                             "WHERE v.dispatch = d.place AND v.acked_at IS NULL) OR EXISTS (SELECT "
                             "1 FROM acts a JOIN cases c ON c.case_id = a.case_id WHERE a.seq = "
                             "d.act AND c.closed = 0)) ORDER BY d.opener, d.case_id, d.place, "
                             "p.part",
                             "t", since),
                    out, err);
}

bool dispatches_all(struct store *store, struct kept_dispatches *out, struct error *err)
{
    return read_all(store, db_query(store, err, DISPATCHES "ORDER BY d.place, p.part", ""), out,
                    err);
}

/* ---- what is left of a damaged file ---- */

struct unsound {
    struct place {
        int64_t dispatch, part; /* 0: all of it */
    } * list;
    size_t count;
};

static void add_unsound(struct unsound *u, int64_t dispatch, int64_t part)
{
    u->list = xreallocarray(u->list, u->count + 1, sizeof *u->list);
    u->list[u->count++] = (struct place){dispatch, part};
}

/* A part by itself, so that one that is not what was signed does not take the others along. */
static void look_at_part(struct unsound *u, sqlite3_stmt *row, struct kept_dispatch *d)
{
    const char *fault;
    int64_t number = db_int(row, 11);

    if (sqlite3_column_type(row, 11) == SQLITE_NULL)
        return;
    bool sound = take_part(row, &d->bytes) && act_bytes_check(&d->bytes, &fault);
    if (!sound)
        add_unsound(u, d->place, number);
    if (number < 1 || (size_t)number > d->bytes.count)
        return;
    buf_release(&d->bytes.parts[number - 1].bytes);
    d->bytes.parts[number - 1].present = false;
}

static bool find_unsound(struct store *store, struct unsound *u, struct error *err)
{
    const char *fault;
    bool failed;
    sqlite3_stmt *row = db_query(store, err, DISPATCHES "ORDER BY d.place, p.part", "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct kept_dispatch d;
        if (take(row, &d) && act_bytes_check(&d.bytes, &fault))
            look_at_part(u, row, &d);
        else
            add_unsound(u, db_int(row, 0), 0);
        kept_dispatch_release(&d);
    }
    return !failed;
}

bool dispatches_drop_unsound(struct store *store, struct error *err)
{
    static const char *const rest[] = {
        "DELETE FROM dispatch_parts WHERE dispatch NOT IN (SELECT place FROM dispatches)",
        "DELETE FROM deliveries WHERE dispatch NOT IN (SELECT place FROM dispatches)",
        "DELETE FROM held WHERE act NOT IN (SELECT seq FROM acts)",
        "UPDATE dispatches SET act = NULL WHERE act NOT IN (SELECT seq FROM acts)",
    };
    struct unsound u = {NULL, 0};
    bool ok = find_unsound(store, &u, err);

    for (size_t i = 0; ok && i < u.count; i++)
        ok = u.list[i].part
                 ? db_run(store, err, "DELETE FROM dispatch_parts WHERE dispatch = ? AND part = ?",
                          "ii", u.list[i].dispatch, u.list[i].part)
                 : db_run(store, err, "DELETE FROM dispatches WHERE place = ?", "i",
                          u.list[i].dispatch);
    free(u.list);
    for (size_t i = 0; ok && i < ARRAY_SIZE(rest); i++)
        ok = db_run(store, err, rest[i], "");
    return ok;
}

/* ---- cases ---- */

static bool take_key(sqlite3_stmt *row, struct case_key *key)
{
    return db_bytes(row, 0, key->opener, OPENER) && db_bytes(row, 1, key->id, CASE_ID);
}

bool case_key_of(struct store *store, const uint8_t case_id[CASE_ID], bool opened_here,
                 struct case_key *key, bool *known, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT n.opener, n.case_id FROM counterparts n JOIN cases c ON c.id = n.case_row "
                 "WHERE c.case_id = ?",
                 "b", case_id, (size_t)CASE_ID);

    if (!row)
        return false;
    *known = db_step(store, row, &failed, err);
    if (*known) {
        *known = take_key(row, key);
        db_done(row);
    } else if (!failed && opened_here) {
        memcpy(key->opener, store->post.author, OPENER);
        memcpy(key->id, case_id, CASE_ID);
        *known = true;
    }
    return !failed;
}

static bool take_case(struct store *store, sqlite3_stmt *row, uint8_t case_id[CASE_ID], bool *known,
                      struct error *err)
{
    bool failed;

    if (!row)
        return false;
    *known = db_step(store, row, &failed, err);
    if (*known) {
        *known = db_bytes(row, 0, case_id, CASE_ID);
        db_done(row);
    }
    return !failed;
}

bool case_of_key(struct store *store, const struct case_key *key, uint8_t case_id[CASE_ID],
                 bool *known, struct error *err)
{
    if (memcmp(key->opener, store->post.author, OPENER) == 0)
        return take_case(store,
                         db_query(store, err,
                                  "SELECT case_id FROM cases WHERE case_id = ? AND id NOT IN "
                                  "(SELECT case_row FROM counterparts)",
                                  "b", key->id, (size_t)CASE_ID),
                         case_id, known, err);
    return take_case(store,
                     db_query(store, err,
                              "SELECT c.case_id FROM counterparts n JOIN cases c ON c.id = "
                              "n.case_row WHERE n.opener = ? AND n.case_id = ?",
                              "bb", key->opener, (size_t)OPENER, key->id, (size_t)CASE_ID),
                     case_id, known, err);
}

bool case_follows(struct store *store, const uint8_t case_id[CASE_ID], const struct case_key *key,
                  struct error *err)
{
    return db_run(store, err,
                  "INSERT INTO counterparts (opener, case_id, case_row) SELECT ?, ?, id FROM cases "
                  "WHERE case_id = ?",
                  "bbb", key->opener, (size_t)OPENER, key->id, (size_t)CASE_ID, case_id,
                  (size_t)CASE_ID);
}
