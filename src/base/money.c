/* SPDX-License-Identifier: MIT */
#include "amparo/base/money.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* The currencies whose decimals are not two. */
static const struct {
    char code[4];
    int decimals;
} unusual[] = {
    {"BHD", 3}, {"BIF", 0}, {"CLF", 4}, {"CLP", 0}, {"DJF", 0}, {"GNF", 0}, {"IQD", 3},
    {"ISK", 0}, {"JOD", 3}, {"JPY", 0}, {"KMF", 0}, {"KRW", 0}, {"KWD", 3}, {"LYD", 3},
    {"OMR", 3}, {"PYG", 0}, {"RWF", 0}, {"TND", 3}, {"UGX", 0}, {"UYI", 0}, {"UYW", 4},
    {"VND", 0}, {"VUV", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0},
};

int currency_decimals(const char *currency)
{
    for (size_t i = 0; i < ARRAY_SIZE(unusual); i++)
        if (strcmp(unusual[i].code, currency) == 0)
            return unusual[i].decimals;
    return 2;
}

enum money_fault money_read(const char *amount, const char *currency, int64_t *units)
{
    int decimals = currency_decimals(currency);
    int64_t sum = 0;
    bool point = false, digit = false, exact = true;

    for (; *amount; amount++) {
        if (*amount == '.' && digit && !point && amount[1]) {
            point = true;
            continue;
        }
        if (*amount < '0' || *amount > '9')
            return MONEY_NO_NUMBER;
        digit = true;
        if (point && decimals-- <= 0)
            exact = exact && *amount == '0';
        else if (sum < MONEY_LIMIT)
            sum = sum * 10 + (*amount - '0');
    }
    for (; decimals > 0 && sum < MONEY_LIMIT; decimals--)
        sum *= 10;
    if (!digit || !exact || sum >= MONEY_LIMIT)
        return !digit ? MONEY_NO_NUMBER : !exact ? MONEY_TOO_EXACT : MONEY_TOO_LARGE;
    *units = sum;
    return MONEY_FINE;
}

bool money_parse(const char *amount, const char *currency, int64_t *units)
{
    return money_read(amount, currency, units) == MONEY_FINE;
}

bool money_add(int64_t *sum, int64_t units)
{
    int64_t after;

    if (__builtin_add_overflow(*sum, units, &after) || after >= MONEY_LIMIT ||
        after <= -MONEY_LIMIT)
        return false;
    *sum = after;
    return true;
}

/* a * b / c and what is left, digit by digit of a: no product has to fit. c is below 2^62; false
 * where the quotient is too large. */
static bool multiply_divide(uint64_t a, uint64_t b, uint64_t c, uint64_t *quotient, uint64_t *rest)
{
    uint64_t whole = b / c, part = b % c, q = 0, r = 0;

    for (int bit = 63; bit >= 0; bit--) {
        q = 2 * q;
        r = 2 * r;
        if (a >> bit & 1)
            r += part;
        for (; r >= c; r -= c)
            q++;
    }
    *rest = r;
    return !__builtin_mul_overflow(a, whole, quotient) &&
           !__builtin_add_overflow(*quotient, q, quotient) && *quotient < MONEY_LIMIT;
}

static uint64_t power_of_ten(int exponent)
{
    uint64_t power = 1;

    for (; exponent > 0; exponent--)
        power *= 10;
    return power;
}

/* The digits of a rate as a number, and how many of them stand after its point. */
static bool read_rate(const char *text, uint64_t *digits, int *decimals)
{
    enum { DIGITS_MOST = 15, DECIMALS_MOST = 12 };
    int count = 0;
    bool point = false;

    *digits = 0;
    *decimals = 0;
    for (; *text; text++) {
        if (*text == '.' && count && !point && text[1]) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || ++count > DIGITS_MOST)
            return false;
        *digits = *digits * 10 + (uint64_t)(*text - '0');
        *decimals += point;
    }
    return *digits && *decimals <= DECIMALS_MOST;
}

bool money_convert(int64_t units, const char *currency, const char *rate, const char *other,
                   int64_t *out)
{
    uint64_t digits, quotient, rest, factor = 1, divisor = 1;
    int decimals;

    if (units < 0 || units >= MONEY_LIMIT || !read_rate(rate, &digits, &decimals))
        return false;
    int exponent = decimals + currency_decimals(currency) - currency_decimals(other);
    if (exponent > 0)
        divisor = power_of_ten(exponent);
    else
        factor = power_of_ten(-exponent);
    if (!multiply_divide((uint64_t)units * factor, digits, divisor, &quotient, &rest))
        return false;
    quotient += 2 * rest >= divisor;
    if (quotient >= MONEY_LIMIT)
        return false;
    *out = (int64_t)quotient;
    return true;
}

void money_split(int64_t units, const int64_t *weights, size_t count, int64_t *shares)
{
    uint64_t all = 0, share;
    uint64_t *rests = xcalloc(count + 1, sizeof *rests);
    int64_t left = units;

    for (size_t i = 0; i < count; i++)
        all += (uint64_t)weights[i];
    for (size_t i = 0; i < count; i++) {
        multiply_divide((uint64_t)units, (uint64_t)weights[i], all, &share, &rests[i]);
        shares[i] = (int64_t)share;
        left -= shares[i];
    }
    for (; left > 0; left--) {
        size_t deepest = 0;
        for (size_t i = 1; i < count; i++)
            if (rests[i] > rests[deepest])
                deepest = i;
        shares[deepest]++;
        rests[deepest] = 0;
    }
    free(rests);
}

void money_format_bare(struct buf *out, int64_t units, const char *currency)
{
    int decimals = currency_decimals(currency);
    uint64_t whole = units < 0 ? -(uint64_t)units : (uint64_t)units, one = power_of_ten(decimals);

    buf_addf(out, "%s%" PRIu64, units < 0 ? "-" : "", whole / one);
    if (decimals)
        buf_addf(out, ".%0*" PRIu64, decimals, whole % one);
}

void money_format(struct buf *out, int64_t units, const char *currency)
{
    buf_addf(out, "%s ", currency);
    money_format_bare(out, units, currency);
}
