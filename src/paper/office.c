/* SPDX-License-Identifier: MIT */
/* Offices in a sentence: their article, their name in the language of the note. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/paper/language.h"

/* A folded name without its first word: the article. */
static const char *without_article(const char *folded)
{
    const char *blank = strchr(folded, ' ');

    return blank ? blank + 1 : folded;
}

/* Whether each word of `words` is one of `allowed`; both folded. */
static bool only_words_of(const char *words, const char *allowed)
{
    struct buf padded = BUF_INIT, word = BUF_INIT;
    bool only = true;

    buf_addf(&padded, " %s ", allowed);
    while (only && *words) {
        size_t size = strcspn(words, " ,");
        buf_clear(&word);
        buf_addc(&word, ' ');
        buf_add(&word, words, size);
        buf_addc(&word, ' ');
        only = !size || strstr(buf_text(&padded), buf_text(&word));
        words += size;
        words += strspn(words, " ,");
    }
    buf_release(&padded);
    buf_release(&word);
    return only;
}

/* The words that may follow the kind of an office without telling more: its State and city. */
static void tail_words(const char *state, const char *city, struct buf *folded)
{
    struct buf text = BUF_INIT;

    buf_adds(&text, "of the in at de del la el los en du des le les a ");
    for (size_t i = 0; locale_languages[i]; i++) {
        const char *formal = country_formal(state, locale_languages[i]);
        buf_addf(&text, "%s ", formal ? formal : "");
    }
    buf_addf(&text, "%s %s", country_name(state, english), city);
    text_fold(folded, buf_text(&text));
    buf_release(&text);
}

/* Whether what was typed begins with the name and says no more than State and city after it. */
static bool is_office(const char *typed, const char *name, const char *tail)
{
    size_t size = strlen(name);

    return *name && strncmp(typed, name, size) == 0 &&
           (!typed[size] || strchr(" ,", typed[size])) && only_words_of(typed + size, tail);
}

/* The key of the office in that language's lists, the longest name that fits: or empty. */
static void match_in(const struct paper_language *language, const char *list, bool article,
                     const char *typed, const char *tail, size_t *best, struct buf *key)
{
    struct buf k = BUF_INIT, word = BUF_INIT, folded = BUF_INIT;

    for (size_t n = 0; paper_word_at(language, list, n, &k, &word); n++) {
        text_fold(&folded, buf_text(&word));
        const char *name = buf_text(&folded);
        if (article)
            name = without_article(name);
        if (strlen(name) > *best && is_office(typed, name, tail)) {
            *best = strlen(name);
            buf_clear(key);
            buf_adds(key, buf_text(&k));
        }
        buf_clear(&k);
        buf_clear(&word);
        buf_clear(&folded);
    }
    buf_release(&k);
    buf_release(&word);
    buf_release(&folded);
}

static void office_key(const char *typed, const char *state, const char *city, struct buf *key)
{
    struct buf folded = BUF_INIT, tail = BUF_INIT;
    size_t best = 0;

    text_fold(&folded, typed);
    tail_words(state, city, &tail);
    for (size_t i = 0; locale_languages[i]; i++) {
        struct paper_language language = {.code = locale_languages[i], .tr = english};
        match_in(&language, "office", true, buf_text(&folded), buf_text(&tail), &best, key);
        match_in(&language, "office_also", false, buf_text(&folded), buf_text(&tail), &best, key);
    }
    buf_release(&folded);
    buf_release(&tail);

    /* A further spelling of the same office has an end: ministry_2, consulate_general_us. */
    char *end = key->size ? strrchr(key->data, '_') : NULL;
    if (end && (strcmp(end, "_us") == 0 || (end[1] >= '1' && end[1] <= '9')))
        buf_cut(key, (size_t)(end - key->data));
}

/* Whether a Spanish or French reader takes the name's first word for a feminine one. */
static bool is_feminine(const char *name)
{
    size_t size = strcspn(name, " ,");
    static const char *const endings[] = {"a", "ión", "dad", "A", "IÓN", "DAD"};

    for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
        size_t length = strlen(endings[i]);
        if (size >= length && memcmp(name + size - length, endings[i], length) == 0)
            return true;
    }
    return false;
}

/* A name that begins with an article keeps it: "El Refugio". */
static bool has_article(const char *name)
{
    static const char *const articles[] = {"The ", "El ", "La ",  "Los ",
                                           "Las ", "Le ", "Les ", "L'"};

    for (size_t i = 0; i < ARRAY_SIZE(articles); i++)
        if (strncmp(name, articles[i], strlen(articles[i])) == 0)
            return true;
    return false;
}

void paper_office(const struct paper_language *language, const char *typed, const char *state,
                  const char *city, struct buf *out)
{
    struct buf key = BUF_INIT;

    office_key(typed, state, city, &key);
    if (strcmp(buf_text(&key), "secretariat") == 0) {
        paper_body(language, "secretariat", out);
    } else if (!key.size || !paper_word(language, "office", buf_text(&key), out)) {
        if (!has_article(typed)) {
            paper_word(language, "article", is_feminine(typed) ? "f" : "m", out);
            buf_addc(out, ' ');
        }
        text_shown(out, typed, strlen(typed));
    }
    buf_release(&key);
}

void paper_honoured(const struct paper_language *language, const char *office, struct buf *out)
{
    struct buf courtesy = BUF_INIT;
    const char *blank = strchr(office, ' ');

    if (blank && paper_word(language, "spelling", "honourable", &courtesy)) {
        buf_add(out, office, (size_t)(blank - office));
        buf_addf(out, " %s%s", buf_text(&courtesy), blank);
    } else {
        buf_adds(out, office);
    }
    buf_release(&courtesy);
}
