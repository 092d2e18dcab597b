/* SPDX-License-Identifier: MIT */
/* Codes are found by their names in each language of the program, whatever the reader's is. */
#include "kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/act.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/language.h"
#include "amparo/base/locale.h"
#include "amparo/base/text.h"
#include "amparo/tui/codewords.h"

static bool finds(const char *typed, const char *label, const char *words)
{
    return text_match(typed, label) > TEXT_MATCH_NONE || text_match(typed, words) > TEXT_MATCH_NONE;
}

static bool finds_country(const char *typed, const char *code)
{
    return finds(typed, country_name(code, reader_language), codewords_country(code));
}

/* The reader has Spanish. */
static void countries(void **state)
{
    (void)state;
    assert_string_equal(country_name("DE", reader_language), "Alemania");
    assert_true(finds_country("alem", "DE"));
    assert_true(finds_country("germ", "DE"));
    assert_true(finds_country("allema", "DE"));
    assert_true(finds_country("deu", "DE"));
    assert_true(finds_country("netherl", "NL"));
    assert_true(finds_country("pays", "NL"));
    assert_true(finds_country("ivoire", "CI"));
    assert_true(finds_country("nami", "NA"));
    assert_false(finds_country("allema", "AT"));
    /* The reader's own language is as it was. */
    assert_string_equal(country_name("DE", reader_language), "Alemania");
}

static void languages_and_currencies(void **state)
{
    size_t count;
    const struct language *all = language_all(&count);

    (void)state;
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].code, "de") == 0) {
            assert_true(finds("allemand", "", codewords_language(i)));
            assert_true(finds("german", "", codewords_language(i)));
            assert_true(finds("deu", "", codewords_language(i)));
        }
    assert_true(finds("dollar", "", codewords_currency("USD")));
    assert_true(finds("franc", "", codewords_currency("XOF")));
}

/* Ours have no French: English and Spanish they have. */
static void own_labels(void **state)
{
    const struct field *source = field_find(act_type(ACT_OPEN)->fields, "source");

    (void)state;
    for (const struct code *c = source->codes; c->code; c++)
        assert_true(finds(c->label, gettext(c->label), codewords_label(c->label)));
    assert_true(finds("family", "", codewords_label("family")));
    assert_string_equal(codewords_label("no such label"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries),
        cmocka_unit_test(languages_and_currencies),
        cmocka_unit_test(own_labels),
    };

    setenv("LC_ALL", "C.UTF-8", 1);
    locale_start("es");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
