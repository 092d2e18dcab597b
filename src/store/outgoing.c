/* SPDX-License-Identifier: MIT */
#include "amparo/store/outgoing.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/incoming.h"
#include "outgoing_work.h"

/* Up to which act all were looked at, in settings. */
static const char watermark[] = "dispatches.upto";

/* ---- what is held ---- */

static bool set_held(struct outbound *o, const struct entry *e, const char *code,
                     const char *reason, struct error *err)
{
    char now[INSTANT_SIZE];

    if (!reason)
        return db_run(o->store, err, "DELETE FROM held WHERE act = ? AND code = ?", "it",
                      e->act->seq, code);
    return db_run(o->store, err,
                  "INSERT INTO held (act, code, reason, since) VALUES (?, ?, ?, ?) "
                  "ON CONFLICT (act, code) DO UPDATE SET reason = excluded.reason",
                  "ittt", e->act->seq, code, reason, store_now(o->store, now));
}

/* It does not go, and nothing holds it. */
static bool let_be(struct outbound *o, const struct entry *e, struct error *err)
{
    return db_run(o->store, err, "DELETE FROM held WHERE act = ?", "i", e->act->seq);
}

/* ---- what has gone already ---- */

/* The place of the last dispatch of the act that was made here for that reader (NULL: any); 0:
 * there is none. */
static bool made_for(struct outbound *o, const struct entry *e, const char *code, int64_t *place,
                     struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(o->store, err,
                                 "SELECT place, core FROM dispatches WHERE act = ? AND ours = 1 "
                                 "ORDER BY place",
                                 "i", e->act->seq);

    *place = 0;
    if (!row)
        return false;
    while (db_step(o->store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct core core;
        buf_add(&a.core, sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1));
        if (act_bytes_core(&a, &core) && (!code || audience_has(&core.audience, code)))
            *place = db_int(row, 0);
        buf_release(&a.core);
    }
    return !failed;
}

/* ---- records of persons, and their corrections: for each State its own ---- */

static bool is_record(enum act_kind kind)
{
    return kind == ACT_PERSON || kind == ACT_CHILD || kind == ACT_NEED;
}

static void pair(const struct case_file *c, const char *code, struct audience_codes *out)
{
    out->count = 0;
    audience_add(out, code);
    audience_add(out, c->post_state);
}

/* *reason is NULL where it is there now. */
static bool make_for(struct outbound *o, const struct entry *e, const char *code, char **reason,
                     struct error *err)
{
    struct audience_codes two;
    int64_t place;

    *reason = NULL;
    pair(o->c, code, &two);
    return made_for(o, e, code, &place, err) && (place || outbound_make(o, e, &two, reason, err)) &&
           set_held(o, e, code, *reason, err);
}

/* Who had a request by note for the person; identity goes with one, and never before. */
static bool has_request(struct outbound *o, const char *code, bool *has, struct error *err)
{
    bool ok = true;

    *has = false;
    for (const struct entry *e = NULL; ok && !*has && (e = case_next(o->c, e, ACT_NOTE));) {
        int64_t place;
        if (strcmp(entry_text(e, "kind"), "REQ") || strcmp(request_state(o->c, e), code))
            continue;
        ok = made_for(o, e, code, &place, err);
        *has = place != 0;
    }
    return ok;
}

static bool make_record(struct outbound *o, const struct entry *e, const struct audience_codes *all,
                        struct error *err)
{
    bool ok = true, has;
    char *reason;

    for (size_t i = 0; ok && i < all->count; i++) {
        if (!strcmp(all->code[i], o->c->post_state))
            continue;
        ok = has_request(o, all->code[i], &has, err);
        if (!ok || !has) /* it goes along with the note */
            continue;
        ok = make_for(o, e, all->code[i], &reason, err);
        free(reason);
    }
    return ok;
}

/* ---- a request by note, and what goes along ---- */

enum { COMPANIONS = CASE_PERSONS_MOST * 4 };

/* Without who the persons are, the note would be an empty word. */
static bool make_companions(struct outbound *o, const struct entry *note, char **reason,
                            struct error *err)
{
    const struct entry **list = xcalloc(COMPANIONS, sizeof *list);
    size_t count = travel_companions(o->c, note, list, COMPANIONS);
    const char *state = request_state(o->c, note);
    bool ok = true;

    for (size_t i = 0; ok && !*reason && i < count && i < COMPANIONS; i++) {
        char *why;
        ok = make_for(o, list[i], state, &why, err);
        if (why && list[i]->act->kind == ACT_PERSON)
            *reason = why;
        else
            free(why);
    }
    free(list);
    return ok;
}

/* All of it, or nothing. */
static bool make_request(struct outbound *o, const struct entry *note,
                         const struct audience_codes *all, char **reason, struct error *err)
{
    size_t made = o->made;

    *reason = NULL;
    if (!db_begin(o->store, err))
        return false;
    bool ok = make_companions(o, note, reason, err) &&
              (*reason || outbound_make(o, note, all, reason, err));
    if (ok && !*reason)
        return db_end(o->store, true, err);
    db_end(o->store, false, err);
    o->made = made;
    return ok;
}

/* ---- one act ---- */

/* A correction of what has not gone, or went corrected, has nothing to say. */
static bool is_covered(struct outbound *o, const struct entry *e, bool *covered, struct error *err)
{
    const struct entry *of = case_entry(o->c, entry_text(e, "of"));
    int64_t place = 0;
    bool ok = !of || made_for(o, of, NULL, &place, err);

    *covered = !place || place >= o->first;
    return ok;
}

static bool make_correction(struct outbound *o, const struct entry *e,
                            const struct audience_codes *all, char **reason, struct error *err)
{
    const struct entry *of = case_entry(o->c, entry_text(e, "of"));
    bool covered;

    *reason = NULL;
    if (!is_covered(o, e, &covered, err))
        return false;
    if (covered)
        return true;
    return is_record(of->act->kind) ? make_record(o, e, all, err)
                                    : outbound_make(o, e, all, reason, err);
}

static bool is_request(const struct entry *e)
{
    return e->act->kind == ACT_NOTE && !strcmp(entry_text(e, "kind"), "REQ");
}

/* What never went, and does not count, need not go; nor that it does not count. */
static bool is_void(struct outbound *o, const struct entry *e, bool *is, struct error *err)
{
    const struct entry *note =
        e->act->kind == ACT_ANNUL ? case_entry(o->c, entry_text(e, "note")) : NULL;
    int64_t place = 0;

    *is = e->annulled;
    if (!note)
        return true;
    bool ok = made_for(o, note, NULL, &place, err);
    *is = !place;
    return ok;
}

static bool make_act(struct outbound *o, const struct entry *e, struct error *err)
{
    struct audience_codes all;
    char *reason = NULL;
    int64_t place;
    bool nothing, ok;

    if (!travel_audience(o->c, e->act, &all))
        return let_be(o, e, err);
    if (is_record(e->act->kind))
        return make_record(o, e, &all, err);
    if (!made_for(o, e, NULL, &place, err) || !is_void(o, e, &nothing, err))
        return false;
    if (place || nothing)
        return let_be(o, e, err);
    if (e->act->kind == ACT_CORRECT)
        ok = make_correction(o, e, &all, &reason, err);
    else if (is_request(e))
        ok = make_request(o, e, &all, &reason, err);
    else
        ok = outbound_make(o, e, &all, &reason, err);
    ok = ok && set_held(o, e, "", reason, err);
    free(reason);
    return ok;
}

/* ---- the acts of a case ---- */

/* Acts to be looked at, by case and in their order. */
struct pendings {
    struct pending {
        uint8_t case_id[CASE_ID];
        int64_t seq;
    } * list;
    size_t count;
};

static const struct entry *entry_numbered(const struct case_file *c, int64_t seq)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->acts[i].seq == seq)
            return &c->entries[i];
    return NULL;
}

static bool make_all(struct outbound *o, const struct pending *list, size_t count,
                     struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        const struct entry *e = entry_numbered(o->c, list[i].seq);
        ok = !e || make_act(o, e, err);
    }
    return ok;
}

static bool make_case(struct outbound *o, const struct pending *list, size_t count,
                      struct error *err)
{
    struct case_file c;
    bool known;

    if (!case_load(o->store, list->case_id, NULL, &c, NULL, err))
        return false;
    o->c = &c;
    o->opener = !strcmp(case_role(&c), "requesting");
    bool ok = case_key_of(o->store, list->case_id, o->opener, &o->key, &known, err);
    if (ok && known) {
        o->opener = memcmp(o->key.opener, o->store->post.author, OPENER) == 0;
        ok = persons_over_load(o->store, &o->key, &c, o->opener, &o->persons, err);
        ok = ok && make_all(o, list, count, err);
        persons_over_release(&o->persons);
    }
    case_release(&c);
    return ok;
}

void outgoing_kinds(struct buf *sql)
{
    buf_addf(sql, "(%d, %d", ACT_CORRECT, ACT_ANNUL);
    for (const struct travel_row *row = travel_rows; row->kind; row++)
        buf_addf(sql, ", %d", row->kind);
    buf_addc(sql, ')');
}

/* Of a case that was closed before the post had keys, nothing. */
static char *candidates_sql(void)
{
    struct buf sql = BUF_INIT;

    buf_adds(&sql, "SELECT c.case_id, a.seq FROM acts a JOIN cases c ON c.case_id = a.case_id "
                   "WHERE a.seq > ?1 AND (?1 > 0 OR c.closed = 0 OR c.last > ?2) AND a.kind IN ");
    outgoing_kinds(&sql);
    buf_adds(&sql, " UNION SELECT a.case_id, a.seq FROM held h JOIN acts a ON a.seq = h.act "
                   "ORDER BY 1, 2");
    return buf_detach(&sql);
}

static bool find_candidates(struct store *store, int64_t upto, struct pendings *out,
                            struct error *err)
{
    char *sql = candidates_sql();
    bool failed = true;
    sqlite3_stmt *row = db_query(store, err, sql, "ii", upto, store->post.signing.seq);

    free(sql);
    *out = (struct pendings){NULL, 0};
    while (row && db_step(store, row, &failed, err)) {
        struct pending one = {.seq = db_int(row, 1)};
        if (!db_bytes(row, 0, one.case_id, CASE_ID))
            continue;
        out->list = xreallocarray(out->list, out->count + 1, sizeof one);
        out->list[out->count++] = one;
    }
    return row && !failed;
}

static bool make_each(struct outbound *o, const struct pendings *all, struct error *err)
{
    bool ok = true;

    for (size_t i = 0, end; ok && i < all->count; i = end) {
        for (end = i + 1; end < all->count &&
                          memcmp(all->list[end].case_id, all->list[i].case_id, CASE_ID) == 0;)
            end++;
        ok = make_case(o, &all->list[i], end - i, err);
    }
    return ok;
}

/* ---- the whole ---- */

bool outgoing_upto(struct store *store, int64_t *upto, struct error *err)
{
    char *text = NULL;

    if (!store_setting(store, watermark, &text, err))
        return false;
    *upto = text ? strtoll(text, NULL, 10) : 0;
    free(text);
    return true;
}

static bool set_watermark(struct store *store, struct error *err)
{
    int64_t last;

    if (!db_number(store, &last, 0, err, "SELECT max(seq) FROM acts", ""))
        return false;
    char *text = xasprintf("%lld", (long long)last);
    bool ok = store_set_setting(store, watermark, text, err);
    free(text);
    return ok;
}

static bool make_within(struct outbound *o, struct error *err)
{
    struct pendings all = {NULL, 0};
    int64_t upto, last;

    bool ok = outgoing_upto(o->store, &upto, err) &&
              db_number(o->store, &last, 0, err, "SELECT max(place) FROM dispatches", "") &&
              find_candidates(o->store, upto, &all, err);
    o->first = last + 1;
    ok = ok && make_each(o, &all, err) && set_watermark(o->store, err) &&
         (!o->made || incoming_after(o->store, o->trust, o->first, err));
    free(all.list);
    return ok;
}

/* Nothing that a clerk does leaves the post. */
bool outbound_may(struct store *store, struct error *err)
{
    return post_refresh(store, err) && (store->me.role >= ROLE_OFFICER ||
                                        error_set(err, ERROR_REFUSED, _("a clerk reads only")));
}

bool store_make_dispatches(struct store *store, const struct trusted *trust, size_t *made,
                           struct error *err)
{
    struct outbound o = {.store = store, .trust = trust};
    struct identity identity;
    struct secret secret = SECRET_INIT;

    if (made)
        *made = 0;
    if (!outbound_may(store, err) || !store_identity(store, &identity, err))
        return false;
    if (!identity.made)
        return true;
    if (!identity_secret(store, POST_KEY_SIGNING, NULL, &secret, err))
        return false;
    o.secret = &secret;
    bool ok = db_begin(store, err) && db_end(store, make_within(&o, err), err);
    secret_free(&secret);
    if (ok && made)
        *made = o.made;
    return ok;
}

bool outgoing_catch_up(struct store *store, const uint8_t case_id[CASE_ID], struct error *err)
{
    struct buf sql = BUF_INIT;
    char now[INSTANT_SIZE];

    buf_adds(&sql, "INSERT OR IGNORE INTO held (act, code, reason, since) SELECT seq, '', ?, ? "
                   "FROM acts WHERE case_id = ? AND kind IN ");
    outgoing_kinds(&sql);
    bool ok = db_run(store, err, buf_text(&sql), "ttb", _("it was not looked at yet"),
                     store_now(store, now), case_id, (size_t)CASE_ID);
    buf_release(&sql);
    return ok;
}
