/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/paper/template.h"

static void write_office(const void *ctx, struct buf *out)
{
    (void)ctx;
    buf_adds(out, "el Consulado General");
}

static void write_country(const void *ctx, struct buf *out)
{
    (void)ctx;
    buf_adds(out, "El Salvador");
}

static void write_accent(const void *ctx, struct buf *out)
{
    (void)ctx;
    buf_adds(out, "ñandú {x}");
}

static void write_nothing(const void *ctx, struct buf *out)
{
    (void)ctx;
    (void)out;
}

static const struct template_field fields[] = {
    {"office", "", write_office}, {"country", "", write_country},
    {"accent", "", write_accent}, {"nothing", "", write_nothing},
    {NULL, NULL, NULL},
};
static const struct template_field *const tables[] = {fields, NULL};

static const struct template_seam seams[] = {
    {"de ", "el ", "del "}, {"a ", "el ", "al "}, {NULL, NULL, NULL}};

static const char *passage(const void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "courtesy") == 0 ? "# what is said\nante {office}\n"
           : strcmp(name, "place") == 0  ? "# where\nel puerto"
           : strcmp(name, "loop") == 0   ? "{> loop}"
           : strcmp(name, "open") == 0   ? "{end}"
                                         : NULL;
}

static const struct template_language language = {tables, seams, passage, NULL};

static void expect(const char *source, const char *text)
{
    struct buf out = BUF_INIT;
    struct error err = ERROR_INIT;

    assert_true(template_fill(source, &language, &out, &err));
    assert_string_equal(buf_text(&out), text);
    buf_release(&out);
    error_release(&err);
}

static void expect_fault(const char *source, const char *text)
{
    struct buf out = BUF_INIT;
    struct error err = ERROR_INIT;

    assert_false(template_fill(source, &language, &out, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(error_text(&err), text);
    assert_int_equal(out.size, 0);
    buf_release(&out);
    error_release(&err);
}

static void test_fields(void **state)
{
    (void)state;
    expect("{Office} saluda.", "El Consulado General saluda.\n");
    expect("{Accent} y {accent}", "Ñandú {x} y ñandú {x}\n");
    expect("sin {nothing} , nada {nothing}.", "sin, nada.\n");
    expect("sans {nothing}\n{if office}\u00a0; rien{end}", "sans\u00a0; rien\n");
}

static void test_seams(void **state)
{
    (void)state;
    expect("asistencia de {office} a {office}",
           "asistencia del Consulado General al Consulado General\n");
    expect("de {country}, a {country}", "de El Salvador, a El Salvador\n");
    expect("desde {office}; la {office}", "desde el Consulado General; la el Consulado General\n");
}

static void test_conditions(void **state)
{
    (void)state;
    expect("a{if office}, b{end}{if nothing}, c{end}.", "a, b.\n");
    expect("{if nothing}x{else}y{end} {if not nothing}z{end}", "y z\n");
    expect("{if office}{if nothing}1{else}2{end}{else}{if office}3{end}{end}", "2\n");
}

static void test_layout(void **state)
{
    (void)state;
    expect("# wording: change freely\none\n two\n\n\n# between\nthree  four\n",
           "one two\n\nthree four\n");
    expect("one\n\n{if nothing}two{end}\n\nthree", "one\n\nthree\n");
    expect("one\n# \u00e9", "one\n");
    expect("x {> courtesy} y", "x ante el Consulado General y\n");
    expect("de {> place}", "del puerto\n");
    expect("", "");
}

static void test_faults(void **state)
{
    (void)state;
    expect_fault("a\n{nobody}", "line 2: unknown field: nobody");
    expect_fault("{if nothing}{nobody}{end}", "line 1: unknown field: nobody");
    expect_fault("{if nobody}x{end}", "line 1: unknown field: nobody");
    expect_fault("{> none}", "line 1: unknown passage: none");
    expect_fault("{if office}x", "line 1: {end} is missing for: office");
    expect_fault("x{end}", "line 1: nothing was begun that this ends: end");
    expect_fault("{office", "line 1: a brace is not closed: {");
    expect_fault("{> open}", "line 1: a passage ends nothing that it began: open");
    expect_fault("{> loop}", "line 1: a passage contains itself: loop");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),     cmocka_unit_test(test_seams),
        cmocka_unit_test(test_conditions), cmocka_unit_test(test_layout),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
