/* SPDX-License-Identifier: MIT */
/*
 * A note that is being written, as others in the house are to read it before it goes out: it leaves
 * as a draft, and gets its number when it is recorded and not before.
 */
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
#include "amparo/store/accesslog.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/tour.h"

#define CASE "HN-2026-0007"
#define READ "Note, before it is recorded"

enum { NAME_CELLS = 60, LOCK = 0x18, LANGUAGE = 'l' };

static struct tour tour;

/* The preview of a request in a case of the demo. */
static struct child *at_the_note(void)
{
    struct child *child = tour_start(&tour, NULL, NULL);

    tour_unlock(child);
    expect_true(child, tour_home(child));
    child_type(child, "/" CASE "\r");
    child_type(child, "8n");
    child_press(child, PRESS_F2);
    expect_row_has(child, 0, READ);
    return child;
}

static char *into_a_file(struct child *child)
{
    char *path = scratch_path(tour.folder, "draft.txt"), text[32768];

    child_type(child, "o");
    for (int i = 0; i < NAME_CELLS; i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, path);
    child_press(child, PRESS_ENTER);
    expect_text(child, "Written to");
    FILE *in = fopen(path, "rb");
    free(path);
    assert_non_null(in);
    size_t size = fread(text, 1, sizeof text - 1, in);
    fclose(in);
    text[size] = '\0';
    return xstrdup(text);
}

/* The newest entry says that a draft of a note was taken out of that case. */
static void expect_logged(void)
{
    struct passphrase passphrase = {TOUR_PASSPHRASE, strlen(TOUR_PASSPHRASE)};
    const struct access_filter filter = {.reference = CASE, .limit = 1};
    struct access_entries entries;
    struct error err = ERROR_INIT;
    struct store *store;

    if (!store_open(tour.file, NULL, passphrase, 0, &store, &err) ||
        !access_list(store, &filter, &entries, &err))
        fail_msg("%s", error_text(&err));
    assert_int_equal(entries.count, 1);
    assert_int_equal(entries.list[0].kind, ACCESS_PRINT);
    assert_string_equal(entries.list[0].what, "note draft");
    assert_string_equal(entries.list[0].recipient, "");
    access_entries_release(&entries);
    store_close(store);
}

static void test_leaves_as_a_draft(void **state)
{
    struct child *child = at_the_note();
    char *text = into_a_file(child);

    (void)state;
    expect_row_has(child, 0, READ);
    assert_non_null(strstr(text, "presents its compliments"));
    assert_non_null(strstr(text, "DRAFT"));
    assert_null(strstr(text, "Note No."));
    assert_null(strstr(text, "Code ")); /* of a copy that can be asked about */
    free(text);
    child_kill(child, SIGKILL);
    child_free(child);
    expect_logged();
}

/* Through a lock it is still the note that is being written: F2 would record it, were it whole. */
static void test_stays_after_a_lock(void **state)
{
    struct child *child = at_the_note();

    (void)state;
    child_press(child, LOCK);
    expect_no_text(child, READ);
    tour_unlock(child);
    expect_row_has(child, 0, READ);
    child_press(child, LANGUAGE); /* which language it is in, the note itself says */
    expect_text(child, "That key did nothing here");
    child_press(child, PRESS_F2);
    expect_text(child, "This cannot be recorded as it is.");
    child_kill(child, SIGKILL);
    child_free(child);
}

static int make(void **state)
{
    (void)state;
    tour_make(&tour);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    tour_release(&tour);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaves_as_a_draft),
        cmocka_unit_test(test_stays_after_a_lock),
    };
    return cmocka_run_group_tests_name("draft of a note", tests, make, drop);
}
