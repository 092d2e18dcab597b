/* SPDX-License-Identifier: MIT */
/*
 * What is handed out and filled in by hand, by keys: receipts and forms beside a case's documents,
 * and the letterhead among the settings.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/letterhead.h"
#include "tests/harness/expect.h"
#include "tests/harness/keyboard.h"
#include "tests/harness/scratch.h"
#include "tests/unit/case_kit.h"

enum { PRESS_CTRL_X = 0x18 };

#define CASE "HNTGU-2026-0001"

/* A case of two persons, the second of whom fears her own State. */
static int make_file(void **state)
{
    int failed = kit_begin(state);
    struct store *store = kit_create("documents");

    case_kit_at(store, "2026-03-12");
    case_kit_begin(store, CASE, "RAMÍREZ");
    kit_record(store, CASE, ACT_PERSON,
               "{'person':2,'surname_1':'王','given_names':'فاطمة','nationalities':[{'state':'HN',"
               "'proof':'declared'}],'fears_own_state':true}");
    store_close(store);
    return failed;
}

static struct child *start(void)
{
    const char *const argv[] = {NULL, kit_path("documents"), NULL};
    struct child *child = expect_start(&(struct child_options){0}, argv);

    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    if (emulator_find(child_screen(child), "Unfinished") >= 0) /* where one was before */
        child_press(child, PRESS_F12);
    return child;
}

static struct child *at_the_documents(void)
{
    struct child *child = start();

    child_type(child, "/" CASE);
    child_press(child, PRESS_ENTER);
    child_type(child, "p");
    expect_text(child, "> Summary of the case");
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

static bool is_on(struct child *child, const char *row)
{
    struct buf text = BUF_INIT;
    int at, col;

    emulator_cursor(child_screen(child), &at, &col);
    emulator_add_row(child_screen(child), at, &text);
    bool is = text.size > 2 && strncmp(buf_text(&text) + 2, row, strlen(row)) == 0;
    buf_release(&text);
    return is;
}

static void read_row(struct child *child, const char *row)
{
    child_press(child, PRESS_HOME);
    for (int i = 0; i < 30 && !is_on(child, row); i++)
        child_press(child, PRESS_DOWN);
    expect_cursor_on(child, row);
    child_press(child, PRESS_ENTER);
}

/* ---- receipts ---- */

static void a_receipt_for_each_person(void **state)
{
    struct child *child = at_the_documents();
    (void)state;

    expect_text(child, "Receipts for migrants");
    expect_text(child, "RAMÍREZ, Karen Yamileth, in full");
    expect_text(child, "2 (under lock)");
    expect_no_text(child, "2 (under lock), in full");
    read_row(child, "RAMÍREZ, Karen Yamileth, in full");
    expect_row_has(child, 0, "Receipt in full");
    expect_text(child, "This paper is for ");
    child_press(child, PRESS_F12);
    read_row(child, "2 (under lock)");
    expect_row_has(child, 0, "Receipt for a migrant");
    expect_text(child, "Note of your visit");
    expect_text(child, "ask whether any paper is to be carried");
    expect_no_text(child, "王");
    end(child);
}

/* The same receipt after the screen was locked, in another language too. */
static void it_comes_back_after_a_lock(void **state)
{
    struct child *child = at_the_documents();
    (void)state;

    read_row(child, "RAMÍREZ, Karen Yamileth, in full");
    child_type(child, "l");
    expect_text(child, "Constancia de atención");
    child_press(child, PRESS_CTRL_X);
    expect_no_text(child, "Constancia");
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Receipt in full");
    expect_text(child, "Constancia de atención");
    expect_text(child, "Este papel es para ");
    end(child);
}

static void the_case_on_a_page(void **state)
{
    struct child *child = at_the_documents();
    (void)state;

    read_row(child, "Short summary");
    expect_row_has(child, 0, "Short summary");
    expect_text(child, "Persons           1 RAMÍREZ");
    expect_text(child, "2 (under lock)");
    end(child);
}

/* ---- a form ---- */

static size_t count_entered(const char *what)
{
    struct store *store = kit_open("documents", kit_ana);
    struct access_filter all = {0};
    struct access_entries entries;
    struct error err = ERROR_INIT;
    size_t count = 0;

    if (!access_list(store, &all, &entries, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < entries.count; i++)
        count += strcmp(entries.list[i].what, what) == 0;
    access_entries_release(&entries);
    store_close(store);
    return count;
}

static void a_form_to_fill_in(void **state)
{
    char *path = xstrdup(kit_path("blank.txt"));
    struct child *child = at_the_documents();
    (void)state;

    read_row(child, "Forms to fill in by hand");
    expect_row_has(child, 0, "Forms to fill in by hand");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "A form");
    expect_text(child, "OPEN THE CASE");
    child_type(child, "o");
    for (int i = 0; i < 30; i++)
        child_press(child, PRESS_BACKSPACE);
    child_type(child, path);
    child_press(child, PRESS_ENTER);
    expect_await(child, "ritten");
    end(child);
    assert_int_equal(count_entered("blank"), 1);
    free(path);
}

/* ---- the letterhead ---- */

/* The least picture: one grey dot. */
static const unsigned char dot[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
    0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
    0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

static void ask(struct child *child, const char *text)
{
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

static void the_letterhead_is_set(void **state)
{
    char *path = xstrdup(kit_path("seal.png")), *none = xstrdup(kit_path("none.png"));
    struct child *child = start();
    (void)state;

    scratch_write(path, dot, sizeof dot);
    child_type(child, "g");
    expect_row_has(child, 0, "Settings");
    read_row(child, "letterhead: address");
    ask(child, "شارع الخليج 12");
    expect_text(child, "Set.");
    read_row(child, "letterhead: seal");
    expect_text(child, "at most 64 kilobytes");
    ask(child, none);
    expect_text(child, "No such file");
    child_press(child, PRESS_ENTER);
    for (size_t i = 0; i < strlen(none); i++)
        child_press(child, PRESS_BACKSPACE);
    ask(child, path);
    expect_text(child, "1 x 1 dots, ");
    expect_text(child, "Ana PINEDA");
    child_type(child, "y");
    expect_text(child, "As usual again.");
    expect_no_text(child, "1 x 1 dots");
    end(child);
    free(path);
    free(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_for_each_person), cmocka_unit_test(it_comes_back_after_a_lock),
        cmocka_unit_test(the_case_on_a_page),        cmocka_unit_test(a_form_to_fill_in),
        cmocka_unit_test(the_letterhead_is_set),
    };

    return cmocka_run_group_tests_name("documents", tests, make_file, kit_end);
}
