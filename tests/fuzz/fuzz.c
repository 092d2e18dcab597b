/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

char *fuzz_string(const uint8_t *bytes, size_t size)
{
    char *text = xmalloc(size + 1);

    if (size)
        memcpy(text, bytes, size);
    text[size] = '\0';
    return text;
}

void fuzz_broken(const char *file, int line, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: a promise is broken: ", file, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    abort();
}

/* Newlines part the lines; nothing else may steer a terminal. */
static bool is_shown(const char *text)
{
    for (const char *p = text; *p; p++)
        if (((unsigned char)*p < ' ' && *p != '\n') || *p == 0x7f)
            return false;
    return text_valid(text, strlen(text));
}

void fuzz_message(const struct error *err, const char *place)
{
    const char *text = error_text(err);

    PROMISE(err->kind != ERROR_NONE, "refused without a message");
    PROMISE(is_shown(text), "a message that cannot be shown: %s", text);
    for (const char *line = text, *end; line; line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        PROMISE(*line && line != end, "an empty line in a message: %s", text);
        PROMISE(!place || !strncmp(line, place, strlen(place)), "no %s in: %s", place, text);
    }
}
