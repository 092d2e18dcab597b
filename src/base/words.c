/* SPDX-License-Identifier: MIT */
#include "amparo/base/words.h"

#include <stdbool.h>
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

/* One of 512 at random (which part 65536 evenly) that is not among the first `count`. */
static bool draw(uint16_t *numbers, size_t count)
{
    bool again = true;

    while (again) {
        if (getrandom(&numbers[count], sizeof *numbers, 0) != sizeof *numbers)
            return false;
        numbers[count] %= WORDS_IN_LIST;
        again = false;
        for (size_t i = 0; i < count; i++)
            again = again || numbers[i] == numbers[count];
    }
    return true;
}

size_t words_draw(const char *language, size_t count, char *out, size_t room)
{
    uint16_t numbers[WORDS_MOST];
    const char *list = list_of(language);
    size_t length = 0, size;

    for (size_t i = 0; i < count; i++) {
        if (i == WORDS_MOST || !draw(numbers, i))
            return 0;
        const char *word = word_at(list, numbers[i], &size);
        if (length + size + 2 > room)
            return 0;
        if (length)
            out[length++] = ' ';
        memcpy(out + length, word, size);
        length += size;
    }
    out[length] = '\0';
    explicit_bzero(numbers, sizeof numbers);
    return length;
}
