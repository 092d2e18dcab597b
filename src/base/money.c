/* SPDX-License-Identifier: MIT */
#include "amparo/base/money.h"

#include <inttypes.h>
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

static const int64_t too_much = INT64_C(1000000000000000);

int currency_decimals(const char *currency)
{
    for (size_t i = 0; i < ARRAY_SIZE(unusual); i++)
        if (strcmp(unusual[i].code, currency) == 0)
            return unusual[i].decimals;
    return 2;
}

bool money_parse(const char *amount, const char *currency, int64_t *units)
{
    int decimals = currency_decimals(currency);
    int64_t sum = 0;
    bool point = false, digit = false;

    for (; *amount; amount++) {
        if (*amount == '.' && digit && !point && amount[1]) {
            point = true;
            continue;
        }
        if (*amount < '0' || *amount > '9')
            return false;
        digit = true;
        if (point && decimals-- <= 0) {
            if (*amount != '0')
                return false;
            continue;
        }
        sum = sum * 10 + (*amount - '0');
        if (sum >= too_much)
            return false;
    }
    for (; decimals > 0; decimals--) {
        sum *= 10;
        if (sum >= too_much)
            return false;
    }
    if (!digit)
        return false;
    *units = sum;
    return true;
}

void money_format(struct buf *out, int64_t units, const char *currency)
{
    int decimals = currency_decimals(currency);
    uint64_t whole = units < 0 ? -(uint64_t)units : (uint64_t)units, one = 1;

    for (int i = 0; i < decimals; i++)
        one *= 10;
    buf_addf(out, "%s %s%" PRIu64, currency, units < 0 ? "-" : "", whole / one);
    if (decimals)
        buf_addf(out, ".%0*" PRIu64, decimals, whole % one);
}
