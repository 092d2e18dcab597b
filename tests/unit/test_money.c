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

static void faults_are_told_apart(void **state)
{
    static const struct {
        const char *amount, *currency;
        enum money_fault fault;
    } cases[] = {
        {"1.005", "USD", MONEY_TOO_EXACT},
        {"0.5", "XOF", MONEY_TOO_EXACT},
        {"1.2345", "JOD", MONEY_TOO_EXACT},
        {"10000000000000", "USD", MONEY_TOO_LARGE},
        {"99999999999999999999999999999999999999", "JPY", MONEY_TOO_LARGE},
        {"1000000000000", "CLF", MONEY_TOO_LARGE},
        {"", "USD", MONEY_NO_NUMBER},
        {"-5", "USD", MONEY_NO_NUMBER},
        {"1e9", "USD", MONEY_NO_NUMBER},
        {"0x10", "USD", MONEY_NO_NUMBER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t units = -7;
        assert_int_equal(money_read(cases[i].amount, cases[i].currency, &units), cases[i].fault);
        assert_int_equal(units, -7);
    }
}

static void sums_stay_below_the_limit(void **state)
{
    int64_t sum = MONEY_LIMIT - 2;

    (void)state;
    assert_true(money_add(&sum, 1));
    assert_false(money_add(&sum, 1));
    assert_false(money_add(&sum, INT64_MAX));
    assert_int_equal(sum, MONEY_LIMIT - 1);
    sum = 1 - MONEY_LIMIT;
    assert_false(money_add(&sum, -1));
    assert_false(money_add(&sum, INT64_MIN));
    assert_int_equal(sum, 1 - MONEY_LIMIT);
}

/* Exact where a double would not be, rounded once at the end, half a unit up. */
static void rates(void **state)
{
    static const struct {
        int64_t units;
        const char *currency, *rate, *other;
        int64_t converted;
    } good[] = {
        {185000, "AED", "0.272294", "USD", 50374},    /* 1850 AED: 503.7439 */
        {62000, "XOF", "0.0017", "USD", 10540},       /* 105.40 */
        {10000, "USD", "0.709", "JOD", 70900},        /* 100 USD: 70.900 JOD */
        {70900, "JOD", "1.4104372355", "USD", 10000}, /* 99.99999999695 */
        {1, "USD", "0.5", "HNL", 1},                  /* half a unit up */
        {1, "USD", "0.499999999999", "HNL", 0},
        {3, "USD", "0.5", "HNL", 2},
        {100, "USD", "605.25", "XOF", 605},
        {999999999999999, "USD", "1", "HNL", 999999999999999},
        {999999999999999, "JPY", "0.000000000001", "JPY", 1000},
        {0, "USD", "24.7", "HNL", 0},
    };
    static const struct {
        int64_t units;
        const char *currency, *rate, *other;
    } bad[] = {
        {100, "USD", "0", "HNL"},
        {100, "USD", "0.000", "HNL"},
        {100, "USD", "", "HNL"},
        {100, "USD", ".5", "HNL"},
        {100, "USD", "5.", "HNL"},
        {100, "USD", "-1", "HNL"},
        {100, "USD", "24,7", "HNL"},
        {100, "USD", "1.2.3", "HNL"},
        {100, "USD", "0.0000000000001", "HNL"},  /* 13 decimals */
        {100, "USD", "1234567890123456", "HNL"}, /* 16 digits */
        {999999999999999, "USD", "1.1", "HNL"},
        {999999999999999, "JPY", "999999999999999", "CLF"},
        {-1, "USD", "1", "HNL"},
        {MONEY_LIMIT, "USD", "1", "HNL"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t out = -7;
        assert_true(
            money_convert(good[i].units, good[i].currency, good[i].rate, good[i].other, &out));
        assert_int_equal(out, good[i].converted);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t out = -7;
        assert_false(money_convert(bad[i].units, bad[i].currency, bad[i].rate, bad[i].other, &out));
        assert_int_equal(out, -7);
    }
}

/* Shares add up to the unit, whatever the weights; nobody is a whole unit off their part. */
static void shares_add_up(void **state)
{
    uint32_t random = 12345;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        int64_t weights[9], shares[9], all = 0, sum = 0;
        size_t count = 1 + (size_t)round % 9;
        int64_t units = round % 7 ? (int64_t)(random % 100000) : MONEY_LIMIT - 1 - round;
        for (size_t i = 0; i < count; i++) {
            random = random * 1664525 + 1013904223;
            weights[i] = random >> 8 & (round % 2 ? 0x3 : 0xfffff);
            all += weights[i];
        }
        if (!all)
            all = weights[0] = 1;
        money_split(units, weights, count, shares);
        for (size_t i = 0; i < count; i++) {
            long double part = (long double)units * (long double)weights[i] / (long double)all;
            sum += shares[i];
            assert_true((long double)shares[i] > part - 1.01L);
            assert_true((long double)shares[i] < part + 1.01L);
            assert_true(weights[i] || !shares[i]);
        }
        assert_int_equal(sum, units);
    }
}

static void what_is_left_over_goes_to_the_first(void **state)
{
    static const int64_t equal[] = {1, 1, 1, 1, 1}, uneven[] = {1, 2, 0, 1};
    int64_t shares[5];

    (void)state;
    money_split(1003, equal, 5, shares);
    assert_int_equal(shares[0], 201);
    assert_int_equal(shares[2], 201);
    assert_int_equal(shares[3], 200);
    assert_int_equal(shares[4], 200);
    money_split(10, uneven, 4, shares); /* 2.5, 5, 0, 2.5 */
    assert_int_equal(shares[0], 3);
    assert_int_equal(shares[1], 5);
    assert_int_equal(shares[2], 0);
    assert_int_equal(shares[3], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_told_apart),
        cmocka_unit_test(sums_stay_below_the_limit),
        cmocka_unit_test(rates),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(what_is_left_over_goes_to_the_first),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
