/* SPDX-License-Identifier: MIT */
#include "kit.h"

#include <string.h>

#include "amparo/pouch/route.h"

static void test_every_route_says_what_to_do(void **state)
{
    (void)state;

    for (int i = 0; i < ROUTE_COUNT; i++) {
        const struct route_row *row = route_row((enum route)i);
        enum route found = ROUTE_COUNT;
        assert_true(route_parse(row->code, &found));
        assert_int_equal(found, i); /* and no other has that code */
        assert_true(*row->label && strlen(row->label) <= 24);
        assert_true(strlen(row->receive) > 40 && row->receive[strlen(row->receive) - 1] == '.');
        assert_true(!row->send || row->send[strlen(row->send) - 1] == '.');
    }
    assert_null(route_row(ROUTE_SCANNER)->send);
}

static void test_no_such_route(void **state)
{
    enum route route = ROUTE_PAPER;
    (void)state;

    assert_false(route_parse("", &route));
    assert_false(route_parse("radio", &route));
    assert_int_equal(route, ROUTE_PAPER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_route_says_what_to_do),
        cmocka_unit_test(test_no_such_route),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
