/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/base/csv.h"
#include "amparo/base/mem.h"

/* Rows as "line[field|field]", bad ones as "!", and the errors. */
static void check(const char *bytes, size_t size, char separator, const char *rows,
                  const char *errors)
{
    struct csv csv;
    struct csv_row row = CSV_ROW_INIT;
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;
    enum csv_result result;

    csv_init(&csv, bytes, size, separator);
    while ((result = csv_read(&csv, &row, &err)) != CSV_END) {
        if (result == CSV_BAD) {
            buf_adds(&out, "!");
            continue;
        }
        buf_addf(&out, "%ld[", row.line);
        for (size_t i = 0; i < row.count; i++)
            buf_addf(&out, "%s%s", i ? "|" : "", row.fields[i]);
        buf_adds(&out, "]");
    }
    assert_string_equal(buf_text(&out), rows);
    assert_string_equal(error_text(&err), errors);
    csv_row_release(&row);
    error_release(&err);
    buf_release(&out);
}

#define CHECK(bytes, rows, errors) check(bytes, sizeof(bytes) - 1, ',', rows, errors)

static void test_rows(void **state)
{
    (void)state;
    CHECK("", "", "");
    CHECK("\n\r\n", "", "");
    CHECK("a,b\r\nc,d\r\n", "1[a|b]2[c|d]", "");
    CHECK("a,b\nc,d", "1[a|b]2[c|d]", "");
    CHECK(",\n,,", "1[|]2[||]", "");
    CHECK("\xEF\xBB\xBF"
          "a\n\nb",
          "1[a]3[b]", "");
    CHECK("\"a,b\",\"say \"\"no\"\"\",\"\"\n", "1[a,b|say \"no\"|]", "");
    CHECK("\"\"\"\",\"a\"\"\"\n", "1[\"|a\"]", "");
    CHECK("\"a\nb\",c\nd\n", "1[a\nb|c]3[d]", "");
    CHECK("\xEF\xBB\xBF\"a\"\n", "1[a]", "");
    check("a;b,c\n", 6, ';', "1[a|b,c]", "");
}

static void test_lists_without_quoting(void **state)
{
    static const char bytes[] = "\"a;b\"c\n\";\"\n";
    struct csv csv;
    struct csv_row row = CSV_ROW_INIT;
    (void)state;

    csv_init(&csv, bytes, sizeof bytes - 1, ';');
    csv.quoting = false;
    assert_int_equal(csv_read(&csv, &row, NULL), CSV_ROW);
    assert_string_equal(row.fields[0], "\"a");
    assert_string_equal(row.fields[1], "b\"c");
    assert_int_equal(csv_read(&csv, &row, NULL), CSV_ROW);
    assert_int_equal(row.count, 2);
    assert_int_equal(csv_read(&csv, &row, NULL), CSV_END);
    csv_row_release(&row);
}

static void test_bad_rows_are_named_and_the_rest_is_read(void **state)
{
    (void)state;
    CHECK("a\nb\"c\nd\n", "1[a]!3[d]", "line 2: a quote inside a field that is not quoted");
    CHECK("\"a\"b\nc\n", "!2[c]", "line 1: text after a closing quote");
    CHECK("a\nb\0c\nd\n", "1[a]!3[d]", "line 2: a NUL byte: this is not text");
    CHECK("a\nb\xFF\nd\n", "1[a]!3[d]", "line 2: not UTF-8");
    CHECK("\xED\xA0\x80\n\xC0\x80\nx\n", "!!3[x]", "line 1: not UTF-8\nline 2: not UTF-8");
    CHECK("a\rb\nc\n", "!2[c]", "line 1: a carriage return inside a field that is not quoted");
    CHECK("a\n\"b,c\nd\ne\n", "1[a]!3[d]4[e]", "line 2: a quote that is never closed");
    CHECK("\"a\nb\xFF\"\nc\n", "!3[c]", "line 2: not UTF-8");
}

static void test_fields_are_written_as_they_are_read(void **state)
{
    static const char *const fields[] = {"", "a", "a,b", "say \"no\"", "a\r\nb", "ñ"};
    struct buf out = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
        if (i)
            buf_addc(&out, ',');
        csv_add_field(&out, fields[i], ',');
    }
    assert_string_equal(buf_text(&out), ",a,\"a,b\",\"say \"\"no\"\"\",\"a\r\nb\",ñ");
    check(buf_text(&out), out.size, ',', "1[|a|a,b|say \"no\"|a\r\nb|ñ]", "");
    /* A byte order mark of the field's own is not passed over as one of the file. */
    buf_clear(&out);
    csv_add_field(&out, "\xEF\xBB\xBFx", ',');
    check(buf_text(&out), out.size, ',', "1[\xEF\xBB\xBFx]", "");
    buf_release(&out);
}

/* What others wrote, opened in a spreadsheet: it calculates nothing, and is read back as it was. */
static void test_no_text_is_a_formula(void **state)
{
    static const struct {
        char text[40], *written;
    } texts[] = {
        {"=1+1", "'=1+1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {"-2+HYPERLINK(A1)", "'-2+HYPERLINK(A1)"},
        {"\t=1", "'\t=1"},
        {"'=1", "''=1"},
        {"=\"a\",b", "\"'=\"\"a\"\",b\""},
        {"+971 (2) 555-01.42", "+971 (2) 555-01.42"},
        {"-1", "-1"},
        {"'t Hooft", "'t Hooft"},
        {"a=b", "a=b"},
        {"", ""},
    };
    struct buf out = BUF_INIT;
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct csv csv;
        struct csv_row row = CSV_ROW_INIT;
        buf_clear(&out);
        csv_add_text(&out, texts[i].text, ',');
        assert_string_equal(buf_text(&out), texts[i].written);
        buf_addc(&out, ',');
        csv_init(&csv, buf_text(&out), out.size, ',');
        assert_int_equal(csv_read(&csv, &row, NULL), CSV_ROW);
        assert_string_equal(csv_text(row.fields[0]), texts[i].text);
        csv_row_release(&row);
    }
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_lists_without_quoting),
        cmocka_unit_test(test_bad_rows_are_named_and_the_rest_is_read),
        cmocka_unit_test(test_fields_are_written_as_they_are_read),
        cmocka_unit_test(test_no_text_is_a_formula),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
