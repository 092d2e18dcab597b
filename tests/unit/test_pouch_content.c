/* SPDX-License-Identifier: MIT */
/* What is in a pouch: it comes out as it was put in, and what is tried against it. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/cbor.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/codec.h"
#include "pouch_kit.h"

#define POLL                                                                                       \
    "{'round': 1, 'to': ['CR', 'MX'], 'reply_by': '2026-03-13', 'needs': ['medical'],"             \
    " 'languages': ['es'], 'area': 'Casablanca'}"
#define REPLY                                                                                      \
    "{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', 'offer': true,"                \
    " 'services': ['medical'], 'by': 'the duty officer'}"

static unsigned known = 9; /* posts whose keys are had */

/* Two posts' dispatches, the second post's with a part, and receipts of the third. */
struct some {
    struct kit_post posts[3];
    struct act_bytes acts[4];
    struct content content;
};

static void begin(struct some *s)
{
    for (unsigned i = 0; i < 3; i++)
        kit_post(&s->posts[i], i + 1);
    kit_dispatch(&s->acts[0], &s->posts[0], "poll", POLL, "CR,MX", 1);
    kit_dispatch(&s->acts[1], &s->posts[1], "reply", REPLY, "HN", 1);
    kit_dispatch(&s->acts[2], &s->posts[0], "poll", POLL, "CR", 2);
    kit_dispatch(&s->acts[3], &s->posts[1], "reply", REPLY, "HN,ts", 2);
    s->content = (struct content){.dispatches = s->acts, .count = 4};
    memcpy(s->content.sender, s->posts[0].id, AUTHOR);
}

static void end(struct some *s)
{
    for (size_t i = 0; i < 4; i++)
        act_bytes_release(&s->acts[i]);
}

static void add_receipts(struct some *s, size_t count, const struct kit_post *by)
{
    s->content.receipts = xcalloc(count, sizeof *s->content.receipts);
    s->content.receipt_count = count;
    for (size_t i = 0; i < count; i++)
        memset(s->content.receipts[i], (int)i, RECEIPT);
    content_sign_receipts(&s->content, by->sign);
}

static void put(struct buf *inner, const struct content *c)
{
    struct error err = ERROR_INIT;

    buf_clear(inner);
    if (!content_put(inner, c, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}

static void take(struct content *c, const struct buf *inner)
{
    struct error err = ERROR_INIT;

    *c = (struct content)CONTENT_INIT;
    if (!content_take(c, inner->data, inner->size, kit_key_of, &known, &err))
        fail_msg("%s", error_text(&err));
    error_release(&err);
}

static void assert_refused(const struct buf *inner)
{
    struct content c = CONTENT_INIT;
    struct error err = ERROR_INIT;

    assert_false(content_take(&c, buf_text(inner), inner->size, kit_key_of, &known, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(c.count, 0);
    assert_int_equal(c.receipt_count, 0);
    assert_null(c.dispatches);
    error_release(&err);
}

static void assert_same_act(const struct act_bytes *got, const struct act_bytes *put_in)
{
    assert_memory_equal(got->id, put_in->id, ACT_ID_SIZE);
    assert_memory_equal(got->signer, put_in->signer, KEY);
    assert_memory_equal(got->signature, put_in->signature, VAULT_SIGNATURE);
    assert_int_equal(got->core.size, put_in->core.size);
    assert_memory_equal(got->core.data, put_in->core.data, got->core.size);
    assert_int_equal(got->count, put_in->count);
    for (size_t i = 0; i < got->count; i++) {
        const struct part *a = &got->parts[i], *b = &put_in->parts[i];
        assert_memory_equal(a->commitment, b->commitment, HASH);
        assert_int_equal(a->present, b->present);
        if (!a->present)
            continue;
        assert_memory_equal(a->salt, b->salt, SALT);
        assert_int_equal(a->bytes.size, b->bytes.size);
        assert_memory_equal(a->bytes.data, b->bytes.data, a->bytes.size);
    }
}

static void comes_out_as_it_was_put_in(void **state)
{
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT;
    (void)state;

    begin(&s);
    assert_int_equal(s.acts[1].count, 1);
    s.acts[3].parts[0].present = false; /* withheld */
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.count, 4);
    /* By author, each author's in order. */
    assert_same_act(&got.dispatches[0], &s.acts[0]);
    assert_same_act(&got.dispatches[1], &s.acts[2]);
    assert_same_act(&got.dispatches[2], &s.acts[1]);
    assert_same_act(&got.dispatches[3], &s.acts[3]);
    assert_memory_equal(got.sender, s.posts[0].id, AUTHOR);
    assert_int_equal(got.receipt_count + got.unknown + got.forged + got.strange, 0);
    assert_null(memmem(inner.data, inner.size, s.acts[3].parts[0].salt, SALT));
    content_release(&got);
    assert_int_equal(got.count, 0);
    end(&s);
    buf_release(&inner);
}

static void brings_receipts(void **state)
{
    static const size_t counts[] = {1, 2, CONTENT_RECEIPTS};
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
        for (size_t dispatches = 0; dispatches < 2; dispatches++) {
            begin(&s);
            s.content.count = dispatches;
            memcpy(s.content.sender, s.posts[2].id, AUTHOR);
            add_receipts(&s, counts[i], &s.posts[2]);
            put(&inner, &s.content);
            take(&got, &inner);
            assert_int_equal(got.count, dispatches);
            assert_int_equal(got.receipt_count, counts[i]);
            assert_memory_equal(got.receipts, s.content.receipts, counts[i] * RECEIPT);
            assert_memory_equal(got.sender, s.posts[2].id, AUTHOR);
            assert_int_equal(got.forged_receipts, 0);
            content_release(&got);
            free(s.content.receipts);
            end(&s);
        }
    buf_release(&inner);
}

/* Somebody else's word that a post has received: it would keep us from sending again. */
static void believes_no_receipts_of_others(void **state)
{
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT;
    (void)state;

    begin(&s);
    add_receipts(&s, 3, &s.posts[1]); /* the sender is post 1 */
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.count, 4);
    assert_int_equal(got.receipt_count, 0);
    assert_null(got.receipts);
    assert_int_equal(got.forged_receipts, 3);
    content_release(&got);
    /* Those of one post under another's name; and one more than was signed. */
    content_sign_receipts(&s.content, s.posts[0].sign);
    memcpy(s.content.sender, s.posts[1].id, AUTHOR);
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.forged_receipts, 3);
    content_release(&got);
    memcpy(s.content.sender, s.posts[0].id, AUTHOR);
    s.content.receipt_count = 2;
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.forged_receipts, 2);
    content_release(&got);
    free(s.content.receipts);
    end(&s);
    buf_release(&inner);
}

static void counts_whom_it_does_not_know(void **state)
{
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT;
    (void)state;

    begin(&s);
    put(&inner, &s.content);
    known = 1;
    take(&got, &inner);
    assert_int_equal(got.count, 2);
    assert_int_equal(got.unknown, 2);
    assert_same_act(&got.dispatches[1], &s.acts[2]);
    content_release(&got);
    known = 0;
    take(&got, &inner);
    assert_int_equal(got.count, 0);
    assert_int_equal(got.unknown, 4);
    assert_memory_equal(got.sender, s.posts[0].id, AUTHOR);
    content_release(&got);
    known = 9;
    end(&s);
    buf_release(&inner);
}

/* Each byte of a dispatch is what was signed: the one is left out, the others stay. */
static void keeps_nothing_that_was_changed(void **state)
{
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT;
    (void)state;

    begin(&s);
    uint8_t *places[] = {
        s.acts[1].signature,
        s.acts[1].signature + 63,
        s.acts[1].parts[0].salt,
        (uint8_t *)s.acts[1].parts[0].bytes.data + s.acts[1].parts[0].bytes.size - 1,
        (uint8_t *)s.acts[1].core.data + 10, /* the case */
    };
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        *places[i] ^= 1;
        put(&inner, &s.content);
        take(&got, &inner);
        assert_int_equal(got.count, 3);
        assert_int_equal(got.forged, 1);
        assert_same_act(&got.dispatches[2], &s.acts[3]);
        content_release(&got);
        *places[i] ^= 1;
    }
    /* The part of another dispatch, with its salt; and a commitment that is not the part's. */
    struct part part = s.acts[1].parts[0];
    s.acts[1].parts[0] = s.acts[3].parts[0];
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.forged, 1);
    content_release(&got);
    s.acts[1].parts[0] = part;
    s.acts[1].parts[0].present = false;
    s.acts[1].parts[0].commitment[0] ^= 1;
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.forged, 1);
    content_release(&got);
    /* Under another's name: post 3 signs as post 1. */
    struct kit_post mixed = s.posts[0];
    memcpy(mixed.sign, s.posts[2].sign, sizeof mixed.sign);
    act_bytes_release(&s.acts[0]);
    kit_dispatch(&s.acts[0], &mixed, "poll", POLL, "CR,MX", 1);
    put(&inner, &s.content);
    take(&got, &inner);
    assert_int_equal(got.forged, 2);
    content_release(&got);
    end(&s);
    buf_release(&inner);
}

/* ---- forms that are none ---- */

/* `count` signatures of zeros, then streams as they are. */
static void number_and_signatures(struct buf *inner, size_t count)
{
    buf_clear(inner);
    codec_put_number(inner, count);
    for (size_t i = 0; i < count * VAULT_SIGNATURE; i++)
        buf_addc(inner, 0);
}

static void put_act(struct buf *raw, const struct act_bytes *a)
{
    cbor_put_array(raw, 1 + a->count);
    buf_add(raw, a->core.data, a->core.size);
    for (size_t i = 0; i < a->count; i++)
        cbor_put_bytes(raw, a->parts[i].commitment, HASH);
}

static void has_one_form(void **state)
{
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT, raw = BUF_INIT, whole = BUF_INIT;
    uint8_t id[RECEIPT] = {0}, signature[VAULT_SIGNATURE] = {0};
    (void)state;

    begin(&s);
    put(&whole, &s.content);
    for (size_t n = 0; n < whole.size; n++) {
        buf_clear(&inner);
        buf_add(&inner, whole.data, n);
        assert_refused(&inner);
    }
    buf_clear(&inner);
    buf_add(&inner, whole.data, whole.size);
    buf_addc(&inner, 0);
    assert_refused(&inner);

    /* By hand, as it must be: it is read, and nothing of it believed. */
    number_and_signatures(&inner, 3);
    cbor_put_array(&raw, 2);
    put_act(&raw, &s.acts[0]);
    put_act(&raw, &s.acts[2]);
    codec_put(&inner, raw.data, raw.size, 0);
    buf_clear(&raw);
    cbor_put_array(&raw, 1);
    put_act(&raw, &s.acts[1]);
    codec_put(&inner, raw.data, raw.size, 0);
    take(&got, &inner);
    assert_int_equal(got.forged, 3);
    content_release(&got);
    /* The same with a number of dispatches that is not that of the signatures. */
    inner.data[0] = 2;
    assert_refused(&inner);
    inner.data[0] = 4;
    assert_refused(&inner);

    /* One author in two streams; two authors in one. */
    number_and_signatures(&inner, 2);
    for (size_t i = 0; i < 2; i++) {
        buf_clear(&raw);
        cbor_put_array(&raw, 1);
        put_act(&raw, &s.acts[i * 2]);
        codec_put(&inner, raw.data, raw.size, 0);
    }
    assert_refused(&inner);
    number_and_signatures(&inner, 2);
    buf_clear(&raw);
    cbor_put_array(&raw, 2);
    put_act(&raw, &s.acts[0]);
    put_act(&raw, &s.acts[1]);
    codec_put(&inner, raw.data, raw.size, 0);
    assert_refused(&inner);

    /* Nothing; an empty array; an empty cover. */
    buf_clear(&inner);
    assert_refused(&inner);
    for (size_t count = 0; count < 2; count++)
        for (size_t map = 0; map < 2; map++) {
            number_and_signatures(&inner, count);
            buf_clear(&raw);
            if (map)
                cbor_put_map(&raw, 0);
            else
                cbor_put_array(&raw, 0);
            codec_put(&inner, raw.data, raw.size, 0);
            assert_refused(&inner);
        }

    /* Receipts of nobody; without a signature; a signature of none; a cover with more in it. */
    for (size_t i = 0; i < 5; i++) {
        number_and_signatures(&inner, 0);
        buf_clear(&raw);
        cbor_put_map(&raw, i == 3 ? 4 : i == 4 ? 3 : 2);
        if (i) {
            cbor_put_uint(&raw, 1);
            cbor_put_bytes(&raw, s.posts[0].id, AUTHOR);
        }
        if (i != 2) {
            cbor_put_uint(&raw, 2);
            cbor_put_array(&raw, 1);
            cbor_put_bytes(&raw, id, RECEIPT);
        }
        if (i != 1) {
            cbor_put_uint(&raw, 3);
            cbor_put_bytes(&raw, signature, sizeof signature);
        }
        if (i == 3) {
            cbor_put_uint(&raw, 4);
            cbor_put_uint(&raw, 1);
        }
        codec_put(&inner, raw.data, raw.size, 0);
        if (i < 4) {
            assert_refused(&inner);
        } else { /* as it must be */
            take(&got, &inner);
            assert_int_equal(got.forged_receipts, 1);
            content_release(&got);
        }
    }
    /* A sender that the first dispatch tells already. */
    number_and_signatures(&inner, 1);
    buf_clear(&raw);
    cbor_put_map(&raw, 1);
    cbor_put_uint(&raw, 1);
    cbor_put_bytes(&raw, s.posts[0].id, AUTHOR);
    codec_put(&inner, raw.data, raw.size, 0);
    buf_clear(&raw);
    cbor_put_array(&raw, 1);
    put_act(&raw, &s.acts[0]);
    codec_put(&inner, raw.data, raw.size, 0);
    assert_refused(&inner);
    end(&s);
    buf_release(&inner);
    buf_release(&raw);
    buf_release(&whole);
}

/* What is no dispatch, in a form that can be read, is counted: an act of the post itself. */
static void keeps_no_act_that_stays_in_its_post(void **state)
{
    struct some s;
    struct content got;
    struct buf inner = BUF_INIT, raw = BUF_INIT;
    (void)state;

    begin(&s);
    number_and_signatures(&inner, 1);
    cbor_put_array(&raw, 1);
    cbor_put_array(&raw, 1);
    cbor_put_map(&raw, 1);
    cbor_put_uint(&raw, 1);
    cbor_put_uint(&raw, 15);
    codec_put(&inner, raw.data, raw.size, 0);
    take(&got, &inner);
    assert_int_equal(got.count, 0);
    assert_int_equal(got.strange, 1);
    assert_true(sodium_is_zero(got.sender, AUTHOR));
    content_release(&got);
    end(&s);
    buf_release(&inner);
    buf_release(&raw);
}

/* ---- bombs ---- */

static void unpacks_no_more_than_it_may(void **state)
{
    struct buf inner = BUF_INIT, raw = BUF_INIT, out = BUF_INIT, stream = BUF_INIT;
    const char *fault = NULL;
    (void)state;

    while (raw.size < CONTENT_UNPACKED + 1)
        buf_addc(&raw, 0);
    codec_put(&stream, raw.data, raw.size, 0);
    assert_true(stream.size < 2048); /* a thousand times as much comes of it */
    const uint8_t *at = (const uint8_t *)stream.data, *stop = at + stream.size;
    assert_false(codec_take(&out, &at, stop, CONTENT_UNPACKED, &fault));
    assert_int_equal(out.size, 0);
    assert_true(out.room < 4096); /* it was not even tried */
    assert_true(codec_take(&out, &at, stop, CONTENT_UNPACKED + 1, &fault));
    assert_int_equal(out.size, CONTENT_UNPACKED + 1);
    assert_ptr_equal(at, stop);
    number_and_signatures(&inner, 1);
    buf_add(&inner, stream.data, stream.size);
    assert_refused(&inner);

    /* A head that says less, or more, than comes of it. */
    struct buf lying = BUF_INIT;
    for (int by = -1; by <= 1; by++) {
        uint64_t head;
        at = (const uint8_t *)stream.data;
        assert_true(codec_take_number(&at, stop, UINT64_MAX, &head));
        buf_clear(&lying);
        codec_put_number(&lying, head + (uint64_t)(int64_t)(by * 4));
        buf_add(&lying, at, (size_t)(stop - at));
        at = (const uint8_t *)lying.data;
        buf_clear(&out);
        bool taken = codec_take(&out, &at, (const uint8_t *)lying.data + lying.size,
                                CONTENT_UNPACKED + 2, &fault);
        assert_true(taken == !by);
        assert_int_equal(out.size, by ? 0 : CONTENT_UNPACKED + 1);
    }
    buf_release(&lying);

    /* Two streams, each of more than half of what all may be. */
    struct some s;
    begin(&s);
    number_and_signatures(&inner, 2);
    for (size_t i = 0; i < 2; i++) {
        buf_clear(&raw);
        cbor_put_array(&raw, 1);
        cbor_put_array(&raw, 2);
        buf_add(&raw, s.acts[i].core.data, s.acts[i].core.size);
        cbor_put_array(&raw, 2);
        cbor_put_bytes(&raw, s.acts[1].parts[0].salt, SALT);
        buf_clear(&out);
        while (out.size < CONTENT_UNPACKED * 5 / 8)
            buf_addc(&out, 'a');
        cbor_put_text(&raw, out.data, out.size);
        codec_put(&inner, raw.data, raw.size, 0);
    }
    assert_refused(&inner);
    end(&s);
    buf_release(&inner);
    buf_release(&raw);
    buf_release(&out);
    buf_release(&stream);
}

/* Arrays that say they hold more than there are bytes. */
static void believes_no_count(void **state)
{
    static const char *const raws[] = {
        "\x9b\xff\xff\xff\xff\xff\xff\xff\xff", "\x9a\xff\xff\xff\xff",
        "\xbb\x7f\xff\xff\xff\xff\xff\xff\xff", "\x81\x9a\x10\0\0\0"};
    static const size_t sizes[] = {9, 5, 9, 6};
    static const char numbers[][10] = {"\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "\x80\x80\x04",
                                       "\x81\x00", "\x81\x08"};
    struct buf inner = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(raws); i++) {
        number_and_signatures(&inner, 1);
        codec_put(&inner, raws[i], sizes[i], 0);
        assert_refused(&inner);
    }
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        buf_clear(&inner);
        buf_add(&inner, numbers[i], sizeof numbers[i]);
        while (inner.size < 1 << 17)
            buf_addc(&inner, 0);
        assert_refused(&inner);
    }
    buf_release(&inner);
}

static void writes_numbers_in_one_way(void **state)
{
    static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, INT64_MAX};
    struct buf out = BUF_INIT;
    uint64_t got;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        buf_clear(&out);
        codec_put_number(&out, numbers[i]);
        const uint8_t *at = (const uint8_t *)out.data, *stop = at + out.size;
        assert_true(codec_take_number(&at, stop, numbers[i], &got));
        assert_true(got == numbers[i] && at == stop);
        at = (const uint8_t *)out.data;
        assert_false(codec_take_number(&at, stop - 1, UINT64_MAX, &got));
        assert_ptr_equal(at, out.data);
        if (numbers[i])
            assert_false(codec_take_number(&at, stop, numbers[i] - 1, &got));
    }
    buf_release(&out);
}

static bool is_in_manual(const char *page, const char *hex)
{
    char *path = xasprintf("%s/%s", getenv("AMPARO_SRC"), page), line[1024];
    FILE *file = fopen(path, "r");
    bool found = false;

    if (!file)
        fail_msg("%s cannot be read", path);
    while (fgets(line, sizeof line, file))
        found = found || strstr(line, hex);
    fclose(file);
    free(path);
    return found;
}

/* Another dictionary is another format: nobody could read what was sealed before. */
static void has_the_dictionaries_that_it_has(void **state)
{
    static const struct {
        enum codec codec;
        size_t size;
        const char *hash; /* BLAKE2b-256 */
    } frozen[] = {
        {CODEC_ENGLISH, 31710, "d15a607ebd8cc45a1e86b6c70583f32e70897f20af747e4a92bddf71183d7c91"},
        {CODEC_SPANISH, 32506, "0607dcf7531a9016f7772f35811bc10e7878e5e568b5690d1f58d6a498512107"},
        {CODEC_FRENCH, 32506, "2795f5f77be920a6f1a38f865e87569c8b7019177a5d4f9ea45ec4fb26ecca53"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(frozen); i++) {
        uint8_t hash[32];
        char hex[65];
        size_t size;
        const uint8_t *bytes = codec_dictionary(frozen[i].codec, &size);
        crypto_generichash(hash, sizeof hash, bytes, size, NULL, 0);
        assert_int_equal(size, frozen[i].size);
        assert_string_equal(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash), frozen[i].hash);
        /* The manual has it too, for whoever writes another program. */
        assert_true(is_in_manual("man/amparo-pouch.5", hex));
        assert_true(is_in_manual("man/es/amparo-pouch.5", hex));
    }
}

/* A stream of each language is written with its dictionary, and much shorter than without one. */
static void writes_each_language_with_its_words(void **state)
{
    static const char *const texts[] = {
        [CODEC_STORED] = "zqxjkvbp",
        [CODEC_ENGLISH] = "the Embassy has the honour to request the assistance of the Consulate",
        [CODEC_SPANISH] = "la Embajada tiene el honor de solicitar la asistencia del Consulado",
        [CODEC_FRENCH] = "l'Ambassade a l'honneur de demander l'assistance du Consulat",
    };
    struct buf text = BUF_INIT, out = BUF_INIT, back = BUF_INIT;
    const char *fault;
    uint8_t noise[256];
    (void)state;

    for (size_t codec = 0; codec < ARRAY_SIZE(texts); codec++) {
        buf_clear(&text);
        buf_clear(&out);
        crypto_generichash(noise, 64, (const uint8_t *)"noise", 5, NULL, 0);
        for (size_t i = 64; i < sizeof noise; i += 64) /* as ids and signatures are */
            crypto_generichash(noise + i, 64, noise, i, NULL, 0);
        buf_add(&text, noise, codec == CODEC_STORED ? 0 : sizeof noise);
        buf_adds(&text, texts[codec]);
        codec_put(&out, text.data, text.size, 0);
        assert_int_equal(out.data[0] & 3, codec);
        assert_true(codec == CODEC_STORED || out.size < sizeof noise + 20 + text.size / 10);
        const uint8_t *at = (const uint8_t *)out.data, *stop = at + out.size;
        buf_clear(&back);
        assert_true(codec_take(&back, &at, stop, text.size, &fault));
        assert_ptr_equal(at, stop);
        assert_int_equal(back.size, text.size);
        assert_memory_equal(back.data, text.data, text.size);
    }
    buf_release(&text);
    buf_release(&out);
    buf_release(&back);
}

static void says_what_does_not_fit(void **state)
{
    struct some s;
    struct buf inner = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    begin(&s);
    s.content.count = 0;
    assert_false(content_put(&inner, &s.content, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    add_receipts(&s, CONTENT_RECEIPTS + 1, &s.posts[0]);
    assert_false(content_put(&inner, &s.content, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    free(s.content.receipts);
    s.content.receipt_count = 0;
    s.content.count = CONTENT_DISPATCHES + 1;
    error_clear(&err);
    assert_false(content_put(&inner, &s.content, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(inner.size, 0);
    error_release(&err);
    end(&s);
    buf_release(&inner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_out_as_it_was_put_in),
        cmocka_unit_test(brings_receipts),
        cmocka_unit_test(believes_no_receipts_of_others),
        cmocka_unit_test(counts_whom_it_does_not_know),
        cmocka_unit_test(keeps_nothing_that_was_changed),
        cmocka_unit_test(has_one_form),
        cmocka_unit_test(keeps_no_act_that_stays_in_its_post),
        cmocka_unit_test(unpacks_no_more_than_it_may),
        cmocka_unit_test(believes_no_count),
        cmocka_unit_test(writes_numbers_in_one_way),
        cmocka_unit_test(has_the_dictionaries_that_it_has),
        cmocka_unit_test(writes_each_language_with_its_words),
        cmocka_unit_test(says_what_does_not_fit),
    };
    return cmocka_run_group_tests_name("pouch content", tests, NULL, NULL);
}
