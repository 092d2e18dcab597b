/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the conversation say (talk_kit.h), and what they ask of it. Each test has a
 * conversation of its own, *state, by told_begin() and told_end().
 */
#ifndef AMPARO_TESTS_TOLD_KIT_H
#define AMPARO_TESTS_TOLD_KIT_H

#include "talk_kit.h"

/* ---- who, and what ---- */

extern const struct talker hn, hn2, mx, mx2, cr, ts;

#define ALL "CR HN MX ts"
#define US "HN MX ts"
#define OFFICE(state) "{'state':'" state "','office':'Embassy','city':'Abu Dhabi'}"
#define POLL(round) "{'round':" round ",'to':['MX','CR'],'reply_by':'2026-03-20'}"
#define REPLY_AS(state, legal, offer)                                                              \
    "{'state':'" state "','round':1,'legal':'" legal "','material':'yes','offer':" offer           \
    ",'services':[]}"
#define REPLY REPLY_AS("MX", "yes", "true")
#define DECLINE "{'state':'MX','stage':'poll','round':1}"
#define CHOOSE "{'state':'MX'}"
#define REQ_AT(at, persons)                                                                        \
    "{'kind':'REQ','direction':'out','to':" OFFICE("MX") ",'persons':" persons                     \
                                                         ",'date':'2026-03-11','at':'" at "'}"
#define REQ REQ_AT("2026-03-11T10:00:00Z", "[1]")
#define ACCEPT "{'state':'MX','note':'%s'}"
#define DECLINE_AT(stage) "{'state':'MX','stage':'" stage "','note':'%s'}"
#define WITHDRAW "{'note':'%s','at':'2026-03-12T10:00:00Z'}"
#define ANNUL "{'note':'%s'}"
#define ASSIST_AT(at, persons)                                                                     \
    "{'at':'" at "','by':'MX','kind':'visit','persons':" persons ",'manner':'good_offices'}"
#define ASSIST ASSIST_AT("2026-03-11T12:00:00Z", "[1]")
#define LATE_ASSIST ASSIST_AT("2026-03-13T12:00:00Z", "[1]")
#define CLOSE "{'outcome':['repatriated']}"
#define REPORT "{'meeting':'LON','on':'2026-06-10'}"
#define NOTE_TO(kind, state)                                                                       \
    "{'kind':'" kind "','direction':'out','to':" OFFICE(state) ",'date':'2026-03-11',"             \
                                                               "'in_reply_to':'%s'}"
#define DELIVERY "{'note':'%s','acknowledged_on':'2026-03-12'}"

/* What has been said, up to a request that was handed over. */
struct told {
    struct talk t;
    const struct dispatch *poll, *reply, *choice, *note;
};

int told_begin(void **state);
int told_end(void **state);
void told_to_reply(struct told *w);
void told_to_request(struct told *w);

/* ---- asking ---- */

/* All that was said but one (NULL: all), folded; the verdict on one then. */
void told_fold_without(struct told *w, const struct dispatch *lost, struct conversation *c);
struct verdict told_verdict_without(struct told *w, const struct dispatch *d,
                                    const struct dispatch *lost);

/* How it stands, and that the reason has these words (NULL: whatever it is); of the second with all
 * that was said. */
void told_expect_of(const struct verdict *v, enum standing standing, const char *reason);
void told_expect(struct told *w, const struct dispatch *d, enum standing standing,
                 const char *reason);
void told_counts(struct told *w, const struct dispatch *d);
void told_is_irregular(struct told *w, const struct dispatch *d, const char *reason);
/* Without that one it waits; for it by its id, where `by_id`. */
void told_waits_for(struct told *w, const struct dispatch *d, const struct dispatch *lost,
                    bool by_id);

/* Might that be said next? */
bool told_may(struct told *w, const struct talker *who, const char *act, const char *audience,
              const char *payload, const struct dispatch *of);

enum request_status told_status_of(struct told *w, size_t nth);
unsigned told_crossings_of(struct told *w, const struct dispatch *d);

/* What is asked of that State, in words with semicolons. */
void told_asks(struct told *w, const char *code, const char *expected);

#endif
