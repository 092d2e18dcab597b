/* SPDX-License-Identifier: MIT */
/* Which case here another post's case is: of incoming.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/fields.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "incoming_work.h"

bool settling_look(struct settling *s, struct error *err)
{
    if (s->known)
        case_over_release(&s->over);
    s->known = case_over_load(s->store, s->case_id, &s->key, &s->over, err);
    return s->known;
}

/* ---- what tells of it ---- */

/* The first that counts, by who opened it, and that says of which States the case is; -1: none. */
static int find_opening(const struct settling *s)
{
    for (size_t i = 0; i < s->talk.fold.count; i++) {
        const struct conversation_item *item = &s->talk.fold.items[i];
        const struct dispatch *d = item->dispatch;
        if (arrival_opens(d->kind) && conversation_counts(&s->talk.fold, (int)i) &&
            memcmp(d->author, s->key.opener, OPENER) == 0 &&
            *payload_text(d->context, "receiving_state"))
            return (int)conversed_place(&s->talk, item);
    }
    return -1;
}

/* All that count and have no case say why. */
static bool leave_unplaced(struct settling *s, const char *reason, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < s->talk.fold.count; i++) {
        size_t place = conversed_place(&s->talk, &s->talk.fold.items[i]);
        const struct kept_dispatch *k = &s->talk.kept.list[place];
        if (!conversation_counts(&s->talk.fold, (int)i) || k->ours)
            continue;
        s->out->unplaced++;
        ok = dispatch_set_act(s->store, k->place, 0, reason, err);
    }
    return ok;
}

/* ---- opened by hand ---- */

/* Cases here that nobody's dispatches are about, of these States, and open. */
#define BY_HAND                                                                                    \
    "SELECT case_id, reference FROM cases WHERE closed = 0 AND role = ? AND requesting_state = ? " \
    "AND receiving_state = ? AND id NOT IN (SELECT case_row FROM counterparts) ORDER BY id"

struct by_hand {
    struct buf ids;   /* CASE_ID bytes each */
    struct buf names; /* for people */
    size_t count;
};

static bool find_by_hand(struct settling *s, const char *role, const char *requesting,
                         const char *receiving, struct by_hand *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(s->store, err, BY_HAND, "ttt", role, requesting, receiving);

    *out = (struct by_hand){BUF_INIT, BUF_INIT, 0};
    if (!row)
        return false;
    while (db_step(s->store, row, &failed, err)) {
        if (sqlite3_column_bytes(row, 0) != CASE_ID)
            continue;
        buf_add(&out->ids, sqlite3_column_blob(row, 0), CASE_ID);
        buf_addf(&out->names, "%s%s", out->count++ ? ", " : "",
                 (const char *)sqlite3_column_text(row, 1));
    }
    return !failed;
}

static void by_hand_release(struct by_hand *list)
{
    buf_release(&list->ids);
    buf_release(&list->names);
}

/* What was taken down in that case of what the dispatch says; *any: something of that kind was. */
static bool says_the_same(struct settling *s, const uint8_t *case_id, const struct dispatch *d,
                          bool *same, bool *any, struct error *err)
{
    struct case_file c;

    *same = *any = false;
    if (!case_load(s->store, case_id, NULL, &c, NULL, err))
        return false;
    for (const struct entry *e = NULL; (e = case_next(&c, e, d->kind));) {
        *any |= payload_number(d->payload, "round") == entry_number(e, "round");
        *same |= arrival_same(d->kind, e->payload, d->payload);
    }
    case_release(&c);
    return true;
}

/*
 * The one of them in which somebody took down what the dispatch says; -1: none, or it is not clear
 * which. *maybe: it may be one of them all the same.
 */
static bool choose(struct settling *s, const struct by_hand *list, const struct dispatch *d,
                   long *chosen, bool *maybe, struct error *err)
{
    size_t fitting = 0;
    bool ok = true;

    *chosen = -1;
    *maybe = false;
    for (size_t i = 0; ok && i < list->count; i++) {
        bool same, any;
        ok = says_the_same(s, (const uint8_t *)list->ids.data + i * CASE_ID, d, &same, &any, err);
        fitting += ok && same;
        if (ok && same)
            *chosen = (long)i;
        *maybe |= ok && !any;
    }
    if (fitting > 1)
        *chosen = -1;
    *maybe |= fitting > 1;
    return ok;
}

/* ---- a new one ---- */

static const char *code_or(const struct code *codes, const char *code, const char *otherwise)
{
    return code_label(codes, code) ? code : otherwise;
}

/* Has that post opened as many cases here today as it may? */
static bool is_full(struct settling *s, bool *full, struct error *err)
{
    char today[INSTANT_SIZE];
    int64_t count;

    store_now(s->store, today);
    today[DATE_SIZE - 1] = '\0';
    bool ok = db_number(s->store, &count, 0, err,
                        "SELECT count(*) FROM counterparts n JOIN cases c ON c.id = n.case_row "
                        "WHERE n.opener = ? AND c.opened = ?",
                        "bt", s->key.opener, (size_t)OPENER, today);
    *full = count >= INCOMING_CASES_MOST;
    return ok;
}

static bool open_case(struct settling *s, const struct dispatch *d, const char *role,
                      const char *requesting, struct error *err)
{
    struct record_request request = {.kind = ACT_OPEN};
    struct recorded recorded;
    struct error why = ERROR_INIT;
    json_t *payload = json_pack(
        "{s:s, s:s, s:s, s:s, s:s}", "role", role, "receiving_state",
        payload_text(d->context, "receiving_state"), "requesting_state", requesting, "priority",
        code_or(priority_codes, payload_text(d->context, "priority"), "routine"), "source",
        "other_post");

    request.payload = payload;
    bool ok = store_record(s->store, &request, &recorded, &why);
    json_decref(payload);
    if (!ok) {
        ok = why.kind == ERROR_INPUT || why.kind == ERROR_REFUSED
                 ? leave_unplaced(s, error_text(&why), err)
                 : error_set(err, why.kind, "%s", error_text(&why));
        error_release(&why);
        return ok;
    }
    ok = case_find(s->store, recorded.reference, s->case_id, NULL, err) &&
         case_follows(s->store, s->case_id, &s->key, err) && settling_look(s, err);
    recorded_release(&recorded);
    s->out->opened += ok;
    return ok;
}

static bool open_new(struct settling *s, const struct dispatch *d, const char *role,
                     const char *requesting, struct error *err)
{
    bool full;

    if (!is_full(s, &full, err))
        return false;
    return full ? leave_unplaced(s, _("that post has opened as many cases here today as it may"),
                                 err)
                : open_case(s, d, role, requesting, err);
}

/* ---- the whole ---- */

static bool follow(struct settling *s, const uint8_t *case_id, struct error *err)
{
    memcpy(s->case_id, case_id, CASE_ID);
    return case_follows(s->store, s->case_id, &s->key, err) &&
           outgoing_catch_up(s->store, s->case_id, err) && settling_look(s, err);
}

/* The case that an officer named. */
static bool follow_named(struct settling *s, const struct by_hand *list, struct error *err)
{
    const char *reference = s->placing->reference;
    uint8_t case_id[CASE_ID];

    if (!case_find(s->store, reference, case_id, NULL, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (memcmp(list->ids.data + i * CASE_ID, case_id, CASE_ID) == 0)
            return follow(s, case_id, err);
    return error_set(err, ERROR_INPUT,
                     _("%s: is closed, of other States, or follows another case already"),
                     reference);
}

static bool leave_to_officer(struct settling *s, const struct by_hand *list, struct error *err)
{
    char *reason =
        xasprintf(_("it may be about a case that was opened here by hand: %s; say which, "
                    "or that it is another one"),
                  buf_text(&list->names));
    bool ok = leave_unplaced(s, reason, err);

    free(reason);
    return ok;
}

static bool place(struct settling *s, const struct dispatch *d, struct error *err)
{
    const char *requesting = conversed_requesting(&s->talk);
    const struct post_profile *post = &s->store->post.profile;
    const char *role = arrival_role(requesting, post->state, post_is_secretariat(post));
    struct by_hand list;
    long chosen = -1;
    bool maybe = false;
    bool ok =
        find_by_hand(s, role, requesting, payload_text(d->context, "receiving_state"), &list, err);

    if (ok && !s->placing)
        ok = choose(s, &list, d, &chosen, &maybe, err);
    if (ok && s->placing && s->placing->reference)
        ok = follow_named(s, &list, err);
    else if (ok && chosen >= 0)
        ok = follow(s, (const uint8_t *)list.ids.data + chosen * CASE_ID, err);
    else if (ok && maybe)
        ok = leave_to_officer(s, &list, err);
    else if (ok)
        ok = open_new(s, d, role, requesting, err);
    by_hand_release(&list);
    return ok;
}

bool settling_find(struct settling *s, struct error *err)
{
    bool known;

    if (!case_of_key(s->store, &s->key, s->case_id, &known, err))
        return false;
    if (known)
        return settling_look(s, err);
    if (memcmp(s->key.opener, s->store->post.author, OPENER) == 0)
        return leave_unplaced(s, _("this post never opened such a case"), err);
    int opening = find_opening(s);
    if (opening >= 0)
        return place(s, &s->talk.list[opening], err);
    return !s->placing ||
           error_set(err, ERROR_INPUT, _("nothing of it counts yet that tells which case it is"));
}
