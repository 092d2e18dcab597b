/* SPDX-License-Identifier: MIT */
/* Clusters, cells, folding and wrapping, on the text that the world's names are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define COMBINING_ACUTE "\xCC\x81"
#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" /* woman, joiner, girl */
#define WOMAN "\xF0\x9F\x91\xA9"
#define RLO "\xE2\x80\xAE"

/* What one of the appending functions makes of a text, freed at the next call. */
static const char *made(void (*make)(struct buf *, const char *), const char *text)
{
    static struct buf out;

    buf_release(&out);
    make(&out, text);
    return buf_text(&out);
}

static void make_shown(struct buf *out, const char *text)
{
    text_shown(out, text, strlen(text));
}

static void make_normal(struct buf *out, const char *text)
{
    if (!text_normalize(out, text, strlen(text)))
        buf_adds(out, "refused");
}

static void make_ascii(struct buf *out, const char *text)
{
    text_ascii(out, text);
}

static void make_pad8(struct buf *out, const char *text)
{
    text_pad(out, text, 8);
}

static void make_lines10(struct buf *out, const char *text)
{
    size_t shown;

    for (size_t took; (took = text_wrap(text, 10, &shown)); text += took) {
        assert_true(text_cells_n(text, shown) <= 10);
        buf_add(out, text, shown);
        buf_addc(out, '|');
    }
}

static void make_wrapped10(struct buf *out, const char *text)
{
    buf_adds(out, "a: ");
    text_put_wrapped(out, text, 10, 3);
}

static void test_valid(void **state)
{
    (void)state;
    assert_true(text_valid("ñandú", strlen("ñandú")));
    assert_true(text_valid("", 0));
    assert_false(text_valid("a\0b", 3));
    const char *bad[] = {
        "\xC3",             /* cut short */
        "\xC0\xAF",         /* overlong */
        "\xED\xA0\x80",     /* a surrogate */
        "\xF4\x90\x80\x80", /* past the last code point */
        "\x80",
        "\xFF",
    };
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_false(text_valid(bad[i], strlen(bad[i])));
}

static void test_normalize(void **state)
{
    (void)state;
    assert_string_equal(made(make_normal, "Pen"
                                          "\xCC\x83"
                                          "a"),
                        "Peña");
    assert_string_equal(made(make_normal, "café"), "café");
    assert_string_equal(made(make_normal, "caf\xE9"), "refused");
}

static void test_clusters(void **state)
{
    (void)state;
    assert_int_equal(text_clusters("Muñoz"), 5);
    assert_int_equal(text_clusters("e" COMBINING_ACUTE "x"), 2);
    assert_int_equal(text_clusters(FAMILY), 1);
    assert_int_equal(text_clusters("日本"), 2);
    assert_int_equal(text_clusters("مرحبا"), 5);
    assert_int_equal(text_clusters("\r\n"), 2);
    assert_int_equal(text_clusters("a\xFF\xFE"
                                   "b\xC3"),
                     5);
    assert_int_equal(text_prev("a" FAMILY, 1 + strlen(FAMILY)), 1);
    assert_int_equal(text_prev("a", 0), 0);
    assert_int_equal(text_next("", 0), 0);
}

/* Whatever the bytes are, going forward ends, and going back finds the same boundaries. */
static void test_boundaries_of_anything(void **state)
{
    (void)state;
    char text[40];
    uint32_t seed = 7;

    for (int round = 0; round < 2000; round++) {
        size_t size = 0;
        for (; size < 30; size++) {
            seed = seed * 1664525 + 1013904223;
            unsigned char byte = (unsigned char)(seed >> 24);
            text[size] = (char)(byte ? byte : 'x');
        }
        text[size] = '\0';
        size_t at = 0;
        for (size_t next; at < size; at = next) {
            next = text_next(text, at);
            assert_true(next > at && next <= size);
            assert_int_equal(text_prev(text, next), at);
        }
        struct buf shown = BUF_INIT;
        make_shown(&shown, text);
        assert_true(text_valid(buf_text(&shown), shown.size));
        assert_int_equal(text_cells(text), text_cells(buf_text(&shown)));
        buf_release(&shown);
    }
}

static void test_words(void **state)
{
    (void)state;
    const char *text = "de la Peña, José";
    assert_int_equal(text_next_word(text, 0), 2);
    assert_int_equal(text_next_word(text, 5), 11);
    assert_int_equal(text_prev_word(text, strlen(text)), 13);
    assert_int_equal(text_prev_word(text, 13), 6);
    assert_int_equal(text_prev_word(text, 0), 0);
    assert_int_equal(text_next_word(text, strlen(text)), strlen(text));
}

static void test_cells(void **state)
{
    (void)state;
    assert_int_equal(text_cells("Ordóñez"), 7);
    assert_int_equal(text_cells("日本"), 4);
    assert_int_equal(text_cells(FAMILY), 2);
    assert_int_equal(text_cells("한국"), 4);
    assert_int_equal(text_cells("e" COMBINING_ACUTE), 1);
    assert_int_equal(text_cells(COMBINING_ACUTE), 1);
    assert_int_equal(text_cells("\xFF"), 1);
    assert_int_equal(text_fit("日本", 3), 3);
    assert_int_equal(text_fit("abc", 9), 3);
    assert_int_equal(text_fit("abc", 0), 0);
}

static void test_pad(void **state)
{
    (void)state;
    assert_string_equal(made(make_pad8, "Ana"), "Ana     ");
    assert_string_equal(made(make_pad8, "Ordóñez R"), "Ordóñez…");
    assert_string_equal(made(make_pad8, "Ordóñez-"), "Ordóñez-");
    /* The half of a wide letter that has no room is a blank. */
    assert_string_equal(made(make_pad8, "日本日本日"), "日本日… ");
}

static void test_shown(void **state)
{
    (void)state;
    assert_string_equal(made(make_shown, "a\x1B[2Jb"), "a�[2Jb");
    assert_string_equal(made(make_shown, "a\tb\nc\x7F"), "a b c�");
    assert_string_equal(made(make_shown, "x" RLO "y"), "x�y");
    assert_string_equal(made(make_shown, "\xC2\x9B"
                                         "31m"),
                        "�31m");
    assert_string_equal(made(make_shown, FAMILY "!"), WOMAN "!");
    assert_string_equal(made(make_shown, COMBINING_ACUTE "a"), " " COMBINING_ACUTE "a");
    assert_string_equal(made(make_shown, "\xEE\x80\x80"), "�");
    assert_string_equal(made(make_shown, "مرحبا ñ"), "مرحبا ñ");
}

/* What is ASCII is folded by another way, to the same: a letter that is not, behind it, makes it go
 * the long one. */
static void test_fold_ascii(void **state)
{
    (void)state;
    char text[] = "a b";

    for (int c = 1; c < 0x80; c++) {
        struct buf shorter = BUF_INIT, longer = BUF_INIT;
        text[1] = (char)c;
        char *more = xasprintf("%s\u00E9", text);
        text_fold(&shorter, text);
        text_fold(&longer, more);
        buf_addc(&shorter, 'E');
        assert_string_equal(buf_text(&shorter), buf_text(&longer));
        buf_release(&shorter);
        buf_release(&longer);
        free(more);
    }
}

static void test_fold(void **state)
{
    (void)state;
    const struct {
        const char *text;
        const char *key;
    } cases[] = {
        {"Ordóñez", "ORDONEZ"},
        {"  Núñez \t Cabrera ", "NUNEZ CABRERA"},
        {"Straße", "STRASSE"},
        {"Ødegård Łukasz Æ", "ODEGARD LUKASZ AE"},
        {"O\u2019Brien", "O'BRIEN"},
        {"Jean\u2011Paul", "JEAN-PAUL"},
        {"\uFF21\uFF42c", "ABC"},
        {"İıi", "III"},
        {"Αθήνα", "ΑΘΗΝΑ"},
        {"a\xFF"
         "b",
         "A B"},
        {"Ana \u200d \u00AD", "ANA"}, /* what draws nothing does not end a blank */
        {"", ""},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_string_equal(made(text_fold, cases[i].text), cases[i].key);
        assert_string_equal(made(text_fold, cases[i].key), cases[i].key);
    }
}

static void test_match(void **state)
{
    (void)state;
    const char *label = "United Arab Emirates";
    assert_int_equal(text_match("united arab emirates", label), TEXT_MATCH_WHOLE);
    assert_int_equal(text_match("Unit", label), TEXT_MATCH_START);
    assert_int_equal(text_match("em ar", label), TEXT_MATCH_WORDS);
    assert_int_equal(text_match("rab", label), TEXT_MATCH_PART);
    assert_int_equal(text_match("arab x", label), TEXT_MATCH_NONE);
    assert_int_equal(text_match("espana", "España"), TEXT_MATCH_WHOLE);
    assert_int_equal(text_match("ESPAÑ", "españa"), TEXT_MATCH_START);
}

static void test_wrap(void **state)
{
    (void)state;
    assert_string_equal(made(make_lines10, "one two three four"), "one two|three four|");
    assert_string_equal(made(make_lines10, "0123456789"), "0123456789|");
    assert_string_equal(made(make_lines10, "0123456789 a"), "0123456789|a|");
    assert_string_equal(made(make_lines10, "0123456789abc d"), "0123456789|abc d|");
    assert_string_equal(made(make_lines10, "a\n\nb"), "a||b|");
    assert_string_equal(made(make_lines10, "日本日本日本"), "日本日本日|本|");
    assert_string_equal(made(make_lines10, "word           \nnext"), "word|next|");
    assert_string_equal(made(make_lines10, "0123456789 \u0303 b"), "0123456789| \u0303 b|");
    assert_string_equal(made(make_lines10, "            a"), "          |  a|");
    assert_string_equal(made(make_lines10, "            "), "          |");
    assert_string_equal(made(make_lines10, ""), "");
    assert_string_equal(made(make_wrapped10, "one two three"), "a: one two\n   three\n");
    assert_string_equal(made(make_wrapped10, "one\n\ntwo"), "a: one\n   \n   two\n");
    assert_string_equal(made(make_wrapped10, ""), "a: ");
}

static void test_ascii(void **state)
{
    (void)state;
    assert_string_equal(made(make_ascii, "Núñez, Ærø: ¿qué?"), "Nunez, AEro: que?");
    assert_string_equal(made(make_ascii, "a · b – “c” … 5 €"), "a - b - \"c\" ... 5 EUR");
    assert_string_equal(made(make_ascii, "日本\t\x1B"), "????");
    assert_string_equal(made(make_ascii, "ß Œ œ Ł ł"), "ss OE oe L l");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),    cmocka_unit_test(test_normalize),
        cmocka_unit_test(test_clusters), cmocka_unit_test(test_boundaries_of_anything),
        cmocka_unit_test(test_words),    cmocka_unit_test(test_cells),
        cmocka_unit_test(test_pad),      cmocka_unit_test(test_shown),
        cmocka_unit_test(test_fold),     cmocka_unit_test(test_fold_ascii),
        cmocka_unit_test(test_match),    cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
