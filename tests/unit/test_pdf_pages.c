/* SPDX-License-Identifier: MIT */
/* Drawn pages: what stands on which, in what order, and where they end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/unit/pdf_kit.h"

/* All pages as text, cut at their ends. */
struct copied {
    char *text;
    char *pages[64];
    int count;
};

static void copy_out(const struct paper *p, struct copied *out)
{
    struct buf pdf = BUF_INIT;

    pdf_kit_draw(p, PAPER_LETTER, &pdf);
    *out = (struct copied){.text = pdf_kit_text(&pdf, 0, false)};
    for (char *page = strtok(out->text, "\f"); page; page = strtok(NULL, "\f"))
        if (page[strspn(page, "\n")])
            out->pages[out->count++] = page;
    buf_release(&pdf);
}

static int times(const char *text, const char *what)
{
    int count = 0;

    while ((text = strstr(text, what))) {
        count++;
        text += strlen(what);
    }
    return count;
}

static void assert_says(const char *text, const char *what)
{
    if (!strstr(text, what))
        fail_msg("\"%s\" is not in: %s", what, text);
}

/* ---- head and foot ---- */

static void test_running(void **state)
{
    struct paper p;
    struct copied c;
    (void)state;
    pdf_kit_begin(&p);
    buf_adds(&p.printed, "Printed by M. Up, 16 March 2026");
    paper_paragraph(&p, "one");
    paper_new_page(&p);
    paper_paragraph(&p, "two");
    paper_new_page(&p);
    paper_paragraph(&p, "three");
    copy_out(&p, &c);
    assert_int_equal(c.count, 3);
    assert_string_equal(c.pages[0], "one\nPrinted by M. Up, 16 March 2026 page 1 of 3\n"
                                    "Witness 1042-K7QX-93MD-PZ4V\n");
    assert_string_equal(c.pages[2], "Made-up document CONFIDENTIAL\nthree\n"
                                    "Printed by M. Up, 16 March 2026 page 3 of 3\n"
                                    "Witness 1042-K7QX-93MD-PZ4V\n");
    free(c.text);
    paper_release(&p);
}

/* What is too long at one end gives way to the other, and stays on its line and in its column. */
static void test_running_long(void **state)
{
    struct paper p;
    struct buf pdf = BUF_INIT;
    struct pdf_ink ink;
    (void)state;
    pdf_kit_begin(&p);
    for (int i = 0; i < 30; i++)
        buf_adds(&p.printed, "a very long name ");
    paper_paragraph(&p, "one");
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    char *text = pdf_kit_text(&pdf, 1, false);
    assert_says(text, "one\na very long name a very long name");
    assert_says(text, " page 1 of 1\nWitness");
    pdf_kit_ink(&pdf, 1, 72, &ink);
    for (int y = 0; y < ink.height; y++)
        for (int x = 612 - 62 + 1; x < ink.width; x++)
            assert_int_equal(ink.dots[y * ink.width + x], 255);
    free(text);
    pdf_kit_ink_release(&ink);
    buf_release(&pdf);
    paper_release(&p);
}

/* The mark across the page is ink and no text; the one in the head is text. */
static void test_draft(void **state)
{
    struct paper p;
    struct buf pdf = BUF_INIT;
    struct pdf_ink ink;
    size_t light = 0, dark = 0;
    (void)state;
    pdf_kit_begin(&p);
    buf_adds(&p.draft, "DRAFT");
    paper_paragraph(&p, "one");
    pdf_kit_draw(&p, PAPER_A4, &pdf);
    char *text = pdf_kit_text(&pdf, 1, false);
    assert_int_equal(times(text, "DRAFT"), 1);
    assert_int_equal(strncmp(text, "DRAFT\none\n", 10), 0);
    pdf_kit_ink(&pdf, 1, 20, &ink);
    for (int y = ink.height / 4; y < ink.height * 3 / 4; y++)
        for (int x = 0; x < ink.width; x++) {
            unsigned char dot = ink.dots[y * ink.width + x];
            light += dot < 250 && dot > 200;
            dark += dot <= 200;
        }
    assert_true(light > (size_t)(ink.width * ink.height / 50)); /* it is seen */
    assert_int_equal(dark, 0);                                  /* and hides nothing */
    free(text);
    pdf_kit_ink_release(&ink);
    buf_release(&pdf);
    paper_release(&p);
}

/* ---- where pages end ---- */

/* Of no paragraph of four lines one alone stands on a page. */
static void test_no_single_lines(void **state)
{
    struct paper p;
    struct copied c;
    (void)state;
    pdf_kit_begin(&p);
    for (int i = 0; i < 60; i++) {
        char *text = xasprintf("a%02d.\nb%02d.\nc%02d.\nd%02d.", i, i, i, i);
        paper_paragraph(&p, text);
        if (i % 7 == 0) /* so that pages would end in every place */
            paper_blank(&p);
        free(text);
    }
    copy_out(&p, &c);
    assert_true(c.count > 3);
    for (int page = 0; page < c.count; page++)
        for (int i = 0; i < 60; i++) {
            int lines = 0;
            for (char line = 'a'; line <= 'd'; line++) {
                char what[8];
                snprintf(what, sizeof what, "%c%02d.\n", line, i);
                lines += times(c.pages[page], what);
            }
            if (lines != 0 && lines != 2 && lines != 4)
                fail_msg("%d lines of paragraph %d on page %d", lines, i, page + 1);
        }
    free(c.text);
    paper_release(&p);
}

/* A heading, and the line under it, are on the page of what follows: at whatever height. */
static void test_headings_stay(void **state)
{
    (void)state;
    for (int before = 40; before < 56; before++) {
        struct paper p;
        struct copied c;
        pdf_kit_begin(&p);
        for (int i = 0; i < before; i++)
            paper_paragraph(&p, "text");
        paper_heading(&p, "HEADING");
        paper_rule(&p);
        paper_keep(&p);
        paper_paragraph(&p, "first line\nsecond line\nthird line");
        copy_out(&p, &c);
        bool found = false;
        for (int i = 0; i < c.count; i++)
            if (strstr(c.pages[i], "HEADING")) {
                assert_says(c.pages[i], "HEADING\nfirst line\nsecond line\n");
                found = true;
            }
        assert_true(found);
        free(c.text);
        paper_release(&p);
    }
}

/* Also within what is to be whole, and is longer than a page. */
static void test_headings_stay_within(void **state)
{
    (void)state;
    for (int before = 0; before < 6; before++) {
        struct paper p;
        struct copied c;
        pdf_kit_begin(&p);
        for (int i = 0; i < before; i++)
            paper_paragraph(&p, "text");
        size_t from = p.count;
        for (int i = 0; i < 40; i++) {
            paper_heading(&p, "HEADING");
            paper_paragraph(&p, "one\ntwo");
        }
        paper_keep_from(&p, from);
        copy_out(&p, &c);
        for (int i = 0; i < c.count; i++)
            assert_int_equal(times(c.pages[i], "HEADING\n"),
                             times(c.pages[i], "HEADING\none\ntwo\n"));
        free(c.text);
        paper_release(&p);
    }
}

/* What is to be whole goes to the next page, unless that leaves half a page empty. */
static void test_whole(void **state)
{
    struct paper p;
    struct copied c;
    (void)state;
    pdf_kit_begin(&p);
    for (int i = 0; i < 40; i++)
        paper_paragraph(&p, "text");
    size_t from = p.count;
    for (int i = 0; i < 20; i++)
        paper_paragraph(&p, "whole");
    paper_keep_from(&p, from);
    paper_let_go(&p);
    from = p.count;
    for (int i = 0; i < 100; i++)
        paper_paragraph(&p, "longer than a page");
    paper_keep_from(&p, from);
    copy_out(&p, &c);
    assert_int_equal(times(c.pages[0], "whole\n"), 0);
    assert_int_equal(times(c.pages[1], "whole\n"), 20);
    assert_true(times(c.pages[1], "longer than a page\n") > 20);
    assert_int_equal(c.count, 4);
    free(c.text);
    paper_release(&p);
}

/* ---- tables ---- */

static const int cells[] = {12, 12, 40};

static void test_table(void **state)
{
    enum { ROWS = 150 };
    const char *const heads[] = {"On", "Amount", "What"};
    struct paper p;
    struct copied c;
    int next = 0;
    (void)state;
    pdf_kit_begin(&p);
    paper_head_row(&p, 3, cells, heads);
    for (int i = 0; i < ROWS; i++) {
        char *amount = xasprintf("USD %d.00", i), *what = xasprintf("row %d.", i);
        paper_row(&p, 3, cells, (const char *[]){"2026-03-16", amount, what});
        free(amount);
        free(what);
    }
    copy_out(&p, &c);
    assert_true(c.count > 2);
    for (int page = 0; page < c.count; page++) {
        const char *at = strstr(c.pages[page], "On Amount What\n");
        assert_non_null(at);
        assert_int_equal(times(c.pages[page], "On Amount What\n"), 1);
        for (bool more = true; more;) {
            char *line = xasprintf("2026-03-16 USD %d.00 row %d.\n", next, next);
            more = (at = strstr(at, line)) != NULL;
            next += more;
            at += more ? strlen(line) : 0;
            free(line);
        }
    }
    assert_int_equal(next, ROWS); /* each once, in their order */
    free(c.text);
    paper_release(&p);
}

/* Tables of one shape have the same columns, whatever each of them says. */
static void test_same_columns(void **state)
{
    struct paper p;
    struct buf pdf = BUF_INIT;
    (void)state;
    pdf_kit_begin(&p);
    paper_row(&p, 3, cells, (const char *[]){"a", "b", "First"});
    paper_heading(&p, "Another");
    paper_row(&p, 3, cells, (const char *[]){"much longer", "and this one too", "Second"});
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    char *text = pdf_kit_text(&pdf, 1, true);
    const char *first = strstr(text, "First"), *second = strstr(text, "Second");
    assert_non_null(first);
    assert_non_null(second);
    const char *line = first, *other = second;
    while (line > text && line[-1] != '\n')
        line--;
    while (other > text && other[-1] != '\n')
        other--;
    assert_int_equal(first - line, second - other);
    free(text);
    buf_release(&pdf);
    paper_release(&p);
}

/* The head takes its room from the rows: they do not run into the foot. */
static void test_high_head(void **state)
{
    const char *const heads[] = {"On\na\nday\nof\nthe\nyear", "Amount", "What"};
    struct paper p;
    struct buf pdf = BUF_INIT;
    struct pdf_ink ink;
    (void)state;
    pdf_kit_begin(&p);
    paper_head_row(&p, 3, cells, heads);
    for (int i = 0; i < 100; i++)
        paper_row(&p, 3, cells, (const char *[]){"2026-03-16", "USD 1.00", "what"});
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    pdf_kit_ink(&pdf, 2, 72, &ink);
    for (int dot = 720 * ink.width; dot < 732 * ink.width; dot++)
        assert_int_equal(ink.dots[dot], 255);
    pdf_kit_ink_release(&ink);
    buf_release(&pdf);
    paper_release(&p);
}

/* A row that is higher than a page goes on over pages, each text to its end before the next. */
static void test_high_row(void **state)
{
    const char *const heads[] = {"On", "Amount", "What"};
    struct buf much = BUF_INIT;
    struct paper p;
    struct copied c;
    int lines = 0;
    (void)state;
    pdf_kit_begin(&p);
    paper_head_row(&p, 3, cells, heads);
    for (int i = 0; i < 100; i++)
        buf_addf(&much, "line %d.\n", i);
    buf_adds(&much, "end");
    paper_row(&p, 3, cells, (const char *[]){"2026-03-16", "USD 1.00", buf_text(&much)});
    copy_out(&p, &c);
    assert_int_equal(c.count, 2);
    for (int page = 0; page < c.count; page++) {
        assert_int_equal(times(c.pages[page], "On Amount What\n"), 1);
        lines += times(c.pages[page], "line ");
    }
    assert_int_equal(lines, 100);
    assert_says(c.pages[0], "2026-03-16 USD 1.00 line 0.\nline 1.\n");
    buf_release(&much);
    free(c.text);
    paper_release(&p);
}

/* However much the others say: dates, numbers and sums stay in one piece. */
static void test_nothing_is_split(void **state)
{
    static const char *const whole[] = {"14 de noviembre de 2026", "AED 1,850.00", "HN-2026-0004",
                                        "+971 50 555 0142"};
    const char *const heads[] = {"A", "B", "C", "D", "E", "F"};
    static const int six[] = {10, 10, 10, 10, 10, 10};
    struct buf much = BUF_INIT;
    struct paper p;
    struct copied c;
    (void)state;
    for (int i = 0; i < 40; i++)
        buf_adds(&much, "and much to say ");
    pdf_kit_begin(&p);
    paper_head_row(&p, 6, six, heads);
    paper_row(
        &p, 6, six,
        (const char *[]){whole[0], whole[1], buf_text(&much), whole[2], whole[3], buf_text(&much)});
    copy_out(&p, &c);
    for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
        assert_says(c.pages[0], whole[i]);
    buf_release(&much);
    free(c.text);
    paper_release(&p);
}

/* Wherever the end of a line falls, it does not part what belongs together; what has no room on any
 * line is broken after all, between its words. */
static void test_lines_hold(void **state)
{
    static const char rest[] = "see Article 7.5 of it, as told on 11 de marzo de 2026; more.";
    static const char *const parted[] = {"Article\n", "11\n", "de\n", "marzo\n"};
    struct paper p;
    struct copied c;
    (void)state;
    pdf_kit_begin(&p);
    for (int i = 1; i < 60; i++) {
        struct buf text = BUF_INIT;
        for (int k = 0; k < i; k++)
            buf_addc(&text, 'x');
        buf_addf(&text, " and so that it is long enough for two, %s", rest);
        paper_paragraph(&p, buf_text(&text));
        buf_release(&text);
    }
    paper_margins(&p, 0, 7);
    paper_paragraph(&p, "1000 2000 3000");
    copy_out(&p, &c);
    for (int i = 0; i < c.count; i++)
        for (size_t k = 0; k < ARRAY_SIZE(parted); k++)
            assert_null(strstr(c.pages[i], parted[k]));
    assert_says(c.pages[c.count - 1], "1000\n2000\n3000\n");
    free(c.text);
    paper_release(&p);
}

static bool has_ink(const struct pdf_ink *ink, int y)
{
    for (int x = 0; x < ink->width; x++)
        if (ink->dots[y * ink->width + x] < 128)
            return true;
    return false;
}

/* Five lines of room are 30 mm of paper without ink. */
static void test_room(void **state)
{
    struct pdf_ink ink;
    struct buf pdf = BUF_INIT;
    struct paper p;
    int gap = 0, last = 0;
    (void)state;
    pdf_kit_begin(&p);
    paper_paragraph(&p, "above");
    paper_room(&p, 5);
    paper_paragraph(&p, "below");
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    pdf_kit_ink(&pdf, 1, 72, &ink);
    for (int y = 0; y < ink.height / 2; y++) {
        if (!has_ink(&ink, y))
            continue;
        gap = last && y - last > gap ? y - last : gap;
        last = y;
    }
    assert_in_range(gap, 72 * 30 / 25.4, 72 * 40 / 25.4);
    pdf_kit_ink_release(&ink);
    buf_release(&pdf);
    paper_release(&p);
}

/* What is beside a label, and what is longer than its line. */
static void test_labelled(void **state)
{
    struct paper p;
    struct copied c;
    (void)state;
    pdf_kit_begin(&p);
    paper_labelled(&p, "Name", 18, "M. Up");
    paper_labelled(&p, "A label that is longer than it has room", 18, "value");
    paper_ends(&p, "left", "right");
    paper_centred(&p, "centred");
    copy_out(&p, &c);
    assert_says(c.pages[0], "Name M. Up\n");
    assert_says(c.pages[0], "left right\ncentred\n");
    free(c.text);
    paper_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_running),       cmocka_unit_test(test_running_long),
        cmocka_unit_test(test_draft),         cmocka_unit_test(test_no_single_lines),
        cmocka_unit_test(test_headings_stay), cmocka_unit_test(test_headings_stay_within),
        cmocka_unit_test(test_whole),         cmocka_unit_test(test_table),
        cmocka_unit_test(test_same_columns),  cmocka_unit_test(test_high_head),
        cmocka_unit_test(test_high_row),      cmocka_unit_test(test_nothing_is_split),
        cmocka_unit_test(test_lines_hold),    cmocka_unit_test(test_labelled),
        cmocka_unit_test(test_room),
    };
    return cmocka_run_group_tests_name("pdf pages", tests, NULL, NULL);
}
