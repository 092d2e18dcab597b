/* SPDX-License-Identifier: MIT */
#include "case_kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/store/meetings.h"

#define NOON "T12:00:00-06:00"
#define TOLD "'transcribed':{'from':'Embassy','channel':'email','on':'2026-03-12'}"

void case_kit_at(struct store *store, const char *day)
{
    char now[INSTANT_SIZE];

    snprintf(now, sizeof now, "%s" NOON, day);
    store_set_now(store, now);
}

/* Who takes part, and that Honduras has no office there. */
static void add_directory(struct store *store)
{
    static const char *const parties[] = {"HN", "MX", "CA"};
    const struct date since = {2026, 1, 10};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(parties); i++)
        if (!store_directory_set_party(store, parties[i], since, NULL, "a note", &err))
            fail_msg("%s", error_text(&err));
    assert_true(store_directory_set_list(store, "HN", since, &err));
}

void case_kit_begin(struct store *store, const char *reference, const char *surname)
{
    char *person = xasprintf("{'person':1,'surname_1':'%s','given_names':'Karen Yamileth',"
                             "'birth_date':'1998-03-14','document_number':'E123456','phone':"
                             "'+971505550142','nationalities':[{'state':'HN','proof':'passport'}]}",
                             surname);

    add_directory(store);
    kit_record(store, NULL, ACT_OPEN,
               "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone'}");
    kit_record(store, reference, ACT_PERSON, person);
    kit_record(store, reference, ACT_SITUATION, "{'locality':'Umm al-Qaywayn'}");
    kit_record(store, reference, ACT_GROUND,
               "{'person':1,'code':'G5','perpetrator':'employer','facts':'five months unpaid'}");
    kit_record(store, reference, ACT_NEED, "{'person':1,'need':'shelter','urgency':'now'}");
    kit_record(store, reference, ACT_DECIDE, "{'decision':'applies','reason':'the facts agree'}");
    free(person);
}

void case_kit_agree_to_report(struct store *store, const char *reference)
{
    kit_record(store, reference, ACT_CONSENT,
               "{'person':1,'purpose':'P9','to':'network','given_by':'self','form':'oral','on':"
               "'2026-03-12'}");
}

void case_kit_help_and_close(struct store *store, const char *reference)
{
    static const char *const consents[] = {"'P3','to':'focal points'", "'P4','to':'MX'"};

    for (size_t i = 0; i < ARRAY_SIZE(consents); i++) {
        char *text = xasprintf("{'person':1,'purpose':%s,'given_by':'self','form':'oral',"
                               "'on':'2026-03-12'}",
                               consents[i]);
        kit_record(store, reference, ACT_CONSENT, text);
        free(text);
    }
    kit_record(store, reference, ACT_POLL, "{'round':1,'to':['MX','CA'],'reply_by':'2026-03-18'}");
    kit_record(store, reference, ACT_DECLINE, "{'state':'CA','stage':'poll','round':1," TOLD "}");
    case_kit_at(store, "2026-03-14");
    kit_record(store, reference, ACT_REPLY,
               "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,'services':"
               "['shelter']," TOLD "}");
    kit_record(store, reference, ACT_CHOOSE, "{'state':'MX','reason':'the nearest'}");
    char *accept = xasprintf(
        "{'state':'MX','note':'%s','scope':'visits'," TOLD "}",
        kit_record(store, reference, ACT_NOTE,
                   "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':"
                   "'Abu Dhabi'},'persons':[1],'scope':'visits','date':'2026-03-14','at':"
                   "'2026-03-14T12:00:00-06:00'}"));
    kit_record(store, reference, ACT_ACCEPT, accept);
    free(accept);
    case_kit_at(store, "2026-03-16");
    kit_record(store, reference, ACT_ASSIST,
               "{'at':'2026-03-16T09:00:00-06:00','by':'MX','kind':'visit','persons':[1],'manner':"
               "'good_offices','detail':'Karen is well'," TOLD "}");
    kit_record(
        store, reference, ACT_COST,
        "{'on':'2026-03-16','amount':'1850','currency':'AED','source':'state_of_citizenship',"
        "'item':'air ticket of Karen'}");
    kit_record(store, reference, ACT_CLOSE, "{'outcome':['repatriated'],'unmet_needs':[]}");
}

void case_kit_meeting(struct store *store, const char *day, const char *place)
{
    struct error err = ERROR_INIT;

    if (!store_meeting_add(store, day, NULL, place, &err))
        fail_msg("%s", error_text(&err));
}
