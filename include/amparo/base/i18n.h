/* SPDX-License-Identifier: MIT */
/* What people read goes through gettext. Layer: base. */
#ifndef AMPARO_BASE_I18N_H
#define AMPARO_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)                   /* translate now */
#define N_(text) text                           /* mark for translation in a table */
#define n_(one, many, n) ngettext(one, many, n) /* plural forms */
#define C_(context, text) in_context(context "\004" text, text) /* one word of several senses */

static inline const char *in_context(const char *both, const char *text)
{
    const char *said = gettext(both);

    return said == both ? text : said;
}

/*
 * How pure code is told the reader's language: it gets a function from msgid to text.
 * english() gives the msgid itself, as machine output does.
 */
typedef const char *translate_fn(const char *msgid);

static inline const char *english(const char *msgid)
{
    return msgid;
}

/*
 * Our own catalogue first, then the names of countries. An empty msgid would bring the
 * catalogue's header: "" stays "".
 */
static inline const char *reader_language(const char *msgid)
{
    if (!*msgid)
        return msgid;

    const char *ours = gettext(msgid);
    return ours != msgid ? ours : dgettext("iso_3166-1", msgid);
}

#endif
