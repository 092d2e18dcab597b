/* SPDX-License-Identifier: MIT */
/* Tables of spreadsheet programs: encodings, separators, columns, cells. */
#include "kit.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/sheet.h"

/* Rows as "line[cell|cell]", bad ones as "!", formulas as "?"; and the errors. */
static void check_as(const char *bytes, size_t size, struct sheet_format format, const char *rows,
                     const char *errors)
{
    struct sheet sheet;
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;
    enum csv_result result = CSV_END;

    if (sheet_open(&sheet, bytes, size, format, &err))
        while ((result = sheet_next(&sheet, &err)) != CSV_END) {
            if (result == CSV_BAD) {
                buf_adds(&out, "!");
                continue;
            }
            buf_addf(&out, "%ld[", sheet.row.line);
            for (size_t i = 0; i < sheet.row.count; i++) {
                const char *why;
                if (i)
                    buf_addc(&out, '|');
                if (!sheet_cell(&sheet, (int)i, &out, &why))
                    buf_adds(&out, "?");
            }
            buf_addc(&out, ']');
        }
    assert_string_equal(buf_text(&out), rows);
    assert_string_equal(error_text(&err), errors);
    sheet_release(&sheet);
    error_release(&err);
    buf_release(&out);
}

#define CHECK(bytes, rows, errors)                                                                 \
    check_as(bytes, sizeof(bytes) - 1, (struct sheet_format){0}, rows, errors)

static void finds_the_separator(void **state)
{
    (void)state;
    CHECK("a,b\n1,2\n", "2[1|2]", "");
    CHECK("a;b\n1,5;2\n", "2[1,5|2]", "");
    CHECK("a\tb,c\td\n1\t2\t3\n", "2[1|2|3]", "");
    CHECK("\"a,b,c\";d\n1;2\n", "2[1|2]", "");
    CHECK("a\n1\n", "2[1]", "");
    CHECK("sep=;\r\na,b,c;d\r\n1;2\r\n", "3[1|2]", "");
    CHECK("sep=\n1\n", "2[1]", "");
    check_as("a,b;c\n1,2;3\n", 12, (struct sheet_format){.separator = ';'}, "2[1,2|3]", "");
}

static void finds_the_encoding(void **state)
{
    (void)state;
    CHECK("a\nN\xC3\xBA\xC3\xB1"
          "ez\n",
          "2[Núñez]", "");
    CHECK("\xEF\xBB\xBF"
          "a\nx\n",
          "2[x]", "");
    CHECK("a\nN\xFA\xF1"
          "ez\n",
          "2[Núñez]", "");
    CHECK("a\n\x80 5 \x96 7\n", "2[€ 5 – 7]", "");
    /* One stray byte among letters of UTF-8 is a fault of that line. */
    CHECK("a\n\xC3\xBA\xC3\xB1\n\xFF\nz\n", "2[úñ]!4[z]", "line 3: not UTF-8");
    check_as("a\n\xC3\xBA\n", 5, (struct sheet_format){.encoding = SHEET_1252}, "2[Ãº]", "");
    CHECK("\xFF\xFE"
          "a",
          "", "this is UTF-16: save it as CSV in UTF-8, then again");
    /* Taken apart in the file, put together here. */
    CHECK("a\nN\xCC\x83\n", "2[Ñ]", "");
    enum sheet_encoding encoding;
    assert_true(sheet_encoding_named("Latin-1", &encoding) && encoding == SHEET_1252);
    assert_false(sheet_encoding_named("ebcdic", &encoding));
}

static void says_what_is_no_row(void **state)
{
    (void)state;
    CHECK("", "", "the table is empty");
    CHECK("\n\n", "", "the table is empty");
    CHECK("a,b\n1\n1,2,3\n,\n 1 , 2\n", "!!5[1|2]",
          "line 2: 1 field, not 2\nline 3: 3 fields, not 2");
    CHECK("a\nx\0y\nz\n", "!3[z]", "line 2: a NUL byte: this is not text");
    CHECK("a\n\"x\nz\n", "!3[z]", "line 2: a quote that is never closed");
}

static void takes_no_formula(void **state)
{
    (void)state;
    CHECK("a,b,c\n=1+1,@x,+x\n-y,\" =cmd|' /C calc'!A0\",+ (cmd\n", "2[?|?|?]3[?|?|?]", "");
    CHECK("a,b,c,d\n+504 99,-3,-,+(504)1\n", "2[+504 99|-3|-|+(504)1]", "");
}

static void finds_columns(void **state)
{
    static const char text[] = "Apellido,apellido,NACIÓ, País ,x,x\n";
    struct sheet sheet;
    struct error err = ERROR_INIT;
    (void)state;

    assert_true(sheet_open(&sheet, text, sizeof text - 1, (struct sheet_format){0}, &err));
    assert_int_equal(sheet_column(&sheet, "Apellido"), 0);
    assert_int_equal(sheet_column(&sheet, "apellido"), 1);
    assert_int_equal(sheet_column(&sheet, "APELLIDO"), SHEET_TWICE);
    assert_int_equal(sheet_column(&sheet, "nacio"), 2);
    assert_int_equal(sheet_column(&sheet, "País"), 3);
    assert_int_equal(sheet_column(&sheet, "x"), SHEET_TWICE);
    assert_int_equal(sheet_column(&sheet, "y"), SHEET_NONE);
    sheet_release(&sheet);
}

static void comes_back_to_a_row(void **state)
{
    static const char text[] = "a\n1\n\"2\n2\"\n3\n";
    struct sheet sheet;
    struct error err = ERROR_INIT;
    (void)state;

    assert_true(sheet_open(&sheet, text, sizeof text - 1, (struct sheet_format){0}, &err));
    assert_int_equal(sheet_next(&sheet, &err), CSV_ROW);
    struct sheet_place place = sheet_tell(&sheet);
    assert_int_equal(sheet_next(&sheet, &err), CSV_ROW);
    assert_int_equal(sheet_next(&sheet, &err), CSV_ROW);
    assert_int_equal(sheet.row.line, 5);
    sheet_seek(&sheet, place);
    assert_int_equal(sheet_next(&sheet, &err), CSV_ROW);
    assert_int_equal(sheet.row.line, 3);
    assert_string_equal(sheet.row.fields[0], "2\n2");
    sheet_release(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_separator), cmocka_unit_test(finds_the_encoding),
        cmocka_unit_test(says_what_is_no_row), cmocka_unit_test(takes_no_formula),
        cmocka_unit_test(finds_columns),       cmocka_unit_test(comes_back_to_a_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
