/* SPDX-License-Identifier: MIT */
/* The strict subset of CBOR: its vectors, its refusals, and that one value has one encoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/base/cbor.h"
#include "amparo/base/mem.h"

static void assert_bytes(struct buf *out, const char *bytes, size_t size)
{
    assert_int_equal(out->size, size);
    assert_memory_equal(out->data, bytes, size);
    assert_true(cbor_check(out->data, out->size, NULL, NULL));
    buf_clear(out);
}

/* From the examples of RFC 8949, appendix A. */
static void writes_the_vectors(void **state)
{
    static const struct {
        int64_t value;
        const char *bytes;
        size_t size;
    } integers[] = {
        {0, "\x00", 1},
        {10, "\x0a", 1},
        {23, "\x17", 1},
        {24, "\x18\x18", 2},
        {100, "\x18\x64", 2},
        {1000, "\x19\x03\xe8", 3},
        {1000000, "\x1a\x00\x0f\x42\x40", 5},
        {1000000000000, "\x1b\x00\x00\x00\xe8\xd4\xa5\x10\x00", 9},
        {-1, "\x20", 1},
        {-10, "\x29", 1},
        {-100, "\x38\x63", 2},
        {-1000, "\x39\x03\xe7", 3},
        {INT64_MIN, "\x3b\x7f\xff\xff\xff\xff\xff\xff\xff", 9},
    };
    struct buf out = BUF_INIT;
    struct cbor in;
    int64_t back;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(integers); i++) {
        cbor_put_int(&out, integers[i].value);
        cbor_begin(&in, out.data, out.size);
        assert_true(cbor_read_int(&in, &back));
        assert_int_equal(back, integers[i].value);
        assert_ptr_equal(in.at, in.end);
        assert_bytes(&out, integers[i].bytes, integers[i].size);
    }
    cbor_put_uint(&out, UINT64_MAX);
    cbor_begin(&in, out.data, out.size);
    assert_false(cbor_read_int(&in, &back));
    assert_int_equal(cbor_peek(&in), CBOR_UINT);
    assert_bytes(&out, "\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 9);
    cbor_put_bool(&out, false);
    assert_bytes(&out, "\xf4", 1);
    cbor_put_bool(&out, true);
    assert_bytes(&out, "\xf5", 1);
    cbor_put_bytes(&out, "\x01\x02\x03\x04", 4);
    assert_bytes(&out, "\x44\x01\x02\x03\x04", 5);
    cbor_put_text(&out, "\xc3\xbc", 2);
    assert_bytes(&out, "\x62\xc3\xbc", 3);
    cbor_put_array(&out, 2);
    cbor_put_uint(&out, 1);
    cbor_put_array(&out, 1);
    cbor_put_uint(&out, 2);
    assert_bytes(&out, "\x82\x01\x81\x02", 4);
    cbor_put_map(&out, 2);
    cbor_put_text(&out, "a", 1);
    cbor_put_uint(&out, 1);
    cbor_put_text(&out, "b", 1);
    cbor_put_array(&out, 0);
    assert_bytes(&out, "\xa2\x61\x61\x01\x61\x62\x80", 7);
    buf_release(&out);
}

static void reads_back(void **state)
{
    static const char bytes[] = "\xa3\x01\x43yes\x20\xf5\x64more\x83\x62"
                                "ok\x19\x01\x00\xf4";
    struct cbor in;
    size_t count, size;
    int64_t number;
    const uint8_t *data;
    const char *text;
    bool flag;
    (void)state;

    assert_true(cbor_check(bytes, sizeof bytes - 1, NULL, NULL));
    cbor_begin(&in, bytes, sizeof bytes - 1);
    assert_false(cbor_read_array(&in, &count));
    assert_true(cbor_read_map(&in, &count));
    assert_int_equal(count, 3);
    assert_true(cbor_read_int(&in, &number));
    assert_int_equal(number, 1);
    assert_false(cbor_read_text(&in, &text, &size));
    assert_true(cbor_read_bytes(&in, &data, &size));
    assert_memory_equal(data, "yes", 3);
    assert_true(cbor_read_int(&in, &number));
    assert_int_equal(number, -1);
    assert_true(cbor_read_bool(&in, &flag));
    assert_true(flag);
    assert_true(cbor_read_text(&in, &text, &size));
    assert_memory_equal(text, "more", 4);
    cbor_skip(&in);
    assert_int_equal(cbor_peek(&in), CBOR_NONE);
    assert_false(cbor_read_bool(&in, &flag));
}

/* Bytes of another size, and what are no bytes, are not taken and stay to be read. */
static void reads_exactly(void **state)
{
    static const char bytes[] = "\x43yes\x63yes";
    struct cbor in;
    char out[5] = "....";
    (void)state;

    cbor_begin(&in, bytes, sizeof bytes - 1);
    assert_false(cbor_read_exact(&in, out, 2));
    assert_false(cbor_read_exact(&in, out, 4));
    assert_string_equal(out, "....");
    assert_true(cbor_read_exact(&in, out, 3));
    assert_string_equal(out, "yes.");
    assert_false(cbor_read_exact(&in, out, 3));
    assert_int_equal(cbor_peek(&in), CBOR_TEXT);
}

static void refuses(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *fault;
    } bad[] = {
        {"", 0, "early"},
        {"\x18", 1, "early"},
        {"\x62"
         "a",
         2, "early"},
        {"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", 9, "early"},
        {"\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9, "early"},
        {"\x82\x01", 2, "early"},
        {"\xa1\x01", 2, "early"},
        {"\x18\x17", 2, "shortest"},
        {"\x19\x00\xff", 3, "shortest"},
        {"\x1a\x00\x00\xff\xff", 5, "shortest"},
        {"\x1b\x00\x00\x00\x00\xff\xff\xff\xff", 9, "shortest"},
        {"\x38\x00", 2, "shortest"},
        {"\x78\x01"
         "a",
         3, "shortest"},
        {"\x98\x00", 2, "shortest"},
        {"\xb8\x00", 2, "shortest"},
        {"\x5f\x41"
         "a\xff",
         4, "indefinite"},
        {"\x7f\xff", 2, "indefinite"},
        {"\x9f\xff", 2, "indefinite"},
        {"\xbf\xff", 2, "indefinite"},
        {"\x1c", 1, "reserved"},
        {"\xa2\x02\x00\x01\x00", 5, "sorted"},
        {"\xa2\x20\x00\x01\x00", 5, "sorted"},
        {"\xa2\x62"
         "aa\x00\x61"
         "b\x00",
         8, "sorted"},
        {"\xa2\x01\x00\x01\x00", 5, "twice"},
        {"\xa2\x61"
         "a\x00\x61"
         "a\x00",
         7, "twice"},
        {"\xa1\x41"
         "a\x00",
         4, "neither"},
        {"\xa1\x80\x00", 3, "neither"},
        {"\xa1\xf4\x00", 3, "neither"},
        {"\xc0\x00", 2, "tag"},
        {"\xf6", 1, "simple"},
        {"\xf7", 1, "simple"},
        {"\xf8\x20", 2, "simple"},
        {"\xf9\x00\x00", 3, "float"},
        {"\xfa\x47\xc3\x50\x00", 5, "float"},
        {"\xfb\x00\x00\x00\x00\x00\x00\x00\x00", 9, "float"},
        {"\x00\x00", 2, "after the end"},
        {"\x61\xff", 2, "UTF-8"},
        {"\x62\xc0\x80", 3, "UTF-8"},
        {"\x63\xed\xa0\x80", 4, "UTF-8"},
        {"\x64\xf4\x90\x80\x80", 5, "UTF-8"},
        {"\x61\x00", 2, "control"},
        {"\x61\t", 2, "control"},
        {"\x61\x1b", 2, "control"},
        {"\x61\x7f", 2, "control"},
        {"\x62\xc2\x85", 3, "control"},
        {"\x63\xe2\x80\xae", 4, "control"},
        {"\x63\xe2\x81\xa6", 4, "control"},
        {"\x62\xd8\x9c", 3, "control"},
        {"\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x80", 17, "deep"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        const char *fault = "accepted";
        size_t at = 99;
        assert_false(cbor_check(bad[i].bytes, bad[i].size, &fault, &at));
        assert_non_null(strstr(fault, bad[i].fault));
        assert_true(at <= bad[i].size);
    }
    assert_true(cbor_check("\x63\n\xc2\xa0", 4, NULL, NULL));
}

/* Writes again what was read. */
static void copy(struct cbor *in, struct buf *out)
{
    uint64_t number;
    size_t count;
    const uint8_t *bytes;
    const char *text;
    bool flag;

    if (cbor_read_uint(in, &number)) {
        cbor_put_uint(out, number);
    } else if (cbor_peek(in) == CBOR_NEGATIVE) {
        int64_t value;
        const uint8_t *from = in->at;
        if (cbor_read_int(in, &value)) {
            cbor_put_int(out, value);
        } else {
            cbor_skip(in);
            buf_add(out, from, (size_t)(in->at - from));
        }
    } else if (cbor_read_bytes(in, &bytes, &count)) {
        cbor_put_bytes(out, bytes, count);
    } else if (cbor_read_text(in, &text, &count)) {
        cbor_put_text(out, text, count);
    } else if (cbor_read_bool(in, &flag)) {
        cbor_put_bool(out, flag);
    } else if (cbor_read_array(in, &count)) {
        cbor_put_array(out, count);
        while (count--)
            copy(in, out);
    } else {
        assert_true(cbor_read_map(in, &count));
        cbor_put_map(out, count);
        for (count *= 2; count; count--)
            copy(in, out);
    }
}

/* Whatever is accepted is what the writer would have written. */
static void one_value_one_encoding(void **state)
{
    static const uint8_t leads[] = {0x00, 0x17, 0x18, 0x19, 0x20, 0x38, 0x40, 0x41, 0x58, 0x60,
                                    0x61, 0x62, 0x78, 0x80, 0x81, 0x82, 0x83, 0x98, 0xa0, 0xa1,
                                    0xa2, 0xa3, 0xb8, 0xf4, 0xf5, 0xf6, 0xc3, 0xa9, 0x61, 0x01};
    struct buf out = BUF_INIT;
    uint32_t seed = 20260312;
    size_t accepted = 0;
    (void)state;

    for (int round = 0; round < 400000; round++) {
        uint8_t bytes[8];
        size_t size = 1 + (size_t)round % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = seed >> 31 ? leads[(seed >> 8) % sizeof leads] : (uint8_t)(seed >> 16);
        }
        if (!cbor_check(bytes, size, NULL, NULL))
            continue;
        struct cbor in;
        cbor_begin(&in, bytes, size);
        copy(&in, &out);
        assert_ptr_equal(in.at, in.end);
        assert_int_equal(out.size, size);
        assert_memory_equal(out.data, bytes, size);
        buf_clear(&out);
        accepted++;
    }
    assert_true(accepted > 10000);
    buf_release(&out);
}

static void orders_text_keys(void **state)
{
    (void)state;
    assert_true(cbor_key_compare("b", "aa") < 0);
    assert_true(cbor_key_compare("ab", "aa") > 0);
    assert_int_equal(cbor_key_compare("aa", "aa"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_the_vectors),     cmocka_unit_test(reads_back),
        cmocka_unit_test(reads_exactly),          cmocka_unit_test(refuses),
        cmocka_unit_test(one_value_one_encoding), cmocka_unit_test(orders_text_keys),
    };
    return cmocka_run_group_tests_name("cbor", tests, NULL, NULL);
}
