/* SPDX-License-Identifier: MIT */
/*
 * Why equal stories may be merged. A gate row that can refuse looks, of the acts of this table, at
 * no more than this:
 *
 * - the lock of person 2: the last of record and lifting (SAID_LOCK, SAID_LIFT);
 * - consent P4 of person 1: all are of one day, so the last one said counts;
 * - in which rounds Mexico was asked; more polls of a round add nothing;
 * - Mexico's last answer in each; whether it was chosen, which nothing takes back;
 * - of each request: persons, from when, until when (the earliest of its ends: any end ends it),
 *   whether it was accepted, and annulled (which is done once). Rows ask for the latest request of
 *   some property, or whether there is one, so of two that are alike the earlier is never the
 *   answer; nor is one that was over before it was handed over, for any person at any time. Both
 *   are dropped. The last request is no such twin: the acts here refer to it, and may change it;
 * - which acts of assistance there are: rows go through all of them, in any order, and twice the
 *   same says what once says;
 * - whether a cost is without its source: the acts here settle it before there is another;
 * - whether the case is closed. All is recorded at one instant, so when it was closed is no matter.
 *
 * Reports and notices no row asks for but to warn; warnings refuse nothing. Rows that look at the
 * officer (role, key) look at the act in hand. What the prelude says does not change.
 */
#include "story.h"

#include <string.h>

#include "amparo/base/mem.h"

#define SAID_OF(day)                                                                               \
    "'transcribed':{'from':'Embassy of Mexico','channel':'email','on':'2026-03-" day "'}"
#define TO_MX "'to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'}"
#define REQUEST(persons, day, at)                                                                  \
    "{'kind':'REQ','direction':'out'," TO_MX ",'persons':" persons                                 \
    ",'scope':'visits','date':'2026-03-" day "','at':'" at "'}"
#define ASSIST(persons, at)                                                                        \
    "assist {'at':'" at "','by':'MX','kind':'visit','persons':" persons                            \
    ",'manner':'good_offices','detail':'a visit'," SAID_OF("16") "}"
#define PERSON(n, name, more)                                                                      \
    "person {'person':" n ",'surname_1':'" name "','given_names':'Ana',"                           \
    "'nationalities':[{'state':'HN','proof':'passport'}]" more "}"
#define COST_OF(source)                                                                            \
    "{'on':'2026-03-15','amount':'1850','currency':'AED','source':'" source "','item':'air'}"
#define COST(source) "cost " COST_OF(source)
#define CONSENT(n, purpose, to)                                                                    \
    "consent {'person':" n ",'purpose':'" purpose "','to':'" to "','given_by':'self',"             \
    "'form':'oral','on':'2026-03-12'}"

static const char *const requesting_prelude[] = {
    "open {'role':'requesting','receiving_state':'AE','priority':'urgent','source':'ngo'}",
    PERSON("1", "SOLÍS", ""),
    PERSON("2", "PAZ", ""),
    "ground {'person':1,'code':'G5','perpetrator':'employer','facts':'unpaid'}",
    "ground {'person':2,'code':'G5','perpetrator':'employer','facts':'unpaid'}",
    "decide {'decision':'applies','reason':'the facts agree'}",
    CONSENT("1", "P3", "focal points"),
    CONSENT("2", "P3", "focal points"),
    CONSENT("2", "P4", "MX"),
    NULL,
};

#define H ROLE_HEAD
#define O ROLE_OFFICER
enum { BOTH = PERSON_1 | PERSON_2 };

static const struct act_said requesting_acts[] = {
    {"2 fears the own State", PERSON("2", "PAZ", ",'fears_own_state':true"), O, .said = SAID_LOCK},
    {"the lock of 2 is lifted", "lift_lock {'person':2,'counselling':'UNHCR','consent':'hers'}", H,
     .said = SAID_LIFT},
    {"1 agrees to be named to Mexico", CONSENT("1", "P4", "MX"), O, .said = SAID_CONSENT},
    {"1 takes that back",
     "withdraw_consent {'person':1,'purposes':['P4'],'on':'2026-03-12','form':'telephone'}", O,
     .said = SAID_NO_CONSENT},
    {"Mexico is asked about 1 and 2, by override",
     "poll "
     "{'round':1,'to':['MX'],'reply_by':'2026-03-18','persons':[1,2],'override':{'reason':'danger'}"
     "}",
     H, .said = SAID_POLL, .persons = BOTH, .round = 1},
    {"Mexico is asked about 1",
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','persons':[1]}", O, .said = SAID_POLL,
     .persons = PERSON_1, .round = 1},
    {"Mexico offers",
     "reply "
     "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,'services':['shelter']"
     "," SAID_OF("14") "}",
     O, .said = SAID_OFFER, .round = 1},
    {"Mexico declines the poll",
     "decline {'state':'MX','stage':'poll','round':1," SAID_OF("14") "}", O, .said = SAID_DECLINE,
     .round = 1},
    {"Mexico is chosen", "choose {'state':'MX','reason':'same language'}", O, .said = SAID_CHOICE},
    {"request for 1, 13 March 10:00", "note " REQUEST("[1]", "13", "2026-03-13T14:00:00+04:00"), O,
     .said = SAID_REQUEST, .persons = PERSON_1, .at = NOTE_1},
    {"request for 1 and 2, 14 March 10:00, by override",
     "note {'kind':'REQ','direction':'out'," TO_MX
     ",'persons':[1,2],'scope':'visits','date':'2026-03-14',"
     "'at':'2026-03-14T04:00:00-06:00','override':{'reason':'danger'}}",
     H, .said = SAID_REQUEST, .persons = BOTH, .at = NOTE_2},
    {"another note that names 1 and 2",
     "note {'kind':'SCOPE','direction':'out'," TO_MX ",'persons':[1,2],'date':'2026-03-14'}", O,
     .said = SAID_OTHER_NOTE, .persons = BOTH},
    {"the request is annulled", "annul {'note':'@NOTE','reason':'typed wrong'}", O,
     .said = SAID_ANNUL, .at = NOW},
    {"the request is withdrawn, 15 March 10:00",
     "withdraw {'note':'@NOTE','at':'2026-03-15T10:00:00Z','reason':'new facts'}", O,
     .said = SAID_END, .at = WITHDRAWN},
    {"Mexico declines the note, 14 March",
     "decline {'state':'MX','stage':'note','note':'@NOTE'," SAID_OF("14") "}", O, .said = SAID_END,
     .at = DECLINED},
    {"Mexico ends its assistance, to hand over on 14 March",
     "decline "
     "{'state':'MX','stage':'assistance','note':'@NOTE','hand_over_on':'2026-03-14'," SAID_OF(
         "14") "}",
     O, .said = SAID_END, .at = HANDED_OVER},
    {"Mexico accepts", "accept {'state':'MX','note':'@NOTE','scope':'visits'," SAID_OF("14") "}", O,
     .said = SAID_ACCEPT},
    {"1 is assisted the minute before the note", ASSIST("[1]", "2026-03-13T09:59:00Z"), O,
     .said = SAID_ASSIST, .persons = PERSON_1, .at = BEFORE_NOTE_1},
    {"1 is assisted on 13 March 20:00", ASSIST("[1]", "2026-03-13T20:00:00Z"), O,
     .said = SAID_ASSIST, .persons = PERSON_1, .at = FIRST_EVENING},
    {"1 and 2 are assisted on 14 March 11:00", ASSIST("[1,2]", "2026-03-14T11:00:00Z"), O,
     .said = SAID_ASSIST, .persons = BOTH, .at = AFTER_NOTE_2},
    {"1 is assisted on 15 March 12:00", ASSIST("[1]", "2026-03-15T12:00:00Z"), O,
     .said = SAID_ASSIST, .persons = PERSON_1, .at = LAST_VISIT},
    {"the request is corrected: for 1, 14 March 10:00",
     "correct {'of':'@NOTE','reason':'typed wrong','payload':" REQUEST("[1]", "14",
                                                                       "2026-03-14T10:00:00Z") "}",
     O, .said = SAID_CORRECT, .persons = PERSON_1, .at = NOTE_2},
    {"closed: repatriated", "close {'outcome':['repatriated'],'unmet_needs':[]}", O,
     .said = SAID_CLOSE},
    {"closed: out of reach, no reason said", "close {'outcome':['out_of_reach'],'unmet_needs':[]}",
     O, .said = SAID_CLOSE, .bare = true},
    {"closed: out of reach, with the reason",
     "close {'outcome':['out_of_reach'],'reason':'no telephone','unmet_needs':[]}", O,
     .said = SAID_CLOSE},
    {"reopened", "reopen {'reason':'new facts'}", O, .said = SAID_REOPEN},
    {"reported", "report {'meeting':'LON-CP','on':'2026-06-01'}", O, .said = SAID_REPORT,
     .bare = true},
    {"reported as pending", "report {'meeting':'LON-CP','on':'2026-06-01','pending':true}", O,
     .said = SAID_REPORT},
    {"the Secretariat is told", "notify {'event':'poll','text':'one case'}", O,
     .said = SAID_NOTICE},
    {"the Secretariat is told of Ana Solís", "notify {'event':'poll','text':'for Ana Solis'}", O,
     .said = SAID_NOTICE, .identity = true},
    {"a note to the Secretariat names 1",
     "note {'kind':'TSN','direction':'out','to':{'state':'CR','office':'Technical "
     "Secretariat','city':"
     "'San José'},'persons':[1],'date':'2026-03-14'}",
     O, .said = SAID_NOTICE, .identity = true},
    {"an officer lifts the lock of 2",
     "lift_lock {'person':2,'counselling':'UNHCR','consent':'hers'}", O, .said = SAID_LIFT,
     .bare = true},
    {"Mexico is asked in a second round",
     "poll {'round':2,'to':['MX'],'reply_by':'2026-03-21','persons':[1]}", O, .said = SAID_POLL,
     .persons = PERSON_1, .round = 2},
    {"Mexico offers in the second round",
     "reply "
     "{'state':'MX','round':2,'legal':'yes','material':'yes','offer':true,'services':['shelter']"
     "," SAID_OF("16") "}",
     O, .said = SAID_OFFER, .round = 2},
    {"2 is recorded anew, without fear", PERSON("2", "PAZ", ",'fears_own_state':false"), O,
     .said = SAID_RECORD},
    {"1 is assisted on the day of closing, after it", ASSIST("[1]", "2026-03-20T12:00:00Z"), O,
     .said = SAID_ASSIST, .persons = PERSON_1, .at = NOW},
    {"a cost, its source not known", COST("undetermined"), O, .said = SAID_COST, .bare = true},
    {"the cost is the State of citizenship's",
     "correct {'of':'@COST','reason':'it is known now','payload':" COST_OF(
         "state_of_citizenship") "}",
     O, .said = SAID_SETTLED},
    {"a clerk asks Mexico about 1",
     "poll {'round':1,'to':['MX'],'reply_by':'2026-03-18','persons':[1]}", ROLE_CLERK,
     .said = SAID_POLL, .persons = PERSON_1, .round = 1, .bare = true},
};

/* ---- the post that assists ---- */

#define SAID_BY_HN(day) "'transcribed':{'from':'Honduras','channel':'email','on':'2026-03-" day "'}"
#define RECEIVED(persons, day, at)                                                                 \
    "{'kind':'REQ','direction':'in','from':{'state':'HN','office':'Embassy','city':'Cairo'},"      \
    "'persons':" persons ",'date':'2026-03-" day "','at':'" at                                     \
    "','number':'9/2026'," SAID_BY_HN(day) "}"
#define OURS(persons, at)                                                                          \
    "assist {'at':'" at "','by':'MX','kind':'visit','persons':" persons                            \
    ",'manner':'good_offices','detail':'a visit'}"

static const char *const assisting_prelude[] = {
    "open {'role':'assisting','requesting_state':'HN','receiving_state':'AE','priority':'urgent',"
    "'source':'other_post'}",
    PERSON("1", "SOLÍS", ""),
    PERSON("2", "PAZ", ""),
    CONSENT("1", "P4", "HN"),
    CONSENT("2", "P4", "HN"),
    NULL,
};

static const struct act_said assisting_acts[] = {
    {"2 fears the own State", PERSON("2", "PAZ", ",'fears_own_state':true"), O, .said = SAID_LOCK},
    {"the lock of 2 is lifted", "lift_lock {'person':2,'counselling':'UNHCR','consent':'hers'}", H,
     .said = SAID_LIFT},
    {"a request for 1 came, 13 March 10:00",
     "note " RECEIVED("[1]", "13", "2026-03-13T14:00:00+04:00"), O, .said = SAID_RECEIVED,
     .persons = PERSON_1, .at = NOTE_1},
    {"a request for 1 and 2 came, 14 March 10:00",
     "note " RECEIVED("[1,2]", "14", "2026-03-14T04:00:00-06:00"), O, .said = SAID_RECEIVED,
     .persons = BOTH, .at = NOTE_2},
    {"a note to Honduras names 1 and 2",
     "note {'kind':'SCOPE','direction':'out','to':{'state':'HN','office':'Directorate','city':"
     "'Tegucigalpa'},'persons':[1,2],'date':'2026-03-14'}",
     O, .said = SAID_OTHER_NOTE, .persons = BOTH},
    {"the request is annulled", "annul {'note':'@NOTE','reason':'typed wrong'}", O,
     .said = SAID_ANNUL, .at = NOW},
    {"Honduras withdraws the request, 15 March 10:00",
     "withdraw {'note':'@NOTE','at':'2026-03-15T10:00:00Z','reason':'new facts'," SAID_BY_HN(
         "15") "}",
     O, .said = SAID_END, .at = WITHDRAWN},
    {"we end our assistance, to hand over on 14 March",
     "decline {'state':'MX','stage':'assistance','note':'@NOTE','hand_over_on':'2026-03-14'}", O,
     .said = SAID_END, .at = HANDED_OVER},
    {"we accept", "accept {'state':'MX','note':'@NOTE','scope':'visits'}", O, .said = SAID_ACCEPT},
    {"1 is helped in danger, outside the mechanism",
     "contact {'at':'2026-03-13T09:00:00Z','reason':'shots','detail':'water'}", O,
     .said = SAID_RECORD},
    {"1 is assisted the minute before the note", OURS("[1]", "2026-03-13T09:59:00Z"), O,
     .said = SAID_ASSIST, .persons = PERSON_1, .at = BEFORE_NOTE_1},
    {"1 is assisted on 13 March 20:00", OURS("[1]", "2026-03-13T20:00:00Z"), O, .said = SAID_ASSIST,
     .persons = PERSON_1, .at = FIRST_EVENING},
    {"1 and 2 are assisted on 14 March 11:00", OURS("[1,2]", "2026-03-14T11:00:00Z"), O,
     .said = SAID_ASSIST, .persons = BOTH, .at = AFTER_NOTE_2},
    {"1 is assisted on 15 March 12:00", OURS("[1]", "2026-03-15T12:00:00Z"), O, .said = SAID_ASSIST,
     .persons = PERSON_1, .at = LAST_VISIT},
    {"1 is assisted on the day of closing, after it", OURS("[1]", "2026-03-20T12:00:00Z"), O,
     .said = SAID_ASSIST, .persons = PERSON_1, .at = NOW},
    {"the request is corrected: for 1, 14 March 10:00",
     "correct {'of':'@NOTE','reason':'typed wrong','payload':" RECEIVED("[1]", "14",
                                                                        "2026-03-14T10:00:00Z") "}",
     O, .said = SAID_CORRECT, .persons = PERSON_1, .at = NOTE_2, .came_in = true},
    {"closed: repatriated", "close {'outcome':['repatriated'],'unmet_needs':[]}", O,
     .said = SAID_CLOSE},
    {"closed: out of reach, no reason said", "close {'outcome':['out_of_reach'],'unmet_needs':[]}",
     O, .said = SAID_CLOSE, .bare = true},
    {"reopened", "reopen {'reason':'new facts'}", O, .said = SAID_REOPEN},
    {"reported", "report {'meeting':'LON-CP','on':'2026-06-01'}", O, .said = SAID_REPORT,
     .bare = true},
    {"reported as pending", "report {'meeting':'LON-CP','on':'2026-06-01','pending':true}", O,
     .said = SAID_REPORT},
    {"the Secretariat is told of Ana Solís", "notify {'event':'request','text':'for Ana Solis'}", O,
     .said = SAID_NOTICE, .identity = true},
    {"the post that assists chooses", "choose {'state':'MX','reason':'ourselves'}", H,
     .said = SAID_THEIRS},
    {"the post that assists asks the focal points",
     "poll {'round':1,'to':['CR'],'reply_by':'2026-03-18','override':{'reason':'danger'}}", H,
     .said = SAID_THEIRS},
    {"the post that assists requests of itself",
     "note {'kind':'REQ','direction':'out'," TO_MX ",'persons':[1],'date':'2026-03-13','at':"
     "'2026-03-13T10:00:00Z','override':{'reason':'danger'}}",
     H, .said = SAID_THEIRS},
};

#define PLAY(name_, state_)                                                                        \
    {                                                                                              \
        .post_state = state_, .prelude = name_##_prelude, .acts = name_##_acts,                    \
        .count = ARRAY_SIZE(name_##_acts)                                                          \
    }
const struct play plays[PLAYS] = {
    [REQUESTING] = PLAY(requesting, "HN"), [ASSISTING] = PLAY(assisting, "MX")};

void story_begin(struct story *s)
{
    memset(s, 0, sizeof *s);
}

static struct request_said *last_request(struct story *s)
{
    return s->request_count ? &s->requests[s->request_count - 1] : NULL;
}

/* Over before it began: it covers nobody at any time. */
static bool is_dead(const struct request_said *r)
{
    return r->until <= r->at;
}

/* Drops, of all but the last, what is never the answer to a question: see above. */
static void tidy(struct story *s)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->request_count; i++) {
        bool drop = i + 1 < s->request_count && is_dead(&s->requests[i]);
        for (size_t j = i + 1; j + 1 < s->request_count && !drop; j++)
            drop = !memcmp(&s->requests[i], &s->requests[j], sizeof s->requests[i]);
        if (!drop)
            s->requests[kept++] = s->requests[i];
    }
    memset(&s->requests[kept], 0, (NOTES_MOST - kept) * sizeof *s->requests);
    s->request_count = (uint8_t)kept;
}

static void add_request(struct story *s, const struct act_said *act)
{
    if (s->request_count == NOTES_MOST) {
        s->full = true;
        return;
    }
    struct request_said *r = &s->requests[s->request_count++];
    r->at = act->at;
    r->until = NEVER;
    r->persons = act->persons;
}

/* When each of the acts of assistance was. */
static const uint16_t assisted_at[ASSISTS] = {BEFORE_NOTE_1, FIRST_EVENING, AFTER_NOTE_2,
                                              LAST_VISIT, NOW};

static void add_assistance(struct story *s, const struct act_said *act)
{
    for (size_t i = 0; i < ASSISTS; i++)
        if (assisted_at[i] == act->at)
            s->assisted[i] = act->persons;
}

void story_say(struct story *s, const struct act_said *act)
{
    struct request_said *last = last_request(s);

    switch (act->said) {
    case SAID_LOCK:
    case SAID_LIFT:
        s->locked = act->said == SAID_LOCK;
        break;
    case SAID_CONSENT:
    case SAID_NO_CONSENT:
        s->consent = act->said == SAID_CONSENT ? 1 : 2;
        break;
    case SAID_POLL:
        s->polled[act->round - 1] = true;
        break;
    case SAID_OFFER:
    case SAID_DECLINE:
        s->answer[act->round - 1] = act->said == SAID_OFFER ? 1 : 2;
        break;
    case SAID_CHOICE:
        s->chosen = true;
        break;
    case SAID_REQUEST:
    case SAID_RECEIVED:
        add_request(s, act);
        break;
    case SAID_ANNUL:
        last->annulled = true;
        if (act->at < last->until)
            last->until = act->at;
        break;
    case SAID_END:
        if (act->at < last->until)
            last->until = act->at;
        break;
    case SAID_ACCEPT:
        last->accepted = true;
        break;
    case SAID_ASSIST:
        add_assistance(s, act);
        break;
    case SAID_CORRECT:
        last->at = act->at;
        last->persons = act->persons;
        break;
    case SAID_CLOSE:
    case SAID_REOPEN:
        s->closed = act->said == SAID_CLOSE;
        break;
    case SAID_COST:
    case SAID_SETTLED:
        s->owing = act->said == SAID_COST;
        break;
    case SAID_OTHER_NOTE:
    case SAID_REPORT:
    case SAID_NOTICE:
    case SAID_RECORD:
    case SAID_THEIRS:
        break;
    }
    tidy(s);
}

bool story_can_say(const struct story *s, const struct act_said *act)
{
    switch (act->said) {
    case SAID_ANNUL:
    case SAID_END:
    case SAID_ACCEPT:
    case SAID_CORRECT:
        return s->request_count > 0;
    case SAID_RECEIVED: /* a third one says nothing that two do not */
        return s->request_count < 2;
    case SAID_COST:
        return !s->owing;
    case SAID_SETTLED:
        return s->owing;
    default:
        return true;
    }
}

/* ---- what the agreement forbids ---- */

/* The last request in force for one person at that minute, or NULL. */
static const struct request_said *in_force(const struct story *s, uint8_t person, uint16_t at)
{
    const struct request_said *found = NULL;

    for (size_t i = 0; i < s->request_count; i++) {
        const struct request_said *r = &s->requests[i];
        if ((r->persons & person) && r->at <= at && at < r->until)
            found = r;
    }
    return found;
}

static bool all_in_force(const struct story *s, uint8_t persons, uint16_t at)
{
    for (uint8_t person = PERSON_1; person <= PERSON_2; person++)
        if ((persons & person) && !in_force(s, person, at))
            return false;
    return true;
}

static bool assistance_covered(const struct story *s, bool accepted)
{
    for (size_t i = 0; i < ASSISTS; i++)
        for (uint8_t person = PERSON_1; person <= PERSON_2; person++) {
            if (!(s->assisted[i] & person))
                continue;
            const struct request_said *r = in_force(s, person, assisted_at[i]);
            if (!r || (accepted && !r->accepted))
                return false;
        }
    return true;
}

static bool open_for(const struct story *s, uint8_t persons)
{
    for (size_t i = 0; i < s->request_count; i++)
        if ((s->requests[i].persons & persons) && s->requests[i].until == NEVER)
            return true;
    return false;
}

/* The answer of the later round counts, where there is one. */
static uint8_t answer(const struct story *s)
{
    return s->answer[1] ? s->answer[1] : s->answer[0];
}

/* What leaves the post for the other State, with these persons in it. */
static const char *outgoing(const struct story *s, const struct act_said *act, bool named)
{
    if (s->locked && (act->persons & PERSON_2))
        return "something about 2 goes out under the protection lock (3)";
    if (named && s->consent == 2 && (act->persons & PERSON_1))
        return "1 is named to the other State after taking consent back (3)";
    return NULL;
}

static const char *request(const struct story *s, const struct act_said *act)
{
    const char *why = outgoing(s, act, true);

    if (why)
        return why;
    if (s->closed)
        return "a request after closing (7.7)";
    if (!s->chosen)
        return "a request to a State that was not chosen (5)";
    if (open_for(s, act->persons))
        return "a second open request for a person (6)";
    return NULL;
}

static const char *correction(const struct story *s, const struct act_said *act)
{
    struct story after = *s;

    story_say(&after, act);
    if (assistance_covered(s, false) && !assistance_covered(&after, false))
        return "a correction takes the note from under an assistance (6)";
    return act->came_in ? NULL : outgoing(s, act, true);
}

static const char *closing(const struct story *s, const struct act_said *act)
{
    if (act->bare)
        return "an exit without its reason (7.7)";
    if (s->closed)
        return "closed twice (7.7)";
    if (s->owing)
        return "closed over a cost without its source (8)";
    if (!assistance_covered(s, true))
        return "closed over an assistance that nobody accepted (5)";
    return NULL;
}

const char *story_objection(const struct story *s, const struct act_said *act)
{
    switch (act->said) {
    case SAID_LIFT:
        return act->bare ? "a lock lifted by who is no head of post (3)" : NULL;
    case SAID_POLL:
        return act->bare   ? "a poll by a clerk"
               : s->closed ? "a poll after closing (7.7)"
                           : outgoing(s, act, false);
    case SAID_OFFER:
    case SAID_DECLINE:
        return s->polled[act->round - 1] ? NULL : "an answer to no poll (7.6)";
    case SAID_CHOICE:
        return s->closed        ? "a choice after closing (7.7)"
               : answer(s) != 1 ? "a choice of a State that does not offer (5)"
                                : NULL;
    case SAID_REQUEST:
        return request(s, act);
    case SAID_OTHER_NOTE:
        return outgoing(s, act, true);
    case SAID_ACCEPT:
        return s->requests[s->request_count - 1].until == NEVER
                   ? NULL
                   : "an acceptance of a request that has ended (5)";
    case SAID_ASSIST:
        return !all_in_force(s, act->persons, act->at)
                   ? "assistance without a note that covers each person, before it (6)"
               : s->closed && act->at >= NOW ? "assistance after closing (7.7)"
                                             : NULL;
    case SAID_CORRECT:
        return correction(s, act);
    case SAID_CLOSE:
        return closing(s, act);
    case SAID_REOPEN:
        return s->closed ? NULL : "an open case reopened (7.7)";
    case SAID_REPORT:
        return act->bare && !s->closed ? "a report without a closing or its mark (7.7)" : NULL;
    case SAID_THEIRS:
        return "one side says what is the other's to say (2, 5)";
    case SAID_NOTICE:
        return act->identity ? "the Secretariat is told who (5)" : NULL;
    case SAID_LOCK:
    case SAID_CONSENT:
    case SAID_NO_CONSENT:
    case SAID_ANNUL:
    case SAID_END:
    case SAID_COST:
    case SAID_SETTLED:
    case SAID_RECORD:
    case SAID_RECEIVED:
        break;
    }
    return NULL;
}
