/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/mem.h"

static void test_codes(void **state)
{
    static const char *const none[] = {"", "N", "na", "NAM", "ZZ", "EU", "UK", "AN", "N\xC3"};
    size_t count;
    const struct country *all = country_all(&count);
    (void)state;

    assert_true(count >= 249 + 1);
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(all[i - 1].code, all[i].code) < 0);
    assert_string_equal(country_find("NA")->alpha3, "NAM");
    assert_string_equal(country_find("NA")->name, "Namibia");
    assert_non_null(country_find("XK"));
    assert_non_null(country_find("VA"));
    for (size_t i = 0; i < ARRAY_SIZE(none); i++)
        assert_null(country_find(none[i]));
}

static void test_members(void **state)
{
    size_t count, members = 0;
    const struct country *all = country_all(&count);
    (void)state;

    for (size_t i = 0; i < count; i++)
        members += country_is_member(all[i].code);
    assert_int_equal(members, MEMBER_COUNT);
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        assert_non_null(country_formal(member_states[i], "en"));
    assert_string_equal(country_formal("HN", "es"), "la República de Honduras");
    assert_string_equal(country_formal("CA", "fr"), "le Canada");
    assert_null(country_formal("FR", "fr"));
}

static const char *shouted(const char *msgid)
{
    return strcmp(msgid, "Iran") == 0 ? "IRAN" : msgid;
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(country_name("BO", english), "Bolivia");
    assert_string_equal(country_name("CD", english), "Democratic Republic of the Congo");
    assert_string_equal(country_name("IR", shouted), "IRAN");
    assert_string_equal(country_name("ZZ", english), "ZZ");
    char *within = country_in_text("AE", english), *bare = country_in_text("MX", english);
    assert_string_equal(within, "the United Arab Emirates");
    assert_string_equal(bare, "Mexico");
    free(within);
    free(bare);
}

static void test_names_from_elsewhere(void **state)
{
    static const char *const names[][2] = {
        {"Namibia", "NA"},
        {"Ivory Coast", "CI"},
        {"Côte d'Ivoire", "CI"},
        {"COTE D’IVOIRE", "CI"},
        {"The Gambia", "GM"},
        {"the gambia", "GM"},
        {"Vatican City", "VA"},
        {"Kosovo", "XK"},
        {"Republic of the Congo", "CG"},
        {"Democratic Republic of the Congo", "CD"},
        {"State of Palestine", "PS"},
        {"Turkey", "TR"},
        {"North Korea", "KP"},
        {"People's Republic of China", "CN"},
        {"Taiwan", "TW"},
        {"  united   states ", "US"},
        {"Sao Tome & Principe", NULL},
        {"Sovereign Military Order of Malta", NULL},
        {"European Union", NULL},
        {"Georgia (U.S.)", NULL},
        {"", NULL},
        {" ", NULL},
        {"\xFF", NULL},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const char *code = country_by_name(names[i][0]);
        if (!names[i][1] ? code != NULL : !code || strcmp(code, names[i][1]))
            fail_msg("%s: %s", names[i][0], code ? code : "none");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_names_from_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
