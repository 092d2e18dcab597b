/* SPDX-License-Identifier: MIT */
/*
 * Attacks where there is a directory: the five posts of network_kit.h in the middle of a case,
 * whose files the kit of ill will takes over.
 */
#include "hostile_kit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "amparo/agreement/conversation.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/trustsay.h"
#include "network_kit.h"

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct error err_ = ERROR_INIT;                                                            \
        struct error *err = &err_;                                                                 \
        if (!(call))                                                                               \
            fail_msg("%s", error_text(err));                                                       \
        error_release(err);                                                                        \
    } while (0)

/* The same files under the names of the other kit: HN asks, MX helps, CR is asked too. */
struct scene {
    struct network w;
    struct kit_net net;
    struct kit_office office[NET];
};

static const struct {
    size_t as;
    enum network_place at;
} places[] = {
    {HN, AT_REQUESTING}, {SJ, AT_CAPITAL}, {MX, AT_FIRST}, {CR, AT_SECOND}, {TS, AT_SECRETARIAT}};

static void begin(struct scene *s, const char *folder)
{
    memset(&s->net, 0, sizeof s->net);
    network_begin(&s->w, &network_stories[0], network_stories[0].name, folder);
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        const struct network_post *p = &network_stories[0].posts[places[i].at];
        s->office[places[i].as] =
            (struct kit_office){folder, p->state, p->code, p->kind, p->country, p->city};
        s->net.store[places[i].as] = s->w.stores[places[i].at];
        s->net.post[places[i].as] = &s->office[places[i].as];
    }
}

static void end(struct scene *s)
{
    network_end(&s->w);
}

/* All say what they can, and all comes, so often. */
static void go_on(struct scene *s, int rounds)
{
    char *folder = xstrdup(kit_path("way"));

    mkdir(folder, 0700);
    for (int round = 0; round < rounds; round++) {
        struct network_files files = {.count = 0};
        for (size_t i = 0; i < NETWORK_POSTS; i++) {
            while (network_say(&s->w, (enum network_place)i))
                network_later(&s->w, 60);
            network_send(&s->w, (enum network_place)i, folder, true, true, &files);
        }
        for (size_t i = 0; i < NETWORK_POSTS; i++)
            network_receive(&s->w, (enum network_place)i, (const char *const *)files.paths,
                            files.count, true);
        network_later(&s->w, 3600);
        network_files_release(&files);
    }
    free(folder);
}

static void bring_directory(struct store *from, struct store *to)
{
    struct buf bytes = BUF_INIT;
    struct directory_acts acts;
    struct directory_taken taken;
    size_t count;

    MUST(store_directory_snapshot(from, &bytes, &count, err));
    MUST(directory_file_read(bytes.data, bytes.size, &acts, err));
    MUST(store_directory_take(to, acts.list, acts.count, &taken, err));
    directory_acts_release(&acts);
    buf_release(&bytes);
}

static int64_t standing(struct store *store, const uint8_t id[ACT_ID_SIZE])
{
    int64_t value;

    MUST(db_number(store, &value, -1, err, "SELECT standing FROM dispatches WHERE id = ?", "b", id,
                   (size_t)ACT_ID_SIZE));
    return value;
}

/* ---- a stolen key ---- */

/* The request by note in the file of who asks, and the last place in its chain. */
static void find_request(struct store *store, uint8_t case_id[CASE_ID], uint64_t *last,
                         uint8_t id[ACT_ID_SIZE])
{
    struct error err = ERROR_INIT;
    bool failed;
    sqlite3_stmt *row = db_query(store, &err,
                                 "SELECT d.case_id, d.id, (SELECT max(sequence) FROM dispatches x "
                                 "WHERE x.case_id = d.case_id AND x.author = d.author) FROM "
                                 "dispatches d WHERE d.ours = 1 AND d.kind = ? ORDER BY d.sequence",
                                 "i", (int64_t)ACT_NOTE);

    assert_true(db_step(store, row, &failed, &err) && db_bytes(row, 0, case_id, CASE_ID) &&
                db_bytes(row, 1, id, ACT_ID_SIZE));
    *last = (uint64_t)db_int(row, 2);
    db_done(row);
}

/*
 * Somebody has the file of the post that asks. Its State revokes the key and names the last good
 * dispatch. Whatever the thief signs beyond it, with whatever date, is kept apart; what the post
 * said before, and that comes only now, stands.
 */
static void a_thief_dates_it_back(void **state)
{
    uint8_t case_id[CASE_ID], note[ACT_ID_SIZE], key[POST_SECRET_SIGN];
    uint64_t sequence;
    struct act_bytes late, stolen;
    struct buf pouch;
    struct scene s;
    char hex[2 * ACT_ID_SIZE + 1];
    (void)state;

    begin(&s, "thief");
    go_on(&s, 3);
    find_request(s.net.store[HN], case_id, &sequence, note);
    act_id_hex(note, hex);
    hostile_key(&s.net, HN, key);
    /* The last word of the post itself, which is still on its way. */
    hostile_say(&s.net,
                &(struct hostile){.author = HN,
                                  .kind = ACT_NOTE,
                                  .payload = "{'kind': 'OTH', 'direction': 'out', 'to': {'state': "
                                             "'MX', 'office': 'x', 'city': 'y'}, 'date': "
                                             "'2026-03-12'}",
                                  .to = {"HN", "MX"},
                                  .id = case_id,
                                  .sequence = sequence + 1,
                                  .prev = note},
                &late);
    json_t *heads = json_array();
    char head[2 * PREV_SHORT + 1], number[2 * CASE_ID + 1];
    hex_write(late.id, PREV_SHORT, head);
    hex_write(case_id, CASE_ID, number);
    json_array_append_new(heads, json_pack("{s:s, s:I, s:s}", "case", number, "sequence",
                                           (json_int_t)sequence + 1, "hash", head));
    MUST(trust_revoke(s.net.store[SJ], key + 32, heads, "stolen", NULL, err));
    json_decref(heads);
    bring_directory(s.net.store[SJ], s.net.store[MX]);
    /* The thief withdraws the request, a day before the last good word; and forks that one. */
    char *withdraw =
        xasprintf("{'note': '%s', 'at': '2026-03-12T13:00:00-06:00', 'reason': 'x'}", hex);
    const struct hostile theirs[] = {
        {.author = HN,
         .kind = ACT_WITHDRAW,
         .payload = withdraw,
         .to = {"HN", "MX", "ts"},
         .id = case_id,
         .sequence = sequence + 2,
         .prev = late.id,
         .at = "2026-03-12T12:00:00-06:00"},
        {.author = HN,
         .kind = ACT_WITHDRAW,
         .payload = withdraw,
         .to = {"HN", "MX", "ts"},
         .id = case_id,
         .sequence = sequence + 1,
         .prev = note,
         .at = "2026-03-12T12:00:00-06:00"},
        {.author = HN,
         .kind = ACT_CLOSE,
         .payload = "{'outcome': ['located']}",
         .to = {"HN", "MX", "ts"},
         .id = case_id,
         .incarnation = 7,
         .sequence = 1,
         .at = "2026-03-12T12:00:00-06:00"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(theirs); i++) {
        hostile_say(&s.net, &theirs[i], &stolen);
        hostile_seal(&s.net, MX, &(struct hostile_pouch){.said = &stolen, .count = 1}, &pouch);
        struct carry_received received = hostile_receive(&s.net, MX, &pouch);
        assert_int_equal(received.list[0].taken.recorded, 0);
        assert_int_equal(standing(s.net.store[MX], stolen.id), STANDING_QUARANTINED);
        carry_received_release(&received);
        act_bytes_release(&stolen);
        buf_release(&pouch);
    }
    hostile_seal(&s.net, MX, &(struct hostile_pouch){.said = &late, .count = 1}, &pouch);
    struct carry_received received = hostile_receive(&s.net, MX, &pouch);
    assert_int_equal(received.list[0].taken.recorded, 1);
    assert_int_equal(standing(s.net.store[MX], late.id), STANDING_COUNTS);
    assert_int_equal(standing(s.net.store[MX], note), STANDING_COUNTS);
    carry_received_release(&received);
    kit_whole(s.net.store[MX]);
    free(withdraw);
    act_bytes_release(&late);
    buf_release(&pouch);
    end(&s);
}

/* ---- an older format ---- */

/* Once two of the root say that the format has a weakness, nobody is led back to it. */
static void an_older_pouch_than_is_allowed(void **state)
{
    uint8_t id[ACT_ID_SIZE];
    struct store *luis;
    struct scene s;
    size_t count;
    (void)state;

    begin(&s, "older");
    while (network_say(&s.w, AT_REQUESTING))
        network_later(&s.w, 60);
    struct buf *pouches = hostile_pouches(&s.net, HN, MX, &count);
    assert_int_equal(count, 1);
    MUST(trust_set_minimum(s.net.store[TS], ENVELOPE_VERSION + 1, id, err));
    bring_directory(s.net.store[TS], s.net.store[MX]);
    struct carry_received received = hostile_receive(&s.net, MX, &pouches[0]);
    assert_int_equal(received.list[0].outcome, CARRY_TAKEN); /* one of the root is not enough */
    carry_received_release(&received);
    MUST(store_open(store_path(s.net.store[TS]), "Luis MEJÍA", kit_luis, STORE_UNSYNCED, &luis,
                    err));
    MUST(trust_approve(luis, id, err));
    store_close(luis);
    bring_directory(s.net.store[TS], s.net.store[CR]);
    hostile_pouches_free(pouches, count);
    pouches = hostile_pouches(&s.net, HN, CR, &count);
    received = hostile_receive(&s.net, CR, &pouches[0]);
    assert_int_equal(received.list[0].outcome, CARRY_REFUSED);
    assert_int_equal(received.list[0].taken.kept, 0);
    carry_received_release(&received);
    hostile_pouches_free(pouches, count);
    end(&s);
}

static int begin_all(void **state)
{
    kit_begin(state);
    network_found(&network_stories[0], network_stories[0].name);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thief_dates_it_back),
        cmocka_unit_test(an_older_pouch_than_is_allowed),
    };

    return cmocka_run_group_tests(tests, begin_all, kit_end);
}
