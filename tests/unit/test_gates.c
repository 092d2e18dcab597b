/* SPDX-License-Identifier: MIT */
/*
 * Each row of the gate table on both sides: an act against which it stands, and what mends it. The
 * mutation check takes each row out and expects this program to fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/gate.h"
#include "amparo/base/mem.h"

#define NOW "2026-03-20T12:00:00+00:00"
#define T "'transcribed':{'from':'Embassy of Mexico','channel':'email','on':'2026-03-14'}"
#define OPEN "open {'role':'requesting','receiving_state':'AE','priority':'urgent','source':'ngo'}"
#define ROUTINE                                                                                    \
    "open {'role':'requesting','receiving_state':'AE','priority':'routine','source':'ngo'}"
#define MEXICAN_TOO                                                                                \
    "person {'person':1,'surname_1':'SOLÍS','given_names':'Ana','nationalities':"                  \
    "[{'state':'HN','proof':'passport'},{'state':'MX','proof':'declared'}]}"
#define PERSON                                                                                     \
    "person {'person':1,'surname_1':'SOLÍS','given_names':'Ana','birth_date':'1998-03-14',"        \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"
#define DECLARED                                                                                   \
    "person {'person':1,'surname_1':'SOLÍS','given_names':'Ana',"                                  \
    "'nationalities':[{'state':'HN','proof':'declared'}]}"
#define REFUTED                                                                                    \
    "person {'person':1,'surname_1':'SOLÍS','given_names':'Ana',"                                  \
    "'nationalities':[{'state':'HN','proof':'passport','refuted':true}]}"
#define AFRAID                                                                                     \
    "person {'person':1,'surname_1':'SOLÍS','given_names':'Ana','fears_own_state':true,"           \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"
#define CHILD                                                                                      \
    "person {'person':1,'surname_1':'SOLÍS','given_names':'Ana','birth_date':'2010-01-XX',"        \
    "'nationalities':[{'state':'HN','proof':'passport'}]}"
#define GROUPED(number)                                                                            \
    "person {'person':" #number ",'surname_1':'SOLÍS','given_names':'Ana','group':1,"              \
    "'keep_together':true,'nationalities':[{'state':'HN','proof':'passport'}]}"
#define LIFT "lift_lock {'person':1,'counselling':'by UNHCR','consent':'her own word'}"
#define GROUND "ground {'person':1,'code':'G5','perpetrator':'employer','facts':'unpaid'}"
#define TRAFFICKED "ground {'person':1,'code':'G6a','perpetrator':'criminal_group','facts':'sold'}"
#define APPLIES "decide {'decision':'applies','reason':'the facts agree'}"
#define CONSENT(purpose, to)                                                                       \
    "consent {'person':1,'purpose':'" purpose "','to':'" to "','given_by':'self','form':'oral',"   \
    "'on':'2026-03-12'}"
#define LIMITED(purpose, to, more)                                                                 \
    "consent {'person':1,'purpose':'" purpose "','to':'" to "','given_by':'self','form':'oral',"   \
    "'on':'2026-03-12'," more "}"
#define PLACE "situation {'locality':'Deira'}"
#define TELEPHONE                                                                                  \
    "person {'person':1,'surname_1':'SOLIS','given_names':'Ana','birth_date':'1998-03-14',"        \
    "'nationalities':[{'state':'HN','proof':'passport'}],'phone':'+50499887766'}"
/* To those who never read a name. */
#define OPEN_NOTE(kind, text)                                                                      \
    "note {'kind':'" kind "','direction':'out','to':{'state':'CR','office':'Network','city':"      \
    "'San José'},'text':'" text "','date':'2026-03-13'}"
#define CALL_NOTE(text)                                                                            \
    "note {'kind':'REQ','direction':'out','to':" MX_OFFICE ",'persons':[1],'scope':'" text "',"    \
    "'date':'2026-03-13','at':'2026-03-13T10:00:00Z'}"
#define POLL "poll {'round':1,'to':['MX','CR'],'reply_by':'2026-03-18'}"
#define OFFER                                                                                      \
    "reply {'state':'MX','round':1,'legal':'yes','material':'partial','offer':true,"               \
    "'services':['shelter']," T "}"
#define CHOICE "choose {'state':'MX','reason':'same language'}"
#define MX_OFFICE "{'state':'MX','office':'Embassy','city':'Abu Dhabi'}"
#define REQUEST_AT(at)                                                                             \
    "note {'kind':'REQ','direction':'out','to':" MX_OFFICE ",'persons':[1],'scope':'visits',"      \
    "'date':'2026-03-13','at':'" at "'}"
#define REQUEST REQUEST_AT("2026-03-13T10:00:00Z")
#define REQUEST_DATED(day)                                                                         \
    "note {'kind':'REQ','direction':'out','to':" MX_OFFICE ",'persons':[1],'scope':'visits',"      \
    "'date':'" day "','at':'2026-03-13T10:00:00Z'}"
#define ASSIST_AT(at, more)                                                                        \
    "assist {'at':'" at "','by':'MX','kind':'visit','persons':[1],'manner':'good_offices',"        \
    "'detail':'a visit'," T more "}"
#define ASSIST ASSIST_AT("2026-03-14T10:00:00Z", "")
#define WITH_AUTHORITY(more)                                                                       \
    "assist {'at':'2026-03-14T10:00:00Z','by':'MX','kind':'visit','persons':[1],"                  \
    "'manner':'with_authority','detail':'a visit in prison'," T more "}"
#define ACCEPT(more) "accept {'state':'MX','note':'@REQ','scope':'visits'," T more "}"
#define CLOSE "close {'outcome':['repatriated'],'unmet_needs':[]}"
#define EXIT(outcome) "close {'outcome':['" outcome "'],'reason':'x','unmet_needs':[]}"
#define COST(source)                                                                               \
    "cost {'on':'2026-03-15','amount':'1850','currency':'AED','source':'" source "','item':'air'}"

/* Up to a State chosen, every gate on the way open. */
#define CHOSEN OPEN, PERSON, GROUND, APPLIES, CONSENT("P3", "focal points"), POLL, OFFER, CHOICE

/* ---- a case, and acts said in short ---- */

struct world {
    struct case_file c;
    json_t *directory;
    enum role role;
    const char *signer;
    const char *now;
    size_t heads;
    int64_t enrolled;
    bool secretariat;
};

/* "kind {…}" with ' for ", and @REQ, @KIND for the id of the last act of that kind. */
static json_t *payload_of(const struct case_file *c, const char *text, enum act_kind *kind)
{
    char name[40], hex[2 * ACT_ID_SIZE + 1];
    struct buf json = BUF_INIT;
    json_error_t fault;

    sscanf(text, "%39s", name);
    const struct act_type *type = act_type_named(name);
    if (!type)
        fail_msg("no act in: %s", text);
    *kind = type->kind;
    for (const char *p = strchr(text, '{'); *p; p++) {
        if (*p == '@') {
            char what[40];
            size_t n = 0;
            while (p[1] && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", p[1]) && n < sizeof what - 1)
                what[n++] = *++p;
            what[n] = '\0';
            enum act_kind of = ACT_NOTE;
            for (enum act_kind k = ACT_NONE; (k = act_kind_next(k));)
                if (!strcasecmp(act_type(k)->name, what))
                    of = k;
            const struct entry *e = case_last(c, of);
            act_id_hex(e ? e->act->id : (const unsigned char[ACT_ID_SIZE]){0}, hex);
            buf_adds(&json, hex);
        } else {
            buf_addc(&json, *p == '\'' ? '"' : *p);
        }
    }
    json_t *payload = json_loads(buf_text(&json), 0, &fault);
    if (!payload)
        fail_msg("%s in %s", fault.text, buf_text(&json));
    buf_release(&json);
    struct error err = ERROR_INIT;
    if (!payload_check(type, payload, &err))
        fail_msg("%s: %s", text, error_text(&err));
    error_release(&err);
    return payload;
}

/* Folds it in, an hour after the act before, whatever the gates say. */
static void say(struct world *w, const char *text)
{
    struct act act = {.seq = (int64_t)w->c.count + 1, .role = w->role};

    act.payload = payload_of(&w->c, text, &act.kind);
    snprintf(act.at, sizeof act.at, "2026-03-13T%02d:00:00+00:00", (int)w->c.count);
    act.id[0] = (unsigned char)(w->c.count + 1);
    act.by = xstrdup("Ana Pineda");
    act.signer = xstrdup(w->signer);
    act.post = xstrdup("HNTGU");
    case_add(&w->c, &act);
}

static struct gate_findings ask(struct world *w, const char *text, bool *passes)
{
    struct gate_findings found;
    enum act_kind kind;
    json_t *payload = payload_of(&w->c, text, &kind);
    struct gate_input in = {.c = &w->c,
                            .kind = kind,
                            .payload = payload,
                            .directory = w->directory,
                            .now = w->now,
                            .role = w->role,
                            .signer = w->signer,
                            .heads = w->heads,
                            .secretariat = w->secretariat,
                            .enrolled = w->enrolled};
    bool ok = gate_check(&in, english, &found);

    if (passes)
        *passes = ok;
    json_decref(payload);
    return found;
}

static const struct gate_finding *named(const struct gate_findings *found, const char *gate)
{
    for (size_t i = 0; i < found->count; i++)
        if (!strcmp(found->list[i].gate, gate))
            return &found->list[i];
    return NULL;
}

static const char *listed(const struct gate_findings *found)
{
    static char out[4096];

    out[0] = '\0';
    for (size_t i = 0; i < found->count; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s: %s\n", found->list[i].gate,
                 found->list[i].text);
    return out;
}

static void world_init(struct world *w)
{
    *w = (struct world){
        .role = ROLE_OFFICER, .signer = "aa", .now = NOW, .heads = 1, .enrolled = 1};
    case_init(&w->c, "HNTGU-2026-0001", "HN");
    w->directory = json_pack(
        "{s:{s:s}, s:{s:s, s:s, s:s}, s:{s:s}, s:[{s:s, s:s, s:s, s:s}]}", "instrument", "status",
        "pilot", "parties", "HN", "2026-01-10", "MX", "2026-01-10", "CR", "2026-01-10", "lists",
        "HN", "2026-02-01", "posts", "state", "MX", "country", "AE", "city", "Abu Dhabi", "kind",
        "embassy");
}

static void world_release(struct world *w)
{
    case_release(&w->c);
    json_decref(w->directory);
}

/* ---- the rows ---- */

struct row_test {
    const char *gate;
    enum gate_kind kind;
    const char *article;
    const char *before[14]; /* what was said before */
    const char *act;        /* against which the row stands */
    const char *mends[3];   /* said then … */
    const char *instead;    /* … or said instead: the row no longer stands against it */
};

static const struct row_test row_tests[] = {
    {"closed.exchange", GATE_HARD, "7.7", {CHOSEN, CLOSE}, REQUEST, {"reopen {'reason':'new'}"}, NULL},
    {"closed.exchange", GATE_HARD, "7.7", {CHOSEN, CLOSE}, POLL, {"reopen {'reason':'new'}"}, NULL},
    {"closed.exchange", GATE_HARD, "7.7", {CHOSEN, CLOSE}, CHOICE, {"reopen {'reason':'new'}"}, NULL},
    {"closed.assist", GATE_HARD, "7.7", {CHOSEN, REQUEST, CLOSE}, ASSIST_AT("2026-03-19T10:00:00Z", ""),
     {NULL}, ASSIST_AT("2026-03-13T08:59:59Z", "")},
    {"closed.close", GATE_HARD, "7.7", {CHOSEN, CLOSE}, CLOSE, {"reopen {'reason':'new'}"}, NULL},
    {"reopen.closed", GATE_HARD, "7.7", {CHOSEN}, "reopen {'reason':'new'}", {CLOSE}, NULL},
    {"report.closed", GATE_HARD, "7.7", {CHOSEN}, "report {'meeting':'M','on':'2026-03-30'}", {CLOSE}, NULL},
    {"report.closed", GATE_HARD, "7.7", {CHOSEN}, "report {'meeting':'M','on':'2026-03-30'}", {NULL},
     "report {'meeting':'M','on':'2026-03-30','pending':true}"},
    {"report.identity", GATE_HARD, "7.7", {CHOSEN, CLOSE},
     "report {'meeting':'M','on':'2026-03-30','lessons':'Solis went home'}", {NULL},
     "report {'meeting':'M','on':'2026-03-30','lessons':'she went home'}"},
    {"report.identity", GATE_HARD, "7.7",
     {CHOSEN, "document {'person':1,'document':1,'type':'passport','number':'F000131'}", CLOSE},
     "report {'meeting':'M','on':'2026-03-30','lessons':'passport F000131 was kept'}", {NULL},
     "report {'meeting':'M','on':'2026-03-30','lessons':'the passport was kept'}"},
    {"report.identity", GATE_HARD, "7.7", {CHOSEN, CLOSE},
     "report {'meeting':'M','on':'2026-03-30','provided':'a visit to SOLÍS'}", {NULL},
     "report {'meeting':'M','on':'2026-03-30','provided':'a visit'}"},

    {"P.nationality", GATE_HARD, "7.1", {OPEN, REFUTED, GROUND}, POLL, {PERSON}, NULL},
    {"P.party", GATE_HARD, "7.2", {OPEN, PERSON, GROUND}, POLL,
     {"determine {'requirement':'R2','status':'met','reason':'note of 1 March'}"}, NULL},
    {"P.lock", GATE_HARD, "3", {OPEN, AFRAID, GROUND},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','persons':[1]}", {LIFT}, NULL},
    {"P.lock", GATE_HARD, "3", {OPEN, AFRAID, GROUND}, POLL, {LIFT}, NULL},
    {"P.nationality", GATE_HARD, "7.1", {OPEN}, POLL, {PERSON}, NULL}, /* nobody is recorded */
    {"P.identity", GATE_HARD, "3", {OPEN, PERSON, GROUND},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Mrs Solis (28) needs shelter'}", {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'A woman, Solisburgo, needs shelter'}"},
    {"P.identity", GATE_HARD, "3", {OPEN, PERSON, GROUND},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','area':'house of ANA'}", {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','area':'Dubai'}"},
    /* a further document, a telephone as people write it, a given name alone tell who it is too */
    {"P.identity", GATE_HARD, "3", {OPEN, PERSON, GROUND, "document {'person':1,'document':1,'type':'passport','number':'F7788990'}"},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Passport F 7788990'}", {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Passport kept'}"},
    {"P.identity", GATE_HARD, "3", {OPEN, TELEPHONE, GROUND},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Call 9988 77 66'}", {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Call 2026-03-18'}"},
    {"P.identity", GATE_HARD, "3", {OPEN, "person {'person':1,'surname_1':'SOLÍS','given_names':'María del Carmen','nationalities':[]}", GROUND},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Carmen needs shelter'}", {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'Playa del Sol'}"},
    /* our own side's poll is judged, also where it was taken down; the other side's is not */
    {"P.decision", GATE_OVERRIDE, "3", {OPEN, PERSON, GROUND},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18'," T "}",
     {"correct {'of':'@OPEN','reason':'typed wrong','payload':{'role':'assisting','receiving_state':'AE',"
      "'requesting_state':'GT','priority':'urgent','source':'ngo'}}"},
     NULL},
    {"P.network", GATE_OVERRIDE, "7.4", {OPEN, PERSON, TRAFFICKED}, POLL,
     {"refer {'to':'network','on':'2026-03-12','persons':[1]}",
      "refer_answer {'to':'network','persons':[1],'on':'2026-03-13','answer':'cannot_be_resolved',"
      "'because':'no partner there'," T "}"},
     NULL},
    {"P.decision", GATE_OVERRIDE, "3", {OPEN, PERSON, GROUND}, POLL, {APPLIES}, NULL},
    {"P.consent", GATE_OVERRIDE, "3", {OPEN, PERSON, GROUND}, POLL, {CONSENT("P3", "focal points")}, NULL},
    {"P.consent", GATE_OVERRIDE, "3", {OPEN, PERSON, GROUND}, POLL,
     {"consent {'person':1,'purpose':'P3','to':'focal points','given_by':'vital_interest',"
      "'form':'oral','on':'2026-03-12'}"},
     NULL},
    /* consent that has ended, by the day of the act */
    {"P.consent", GATE_OVERRIDE, "3", {OPEN, PERSON, GROUND, LIMITED("P3", "focal points", "'valid_until':'2026-03-13'")}, POLL,
     {LIMITED("P3", "focal points", "'valid_until':'2030-12-31'")}, NULL},
    /* what is withheld: in what is typed, and the field itself */
    {"withheld", GATE_HARD, "3", {OPEN, PERSON, GROUND, PLACE, LIMITED("P3", "focal points", "'withheld':['location']")},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'A woman in DEIRA (Dubai) needs shelter'}", {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','text':'A woman needs shelter'}"},
    {"withheld", GATE_HARD, "3", {OPEN, PERSON, GROUND, LIMITED("P3", "focal points", "'withheld':['location']")},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','area':'old town'}", {NULL}, POLL},
    {"withheld", GATE_HARD, "3", {CHOSEN, PLACE, LIMITED("P4", "MX", "'withheld':['contact']"), TELEPHONE}, CALL_NOTE("+504 9988-7766"),
     {CONSENT("P4", "MX")}, NULL},
    {"withheld", GATE_HARD, "3", {CHOSEN, PLACE, LIMITED("P4", "MX", "'withheld':['location']")}, CALL_NOTE("in Déira"), {NULL}, CALL_NOTE("by car")},
    {"withheld", GATE_HARD, "3", {CHOSEN, LIMITED("P4", "MX", "'withheld':['birth']")}, CALL_NOTE("born on 14 de marzo de 1998"), {NULL},
     CALL_NOTE("an adult")},
    {"LOC.barred", GATE_HARD, "3", {CHOSEN, CONSENT("P6", "Dubai Police"), LIMITED("P3", "focal points", "'not_to':['police']")},
     "note {'kind':'LOC','direction':'out','to':{'state':'AE','office':'Dubai Police','city':'Dubai'},'persons':[1],"
     "'date':'2026-03-13','scope':'a visit'}",
     {CONSENT("P6", "Dubai Police")}, NULL},
    {"LOC.barred", GATE_HARD, "3", {CHOSEN, LIMITED("P1", "us", "'not_to_named':'Ahmed K., Labour Court'")},
     "note {'kind':'LOC','direction':'out','to':{'state':'AE','office':'Labour Court of Dubai','city':'Dubai'},'persons':[1],"
     "'date':'2026-03-13','scope':'a visit'}",
     {NULL},
     "note {'kind':'LOC','direction':'out','to':{'state':'AE','office':'Ministry of Labour','city':'Dubai'},'persons':[1],"
     "'date':'2026-03-13','scope':'a visit'}"},
    /* it outlives the consent that it was said with */
    {"A.barred", GATE_OVERRIDE, "3", {CHOSEN, REQUEST, LIMITED("P3", "focal points", "'not_to':['police']"),
     "withdraw_consent {'person':1,'purposes':['P3'],'on':'2026-03-12','form':'telephone'}"},
     WITH_AUTHORITY(",'authority':'Policía de Dubái'"), {NULL}, WITH_AUTHORITY(",'authority':'Labour Court'")},
    {"A.barred", GATE_OVERRIDE, "3", {CHOSEN, REQUEST, LIMITED("P3", "focal points", "'not_to':['police']")}, WITH_AUTHORITY(""),
     {NULL}, WITH_AUTHORITY(",'authority':'Labour Court'")},
    {"A.barred", GATE_OVERRIDE, "3", {CHOSEN, REQUEST, LIMITED("P3", "focal points", "'not_to':['partner']")},
     "assist {'at':'2026-03-14T10:00:00Z','by':'MX','kind':'family_contact','persons':[1],'manner':'good_offices','detail':'x'," T "}",
     {NULL}, ASSIST},
    {"P.secretariat", GATE_WARN, "7.6", {OPEN, PERSON, GROUND}, POLL, {"notify {'event':'poll'}"}, NULL},
    {"P.asked", GATE_WARN, "7.6", {OPEN, PERSON, GROUND}, POLL, {NULL},
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18'}"},

    {"P.everyone", GATE_WARN, "7.6", {ROUTINE, PERSON, GROUND}, "poll {'round':1,'to':['CR'],'reply_by':'2026-03-18'}",
     {NULL}, POLL},
    {"P.everyone", GATE_WARN, "7.6", {ROUTINE, PERSON, GROUND}, "poll {'round':1,'to':['CR'],'reply_by':'2026-03-18'}",
     {"correct {'of':'@OPEN','reason':'worse','payload':{'role':'requesting','receiving_state':'AE',"
      "'priority':'urgent','source':'ngo'}}"},
     NULL},

    {"decide.not_met", GATE_OVERRIDE, "3", {OPEN, REFUTED, GROUND}, APPLIES, {NULL},
     "decide {'decision':'does_not_apply','reason':'not a national'}"},
    {"determine.open", GATE_OVERRIDE, "3", {OPEN, PERSON, GROUND},
     "determine {'requirement':'R1','status':'not_met','reason':'I think so'}", {DECLARED}, NULL},
    {"note.identity", GATE_HARD, "7.7", {OPEN, PERSON}, OPEN_NOTE("POLL", "Ana Solís asks"), {NULL},
     OPEN_NOTE("POLL", "a woman asks")},
    {"note.identity", GATE_HARD, "7.7", {OPEN, PERSON}, OPEN_NOTE("REP", "of SOLIS"), {NULL},
     OPEN_NOTE("REP", "one case")},
    {"note.identity", GATE_HARD, "7.7",
     {OPEN, PERSON, "report {'meeting':'May','on':'2026-03-13','pending':true,'lessons':'Solís waited long'}"},
     OPEN_NOTE("REP", "one case"), {NULL}, OPEN_NOTE("POLL", "one case")},
    {"notify.identity", GATE_HARD, "5", {OPEN, PERSON}, "notify {'event':'poll','text':'for Ana solís.'}",
     {NULL}, "notify {'event':'poll','text':'one case; analysis follows'}"},
    {"notify.identity", GATE_HARD, "5", {OPEN, PERSON}, "notify {'event':'poll','reference':'SOLIS-1'}",
     {NULL}, "notify {'event':'poll','reference':'HNTGU-1'}"},
    {"notify.identity", GATE_HARD, "5", {OPEN, PERSON},
     "note {'kind':'TSN','direction':'out','to':{'state':'CR','office':'Technical Secretariat',"
     "'city':'San José'},'persons':[1],'date':'2026-03-13'}",
     {NULL},
     "note {'kind':'TSN','direction':'out','to':{'state':'CR','office':'Technical Secretariat',"
     "'city':'San José'},'date':'2026-03-13'}"},
    {"reply.poll", GATE_HARD, "7.6", {OPEN, PERSON}, OFFER, {POLL}, NULL},
    {"reply.poll", GATE_HARD, "7.6", {OPEN, PERSON, POLL},
     "decline {'state':'PA','stage':'poll','round':1," T "}", {NULL},
     "decline {'state':'CR','stage':'poll','round':1," T "}"},
    {"choose.side", GATE_HARD, "5",
     {"open {'role':'assisting','receiving_state':'AE','requesting_state':'GT','priority':'urgent',"
      "'source':'other_post'}"},
     CHOICE, {"correct {'of':'@OPEN','reason':'typed wrong','payload':{'role':'requesting',"
      "'receiving_state':'AE','priority':'urgent','source':'ngo'}}"}, NULL},
    {"choose.offer", GATE_HARD, "5", {OPEN, PERSON, POLL}, CHOICE, {OFFER}, NULL},
    {"choose.offer", GATE_HARD, "5",
     {OPEN, PERSON, POLL, OFFER, "decline {'state':'MX','stage':'poll','round':1," T "}"}, CHOICE,
     {"poll {'round':2,'to':['MX'],'reply_by':'2026-03-19'}",
      "reply {'state':'MX','round':2,'legal':'yes','material':'yes','offer':true,'services':['shelter']," T "}"},
     NULL},
    {"choose.offer", GATE_HARD, "5",
     {OPEN, PERSON, POLL,
      "reply {'state':'MX','round':1,'legal':'no','material':'yes','offer':true,'services':['shelter']," T "}"},
     CHOICE, {OFFER}, NULL},
    {"choose.offer", GATE_HARD, "5",
     {OPEN, PERSON, POLL,
      "reply {'state':'MX','round':1,'legal':'yes','material':'no','offer':true,'services':['shelter']," T "}"},
     CHOICE, {OFFER}, NULL},
    {"choose.offer", GATE_HARD, "5",
     {OPEN, PERSON, POLL,
      "reply {'state':'MX','round':1,'legal':'yes','material':'yes','offer':false,'services':[]," T "}"},
     CHOICE, {OFFER}, NULL},
    {"choose.own", GATE_OVERRIDE, "3", {OPEN, MEXICAN_TOO, POLL, OFFER}, CHOICE,
     {"determine {'requirement':'R9','status':'met','reason':'Mexico agrees'}"}, NULL},
    {"choose.own", GATE_OVERRIDE, "3", {OPEN, MEXICAN_TOO, POLL, OFFER}, CHOICE, {PERSON}, NULL},

    {"N.choice", GATE_HARD, "5", {OPEN, PERSON, GROUND, POLL, OFFER}, REQUEST, {CHOICE}, NULL},
    {"N.open", GATE_HARD, "6", {CHOSEN, REQUEST}, REQUEST,
     {"withdraw {'note':'@REQ','at':'2026-03-14T09:00:00Z','reason':'new facts'}"}, NULL},
    {"N.open", GATE_HARD, "6", {CHOSEN, REQUEST}, REQUEST,
     {"decline {'state':'MX','stage':'note','note':'@REQ'," T "}"}, NULL},
    {"N.open", GATE_HARD, "6", {CHOSEN, REQUEST}, REQUEST, {NULL},
     "note {'kind':'REQ','direction':'out','to':" MX_OFFICE ",'persons':[1],'date':'2026-03-13',"
     "'at':'2026-03-15T10:00:00Z','same_as':'@REQ'}"},
    {"N.open", GATE_HARD, "6", {CHOSEN, REQUEST}, REQUEST, {"annul {'note':'@REQ','reason':'wrong date'}"}, NULL},
    {"N.lock", GATE_HARD, "3", {CHOSEN, AFRAID}, REQUEST, {LIFT}, NULL},
    {"N.lock", GATE_HARD, "3", {CHOSEN, AFRAID},
     "note {'kind':'CLO','direction':'out','to':" MX_OFFICE ",'persons':[1],'date':'2026-03-13'}", {LIFT}, NULL},
    /* nor by what is said of others: but a name that they bear too is theirs */
    {"N.lock", GATE_HARD, "3",
     {CHOSEN, "person {'person':2,'surname_1':'SOLÍS','surname_2':'ZELAYA','given_names':'Pedro','fears_own_state':true,'nationalities':[]}"},
     CALL_NOTE("with her cousin Zelaya"), {"lift_lock {'person':2,'counselling':'by UNHCR','consent':'his own word'}"},
     CALL_NOTE("shelter for Mrs SOLIS")},
    {"N.withdrawn", GATE_HARD, "3",
     {CHOSEN, CONSENT("P4", "MX"),
      "withdraw_consent {'person':1,'purposes':['P4'],'on':'2026-03-13','form':'telephone'}"},
     REQUEST,
     {"consent {'person':1,'purpose':'P4','to':'MX','given_by':'self','form':'oral','on':'2026-03-14'}"}, NULL},
    {"N.withdrawn", GATE_HARD, "3",
     {CHOSEN, CONSENT("P4", "MX"),
      "withdraw_consent {'person':1,'purposes':['P4'],'on':'2026-03-13','form':'telephone'}"},
     "note {'kind':'SCOPE','direction':'out','to':" MX_OFFICE ",'persons':[1],'date':'2026-03-13'}", {NULL},
     "note {'kind':'WDR','direction':'out','to':" MX_OFFICE ",'persons':[1],'date':'2026-03-13'}"},
    {"N.refuted", GATE_HARD, "7.1", {CHOSEN, REFUTED}, REQUEST, {PERSON}, NULL},
    {"N.nationality", GATE_OVERRIDE, "7.1", {CHOSEN, DECLARED}, REQUEST, {PERSON}, NULL},
    {"N.nationality", GATE_OVERRIDE, "7.1", {CHOSEN, DECLARED}, REQUEST,
     {"determine {'requirement':'R1','status':'met','reason':'known to the consul'}"}, NULL},
    {"N.consent", GATE_OVERRIDE, "3", {CHOSEN, CONSENT("P4", "CR")}, REQUEST, {CONSENT("P4", "MX")}, NULL},
    {"N.capital", GATE_WARN, "7.5", {CHOSEN}, REQUEST,
     {"authorise {'what':'request','by':'Directorate','reference':'A-1','on':'2026-03-13'}"}, NULL},
    {"N.post", GATE_WARN, "6", {CHOSEN},
     "note {'kind':'REQ','direction':'out','to':{'state':'MX','office':'Consular Directorate','city':"
     "'Mexico City'},'persons':[1],'date':'2026-03-13','at':'2026-03-13T10:00:00Z'}",
     {NULL}, REQUEST},
    /* one of several is enough, while it stands */
    {"N.post", GATE_WARN, "6", {CHOSEN, REQUEST, "annul {'note':'@REQ','reason':'wrong date'}"},
     "note {'kind':'REQ','direction':'out','to':{'state':'MX','office':'Consular Directorate','city':"
     "'Mexico City'},'persons':[1],'date':'2026-03-13','at':'2026-03-13T10:00:00Z'}",
     {REQUEST}, NULL},
    {"N.secretariat", GATE_WARN, "5", {CHOSEN, "notify {'event':'poll'}"}, REQUEST, {"notify {'event':'request'}"}, NULL},
    {"N.instrument", GATE_WARN, "9", {CHOSEN}, REQUEST_DATED("2026-01-09"), {NULL}, REQUEST_DATED("2026-01-10")},
    {"N.together", GATE_WARN, "3", {CHOSEN, GROUPED(1), GROUPED(2)}, REQUEST, {NULL},
     "note {'kind':'REQ','direction':'out','to':" MX_OFFICE ",'persons':[1,2],'scope':'visits',"
     "'date':'2026-03-13','at':'2026-03-13T10:00:00Z'}"},
    {"N.together", GATE_WARN, "3",
     {CHOSEN, "person {'person':2,'single_name':'Eva','nationalities':[{'state':'HN','proof':'passport'}]}",
      "group {'group':1,'type':'family','persons':[1,2],'keep_together':true}"},
     REQUEST, {"group {'group':1,'type':'family','persons':[1,2]}"}, NULL},
    {"LOC.consent", GATE_OVERRIDE, "7.5", {CHOSEN, CONSENT("P6", "Prison of Dubai")},
     "note {'kind':'LOC','direction':'out','to':{'state':'AE','office':'Police of Dubai','city':'Dubai'},"
     "'persons':[1],'date':'2026-03-13'}",
     {CONSENT("P6", "Police of Dubai")}, NULL},
    {"LOC.authorised", GATE_OVERRIDE, "7.5", {CHOSEN},
     "note {'kind':'LOC','direction':'out','to':{'state':'AE','office':'Police of Dubai','city':'Dubai'},"
     "'persons':[1],'date':'2026-03-13'}",
     {"authorise {'what':'with_authority','by':'Directorate','reference':'A-2','on':'2026-03-13'}"}, NULL},

    {"accept.note", GATE_HARD, "5", {CHOSEN, REQUEST, "withdraw {'note':'@REQ','at':'2026-03-14T09:00:00Z','reason':'x'}"},
     ACCEPT(""), {REQUEST}, NULL},
    {"A.note", GATE_HARD, "6", {CHOSEN}, ASSIST, {REQUEST}, NULL},
    /* before the note's instant, whatever the offset says */
    {"A.note", GATE_HARD, "6", {CHOSEN, REQUEST}, ASSIST_AT("2026-03-13T09:59:59Z", ""), {NULL},
     ASSIST_AT("2026-03-13T04:00:00-06:00", "")},
    {"A.note", GATE_HARD, "6", {CHOSEN, REQUEST}, ASSIST_AT("2026-03-13T13:30:00+04:00", ""), {NULL},
     ASSIST_AT("2026-03-13T14:00:00+04:00", "")},
    {"A.note", GATE_HARD, "6",
     {CHOSEN, REQUEST, "withdraw {'note':'@REQ','at':'2026-03-14T09:00:00Z','reason':'x'}"}, ASSIST, {NULL},
     ASSIST_AT("2026-03-14T08:59:59Z", "")},
    {"A.note", GATE_HARD, "6",
     {CHOSEN, REQUEST, "decline {'state':'MX','stage':'assistance','note':'@REQ','hand_over_on':'2026-03-15'," T "}"},
     ASSIST_AT("2026-03-16T08:00:00Z", ""), {NULL}, ASSIST_AT("2026-03-15T23:00:00Z", "")},
    /* nor where the next day is written as still that one */
    {"A.note", GATE_HARD, "6",
     {CHOSEN, REQUEST, "decline {'state':'MX','stage':'assistance','note':'@REQ','hand_over_on':'2026-03-15'," T "}"},
     ASSIST_AT("2026-03-15T12:00:00-23:59", ""), {NULL}, ASSIST_AT("2026-03-15T12:00:00-06:00", "")},
    {"A.note", GATE_HARD, "6", {CHOSEN, REQUEST, "annul {'note':'@REQ','reason':'wrong'}"},
     ASSIST_AT("2026-03-19T08:00:00Z", ""), {REQUEST_AT("2026-03-18T08:00:00Z")}, NULL},
    {"A.note", GATE_HARD, "6",
     {CHOSEN, REQUEST,
      "person {'person':2,'surname_1':'SOLÍS','given_names':'Eva','nationalities':[]}"},
     "assist {'at':'2026-03-14T10:00:00Z','by':'MX','kind':'visit','persons':[1,2],"
     "'manner':'good_offices','detail':'a visit'," T "}",
     {NULL}, ASSIST},
    {"A.acceptance", GATE_WARN, "5", {CHOSEN, REQUEST}, ASSIST, {ACCEPT("")}, NULL},
    {"A.authorised", GATE_OVERRIDE, "7.5", {CHOSEN, REQUEST}, WITH_AUTHORITY(""),
     {"authorise {'what':'with_authority','by':'Directorate','reference':'A-2','on':'2026-03-13'}"}, NULL},
    {"A.vccr8", GATE_OVERRIDE, "7.5", {CHOSEN, REQUEST}, WITH_AUTHORITY(""), {NULL},
     WITH_AUTHORITY(",'vccr8':'not_required'")},
    {"A.vccr8", GATE_OVERRIDE, "7.5", {CHOSEN, REQUEST}, WITH_AUTHORITY(",'vccr8':'objected'"), {NULL},
     WITH_AUTHORITY(",'vccr8':'notified'")},
    {"A.detention", GATE_WARN, "7.5", {CHOSEN, REQUEST, "situation {'locality':'Dubai','detained':true}"}, ASSIST,
     {NULL}, ASSIST_AT("2026-03-14T10:00:00Z", ",'vccr8':'not_required'")},
    {"A.detention", GATE_WARN, "7.5", {CHOSEN, REQUEST, "situation {'locality':'Dubai','place_type':'police'}"}, ASSIST,
     {"situation {'locality':'Dubai','place_type':'shelter'}"}, NULL},
    {"A.consent", GATE_OVERRIDE, "7.5", {CHOSEN, REQUEST, CONSENT("P6", "Police")},
     WITH_AUTHORITY(",'authority':'Prison of Dubai'"), {CONSENT("P6", "Prison of Dubai")}, NULL},
    {"A.scope", GATE_WARN, "5", {CHOSEN, REQUEST, ACCEPT(",'ends_on':'2026-03-13'")}, ASSIST,
     {ACCEPT(",'ends_on':'2026-03-14'")}, NULL},
    {"A.scope", GATE_WARN, "5", {CHOSEN, REQUEST, ACCEPT(",'services':['shelter']")},
     ASSIST_AT("2026-03-14T10:00:00Z", ",'needs':['medical']"), {NULL},
     ASSIST_AT("2026-03-14T10:00:00Z", ",'needs':['shelter']")},

    {"A.scope", GATE_WARN, "5", {CHOSEN, REQUEST, ACCEPT(",'services':['shelter']")},
     "assist {'at':'2026-03-14T10:00:00Z','by':'MX','kind':'medical','persons':[1],"
     "'manner':'good_offices','detail':'a doctor'," T "}",
     {NULL}, ASSIST},

    {"owner", GATE_HARD, "", {CHOSEN, "hand_over {'to':'HNTGU-2'}"}, REQUEST, {NULL},
     "note {'kind':'SCOPE','direction':'out','to':" MX_OFFICE ",'date':'2026-03-13'}"},
    {"owner", GATE_HARD, "", {CHOSEN, "hand_over {'to':'HNTGU-2'}"}, CLOSE, {NULL}, ASSIST},

    {"C.costs", GATE_HARD, "8", {CHOSEN, COST("undetermined")}, CLOSE,
     {"correct {'of':'@COST','reason':'it is known now','payload':{'on':'2026-03-15','amount':'1850',"
      "'currency':'AED','source':'iom','item':'air'}}"},
     NULL},
    {"C.child", GATE_HARD, "7.4", {OPEN, CHILD, POLL, OFFER, CHOICE, REQUEST, ASSIST}, CLOSE,
     {"child {'person':1,'accompanied':'unaccompanied','care':'shelter','responsible':'not_obtainable: unknown',"
      "'views':'wants home','best_interests':'return','by':'A. Pineda','on':'2026-03-15'}"},
     NULL},
    {"C.reason", GATE_HARD, "7.7", {OPEN, PERSON}, "close {'outcome':['not_eligible'],'unmet_needs':[]}", {NULL},
     "close {'outcome':['not_eligible'],'unmet_needs':[],'reason':'no ground'}"},
    {"C.acceptance", GATE_OVERRIDE, "5", {CHOSEN, REQUEST, ASSIST}, CLOSE, {ACCEPT("")}, NULL},
    /* of two notes in force it rests on the later */
    {"C.acceptance", GATE_OVERRIDE, "5", {CHOSEN, REQUEST, REQUEST_AT("2026-03-13T11:00:00Z"), ASSIST}, CLOSE,
     {ACCEPT("")}, NULL},
    {"C.request", GATE_WARN, "5", {CHOSEN, REQUEST}, EXIT("request_withdrawn"),
     {"withdraw {'note':'@REQ','at':'2026-03-14T09:00:00Z','reason':'it is over'}"}, NULL},
    {"C.request", GATE_WARN, "5", {CHOSEN, REQUEST}, EXIT("deceased"), {NULL}, CLOSE},
    {"C.data", GATE_WARN, "3", {CHOSEN, REQUEST}, EXIT("consent_withdrawn"),
     {"data_return {'state':'MX','asked_on':'2026-03-14','form':'destroyed'}"}, NULL},
    {"C.data", GATE_WARN, "3", {CHOSEN, REQUEST, "data_return {'state':'CR','asked_on':'2026-03-14','form':'destroyed'}"},
     EXIT("consent_withdrawn"), {NULL}, CLOSE},
    {"C.needs", GATE_WARN, "7.7", {OPEN, PERSON, "need {'need':'shelter','urgency':'now'}"},
     "close {'outcome':['repatriated']}", {NULL}, "close {'outcome':['repatriated'],'unmet_needs':['shelter']}"},

    /* a correction may not take the note from under an assistance, by time or by person */
    {"correct.note", GATE_HARD, "6", {CHOSEN, CONSENT("P4", "MX"), REQUEST, ASSIST},
     "correct {'of':'@REQ','reason':'typed wrong','payload':{'kind':'REQ','direction':'out','to':" MX_OFFICE
     ",'persons':[1],'date':'2026-03-15','at':'2026-03-15T10:00:00Z'}}",
     {NULL},
     "correct {'of':'@REQ','reason':'typed wrong','payload':{'kind':'REQ','direction':'out','to':" MX_OFFICE
     ",'persons':[1],'date':'2026-03-13','at':'2026-03-13T11:00:00Z'}}"},
    /* also where another assistance has lost its own by a withdrawal told of late */
    {"correct.note", GATE_HARD, "6",
     {CHOSEN, CONSENT("P4", "MX"), REQUEST, ASSIST, "withdraw {'note':'@REQ','at':'2026-03-14T09:00:00Z','reason':'late'}",
      REQUEST_AT("2026-03-15T10:00:00Z"), ASSIST_AT("2026-03-16T10:00:00Z", "")},
     "correct {'of':'@REQ','reason':'typed wrong','payload':{'kind':'REQ','direction':'out','to':" MX_OFFICE
     ",'persons':[1],'date':'2026-03-13','at':'2026-03-17T10:00:00Z'}}",
     {NULL},
     "correct {'of':'@REQ','reason':'typed wrong','payload':{'kind':'REQ','direction':'out','to':" MX_OFFICE
     ",'persons':[1],'date':'2026-03-13','at':'2026-03-15T11:00:00Z'}}"},
    /* and it passes the gate of what it corrects */
    {"A.note", GATE_HARD, "6", {CHOSEN, REQUEST, ASSIST},
     "correct {'of':'@ASSIST','reason':'typed wrong','payload':{'at':'2026-03-12T10:00:00Z','by':'MX',"
     "'kind':'visit','persons':[1],'manner':'good_offices','detail':'x'," T "}}",
     {NULL},
     "correct {'of':'@ASSIST','reason':'typed wrong','payload':{'at':'2026-03-13T10:00:00Z','by':'MX',"
     "'kind':'visit','persons':[1],'manner':'good_offices','detail':'x'," T "}}"},
};

static void run_row(const struct row_test *t)
{
    struct world w;
    bool passes;

    world_init(&w);
    if (!strcmp(t->gate, "P.party"))
        json_object_del(json_object_get(w.directory, "parties"), "HN");
    for (size_t i = 0; i < ARRAY_SIZE(t->before) && t->before[i]; i++)
        say(&w, t->before[i]);
    struct gate_findings found = ask(&w, t->act, &passes);
    const struct gate_finding *f = named(&found, t->gate);
    if (!f)
        fail_msg("%s does not stand against: %s\n%s", t->gate, t->act, listed(&found));
    assert_int_equal(f->kind, t->kind);
    assert_string_equal(f->article, t->article);
    assert_true(passes == false || t->kind == GATE_WARN);
    gate_findings_release(&found);
    for (size_t i = 0; i < ARRAY_SIZE(t->mends) && t->mends[i]; i++)
        say(&w, t->mends[i]);
    found = ask(&w, t->instead ? t->instead : t->act, NULL);
    if (named(&found, t->gate))
        fail_msg("%s still stands against: %s\n%s", t->gate, t->instead ? t->instead : t->act,
                 listed(&found));
    gate_findings_release(&found);
    world_release(&w);
}

static void rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(row_tests); i++)
        run_row(&row_tests[i]);
}

/* ---- rows about who records, and when ---- */

static bool stands(struct world *w, const char *gate, const char *text)
{
    struct gate_findings found = ask(w, text, NULL);
    bool there = named(&found, gate) != NULL;

    gate_findings_release(&found);
    return there;
}

static void clerk(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    w.role = ROLE_CLERK;
    assert_true(stands(&w, "clerk", OPEN));
    w.role = ROLE_OFFICER;
    assert_false(stands(&w, "clerk", OPEN));
    world_release(&w);
}

static void clock_behind(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    say(&w, OPEN);
    w.now = "2026-03-12T23:59:59Z";
    assert_true(stands(&w, "clock", PERSON));
    w.now = "2026-03-13T00:00:00Z";
    assert_false(stands(&w, "clock", PERSON));
    world_release(&w);
}

static void countersigning(void **state)
{
    (void)state;
    struct world w;
    static const char contact[] =
        "contact {'at':'2026-03-12T22:00:00Z','reason':'gunfire','detail':'water'}";
    static const char sign[] = "countersign {'of':'@CONTACT'}";

    world_init(&w);
    say(&w, OPEN);
    say(&w, contact);
    assert_true(stands(&w, "countersign.author", sign));
    assert_true(stands(&w, "countersign.head", sign));
    w.signer = "bb";
    assert_false(stands(&w, "countersign.author", sign));
    assert_true(stands(&w, "countersign.head", sign));
    w.role = ROLE_HEAD;
    assert_false(stands(&w, "countersign.head", sign));
    /* what the only head did, another officer countersigns; where there is another head, not */
    w.signer = "aa";
    say(&w, contact);
    w.signer = "bb";
    w.role = ROLE_OFFICER;
    assert_false(stands(&w, "countersign.head", sign));
    w.heads = 2;
    assert_true(stands(&w, "countersign.head", sign));
    /* the capital's word, taken down by the author: only where there is no other head */
    static const char capital[] = "countersign {'of':'@CONTACT'," T "}";
    w.signer = "aa";
    w.role = ROLE_HEAD;
    assert_true(stands(&w, "countersign.author", capital));
    w.heads = 1;
    assert_false(stands(&w, "countersign.author", capital));
    assert_false(stands(&w, "countersign.head", capital));
    /* nor does it stand for the head where an officer did it */
    w.signer = "cc";
    w.role = ROLE_OFFICER;
    say(&w, contact);
    assert_true(stands(&w, "countersign.head", capital));
    assert_true(stands(&w, "countersign.author", capital));
    world_release(&w);
}

static void the_secretariat_knows_nobody(void **state)
{
    (void)state;
    static const char watched[] = "open {'role':'observer','requesting_state':'HN',"
                                  "'receiving_state':'AE','priority':'routine','source':'capital'}";
    struct world w;
    world_init(&w);
    assert_false(stands(&w, "secretariat.side", OPEN));
    w.secretariat = true;
    assert_true(stands(&w, "secretariat.side", OPEN));
    assert_false(stands(&w, "secretariat.side", watched));
    say(&w, watched);
    assert_true(stands(&w, "secretariat.identity", PERSON));
    assert_false(stands(&w, "secretariat.identity", "notify {'event':'poll'}"));
    assert_false(stands(&w, "C.reason", "close {'outcome':['not_eligible']}"));
    w.secretariat = false;
    assert_false(stands(&w, "secretariat.identity", PERSON));
    world_release(&w);
}

static void lock_is_lifted_by_the_head(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    say(&w, OPEN);
    say(&w, AFRAID);
    assert_true(stands(&w, "lift_lock.head", LIFT));
    w.role = ROLE_HEAD;
    assert_false(stands(&w, "lift_lock.head", LIFT));
    world_release(&w);
}

#define ASK_ERASE(basis) "erase_request {'person':1,'basis':'" basis "'}"
#define ERASE "erase {'of':'@ERASE_REQUEST'}"
#define HOLD "legal_hold {'hold':true,'reason':'a court asks for the file'}"

/* A closed case, a request by an officer (aa), and a head of post (bb) who may confirm it. */
static void ask_to_erase(struct world *w, const char *basis)
{
    world_init(w);
    say(w, OPEN);
    say(w, PERSON);
    say(w, CLOSE);
    say(w, basis);
    w->signer = "bb";
    w->role = ROLE_HEAD;
}

static void two_officers_erase(void **state)
{
    (void)state;
    struct world w;
    bool passes;

    ask_to_erase(&w, ASK_ERASE("person_asked"));
    struct gate_findings found = ask(&w, ERASE, &passes);
    assert_true(passes && !found.count);
    gate_findings_release(&found);

    w.signer = "aa"; /* the same key, whatever its role now */
    assert_true(stands(&w, "erase.second", ERASE));
    w.signer = "bb";
    w.role = ROLE_OFFICER; /* two officers, no head of post */
    assert_true(stands(&w, "erase.head", ERASE));
    w.role = ROLE_HEAD;
    assert_false(stands(&w, "erase.head", ERASE));
    w.enrolled = 4; /* by the act of the request, or later */
    assert_true(stands(&w, "erase.enrolled", ERASE));
    w.enrolled = 0;
    assert_true(stands(&w, "erase.enrolled", ERASE));
    w.enrolled = 3;
    assert_false(stands(&w, "erase.enrolled", ERASE));
    world_release(&w);
}

/* Where the head of post asked, any other officer confirms. */
static void an_officer_confirms_what_the_head_asks(void **state)
{
    (void)state;
    struct world w;

    ask_to_erase(&w, CLOSE);
    say(&w, ASK_ERASE("period_over"));
    w.signer = "cc";
    w.role = ROLE_OFFICER;
    assert_false(stands(&w, "erase.head", ERASE));
    assert_false(stands(&w, "erase.second", ERASE));
    world_release(&w);
}

static void a_request_is_carried_out_once(void **state)
{
    (void)state;
    struct world w;

    ask_to_erase(&w, ASK_ERASE("person_asked"));
    assert_false(stands(&w, "erase.request", ERASE));
    assert_true(stands(&w, "erase.request", "erase {'of':'@OPEN'}"));
    say(&w, ERASE);
    assert_true(stands(&w, "erase.request", ERASE));
    world_release(&w);
}

#define REFUSE "erase_refuse {'of':'@ERASE_REQUEST','reason':'a trial needs it'}"

static void a_head_of_post_refuses(void **state)
{
    (void)state;
    struct world w;

    ask_to_erase(&w, ASK_ERASE("person_asked"));
    w.role = ROLE_OFFICER;
    assert_true(stands(&w, "erase_refuse.head", REFUSE));
    w.role = ROLE_HEAD;
    assert_false(stands(&w, "erase_refuse.head", REFUSE));
    assert_false(stands(&w, "erase.request", REFUSE));
    say(&w, REFUSE);
    assert_true(stands(&w, "erase.request", ERASE));
    assert_true(stands(&w, "erase.request", REFUSE));
    say(&w, ASK_ERASE("order")); /* anew */
    assert_false(stands(&w, "erase.request", ERASE));
    world_release(&w);
}

static void a_hold_stands_before_erasing(void **state)
{
    (void)state;
    struct world w;

    ask_to_erase(&w, ASK_ERASE("order"));
    assert_false(stands(&w, "erase.hold", ERASE));
    say(&w, HOLD);
    assert_true(stands(&w, "erase.hold", ERASE));
    assert_false(stands(&w, "hold.head", HOLD));
    w.role = ROLE_OFFICER;
    assert_true(stands(&w, "hold.head", HOLD));
    assert_true(stands(&w, "hold.head", "legal_hold {'hold':false,'reason':'it is over'}"));
    w.role = ROLE_HEAD;
    say(&w, "legal_hold {'hold':false,'reason':'it is over'}");
    assert_false(stands(&w, "erase.hold", ERASE));
    world_release(&w);
}

/* An open case needs the data, unless it must not be kept at all. */
static void an_open_case_keeps_its_data(void **state)
{
    (void)state;
    struct world w;
    static const char *const must_go[] = {"order", "recorded_wrongly"};

    ask_to_erase(&w, "reopen {'reason':'she came back'}");
    say(&w, ASK_ERASE("person_asked"));
    assert_true(stands(&w, "erase.open", ERASE));
    say(&w, CONSENT("P1", "this post"));
    assert_true(stands(&w, "erase.open", ERASE));
    say(&w, "withdraw_consent {'person':1,'purposes':['P3'],'on':'2026-03-13','form':'oral'}");
    assert_true(stands(&w, "erase.open", ERASE));
    say(&w, "withdraw_consent {'person':1,'purposes':['P1'],'on':'2026-03-13','form':'oral'}");
    assert_false(stands(&w, "erase.open", ERASE));
    say(&w, "consent {'person':1,'purpose':'P1','to':'this post','given_by':'self','form':'oral',"
            "'on':'2026-03-14'}");
    assert_true(stands(&w, "erase.open", ERASE));
    for (size_t i = 0; i < ARRAY_SIZE(must_go); i++) {
        char text[80];
        snprintf(text, sizeof text, "erase_request {'person':1,'basis':'%s'}", must_go[i]);
        say(&w, text);
        assert_false(stands(&w, "erase.open", ERASE));
    }
    say(&w, ASK_ERASE("person_asked"));
    say(&w, CLOSE);
    assert_false(stands(&w, "erase.open", ERASE));
    world_release(&w);
}

static void what_stays_names_nobody(void **state)
{
    (void)state;
    struct world w;

    ask_to_erase(&w, CLOSE);
    assert_true(stands(&w, "keep.identity",
                       "erase_request {'person':1,'basis':'order','reference':'Court, Ana Solis'}"));
    assert_true(stands(&w, "keep.identity",
                       "legal_hold {'hold':true,'reason':'x','reference':'SOLÍS v. employer'}"));
    assert_false(stands(&w, "keep.identity",
                        "erase_request {'person':1,'basis':'order','reference':'Court 12/2026'}"));
    world_release(&w);
}

/* What would be left of the person is named: open fields, and acts about others. */
static void what_would_be_left_is_named(void **state)
{
    (void)state;
    struct world w;
    static const char rosa[] =
        "person {'person':2,'surname_1':'SOLÍS','given_names':'Rosa','nationalities':[]}";

    ask_to_erase(&w, rosa);
    assert_false(stands(&w, "erase.open_text", ASK_ERASE("order")));
    assert_false(stands(&w, "erase.other_text", ASK_ERASE("order"))); /* a name in common */
    say(&w, "need {'person':2,'need':'shelter','urgency':'now','detail':'a bed near Ana'}");
    assert_true(stands(&w, "erase.other_text", ASK_ERASE("order")));
    say(&w, ASK_ERASE("order"));
    assert_true(stands(&w, "erase.other_text", ERASE));
    say(&w, "correct {'of':'@NEED','reason':'named another','payload':"
            "{'person':2,'need':'shelter','urgency':'now','detail':'a bed'}}");
    assert_false(stands(&w, "erase.other_text", ERASE));
    assert_false(stands(&w, "erase.open_text", ERASE));
    say(&w, "situation {'locality':'with Ana Solis'}"); /* after the request: it stays */
    assert_true(stands(&w, "erase.other_text", ERASE));
    say(&w, "report {'meeting':'M','on':'2026-03-30','lessons':'Ana Solís went home'}");
    assert_true(stands(&w, "erase.open_text", ERASE));
    world_release(&w);

    ask_to_erase(&w, "data_return {'state':'MX','asked_on':'2026-03-13','form':'returned',"
                     "'reference':'Solís file'}");
    assert_true(stands(&w, "erase.open_text", ASK_ERASE("order")));
    world_release(&w);
}

static void the_head_determines(void **state)
{
    (void)state;
    struct world w;
    static const char determine[] = "determine {'requirement':'R9','status':'met','reason':'x'}";

    world_init(&w);
    say(&w, OPEN);
    say(&w, PERSON);
    assert_true(stands(&w, "determine.head", determine));
    w.role = ROLE_HEAD;
    assert_false(stands(&w, "determine.head", determine));
    world_release(&w);
}

static void closed_cases_may_be_corrected(void **state)
{
    (void)state;
    struct world w;
    static const char *const acts[] = {CHOSEN, REQUEST, CLOSE};
    static const char correction[] =
        "correct {'of':'@POLL','reason':'typed wrong','payload':{'round':1,'to':['MX'],"
        "'reply_by':'2026-03-19'}}";

    world_init(&w);
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++)
        say(&w, acts[i]);
    assert_false(stands(&w, "closed.exchange", correction));
    assert_true(stands(&w, "closed.exchange", POLL));
    world_release(&w);
}

/* Facts that cannot be read must not open a gate. */
static void broken_facts_open_nothing(void **state)
{
    (void)state;
    struct world w;
    static const char *const acts[] = {CHOSEN, CONSENT("P4", "MX")};

    world_init(&w);
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++)
        say(&w, acts[i]);
    assert_false(stands(&w, "N.nationality", REQUEST));
    assert_false(stands(&w, "P.network", POLL));
    json_object_set_new(w.directory, "parties", json_string("damaged"));
    assert_true(stands(&w, "N.nationality", REQUEST));
    assert_true(stands(&w, "P.network", POLL));
    world_release(&w);
}

/* The note covers the first of very many: no assistance to the last. */
static void nobody_is_left_unasked(void **state)
{
    (void)state;
    struct world w;
    struct buf text = BUF_INIT;

    world_init(&w);
    say(&w, OPEN);
    buf_adds(&text, "assist {'at':'2026-03-14T10:00:00Z','by':'MX','kind':'visit','persons':[");
    for (int i = 1; i <= CASE_PERSONS_MOST; i++)
        buf_addf(&text, "%s%d", i > 1 ? "," : "", i);
    buf_adds(&text, "],'manner':'good_offices','detail':'x'," T "}");
    struct gate_findings found = ask(&w, buf_text(&text), NULL);
    size_t lines = 0;
    for (size_t i = 0; i < found.count; i++)
        lines += !strcmp(found.list[i].gate, "A.note");
    assert_int_equal(lines, CASE_PERSONS_MOST);
    gate_findings_release(&found);
    buf_release(&text);
    world_release(&w);
}

static void gates_are_known_by_name(void **state)
{
    (void)state;
    assert_true(gate_known("P.consent"));
    assert_true(gate_known("P"));
    assert_false(gate_known("P."));
    assert_false(gate_known("P.con"));
    assert_false(gate_known(""));
    assert_false(gate_known("X"));
}

/* ---- overrides ---- */

#define OVERRIDE(more)                                                                             \
    "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','override':{'reason':'danger'" more "}}"

static bool passes(struct world *w, const char *text)
{
    bool ok;
    struct gate_findings found = ask(w, text, &ok);

    gate_findings_release(&found);
    return ok;
}

static void overrides(void **state)
{
    (void)state;
    struct world w;

    world_init(&w);
    say(&w, OPEN);
    say(&w, PERSON);
    say(&w, GROUND);
    assert_false(passes(&w, POLL));
    assert_false(passes(&w, OVERRIDE(""))); /* an officer may not */
    w.role = ROLE_HEAD;
    assert_true(passes(&w, OVERRIDE("")));
    assert_false(passes(&w, OVERRIDE(",'for':['P.consent']")));
    assert_true(passes(&w, OVERRIDE(",'for':['P.consent','P.decision']")));
    assert_true(passes(&w, OVERRIDE(",'for':['P']")));
    assert_false(passes(&w, OVERRIDE(",'for':['N']")));
    /* where life is in danger any officer may, a clerk never */
    say(&w, "correct {'of':'@OPEN','reason':'worse','payload':{'role':'requesting',"
            "'receiving_state':'AE','priority':'life_threatening','source':'ngo'}}");
    w.role = ROLE_OFFICER;
    assert_true(passes(&w, OVERRIDE("")));
    w.role = ROLE_CLERK;
    assert_false(passes(&w, OVERRIDE("")));
    /* hard stays hard */
    w.role = ROLE_HEAD;
    say(&w, AFRAID);
    assert_false(passes(&w, OVERRIDE(",'for':['P.lock']")));
    assert_false(passes(&w, OVERRIDE("")));
    world_release(&w);
}

/* ---- what the refusal says, and what is missing ---- */

static void refusal_lines(void **state)
{
    (void)state;
    struct world w;
    struct error err = ERROR_INIT;
    bool ok;

    world_init(&w);
    say(&w, OPEN);
    say(&w, PERSON);
    struct gate_findings found = ask(&w, ASSIST, &ok);
    assert_false(ok);
    assert_false(gate_refusal(&found, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_int_equal(strncmp(error_text(&err), "6: ", 3), 0);
    assert_non_null(strstr(error_text(&err), "[A.note]"));
    assert_null(strchr(error_text(&err), '\n')); /* warnings are no causes */
    error_release(&err);
    gate_findings_release(&found);
    world_release(&w);
}

static bool is_missing(struct world *w, const char *act, const char *gate)
{
    struct gate_input in = {.c = &w->c,
                            .directory = w->directory,
                            .now = w->now,
                            .role = w->role,
                            .signer = w->signer,
                            .heads = w->heads};
    json_t *list = gate_missing(&in, english), *line;
    bool there = false;
    size_t i;

    json_array_foreach(list, i, line)
    {
        assert_true(json_is_string(json_object_get(line, "text")));
        there |= !strcmp(json_string_value(json_object_get(line, "for")), act) &&
                 !strcmp(json_string_value(json_object_get(line, "gate")), gate);
    }
    json_decref(list);
    return there;
}

/* Does that gate refuse it, of what came by pouch and was said then? */
static bool stops_what_came(struct world *w, const char *gate, const char *text, const char *said)
{
    struct gate_findings found;
    enum act_kind kind;
    json_t *payload = payload_of(&w->c, text, &kind);
    struct gate_input in = {.c = &w->c,
                            .kind = kind,
                            .payload = payload,
                            .directory = w->directory,
                            .now = w->now,
                            .said = said,
                            .role = w->role,
                            .signer = w->signer,
                            .heads = w->heads};

    gate_check(&in, english, &found);
    bool stops = named(&found, gate) != NULL;
    gate_findings_release(&found);
    json_decref(payload);
    return stops;
}

/* What comes by pouch answers what was known where it was said; no gate goes by when it came. */
static void what_came_is_asked_as_of_its_hour(void **state)
{
    (void)state;
    struct world w;
    const char *const before[] = {CHOSEN, REQUEST, ASSIST};

    world_init(&w);
    for (size_t i = 0; i < ARRAY_SIZE(before); i++)
        say(&w, before[i]);
    assert_true(stops_what_came(&w, "C.acceptance", CLOSE, NULL));
    assert_false(stops_what_came(&w, "C.acceptance", CLOSE, "2026-03-14T09:30:00Z"));
    say(&w, "withdraw {'note':'@REQ','at':'2026-03-14T09:00:00Z','reason':'x'}");
    assert_true(stops_what_came(&w, "accept.note", ACCEPT(""), NULL));
    assert_false(stops_what_came(&w, "accept.note", ACCEPT(""), "2026-03-14T08:59:59Z"));
    assert_true(stops_what_came(&w, "accept.note", ACCEPT(""), "2026-03-14T09:00:00Z"));
    world_release(&w);
}

static void missing(void **state)
{
    (void)state;
    static const char *const steps[] = {PERSON, GROUND, APPLIES, CONSENT("P3", "focal points"),
                                        POLL,   OFFER,  CHOICE};
    struct world w;

    world_init(&w);
    say(&w, OPEN);
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        if (i == 2)
            assert_true(is_missing(&w, "poll", "P.decision"));
        if (i == 6)
            assert_true(is_missing(&w, "note", "N.choice"));
        say(&w, steps[i]);
    }
    assert_false(is_missing(&w, "poll", "P.decision"));
    assert_false(is_missing(&w, "note", "N.choice"));
    assert_true(is_missing(&w, "note", "N.consent"));
    assert_true(is_missing(&w, "assist", "A.note"));
    say(&w, REQUEST);
    assert_false(is_missing(&w, "note", "N.consent"));
    assert_false(is_missing(&w, "assist", "A.note"));
    assert_true(is_missing(&w, "assist", "A.acceptance"));
    say(&w, ASSIST);
    assert_true(is_missing(&w, "close", "C.acceptance"));
    say(&w, CLOSE);
    assert_false(is_missing(&w, "close", "C.acceptance"));
    world_release(&w);
}

/* Every row is asked of by a test above, and described. */
static void no_row_without_a_test(void **state)
{
    (void)state;
    static const char *const others[] = {"secretariat.side", "secretariat.identity",
                                         "clerk", "clock", "countersign.head",
                                         "countersign.author", "lift_lock.head",
                                         "determine.head",     "keep.identity",
                                         "erase.request",      "erase.second",
                                         "erase.enrolled",     "erase.head",
                                         "erase.hold",         "erase.open",
                                         "hold.head",          "erase.open_text",
                                         "erase.other_text",   "erase_refuse.head"};
    json_t *table = gates_describe(english), *row;
    size_t i;

    json_array_foreach(table, i, row)
    {
        const char *id = json_string_value(json_object_get(row, "gate"));
        bool there = false;
        for (size_t t = 0; t < ARRAY_SIZE(row_tests); t++)
            there |= !strcmp(row_tests[t].gate, id);
        for (size_t t = 0; t < ARRAY_SIZE(others); t++)
            there |= !strcmp(others[t], id);
        if (!there)
            fail_msg("no test asks for %s", id);
    }
    json_decref(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows),
        cmocka_unit_test(clerk),
        cmocka_unit_test(clock_behind),
        cmocka_unit_test(countersigning),
        cmocka_unit_test(the_secretariat_knows_nobody),
        cmocka_unit_test(lock_is_lifted_by_the_head),
        cmocka_unit_test(two_officers_erase),
        cmocka_unit_test(an_officer_confirms_what_the_head_asks),
        cmocka_unit_test(a_request_is_carried_out_once),
        cmocka_unit_test(a_head_of_post_refuses),
        cmocka_unit_test(a_hold_stands_before_erasing),
        cmocka_unit_test(an_open_case_keeps_its_data),
        cmocka_unit_test(what_stays_names_nobody),
        cmocka_unit_test(what_would_be_left_is_named),
        cmocka_unit_test(the_head_determines),
        cmocka_unit_test(closed_cases_may_be_corrected),
        cmocka_unit_test(broken_facts_open_nothing),
        cmocka_unit_test(nobody_is_left_unasked),
        cmocka_unit_test(gates_are_known_by_name),
        cmocka_unit_test(overrides),
        cmocka_unit_test(refusal_lines),
        cmocka_unit_test(what_came_is_asked_as_of_its_hour),
        cmocka_unit_test(missing),
        cmocka_unit_test(no_row_without_a_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
