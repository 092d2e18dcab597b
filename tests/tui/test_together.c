/* SPDX-License-Identifier: MIT */
/*
 * Several officers on one file, each at a terminal: one is told of the others, one waits for who
 * writes and says for whom, and nothing that was typed is lost by it.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/presence.h"
#include "tests/harness/expect.h"
#include "tests/tui/office.h"
#include "tests/tui/player.h"

static struct test_post before; /* each test works on a copy */

static int copy_post(void **state)
{
    struct test_post *post = xcalloc(1, sizeof *post);

    post_copy(post, &before);
    *state = post;
    return 0;
}

static int drop_post(void **state)
{
    post_release(*state);
    free(*state);
    return 0;
}

/* ---- both at work ---- */

static void test_two_programs(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *ana = office_unlocked(post, NULL);

    office_begin_need(ana);
    child_type(ana, "Ana's words");
    child_press(ana, PRESS_TAB);

    struct child *luis = office_unlocked_by_other(post);
    expect_text(luis, POST_OFFICER " has this file open too.");
    expect_row_has(luis, 0, "Consular Directorate"); /* Ana's form is not offered to him */
    office_open_case(luis);
    expect_row_has(luis, 0, POST_OFFICER " is in this case too");
    child_type(luis, "4n");
    expect_row_has(luis, 0, POST_OFFICER " is in this case too");
    expect_no_text(luis, "Ana's words");
    child_type(luis, "medical");
    child_press(luis, PRESS_ENTER);
    child_type(luis, "24h");
    child_press(luis, PRESS_ENTER);
    child_press(luis, PRESS_ENTER);
    child_type(luis, "Luis's words");
    child_press(luis, PRESS_F2);
    expect_text(luis, "Recorded");

    expect_await(ana, OTHER_OFFICER " is in this case too");
    expect_text(ana, "Ana's words");
    child_press(ana, PRESS_F2);
    expect_text(ana, "Recorded");
    office_leave(ana);
    office_leave(luis);
    assert_int_equal(office_count_acts(post), acts + 2);
    json_t *all = office_acts(post);
    assert_true(acts_have(all, "need", "Ana's words"));
    assert_true(acts_have(all, "need", "Luis's words"));
    json_decref(all);
}

/* The same officer twice, in the same form: what was left in one is not undone by the other. */
static void test_one_officer_twice(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *one = office_unlocked(post, NULL);

    office_begin_need(one);
    child_type(one, "words of the first");
    child_press(one, PRESS_TAB);
    struct child *two = office_unlocked(post, NULL);
    expect_row_has(two, 0, "Unfinished");
    expect_text(two, POST_OFFICER " has this file open too.");
    child_press(two, PRESS_ENTER);
    expect_text(two, "words of the first");
    child_press(one, PRESS_F2);
    expect_text(one, "Recorded");
    child_press(two, PRESS_F2);
    expect_text(two, "Your other program recorded or discarded this");
    expect_text(two, "words of the first");
    assert_int_equal(office_count_acts(post), acts + 1);
    office_leave(one);
    office_leave(two);
}

/* ---- both versions ---- */

/* The form of where the person is: the place, then the cursor stands in `Region`. */
static void begin_situation(struct child *child, const char *place, const char *region)
{
    office_open_case(child);
    child_type(child, "2n");
    expect_row_has(child, 0, "place and situation");
    child_type(child, place);
    child_press(child, PRESS_TAB);
    child_type(child, "=region");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, ">Region");
    child_type(child, region);
}

/* The other officer's version, recorded and done with. */
static void other_records(const struct test_post *post, const char *place, const char *region,
                          const char *address)
{
    struct child *luis = office_unlocked_by_other(post);

    begin_situation(luis, place, region);
    child_press(luis, PRESS_TAB);
    child_type(luis, address);
    child_press(luis, PRESS_F2);
    expect_text(luis, "Recorded");
    office_leave(luis);
}

static void expect_situation(const struct test_post *post, const char *place, const char *region,
                             const char *address)
{
    json_t *acts = office_acts(post);
    const json_t *last = json_array_get(acts, json_array_size(acts) - 1);
    const json_t *payload = json_object_get(last, "payload");

    assert_string_equal(json_string_value(json_object_get(last, "act")), "situation");
    assert_string_equal(json_string_value(json_object_get(payload, "locality")), place);
    assert_string_equal(json_string_value(json_object_get(payload, "subdivision")), region);
    assert_string_equal(json_string_value(json_object_get(payload, "address")), address);
    json_decref(acts);
}

static void test_both_versions(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *ana = office_unlocked(post, NULL);

    begin_situation(ana, "Dubai Marina", "Dubai");
    other_records(post, "Al Nahda", "Sharjah", "5th street");
    child_press(ana, PRESS_F2);
    expect_row_has(ana, 0, "Both versions");
    expect_row_has(ana, 2, OTHER_OFFICER " recorded this too");
    expect_row(ana, 5, "> Place            * yours        Dubai Marina");
    expect_row(ana, 6, "                     Luis MEZA    Al Nahda");
    expect_row(ana, 9, "  Address            yours        -");
    expect_row(ana, 10, "                   * Luis MEZA    5th street");
    expect_text(ana, "F2 take over");

    /* Esc changes nothing, and F2 comes here again. */
    child_press(ana, PRESS_F12);
    expect_text(ana, "Dubai Marina");
    expect_cursor_on(ana, ">Region");
    child_press(ana, PRESS_F2);
    expect_row_has(ana, 0, "Both versions");
    expect_cursor_on(ana, "Dubai Marina");
    child_type(ana, "b");
    child_press(ana, PRESS_DOWN);
    expect_cursor_on(ana, "Dubai");
    child_press(ana, PRESS_ENTER);
    child_press(ana, PRESS_F2);
    expect_text(ana, "Taken over. F2 records it.");
    expect_text(ana, "Dubai Marina; Al Nahda");
    expect_text(ana, "Sharjah");
    expect_text(ana, "5th street");
    child_press(ana, PRESS_F2);
    expect_text(ana, "Recorded");
    office_leave(ana);
    assert_int_equal(office_count_acts(post), acts + 2);
    expect_situation(post, "Dubai Marina; Al Nahda", "Sharjah", "5th street");
}

/* Whoever keeps nothing of their own has nothing to record. */
static void test_theirs_stands(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *ana = office_unlocked(post, NULL);

    begin_situation(ana, "Dubai Marina", "Dubai");
    other_records(post, "Al Nahda", "Sharjah", "5th street");
    child_press(ana, PRESS_F2);
    child_type(ana, "t");
    child_press(ana, PRESS_DOWN);
    child_type(ana, "t");
    child_press(ana, PRESS_F2);
    expect_text(ana, "What " OTHER_OFFICER " recorded stands");
    office_leave(ana);
    assert_int_equal(office_count_acts(post), acts + 1);
    ana = office_unlocked(post, NULL);
    expect_row_has(ana, 0, "Consular Directorate"); /* no draft is left */
    office_leave(ana);
}

static void test_the_same_twice(void **state)
{
    const struct test_post *post = *state;
    struct child *ana = office_unlocked(post, NULL);

    begin_situation(ana, "Al Nahda", "Sharjah");
    child_press(ana, PRESS_TAB);
    child_type(ana, "5th street");
    other_records(post, "Al Nahda", "Sharjah", "5th street");
    child_press(ana, PRESS_F2);
    expect_text(ana, OTHER_OFFICER " recorded the very same already.");
    child_press(ana, PRESS_F2);
    expect_text(ana, "Recorded");
    office_leave(ana);
}

/* Also where one left the form and came back, and after a lock. */
static void test_taken_up_later(void **state)
{
    const struct test_post *post = *state;
    struct child *ana = office_unlocked(post, NULL);

    begin_situation(ana, "Dubai Marina", "Dubai");
    office_leave(ana);
    other_records(post, "Al Nahda", "Sharjah", "5th street");
    ana = office_unlocked(post, NULL);
    child_press(ana, PRESS_ENTER);
    expect_text(ana, "Dubai Marina");
    child_press(ana, PRESS_F2);
    expect_row_has(ana, 0, "Both versions");
    child_press(ana, CTRL('X'));
    post_unlock(ana);
    expect_row_has(ana, 0, "Both versions");
    child_press(ana, PRESS_F2);
    child_press(ana, PRESS_F2);
    expect_text(ana, "Recorded");
    office_leave(ana);
    expect_situation(post, "Dubai Marina", "Dubai", "5th street");
}

/* Two correct the same act. */
static void test_both_correct(void **state)
{
    const struct test_post *post = *state;
    struct child *ana = office_unlocked(post, NULL), *luis = office_unlocked_by_other(post);
    struct child *const both[] = {ana, luis};

    for (size_t i = 0; i < 2; i++) {
        office_open_case(both[i]);
        child_type(both[i], "1c");
        expect_row_has(both[i], 0, "Correction");
        child_type(both[i], "heard anew");
        child_type(both[i], "\t=given");
        child_press(both[i], PRESS_ENTER);
        child_type(both[i], i ? "Óscar Luis" : "Óscar Andrés");
    }
    child_press(luis, PRESS_F2);
    expect_text(luis, "Recorded");
    child_press(ana, PRESS_F2);
    expect_row_has(ana, 0, "Both versions");
    expect_text(ana, "Óscar Andrés");
    expect_text(ana, "Óscar Luis");
    child_press(ana, PRESS_F2);
    child_press(ana, PRESS_F2);
    expect_text(ana, "Recorded");
    office_leave(ana);
    office_leave(luis);
    json_t *acts = office_acts(post);
    assert_true(acts_have(acts, "correct", "Óscar Andrés"));
    assert_true(acts_have(acts, "correct", "Óscar Luis"));
    json_decref(acts);
}

static void test_narrow_versions(void **state)
{
    const struct test_post *post = *state;
    const struct child_options narrow = {.rows = 12, .cols = 40};
    struct child *ana = office_unlocked(post, &narrow);

    begin_situation(ana, "Dubai Marina", "Dubai");
    other_records(post, "Al Nahda", "Sharjah", "5th street");
    child_press(ana, PRESS_F2);
    expect_row(ana, 7, "> Place       * yours  Dubai Marina");
    expect_row(ana, 8, "                Luis … Al Nahda");
    expect_text(ana, "F2 take over");
    child_press(ana, PRESS_PAGE_DOWN);
    expect_cursor_on(ana, "Address");
    child_press(ana, PRESS_F12);
    office_leave(ana);
}

/* ---- waiting ---- */

#define WAITING "Waiting for " OTHER_OFFICER " (their program on "

/* A program of the other officer, which is this one, begins to write and does not end. */
static struct store *begin_writing(const struct test_post *post, bool present)
{
    struct passphrase key = {OTHER_PASSPHRASE, strlen(OTHER_PASSPHRASE)};
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(post->file, OTHER_OFFICER, key, 0, &store, &err) ||
        (present && !store_presence_set(store, "", &err)) || !store_batch_begin(store, &err))
        fail_msg("%s", error_text(&err));
    return store;
}

static void end_writing(struct store *store)
{
    struct error err = ERROR_INIT;

    assert_true(store_batch_end(store, true, &err));
    store_close(store);
}

static void test_waits(void **state)
{
    const struct test_post *post = *state;
    struct child *ana = office_unlocked(post, NULL);

    office_begin_need(ana);
    struct store *luis = begin_writing(post, true);
    child_send(ana, "a bed for the night", 19);
    child_send_key(ana, PRESS_TAB);
    expect_await(ana, WAITING);
    child_type(ana, "kept"); /* for the next field */
    expect_no_text(ana, "kept");
    child_resize(ana, 12, 40);
    expect_await(ana, "Waiting for " OTHER_OFFICER);
    child_resize(ana, 24, 80);
    end_writing(luis);
    expect_await(ana, "kept");
    expect_no_text(ana, "Waiting");
    expect_text(ana, "a bed for the night");
    child_kill(ana, SIGKILL);
    child_free(ana);
    office_expect_unfinished(post, "a bed for the night");
}

static void test_given_up(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *ana = office_unlocked(post, NULL);

    office_begin_need(ana);
    struct store *luis = begin_writing(post, true);
    child_type(ana, "a bed for the night");
    child_send_key(ana, PRESS_TAB);
    expect_await(ana, WAITING);
    child_press(ana, PRESS_F12);
    expect_await(ana, "another program is at work in it");
    expect_text(ana, "a bed for the night");

    /* Recording may be given up too; the form stays, and is in the file as soon as may be. */
    child_send_key(ana, PRESS_F2);
    expect_await(ana, WAITING);
    child_press(ana, PRESS_F12);
    expect_await(ana, "another program is at work in it");
    expect_text(ana, "a bed for the night");
    end_writing(luis);
    expect_await(ana, "What was typed is kept again.");
    child_press(ana, PRESS_F2);
    expect_text(ana, "Recorded");
    office_leave(ana);
    assert_int_equal(office_count_acts(post), acts + 1);
}

/* Who reads waits for nobody. */
static void test_reads_on(void **state)
{
    const struct test_post *post = *state;
    struct store *luis = begin_writing(post, true);
    struct child *ana = office_unlocked(post, NULL);

    expect_text(ana, OTHER_OFFICER " has this file open too.");
    office_open_case(ana);
    child_type(ana, "1");
    expect_row_has(ana, 0, "Persons");
    expect_no_text(ana, "Waiting");
    office_leave(ana);
    end_writing(luis);
}

/* Two wait for a third one, who is at none of the screens. */
static void test_both_wait(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *ana = office_unlocked(post, NULL);
    struct child *luis = office_unlocked_by_other(post);

    office_begin_need(ana);
    office_begin_need(luis);
    struct store *third = begin_writing(post, false);
    child_send_key(ana, PRESS_F2);
    child_send_key(luis, PRESS_F2);
    expect_await(ana, "Waiting for a program of ");
    expect_await(luis, "Waiting for a program of ");
    end_writing(third);
    expect_await(ana, "Recorded");
    expect_await(luis, "Recorded");
    office_leave(ana);
    office_leave(luis);
    assert_int_equal(office_count_acts(post), acts + 2);
}

/* The line is lost while one waits: there is still time to write. */
static void test_hung_up_waiting(void **state)
{
    const struct test_post *post = *state;
    struct child *ana = office_unlocked(post, NULL);

    office_begin_need(ana);
    struct store *luis = begin_writing(post, true);
    child_send(ana, "a bed for the night", 19);
    child_send_key(ana, PRESS_TAB);
    expect_await(ana, WAITING);
    child_hang_up(ana);
    end_writing(luis);
    child_wait(ana);
    child_free(ana);
    office_expect_unfinished(post, "a bed for the night");
}

/* ---- everybody ---- */

static void test_everybody_may(void **state)
{
    const struct test_post *post = *state;

    assert_int_equal(chmod(post->file, 0664), 0);
    struct child *ana = office_unlocked(post, NULL);
    expect_text(ana, "Everybody on this machine may read the file (chmod o-rwx).");
    office_leave(ana);
    assert_int_equal(chmod(post->file, 0666), 0);
    ana = office_unlocked(post, NULL);
    expect_text(ana, "everybody on this machine may change it");
    expect_cursor_on(ana, ">Passphrase");
    office_leave(ana);
}

/* ---- all together ---- */

static int make_post(void **state)
{
    (void)state;
    office_make(&before);
    return 0;
}

static int drop_all(void **state)
{
    (void)state;
    post_release(&before);
    return 0;
}

#define together(test) cmocka_unit_test_setup_teardown(test, copy_post, drop_post)

int main(void)
{
    const struct CMUnitTest tests[] = {
        together(test_two_programs),    together(test_one_officer_twice),
        together(test_both_versions),   together(test_theirs_stands),
        together(test_the_same_twice),  together(test_taken_up_later),
        together(test_both_correct),    together(test_narrow_versions),
        together(test_waits),           together(test_given_up),
        together(test_reads_on),        together(test_both_wait),
        together(test_hung_up_waiting), together(test_everybody_may),
    };

    return cmocka_run_group_tests_name("together", tests, make_post, drop_all);
}
