/* SPDX-License-Identifier: MIT */
#include "amparo/store/verify.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesscheck.h"
#include "amparo/store/erase.h"
#include "amparo/store/identity.h"
#include "amparo/store/stray.h"
#include "verify_work.h"

enum {
    PAGES_A_STEP = 24,    /* a step is an act, or a case: so many pages take as long */
    STEPS_A_LOOK = 16,    /* SQLite's look at tables and indexes takes a step for so many */
    LOOK_EVERY = 1 << 16, /* of SQLite's instructions, between two looks at the caller's wish */
};

void case_ids_add(struct case_ids *ids, const uint8_t id[CASE_ID])
{
    if (ids->count == ids->room) {
        ids->room = ids->room ? 2 * ids->room : 64;
        ids->list = xreallocarray(ids->list, ids->room, CASE_ID);
    }
    memcpy(ids->list + ids->count++ * CASE_ID, id, CASE_ID);
}

void verify_fault(struct checking *p, int64_t seq, const char *what)
{
    if (p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, _("act %lld: %s"), (long long)seq, _(what));
}

/* ---- how far it is ---- */

static bool report(const struct checking *p)
{
    uint64_t done = p->done < p->total ? p->done : p->total;

    return !p->progress || p->progress(p->ctx, done, p->total);
}

bool verify_step(struct checking *p, struct error *err)
{
    p->done++;
    return report(p) || error_set(err, ERROR_FAILED, _("given up"));
}

static bool pages_read(void *ctx, uint64_t done, uint64_t total)
{
    struct checking *p = ctx;
    struct checking of_pages = *p;

    if (p->done == 0 && done == total)
        p->done = p->pages;
    of_pages.done = total ? p->pages * done / total : 0;
    return report(&of_pages);
}

/* SQLite, within a long statement: not 0 ends it. */
static int keep_on(void *ctx)
{
    return !report(ctx);
}

/* What is damaged may keep it from counting: the reading of the pages will say so. */
static void count_steps(struct checking *p)
{
    int64_t acts, cases, pages;

    if (!db_number(p->store, &acts, 0, NULL, "SELECT count(*) FROM acts", "") ||
        !db_number(p->store, &cases, 0, NULL, "SELECT count(*) FROM cases", "") ||
        !db_number(p->store, &pages, 0, NULL, "PRAGMA page_count", ""))
        return;
    p->total = (uint64_t)(acts + cases);
    p->pages = (uint64_t)pages / PAGES_A_STEP;
    p->total += p->total / STEPS_A_LOOK + p->pages;
}

/* ---- the whole ---- */

/* Tables and indexes against each other, in SQLite's words: an index that was put back to an older
 * one is whole in itself. */
static bool check_structure(struct checking *p, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(p->store, err, "PRAGMA integrity_check(10)", "");

    if (!row)
        return false;
    while (db_step(p->store, row, &failed, err)) {
        const char *fault = (const char *)sqlite3_column_text(row, 0);
        if (fault && strcmp(fault, "ok") != 0 && p->faults++ < NAMED_MOST)
            error_set(p->err, ERROR_VAULT, "%s: %s", p->store->path, fault);
    }
    return !failed;
}

static bool note_owed(struct checking *p, struct error *err)
{
    bool owed;

    if (!store_erase_owed(p->store, &owed, err))
        return false;
    if (owed)
        buf_adds(&p->out->notes, _("a new data key is owed, since a person was erased: `amparo "
                                   "erase FILE` gives it\n"));
    return true;
}

static bool note_backup(struct checking *p, struct error *err)
{
    char day[DATE_SIZE];
    bool over;

    if (!store_backup_until(p->store, day, &over, err))
        return false;
    if (over)
        buf_addf(&p->out->notes,
                 _("this is a backup, which was to be destroyed after %s: destroy "
                   "it\n"),
                 day);
    else if (*day)
        buf_addf(&p->out->notes, _("this is a backup, to be destroyed after %s\n"), day);
    return true;
}

static bool check_access(struct checking *p, struct error *err)
{
    struct error found = ERROR_INIT;
    bool ok = access_log_check(p->store, &p->post, &found, err);

    if (found.kind && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, "%s", error_text(&found));
    error_release(&found);
    return ok;
}

static bool compare_stray(struct checking *p, struct error *err)
{
    struct error found = ERROR_INIT;
    bool ok = stray_check(p->store, &p->post, &found, &p->out->notes, err);

    if (found.kind && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, "%s", error_text(&found));
    error_release(&found);
    return ok;
}

static bool check_post_keys(struct checking *p, struct error *err)
{
    struct error found = ERROR_INIT;
    bool ok = identity_check(p->store, &p->post, &found, &p->out->notes, err);

    if (found.kind && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, "%s", error_text(&found));
    error_release(&found);
    return ok;
}

/* All that is read must be of one moment: others may be writing. */
static bool read_all(struct checking *p, struct error *err)
{
    return post_refresh(p->store, err) && log_read(p->store, NULL, 0, verify_act, p, err) &&
           verify_copies(p, err) && verify_dispatches(p, err) && verify_elsewhere(p, err) &&
           verify_projections(p, err) && note_owed(p, err) && note_backup(p, err) &&
           compare_stray(p, err) && check_post_keys(p, err) && check_access(p, err) &&
           check_structure(p, err);
}

bool store_verify(struct store *store, store_progress *progress, void *ctx, struct verified *out,
                  struct error *err)
{
    struct error found = ERROR_INIT;
    struct checking p = {
        .store = store, .out = out, .err = &found, .progress = progress, .ctx = ctx};

    *out = (struct verified){.notes = BUF_INIT};
    post_state_begin(&p.post, store->vault);
    count_steps(&p);
    if (!vault_verify(store->vault, pages_read, &p, err))
        return false;
    sqlite3_progress_handler(store->db, LOOK_EVERY, keep_on, &p);
    bool ok = db_begin_reading(store, err);
    if (ok)
        ok = db_end(store, read_all(&p, err), err) && verify_index(&p, err);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    hex_write(p.head, HASH, out->head);
    for (size_t i = 0; i < p.post.count; i++)
        out->officers += p.post.roster[i].until == INT64_MAX;
    if (ok && p.faults > NAMED_MOST)
        error_set(&found, ERROR_VAULT, n_("and %zu more", "and %zu more", p.faults - NAMED_MOST),
                  p.faults - NAMED_MOST);
    if (ok && p.faults)
        ok = error_set(err, ERROR_VAULT, "%s", error_text(&found));
    post_state_release(&p.post);
    free(p.chains);
    free(p.touched.list);
    replays_release(&p.replays);
    error_release(&found);
    return ok;
}
