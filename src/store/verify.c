/* SPDX-License-Identifier: MIT */
#include "amparo/store/verify.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/erase.h"
#include "amparo/store/project.h"
#include "amparo/store/replay.h"
#include "amparo/store/stray.h"

enum {
    NAMED_MOST = 50,      /* lines of one kind: the rest would not help */
    PAGES_A_STEP = 24,    /* a step is an act, or a case: so many pages take as long */
    STEPS_A_LOOK = 16,    /* SQLite's look at tables and indexes takes a step for so many */
    LOOK_EVERY = 1 << 16, /* of SQLite's instructions, between two looks at the caller's wish */
};

/* The end of one chain: (author, case, incarnation). */
struct chain {
    uint8_t key[AUTHOR + CASE_ID + sizeof(uint64_t)];
    uint64_t sequence;
    int64_t seq; /* of its last act */
    uint8_t last[HASH];
};

struct case_ids {
    uint8_t *list; /* CASE_ID bytes each */
    size_t count, room;
};

struct checking {
    struct store *store;
    struct verified *out;
    struct error *err; /* collects the disagreements */
    size_t faults;
    struct chain *chains; /* an open hash table */
    size_t chain_room, chain_count;
    uint8_t head[HASH];
    int64_t seq;
    struct post_state post;
    struct case_ids touched; /* cases in which something was erased, or is missing */
    struct replays replays;  /* acts of erasing from elsewhere */
    const struct case_file *c;
    struct case_file *elsewhere; /* the case by each of those */
    store_progress *progress;
    void *ctx;
    uint64_t done, total; /* steps */
};

static void ids_add(struct case_ids *ids, const uint8_t id[CASE_ID])
{
    if (ids->count == ids->room) {
        ids->room = ids->room ? 2 * ids->room : 64;
        ids->list = xreallocarray(ids->list, ids->room, CASE_ID);
    }
    memcpy(ids->list + ids->count++ * CASE_ID, id, CASE_ID);
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, CASE_ID);
}

static void disagree(struct checking *p, int64_t seq, const char *what)
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

static bool step(struct checking *p, struct error *err)
{
    p->done++;
    return report(p) || error_set(err, ERROR_FAILED, _("given up"));
}

static bool pages_read(void *ctx, uint64_t done, uint64_t total)
{
    struct checking *p = ctx;
    struct checking of_pages = *p;

    if (p->done == 0 && done == total)
        p->done = total / PAGES_A_STEP;
    of_pages.done = done / PAGES_A_STEP;
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
    p->total += p->total / STEPS_A_LOOK + (uint64_t)pages / PAGES_A_STEP;
}

/* ---- chains ---- */

static size_t chain_slot(const struct chain *table, size_t room, const uint8_t *key)
{
    size_t hash = 0;

    for (size_t i = 0; i < sizeof table->key; i++)
        hash = hash * 131 + key[i];
    size_t at = hash & (room - 1);
    while (table[at].sequence && memcmp(table[at].key, key, sizeof table->key) != 0)
        at = (at + 1) & (room - 1);
    return at;
}

static void grow_chains(struct checking *p)
{
    size_t room = p->chain_room ? 2 * p->chain_room : 64;
    struct chain *table = xcalloc(room, sizeof *table);

    for (size_t i = 0; i < p->chain_room; i++)
        if (p->chains[i].sequence)
            table[chain_slot(table, room, p->chains[i].key)] = p->chains[i];
    free(p->chains);
    p->chains = table;
    p->chain_room = room;
}

/* Are the acts that its chain lacks before it among those that the file is known to have lost? */
static bool lost_from_chain(const struct checking *p, const struct chain *chain,
                            const struct logged *act)
{
    uint64_t lost = (uint64_t)losses_between(&p->store->post.losses, chain->seq, act->seq);

    return act->core.sequence > chain->sequence && act->core.sequence - chain->sequence - 1 <= lost;
}

static void check_chain(struct checking *p, const struct logged *act)
{
    const struct core *core = &act->core;
    uint8_t key[sizeof p->chains->key];

    memcpy(key, core->author, AUTHOR);
    memcpy(key + AUTHOR, core->case_id, CASE_ID);
    memcpy(key + AUTHOR + CASE_ID, &core->incarnation, sizeof core->incarnation);
    if (2 * (p->chain_count + 1) > p->chain_room)
        grow_chains(p);
    struct chain *chain = &p->chains[chain_slot(p->chains, p->chain_room, key)];
    if (!chain->sequence)
        p->chain_count++;
    bool follows = core->sequence == chain->sequence + 1;
    if (!follows && !lost_from_chain(p, chain, act))
        disagree(p, act->seq, N_("does not follow in the sequence of its chain"));
    else if (follows && memcmp(core->prev, chain->last, HASH) != 0)
        disagree(p, act->seq, N_("does not name the act before it in its chain"));
    memcpy(chain->key, key, sizeof key);
    chain->sequence = core->sequence ? core->sequence : 1;
    chain->seq = act->seq;
    memcpy(chain->last, act->bytes.id, HASH);
}

/* ---- acts ---- */

/* All acts between this one and the one before are among those that the file is known to have
 * lost. */
static bool is_after_loss(struct checking *p, const struct logged *act)
{
    int64_t missing = act->seq - p->seq - 1;

    if (missing <= 0 || losses_between(&p->store->post.losses, p->seq, act->seq) != missing)
        return false;
    if (missing == 1)
        buf_addf(&p->out->notes, _("act %lld is lost, as an act of the post says\n"),
                 (long long)p->seq + 1);
    else
        buf_addf(&p->out->notes, _("acts %lld to %lld are lost, as an act of the post says\n"),
                 (long long)p->seq + 1, (long long)act->seq - 1);
    return true;
}

/*
 * After a loss the running hash goes on from what stands there, which the next signer saw; but the
 * act that tells of the loss was signed when they were lost.
 */
static void check_columns(struct checking *p, const struct logged *act)
{
    bool lost = is_after_loss(p, act), same = memcmp(act->core.seen, p->head, SEEN) == 0;
    uint8_t head[HASH];

    if (act->seq != p->seq + 1 && !lost)
        disagree(p, act->seq, N_("acts before it are missing"));
    if (!same && !lost)
        disagree(p, act->seq, N_("its signer saw other acts before it"));
    log_head(p->head, act->bytes.id, head);
    if ((same || !lost) && memcmp(head, act->head, HASH) != 0)
        disagree(p, act->seq, N_("the running hash does not hold"));
    memcpy(p->head, act->head, HASH);
    p->seq = act->seq;
}

static json_int_t number_of(const json_t *payload, const char *key)
{
    return json_integer_value(json_object_get(payload, key));
}

/* What a head of post accepted as lost is told for ever. */
static void note_accepted(struct checking *p, const struct logged *act)
{
    json_t *payload, *context;

    if (act->core.kind != POST_RESUMES || !act_bytes_read(&act->bytes, &payload, &context))
        return;
    const char *cause = json_string_value(json_object_get(payload, "cause"));
    if (cause && strcmp(cause, "accepted") == 0)
        buf_addf(
            &p->out->notes,
            _("act %lld: a head of post accepted a loss; of %lld records of the -wal file that "
              "were known, %lld were there\n"),
            (long long)act->seq, (long long)number_of(payload, "known_records"),
            (long long)number_of(payload, "found_records"));
    json_decref(payload);
    json_decref(context);
}

static void note_post_act(struct checking *p, const struct logged *act)
{
    const char *why;

    if (post_state_add(&p->post, act, &why)) {
        note_accepted(p, act);
        return;
    }
    if (!p->post.profile.code) /* nothing can stand on it */
        disagree(p, act->seq, why);
    else
        buf_addf(&p->out->notes, _("the post: act %lld does not count: %s\n"), (long long)act->seq,
                 _(why));
}

static bool is_lost_part(const struct checking *p, const struct logged *act, size_t i)
{
    return losses_have_part(&p->store->post.losses, act->seq, (int64_t)i + 1);
}

/* Only an erasure takes parts away, and only of a case: looked at when the case is folded. */
static void check_parts(struct checking *p, const struct logged *act)
{
    bool missing = false, of_case = memcmp(act->core.case_id, post_case, CASE_ID) != 0;

    for (size_t i = 0; i < act->bytes.count; i++)
        missing |= !act->bytes.parts[i].present && !is_lost_part(p, act, i);
    if (missing && !of_case)
        disagree(p, act->seq, N_("a part of it is missing"));
    if (of_case && (missing || act->core.kind == ACT_ERASE))
        ids_add(&p->touched, act->core.case_id);
}

/* All that is here was written by this post, in the incarnation of then. */
static void check_author(struct checking *p, const struct logged *act)
{
    if (!p->post.profile.code)
        return;
    if (memcmp(act->core.author, p->post.author, AUTHOR) != 0)
        disagree(p, act->seq, N_("is in the name of another author"));
    else if (act->core.incarnation != p->post.incarnation)
        disagree(p, act->seq, N_("is not of the incarnation that the file then had"));
}

static bool check_act(void *ctx, const struct logged *act, struct error *err)
{
    struct checking *p = ctx;
    const char *fault = NULL;

    check_columns(p, act);
    check_parts(p, act);
    if (!act_bytes_check(&act->bytes, &fault))
        disagree(p, act->seq, fault);
    check_chain(p, act);
    if (memcmp(act->core.case_id, post_case, CASE_ID) == 0)
        note_post_act(p, act);
    check_author(p, act);
    p->out->acts++;
    return step(p, err);
}

/* The copies of kind and case beside the core are what the log is searched by. */
static bool check_copies(struct checking *p, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(p->store, err, "SELECT seq, kind, case_id, core FROM acts ORDER BY seq", "");

    if (!row)
        return false;
    while (db_step(p->store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct core core;
        uint8_t case_id[CASE_ID];
        buf_add(&a.core, sqlite3_column_blob(row, 3), (size_t)sqlite3_column_bytes(row, 3));
        bool ok = cbor_check(a.core.data, a.core.size, NULL, NULL) && act_bytes_core(&a, &core) &&
                  db_bytes(row, 2, case_id, CASE_ID) && db_int(row, 1) == (int64_t)core.kind &&
                  memcmp(case_id, core.case_id, CASE_ID) == 0;
        if (!ok)
            disagree(p, db_int(row, 0), N_("is filed under another case or kind"));
        buf_release(&a.core);
    }
    return !failed;
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
            ids_add(out, id);
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
        if (gone && !goes_here && !is_lost_part(p, act, i))
            disagree(p, act->seq, N_("a part of it is missing"));
        if (!gone && goes_here)
            disagree(p, act->seq, N_("a part of it that was erased is there"));
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
    bool read = !loaded || compare_erased(p, case_id, &c, err);
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
    return step(p, err);
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
static bool check_index(struct checking *p, struct error *err)
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
static bool check_elsewhere(struct checking *p, struct error *err)
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
            ids_add(&p->touched, act->core.case_id);
        }
    if (whole != (size_t)rows && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT,
                  _("%lld acts of erasing from another copy of the file are not authentic"),
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

static bool compare_projections(struct checking *p, struct error *err)
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

static bool compare_stray(struct checking *p, struct error *err)
{
    struct error found = ERROR_INIT;
    bool ok = stray_check(p->store, &p->post, &found, &p->out->notes, err);

    if (found.kind && p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, "%s", error_text(&found));
    error_release(&found);
    return ok;
}

/* All that is read must be of one moment: others may be writing. */
static bool read_all(struct checking *p, struct error *err)
{
    return post_refresh(p->store, err) && log_read(p->store, NULL, 0, check_act, p, err) &&
           check_copies(p, err) && check_elsewhere(p, err) && compare_projections(p, err) &&
           note_owed(p, err) && note_backup(p, err) && compare_stray(p, err) &&
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
        ok = db_end(store, read_all(&p, err), err) && check_index(&p, err);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    hex_write(p.head, HASH, out->head);
    for (size_t i = 0; i < p.post.count; i++)
        out->officers += p.post.roster[i].until == INT64_MAX;
    if (ok && p.faults > NAMED_MOST)
        error_set(&found, ERROR_VAULT, _("and %zu more"), p.faults - NAMED_MOST);
    if (ok && p.faults)
        ok = error_set(err, ERROR_VAULT, "%s", error_text(&found));
    post_state_release(&p.post);
    free(p.chains);
    free(p.touched.list);
    replays_release(&p.replays);
    error_release(&found);
    return ok;
}

/* ---- making anew ---- */

static bool rebuild_within(struct checking *p, struct error *err)
{
    struct case_ids ids;
    bool ok = db_run(p->store, err, "INSERT INTO search (search) VALUES ('delete-all')", "") &&
              db_run(p->store, err, "DELETE FROM tasks", "") &&
              db_run(p->store, err, "DELETE FROM arrivals", "") &&
              db_run(p->store, err, "DELETE FROM notes", "") &&
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
             step(p, err);
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
