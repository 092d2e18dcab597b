/* SPDX-License-Identifier: MIT */
/* The estimate of a passphrase errs on the low side; drawn words are as strong as they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/strength.h"
#include "amparo/base/words.h"

static double bits(const char *text)
{
    static const char *const known[] = {"Ana Lucía PINEDA", "Consular Directorate, Tegucigalpa",
                                        "HNTGU", NULL};

    return strength_of(text, strlen(text), known).bits;
}

static void test_what_people_choose(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "a",
                                      "password",
                                      "Password1!",
                                      "12345678",
                                      "qwertyuiop",
                                      "aaaaaaaaaaaaaaaa",
                                      "Tegucigalpa2026",
                                      "pineda1998",
                                      "hntgu hntgu",
                                      "ana ana ana ana ana ana"};

    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        struct strength s = {0, bits(bad[i])};
        assert_int_equal(strength_level(&s), STRENGTH_NONE);
    }
    assert_true(bits("an honest passphrase of the tests") < 50);
    assert_true(bits("maple kayak thunder wallet ferry orbit") >= 50);
    assert_true(bits("kjxqwvtz plmnbvdr") > 50); /* no words: each letter counts */
    assert_true(bits("cig\xC3\xBC"
                     "e\xC3\xB1"
                     "a \xC3\xA1rbol") < 20);
}

/* More is never less. */
static void test_it_grows(void **state)
{
    (void)state;
    const char *text = "orilla 1931 ventana, 1931 qwerty ventana kx!!7 Faro";

    for (size_t i = 1; i < strlen(text); i++) {
        double less = strength_of(text, i, NULL).bits,
               more = strength_of(text, strlen(text), NULL).bits;
        assert_true(less <= more);
    }
}

static void test_drawn_words(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "es", "fr", "xx"};
    char one[200], other[200];

    for (size_t i = 0; i < ARRAY_SIZE(languages); i++) {
        size_t length = words_draw(languages[i], WORDS_USUAL, one, sizeof one);
        assert_int_equal(length, strlen(one));
        struct strength s = strength_of(one, length, NULL);
        assert_int_equal(s.words, WORDS_USUAL);
        assert_true(s.bits == WORDS_BITS * WORDS_USUAL); /* none twice, none shorter */
        assert_true(words_draw(languages[i], WORDS_USUAL, other, sizeof other) > 0);
        assert_string_not_equal(one, other);
    }
    assert_int_equal(words_draw("en", 6, one, 12), 0);
}

/* Every word of a list is drawn: after 20,000 none is missing, but once in 10^13. */
static void test_all_words_are_drawn(void **state)
{
    (void)state;
    static char seen[WORDS_IN_LIST * 2][16];
    size_t count = 0;

    for (int i = 0; i < 20000; i++) {
        char word[40];
        size_t at = 0;
        assert_true(words_draw("es", 1, word, sizeof word) >= 3);
        while (at < count && strcmp(seen[at], word) != 0)
            at++;
        if (at == count)
            strcpy(seen[count++], word);
        assert_true(count <= WORDS_IN_LIST);
    }
    assert_int_equal(count, WORDS_IN_LIST);
}

static void test_words_for_it(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct strength good = {6, 54}, none = {1, 9};

    strength_say(&out, &good);
    assert_non_null(strstr(buf_text(&out), "6 words, about 54 bits: good."));
    assert_non_null(strstr(buf_text(&out), "28 thousand years."));
    buf_clear(&out);
    strength_say(&out, &none);
    assert_non_null(strstr(buf_text(&out), "1 word, about 9 bits: gives way at once."));
    assert_non_null(strstr(buf_text(&out), "less than a minute."));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_people_choose), cmocka_unit_test(test_it_grows),
        cmocka_unit_test(test_drawn_words),        cmocka_unit_test(test_all_words_are_drawn),
        cmocka_unit_test(test_words_for_it),
    };
    return cmocka_run_group_tests_name("strength", tests, NULL, NULL);
}
