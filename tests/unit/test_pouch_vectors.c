/* SPDX-License-Identifier: MIT */
/*
 * The frozen vectors of tests/vectors/pouch: they are sealed to the same bytes and open; every
 * flipped bit, every truncation and every byte too many is refused; and nothing is believed of a
 * content in which a bit was flipped but what was said.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "pouch_kit.h"

static const char *const names[] = {"empty",   "191",  "192",           "2500",     "poll",
                                    "poll-10", "note", "note-withheld", "receipts", "several"};

enum { LINES_MOST = 64, READERS_MOST = 16 };

/* The lines of a file, in their order. */
struct vector {
    const char *of;
    struct line {
        char name[16];
        struct buf bytes;
    } lines[LINES_MOST];
    size_t count;
};

static void read_hex(struct buf *out, const char *hex)
{
    uint8_t bytes[256];
    size_t size;
    const char *end;

    assert_int_equal(sodium_hex2bin(bytes, sizeof bytes, hex, strlen(hex), " \n", &size, &end), 0);
    assert_int_equal(*end, '\0');
    buf_add(out, bytes, size);
}

static void read_vector(struct vector *v, const char *name)
{
    char *path = xasprintf("%s/tests/vectors/pouch/%s", getenv("AMPARO_SRC"), name), text[256];
    FILE *file = fopen(path, "r");

    memset(v, 0, sizeof *v);
    v->of = name;
    if (!file)
        fail_msg("%s cannot be read", path);
    while (fgets(text, sizeof text, file)) {
        char *colon = strchr(text, ':');
        if (*text == '#')
            continue;
        if (*text != ' ') {
            assert_non_null(colon);
            assert_true(v->count < LINES_MOST);
            struct line *line = &v->lines[v->count++];
            snprintf(line->name, sizeof line->name, "%.*s", (int)(colon - text), text);
            buf_init(&line->bytes);
        }
        read_hex(&v->lines[v->count - 1].bytes, *text == ' ' ? text : colon + 1);
    }
    fclose(file);
    free(path);
}

static void release(struct vector *v)
{
    for (size_t i = 0; i < v->count; i++)
        buf_release(&v->lines[i].bytes);
}

/* The nth line of that name, from 0; NULL: there are fewer. */
static const struct buf *nth(const struct vector *v, const char *name, size_t n)
{
    for (size_t i = 0; i < v->count; i++)
        if (!strcmp(v->lines[i].name, name) && !n--)
            return &v->lines[i].bytes;
    return NULL;
}

static const struct buf *one(const struct vector *v, const char *name)
{
    const struct buf *bytes = nth(v, name, 0);

    if (!bytes)
        fail_msg("%s: no %s", v->of, name);
    return bytes;
}

static void assert_bytes(const struct vector *v, const char *name, size_t n, const void *bytes,
                         size_t size)
{
    const struct buf *wanted = nth(v, name, n);

    if (!wanted || wanted->size != size || (size && memcmp(wanted->data, bytes, size) != 0))
        fail_msg("%s: %s %zu is not as it was", v->of, name, n);
}

static const uint8_t *reader(const struct vector *v, size_t n)
{
    const struct buf *key = nth(v, "reader", n);

    return key ? (const uint8_t *)key->data : NULL;
}

/* ---- the envelope ---- */

static void seals_to_the_same_bytes(void **state)
{
    struct vector v;
    struct buf pouch = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        uint8_t keys[READERS_MOST][ENVELOPE_KEY];
        size_t n = 0;
        read_vector(&v, names[i]);
        for (; reader(&v, n); n++)
            assert_true(x25519_public(reader(&v, n), keys[n]));
        buf_clear(&pouch);
        assert_true(envelope_seal(&pouch, keys[0], n, buf_text(one(&v, "inner")),
                                  one(&v, "inner")->size, (uint8_t *)one(&v, "machine")->data,
                                  (uint8_t *)one(&v, "random")->data, NULL));
        assert_bytes(&v, "pouch", 0, pouch.data, pouch.size);
        release(&v);
    }
    buf_release(&pouch);
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, ENVELOPE_KEY);
}

/* The same by the other hand, and the keys on the way. */
static void follows_from_its_description(void **state)
{
    struct vector v;
    struct buf pouch = BUF_INIT, padded = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        uint8_t sorted[READERS_MOST][ENVELOPE_KEY], placed[READERS_MOST][ENVELOPE_KEY], e[32];
        uint8_t k[READERS_MOST][16];
        size_t n = 0, order[READERS_MOST];
        read_vector(&v, names[i]);
        const struct buf *inner = one(&v, "inner");
        for (; reader(&v, n); n++)
            crypto_scalarmult_base(sorted[n], reader(&v, n));
        qsort(sorted, n, sizeof *sorted, by_bytes);
        buf_clear(&padded);
        buf_add(&padded, buf_text(inner), inner->size);
        buf_addc(&padded, (char)0x80);
        while (padded.size < one(&v, "pouch")->size - 5 - 32 - 16 * n - 32 - 16)
            buf_addc(&padded, 0);
        kit_keys(e, k[0], order, sorted[0], n, (uint8_t *)padded.data, padded.size,
                 (uint8_t *)one(&v, "machine")->data, (uint8_t *)one(&v, "random")->data);
        assert_bytes(&v, "e", 0, e, sizeof e);
        assert_bytes(&v, "K", 0, k[0], sizeof k[0]);
        for (size_t j = 0; j < n; j++) {
            memcpy(k[j], k[0], sizeof k[0]);
            memcpy(placed[j], sorted[order[j]], ENVELOPE_KEY);
        }
        kit_seal(&pouch, &(struct kit_envelope){.n = n,
                                                .readers = placed[0],
                                                .e = e,
                                                .k = k[0],
                                                .inner = (uint8_t *)padded.data,
                                                .size = padded.size});
        assert_bytes(&v, "pouch", 0, pouch.data, pouch.size);
        release(&v);
    }
    buf_release(&pouch);
    buf_release(&padded);
}

static bool opens(const struct vector *v, size_t n, const void *pouch, size_t size,
                  struct buf *inner)
{
    buf_clear(inner);
    return envelope_open(inner, pouch, size, reader(v, n), 1, NULL, NULL);
}

static void opens_for_each_reader(void **state)
{
    struct vector v;
    struct buf inner = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        read_vector(&v, names[i]);
        for (size_t n = 0; reader(&v, n); n++) {
            assert_true(opens(&v, n, one(&v, "pouch")->data, one(&v, "pouch")->size, &inner));
            assert_bytes(&v, "inner", 0, inner.data, inner.size);
        }
        release(&v);
    }
    buf_release(&inner);
}

static void refuses_every_flipped_bit(void **state)
{
    struct vector v;
    struct buf inner = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        read_vector(&v, names[i]);
        const struct buf *pouch = one(&v, "pouch");
        for (size_t bit = 0; bit < 8 * pouch->size; bit++) {
            pouch->data[bit / 8] ^= (char)(1 << bit % 8);
            if (opens(&v, 0, pouch->data, pouch->size, &inner))
                fail_msg("%s: bit %zu flipped, and it opens", v.of, bit);
            assert_int_equal(inner.size, 0);
            pouch->data[bit / 8] ^= (char)(1 << bit % 8);
        }
        assert_true(opens(&v, 0, pouch->data, pouch->size, &inner));
        release(&v);
    }
    buf_release(&inner);
}

static void refuses_every_other_length(void **state)
{
    struct vector v;
    struct buf inner = BUF_INIT, longer = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        read_vector(&v, names[i]);
        const struct buf *pouch = one(&v, "pouch");
        for (size_t size = 0; size < pouch->size; size++) {
            if (opens(&v, 0, pouch->data, size, &inner))
                fail_msg("%s: the first %zu bytes open", v.of, size);
            if (opens(&v, 0, pouch->data + pouch->size - size, size, &inner))
                fail_msg("%s: the last %zu bytes open", v.of, size);
        }
        buf_clear(&longer);
        buf_add(&longer, pouch->data, pouch->size);
        for (size_t more = 1; more <= 1024; more++) {
            buf_addc(&longer, (char)(more % 3 ? 0 : more));
            if (opens(&v, 0, longer.data, longer.size, &inner))
                fail_msg("%s: it opens with %zu bytes behind", v.of, more);
        }
        release(&v);
    }
    buf_release(&inner);
    buf_release(&longer);
}

/* ---- the content ---- */

/* A content_key_of by the vector's authors. */
static bool key_of(void *ctx, const uint8_t author[AUTHOR], const struct core *core, unsigned n,
                   uint8_t signer[KEY], uint8_t root[ROOT])
{
    const struct vector *v = ctx;
    (void)core;

    for (size_t i = 0; !n && nth(v, "author", i); i++) {
        if (memcmp(nth(v, "author", i)->data, author, AUTHOR) != 0)
            continue;
        memcpy(signer, nth(v, "key", i)->data, KEY);
        memset(root, 0, ROOT);
        return true;
    }
    return false;
}

/* The nth dispatch: compares it with its lines in the file. */
static void assert_dispatch(const struct vector *v, size_t n, const struct act_bytes *got)
{
    size_t at = 0, part = 0;

    for (size_t seen = 0; at < v->count; at++)
        if (!strcmp(v->lines[at].name, "dispatch") && seen++ == n)
            break;
    assert_true(at < v->count);
    assert_memory_equal(v->lines[at].bytes.data, got->id, ACT_ID_SIZE);
    for (at++; at < v->count && strcmp(v->lines[at].name, "dispatch") != 0; at++) {
        const struct line *line = &v->lines[at];
        const struct part *p = &got->parts[part];
        if (!strcmp(line->name, "core")) {
            assert_int_equal(line->bytes.size, got->core.size);
            assert_memory_equal(line->bytes.data, got->core.data, got->core.size);
        } else if (!strcmp(line->name, "salt")) {
            assert_true(p->present);
            assert_memory_equal(line->bytes.data, p->salt, SALT);
        } else if (!strcmp(line->name, "part")) {
            assert_int_equal(line->bytes.size, p->bytes.size);
            assert_memory_equal(line->bytes.data, p->bytes.data, p->bytes.size);
        } else if (!strcmp(line->name, "commitment")) {
            assert_memory_equal(line->bytes.data, p->commitment, HASH);
            part++;
        } else {
            assert_string_equal(line->name, "signature");
            assert_memory_equal(line->bytes.data, got->signature, VAULT_SIGNATURE);
        }
    }
    assert_int_equal(part, got->count);
}

/* Some of the file's dispatches, in its order, and all of its receipts or none. */
static void assert_content(const struct vector *v, const struct content *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->count; i++) {
        while (nth(v, "dispatch", n) &&
               memcmp(nth(v, "dispatch", n)->data, c->dispatches[i].id, ACT_ID_SIZE) != 0)
            n++;
        assert_dispatch(v, n, &c->dispatches[i]);
    }
    for (size_t i = 0; i < c->receipt_count; i++)
        assert_bytes(v, "receipt", i, c->receipts[i], RECEIPT);
    if (c->receipt_count)
        assert_null(nth(v, "receipt", c->receipt_count));
}

static void takes_the_content_apart(void **state)
{
    struct vector v;
    size_t contents = 0;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct content c = CONTENT_INIT;
        struct error err = ERROR_INIT;
        read_vector(&v, names[i]);
        const struct buf *inner = one(&v, "inner");
        if (!nth(&v, "sender", 0)) {
            assert_false(content_take(&c, buf_text(inner), inner->size, key_of, &v, NULL));
            release(&v);
            continue;
        }
        contents++;
        if (!content_take(&c, inner->data, inner->size, key_of, &v, &err))
            fail_msg("%s: %s", v.of, error_text(&err));
        assert_content(&v, &c);
        assert_bytes(&v, "sender", 0, c.sender, AUTHOR);
        assert_null(nth(&v, "dispatch", c.count));
        assert_true(c.count || c.receipt_count);
        assert_true(c.receipt_count || !nth(&v, "receipt", 0));
        assert_int_equal(c.unknown + c.forged + c.strange + c.forged_receipts, 0);
        content_release(&c);
        release(&v);
    }
    assert_int_equal(contents, 6);
}

/* The envelope guards the content from all but its sender, and dispatches guard themselves from
 * the sender too. */
static void believes_nothing_that_nobody_said(void **state)
{
    struct vector v;
    size_t refused = 0, taken = 0;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        read_vector(&v, names[i]);
        const struct buf *inner = one(&v, "inner");
        for (size_t bit = 0; nth(&v, "sender", 0) && bit < 8 * inner->size; bit++) {
            struct content c = CONTENT_INIT;
            inner->data[bit / 8] ^= (char)(1 << bit % 8);
            if (content_take(&c, inner->data, inner->size, key_of, &v, NULL)) {
                assert_content(&v, &c);
                taken++;
            } else {
                refused++;
            }
            content_release(&c);
            inner->data[bit / 8] ^= (char)(1 << bit % 8);
        }
        for (size_t size = 0; nth(&v, "sender", 0) && size < inner->size; size++) {
            struct content c = CONTENT_INIT;
            assert_false(content_take(&c, inner->data, size, key_of, &v, NULL));
        }
        release(&v);
    }
    assert_true(refused > 1000 && taken > 1000); /* such as a signature that holds no more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seals_to_the_same_bytes),
        cmocka_unit_test(follows_from_its_description),
        cmocka_unit_test(opens_for_each_reader),
        cmocka_unit_test(refuses_every_flipped_bit),
        cmocka_unit_test(refuses_every_other_length),
        cmocka_unit_test(takes_the_content_apart),
        cmocka_unit_test(believes_nothing_that_nobody_said),
    };
    return cmocka_run_group_tests_name("pouch vectors", tests, NULL, NULL);
}
