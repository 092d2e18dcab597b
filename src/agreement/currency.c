/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/currency.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static const struct currency currencies[] = {
#include "currency_table.h"
};

static int by_code(const void *key, const void *entry)
{
    return strcmp(key, ((const struct currency *)entry)->code);
}

const struct currency *currency_find(const char *code)
{
    return bsearch(code, currencies, ARRAY_SIZE(currencies), sizeof *currencies, by_code);
}

const struct currency *currency_all(size_t *count)
{
    *count = ARRAY_SIZE(currencies);
    return currencies;
}
