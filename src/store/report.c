/* SPDX-License-Identifier: MIT */
#include "amparo/store/report.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/report.h"
#include "amparo/agreement/statistics.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/record.h"
#include "amparo/store/working.h"
#include "amparo/vault/code.h"

/* ---- pseudonyms ---- */

#define SETTING "pseudonym.key"

enum { SECRET = crypto_generichash_KEYBYTES, PSEUDONYM_BYTES = 5 };

/* Made at the first report; whoever makes it at the same time takes the one that was there. */
static bool make_secret(struct store *store, struct error *err)
{
    uint8_t secret[SECRET];
    char hex[2 * SECRET + 1];

    if (store->flags & STORE_READ_ONLY)
        return error_set(err, ERROR_INPUT,
                         _("%s: has no pseudonyms yet: an officer makes the first report"),
                         store->path);
    randombytes_buf(secret, sizeof secret);
    hex_write(secret, sizeof secret, hex);
    bool ok = db_run(store, err, "INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)", "tt",
                     SETTING, hex);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(hex, sizeof hex);
    return ok;
}

static bool read_secret(struct store *store, uint8_t secret[SECRET], struct error *err)
{
    char *hex = NULL;
    bool ok = store_setting(store, SETTING, &hex, err);

    if (ok && !hex)
        ok = make_secret(store, err) && store_setting(store, SETTING, &hex, err);
    if (ok && (!hex || strlen(hex) != 2 * SECRET || !hex_read(hex, secret, SECRET)))
        ok =
            error_set(err, ERROR_VAULT, _("%s: the key of its pseudonyms is damaged"), store->path);
    if (hex)
        sodium_memzero(hex, strlen(hex));
    free(hex);
    return ok;
}

static void make_pseudonym(const uint8_t secret[SECRET], const uint8_t case_id[CASE_ID],
                           char out[PSEUDONYM_SIZE])
{
    uint8_t hash[crypto_generichash_BYTES];
    struct buf text = BUF_INIT;

    crypto_generichash(hash, sizeof hash, case_id, CASE_ID, secret, SECRET);
    code_print(hash, PSEUDONYM_BYTES, &text);
    strncpy(out, buf_text(&text), PSEUDONYM_SIZE - 1);
    out[PSEUDONYM_SIZE - 1] = '\0';
    buf_release(&text);
}

/* ---- the cases of a meeting ---- */

void report_release(struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        free(report->rows[i].reference);
        json_decref(report->rows[i].digest);
    }
    free(report->rows);
    meeting_release(&report->meeting);
    *report = (struct report){.count = 0};
}

static json_t *digest_of(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return text ? json_loads(text, 0, NULL) : NULL;
}

static bool take_row(sqlite3_stmt *row, const uint8_t secret[SECRET], struct report *out,
                     struct error *err)
{
    uint8_t case_id[CASE_ID];
    struct report_row r = {.presented = db_int(row, 5)};
    const char *due = (const char *)sqlite3_column_text(row, 3);

    r.digest = digest_of(row, 2);
    if (json_is_true(json_object_get(r.digest, "hidden"))) {
        json_decref(r.digest); /* presented before it came under the lock */
        return true;
    }
    if (!r.digest || !db_bytes(row, 0, case_id, CASE_ID)) {
        json_decref(r.digest);
        return error_set(err, ERROR_VAULT, _("%s: its entry in the list is damaged"),
                         (const char *)sqlite3_column_text(row, 1));
    }
    r.reference = db_text(row, 1);
    r.pending = db_int(row, 4);
    if (due)
        strncpy(r.due, due, sizeof r.due - 1);
    make_pseudonym(secret, case_id, r.pseudonym);
    out->rows[out->count++] = r;
    return true;
}

/* Presented there, by the last word on it; or waiting for it. */
static const char cases_of_meeting[] =
    "SELECT c.case_id, c.reference, d.facts, "
    "(SELECT min(m.day) FROM meetings m WHERE m.day > d.owed AND m.day < ?1 AND m.day < ?2 "
    "AND NOT m.cancelled), w.pending, w.presented FROM "
    "(SELECT case_row, pending, 1 AS presented, max(act) FROM presented WHERE day = ?1 "
    "GROUP BY case_row UNION ALL "
    "SELECT d.case_row, NOT c.closed, 0, 0 FROM digests d JOIN cases c ON c.id = d.case_row "
    "WHERE d.owed < ?1 AND ?3 AND NOT EXISTS "
    "(SELECT 1 FROM presented p WHERE p.day = ?1 AND p.case_row = d.case_row)) w "
    "JOIN cases c ON c.id = w.case_row JOIN digests d ON d.case_row = w.case_row";

static int by_pseudonym(const void *a, const void *b)
{
    return strcmp(((const struct report_row *)a)->pseudonym,
                  ((const struct report_row *)b)->pseudonym);
}

static bool read_cases(struct store *store, const uint8_t secret[SECRET], struct report *out,
                       struct error *err)
{
    char today[INSTANT_SIZE];
    bool failed, ok = true;
    size_t room = 0;

    store_now(store, today);
    today[DATE_SIZE - 1] = '\0';
    sqlite3_stmt *row = db_query(store, err, cases_of_meeting, "tti", out->meeting.day, today,
                                 (int64_t)!out->meeting.cancelled);
    if (!row)
        return false;
    while (ok && db_step(store, row, &failed, err)) {
        if (out->count == room) {
            room = room ? 2 * room : 64;
            out->rows = xreallocarray(out->rows, room, sizeof *out->rows);
        }
        ok = take_row(row, secret, out, err);
    }
    if (!ok)
        db_done(row);
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, by_pseudonym);
    return ok && !failed;
}

bool store_report(struct store *store, const char *which, struct report *out, struct error *err)
{
    uint8_t secret[SECRET];

    *out = (struct report){.count = 0};
    if (!store_meeting(store, which, &out->meeting, err))
        return false;
    bool ok = read_secret(store, secret, err) && read_cases(store, secret, out, err);
    sodium_memzero(secret, sizeof secret);
    if (!ok)
        report_release(out);
    return ok;
}

json_t *store_report_tree(const struct store *store, const struct report *report, unsigned left_out,
                          const char *counted)
{
    const struct meeting *m = &report->meeting;
    struct report_item *items = xcalloc(report->count + 1, sizeof *items);

    for (size_t i = 0; i < report->count; i++) {
        const struct report_row *r = &report->rows[i];
        items[i] = (struct report_item){.pseudonym = r->pseudonym,
                                        .digest = r->digest,
                                        .due = *r->due ? r->due : NULL,
                                        .pending = r->pending,
                                        .presented = r->presented};
    }
    json_t *tree = report_make(&(struct report_order){.on = m->day,
                                                      .items = items,
                                                      .count = report->count,
                                                      .left_out = left_out,
                                                      .counted = counted});
    json_object_set_new(
        tree, "meeting",
        json_pack("{s:s, s:s, s:s}", "network", m->network, "place", m->place, "on", m->day));
    json_object_set_new(tree, "post",
                        json_pack("{s:s, s:s}", "state", store_post(store)->state, "name",
                                  store_post(store)->name));
    free(items);
    return tree;
}

/* ---- recording ---- */

static bool record_row(struct store *store, const struct meeting *m, const struct report_row *row,
                       struct error *err)
{
    char *name = xasprintf("%s, %s", m->network, m->place);
    json_t *payload = json_pack("{s:s, s:s}", "meeting", name, "on", m->day);

    if (row->pending)
        json_object_set_new(payload, "pending", json_true());
    bool ok = store_record(store,
                           &(struct record_request){
                               .reference = row->reference, .kind = ACT_REPORT, .payload = payload},
                           NULL, err);
    json_decref(payload);
    free(name);
    return ok ||
           error_set(err, err->kind, _("%s: nothing was recorded of any case"), row->reference);
}

bool store_report_record(struct store *store, const char *which, size_t *recorded,
                         struct error *err)
{
    struct report report;
    bool ok;

    *recorded = 0;
    if (!db_begin(store, err))
        return false;
    ok = store_report(store, which, &report, err);
    work_total(store, report.count);
    for (size_t i = 0; ok && i < report.count; i++) {
        ok = work_step(store, i, err);
        if (!ok || report.rows[i].presented)
            continue;
        ok = record_row(store, &report.meeting, &report.rows[i], err);
        ++*recorded;
    }
    report_release(&report);
    ok = db_end(store, ok, err);
    if (!ok)
        *recorded = 0;
    return ok;
}

/* ---- statistics ---- */

#define WITHIN "BETWEEN coalesce(?, '') AND coalesce(?, '9999')"

json_t *store_statistics(struct store *store, const char *from, const char *until,
                         struct error *err)
{
    struct statistics *statistics = statistics_begin(from, until);
    bool failed = false;
    int64_t count = 0;
    uint64_t done = 0;

    if (!db_number(store, &count, 0, err, "SELECT count(*) FROM digests WHERE opened " WITHIN, "tt",
                   from, until))
        return statistics_end(statistics, false);
    work_total(store, (uint64_t)count);
    sqlite3_stmt *row =
        db_query(store, err, "SELECT facts FROM digests WHERE opened " WITHIN, "tt", from, until);
    while (row && db_step(store, row, &failed, err)) {
        json_t *digest = digest_of(row, 0);
        statistics_add(statistics, digest);
        json_decref(digest);
        if (!work_step(store, ++done, err)) {
            db_done(row);
            failed = true;
            break;
        }
    }
    return statistics_end(statistics, row && !failed);
}
