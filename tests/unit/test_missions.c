/* SPDX-License-Identifier: MIT */
/* Lists of missions from CSV: made-up lines in both forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/missions.h"

static const struct date day = {2026, 3, 14};

static void put(const struct missions *missions, struct buf *out)
{
    for (size_t i = 0; i < missions->count; i++) {
        const struct mission *m = &missions->list[i];
        buf_addf(out, "%s %s@%s %s %s%s\n", m->state, m->country, m->seat, m->city,
                 post_kind_codes[m->kind].code, m->able ? "" : " not able");
    }
}

static void check_own(const char *text, const char *expected, const char *errors)
{
    struct missions missions = MISSIONS_INIT;
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;
    bool good = missions_read_own(text, strlen(text), day, &missions, &err);

    put(&missions, &out);
    assert_string_equal(error_text(&err), errors);
    assert_string_equal(buf_text(&out), expected);
    assert_int_equal(good, !*errors);
    assert_int_equal(err.kind, good ? ERROR_NONE : ERROR_INPUT);
    missions_release(&missions);
    error_release(&err);
    buf_release(&out);
}

#define HEAD "state,country,city,kind,source,date"
#define NOTHING "\nnothing was imported: correct these lines, then import again"

static void test_own_form(void **state)
{
    (void)state;
    check_own(HEAD "\r\nHN,NA,Windhoek,embassy,7.6,2026-02-01\r\n", "HN NA@NA Windhoek embassy\n",
              "");
    check_own("date,source,kind,city,country,state,able,seat\n"
              "2026-02-01,seed,embassy,Rome,VA,HN,no,IT\n"
              "2026-02-01,seed,non_resident,\"Rome, IT\",SM,HN,yes,IT\n"
              "2026-02-01,seed,honorary,,XK,HN,,\n",
              "HN VA@IT Rome embassy not able\nHN SM@IT Rome, IT non_resident\n"
              "HN XK@XK  honorary\n",
              "");
    check_own(HEAD "\n", "", "");
}

static void test_own_form_names_each_bad_line(void **state)
{
    (void)state;
    check_own("", "", "line 1: the list is empty" NOTHING);
    check_own("state,city,colour\nHN,x,y\n", "",
              "line 1: the column \"country\" is missing\nline 1: the column \"kind\" is missing\n"
              "line 1: the column \"source\" is missing\nline 1: the column \"date\" is missing\n"
              "line 1: the column \"colour\" is not known, or stands twice" NOTHING);
    check_own(HEAD ",able\n"
                   "HN,GH,Accra,embassy,7.6,2026-02-01,yes\n"
                   "hn,GH,Accra,embassy,7.6,2026-02-01,yes\n"
                   "HN,Ghana,Accra,embassy,7.6,2026-02-01,yes\n"
                   "HN,GH,Accra,villa,7.6,2026-02-01,yes\n"
                   "HN,GH,Accra,embassy,web,2026-02-01,yes\n"
                   "HN,GH,Accra,embassy,7.6,2026-02-30,yes\n"
                   "HN,GH,Accra,embassy,7.6,2026-02-01,perhaps\n"
                   "HN,HN,Accra,embassy,7.6,2026-02-01,yes\n"
                   "HN,GH,\"Ac\ncra\",embassy,7.6,2026-02-01,yes\n"
                   "HN,GH,Accra,embassy,7.6,2026-03-15,yes\n"
                   "HN,GH\n"
                   "HN,GH,Acc\"ra,embassy,7.6,2026-02-01,yes\n",
              "",
              "line 3: state \"hn\" is no country code of ISO 3166-1 (alpha-2), nor XK\n"
              "line 4: country \"Ghana\" is no country code of ISO 3166-1 (alpha-2), nor XK\n"
              "line 5: kind \"villa\" is not one of embassy high_commission consulate_general "
              "consulate consular_agency interests_section honorary non_resident\n"
              "line 6: source \"web\" is not one of 7.6 seed\n"
              "line 7: date \"2026-02-30\" is no date that exists (YYYY-MM-DD)\n"
              "line 8: able \"perhaps\" is not yes or no\n"
              "line 9: HN cannot have a mission in itself\n"
              "line 10: city holds a control character\n"
              "line 12: date 2026-03-15 lies ahead of today\n"
              "line 13: 2 fields, not 7\n"
              "line 14: a quote inside a field that is not quoted" NOTHING);
}

static void test_many_bad_lines_are_counted(void **state)
{
    struct buf text = BUF_INIT;
    struct missions missions = MISSIONS_INIT;
    struct error err = ERROR_INIT;
    (void)state;

    buf_adds(&text, HEAD "\n");
    for (int i = 0; i < 25; i++)
        buf_adds(&text, i % 2 ? "ZZ,GH,Accra,embassy,7.6,2026-02-01\n" : "\xFF\n");
    assert_false(missions_read_own(buf_text(&text), text.size, day, &missions, &err));
    assert_non_null(strstr(error_text(&err), "\nand 5 more bad lines\n"));
    assert_null(strstr(error_text(&err), "line 22:"));
    assert_int_equal(missions.count, 0);
    missions_release(&missions);
    error_release(&err);
    buf_release(&text);
}

static void test_what_is_written_is_read_back(void **state)
{
    struct missions missions = MISSIONS_INIT, back = MISSIONS_INIT;
    struct buf text = BUF_INIT;
    char city[] = "Saint, \"John\"", phone[] = "+1", nothing[] = "", ref[] = "Q1";
    char formula[] = "=HYPERLINK(\"http://x\")";
    (void)state;

    missions_add(&missions, &(struct mission){"MX", "NA", "ZA", city, POST_NON_RESIDENT, false,
                                              SOURCE_OFFICIAL, day, phone, nothing, nothing, ref});
    missions_add(&missions,
                 &(struct mission){"BZ", "VA", "IT", nothing, POST_EMBASSY, true, SOURCE_SEED, day,
                                   nothing, nothing, nothing, nothing});
    missions_add(&missions,
                 &(struct mission){"PA", "VA", "IT", formula, POST_EMBASSY, true, SOURCE_OFFICIAL,
                                   day, formula, formula, formula, formula});
    missions_sort(&missions);
    assert_string_equal(missions.list[0].state, "BZ");
    missions_write_own(&missions, &text);
    assert_null(strstr(buf_text(&text), ",\"=")); /* no spreadsheet takes a text for a formula */
    assert_true(missions_read_own(buf_text(&text), text.size, day, &back, NULL));
    assert_int_equal(back.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(mission_compare(&missions.list[i], &back.list[i]), 0);
    missions_release(&missions);
    missions_release(&back);
    buf_release(&text);
}

#define WORLD "operator;jurisdictions;country;city;phone;email;website;type;QID;\n"

static void test_the_list_of_the_world(void **state)
{
    static const char text[] = WORLD
        "Honduras;The Gambia|Ghana|Bavaria|Ghana|Honduras;Ghana;Accra;;;;embassy;http://x/Q1\n"
        "Honduras;Vatican City|San Marino;Italy;Rome;;;;embassy;http://x/Q2\n"
        "Honduras;Italy|Vatican City;Italy;Rome;;;;embassy;Q3\n"
        "Mexico;;Turkey;Ankara;;;;de facto embassy;Q4\n"
        "Canada;;Namibia;Win\tdhoek;;;;Consulate General of Canada;Q5\n"
        "Canada;;Namibia;;;;;honorary consulate;Q6\n"
        "India;;Kenya;Mombasa;;;;assistant high commission;Q7\n"
        "Vatican;;Ghana;Accra;;;;apostolic nunciature;Q8\n"
        "Atlantis;;Ghana;Accra;;;;embassy;Q9\n"
        "Canada;;Atlantis;X;;;;embassy;Q10\n"
        "Canada;;Ghana;Accra;;;;trade office;Q11\n"
        "Canada;;Canada;Ottawa;;;;embassy;Q12\n"
        "Atlantis;;Ghana;\"Ac\"cra;;;;embassy;Q13\n";
    struct missions missions = MISSIONS_INIT;
    struct passed_over passed = {NULL, 0};
    struct buf out = BUF_INIT;
    (void)state;

    assert_true(missions_read_wikidata(text, sizeof text - 1, day, &missions, &passed, NULL));
    put(&missions, &out);
    assert_string_equal(buf_text(&out), "HN GH@GH Accra embassy\n"
                                        "HN GM@GH Accra non_resident\n"
                                        "HN VA@IT Rome embassy\n"
                                        "HN SM@IT Rome non_resident\n"
                                        "HN IT@IT Rome embassy\n"
                                        "HN VA@IT Rome non_resident\n"
                                        "MX TR@TR Ankara embassy\n"
                                        "CA NA@NA Win dhoek consulate_general\n"
                                        "CA NA@NA  honorary\n"
                                        "IN KE@KE Mombasa consulate\n"
                                        "VA GH@GH Accra embassy\n");
    assert_string_equal(missions.list[0].reference, "Q1");
    assert_int_equal(missions.list[0].source, SOURCE_SEED);
    assert_int_equal(date_compare(missions.list[0].on, day), 0);

    assert_int_equal(passed.count, 5);
    assert_string_equal(passed.list[0].name, "Bavaria");
    assert_string_equal(passed.list[1].name, "Atlantis");
    assert_int_equal(passed.list[1].count, 2);
    assert_int_equal(passed.list[1].line, 10);
    passed_over_release(&passed);
    missions_release(&missions);
    buf_release(&out);
}

static void test_the_list_of_the_world_names_bad_lines(void **state)
{
    static const char text[] = WORLD "Honduras;;Ghana;Accra;;;;embassy;Q1\n"
                                     "Honduras;;Ghana\n"
                                     "Honduras;;Ghana;Accra;;;;embassy;Q1;;x\n"
                                     ";;Ghana;Accra;;;;embassy;Q1\n"
                                     "Honduras;;Gh\xFFna;Accra;;;;embassy;Q1\n";
    struct missions missions = MISSIONS_INIT;
    struct passed_over passed = {NULL, 0};
    struct error err = ERROR_INIT;
    (void)state;

    assert_false(missions_read_wikidata(text, sizeof text - 1, day, &missions, &passed, &err));
    assert_string_equal(error_text(&err), "line 3: 3 fields, not 10\n"
                                          "line 4: 11 fields, not 10\n"
                                          "line 5: operator, country or type is empty\n"
                                          "line 6: not UTF-8" NOTHING);
    assert_int_equal(missions.count, 0);
    passed_over_release(&passed);
    error_release(&err);
}

static void test_matrix(void **state)
{
    static const char text[] = HEAD
        ",able\n"
        "HN,GH,Accra,non_resident,seed,2026-01-01,yes\nHN,GH,Accra,embassy,seed,2026-01-01,yes\n"
        "CR,GH,Abuja,non_resident,seed,2026-01-01,yes\nMX,GH,Accra,honorary,seed,2026-01-01,yes\n"
        "US,GH,Accra,embassy,seed,2026-01-01,no\nFR,GH,Accra,embassy,seed,2026-01-01,yes\n"
        "CA,NA,Windhoek,consulate,seed,2026-01-01,yes\n";
    struct missions missions = MISSIONS_INIT;
    struct buf out = BUF_INIT;
    size_t lines = 0, countries;
    (void)state;

    assert_true(missions_read_own(text, sizeof text - 1, day, &missions, NULL));
    missions_matrix(&missions, &out);
    assert_non_null(strstr(buf_text(&out), "country_iso2,country,BZ,CA,CR,DO,SV,GT,HN,MX,NI,PA,US,"
                                           "rcm_states_present\nAF,Afghanistan,0,0"));
    assert_non_null(strstr(buf_text(&out), "\nGH,Ghana,0,0,j,0,0,0,1,j,0,0,0,1\n"));
    assert_non_null(strstr(buf_text(&out), "\nNA,Namibia,0,1,0,0,0,0,0,0,0,0,0,1\n"));
    assert_non_null(strstr(buf_text(&out), "\nHN,Honduras,0,0,0,0,0,0,self,0,0,0,0,0\n"));
    for (const char *c = buf_text(&out); *c; c++)
        lines += *c == '\n';
    country_all(&countries);
    assert_int_equal(lines, countries + 1);
    missions_release(&missions);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_form),
        cmocka_unit_test(test_own_form_names_each_bad_line),
        cmocka_unit_test(test_many_bad_lines_are_counted),
        cmocka_unit_test(test_what_is_written_is_read_back),
        cmocka_unit_test(test_the_list_of_the_world),
        cmocka_unit_test(test_the_list_of_the_world_names_bad_lines),
        cmocka_unit_test(test_matrix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
