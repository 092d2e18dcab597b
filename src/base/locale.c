/* SPDX-License-Identifier: MIT */
#include "amparo/base/locale.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

const char *const locale_languages[LOCALE_COUNT + 1] = {"en", "es", "fr", NULL};

static const char *const own_names[LOCALE_COUNT] = {"English", "español", "français"};

/* The place of what begins with a code of ours; LOCALE_COUNT: with none. */
static size_t place_of(const char *code)
{
    size_t i = 0;

    while (i < LOCALE_COUNT && strncmp(locale_languages[i], code, 2) != 0)
        i++;
    return i;
}

bool locale_speaks(const char *code)
{
    return strlen(code) == 2 && place_of(code) < LOCALE_COUNT;
}

const char *locale_language_name(const char *code)
{
    return locale_speaks(code) ? own_names[place_of(code)] : code;
}

size_t locale_index(void)
{
    /* The header of the catalogue, which the empty msgid brings, names its language. */
    static const char header[] = "";
    const char *line = strstr(gettext(header), "Language: ");
    size_t place = line ? place_of(line + 10) : LOCALE_COUNT;

    return place < LOCALE_COUNT ? place : 0;
}

const char *locale_language(void)
{
    return locale_languages[locale_index()];
}

/* The locale that the environment asks for messages, in the order of POSIX. */
static const char *asked_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

/* The language of a locale name, as es_GT of es_GT.UTF-8@x; "" for C and POSIX. */
static void language_of(const char *name, char *out, size_t size)
{
    size_t length = strcspn(name, ".@");

    if (length >= size || strchr(name, '/'))
        length = 0;
    memcpy(out, name, length);
    out[length] = '\0';
    if (strcmp(out, "C") == 0 || strcmp(out, "POSIX") == 0)
        out[0] = '\0';
}

/* gettext takes English for a language that has no catalogue, and goes on to the next in line. */
static void take_first_of_ours(void)
{
    char *line = getenv("LANGUAGE") ? xstrdup(getenv("LANGUAGE")) : NULL, *rest = line, *name;

    while (line && (name = strtok_r(rest, ":", &rest))) {
        char code[3] = {name[0], name[0] ? name[1] : '\0', '\0'};
        bool whole = strlen(name) == 2 || (strlen(name) > 2 && strchr("_.@", name[2]));
        if (!whole || !locale_speaks(code))
            continue;
        setenv("LANGUAGE", name, 1);
        break;
    }
    free(line);
}

void locale_start(const char *lang)
{
    char language[16];
    const char *folder = getenv("AMPARO_TEXTDOMAINDIR"), *told = getenv("LANGUAGE");

    if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        /* In C.UTF-8 only LANGUAGE says the language. */
        setlocale(LC_ALL, "C.UTF-8");
        language_of(asked_locale(), language, sizeof language);
        if (*language && (!told || !*told))
            setenv("LANGUAGE", language, 1);
    }
    take_first_of_ours();
    if (lang) {
        /* Plain C and POSIX are deaf to LANGUAGE. */
        if (strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 ||
            strcmp(setlocale(LC_MESSAGES, NULL), "POSIX") == 0)
            setlocale(LC_MESSAGES, "C.UTF-8");
        setenv("LANGUAGE", lang, 1);
    }
    setlocale(LC_NUMERIC, "C");
    bindtextdomain("amparo", folder && *folder ? folder : LOCALEDIR);
    bind_textdomain_codeset("amparo", "UTF-8");
    bind_textdomain_codeset("iso_3166-1", "UTF-8");
    textdomain("amparo");
}

/* What locale_own() brings back. */
static char *own_language, *own_messages;

/* A change of the locale is what makes gettext look at LANGUAGE anew; plain C is deaf to it. */
static void look_anew(const char *messages)
{
    setlocale(LC_MESSAGES, "C");
    setlocale(LC_MESSAGES, messages);
}

void locale_other(const char *lang)
{
    const char *language = getenv("LANGUAGE");

    own_language = language ? xstrdup(language) : NULL;
    own_messages = xstrdup(setlocale(LC_MESSAGES, NULL));
    setenv("LANGUAGE", lang, 1);
    look_anew("C.UTF-8");
}

void locale_own(void)
{
    if (own_language)
        setenv("LANGUAGE", own_language, 1);
    else
        unsetenv("LANGUAGE");
    look_anew(own_messages);
    free(own_language);
    free(own_messages);
    own_language = own_messages = NULL;
}
