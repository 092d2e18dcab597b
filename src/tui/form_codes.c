/* SPDX-License-Identifier: MIT */
/* Codes by their code, or by any letters of any word of their label. */
#include "form_work.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define SHORT_CODE 3 /* a code that people know: HN, es, XOM; longer ones are only for files */
#define MATCH_CODE (TEXT_MATCH_WHOLE + 1)

static const struct {
    const char *text;
    const char *word;
} answers[] = {
    {"?u", N_("unknown")},
    {"?r", N_("declined to say")},
    {"?n", N_("does not apply")},
    {"?l", N_("ask later")},
};

const char *form_answer(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
        if (strcasecmp(text, answers[i].text) == 0)
            return _(answers[i].word);
    return NULL;
}

bool form_asks_later(const char *text)
{
    return strcasecmp(text, "?l") == 0;
}

/* Where several stand in a row the comma parts them, and none can be within. */
static void show_code(struct buf *out, const struct form_item *item, const struct form_code *code)
{
    if (strlen(code->code) <= SHORT_CODE && !(item->flags & FORM_WORDS))
        buf_addf(out, "%s ", code->code);
    for (const char *at = code->label; *at; at++)
        if (item->kind != FORM_CODES || *at != ',')
            buf_addc(out, *at);
}

/* The code itself, or as the field shows it. */
static const struct form_code *exact_code(const struct form_item *item, const char *typed)
{
    const struct form_code *found = NULL;
    struct buf shown = BUF_INIT;

    for (const struct form_code *code = item->codes; code && code->code && !found; code++) {
        buf_clear(&shown);
        show_code(&shown, item, code);
        if (strcasecmp(typed, code->code) == 0 || strcmp(typed, buf_text(&shown)) == 0)
            found = code;
    }
    buf_release(&shown);
    return found;
}

size_t form_count_codes(const struct form_item *item)
{
    size_t count = 0;

    while (item->codes && item->codes[count].code)
        count++;
    return count;
}

/* `folded` is what was typed, folded. */
static int rank(const struct form_code *code, const char *typed, const char *folded)
{
    int label = (int)text_match_folded(folded, code->label);
    int also = code->also ? (int)text_match_folded(folded, code->also) : 0;

    if (strcasecmp(typed, code->code) == 0)
        return MATCH_CODE;
    if (also > TEXT_MATCH_WORDS) /* of several words there: which is first means nothing */
        also = TEXT_MATCH_WORDS;
    return label > also ? label : also;
}

size_t form_find_codes(const struct form_item *item, const char *typed, size_t *found)
{
    enum { LONGEST = 200 }; /* bytes: what was pasted is longer than any label */
    size_t count = 0;
    size_t total = strlen(typed) <= LONGEST ? form_count_codes(item) : 0;
    int *ranks = xcalloc(total + 1, sizeof *ranks);
    struct buf folded = BUF_INIT;

    text_fold(&folded, typed);
    for (size_t i = 0; i < total; i++)
        ranks[i] = *typed ? rank(&item->codes[i], typed, buf_text(&folded)) : MATCH_CODE;
    buf_release(&folded);
    for (int want = MATCH_CODE; want > TEXT_MATCH_NONE; want--)
        for (size_t i = 0; i < total; i++)
            if (ranks[i] == want)
                found[count++] = i;
    free(ranks);
    return count;
}

const struct form_code *form_one_code(const struct form_item *item, const char *typed)
{
    const struct form_code *code = exact_code(item, typed);
    size_t *found = xcalloc(form_count_codes(item) + 1, sizeof *found);

    if (!code && *typed) {
        size_t count = form_find_codes(item, typed, found);
        struct buf folded = BUF_INIT;
        text_fold(&folded, typed);
        int best = count > 0 ? rank(&item->codes[found[0]], typed, buf_text(&folded)) : 0;
        buf_release(&folded);
        bool first = (item->flags & FORM_LETTER) && best >= TEXT_MATCH_START;
        if (count == 1 || best >= TEXT_MATCH_WHOLE || first)
            code = &item->codes[found[0]];
    }
    free(found);
    return code;
}

/* Calls `each` for every part between commas, without the blanks around it. */
static void each_part(const struct form_item *item, const char *text,
                      void (*each)(void *context, const struct form_item *item, const char *part),
                      void *context)
{
    while (*text) {
        size_t size = item->kind == FORM_CODES ? strcspn(text, ",") : strlen(text);
        const char *next = text + size + (text[size] == ',');
        while (size > 0 && *text == ' ') {
            text++;
            size--;
        }
        while (size > 0 && text[size - 1] == ' ')
            size--;
        char *part = xstrndup(text, size);
        if (*part)
            each(context, item, part);
        free(part);
        text = next;
    }
}

static void add_part(struct buf *out, const char *part)
{
    if (out->size)
        buf_adds(out, ", ");
    buf_adds(out, part);
}

static void show_part(void *context, const struct form_item *item, const char *part)
{
    struct buf shown = BUF_INIT;
    const struct form_code *code = exact_code(item, part);

    if (code)
        show_code(&shown, item, code);
    else
        buf_adds(&shown, part);
    add_part(context, buf_text(&shown));
    buf_release(&shown);
}

void form_codes_text(struct buf *out, const struct form_item *item, const char *value)
{
    each_part(item, value, show_part, out);
}

void form_say_codes(struct buf *out, const struct form_item *item, const char *value)
{
    const char *answer = form_answer(value);

    if (answer)
        buf_adds(out, answer);
    else if (item->codes)
        form_codes_text(out, item, value);
    else
        buf_adds(out, value);
}

size_t form_fitting(const struct form *form, const char *typed, size_t *found)
{
    return form_find_codes(&form->items[form->at], typed, found);
}

const struct form_code *form_meant(const struct form *form, const char *typed)
{
    return form_one_code(&form->items[form->at], typed);
}

struct settling {
    struct buf codes;
    struct buf unknown;
};

/* Whether the code is among those found already: each stands once. */
static bool has_code(const char *codes, const char *code)
{
    size_t size = strlen(code);

    for (const char *at = codes; (at = strstr(at, code)); at += size)
        if ((at == codes || at[-1] == ' ') && (at[size] == ',' || !at[size]))
            return true;
    return false;
}

static void settle_part(void *context, const struct form_item *item, const char *part)
{
    struct settling *work = context;
    const struct form_code *code = form_one_code(item, part);

    if (!code)
        add_part(&work->unknown, part);
    if (!code || !has_code(buf_text(&work->codes), code->code))
        add_part(&work->codes, code ? code->code : part);
}

enum form_level form_codes_settle(const struct form_item *item, struct buf *value, struct buf *echo)
{
    struct settling work = {BUF_INIT, BUF_INIT};
    enum form_level level = FORM_FINE;

    each_part(item, buf_text(value), settle_part, &work);
    buf_clear(value);
    buf_adds(value, buf_text(&work.codes));
    if (work.unknown.size) {
        buf_addf(echo, _("not in the list: %s (F4 shows it)"), buf_text(&work.unknown));
        level = FORM_ERROR;
    }
    buf_release(&work.codes);
    buf_release(&work.unknown);
    return level;
}

size_t form_part(const struct form_item *item, const char *text)
{
    const char *comma = item->kind == FORM_CODES ? strrchr(text, ',') : NULL;
    size_t start = comma ? (size_t)(comma - text) + 1 : 0;

    return start + strspn(text + start, " ");
}
