/* SPDX-License-Identifier: MIT */
#include "tests/tui/cuts.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/harness/expect.h"
#include "tests/tui/office.h"

enum { STOPS = 12, KEPT_NS = 2000000000, SOON_NS = 100000000 };

char *cut_shown(const struct child *child)
{
    char *text = emulator_text(child_screen(child)), *line = text;

    for (int row = 0; row < emulator_rows(child_screen(child)) - 2; row++)
        line = strchr(line, '\n') + 1;
    memmove(line, strchr(line, '\n'), strlen(strchr(line, '\n')) + 1);
    return text;
}

/* ---- the ways ---- */

static void unlock_again(struct child *child)
{
    expect_text(child, "Locked; all is kept.");
    post_unlock(child);
}

void cut_lock(const struct test_post *post, struct child **child)
{
    (void)post;
    child_press(*child, CTRL('X'));
    unlock_again(*child);
}

void cut_suspend(const struct test_post *post, struct child **child)
{
    (void)post;
    child_send(*child, "\x1A", 1);
    expect_await(*child, "Locked; all is kept.");
    unlock_again(*child);
}

void cut_resize(const struct test_post *post, struct child **child)
{
    (void)post;
    child_resize(*child, 12, 40);
    child_resize(*child, 24, 80);
}

/* The offer stands first, and Enter accepts it. */
static void start_again(const struct test_post *post, struct child **child)
{
    child_free(*child);
    *child = office_unlocked(post, NULL);
}

static void accept(struct child *child)
{
    /* Else it was no more than a question, or that list itself. */
    if (emulator_find(child_screen(child), "Enter goes on where you left off") >= 0)
        child_press(child, PRESS_ENTER);
}

void cut_hang_up(const struct test_post *post, struct child **child)
{
    child_hang_up(*child);
    child_wait(*child);
    start_again(post, child);
    accept(*child);
}

void cut_kill_now(const struct test_post *post, struct child **child)
{
    child_kill(*child, SIGKILL);
    start_again(post, child);
}

void cut_kill(const struct test_post *post, struct child **child)
{
    child_run_until(*child, child_last_input(*child) + KEPT_NS + SOON_NS);
    cut_kill_now(post, child);
    accept(*child);
}

/* ---- the walk ---- */

struct shot {
    char *text;
    int row, col;
};

static struct shot take_shot(const struct child *child)
{
    struct shot shot = {.text = cut_shown(child)};

    emulator_cursor(child_screen(child), &shot.row, &shot.col);
    return shot;
}

static void expect_shot(struct child *child, const struct shot *shot, const char *keys)
{
    struct shot now = take_shot(child);

    if (strcmp(now.text, shot->text) != 0) {
        fprintf(stderr, "it was\n%s\nand is\n%s\n", shot->text, now.text);
        fail_msg("another screen after %s", keys);
    }
    if (now.row != shot->row || now.col != shot->col) {
        fprintf(stderr, "%s\n", now.text);
        fail_msg("after %s the cursor was in %d,%d and is in %d,%d", keys, shot->row, shot->col,
                 now.row, now.col);
    }
    free(now.text);
}

/* What comes after a bar waits until the program has read what comes before. */
static void type(struct child *child, const char *keys)
{
    char part[80];

    for (size_t size; *keys; keys += size + (keys[size] == '|')) {
        size = strcspn(keys, "|");
        snprintf(part, sizeof part, "%.*s", (int)size, keys);
        child_type(child, part);
    }
}

void cut_walk(const struct test_post *post, struct child **child, const struct cut_stop *stops,
              cut_fn *cut)
{
    struct shot shots[STOPS] = {take_shot(*child)};
    size_t count = 0;

    for (; stops[count].keys; count++) {
        type(*child, stops[count].keys);
        shots[count + 1] = take_shot(*child);
    }
    cut(post, child);
    for (size_t i = count; i > 0; i--) {
        expect_shot(*child, &shots[i], stops[i - 1].keys);
        for (int back = stops[i - 1].back; back > 0; back--)
            child_press(*child, PRESS_F12);
    }
    expect_shot(*child, &shots[0], "the beginning");
    for (size_t i = 0; i <= count; i++)
        free(shots[i].text);
}
