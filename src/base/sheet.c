/* SPDX-License-Identifier: MIT */
#include "amparo/base/sheet.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* ---- encoding ---- */

bool sheet_encoding_named(const char *name, enum sheet_encoding *out)
{
    static const struct {
        const char *name;
        enum sheet_encoding encoding;
    } names[] = {
        {"utf-8", SHEET_UTF8},  {"utf8", SHEET_UTF8},    {"windows-1252", SHEET_1252},
        {"cp1252", SHEET_1252}, {"latin-1", SHEET_1252}, {"iso-8859-1", SHEET_1252},
    };

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (strcasecmp(names[i].name, name) == 0) {
            *out = names[i].encoding;
            return true;
        }
    return false;
}

/* Bytes that are no UTF-8 say that it is the other one, unless letters of UTF-8 are the more. */
static enum sheet_encoding find_encoding(const char *bytes, size_t size)
{
    size_t letters = 0, stray = 0;

    for (size_t i = 0; i < size;) {
        utf8proc_int32_t point;
        if ((unsigned char)bytes[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bytes + i,
                                                 (utf8proc_ssize_t)(size - i), &point);
        letters += step > 0;
        stray += step < 1;
        i += step > 0 ? (size_t)step : 1;
    }
    return stray > letters ? SHEET_1252 : SHEET_UTF8;
}

/* Of 0x80 to 0x9F; what Windows-1252 does not have stays a control character. */
static const uint16_t upper_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static void recode(struct buf *out, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        utf8proc_uint8_t letter[4];
        if (c < 0x80) {
            buf_addc(out, (char)c);
            continue;
        }
        utf8proc_ssize_t length = utf8proc_encode_char(c < 0xA0 ? upper_1252[c - 0x80] : c, letter);
        buf_add(out, letter, (size_t)length);
    }
}

static bool is_utf16(const char *bytes, size_t size)
{
    return size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

/* ---- separator ---- */

/* The separator that stands most often in the first line, outside of quotes. */
static char find_separator(const char *at, const char *end)
{
    static const char candidates[] = ",;\t";
    size_t counts[sizeof candidates - 1] = {0}, best = 0;
    bool quoted = false;

    for (; at < end && (quoted || *at != '\n'); at++) {
        const char *found = *at ? strchr(candidates, *at) : NULL;
        quoted ^= *at == '"';
        if (found && !quoted)
            counts[found - candidates]++;
    }
    for (size_t i = 1; i < sizeof candidates - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

/* A first line "sep=;" says it, and is no row. */
static char take_separator_line(struct csv *csv)
{
    const char *at = csv->at;

    if (csv->end - at < 6 || strncasecmp(at, "sep=", 4) != 0 || !at[4] || !strchr(",;\t", at[4]) ||
        (at[5] != '\n' && !(at[5] == '\r' && csv->end - at > 6 && at[6] == '\n')))
        return '\0';
    csv->at += at[5] == '\n' ? 6 : 7;
    csv->line++;
    return at[4];
}

/* ---- rows ---- */

static bool read_head(struct sheet *sheet, struct error *err)
{
    switch (csv_read(&sheet->csv, &sheet->head, err)) {
    case CSV_END:
        return error_set(err, ERROR_INPUT, "%s", _("the table is empty"));
    case CSV_BAD:
        return false;
    case CSV_ROW:
        break;
    }
    return true;
}

bool sheet_open(struct sheet *sheet, const char *bytes, size_t size, struct sheet_format format,
                struct error *err)
{
    *sheet = (struct sheet){.recoded = BUF_INIT, .head = CSV_ROW_INIT, .row = CSV_ROW_INIT};
    if (is_utf16(bytes, size))
        return error_set(err, ERROR_INPUT, "%s",
                         _("this is UTF-16: save it as CSV in UTF-8, then again"));
    if (format.encoding == SHEET_FOUND)
        format.encoding = find_encoding(bytes, size);
    if (format.encoding == SHEET_1252) {
        recode(&sheet->recoded, bytes, size);
        bytes = buf_text(&sheet->recoded);
        size = sheet->recoded.size;
    }
    csv_init(&sheet->csv, bytes, size, format.separator);
    char said = take_separator_line(&sheet->csv);
    if (!format.separator)
        sheet->csv.separator = said ? said : find_separator(sheet->csv.at, sheet->csv.end);
    return read_head(sheet, err);
}

void sheet_release(struct sheet *sheet)
{
    buf_release(&sheet->recoded);
    csv_row_release(&sheet->head);
    csv_row_release(&sheet->row);
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i][strspn(row->fields[i], " ")])
            return false;
    return true;
}

enum csv_result sheet_next(struct sheet *sheet, struct error *err)
{
    enum csv_result result;

    do
        result = csv_read(&sheet->csv, &sheet->row, err);
    while (result == CSV_ROW && is_blank(&sheet->row));
    if (result != CSV_ROW || sheet->row.count == sheet->head.count)
        return result;
    error_set(err, ERROR_INPUT,
              n_("line %ld: %zu field, not %zu", "line %ld: %zu fields, not %zu", sheet->row.count),
              sheet->row.line, sheet->row.count, sheet->head.count);
    return CSV_BAD;
}

struct sheet_place sheet_tell(const struct sheet *sheet)
{
    return (struct sheet_place){sheet->csv.at, sheet->csv.line};
}

void sheet_seek(struct sheet *sheet, struct sheet_place place)
{
    sheet->csv.at = place.at;
    sheet->csv.line = place.line;
}

/* ---- columns and cells ---- */

int sheet_column(const struct sheet *sheet, const char *name)
{
    int exact = SHEET_NONE, alike = SHEET_NONE;
    struct buf wanted = BUF_INIT, folded = BUF_INIT;

    text_fold(&wanted, name);
    for (size_t i = 0; i < sheet->head.count; i++) {
        const char *column = sheet->head.fields[i];
        buf_clear(&folded);
        text_fold(&folded, column);
        if (strcmp(column, name) == 0)
            exact = exact == SHEET_NONE ? (int)i : SHEET_TWICE;
        if (strcmp(buf_text(&folded), buf_text(&wanted)) == 0)
            alike = alike == SHEET_NONE ? (int)i : SHEET_TWICE;
    }
    buf_release(&wanted);
    buf_release(&folded);
    return exact == SHEET_NONE ? alike : exact;
}

/* What a spreadsheet takes for a formula, but for numbers and telephones with their sign. */
static bool is_formula(const char *cell)
{
    bool sign = *cell == '+' || *cell == '-';
    const char *next = cell + sign + strspn(cell + sign, " (");

    return *cell == '=' || *cell == '@' || (sign && *next && !isdigit((unsigned char)*next));
}

bool sheet_cell(const struct sheet *sheet, int column, struct buf *out, const char **why)
{
    const char *cell = sheet->row.fields[column];
    size_t size;

    cell += strspn(cell, " \t\r\n");
    size = strlen(cell);
    while (size && strchr(" \t\r\n", cell[size - 1]))
        size--;
    if (is_formula(cell)) {
        *why = _("a formula is not taken: put its value there");
        return false;
    }
    text_normalize(out, cell, size);
    return true;
}
