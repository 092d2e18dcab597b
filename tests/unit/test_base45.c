/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/base/base45.h"
#include "amparo/base/mem.h"

/* The examples of RFC 9285, 4.3 and 4.4. */
static void test_as_the_standard_has_it(void **state)
{
    static const char *const examples[][2] = {
        {"AB", "BB8"},
        {"Hello!!", "%69 VD92EX0"},
        {"base-45", "UJCLQE7W581"},
        {"ietf!", "QED8WEX0"},
        {"", ""},
    };
    struct buf out = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
        const char *plain = examples[i][0], *coded = examples[i][1];
        buf_clear(&out);
        base45_put(&out, plain, strlen(plain));
        assert_string_equal(buf_text(&out), coded);
        assert_int_equal(out.size, base45_length(strlen(plain)));
        buf_clear(&out);
        assert_true(base45_get(&out, coded, strlen(coded)));
        assert_string_equal(buf_text(&out), plain);
    }
    buf_release(&out);
}

static void test_every_pair_of_bytes(void **state)
{
    struct buf text = BUF_INIT, bytes = BUF_INIT;
    (void)state;

    for (unsigned n = 0; n <= UINT16_MAX; n++) {
        uint8_t pair[] = {(uint8_t)(n >> 8), (uint8_t)n};
        buf_clear(&text);
        buf_clear(&bytes);
        base45_put(&text, pair, n <= UINT8_MAX ? 1 : 2);
        assert_true(base45_get(&bytes, text.data, text.size));
        assert_int_equal(bytes.size, n <= UINT8_MAX ? 1 : 2);
        assert_memory_equal(bytes.data, pair, bytes.size);
    }
    buf_release(&text);
    buf_release(&bytes);
}

static void test_what_is_no_base45_is_refused(void **state)
{
    static const char *const wrong[] = {"A",
                                        "AAAA",
                                        "GGW",
                                        "::",
                                        ":::",
                                        "V6",
                                        "bb8",
                                        "BB_",
                                        "BB8\n",
                                        "B\xC3\x91"
                                        "8"};
    struct buf out = BUF_INIT;
    (void)state;

    buf_adds(&out, "before");
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        assert_false(base45_get(&out, wrong[i], strlen(wrong[i])));
        assert_string_equal(buf_text(&out), "before");
    }
    assert_false(base45_get(&out, "BB\0", 3));
    assert_true(base45_get(&out, "FGW", 3)); /* the greatest pair */
    assert_memory_equal(out.data, "before\xFF\xFF", 8);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_the_standard_has_it),
        cmocka_unit_test(test_every_pair_of_bytes),
        cmocka_unit_test(test_what_is_no_base45_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
