/* SPDX-License-Identifier: MIT */
#include "amparo/tui/codewords.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/currency.h"
#include "amparo/agreement/language.h"
#include "amparo/base/buf.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"

struct word {
    const char *key;
    struct buf text;
};

struct words {
    struct word *list;
    size_t count;
};

/* Where words come from: the i-th key, a code that is found as well, names in the language of now.
 */
struct source {
    size_t count;
    const char *(*key)(size_t i);
    const char *(*code)(size_t i); /* or NULL */
    const char *(*name)(size_t i);
    const char *(*other_name)(size_t i); /* or NULL */
};

static void say(struct word *word, const char *name)
{
    if (!strstr(buf_text(&word->text), name))
        buf_addf(&word->text, "%s%s", word->text.size ? " " : "", name);
}

static void collect(struct words *words, const struct source *source)
{
    words->list = xcalloc(source->count, sizeof *words->list);
    words->count = source->count;
    for (size_t i = 0; i < words->count; i++) {
        words->list[i] = (struct word){source->key(i), BUF_INIT};
        if (source->code)
            say(&words->list[i], source->code(i));
    }
    for (const char *const *language = locale_languages; *language; language++) {
        locale_other(*language);
        for (size_t i = 0; i < words->count; i++) {
            say(&words->list[i], source->name(i));
            if (source->other_name)
                say(&words->list[i], source->other_name(i));
        }
        locale_own();
    }
}

static const char *find(struct words *words, const struct source *source, const char *key)
{
    if (!words->list)
        collect(words, source);
    for (size_t i = 0; i < words->count; i++)
        if (words->list[i].key == key || strcmp(words->list[i].key, key) == 0)
            return buf_text(&words->list[i].text);
    return "";
}

/* ---- countries: our own name for one, and that of iso-codes ---- */

static const struct country *country_at(size_t i)
{
    size_t count;
    return &country_all(&count)[i];
}

static const char *country_key(size_t i)
{
    return country_at(i)->code;
}

static const char *country_code(size_t i)
{
    return country_at(i)->alpha3;
}

static const char *country_our_name(size_t i)
{
    return country_name(country_at(i)->code, reader_language);
}

static const char *country_iso_name(size_t i)
{
    return dgettext("iso_3166-1", country_at(i)->name);
}

const char *codewords_country(const char *code)
{
    static struct words words;
    struct source source = {0, country_key, country_code, country_our_name, country_iso_name};

    country_all(&source.count);
    return find(&words, &source, code);
}

/* ---- languages, currencies ---- */

static const char *language_key(size_t i)
{
    size_t count;
    return language_all(&count)[i].code;
}

static const char *language_code(size_t i)
{
    size_t count;
    return language_all(&count)[i].alpha3;
}

static const char *language_name(size_t i)
{
    size_t count;
    return dgettext("iso_639-3", language_all(&count)[i].name);
}

const char *codewords_language(size_t i)
{
    static struct words words;
    struct source source = {0, language_key, language_code, language_name, NULL};

    language_all(&source.count);
    if (!words.list)
        collect(&words, &source);
    return buf_text(&words.list[i].text);
}

static const char *currency_key(size_t i)
{
    size_t count;
    return currency_all(&count)[i].code;
}

static const char *currency_name(size_t i)
{
    size_t count;
    return dgettext("iso_4217", currency_all(&count)[i].name);
}

const char *codewords_currency(const char *code)
{
    static struct words words;
    struct source source = {0, currency_key, NULL, currency_name, NULL};

    currency_all(&source.count);
    return find(&words, &source, code);
}

/* ---- labels of our own codes ---- */

struct labels {
    const char **list;
    size_t count;
};

static void add_labels(struct labels *labels, const struct field *table)
{
    for (const struct field *f = table; f && f->id; f++) {
        for (const struct code *c = f->codes; c && c->code; c++) {
            labels->list = xreallocarray(labels->list, labels->count + 1, sizeof *labels->list);
            labels->list[labels->count++] = c->label;
        }
        add_labels(labels, f->members);
    }
}

/* Those of all acts, and of what acts carry; made once. */
static const struct labels *all_labels(void)
{
    static struct labels labels;

    if (labels.list)
        return &labels;
    for (enum act_kind kind = ACT_NONE; (kind = act_kind_next(kind));)
        add_labels(&labels, act_type(kind)->fields);
    add_labels(&labels, act_transcribed_field.members);
    return &labels;
}

static const char *label_key(size_t i)
{
    return all_labels()->list[i];
}

static const char *label_name(size_t i)
{
    return gettext(all_labels()->list[i]);
}

const char *codewords_label(const char *msgid)
{
    static struct words words;
    struct source source = {all_labels()->count, label_key, NULL, label_name, NULL};

    return find(&words, &source, msgid);
}
