/* SPDX-License-Identifier: MIT */
#include "note_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static char honduras[] = "HN", hn_code[] = "HN", hn_name[] = "Consular Directorate",
            hn_city[] = "Tegucigalpa", directorate[] = "directorate";
static char mexico[] = "MX", mx_code[] = "MXAUH", mx_name[] = "Embassy", mx_city[] = "Abu Dhabi",
            emirates[] = "AE", consulate[] = "consulate";
static const struct post_profile hn_post = {honduras, hn_code, hn_name,
                                            honduras, hn_city, directorate};
static const struct post_profile mx_post = {mexico, mx_code, mx_name, emirates, mx_city, consulate};

/* ---- the two sides of one case ---- */
static void add_persons(struct case_file *c, const char *needs)
{
    kit_add(c, "person",
            "{'person':1,'surname_1':'RAMÍREZ','surname_2':'ORDÓÑEZ','given_names':'Karen "
            "Yamileth','sex':'F','birth_date':'1998-03-14','nationalities':[{'state':'HN','proof':"
            "'passport'}],'document_type':'passport','document_number':'E123456',"
            "'document_issuer':'HN','document_status':'employer','languages':['es'],"
            "'phone':'+971501234567','safe_to_call':false}");
    kit_add(c, "person",
            "{'person':2,'surname_1':'RAMÍREZ','given_names':'Ana Lucía','sex':'F','birth_date':"
            "'1979-XX-XX','nationalities':[{'state':'HN','proof':'declared'}]}");
    kit_add(c, "situation", "{'locality':'Dubai','place_type':'shelter','address':'house 7'}");
    kit_add(c, "ground",
            "{'person':1,'code':'G5','perpetrator':'employer','facts':'Five months unpaid.'}");
    kit_add(c, "ground",
            "{'person':2,'code':'G3','perpetrator':'family','facts':'Left the house at night.'}");
    kit_add(c, "need", needs);
    kit_add(c, "need", "{'person':1,'need':'legal','urgency':'week'}");
}

static const char shelter[] = "{'need':'shelter','urgency':'now'}";

static const char request_out[] =
    "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'},"
    "'persons':[1,2],'scope':'two visits to the shelter, and a list of lawyers.','limits':'no "
    "contact with the employer','authorities':'none','starts_on':'2026-03-12','ends_on':"
    "'2026-04-01','costs':'the Republic of Honduras bears them','date':'2026-03-11','at':"
    "'2026-03-11T09:00:00Z'}";

static void add_consents(struct case_file *c, const char *to)
{
    static const char *const days[] = {"2026-03-08", "2026-03-01"};

    for (int person = 1; person <= 2; person++) {
        char *payload =
            xasprintf("{'person':%d,'purpose':'P4','to':'%s','given_by':'self','form':'oral',"
                      "'on':'%s','restrictions':'nothing to the employer'}",
                      person, to, days[person - 1]);
        kit_add(c, "consent", payload);
        free(payload);
        payload = xasprintf("{'person':%d,'purpose':'P6','to':'Ministry of Human Resources',"
                            "'given_by':'self','form':'written','on':'2026-03-08'}",
                            person);
        kit_add(c, "consent", payload);
        free(payload);
        payload = xasprintf("{'person':%d,'purpose':'P9','to':'network','given_by':'self',"
                            "'form':'oral','on':'2026-03-08'}",
                            person);
        if (person == 1 || strcmp(to, "MX") == 0)
            kit_add(c, "consent", payload);
        free(payload);
    }
}

/* The requesting side, from the poll to the closing. */
static void asked(struct case_file *c)
{
    const char *id;

    kit_empty(c, "HN");
    kit_add(c, "open",
            "{'role':'requesting','receiving_state':'AE','priority':'urgent','source':'phone',"
            "'interview_languages':['es']}");
    add_persons(c, shelter);
    add_consents(c, "MX");
    kit_add(c, "notify", "{'event':'poll'}");
    kit_add(c, "poll",
            "{'round':1,'to':['CA','CR','MX','US'],'reply_by':'2026-03-10','area':'northern "
            "emirates','needs':['shelter','legal'],'languages':['es']}");
    kit_add(c, "reply",
            "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,'services':"
            "['shelter'],'received_at':'2026-03-09T10:00:00+04:00','transcribed':{'from':'MX',"
            "'channel':'email','on':'2026-03-09'}}");
    kit_add(c, "reply",
            "{'state':'CR','round':1,'legal':'yes','material':'partial','offer':true,'services':"
            "['identity_document'],'transcribed':{'from':'CR','channel':'email','on':"
            "'2026-03-10'}}");
    kit_add(c, "choose", "{'state':'MX','reason':'nearest'}");
    kit_add(c, "authorise",
            "{'what':'request','by':'Director','reference':'DGAC-77','on':'2026-03-10'}");
    kit_add(c, "notify", "{'event':'request'}");
    id = kit_add(c, "note", request_out);
    note_kit_number(c, "3/2026");
    kit_add_of(c, "accept",
               "{'state':'MX','note':'%s','scope':'two visits','data':'destroy','transcribed':{"
               "'from':'MX','channel':'paper','on':'2026-03-13'}}",
               id);
    kit_add(c, "note",
            "{'kind':'SCOPE','direction':'in','from':{'state':'MX','office':'Embassy','city':'Abu "
            "Dhabi'},'number':'EAU-41/2026','date':'2026-03-13','transcribed':{'from':'Embassy',"
            "'channel':'paper','on':'2026-03-13'}}");
}

static void ended(struct case_file *c)
{
    kit_add(c, "assist",
            "{'at':'2026-03-14T09:00:00+04:00','by':'MX','kind':'visit','persons':[1,2],'manner':"
            "'good_offices','detail':'seen','transcribed':{'from':'MX','channel':'email','on':"
            "'2026-03-14'}}");
    kit_add(c, "assist",
            "{'at':'2026-03-20T09:00:00+04:00','by':'MX','kind':'legal','persons':[1],'manner':"
            "'good_offices','detail':'list given','transcribed':{'from':'MX','channel':'email',"
            "'on':'2026-03-20'}}");
    kit_add(c, "close", "{'outcome':['repatriated','claim_filed'],'unmet_needs':['legal']}");
    kit_add(c, "report",
            "{'meeting':'San José 2026','on':'2026-05-05','lessons':'ask for an interpreter "
            "early.'}");
}

static void add_costs(struct case_file *c)
{
    kit_add(c, "cost",
            "{'on':'2026-03-14','amount':'100.01','currency':'USD','source':'assisting_advance',"
            "'item':'taxi and medicine','persons':[1,2],'refund_due_on':'2027-03-14'}");
    kit_add(c, "cost",
            "{'on':'2026-03-15','amount':'1850.00','currency':'AED','source':"
            "'state_of_citizenship','item':'air ticket','persons':[1]}");
    const char *paid =
        kit_add(c, "cost",
                "{'on':'2026-03-16','amount':'40.00','currency':'USD','source':'assisting_advance',"
                "'item':'shelter','persons':[2]}");
    kit_add_of(c, "refund", "{'of':'%s','step':'paid','on':'2026-03-18'}", paid);
    kit_add(c, "cost",
            "{'on':'2026-03-17','amount':'30.00','currency':'USD','source':'iom','item':"
            "'clothes'}");
}

/* The assisting side: Mexico's embassy, asked by Honduras. */
static void asking(struct case_file *c)
{
    kit_empty(c, "MX");
    kit_add(c, "open",
            "{'role':'assisting','receiving_state':'AE','requesting_state':'HN','priority':"
            "'routine','source':'other_post'}");
    add_persons(c, shelter);
    add_consents(c, "HN");
    kit_add(c, "authorise",
            "{'what':'with_authority','by':'Director','reference':'SRE-9','on':'2026-03-13'}");
    const char *id = kit_add(
        c, "note",
        "{'kind':'REQ','direction':'in','from':{'state':'HN','office':'Consular Directorate',"
        "'city':'Tegucigalpa'},'persons':[1,2],'number':'3/2026','date':'2026-03-11','at':"
        "'2026-03-11T09:00:00Z','transcribed':{'from':'Directorate','channel':'email','on':"
        "'2026-03-11'}}");
    kit_add_of(c, "accept",
               "{'state':'MX','note':'%s','scope':'two visits to the shelter','limits':'none "
               "outside Dubai','ends_on':'2026-04-01','ceiling':'200.00','currency':'USD','costs':"
               "'advanced, to be refunded'}",
               id);
    add_costs(c);
}

/* ---- the notes ---- */
#define TO_MX "'to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'},'date':'2026-03-21'"
#define TO_HN                                                                                      \
    "'to':{'state':'HN','office':'Consular Directorate','city':'Tegucigalpa'},'date':'2026-03-12'"

const struct note_sample note_samples[] = {
    {"req", false, false, request_out},
    {"scope", false, false,
     "{'kind':'SCOPE','direction':'out','to':{'state':'CR','office':'Embassy','city':'Abu "
     "Dhabi'},'scope':'one visit','ends_on':'2026-04-01','date':'2026-03-21'}"},
    {"scope-agreed", false, false,
     "{'kind':'SCOPE','direction':'out'," TO_MX ",'scope':'two visits'}"},
    {"tsn", false, false,
     "{'kind':'TSN','direction':'out','to':{'state':'CR','office':'Technical Secretariat','city':"
     "'San José'},'date':'2026-03-21'}"},
    {"poll", false, false,
     "{'kind':'POLL','direction':'out','to':{'state':'MX','office':'Focal point','city':'Mexico "
     "City'},'date':'2026-03-07'}"},
    {"wdr", false, false, "{'kind':'WDR','direction':'out'," TO_MX "}"},
    {"acc", true, false, "{'kind':'ACC','direction':'out'," TO_HN "}"},
    {"part", true, false,
     "{'kind':'PART','direction':'out'," TO_HN ",'scope':'one visit','limits':'no funds'}"},
    {"dec", true, false, "{'kind':'DEC','direction':'out'," TO_HN "}"},
    {"fin", true, false, "{'kind':'FIN','direction':'out'," TO_HN "}"},
    {"fin-told", false, true, "{'kind':'FIN','direction':'out'," TO_MX ",'persons':[1]}"},
    {"clo", false, true, "{'kind':'CLO','direction':'out'," TO_MX "}"},
    {"clo-offer", false, true,
     "{'kind':'CLO','direction':'out','to':{'state':'CR','office':'Embassy','city':'Abu Dhabi'},"
     "'date':'2026-03-21'}"},
    {"loc", true, false,
     "{'kind':'LOC','direction':'out','to':{'state':'AE','office':'Ministry of Human Resources',"
     "'city':'Abu Dhabi'},'scope':'that the passport be given back','date':'2026-03-14'}"},
    {"rep", false, true,
     "{'kind':'REP','direction':'out','to':{'state':'CR','office':'Network','city':'San José'},"
     "'date':'2026-04-01'}"},
    {"rep-line", true, false,
     "{'kind':'REP','direction':'out','to':{'state':'CR','office':'Network','city':'San José'},"
     "'date':'2026-04-01'}"},
    {NULL, false, false, NULL},
};

/* ---- for the tests ---- */

void note_kit_begin(struct note_kit *k, const struct note_sample *sample, const char *lang)
{
    bool assisting = sample->assisting;

    memset(k, 0, sizeof *k);
    (assisting ? asking : asked)(&k->c);
    if (!assisting)
        add_costs(&k->c);
    if (sample->ended)
        ended(&k->c);
    k->directory = kit_directory();
    assert_true(
        paper_language_init(&k->language, lang, assisting ? "MX" : "HN", paper_translator(lang)));
    k->source = (struct paper_source){.c = &k->c,
                                      .post = assisting ? &mx_post : &hn_post,
                                      .directory = k->directory,
                                      .language = &k->language,
                                      .now = "2026-03-21T10:00:00-06:00",
                                      .officer = "Lucía"};
}

void note_kit_end(struct note_kit *k)
{
    json_decref(k->directory);
    case_release(&k->c);
}

void note_kit_number(struct case_file *c, const char *number)
{
    char *context = xasprintf("{'number':'%s'}", number);

    c->acts[c->count - 1].context = kit_json(context);
    free(context);
}
