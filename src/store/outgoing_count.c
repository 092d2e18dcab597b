/* SPDX-License-Identifier: MIT */
/* What waits in the outbox, in two numbers: of outgoing.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "outgoing_work.h"

enum {
    LATELY = 500,     /* dispatches that are looked at, the last ones */
    CASES_MOST = 200, /* cases that are looked at for what was recorded since */
};

/* ---- what was recorded since dispatches were made last ---- */

static bool count_case(struct store *store, const uint8_t case_id[CASE_ID], int64_t upto,
                       size_t *count, struct error *err)
{
    struct case_file c;

    if (!case_load(store, case_id, NULL, &c, NULL, err))
        return false;
    for (size_t i = 0; i < c.count; i++) {
        struct audience_codes audience;
        *count += c.acts[i].seq > upto && travel_audience(&c, &c.acts[i], &audience);
    }
    case_release(&c);
    return true;
}

/* The cases that have something new, at most CASES_MOST of them; the caller frees the list. */
static bool find_cases(struct store *store, int64_t upto, uint8_t (**out)[CASE_ID], size_t *count,
                       struct error *err)
{
    struct buf sql = BUF_INIT;
    bool failed = true;

    buf_adds(&sql, "SELECT DISTINCT c.case_id FROM acts a JOIN cases c ON c.case_id = a.case_id "
                   "WHERE a.seq > ? AND c.closed = 0 AND a.kind IN ");
    outgoing_kinds(&sql);
    buf_addf(&sql, " LIMIT %d", CASES_MOST);
    sqlite3_stmt *row = db_query(store, err, buf_text(&sql), "i", upto);
    buf_release(&sql);
    *out = xcalloc(CASES_MOST, sizeof **out);
    *count = 0;
    while (row && db_step(store, row, &failed, err))
        *count += db_bytes(row, 0, (*out)[*count], CASE_ID);
    return row && !failed;
}

static bool count_new(struct store *store, size_t *count, struct error *err)
{
    uint8_t(*cases)[CASE_ID];
    int64_t upto;
    size_t found;

    if (!outgoing_upto(store, &upto, err))
        return false;
    bool ok = find_cases(store, upto, &cases, &found, err);
    for (size_t i = 0; ok && i < found; i++)
        ok = count_case(store, cases[i], upto, count, err);
    free(cases);
    return ok;
}

/* ---- dispatches ---- */

static bool count_unsent(struct store *store, size_t *count, struct error *err)
{
    int64_t unsent;

    if (!db_number(store, &unsent, 0, err,
                   "SELECT count(*) FROM (SELECT place FROM dispatches WHERE ours = 1 AND act IS "
                   "NOT NULL ORDER BY place DESC LIMIT ?) d WHERE NOT EXISTS (SELECT 1 FROM "
                   "deliveries v WHERE v.dispatch = d.place AND v.times > 0)",
                   "i", (int64_t)LATELY))
        return false;
    *count += (size_t)unsent;
    return true;
}

static bool count_silent(struct store *store, long days, size_t *count, struct error *err)
{
    char now[INSTANT_SIZE], day[DATE_SIZE];
    struct instant at;
    int64_t silent;

    if (!instant_parse(store_now(store, now), &at))
        return true;
    date_format(date_add_days(instant_date(at), 1 - days), day);
    if (!db_number(store, &silent, 0, err,
                   "SELECT count(DISTINCT v.post) FROM deliveries v JOIN dispatches d ON d.place = "
                   "v.dispatch WHERE v.acked_at IS NULL AND v.times > 0 AND d.at < ?",
                   "t", day))
        return false;
    *count = (size_t)silent;
    return true;
}

bool store_outbox_counts(struct store *store, long days, struct outbox_counts *out,
                         struct error *err)
{
    struct identity identity;

    *out = (struct outbox_counts){0, 0};
    if (!store_identity(store, &identity, err))
        return false;
    return !identity.made ||
           (count_new(store, &out->unsent, err) && count_unsent(store, &out->unsent, err) &&
            count_silent(store, days, &out->silent, err));
}
