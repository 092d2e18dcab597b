/* SPDX-License-Identifier: MIT */
/* What is due to whom, and what has arrived: of outgoing.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/outgoing.h"
#include "outgoing_work.h"

void reader_of_post(const struct trust_post *post, struct reader *out)
{
    *out = (struct reader){.directorate = !strcmp(post->kind, "directorate")};
    memcpy(out->post, post->id, POST_ID);
    memcpy(out->code, post->secretariat ? CODE_SECRETARIAT : post->state, AUDIENCE_CODE);
    if (strlen(post->country) < sizeof out->country)
        memcpy(out->country, post->country, strlen(post->country) + 1);
}

void due_release(struct due *due)
{
    for (size_t i = 0; i < due->count; i++) {
        act_bytes_release(&due->list[i].bytes);
        free(due->list[i].reference);
    }
    for (size_t i = 0; i < due->held_count; i++) {
        free(due->held[i].reference);
        free(due->held[i].reason);
    }
    free(due->list);
    free(due->receipts);
    free(due->held);
    for (size_t i = 0; i < due->directory_count; i++)
        act_bytes_release(&due->directory[i].bytes);
    free(due->directory);
    *due = (struct due){.count = 0};
}

/* The reader for whom a dispatch is looked at, and its case: the next one is often of the same. */
struct looking {
    struct store *store;
    const struct trusted *trust;
    const struct reader *to;
    struct due *out;
    uint8_t case_id[CASE_ID];
    bool loaded;
    struct case_over over;
};

static void let_go(struct looking *l)
{
    if (l->loaded)
        case_over_release(&l->over);
    l->loaded = false;
}

static bool look_at(struct looking *l, const struct kept_dispatch *d,
                    const uint8_t case_id[CASE_ID], struct error *err)
{
    if (l->loaded && memcmp(l->case_id, case_id, CASE_ID) == 0)
        return true;
    let_go(l);
    l->loaded = case_over_load(l->store, case_id, &d->key, &l->over, err);
    memcpy(l->case_id, case_id, CASE_ID);
    return l->loaded;
}

/* ---- is it for that post at all? ---- */

/* Has the post said anything in that case, or opened it, or got something of it already? */
static bool takes_part(struct looking *l, const struct kept_dispatch *d, bool *takes,
                       struct error *err)
{
    int64_t rows;

    *takes = memcmp(d->key.opener, l->to->post, OPENER) == 0;
    if (*takes)
        return true;
    bool ok = db_number(l->store, &rows, 0, err,
                        "SELECT (SELECT count(*) FROM dispatches WHERE opener = ?1 AND case_id = "
                        "?2 AND author = ?3) + (SELECT count(*) FROM deliveries v JOIN dispatches "
                        "d ON d.place = v.dispatch WHERE d.opener = ?1 AND d.case_id = ?2 AND "
                        "v.post = ?3)",
                        "bbb", d->key.opener, (size_t)OPENER, d->key.id, (size_t)CASE_ID,
                        l->to->post, (size_t)POST_ID);
    *takes = rows > 0;
    return ok;
}

struct here {
    uint8_t case_id[CASE_ID];
    char *reference; /* owned; NULL: the case is not here */
    char receiving[AUDIENCE_CODE];
    bool closed;
};

static void take_here(sqlite3_stmt *row, struct here *out)
{
    const char *state = (const char *)sqlite3_column_text(row, 1);

    if (!db_bytes(row, 0, out->case_id, CASE_ID) || !state || strlen(state) >= AUDIENCE_CODE)
        return;
    memcpy(out->receiving, state, strlen(state) + 1);
    out->closed = db_int(row, 2) != 0;
    out->reference = db_text(row, 3);
}

static bool find_here(struct looking *l, const struct kept_dispatch *d, struct here *out,
                      struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(l->store, err,
                 "SELECT c.case_id, c.receiving_state, c.closed, c.reference FROM acts a JOIN "
                 "cases c ON c.case_id = a.case_id WHERE a.seq = ?",
                 "i", d->act);

    *out = (struct here){.reference = NULL};
    if (!row)
        return false;
    if (!db_step(l->store, row, &failed, err))
        return !failed;
    take_here(row, out);
    db_done(row);
    return true;
}

/*
 * Of a State: its directorate, its posts in the country, and who takes part already; of our own its
 * directorate, and who takes part. To who comes later, cases that are closed are no news.
 */
static bool concerns(struct looking *l, const struct kept_dispatch *d, const struct here *here,
                     bool *is, struct error *err)
{
    const struct reader *to = l->to;
    bool own = !strcmp(to->code, l->store->post.profile.state);

    if (!takes_part(l, d, is, err))
        return false;
    if (!*is && !here->closed)
        *is = to->directorate || !strcmp(to->code, CODE_SECRETARIAT) ||
              (!own && !strcmp(to->country, here->receiving));
    return true;
}

/* ---- what of it may go ---- */

/* A record that another one has taken the place of, or that belongs to a request that is over, goes
 * as a place in the chain alone. */
static bool is_over(const struct looking *l, const struct entry *e)
{
    bool record =
        e->act->kind == ACT_PERSON || e->act->kind == ACT_CHILD || e->act->kind == ACT_NEED;
    struct audience_codes told;

    return record && (!travel_told(&l->over.c, e->act, &told) || !audience_has(&told, l->to->code));
}

/* May identity go there, as far as the keys are to be trusted? Else why not, a new string. */
static char *untrusted(const struct looking *l)
{
    const struct trust_post *post = trust_post_of(l->trust, l->to->post);
    const char *country = case_receiving_state(&l->over.c);
    char now[INSTANT_SIZE];
    struct instant at = {0};
    struct buf reasons = BUF_INIT;

    if (!post || post->level < TRUST_CHECKED)
        return xstrdup(
            _("its key is not compared yet: telephone them, before identity goes there"));
    instant_parse(store_now(l->store, now), &at);
    if (trust_identity_needs(l->trust, l->to->code, country, instant_date(at), &reasons) >=
        TRUST_NEEDS_CHECK)
        return outbound_lines(&reasons);
    buf_release(&reasons);
    return NULL;
}

/* A dispatch before its reader. */
struct showing {
    struct looking *l;
    struct kept_dispatch *d;
    const struct act_type *type, *inner;
    json_t *here, *redacted; /* what it says in this file's terms; what of it the reader may have */
    const json_t *about;
    struct audience audience;
    enum field_class most;
    bool own;
    char *reason; /* why it does not go; "": it is not for it */
};

static void hold_back(struct showing *s, char *reason)
{
    if (s->reason || !reason)
        free(reason);
    else
        s->reason = reason;
}

/* What all read alike. Our own capital goes without. */
static void show_core(struct showing *s)
{
    const struct case_file *c = &s->l->over.c;
    const struct field *f = outbound_taken(s->type, s->inner, s->redacted, CLASS_P0);

    if (!f && redact_keeps_off_paper(c, s->about, &s->audience))
        f = act_field_at(s->type, 0);
    if (f)
        hold_back(s, s->own ? xstrdup("") : outbound_reason(c, s->about, f, &s->audience));
    hold_back(s, outbound_blocked(s->l->trust, s->type->kind));
}

/* Parts that the reader may have stay present; what it may not have although it is its own to have
 * holds all of it back. */
static void show_parts(struct showing *s, const uint64_t classes[PARTS], bool over)
{
    struct act_bytes *a = &s->d->bytes;
    bool any = false;

    for (size_t i = 0; i < a->count; i++) {
        bool its = !over && classes[i] <= (uint64_t)s->most;
        const struct field *f =
            its ? outbound_taken(s->type, s->inner, s->redacted, (enum field_class)classes[i])
                : NULL;
        if (f && !s->own && a->parts[i].present)
            hold_back(s, outbound_reason(&s->l->over.c, s->about, f, &s->audience));
        a->parts[i].present = a->parts[i].present && its && !f;
        any |= a->parts[i].present;
    }
    char *why = any ? untrusted(s->l) : NULL;
    for (size_t i = 0; why && i < a->count; i++)
        a->parts[i].present = false;
    if (s->own)
        free(why);
    else
        hold_back(s, why);
}

/* False where it cannot be read. *reason: why it does not go, a new string; "": it is not for it.
 */
static bool disclose(struct looking *l, struct kept_dispatch *d, const struct entry *e,
                     char **reason)
{
    const struct case_file *c = &l->over.c;
    const struct act_type *type = act_type((enum act_kind)d->core.kind);
    const struct entry *of = type->kind == ACT_CORRECT ? case_entry(c, entry_text(e, "of")) : NULL;
    struct showing s = {.l = l, .d = d, .type = type, .inner = of ? act_type(of->act->kind) : NULL};
    uint64_t classes[PARTS] = {0};

    s.here = case_over_payload(&l->over, d, s.inner, NULL);
    if (!s.here || !act_bytes_classes(&d->bytes, classes)) {
        json_decref(s.here);
        return false;
    }
    s.about = s.inner ? json_object_get(s.here, "payload") : s.here;
    s.audience = outbound_audience(c, type->kind, l->to->code);
    s.own = s.audience.kind == AUDIENCE_CAPITAL;
    s.most = travel_class(c, s.inner ? s.inner->kind : type->kind, s.about, l->to->code);
    s.redacted = redact_payload(c, type->kind, s.here, &s.audience);
    show_core(&s);
    show_parts(&s, classes, is_over(l, e));
    *reason = s.reason;
    json_decref(s.redacted);
    json_decref(s.here);
    return true;
}

/* ---- the list ---- */

static void hold(struct due *out, const struct kept_dispatch *d, const struct here *here,
                 char *reason)
{
    if (!*reason) {
        free(reason);
        return;
    }
    out->held = xreallocarray(out->held, out->held_count + 1, sizeof *out->held);
    out->held[out->held_count++] = (struct due_held){.place = d->place,
                                                     .kind = (enum act_kind)d->core.kind,
                                                     .reference = xstrdup(here->reference),
                                                     .reason = reason};
}

/* What is known of its way to the reader. *acked: it has come. */
static bool find_delivery(struct looking *l, struct due_dispatch *to, bool *acked,
                          struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(l->store, err,
                                 "SELECT sent_at, times, acked_at IS NOT NULL FROM deliveries "
                                 "WHERE dispatch = ? AND post = ?",
                                 "ib", to->place, l->to->post, (size_t)POST_ID);

    *acked = false;
    if (!row)
        return false;
    if (!db_step(l->store, row, &failed, err))
        return !failed;
    const char *at = (const char *)sqlite3_column_text(row, 0);
    if (at && strlen(at) < sizeof to->sent_at)
        memcpy(to->sent_at, at, strlen(at) + 1);
    to->times = (long)db_int(row, 1);
    *acked = db_int(row, 2) != 0;
    db_done(row);
    return true;
}

/* Each reader is shown other parts of it. */
static void copy_bytes(const struct act_bytes *from, struct act_bytes *to)
{
    *to = *from;
    buf_init(&to->core);
    buf_add(&to->core, from->core.data, from->core.size);
    for (size_t i = 0; i < from->count; i++) {
        buf_init(&to->parts[i].bytes);
        buf_add(&to->parts[i].bytes, from->parts[i].bytes.data, from->parts[i].bytes.size);
    }
}

/* A hand-over may be known to more than are told of it now. */
static bool is_told(const struct looking *l, const struct entry *e)
{
    struct audience_codes told;

    return e->act->kind != ACT_HAND_OVER ||
           (travel_told(&l->over.c, e->act, &told) && audience_has(&told, l->to->code));
}

/* Takes over what is known of its way, and a copy of its bytes. */
static bool show(struct looking *l, struct kept_dispatch *d, const struct here *here,
                 struct due_dispatch *to, struct error *err)
{
    char *reason = NULL;

    if (!look_at(l, d, here->case_id, err))
        return false;
    const struct entry *e = case_over_entry(&l->over, d->act);
    if (!e || !is_told(l, e))
        return true;
    struct kept_dispatch shown = *d;
    copy_bytes(&d->bytes, &shown.bytes);
    if (!disclose(l, &shown, e, &reason)) {
        act_bytes_release(&shown.bytes);
        return error_set(err, ERROR_VAULT,
                         _("dispatch %lld of the file cannot be read; `amparo verify` says more"),
                         (long long)d->place);
    }
    if (reason) {
        hold(l->out, d, here, reason);
        act_bytes_release(&shown.bytes);
        return true;
    }
    to->bytes = shown.bytes;
    to->kind = (enum act_kind)d->core.kind;
    to->reference = xstrdup(here->reference);
    memcpy(to->made_at, d->at, sizeof to->made_at);
    outbound_wipe(&to->bytes);
    l->out->list = xreallocarray(l->out->list, l->out->count + 1, sizeof *l->out->list);
    l->out->list[l->out->count++] = *to;
    return true;
}

static bool consider(struct looking *l, struct kept_dispatch *d, const struct here *here,
                     struct error *err)
{
    struct due_dispatch to = {.place = d->place};
    bool is, acked;

    if (!audience_has(&d->core.audience, l->to->code))
        return true;
    return find_delivery(l, &to, &acked, err) &&
           (acked || (concerns(l, d, here, &is, err) && (!is || show(l, d, here, &to, err))));
}

static bool find_receipts(struct store *store, const uint8_t post[POST_ID], struct due *out,
                          struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(
        store, err,
        "SELECT r.dispatch, d.at FROM receipts r LEFT JOIN dispatches d ON d.id = r.dispatch "
        "WHERE r.post = ? AND r.sent_at = '' ORDER BY d.place",
        "b", post, (size_t)POST_ID);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        const char *at = (const char *)sqlite3_column_text(row, 1);
        if (!out->receipt_count && at && strlen(at) < sizeof out->receipts_since)
            memcpy(out->receipts_since, at, strlen(at) + 1);
        out->receipts = xreallocarray(out->receipts, out->receipt_count + 1, sizeof *out->receipts);
        if (db_bytes(row, 0, out->receipts[out->receipt_count], ACT_ID_SIZE))
            out->receipt_count++;
    }
    return !failed;
}

struct readers {
    const struct reader *list;
    size_t count;
    struct due *out;
};

static bool consider_for_all(struct looking *l, struct kept_dispatch *d, const struct readers *all,
                             struct error *err)
{
    struct here here;
    bool ok = find_here(l, d, &here, err);

    for (size_t i = 0; ok && here.reference && i < all->count; i++) {
        l->to = &all->list[i];
        l->out = &all->out[i];
        ok = consider(l, d, &here, err);
    }
    free(here.reference);
    return ok;
}

static bool find_dispatches(struct looking *l, const struct readers *all, struct error *err)
{
    struct kept_dispatches waiting;
    char now[INSTANT_SIZE], since[DATE_SIZE];
    struct instant at;

    if (!instant_parse(store_now(l->store, now), &at))
        BUG("the store's now is no instant");
    date_format(date_add_days(instant_date(at), -DUE_DAYS), since);
    bool ok = dispatches_waiting(l->store, since, &waiting, err);
    for (size_t i = 0; ok && i < waiting.count; i++)
        ok = consider_for_all(l, &waiting.list[i], all, err);
    kept_dispatches_release(&waiting);
    let_go(l);
    return ok;
}

static bool due_within(struct looking *l, const struct readers *all, struct error *err)
{
    bool ok = find_dispatches(l, all, err);

    for (size_t i = 0; ok && i < all->count; i++)
        ok = find_receipts(l->store, all->list[i].post, &all->out[i], err) &&
             outgoing_directory(l->store, l->trust, &all->list[i], &all->out[i], err);
    return ok;
}

bool store_due(struct store *store, const struct trusted *trust, const struct reader *to,
               size_t count, struct due *out, struct error *err)
{
    struct looking l = {.store = store, .trust = trust};
    const struct readers all = {to, count, out};

    for (size_t i = 0; i < count; i++)
        out[i] = (struct due){.count = 0};
    return post_refresh(store, err) && db_begin_reading(store, err) &&
           db_end(store, due_within(&l, &all, err), err);
}

/* ---- sent, and arrived ---- */

static bool mark_sent(struct store *store, const uint8_t post[POST_ID], const struct due *what,
                      struct error *err)
{
    char now[INSTANT_SIZE];
    bool ok = true;

    store_now(store, now);
    for (size_t i = 0; ok && i < what->count; i++)
        ok = db_run(store, err,
                    "INSERT INTO deliveries (dispatch, post, sent_at, times) VALUES (?, ?, ?, 1) "
                    "ON CONFLICT (dispatch, post) DO UPDATE SET sent_at = excluded.sent_at, times "
                    "= times + 1",
                    "ibt", what->list[i].place, post, (size_t)POST_ID, now);
    for (size_t i = 0; ok && i < what->receipt_count; i++)
        ok = db_run(store, err, "UPDATE receipts SET sent_at = ? WHERE post = ? AND dispatch = ?",
                    "tbb", now, post, (size_t)POST_ID, what->receipts[i], (size_t)ACT_ID_SIZE);
    return ok && outgoing_directory_sent(store, post, what, now, err);
}

bool store_sent(struct store *store, const uint8_t post[POST_ID], const struct due *what,
                struct error *err)
{
    return outbound_may(store, err) && db_begin(store, err) &&
           db_end(store, mark_sent(store, post, what, err), err);
}

bool outgoing_has_come(struct store *store, int64_t place, const uint8_t post[POST_ID],
                       struct error *err)
{
    char now[INSTANT_SIZE];

    return db_run(store, err,
                  "UPDATE deliveries SET acked_at = ? WHERE dispatch = ? AND post = ? AND acked_at "
                  "IS NULL",
                  "tib", store_now(store, now), place, post, (size_t)POST_ID);
}

/* What never went to that post, it cannot have got: whoever says so for it. */
static bool acknowledge(struct store *store, const uint8_t post[POST_ID],
                        const uint8_t receipt[RECEIPT_SHORT], size_t *known, struct error *err)
{
    char now[INSTANT_SIZE];
    bool ok =
        db_run(store, err,
               "UPDATE deliveries SET acked_at = coalesce(acked_at, ?) WHERE post = ? AND "
               "dispatch IN (SELECT place FROM dispatches WHERE ours = 1 AND substr(id, 1, "
               "16) = ?)",
               "tbb", store_now(store, now), post, (size_t)POST_ID, receipt, (size_t)RECEIPT_SHORT);

    if (ok && known)
        *known += (size_t)sqlite3_changes(store->db);
    return ok;
}

bool store_acknowledged(struct store *store, const uint8_t post[POST_ID],
                        uint8_t (*receipts)[RECEIPT_SHORT], size_t count, size_t *known,
                        struct error *err)
{
    bool ok = true;

    if (known)
        *known = 0;
    if (!db_begin(store, err))
        return false;
    for (size_t i = 0; ok && i < count; i++)
        ok = acknowledge(store, post, receipts[i], known, err);
    return db_end(store, ok, err);
}
