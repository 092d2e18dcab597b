/* SPDX-License-Identifier: MIT */
/* What commands read and put out: the second half of session.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/facts.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"

/*
 * jansson stopped behind the second of two equal keys and names it only where it is short: so the
 * key is read again, as it stands, from the text before that place.
 */
static char *repeated_key(const struct buf *text, int position)
{
    const char *end = text->data + position, *start = end - 1;
    char *key = NULL;

    if (position < 2 || (size_t)position > text->size || *start != '"')
        return xstrdup("?");
    do /* a quote inside has a backslash before it; the opening one has not */
        start--;
    while (start > text->data && !(*start == '"' && start[-1] != '\\'));

    json_t *string = json_loadb(start, (size_t)(end - start), JSON_DECODE_ANY, NULL);
    if (string)
        key = facts_key_shown(json_string_value(string));
    json_decref(string);
    return key ? key : xstrdup("?");
}

json_t *cli_json(const char *what, const struct buf *text, struct error *err)
{
    json_error_t wrong;
    json_t *root = json_loadb(buf_text(text), text->size, JSON_REJECT_DUPLICATES, &wrong);

    if (root)
        return root;
    if (json_error_code(&wrong) == json_error_duplicate_key) {
        char *key = repeated_key(text, wrong.position);
        error_set(err, ERROR_INPUT, _("%s: this key stands twice in one object"), key);
        free(key);
    } else {
        error_set(err, ERROR_INPUT, _("%s: not one JSON document: line %d, column %d: %s"), what,
                  wrong.line, wrong.column, wrong.text);
    }
    return NULL;
}

bool cli_put_json(json_t *json)
{
    if (!json)
        return false;
    json_dumpf(json, stdout, JSON_INDENT(2));
    printf("\n");
    json_decref(json);
    return true;
}

void cli_put_lines_to(FILE *to, const struct buf *text)
{
    struct buf shown = BUF_INIT;

    for (const char *line = buf_text(text); *line;) {
        size_t size = strcspn(line, "\n");
        text_shown(&shown, line, size);
        buf_addc(&shown, '\n');
        line += size + (line[size] == '\n');
    }
    fputs(buf_text(&shown), to);
    buf_release(&shown);
}

void cli_put_lines(const struct buf *text)
{
    cli_put_lines_to(stdout, text);
}

void cli_put_likely(struct buf *out, long long line, const json_t *likely)
{
    size_t i;
    json_t *one;

    json_array_foreach((json_t *)(uintptr_t)likely, i, one)
    {
        const json_t *other = json_object_get(one, "like_line");
        const char *text = json_string_value(json_object_get(one, "text"));
        if (other)
            buf_addf(out, _("line %lld: may be the person of line %lld: %s\n"), line,
                     (long long)json_integer_value(other), text);
        else
            buf_addf(out, _("line %lld: may be %s, person %lld: %s\n"), line,
                     json_string_value(json_object_get(one, "case")),
                     (long long)json_integer_value(json_object_get(one, "person")), text);
    }
}

const char *cli_when(const char *at, char out[17])
{
    snprintf(out, 17, "%.10s%s%.5s", at, strlen(at) > 10 ? " " : "",
             strlen(at) > 10 ? at + 11 : "");
    return out;
}
