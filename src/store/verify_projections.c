/* SPDX-License-Identifier: MIT */
/* What is made from the acts, against them; and made anew. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/erase.h"
#include "amparo/store/project.h"
#include "verify_work.h"

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, CASE_ID);
}

/* ---- projections ---- */

static bool all_cases(struct store *store, struct case_ids *out, struct error *err)
{
    uint8_t id[CASE_ID];
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT case_id FROM acts WHERE case_id <> ? "
                                 "GROUP BY case_id ORDER BY min(seq)",
                                 "b", post_case, (size_t)CASE_ID);

    *out = (struct case_ids){NULL, 0, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        if (db_bytes(row, 0, id, CASE_ID))
            case_ids_add(out, id);
    if (failed)
        free(out->list);
    return !failed;
}

/* What an act has lost must be what the erasures of its case take, no more and no less. */
static bool check_erased(void *ctx, const struct logged *act, struct error *err)
{
    struct checking *p = ctx;
    enum case_goes goes = erase_goes(p->store, p->c, act);
    uint64_t classes[PARTS] = {0};

    (void)err;
    for (size_t i = 0; i < p->replays.count; i++) {
        enum case_goes there = act->seq > p->replays.list[i].upto
                                   ? GOES_NOTHING
                                   : erase_goes(p->store, &p->elsewhere[i], act);
        goes = there > goes ? there : goes;
    }
    act_bytes_classes(&act->bytes, classes);
    for (size_t i = 0; i < act->bytes.count; i++) {
        bool gone = !act->bytes.parts[i].present, goes_here = erase_takes(goes, classes[i]);
        if (gone && !goes_here && !verify_part_lost(p, act, i))
            verify_fault(p, act->seq, N_("a part of it is missing"));
        if (!gone && goes_here)
            verify_fault(p, act->seq, N_("a part of it that was erased is there"));
    }
    return true;
}

static bool read_elsewhere(struct checking *p, const uint8_t *case_id, struct error *err)
{
    bool erases, ok = true;

    p->elsewhere = xcalloc(p->replays.count + 1, sizeof *p->elsewhere);
    for (size_t i = 0; ok && i < p->replays.count; i++)
        ok = replay_case(p->store, &p->replays.list[i], case_id, &p->elsewhere[i], &erases, err);
    return ok;
}

static bool compare_erased(struct checking *p, const uint8_t *case_id, const struct case_file *c,
                           struct error *err)
{
    if (!p->touched.count ||
        !bsearch(case_id, p->touched.list, p->touched.count, CASE_ID, compare_ids))
        return true;
    p->c = c;
    bool ok =
        read_elsewhere(p, case_id, err) && log_read(p->store, case_id, 0, check_erased, p, err);
    for (size_t i = 0; i < p->replays.count; i++)
        case_release(&p->elsewhere[i]);
    free(p->elsewhere);
    return ok;
}

static bool compare_case(struct checking *p, const uint8_t *case_id, struct error *err)
{
    struct case_file c;
    struct error found = ERROR_INIT;

    bool loaded = case_load(p->store, case_id, NULL, &c, &p->out->notes, &found), ok = loaded;
    bool headless = loaded && !c.count && p->store->post.losses.count;
    if (headless)
        buf_adds(&p->out->notes, _("a case whose opening is lost is in no list\n"));
    else if (loaded && !c.count)
        ok = error_set(&found, ERROR_VAULT, _("a case without an act that counts"));
    else if (loaded)
        ok = projection_compare(p->store, case_id, &c, &found);
    bool read = !loaded || (compare_erased(p, case_id, &c, err) &&
                            (!c.count || verify_correspondence(p, case_id, &c, err)));
    if (loaded)
        case_release(&c);
    bool fault = !ok && found.kind == ERROR_VAULT;
    if (fault && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, "%s", error_text(&found));
    else if (!ok && !fault)
        error_set(err, found.kind, "%s", error_text(&found));
    error_release(&found);
    if (!read || (!ok && !fault))
        return false;
    p->out->cases += !headless;
    return verify_step(p, err);
}

/* Rows of cases that no act made. */
static bool compare_count(struct checking *p, struct error *err)
{
    int64_t rows;

    if (!db_number(p->store, &rows, 0, err, "SELECT count(*) FROM cases", ""))
        return false;
    if ((size_t)rows != p->out->cases && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, _("the list has %lld cases, the acts have %zu"),
                  (long long)rows, p->out->cases);
    return true;
}

/* The index against the words that lie beside the cases. FTS5 wants this check as a write. */
bool verify_index(struct checking *p, struct error *err)
{
    if (p->store->flags & STORE_READ_ONLY)
        return true;
    if (db_run(p->store, NULL, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)",
               ""))
        return true;
    if (sqlite3_errcode(p->store->db) == SQLITE_CORRUPT ||
        sqlite3_extended_errcode(p->store->db) == SQLITE_CORRUPT_VTAB) {
        p->faults++;
        error_set(p->err, ERROR_VAULT,
                  _("the search index is not what the acts say; `amparo verify --rebuild` makes "
                    "it anew"));
        return true;
    }
    return db_fail(p->store, err);
}

/* Acts from elsewhere: as they were signed, and by this post. */
bool verify_elsewhere(struct checking *p, struct error *err)
{
    const char *fault;
    int64_t rows;
    size_t whole = 0;

    if (!replays_load(p->store, &p->replays, err) ||
        !db_number(p->store, &rows, 0, err, "SELECT count(*) FROM erasures", ""))
        return false;
    for (size_t i = 0; i < p->replays.count; i++)
        for (size_t k = 0; k < p->replays.list[i].count; k++) {
            const struct logged *act = &p->replays.list[i].acts[k];
            whole += act_bytes_check(&act->bytes, &fault) &&
                     memcmp(act->core.author, p->store->post.author, AUTHOR) == 0;
            case_ids_add(&p->touched, act->core.case_id);
        }
    if (whole != (size_t)rows && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT,
                  n_("%lld act of erasing from another copy of the file is not authentic",
                     "%lld acts of erasing from another copy of the file are not authentic",
                     (unsigned long)rows - whole),
                  (long long)rows - (long long)whole);
    return true;
}

/* The acts of the post and their second copy. */
static bool compare_post_acts(struct checking *p, struct error *err)
{
    int64_t rows;

    if (!db_number(p->store, &rows, 0, err,
                   "SELECT (SELECT count(*) FROM (" POST_ACTS " EXCEPT SELECT * FROM post_acts)) + "
                   "(SELECT count(*) FROM (SELECT * FROM post_acts EXCEPT " POST_ACTS "))",
                   ""))
        return false;
    if (rows && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT,
                  _("the second copy of the post's acts is not what the log says; `amparo verify "
                    "--rebuild` makes it anew"));
    return true;
}

bool verify_projections(struct checking *p, struct error *err)
{
    struct case_ids ids;

    if (!all_cases(p->store, &ids, err))
        return false;
    bool ok = true;
    if (p->touched.count)
        qsort(p->touched.list, p->touched.count, CASE_ID, compare_ids);
    for (size_t i = 0; ok && i < ids.count; i++)
        ok = compare_case(p, ids.list + i * CASE_ID, err);
    free(ids.list);
    return ok && compare_count(p, err) && compare_post_acts(p, err);
}

/* ---- making anew ---- */

static bool rebuild_within(struct checking *p, struct error *err)
{
    struct case_ids ids;
    bool ok = db_run(p->store, err, "INSERT INTO search (search) VALUES ('delete-all')", "") &&
              db_run(p->store, err, "DELETE FROM tasks", "") &&
              db_run(p->store, err, "DELETE FROM arrivals", "") &&
              db_run(p->store, err, "DELETE FROM event_cases", "") &&
              db_run(p->store, err, "DELETE FROM register", "") &&
              db_run(p->store, err, "DELETE FROM digests", "") &&
              db_run(p->store, err, "DELETE FROM presented", "") &&
              db_run(p->store, err, "DELETE FROM costs", "") &&
              db_run(p->store, err, "DELETE FROM person_keys", "") &&
              db_run(p->store, err, "DELETE FROM persons", "") &&
              db_run(p->store, err, "DELETE FROM links", "") &&
              db_run(p->store, err, "DELETE FROM cases", "") &&
              db_run(p->store, err, "DELETE FROM post_acts", "") &&
              db_run(p->store, err, "INSERT INTO post_acts " POST_ACTS, "") &&
              all_cases(p->store, &ids, err);

    if (!ok)
        return false;
    p->total = ids.count;
    for (size_t i = 0; ok && i < ids.count; i++) {
        struct case_file c;
        ok = case_load(p->store, ids.list + i * CASE_ID, NULL, &c, NULL, err);
        if (!ok)
            break;
        ok = (!c.count || projection_write(p->store, ids.list + i * CASE_ID, &c, err)) &&
             verify_step(p, err);
        case_release(&c);
    }
    free(ids.list);
    return ok;
}

bool store_rebuild(struct store *store, store_progress *progress, void *ctx, struct error *err)
{
    struct checking p = {.store = store, .progress = progress, .ctx = ctx};

    return db_begin(store, err) &&
           db_end(store, post_refresh(store, err) && rebuild_within(&p, err), err);
}
