/* SPDX-License-Identifier: MIT */
/* All cases' dispatches that came in, what is held, and all as JSON: of correspondence.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"
#include "correspondence_work.h"

/* ---- the inbox ---- */

bool inbox_cases_find(struct store *store, struct inbox_cases *out, struct error *err)
{
    char since[INSTANT_SIZE];
    struct instant now = {0};
    bool failed;

    instant_parse(store_now(store, since), &now);
    instant_format(instant_add_seconds(now, -(int64_t)INBOX_DAYS * 24 * 60 * 60), since);
    sqlite3_stmt *row = db_query(
        store, err,
        "SELECT d.opener, d.case_id, max(d.place), total(d.refused IS NOT NULL), (SELECT "
        "max(k.place) FROM dispatches k WHERE k.opener = d.opener AND k.case_id = d.case_id), "
        "(SELECT count(*) FROM dispatches k JOIN dispatch_parts p ON p.dispatch = k.place WHERE "
        "k.opener = d.opener AND k.case_id = d.case_id), (SELECT h.last FROM counterparts n JOIN "
        "cases h ON h.id = n.case_row WHERE n.opener = d.opener AND n.case_id = d.case_id), "
        "(SELECT h.last FROM cases h WHERE h.case_id = d.case_id) "
        "FROM dispatches d LEFT JOIN acts a ON a.seq = d.act LEFT JOIN cases c ON c.case_id = "
        "a.case_id WHERE d.ours = 0 AND d.case_id <> zeroblob(8) AND (c.id IS NULL OR c.closed = 0 "
        "OR d.refused IS NOT NULL OR d.standing NOT IN (?, ?) OR d.at > ?) GROUP BY d.opener, "
        "d.case_id ORDER BY 3 DESC",
        "iit", (int64_t)STANDING_COUNTS, (int64_t)STANDING_SUPERSEDED, since);
    *out = (struct inbox_cases){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct inbox_case one;
        if (!db_bytes(row, 0, one.key.opener, OPENER) || !db_bytes(row, 1, one.key.id, CASE_ID))
            continue;
        for (int i = 0; i < INBOX_MARKS; i++)
            one.marks[i] = db_int(row, 3 + i);
        out->list = xreallocarray(out->list, out->count + 1, sizeof one);
        out->list[out->count++] = one;
    }
    return !failed;
}

/* A list of many cases names nobody who is under the protection lock. */
static void hide_locked(const struct talked *t, struct letters *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct letter *l = &list->list[i];
        long persons[CASE_PERSONS_MOST];
        size_t count = l->payload && t->known
                           ? case_subjects(&t->over.c, l->payload, 0, persons, CASE_PERSONS_MOST)
                           : 0;
        bool locked = false;
        for (size_t k = 0; k < count && k < CASE_PERSONS_MOST; k++)
            locked |= case_locked(&t->over.c, persons[k]);
        if (!locked)
            continue;
        json_decref(l->payload);
        l->payload = NULL;
    }
}

bool inbox_case_letters(struct store *store, const struct trusted *trust,
                        const struct case_key *key, struct letters *out, struct error *err)
{
    struct letters mine = {NULL, 0};
    struct talked t;
    bool ok = talked_load(store, trust, key, &t, err);

    for (size_t i = 0; ok && i < t.talk.kept.count; i++)
        if (!t.talk.kept.list[i].ours)
            talked_letter(&t, i, &mine);
    if (ok) {
        talked_ask(&t, &mine);
        hide_locked(&t, &mine);
    }
    talked_release(&t);
    for (size_t i = 0; i < mine.count; i++)
        *letters_add(out) = mine.list[i];
    free(mine.list);
    return ok;
}

static int later_first(const void *a, const void *b)
{
    const struct letter *x = a, *y = b;
    int by_day = strcmp(y->came, x->came);

    return by_day ? by_day : strcmp(x->id, y->id);
}

static bool read_inbox(struct store *store, struct letters *out, struct error *err)
{
    const struct trusted *trust;
    struct inbox_cases cases = {NULL, 0};
    bool ok = post_refresh(store, err) && store_trust(store, &trust, err) &&
              inbox_cases_find(store, &cases, err);

    for (size_t i = 0; ok && i < cases.count; i++)
        ok = inbox_case_letters(store, trust, &cases.list[i].key, out, err);
    free(cases.list);
    if (out->count)
        qsort(out->list, out->count, sizeof *out->list, later_first);
    return ok;
}

/* In one transaction: as it is at one moment, and without asking for the lock for each case. */
bool store_inbox(struct store *store, struct letters *out, struct error *err)
{
    *out = (struct letters){NULL, 0};
    return db_begin_reading(store, err) && db_end(store, read_inbox(store, out, err), err);
}

/* ---- what is held ---- */

void held_acts_release(struct held_acts *acts)
{
    for (size_t i = 0; i < acts->count; i++) {
        free(acts->list[i].reference);
        free(acts->list[i].reason);
    }
    free(acts->list);
    *acts = (struct held_acts){NULL, 0};
}

static void copy_text(char *out, size_t size, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    out[0] = '\0';
    if (text && strlen(text) < size)
        memcpy(out, text, strlen(text) + 1);
}

bool store_held_acts(struct store *store, struct held_acts *out, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT c.reference, a.id, a.kind, h.code, h.reason, h.since FROM "
                                 "held h JOIN acts a ON a.seq = h.act JOIN cases c ON c.case_id = "
                                 "a.case_id ORDER BY h.since, h.act",
                                 "");

    *out = (struct held_acts){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        uint8_t id[ACT_ID_SIZE];
        if (!db_bytes(row, 1, id, sizeof id))
            continue;
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        struct held_act *h = &out->list[out->count++];
        *h = (struct held_act){.reference = db_text(row, 0),
                               .kind = (enum act_kind)db_int(row, 2),
                               .reason = db_text(row, 4)};
        act_id_hex(id, h->id);
        copy_text(h->code, sizeof h->code, row, 3);
        copy_text(h->since, sizeof h->since, row, 5);
    }
    return !failed;
}

/* ---- as JSON ---- */

static void set_text(json_t *out, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(out, key, json_string(text));
}

static void set_true(json_t *out, const char *key, bool value)
{
    if (value)
        json_object_set_new(out, key, json_true());
}

static json_t *crossings_json(unsigned crossings)
{
    json_t *out = json_array();

    for (int i = 0; i < CROSSINGS; i++)
        if (crossings & 1u << i)
            json_array_append_new(out, json_string(crossing_name((enum crossing)(1u << i))));
    return out;
}

static void set_verdict(json_t *out, const struct letter *l)
{
    char awaited[2 * ACT_ID_SIZE + 1] = "";

    set_text(out, "standing", standing_name(l->verdict.standing));
    set_text(out, "reason", l->verdict.reason);
    set_text(out, "article", l->verdict.article);
    hex_write(l->verdict.awaited, l->verdict.awaited_size, awaited);
    set_text(out, "awaits", awaited);
    if (l->verdict.crossings)
        json_object_set_new(out, "crossings", crossings_json(l->verdict.crossings));
    set_true(out, "forked", l->verdict.forked);
    set_text(out, "by", l->by);
}

static void set_author(json_t *out, const struct letter *l)
{
    json_t *from = json_object();

    set_text(from, "post", l->post);
    set_text(from, "office", l->office);
    set_text(from, "state", l->secretariat ? CODE_SECRETARIAT : l->state);
    json_object_set_new(out, "from", from);
}

static json_t *letter_json(const struct letter *l)
{
    json_t *out = json_object();

    set_text(out, "id", l->id);
    set_text(out, "case", l->reference);
    set_text(out, "act", l->kind == ACT_NONE ? NULL : act_type(l->kind)->name);
    set_true(out, "ours", l->ours);
    set_text(out, "said", l->said);
    set_text(out, "came", l->came);
    set_author(out, l);
    if (*l->id)
        set_text(out, "trust", trust_name(l->trust));
    set_text(out, "doubt", l->doubt);
    if (*l->id)
        set_verdict(out, l);
    set_text(out, "recorded", l->act);
    set_text(out, "refused", l->refused);
    set_true(out, "unplaced", l->unplaced);
    set_true(out, "transcribed", l->transcribed);
    if (l->asks) {
        json_t *asks = json_pack("{s:s}", "what", asked_name(l->asked));
        set_text(asks, "state", l->asked_state);
        set_text(asks, "due", l->due);
        json_object_set_new(out, "asks", asks);
    }
    if (l->payload)
        json_object_set(out, "payload", l->payload);
    return out;
}

static json_t *letters_json(const struct letters *letters)
{
    json_t *array = json_array();

    for (size_t i = 0; i < letters->count; i++)
        json_array_append_new(array, letter_json(&letters->list[i]));
    return array;
}

json_t *store_inbox_json(struct store *store, struct error *err)
{
    struct letters letters;
    bool ok = store_inbox(store, &letters, err);
    json_t *json = ok ? letters_json(&letters) : NULL;

    letters_release(&letters);
    return json;
}

json_t *store_correspondence_json(struct store *store, const char *reference, struct error *err)
{
    struct letters letters;
    bool ok = store_correspondence(store, reference, &letters, err);
    json_t *json = ok ? letters_json(&letters) : NULL;

    letters_release(&letters);
    return json;
}

json_t *store_held_json(struct store *store, struct error *err)
{
    struct held_acts held;
    bool ok = store_held_acts(store, &held, err);
    json_t *array = ok ? json_array() : NULL;

    for (size_t i = 0; ok && i < held.count; i++) {
        const struct held_act *h = &held.list[i];
        json_t *one =
            json_pack("{s:s, s:s, s:s, s:s, s:s}", "case", h->reference, "act",
                      act_type(h->kind)->name, "id", h->id, "reason", h->reason, "since", h->since);
        set_text(one, "state", h->code);
        json_array_append_new(array, one);
    }
    held_acts_release(&held);
    return array;
}
