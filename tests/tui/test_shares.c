/* SPDX-License-Identifier: MIT */
/* Recovery shares at a terminal: asked for as they stand on their sheets, and shown nowhere. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/keys.h"
#include "tests/harness/expect.h"
#include "tests/unit/store_kit.h"

enum { SHARES = 3, LINES = 3, LINE = 30 /* of a share: five groups and their hyphens */ };

static char share[SHARES][100];

/* A file of its own, and its shares as text. */
static void make(const char *name)
{
    struct store *store = kit_create(name);
    const struct rekey_ask ask = {false, NULL, NULL};
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;

    assert_true(store_renew_recovery(store, &ask, &text, &err));
    store_close(store);
    const char *line = buf_text(&text);
    for (int i = 0; i < SHARES; i++) {
        size_t size = strcspn(line, "\n");
        assert_true(size < sizeof share[i]);
        memcpy(share[i], line, size);
        share[i][size] = '\0';
        line += size + 1;
    }
    buf_release(&text);
}

static struct child *start(const char *const argv[])
{
    return expect_start(&(struct child_options){.cols = 100}, argv);
}

/* Line by line, with blanks for the hyphens, as they are on paper. */
static void type_share(struct child *child, const char *text)
{
    for (int i = 0; i < LINES; i++) {
        char *part = xstrndup(text + i * LINE, LINE);
        for (char *c = part; *c; c++)
            *c = *c == '-' ? ' ' : *c;
        child_type(child, part);
        child_press(child, PRESS_ENTER);
        free(part);
    }
}

static void one_is_tried(void **state)
{
    (void)state;
    make("tried");
    const char *const argv[] = {NULL, "recovery", kit_path("tried"), "check", NULL};
    struct child *child = start(argv);
    expect_text(child, "Share 1, line 1 of its sheet:");
    type_share(child, share[2]);
    expect_text(child, "Share 3 of set 2 is good");
    expect_text(child, "line 3 of its sheet");
    expect_no_text(child, "line 4");
    char group[6] = {0};
    memcpy(group, share[2], 5);
    expect_no_text(child, group);
    expect_exit(child, 0);
    child_free(child);
}

static void a_slip_is_named(void **state)
{
    (void)state;
    make("slip");
    const char *const argv[] = {NULL, "recovery", kit_path("slip"), "check", NULL};
    struct child *child = start(argv);
    char *wrong = xstrdup(share[0]);
    wrong[7 * 6] = wrong[7 * 6] == '7' ? '8' : '7';
    type_share(child, wrong);
    expect_text(child, "look at group 8 of 15 again");
    expect_exit(child, 4);
    child_free(child);
    free(wrong);
    /* An empty line gives up. */
    child = start(argv);
    child_press(child, PRESS_ENTER);
    expect_text(child, "look at group 1 of 15 again");
    expect_exit(child, 4);
    child_free(child);
}

static void two_name_a_head(void **state)
{
    (void)state;
    make("named");
    const char *const argv[] = {NULL, "recovery", kit_path("named"), "use", "Eva", NULL};
    struct child *child = start(argv);
    type_share(child, share[1]);
    expect_text(child, "Share 2, line 1 of its sheet:");
    type_share(child, share[0]);
    expect_await(child, "New passphrase:");
    child_type(child, kit_eva.bytes);
    child_press(child, PRESS_ENTER);
    child_type(child, kit_eva.bytes);
    child_press(child, PRESS_ENTER);
    expect_await(child, "Eva is now a head of post");
    expect_exit(child, 0);
    child_free(child);
    struct store *store = kit_open("named", kit_eva);
    assert_string_equal(store_officer(store)->name, "Eva");
    assert_int_equal(store_officer(store)->role, ROLE_HEAD);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_tried),
        cmocka_unit_test(a_slip_is_named),
        cmocka_unit_test(two_name_a_head),
    };

    return cmocka_run_group_tests_name("shares", tests, kit_begin, kit_end);
}
