/* SPDX-License-Identifier: MIT */
/* The report of 7.7 at one glance: its table and its charts count what it says, and no more. */
#include "store_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/page/plain.h"
#include "amparo/paper/meeting.h"

static struct store *store;

static int begin(void **state)
{
    if (kit_begin(state) != 0)
        return -1;
    store = kit_create("meeting");
    return 0;
}

static int end(void **state)
{
    store_close(store);
    return kit_end(state);
}

#define HEAD                                                                                       \
    "{'meeting':{'network':'Liaison Officer Network for Consular Protection','place':'San José'," \
    "'on':'2026-04-10'},'counted':{'concluded':1,'pending':0},'helpers':['MX'],'left_out':[],"     \
    "'unique':[],'cases':["

static const char three[] =
    HEAD "{'pseudonym':'AAAAA-AAAAA','grounds':['G5','G3'],'receiving':'AE','persons':[{}],"
         "'help':[{'state':'MX','kinds':['visit']}],'outcome':['repatriated'],"
         "'dates':{'opened':'2026-01-01','closed':'2026-02-01'}},"
         "{'pseudonym':'BBBBB-BBBBB','grounds':['G5'],'receiving':'HT','persons':[{}],'help':[],"
         "'outcome':['located'],'dates':{'opened':'2025-01-01','closed':'2026-02-01'}},"
         "{'pseudonym':'CCCCC-CCCCC','grounds':['G2'],'receiving':'AE','persons':[{}],'help':[],"
         "'outcome':[],'pending':true,'dates':{'opened':'2026-01-01'}}]}";

/* The same where country and event are left out, and dates that tell too much. */
static const char bare[] = HEAD
    "{'pseudonym':'AAAAA-AAAAA','persons':[{}],'help':[],'outcome':['repatriated'],'dates':{}},"
    "{'pseudonym':'BBBBB-BBBBB','persons':[{}],'help':[],'outcome':['located'],'dates':{}}]}";

static const char one[] =
    HEAD "{'pseudonym':'AAAAA-AAAAA','grounds':['G5'],'receiving':'AE','persons':[{}],'help':[],"
         "'outcome':['located'],'dates':{'opened':'2026-01-01','closed':'2026-02-01'}}]}";

static char *report(const char *tree, const char *language, struct paper *p)
{
    struct error err = ERROR_INIT;
    json_t *json = kit_json(tree);
    struct buf out = BUF_INIT;

    paper_init(p);
    if (!meeting_report(store, json, language, p, &err))
        fail_msg("%s", error_text(&err));
    paper_text(p, PAPER_LETTER, &out);
    json_decref(json);
    return buf_detach(&out);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("not there:\n%s\nin:\n%s", part, text);
}

static size_t count_kind(const struct paper *p, enum block_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < p->count; i++)
        count += p->blocks[i].kind == kind;
    return count;
}

static void test_table_and_charts(void **state)
{
    struct paper p;
    char *text = report(three, "en", &p);
    (void)state;

    assert_has(text,
               "Case         Nature                 Country         Who helped    Conclusion\n"
               "AAAAA-AAAAA  labour exploitation,   United Arab     Mexico        repatriated\n"
               "             domestic violence      Emirates\n"
               "BBBBB-BBBBB  labour exploitation    Haiti                         located\n"
               "CCCCC-CCCCC  the situation of a     United Arab                   conclusion\n"
               "             child or adolescent    Emirates                      pending\n");
    assert_has(text, "Cases by ground (Article 7.4); a case may have several\n"
                     "labour exploitation                            2    ##\n"
                     "the situation of a child or adolescent         1    #\n"
                     "domestic violence                              1    #\n"
                     "\n"
                     "Cases by receiving country\n"
                     "United Arab Emirates                           2    ##\n"
                     "Haiti                                          1    #\n"
                     "\n"
                     "Concluded cases by the time they took\n"
                     "up to a month                                  1    #\n"
                     "more than a year                               1    #\n");
    assert_int_equal(count_kind(&p, BLOCK_BAR), 7);
    paper_release(&p);
    free(text);
    text = report(three, "fr", &p);
    assert_has(text, "Cas par État de résidence\n");
    assert_has(text, "jusqu'à un mois                                1    #\n");
    paper_release(&p);
    free(text);
    text = report(three, "es", &p);
    assert_has(text, "Casos concluidos por el tiempo que tardaron\n"
                     "hasta un mes                                   1    #\n");
    paper_release(&p);
    free(text);
}

static void test_what_is_left_out_is_counted_nowhere(void **state)
{
    struct paper p;
    char *text = report(bare, "en", &p);
    (void)state;

    assert_int_equal(count_kind(&p, BLOCK_BAR), 0);
    assert_has(text,
               "AAAAA-AAAAA                                                       repatriated\n");
    assert_null(strstr(text, "Cases by"));
    paper_release(&p);
    free(text);
}

static void test_one_case_speaks_for_itself(void **state)
{
    struct paper p;
    char *text = report(one, "en", &p);
    (void)state;

    assert_int_equal(count_kind(&p, BLOCK_BAR), 0);
    assert_int_equal(count_kind(&p, BLOCK_ROW), 0);
    paper_release(&p);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_and_charts),
        cmocka_unit_test(test_what_is_left_out_is_counted_nowhere),
        cmocka_unit_test(test_one_case_speaks_for_itself),
    };

    return cmocka_run_group_tests_name("meeting", tests, begin, end);
}
