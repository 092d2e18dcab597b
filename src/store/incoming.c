/* SPDX-License-Identifier: MIT */
#include "amparo/store/incoming.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"
#include "incoming_work.h"

void taken_in_release(struct taken_in *taken)
{
    free(taken->each);
    *taken = (struct taken_in){.each = NULL};
}

/* ---- a case ---- */

enum { NAMED_MOST = 8 }; /* more than any kind of dispatch has fields for */

static bool note_standings(struct settling *s, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < s->talk.fold.count; i++) {
        const struct conversation_item *item = &s->talk.fold.items[i];
        size_t place = conversed_place(&s->talk, item);
        const struct kept_dispatch *k = &s->talk.kept.list[place];
        bool counts = conversation_counts(&s->talk.fold, (int)i);
        ok = dispatch_set_standing(s->store, k->place, (int)item->verdict.standing, err) &&
             (counts || !k->refused || dispatch_set_act(s->store, k->place, k->act, NULL, err));
    }
    return ok;
}

/* Who answers one of ours has it, whatever became of their receipt; which they would not repeat if
 * it cannot go again, since consent was taken back. */
static bool note_answered(struct settling *s, struct error *err)
{
    const struct conversation *fold = &s->talk.fold;
    bool ok = true;

    for (size_t i = 0; ok && i < fold->count; i++) {
        int named[NAMED_MOST];
        size_t count = conversation_counts(fold, (int)i)
                           ? conversation_names(fold, (int)i, named, NAMED_MOST)
                           : 0;
        for (size_t k = 0; ok && k < count && k < NAMED_MOST; k++) {
            const struct kept_dispatch *ours =
                &s->talk.kept.list[conversed_place(&s->talk, &fold->items[named[k]])];
            if (ours->ours)
                ok = outgoing_has_come(s->store, ours->place, fold->items[i].dispatch->author, err);
        }
    }
    return ok;
}

static bool may_become_act(const struct settling *s, size_t item)
{
    const struct kept_dispatch *k =
        &s->talk.kept.list[conversed_place(&s->talk, &s->talk.fold.items[item])];

    return conversation_counts(&s->talk.fold, (int)item) && !k->ours &&
           memcmp(k->core.author, s->store->post.author, POST_ID) != 0;
}

/* One may need what comes after it in the list: a note, the records of its persons. */
static bool take_all(struct settling *s, struct error *err)
{
    bool ok = true, any = true;

    while (ok && any) {
        any = false;
        for (size_t i = 0; ok && i < s->talk.fold.count; i++) {
            bool done = false;
            if (may_become_act(s, i))
                ok =
                    settling_take(s, conversed_place(&s->talk, &s->talk.fold.items[i]), &done, err);
            any |= done;
        }
    }
    for (size_t i = 0; ok && i < s->talk.kept.count; i++)
        s->out->refused += s->talk.kept.list[i].refused != NULL;
    return ok;
}

/* Folds the case, opens one where it has to, and records what can be recorded. */
static bool settle_case(struct store *store, const struct trusted *trust,
                        const struct case_key *key, const struct placing *placing,
                        struct taken_in *out, struct error *err)
{
    struct settling s = {
        .store = store, .trust = trust, .out = out, .key = *key, .placing = placing};
    bool ok = conversed_load(store, trust, key, &s.talk, err) && note_standings(&s, err) &&
              note_answered(&s, err) && settling_find(&s, err) && (!s.known || take_all(&s, err));

    /* What comes late of somebody who was erased is not kept. */
    if (ok && s.known && case_last(&s.over.c, ACT_ERASE))
        ok = dispatches_erase(store, s.case_id, &s.over.c, err);

    if (s.known)
        case_over_release(&s.over);
    conversed_release(&s.talk);
    return ok;
}

/* ---- the cases that a batch is about ---- */

struct keys {
    struct case_key *list;
    size_t count;
};

static void keys_add(struct keys *keys, const struct case_key *key)
{
    for (size_t i = 0; i < keys->count; i++)
        if (memcmp(&keys->list[i], key, sizeof *key) == 0)
            return;
    keys->list = xreallocarray(keys->list, keys->count + 1, sizeof *key);
    keys->list[keys->count++] = *key;
}

static bool settle_all(struct store *store, const struct trusted *trust, const struct keys *keys,
                       struct taken_in *out, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < keys->count; i++)
        ok = settle_case(store, trust, &keys->list[i], NULL, out, err);
    return ok;
}

/* ---- one dispatch ---- */

struct taking_in {
    struct store *store;
    const struct trusted *trust;
    const uint8_t *sender;
    struct taken_in *out;
    struct keys touched;
};

/* By a key that the directory, or a card, has for its author; and under the root that goes with it.
 */
static bool is_of_author(const struct taking_in *t, const struct act_bytes *a,
                         const struct core *core)
{
    uint8_t signer[KEY], root[ROOT];

    for (unsigned n = 0; trust_signer(t->trust, core->author, false, n, signer, root); n++)
        if (memcmp(signer, a->signer, KEY) == 0 && memcmp(root, a->root, ROOT) == 0)
            return true;
    return false;
}

/* Of what does not count, whatever it is about. */
static bool is_idle_full(struct taking_in *t, const struct core *core, bool *full,
                         struct error *err)
{
    int64_t idle;
    bool ok = db_number(t->store, &idle, 0, err,
                        "SELECT count(*) FROM dispatches WHERE author = ? AND ours = 0 AND "
                        "(standing NOT IN (?, ?) OR (refused IS NOT NULL AND act IS NULL))",
                        "bii", core->author, (size_t)AUTHOR, (int64_t)STANDING_COUNTS,
                        (int64_t)STANDING_SUPERSEDED);

    *full = idle >= INCOMING_IDLE_MOST;
    return ok;
}

/* Each has its price, the more so the more there are: no case takes them without end. */
static bool is_case_full(struct taking_in *t, const struct core *core, bool *full,
                         struct error *err)
{
    bool record = core->kind == ACT_PERSON || core->kind == ACT_CHILD || core->kind == ACT_NEED;
    struct case_key key;
    bool failed;

    dispatch_case(core, &key);
    sqlite3_stmt *row =
        db_query(t->store, err,
                 "SELECT count(*), total(kind NOT IN (?, ?, ?)), total(kind = ?), "
                 "total(length(core)) FROM dispatches "
                 "WHERE opener = ? AND case_id = ? AND author = ?",
                 "iiiibbb", (int64_t)ACT_PERSON, (int64_t)ACT_CHILD, (int64_t)ACT_NEED,
                 (int64_t)ACT_HAND_OVER, key.opener, (size_t)OPENER, key.id, (size_t)CASE_ID,
                 core->author, (size_t)AUTHOR);
    if (!row || !db_step(t->store, row, &failed, err))
        return false;
    *full = db_int(row, 0) >= INCOMING_CASE_MOST || db_int(row, 3) >= INCOMING_CASE_BYTES ||
            (!record && db_int(row, 1) >= INCOMING_SAID_MOST) ||
            (core->kind == ACT_HAND_OVER && db_int(row, 2) >= INCOMING_OWNERS_MOST);
    db_done(row);
    return true;
}

static bool has_room(struct taking_in *t, const struct core *core, bool *room, struct error *err)
{
    bool idle, whole = false;
    bool ok = is_idle_full(t, core, &idle, err) && is_case_full(t, core, &whole, err);

    *room = ok && !idle && !whole;
    return ok;
}

static bool owe_receipt(struct taking_in *t, const struct act_bytes *a, const struct core *core,
                        struct error *err)
{
    const uint8_t *post = t->sender ? t->sender : core->author;

    return db_run(t->store, err,
                  "INSERT INTO receipts (post, dispatch, sent_at) VALUES (?, ?, '') "
                  "ON CONFLICT (post, dispatch) DO UPDATE SET sent_at = ''",
                  "bb", post, (size_t)POST_ID, a->id, sizeof a->id);
}

/* Another one of that author stands in its place of the chain. */
static bool note_fork(struct taking_in *t, const struct core *core, struct error *err)
{
    struct case_key key;
    int64_t count;

    dispatch_case(core, &key);
    bool ok = db_number(t->store, &count, 0, err,
                        "SELECT count(*) FROM dispatches WHERE author = ? AND case_id = ? AND "
                        "opener = ? AND incarnation = ? AND sequence = ?",
                        "bbbii", core->author, (size_t)AUTHOR, key.id, (size_t)CASE_ID, key.opener,
                        (size_t)OPENER, (int64_t)core->incarnation, (int64_t)core->sequence);
    t->out->forked += ok && count > 1;
    return ok;
}

/* Of one that is here: what was not for us then, or was lost, may be with it now. */
static bool take_again(struct taking_in *t, const struct kept_dispatch *there,
                       const struct act_bytes *a, const struct core *core, struct error *err)
{
    return dispatch_add_parts(t->store, there, a, err) &&
           (there->ours || owe_receipt(t, a, core, err));
}

static bool settle_touched(struct taking_in *t, struct error *err)
{
    bool ok = settle_all(t->store, t->trust, &t->touched, t->out, err);

    free(t->touched.list);
    t->touched = (struct keys){NULL, 0};
    return ok;
}

static bool keep(struct taking_in *t, const struct act_bytes *a, const struct core *core,
                 enum incoming *what, struct error *err)
{
    bool room;

    /* Of what came just before nobody has asked yet whether it counts. */
    if (!has_room(t, core, &room, err) ||
        (!room && (!settle_touched(t, err) || !has_room(t, core, &room, err))))
        return false;
    *what = room ? INCOMING_NEW : INCOMING_TOO_MANY;
    if (!room)
        return true;
    t->out->kept++;
    return dispatch_keep(t->store, a, core, false, 0, NULL, err) && note_fork(t, core, err) &&
           owe_receipt(t, a, core, err);
}

/* Whatever is said in words is what strict bytes say, or it is not taken. */
static bool is_sound(const struct act_bytes *a, struct core *core)
{
    const char *fault;

    return act_bytes_check(a, &fault) && act_bytes_core(a, core) && core_is_dispatch(core) &&
           core->sequence > 0;
}

/* What the Technical Secretariat may have of it: never a name, whoever sent one (Art. 5). */
static struct act_bytes what_we_may_have(const struct taking_in *t, const struct act_bytes *a)
{
    struct act_bytes ours = *a;

    for (size_t i = 0; i < ours.count; i++)
        ours.parts[i].present &= !post_is_secretariat(&t->store->post.profile);
    return ours;
}

static bool take_one(struct taking_in *t, const struct act_bytes *sent, enum incoming *what,
                     struct error *err)
{
    const struct act_bytes ours = what_we_may_have(t, sent), *a = &ours;
    struct kept_dispatches there;
    struct case_key key;
    struct core core;

    *what = INCOMING_DAMAGED;
    if (!is_sound(sent, &core))
        return true;
    *what = INCOMING_DIRECTORY;
    if (sodium_is_zero(core.case_id, CASE_ID))
        return true;
    *what = INCOMING_FORWARDED;
    if (!audience_has(&core.audience, conversed_reader(t->store)))
        return true;
    *what = INCOMING_UNKNOWN;
    if (!is_of_author(t, a, &core))
        return true;
    if (!dispatches_of_id(t->store, a->id, &there, err))
        return false;
    *what = INCOMING_AGAIN;
    bool ok =
        there.count ? take_again(t, &there.list[0], a, &core, err) : keep(t, a, &core, what, err);
    kept_dispatches_release(&there);
    if (*what != INCOMING_TOO_MANY) {
        dispatch_case(&core, &key);
        keys_add(&t->touched, &key);
    }
    return ok;
}

/* ---- the whole ---- */

static bool may(struct store *store, struct error *err)
{
    return post_refresh(store, err) && (store->me.role >= ROLE_OFFICER ||
                                        error_set(err, ERROR_REFUSED, _("a clerk reads only")));
}

static bool take_batch(struct taking_in *t, const struct act_bytes *batch, size_t count,
                       struct error *err)
{
    bool ok = may(t->store, err);

    for (size_t i = 0; ok && i < count; i++)
        ok = take_one(t, &batch[i], &t->out->each[i], err);
    ok = ok && settle_touched(t, err);
    free(t->touched.list);
    return ok;
}

bool store_take_in(struct store *store, const struct trusted *trust, const uint8_t sender[POST_ID],
                   const struct act_bytes *batch, size_t count, struct taken_in *out,
                   struct error *err)
{
    struct taking_in t = {.store = store, .trust = trust, .sender = sender, .out = out};

    *out = (struct taken_in){.each = xcalloc(count + 1, sizeof *out->each), .count = count};
    if (!db_begin(store, err))
        return false;
    return db_end(store, take_batch(&t, batch, count, err), err);
}

/* Of which something that came in does not count, was refused, or has no case; of those in which
 * something has this place, or a later one. */
static bool find_unsettled(struct store *store, int64_t place, struct keys *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT DISTINCT d.opener, d.case_id FROM dispatches d WHERE "
                 "d.ours = 0 AND d.case_id <> zeroblob(8) AND (d.refused IS NOT "
                 "NULL OR d.standing NOT IN (?, ?)) AND EXISTS (SELECT 1 FROM "
                 "dispatches k WHERE k.opener = d.opener AND k.case_id = d.case_id "
                 "AND k.place >= ?)",
                 "iii", (int64_t)STANDING_COUNTS, (int64_t)STANDING_SUPERSEDED, place);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct case_key key;
        if (db_bytes(row, 0, key.opener, OPENER) && db_bytes(row, 1, key.id, CASE_ID))
            keys_add(out, &key);
    }
    return !failed;
}

bool store_settle_cases(struct store *store, const struct trusted *trust, struct taken_in *out,
                        struct error *err)
{
    struct keys keys = {NULL, 0};

    *out = (struct taken_in){.each = NULL};
    if (!db_begin(store, err))
        return false;
    bool ok = may(store, err) && find_unsettled(store, 0, &keys, err) &&
              settle_all(store, trust, &keys, out, err);
    free(keys.list);
    return db_end(store, ok, err);
}

bool store_settle_trusted(struct store *store, size_t *recorded, struct error *err)
{
    const struct trusted *trust;
    struct taken_in taken = {.each = NULL};
    bool ok = store->me.role < ROLE_OFFICER ||
              (store_trust(store, &trust, err) && store_settle_cases(store, trust, &taken, err));

    if (recorded)
        *recorded = ok ? taken.recorded : 0;
    taken_in_release(&taken);
    return ok;
}

bool incoming_after(struct store *store, const struct trusted *trust, int64_t place,
                    struct error *err)
{
    struct keys keys = {NULL, 0};
    struct taken_in none = {.each = NULL};
    bool ok = store->me.role < ROLE_OFFICER || (find_unsettled(store, place, &keys, err) &&
                                                settle_all(store, trust, &keys, &none, err));

    free(keys.list);
    return ok;
}

static bool any_refused(struct store *store, const struct case_key *key, bool *any,
                        struct error *err)
{
    int64_t count;
    bool ok = db_number(store, &count, 0, err,
                        "SELECT count(*) FROM dispatches WHERE opener = ? AND case_id = ? AND "
                        "refused IS NOT NULL",
                        "bb", key->opener, (size_t)OPENER, key->id, (size_t)CASE_ID);

    *any = count > 0;
    return ok;
}

bool incoming_retry(struct store *store, const uint8_t case_id[CASE_ID], struct error *err)
{
    const struct trusted *trust;
    struct taken_in none = {.each = NULL};
    struct case_key key;
    bool known, any;

    /* Where the case was opened by another post by hand, there is nothing of it. */
    if (!case_key_of(store, case_id, true, &key, &known, err) ||
        !any_refused(store, &key, &any, err))
        return false;
    return !any ||
           (store_trust(store, &trust, err) && settle_case(store, trust, &key, NULL, &none, err));
}

/* ---- an officer says which case it is ---- */

static bool place_within(struct store *store, const struct trusted *trust,
                         const uint8_t dispatch[ACT_ID_SIZE], const char *reference,
                         struct taken_in *out, struct error *err)
{
    const struct placing placing = {reference};
    struct kept_dispatches there;
    uint8_t case_id[CASE_ID];
    bool known = false;

    if (!may(store, err) || !dispatches_of_id(store, dispatch, &there, err))
        return false;
    bool ok = there.count || error_set(err, ERROR_INPUT, _("there is no such dispatch here"));
    ok = ok && case_of_key(store, &there.list[0].key, case_id, &known, err) &&
         (!known || error_set(err, ERROR_INPUT, _("its case is known here already")));
    ok = ok && settle_case(store, trust, &there.list[0].key, &placing, out, err);
    kept_dispatches_release(&there);
    return ok;
}

bool store_place_case(struct store *store, const struct trusted *trust,
                      const uint8_t dispatch[ACT_ID_SIZE], const char *reference,
                      struct taken_in *out, struct error *err)
{
    *out = (struct taken_in){.each = NULL};
    return db_begin(store, err) &&
           db_end(store, place_within(store, trust, dispatch, reference, out, err), err);
}

/* ---- pouches that were read ---- */

bool store_pouch_seen(struct store *store, const uint8_t hash[HASH], bool *seen, json_t **said,
                      struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT said FROM pouches WHERE hash = ?", "b", hash, (size_t)HASH);

    if (said)
        *said = NULL;
    if (!row)
        return false;
    *seen = db_step(store, row, &failed, err);
    if (*seen && said) {
        char *text = db_text(row, 0);
        *said = json_loads(text, 0, NULL);
        free(text);
    }
    if (*seen)
        db_done(row);
    return !failed;
}

bool store_note_pouch(struct store *store, const uint8_t hash[HASH], const uint8_t sender[POST_ID],
                      const json_t *said, struct error *err)
{
    char now[INSTANT_SIZE], *text = json_dumps(said, JSON_COMPACT);
    bool ok = db_run(store, err,
                     "INSERT INTO pouches (hash, at, sender, said) VALUES (?, ?, ?, ?) ON CONFLICT "
                     "(hash) DO UPDATE SET said = excluded.said",
                     "btbt", hash, (size_t)HASH, store_now(store, now), sender, (size_t)POST_ID,
                     text ? text : "{}");

    free(text);
    return ok;
}
