/* SPDX-License-Identifier: MIT */
#include "amparo/paper/template.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "amparo/base/text.h"

enum {
    NAME_SIZE = 48,
    DEEPEST = 8, /* passages within passages: more is one that contains itself */
};

struct filling {
    const struct template_language *language;
    const char *at;
    int line;
    int depth;
    bool begun; /* a letter of this paragraph was written */
    struct buf *out;
    struct error *err;
};

/* Adds one fault with its line; the filling goes on, so that all faults are named at once. */
static void fault(struct filling *f, const char *what, const char *name)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, name, strlen(name));
    error_set(f->err, ERROR_INPUT, "line %d: %s: %s", f->line, what, buf_text(&shown));
    buf_release(&shown);
}

static const struct template_field *find(const struct template_field *const *tables,
                                         const char *name)
{
    for (; *tables; tables++)
        for (const struct template_field *f = *tables; f->name; f++)
            if (strcmp(f->name, name) == 0)
                return f;
    return NULL;
}

/* What follows begins with a sign that stands close to the word before it: the blank between them
 * goes. In French the sign brings a no-break one of its own. */
static void close_up(struct filling *f, const char *next)
{
    bool sign = strncmp(next, "\xc2\xa0", 2) == 0 || strchr(",;.:", *next);

    if (sign && f->begun && f->out->data[f->out->size - 1] == ' ')
        buf_cut(f->out, f->out->size - 1);
}

/* Text of the template itself, at its first byte: runs of blanks are one, empty lines end a
 * paragraph. */
static void put_literal(struct filling *f, bool active, const char *at)
{
    struct buf *out = f->out;
    char c = *at;

    if (!active)
        return;
    if (c == ' ' || c == '\n') {
        if (f->begun && out->size && out->data[out->size - 1] != ' ')
            buf_addc(out, ' ');
        return;
    }
    close_up(f, at);
    f->begun = true;
    buf_addc(out, c);
}

static void end_paragraph(struct filling *f)
{
    struct buf *out = f->out;

    if (!f->begun)
        return;
    while (out->size && out->data[out->size - 1] == ' ')
        buf_cut(out, out->size - 1);
    buf_adds(out, "\n\n");
    f->begun = false;
}

/* "de " before "el Consulado": the seam's words are replaced, whole words only. */
static const char *join(struct filling *f, const char *value)
{
    for (const struct template_seam *s = f->language->seams; s && s->before; s++) {
        size_t before = strlen(s->before), at = f->out->size;
        if (at < before || strncmp(value, s->value, strlen(s->value)) != 0 ||
            memcmp(f->out->data + at - before, s->before, before) != 0)
            continue;
        if (at > before && !strchr(" \n(", f->out->data[at - before - 1]))
            continue;
        buf_cut(f->out, at - before);
        buf_adds(f->out, s->joined);
        return value + strlen(s->value);
    }
    return value;
}

static void put_capital(struct buf *out, const char **value)
{
    utf8proc_int32_t point;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)*value, -1, &point);

    if (size < 1)
        return;
    *value += size;
    buf_add(out, bytes, (size_t)utf8proc_encode_char(utf8proc_toupper(point), bytes));
}

static void put_field(struct filling *f, bool active, char *name)
{
    bool capital = isupper((unsigned char)name[0]) != 0;
    const struct template_field *field;
    struct buf value = BUF_INIT;

    name[0] = (char)tolower((unsigned char)name[0]);
    field = find(f->language->fields, name);
    if (!field) {
        fault(f, "unknown field", name);
        return;
    }
    if (!active)
        return;
    field->write(f->language->ctx, &value);
    if (value.size) {
        const char *rest = buf_text(&value);
        close_up(f, rest);
        rest = join(f, rest);
        if (capital)
            put_capital(f->out, &rest);
        buf_adds(f->out, rest);
        f->begun = true;
    }
    buf_release(&value);
}

static bool holds(struct filling *f, const char *name)
{
    bool negated = strncmp(name, "not ", 4) == 0;
    const struct template_field *field = find(f->language->fields, negated ? name + 4 : name);
    struct buf value = BUF_INIT;

    if (!field) {
        fault(f, "unknown field", name);
        return false;
    }
    field->write(f->language->ctx, &value);
    bool filled = value.size > 0;
    buf_release(&value);
    return filled != negated;
}

/* Reads what stands in braces, without them; false where it is not closed on its line. */
static bool read_tag(struct filling *f, char tag[NAME_SIZE])
{
    size_t size = strcspn(f->at, "}\n");

    if (f->at[size] != '}' || size >= NAME_SIZE) {
        fault(f, "a brace is not closed", "{");
        f->at += size;
        tag[0] = '\0';
        return false;
    }
    memcpy(tag, f->at, size);
    tag[size] = '\0';
    f->at += size + 1;
    return true;
}

static void fill(struct filling *f, bool active, char stop[NAME_SIZE]);

static void fill_condition(struct filling *f, bool active, const char *name)
{
    char stop[NAME_SIZE];
    bool yes = holds(f, name);

    fill(f, active && yes, stop);
    if (strcmp(stop, "else") == 0)
        fill(f, active && !yes, stop);
    if (strcmp(stop, "end") != 0)
        fault(f, "{end} is missing for", name);
}

/* Comments before the first line of text; the rest are met at their line's beginning. */
static const char *after_comments(const char *source, int *line)
{
    while (*source == '#') {
        source += strcspn(source, "\n");
        source += *source == '\n';
        ++*line;
    }
    return source;
}

static void fill_passage(struct filling *f, bool active, const char *name)
{
    const char *source = f->language->passage(f->language->ctx, name);
    struct filling inner = *f;
    char stop[NAME_SIZE];

    if (!source || f->depth == DEEPEST) {
        fault(f, source ? "a passage contains itself" : "unknown passage", name);
        return;
    }
    inner.line = 1;
    inner.at = after_comments(source, &inner.line);
    if (active)
        inner.at = join(f, inner.at);
    inner.depth++;
    fill(&inner, active, stop);
    if (*stop)
        fault(f, "a passage ends nothing that it began", name);
    f->begun = inner.begun;
}

/* Fills up to the {else} or {end} that is not its own, which it reports, or the end: "". */
static void fill(struct filling *f, bool active, char stop[NAME_SIZE])
{
    char tag[NAME_SIZE];

    *stop = '\0';
    while (*f->at) {
        const char *here = f->at++;
        if (*here == '\n') {
            f->line++;
            if (*f->at == '\n' && active)
                end_paragraph(f);
            while (*f->at == '#')
                f->at += strcspn(f->at, "\n"), f->at += *f->at == '\n', f->line++;
        }
        if (*here != '{') {
            put_literal(f, active, here);
        } else if (!read_tag(f, tag)) {
            continue;
        } else if (strcmp(tag, "else") == 0 || strcmp(tag, "end") == 0) {
            strcpy(stop, tag);
            return;
        } else if (strncmp(tag, "if ", 3) == 0) {
            fill_condition(f, active, tag + 3);
        } else if (strncmp(tag, "> ", 2) == 0) {
            fill_passage(f, active, tag + 2);
        } else {
            put_field(f, active, tag);
        }
    }
}

bool template_fill(const char *source, const struct template_language *language, struct buf *out,
                   struct error *err)
{
    struct buf text = BUF_INIT;
    struct error faults = ERROR_INIT;
    struct filling f = {language, NULL, 1, 0, false, &text, &faults};
    char stop[NAME_SIZE];

    f.at = after_comments(source, &f.line);
    fill(&f, true, stop);
    if (*stop)
        fault(&f, "nothing was begun that this ends", stop);
    end_paragraph(&f);

    bool filled = faults.kind == ERROR_NONE;
    if (filled) {
        if (text.size >= 2)
            buf_cut(&text, text.size - 1);
        buf_add(out, buf_text(&text), text.size);
    } else {
        error_set(err, ERROR_INPUT, "%s", error_text(&faults));
    }
    error_release(&faults);
    buf_release(&text);
    return filled;
}
