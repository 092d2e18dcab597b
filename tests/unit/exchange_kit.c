/* SPDX-License-Identifier: MIT */
#include "exchange_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/correspondence.h"
#include "amparo/store/directory.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustsay.h"
#include "amparo/store/verify.h"

const struct kit_office kit_tegucigalpa = {"hn", "HN", "HNTGU", "directorate", "HN", "Tegucigalpa"},
                        kit_abu_dhabi = {"cr", "CR", "CRAUH", "consulate", "AE", "Abu Dhabi"},
                        kit_mexican = {"mx", "MX", "MXAUH", "consulate", "AE", "Abu Dhabi"},
                        kit_san_jose = {"crdir", "CR", "CRSJO", "directorate", "CR", "San José"},
                        kit_secretariat = {"ts", "CR", "TS", "secretariat", "CR", "San José"};

struct store *kit_office(const struct kit_office *post)
{
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct store *store;
    struct post_profile profile = {xstrdup(post->state),  xstrdup(post->code),
                                   xstrdup("Our office"), xstrdup(post->country),
                                   xstrdup(post->city),   xstrdup(post->kind)};

    store_remove_file(kit_path(post->file)); /* of a test that failed */
    if (!store_create(kit_path(post->file), &profile, "Ana PINEDA", kit_ana,
                      STORE_UNSYNCED | STORE_NO_SECRET, &store, &recovery, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&recovery);
    post_profile_release(&profile);
    store_set_now(store, "2026-03-12T12:00:00-06:00");
    if (!store_make_identity(store, &err))
        fail_msg("%s", error_text(&err));
    return store;
}

struct reader kit_reader(const struct kit_office *post, struct store *store)
{
    struct reader reader = {.directorate = strcmp(post->kind, "directorate") == 0};
    bool secretariat = strcmp(post->kind, "secretariat") == 0;

    memcpy(reader.post, store->post.author, POST_ID);
    memcpy(reader.code, secretariat ? CODE_SECRETARIAT : post->state, AUDIENCE_CODE);
    memcpy(reader.country, post->country, AUDIENCE_CODE);
    return reader;
}

void kit_take_part(struct store *store)
{
    static const char *const states[] = {"HN", "MX", "CR"};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(states); i++)
        if (!store_directory_set_party(store, states[i], (struct date){2026, 1, 1}, NULL,
                                       "a letter", &err))
            fail_msg("%s", error_text(&err));
}

void kit_poll(struct store *store)
{
    kit_take_part(store);
    kit_record(store, NULL, ACT_OPEN,
               "{'role': 'requesting', 'receiving_state': 'AE', 'priority': 'urgent', 'source': "
               "'phone'}");
    kit_record(store, KIT_CASE, ACT_PERSON,
               "{'person': 1, 'surname_1': 'RAMÍREZ', 'given_names': 'Karen', 'nationalities': "
               "[{'state': 'HN', 'proof': 'passport'}], 'phone': '+971501234567'}");
    kit_record(store, KIT_CASE, ACT_SITUATION,
               "{'locality': 'Sharjah', 'address': 'Palm Street 7'}");
    kit_record(store, KIT_CASE, ACT_GROUND,
               "{'person': 1, 'code': 'G5', 'perpetrator': 'employer', 'facts': 'unpaid'}");
    kit_record(store, KIT_CASE, ACT_NEED,
               "{'person': 1, 'need': 'shelter', 'urgency': '24h', 'detail': 'near the sea'}");
    kit_record(store, KIT_CASE, ACT_CONSENT,
               "{'person': 1, 'purpose': 'P4', 'to': 'CR', 'given_by': 'self', 'form': 'oral', "
               "'on': '2026-03-12'}");
    kit_record(store, KIT_CASE, ACT_POLL,
               "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-17', 'needs': ['shelter'], "
               "'languages': ['es'], " KIT_OVERRIDE "}");
}

const char *kit_request(struct store *store)
{
    kit_record(store, KIT_CASE, ACT_REPLY,
               "{'state': 'CR', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true, "
               "'services': ['shelter'], " KIT_TOLD "}");
    kit_record(store, KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'Palm Street is near'}");
    return kit_record(
        store, KIT_CASE, ACT_NOTE,
        "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', 'city': "
        "'Abu Dhabi'}, 'persons': [1], 'scope': 'a visit to Karen', 'date': '2026-03-12', 'at': "
        "'2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
}

static const struct trusted *trusting;

void kit_trusting(const struct trusted *trust)
{
    trusting = trust;
}

/* A directory of that reader alone, whose key was compared. */
static void trust_all(struct trusted *trust, const struct reader *to)
{
    struct trust_contact contact = {.code = "X",
                                    .name = "Our office",
                                    .country = to->country,
                                    .city = "Abu Dhabi",
                                    .kind = to->directorate ? "directorate" : "consulate"};
    struct trust_check check = {
        .on = {2026, 3, 1}, .called = "them", .number = "+97145550100", .by = "Ana PINEDA"};

    trust_init(trust);
    memcpy(contact.post, to->post, POST_ID);
    memcpy(contact.key, to->post, POST_ID);
    if (strcmp(to->code, CODE_SECRETARIAT) != 0)
        memcpy(contact.state, to->code, sizeof contact.state);
    memcpy(check.key, contact.key, sizeof check.key);
    trust_add_contact(trust, &contact);
    trust_add_check(trust, &check);
    trust_fold(trust);
}

size_t kit_make_any(struct store *store)
{
    struct error err = ERROR_INIT;
    struct trusted none;
    size_t made;

    trust_init(&none);
    trust_fold(&none);
    if (!store_make_dispatches(store, trusting ? trusting : &none, &made, &err))
        fail_msg("%s", error_text(&err));
    trust_release(&none);
    return made;
}

void kit_make(struct store *store, size_t made)
{
    struct error err = ERROR_INIT;
    size_t is = kit_make_any(store);
    bool failed;

    if (is != made) {
        sqlite3_stmt *row = db_query(store, &err, "SELECT reason FROM held", "");
        while (db_step(store, row, &failed, &err))
            print_error("held: %s\n", (const char *)sqlite3_column_text(row, 0));
    }
    assert_int_equal(is, made);
}

struct due kit_due(struct store *store, const struct reader *to)
{
    struct error err = ERROR_INIT;
    struct trusted all;
    struct due due;

    trust_all(&all, to);
    if (!store_due(store, trusting ? trusting : &all, to, 1, &due, &err))
        fail_msg("%s", error_text(&err));
    trust_release(&all);
    return due;
}

static enum act_kind kind_of(const struct act_bytes *bytes)
{
    struct core core;

    assert_true(act_bytes_core(bytes, &core));
    return (enum act_kind)core.kind;
}

size_t kit_count(const struct due *due, enum act_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < due->count; i++)
        count += kind_of(&due->list[i].bytes) == kind;
    return count;
}

const struct act_bytes *kit_of_kind(const struct due *due, enum act_kind kind)
{
    const struct act_bytes *found = NULL;

    assert_int_equal(kit_count(due, kind), 1);
    for (size_t i = 0; i < due->count; i++)
        if (kind_of(&due->list[i].bytes) == kind)
            found = &due->list[i].bytes;
    return found;
}

bool kit_tells(const struct due *due, const char *text)
{
    bool tells = false;

    for (size_t i = 0; i < due->count; i++) {
        const struct act_bytes *a = &due->list[i].bytes;
        tells |= memmem(a->core.data, a->core.size, text, strlen(text)) != NULL;
        for (size_t k = 0; k < a->count; k++)
            tells |= a->parts[k].bytes.size &&
                     memmem(a->parts[k].bytes.data, a->parts[k].bytes.size, text, strlen(text));
    }
    return tells;
}

json_t *kit_payload(const struct act_bytes *bytes)
{
    json_t *payload, *context;

    assert_true(act_bytes_read(bytes, &payload, &context));
    json_decref(context);
    return payload;
}

/* ---- several posts ---- */

static const struct kit_office *const all_posts[NET] = {
    [HN] = &kit_tegucigalpa, [CR] = &kit_abu_dhabi, [MX] = &kit_mexican,
    [TS] = &kit_secretariat, [SJ] = &kit_san_jose,
};

void kit_net_trust(struct kit_net *net, size_t whose, unsigned known, unsigned checked)
{
    struct trusted *trust = &net->trust[whose];
    struct error err = ERROR_INIT;

    trust_release(trust);
    trust_init(trust);
    for (size_t i = 0; i < NET; i++) {
        const struct kit_office *p = net->post[i];
        struct identity identity;
        if (!p || !(known & 1u << i))
            continue;
        assert_true(store_identity(net->store[i], &identity, &err));
        struct trust_contact contact = {.code = p->code,
                                        .name = "Our office",
                                        .country = p->country,
                                        .city = p->city,
                                        .kind = p->kind,
                                        .own = i == whose};
        memcpy(contact.post, identity.post, POST_ID);
        memcpy(contact.key, identity.signing, KEY);
        if (i != TS)
            memcpy(contact.state, p->state, 3);
        trust_add_contact(trust, &contact);
        struct trust_check check = {
            .on = {2026, 3, 1}, .called = "them", .number = "+97145550100", .by = "Ana PINEDA"};
        memcpy(check.key, identity.signing, KEY);
        if (checked & 1u << i)
            trust_add_check(trust, &check);
    }
    trust_fold(trust);
}

void kit_net_begin(struct kit_net *net, unsigned who)
{
    memset(net, 0, sizeof *net);
    for (size_t i = 0; i < NET; i++) {
        trust_init(&net->trust[i]);
        if (!(who & 1u << i))
            continue;
        net->post[i] = all_posts[i];
        net->store[i] = kit_office(all_posts[i]);
    }
    for (size_t i = 0; i < NET; i++)
        if (net->post[i])
            kit_net_trust(net, i, who, who);
}

static void take_card(struct store *store, struct store *of)
{
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    struct card card;

    if (!trust_card(of, false, &card, &text, &err) ||
        !trust_take_card(store, buf_text(&text), &err) ||
        !trust_note_check(store, card.key, "them", "+97145550100", &err))
        fail_msg("%s", error_text(&err));
    card_release(&card);
    buf_release(&text);
}

void kit_net_cards(struct kit_net *net)
{
    for (size_t i = 0; i < NET; i++)
        for (size_t k = 0; k < NET; k++)
            if (i != k && net->post[i] && net->post[k])
                take_card(net->store[i], net->store[k]);
}

void kit_net_end(struct kit_net *net)
{
    for (size_t i = 0; i < NET; i++) {
        trust_release(&net->trust[i]);
        if (!net->post[i])
            continue;
        store_close(net->store[i]);
        store_remove_file(kit_path(net->post[i]->file));
    }
}

struct taken_in kit_take(struct kit_net *net, size_t to, const uint8_t *sender,
                         const struct due *due)
{
    struct error err = ERROR_INIT;
    struct act_bytes *batch = xcalloc(due->count + 1, sizeof *batch);
    struct taken_in taken;

    for (size_t i = 0; i < due->count; i++)
        batch[i] = due->list[i].bytes;
    if (!store_take_in(net->store[to], &net->trust[to], sender, batch, due->count, &taken, &err))
        fail_msg("%s", error_text(&err));
    free(batch);
    return taken;
}

void kit_counts_agree(struct store *store)
{
    struct error err = ERROR_INIT;
    struct inbox_counts counts;
    struct letters letters;
    size_t asking = 0, unplaced = 0, odd = 0;

    if (!store_inbox(store, &letters, &err) || !store_inbox_counts(store, &counts, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < letters.count; i++) {
        const struct letter *l = &letters.list[i];
        bool stands =
            l->verdict.standing == STANDING_COUNTS || l->verdict.standing == STANDING_SUPERSEDED;
        asking += l->asks;
        unplaced += l->unplaced;
        odd += !l->unplaced && (!stands || l->refused || l->verdict.forked);
    }
    letters_release(&letters);
    assert_int_equal(counts.asking, asking);
    assert_int_equal(counts.unplaced, unplaced);
    assert_int_equal(counts.odd, odd);
}

struct taken_in kit_send(struct kit_net *net, size_t from, size_t to)
{
    struct error err = ERROR_INIT;
    const struct reader reader = kit_reader(net->post[to], net->store[to]);
    const struct reader back = kit_reader(net->post[from], net->store[from]);

    if (!store_make_dispatches(net->store[from], &net->trust[from], NULL, &err))
        fail_msg("%s", error_text(&err));
    kit_trusting(&net->trust[from]);
    struct due due = kit_due(net->store[from], &reader);
    kit_trusting(NULL);
    struct taken_in taken = kit_take(net, to, back.post, &due);
    assert_true(store_sent(net->store[from], reader.post, &due, &err));
    due_release(&due);
    due = kit_due(net->store[to], &back);
    uint8_t(*receipts)[RECEIPT_SHORT] = xcalloc(due.receipt_count + 1, sizeof *receipts);
    for (size_t i = 0; i < due.receipt_count; i++)
        memcpy(receipts[i], due.receipts[i], RECEIPT_SHORT);
    assert_true(
        store_acknowledged(net->store[from], reader.post, receipts, due.receipt_count, NULL, &err));
    free(receipts);
    due_release(&due);
    kit_counts_agree(net->store[from]);
    kit_counts_agree(net->store[to]);
    return taken;
}

struct case_file kit_case_of(struct store *store, const char *reference)
{
    struct error err = ERROR_INIT;
    struct case_file c;

    if (!store_case(store, reference, &c, &err))
        fail_msg("%s", error_text(&err));
    return c;
}

json_t *kit_last(struct store *store, const char *reference, enum act_kind kind, json_t **context)
{
    struct case_file c = kit_case_of(store, reference);
    const struct entry *e = case_last(&c, kind);
    json_t *payload = e ? json_deep_copy(e->payload) : NULL;

    if (context)
        *context = e ? json_deep_copy(e->act->context) : NULL;
    case_release(&c);
    return payload;
}

void kit_whole(struct store *store)
{
    struct error err = ERROR_INIT;
    struct verified verified;

    if (!store_verify(store, NULL, NULL, &verified, &err))
        fail_msg("%s", error_text(&err));
    assert_string_equal(buf_text(&verified.notes), "");
    buf_release(&verified.notes);
}

void kit_send_all(struct kit_net *net)
{
    for (size_t from = 0; from < NET; from++)
        for (size_t to = 0; to < NET; to++) {
            if (from == to || !net->post[from] || !net->post[to])
                continue;
            struct taken_in taken = kit_send(net, from, to);
            assert_int_equal(taken.refused, 0);
            assert_int_equal(taken.unplaced, 0);
            taken_in_release(&taken);
        }
}

void kit_request_by_pouch(struct kit_net *net)
{
    kit_poll(net->store[HN]);
    kit_send_all(net);
    kit_record(net->store[CR], KIT_THEIRS, ACT_REPLY, KIT_REPLY);
    kit_send_all(net);
    kit_record(net->store[HN], KIT_CASE, ACT_CHOOSE, "{'state': 'CR', 'reason': 'it is near'}");
    kit_record(net->store[HN], KIT_CASE, ACT_NOTE,
               "{'kind': 'REQ', 'direction': 'out', 'to': {'state': 'CR', 'office': 'Consulate', "
               "'city': 'Abu Dhabi'}, 'persons': [1], 'scope': 'a visit to Karen', 'date': "
               "'2026-03-12', 'at': '2026-03-12T11:00:00-06:00', " KIT_OVERRIDE "}");
    kit_send_all(net);
}

bool kit_file_tells(struct store *store, const char *what)
{
    struct error err = ERROR_INIT;
    bool failed, tells = false;
    sqlite3_stmt *row = db_query(store, &err,
                                 "SELECT core FROM dispatches UNION ALL SELECT said FROM "
                                 "dispatch_parts UNION ALL SELECT core FROM acts UNION ALL SELECT "
                                 "bytes FROM parts",
                                 "");

    while (db_step(store, row, &failed, &err)) {
        const void *bytes = sqlite3_column_blob(row, 0);
        int size = sqlite3_column_bytes(row, 0);
        tells |= size && memmem(bytes, (size_t)size, what, strlen(what));
    }
    return tells;
}
