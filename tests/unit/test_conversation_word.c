/* SPDX-License-Identifier: MIT */
/* The conversation of a case: whose it is, whose word counts, in which order it may come, and what
 * is asked. */
#include "told_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* ---- whose the case is ---- */

static void a_case_is_handed_over_and_back(void **state)
{
    struct told *w = *state;
    char to_second[80], to_first[80];
    struct conversation c;

    snprintf(to_second, sizeof to_second, "{'to':'%s'}", talk_post(&hn2));
    snprintf(to_first, sizeof to_first, "{'to':'%s'}", talk_post(&hn));
    told_to_request(w);
    told_is_irregular(w, talk_say(&w->t, &mx, "hand_over", US, to_second), "side");
    const struct dispatch *stolen = talk_say(&w->t, &hn2, "hand_over", US, to_second);
    told_expect(w, stolen, STANDING_WAITS, "handed over");
    const struct dispatch *over = talk_say(&w->t, &hn, "hand_over", ALL, to_second);
    told_counts(w, over);
    const struct dispatch *withdrawal = talk_say_of(&w->t, &hn2, "withdraw", US, WITHDRAW, w->note);
    told_counts(w, withdrawal);
    told_waits_for(w, withdrawal, over, false);
    told_expect(w, talk_say(&w->t, &hn, "close", ALL, CLOSE), STANDING_WAITS, "handed over");
    told_fold_without(w, NULL, &c);
    assert_int_equal(c.owner[0], hn2.post);
    conversation_release(&c);
    told_counts(w, talk_say(&w->t, &hn2, "note", US, REQ)); /* the one before was withdrawn */
    told_expect(w, talk_say(&w->t, &hn2, "note", US, REQ), STANDING_WAITS, "another request");
}

static void the_case_comes_back(void **state)
{
    struct told *w = *state;
    char to_second[80], to_first[80];
    struct conversation c;

    snprintf(to_second, sizeof to_second, "{'to':'%s'}", talk_post(&hn2));
    snprintf(to_first, sizeof to_first, "{'to':'%s'}", talk_post(&hn));
    told_to_request(w);
    talk_say(&w->t, &hn, "hand_over", ALL, to_second);
    const struct dispatch *back = talk_say(&w->t, &hn2, "hand_over", ALL, to_first);
    told_counts(w, back);
    const struct dispatch *closing = talk_say(&w->t, &hn, "close", ALL, CLOSE);
    told_counts(w, closing);
    told_waits_for(w, closing, back, false);
    told_expect(w, talk_say(&w->t, &hn2, "reopen", ALL, "{}"), STANDING_WAITS, "handed over");
    told_fold_without(w, NULL, &c);
    assert_int_equal(c.owner[0], hn.post);
    assert_int_not_equal(c.closing, NO_ITEM);
    conversation_release(&c);
}

/* The second writer must know what the first one said: else two requests would be open. */
static void who_takes_over_waits_for_all_that_was_said(void **state)
{
    struct told *w = *state;
    char to_second[80];
    struct conversation c;
    struct dispatch next;
    struct verdict v;
    const struct dispatch *const none[2] = {NULL, NULL};

    snprintf(to_second, sizeof to_second, "{'to':'%s'}", talk_post(&hn2));
    told_to_request(w);
    talk_say(&w->t, &hn, "hand_over", ALL, to_second);
    talk_make(&w->t, &hn2, "note", US, REQ, none, &next);
    told_fold_without(w, w->note, &c);
    assert_false(conversation_may(&c, &next, &v));
    told_expect_of(&v, STANDING_WAITS, "before the case was handed over");
    conversation_release(&c);
    told_fold_without(w, NULL, &c);
    assert_false(conversation_may(&c, &next, &v));
    told_expect_of(&v, STANDING_WAITS, "another request");
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
    struct told *w = *state;
    struct conversation_world world = talk_world;
    struct conversation c;

    const struct dispatch *over = talk_say(&w->t, &hn, "hand_over", ALL, "{'to':'HNSAP'}");
    const struct dispatch *said = talk_say(&w->t, &hn2, "poll", ALL, POLL("1"));
    told_expect(w, over, STANDING_WAITS, "no directory");
    const struct dispatch *const set[] = {over, said};
    world.post_named = post_named;
    world.directory = "HN";
    conversation_fold(set, 2, &world, &c);
    assert_int_equal(c.items[conversation_find(&c, said->id)].verdict.standing, STANDING_COUNTS);
    conversation_release(&c);
    world.directory = "MX";
    conversation_fold(set, 2, &world, &c);
    struct verdict v = c.items[conversation_find(&c, over->id)].verdict;
    told_expect_of(&v, STANDING_IRREGULAR, "another State");
    conversation_release(&c);
}

/* ---- whose word it is ---- */

static void trust_that_is_too_low_waits(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    w->t.said[0].trust = TRUST_UNVERIFIED; /* enough for a poll */
    told_counts(w, w->poll);
    told_counts(w, w->note);
    w->t.said[3].trust = TRUST_UNVERIFIED;
    told_expect(w, w->note, STANDING_WAITS, "telephone");
    told_expect(w, accept, STANDING_WAITS, NULL);
    w->t.said[3].trust = TRUST_CHECKED;
    told_counts(w, accept);
    w->t.said[4].trust = TRUST_UNVERIFIED;
    told_expect(w, accept, STANDING_WAITS, "telephone");
    w->t.said[4].trust = TRUST_UNKNOWN;
    told_expect(w, accept, STANDING_WAITS, "not known");
    w->t.said[4].trust = TRUST_CERTIFIED;
    w->t.said[3].trust = TRUST_QUARANTINED;
    told_expect(w, w->note, STANDING_QUARANTINED, NULL);
    told_expect(w, accept, STANDING_WAITS, NULL);
    w->t.said[0].state[0] = '\0';
    told_expect(w, w->poll, STANDING_WAITS, "directory");
}

static void the_secretariat_asks_for_nobody(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    told_is_irregular(w, talk_say(&w->t, &ts, "poll", ALL, POLL("1")), "Secretariat");
    told_is_irregular(w, talk_say_of(&w->t, &ts, "accept", US, ACCEPT, w->note), "Secretariat");
    told_counts(w, talk_say_of(&w->t, &ts, "delivery", "HN ts", DELIVERY, w->note));
}

static void a_forked_chain_is_raised(void **state)
{
    struct told *w = *state;
    told_to_reply(w);
    struct dispatch *twin = &w->t.said[w->t.count++];
    *twin = *w->reply;
    twin->payload = kit_json(REPLY_AS("MX", "no", "false"));
    talk_sign(twin);
    told_expect(w, w->reply, STANDING_FORKED, NULL);
    told_expect(w, twin, STANDING_FORKED, NULL);
    assert_ptr_equal(told_verdict_without(w, w->reply, NULL).by, twin);
}

/* Who said two things cannot take back the one that others have built on. */
static void a_fork_does_not_undo_what_others_rest_on(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    struct dispatch *twin = &w->t.said[w->t.count++];
    *twin = *w->note;
    twin->payload = kit_json(REQ_AT("2026-03-11T10:00:00Z", "[2]"));
    talk_sign(twin);
    told_counts(w, w->note);
    assert_true(told_verdict_without(w, w->note, NULL).forked);
    told_counts(w, accept);
    told_expect(w, twin, STANDING_FORKED, NULL);
}

/* By who has a key that was revoked, or by nobody whose key is known. */
static void a_thief_forks_nothing(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    struct dispatch *twin = &w->t.said[w->t.count++];
    *twin = *w->note;
    twin->payload = kit_json(REQ_AT("2026-03-11T10:00:00Z", "[2]"));
    talk_sign(twin);
    told_expect(w, w->note, STANDING_FORKED, NULL);
    twin->trust = TRUST_QUARANTINED;
    told_counts(w, w->note);
    assert_false(told_verdict_without(w, w->note, NULL).forked);
    told_expect(w, twin, STANDING_QUARANTINED, NULL);
    twin->trust = TRUST_UNKNOWN;
    told_counts(w, w->note);
}

static void what_is_malformed_or_of_another_case_is_irregular(void **state)
{
    struct told *w = *state;
    told_to_reply(w);
    w->t.said[0].opener[0] = 9;
    told_is_irregular(w, w->poll, "another case");
    w->t.said[0].opener[0] = 1;
    told_is_irregular(w, talk_say(&w->t, &hn, "poll", ALL, "{'round':'one','to':'MX'}"), "shape");
    told_is_irregular(w, talk_say(&w->t, &hn, "cost", ALL, "{}"), "side");
}

/* A low number that is made up later, to have been known by those who could not know it. */
static void a_word_put_into_a_gap_is_known_to_nobody(void **state)
{
    struct told *w = *state;
    told_to_request(w); /* HN: poll 1, choice 2, note 3 */
    w->t.said[3].sequence = 5;
    talk_sign(&w->t.said[3]);
    const struct dispatch *assist = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    struct dispatch *closing = &w->t.said[w->t.count++];
    const struct dispatch *const none[2] = {NULL, NULL};
    talk_make(&w->t, &hn, "close", ALL, CLOSE, none, closing);
    closing->sequence = 4;
    memset(closing->prev, 0, PREV_SIZE);
    talk_sign(closing);
    told_counts(w, assist);
    struct dispatch *back = &w->t.said[w->t.count++];
    const struct dispatch *const of[2] = {w->note, w->note};
    talk_make(&w->t, &hn, "withdraw", US, WITHDRAW, of, back);
    back->sequence = 3;
    talk_sign(back);
    told_is_irregular(w, back, "said later");
    told_counts(w, talk_say(&w->t, &mx, "assist", US, LATE_ASSIST));
}

/* ---- order ---- */

static void a_chain_waits_for_the_one_before(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    const struct dispatch *accept = talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    told_waits_for(w, accept, w->reply, true);
    told_waits_for(w, w->choice, w->poll, true);
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
    struct told *w = *state;
    const struct dispatch *set[64];
    uint64_t chance = 1, first;

    told_to_request(w);
    talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    talk_say(&w->t, &mx, "assist", US, LATE_ASSIST);
    talk_say(&w->t, &hn, "close", ALL, CLOSE);
    for (size_t i = 0; i < w->t.count; i++)
        set[i] = set[w->t.count + i] = &w->t.said[i];
    first = digest_of(set, w->t.count, "");
    assert_int_equal(digest_of(set, 0, ""), digest_of(NULL, 0, ""));
    for (int i = 0; i < 200; i++) {
        talk_shuffle(set, 2 * w->t.count, &chance);
        assert_true(digest_of(set, 2 * w->t.count, "") == first);
    }
    assert_false(digest_of(set, w->t.count - 1, "") == first);
}

/* What names another comes after it, also by a clock that is behind. */
static void it_reads_as_it_was_said(void **state)
{
    struct told *w = *state;
    struct conversation c;

    told_to_request(w);
    w->t.said[1].at.seconds -= 86400; /* the reply names nothing */
    w->t.said[3].at.seconds -= 2 * 86400;
    told_fold_without(w, NULL, &c);
    assert_ptr_equal(c.items[0].dispatch, w->poll);
    assert_ptr_equal(c.items[1].dispatch, w->choice);
    assert_ptr_equal(c.items[2].dispatch, w->note);
    assert_ptr_equal(c.items[3].dispatch, w->reply);
    conversation_release(&c);
}

/* ---- what is asked ---- */

static void each_side_is_asked_for_what_comes_next(void **state)
{
    struct told *w = *state;
    told_asks(w, "HN", "");
    talk_say(&w->t, &hn, "poll", ALL, POLL("1"));
    told_asks(w, "HN", "");
    told_asks(w, "MX", "reply to the poll");
    told_asks(w, "CR", "reply to the poll");
    talk_say(&w->t, &mx, "reply", US, REPLY);
    talk_say(&w->t, &cr, "reply", "CR HN ts", REPLY_AS("CR", "yes", "true"));
    told_asks(w, "MX", "");
    told_asks(w, "HN", "choose whom to approach");
    talk_say(&w->t, &hn, "choose", US, CHOOSE);
    told_asks(w, "HN", "send the request by note");
    w->note = talk_say(&w->t, &hn, "note", US, REQ);
    told_asks(w, "HN", "");
    told_asks(w, "MX", "accept or decline the request");
    talk_say_of(&w->t, &mx, "note", "HN MX", NOTE_TO("PART", "HN"), w->note);
    told_asks(w, "HN", "answer the scope that was proposed");
    talk_say_of(&w->t, &mx, "accept", US, ACCEPT, w->note);
    told_asks(w, "MX", "");
    told_asks(w, "HN", "thank for the offer that was not needed");
    talk_say(&w->t, &hn, "note", "CR HN",
             "{'kind':'CLO','direction':'out','to':" OFFICE("CR") ",'date':'2026-03-11'}");
    told_asks(w, "HN", "");
    talk_say_of(&w->t, &hn, "withdraw", US, WITHDRAW, w->note);
    told_asks(w, "HN", "ask for the data back");
    talk_say(&w->t, &hn, "data_return", "HN MX",
             "{'state':'MX','asked_on':'2026-03-12','form':'destroyed'}");
    told_asks(w, "HN", "");
    told_asks(w, "MX", "confirm that the data was given back or destroyed");
    talk_say(&w->t, &mx, "data_return", "HN MX",
             "{'state':'MX','asked_on':'2026-03-12','form':'destroyed',"
             "'confirmed_on':'2026-03-13'}");
    told_asks(w, "MX", "");
    talk_say(&w->t, &hn, "close", ALL, CLOSE);
    told_asks(w, "HN", "present the case at the next meeting");
    told_asks(w, "ts", "");
}

static void a_key_is_compared_before_a_request_counts(void **state)
{
    struct told *w = *state;
    told_to_request(w);
    w->t.said[3].trust = TRUST_UNVERIFIED;
    told_asks(w, "MX", "compare the key by telephone");
}

#define T(test) cmocka_unit_test_setup_teardown(test, told_begin, told_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
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
