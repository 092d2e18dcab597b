/* SPDX-License-Identifier: MIT */
#include "amparo/page/hold.h"

#include <ctype.h>
#include <string.h>

#include "amparo/base/text.h"

struct word {
    const char *at;
    size_t size;
};

/* What ends where the blank is; nothing where that is another blank. */
static struct word word_before(const char *text, const char *blank)
{
    const char *at = blank;

    while (at > text && at[-1] != ' ' && at[-1] != '\n')
        at--;
    return (struct word){at, (size_t)(blank - at)};
}

static struct word word_after(const char *blank)
{
    return (struct word){blank + 1, strcspn(blank + 1, " \n")};
}

/* The word that follows it, or nothing. */
static struct word word_next(struct word word)
{
    const char *end = word.at + word.size;

    return *end == ' ' ? word_after(end) : (struct word){end, 0};
}

static bool is(struct word word, const char *text)
{
    return strlen(text) == word.size && strncmp(word.at, text, word.size) == 0;
}

static bool is_any(struct word word, const char *const *list)
{
    for (; *list; list++)
        if (is(word, *list))
            return true;
    return false;
}

/* Without what closes a part of a sentence, and the no-break space that French has before it. */
static struct word bare(struct word word)
{
    while (word.size) {
        if (word.size > 2 && memcmp(word.at + word.size - 2, "\u00a0", 2) == 0)
            word.size -= 2;
        else if (strchr(".,;:)]", word.at[word.size - 1]))
            word.size--;
        else
            break;
    }
    return word;
}

static size_t count_of(struct word word, int (*is_one)(int))
{
    size_t count = 0;

    while (count < word.size && is_one((unsigned char)word.at[count]))
        count++;
    return count;
}

static bool is_year(struct word word)
{
    word = bare(word);
    return word.size == 4 && count_of(word, isdigit) == 4;
}

/* Letters alone: those without ASCII too. */
static bool is_letters(struct word word)
{
    for (size_t i = 0; i < word.size; i++)
        if (!isalpha((unsigned char)word.at[i]) && !((unsigned char)word.at[i] & 0x80))
            return false;
    return word.size > 0;
}

/* "1", "24", "1er": no more, and no sign behind it. */
static bool is_small_number(struct word word)
{
    size_t digits = count_of(word, isdigit);

    return (digits == 1 || digits == 2) && (digits == word.size || is(word, "1er"));
}

/* "7.5", "(3/2026", "+504", or what a file is called by: "HN-2026-0001". */
static bool begins_number(struct word word)
{
    size_t i = 0;

    while (i < word.size && strchr("([+-", word.at[i]))
        i++;
    if (i < word.size && isdigit((unsigned char)word.at[i]))
        return true;
    struct word code = bare((struct word){word.at + i, word.size - i});
    bool digit = false;
    for (i = 0; i < code.size; i++) {
        unsigned char c = (unsigned char)code.at[i];
        digit = digit || isdigit(c);
        if (!isdigit(c) && !isupper(c) && !strchr("-/.", c))
            return false;
    }
    return digit;
}

/* "8 March", "24 hours", "50 km", "40,00 USD". */
static bool is_counted(struct word before, struct word after)
{
    static const char *const units[] = {"h", "min", "km", "m", "kg", NULL};
    struct word what = bare(after);

    if (!isdigit((unsigned char)before.at[before.size - 1]) && !is_small_number(before))
        return false;
    if (is_any(what, units) || (what.size == 3 && count_of(what, isupper) == 3))
        return true;
    return is_small_number(before) && is_letters(what) &&
           (what.size > 3 || is_year(word_next(after)));
}

/* Long enough for a month: "mayo", but not "la". */
static bool is_month(struct word word)
{
    word = bare(word);
    return word.size > 3 && is_letters(word);
}

/* "11 de marzo de 2026": each of its four blanks, but for the last, which is before a number. */
static bool is_spanish_day(const char *text, struct word before, struct word after)
{
    if (is(after, "de") || is(after, "del"))
        return (is_small_number(before) && is_month(word_next(after))) ||
               (is_letters(before) && is_year(word_next(after)));
    return is(before, "de") && before.at > text && before.at[-1] == ' ' &&
           is_small_number(word_before(text, before.at - 1)) && is_month(after);
}

/* Which stands between what is numbered and the number: "Note No. 3/2026". */
static bool is_number_sign(struct word word)
{
    static const char *const signs[] = {"No.", "N.\u00ba", "n\u00b0", NULL};

    return is_any(word, signs) && begins_number(word_next(word));
}

/* What a number is of: not what ends a part of a sentence before it, but for "March 14, 2026"; nor
 * a small word before a day, which is long enough without it. */
static bool takes_number(const char *text, struct word before, struct word after)
{
    char last = before.at[before.size - 1];
    struct word next = word_next(after);

    if (last == ',')
        return is_year(after) && is_small_number(bare(before));
    if (last == ';' || last == ':')
        return false;
    return isupper((unsigned char)before.at[0]) || !is_letters(before) || !next.size ||
           !(is_counted(after, next) || is_spanish_day(text, after, next));
}

/* "b)", "(b)" */
static bool is_item_letter(struct word word)
{
    bool open = word.size && word.at[0] == '(';

    return word.size == (open ? 3 : 2) && word.at[word.size - 1] == ')' &&
           islower((unsigned char)word.at[open]);
}

/* What stands apart from its word, but with it. */
static bool is_sign(struct word before, struct word after)
{
    static const char *const closing[] = {";", ":", "?", "!", "%", "\u00bb", "\u2013", NULL};

    return is_any(after, closing) || is_any(bare(after), closing) || is(before, "\u00ab");
}

bool hold_blank(const char *text, size_t at)
{
    struct word before = word_before(text, text + at), after = word_after(text + at);

    if (!before.size || !after.size)
        return false;
    return (begins_number(after) && takes_number(text, before, after)) ||
           is_counted(before, after) || is_spanish_day(text, before, after) ||
           is_item_letter(before) || is_number_sign(after) || is_sign(before, after);
}

size_t hold_wrap(const char *text, int cells, size_t *shown)
{
    return text_wrap_held(text, cells, hold_blank, shown);
}
