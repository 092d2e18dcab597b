/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/language.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static const struct language languages[] = {
#include "language_table.h"
};

static int by_code(const void *key, const void *entry)
{
    return strcmp(key, ((const struct language *)entry)->code);
}

const struct language *language_find(const char *code)
{
    return bsearch(code, languages, ARRAY_SIZE(languages), sizeof *languages, by_code);
}

const struct language *language_by_alpha3(const char *alpha3)
{
    for (size_t i = 0; i < ARRAY_SIZE(languages); i++)
        if (!strcmp(languages[i].alpha3, alpha3))
            return &languages[i];
    return NULL;
}

const struct language *language_all(size_t *count)
{
    *count = ARRAY_SIZE(languages);
    return languages;
}
