/* SPDX-License-Identifier: MIT */
/*
 * Rules 25 to 28 of the thirty rules for keyboard data entry: what is typed is kept, can be undone,
 * and is there again in the same cell after whatever cut the program off.
 */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/cuts.h"
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

/* Accepts what is offered at the start. */
static void accept(struct child *child)
{
    expect_row_has(child, 0, "Unfinished");
    child_press(child, PRESS_ENTER);
}

/* Whether a file below that folder holds the text. */
static bool on_disk(const char *folder, const char *text)
{
    char *command = xasprintf("grep -rqaF -- '%s' '%s'", text, folder);
    bool found = system(command) == 0;

    free(command);
    return found;
}

/* ---- 25: every field exit is kept; half a field within two seconds ---- */

static void rule_25_each_field_left_is_kept(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed and a meal");
    child_press(child, PRESS_TAB);
    cut_kill_now(post, &child);
    accept(child);
    expect_text(child, "A bed and a meal");
    expect_cursor_on(child, ">Who can help");
    office_leave(child);
    assert_false(on_disk(post->folder, "A bed and a meal"));
}

/* Letters come faster than every two seconds, and never stop. */
static void rule_25_half_a_field_is_kept_while_one_types(void **state)
{
    enum { STEP_NS = 250000000 };
    const struct test_post *post = *state;
    static const char typed[] = "abcdefghijklmnop";
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    for (const char *letter = typed; *letter; letter++) {
        child_send(child, letter, 1);
        child_run_until(child, child_last_input(child) + STEP_NS);
    }
    cut_kill_now(post, &child);
    accept(child);
    expect_text(child, "abcdefg"); /* four seconds in all: half of it is older than two */
    expect_cursor_on(child, ">Detail");
    office_leave(child);
}

/* There is no key to save: who leaves by F12 finds the text where it was. */
static void rule_25_nothing_has_to_be_saved(void **state)
{
    const struct test_post *post = *state;
    size_t acts = office_count_acts(post);
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed");
    child_press(child, PRESS_F12);
    child_type(child, "n");
    expect_text(child, "A bed");
    expect_cursor_on(child, ">Detail");
    office_leave(child);
    assert_int_equal(office_count_acts(post), acts);
}

/* ---- 26: undo ---- */

/* Across fields, over a lock and a hang-up. */
static void rule_26_undo_outlives_a_lock_and_a_hang_up(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed");
    child_press(child, PRESS_TAB);
    child_type(child, "A parish");
    child_press(child, PRESS_TAB);
    cut_lock(post, &child);
    child_press(child, CTRL('U'));
    expect_no_text(child, "A parish");
    expect_cursor_on(child, ">Who can help");
    cut_hang_up(post, &child);
    child_press(child, CTRL('U'));
    expect_no_text(child, "A bed");
    expect_cursor_on(child, ">Detail");
    cut_hang_up(post, &child);
    child_press(child, CTRL('R'));
    expect_text(child, "A bed");
    child_press(child, CTRL('R'));
    expect_text(child, "A parish");
    office_leave(child);
}

/* What was done is not undone: it is corrected. */
static void rule_26_a_done_section_is_corrected(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed");
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded");
    size_t acts = office_count_acts(post);
    child_press(child, CTRL('U'));
    child_type(child, "n");
    child_press(child, CTRL('U'));
    child_press(child, PRESS_F12);
    assert_int_equal(office_count_acts(post), acts);
    child_type(child, "c");
    expect_row_has(child, 0, "Correction");
    office_leave(child);
}

/* ---- 27: the same cell and the same text ---- */

#define DOWN "\x1B[B"
#define LEFT "\x1B[D"
#define PAGE "\x1B[6~"
#define F1                                                                                         \
    "\x1B"                                                                                         \
    "1"
#define F2                                                                                         \
    "\x1B"                                                                                         \
    "2"
#define F4                                                                                         \
    "\x1B"                                                                                         \
    "4"
#define PALETTE "\x10"
#define AT(keys)                                                                                   \
    {                                                                                              \
        keys, 1                                                                                    \
    }
#define OVER(keys)                                                                                 \
    {                                                                                              \
        keys, 2                                                                                    \
    } /* over the field: F12 closes it, then leaves */
#define CASE AT("/nun" DOWN), AT("\r" DOWN)
#define END                                                                                        \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

static const struct cut_stop walks[][12] = {
    {AT("/nun" F4 DOWN), AT("\r" DOWN DOWN), AT("1"), AT("s"), AT(F1), END},
    {CASE, AT("4"), OVER("nshe"), END}, /* the list under a field */
    {CASE, AT("4"), AT("nshelter\rnow\r\rA bed" LEFT LEFT), AT(F1),
     END},                                                /* help over a half field */
    {CASE, AT("7"), OVER("n" F2 "|" F2), END},         /* what stands against it */
    {CASE, AT("t|14ma"), END},                            /* a question half answered */
    {CASE, AT("a|consent" DOWN), END},                    /* any act by name */
    {CASE, AT("p" DOWN), AT("\r" PAGE), AT("/art"), END}, /* a text, and a search in it */
    {CASE, AT("0" DOWN), AT("\r" PAGE), END},
    {CASE, AT("6" DOWN DOWN), END},
    {CASE, AT("9"), AT("$"), END},
    {OVER("n=so"), END},       /* a jump */
    {OVER("n" F4 "ass"), END}, /* all choices, narrowed */
    {AT("dunited" DOWN), AT("\r" DOWN DOWN), AT("fmex"), END},
    {AT("dunited" DOWN), AT("\r"), AT("l"), OVER("nTe"), END}, /* the form of a table */
    {AT("g" DOWN), AT("\r|9"), END},
    {AT("rx"), AT("n|12ma"), END},
    {AT("b2026"), END},
    {AT("j"), END},
    {AT("$"), END},
    {AT("u"), END},
    {AT("e"), AT("nFlood\rAE"), END},
    {AT("/nun" DOWN), AT("s|sta" DOWN), END}, /* what the case list asks */
    {AT("/nun" DOWN), AT("c" DOWN), END},
    {AT("/nun" DOWN " "), AT("x" DOWN), END},
    {AT("/nun" DOWN " "), AT("x" DOWN "\r|Call"), END},
    {AT("/"), AT(F4 DOWN), END},
    {AT("/nun" DOWN), AT("w|2 mine"), END},
    {AT(PALETTE "re" DOWN), END},
    {AT(PALETTE "access l\r"), END},
};

static void walk_all(const struct test_post *post, cut_fn *cut, size_t step)
{
    struct child *child = office_unlocked(post, NULL);

    for (size_t i = 0; i < ARRAY_SIZE(walks); i += step)
        cut_walk(post, &child, walks[i], cut);
    office_leave(child);
}

static void rule_27_after_a_lock(void **state)
{
    walk_all(*state, cut_lock, getenv("AMPARO_LONG") ? 1 : 2);
}

static void rule_27_after_a_hang_up(void **state)
{
    walk_all(*state, cut_hang_up, getenv("AMPARO_LONG") ? 1 : 5);
}

static void rule_27_after_a_suspension(void **state)
{
    walk_all(*state, cut_suspend, getenv("AMPARO_LONG") ? 1 : 8);
}

static void rule_27_after_a_resize(void **state)
{
    walk_all(*state, cut_resize, 1);
}

static void rule_27_after_a_kill(void **state)
{
    walk_all(*state, cut_kill, getenv("AMPARO_LONG") ? 1 : 12);
}

/* ---- kill -9 in the middle of something ---- */

/* What is done before, what is under way when it comes, and what may stand there afterwards. */
struct killed {
    const char *done, *under_way;
    bool pasted;
    const char *either, * or ; /* NULL: nothing of it */
};

static void send_paste(struct child *child, const char *text)
{
    char *keys = xasprintf("\x1B[200~%s\x1B[201~", text);

    child_send(child, keys, strlen(keys));
    free(keys);
}

static bool shows(const struct child *child, const char *text)
{
    return !text || emulator_find(child_screen(child), text) >= 0;
}

/* After so many nanoseconds; whole afterwards, and either as it was or as it was to be. */
static void kill_within(const struct test_post *post, const char *way, const struct killed *k,
                        int64_t after_ns)
{
    struct child *child = office_unlocked(post, NULL);
    struct buf out = BUF_INIT;

    if (emulator_find(child_screen(child), "Unfinished") == 0)
        child_press(child, PRESS_F12);
    child_type(child, way);
    child_type(child, k->done);
    child_run_until(child, child_last_input(child) + 2100000000);
    if (k->pasted)
        send_paste(child, k->under_way);
    else
        child_send(child, k->under_way, strlen(k->under_way));
    child_run_until(child, child_last_input(child) + after_ns);
    cut_kill_now(post, &child);
    accept(child);
    if (!shows(child, k->either) && !shows(child, k->or))
        fail_msg("killed %lld ns after %s: neither %s nor %s", (long long)after_ns, k->under_way,
                 k->either, k->or);
    office_leave(child);
    assert_int_equal(post_run(post, NULL, &out, (const char *const[]){"verify", post->file, NULL}),
                     0);
    buf_release(&out);
}

#define NEED "/nun" DOWN "\r4n"
#define OFFICE "dunited" DOWN "\rln"

static void rule_27_killed_at_any_instant(void **state)
{
    static const struct {
        const char *way;
        struct killed k;
    } rows[] = {
        {NEED, {"shelter\rnow\r\rA bed\tA parish\t", "\x15", false, "A parish", "A bed"}},
        {NEED, {"shelter\rnow\r\rA bed\tA parish\t\x15", "\x12", false, "A bed", "A parish"}},
        {NEED, {"shelter\rnow\r\rA bed", " and a meal", true, "A bed", "A bed and a meal"}},
        {OFFICE, {"AE\rDubai", "\tconsulate\r", false, "Dubai", "consulate"}},
    };
    static const int64_t after[] = {1, 300000, 1000000, 3000000, 10000000};
    const struct test_post *post = *state;
    bool all = getenv("AMPARO_LONG") != NULL;

    for (size_t i = 0; i < (all ? ARRAY_SIZE(rows) : 1); i++)
        for (size_t j = 0; j < (all ? ARRAY_SIZE(after) : 1); j++)
            kill_within(post, rows[i].way, &rows[i].k, after[j]);
}

/* A prompt for a passphrase keeps nothing of it. */
static void rule_27_a_passphrase_is_not_kept(void **state)
{
    const struct test_post *post = *state;
    struct child *child = post_start(post, NULL);

    child_type(child, "half a passphrase of the te");
    child_kill(child, SIGKILL);
    child_free(child);
    assert_false(on_disk(post->folder, "half a passphrase"));
    child = office_unlocked(post, NULL);
    expect_text(child, "By stage"); /* nothing is offered */
    office_leave(child);
}

/* ---- 28: what is offered, and who is told ---- */

static void rule_28_where_one_was_is_offered(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_begin_need(child);
    child_type(child, "A bed");
    child_hang_up(child);
    child_wait(child);
    child_free(child);
    child = office_unlocked(post, NULL);
    expect_row_has(child, 0, "Unfinished");
    expect_cursor_on(child, "NÚÑEZ, Óscar, need");
    expect_cursor_on(child, office_reference());
    expect_text(child, "Enter goes on where you left off");

    /* Who is cut off while that is asked is asked the same again. */
    child_hang_up(child);
    child_wait(child);
    child_free(child);
    child = office_unlocked(post, NULL);
    expect_cursor_on(child, "NÚÑEZ, Óscar, need");

    /* Else the work list; and what was typed is still among what is unfinished. */
    child_press(child, PRESS_F12);
    expect_text(child, "By stage");
    office_leave(child);
    office_expect_unfinished(post, "A bed");
}

static void rule_28_who_left_is_offered_nothing(void **state)
{
    const struct test_post *post = *state;
    struct child *child = office_unlocked(post, NULL);

    office_open_case(child);
    office_leave(child);
    child = office_unlocked(post, NULL);
    expect_text(child, "By stage");
    office_leave(child);
}

/* Each is told of the other before they type, and each is offered what is theirs. */
static void rule_28_a_second_program_is_told_so(void **state)
{
    const struct test_post *post = *state;
    struct child *ana = office_unlocked(post, NULL);

    office_begin_need(ana);
    child_type(ana, "Ana's half");
    struct child *luis = office_unlocked_by_other(post);
    expect_text(luis, POST_OFFICER " has this file open too.");
    office_begin_need(luis);
    child_type(luis, "Luis's half");
    child_hang_up(ana);
    child_wait(ana);
    child_hang_up(luis);
    child_wait(luis);
    child_free(ana);
    child_free(luis);

    ana = office_unlocked(post, NULL);
    accept(ana);
    expect_text(ana, "Ana's half");
    expect_no_text(ana, "Luis's half");
    luis = office_unlocked_by_other(post);
    expect_text(luis, POST_OFFICER " has this file open too.");
    accept(luis);
    expect_text(luis, "Luis's half");
    office_leave(luis);
    office_leave(ana);
}

/* The same officer twice: the one that runs is not offered to the other. */
static void rule_28_what_runs_is_not_offered(void **state)
{
    const struct test_post *post = *state;
    struct child *one = office_unlocked(post, NULL);

    office_open_case(one);
    child_run_until(one, child_last_input(one) + 2100000000);
    struct child *two = office_unlocked(post, NULL);
    expect_text(two, "By stage");
    office_leave(two);
    cut_kill_now(post, &one);
    accept(one);
    expect_row_has(one, 0, office_reference());
    office_leave(one);
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

#define rule(test) cmocka_unit_test_setup_teardown(test, copy_post, drop_post)

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(rule_25_each_field_left_is_kept),
        rule(rule_25_half_a_field_is_kept_while_one_types),
        rule(rule_25_nothing_has_to_be_saved),
        rule(rule_26_undo_outlives_a_lock_and_a_hang_up),
        rule(rule_26_a_done_section_is_corrected),
        rule(rule_27_after_a_lock),
        rule(rule_27_after_a_hang_up),
        rule(rule_27_after_a_suspension),
        rule(rule_27_after_a_resize),
        rule(rule_27_after_a_kill),
        rule(rule_27_killed_at_any_instant),
        rule(rule_27_a_passphrase_is_not_kept),
        rule(rule_28_where_one_was_is_offered),
        rule(rule_28_who_left_is_offered_nothing),
        rule(rule_28_a_second_program_is_told_so),
        rule(rule_28_what_runs_is_not_offered),
    };

    return cmocka_run_group_tests_name("rules of safety", tests, make_post, drop_all);
}
