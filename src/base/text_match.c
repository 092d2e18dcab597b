/* SPDX-License-Identifier: MIT */
/* Texts in order, and found, by what folding leaves of them. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

struct keyed {
    struct buf key;
    size_t index;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *left = a, *right = b;
    int order = strcmp(buf_text(&left->key), buf_text(&right->key));

    return order ? order : (left->index > right->index) - (left->index < right->index);
}

void text_order(const char *const *texts, size_t count, size_t *order)
{
    struct keyed *keyed = xcalloc(count + 1, sizeof *keyed);

    for (size_t i = 0; i < count; i++) {
        keyed[i] = (struct keyed){BUF_INIT, i};
        text_fold(&keyed[i].key, texts[i]);
    }
    qsort(keyed, count, sizeof *keyed, by_key);
    for (size_t i = 0; i < count; i++) {
        order[i] = keyed[i].index;
        buf_release(&keyed[i].key);
    }
    free(keyed);
}

/* Where in the folded label a folded word of `size` bytes is. */
static enum text_match match_word(const char *word, size_t size, const char *label)
{
    enum text_match best = TEXT_MATCH_NONE;
    const char *end = label + strlen(label);

    for (const char *at = label; at + size <= end; at++) {
        if (memcmp(at, word, size) != 0)
            continue;
        size_t offset = (size_t)(at - label);
        if (offset == 0 || !text_in_word(label, text_prev(label, offset)))
            return TEXT_MATCH_WORDS;
        best = TEXT_MATCH_PART;
    }
    return best;
}

static enum text_match match_folded(const char *typed, const char *label)
{
    enum text_match worst = TEXT_MATCH_WORDS;
    size_t size = strlen(typed);

    if (size && strncmp(label, typed, size) == 0)
        return label[size] ? TEXT_MATCH_START : TEXT_MATCH_WHOLE;
    while (*typed) {
        size = strcspn(typed, " ");
        enum text_match one = match_word(typed, size, label);
        if (one < worst)
            worst = one;
        typed += size;
        typed += strspn(typed, " ");
    }
    return worst;
}

enum text_match text_match_folded(const char *folded, const char *label)
{
    struct buf other = BUF_INIT;

    text_fold(&other, label);
    enum text_match match = match_folded(folded, buf_text(&other));
    buf_release(&other);
    return match;
}

enum text_match text_match(const char *typed, const char *label)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, typed);
    enum text_match match = text_match_folded(buf_text(&folded), label);
    buf_release(&folded);
    return match;
}
