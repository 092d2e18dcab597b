/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/view.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/facts.h"
#include "amparo/agreement/task.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* ---- the words ---- */

struct word {
    const char *text;  /* N_(): as typed; those with a : before them are used without it */
    const char *about; /* N_() */
};

/* A key ends in : where a value follows, or < or > follows in its place. Translated, one word. */
static const struct word keys[VIEW_KEY_COUNT] = {
    [VIEW_STAGE] = {N_("stage:"), N_("how far the case has come")},
    [VIEW_PLACE] = {N_("place:"), N_("country where the person is")},
    [VIEW_STATE] = {N_("state:"), N_("another State that was asked or written to")},
    [VIEW_GROUND] = {N_("ground:"), N_("what happened (Art. 7.4)")},
    [VIEW_OFFICER] = {N_("officer:"), N_("who has the case")},
    [VIEW_DUE] = {N_("due:"), N_("when something is due; due<3: within 3 days")},
    [VIEW_OPENED] = {N_("opened:"), N_("when it was opened; opened<30: in the last 30 days")},
    [VIEW_CHANGED] = {N_("changed:"), N_("when it was changed last")},
    [VIEW_WAITS] = {N_("waits:"), N_("whom it waits for")},
    [VIEW_SORT] = {N_("sort:"), N_("the order; sort:-due: backwards")},
    [VIEW_OPEN] = {N_(":open"), N_("not closed")},
    [VIEW_CLOSED] = {N_(":closed"), N_("closed")},
    [VIEW_ALL] = {N_(":all"), N_("closed or not")},
    [VIEW_MINE] = {N_(":mine"), N_("cases that you have")},
    [VIEW_URGENT] = {N_(":urgent"), N_("urgent, or a life in danger")},
    [VIEW_DANGER] = {N_(":danger"), N_("a life in danger")},
    [VIEW_LATE] = {N_(":late"), N_("something is overdue")},
    [VIEW_NOTED] = {N_(":noted"), N_("has a note verbale")},
};

static const struct word sorts[SORT_COUNT] = {
    [SORT_USUAL] = {N_(":usual"), N_("last changed first")},
    [SORT_REFERENCE] = {N_(":reference"), N_("by reference")},
    [SORT_PERSON] = {N_(":person"), N_("by name")},
    [SORT_DUE] = {N_(":due"), N_("what is due first")},
    [SORT_STAGE] = {N_(":stage"), N_("by stage")},
    [SORT_PLACE] = {N_(":place"), N_("by country")},
    [SORT_CHANGED] = {N_(":changed"), N_("last changed first")},
    [SORT_OPENED] = {N_(":opened"), N_("last opened first")},
};

enum { TIME_TODAY, TIME_WEEK, TIME_MONTH, TIME_YEAR, TIME_NONE, TIME_COUNT };
static const struct word times[TIME_COUNT] = {
    [TIME_TODAY] = {N_(":today"), N_("today")},
    [TIME_WEEK] = {N_(":week"), N_("this week")},
    [TIME_MONTH] = {N_(":month"), N_("this month")},
    [TIME_YEAR] = {N_(":year"), N_("this year")},
    [TIME_NONE] = {N_(":none"), N_("nothing is due")},
};

static const struct word others = {N_(":others"), N_("anybody but us")};

static const struct word whom[WHOM_COUNT] = {
    [WHOM_US] = {N_(":us"), N_("this post")},
    [WHOM_STATE] = {N_(":state"), N_("another State")},
    [WHOM_CAPITAL] = {N_(":capital"), N_("the capital")},
    [WHOM_NETWORK] = {N_(":network"), N_("the network against trafficking")},
    [WHOM_SECRETARIAT] = {N_(":secretariat"), N_("the Secretariat")},
    [WHOM_IOM] = {N_(":iom"), N_("IOM")},
    [WHOM_PERSON] = {N_(":person"), N_("the person")},
};

const char *view_sort_label(enum view_sort sort)
{
    return sorts[sort].about;
}

/* A word of the tables as it is typed. */
static const char *typed(const struct word *word, translate_fn *tr)
{
    const char *text = tr(word->text);

    return *text == ':' ? text + 1 : text;
}

/* Without the : at its end. */
static size_t bare(const char *key)
{
    size_t size = strlen(key);

    return size && key[size - 1] == ':' ? size - 1 : size;
}

static bool same_folded(const char *a, size_t size, const char *b, size_t other)
{
    struct buf left = BUF_INIT, right = BUF_INIT;
    char *one = xstrndup(a, size), *two = xstrndup(b, other);

    text_fold(&left, one);
    text_fold(&right, two);
    bool same = strcmp(buf_text(&left), buf_text(&right)) == 0;
    free_wiped(one);
    free(two);
    buf_release(&left);
    buf_release(&right);
    return same;
}

static bool is_word(const struct word *word, const char *text, size_t size, translate_fn *tr)
{
    const char *theirs = typed(word, tr), *ours = typed(word, english);

    return same_folded(text, size, theirs, bare(theirs)) ||
           same_folded(text, size, ours, bare(ours));
}

/* ---- values: what a key takes ---- */

struct value {
    char code[24];
    const char *label; /* in the language asked for */
    const char *also;  /* in English */
};

struct values {
    struct value *list;
    size_t count;
};

static void add_value(struct values *v, const char *code, const char *label, const char *also)
{
    v->list = xreallocarray(v->list, v->count + 1, sizeof *v->list);
    struct value *one = &v->list[v->count++];
    *one = (struct value){.label = label, .also = also};
    strncpy(one->code, code, sizeof one->code - 1);
}

static void add_words(struct values *v, const struct word *words, size_t count, translate_fn *tr)
{
    for (size_t i = 0; i < count; i++)
        add_value(v, typed(&words[i], english), typed(&words[i], tr), typed(&words[i], english));
}

static void add_countries(struct values *v, bool members, translate_fn *tr)
{
    size_t count;
    const struct country *all = country_all(&count);

    for (size_t i = 0; i < count; i++)
        if (!members || country_is_member(all[i].code))
            add_value(v, all[i].code, country_name(all[i].code, tr),
                      country_name(all[i].code, english));
}

/* All that the key takes, where that is a list. */
static struct values values_of(enum view_key key, translate_fn *tr)
{
    struct values v = {NULL, 0};

    switch (key) {
    case VIEW_STAGE:
        for (int i = 0; i < STAGE_COUNT; i++)
            add_value(&v, stage_name((enum stage)i), tr(stage_name((enum stage)i)),
                      stage_name((enum stage)i));
        break;
    case VIEW_PLACE:
    case VIEW_STATE:
        add_countries(&v, key == VIEW_STATE, tr);
        break;
    case VIEW_GROUND:
        for (const struct code *c = ground_codes; c->code; c++)
            add_value(&v, c->code, tr(c->label), c->label);
        break;
    case VIEW_WAITS:
        add_words(&v, whom, WHOM_COUNT, tr);
        add_words(&v, &others, 1, tr);
        break;
    case VIEW_SORT:
        add_words(&v, sorts, SORT_COUNT, tr);
        break;
    case VIEW_DUE:
    case VIEW_OPENED:
    case VIEW_CHANGED:
        add_words(&v, times, key == VIEW_DUE ? TIME_COUNT : TIME_NONE, tr);
        break;
    default:
        break;
    }
    return v;
}

/* How well what was typed means that value. */
static int match_of(const struct value *v, const char *text)
{
    int code = same_folded(text, strlen(text), v->code, strlen(v->code)) ? 10 : 0;
    int label = (int)text_match(text, v->label), also = (int)text_match(text, v->also);

    return code                           ? code
           : label >= TEXT_MATCH_WORDS    ? label
           : also >= TEXT_MATCH_WORDS     ? also
                                          : 0;
}

/* The one value that is meant, or NULL; *several: it could be more than one. */
static const struct value *value_meant(const struct values *v, const char *text, bool *several)
{
    const struct value *best = NULL;
    int most = 0;

    *several = false;
    for (size_t i = 0; i < v->count; i++) {
        int match = match_of(&v->list[i], text);
        if (match && match == most)
            *several = true;
        if (match <= most)
            continue;
        most = match;
        best = &v->list[i];
        *several = false;
    }
    return *several ? NULL : best;
}

/* ---- reading ---- */

struct reading {
    translate_fn *tr;
    struct view *view;
    struct buf words;
    struct error *err;
    bool ok;
    bool unfinished; /* the word in hand may go on */
};

static void mistake(struct reading *r, const char *word, const char *what)
{
    if (r->unfinished)
        return;
    r->ok = false;
    error_set(r->err, ERROR_INPUT, "%s: %s", word, what);
}

static void add_term(struct reading *r, const struct view_term *term)
{
    struct view *view = r->view;

    view->terms = xreallocarray(view->terms, view->count + 1, sizeof *view->terms);
    view->terms[view->count++] = *term;
}

/* "poll,note" as codes; NULL where one of them is none. */
static char *codes_of(struct reading *r, enum view_key key, const char *word, const char *value)
{
    struct values v = values_of(key, r->tr);
    struct buf out = BUF_INIT;
    bool ok = true;

    for (const char *p = value; ok && *p; p += strspn(p, ",")) {
        size_t size = strcspn(p, ",");
        char *one = xstrndup(p, size);
        bool several;
        const struct value *meant = value_meant(&v, one, &several);
        if (meant)
            buf_addf(&out, "%s%s", out.size ? "," : "", meant->code);
        else
            mistake(r, word, several ? _("it could be several: more letters") : _("there is none"));
        ok = meant != NULL;
        free_wiped(one);
        p += size;
    }
    free(v.list);
    if (ok && out.size)
        return buf_detach(&out);
    if (ok)
        mistake(r, word, _("a value is missing"));
    buf_release(&out);
    return NULL;
}

/* A number of days, a year, a date or a word for a time; NULL where it is none. */
static char *time_of(struct reading *r, enum view_key key, const char *word, const char *value)
{
    struct error none = ERROR_INIT;
    struct date_entry entry;
    char day[DATE_SIZE];
    size_t digits = strspn(value, "0123456789");

    if (digits && digits <= 4 && !value[digits])
        return xstrdup(value);
    if (digits && date_entry_parse(value, false, (struct date){2000, 1, 1}, &entry, &none) &&
        strpbrk(value, "-/. "))
        return xstrdup(date_format(partial_date_oldest(entry.date), day));
    error_release(&none);
    if (!digits)
        return codes_of(r, key, word, value);
    mistake(r, word, _("a number of days, or a date such as 2026-12-31"));
    return NULL;
}

static void take_sort(struct reading *r, const char *word, const char *value)
{
    bool backwards = *value == '-';
    char *code = codes_of(r, VIEW_SORT, word, value + backwards);

    for (int i = 0; code && i < SORT_COUNT; i++)
        if (strcmp(typed(&sorts[i], english), code) == 0) {
            r->view->sort = (enum view_sort)i;
            r->view->backwards = backwards;
        }
    free(code);
}

static bool takes_time(enum view_key key)
{
    return key == VIEW_DUE || key == VIEW_OPENED || key == VIEW_CHANGED;
}

static char *folded(const char *text)
{
    struct buf out = BUF_INIT;

    text_fold(&out, text);
    return buf_detach(&out);
}

/* key and value, parted by the sign at `sign` of the word. */
static void take_pair(struct reading *r, enum view_key key, bool not, const char *word,
                      const char *sign)
{
    struct view_term term = {.key = key, .not = not};
    const char *value = sign + 1;

    if (*sign != ':' && !takes_time(key)) {
        mistake(r, word, _("here a : is needed"));
        return;
    }
    term.than = *sign == '<' ? THAN_LESS : *sign == '>' ? THAN_MORE : THAN_IS;
    if (key == VIEW_SORT) {
        take_sort(r, word, value);
        return;
    }
    if (!*value)
        mistake(r, word, _("a value is missing"));
    else if (key == VIEW_OFFICER)
        term.value = folded(value);
    else if (takes_time(key))
        term.value = time_of(r, key, word, value);
    else
        term.value = codes_of(r, key, word, value);
    if (term.value)
        add_term(r, &term);
}

/* A word that is a condition; false: it is to be searched. */
static bool take_condition(struct reading *r, const char *word)
{
    bool not = *word == '-' && word[1];
    const char *text = word + not;
    size_t size = strcspn(text, ":<>");

    if (size && text[size]) {
        for (enum view_key key = 0; key < VIEW_OPEN; key++)
            if (is_word(&keys[key], text, size, r->tr)) {
                take_pair(r, key, not, word, text + size);
                return true;
            }
        mistake(r, word, _("there is no such condition: F4 shows them all"));
        return !r->unfinished || text[size] == ':';
    }
    for (enum view_key key = VIEW_OPEN; key < VIEW_KEY_COUNT; key++)
        if (is_word(&keys[key], text, size, r->tr)) {
            add_term(r, &(struct view_term){.key = key, .not = not, .value = xstrdup("")});
            return true;
        }
    return false;
}

/* The next word of the text without its quotes; *plain: it had none at its beginning. */
static char *next_word(const char **text, bool *plain)
{
    struct buf out = BUF_INIT;
    const char *p = *text + strspn(*text, " \t\n");
    bool quoted = false;

    if (!*p)
        return NULL;
    *plain = *p != '"';
    for (; *p && (quoted || !strchr(" \t\n", *p)); p++)
        if (*p == '"')
            quoted = !quoted;
        else
            buf_addc(&out, *p);
    *text = p;
    return out.data ? buf_detach(&out) : xstrdup("");
}

bool view_parse(const char *text, translate_fn *tr, bool typing, struct view *out,
                struct error *err)
{
    struct reading r = {.tr = tr, .view = out, .err = err, .ok = true};
    char *word;
    bool plain;

    *out = (struct view){NULL};
    while ((word = next_word(&text, &plain))) {
        r.unfinished = typing && !*text;
        if (!plain || !take_condition(&r, word))
            buf_addf(&r.words, "%s%s", r.words.size ? " " : "", word);
        free_wiped(word);
    }
    out->words = r.words.data ? buf_detach(&r.words) : xstrdup("");
    return r.ok;
}

void view_release(struct view *view)
{
    for (size_t i = 0; i < view->count; i++)
        free_wiped(view->terms[i].value);
    free(view->terms);
    free_wiped(view->words);
    *view = (struct view){NULL};
}

bool view_has(const struct view *view, enum view_key key)
{
    for (size_t i = 0; i < view->count; i++)
        if (view->terms[i].key == key)
            return true;
    return false;
}

/* ---- writing ---- */

static void put_gap(struct buf *out)
{
    if (out->size)
        buf_addc(out, ' ');
}

/* In quotes where a blank would part it. */
static void put_value(struct buf *out, const char *value)
{
    const char *quote = strpbrk(value, " \t") ? "\"" : "";

    buf_addf(out, "%s%s%s", quote, value, quote);
}

/* A code as it is typed in that language: countries and grounds by their code, words by their own.
 */
static void put_codes(struct buf *out, enum view_key key, const char *codes, translate_fn *tr)
{
    struct values v = values_of(key, tr);

    for (const char *p = codes; *p; p += strspn(p, ",")) {
        size_t size = strcspn(p, ","), i = 0;
        while (i < v.count && (strlen(v.list[i].code) != size || memcmp(v.list[i].code, p, size)))
            i++;
        if (p > codes)
            buf_addc(out, ',');
        if (i < v.count && key != VIEW_PLACE && key != VIEW_STATE && key != VIEW_GROUND)
            buf_adds(out, v.list[i].label);
        else
            buf_add(out, p, size);
        p += size;
    }
    free(v.list);
}

static void put_term(struct buf *out, const struct view_term *t, translate_fn *tr)
{
    const char *key = typed(&keys[t->key], tr);

    put_gap(out);
    buf_addf(out, "%s%.*s", t->not ? "-" : "", (int)bare(key), key);
    if (t->key >= VIEW_OPEN)
        return;
    buf_addc(out, ":<>"[t->than]);
    if (t->key == VIEW_OFFICER)
        put_value(out, t->value);
    else
        put_codes(out, t->key, t->value, tr);
}

void view_format(struct buf *out, const struct view *view, translate_fn *tr)
{
    struct view only;

    for (size_t i = 0; i < view->count; i++)
        put_term(out, &view->terms[i], tr);
    if (view->sort) {
        put_gap(out);
        buf_addf(out, "%s%s%s", typed(&keys[VIEW_SORT], tr), view->backwards ? "-" : "",
                 typed(&sorts[view->sort], tr));
    }
    /* Words that would be taken for conditions are put in quotes, one by one. */
    char *copy = xstrdup(view->words), *rest = copy, *word;
    while ((word = strtok_r(rest, " ", &rest))) {
        bool known = !view_parse(word, tr, false, &only, NULL) || only.count || only.sort;
        view_release(&only);
        put_gap(out);
        buf_addf(out, known ? "\"%s\"" : "%s", word);
    }
    free_wiped(copy);
}

/* ---- choosing ---- */

size_t view_last_word(const char *text, size_t size)
{
    bool quoted = false;
    size_t from = 0;

    for (size_t i = 0; i < size; i++) {
        quoted ^= text[i] == '"';
        if (!quoted && strchr(" \t\n", text[i]))
            from = i + 1;
    }
    return from;
}

static void offer_values(const char *word, size_t key_size, enum view_key key, translate_fn *tr,
                         view_choice_fn *each, void *ctx)
{
    struct values v = values_of(key, tr);
    const char *value = word + key_size + 1, *comma = strrchr(value, ',');
    size_t kept = (size_t)((comma ? comma + 1 : value) - word);

    for (size_t i = 0; i < v.count; i++) {
        struct buf text = BUF_INIT;
        const char *last = word + kept;
        bool code = key == VIEW_PLACE || key == VIEW_STATE || key == VIEW_GROUND;
        if (*last && !match_of(&v.list[i], last))
            continue;
        buf_addf(&text, "%.*s%s", (int)kept, word, code ? v.list[i].code : v.list[i].label);
        each(ctx, buf_text(&text), v.list[i].label);
        buf_release(&text);
    }
    free(v.list);
}

static bool begins(const char *key, const char *word)
{
    return !*word || text_match(word, key) >= TEXT_MATCH_START;
}

void view_choices(const char *word, translate_fn *tr, view_choice_fn *each, void *ctx)
{
    size_t not = *word == '-', size = strcspn(word + not, ":");

    for (enum view_key key = 0; key < VIEW_OPEN && word[not + size]; key++)
        if (is_word(&keys[key], word + not, size, tr)) {
            offer_values(word, not + size, key, tr, each, ctx);
            return;
        }
    for (enum view_key key = 0; key < VIEW_KEY_COUNT; key++) {
        const char *text = typed(&keys[key], tr);
        struct buf whole = BUF_INIT;
        buf_addf(&whole, "%s%s", not ? "-" : "", text);
        if (begins(text, word + not))
            each(ctx, buf_text(&whole), tr(keys[key].about));
        buf_release(&whole);
    }
}
