/* SPDX-License-Identifier: MIT */
/*
 * A whole case by keys, cut off by kill -9 at random keys: half the rounds when the key had been
 * worked off, half while the program was at it. What was in a field that had been left is in the
 * acts or in the form that the program offers to take up again, in the same cell.
 *
 * AMPARO_SEED repeats a run; AMPARO_LONG makes a hundred rounds.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "amparo/agreement/act.h"
#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"
#include "tests/tui/scenario.h"

enum {
    SHORT_ROUNDS = 8,
    LONG_ROUNDS = 100,
    LONGEST_FLIGHT_NS = 8000000, /* a key that records is worked off in about so long */
};

static struct test_post before; /* as it is before the case; never opened on a terminal */
static char *reference;
static size_t all_keys; /* that the whole case takes */
static unsigned seed;

static unsigned rounds(void)
{
    return getenv("AMPARO_LONG") ? LONG_ROUNDS : SHORT_ROUNDS;
}

/* ---- the round ---- */

static void play(struct player *p, const struct test_post *post)
{
    p->child = post_start(post, NULL);
    post_unlock(p->child);
    scenario_play(p);
}

static void test_uncut(void **state)
{
    (void)state;
    struct test_post post;
    struct player p = {0};

    post_copy(&post, &before);
    play(&p, &post);
    all_keys = p.keys;
    assert_true(all_keys > 500);
    child_free(p.child);
    post_release(&post);
}

/* ---- what is there afterwards ---- */

/* The acts of the case; none where it was not opened yet. */
static json_t *acts_there(const struct test_post *post)
{
    struct buf out = BUF_INIT;
    int status =
        post_run(post, NULL, &out, (const char *const[]){"list", post->file, "--json", NULL});
    json_t *list = json_loadb(out.data, out.size, 0, NULL);

    assert_int_equal(status, 0);
    json_t *acts = json_array_size(list) ? post_acts(post, reference) : json_array();
    json_decref(list);
    buf_release(&out);
    return acts;
}

static const char *value_of(const struct play_field *field)
{
    return field->value ? field->value : field->typed;
}

static void see_in_act(json_t *acts, const struct play_left *left)
{
    if (!acts_have(acts, left->act, value_of(left->field)))
        fail_msg("lost from the acts: %s, %s = %s", left->act, left->field->label,
                 value_of(left->field));
}

/* Goes to the field by its label, and reads it. */
static void see_in_form(struct child *child, const struct play_field *field)
{
    char here[80];

    child_press(child, PRESS_CTRL_HOME);
    child_type(child, "=");
    child_type(child, field->label);
    child_press(child, PRESS_ENTER);
    play_focus(child, here, sizeof here);
    if (strcmp(here, field->label) != 0)
        expect_cursor_on(child, field->label);
    int row, col;
    emulator_cursor(child_screen(child), &row, &col);
    expect_row_has(child, row, field->shown);
}

/* As the list of what is unfinished says it. */
static const char *label_of(const char *act)
{
    return act_type_named(act)->label;
}

/* Whether the list of what is unfinished has that act's form; then it has the focus. */
static bool is_unfinished(struct child *child, const char *act)
{
    child_press(child, PRESS_HOME);
    for (int i = 0; i < 4; i++) {
        struct buf text = BUF_INIT;
        int row, col;
        emulator_cursor(child_screen(child), &row, &col);
        emulator_add_row(child_screen(child), row, &text);
        bool found = strstr(buf_text(&text), label_of(act)) != NULL;
        buf_release(&text);
        if (found)
            return true;
        child_press(child, PRESS_DOWN);
    }
    return false;
}

/* A row of a menu, of a refusal or of a question is no field: the form is taken up where it was. */
static bool is_field_of(const char *act, const char *label)
{
    const struct act_type *type = act_type_named(act);

    for (const struct field *f = type->fields; f->id; f++)
        if (strcmp(f->label, label) == 0)
            return true;
    return false;
}

/* All fields of that act's form that were left and not recorded, in the form taken up again. */
static void see_form(const struct player *p, struct child *child, const char *act)
{
    char here[80];
    bool current = strcmp(act, p->act) == 0;

    child_press(child, PRESS_ENTER);
    expect_text(child, "Taken up where you left it");
    play_focus(child, here, sizeof here);
    if (current && is_field_of(act, p->focus))
        assert_string_equal(here, p->focus);
    for (size_t i = 0; i < p->left_count; i++)
        if (!p->left[i].recorded && strcmp(p->left[i].act, act) == 0)
            see_in_form(child, p->left[i].field);
    while (emulator_find(child_screen(child), "By stage") < 0)
        child_press(child, PRESS_F12);
}

static bool act_is_pending(const struct player *p, const char *act, size_t until)
{
    for (size_t i = 0; i < until; i++)
        if (!p->left[i].recorded && strcmp(p->left[i].act, act) == 0)
            return true;
    return false;
}

/* Each form is looked at once. Where it is not offered, the last key recorded it. */
static void see_what_was_left(const struct player *p, struct child *child, json_t *acts)
{
    bool offered = emulator_find(child_screen(child), "Unfinished") >= 0;

    for (size_t i = 0; i < p->left_count; i++) {
        const struct play_left *left = &p->left[i];
        if (left->recorded) {
            see_in_act(acts, left);
            continue;
        }
        if (act_is_pending(p, left->act, i))
            continue;
        if (offered && emulator_find(child_screen(child), "Unfinished") < 0)
            child_type(child, "u");
        if (offered && is_unfinished(child, left->act))
            see_form(p, child, left->act);
        else
            for (size_t j = i; j < p->left_count; j++) {
                if (strcmp(p->left[j].act, left->act) == 0)
                    see_in_act(acts, &p->left[j]);
            }
    }
}

static void see_whole(const struct test_post *post)
{
    struct buf out = BUF_INIT;

    assert_int_equal(post_run(post, NULL, &out, (const char *const[]){"verify", post->file, NULL}),
                     0);
    buf_release(&out);
}

static void round_with(size_t kill_at, int64_t kill_after_ns)
{
    struct test_post post;
    struct player p = {.kill_at = kill_at, .kill_after_ns = kill_after_ns};

    post_copy(&post, &before);
    play(&p, &post);
    assert_true(p.killed);
    child_free(p.child);

    json_t *acts = acts_there(&post);
    struct child *child = post_start(&post, NULL);
    post_unlock(child);
    see_what_was_left(&p, child, acts);
    child_free(child);
    see_whole(&post);
    json_decref(acts);
    post_release(&post);
}

static void test_random_kills(void **state)
{
    (void)state;
    srandom(seed);
    for (unsigned i = 0; i < rounds(); i++) {
        size_t key = 1 + (size_t)random() % all_keys;
        int64_t flight = 1 + random() % LONGEST_FLIGHT_NS;
        print_message("# round %u: key %zu%s\n", i + 1, key, i % 2 ? ", in flight" : "");
        round_with(key, i % 2 ? flight : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uncut),
        cmocka_unit_test(test_random_kills),
    };
    time_t now = time(NULL);
    const char *given = getenv("AMPARO_SEED");

    seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)now;
    print_message("# AMPARO_SEED=%u repeats this run\n", seed);
    post_make(&before);
    reference = xasprintf("HNTGU-%d-0001", gmtime(&now)->tm_year + 1900);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    post_release(&before);
    free(reference);
    return failed;
}
