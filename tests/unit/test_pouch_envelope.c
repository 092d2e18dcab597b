/* SPDX-License-Identifier: MIT */
/* The envelope of a pouch: who can open it, what it shows, and what is tried against it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "pouch_kit.h"

enum { POSTS = 4 };

static const uint8_t machine[ENVELOPE_SECRET] = "a secret that the machine keeps";
static const uint8_t random_1[ENVELOPE_RANDOM] = "thirty-two bytes, drawn once";
static const uint8_t random_2[ENVELOPE_RANDOM] = "thirty-two bytes, drawn again";

static struct kit_post posts[POSTS];
static uint8_t keys[POSTS][ENVELOPE_KEY];

static int make_posts(void **state)
{
    (void)state;
    for (unsigned i = 0; i < POSTS; i++) {
        kit_post(&posts[i], i + 1);
        memcpy(keys[i], posts[i].key, ENVELOPE_KEY);
    }
    return 0;
}

static void seal(struct buf *out, size_t readers, const void *inner, size_t size)
{
    struct error err = ERROR_INIT;

    buf_clear(out);
    assert_true(envelope_seal(out, keys[0], readers, inner, size, machine, random_1, &err));
    error_release(&err);
}

/* Opens for one post, or expects that fault. */
static void assert_opens(const struct buf *pouch, size_t post, const void *inner, size_t size)
{
    struct error err = ERROR_INIT;
    struct buf got = BUF_INIT;
    enum envelope_fault fault = ENVELOPE_NO_POUCH;

    buf_adds(&got, "before");
    if (!envelope_open(&got, buf_text(pouch), pouch->size, posts[post].secret, 1, &fault, &err))
        fail_msg("%s", error_text(&err));
    assert_int_equal(got.size, 6 + size);
    assert_memory_equal(got.data + 6, inner, size);
    error_release(&err);
    buf_release(&got);
}

static void assert_refused(const struct buf *pouch, size_t post, enum envelope_fault why)
{
    struct error err = ERROR_INIT;
    struct buf got = BUF_INIT;
    enum envelope_fault fault = (enum envelope_fault)99;

    assert_false(
        envelope_open(&got, buf_text(pouch), pouch->size, posts[post].secret, 1, &fault, &err));
    assert_int_equal(fault, why);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(got.size, 0);
    error_release(&err);
    buf_release(&got);
}

static void opens_for_its_readers_alone(void **state)
{
    struct buf pouch = BUF_INIT;
    (void)state;

    for (size_t readers = 1; readers <= POSTS; readers++) {
        seal(&pouch, readers, "what only they may know", 23);
        for (size_t post = 0; post < POSTS; post++) {
            if (post < readers)
                assert_opens(&pouch, post, "what only they may know", 23);
            else
                assert_refused(&pouch, post, ENVELOPE_CLOSED);
        }
    }
    buf_release(&pouch);
}

/* The reader's last key but one is tried too, and no key opens nothing. */
static void opens_with_a_key_of_before(void **state)
{
    uint8_t mine[2][ENVELOPE_KEY];
    struct buf pouch = BUF_INIT, got = BUF_INIT;
    enum envelope_fault fault;
    (void)state;

    memcpy(mine[0], posts[3].secret, ENVELOPE_KEY);
    memcpy(mine[1], posts[0].secret, ENVELOPE_KEY);
    seal(&pouch, 2, "x", 1);
    assert_true(envelope_open(&got, pouch.data, pouch.size, mine[0], 2, NULL, NULL));
    assert_string_equal(buf_text(&got), "x");
    buf_clear(&got);
    assert_false(envelope_open(&got, pouch.data, pouch.size, mine[0], 1, NULL, NULL));
    assert_false(envelope_open(&got, pouch.data, pouch.size, NULL, 0, &fault, NULL));
    assert_int_equal(fault, ENVELOPE_CLOSED);
    buf_release(&pouch);
    buf_release(&got);
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, ENVELOPE_KEY);
}

/* The inner part with its padding, to `whole` bytes. */
static uint8_t *padded(const void *inner, size_t size, size_t whole)
{
    uint8_t *p = xcalloc(whole, 1);

    memcpy(p, inner, size);
    p[size] = 0x80;
    return p;
}

/* What the header says is enough to write it once more. */
static void is_as_it_is_described(void **state)
{
    enum { MANY = ENVELOPE_READERS };
    static const size_t counts[] = {1, 2, 3, 9, 10, MANY};
    uint8_t(*many)[ENVELOPE_KEY] = xcalloc(MANY, sizeof *many), *inner = padded("text", 4, 192);
    uint8_t(*in_order)[ENVELOPE_KEY] = xcalloc(MANY, sizeof *many), e[32], k[MANY][16];
    struct buf pouch = BUF_INIT, other = BUF_INIT;
    size_t order[MANY];
    (void)state;

    for (size_t c = 0; c < ARRAY_SIZE(counts); c++) {
        size_t n = counts[c];
        for (unsigned i = 0; i < n; i++) {
            struct kit_post post;
            kit_post(&post, i + 1);
            memcpy(many[i], post.key, ENVELOPE_KEY);
        }
        buf_clear(&pouch);
        assert_true(envelope_seal(&pouch, many[0], n, "text", 4, machine, random_1, NULL));
        qsort(many, n, sizeof *many, by_bytes);
        kit_keys(e, k[0], order, many[0], n, inner, 192, machine, random_1);
        for (size_t i = 0; i < n; i++) {
            memcpy(k[i], k[0], sizeof k[0]);
            memcpy(in_order[i], many[order[i]], ENVELOPE_KEY);
        }
        kit_seal(
            &other,
            &(struct kit_envelope){
                .n = n, .readers = in_order[0], .e = e, .k = k[0], .inner = inner, .size = 192});
        assert_int_equal(pouch.size, other.size);
        assert_memory_equal(pouch.data, other.data, other.size);
        for (size_t post = 0; post < POSTS; post++)
            if (post < n)
                assert_opens(&pouch, post, "text", 4);
    }
    free(many);
    free(in_order);
    free(inner);
    buf_release(&pouch);
    buf_release(&other);
}

static void shows_only_about_how_long_it_is(void **state)
{
    static const struct {
        size_t size, whole;
    } sizes[] = {{0, 192},
                 {191, 192},
                 {192, 384},
                 {383, 384},
                 {384, 576},
                 {575, 576},
                 {576, 1024},
                 {1023, 1024},
                 {1024, 1408},
                 {1407, 1408},
                 {1408, 2048},
                 {2047, 2048},
                 {2048, 2304},
                 {4095, 4096},
                 {4096, 4608},
                 {4607, 4608},
                 {8191, 8192},
                 {8192, 9216},
                 {ENVELOPE_INNER - 1, ENVELOPE_INNER}};
    uint8_t *text = xcalloc(ENVELOPE_INNER, 1);
    struct buf pouch = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    memset(text, 'a', ENVELOPE_INNER);
    text[0] = 0x80; /* what looks like padding is none */
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        assert_int_equal(envelope_padded(sizes[i].size), sizes[i].whole);
        seal(&pouch, 2, text, sizes[i].size);
        assert_int_equal(pouch.size, 5 + 32 + 2 * 16 + 32 + sizes[i].whole + 16);
        assert_opens(&pouch, 1, text, sizes[i].size);
        memset(text + 1, 0, sizes[i].size ? sizes[i].size - 1 : 0);
        seal(&pouch, 2, text, sizes[i].size);
        assert_opens(&pouch, 1, text, sizes[i].size);
        memset(text + 1, 'a', sizes[i].size);
    }
    buf_clear(&pouch);
    buf_adds(&pouch, "as it was");
    assert_int_equal(envelope_padded(ENVELOPE_INNER), 0);
    assert_false(envelope_seal(&pouch, keys[0], 1, text, ENVELOPE_INNER, machine, NULL, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(buf_text(&pouch), "as it was");
    error_release(&err);
    buf_release(&pouch);
    free(text);
}

/* The same text to the same readers is not the same pouch, nor are readers where they were. */
static void is_drawn_anew(void **state)
{
    struct buf one = BUF_INIT, two = BUF_INIT;
    (void)state;

    assert_true(envelope_seal(&one, keys[0], 2, "x", 1, machine, NULL, NULL));
    assert_true(envelope_seal(&two, keys[0], 2, "x", 1, machine, NULL, NULL));
    assert_int_equal(one.size, two.size);
    assert_memory_not_equal(one.data + 5, two.data + 5, 32);
    assert_memory_not_equal(one.data + 101, two.data + 101, 32);
    buf_release(&one);
    buf_release(&two);
}

static void has_from_one_to_many_readers(void **state)
{
    uint8_t many[ENVELOPE_READERS + 1][ENVELOPE_KEY], twice[3][ENVELOPE_KEY];
    struct buf pouch = BUF_INIT, once = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(many); i++) {
        struct kit_post post;
        kit_post(&post, (unsigned)i);
        memcpy(many[i], post.key, ENVELOPE_KEY);
    }
    assert_false(envelope_seal(&pouch, many[0], 0, "x", 1, machine, NULL, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_false(envelope_seal(&pouch, many[0], ARRAY_SIZE(many), "x", 1, machine, NULL, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(pouch.size, 0);
    error_release(&err);

    /* One who publishes another's key as its own keeps nobody from sealing, and gets no slot. */
    memcpy(twice[0], keys[0], ENVELOPE_KEY);
    memcpy(twice[1], keys[1], ENVELOPE_KEY);
    memcpy(twice[2], keys[0], ENVELOPE_KEY);
    assert_true(envelope_seal(&pouch, twice[0], 3, "x", 1, machine, random_1, NULL));
    assert_true(envelope_seal(&once, twice[1], 2, "x", 1, machine, random_1, NULL));
    assert_int_equal(pouch.size, once.size);
    assert_memory_equal(pouch.data, once.data, once.size);
    buf_release(&pouch);
    buf_release(&once);
}

/* ---- what is tried against it ---- */

/* Two readers, two keys, two texts: the commitment is that of one. */
static void gives_no_two_readers_two_texts(void **state)
{
    uint8_t k[2][16] = {"one key", "another key"}, e[32] = "an ephemeral secret";
    uint8_t *inner = padded("yes", 3, 192);
    struct kit_envelope made = {
        .n = 2, .readers = keys[0], .e = e, .k = k[0], .inner = inner, .size = 192};
    struct buf pouch = BUF_INIT;
    (void)state;

    kit_seal(&pouch, &made);
    assert_opens(&pouch, 0, "yes", 3);
    assert_refused(&pouch, 1, ENVELOPE_CLOSED);
    made.used = 1;
    kit_seal(&pouch, &made);
    assert_refused(&pouch, 0, ENVELOPE_CLOSED);
    assert_opens(&pouch, 1, "yes", 3);
    free(inner);
    buf_release(&pouch);
}

/* Every part of the header is under the commitment: whoever changes a slot closes it for all. */
static void keeps_every_slot(void **state)
{
    struct buf pouch = BUF_INIT, other = BUF_INIT, changed = BUF_INIT;
    char slot[16];
    (void)state;

    seal(&pouch, 3, "text", 4);
    seal(&other, 3, "mext", 4);
    for (size_t i = 0; i < 3; i++) {
        char *at;
        buf_clear(&changed); /* a slot of another pouch of the same sender */
        buf_add(&changed, pouch.data, pouch.size);
        memcpy(changed.data + 37 + 16 * i, other.data + 37 + 16 * i, 16);
        for (size_t post = 0; post < 3; post++)
            assert_refused(&changed, post, ENVELOPE_CLOSED);
        buf_clear(&changed); /* two slots in each other's place */
        buf_add(&changed, pouch.data, pouch.size);
        at = changed.data + 37;
        memcpy(slot, at + 16 * i, 16);
        memcpy(at + 16 * i, at + 16 * ((i + 1) % 3), 16);
        memcpy(at + 16 * ((i + 1) % 3), slot, 16);
        for (size_t post = 0; post < 3; post++)
            assert_refused(&changed, post, ENVELOPE_CLOSED);
    }
    /* One slot less, or more, of the same pouch. */
    buf_clear(&changed);
    buf_add(&changed, pouch.data, 37 + 32);
    buf_add(&changed, pouch.data + 37 + 48, pouch.size - 37 - 48);
    changed.data[4] = 2;
    for (size_t post = 0; post < 3; post++)
        assert_refused(&changed, post, ENVELOPE_CLOSED);
    /* The text of another pouch. */
    buf_clear(&changed);
    buf_add(&changed, pouch.data, 37 + 48 + 32);
    buf_add(&changed, other.data + 37 + 48 + 32, other.size - 37 - 48 - 32);
    for (size_t post = 0; post < 3; post++)
        assert_refused(&changed, post, ENVELOPE_DAMAGED);
    buf_release(&pouch);
    buf_release(&other);
    buf_release(&changed);
}

static void has_one_version(void **state)
{
    struct buf pouch = BUF_INIT;
    (void)state;

    seal(&pouch, 1, "text", 4);
    for (unsigned version = 0; version < 256; version++) {
        pouch.data[3] = (char)version;
        if (version == ENVELOPE_VERSION)
            assert_opens(&pouch, 0, "text", 4);
        else
            assert_refused(&pouch, 0, ENVELOPE_OTHER);
    }
    pouch.data[0] = 'P';
    assert_refused(&pouch, 0, ENVELOPE_NO_POUCH);
    buf_cut(&pouch, 0);
    assert_refused(&pouch, 0, ENVELOPE_NO_POUCH);
    buf_adds(&pouch, "pch\1");
    assert_refused(&pouch, 0, ENVELOPE_CUT);
    buf_release(&pouch);
}

/* Whoever is among the readers could make the padding tell something: it has one form. */
static void has_one_padding(void **state)
{
    static const struct {
        size_t text, whole;
        int end; /* the byte after the text */
    } bad[] = {
        {4, 384, 0x80},  {191, 192, 0x81}, {191, 192, 0},    {192, 192, 0},    {10, 192, 1},
        {4, 2304, 0x80}, {4, 200, 0x80},   {190, 208, 0x80}, {191, 384, 0x80},
    };
    uint8_t k[1][16] = {"the key"}, e[32] = "an ephemeral secret";
    struct buf pouch = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        uint8_t *inner = xcalloc(bad[i].whole + 1, 1);
        memset(inner, 'a', bad[i].text);
        inner[bad[i].text] = (uint8_t)bad[i].end;
        kit_seal(&pouch, &(struct kit_envelope){.n = 1,
                                                .readers = keys[0],
                                                .e = e,
                                                .k = k[0],
                                                .inner = inner,
                                                .size = bad[i].whole});
        bool a_size = bad[i].whole != 200 && bad[i].whole != 208;
        assert_refused(&pouch, 0, a_size ? ENVELOPE_DAMAGED : ENVELOPE_CUT);
        free(inner);
    }
    /* All zeros: there is no end to the text. */
    uint8_t nothing[192] = {0};
    kit_seal(&pouch, &(struct kit_envelope){.n = 1,
                                            .readers = keys[0],
                                            .e = e,
                                            .k = k[0],
                                            .inner = nothing,
                                            .size = sizeof nothing});
    assert_refused(&pouch, 0, ENVELOPE_DAMAGED);
    buf_release(&pouch);
}

/* A machine set back draws the same random bytes: no key serves for two texts, nor an ephemeral. */
static void takes_no_key_twice(void **state)
{
    static const char *const texts[] = {"text", "tex", "texu"};
    static const uint8_t other_machine[ENVELOPE_SECRET] = "a secret of another machine";
    struct {
        const uint8_t *random, *machine;
        size_t n;
        const char *text;
    } calls[8];
    uint8_t e[8][32], k[8][16], sorted[POSTS][ENVELOPE_KEY];
    size_t order[POSTS], count = 0;
    struct buf pouch = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < 3; i++)
        calls[count].random = random_1, calls[count].machine = machine, calls[count].n = 3,
        calls[count++].text = texts[i];
    calls[count] = calls[0], calls[count++].n = 2;
    calls[count] = calls[0], calls[count++].n = 1;
    calls[count] = calls[0], calls[count++].random = random_2;
    calls[count] = calls[0], calls[count++].machine = other_machine;
    for (size_t i = 0; i < count; i++) {
        uint8_t *inner = padded(calls[i].text, strlen(calls[i].text), 192), e_public[32];
        memcpy(sorted, keys, sizeof sorted);
        qsort(sorted, calls[i].n, sizeof *sorted, by_bytes);
        kit_keys(e[i], k[i], order, sorted[0], calls[i].n, inner, 192, calls[i].machine,
                 calls[i].random);
        free(inner);
        buf_clear(&pouch);
        assert_true(envelope_seal(&pouch, keys[0], calls[i].n, calls[i].text, strlen(calls[i].text),
                                  calls[i].machine, calls[i].random, NULL));
        crypto_scalarmult_base(e_public, e[i]);
        assert_memory_equal(pouch.data + 5, e_public, 32);
        for (size_t j = 0; j < i; j++) {
            assert_memory_not_equal(e[i], e[j], 32);
            assert_memory_not_equal(k[i], k[j], 16);
        }
    }
    buf_release(&pouch);
}

/* The points of low order, and writings of them and of others that are not the shortest. */
static const char *const no_keys[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0900000000000000000000000000000000000000000000000000000000000080",
};

/* The two parties of RFC 7748 6.1. */
static void makes_public_keys(void **state)
{
    static const char *const pairs[][2] = {
        {"77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
         "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"},
        {"5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
         "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"},
    };
    uint8_t secret[X25519_KEY], key[X25519_KEY], wanted[X25519_KEY];
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        assert_int_equal(sodium_hex2bin(secret, 32, pairs[i][0], 64, NULL, NULL, NULL), 0);
        assert_int_equal(sodium_hex2bin(wanted, 32, pairs[i][1], 64, NULL, NULL, NULL), 0);
        assert_true(x25519_public(secret, key));
        assert_memory_equal(key, wanted, X25519_KEY);
    }
}

static void takes_no_key_that_is_none(void **state)
{
    uint8_t none[2][ENVELOPE_KEY], e[32] = "an ephemeral secret", k[1][16] = {"the key"};
    uint8_t *inner = padded("text", 4, 192);
    struct buf pouch = BUF_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    assert_true(x25519_key_ok(keys[0]));
    memcpy(none[0], keys[1], ENVELOPE_KEY);
    for (size_t i = 0; i < ARRAY_SIZE(no_keys); i++) {
        assert_int_equal(sodium_hex2bin(none[1], 32, no_keys[i], 64, NULL, NULL, NULL), 0);
        assert_false(x25519_key_ok(none[1]));
        buf_clear(&pouch);
        error_clear(&err);
        assert_false(envelope_seal(&pouch, none[0], 2, "text", 4, machine, NULL, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_int_equal(pouch.size, 0);
        /* As E: the secret that it would give is known to all. */
        kit_seal(&pouch, &(struct kit_envelope){.n = 1,
                                                .readers = keys[0],
                                                .e = e,
                                                .e_public = none[1],
                                                .k = k[0],
                                                .inner = inner,
                                                .size = 192});
        assert_refused(&pouch, 0, ENVELOPE_CLOSED);
    }
    error_release(&err);
    buf_release(&pouch);
    free(inner);
}

/* The same with the slot masked as a reader would who took the all-zero secret of such an E. */
static void believes_no_secret_that_all_know(void **state)
{
    uint8_t low[32], mask[16], k[16] = "the key", derived[64], shared[32] = {0}, nonce[24] = {0};
    uint8_t *inner = padded("text", 4, 192);
    struct buf pouch = BUF_INIT, text = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(sodium_hex2bin(low, 32, no_keys[i], 64, NULL, NULL, NULL), 0);
        buf_clear(&text);
        buf_add(&text, "amparo pouch v1 wrap", sizeof "amparo pouch v1 wrap");
        buf_add(&text, low, 32);
        buf_add(&text, keys[0], 32);
        crypto_generichash(mask, 16, (const uint8_t *)text.data, text.size, shared, 32);
        buf_clear(&pouch);
        buf_add(&pouch, "pch\1\1", 5);
        buf_add(&pouch, low, 32);
        for (int b = 0; b < 16; b++)
            buf_addc(&pouch, (char)(mask[b] ^ k[b]));
        buf_clear(&text);
        buf_add(&text, "amparo pouch v1 keys", sizeof "amparo pouch v1 keys");
        buf_add(&text, pouch.data, pouch.size);
        crypto_generichash(derived, 64, (const uint8_t *)text.data, text.size, k, 16);
        buf_add(&pouch, derived + 32, 32);
        buf_reserve(&pouch, 208);
        crypto_aead_xchacha20poly1305_ietf_encrypt((uint8_t *)pouch.data + pouch.size, NULL, inner,
                                                   192, (const uint8_t *)pouch.data, pouch.size,
                                                   NULL, nonce, derived);
        pouch.size += 208;
        assert_refused(&pouch, 0, ENVELOPE_CLOSED);
    }
    buf_release(&pouch);
    buf_release(&text);
    free(inner);
}

static bool opens(const struct buf *pouch, size_t size)
{
    struct buf inner = BUF_INIT;
    bool open = envelope_open(&inner, pouch->data, size, posts[0].secret, 1, NULL, NULL);

    buf_release(&inner);
    return open;
}

/* No bytes of any number are a pouch of another size. */
static void has_the_sizes_that_it_has(void **state)
{
    struct buf pouch = BUF_INIT;
    (void)state;

    seal(&pouch, 1, "text", 4);
    size_t size = pouch.size;
    while (pouch.size < size + 4096)
        buf_addc(&pouch, 0);
    for (size_t n = 0; n <= pouch.size; n++)
        assert_true(opens(&pouch, n) == (n == size));
    pouch.data[4] = 0; /* no readers */
    assert_false(opens(&pouch, size));
    pouch.data[4] = (char)255; /* slots that are not there */
    assert_false(opens(&pouch, size));
    buf_release(&pouch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_for_its_readers_alone),
        cmocka_unit_test(opens_with_a_key_of_before),
        cmocka_unit_test(is_as_it_is_described),
        cmocka_unit_test(shows_only_about_how_long_it_is),
        cmocka_unit_test(is_drawn_anew),
        cmocka_unit_test(has_from_one_to_many_readers),
        cmocka_unit_test(gives_no_two_readers_two_texts),
        cmocka_unit_test(keeps_every_slot),
        cmocka_unit_test(has_one_version),
        cmocka_unit_test(has_one_padding),
        cmocka_unit_test(takes_no_key_twice),
        cmocka_unit_test(makes_public_keys),
        cmocka_unit_test(takes_no_key_that_is_none),
        cmocka_unit_test(believes_no_secret_that_all_know),
        cmocka_unit_test(has_the_sizes_that_it_has),
    };
    return cmocka_run_group_tests_name("pouch envelope", tests, make_posts, NULL);
}
