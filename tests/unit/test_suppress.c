/* SPDX-License-Identifier: MIT */
/*
 * Small numbers in published tables: whoever reads a table, knows the sum and knows the rule by
 * which cells are hidden, works out none of them. The attack makes every table that would be
 * published in the same way, and asks whether a hidden cell is the same in all of them.
 */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/suppress.h"

enum { ROWS_MOST = 7 };

typedef bool rule_fn(const long *cells, size_t count, bool *hidden);

struct attack {
    rule_fn *rule;
    const long *cells; /* the true ones, to know what is published */
    const bool *hidden;
    size_t count;
    long guess[ROWS_MOST], found[ROWS_MOST]; /* a table that fits; the first one found */
    bool any, known[ROWS_MOST];              /* the same in all that were found */
    long tried;
};

static bool is_published_alike(const struct attack *a)
{
    bool hidden[ROWS_MOST];

    return a->rule(a->guess, a->count, hidden) &&
           memcmp(hidden, a->hidden, a->count * sizeof *hidden) == 0;
}

static void compare(struct attack *a)
{
    a->tried++;
    if (!is_published_alike(a))
        return;
    for (size_t i = 0; i < a->count; i++) {
        if (!a->any)
            a->found[i] = a->guess[i];
        a->known[i] = a->hidden[i] && (!a->any || a->known[i]) && a->found[i] == a->guess[i];
    }
    a->any = true;
}

static bool is_done(const struct attack *a)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->known[i])
            return false;
    return a->any;
}

/* Puts `rest` into the hidden cells from row i on, each at least 1. */
static void solve(struct attack *a, size_t i, size_t left, long rest)
{
    while (i < a->count && !a->hidden[i])
        i++;
    if (is_done(a))
        return;
    if (left <= 1) {
        a->guess[i] = rest;
        compare(a);
        return;
    }
    for (long n = 1; n <= rest - (long)left + 1; n++) {
        a->guess[i] = n;
        solve(a, i + 1, left - 1, rest - n);
    }
}

/* How many hidden cells can be worked out. */
static size_t attack(rule_fn *rule, const long *cells, size_t count, const bool *hidden)
{
    struct attack a = {.rule = rule, .cells = cells, .hidden = hidden, .count = count};
    size_t left = 0, known = 0;
    long rest = 0;

    for (size_t i = 0; i < count; i++) {
        a.guess[i] = cells[i];
        left += hidden[i];
        rest += hidden[i] ? cells[i] : 0;
    }
    if (left)
        solve(&a, 0, left, rest);
    for (size_t i = 0; i < count; i++)
        known += a.known[i];
    return known;
}

/* The rules that one thinks of first. */
static bool only_small(const long *cells, size_t count, bool *hidden)
{
    for (size_t i = 0; i < count; i++)
        hidden[i] = cells[i] > 0 && cells[i] < CELL_LEAST;
    return true;
}

static bool at_least_two(const long *cells, size_t count, bool *hidden)
{
    size_t n = 0, next = count;

    only_small(cells, count, hidden);
    for (size_t i = 0; i < count; i++)
        n += hidden[i];
    for (size_t i = 0; i < count; i++)
        if (!hidden[i] && cells[i] && (next == count || cells[i] < cells[next]))
            next = i;
    if (n == 1 && next < count)
        hidden[next] = true;
    return true;
}

static void random_table(long *cells, size_t *count)
{
    *count = 1 + (size_t)rand() % ROWS_MOST;
    for (size_t i = 0; i < *count; i++)
        cells[i] = rand() % 3 ? rand() % 12 : rand() % 6;
}

static size_t attack_all(rule_fn *rule, unsigned tables, size_t *withheld)
{
    size_t known = 0;

    srand(7);
    *withheld = 0;
    for (unsigned t = 0; t < tables; t++) {
        long cells[ROWS_MOST];
        bool hidden[ROWS_MOST];
        size_t count;
        random_table(cells, &count);
        if (rule(cells, count, hidden))
            known += attack(rule, cells, count, hidden);
        else
            ++*withheld;
    }
    return known;
}

static void no_hidden_cell_can_be_worked_out(void **state)
{
    unsigned tables = getenv("AMPARO_LONG") ? 100000 : 5000;
    size_t withheld;
    (void)state;

    assert_int_equal(attack_all(suppress_cells, tables, &withheld), 0);
    assert_true(withheld < tables / 4);
}

/* The attack is one: the simple rules do not stand it. */
static void simple_rules_are_broken(void **state)
{
    size_t withheld;
    (void)state;

    assert_true(attack_all(only_small, 2000, &withheld) > 0);
    assert_true(attack_all(at_least_two, 2000, &withheld) > 0);
}

/* Every table of up to four rows with small numbers. */
static void every_small_table_stands(void **state)
{
    (void)state;
    for (long a = 0; a < 8; a++)
        for (long b = 0; b < 8; b++)
            for (long c = 0; c < 8; c++)
                for (long d = 0; d < 8; d++) {
                    const long cells[] = {a, b, c, d};
                    bool hidden[4];
                    if (suppress_cells(cells, 4, hidden) &&
                        attack(suppress_cells, cells, 4, hidden))
                        fail_msg("%ld %ld %ld %ld", a, b, c, d);
                }
}

static void what_is_shown_is_large_enough(void **state)
{
    static const struct {
        long cells[5];
        const char *shown; /* '-': hidden; "": withheld */
    } tables[] = {
        {{12, 30, 9, 7, 5}, "+++++"}, {{12, 3, 9, 7, 5}, "+-++-"}, {{12, 3, 2, 7, 5}, "+--++"},
        {{12, 0, 0, 7, 5}, "+++++"},  {{12, 1, 1, 7, 5}, "+--+-"}, {{12, 4, 4, 7, 7}, "+----"},
        {{3, 0, 0, 0, 0}, ""},        {{1, 1, 1, 1, 1}, ""},       {{4, 4, 0, 0, 0}, ""},
        {{0, 0, 0, 0, 0}, "+++++"},
    };
    (void)state;

    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        bool hidden[5];
        char shown[6] = "";
        if (suppress_cells(tables[t].cells, 5, hidden))
            for (size_t i = 0; i < 5; i++)
                shown[i] = hidden[i] ? '-' : '+';
        assert_string_equal(shown, tables[t].shown);
    }
    assert_true(suppress_cells(NULL, 0, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hidden_cell_can_be_worked_out),
        cmocka_unit_test(simple_rules_are_broken),
        cmocka_unit_test(every_small_table_stands),
        cmocka_unit_test(what_is_shown_is_large_enough),
    };
    return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
