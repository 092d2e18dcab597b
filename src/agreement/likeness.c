/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/likeness.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

enum { WORDS_MOST = 8, WORD_BYTES = 60, PHONE_DIGITS = 8, NUMBER_LEAST = 4 };

/* ---- lists of words ---- */

static bool has_word(const char *list, const char *word)
{
    size_t size = strlen(word);

    for (const char *p = list; (p = strstr(p, word)); p++)
        if ((p == list || p[-1] == ' ') && (p[size] == ' ' || !p[size]))
            return true;
    return false;
}

static void add_word(struct buf *list, const char *word)
{
    if (*word && !has_word(buf_text(list), word))
        buf_addf(list, "%s%s", list->size ? " " : "", word);
}

/* The words of a list in place: pointers into the copy, which the caller frees. */
static size_t split(char *copy, char **words, size_t room)
{
    size_t count = 0;
    char *rest = copy, *word;

    while (count < room && (word = strtok_r(rest, " ", &rest)))
        words[count++] = word;
    return count;
}

/* ---- what is compared of a record ---- */

static const char *const particles[] = {"DE",  "DEL", "LA",  "LAS", "LOS", "Y",   "E",   "DA",
                                        "DAS", "DO",  "DOS", "DI",  "DU",  "VAN", "VON", "DER",
                                        "DEN", "BIN", "IBN", "AL",  "EL",  NULL};

static bool is_particle(const char *word)
{
    for (size_t i = 0; particles[i]; i++)
        if (strcmp(particles[i], word) == 0)
            return true;
    return false;
}

/* Letters of any script and digits; all else parts words. */
static bool is_letter(unsigned char c)
{
    return c >= 0x80 || isalnum(c);
}

static void add_names(struct buf *list, const char *text)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, text);
    for (const char *p = buf_text(&folded); *p;) {
        size_t size = 0;
        while (is_letter((unsigned char)p[size]))
            size++;
        if (size > 1 && size <= WORD_BYTES) {
            char *word = xstrndup(p, size);
            if (!is_particle(word))
                add_word(list, word);
            free_wiped(word);
        }
        p += size ? size : 1;
    }
    buf_release(&folded);
}

static void add_number(struct buf *list, const char *text)
{
    struct buf plain = BUF_INIT;

    for (; *text; text++)
        if (isalnum((unsigned char)*text))
            buf_addc(&plain, (char)toupper((unsigned char)*text));
    if (plain.size >= NUMBER_LEAST)
        add_word(list, buf_text(&plain));
    buf_release(&plain);
}

/* The last digits: with and without the country they are the same. */
static void add_phone(struct buf *list, const char *text)
{
    struct buf digits = BUF_INIT;

    for (; *text; text++)
        if (isdigit((unsigned char)*text))
            buf_addc(&digits, *text);
    if (digits.size >= PHONE_DIGITS)
        add_word(list, buf_text(&digits) + digits.size - PHONE_DIGITS);
    buf_release(&digits);
}

struct collecting {
    struct buf names, documents, phones;
};

static void collect(struct collecting *all, const json_t *person, struct traits *out)
{
    static const char *const names[] = {"surname_1",   "surname_2", "given_names",
                                        "single_name", "known_as",  "full_name_as_in_document"};

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        add_names(&all->names, payload_text(person, names[i]));
    add_number(&all->documents, payload_text(person, "document_number"));
    add_phone(&all->phones, payload_text(person, "phone"));
    add_phone(&all->phones, payload_text(person, "phone_2"));
    struct partial_date born;
    if (partial_date_parse(payload_text(person, "birth_date"), &born) &&
        !partial_date_is_unknown(born))
        partial_date_format(born, out->born);
    const char *sex = payload_text(person, "sex");
    if (!strcmp(sex, "F") || !strcmp(sex, "M"))
        out->sex[0] = *sex;
}

static void take(struct collecting *all, struct traits *out)
{
    out->names = buf_detach(&all->names);
    out->documents = buf_detach(&all->documents);
    out->phones = buf_detach(&all->phones);
}

void traits_release(struct traits *t)
{
    free_wiped(t->names);
    free_wiped(t->documents);
    free_wiped(t->phones);
    explicit_bzero(t, sizeof *t);
}

void traits_of_payload(const json_t *person, struct traits *out)
{
    struct collecting all = {BUF_INIT, BUF_INIT, BUF_INIT};

    collect(&all, person, out);
    take(&all, out);
}

void traits_of_person(const struct case_file *c, long person, struct traits *out)
{
    struct collecting all = {BUF_INIT, BUF_INIT, BUF_INIT};
    const struct entry *record = case_person(c, person);

    collect(&all, record ? record->payload : NULL, out);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DOCUMENT));)
        if (e->person == person)
            add_number(&all.documents, entry_text(e, "number"));
    take(&all, out);
}

bool traits_are_enough(const struct traits *t)
{
    return *t->documents || *t->phones || *t->names;
}

/* ---- the keys ---- */

enum { DOCUMENT_WEIGHT = 9, PHONE_WEIGHT = 6, BORN_WEIGHT = 4, PAIR_WEIGHT = 3, YEAR_WEIGHT = 1 };

/* FNV-1a: a place in an index, no secret. The letter tells the kinds of keys apart. */
static int64_t hash(char kind, const char *a, const char *b)
{
    uint64_t h = 14695981039346656037u;

    h = (h ^ (unsigned char)kind) * 1099511628211u;
    for (; *a; a++)
        h = (h ^ (unsigned char)*a) * 1099511628211u;
    h = (h ^ ' ') * 1099511628211u;
    for (; *b; b++)
        h = (h ^ (unsigned char)*b) * 1099511628211u;
    return (int64_t)h;
}

static int by_byte(const void *a, const void *b)
{
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct key_list {
    struct trait_key *keys;
    size_t count, room;
};

static void add_key(struct key_list *list, int64_t key, int weight)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->keys[i].key == key)
            return;
    if (list->count < list->room)
        list->keys[list->count++] = (struct trait_key){key, weight};
}

static void add_each(struct key_list *list, char kind, const char *words, int weight)
{
    char *copy = xstrdup(words), *word[WORDS_MOST];
    size_t count = split(copy, word, WORDS_MOST);

    for (size_t i = 0; i < count; i++)
        add_key(list, hash(kind, word[i], ""), weight);
    free_wiped(copy);
}

/*
 * Two words of the names together, since one alone is many people's; in either order, and with
 * their letters in order, so that letters that changed places find each other. One alone is with
 * the year of birth, or is the whole name.
 */
static void add_name_keys(struct key_list *list, const struct traits *t)
{
    char *copy = xstrdup(t->names), *word[WORDS_MOST], year[5] = "";
    size_t count = split(copy, word, WORDS_MOST);

    memcpy(year, t->born, 4);
    for (size_t i = 0; i < count; i++)
        qsort(word[i], strlen(word[i]), 1, by_byte);
    qsort(word, count, sizeof *word, by_text);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++)
            add_key(list, hash('N', word[i], word[j]), PAIR_WEIGHT);
        if (*year && *year != 'X')
            add_key(list, hash('Y', word[i], year), YEAR_WEIGHT);
    }
    if (count == 1)
        add_key(list, hash('S', word[0], ""), PAIR_WEIGHT);
    free_wiped(copy);
}

size_t traits_keys(const struct traits *t, struct trait_key *keys, size_t room)
{
    struct key_list list = {keys, 0, room};

    add_each(&list, 'D', t->documents, DOCUMENT_WEIGHT);
    add_each(&list, 'P', t->phones, PHONE_WEIGHT);
    if (*t->born && !strchr(t->born, 'X')) {
        char day[DATE_SIZE] = "";
        memcpy(day, t->born, sizeof day - 1);
        add_key(&list, hash('B', day, ""), BORN_WEIGHT);
    }
    add_name_keys(&list, t);
    return list.count;
}

/* ---- comparing ---- */

/* Do they differ by no more than one letter: another, one more, or two that changed places? */
static bool is_a_letter_off(const char *a, const char *b)
{
    enum { SHORT = 4 }; /* in a short name a letter makes another name */
    size_t la = strlen(a), lb = strlen(b), at = 0;

    if (la < SHORT || lb < SHORT || la > lb + 1 || lb > la + 1)
        return false;
    while (a[at] && a[at] == b[at])
        at++;
    if (la == lb)
        return !strcmp(a + at + 1, b + at + 1) ||
               (a[at + 1] && a[at] == b[at + 1] && a[at + 1] == b[at] &&
                !strcmp(a + at + 2, b + at + 2));
    return la > lb ? !strcmp(a + at + 1, b + at) : !strcmp(a + at, b + at + 1);
}

/* Words with words: each of one list with at most one of the other. */
struct pairing {
    size_t a, b;   /* how many words */
    size_t same;   /* pairs that are the same */
    size_t nearly; /* pairs that are a letter off */
    bool in_order;
};

static struct pairing pair_names(const char *names_a, const char *names_b)
{
    char *copy_a = xstrdup(names_a), *copy_b = xstrdup(names_b);
    char *a[WORDS_MOST], *b[WORDS_MOST];
    bool used[WORDS_MOST] = {false};
    struct pairing p = {.in_order = true};
    size_t last = 0;

    p.a = split(copy_a, a, WORDS_MOST);
    p.b = split(copy_b, b, WORDS_MOST);
    for (int near = 0; near < 2; near++)
        for (size_t i = 0; i < p.a; i++)
            for (size_t j = 0; a[i] && j < p.b; j++) {
                if (used[j] || (near ? !is_a_letter_off(a[i], b[j]) : strcmp(a[i], b[j]) != 0))
                    continue;
                used[j] = true;
                a[i] = NULL;
                p.same += !near;
                p.nearly += near;
                p.in_order = p.in_order && (near || j + 1 > last);
                last = near ? last : j + 1;
            }
    free_wiped(copy_a);
    free_wiped(copy_b);
    return p;
}

static void compare_names(const struct traits *a, const struct traits *b, struct likeness *out)
{
    struct pairing p = pair_names(a->names, b->names);
    size_t shorter = p.a < p.b ? p.a : p.b, found = p.same + p.nearly;

    if (!found)
        return;
    out->score += (int)(12 * p.same + 9 * p.nearly);
    if (found == shorter && (shorter > 1 || p.a == p.b))
        out->score += shorter > 1 ? 20 : 30;
    if (p.nearly)
        out->reasons |= LIKE_NAMES_LETTER;
    if (found < p.a || found < p.b)
        out->reasons |= LIKE_NAMES_PART;
    else if (!p.nearly || p.same)
        out->reasons |= p.in_order ? LIKE_NAMES : LIKE_NAMES_ORDER;
    if (p.nearly && found == p.a && found == p.b)
        out->reasons &= ~(unsigned)LIKE_NAMES;
}

static bool part_agrees(int a, int b)
{
    return !a || !b || a == b;
}

static void compare_births(const struct traits *ta, const struct traits *tb, struct likeness *out)
{
    struct partial_date a, b;
    static const struct {
        unsigned reason;
        int score;
    } says[] = {{LIKE_BORN, 40},
                {LIKE_BORN_PART, 15},
                {LIKE_BORN_SWAPPED, 20},
                {LIKE_BORN_YEAR, 15},
                {UNLIKE_BORN, -20}};
    size_t which = 4;

    if (!partial_date_parse(ta->born, &a) || !partial_date_parse(tb->born, &b))
        return;
    bool whole = a.day && b.day;
    if (part_agrees(a.year, b.year) && part_agrees(a.month, b.month) && part_agrees(a.day, b.day))
        which = whole && !a.approximate && !b.approximate ? 0 : 1;
    else if (whole && a.year == b.year && a.day == b.month && a.month == b.day)
        which = 2;
    else if (whole && a.day == b.day && a.month == b.month)
        which = 3;
    else if ((a.approximate || b.approximate) && abs(a.year - b.year) <= 2)
        which = 1;
    out->reasons |= says[which].reason;
    out->score += says[which].score;
}

static bool share(const char *a, const char *b)
{
    char *copy = xstrdup(a), *words[WORDS_MOST];
    size_t count = split(copy, words, WORDS_MOST);
    bool found = false;

    for (size_t i = 0; i < count; i++)
        found = found || has_word(b, words[i]);
    free_wiped(copy);
    return found;
}

struct likeness traits_compare(const struct traits *a, const struct traits *b)
{
    enum { DOCUMENT = 100, PHONE = 50, OTHER_SEX = -10 };
    struct likeness out = {0, 0};

    if (share(a->documents, b->documents)) {
        out.score += DOCUMENT;
        out.reasons |= LIKE_DOCUMENT;
    }
    if (share(a->phones, b->phones)) {
        out.score += PHONE;
        out.reasons |= LIKE_PHONE;
    }
    compare_names(a, b, &out);
    compare_births(a, b, &out);
    if (*a->sex && *b->sex && *a->sex != *b->sex) {
        out.score += OTHER_SEX;
        out.reasons |= UNLIKE_SEX;
    }
    return out;
}

/* ---- in words ---- */

static const struct {
    unsigned reason;
    const char *code, *text;
} reasons[] = {
    {LIKE_DOCUMENT, "same_document", N_("the same document")},
    {LIKE_PHONE, "same_telephone", N_("the same telephone")},
    {LIKE_NAMES, "same_names", N_("the same names")},
    {LIKE_NAMES_ORDER, "same_names_in_another_order", N_("the same names in another order")},
    {LIKE_NAMES_PART, "some_names", N_("some names are the same")},
    {LIKE_NAMES_LETTER, "a_letter_off", N_("a name is the same but for a letter")},
    {LIKE_BORN, "same_birth_date", N_("born on the same day")},
    {LIKE_BORN_PART, "birth_dates_agree_in_part", N_("birth dates agree as far as known")},
    {LIKE_BORN_SWAPPED, "day_and_month_exchanged", N_("day and month of birth exchanged")},
    {LIKE_BORN_YEAR, "same_day_of_another_year", N_("born on that day of another year")},
    {UNLIKE_BORN, "but_another_birth_date", N_("but another birth date")},
    {UNLIKE_SEX, "but_another_sex", N_("but another sex")},
};

void likeness_say(struct buf *out, unsigned which, translate_fn *tr)
{
    const char *gap = "";

    for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
        if (which & reasons[i].reason) {
            buf_addf(out, "%s%s", gap, tr(reasons[i].text));
            gap = "; ";
        }
}

json_t *likeness_codes(unsigned which)
{
    json_t *codes = json_array();

    for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
        if (which & reasons[i].reason)
            json_array_append_new(codes, json_string(reasons[i].code));
    return codes;
}
