/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amparo/base/money.h"

static void test_parse(void **state)
{
    static const struct {
        const char *amount, *currency;
        int64_t units;
    } good[] = {
        {"1850", "AED", 185000},
        {"1850.5", "AED", 185050},
        {"0.05", "USD", 5},
        {"12000", "XOF", 12000},
        {"12000.00", "XOF", 12000},
        {"0.250", "KWD", 250},
        {"0", "USD", 0},
        {"1.500", "USD", 150},
        {"9999999999999.99", "USD", 999999999999999},
        {"999999999999999", "JPY", 999999999999999},
    };
    static const struct {
        const char *amount, *currency;
    } bad[] = {
        {"", "USD"},
        {".5", "USD"},
        {"1.", "USD"},
        {"1.005", "USD"},
        {"0.5", "XOF"},
        {"1,50", "USD"},
        {"-1", "USD"},
        {"1.2.3", "USD"},
        {" 1", "USD"},
        {"1e3", "USD"},
        {"10000000000000", "USD"},
        {"1000000000000000", "JPY"},
        {"99999999999999999999", "JPY"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t units = -1;
        assert_true(money_parse(good[i].amount, good[i].currency, &units));
        assert_int_equal(units, good[i].units);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t units = -1;
        assert_false(money_parse(bad[i].amount, bad[i].currency, &units));
        assert_int_equal(units, -1);
    }
}

static void test_format(void **state)
{
    static const struct {
        int64_t units;
        const char *currency, *text;
    } rows[] = {
        {185000, "AED", "AED 1850.00"}, {5, "USD", "USD 0.05"},     {12000, "XOF", "XOF 12000"},
        {1250, "KWD", "KWD 1.250"},     {-105, "USD", "USD -1.05"}, {0, "USD", "USD 0.00"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = BUF_INIT;
        money_format(&out, rows[i].units, rows[i].currency);
        assert_string_equal(buf_text(&out), rows[i].text);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
