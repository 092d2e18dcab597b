/* SPDX-License-Identifier: MIT */
#include "amparo/base/words.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "amparo/base/mem.h"
#include "gen/words_data.h"

static const char *list_of(const char *language)
{
    char name[24];

    snprintf(name, sizeof name, "words/%.2s.txt", language);
    for (size_t i = 0; i < ARRAY_SIZE(words_data); i++)
        if (strcmp(words_data[i].name, name) == 0)
            return words_data[i].text;
    return words_data[0].text;
}

/* The word of that number, a line of the list. */
static const char *word_at(const char *list, size_t number, size_t *size)
{
    while (number--)
        list += strcspn(list, "\n") + 1;
    *size = strcspn(list, "\n");
    return list;
}

size_t words_draw(const char *language, size_t count, char *out, size_t room)
{
    const char *list = list_of(language);
    size_t length = 0, size;

    for (size_t i = 0; i < count; i++) {
        uint16_t number; /* 512 parts 65536 evenly */
        if (getrandom(&number, sizeof number, 0) != sizeof number)
            return 0;
        const char *word = word_at(list, number % WORDS_IN_LIST, &size);
        explicit_bzero(&number, sizeof number);
        if (length + size + 2 > room)
            return 0;
        if (length)
            out[length++] = ' ';
        memcpy(out + length, word, size);
        length += size;
    }
    out[length] = '\0';
    return length;
}
