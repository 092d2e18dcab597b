/* SPDX-License-Identifier: MIT */
#include "tests/tui/rules.h"

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
#include "tests/tui/office.h"
#include "tests/tui/player.h"

static struct test_post office;

int rules_make(void **state)
{
    (void)state;
    office_make(&office);
    return 0;
}

int rules_release(void **state)
{
    (void)state;
    post_release(&office);
    return 0;
}

/* Each test has a copy of its own: what is left unfinished there is offered to no other. */
int rules_copy(void **state)
{
    struct test_post *post = xcalloc(1, sizeof *post);

    post_copy(post, &office);
    *state = post;
    return 0;
}

int rules_drop(void **state)
{
    post_release(*state);
    free(*state);
    return 0;
}

/* ---- going about ---- */

/* The form of an act of the case, chosen by its name. */
void rules_open(struct child *child, const char *act)
{
    child_type(child, "a");
    child_type(child, act);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, act);
}

struct child *rules_start_in(const void *post, const struct child_options *options, const char *act)
{
    struct child *child = office_unlocked(post, options);

    office_open_case(child);
    rules_open(child, act);
    return child;
}

struct child *rules_start(const void *post, const char *act)
{
    return rules_start_in(post, NULL, act);
}

void rules_end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

void rules_jump(struct child *child, const char *label)
{
    char focus[80];

    child_press(child, PRESS_CTRL_HOME); /* `=` means something where nothing is typed */
    child_type(child, "=");
    child_type(child, label);
    child_press(child, PRESS_ENTER);
    play_focus(child, focus, sizeof focus);
    expect_true(child, strncmp(focus, label, strlen(label)) == 0);
}

void rules_fill(struct child *child, const char *label, const char *text)
{
    rules_jump(child, label);
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

/* The row of that label says so. */
void expect_field_at(struct child *child, const char *label, const char *text, const char *file,
                     int line)
{
    char marked[100];
    int row = -1;

    for (int i = 0; i < 2 && row < 0; i++) {
        snprintf(marked, sizeof marked, "%c%s ", i ? ' ' : '>', label);
        row = emulator_find(child_screen(child), marked);
    }
    expect_true_at(child, row >= 0, label, file, line);
    expect_row_has_at(child, row, text, file, line);
}

/* The payload of the last act of that kind. */
json_t *rules_payload(const struct test_post *post, const char *kind)
{
    json_t *acts = office_acts(post), *act, *found = NULL;
    size_t i;

    json_array_foreach(acts, i, act)
    {
        if (strcmp(json_string_value(json_object_get(act, "act")), kind) == 0)
            found = json_object_get(act, "payload");
    }
    json_incref(found);
    json_decref(acts);
    assert_non_null(found);
    return found;
}

const char *rules_text(const json_t *payload, const char *key)
{
    const char *text = json_string_value(json_object_get(payload, key));
    return text ? text : "";
}
