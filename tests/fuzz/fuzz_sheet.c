/* SPDX-License-Identifier: MIT */
/* Tables of spreadsheet programs: whatever the bytes, rows of text as wide as the first line. */
#include <string.h>

#include "amparo/base/sheet.h"
#include "amparo/base/text.h"
#include "fuzz.h"

static void check_row(const struct sheet *sheet)
{
    struct buf cell = BUF_INIT;
    const char *why = NULL;

    PROMISE(sheet->row.count == sheet->head.count, "a row of %zu fields, not %zu", sheet->row.count,
            sheet->head.count);
    for (int i = 0; i < (int)sheet->row.count; i++) {
        buf_clear(&cell);
        if (!sheet_cell(sheet, i, &cell, &why)) {
            PROMISE(why && *why && !cell.size, "a cell is refused without a reason");
            continue;
        }
        const char *text = buf_text(&cell);
        PROMISE(text_valid(text, cell.size), "a cell that is no text");
        PROMISE(*text != '=' && *text != '@', "a formula is taken: %s", text);
        PROMISE(*text != ' ' && (!cell.size || text[cell.size - 1] != ' '), "blanks around a cell");
    }
    buf_release(&cell);
}

/* Coming back to a row reads the same one. */
static void check_place(struct sheet *sheet, struct sheet_place place)
{
    struct sheet_place after = sheet_tell(sheet);
    long line = sheet->row.line;

    sheet_seek(sheet, place);
    PROMISE(sheet_next(sheet, NULL) == CSV_ROW && sheet->row.line == line,
            "the row of line %ld is not there again", line);
    PROMISE(sheet_tell(sheet).at == after.at, "the row of line %ld ends elsewhere", line);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct sheet sheet;
    struct error err = ERROR_INIT;
    enum csv_result result = CSV_END;
    bool good = sheet_open(&sheet, (const char *)bytes, size, (struct sheet_format){0}, &err);
    bool opened = good;
    long line = 0;

    for (;;) {
        struct sheet_place place = sheet_tell(&sheet);
        if (!opened || (result = sheet_next(&sheet, &err)) == CSV_END)
            break;
        good = good && result == CSV_ROW;
        if (result != CSV_ROW)
            continue;
        PROMISE(sheet.row.line > line, "line %ld after line %ld", sheet.row.line, line);
        line = sheet.row.line;
        check_row(&sheet);
        check_place(&sheet, place);
    }
    for (size_t i = 0; opened && i < sheet.head.count; i++)
        PROMISE(sheet_column(&sheet, sheet.head.fields[i]) != SHEET_NONE, "a column is not found");
    if (!good)
        fuzz_message(&err, NULL);
    sheet_release(&sheet);
    error_release(&err);
    return good;
}

static const struct fuzz_seed seeds[] = {
    SEED("surname_1;born\r\nPÉREZ;9\r\n\r\n=1+1;+504 99\r\n"),
    SEED("sep=\t\na\tb\n1\t\"2\n3\"\n"),
    SEED("\xEF\xBB\xBF"
         "a,b\n,\n1,2\n"),
    SEED("a,b\nN\xFA\xF1"
         "ez,\x80\n"),
    SEEDS_END,
};

static const char *const list[] = {"\"",           "\"\"",     ",", ";", "\t", "\r\n", "\n",
                                   "sep=;\n",      "=",        "@", "+", "-",  "ñ",    "\xF1",
                                   "\xEF\xBB\xBF", "\xFF\xFE", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(sheet, run) = {"sheet", run, seeds, words, fuzz_mutate_bytes, 6000};
