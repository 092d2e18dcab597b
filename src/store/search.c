/* SPDX-License-Identifier: MIT */
#include "amparo/store/search.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/redact.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* Before a word that is found whole alone. It is of private use, a letter to the tokenizer, and
 * none of what is typed, from which search_words() takes such characters. */
#define WHOLE "\xEE\x80\x80"
/* Before the code of the country where the person is: likewise. */
#define COUNTRY WHOLE WHOLE

enum {
    RUN_LEAST = 3,     /* digits at the end of a number that find it */
    HIDDEN_LEAST = 6,  /* of a hidden one */
    COUNTRY_LEAST = 4, /* letters of a country's name that find its cases */
    DIALLED = 7,       /* from so many digits on, a telephone may be dialled with zeros before it */
};

/* ---- words ---- */

/* As the tokenizer of the index has it: letters and numbers. */
static bool is_word(utf8proc_int32_t letter)
{
    utf8proc_category_t category = utf8proc_category(letter);

    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Letters and digits only: the words that the index and a query have in common. */
void search_words(struct buf *out, const char *text)
{
    struct buf folded = BUF_INIT;
    bool gap = true;

    text_fold(&folded, text);
    const char *p = buf_text(&folded);
    utf8proc_int32_t letter;
    for (utf8proc_ssize_t step; *p; p += step) {
        step = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, &letter);
        if (step < 1) {
            step = 1;
            letter = 0;
        }
        if (is_word(letter))
            buf_add(out, p, (size_t)step);
        else if (!gap)
            buf_addc(out, ' ');
        gap = !is_word(letter);
    }
    buf_release(&folded);
}

/* The same without what parts them: "0801-1998-12345" as one, "O'BRIEN" as OBRIEN. */
static char *as_one(const char *text)
{
    struct buf words = BUF_INIT, one = BUF_INIT;

    search_words(&words, text);
    for (const char *p = buf_text(&words); *p; p++)
        if (*p != ' ')
            buf_addc(&one, *p);
    buf_release(&words);
    return buf_detach(&one);
}

/* ---- the index ---- */

static void add_word(struct buf *out, const char *word, size_t size, bool hidden)
{
    if (size)
        buf_addf(out, "%s%s%.*s", out->size ? " " : "", hidden ? WHOLE : "", (int)size, word);
}

static void add_words(struct buf *out, const char *text, bool hidden)
{
    struct buf words = BUF_INIT;

    search_words(&words, text);
    for (const char *p = buf_text(&words); *p; p += strspn(p, " ")) {
        size_t size = strcspn(p, " ");
        add_word(out, p, size, hidden);
        p += size;
    }
    buf_release(&words);
}

/* And, of each that has an apostrophe or hyphen in it, the word without. */
static void add_names(struct buf *out, const char *text, bool hidden)
{
    char *copy = xstrdup(text), *rest = copy, *part;

    add_words(out, text, hidden);
    while ((part = strtok_r(rest, " ", &rest))) {
        struct buf words = BUF_INIT;
        search_words(&words, part);
        if (strcspn(buf_text(&words), " ") + 1 < words.size) {
            char *one = as_one(part);
            add_word(out, one, strlen(one), hidden);
            free_wiped(one);
        }
        buf_release(&words);
    }
    free_wiped(copy);
}

/* From each letter or digit on to its end. */
static void add_number(struct buf *out, const char *text, bool hidden)
{
    char *one = as_one(text);
    size_t size = strlen(one), least = hidden ? HIDDEN_LEAST : RUN_LEAST;

    add_word(out, one, size, hidden);
    for (size_t i = text_next(one, 0); i < size && size - i >= least; i = text_next(one, i))
        add_word(out, one + i, size - i, hidden);
    free_wiped(one);
}

/* What the index has of a value, by its field. */
static void add_text(struct buf *out, const struct field *f, const char *text, bool hidden)
{
    if (f->searched == SEARCHED_NUMBER || f->type == FIELD_PHONE)
        add_number(out, text, hidden);
    else if (f->type == FIELD_LONG)
        add_words(out, text, hidden);
    else
        add_names(out, text, hidden);
}

/* ---- what the index has and a match is told from: the same walk ---- */

struct walk {
    const struct case_file *c;
    bool restricted, any_locked;
    const struct entry *entry;
    bool locked; /* the entry speaks of somebody under the lock */
    void (*take)(struct walk *w, const struct field *f, const char *text, bool hidden);
    struct buf *out;
    const char *word; /* that is looked for */
    size_t size;
};

static bool is_locked(const struct case_file *c, const json_t *payload)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = payload ? case_subjects(c, payload, 0, persons, ARRAY_SIZE(persons))
                           : case_persons(c, persons, ARRAY_SIZE(persons));

    for (size_t i = 0; i < count && i < ARRAY_SIZE(persons); i++)
        if (case_locked(c, persons[i]))
            return true;
    return false;
}

/* What people wrote, of whomever it is, may have the name of who is under lock in it. */
static bool is_hidden(const struct walk *w, const struct field *f)
{
    return w->restricted ||
           (f->class != CLASS_P0 && (w->locked || (f->type == FIELD_LONG && w->any_locked)));
}

static void walk_value(struct walk *w, const struct field *f, const json_t *value)
{
    size_t i;
    json_t *member;

    if (json_is_string(value))
        w->take(w, f, json_string_value(value), is_hidden(w, f));
    json_array_foreach((json_t *)(uintptr_t)value, i, member) walk_value(w, f, member);
}

static void walk_fields(struct walk *w, const struct field *table, const json_t *payload)
{
    for (const struct field *f = table; f && f->id; f++) {
        const json_t *value = json_object_get(payload, f->key);
        size_t i;
        json_t *member;
        if (!value)
            continue;
        if (f->searched)
            walk_value(w, f, value);
        if (f->type == FIELD_OBJECT)
            walk_fields(w, f->members, value);
        if (f->type == FIELD_OBJECTS)
            json_array_foreach((json_t *)(uintptr_t)value, i, member)
                walk_fields(w, f->members, member);
    }
}

static void walk_case(struct walk *w)
{
    char *keepers = redact_keepers(w->c);

    w->restricted = *keepers != '\0';
    w->any_locked = is_locked(w->c, NULL);
    free_wiped(keepers);
    for (size_t i = 0; i < w->c->count; i++) {
        w->entry = &w->c->entries[i];
        if (w->c->acts[i].kind == ACT_CORRECT)
            continue;
        w->locked = w->any_locked && is_locked(w->c, w->entry->payload);
        walk_fields(w, act_type(w->c->acts[i].kind)->fields, w->entry->payload);
    }
}

static void take_index(struct walk *w, const struct field *f, const char *text, bool hidden)
{
    add_text(w->out, f, text, hidden);
}

char *search_index(const struct case_file *c)
{
    struct buf words = BUF_INIT;
    struct walk w = {.c = c, .take = take_index, .out = &words};
    int64_t year, number;

    const char *country = case_receiving_state(c);

    add_words(&words, c->reference, false);
    if (country && *country)
        buf_addf(&words, " " COUNTRY "%s", country);
    if (search_names_case(c->reference, &year, &number))
        buf_addf(&words, " %lld", (long long)number);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        add_words(&words, note_own_number(e), false);
    walk_case(&w);
    return buf_detach(&words);
}

/* ---- the query ---- */

static bool begins_word_of(const char *word, const char *name)
{
    enum text_match match = text_match(word, name);

    return match >= TEXT_MATCH_WORDS;
}

/* The countries that are meant, by their name in the reader's language or in English. */
static void add_countries(struct buf *match, const char *word)
{
    size_t count;
    const struct country *all = country_all(&count);

    if (text_clusters(word) < COUNTRY_LEAST)
        return;
    for (size_t i = 0; i < count; i++)
        if (begins_word_of(word, country_name(all[i].code, reader_language)) ||
            begins_word_of(word, country_name(all[i].code, english)))
            buf_addf(match, " OR \"" COUNTRY "%s\"", all[i].code);
}

/* A telephone as it is dialled: without the zeros before it. */
static const char *undialled(const char *word)
{
    size_t digits = strspn(word, "0123456789");

    return *word == '0' && digits >= DIALLED && !word[digits] ? word + strspn(word, "0") : NULL;
}

char *search_match(const char *query)
{
    struct buf words = BUF_INIT, match = BUF_INIT;
    char *rest, *word;

    search_words(&words, query ? query : "");
    char *text = buf_detach(&words);
    for (word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        const char *plain = undialled(word);
        buf_addf(&match, "%s(\"%s\"* OR \"" WHOLE "%s\"", match.size ? " AND " : "", word, word);
        if (plain && *plain)
            buf_addf(&match, " OR \"%s\"* OR \"" WHOLE "%s\"", plain, plain);
        add_countries(&match, word);
        buf_addc(&match, ')');
    }
    free_wiped(text);
    return buf_detach(&match);
}

static bool take_digits(const char **p, int64_t *number)
{
    size_t digits = strspn(*p, "0123456789");

    if (!digits || digits > 9)
        return false;
    *number = strtoll(*p, NULL, 10);
    *p += digits;
    return true;
}

bool search_names_case(const char *query, int64_t *year, int64_t *number)
{
    const char *p = query + strspn(query, " ");
    size_t code = 0;

    while (isalnum((unsigned char)p[code]))
        code++;
    if (strspn(p, "0123456789") < code && p[code] == '-')
        p += code + 1;
    *year = 0;
    if (!take_digits(&p, number))
        return false;
    if (*p == '-') {
        p++;
        *year = *number;
        if (*year < 1900 || *year > 2999 || !take_digits(&p, number))
            return false;
    }
    return !p[strspn(p, " ")] && *number > 0;
}

/* ---- what was found ---- */

/* Does a word of the text begin like that? Both are as search_words() leaves them. */
static const char *begins_word(const char *words, const char *word, size_t size)
{
    for (const char *p = words; *p; p += strspn(p, " ")) {
        if (strncmp(p, word, size) == 0)
            return p;
        p += strcspn(p, " ");
    }
    return NULL;
}

static bool has_word(const struct walk *w, const struct field *f, const char *text)
{
    struct buf words = BUF_INIT;
    char *word = xstrndup(w->word, w->size);
    const char *plain = undialled(word);

    add_text(&words, f, text, false);
    bool has = begins_word(buf_text(&words), w->word, w->size) ||
               (plain && *plain && begins_word(buf_text(&words), plain, strlen(plain)));
    buf_release(&words);
    free_wiped(word);
    return has;
}

enum { BEFORE = 2, PART = 60 }; /* words before the one that was found; cells of all */

/* The part of a text about the word that was found. */
static void add_part(struct buf *out, const struct walk *w, const char *text)
{
    const char *starts[BEFORE + 1] = {text, text, text};
    bool here = false;

    for (const char *p = text; *p && !here; p += strspn(p, " \n")) {
        struct buf one = BUF_INIT;
        size_t size = strcspn(p, " \n");
        char *word = xstrndup(p, size);
        search_words(&one, word);
        here = begins_word(buf_text(&one), w->word, w->size) != NULL;
        memmove(starts, starts + 1, BEFORE * sizeof *starts);
        starts[BEFORE] = p;
        buf_release(&one);
        free_wiped(word);
        p += size;
    }
    const char *from = here ? starts[0] : text;
    size_t size = text_fit(from, PART);
    buf_addf(out, "%s%.*s%s", from > text ? "…" : "", (int)size, from, from[size] ? "…" : "");
}

/* "passport" rather than "Number", where the document says what it is. */
static const char *label_of(const struct walk *w, const struct field *f)
{
    const char *type = entry_text(w->entry, "document_type");

    if (!*type)
        type = entry_text(w->entry, "type");
    if (f->searched == SEARCHED_NUMBER && *type && code_label(document_type_codes, type))
        return code_label(document_type_codes, type);
    return f->label;
}

static void take_told(struct walk *w, const struct field *f, const char *text, bool hidden)
{
    if (hidden || w->out->size || !has_word(w, f, text))
        return;
    buf_addf(w->out, "%s: ", _(label_of(w, f)));
    if (f->type == FIELD_LONG)
        add_part(w->out, w, text);
    else
        buf_adds(w->out, text);
}

void search_tell(const struct case_file *c, const char *query, const char *shown, struct buf *out)
{
    struct buf words = BUF_INIT, there = BUF_INIT, told = BUF_INIT;

    search_words(&words, query);
    search_words(&there, shown);
    for (const char *p = buf_text(&words); *p && !told.size; p += strspn(p, " ")) {
        struct walk w = {.c = c, .take = take_told, .out = &told, .word = p};
        w.size = strcspn(p, " ");
        p += w.size;
        if (!begins_word(buf_text(&there), w.word, w.size))
            walk_case(&w);
    }
    buf_adds(out, buf_text(&told));
    buf_release(&words);
    buf_release(&there);
    buf_release(&told);
}
