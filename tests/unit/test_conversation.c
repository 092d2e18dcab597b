/* SPDX-License-Identifier: MIT */
/* The conversation of a case: what each step needs, what becomes of it, and each crossing. */
#include "told_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* ---- the poll and its answers (7.6) ---- */

static void a_poll_is_the_owners_to_say(void **state)
{
    struct told *w = *state;
    const struct dispatch *theirs = talk_say(&w->t, &mx, "poll", ALL, POLL("1"));
    const struct dispatch *own = talk_say(&w->t, &hn, "poll", "HN",
                                          "{'round':1,'to':['HN'],"
                                          "'reply_by':'2026-03-20'}");
    const struct dispatch *other = talk_say(&w->t, &hn2, "poll", ALL, POLL("1"));

    told_is_irregular(w, theirs, "side");
    told_is_irregular(w, own, "its own State");
    told_expect(w, other, STANDING_WAITS, "handed over");
    told_counts(w, talk_say(&w->t, &hn, "poll", ALL, POLL("2")));
}

static void a_reply_needs_a_poll_of_that_state_and_round(void **state)
{
    struct told *w = *state;
    told_to_reply(w);
    told_counts(w, w->poll);
    told_counts(w, w->reply);
    told_waits_for(w, w->reply, w->poll, false);
    told_is_irregular(w, talk_say(&w->t, &cr, "reply", US, REPLY), "another State");
    told_expect(w, talk_say(&w->t, &mx, "decline", US, "{'state':'MX','stage':'poll','round':2}"),
                STANDING_WAITS, "poll");
    static const struct talker pa = {"PA", 9, TRUST_CERTIFIED};
    told_expect(w, talk_say(&w->t, &pa, "reply", "HN PA ts", REPLY_AS("PA", "yes", "true")),
                STANDING_WAITS, "not polled");
    told_is_irregular(w, talk_say(&w->t, &hn, "reply", US, REPLY_AS("HN", "yes", "true")), "side");
}

static void a_later_word_of_one_author_takes_the_place(void **state)
{
    struct told *w = *state;
    struct conversation c;

    told_to_reply(w);
    const struct dispatch *second = talk_say(&w->t, &mx, "decline", US, DECLINE);
    struct verdict v = told_verdict_without(w, w->reply, NULL);
    told_expect_of(&v, STANDING_SUPERSEDED, NULL);
    assert_ptr_equal(v.by, second);
    told_fold_without(w, NULL, &c);
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
    struct told *w = *state;
    struct conversation c;

    told_to_reply(w);
    const struct dispatch *second = talk_say(&w->t, &mx2, "decline", US, DECLINE);
    told_counts(w, w->reply);
    told_counts(w, second);
    told_fold_without(w, NULL, &c);
    assert_int_equal(c.states[1].answer_count, 2);
    conversation_release(&c);
    /* What names the other one, or comes in a later round, is the last word. */
    const struct dispatch *better =
        talk_say_of(&w->t, &mx2, "correct", US,
                    "{'of':'%s','payload':" REPLY_AS("MX", "no", "false") "}", second);
    told_is_irregular(w, better, ""); /* a declining is no reply */
    talk_say(&w->t, &hn, "poll", ALL, POLL("2"));
    told_fold_without(w, NULL, &c);
    assert_true(c.states[1].silent);
    assert_int_equal(c.states[1].round, 2);
    conversation_release(&c);
    talk_say(&w->t, &mx2, "decline", US, "{'state':'MX','stage':'poll','round':2}");
    told_fold_without(w, NULL, &c);
    assert_false(c.states[1].silent);
    assert_int_equal(c.states[1].answer_count, 1);
    conversation_release(&c);
}

/* ---- the choice (5) ---- */

static void a_choice_needs_an_offer_that_can_be_used(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_counts(w, w->choice);
    told_waits_for(w, w->choice, w->reply, false);
    told_is_irregular(w, talk_say(&w->t, &mx, "choose", US, CHOOSE), "side");
    const struct dispatch *none =
        talk_say(&w->t, &cr, "reply", "CR HN ts", REPLY_AS("CR", "no", "true"));
    told_counts(w, none);
    told_expect(w, talk_say(&w->t, &hn, "choose", "CR HN ts", "{'state':'CR'}"), STANDING_WAITS,
                "no offer");
}

/* Who has no post that writes pouches replies by telephone, and can be chosen. */
static void a_choice_may_rest_on_an_answer_taken_down(void **state)
{
    struct told *w = *state;
    talk_say(&w->t, &hn, "poll", ALL, POLL("1"));
    w->choice = talk_say(&w->t, &hn, "choose", US, CHOOSE);
    told_expect(w, w->choice, STANDING_WAITS, "has not come");
    json_t *context = json_pack("{s:{s:s, s:s}}", dispatch_answer_key, "channel", "telephone", "on",
                                "2026-03-10");
    w->t.said[w->t.count - 1].context = context;
    told_counts(w, w->choice);
    told_asks(w, "HN", "send the request by note");
    w->note = talk_say(&w->t, &hn, "note", US, REQ);
    told_counts(w, w->note);
    told_counts(w, talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note));
    json_decref(context);
}

/* The choice may cross with a later word of that State; who knows it cannot choose any more. */
static void a_choice_that_crosses_with_a_declining_counts(void **state)
{
    struct told *w = *state;
    told_to_reply(w);
    assert_true(told_may(w, &hn, "choose", US, CHOOSE, NULL));
    talk_say(&w->t, &mx, "decline", US, DECLINE);
    assert_false(told_may(w, &hn, "choose", US, CHOOSE, NULL));
    told_counts(w, talk_say(&w->t, &hn, "choose", US, CHOOSE));
}

/* ---- the request (6) ---- */

static void a_request_needs_the_choice(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_counts(w, w->note);
    told_waits_for(w, w->note, w->choice, true);
    told_is_irregular(w, talk_say(&w->t, &mx, "note", US, REQ), "side");
    told_expect(w, talk_say(&w->t, &hn2, "note", US, REQ), STANDING_WAITS, "handed over");
}

static void a_choice_after_the_request_is_none(void **state)
{
    struct told *w = *state;
    told_to_reply(w);
    const struct dispatch *early = talk_say(&w->t, &hn, "note", US, REQ);
    told_expect(w, early, STANDING_WAITS, "has not come");
    talk_say(&w->t, &hn, "choose", US, CHOOSE);
    told_expect(w, early, STANDING_WAITS, "came after it");
}

/* A second one is not irregular: the end of the first may be what has not come. */
static void one_request_for_a_person_is_open(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    assert_false(told_may(w, &hn, "note", US, REQ, NULL));
    const struct dispatch *second = talk_say(&w->t, &hn, "note", US, REQ);
    struct verdict v = told_verdict_without(w, second, NULL);
    told_expect_of(&v, STANDING_WAITS, "another request");
    assert_string_equal(v.article, "6");
    assert_memory_equal(v.awaited, w->note->id, ACT_ID_SIZE);
    assert_false(told_may(w, &mx, "accept", US, ACCEPT, second));
    told_counts(w, talk_say(&w->t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2]")));
    told_expect(w, talk_say(&w->t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2,3]")),
                STANDING_WAITS, "another");
    const struct dispatch *third = talk_say(&w->t, &hn, "note", US, REQ);
    talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    told_counts(w, second);
    told_expect(w, third, STANDING_WAITS, "another");
}

/* Who answered the second one had not the first: that may have been put before it afterwards. */
static void a_request_that_was_answered_stays(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *second = talk_say(&w->t, &hn, "note", US, REQ);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, second);
    told_counts(w, second);
    told_counts(w, accept);
    told_expect(w, w->note, STANDING_WAITS, "another request");
    talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    told_counts(w, w->note); /* it has ended, so there is room for both */
    told_counts(w, second);
    assert_int_equal(told_status_of(w, 0), REQUEST_WITHDRAWN);
    assert_int_equal(told_status_of(w, 1), REQUEST_ACCEPTED);
}

static void after_a_declining_one_may_ask_again(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    talk_say_of(&w->t, &mx, "decline", US, DECLINE_AT("note"), w->note);
    assert_int_equal(told_status_of(w, 0), REQUEST_DECLINED);
    told_counts(w, talk_say(&w->t, &hn, "note", US, REQ));
    assert_int_equal(told_status_of(w, 1), REQUEST_OPEN);
}

static void the_paper_original_is_the_same_request(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *paper =
        talk_say_of(&w->t, &hn, "note", US,
                    "{'kind':'REQ','direction':'out','to':" OFFICE(
                        "MX") ",'persons':[1],"
                              "'date':'2026-03-11','at':'2026-03-11T11:00:00Z','same_as':'%s'}",
                    w->note);
    told_counts(w, paper);
    struct conversation c;
    told_fold_without(w, NULL, &c);
    assert_int_equal(c.request_count, 1);
    conversation_release(&c);
    talk_say_of(&w->t, &mx, "accept", US, ACCEPT, paper);
    assert_int_equal(told_status_of(w, 0), REQUEST_ACCEPTED);
}

static void a_request_says_when_and_to_whom(void **state)
{
    struct told *w = *state;
    told_to_reply(w);
    talk_say(&w->t, &hn, "choose", US, CHOOSE);
    told_is_irregular(
        w,
        talk_say(&w->t, &hn, "note", US,
                 "{'kind':'REQ','direction':'out','to':" OFFICE("MX") ",'persons':[1],"
                                                                      "'date':'2026-03-11'}"),
        "when");
    told_is_irregular(w,
                      talk_say(&w->t, &hn, "note", US,
                               "{'kind':'REQ','direction':'out','to':" OFFICE(
                                   "HN") ",'persons':[1],"
                                         "'date':'2026-03-11','at':'2026-03-11T10:00:00Z'}"),
                      "its own State");
}

/* ---- what becomes of it (5) ---- */

static void acceptance_is_for_who_was_asked(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_is_irregular(
        w, talk_say_of(&w->t, &cr, "accept", "CR HN ts", "{'state':'CR','note':'%s'}", w->note),
        "may not have");
    told_is_irregular(
        w, talk_say_of(&w->t, &cr, "accept", "HN ts", "{'state':'CR','note':'%s'}", w->note),
        "no request to its State");
    told_is_irregular(w, talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->choice), "no request");
    told_is_irregular(w, talk_say_of(&w->t, &cr, "accept", "HN ts", ACCEPT, w->note),
                      "another State");
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    told_counts(w, accept);
    told_waits_for(w, accept, w->note, true);
    assert_int_equal(told_status_of(w, 0), REQUEST_ACCEPTED);
}

static void an_acceptance_is_amended(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    const struct dispatch *const of[2] = {w->note, accept};
    struct dispatch *next = &w->t.said[w->t.count];
    talk_make(&w->t, &mx, "accept", US, "{'state':'MX','note':'%s','amends':'%s'}", of, next);
    w->t.count++;
    told_counts(w, next);
    told_expect(w, accept, STANDING_SUPERSEDED, NULL);
    struct conversation c;
    told_fold_without(w, NULL, &c);
    assert_ptr_equal(c.items[c.requests[0].accepted].dispatch, next);
    conversation_release(&c);
}

static void never_both_accepted_and_declined(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    told_is_irregular(w, talk_say_of(&w->t, &mx, "decline", US, DECLINE_AT("note"), w->note),
                      "accepted");
    assert_int_equal(told_status_of(w, 0), REQUEST_ACCEPTED);
    told_counts(w, talk_say_of(&w->t, &mx, "decline", US, DECLINE_AT("assistance"), w->note));
    assert_int_equal(told_status_of(w, 0), REQUEST_DECLINED);
    told_is_irregular(w, talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note), "declined");
    told_counts(w, accept);
}

static void two_posts_that_contradict_each_other_must_settle_it(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_counts(w, talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note));
    told_counts(w, talk_say_of(&w->t, &mx2, "decline", US, DECLINE_AT("note"), w->note));
    assert_int_equal(told_status_of(w, 0), REQUEST_CONTRADICTED);
}

static void another_scope_is_proposed(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_counts(w, talk_say_of(&w->t, &mx, "note", "HN MX", NOTE_TO("SCOPE", "HN"), w->note));
    assert_int_equal(told_status_of(w, 0), REQUEST_COUNTERED);
    talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    assert_int_equal(told_status_of(w, 0), REQUEST_ACCEPTED);
    told_is_irregular(w, talk_say_of(&w->t, &hn, "note", "HN MX", NOTE_TO("ACC", "MX"), w->note),
                      "side");
}

static void a_withdrawal_is_the_owners_once(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_is_irregular(w, talk_say_of(&w->t, &mx, "withdraw", US, WITHDRAW, w->note), "side");
    told_expect(w, talk_say_of(&w->t, &hn2, "withdraw", US, WITHDRAW, w->note), STANDING_WAITS,
                "handed over");
    told_is_irregular(w, talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->choice),
                      "no request");
    told_counts(w, talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note));
    assert_int_equal(told_status_of(w, 0), REQUEST_WITHDRAWN);
    told_is_irregular(w, talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note),
                      "ended already");
    told_is_irregular(w, talk_say_of(&w->t, &hn, "annul", US, ANNUL, w->note), "ended already");
}

static void an_annulled_request_is_none(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_is_irregular(w, talk_say_of(&w->t, &mx, "annul", US, ANNUL, w->note), "side");
    const struct dispatch *theirs =
        talk_say_of(&w->t, &mx, "note", "HN MX", NOTE_TO("SCOPE", "HN"), w->note);
    told_is_irregular(w, talk_say_of(&w->t, &hn, "annul", "HN MX", ANNUL, theirs), "its own State");
    told_counts(w, talk_say_of(&w->t, &mx, "annul", "HN MX", ANNUL, theirs));
    told_counts(w, talk_say_of(&w->t, &hn, "annul", US, ANNUL, w->note));
    assert_int_equal(told_status_of(w, 0), REQUEST_ANNULLED);
    assert_false(told_may(w, &mx, "accept", US, ACCEPT, w->note));
    assert_false(told_may(w, &mx, "assist", US, LATE_ASSIST, NULL));
    told_counts(w, talk_say(&w->t, &hn, "note", US, REQ));
}

/* What its author could not know is no fault of its own. */
static void a_withdrawal_crosses_with_an_acceptance(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *withdrawal = talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    assert_false(told_may(w, &mx, "accept", US, ACCEPT, w->note));
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    told_counts(w, accept);
    assert_int_equal(told_status_of(w, 0), REQUEST_WITHDRAWN);
    assert_int_equal(told_crossings_of(w, accept), CROSSED_ACCEPTANCE);
    assert_int_equal(told_crossings_of(w, withdrawal), CROSSED_ACCEPTANCE);
}

/* The withdrawal names a moment before it was recorded: what was accepted since then crosses. */
static void a_withdrawal_crosses_since_the_moment_that_it_names(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    talk_say_of(&w->t, &hn, "withdraw", US, "{'note':'%s','at':'2026-03-10T00:00:00Z'}", w->note);
    assert_int_equal(told_crossings_of(w, accept), CROSSED_ACCEPTANCE);
}

static void an_acceptance_before_a_withdrawal_is_no_crossing(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    assert_int_equal(told_crossings_of(w, accept), 0);
}

/* Who has said that the withdrawal came cannot accept any more. */
static void what_was_acknowledged_was_known(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    const struct dispatch *letter =
        talk_say_of(&w->t, &hn, "note", "HN MX", NOTE_TO("WDR", "MX"), w->note);
    told_counts(w, letter);
    told_counts(w, talk_say_of(&w->t, &mx, "delivery", "HN MX", DELIVERY, letter));
    const struct dispatch *hidden = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    told_counts(w, hidden); /* the Secretariat has not that receipt, and all must see the same */
    told_is_irregular(w, talk_say_of(&w->t, &mx, "accept", "HN MX", ACCEPT, w->note), "had ended");
}

/* ---- assistance (6) ---- */

static void no_help_before_the_note(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *assist = talk_say(&w->t, &mx, "assist", US, ASSIST);
    told_counts(w, assist);
    struct verdict v = told_verdict_without(w, assist, w->note);
    told_expect_of(&v, STANDING_WAITS, "no request by note");
    assert_string_equal(v.article, "6");
    told_expect(w, talk_say(&w->t, &mx, "assist", US, ASSIST_AT("2026-03-11T09:59:59Z", "[1]")),
                STANDING_WAITS, "in force");
    told_expect(w, talk_say(&w->t, &mx, "assist", US, ASSIST_AT("2026-03-11T12:00:00Z", "[1,2]")),
                STANDING_WAITS, "no request by note");
    told_is_irregular(w, talk_say(&w->t, &cr, "assist", "CR HN ts", ASSIST), "another State");
    told_is_irregular(
        w, talk_say(&w->t, &mx, "assist", US, ASSIST_AT("2026-03-11T12:00:00Z", "[]")), "to whom");
}

static void help_after_a_withdrawal_that_was_known_does_not_count(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *withdrawal = talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    const struct dispatch *crossed = talk_say(&w->t, &mx, "assist", US, LATE_ASSIST);
    told_counts(w, crossed);
    assert_int_equal(told_crossings_of(w, crossed), CROSSED_ASSISTANCE);
    assert_int_equal(told_crossings_of(w, withdrawal), CROSSED_ASSISTANCE);
    assert_false(told_may(w, &mx, "assist", US, LATE_ASSIST, NULL));
    assert_true(told_may(w, &mx, "assist", US, ASSIST, NULL)); /* it was given before */
    const struct dispatch *letter =
        talk_say_of(&w->t, &hn, "note", "HN MX", NOTE_TO("WDR", "MX"), w->note);
    talk_say_of(&w->t, &mx, "delivery", "HN MX", DELIVERY, letter);
    told_expect(w, talk_say(&w->t, &mx, "assist", "HN MX", LATE_ASSIST), STANDING_WAITS,
                "in force");
    told_counts(w, talk_say(&w->t, &mx, "assist", "HN MX", ASSIST));
}

static void help_goes_on_up_to_the_handing_over(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_counts(w, talk_say_of(&w->t, &mx, "decline", US,
                               "{'state':'MX','stage':'assistance','note':'%s',"
                               "'hand_over_on':'2026-03-13'}",
                               w->note));
    told_counts(w, talk_say(&w->t, &mx, "assist", US, LATE_ASSIST));
    told_expect(w, talk_say(&w->t, &mx, "assist", US, ASSIST_AT("2026-03-14T12:00:00Z", "[1]")),
                STANDING_WAITS, "in force");
}

static void a_correction_cannot_take_the_note_from_help(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *assist = talk_say(&w->t, &mx, "assist", US, ASSIST);
    /* The note is said to be of later: the help was given on what was known. */
    const struct dispatch *later =
        talk_say_of(&w->t, &hn, "correct", US,
                    "{'of':'%s','payload':" REQ_AT("2026-03-12T10:00:00Z", "[1]") "}", w->note);
    told_counts(w, later);
    told_counts(w, assist);
    told_expect(w, w->note, STANDING_SUPERSEDED, NULL);
    assert_false(told_may(w, &mx, "assist", US, ASSIST, NULL));
    told_expect(w,
                talk_say_of(&w->t, &mx, "correct", US,
                            "{'of':'%s','payload':" ASSIST_AT("2026-03-11T09:00:00Z", "[1]") "}",
                            assist),
                STANDING_WAITS, "in force");
    told_is_irregular(
        w, talk_say_of(&w->t, &mx, "correct", US, "{'of':'%s','payload':" REQ "}", w->note),
        "side");
    told_is_irregular(
        w,
        talk_say_of(&w->t, &hn, "correct", US,
                    "{'of':'%s','payload':{'kind':'REQ','direction':'out','to':" OFFICE(
                        "CR") ",'date':'2026-03-11','at':'2026-03-11T10:00:00Z'}}",
                    w->note),
        "another note");
}

/* ---- the end (7.7) ---- */

static void closing_waits_for_the_scope_as_far_as_is_known(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    assert_true(told_may(w, &hn, "close", ALL, CLOSE, NULL));
    const struct dispatch *assist = talk_say(&w->t, &mx, "assist", US, ASSIST);
    assert_false(told_may(w, &hn, "close", ALL, CLOSE, NULL));
    assert_true(told_may(w, &hn, "close", ALL,
                         "{'outcome':['repatriated'],'override':{'reason':'they do not answer'}}",
                         NULL));
    talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    assert_true(told_may(w, &hn, "close", ALL, CLOSE, NULL));
    told_counts(w, talk_say(&w->t, &hn, "close", ALL, CLOSE));
    assert_int_equal(told_crossings_of(w, assist), 0);
    told_is_irregular(w, talk_say(&w->t, &hn, "close", ALL, CLOSE), "already");
    told_is_irregular(w, talk_say(&w->t, &mx, "close", ALL, CLOSE), "side");
    told_is_irregular(w, talk_say(&w->t, &hn, "poll", ALL, POLL("2")), "closed");
    told_is_irregular(w, talk_say(&w->t, &hn, "choose", US, CHOOSE), "closed");
    told_is_irregular(w, talk_say(&w->t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2]")),
                      "closed");
}

static void help_told_after_closing_is_a_crossing(void **state)
{
    struct told *w = *state;
    struct conversation_asked asked[4];
    struct conversation c;

    told_to_request(w);
    const struct dispatch *closing = talk_say(&w->t, &hn, "close", ALL, CLOSE);
    told_counts(w, talk_say(&w->t, &hn, "report", "HN ts", REPORT));
    const struct dispatch *assist = talk_say(&w->t, &mx, "assist", US, ASSIST);
    told_counts(w, assist);
    assert_int_equal(told_crossings_of(w, assist), CROSSED_CLOSING);
    assert_int_equal(told_crossings_of(w, closing), CROSSED_CLOSING);
    told_fold_without(w, NULL, &c);
    assert_int_equal(conversation_asks(&c, "HN", asked, 4), 2);
    assert_int_equal(asked[0].what, ASKED_RETURN);
    assert_int_equal(asked[1].what, ASKED_AMEND);
    assert_ptr_equal(c.items[asked[1].item].dispatch, assist);
    conversation_release(&c);
    talk_say(&w->t, &hn, "report", "HN ts", REPORT);
    told_fold_without(w, NULL, &c);
    assert_int_equal(conversation_asks(&c, "HN", asked, 4), 1);
    conversation_release(&c);
}

static void help_after_a_closing_that_was_known_does_not_count(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    talk_say(&w->t, &hn, "close", ALL, CLOSE);
    assert_false(told_may(w, &mx, "assist", US, LATE_ASSIST, NULL));
    const struct dispatch *thanks =
        talk_say_of(&w->t, &hn, "note", "HN MX", NOTE_TO("CLO", "MX"), w->note);
    talk_say_of(&w->t, &mx, "delivery", "HN MX", DELIVERY, thanks);
    const struct dispatch *assist = talk_say(&w->t, &mx, "assist", "HN MX", LATE_ASSIST);
    told_expect(w, assist, STANDING_WAITS, "closed, and it knew");
    assert_string_equal(told_verdict_without(w, assist, NULL).article, "7.7");
}

static void a_report_follows_the_closing_or_says_pending(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_expect(w, talk_say(&w->t, &hn, "report", "HN ts", REPORT), STANDING_WAITS, "open");
    told_counts(w, talk_say(&w->t, &hn, "report", "HN ts",
                            "{'meeting':'LON','on':'2026-06-10','pending':true}"));
    told_expect(w, talk_say(&w->t, &hn, "reopen", ALL, "{}"), STANDING_WAITS, "not closed");
    talk_say(&w->t, &hn, "close", ALL, CLOSE);
    told_counts(w, talk_say(&w->t, &hn, "report", "HN ts", REPORT));
    told_counts(w, talk_say(&w->t, &hn, "reopen", ALL, "{}"));
    told_expect(w, talk_say(&w->t, &hn, "reopen", ALL, "{}"), STANDING_WAITS, "not closed");
    told_expect(w, talk_say(&w->t, &hn, "report", "HN ts", REPORT), STANDING_WAITS, "open");
    told_counts(w, talk_say(&w->t, &hn, "note", US, REQ_AT("2026-03-11T10:00:00Z", "[2]")));
}

#define T(test) cmocka_unit_test_setup_teardown(test, told_begin, told_end)

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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
