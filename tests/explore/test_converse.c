/* SPDX-License-Identifier: MIT */
/*
 * Every schedule of a small world in which posts talk, on the real fold: two States, their posts,
 * the directorate and the Secretariat, each dispatch late, lost, doubled, in any order; and
 * somebody hostile among them. And that this can fail: without each of some rules, a way is found
 * and printed. With AMPARO_LONG=1 larger worlds, and more that is said by who is hostile.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "converse.h"

#define ALL "CR HN MX ts"
#define US "HN MX ts"
#define CRS "CR HN ts"
#define OFFICE(state) "{'state':'" state "','office':'Embassy','city':'Abu Dhabi'}"
#define POLL(to) "{'round':1,'to':[" to "],'reply_by':'2026-03-20'}"
#define REPLY(state)                                                                               \
    "{'state':'" state "','round':1,'legal':'yes','material':'yes','offer':true,'services':[]}"
#define REQ(state)                                                                                 \
    "{'kind':'REQ','direction':'out','to':" OFFICE(state) ",'persons':[1],'date':'2026-03-11',"    \
                                                          "'at':'2026-03-11T10:00:00Z'}"
#define REQ_AGAIN(n)                                                                               \
    "{'kind':'REQ','direction':'out','to':" OFFICE(                                                \
        "MX") ",'persons':[1],'date':'2026-03-11',"                                                \
              "'at':'2026-03-11T10:00:00Z','in_reply_to':'@" n "'}"
#define WITHDRAW(n) "{'note':'@" n "','at':'2026-03-11T11:30:00Z'}"
#define ASSIST(state)                                                                              \
    "{'at':'2026-03-11T12:00:00Z','by':'" state                                                    \
    "','kind':'visit','persons':[1],'manner':'good_offices'}"
#define DECLINE(state, n) "{'state':'" state "','stage':'note','note':'@" n "'}"
#define ACCEPT(state, n) "{'state':'" state "','note':'@" n "'}"
#define CLOSE "{'outcome':['repatriated']}"
#define CLOSE_AGAIN "{'outcome':['located']}"
#define LETTER                                                                                     \
    "{'kind':'WDR','direction':'out','to':" OFFICE("MX") ",'date':'2026-03-11',"                   \
                                                         "'in_reply_to':'@N'}"
#define REQ_LATE                                                                                   \
    "{'kind':'REQ','direction':'out','to':" OFFICE("MX") ",'persons':[1],'date':'2026-03-11',"     \
                                                         "'at':'2026-03-11T13:00:00Z'}"
#define ASSIST_EARLY                                                                               \
    "{'at':'2026-03-11T09:00:00Z','by':'MX','kind':'visit','persons':[1],'manner':'good_offices'}"
#define REPLY_NO "{'state':'MX','round':1,'legal':'no','material':'no','offer':false,'services':[]}"
#define CORRECT(of, payload) "{'of':'@" of "','payload':" payload "}"
#define REPORT "{'meeting':'LON','on':'2026-06-10'}"
#define ID(first) "{'to':'" first "000000000000000000000000000000'}"

enum { H, X, Y };

/* clang-format off */
#define HONDURAS    {"Honduras", {"HN", 1, TRUST_CERTIFIED}, false, false}
#define MEXICO      {"Mexico", {"MX", 3, TRUST_CERTIFIED}, false, false}
#define COSTA_RICA  {"Costa Rica", {"CR", 5, TRUST_CERTIFIED}, false, false}
#define SECRETARIAT {"the Secretariat", {"", 6, TRUST_CERTIFIED}, false, true}
#define DIRECTORATE {"the directorate", {"HN", 2, TRUST_CERTIFIED}, false, true}

#define PLAY(name_, actors_, lines_, end_)                                                         \
    .name = (name_), .actors = (actors_), .actor_count = ARRAY_SIZE(actors_), .lines = (lines_),   \
    .line_count = ARRAY_SIZE(lines_), .end = (end_), .parts_too = true

/* ---- one request, from the poll to the report ---- */

#define POLLING                                                                                    \
    {'P', H, "poll",     ALL,     POLL("'MX','CR'"),  "!Z", false},                                \
    {'R', X, "reply",    US,      REPLY("MX"),        "P", false},                                 \
    {'C', H, "choose",   US,      "{'state':'MX'}",   "R&!Z", false},                              \
    {'N', H, "note",     US,      REQ("MX"),          "C&!Z", false}
#define ANSWERING                                                                                  \
    {'A', X, "accept",   US,      ACCEPT("MX", "N"),  "N&C&!W&!D", false},                         \
    {'D', X, "decline",  US,      DECLINE("MX", "N"), "N&C&!W&!A", false},                         \
    {'H', X, "assist",   US,      ASSIST("MX"),       "N&C&!W&!D&!Z", false}
#define ENDING                                                                                     \
    {'W', H, "withdraw", US,      WITHDRAW("N"),      "N", false},                                 \
    {'Z', H, "close",    ALL,     CLOSE,              "!H|A|D|W", false},                          \
    {'T', H, "report",   "HN ts", REPORT,             "Z", false}

static const struct actor five[] = {HONDURAS, MEXICO, COSTA_RICA, SECRETARIAT, DIRECTORATE};
static const struct line whole_lines[] = {
    POLLING, ANSWERING, ENDING,
    {'r', Y, "reply",    CRS,     REPLY("CR"),        "P", false},
};
static const struct play whole = {
    PLAY("one request, from the poll to the report", five, whole_lines, "ZT")};

/* ---- asked again after it was withdrawn or declined; opened again ---- */

static const struct actor three[] = {HONDURAS, MEXICO, SECRETARIAT};
static const struct line again_lines[] = {
    POLLING,
    {'A', X, "accept",   US,      ACCEPT("MX", "N"),  "N&C&!W&!D", false},
    {'D', X, "decline",  US,      DECLINE("MX", "N"), "N&C&!W&!A", false},
    {'W', H, "withdraw", US,      WITHDRAW("N"),      "N", false},
    {'M', H, "note",     US,      REQ_AGAIN("N"),     "N&C&(W|D)&!Z", false},
    {'B', X, "accept",   US,      ACCEPT("MX", "M"),  "M&N&C&(W|D)", false},
    {'H', X, "assist",   US,      ASSIST("MX"),       "N&C&((!W&!D)|M)&!Z", false},
    {'Z', H, "close",    ALL,     CLOSE,              "!H|A|D|W|B", false},
};
static const struct play again = {PLAY("asked a second time", three, again_lines, "Z")};

#define SHUT "((Z&z)|((Z|z)&!O))"
static const struct line reopened_lines[] = {
    {'P', H, "poll",     ALL,     POLL("'MX','CR'"),  "!" SHUT, false},
    {'R', X, "reply",    US,      REPLY("MX"),        "P", false},
    {'C', H, "choose",   US,      "{'state':'MX'}",   "R&!" SHUT, false},
    {'N', H, "note",     US,      REQ("MX"),          "C&!" SHUT, false},
    {'A', X, "accept",   US,      ACCEPT("MX", "N"),  "N&C", false},
    {'H', X, "assist",   US,      ASSIST("MX"),       "N&C&!" SHUT, false},
    {'Z', H, "close",    ALL,     CLOSE,              "(!H|A)&!(z&!O)", false},
    {'T', H, "report",   "HN ts", REPORT,             SHUT, false},
    {'O', H, "reopen",   ALL,     "{}",               "Z|z", false},
    {'z', H, "close",    ALL,     CLOSE_AGAIN,        "(!H|A)&!(Z&!O)", false},
};
static const struct play reopened = {PLAY("closed, opened and closed again", three, reopened_lines, "OT")};

/* ---- two States are asked for help, one of them again ---- */

static const struct line two_lines[] = {
    POLLING, ENDING, ANSWERING,
    {'r', Y, "reply",    CRS,     REPLY("CR"),        "P", false},
    {'c', H, "choose",   CRS,     "{'state':'CR'}",   "r&!Z", false},
    {'n', H, "note",     CRS,     REQ("CR"),          "c&!Z", false},
    {'a', Y, "accept",   CRS,     ACCEPT("CR", "n"),  "n&c", false},
};
static const struct play two = {PLAY("two States asked for help", five, two_lines, "ZT")};

/* ---- the case goes to another machine ---- */

#define OVER(N, W, V, D) "K&G&C&(!" N "|" W "|" V "&G|" D ")"
static const struct actor taken[] = {
    HONDURAS, MEXICO, {"San Pedro", {"HN", 2, TRUST_CERTIFIED}, false, false}, SECRETARIAT};
static const struct line taken_lines[] = {
    {'P', H, "poll",     ALL,     POLL("'MX','CR'"),  "!G", false},
    {'R', X, "reply",    US,      REPLY("MX"),        "P", false},
    {'C', H, "choose",   US,      "{'state':'MX'}",   "R&!G", false},
    {'N', H, "note",     US,      REQ("MX"),          "C&!G", false},
    {'A', X, "accept",   US,      ACCEPT("MX", "N"),  "N&C&!(V&G)", false},
    {'G', H, "hand_over", ALL,    ID("02"),           "!G", false},
    {'V', Y, "withdraw", US,      WITHDRAW("N"),      "G&*&N&R", false},
    {'K', Y, "note",     US,      REQ("MX"),          "G&*&C&R&(!N|V)&!Z", true},
    {'B', X, "accept",   US,      ACCEPT("MX", "K"),  "K&G&C&(!N|V)", true},
    {'Z', Y, "close",    ALL,     CLOSE,              "G&*", false},
};
static const struct play handed = {PLAY("handed over to another machine", taken, taken_lines, "Z")};

/* ---- what was acknowledged was known ---- */

static const struct line known_lines[] = {
    POLLING,
    {'W', H, "withdraw", US,      WITHDRAW("N"),      "N", false},
    {'L', H, "note",     US,      LETTER,             "N", false},
    {'E', X, "delivery", US,      "{'note':'@L'}",    "L&N&C", false},
    {'A', X, "accept",   US,      ACCEPT("MX", "N"),  "N&C&!W", false},
    {'H', X, "assist",   US,      ASSIST("MX"),       "N&C&!W", false},
};
static const struct play known = {PLAY("a withdrawal acknowledged", three, known_lines, "W")};

/* ---- somebody hostile among them ---- */

#define BAD(name, act, audience, payload) {name, Y, act, audience, payload, "", false}

static const struct actor with_stranger[] = {
    HONDURAS, MEXICO, {"a hostile post of Costa Rica", {"CR", 5, TRUST_CERTIFIED}, true, false},
    SECRETARIAT};
static const struct line stranger_lines[] = {
    POLLING, ANSWERING, ENDING,
    BAD('p', "poll",      ALL, POLL("'MX','CR'")),
    BAD('q', "reply",     US,  REPLY("MX")),
    BAD('r', "reply",     CRS, REPLY("CR")),
    BAD('a', "accept",    US,  ACCEPT("MX", "N")),
    BAD('b', "accept",    US,  ACCEPT("CR", "N")),
    BAD('d', "decline",   US,  DECLINE("MX", "N")),
    BAD('w', "withdraw",  US,  WITHDRAW("N")),
    BAD('x', "annul",     US,  "{'note':'@N'}"),
    BAD('h', "assist",    US,  ASSIST("MX")),
    BAD('i', "assist",    US,  ASSIST("CR")),
    BAD('n', "note",      US,  REQ("MX")),
    BAD('k', "correct",   US,  CORRECT("N", REQ_LATE)),
    BAD('o', "hand_over", ALL, ID("05")),
    BAD('z', "close",     ALL, CLOSE),
};
static const struct play stranger = {
    PLAY("a hostile post of another State", with_stranger, stranger_lines, "ZT"), .hostile_most = 1};

static const struct actor with_brother[] = {
    HONDURAS, MEXICO, {"a hostile post of Honduras", {"HN", 2, TRUST_CERTIFIED}, true, false},
    SECRETARIAT};
static const struct line brother_lines[] = {
    POLLING, ANSWERING, ENDING,
    BAD('p', "poll",      ALL, POLL("'MX','CR'")),
    BAD('c', "choose",    US,  "{'state':'MX'}"),
    BAD('n', "note",      US,  REQ("MX")),
    BAD('w', "withdraw",  US,  WITHDRAW("N")),
    BAD('x', "annul",     US,  "{'note':'@N'}"),
    BAD('k', "correct",   US,  CORRECT("N", REQ_LATE)),
    BAD('a', "accept",    US,  ACCEPT("HN", "N")),
    BAD('h', "assist",    US,  ASSIST("HN")),
    BAD('o', "hand_over", ALL, ID("02")),
    BAD('z', "close",     ALL, CLOSE),
    BAD('y', "reopen",    ALL, "{}"),
    BAD('t', "report",    "HN ts", REPORT),
};
static const struct play brother = {
    PLAY("a hostile post of the same State", with_brother, brother_lines, "ZT"), .hostile_most = 1};

static const struct actor with_cousin[] = {
    HONDURAS, MEXICO, {"a hostile post of Mexico", {"MX", 4, TRUST_CERTIFIED}, true, false},
    SECRETARIAT};
static const struct line cousin_lines[] = {
    POLLING, ANSWERING,
    {'W', H, "withdraw", US,      WITHDRAW("N"),      "N", false},
    {'Z', H, "close",    ALL,     CLOSE,              "", false},
    {'T', H, "report",   "HN ts", REPORT,             "Z", false},
    BAD('y', "decline",   US,  "{'state':'MX','stage':'poll','round':1}"),
    BAD('q', "reply",     US,  REPLY_NO),
    BAD('a', "accept",    US,  ACCEPT("MX", "N")),
    BAD('d', "decline",   US,  DECLINE("MX", "N")),
    BAD('e', "decline",   US,  "{'state':'MX','stage':'assistance','note':'@N'}"),
    BAD('h', "assist",    US,  ASSIST("MX")),
    BAD('g', "assist",    US,  ASSIST_EARLY),
    BAD('k', "correct",   US,  CORRECT("H", ASSIST_EARLY)),
    BAD('n', "note",      US,  REQ("MX")),
    BAD('w', "withdraw",  US,  WITHDRAW("N")),
    BAD('z', "close",     ALL, CLOSE),
};
static const struct play cousin = {
    PLAY("a hostile post of the State that helps", with_cousin, cousin_lines, "ZT"),
    .hostile_most = 1, .kin = true};

/* Says whatever it likes in the case that it opened itself. Help names no note: who gave it on a note
 * that it has not answered can lose that to another one which is put before it. */
static const struct actor with_opener[] = {
    {"a hostile post of Honduras, which opened the case", {"HN", 1, TRUST_CERTIFIED}, true, false},
    MEXICO, SECRETARIAT};
#define OPENER                                                                               \
    {'P', H, "poll",     ALL,     POLL("'MX','CR'"),  "", false},                                  \
    {'R', X, "reply",    US,      REPLY("MX"),        "P", false},                                 \
    {'C', H, "choose",   US,      "{'state':'MX'}",   "", false},                                  \
    {'N', H, "note",     US,      REQ("MX"),          "", false},                                  \
    {'M', H, "note",     US,      REQ_AGAIN("N"),     "", false},                                  \
    {'A', X, "accept",   US,      ACCEPT("MX", "N"),  "N", false},                                 \
    {'B', X, "accept",   US,      ACCEPT("MX", "M"),  "M", false},                                 \
    {'H', X, "assist",   US,      ASSIST("MX"),       "N|M", true}
static const struct line opener_lines[] = {
    OPENER,
    {'W', H, "withdraw", US,      WITHDRAW("N"),      "", false},
    {'Z', H, "close",    ALL,     CLOSE,              "", false},
};
static const struct line opener_lines_longer[] = {
    OPENER,
    {'W', H, "withdraw", US,      WITHDRAW("N"),      "", false},
    {'k', H, "correct",  US,      CORRECT("N", REQ_LATE), "", false},
    {'Z', H, "close",    ALL,     CLOSE,              "", false},
    {'D', X, "decline",  US,      DECLINE("MX", "N"), "N", false},
};
static const struct play opener_longer = {
    PLAY("a hostile opener, at length", with_opener, opener_lines_longer, ""), .hostile_most = 7,
    .kin = true};
static const struct play opener = {
    PLAY("a hostile opener", with_opener, opener_lines, ""), .hostile_most = 6, .kin = true};
/* clang-format on */

static int number, failed;

static void tell(bool ok, const char *what)
{
    printf("%sok %d - %s\n", ok ? "" : "not ", ++number, what);
    failed += !ok;
    fflush(stdout);
}

static void explored(const struct play *play)
{
    struct finding found;
    char what[300];

    converse(play, NULL, &found);
    if (found.objection)
        printf("# %s: %s\n", found.objection, found.way);
    snprintf(what, sizeof what,
             "%s: %zu states, %zu transitions, %zu sets folded, %zu of them of who only reads, %zu "
             "dispatches",
             play->name, found.states, found.transitions, found.folds, found.parts,
             found.dispatches);
    tell(!found.objection, what);
}

/* Without that rule something is let in against the agreement, and it is found. */
static void missed(const struct play *play, const char *reason)
{
    struct finding found;
    char what[300];

    converse(play, reason, &found);
    snprintf(what, sizeof what, "without “%s”: %s", reason,
             found.objection ? found.objection : "nothing is found");
    tell(found.objection != NULL, what);
    if (found.objection)
        printf("#   %s\n", found.way);
}

static const struct {
    const struct play *play;
    const char *reason;
} controls[] = {
    {&whole, "the poll that it answers has not come"},
    {&whole, "the reply of that State has not come"},
    {&whole, "the choice of that State has not come"},
    {&again, "another request for the same person is open"},
    {&whole, "the request had ended, and it knew"},
    {&whole, "it had accepted that request"},
    {&whole, "it had declined that request"},
    {&whole, "no request by note that covers it has come"},
    {&whole, "the case was closed"},
    {&whole, "the case was closed, and it knew"},
    {&whole, "the case was open, and it is not reported as pending"},
    {&whole, "assistance was not accepted yet: closing waits for its scope"},
    {&handed, "something that was said before the case was handed over has not come"},
    {&stranger, "it speaks for another State"},
    {&stranger, "that is not for its side to say"},
    {&brother, "the case was not handed over to its author, as far as is known"},
};

int main(void)
{
    static const struct play *const plays[] = {&whole,    &again,   &reopened, &handed, &known,
                                               &stranger, &brother, &cousin,   &opener};
    const char *patience = getenv("AMPARO_LONG");
    bool patient = patience && *patience && strcmp(patience, "0") != 0;

    for (size_t i = 0; i < ARRAY_SIZE(plays); i++) {
        struct play play = *plays[i];
        explored(&play);
        if (patient && play.hostile_most == 1) {
            play.hostile_most = 2;
            play.parts_too = false;
            explored(&play);
        }
    }
    if (patient) {
        explored(&two);
        explored(&opener_longer);
    }
    for (size_t i = 0; i < ARRAY_SIZE(controls); i++)
        missed(controls[i].play, controls[i].reason);
    printf("1..%d\n", number);
    return failed != 0;
}
