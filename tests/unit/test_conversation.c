/* SPDX-License-Identifier: MIT */
/* The conversation of a case: each rule, each crossing, what waits for what, and what is asked. */
#include "talk_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static const struct talker hn = {"HN", 1, TRUST_CERTIFIED}, hn2 = {"HN", 2, TRUST_CERTIFIED},
                           mx = {"MX", 3, TRUST_CERTIFIED}, mx2 = {"MX", 4, TRUST_CERTIFIED},
                           cr = {"CR", 5, TRUST_CERTIFIED}, ts = {"", 6, TRUST_CERTIFIED};

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
static struct talk t;
static const struct dispatch *poll, *reply, *choice, *note;

static int begin(void **state)
{
    (void)state;
    talk_begin(&t);
    return 0;
}

static int end(void **state)
{
    (void)state;
    talk_end(&t);
    return 0;
}

static void to_reply(void)
{
    poll = talk_say(&t, &hn, "poll", ALL, POLL("1"));
    reply = talk_say(&t, &mx, "reply", US, REPLY);
}

static void to_request(void)
{
    to_reply();
    choice = talk_say(&t, &hn, "choose", US, CHOOSE);
    note = talk_say(&t, &hn, "note", US, REQ);
}

/* ---- asking ---- */

/* All that was said but one (NULL: all), folded. */
static void fold_without(const struct dispatch *lost, struct conversation *c)
{
    const struct dispatch *set[TALK_MOST];
    size_t count = 0;

    for (size_t i = 0; i < t.count; i++)
        if (&t.said[i] != lost)
            set[count++] = &t.said[i];
    conversation_fold(set, count, &talk_world, c);
}

static struct verdict verdict_without(const struct dispatch *d, const struct dispatch *lost)
{
    struct conversation c;

    fold_without(lost, &c);
    int item = conversation_find(&c, d->id);
    assert_int_not_equal(item, NO_ITEM);
    struct verdict v = c.items[item].verdict;
    conversation_release(&c);
    return v;
}

static void expect_of(const struct verdict *v, enum standing standing, const char *reason)
{
    if (v->standing != standing || (reason && (!v->reason || !strstr(v->reason, reason))))
        fail_msg("it %s: %s, not %s: %s", standing_name(v->standing), v->reason ? v->reason : "-",
                 standing_name(standing), reason ? reason : "-");
    assert_true(v->reason || standing == STANDING_COUNTS);
    assert_non_null(v->article);
}

static void expect(const struct dispatch *d, enum standing standing, const char *reason)
{
    struct verdict v = verdict_without(d, NULL);

    expect_of(&v, standing, reason);
}

static void counts(const struct dispatch *d)
{
    expect(d, STANDING_COUNTS, NULL);
}

static void is_irregular(const struct dispatch *d, const char *reason)
{
    expect(d, STANDING_IRREGULAR, reason);
}

/* Without that one it waits; for it by its id, where `by_id`. */
static void waits_for(const struct dispatch *d, const struct dispatch *lost, bool by_id)
{
    struct verdict v = verdict_without(d, lost);

    expect_of(&v, STANDING_WAITS, NULL);
    if (by_id) {
        assert_true(v.awaited_size >= PREV_SIZE);
        assert_memory_equal(v.awaited, lost->id, v.awaited_size);
    }
}

static bool may(const struct talker *who, const char *act, const char *audience,
                const char *payload, const struct dispatch *of)
{
    const struct dispatch *const both[2] = {of, of};
    struct dispatch next;
    struct conversation c;
    struct verdict v;

    talk_make(&t, who, act, audience, payload, both, &next);
    fold_without(NULL, &c);
    bool ok = conversation_may(&c, &next, &v);
    assert_int_equal(ok, v.standing == STANDING_COUNTS);
    conversation_release(&c);
    json_decref((json_t *)(uintptr_t)next.payload);
    return ok;
}

static enum request_status status_of(size_t nth)
{
    struct conversation c;

    fold_without(NULL, &c);
    assert_true(nth < c.request_count);
    enum request_status status = c.requests[nth].status;
    conversation_release(&c);
    return status;
}

static unsigned crossings_of(const struct dispatch *d)
{
    return verdict_without(d, NULL).crossings;
}

static void asks(const char *code, const char *expected)
{
    struct conversation_asked asked[8];
    struct conversation c;
    struct buf text = BUF_INIT;

    fold_without(NULL, &c);
    size_t count = conversation_asks(&c, code, asked, 8);
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s%s", i ? "; " : "", asked_label(asked[i].what));
    assert_string_equal(buf_text(&text), expected);
    buf_release(&text);
    conversation_release(&c);
}

/* ---- the poll and its answers (7.6) ---- */

static void a_poll_is_the_owners_to_say(void **state)
{
    (void)state;
    const struct dispatch *theirs = talk_say(&t, &mx, "poll", ALL, POLL("1"));
    const struct dispatch *own = talk_say(&t, &hn, "poll", "HN",
                                          "{'round':1,'to':['HN'],"
                                          "'reply_by':'2026-03-20'}");
    const struct dispatch *other = talk_say(&t, &hn2, "poll", ALL, POLL("1"));

    is_irregular(theirs, "side");
    is_irregular(own, "its own State");
    expect(other, STANDING_WAITS, "handed over");
    counts(talk_say(&t, &hn, "poll", ALL, POLL("2")));
}

static void a_reply_needs_a_poll_of_that_state_and_round(void **state)
{
    (void)state;
    to_reply();
    counts(poll);
    counts(reply);
    waits_for(reply, poll, false);
    is_irregular(talk_say(&t, &cr, "reply", US, REPLY), "another State");
    expect(talk_say(&t, &mx, "decline", US, "{'state':'MX','stage':'poll','round':2}"),
           STANDING_WAITS, "poll");
    static const struct talker pa = {"PA", 9, TRUST_CERTIFIED};
    expect(talk_say(&t, &pa, "reply", "HN PA ts", REPLY_AS("PA", "yes", "true")), STANDING_WAITS,
           "not polled");
    is_irregular(talk_say(&t, &hn, "reply", US, REPLY_AS("HN", "yes", "true")), "side");
}

static void a_later_word_of_one_author_takes_the_place(void **state)
{
    struct conversation c;

    (void)state;
    to_reply();
    const struct dispatch *second = talk_say(&t, &mx, "decline", US, DECLINE);
    struct verdict v = verdict_without(reply, NULL);
    expect_of(&v, STANDING_SUPERSEDED, NULL);
    assert_ptr_equal(v.by, second);
    fold_without(NULL, &c);
    assert_int_equal(c.state_count, 2);
    assert_string_equal(c.states[1].state, "MX");
    assert_int_equal(c.states[1].answer_count, 1);
    assert_ptr_equal(c.items[c.states[1].answers[0]].dispatch, second);
    assert_false(c.states[1].silent);
    assert_true(c.states[0].silent); /* Costa Rica: no reply is not a declining */
    assert_int_equal(c.states[0].answer_count, 0);
    conversation_release(&c);
}

static void two_posts_of_a_state_that_differ_are_both_shown(void **state)
{
    struct conversation c;

    (void)state;
    to_reply();
    const struct dispatch *second = talk_say(&t, &mx2, "decline", US, DECLINE);
    counts(reply);
    counts(second);
    fold_without(NULL, &c);
    assert_int_equal(c.states[1].answer_count, 2);
    conversation_release(&c);
    /* What names the other one, or comes in a later round, is the last word. */
    const struct dispatch *better = talk_say_of(
        &t, &mx2, "correct", US, "{'of':'%s','payload':" REPLY_AS("MX", "no", "false") "}", second);
    is_irregular(better, ""); /* a declining is no reply */
    talk_say(&t, &hn, "poll", ALL, POLL("2"));
    fold_without(NULL, &c);
    assert_true(c.states[1].silent);
    assert_int_equal(c.states[1].round, 2);
    conversation_release(&c);
    talk_say(&t, &mx2, "decline", US, "{'state':'MX','stage':'poll','round':2}");
    fold_without(NULL, &c);
    assert_false(c.states[1].silent);
    assert_int_equal(c.states[1].answer_count, 1);
    conversation_release(&c);
}

/* ---- the choice (5) ---- */

static void a_choice_needs_an_offer_that_can_be_used(void **state)
{
    (void)state;
    to_request();
    counts(choice);
    waits_for(choice, reply, false);
    is_irregular(talk_say(&t, &mx, "choose", US, CHOOSE), "side");
    const struct dispatch *none =
        talk_say(&t, &cr, "reply", "CR HN ts", REPLY_AS("CR", "no", "true"));
    counts(none);
    expect(talk_say(&t, &hn, "choose", "CR HN ts", "{'state':'CR'}"), STANDING_WAITS, "no offer");
}

/* Who has no post that writes pouches replies by telephone, and can be chosen. */
static void a_choice_may_rest_on_an_answer_taken_down(void **state)
{
    (void)state;
    talk_say(&t, &hn, "poll", ALL, POLL("1"));
    choice = talk_say(&t, &hn, "choose", US, CHOOSE);
    expect(choice, STANDING_WAITS, "has not come");
    json_t *context = json_pack("{s:{s:s, s:s}}", dispatch_answer_key, "channel", "telephone", "on",
                                "2026-03-10");
    t.said[t.count - 1].context = context;
    counts(choice);
    asks("HN", "send the request by note");
    note = talk_say(&t, &hn, "note", US, REQ);
    counts(note);
    counts(talk_say_of(&t, &mx, "accept", US, ACCEPT, note));
    json_decref(context);
}

/* The choice may cross with a later word of that State; who knows it cannot choose any more. */
static void a_choice_that_crosses_with_a_declining_counts(void **state)
{
    (void)state;
    to_reply();
    assert_true(may(&hn, "choose", US, CHOOSE, NULL));
    talk_say(&t, &mx, "decline", US, DECLINE);
    assert_false(may(&hn, "choose", US, CHOOSE, NULL));
    counts(talk_say(&t, &hn, "choose", US, CHOOSE));
}

/* ---- the request (6) ---- */

static void a_request_needs_the_choice(void **state)
{
    (void)state;
    to_request();
    counts(note);
    waits_for(note, choice, true);
    is_irregular(talk_say(&t, &mx, "note", US, REQ), "side");
    expect(talk_say(&t, &hn2, "note", US, REQ), STANDING_WAITS, "handed over");
}

static void a_choice_after_the_request_is_none(void **state)
{
    (void)state;
    to_reply();
    const struct dispatch *early = talk_say(&t, &hn, "note", US, REQ);
    expect(early, STANDING_WAITS, "has not come");
    talk_say(&t, &hn, "choose", US, CHOOSE);
    expect(early, STANDING_WAITS, "came after it");
}

/* A second one is not irregular: the end of the first may be what has not come. */
static void one_request_for_a_person_is_open(void **state)
{
    (void)state;
    to_request();
    assert_false(may(&hn, "note", US, REQ, NULL));
    const struct dispatch *second = talk_say(&t, &hn, "note", US, REQ);
    struct verdict v = verdict_without(second, NULL);
    expect_of(&v, STANDING_WAITS, "another request");
    assert_string_equal(v.article, "6");
    assert_memory_equal(v.awaited, note->id, ACT_ID_SIZE);
    assert_false(may(&mx, "accept", US, ACCEPT, second));
    counts(talk_say(&t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2]")));
    expect(talk_say(&t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2,3]")), STANDING_WAITS,
           "another");
    const struct dispatch *third = talk_say(&t, &hn, "note", US, REQ);
    talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    counts(second);
    expect(third, STANDING_WAITS, "another");
}

/* Who answered the second one had not the first: that may have been put before it afterwards. */
static void a_request_that_was_answered_stays(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *second = talk_say(&t, &hn, "note", US, REQ);
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, second);
    counts(second);
    counts(accept);
    expect(note, STANDING_WAITS, "another request");
    talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    counts(note); /* it has ended, so there is room for both */
    counts(second);
    assert_int_equal(status_of(0), REQUEST_WITHDRAWN);
    assert_int_equal(status_of(1), REQUEST_ACCEPTED);
}

static void after_a_declining_one_may_ask_again(void **state)
{
    (void)state;
    to_request();
    talk_say_of(&t, &mx, "decline", US, DECLINE_AT("note"), note);
    assert_int_equal(status_of(0), REQUEST_DECLINED);
    counts(talk_say(&t, &hn, "note", US, REQ));
    assert_int_equal(status_of(1), REQUEST_OPEN);
}

static void the_paper_original_is_the_same_request(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *paper =
        talk_say_of(&t, &hn, "note", US,
                    "{'kind':'REQ','direction':'out','to':" OFFICE(
                        "MX") ",'persons':[1],"
                              "'date':'2026-03-11','at':'2026-03-11T11:00:00Z','same_as':'%s'}",
                    note);
    counts(paper);
    struct conversation c;
    fold_without(NULL, &c);
    assert_int_equal(c.request_count, 1);
    conversation_release(&c);
    talk_say_of(&t, &mx, "accept", US, ACCEPT, paper);
    assert_int_equal(status_of(0), REQUEST_ACCEPTED);
}

static void a_request_says_when_and_to_whom(void **state)
{
    (void)state;
    to_reply();
    talk_say(&t, &hn, "choose", US, CHOOSE);
    is_irregular(
        talk_say(&t, &hn, "note", US,
                 "{'kind':'REQ','direction':'out','to':" OFFICE("MX") ",'persons':[1],"
                                                                      "'date':'2026-03-11'}"),
        "when");
    is_irregular(talk_say(&t, &hn, "note", US,
                          "{'kind':'REQ','direction':'out','to':" OFFICE(
                              "HN") ",'persons':[1],"
                                    "'date':'2026-03-11','at':'2026-03-11T10:00:00Z'}"),
                 "its own State");
}

/* ---- what becomes of it (5) ---- */

static void acceptance_is_for_who_was_asked(void **state)
{
    (void)state;
    to_request();
    is_irregular(talk_say_of(&t, &cr, "accept", "CR HN ts", "{'state':'CR','note':'%s'}", note),
                 "may not have");
    is_irregular(talk_say_of(&t, &cr, "accept", "HN ts", "{'state':'CR','note':'%s'}", note),
                 "no request to its State");
    is_irregular(talk_say_of(&t, &mx, "accept", US, ACCEPT, choice), "no request");
    is_irregular(talk_say_of(&t, &cr, "accept", "HN ts", ACCEPT, note), "another State");
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    counts(accept);
    waits_for(accept, note, true);
    assert_int_equal(status_of(0), REQUEST_ACCEPTED);
}

static void an_acceptance_is_amended(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    const struct dispatch *const of[2] = {note, accept};
    struct dispatch *next = &t.said[t.count];
    talk_make(&t, &mx, "accept", US, "{'state':'MX','note':'%s','amends':'%s'}", of, next);
    t.count++;
    counts(next);
    expect(accept, STANDING_SUPERSEDED, NULL);
    struct conversation c;
    fold_without(NULL, &c);
    assert_ptr_equal(c.items[c.requests[0].accepted].dispatch, next);
    conversation_release(&c);
}

static void never_both_accepted_and_declined(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    is_irregular(talk_say_of(&t, &mx, "decline", US, DECLINE_AT("note"), note), "accepted");
    assert_int_equal(status_of(0), REQUEST_ACCEPTED);
    counts(talk_say_of(&t, &mx, "decline", US, DECLINE_AT("assistance"), note));
    assert_int_equal(status_of(0), REQUEST_DECLINED);
    is_irregular(talk_say_of(&t, &mx, "accept", US, ACCEPT, note), "declined");
    counts(accept);
}

static void two_posts_that_contradict_each_other_must_settle_it(void **state)
{
    (void)state;
    to_request();
    counts(talk_say_of(&t, &mx, "accept", US, ACCEPT, note));
    counts(talk_say_of(&t, &mx2, "decline", US, DECLINE_AT("note"), note));
    assert_int_equal(status_of(0), REQUEST_CONTRADICTED);
}

static void another_scope_is_proposed(void **state)
{
    (void)state;
    to_request();
    counts(talk_say_of(&t, &mx, "note", "HN MX", NOTE_TO("SCOPE", "HN"), note));
    assert_int_equal(status_of(0), REQUEST_COUNTERED);
    talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    assert_int_equal(status_of(0), REQUEST_ACCEPTED);
    is_irregular(talk_say_of(&t, &hn, "note", "HN MX", NOTE_TO("ACC", "MX"), note), "side");
}

static void a_withdrawal_is_the_owners_once(void **state)
{
    (void)state;
    to_request();
    is_irregular(talk_say_of(&t, &mx, "withdraw", US, WITHDRAW, note), "side");
    expect(talk_say_of(&t, &hn2, "withdraw", US, WITHDRAW, note), STANDING_WAITS, "handed over");
    is_irregular(talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, choice), "no request");
    counts(talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note));
    assert_int_equal(status_of(0), REQUEST_WITHDRAWN);
    is_irregular(talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note), "ended already");
    is_irregular(talk_say_of(&t, &hn, "annul", US, ANNUL, note), "ended already");
}

static void an_annulled_request_is_none(void **state)
{
    (void)state;
    to_request();
    is_irregular(talk_say_of(&t, &mx, "annul", US, ANNUL, note), "side");
    const struct dispatch *theirs =
        talk_say_of(&t, &mx, "note", "HN MX", NOTE_TO("SCOPE", "HN"), note);
    is_irregular(talk_say_of(&t, &hn, "annul", "HN MX", ANNUL, theirs), "its own State");
    counts(talk_say_of(&t, &mx, "annul", "HN MX", ANNUL, theirs));
    counts(talk_say_of(&t, &hn, "annul", US, ANNUL, note));
    assert_int_equal(status_of(0), REQUEST_ANNULLED);
    assert_false(may(&mx, "accept", US, ACCEPT, note));
    assert_false(may(&mx, "assist", US, LATE_ASSIST, NULL));
    counts(talk_say(&t, &hn, "note", US, REQ));
}

/* What its author could not know is no fault of its own. */
static void a_withdrawal_crosses_with_an_acceptance(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *withdrawal = talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    assert_false(may(&mx, "accept", US, ACCEPT, note));
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    counts(accept);
    assert_int_equal(status_of(0), REQUEST_WITHDRAWN);
    assert_int_equal(crossings_of(accept), CROSSED_ACCEPTANCE);
    assert_int_equal(crossings_of(withdrawal), CROSSED_ACCEPTANCE);
}

/* The withdrawal names a moment before it was recorded: what was accepted since then crosses. */
static void a_withdrawal_crosses_since_the_moment_that_it_names(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    talk_say_of(&t, &hn, "withdraw", US, "{'note':'%s','at':'2026-03-10T00:00:00Z'}", note);
    assert_int_equal(crossings_of(accept), CROSSED_ACCEPTANCE);
}

static void an_acceptance_before_a_withdrawal_is_no_crossing(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    assert_int_equal(crossings_of(accept), 0);
}

/* Who has said that the withdrawal came cannot accept any more. */
static void what_was_acknowledged_was_known(void **state)
{
    (void)state;
    to_request();
    talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    const struct dispatch *letter =
        talk_say_of(&t, &hn, "note", "HN MX", NOTE_TO("WDR", "MX"), note);
    counts(letter);
    counts(talk_say_of(&t, &mx, "delivery", "HN MX", DELIVERY, letter));
    const struct dispatch *hidden = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    counts(hidden); /* the Secretariat has not that receipt, and all must see the same */
    is_irregular(talk_say_of(&t, &mx, "accept", "HN MX", ACCEPT, note), "had ended");
}

/* ---- assistance (6) ---- */

static void no_help_before_the_note(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *assist = talk_say(&t, &mx, "assist", US, ASSIST);
    counts(assist);
    struct verdict v = verdict_without(assist, note);
    expect_of(&v, STANDING_WAITS, "no request by note");
    assert_string_equal(v.article, "6");
    expect(talk_say(&t, &mx, "assist", US, ASSIST_AT("2026-03-11T09:59:59Z", "[1]")),
           STANDING_WAITS, "in force");
    expect(talk_say(&t, &mx, "assist", US, ASSIST_AT("2026-03-11T12:00:00Z", "[1,2]")),
           STANDING_WAITS, "no request by note");
    is_irregular(talk_say(&t, &cr, "assist", "CR HN ts", ASSIST), "another State");
    is_irregular(talk_say(&t, &mx, "assist", US, ASSIST_AT("2026-03-11T12:00:00Z", "[]")),
                 "to whom");
}

static void help_after_a_withdrawal_that_was_known_does_not_count(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *withdrawal = talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    const struct dispatch *crossed = talk_say(&t, &mx, "assist", US, LATE_ASSIST);
    counts(crossed);
    assert_int_equal(crossings_of(crossed), CROSSED_ASSISTANCE);
    assert_int_equal(crossings_of(withdrawal), CROSSED_ASSISTANCE);
    assert_false(may(&mx, "assist", US, LATE_ASSIST, NULL));
    assert_true(may(&mx, "assist", US, ASSIST, NULL)); /* it was given before */
    const struct dispatch *letter =
        talk_say_of(&t, &hn, "note", "HN MX", NOTE_TO("WDR", "MX"), note);
    talk_say_of(&t, &mx, "delivery", "HN MX", DELIVERY, letter);
    expect(talk_say(&t, &mx, "assist", "HN MX", LATE_ASSIST), STANDING_WAITS, "in force");
    counts(talk_say(&t, &mx, "assist", "HN MX", ASSIST));
}

static void help_goes_on_up_to_the_handing_over(void **state)
{
    (void)state;
    to_request();
    counts(talk_say_of(&t, &mx, "decline", US,
                       "{'state':'MX','stage':'assistance','note':'%s',"
                       "'hand_over_on':'2026-03-13'}",
                       note));
    counts(talk_say(&t, &mx, "assist", US, LATE_ASSIST));
    expect(talk_say(&t, &mx, "assist", US, ASSIST_AT("2026-03-14T12:00:00Z", "[1]")),
           STANDING_WAITS, "in force");
}

static void a_correction_cannot_take_the_note_from_help(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *assist = talk_say(&t, &mx, "assist", US, ASSIST);
    /* The note is said to be of later: the help was given on what was known. */
    const struct dispatch *later =
        talk_say_of(&t, &hn, "correct", US,
                    "{'of':'%s','payload':" REQ_AT("2026-03-12T10:00:00Z", "[1]") "}", note);
    counts(later);
    counts(assist);
    expect(note, STANDING_SUPERSEDED, NULL);
    assert_false(may(&mx, "assist", US, ASSIST, NULL));
    expect(talk_say_of(&t, &mx, "correct", US,
                       "{'of':'%s','payload':" ASSIST_AT("2026-03-11T09:00:00Z", "[1]") "}",
                       assist),
           STANDING_WAITS, "in force");
    is_irregular(talk_say_of(&t, &mx, "correct", US, "{'of':'%s','payload':" REQ "}", note),
                 "side");
    is_irregular(talk_say_of(&t, &hn, "correct", US,
                             "{'of':'%s','payload':{'kind':'REQ','direction':'out','to':" OFFICE(
                                 "CR") ",'date':'2026-03-11','at':'2026-03-11T10:00:00Z'}}",
                             note),
                 "another note");
}

/* ---- the end (7.7) ---- */

static void closing_waits_for_the_scope_as_far_as_is_known(void **state)
{
    (void)state;
    to_request();
    assert_true(may(&hn, "close", ALL, CLOSE, NULL));
    const struct dispatch *assist = talk_say(&t, &mx, "assist", US, ASSIST);
    assert_false(may(&hn, "close", ALL, CLOSE, NULL));
    assert_true(may(&hn, "close", ALL,
                    "{'outcome':['repatriated'],'override':{'reason':'they do not answer'}}",
                    NULL));
    talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    assert_true(may(&hn, "close", ALL, CLOSE, NULL));
    counts(talk_say(&t, &hn, "close", ALL, CLOSE));
    assert_int_equal(crossings_of(assist), 0);
    is_irregular(talk_say(&t, &hn, "close", ALL, CLOSE), "already");
    is_irregular(talk_say(&t, &mx, "close", ALL, CLOSE), "side");
    is_irregular(talk_say(&t, &hn, "poll", ALL, POLL("2")), "closed");
    is_irregular(talk_say(&t, &hn, "choose", US, CHOOSE), "closed");
    is_irregular(talk_say(&t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2]")), "closed");
}

static void help_told_after_closing_is_a_crossing(void **state)
{
    struct conversation_asked asked[4];
    struct conversation c;

    (void)state;
    to_request();
    const struct dispatch *closing = talk_say(&t, &hn, "close", ALL, CLOSE);
    counts(talk_say(&t, &hn, "report", "HN ts", REPORT));
    const struct dispatch *assist = talk_say(&t, &mx, "assist", US, ASSIST);
    counts(assist);
    assert_int_equal(crossings_of(assist), CROSSED_CLOSING);
    assert_int_equal(crossings_of(closing), CROSSED_CLOSING);
    fold_without(NULL, &c);
    assert_int_equal(conversation_asks(&c, "HN", asked, 4), 2);
    assert_int_equal(asked[0].what, ASKED_RETURN);
    assert_int_equal(asked[1].what, ASKED_AMEND);
    assert_ptr_equal(c.items[asked[1].item].dispatch, assist);
    conversation_release(&c);
    talk_say(&t, &hn, "report", "HN ts", REPORT);
    fold_without(NULL, &c);
    assert_int_equal(conversation_asks(&c, "HN", asked, 4), 1);
    conversation_release(&c);
}

static void help_after_a_closing_that_was_known_does_not_count(void **state)
{
    (void)state;
    to_request();
    talk_say(&t, &hn, "close", ALL, CLOSE);
    assert_false(may(&mx, "assist", US, LATE_ASSIST, NULL));
    const struct dispatch *thanks =
        talk_say_of(&t, &hn, "note", "HN MX", NOTE_TO("CLO", "MX"), note);
    talk_say_of(&t, &mx, "delivery", "HN MX", DELIVERY, thanks);
    const struct dispatch *assist = talk_say(&t, &mx, "assist", "HN MX", LATE_ASSIST);
    expect(assist, STANDING_WAITS, "closed, and it knew");
    assert_string_equal(verdict_without(assist, NULL).article, "7.7");
}

static void a_report_follows_the_closing_or_says_pending(void **state)
{
    (void)state;
    to_request();
    expect(talk_say(&t, &hn, "report", "HN ts", REPORT), STANDING_WAITS, "open");
    counts(
        talk_say(&t, &hn, "report", "HN ts", "{'meeting':'LON','on':'2026-06-10','pending':true}"));
    expect(talk_say(&t, &hn, "reopen", ALL, "{}"), STANDING_WAITS, "not closed");
    talk_say(&t, &hn, "close", ALL, CLOSE);
    counts(talk_say(&t, &hn, "report", "HN ts", REPORT));
    counts(talk_say(&t, &hn, "reopen", ALL, "{}"));
    expect(talk_say(&t, &hn, "reopen", ALL, "{}"), STANDING_WAITS, "not closed");
    expect(talk_say(&t, &hn, "report", "HN ts", REPORT), STANDING_WAITS, "open");
    counts(talk_say(&t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2]")));
}

/* ---- whose the case is ---- */

static void a_case_is_handed_over_and_back(void **state)
{
    char to_second[80], to_first[80];
    struct conversation c;

    (void)state;
    snprintf(to_second, sizeof to_second, "{'to':'%s'}", talk_post(&hn2));
    snprintf(to_first, sizeof to_first, "{'to':'%s'}", talk_post(&hn));
    to_request();
    is_irregular(talk_say(&t, &mx, "hand_over", US, to_second), "side");
    const struct dispatch *stolen = talk_say(&t, &hn2, "hand_over", US, to_second);
    expect(stolen, STANDING_WAITS, "handed over");
    const struct dispatch *over = talk_say(&t, &hn, "hand_over", ALL, to_second);
    counts(over);
    const struct dispatch *withdrawal = talk_say_of(&t, &hn2, "withdraw", US, WITHDRAW, note);
    counts(withdrawal);
    waits_for(withdrawal, over, false);
    expect(talk_say(&t, &hn, "close", ALL, CLOSE), STANDING_WAITS, "handed over");
    fold_without(NULL, &c);
    assert_int_equal(c.owner[0], hn2.post);
    conversation_release(&c);
    counts(talk_say(&t, &hn2, "note", US, REQ)); /* the one before was withdrawn */
    expect(talk_say(&t, &hn2, "note", US, REQ), STANDING_WAITS, "another request");
}

static void the_case_comes_back(void **state)
{
    char to_second[80], to_first[80];
    struct conversation c;

    (void)state;
    snprintf(to_second, sizeof to_second, "{'to':'%s'}", talk_post(&hn2));
    snprintf(to_first, sizeof to_first, "{'to':'%s'}", talk_post(&hn));
    to_request();
    talk_say(&t, &hn, "hand_over", ALL, to_second);
    const struct dispatch *back = talk_say(&t, &hn2, "hand_over", ALL, to_first);
    counts(back);
    const struct dispatch *closing = talk_say(&t, &hn, "close", ALL, CLOSE);
    counts(closing);
    waits_for(closing, back, false);
    expect(talk_say(&t, &hn2, "reopen", ALL, "{}"), STANDING_WAITS, "handed over");
    fold_without(NULL, &c);
    assert_int_equal(c.owner[0], hn.post);
    assert_int_not_equal(c.closing, NO_ITEM);
    conversation_release(&c);
}

/* The second writer must know what the first one said: else two requests would be open. */
static void who_takes_over_waits_for_all_that_was_said(void **state)
{
    char to_second[80];
    struct conversation c;
    struct dispatch next;
    struct verdict v;
    const struct dispatch *const none[2] = {NULL, NULL};

    (void)state;
    snprintf(to_second, sizeof to_second, "{'to':'%s'}", talk_post(&hn2));
    to_request();
    talk_say(&t, &hn, "hand_over", ALL, to_second);
    talk_make(&t, &hn2, "note", US, REQ, none, &next);
    fold_without(note, &c);
    assert_false(conversation_may(&c, &next, &v));
    expect_of(&v, STANDING_WAITS, "before the case was handed over");
    conversation_release(&c);
    fold_without(NULL, &c);
    assert_false(conversation_may(&c, &next, &v));
    expect_of(&v, STANDING_WAITS, "another request");
    conversation_release(&c);
    json_decref((json_t *)(uintptr_t)next.payload);
}

static bool post_named(const void *directory, const char *name, uint8_t post[POST_ID],
                       char state[STATE_SIZE])
{
    memset(post, 0, POST_ID);
    post[0] = hn2.post;
    memcpy(state, directory, STATE_SIZE);
    return strcmp(name, "HNSAP") == 0;
}

static void a_hand_over_names_a_post_of_that_state(void **state)
{
    struct conversation_world world = talk_world;
    struct conversation c;

    (void)state;
    const struct dispatch *over = talk_say(&t, &hn, "hand_over", ALL, "{'to':'HNSAP'}");
    const struct dispatch *said = talk_say(&t, &hn2, "poll", ALL, POLL("1"));
    expect(over, STANDING_WAITS, "no directory");
    const struct dispatch *const set[] = {over, said};
    world.post_named = post_named;
    world.directory = "HN";
    conversation_fold(set, 2, &world, &c);
    assert_int_equal(c.items[conversation_find(&c, said->id)].verdict.standing, STANDING_COUNTS);
    conversation_release(&c);
    world.directory = "MX";
    conversation_fold(set, 2, &world, &c);
    struct verdict v = c.items[conversation_find(&c, over->id)].verdict;
    expect_of(&v, STANDING_IRREGULAR, "another State");
    conversation_release(&c);
}

/* ---- whose word it is ---- */

static void trust_that_is_too_low_waits(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    t.said[0].trust = TRUST_UNVERIFIED; /* enough for a poll */
    counts(poll);
    counts(note);
    t.said[3].trust = TRUST_UNVERIFIED;
    expect(note, STANDING_WAITS, "telephone");
    expect(accept, STANDING_WAITS, NULL);
    t.said[3].trust = TRUST_CHECKED;
    counts(accept);
    t.said[4].trust = TRUST_UNVERIFIED;
    expect(accept, STANDING_WAITS, "telephone");
    t.said[4].trust = TRUST_UNKNOWN;
    expect(accept, STANDING_WAITS, "not known");
    t.said[4].trust = TRUST_CERTIFIED;
    t.said[3].trust = TRUST_QUARANTINED;
    expect(note, STANDING_QUARANTINED, NULL);
    expect(accept, STANDING_WAITS, NULL);
    t.said[0].state[0] = '\0';
    expect(poll, STANDING_WAITS, "directory");
}

static void the_secretariat_asks_for_nobody(void **state)
{
    (void)state;
    to_request();
    is_irregular(talk_say(&t, &ts, "poll", ALL, POLL("1")), "Secretariat");
    is_irregular(talk_say_of(&t, &ts, "accept", US, ACCEPT, note), "Secretariat");
    counts(talk_say_of(&t, &ts, "delivery", "HN ts", DELIVERY, note));
}

static void a_forked_chain_is_raised(void **state)
{
    (void)state;
    to_reply();
    struct dispatch *twin = &t.said[t.count++];
    *twin = *reply;
    twin->payload = kit_json(REPLY_AS("MX", "no", "false"));
    talk_sign(twin);
    expect(reply, STANDING_FORKED, NULL);
    expect(twin, STANDING_FORKED, NULL);
    assert_ptr_equal(verdict_without(reply, NULL).by, twin);
}

/* Who said two things cannot take back the one that others have built on. */
static void a_fork_does_not_undo_what_others_rest_on(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    struct dispatch *twin = &t.said[t.count++];
    *twin = *note;
    twin->payload = kit_json(REQ_AT("2026-03-11T10:00:00Z", "[2]"));
    talk_sign(twin);
    counts(note);
    assert_true(verdict_without(note, NULL).forked);
    counts(accept);
    expect(twin, STANDING_FORKED, NULL);
}

/* By who has a key that was revoked, or by nobody whose key is known. */
static void a_thief_forks_nothing(void **state)
{
    (void)state;
    to_request();
    struct dispatch *twin = &t.said[t.count++];
    *twin = *note;
    twin->payload = kit_json(REQ_AT("2026-03-11T10:00:00Z", "[2]"));
    talk_sign(twin);
    expect(note, STANDING_FORKED, NULL);
    twin->trust = TRUST_QUARANTINED;
    counts(note);
    assert_false(verdict_without(note, NULL).forked);
    expect(twin, STANDING_QUARANTINED, NULL);
    twin->trust = TRUST_UNKNOWN;
    counts(note);
}

static void what_is_malformed_or_of_another_case_is_irregular(void **state)
{
    (void)state;
    to_reply();
    t.said[0].opener[0] = 9;
    is_irregular(poll, "another case");
    t.said[0].opener[0] = 1;
    is_irregular(talk_say(&t, &hn, "poll", ALL, "{'round':'one','to':'MX'}"), "shape");
    is_irregular(talk_say(&t, &hn, "cost", ALL, "{}"), "side");
}

/* A low number that is made up later, to have been known by those who could not know it. */
static void a_word_put_into_a_gap_is_known_to_nobody(void **state)
{
    (void)state;
    to_request(); /* HN: poll 1, choice 2, note 3 */
    t.said[3].sequence = 5;
    talk_sign(&t.said[3]);
    const struct dispatch *assist = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    struct dispatch *closing = &t.said[t.count++];
    const struct dispatch *const none[2] = {NULL, NULL};
    talk_make(&t, &hn, "close", ALL, CLOSE, none, closing);
    closing->sequence = 4;
    memset(closing->prev, 0, PREV_SIZE);
    talk_sign(closing);
    counts(assist);
    struct dispatch *back = &t.said[t.count++];
    const struct dispatch *const of[2] = {note, note};
    talk_make(&t, &hn, "withdraw", US, WITHDRAW, of, back);
    back->sequence = 3;
    talk_sign(back);
    is_irregular(back, "said later");
    counts(talk_say(&t, &mx, "assist", US, LATE_ASSIST));
}

/* ---- order ---- */

static void a_chain_waits_for_the_one_before(void **state)
{
    (void)state;
    to_request();
    const struct dispatch *accept = talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    waits_for(accept, reply, true);
    waits_for(choice, poll, true);
}

static uint64_t digest_of(const struct dispatch **set, size_t count, const char *code)
{
    struct conversation c;

    conversation_fold(set, count, &talk_world, &c);
    uint64_t digest = conversation_digest(&c, code);
    conversation_release(&c);
    return digest;
}

static void neither_order_nor_repetition_matters(void **state)
{
    const struct dispatch *set[64];
    uint64_t chance = 1, first;

    (void)state;
    to_request();
    talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    talk_say(&t, &mx, "assist", US, LATE_ASSIST);
    talk_say(&t, &hn, "close", ALL, CLOSE);
    for (size_t i = 0; i < t.count; i++)
        set[i] = set[t.count + i] = &t.said[i];
    first = digest_of(set, t.count, "");
    assert_int_equal(digest_of(set, 0, ""), digest_of(NULL, 0, ""));
    for (int i = 0; i < 200; i++) {
        talk_shuffle(set, 2 * t.count, &chance);
        assert_true(digest_of(set, 2 * t.count, "") == first);
    }
    assert_false(digest_of(set, t.count - 1, "") == first);
}

/* What names another comes after it, also by a clock that is behind. */
static void it_reads_as_it_was_said(void **state)
{
    struct conversation c;

    (void)state;
    to_request();
    t.said[1].at.seconds -= 86400; /* the reply names nothing */
    t.said[3].at.seconds -= 2 * 86400;
    fold_without(NULL, &c);
    assert_ptr_equal(c.items[0].dispatch, poll);
    assert_ptr_equal(c.items[1].dispatch, choice);
    assert_ptr_equal(c.items[2].dispatch, note);
    assert_ptr_equal(c.items[3].dispatch, reply);
    conversation_release(&c);
}

/* ---- what is asked ---- */

static void each_side_is_asked_for_what_comes_next(void **state)
{
    (void)state;
    asks("HN", "");
    talk_say(&t, &hn, "poll", ALL, POLL("1"));
    asks("HN", "");
    asks("MX", "reply to the poll");
    asks("CR", "reply to the poll");
    talk_say(&t, &mx, "reply", US, REPLY);
    talk_say(&t, &cr, "reply", "CR HN ts", REPLY_AS("CR", "yes", "true"));
    asks("MX", "");
    asks("HN", "choose whom to approach");
    talk_say(&t, &hn, "choose", US, CHOOSE);
    asks("HN", "send the request by note");
    note = talk_say(&t, &hn, "note", US, REQ);
    asks("HN", "");
    asks("MX", "accept or decline the request");
    talk_say_of(&t, &mx, "note", "HN MX", NOTE_TO("PART", "HN"), note);
    asks("HN", "answer the scope that was proposed");
    talk_say_of(&t, &mx, "accept", US, ACCEPT, note);
    asks("MX", "");
    asks("HN", "thank for the offer that was not needed");
    talk_say(&t, &hn, "note", "CR HN",
             "{'kind':'CLO','direction':'out','to':" OFFICE("CR") ",'date':'2026-03-11'}");
    asks("HN", "");
    talk_say_of(&t, &hn, "withdraw", US, WITHDRAW, note);
    asks("HN", "ask for the data back");
    talk_say(&t, &hn, "data_return", "HN MX",
             "{'state':'MX','asked_on':'2026-03-12','form':'destroyed'}");
    asks("HN", "");
    asks("MX", "confirm that the data was given back or destroyed");
    talk_say(&t, &mx, "data_return", "HN MX",
             "{'state':'MX','asked_on':'2026-03-12','form':'destroyed',"
             "'confirmed_on':'2026-03-13'}");
    asks("MX", "");
    talk_say(&t, &hn, "close", ALL, CLOSE);
    asks("HN", "present the case at the next meeting");
    asks("ts", "");
}

static void a_key_is_compared_before_a_request_counts(void **state)
{
    (void)state;
    to_request();
    t.said[3].trust = TRUST_UNVERIFIED;
    asks("MX", "compare the key by telephone");
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_poll_is_the_owners_to_say),
        T(a_reply_needs_a_poll_of_that_state_and_round),
        T(a_later_word_of_one_author_takes_the_place),
        T(two_posts_of_a_state_that_differ_are_both_shown),
        T(a_choice_needs_an_offer_that_can_be_used),
        T(a_choice_may_rest_on_an_answer_taken_down),
        T(a_choice_that_crosses_with_a_declining_counts),
        T(a_request_needs_the_choice),
        T(a_choice_after_the_request_is_none),
        T(one_request_for_a_person_is_open),
        T(a_request_that_was_answered_stays),
        T(after_a_declining_one_may_ask_again),
        T(the_paper_original_is_the_same_request),
        T(a_request_says_when_and_to_whom),
        T(acceptance_is_for_who_was_asked),
        T(an_acceptance_is_amended),
        T(never_both_accepted_and_declined),
        T(two_posts_that_contradict_each_other_must_settle_it),
        T(another_scope_is_proposed),
        T(a_withdrawal_is_the_owners_once),
        T(an_annulled_request_is_none),
        T(a_withdrawal_crosses_with_an_acceptance),
        T(a_withdrawal_crosses_since_the_moment_that_it_names),
        T(an_acceptance_before_a_withdrawal_is_no_crossing),
        T(what_was_acknowledged_was_known),
        T(no_help_before_the_note),
        T(help_after_a_withdrawal_that_was_known_does_not_count),
        T(help_goes_on_up_to_the_handing_over),
        T(a_correction_cannot_take_the_note_from_help),
        T(closing_waits_for_the_scope_as_far_as_is_known),
        T(help_told_after_closing_is_a_crossing),
        T(help_after_a_closing_that_was_known_does_not_count),
        T(a_report_follows_the_closing_or_says_pending),
        T(a_case_is_handed_over_and_back),
        T(the_case_comes_back),
        T(who_takes_over_waits_for_all_that_was_said),
        T(a_hand_over_names_a_post_of_that_state),
        T(trust_that_is_too_low_waits),
        T(the_secretariat_asks_for_nobody),
        T(a_forked_chain_is_raised),
        T(a_fork_does_not_undo_what_others_rest_on),
        T(a_thief_forks_nothing),
        T(what_is_malformed_or_of_another_case_is_irregular),
        T(a_word_put_into_a_gap_is_known_to_nobody),
        T(a_chain_waits_for_the_one_before),
        T(neither_order_nor_repetition_matters),
        T(it_reads_as_it_was_said),
        T(each_side_is_asked_for_what_comes_next),
        T(a_key_is_compared_before_a_request_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
