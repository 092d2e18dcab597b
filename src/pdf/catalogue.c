/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/catalogue.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* Where the last such text begins, or NULL. */
static const char *find_last(const struct buf *in, const char *what)
{
    size_t size = strlen(what);

    for (size_t at = in->size >= size ? in->size - size + 1 : 0; at-- > 0;)
        if (!memcmp(in->data + at, what, size))
            return in->data + at;
    return NULL;
}

/* The number that follows the last such text; 0: there is none. */
static unsigned long number_after(const struct buf *in, const char *what)
{
    const char *found = find_last(in, what);

    return found ? strtoul(found + strlen(what), NULL, 10) : 0;
}

static bool is_language(const char *language)
{
    size_t size = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");

    return size >= 2 && size <= 12 && !language[size];
}

/* The catalogue as it is, but for its end. */
static bool add_catalogue(struct buf *pdf, unsigned long number, const char *language)
{
    char *begins = xasprintf("\n%lu 0 obj\n", number), *object;
    const char *begin = find_last(pdf, begins);
    const char *end = begin ? strstr(begin, ">>\nendobj\n") : NULL;

    free(begins);
    if (!end)
        return false;
    object = xstrndup(begin + 1, (size_t)(end - begin - 1));
    buf_addf(pdf,
             "%s   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
             object, language);
    free(object);
    return true;
}

void catalogue_set_language(struct buf *pdf, const char *language)
{
    unsigned long root = number_after(pdf, "/Root "), info = number_after(pdf, "/Info ");
    unsigned long size = number_after(pdf, "<< /Size "), table = number_after(pdf, "startxref\n");
    size_t at = pdf->size;

    if (!is_language(language) || !root || !info || !size || !table ||
        !add_catalogue(pdf, root, language))
        return;
    size_t newer = pdf->size;
    buf_addf(pdf, "xref\n%lu 1\n%010zu 00000 n \n", root, at);
    buf_addf(pdf, "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %lu\n>>\n",
             size, root, info, table);
    buf_addf(pdf, "startxref\n%zu\n%%%%EOF\n", newer);
}
