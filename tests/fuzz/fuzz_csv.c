/* SPDX-License-Identifier: MIT */
/* CSV: a first byte for the separator, then the rows. What is read is written, and read as same. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/csv.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "fuzz.h"

static void write_row(struct buf *out, const struct csv_row *row, char separator)
{
    for (size_t i = 0; i < row->count; i++) {
        if (i)
            buf_addc(out, separator);
        csv_add_field(out, row->fields[i], separator);
    }
    buf_adds(out, "\r\n");
}

/* One row alone, written and read again. A row of one empty field is written as an empty line. */
static void promise_same(const struct csv_row *row, char separator)
{
    struct buf out = BUF_INIT;
    struct csv_row again = CSV_ROW_INIT;
    struct csv csv;

    write_row(&out, row, separator);
    csv_init(&csv, buf_text(&out), out.size, separator);
    enum csv_result result = csv_read(&csv, &again, NULL);
    if (row->count == 1 && !*row->fields[0]) {
        buf_release(&out);
        csv_row_release(&again);
        return;
    }
    PROMISE(result == CSV_ROW && again.count == row->count, "a row of %zu fields is written as %s",
            row->count, buf_text(&out));
    for (size_t i = 0; i < row->count; i++)
        PROMISE(!strcmp(row->fields[i], again.fields[i]), "field %zu is written otherwise: %s",
                i + 1, buf_text(&out));
    PROMISE(csv_read(&csv, &again, NULL) == CSV_END, "a row becomes several: %s", buf_text(&out));
    csv_row_release(&again);
    buf_release(&out);
}

static bool run(const uint8_t *bytes, size_t size)
{
    static const char separators[] = ",;\t|";
    struct csv_row row = CSV_ROW_INIT;
    struct error err = ERROR_INIT;
    struct csv csv;
    bool good = size > 0;
    long line = 0;
    enum csv_result result;

    if (!size)
        return false;
    char separator = separators[bytes[0] % (sizeof separators - 1)];
    csv_init(&csv, (const char *)bytes + 1, size - 1, separator);
    while ((result = csv_read(&csv, &row, &err)) != CSV_END) {
        if (result == CSV_BAD) {
            good = false;
            continue;
        }
        PROMISE(row.line > line, "the row of line %ld after line %ld", row.line, line);
        line = row.line;
        PROMISE(row.count > 0, "a row of no fields");
        for (size_t i = 0; i < row.count; i++)
            PROMISE(text_valid(row.fields[i], strlen(row.fields[i])), "a field that is no text");
        promise_same(&row, separator);
    }
    if (!good)
        fuzz_message(&err, "line ");
    error_release(&err);
    csv_row_release(&row);
    return good;
}

static const struct fuzz_seed seeds[] = {
    SEED(",state,country,city\r\nMX,AE,\"Abu Dhabi\"\r\n"),
    SEED(";operator;city\nX;\"a \"\"quoted\"\" one\nof two lines\"\n\n"),
    SEED("|\xef\xbb\xbf"
         "a|b||\n\"\"|\n"),
    SEED("\ta\tb\tc"),
    SEEDS_END,
};

static const char *const list[] = {"\"", "\"\"", ",", ";", "\r\n", "\n",
                                   "\r", "\t",   "|", "ñ", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(csv, run) = {"csv", run, seeds, words, fuzz_mutate_bytes, 8000};
