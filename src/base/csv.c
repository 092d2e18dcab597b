/* SPDX-License-Identifier: MIT */
#include "amparo/base/csv.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static const char mark[] = "\xEF\xBB\xBF"; /* of the byte order */

void csv_init(struct csv *csv, const char *bytes, size_t size, char separator)
{
    *csv = (struct csv){bytes, bytes + size, separator, true, 1};
    if (size >= 3 && memcmp(bytes, mark, 3) == 0)
        csv->at += 3;
}

void csv_row_release(struct csv_row *row)
{
    buf_release(&row->text);
    free(row->fields);
    row->fields = NULL;
    row->count = row->room = 0;
}

/* The bytes of a line end at `at`: 0 where there is none. */
static size_t line_end(const struct csv *csv)
{
    if (csv->at < csv->end && csv->at[0] == '\n')
        return 1;
    if (csv->end - csv->at >= 2 && csv->at[0] == '\r' && csv->at[1] == '\n')
        return 2;
    return 0;
}

static void skip_line_end(struct csv *csv)
{
    size_t size = line_end(csv);

    csv->at += size;
    csv->line += size != 0;
}

/* Copies text up to a byte that ends it here (quoted: a quote; else a separator or a line end). */
static const char *copy_text(struct csv *csv, struct buf *out, bool quoted)
{
    while (csv->at < csv->end) {
        unsigned char c = (unsigned char)*csv->at;
        utf8proc_int32_t point;

        if (quoted ? c == '"' : (c == (unsigned char)csv->separator || line_end(csv)))
            return NULL;
        if (!quoted && ((c == '"' && csv->quoting) || c == '\r'))
            return c == '"' ? N_("a quote inside a field that is not quoted")
                            : N_("a carriage return inside a field that is not quoted");
        if (c == '\0')
            return N_("a NUL byte: this is not text");
        utf8proc_ssize_t size =
            utf8proc_iterate((const utf8proc_uint8_t *)csv->at, csv->end - csv->at, &point);
        if (size < 1)
            return N_("not UTF-8");
        csv->line += c == '\n';
        buf_add(out, csv->at, (size_t)size);
        csv->at += size;
    }
    return quoted ? N_("a quote that is never closed") : NULL;
}

static const char *read_field(struct csv *csv, struct buf *out)
{
    if (csv->at == csv->end || *csv->at != '"' || !csv->quoting)
        return copy_text(csv, out, false);
    for (;;) {
        csv->at++; /* the opening quote, or the second of a doubled one */
        const char *wrong = copy_text(csv, out, true);
        if (wrong)
            return wrong;
        csv->at++;
        if (csv->at == csv->end || *csv->at != '"')
            break;
        buf_addc(out, '"');
    }
    if (csv->at < csv->end && *csv->at != csv->separator && !line_end(csv))
        return N_("text after a closing quote");
    return NULL;
}

/* The fields lie one after the other, each with its NUL, which no field can hold. */
static void point_at_fields(struct csv_row *row)
{
    char *field = row->text.data;

    if (row->count > row->room) {
        row->room = row->count;
        row->fields = xreallocarray(row->fields, row->room, sizeof *row->fields);
    }
    for (size_t i = 0; i < row->count; i++, field += strlen(field) + 1)
        row->fields[i] = field;
}

/* A quote never closed swallowed the rest: then go on after the row's first line. */
static void skip_bad_row(struct csv *csv, const char *start, long line)
{
    if (csv->at == csv->end) {
        csv->at = start;
        csv->line = line;
    }
    while (csv->at < csv->end && !line_end(csv))
        csv->at++;
    skip_line_end(csv);
}

enum csv_result csv_read(struct csv *csv, struct csv_row *row, struct error *err)
{
    while (line_end(csv))
        skip_line_end(csv);
    if (csv->at == csv->end)
        return CSV_END;

    const char *start = csv->at;
    row->line = csv->line;
    row->count = 0;
    buf_clear(&row->text);
    for (;;) {
        const char *wrong = read_field(csv, &row->text);
        if (wrong) {
            long where = csv->at == csv->end ? row->line : csv->line;
            error_set(err, ERROR_INPUT, _("line %ld: %s"), where, _(wrong));
            skip_bad_row(csv, start, row->line);
            return CSV_BAD;
        }
        buf_addc(&row->text, '\0');
        row->count++;
        if (csv->at == csv->end || *csv->at != csv->separator)
            break;
        csv->at++;
    }
    skip_line_end(csv);
    point_at_fields(row);
    return CSV_ROW;
}

void csv_add_field(struct buf *out, const char *field, char separator)
{
    const char special[] = {separator, '"', '\r', '\n', '\0'};

    /* Quoted too: what the reader would pass over at the start of a file. */
    bool marked = !strncmp(field, mark, sizeof mark - 1);

    if (!marked && !field[strcspn(field, special)]) {
        buf_adds(out, field);
        return;
    }
    buf_addc(out, '"');
    for (; *field; field++) {
        if (*field == '"')
            buf_addc(out, '"');
        buf_addc(out, *field);
    }
    buf_addc(out, '"');
}

/* ---- texts that are no formulas ---- */

/* The signs before a number calculate nothing that could do harm. */
static bool is_formula(const char *text)
{
    if (*text == '+' || *text == '-')
        return text[strspn(text, "+-0123456789 ()./")] != '\0';
    return *text && strchr("=@\t\r", *text);
}

/* Apostrophes that stand there already are counted in, so that as many come back. */
static bool is_guarded(const char *text)
{
    return is_formula(text + strspn(text, "'"));
}

void csv_add_text(struct buf *out, const char *text, char separator)
{
    struct buf guarded = BUF_INIT;

    buf_addf(&guarded, "%s%s", is_guarded(text) ? "'" : "", text);
    csv_add_field(out, buf_text(&guarded), separator);
    buf_release(&guarded);
}

char *csv_text(char *field)
{
    return *field == '\'' && is_guarded(field) ? field + 1 : field;
}
