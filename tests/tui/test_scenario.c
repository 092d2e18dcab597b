/* SPDX-License-Identifier: MIT */
/* One case by keys alone, from unlocking to the report: what the screens say, then the acts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"
#include "tests/tui/scenario.h"

static struct test_post post;
static struct player played;
static char *reference;

static void test_by_keys(void **state)
{
    (void)state;
    struct player *p = &played;

    p->child = post_start(&post, NULL);
    post_unlock(p->child);
    scenario_play(p);
    play_press(p, PRESS_F12);
    expect_exit(p->child, 0);
    child_free(p->child);
    p->child = NULL;
}

/* ---- the acts, after the program has left ---- */

static void test_every_field_is_in_an_act(void **state)
{
    (void)state;
    json_t *acts = post_acts(&post, reference);

    assert_true(played.left_count > 40);
    for (size_t i = 0; i < played.left_count; i++) {
        const struct play_left *left = &played.left[i];
        const char *value = left->field->value ? left->field->value : left->field->typed;
        if (!left->recorded || !acts_have(acts, left->act, value))
            fail_msg("%s: %s = %s is in no act", left->act, left->field->label, value);
    }
    json_decref(acts);
}

static const char *text_of(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));

    return text ? text : "";
}

static void test_order_and_signatures(void **state)
{
    (void)state;
    static const char *const order[] = {
        "open",    "person",  "situation", "ground",  "need",      "need",   "need",
        "consent", "consent", "decide",    "notify",  "poll",      "reply",  "reply",
        "reply",   "decline", "choose",    "consent", "authorise", "note",   "notify",
        "accept",  "assist",  "note",      "cost",    "cost",      "close",  "report",
    };
    json_t *acts = post_acts(&post, reference);

    assert_int_equal(json_array_size(acts), ARRAY_SIZE(order));
    for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
        const json_t *act = json_array_get(acts, i);
        bool theirs = strcmp(order[i], "reply") == 0 || strcmp(order[i], "decline") == 0 ||
                      strcmp(order[i], "accept") == 0 || strcmp(order[i], "assist") == 0;
        assert_string_equal(text_of(act, "act"), order[i]);
        assert_string_equal(text_of(act, "signature"), "valid");
        assert_string_equal(text_of(act, "by"), POST_OFFICER);
        assert_int_equal(json_is_true(json_object_get(act, "transcribed")), theirs);
    }
    json_decref(acts);
}

static void test_replies(void **state)
{
    (void)state;
    static const char *const status[][3] = {
        {"CA", "declined", ""},  {"CR", "replied", "yes"}, {"MX", "replied", "yes"},
        {"PA", "replied", "no"}, {"US", "silent", ""},
    };
    json_t *show = post_show(&post, reference);
    const json_t *polls = json_object_get(show, "polls");
    const json_t *replies = json_object_get(json_array_get(polls, 0), "replies");

    assert_int_equal(json_array_size(polls), 1);
    assert_int_equal(json_array_size(replies), ARRAY_SIZE(status));
    for (size_t i = 0; i < ARRAY_SIZE(status); i++) {
        const json_t *reply = json_array_get(replies, i);
        const json_t *offer = json_object_get(reply, "offer");
        assert_string_equal(text_of(reply, "state"), status[i][0]);
        assert_string_equal(text_of(reply, "status"), status[i][1]);
        assert_int_equal(json_is_true(offer), *status[i][2] == 'y');
        assert_int_equal(json_is_false(offer), *status[i][2] == 'n');
    }
    json_decref(show);
}

static void test_closed_and_reported(void **state)
{
    (void)state;
    json_t *show = post_show(&post, reference);

    assert_string_equal(text_of(show, "stage"), "reported");
    assert_true(json_is_null(json_object_get(show, "exit")));
    assert_int_equal(json_array_size(json_object_get(show, "costs")), 2);
    assert_int_equal(json_array_size(json_object_get(show, "assistance")), 1);
    json_decref(show);
}

/* Of the note and of the summary, as commands print them. */
static char *printed(const char *what, const char *number)
{
    struct buf out = BUF_INIT;
    const char *const argv[] = {"print", post.file, reference, what, number, NULL};

    assert_int_equal(post_run(&post, NULL, &out, argv), 0);
    buf_addc(&out, '\0');
    return buf_detach(&out);
}

static void test_papers(void **state)
{
    (void)state;
    char *note = printed("note", "1"), *poll = printed("poll", NULL),
         *summary = printed("summary", NULL);

    assert_non_null(strstr(note, "To the Embassy of the United Mexican States"));
    assert_null(strcasestr(note, "traffick"));
    assert_non_null(strstr(note, "ZELAYA"));
    assert_null(strcasestr(poll, "zelaya"));
    assert_null(strcasestr(poll, "dilcia"));
    assert_non_null(strstr(summary, "Mexico"));
    free(note);
    free(poll);
    free(summary);
}

static void test_file_is_whole(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;

    assert_int_equal(post_run(&post, NULL, &out, (const char *const[]){"verify", post.file, NULL}),
                     0);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_keys),
        cmocka_unit_test(test_every_field_is_in_an_act),
        cmocka_unit_test(test_order_and_signatures),
        cmocka_unit_test(test_replies),
        cmocka_unit_test(test_closed_and_reported),
        cmocka_unit_test(test_papers),
        cmocka_unit_test(test_file_is_whole),
    };
    time_t now = time(NULL);

    post_make(&post);
    reference = xasprintf("HNTGU-%d-0001", gmtime(&now)->tm_year + 1900);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    post_release(&post);
    free(reference);
    return failed;
}
