/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/country.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static const struct country countries[] = {
#include "country_table.h"
};

const char *const member_states[MEMBER_COUNT] = {"BZ", "CA", "CR", "DO", "SV", "GT",
                                                 "HN", "MX", "NI", "PA", "US"};

/*
 * Names that we say ourselves: iso-codes turns them about ("Congo, The Democratic Republic of
 * the"), or has them untranslated or misspelt in a language of ours.
 */
static const char *const own_names[][2] = {
    {"AX", N_("Åland Islands")},
    {"BF", N_("Burkina Faso")},
    {"BQ", N_("Caribbean Netherlands")},
    {"CD", N_("Democratic Republic of the Congo")},
    {"CI", N_("Côte d'Ivoire")},
    {"DZ", N_("Algeria")},
    {"FK", N_("Falkland Islands (Malvinas)")},
    {"FM", N_("Micronesia")},
    {"IR", N_("Iran")},
    {"KM", N_("Comoros")},
    {"KP", N_("North Korea")},
    {"KR", N_("South Korea")},
    {"LA", N_("Laos")},
    {"NE", N_("Niger")},
    {"PS", N_("Palestine")},
    {"SH", N_("Saint Helena")},
    {"SR", N_("Suriname")},
    {"SX", N_("Sint Maarten")},
    {"SY", N_("Syria")},
    {"TN", N_("Tunisia")},
    {"TR", N_("Türkiye")},
    {"VA", N_("Holy See")},
    {"VG", N_("British Virgin Islands")},
    {"VI", N_("United States Virgin Islands")},
    {"XK", N_("Kosovo")},
};

/* Further English names by which lists call a State. */
static const char *const aliases[][2] = {
    {"BS", "The Bahamas"},
    {"BN", "Brunei"},
    {"CD", "Congo-Kinshasa"},
    {"CG", "Republic of the Congo"},
    {"CG", "Congo-Brazzaville"},
    {"CI", "Ivory Coast"},
    {"CN", "People's Republic of China"},
    {"CV", "Cape Verde"},
    {"CZ", "Czech Republic"},
    {"DK", "Kingdom of Denmark"},
    {"FM", "Federated States of Micronesia"},
    {"GB", "UK"},
    {"GM", "The Gambia"},
    {"IE", "Republic of Ireland"},
    {"MK", "Macedonia"},
    {"MK", "Republic of Macedonia"},
    {"MM", "Burma"},
    {"MO", "Macau"},
    {"NL", "Kingdom of the Netherlands"},
    {"PS", "State of Palestine"},
    {"RU", "Russia"},
    {"ST", "São Tomé and Príncipe"},
    {"SZ", "Swaziland"},
    {"TL", "East Timor"},
    {"TR", "Turkey"},
    {"TW", "Republic of China"},
    {"US", "USA"},
    {"US", "United States of America"},
    {"VA", "Vatican"},
    {"VA", "Vatican City"},
    {"VG", "Virgin Islands (British)"},
};

/* From public-domain country codes: single facts. */
static const struct {
    const char *code, *en, *es, *fr;
} formal_names[] = {
    {"BZ", "Belize", "Belice", "le Belize"},
    {"CA", "Canada", "el Canadá", "le Canada"},
    {"CR", "the Republic of Costa Rica", "la República de Costa Rica",
     "la République du Costa Rica"},
    {"DO", "the Dominican Republic", "la República Dominicana", "la République dominicaine"},
    {"SV", "the Republic of El Salvador", "la República de El Salvador",
     "la République d'El Salvador"},
    {"GT", "the Republic of Guatemala", "la República de Guatemala", "la République du Guatemala"},
    {"HN", "the Republic of Honduras", "la República de Honduras", "la République du Honduras"},
    {"MX", "the United Mexican States", "los Estados Unidos Mexicanos",
     "les États-Unis du Mexique"},
    {"NI", "the Republic of Nicaragua", "la República de Nicaragua", "la République du Nicaragua"},
    {"PA", "the Republic of Panama", "la República de Panamá", "la République du Panama"},
    {"US", "the United States of America", "los Estados Unidos de América",
     "les États-Unis d'Amérique"},
};

bool country_is_member(const char *code)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        if (strcmp(member_states[i], code) == 0)
            return true;
    return false;
}

static int by_code(const void *key, const void *entry)
{
    return strcmp(key, ((const struct country *)entry)->code);
}

const struct country *country_find(const char *code)
{
    return bsearch(code, countries, ARRAY_SIZE(countries), sizeof *countries, by_code);
}

const struct country *country_all(size_t *count)
{
    *count = ARRAY_SIZE(countries);
    return countries;
}

const char *country_name(const char *code, translate_fn *translate)
{
    for (size_t i = 0; i < ARRAY_SIZE(own_names); i++)
        if (strcmp(own_names[i][0], code) == 0)
            return translate(own_names[i][1]);

    const struct country *country = country_find(code);
    if (!country)
        return code;
    return translate(country->common ? country->common : country->name);
}

/* English names that take an article. */
static bool takes_article(const char *name)
{
    static const char *const parts[] = {"United ",     " Islands",    "Republic", "Kingdom",
                                        "Netherlands", "Philippines", "Bahamas",  "Gambia",
                                        "Maldives",    "Comoros",     "Holy See"};

    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        if (strstr(name, parts[i]))
            return true;
    return false;
}

char *country_in_text(const char *code, translate_fn *translate)
{
    const char *name = country_name(code, translate);
    bool is_english = strcmp(name, country_name(code, english)) == 0;

    return xasprintf("%s%s", is_english && takes_article(name) ? "the " : "", name);
}

const char *country_formal(const char *code, const char *lang)
{
    for (size_t i = 0; i < ARRAY_SIZE(formal_names); i++)
        if (strcmp(formal_names[i].code, code) == 0)
            return strncmp(lang, "es", 2) == 0   ? formal_names[i].es
                   : strncmp(lang, "fr", 2) == 0 ? formal_names[i].fr
                                                 : formal_names[i].en;
    return NULL;
}

/* Folded, letters and digits alone, without a leading "the". The caller frees it. */
static char *name_key(const char *name)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, name);
    char *key = buf_detach(&folded), *end = key;
    const char *from = strncmp(key, "THE ", 4) == 0 ? key + 4 : key;
    for (; *from; from++)
        if ((unsigned char)*from >= 0x80 || isalnum((unsigned char)*from))
            *end++ = *from;
    *end = '\0';
    return key;
}

static bool is_same(const char *key, const char *name)
{
    return strcmp(key, name) == 0;
}

static bool is_alike(const char *key, const char *name)
{
    char *other = name_key(name);
    bool alike = strcmp(key, other) == 0;

    free(other);
    return alike;
}

/* The code of the first name that matches the key. */
static const char *search_names(const char *key, bool (*match)(const char *, const char *))
{
    for (size_t i = 0; i < ARRAY_SIZE(countries); i++) {
        const struct country *c = &countries[i];
        if (match(key, c->name) || (c->common && match(key, c->common)) ||
            (c->official && match(key, c->official)))
            return c->code;
    }
    for (size_t i = 0; i < ARRAY_SIZE(own_names); i++)
        if (match(key, own_names[i][1]))
            return own_names[i][0];
    for (size_t i = 0; i < ARRAY_SIZE(aliases); i++)
        if (match(key, aliases[i][1]))
            return aliases[i][0];
    return NULL;
}

const char *country_by_name(const char *name)
{
    /* Most names are spelled as here: those cost no folding. */
    const char *found = search_names(name, is_same);
    char *key = found ? NULL : name_key(name);

    if (key && *key)
        found = search_names(key, is_alike);
    free(key);
    return found;
}
