/* SPDX-License-Identifier: MIT */
#include "amparo/base/locale.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

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

void locale_start(const char *lang)
{
    char language[16];
    const char *folder = getenv("AMPARO_TEXTDOMAINDIR");

    if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        /* In C.UTF-8 only LANGUAGE says the language. */
        setlocale(LC_ALL, "C.UTF-8");
        language_of(asked_locale(), language, sizeof language);
        if (*language)
            setenv("LANGUAGE", language, 0);
    }
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
