/* SPDX-License-Identifier: MIT */
/* What goes to whom: the same content shares a pouch, and a large one goes in several. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/parcel.h"
#include "pouch_kit.h"

#define POLL                                                                                       \
    "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-13', 'needs': ['medical'],"             \
    " 'languages': ['es'], 'area': 'Casablanca'}"

enum { POSTS = 4, ACTS = 40, RECEIPTS = 1500 };

static unsigned known = 9;

/* Posts 2 to 4 get what post 1 says. */
struct world {
    struct kit_post posts[POSTS];
    struct act_bytes acts[ACTS];
    uint8_t receipts[RECEIPTS][RECEIPT];
    struct parcel parcels[POSTS - 1];
    struct parcel_sealing how;
};

static void begin(struct world *w)
{
    static const uint8_t machine[ENVELOPE_SECRET] = {7};

    memset(w, 0, sizeof *w);
    for (unsigned i = 0; i < POSTS; i++)
        kit_post(&w->posts[i], i + 1);
    for (unsigned i = 0; i < ACTS; i++)
        kit_dispatch(&w->acts[i], &w->posts[0], "poll", POLL, "CR,MX", i + 1);
    for (unsigned i = 0; i < RECEIPTS; i++)
        memcpy(w->receipts[i], &i, sizeof i);
    for (size_t i = 0; i + 1 < POSTS; i++) {
        struct parcel *p = &w->parcels[i];
        memcpy(p->post, w->posts[i + 1].id, POST_ID);
        memcpy(p->sealing, w->posts[i + 1].key, ENVELOPE_KEY);
        memcpy(p->content.sender, w->posts[0].id, POST_ID);
        p->content.dispatches = w->acts;
        p->content.receipts = w->receipts;
    }
    w->how = (struct parcel_sealing){.machine = machine, .signing = w->posts[0].sign};
}

static void end(struct world *w)
{
    for (size_t i = 0; i < ACTS; i++)
        act_bytes_release(&w->acts[i]);
}

static void pack(const struct world *w, struct packed_list *out)
{
    struct error err = ERROR_INIT;

    if (!parcels_pack(w->parcels, POSTS - 1, &w->how, out, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}

/* What that post finds in it. */
static void open_as(const struct world *w, const struct packed *pouch, size_t post,
                    struct content *out)
{
    struct buf inner = BUF_INIT;
    struct error err = ERROR_INIT;

    if (!envelope_open(&inner, pouch->bytes.data, pouch->bytes.size, w->posts[post].secret, 1, NULL,
                       &err) ||
        !content_take(out, inner.data, inner.size, kit_key_of, &known, &err))
        fail_msg("%s", error_text(&err));
    buf_release(&inner);
    error_release(&err);
}

/* Every dispatch and receipt of each parcel is in pouches to it, once, in order. */
static void assert_all_arrives(const struct world *w, const struct packed_list *packed)
{
    for (size_t i = 0; i + 1 < POSTS; i++) {
        const struct content *sent = &w->parcels[i].content;
        size_t acts = 0, receipts = 0;
        for (size_t p = 0; p < packed->count; p++) {
            const struct packed *pouch = &packed->list[p];
            struct content got = CONTENT_INIT;
            for (size_t t = 0; t < pouch->to_count; t++) {
                if (pouch->to[t].parcel != i)
                    continue;
                assert_true(!pouch->count || pouch->to[t].first == acts);
                assert_true(!pouch->receipt_count || pouch->to[t].first_receipt == receipts);
                open_as(w, pouch, i + 1, &got);
                assert_int_equal(got.count, pouch->count);
                for (size_t j = 0; j < got.count; j++)
                    assert_memory_equal(got.dispatches[j].id, sent->dispatches[acts++].id,
                                        ACT_ID_SIZE);
                for (size_t j = 0; j < got.receipt_count; j++)
                    assert_memory_equal(got.receipts[j], sent->receipts[receipts++], RECEIPT);
                content_release(&got);
            }
        }
        assert_int_equal(acts, sent->count);
        assert_int_equal(receipts, sent->receipt_count);
    }
}

static void what_is_the_same_shares_a_pouch(void **state)
{
    struct world w;
    struct packed_list packed;
    (void)state;

    begin(&w);
    for (size_t i = 0; i + 1 < POSTS; i++)
        w.parcels[i].content.count = 1;
    pack(&w, &packed);
    assert_int_equal(packed.count, 1);
    assert_int_equal(packed.list[0].to_count, 3);
    assert_all_arrives(&w, &packed);
    packed_release(&packed);

    /* One that has another part withheld, or a receipt, has a pouch of its own. */
    w.parcels[1].content.receipt_count = 1;
    pack(&w, &packed);
    assert_int_equal(packed.count, 2);
    assert_int_equal(packed.list[0].to_count, 2);
    assert_int_equal(packed.list[0].to[1].parcel, 2);
    assert_int_equal(packed.list[1].to_count, 1);
    assert_int_equal(packed.list[1].to[0].parcel, 1);
    assert_all_arrives(&w, &packed);
    packed_release(&packed);

    /* One for whom there is nothing has none. */
    w.parcels[0].content.count = 0;
    pack(&w, &packed);
    for (size_t p = 0; p < packed.count; p++)
        assert_int_not_equal(packed.list[p].to[0].parcel, 0);
    assert_all_arrives(&w, &packed);
    packed_release(&packed);
    end(&w);
}

static void what_is_too_much_goes_in_several(void **state)
{
    struct world w;
    struct packed_list packed;
    (void)state;

    begin(&w);
    w.how.most = 1024;
    w.parcels[0].content.count = ACTS;
    w.parcels[0].content.receipt_count = 9;
    w.parcels[1].content.receipt_count = RECEIPTS; /* more than one pouch takes */
    w.parcels[2].content.count = 1;
    w.parcels[2].content.receipt_count = 100; /* larger than `most` with the one dispatch */
    pack(&w, &packed);
    assert_true(packed.count > 10);
    for (size_t i = 0; i < packed.count; i++)
        assert_true(packed.list[i].bytes.size <= w.how.most);
    assert_all_arrives(&w, &packed);
    packed_release(&packed);

    /* A dispatch larger than `most` goes all the same, alone. */
    w.how.most = ENVELOPE_LEAST;
    w.parcels[0].content.count = 3;
    w.parcels[0].content.receipt_count = 0;
    w.parcels[1].content.receipt_count = w.parcels[2].content.receipt_count = 0;
    pack(&w, &packed);
    assert_int_equal(packed.count, 3);
    assert_int_equal(packed.list[0].to_count, 2); /* and the first is the third post's too */
    assert_all_arrives(&w, &packed);
    packed_release(&packed);
    end(&w);
}

static void a_key_that_is_none_is_said(void **state)
{
    struct world w;
    struct packed_list packed;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&w);
    w.parcels[0].content.count = 1;
    memset(w.parcels[0].sealing, 0, ENVELOPE_KEY);
    assert_false(parcels_pack(w.parcels, POSTS - 1, &w.how, &packed, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(packed.count, 0);
    error_release(&err);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_the_same_shares_a_pouch),
        cmocka_unit_test(what_is_too_much_goes_in_several),
        cmocka_unit_test(a_key_that_is_none_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
