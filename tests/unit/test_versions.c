/* SPDX-License-Identifier: MIT */
/* Two versions of a thing: what is kept of each field, and how both are joined. */
#include "kit.h"

#include <string.h>

#include "amparo/tui/versions.h"

static void counts_what_is_the_same(void **state)
{
    struct versions v = {0};
    (void)state;

    versions_add(&v, "a", "A", NULL, JOINT_LINE, "Dubai", "Dubai");
    versions_add(&v, "b", "B", NULL, JOINT_LINE, "", "");
    versions_add(&v, "c", "C", NULL, JOINT_LINE, "Dubai", "Sharjah");
    assert_int_equal(v.count, 1);
    assert_int_equal(v.same, 1);
    assert_non_null(versions_find(&v, "c"));
    assert_null(versions_find(&v, "a"));
    versions_release(&v);
}

/* What was typed is kept unasked; theirs where nothing was. */
static void keeps_mine_at_first(void **state)
{
    struct versions v = {0};
    (void)state;

    versions_add(&v, "a", "A", NULL, JOINT_LINE, "", "Dubai");
    assert_true(versions_are_theirs(&v));
    versions_add(&v, "b", "B", NULL, JOINT_LINE, "Dubai", "");
    assert_false(versions_are_theirs(&v));
    assert_int_equal(v.list[0].kept, KEPT_THEIRS);
    assert_int_equal(v.list[1].kept, KEPT_MINE);
    /* With nothing there is nothing to join. */
    versions_turn(&v.list[1]);
    assert_int_equal(v.list[1].kept, KEPT_THEIRS);
    versions_turn(&v.list[1]);
    assert_int_equal(v.list[1].kept, KEPT_MINE);
    versions_release(&v);
}

static void expect_both(enum version_joint joint, const char *mine, const char *theirs,
                        const char *both)
{
    struct versions v = {0};
    struct buf text = BUF_INIT;

    versions_add(&v, "a", "A", NULL, joint, mine, theirs);
    versions_turn(&v.list[0]);
    versions_result(&text, &v.list[0]);
    assert_string_equal(buf_text(&text), theirs);
    buf_clear(&text);
    versions_turn(&v.list[0]);
    versions_result(&text, &v.list[0]);
    assert_string_equal(buf_text(&text), both);
    buf_release(&text);
    versions_release(&v);
}

static void joins_both(void **state)
{
    (void)state;
    expect_both(JOINT_LINE, "Dubai", "Sharjah", "Dubai; Sharjah");
    expect_both(JOINT_LINES, "seen in May", "seen in June", "seen in May\nseen in June");
    expect_both(JOINT_CODES, "shelter, legal", "legal, medical", "shelter, legal, medical");
    expect_both(JOINT_CODES, "legal", "legal_aid", "legal, legal_aid");
    expect_both(JOINT_NONE, "1998", "1999", "1998"); /* turned twice: mine again */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_is_the_same),
        cmocka_unit_test(keeps_mine_at_first),
        cmocka_unit_test(joins_both),
    };

    return cmocka_run_group_tests_name("versions", tests, NULL, NULL);
}
