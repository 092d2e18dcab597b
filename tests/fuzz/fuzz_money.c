/* SPDX-License-Identifier: MIT */
/* Sums of money: "CUR amount". */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/money.h"
#include "fuzz.h"

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    char *space = strchr(text, ' ');
    const char *amount = space ? space + 1 : text;
    struct buf out = BUF_INIT;
    int64_t units = -1, again;

    if (space)
        *space = '\0';
    const char *currency = space ? text : "USD";
    bool taken = money_parse(amount, currency, &units);
    if (taken) {
        PROMISE(units >= 0 && units < INT64_C(1000000000000000), "%s is %lld units", amount,
                (long long)units);
        money_format(&out, units, currency);
        const char *written = buf_text(&out) + strlen(currency) + 1;
        PROMISE(money_parse(written, currency, &again) && again == units,
                "%s %s is written %s, and that is another sum", currency, amount, buf_text(&out));
    } else {
        PROMISE(units == -1, "refused, and a sum is there");
    }
    buf_release(&out);
    free(text);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("AED 1850"),   SEED("USD 1850.50"),          SEED("KWD 0.250"), SEED("XOF 655957"),
    SEED("CLP 10.000"), SEED("USD 9999999999999.99"), SEED("USD 0"),     SEEDS_END,
};

static const char *const list[] = {".", ",",  "00",   "999999999", "-",
                                   "+", "e9", "XOF ", "KWD ",      NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(money, run) = {"money", run, seeds, words, fuzz_mutate_bytes, 8000};
