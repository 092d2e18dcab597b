/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/identity.h"

#include <ctype.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* ---- words and digits of a text ---- */

bool text_has_words(const char *text, const char *value)
{
    struct buf all = BUF_INIT, wanted = BUF_INIT;
    bool found = false;

    text_fold(&all, text);
    text_fold(&wanted, value);
    for (const char *p = buf_text(&all);
         wanted.size && !found && (p = strstr(p, buf_text(&wanted))); p++)
        found = (p == buf_text(&all) || !isalnum((unsigned char)p[-1])) &&
                !isalnum((unsigned char)p[wanted.size]);
    buf_release(&all);
    buf_release(&wanted);
    return found;
}

static void digits_of(struct buf *out, const char *text)
{
    for (; *text; text++)
        if (isdigit((unsigned char)*text))
            buf_addc(out, *text);
}

bool text_has_digits(const char *text, const char *number)
{
    enum { LEAST = 6, LAST = 8 };
    struct buf all = BUF_INIT, wanted = BUF_INIT;
    size_t from;

    digits_of(&all, text);
    digits_of(&wanted, number);
    from = wanted.size > LAST ? wanted.size - LAST : 0;
    bool found = wanted.size >= LEAST && strstr(buf_text(&all), buf_text(&wanted) + from);
    buf_release(&all);
    buf_release(&wanted);
    return found;
}

/* ---- what identifies ---- */

/* How a value stands in a text. */
enum kind { WHOLE, EACH_WORD, NUMBER };

static const struct {
    enum act_kind act;
    const char *key;
    enum kind kind;
} identities[] = {
    {ACT_PERSON, "surname_1", WHOLE},
    {ACT_PERSON, "surname_2", WHOLE},
    {ACT_PERSON, "single_name", WHOLE},
    {ACT_PERSON, "given_names", EACH_WORD},
    {ACT_PERSON, "full_name_as_in_document", WHOLE},
    {ACT_PERSON, "known_as", WHOLE},
    {ACT_PERSON, "document_number", NUMBER},
    {ACT_PERSON, "phone", NUMBER},
    {ACT_PERSON, "phone_2", NUMBER},
    {ACT_PERSON, "email", WHOLE},
    {ACT_PERSON, "messaging", NUMBER},
    {ACT_DOCUMENT, "number", NUMBER},
};

/* Whose words they are too: nobody is told of by a name that these bear. */
struct others {
    const struct case_file *c;
    const long *list;
    size_t count;
};

static bool is_theirs(const struct others *others, const char *name)
{
    static const char *const names[] = {"surname_1", "surname_2", "single_name", "given_names"};

    for (size_t i = 0; i < others->count; i++) {
        const struct entry *e = case_person(others->c, others->list[i]);
        for (size_t n = 0; e && n < ARRAY_SIZE(names); n++)
            if (text_has_words(entry_text(e, names[n]), name))
                return true;
    }
    return false;
}

/* A particle alone (De, La, Del) tells nobody. */
static bool has_each(const char *text, const char *value, const struct others *others)
{
    enum { LEAST = 3 };
    static const char particles[] = " DEL LAS LOS DOS VAN VON ";
    char *copy = xstrdup(value), *rest = copy, *word;
    bool found = false;

    while (!found && (word = strtok_r(rest, " ", &rest)))
        found = strlen(word) >= LEAST && !text_has_words(particles, word) &&
                text_has_words(text, word) && !is_theirs(others, word);
    free_wiped(copy);
    return found;
}

static bool has(const char *text, const char *value, enum kind kind, const struct others *others)
{
    if (kind == NUMBER && text_has_digits(text, value))
        return true;
    return (text_has_words(text, value) && !is_theirs(others, value)) ||
           (kind == EACH_WORD && has_each(text, value, others));
}

bool identity_in_text_beside(const struct case_file *c, long person, const char *text,
                             const long *others, size_t count)
{
    const struct others beside = {c, others, count};

    for (size_t i = 0; *text && i < ARRAY_SIZE(identities); i++)
        for (const struct entry *e = NULL; (e = case_next(c, e, identities[i].act));) {
            const char *value = e->person == person ? entry_text(e, identities[i].key) : "";
            if (*value && has(text, value, identities[i].kind, &beside))
                return true;
        }
    return false;
}

bool identity_in_text(const struct case_file *c, long person, const char *text)
{
    return identity_in_text_beside(c, person, text, NULL, 0);
}
