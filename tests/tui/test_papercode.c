/* SPDX-License-Identifier: MIT */
/* A paper's code, typed or scanned by keys: what the screen says of it, and what it offers. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/paper/document.h"
#include "amparo/store/papercode.h"
#include "tests/harness/expect.h"
#include "tests/harness/keyboard.h"
#include "tests/harness/scratch.h"
#include "tests/unit/exchange_kit.h"

enum { PRESS_CTRL_O = 0x0f, PRESS_CTRL_X = 0x18 };

static char note[PAPER_CODE_SIZE], summary[PAPER_CODE_SIZE];

static void print(struct store *store, const struct document_order *order,
                  char out[PAPER_CODE_SIZE])
{
    struct error err = ERROR_INIT;
    struct paper_code code;
    struct paper paper;

    paper_init(&paper);
    if (!document_make(store, KIT_CASE, order, &paper, &err) ||
        !paper_code_parse(paper.blocks[paper.count - 1].texts[0], &code, &err))
        fail_msg("%s", error_text(&err));
    paper_code_print(&code, out);
    paper_release(&paper);
}

/* A file with a case whose note was printed, and annulled since; and a summary of before. */
static int make_file(void **state)
{
    int failed = kit_begin(state);
    struct store *store = kit_office(&kit_tegucigalpa);

    kit_poll(store);
    char *annul = xasprintf("{'note': '%s', 'reason': 'to the wrong office'}", kit_request(store));
    print(store, &(struct document_order){.kind = DOCUMENT_SUMMARY, .copies = 1}, summary);
    print(store, &(struct document_order){.kind = DOCUMENT_NOTE, .number = "1", .copies = 1},
          note);
    kit_record(store, KIT_CASE, ACT_ANNUL, annul);
    free(annul);
    store_close(store);
    return failed;
}

static struct child *start(const char *keys)
{
    const char *const argv[] = {NULL, kit_path("hn"), NULL};
    struct child *child = expect_start(&(struct child_options){0}, argv);

    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    child_type(child, keys);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Check a paper");
    return child;
}

static void ask(struct child *child, const char *code)
{
    child_type(child, code);
    child_press(child, PRESS_ENTER);
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

#define BY_NAME                                                                                    \
    "\x10"                                                                                         \
    "check a paper"

static void says_what_the_paper_is(void **state)
{
    struct child *child = start(BY_NAME);
    (void)state;

    expect_text(child, "Type the code that stands at the foot of the paper");
    ask(child, note);
    expect_row_has(child, 0, note);
    expect_text(child, "Printed from this case file: note verbale, copy 1.");
    expect_text(child, "1/2026");
    expect_text(child, "ANNULLED on 2026-03-12 12:00 by Ana PINEDA");
    /* The next one takes its place; a scanner types no hyphens. */
    struct paper_code code;
    struct error err = ERROR_INIT;
    assert_true(paper_code_parse(summary, &code, &err));
    ask(child, code.text);
    expect_text(child, "Printed from this case file: case summary, copy 1.");
    expect_no_text(child, "1/2026");
    expect_text(child, "which the paper cannot show: 1 act");
    child_press(child, PRESS_CTRL_O);
    expect_row_has(child, 0, KIT_CASE);
    end(child);
}

static void says_what_is_wrong_with_it(void **state)
{
    struct child *child = start(BY_NAME);
    char wrong[PAPER_CODE_SIZE];
    (void)state;

    ask(child, note);
    expect_text(child, "ANNULLED");
    memcpy(wrong, note, sizeof wrong);
    wrong[6] = wrong[6] == 'A' ? 'B' : 'A';
    ask(child, wrong);
    expect_text(child, "a character is mistyped");
    expect_row_has(child, 2, wrong);    /* still there, to be put right */
    expect_no_text(child, "ANNULLED");  /* and no answer to another question beside it */
    ask(child, "N7QX93MDPZ4V8T2CW6H5"); /* takes its place */
    expect_text(child, "of no paper that was printed from this file");
    ask(child, note);
    expect_text(child, "Printed from this case file: note verbale, copy 1.");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Nothing was typed");
    end(child);
}

/* It is offered where documents are, and where it stands who printed them. */
static void is_offered_beside_documents(void **state)
{
    struct child *child = start(BY_NAME);
    (void)state;

    child_press(child, PRESS_F12);
    child_type(child, "/" KIT_CASE);
    child_press(child, PRESS_ENTER);
    child_type(child, "p");
    expect_text(child, "h check paper");
    child_type(child, "h");
    expect_row_has(child, 0, "Check a paper");
    child_press(child, PRESS_F12);
    child_type(child, "\x10"
                      "access log");
    child_press(child, PRESS_ENTER);
    child_type(child, "h");
    expect_row_has(child, 0, "Check a paper");
    end(child);
}

static void comes_back_after_a_lock(void **state)
{
    struct child *child = start(BY_NAME);
    (void)state;

    ask(child, note);
    expect_text(child, "ANNULLED");
    child_type(child, "N7QX");
    child_press(child, PRESS_CTRL_X);
    expect_no_text(child, "ANNULLED");
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, note);
    expect_row_has(child, 2, "N7QX");
    expect_text(child, "ANNULLED on 2026-03-12 12:00 by Ana PINEDA");
    end(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_the_paper_is),
        cmocka_unit_test(says_what_is_wrong_with_it),
        cmocka_unit_test(is_offered_beside_documents),
        cmocka_unit_test(comes_back_after_a_lock),
    };

    return cmocka_run_group_tests_name("paper code screen", tests, make_file, kit_end);
}
