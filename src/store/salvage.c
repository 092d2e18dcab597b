/* SPDX-License-Identifier: MIT */
#include "amparo/store/salvage.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/dispatches.h"
#include "amparo/store/erase.h"
#include "amparo/store/erasures.h"
#include "amparo/store/verify.h"
#include "salvage_work.h"

/* Made from the acts, or of who is at work: not taken over. */
static const char *const made_anew[] = {
    "arrivals",    "bookmarks", "cases",    "costs",     "digests",  "event_cases", "links",
    "person_keys", "persons",   "presence", "presented", "register", "tasks",
};

/* Signed, and never changed: any version of a page may give one. Of the rest the last alone is
 * right. */
static const char *const of_the_log[] = {"acts", "parts", "post_acts"};

static bool is_among(const char *table, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], table) == 0)
            return true;
    return false;
}

/* ---- rows ---- */

/* Which table the row is of: the tree says so where it can be followed. */
static const struct shape *shape_of(const struct salvage *s, const struct row *row)
{
    /* What an older version of the page was for, nobody knows. */
    const char *owner = s->version == 0 ? salvage_owner(s, s->number) : NULL;
    const struct shape *shape;

    if (!owner)
        return shapes_find(&s->shapes, row);
    shape = shapes_named(&s->shapes, owner);
    return shape && shape_fits(shape, row) ? shape : NULL;
}

/* An entry of an index of the acts: by id, or by case; the number of the act stands last. */
static bool is_of_index(const struct salvage *s, const struct row *row)
{
    const char *owner = s->version == 0 ? salvage_owner(s, s->number) : NULL;

    return !row->of_table && row->count == 2 && row->values[0].type == VALUE_BLOB &&
           (row->values[0].size == HASH || row->values[0].size == CASE_ID) &&
           row->values[1].type == VALUE_INTEGER && (!owner || strstr(owner, "acts"));
}

/* Indexes and parts also speak of acts that are not there. */
static void note_known(struct salvage *s, const struct shape *shape, const struct row *row)
{
    const char *table = shape ? shape->table : "";
    int64_t seq = 0;

    if (strcmp(table, "acts") == 0)
        seq = row->rowid;
    else if (strcmp(table, "parts") == 0)
        seq = row->values[0].number;
    else if (!shape && is_of_index(s, row))
        seq = row->values[1].number;
    if (seq > s->known)
        s->known = seq;
}

static sqlite3_stmt *insert_of(struct salvage *s, const struct shape *shape)
{
    sqlite3_stmt **at = &s->inserts[shape - s->shapes.list];

    if (!*at && sqlite3_prepare_v2(s->store->db, shape->insert, -1, at, NULL) != SQLITE_OK)
        db_fail(s->store, s->err);
    return *at;
}

static bool put_row(struct salvage *s, const struct shape *shape, const struct row *row)
{
    sqlite3_stmt *insert = insert_of(s, shape);
    bool ok = insert && shape_bind(shape, row, insert) && sqlite3_step(insert) == SQLITE_DONE;

    if (insert && !ok)
        db_fail(s->store, s->err);
    if (insert)
        sqlite3_reset(insert);
    s->failed = !ok;
    return ok;
}

static bool take_row(void *ctx, const struct row *row)
{
    struct salvage *s = ctx;
    const struct shape *shape = shape_of(s, row);

    note_known(s, shape, row);
    if (!shape || !row->whole || is_among(shape->table, made_anew, ARRAY_SIZE(made_anew)))
        return true;
    if (is_among(shape->table, of_the_log, ARRAY_SIZE(of_the_log)))
        return put_row(s, shape, row);
    if (!s->present)
        return true;
    if (!put_row(s, shape, row))
        return false;
    s->out->rows += sqlite3_changes(s->store->db) > 0;
    return true;
}

/* ---- pages ---- */

static bool fetch(void *ctx, uint32_t number, uint8_t out[PAGES_SIZE])
{
    struct salvage *s = ctx;
    bool present = false;

    if (number < 1 || number > pages_count(s->pages) ||
        !pages_read(s->pages, number, 0, out, &present))
        return false;
    s->present = s->present && present;
    return true;
}

static bool take_page(struct salvage *s, uint8_t page[PAGES_SIZE])
{
    bool present = s->present;

    if (!rows_read(page, s->number, fetch, take_row, s))
        return false;
    s->present = present;
    return true;
}

/* Pages are looked at twice: that is the first half of the work. */
static bool report_page(const struct salvage *s, uint64_t looks, struct error *err)
{
    const struct salvage_how *how = s->how;

    return !how->progress || how->progress(how->ctx, looks, 4 * (uint64_t)pages_count(s->pages)) ||
           error_set(err, ERROR_FAILED, _("given up"));
}

/* The newest versions of all pages first, then those before: whoever comes first stays. */
static bool take_pages(struct salvage *s, struct error *err)
{
    uint8_t page[PAGES_SIZE];
    uint32_t count = pages_count(s->pages);
    bool any = true, ok = true;

    s->err = err;
    for (s->version = 0; any && ok; s->version++) {
        any = false;
        for (s->number = 1; ok && s->number <= count; s->number++) {
            if (!pages_read(s->pages, s->number, s->version, page, &s->present))
                continue;
            any = true;
            ok = take_page(s, page);
            ok = ok && (s->version > 0 || report_page(s, count + s->number, err));
        }
    }
    explicit_bzero(page, sizeof page);
    return ok;
}

/* ---- acts ---- */

/* Where a page with acts of the post is lost, their second copy has them. */
static bool take_second_copies(struct store *store, struct error *err)
{
    return db_run(store, err,
                  "INSERT OR IGNORE INTO acts SELECT seq, id, kind, case_id, signer, root, core, "
                  "commitments, signature, head FROM post_acts GROUP BY seq",
                  "") &&
           db_run(store, err,
                  "INSERT OR IGNORE INTO parts SELECT seq, part, salt, bytes FROM post_acts "
                  "WHERE part > 0",
                  "");
}

/* Rows of the log that are not as they were signed. */
struct unsound {
    struct salvage *s;
    struct losses rows;
};

/* The parts of an act that its commitments do not know. */
static bool check_parts(struct unsound *u, struct logged *act, struct error *err)
{
    struct store *store = u->s->store;
    const char *fault;
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT part, salt, bytes FROM parts WHERE act = ?", "i", act->seq);

    while (row && db_step(store, row, &failed, err)) {
        int64_t number = db_int(row, 0);
        struct part *part = number >= 1 && (size_t)number <= act->bytes.count
                                ? &act->bytes.parts[number - 1]
                                : NULL;
        bool sound = part && db_bytes(row, 1, part->salt, SALT);
        if (sound) {
            buf_add(&part->bytes, sqlite3_column_blob(row, 2),
                    (size_t)sqlite3_column_bytes(row, 2));
            part->present = true;
            sound = act_bytes_check(&act->bytes, &fault);
            part->present = false;
            buf_release(&part->bytes);
        }
        if (!sound)
            losses_add_part(&u->rows, act->seq, number);
    }
    return row && !failed;
}

static bool find_unsound(struct unsound *u, struct error *err)
{
    struct store *store = u->s->store;
    const char *fault;
    bool failed = false, ok = true;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT seq, id, signer, root, core, commitments, signature, head "
                                 "FROM acts ORDER BY seq",
                                 "");

    while (ok && row && db_step(store, row, &failed, err)) {
        struct logged act;
        bool sound = log_take(row, &act) && act_bytes_check(&act.bytes, &fault);
        if (!sound)
            losses_add(&u->rows, act.seq, act.seq);
        else
            ok = check_parts(u, &act, err);
        if (sound && act.core.incarnation > u->s->incarnation)
            u->s->incarnation = act.core.incarnation;
        logged_release(&act);
    }
    if (row && !ok)
        db_done(row);
    return row && ok && !failed;
}

static bool drop_unsound(struct salvage *s, struct error *err)
{
    struct unsound u = {.s = s};
    bool ok = find_unsound(&u, err);

    for (size_t i = 0; ok && i < u.rows.count; i++)
        ok = db_run(s->store, err, "DELETE FROM acts WHERE seq BETWEEN ? AND ?", "ii",
                    u.rows.acts[i].from, u.rows.acts[i].to);
    for (size_t i = 0; ok && i < u.rows.part_count; i++)
        ok = db_run(s->store, err, "DELETE FROM parts WHERE act = ? AND part = ?", "ii",
                    u.rows.parts[i].act, u.rows.parts[i].part);
    losses_release(&u.rows);
    return ok &&
           db_run(s->store, err, "DELETE FROM parts WHERE act NOT IN (SELECT seq FROM acts)", "") &&
           db_run(s->store, err,
                  "DELETE FROM draft_fields WHERE draft NOT IN "
                  "(SELECT id FROM drafts)",
                  "") &&
           db_run(s->store, err, "DELETE FROM post_acts", "") &&
           db_run(s->store, err, "INSERT INTO post_acts " POST_ACTS, "");
}

/* ---- what is lost ---- */

static bool find_lost_acts(struct salvage *s, struct error *err)
{
    int64_t next = 1;
    bool failed = false;
    sqlite3_stmt *row = db_query(s->store, err, "SELECT seq FROM acts ORDER BY seq", "");

    while (row && db_step(s->store, row, &failed, err)) {
        int64_t seq = db_int(row, 0);
        if (seq > next)
            losses_add(&s->losses, next, seq - 1);
        next = seq + 1;
        s->out->acts++;
    }
    if (s->known >= next)
        losses_add(&s->losses, next, s->known);
    s->out->lost_acts = (size_t)losses_between(&s->losses, 0, INT64_MAX);
    return row && !failed;
}

struct missing {
    struct salvage *s;
    const struct case_file *c;   /* NULL: acts of the post */
    struct case_file *elsewhere; /* the case by each of the erasures of other copies */
    struct losses erased;        /* parts that are there, and were erased */
};

/* What erasures take of the act, those signed here and elsewhere. */
static enum case_goes goes_of(const struct missing *m, const struct logged *act)
{
    enum case_goes goes = m->c ? erase_goes(m->s->store, m->c, act) : GOES_NOTHING;

    for (size_t i = 0; m->c && i < m->s->erasures.count; i++) {
        if (act->seq > m->s->erasures.list[i].upto)
            continue;
        enum case_goes there = erase_goes(m->s->store, &m->elsewhere[i], act);
        goes = there > goes ? there : goes;
    }
    return goes;
}

/* A part may be missing because it was erased; what was erased may have come back with an older
 * page. */
static bool find_missing(void *ctx, const struct logged *act, struct error *err)
{
    struct missing *m = ctx;
    enum case_goes goes = goes_of(m, act);
    uint64_t classes[PARTS] = {0};

    (void)err;
    act_bytes_classes(&act->bytes, classes);
    for (size_t i = 0; i < act->bytes.count; i++) {
        bool there = act->bytes.parts[i].present, erased = erase_takes(goes, classes[i]);
        if (!there && !erased)
            losses_add_part(&m->s->losses, act->seq, (int64_t)i + 1);
        if (there && erased)
            losses_add_part(&m->erased, act->seq, (int64_t)i + 1);
        m->s->out->parts += there && !erased;
    }
    return true;
}

static bool look_for_missing(struct missing *m, const uint8_t case_id[CASE_ID], struct error *err)
{
    struct store *store = m->s->store;
    bool ok = log_read(store, case_id, 0, find_missing, m, err);

    for (size_t i = 0; ok && i < m->erased.part_count; i++)
        ok = db_run(store, err, "DELETE FROM parts WHERE act = ? AND part = ?", "ii",
                    m->erased.parts[i].act, m->erased.parts[i].part);
    losses_release(&m->erased);
    return ok;
}

static bool find_lost_parts(struct salvage *s, const uint8_t case_id[CASE_ID], struct error *err)
{
    size_t count = s->erasures.count, loaded = 0;
    struct missing m = {.s = s};
    struct case_file c;
    bool erases, ok;

    if (memcmp(case_id, post_case, CASE_ID) == 0)
        return look_for_missing(&m, case_id, err);
    if (!case_load(s->store, case_id, NULL, &c, NULL, err))
        return false;
    m.c = &c;
    m.elsewhere = xcalloc(count + 1, sizeof *m.elsewhere);
    for (ok = true; ok && loaded < count; loaded += ok)
        ok = replay_case(s->store, &s->erasures.list[loaded], case_id, &m.elsewhere[loaded],
                         &erases, err);
    ok = ok && look_for_missing(&m, case_id, err);
    while (loaded)
        case_release(&m.elsewhere[--loaded]);
    free(m.elsewhere);
    case_release(&c);
    return ok;
}

static bool find_all_lost_parts(struct salvage *s, struct error *err)
{
    struct buf ids = BUF_INIT;
    bool failed = false, ok;
    sqlite3_stmt *row =
        db_query(s->store, err, "SELECT DISTINCT case_id FROM acts WHERE length(case_id) = 8", "");

    while (row && db_step(s->store, row, &failed, err))
        buf_add(&ids, sqlite3_column_blob(row, 0), CASE_ID);
    ok = row && !failed;
    for (size_t i = 0; ok && i < ids.size; i += CASE_ID)
        ok = find_lost_parts(s, (const uint8_t *)ids.data + i, err);
    buf_release(&ids);
    s->out->lost_parts = s->losses.part_count;
    return ok;
}

/* ---- the new file ---- */

static bool is_head(const struct salvage *s, struct error *err)
{
    if (!s->store->post.profile.code)
        return error_set(err, ERROR_VAULT,
                         _("%s: both copies of the acts that found the post are lost; use a "
                           "backup"),
                         s->from);
    return store_check_officer(s->store, s->how->officer, err) &&
           (s->store->me.role == ROLE_HEAD ||
            error_set(err, ERROR_REFUSED, _("only a head of post salvages a case file")));
}

/* The acts that erased somebody may be among those that are lost: the files beside have them. */
static bool erase_again(struct salvage *s, struct error *err)
{
    const char *const near[] = {s->from};

    return erasures_apply(s->store, near, ARRAY_SIZE(near), NULL, &s->out->erased, &s->out->list,
                          err) &&
           replays_load(s->store, &s->erasures, err);
}

static bool resume(struct salvage *s, struct error *err)
{
    const struct resuming how = {.cause = RESUMES_SALVAGE,
                                 .losses = &s->losses,
                                 .incarnation = s->incarnation,
                                 .seq = s->known + 1};

    return post_resume(s->store, &how, err);
}

static bool take_all(struct salvage *s, struct error *err)
{
    salvage_find_owners(s);
    salvage_list_damage(s);
    return take_pages(s, err) && take_second_copies(s->store, err) && drop_unsound(s, err) &&
           dispatches_drop_unsound(s->store, err) && post_refresh(s->store, err) &&
           is_head(s, err) && find_lost_acts(s, err) && erase_again(s, err) &&
           find_all_lost_parts(s, err) && resume(s, err) &&
           store_rebuild(s->store, NULL, NULL, err) &&
           db_run(s->store, err,
                  "DELETE FROM counterparts WHERE case_row NOT IN (SELECT id FROM cases)", "");
}

static void end_inserts(struct salvage *s)
{
    for (size_t i = 0; i < s->shapes.count; i++)
        sqlite3_finalize(s->inserts[i]);
    free(s->inserts);
    s->inserts = NULL;
}

/* The new file is there, empty, and does not have its name yet. */
static bool fill(void *ctx, struct vault *fresh, struct error *err)
{
    struct salvage *s = ctx;
    struct store *store = s->store;

    store->vault = fresh;
    bool ok = db_connect(store, err) && db_run(store, err, "PRAGMA foreign_keys = OFF", "") &&
              db_begin(store, err);
    if (ok) {
        s->inserts = xcalloc(s->shapes.count, sizeof *s->inserts);
        ok = take_all(s, err);
        end_inserts(s);
        ok = db_end(store, ok, err) && salvage_list_losses(s, err) && salvage_list_faults(s, err);
    }
    db_disconnect(store);
    return ok;
}

static void release(struct salvage *s)
{
    for (size_t i = 0; i < s->name_count; i++)
        free(s->names[i]);
    free(s->names);
    free(s->owner);
    replays_release(&s->erasures);
    losses_release(&s->losses);
    shapes_release(&s->shapes);
    pages_close(s->pages);
}

bool salvage_vault(struct vault *old, const char *to, unsigned flags, const struct salvage_how *how,
                   struct salvaged *out, struct error *err)
{
    struct salvage s = {.out = out, .how = how, .from = vault_path(old)};
    struct vault_change change = {.finish = fill, .ctx = &s};

    *out = (struct salvaged){.list = BUF_INIT};
    s.pages = pages_open(old, how->progress, how->ctx, err);
    if (!s.pages)
        return false;
    shapes_make(&s.shapes);
    s.owner = xcalloc(pages_count(s.pages) + 1, sizeof *s.owner);
    s.store = store_begin(old, to, flags);
    bool ok = vault_make_anew(old, to, &change, err);
    s.store->vault = NULL;
    store_close(s.store);
    release(&s);
    return ok;
}

bool store_salvage(const char *from, const char *to, const struct salvage_how *how,
                   struct salvaged *out, struct error *err)
{
    struct vault *old;

    *out = (struct salvaged){.list = BUF_INIT};
    if (!vault_unlock_damaged(from, how->passphrase.bytes, how->passphrase.length, &old, err))
        return false;
    bool ok = salvage_vault(old, to, 0, how, out, err);
    vault_close(old);
    return ok && (!out->erased || erasures_new_key(to, how->officer, how->passphrase, err));
}
