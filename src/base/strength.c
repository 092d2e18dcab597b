/* SPDX-License-Identifier: MIT */
#include "amparo/base/strength.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

#define TRIES 10000.0 /* a second: a thousand machines, ten each */
#define YEAR (365.25 * 86400)

enum { WORD = 9, LETTER = 4, ROW = 4, KNOWN = 2, YEAR_BITS = 7, SIGN = 4, SAME = 1 };

/* A part of the text: letters, digits, or one other sign. */
struct run {
    const char *text;
    size_t size;
};

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct run next_run(const char *text, size_t left)
{
    struct run run = {text, 1};
    bool letters = is_letter(*text), digits = is_digit(*text);

    while ((letters || digits) && run.size < left &&
           (letters ? is_letter(text[run.size]) : is_digit(text[run.size])))
        run.size++;
    return run;
}

/* Letters, not bytes. */
static size_t letters_of(struct run run)
{
    size_t count = 0;

    for (size_t i = 0; i < run.size; i++)
        count += ((unsigned char)run.text[i] & 0xC0) != 0x80;
    return count;
}

static bool is_same(struct run a, struct run b)
{
    return a.size == b.size && strncasecmp(a.text, b.text, a.size) == 0;
}

/* Whether each follows the one before on the keyboard, in the alphabet, or is the same. */
static bool is_row(struct run run)
{
    static const char rows[] =
        "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm "
        "qwertzuiop azertyuiop qsdfghjklm wxcvbn";
    bool same = true, forth = true, back = true;

    if (run.size < 3)
        return false;
    for (size_t i = 1; i < run.size; i++) {
        char pair[3] = {(char)tolower((unsigned char)run.text[i - 1]),
                        (char)tolower((unsigned char)run.text[i]), '\0'};
        char turned[3] = {pair[1], pair[0], '\0'};
        same = same && pair[0] == pair[1];
        forth = forth && strstr(rows, pair);
        back = back && strstr(rows, turned);
    }
    return same || forth || back;
}

/* Letters as nobody writes a word. */
static bool is_no_word(struct run run)
{
    size_t bare = 0;

    for (size_t i = 0; i < run.size; i++) {
        if (i && isupper((unsigned char)run.text[i]) && islower((unsigned char)run.text[i - 1]))
            return true;
        bare = strchr("aeiouyAEIOUY", run.text[i]) || (unsigned char)run.text[i] >= 0x80 ? 0
                                                                                         : bare + 1;
        if (bare >= 7)
            return true;
    }
    return false;
}

static bool is_known(struct run run, const char *const known[])
{
    for (size_t i = 0; known && known[i]; i++)
        for (const char *at = known[i]; *at;) {
            struct run part = next_run(at, strlen(at));
            if (is_same(run, part))
                return true;
            at += part.size;
        }
    return false;
}

/* Whether the same stood before in the text. */
static bool was_before(const char *text, struct run run)
{
    for (const char *at = text; at < run.text;) {
        struct run part = next_run(at, (size_t)(run.text - at));
        if (is_same(run, part))
            return true;
        at += part.size;
    }
    return false;
}

static double bits_of_letters(struct run run)
{
    size_t letters = letters_of(run);

    if (is_no_word(run))
        return LETTER * (double)letters;
    return letters > 3 ? WORD : 2.0 * (double)letters;
}

static double bits_of_digits(struct run run)
{
    bool year =
        run.size == 4 && (strncmp(run.text, "19", 2) == 0 || strncmp(run.text, "20", 2) == 0);

    return year ? YEAR_BITS : 3.3 * (double)run.size;
}

static double bits_of(const char *text, struct run run, const char *const known[])
{
    if (!is_letter(*run.text) && !is_digit(*run.text)) {
        if (strchr(" -_", *run.text))
            return 0;
        return was_before(text, run) ? SAME : SIGN;
    }
    if (was_before(text, run))
        return SAME;
    if (is_known(run, known))
        return KNOWN;
    if (is_row(run))
        return ROW;
    return is_letter(*run.text) ? bits_of_letters(run) : bits_of_digits(run);
}

struct strength strength_of(const char *text, size_t length, const char *const known[])
{
    struct strength strength = {0, 0};
    bool capital = false;

    for (size_t at = 0; at < length;) {
        struct run run = next_run(text + at, length - at);
        strength.bits += bits_of(text, run, known);
        if (is_letter(*run.text)) {
            strength.words++;
            capital = capital || isupper((unsigned char)*run.text);
        }
        at += run.size;
    }
    strength.bits += capital;
    return strength;
}

enum strength_level strength_level(const struct strength *strength)
{
    return strength->bits < 30   ? STRENGTH_NONE
           : strength->bits < 40 ? STRENGTH_WEAK
           : strength->bits < 50 ? STRENGTH_FAIR
                                 : STRENGTH_GOOD;
}

/* "3 days", "28 years", "2 million years": one figure or two, as it is no measurement. */
static void say_time(struct buf *out, double seconds)
{
    if (seconds < 60)
        buf_adds(out, _("less than a minute"));
    else if (seconds < 7200)
        buf_addf(out, n_("%lu minute", "%lu minutes", (unsigned long)(seconds / 60)),
                 (unsigned long)(seconds / 60));
    else if (seconds < 2 * 86400)
        buf_addf(out, n_("%lu hour", "%lu hours", (unsigned long)(seconds / 3600)),
                 (unsigned long)(seconds / 3600));
    else if (seconds < 2 * YEAR)
        buf_addf(out, n_("%lu day", "%lu days", (unsigned long)(seconds / 86400)),
                 (unsigned long)(seconds / 86400));
    else if (seconds < 1e4 * YEAR)
        buf_addf(out, n_("%lu year", "%lu years", (unsigned long)(seconds / YEAR)),
                 (unsigned long)(seconds / YEAR));
    else if (seconds < 1e7 * YEAR)
        buf_addf(out, _("%lu thousand years"), (unsigned long)(seconds / YEAR / 1e3));
    else
        buf_adds(out, _("more than ten million years"));
}

void strength_say(struct buf *out, const struct strength *strength)
{
    static const char *const levels[] = {N_("gives way at once"), N_("weak"), N_("fair"),
                                         N_("good")};
    unsigned long bits = (unsigned long)strength->bits;

    if (strength->words)
        buf_addf(out, n_("%zu word, ", "%zu words, ", strength->words), strength->words);
    buf_addf(out, n_("about %lu bit: ", "about %lu bits: ", bits), bits);
    buf_addf(out, "%s. ", _(levels[strength_level(strength)]));
    buf_adds(out, _("With a copy of the file, a thousand machines at ten tries a second each would "
                    "need about: "));
    say_time(out, exp2(strength->bits - 1) / TRIES);
    buf_addc(out, '.');
}
