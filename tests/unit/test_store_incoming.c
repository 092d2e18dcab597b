/* SPDX-License-Identifier: MIT */
/* What comes in from other posts: what is kept of it, and what becomes an act. */
#include "exchange_kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"

enum { EVERYBODY = 1 << HN | 1 << CR | 1 << MX | 1 << TS | 1 << SJ };

#define THEIRS KIT_THEIRS
#define TOLD_TS "TS-2026-0001"

static const char *text(const json_t *payload, const char *key)
{
    const char *found = json_string_value(json_object_get(payload, key));

    return found ? found : "";
}

static void assert_text(const json_t *payload, const char *key, const char *should)
{
    assert_string_equal(text(payload, key), should);
}

/* One dispatch of that post counts, of that case here; of a case that nobody has there is none. */
static void assert_seen(struct store *store, const uint8_t *post, const char *reference)
{
    static const uint8_t nobodys[CASE_NUMBER] = {1};
    struct error err = ERROR_INIT;
    size_t counts[TRUST_STANDINGS], all = 0;
    uint8_t id[CASE_NUMBER];
    char *called;
    bool failed;
    sqlite3_stmt *row =
        db_query(store, &err, "SELECT case_id FROM dispatches WHERE case_id <> zeroblob(8)", "");

    assert_true(row && db_step(store, row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    assert_true(store_case_called(store, id, &called, &err));
    assert_string_equal(called, reference);
    free(called);
    assert_true(store_case_called(store, nobodys, &called, &err));
    assert_null(called);
    assert_true(store_post_standings(store, post, counts, &err));
    for (size_t i = 0; i < TRUST_STANDINGS; i++)
        all += counts[i];
    assert_int_equal(counts[STANDING_COUNTS], 1);
    assert_int_equal(all, 1);
}

/* ---- the way of a case ---- */

static void a_poll_opens_a_case(void **state)
{
    struct kit_net net;
    json_t *context;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.each[0], INCOMING_NEW);
    assert_int_equal(taken.opened, 1);
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(taken.refused + taken.unplaced + taken.forked + taken.linked, 0);
    taken_in_release(&taken);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_string_equal(case_role(&c), "assisting");
    assert_string_equal(case_requesting_state(&c), "HN");
    assert_string_equal(case_receiving_state(&c), "AE");
    assert_string_equal(case_priority(&c), "urgent");
    assert_int_equal(c.count, 2);
    case_release(&c);
    assert_seen(net.store[CR], net.store[HN]->post.author, THEIRS);
    json_t *poll = kit_last(net.store[CR], THEIRS, ACT_POLL, &context);
    const json_t *told = json_object_get(poll, "transcribed");
    assert_text(told, "channel", "pouch");
    assert_text(told, "on", "2026-03-12");
    assert_non_null(strstr(text(told, "from"), "HNTGU"));
    assert_int_equal(strlen(text(told, "reference")), 16);
    assert_int_equal(strncmp(text(told, "reference"), text(context, case_dispatch_key), 16), 0);
    assert_null(json_object_get(poll, "persons"));
    json_decref(poll);
    json_decref(context);
    /* It is acknowledged, and there is nothing to be done again. */
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.count, 0);
    taken_in_release(&taken);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static char *last_id(struct store *store, const char *reference, enum act_kind kind)
{
    struct case_file c = kit_case_of(store, reference);
    char id[2 * ACT_ID_SIZE + 1] = "";

    if (case_last(&c, kind))
        act_id_hex(case_last(&c, kind)->act->id, id);
    case_release(&c);
    return xstrdup(id);
}

static void a_request_brings_its_persons(void **state)
{
    struct kit_net net;
    json_t *context;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_request_by_pouch(&net);
    json_t *reply = kit_last(net.store[HN], KIT_CASE, ACT_REPLY, NULL);
    assert_text(reply, "state", "CR");
    assert_text(json_object_get(reply, "transcribed"), "channel", "pouch");
    json_decref(reply);
    json_t *person = kit_last(net.store[CR], THEIRS, ACT_PERSON, &context);
    assert_text(person, "surname_1", "RAMÍREZ");
    assert_text(person, "phone", "+971501234567");
    assert_non_null(json_object_get(context, case_dispatch_key));
    json_decref(person);
    json_decref(context);
    json_t *note = kit_last(net.store[CR], THEIRS, ACT_NOTE, &context);
    assert_text(note, "direction", "in");
    assert_text(note, "number", "1/2026");
    assert_text(note, "scope", "a visit to Karen");
    assert_text(json_object_get(note, "from"), "state", "HN");
    assert_text(json_object_get(note, "from"), "city", "Tegucigalpa");
    assert_text(json_object_get(note, "transcribed"), "their_number", "1/2026");
    assert_text(context, case_addressed_key, "CR");
    assert_non_null(json_object_get(context, "entry"));
    json_decref(note);
    json_decref(context);
    json_t *need = kit_last(net.store[CR], THEIRS, ACT_NEED, NULL);
    assert_text(need, "need", "shelter");
    json_decref(need);
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    kit_net_end(&net);
}

/* The Secretariat follows the case to its end without one byte of identity. */
static void the_secretariat_is_told_without_identity(void **state)
{
    static const char *const secrets[] = {"Karen", "RAM", "+971", "visit to", "near the sea"};
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_request_by_pouch(&net);
    char *note = last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *accept = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits to Karen'}", note);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, accept);
    store_set_now(net.store[CR], "2026-03-13T12:00:00+04:00");
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-13T10:00:00+04:00', 'by': 'CR', 'kind': 'visit', 'persons': [1], "
               "'manner': 'good_offices', 'detail': 'Karen is well', " KIT_OVERRIDE "}");
    for (size_t i = 0; i < NET; i++)
        store_set_now(net.store[i], "2026-03-13T18:00:00-06:00");
    kit_send_all(&net);
    struct case_file c = kit_case_of(net.store[TS], TOLD_TS);
    assert_string_equal(case_role(&c), "observer");
    assert_int_equal(case_persons(&c, NULL, 0), 0);
    assert_non_null(case_last(&c, ACT_POLL));
    assert_non_null(case_last(&c, ACT_REPLY));
    assert_non_null(case_last(&c, ACT_ACCEPT));
    assert_non_null(case_last(&c, ACT_ASSIST));
    assert_string_equal(request_state(&c, case_last(&c, ACT_NOTE)), "CR");
    case_release(&c);
    for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
        assert_false(kit_file_tells(net.store[TS], secrets[i]));
    c = kit_case_of(net.store[HN], KIT_CASE);
    assert_non_null(case_last(&c, ACT_ASSIST));
    assert_string_equal(entry_text(case_last(&c, ACT_ASSIST), "detail"), "Karen is well");
    assert_true(entry_has_person(case_last(&c, ACT_ASSIST), "persons", 1));
    assert_int_equal(case_stage(&c), STAGE_HELP);
    case_release(&c);
    /* Who was asked and not chosen knows no more than that. */
    c = kit_case_of(net.store[MX], "MXAUH-2026-0001");
    assert_int_equal(c.count, 2);
    case_release(&c);
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    free(accept);
    free(note);
    kit_net_end(&net);
}

/* ---- what is taken in, and what is not ---- */

/* A dispatch by that post's key, of HN's case (or of another one): who made it, and how. */
struct forged {
    size_t author;
    enum act_kind kind;
    const char *payload;
    const char *to[4];
    const struct core *like; /* case and opener of it; NULL: a case of the author's own */
    uint64_t sequence;
    bool by_other_key;
};

static struct act_bytes forge(struct kit_net *net, const struct forged *how)
{
    static const uint8_t root[ROOT];
    struct error err = ERROR_INIT;
    struct secret secret;
    struct core core = {.kind = how->kind, .sequence = how->sequence ? how->sequence : 1};
    struct act_bytes bytes;
    json_t *payload = kit_json(how->payload);
    json_t *context = json_pack("{s:s, s:s, s:s}", "receiving_state", "AE", "requesting_state",
                                "HN", "priority", "urgent");
    const struct act_content content = {act_type(how->kind), NULL, payload, context, NULL};

    memcpy(core.author, net->store[how->author]->post.author, AUTHOR);
    if (how->like) {
        memcpy(core.case_id, how->like->case_id, CASE_ID);
        if (memcmp(core.author, how->like->author, AUTHOR) != 0)
            memcpy(core.opener,
                   sodium_is_zero(how->like->opener, OPENER) ? how->like->author
                                                             : how->like->opener,
                   OPENER);
    } else {
        randombytes_buf(core.case_id, CASE_ID);
    }
    for (size_t i = 0; i < 4 && how->to[i]; i++)
        audience_add(&core.audience, how->to[i]);
    instant_parse("2026-03-12T12:00:00-06:00", &core.at);
    assert_true(identity_secret(net->store[how->by_other_key ? MX : how->author], POST_KEY_SIGNING,
                                NULL, &secret, &err));
    dispatch_bytes_make(&bytes, &core, &content, root, secret.bytes);
    secret_free(&secret);
    json_decref(payload);
    json_decref(context);
    return bytes;
}

static struct taken_in take(struct kit_net *net, size_t to, struct act_bytes *bytes)
{
    struct error err = ERROR_INIT;
    struct taken_in taken;

    if (!store_take_in(net->store[to], &net->trust[to], NULL, bytes, 1, &taken, &err))
        fail_msg("%s", error_text(&err));
    return taken;
}

/* Takes it in, and lets it go: what became of it. */
static enum incoming take_forged(struct kit_net *net, size_t to, const struct forged *how,
                                 struct taken_in *taken)
{
    struct act_bytes bytes = forge(net, how);

    *taken = take(net, to, &bytes);
    enum incoming what = taken->each[0];
    free(taken->each);
    taken->each = NULL;
    act_bytes_release(&bytes);
    return what;
}

static int64_t number(struct store *store, const char *sql)
{
    struct error err = ERROR_INIT;
    int64_t value;

    assert_true(db_number(store, &value, -1, &err, sql, ""));
    return value;
}

static struct core core_of(const struct act_bytes *bytes)
{
    struct core core;

    assert_true(act_bytes_core(bytes, &core));
    return core;
}

static void only_what_is_for_us_by_whom_we_know(void **state)
{
    static const struct forged poll = {.author = HN,
                                       .kind = ACT_POLL,
                                       .payload = "{'round': 1, 'to': ['MX'], 'reply_by': "
                                                  "'2026-03-17'}",
                                       .to = {"HN", "MX", "ts"}};
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << MX);
    /* Sealed to us by somebody who got it: it stays what it was, for others. */
    assert_int_equal(take_forged(&net, CR, &poll, &taken), INCOMING_FORWARDED);
    struct forged stranger = poll;
    stranger.by_other_key = true;
    assert_int_equal(take_forged(&net, MX, &stranger, &taken), INCOMING_UNKNOWN);
    struct act_bytes bytes = forge(&net, &poll);
    bytes.core.data[bytes.core.size - 1] ^= 1;
    taken = take(&net, MX, &bytes);
    assert_int_equal(taken.each[0], INCOMING_DAMAGED);
    taken_in_release(&taken);
    act_bytes_release(&bytes);
    kit_net_trust(&net, MX, 1 << MX, 1 << MX);
    assert_int_equal(take_forged(&net, MX, &poll, &taken), INCOMING_UNKNOWN);
    for (size_t i = 0; i <= MX; i++)
        assert_int_equal(number(net.store[i], "SELECT count(*) FROM dispatches"), 0);
    assert_int_equal(number(net.store[MX], "SELECT count(*) FROM receipts"), 0);
    kit_net_end(&net);
}

/* Signs what somebody wrote into the core, as actbytes.h says it is signed. */
static void sign_anew(struct kit_net *net, size_t author, struct act_bytes *a)
{
    struct error err = ERROR_INIT;
    struct secret secret;
    crypto_generichash_state state;
    uint8_t hash[crypto_generichash_BYTES_MAX], count = (uint8_t)a->count;
    const uint8_t size[4] = {0, 0, (uint8_t)(a->core.size >> 8), (uint8_t)a->core.size};

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const uint8_t *)"amparo act v1", 14);
    crypto_generichash_update(&state, a->root, ROOT);
    crypto_generichash_update(&state, a->signer, KEY);
    crypto_generichash_update(&state, size, 4);
    crypto_generichash_update(&state, (const uint8_t *)a->core.data, a->core.size);
    crypto_generichash_update(&state, &count, 1);
    crypto_generichash_final(&state, hash, sizeof hash);
    assert_int_equal(a->count, 0);
    assert_true(identity_secret(net->store[author], POST_KEY_SIGNING, NULL, &secret, &err));
    crypto_sign_detached(a->signature, NULL, hash, sizeof hash, secret.bytes);
    secret_free(&secret);
    act_bytes_identify(a);
}

/* Control characters, which a terminal would obey, are in nothing that is taken. */
static void no_escape_sequence_gets_in(void **state)
{
    static const char *const bad[] = {"\x1b[2J",
                                      "a\xc2\x9b"
                                      "b",
                                      "\xe2\x80\xaez", "abc\x07", "ab\xc3\x28"};
    static const struct forged poll = {.author = HN,
                                       .kind = ACT_POLL,
                                       .payload = "{'round': 1, 'to': ['CR'], 'reply_by': "
                                                  "'2026-03-17', 'text': 'ZZZZ'}",
                                       .to = {"CR", "HN"}};
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    for (size_t i = 0; i <= ARRAY_SIZE(bad); i++) {
        bool good = i == ARRAY_SIZE(bad);
        struct act_bytes bytes = forge(&net, &poll);
        char *at = memmem(bytes.core.data, bytes.core.size, "ZZZZ", 4);
        memcpy(at, good ? "good" : bad[i], 4);
        sign_anew(&net, HN, &bytes);
        struct taken_in taken = take(&net, CR, &bytes);
        assert_int_equal(taken.each[0], good ? INCOMING_NEW : INCOMING_DAMAGED);
        taken_in_release(&taken);
        act_bytes_release(&bytes);
    }
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM dispatches"), 1);
    kit_net_end(&net);
}

static void a_replay_is_nothing_new(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_make(net.store[HN], 1);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due due = kit_due(net.store[HN], &reader);
    const uint8_t *sender = net.store[HN]->post.author;
    struct taken_in taken = kit_take(&net, CR, sender, &due);
    taken_in_release(&taken);
    assert_true(db_run(net.store[CR], NULL, "UPDATE receipts SET sent_at = '2026-03-12'", ""));
    for (int i = 0; i < 3; i++) {
        taken = kit_take(&net, CR, sender, &due);
        assert_int_equal(taken.each[0], INCOMING_AGAIN);
        assert_int_equal(taken.kept + taken.recorded + taken.opened, 0);
        taken_in_release(&taken);
    }
    /* Whoever sends it again has had no receipt. */
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM receipts WHERE sent_at = ''"), 1);
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM cases"), 1);
    due_release(&due);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static struct core core_of_poll(struct kit_net *net)
{
    const struct reader reader = kit_reader(&kit_mexican, net->store[MX]);
    struct due due = kit_due(net->store[HN], &reader);
    struct core core = core_of(kit_of_kind(&due, ACT_POLL));

    due_release(&due);
    return core;
}

/* Who was not asked cannot put words into a case, whatever number it gives; and its own case of the
 * same number is another one. */
static void another_posts_case_number_is_of_no_use(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_poll(net.store[HN]);
    kit_make(net.store[HN], 1);
    struct core poll = core_of_poll(&net);
    kit_send_all(&net);
    const struct forged closing = {.author = MX,
                                   .kind = ACT_CLOSE,
                                   .payload = "{'outcome': ['located']}",
                                   .to = {"CR", "HN", "MX", "ts"},
                                   .like = &poll};
    for (size_t to = 0; to < NET; to++)
        if (to != MX)
            assert_int_equal(take_forged(&net, to, &closing, &taken), INCOMING_NEW);
    assert_null(kit_last(net.store[TS], TOLD_TS, ACT_CLOSE, NULL));
    assert_int_equal(
        number(net.store[TS], "SELECT count(*) FROM dispatches WHERE standing = 3 AND act IS NULL"),
        1);
    /* The same number, said to be its own. */
    struct core own = poll;
    memcpy(own.author, net.store[MX]->post.author, AUTHOR);
    const struct forged rival = {.author = MX,
                                 .kind = ACT_POLL,
                                 .payload = "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-19'}",
                                 .to = {"CR", "MX"},
                                 .like = &own};
    assert_int_equal(take_forged(&net, CR, &rival, &taken), INCOMING_NEW);
    assert_int_equal(taken.opened, 1);
    json_t *theirs = kit_last(net.store[CR], THEIRS, ACT_POLL, NULL);
    assert_text(theirs, "reply_by", "2026-03-17");
    json_decref(theirs);
    /* A case that we never opened, said to be ours. */
    randombytes_buf(poll.case_id, CASE_ID);
    const struct forged reply = {
        .author = CR, .kind = ACT_REPLY, .payload = KIT_REPLY, .to = {"CR", "HN"}, .like = &poll};
    assert_int_equal(take_forged(&net, HN, &reply, &taken), INCOMING_NEW);
    assert_int_equal(taken.recorded + taken.opened, 0);
    for (size_t i = 0; i < NET; i++)
        kit_whole(net.store[i]);
    kit_net_end(&net);
}

static void a_fork_is_kept_and_raised(void **state)
{
    static const char *const polls[] = {"{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                                        "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-27'}"};
    struct forged poll = {.author = HN, .kind = ACT_POLL, .to = {"CR", "HN"}};
    struct core like;
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    poll.payload = polls[0];
    struct act_bytes first = forge(&net, &poll);
    like = core_of(&first);
    taken = take(&net, CR, &first);
    assert_int_equal(taken.forked, 0);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    poll.payload = polls[1];
    poll.like = &like;
    assert_int_equal(take_forged(&net, CR, &poll, &taken), INCOMING_NEW);
    assert_int_equal(taken.forked, 1);
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM dispatches"), 2);
    act_bytes_release(&first);
    kit_net_end(&net);
}

/* ---- what the gates refuse ---- */

static void what_the_gates_refuse_is_kept_and_tried_again(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, EVERYBODY);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *note = last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *accept = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", note);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, accept);
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-12T11:30:00-06:00', 'by': 'CR', 'kind': 'liaison', 'persons': [1], "
               "'manner': 'with_authority', 'detail': 'with the police', 'vccr8': 'not_required', "
               "'authority': 'police', " KIT_OVERRIDE "}");
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(taken.refused, 1);
    taken_in_release(&taken);
    assert_null(kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL));
    assert_int_equal(number(net.store[HN],
                            "SELECT count(*) FROM dispatches WHERE refused LIKE '%7.5%' AND act IS "
                            "NULL AND standing = 1"),
                     1);
    /* What stood against it is done away with: then it is recorded at once. */
    kit_record(net.store[HN], KIT_CASE, ACT_AUTHORISE,
               "{'what': 'with_authority', 'by': 'the Directorate', 'reference': '9', 'on': "
               "'2026-03-12'}");
    kit_record(net.store[HN], KIT_CASE, ACT_CONSENT,
               "{'person': 1, 'purpose': 'P6', 'to': 'police', 'given_by': 'self', 'form': 'oral', "
               "'on': '2026-03-12'}");
    json_t *assist = kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL);
    assert_text(assist, "detail", "with the police");
    assert_int_equal(
        number(net.store[HN], "SELECT count(*) FROM dispatches WHERE refused IS NOT NULL"), 0);
    json_decref(assist);
    kit_whole(net.store[HN]);
    free(accept);
    free(note);
    kit_net_end(&net);
}

/* That the owner has closed it is no act of the case here; but it is known. */
static void no_help_after_a_closing_that_came(void **state)
{
    static const char assist[] = "{'at': '%s', 'by': 'CR', 'kind': 'visit', 'persons': [1], "
                                 "'manner': 'good_offices', 'detail': 'she is well'}";
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    for (size_t i = HN; i <= CR; i++)
        store_set_now(net.store[i], "2026-03-14T12:00:00-06:00");
    kit_record(net.store[HN], KIT_CASE, ACT_CLOSE,
               "{'outcome': ['repatriated'], 'unmet_needs': "
               "[]}");
    kit_send_all(&net);
    for (size_t i = HN; i <= CR; i++)
        store_set_now(net.store[i], "2026-03-15T12:00:00-06:00");
    assert_null(kit_last(net.store[CR], THEIRS, ACT_CLOSE, NULL));
    char *late = xasprintf(assist, "2026-03-15T10:00:00-06:00");
    kit_refuse(net.store[CR], THEIRS, ACT_ASSIST, late, ERROR_REFUSED, "7.7: ");
    /* What was given before it is told all the same. */
    char *before = xasprintf(assist, "2026-03-13T10:00:00-06:00");
    kit_record(net.store[CR], THEIRS, ACT_ASSIST, before);
    kit_send_all(&net);
    json_t *told = kit_last(net.store[HN], KIT_CASE, ACT_ASSIST, NULL);
    assert_non_null(told);
    json_decref(told);
    free(before);
    free(late);
    kit_net_end(&net);
}

static void a_clerk_takes_nothing_in(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    struct act_bytes none = ACT_BYTES_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN);
    assert_true(store_add_officer(net.store[HN], "Eva SOSA", ROLE_CLERK, kit_eva, &err));
    struct store *eva = kit_open(kit_tegucigalpa.file, kit_eva);
    assert_false(store_take_in(eva, &net.trust[HN], NULL, &none, 0, &taken, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    error_release(&err);
    taken_in_release(&taken);
    store_close(eva);
    kit_net_end(&net);
}

/* ---- in whatever order, and in parts ---- */

static void order_makes_no_difference(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << TS);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    kit_make(net.store[HN], 4);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due due = kit_due(net.store[HN], &reader);
    assert_int_equal(due.count, 4);
    for (size_t i = due.count; i-- > 0;) { /* the last first, each by itself */
        struct due one = {.list = &due.list[i], .count = 1};
        struct taken_in taken = kit_take(&net, CR, net.store[HN]->post.author, &one);
        assert_int_equal(taken.each[0], INCOMING_NEW);
        taken_in_release(&taken);
    }
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_non_null(case_last(&c, ACT_PERSON));
    assert_non_null(case_last(&c, ACT_NEED));
    assert_non_null(case_last(&c, ACT_NOTE));
    assert_int_equal(c.count, 6);
    case_release(&c);
    due_release(&due);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* Without the parts first: the record of the person is there, and more of it when it comes. */
static void identity_may_come_later(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_record(net.store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net.store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'date': '2026-03-12', 'at': "
               "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    kit_make(net.store[HN], 4);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due bare = kit_due(net.store[HN], &reader), due = kit_due(net.store[HN], &reader);
    for (size_t i = 0; i < bare.count; i++)
        for (size_t k = 0; k < bare.list[i].bytes.count; k++)
            bare.list[i].bytes.parts[k].present = false;
    struct taken_in taken = kit_take(&net, CR, NULL, &bare);
    assert_int_equal(taken.recorded, 3);
    taken_in_release(&taken);
    json_t *person = kit_last(net.store[CR], THEIRS, ACT_PERSON, NULL);
    assert_int_equal(json_object_size(person), 1);
    json_decref(person);
    assert_false(kit_file_tells(net.store[CR], "Karen"));
    kit_whole(net.store[CR]);
    taken = kit_take(&net, CR, NULL, &due);
    assert_int_equal(taken.kept, 0);
    assert_int_equal(taken.recorded, 2); /* the person and the need */
    taken_in_release(&taken);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_int_equal(case_persons(&c, NULL, 0), 1);
    assert_string_equal(entry_text(case_person(&c, 1), "given_names"), "Karen");
    case_release(&c);
    due_release(&due);
    due_release(&bare);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static void a_correction_corrects_here_too(void **state)
{
    struct kit_net net;
    json_t *context;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    char *poll = last_id(net.store[HN], KIT_CASE, ACT_POLL);
    char *correction =
        xasprintf("{'of': '%s', 'reason': 'later', 'payload': {'round': 1, 'to': "
                  "['CR', 'MX'], 'reply_by': '2026-03-19', " KIT_OVERRIDE "}, " KIT_OVERRIDE "}",
                  poll);
    kit_record(net.store[HN], KIT_CASE, ACT_CORRECT, correction);
    kit_send_all(&net);
    json_t *now = kit_last(net.store[CR], THEIRS, ACT_POLL, NULL);
    assert_text(now, "reply_by", "2026-03-19");
    assert_text(json_object_get(now, "transcribed"), "channel", "pouch");
    json_decref(now);
    json_t *correct = kit_last(net.store[CR], THEIRS, ACT_CORRECT, &context);
    assert_non_null(json_object_get(context, case_dispatch_key));
    json_decref(correct);
    json_decref(context);
    kit_whole(net.store[CR]);
    free(correction);
    free(poll);
    kit_net_end(&net);
}

/* Whose receipt was lost, and who has answered since. */
static void an_answer_is_a_receipt(void **state)
{
    static const char waiting[] =
        "SELECT count(*) FROM deliveries v JOIN dispatches d ON d.place = "
        "v.dispatch WHERE acked_at IS NULL AND d.kind = (SELECT kind "
        "FROM dispatches WHERE ours = 1 ORDER BY place DESC LIMIT 1)";
    struct kit_net net;
    struct error err = ERROR_INIT;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << SJ);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *note = last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *acceptance = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", note);
    assert_int_equal(number(net.store[HN], waiting), 0);
    assert_true(db_run(net.store[HN], &err, "UPDATE deliveries SET acked_at = NULL", ""));
    assert_int_equal(number(net.store[HN], waiting), 2);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, acceptance);
    struct taken_in taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    assert_int_equal(number(net.store[HN], waiting), 1); /* their directorate has said nothing */
    free(acceptance);
    free(note);
    kit_net_end(&net);
}

/* Accepted before it was withdrawn, and come after that: the acceptance was given, and stands. */
static void a_late_acceptance_is_recorded(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *ours = last_id(net.store[HN], KIT_CASE, ACT_NOTE);
    char *theirs = last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *withdrawal = xasprintf("{'note': '%s', 'at': '2026-03-12T12:30:00-06:00', 'reason': "
                                 "'she is home'}",
                                 ours);
    char *acceptance = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", theirs);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, acceptance);
    store_set_now(net.store[HN], "2026-03-12T12:30:00-06:00");
    kit_record(net.store[HN], KIT_CASE, ACT_WITHDRAW, withdrawal);
    struct taken_in taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(taken.refused, 0);
    taken_in_release(&taken);
    assert_int_equal(number(net.store[HN], "SELECT count(*) FROM dispatches WHERE refused IS NOT "
                                           "NULL"),
                     0);
    kit_whole(net.store[HN]); /* and the gates say the same of it whenever they are asked anew */
    free(acceptance);
    free(withdrawal);
    free(theirs);
    free(ours);
    kit_net_end(&net);
}

/* Withdrawn here, accepted there, neither knowing of the other: both are kept, and marked. */
static void a_crossing_is_kept_and_marked(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct letters letters;
    size_t marked = 0;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    kit_request_by_pouch(&net);
    char *ours = last_id(net.store[HN], KIT_CASE, ACT_NOTE);
    char *theirs = last_id(net.store[CR], THEIRS, ACT_NOTE);
    char *withdrawal = xasprintf("{'note': '%s', 'at': '2026-03-12T11:45:00-06:00', 'reason': "
                                 "'she is home'}",
                                 ours);
    char *acceptance = xasprintf("{'state': 'CR', 'note': '%s', 'scope': 'visits'}", theirs);
    kit_record(net.store[HN], KIT_CASE, ACT_WITHDRAW, withdrawal);
    kit_record(net.store[CR], THEIRS, ACT_ACCEPT, acceptance);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.kept, 1);
    assert_int_equal(taken.refused, 1); /* there is no request any more that it could accept */
    taken_in_release(&taken);
    assert_true(store_correspondence(net.store[HN], KIT_CASE, &letters, &err));
    for (size_t k = 0; k < letters.count; k++)
        if (letters.list[k].kind == ACT_ACCEPT) {
            marked++;
            assert_int_equal(letters.list[k].verdict.standing, STANDING_COUNTS);
            assert_true(letters.list[k].verdict.crossings & CROSSED_ACCEPTANCE);
            assert_non_null(strstr(letters.list[k].refused, "5: "));
        }
    assert_int_equal(marked, 1);
    letters_release(&letters);
    kit_whole(net.store[HN]);
    kit_whole(net.store[CR]);
    free(acceptance);
    free(withdrawal);
    free(theirs);
    free(ours);
    kit_net_end(&net);
}

/* ---- what an officer had taken down before ---- */

#define BY_HAND                                                                                    \
    "{'role': 'assisting', 'receiving_state': 'AE', 'requesting_state': 'HN', 'priority': "        \
    "'routine', 'source': 'other_post'}"

static void what_was_taken_down_becomes_signed(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_record(net.store[CR], NULL, ACT_OPEN, BY_HAND);
    kit_record(net.store[CR], THEIRS, ACT_POLL,
               "{'round': 1, 'to': ['MX', 'CR'], 'reply_by': '2026-03-17', " KIT_TOLD "}");
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_poll(net.store[HN]);
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.linked, 1);
    assert_int_equal(taken.recorded + taken.opened, 0);
    taken_in_release(&taken);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_int_equal(c.count, 3);
    case_release(&c);
    /* Now that the network knows the case, the answer that was waiting goes. */
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.recorded, 1);
    taken_in_release(&taken);
    kit_whole(net.store[CR]);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* The reply came by telephone, and the request goes by pouch; their own word links with it. */
static void what_was_telephoned_catches_up(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_request(net.store[HN]); /* with the reply as it was told */
    struct taken_in taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.kept, 4);
    taken_in_release(&taken);
    json_t *note = kit_last(net.store[CR], THEIRS, ACT_NOTE, NULL);
    assert_non_null(note);
    json_decref(note);
    taken = kit_send(&net, CR, HN);
    assert_int_equal(taken.linked, 1);
    assert_int_equal(taken.recorded, 0);
    taken_in_release(&taken);
    json_t *reply = kit_last(net.store[HN], KIT_CASE, ACT_REPLY, NULL);
    assert_text(json_object_get(reply, "transcribed"), "channel", "email");
    json_decref(reply);
    kit_whole(net.store[CR]);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* What waits for our own word is looked at again when that is made. */
static void our_own_word_may_be_waited_for(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_make(net.store[HN], 1);
    const struct reader reader = kit_reader(&kit_abu_dhabi, net.store[CR]);
    struct due due = kit_due(net.store[HN], &reader);
    struct core poll = core_of(kit_of_kind(&due, ACT_POLL));
    due_release(&due);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    const struct forged choice = {.author = HN,
                                  .kind = ACT_CHOOSE,
                                  .payload = "{'state': 'CR'}",
                                  .to = {"CR", "HN", "ts"},
                                  .like = &poll,
                                  .sequence = 2};
    assert_int_equal(take_forged(&net, CR, &choice, &taken), INCOMING_NEW);
    assert_int_equal(number(net.store[CR], "SELECT standing FROM dispatches WHERE kind = 18"),
                     STANDING_WAITS);
    kit_trusting(&net.trust[CR]);
    kit_make(net.store[CR], 1);
    kit_trusting(NULL);
    assert_int_equal(number(net.store[CR], "SELECT standing FROM dispatches WHERE kind = 18"),
                     STANDING_COUNTS);
    kit_net_end(&net);
}

static void who_is_unsure_asks_the_officer(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    uint8_t id[ACT_ID_SIZE];
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_record(net.store[CR], NULL, ACT_OPEN, BY_HAND); /* nothing is known of it yet */
    kit_record(net.store[CR], NULL, ACT_OPEN,
               "{'role': 'assisting', 'receiving_state': 'JP', 'requesting_state': 'HN', "
               "'priority': 'routine', 'source': 'other_post'}");
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.unplaced, 1);
    assert_int_equal(taken.opened + taken.recorded, 0);
    taken_in_release(&taken);
    assert_int_equal(
        number(net.store[CR], "SELECT count(*) FROM dispatches WHERE refused LIKE '%" THEIRS "%'"),
        1);
    sqlite3_stmt *row = db_query(net.store[CR], &err, "SELECT id FROM dispatches", "");
    bool failed;
    assert_true(db_step(net.store[CR], row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    /* A case of other States is not it. */
    assert_false(
        store_place_case(net.store[CR], &net.trust[CR], id, "CRAUH-2026-0002", &taken, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_true(store_place_case(net.store[CR], &net.trust[CR], id, THEIRS, &taken, &err));
    assert_int_equal(taken.recorded, 1);
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM cases"), 2);
    assert_int_equal(number(net.store[CR], "SELECT count(*) FROM dispatches WHERE refused IS NULL"),
                     1);
    assert_false(store_place_case(net.store[CR], &net.trust[CR], id, NULL, &taken, &err));
    error_clear(&err);
    error_release(&err);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

static void or_opens_another_one(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    uint8_t id[ACT_ID_SIZE];
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_record(net.store[CR], NULL, ACT_OPEN, BY_HAND);
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.unplaced, 1);
    taken_in_release(&taken);
    sqlite3_stmt *row = db_query(net.store[CR], &err, "SELECT id FROM dispatches", "");
    bool failed;
    assert_true(db_step(net.store[CR], row, &failed, &err) && db_bytes(row, 0, id, sizeof id));
    db_done(row);
    assert_true(store_place_case(net.store[CR], &net.trust[CR], id, NULL, &taken, &err));
    assert_int_equal(taken.opened, 1);
    assert_int_equal(taken.recorded, 1);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* A person recorded by hand keeps the number here, whatever it is there. */
static void persons_keep_their_numbers(void **state)
{
    struct kit_net net;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_PERSON,
               "{'person': 1, 'surname_1': 'LÓPEZ', 'given_names': 'José', 'nationalities': []}");
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_request(net.store[HN]);
    kit_send_all(&net);
    struct case_file c = kit_case_of(net.store[CR], THEIRS);
    assert_int_equal(case_persons(&c, NULL, 0), 2);
    assert_string_equal(entry_text(case_person(&c, 2), "given_names"), "Karen");
    assert_true(entry_has_person(case_last(&c, ACT_NOTE), "persons", 2));
    assert_false(entry_has_person(case_last(&c, ACT_NOTE), "persons", 1));
    case_release(&c);
    /* And what is said of her goes back under the number that she has there. */
    kit_record(net.store[CR], THEIRS, ACT_ASSIST,
               "{'at': '2026-03-12T11:30:00-06:00', 'by': 'CR', 'kind': 'visit', 'persons': [2], "
               "'manner': 'good_offices', 'detail': 'she is well'}");
    kit_send_all(&net);
    c = kit_case_of(net.store[HN], KIT_CASE);
    assert_true(entry_has_person(case_last(&c, ACT_ASSIST), "persons", 1));
    case_release(&c);
    kit_whole(net.store[CR]);
    kit_whole(net.store[HN]);
    kit_net_end(&net);
}

/* ---- room ---- */

static void nobody_fills_the_file(void **state)
{
    struct kit_net net;
    struct taken_in taken;
    struct core like = {.kind = 0};
    size_t kept = 0;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR | 1 << MX);
    memcpy(like.author, net.store[HN]->post.author, AUTHOR);
    randombytes_buf(like.case_id, CASE_ID);
    for (int i = 0; i < INCOMING_IDLE_MOST + 3; i++) {
        const struct forged idle = {.author = MX,
                                    .kind = ACT_REPLY,
                                    .payload = "{'state': 'MX', 'round': 1, 'legal': 'yes', "
                                               "'material': 'yes', 'offer': false, 'services': []}",
                                    .to = {"CR", "HN", "MX"},
                                    .like = &like,
                                    .sequence = (uint64_t)i + 1};
        enum incoming what = take_forged(&net, CR, &idle, &taken);
        assert_true(what == INCOMING_NEW || what == INCOMING_TOO_MANY);
        kept += what == INCOMING_NEW;
    }
    assert_int_equal(kept, INCOMING_IDLE_MOST);
    /* Another author has room of its own. */
    kit_poll(net.store[HN]);
    taken = kit_send(&net, HN, CR);
    assert_int_equal(taken.opened, 1);
    taken_in_release(&taken);
    kit_net_end(&net);
}

/* What counts takes no room, however much of it comes at once. */
static void much_that_counts_comes_at_once(void **state)
{
    enum { MANY = INCOMING_IDLE_MOST + 4 };
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    struct act_bytes *batch = xcalloc(MANY, sizeof *batch);
    struct core like;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    for (int i = 0; i < MANY; i++) {
        char *payload = xasprintf("{'round': %d, 'to': ['CR'], 'reply_by': '2026-03-17'}", i + 1);
        const struct forged poll = {.author = HN,
                                    .kind = ACT_POLL,
                                    .payload = payload,
                                    .to = {"CR", "HN"},
                                    .like = i ? &like : NULL,
                                    .sequence = (uint64_t)i + 1};
        batch[i] = forge(&net, &poll);
        like = core_of(&batch[i]);
        free(payload);
    }
    assert_true(store_take_in(net.store[CR], &net.trust[CR], NULL, batch, MANY, &taken, &err));
    assert_int_equal(taken.kept, MANY);
    assert_int_equal(taken.recorded, MANY);
    taken_in_release(&taken);
    for (int i = 0; i < MANY; i++)
        act_bytes_release(&batch[i]);
    free(batch);
    kit_net_end(&net);
}

static void nobody_opens_cases_without_end(void **state)
{
    static const struct forged poll = {.author = HN,
                                       .kind = ACT_POLL,
                                       .payload = "{'round': 1, 'to': ['CR'], 'reply_by': "
                                                  "'2026-03-17'}",
                                       .to = {"CR", "HN"}};
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    size_t opened = 0;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    for (int i = 0; i < INCOMING_CASES_MOST + 2; i++) {
        assert_int_equal(take_forged(&net, CR, &poll, &taken), INCOMING_NEW);
        opened += taken.opened;
    }
    assert_int_equal(opened, INCOMING_CASES_MOST);
    store_set_now(net.store[CR], "2026-03-13T12:00:00-06:00");
    assert_true(store_settle_cases(net.store[CR], &net.trust[CR], &taken, &err));
    assert_int_equal(taken.opened, 2);
    kit_net_end(&net);
}

/* ---- trust ---- */

/* A request waits for the telephone; then it is taken up. */
static void an_unverified_request_waits(void **state)
{
    struct kit_net net;
    struct error err = ERROR_INIT;
    struct taken_in taken;
    (void)state;

    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_trust(&net, CR, 1 << HN | 1 << CR, 1 << CR);
    kit_poll(net.store[HN]);
    kit_send_all(&net);
    kit_record(net.store[CR], THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(&net);
    kit_request(net.store[HN]);
    kit_send_all(&net);
    assert_null(kit_last(net.store[CR], THEIRS, ACT_NOTE, NULL));
    kit_net_trust(&net, CR, 1 << HN | 1 << CR, 1 << HN | 1 << CR);
    assert_true(store_settle_cases(net.store[CR], &net.trust[CR], &taken, &err));
    assert_int_equal(taken.recorded, 1);
    json_t *note = kit_last(net.store[CR], THEIRS, ACT_NOTE, NULL);
    assert_non_null(note);
    json_decref(note);
    kit_whole(net.store[CR]);
    kit_net_end(&net);
}

/* ---- pouches ---- */

static void a_pouch_is_known_again(void **state)
{
    struct store *store = kit_office(&kit_abu_dhabi);
    struct error err = ERROR_INIT;
    uint8_t hash[HASH] = {1}, sender[POST_ID] = {2};
    bool seen;
    json_t *said;
    (void)state;

    assert_true(store_pouch_seen(store, hash, &seen, &said, &err));
    assert_false(seen);
    json_t *what = kit_json("{'new': 3}");
    assert_true(store_note_pouch(store, hash, sender, what, &err));
    assert_true(store_pouch_seen(store, hash, &seen, &said, &err));
    assert_true(seen);
    assert_true(json_equal(said, what));
    json_decref(said);
    json_decref(what);
    store_close(store);
    store_remove_file(kit_path(kit_abu_dhabi.file));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_poll_opens_a_case),
        cmocka_unit_test(a_request_brings_its_persons),
        cmocka_unit_test(the_secretariat_is_told_without_identity),
        cmocka_unit_test(only_what_is_for_us_by_whom_we_know),
        cmocka_unit_test(no_escape_sequence_gets_in),
        cmocka_unit_test(a_replay_is_nothing_new),
        cmocka_unit_test(another_posts_case_number_is_of_no_use),
        cmocka_unit_test(a_fork_is_kept_and_raised),
        cmocka_unit_test(what_the_gates_refuse_is_kept_and_tried_again),
        cmocka_unit_test(no_help_after_a_closing_that_came),
        cmocka_unit_test(a_clerk_takes_nothing_in),
        cmocka_unit_test(order_makes_no_difference),
        cmocka_unit_test(identity_may_come_later),
        cmocka_unit_test(a_correction_corrects_here_too),
        cmocka_unit_test(an_answer_is_a_receipt),
        cmocka_unit_test(a_late_acceptance_is_recorded),
        cmocka_unit_test(a_crossing_is_kept_and_marked),
        cmocka_unit_test(what_was_taken_down_becomes_signed),
        cmocka_unit_test(what_was_telephoned_catches_up),
        cmocka_unit_test(our_own_word_may_be_waited_for),
        cmocka_unit_test(who_is_unsure_asks_the_officer),
        cmocka_unit_test(or_opens_another_one),
        cmocka_unit_test(persons_keep_their_numbers),
        cmocka_unit_test(nobody_fills_the_file),
        cmocka_unit_test(much_that_counts_comes_at_once),
        cmocka_unit_test(nobody_opens_cases_without_end),
        cmocka_unit_test(an_unverified_request_waits),
        cmocka_unit_test(a_pouch_is_known_again),
    };

    return cmocka_run_group_tests_name("store incoming", tests, kit_begin, kit_end);
}
