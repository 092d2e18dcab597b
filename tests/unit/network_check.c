/* SPDX-License-Identifier: MIT */
/* Pouches between the five, and what must have come of them. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/arrival.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/carry.h"
#include "amparo/store/conversed.h"
#include "amparo/store/trustlog.h"
#include "amparo/store/verify.h"
#include "network_kit.h"

static const char *code_at(const struct network *w, size_t at)
{
    return at == AT_SECRETARIAT ? CODE_SECRETARIAT : w->story->posts[at].state;
}

/* ---- sending ---- */

void network_files_release(struct network_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
    free(files->to);
    *files = (struct network_files){.count = 0};
}

/* For which of the five that pouch of a load is. */
static unsigned sealed_to(const struct network *w, const struct carry_load *load, size_t pouch)
{
    const struct packed *packed = &load->pouches.list[pouch];
    unsigned to = 0;

    for (size_t i = 0; i < packed->to_count; i++)
        for (size_t k = 0; k < NETWORK_POSTS; k++)
            if (strcmp(load->readers[packed->to[i].parcel].code, w->story->posts[k].code) == 0)
                to |= 1U << k;
    return to;
}

void network_send(struct network *w, enum network_place from, const char *folder, bool again,
                  bool receipts, struct network_files *out)
{
    const struct carry_wish wish = {.again = again, .receipts = receipts};
    const struct carry_way way = {.route = ROUTE_FOLDER, .folder = folder};
    struct carry_load load;
    struct carry_files files;

    MUST(carry_load(w->stores[from], &wish, &load, err));
    MUST(carry_write(w->stores[from], &load, &way, NULL, NULL, &files, err));
    for (size_t i = 0; i < files.count; i++) {
        out->paths = xreallocarray(out->paths, out->count + 1, sizeof *out->paths);
        out->to = xreallocarray(out->to, out->count + 1, sizeof *out->to);
        out->to[out->count] = sealed_to(w, &load, files.list[i].pouch);
        out->paths[out->count++] = xstrdup(files.list[i].path);
    }
    carry_files_release(&files);
    carry_load_release(&load);
}

/* ---- receiving ---- */

/* A dispatch of another's case of which no case here is the one yet: false, there is none. */
static bool find_unplaced(struct store *store, uint8_t id[ACT_ID_SIZE])
{
    bool failed, found;
    sqlite3_stmt *row = db_query(store, NULL,
                                 "SELECT id FROM dispatches WHERE ours = 0 AND kind = ? AND act IS "
                                 "NULL AND (opener, case_id) NOT IN (SELECT opener, case_id FROM "
                                 "counterparts) ORDER BY place LIMIT 1",
                                 "i", (int64_t)ACT_POLL);

    found = db_step(store, row, &failed, NULL);
    if (found) {
        assert_true(db_bytes(row, 0, id, ACT_ID_SIZE));
        db_done(row);
    }
    return found;
}

static void place(struct network *w, enum network_place at, bool same_case)
{
    const struct trusted *trust;
    struct taken_in taken;
    uint8_t id[ACT_ID_SIZE];

    if (!find_unplaced(w->stores[at], id))
        return;
    MUST(store_trust(w->stores[at], &trust, err));
    MUST(store_place_case(w->stores[at], trust, id, same_case ? w->reference[at] : NULL, &taken,
                          err));
    taken_in_release(&taken);
}

void network_receive(struct network *w, enum network_place at, const char *const *paths,
                     size_t count, bool same_case)
{
    const struct carry_source source = {.paths = paths, .count = count};
    struct carry_received received;
    size_t unplaced = 0;

    MUST(carry_receive(w->stores[at], &source, &received, err));
    for (size_t i = 0; i < received.count; i++) {
        enum carry_outcome outcome = received.list[i].outcome;
        if (outcome != CARRY_TAKEN && outcome != CARRY_KNOWN && outcome != CARRY_CLOSED)
            fail_msg("%s: %s", received.list[i].path, received.list[i].why);
        unplaced += received.list[i].taken.unplaced;
    }
    carry_received_release(&received);
    if (unplaced)
        place(w, at, same_case);
}

void network_receive_damaged(struct network *w, enum network_place at, const char *path)
{
    const struct carry_source source = {.paths = &path, .count = 1};
    struct carry_received received;

    MUST(carry_receive(w->stores[at], &source, &received, err));
    for (size_t i = 0; i < received.count; i++) {
        const struct carry_arrival *a = &received.list[i];
        assert_true(a->outcome == CARRY_CLOSED || a->outcome == CARRY_DAMAGED ||
                    a->outcome == CARRY_REFUSED);
        assert_int_equal(a->taken.count + a->directory.added + a->receipts, 0);
    }
    carry_received_release(&received);
}

/* ---- quiet ---- */

#define WAITING                                                                                    \
    "FROM deliveries v JOIN dispatches d ON d.place = v.dispatch WHERE acked_at IS NULL AND post " \
    "= ?"

/* The directorates of those who are asked have files too, which nobody opens here. */
bool network_is_quiet(struct network *w)
{
    int64_t waiting = 0;

    for (size_t i = 0; i < NETWORK_POSTS; i++)
        for (size_t k = 0; k < NETWORK_POSTS; k++) {
            int64_t count;
            MUST(db_number(w->stores[i], &count, 0, err, "SELECT count(*) " WAITING, "b",
                           w->stores[k]->post.author, (size_t)AUTHOR));
            waiting += count;
        }
    return !waiting;
}

static void tell_from(struct network *w, size_t from, size_t to)
{
    bool failed;
    sqlite3_stmt *row = db_query(w->stores[from], NULL, "SELECT d.kind, v.times, d.place " WAITING,
                                 "b", w->stores[to]->post.author, (size_t)AUTHOR);

    while (db_step(w->stores[from], row, &failed, NULL))
        print_error("%s to %s: %s, dispatch %d, sent %d times\n", w->story->posts[from].code,
                    w->story->posts[to].code, act_type((enum act_kind)db_int(row, 0))->name,
                    (int)db_int(row, 2), (int)db_int(row, 1));
}

static void tell_held(struct network *w, size_t from)
{
    struct carry_load load;

    MUST(carry_load(w->stores[from], &(struct carry_wish){.again = true}, &load, err));
    for (size_t i = 0; i < load.count; i++) {
        const struct due *due = &load.readers[i].due;
        for (size_t k = 0; k < due->held_count; k++)
            print_error("%s to %s: %s is held: %s\n", w->story->posts[from].code,
                        load.readers[i].code, act_type(due->held[k].kind)->name,
                        due->held[k].reason);
    }
    carry_load_release(&load);
}

void network_tell_waiting(struct network *w)
{
    for (size_t i = 0; i < NETWORK_POSTS; i++) {
        if (w->next[i])
            print_error("%s waits to say %s\n", w->story->posts[i].code, w->next[i]->act);
        for (size_t k = 0; k < NETWORK_POSTS; k++)
            tell_from(w, i, k);
        tell_held(w, i);
    }
}

/* ---- the conversation ---- */

static void find_key(struct network *w, struct case_key *key)
{
    struct store *store = w->stores[AT_REQUESTING];
    bool failed;
    sqlite3_stmt *row = db_query(store, NULL, "SELECT case_id FROM cases WHERE reference = ?", "t",
                                 w->reference[AT_REQUESTING]);

    assert_true(db_step(store, row, &failed, NULL));
    assert_true(db_bytes(row, 0, key->id, CASE_ID));
    db_done(row);
    memcpy(key->opener, store->post.author, OPENER);
}

/* What came and counts is an act of the case there, where such a dispatch becomes one; only what
 * came too late for a case is told in its conversation alone. */
static void assert_recorded(struct network *w, enum network_place at,
                            const struct kept_dispatch *kept, const struct conversation_item *item)
{
    const char *state = w->story->posts[at].state;
    const struct arrival_reader reader = {
        at == AT_REQUESTING
            ? "requesting"
            : arrival_role(w->story->posts[AT_REQUESTING].state, state, at == AT_SECRETARIAT),
        state, at == AT_SECRETARIAT};
    enum act_kind kind = item->dispatch->kind;

    if (item->verdict.crossings)
        return;
    if (kept->refused)
        fail_msg("%s: %s is refused: %s", w->story->posts[at].code, act_type(kind)->name,
                 kept->refused);
    if (!kept->ours && !kept->act && arrival_of(kind, item->dispatch->state, &reader))
        fail_msg("%s: %s is in no act", w->story->posts[at].code, act_type(kind)->name);
}

uint64_t network_digest(struct network *w, enum network_place at, const char *code)
{
    const struct trusted *trust;
    struct conversed talk;
    struct case_key key;

    find_key(w, &key);
    MUST(store_trust(w->stores[at], &trust, err));
    MUST(conversed_load(w->stores[at], trust, &key, &talk, err));
    for (size_t i = 0; i < talk.fold.count; i++) {
        const struct conversation_item *item = &talk.fold.items[i];
        assert_recorded(w, at, &talk.kept.list[conversed_place(&talk, item)], item);
        if (item->verdict.standing != STANDING_COUNTS &&
            item->verdict.standing != STANDING_SUPERSEDED)
            fail_msg("%s: %s of %s %s: %s", w->story->posts[at].code,
                     act_type(item->dispatch->kind)->name, item->dispatch->state,
                     standing_name(item->verdict.standing), item->verdict.reason);
    }
    for (size_t i = 0; i < talk.fold.request_count; i++)
        w->crossed |= talk.fold.requests[i].crossings != 0;
    uint64_t digest = conversation_digest(&talk.fold, code);
    conversed_release(&talk);
    return digest;
}

/* ---- the cases ---- */

static json_t *shown(struct network *w, enum network_place at)
{
    const char *reference = network_case(w, at);
    json_t *json;

    assert_non_null(reference);
    MUST((json = store_case_json(w->stores[at], reference, NULL, english, err)));
    return json;
}

/* What two files must say alike, of the keys of `show --json`. */
static void assert_alike(struct network *w, enum network_place at, const char *const *keys)
{
    json_t *ours = shown(w, AT_REQUESTING), *theirs = shown(w, at);

    for (; *keys; keys++) {
        json_t *a = json_object_get(ours, *keys), *b = json_object_get(theirs, *keys);
        char *x = json_dumps(a, JSON_ENCODE_ANY), *y = json_dumps(b, JSON_ENCODE_ANY);
        if (!json_equal(a, b))
            fail_msg("%s: %s is %s, and not %s", w->story->posts[at].code, *keys, y, x);
        free(x);
        free(y);
    }
    json_decref(ours);
    json_decref(theirs);
}

/* Of a list there, in short: "MX shelter", and the like; sorted. */
static char *in_short(struct network *w, enum network_place at, const char *list,
                      const char *const *keys)
{
    json_t *json = shown(w, at), *lines = json_object(), *one;
    size_t i;

    json_array_foreach(json_object_get(json, list), i, one)
    {
        struct buf line = BUF_INIT;
        for (const char *const *key = keys; *key; key++)
            buf_addf(&line, " %s", json_string_value(json_object_get(one, *key)));
        json_t *count = json_object_get(lines, buf_text(&line));
        json_object_set_new(lines, buf_text(&line), json_integer(json_integer_value(count) + 1));
        buf_release(&line);
    }
    char *text = json_dumps(lines, JSON_SORT_KEYS);
    json_decref(lines);
    json_decref(json);
    return text;
}

/* All who were told of it have what came of the request: not the conversation alone. */
static void assert_same_answers(struct network *w)
{
    static const struct {
        const char *list, *keys[3];
    } said[] = {{"acceptances", {"state", NULL}}, {"assistance", {"by", "kind", NULL}}};
    static const enum network_place where[] = {AT_CAPITAL, AT_FIRST, AT_SECRETARIAT};

    for (size_t i = 0; i < ARRAY_SIZE(said); i++) {
        char *ours = in_short(w, AT_REQUESTING, said[i].list, said[i].keys);
        for (size_t k = 0; k < ARRAY_SIZE(where); k++) {
            char *theirs = in_short(w, where[k], said[i].list, said[i].keys);
            if (strcmp(ours, theirs) != 0)
                fail_msg("%s: %s are %s, and not %s", w->story->posts[where[k]].code, said[i].list,
                         theirs, ours);
            free(theirs);
        }
        free(ours);
    }
}

static void assert_taken_once(struct network *w, enum network_place at)
{
    int64_t twice;

    MUST(db_number(w->stores[at], &twice, 0, err,
                   "SELECT count(*) FROM (SELECT act FROM dispatches WHERE ours = 0 AND act IS NOT "
                   "NULL GROUP BY act HAVING count(*) > 1)",
                   ""));
    assert_int_equal(twice, 0);
}

static void assert_verifies(struct store *store)
{
    struct verified verified;

    MUST(store_verify(store, NULL, NULL, &verified, err));
    buf_release(&verified.notes);
}

void network_assert_agrees(struct network *w)
{
    static const char *const told[] = {"stage", "exit", NULL}, *const all[] = {"stage", "exit",
                                                                               NULL};

    assert_true(network_all_said(w));
    for (size_t i = 0; i < NETWORK_POSTS; i++) {
        enum network_place at = (enum network_place)i;
        assert_true(network_digest(w, at, code_at(w, i)) ==
                    network_digest(w, AT_REQUESTING, code_at(w, i)));
        assert_taken_once(w, at);
        assert_verifies(w->stores[i]);
    }
    if (!w->crossed)
        assert_same_answers(w);
    assert_alike(w, AT_CAPITAL, all);
    assert_alike(w, AT_SECRETARIAT, told);
}
