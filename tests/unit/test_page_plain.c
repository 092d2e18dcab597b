/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/page/paper.h"
#include "amparo/page/plain.h"

static void pages(struct paper *p, enum paper_size size, struct buf *out)
{
    buf_adds(&p->pages, "page %zu of %zu");
    paper_text(p, size, out);
}

static void test_lines(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;
    static const int cells[] = {6, 10};
    static const char *const row[] = {"Año", "uno dos tres cuatro"};

    (void)state;
    paper_init(&p);
    buf_adds(&p.title, "T");
    paper_margins(&p, 2, 20);
    paper_blank(&p);
    paper_centred(&p, "ñandú");
    paper_blank(&p);
    paper_blank(&p);
    paper_labelled(&p, "label", 8, "a text which wraps");
    paper_labelled(&p, "long label", 8, "text");
    paper_labelled(&p, "empty", 8, "");
    paper_ends(&p, "left", "right");
    paper_ends(&p, "a left that is", "too long");
    paper_right(&p, "end");
    paper_rule(&p);
    paper_row(&p, 2, cells, row);
    paper_paragraph(&p, "bad \x1b[31m\xe2\x80\xae text");
    pages(&p, PAPER_LETTER, &out);
    assert_string_equal(
        buf_text(&out),
        "         ñandú\n"
        "\n"
        "  label   a text which\n"
        "          wraps\n"
        "  long label\n"
        "          text\n"
        "  empty\n"
        "  left           right\n"
        "  a left that is\n"
        "              too long\n"
        "                   end\n"
        "  --------------------\n"
        "  Año     uno dos\n"
        "          tres\n"
        "          cuatro\n"
        "  bad \xef\xbf\xbd[31m\xef\xbf\xbd text\n"
        "\n"
        "T                                                                    page 1 of 1\n");
    buf_release(&out);
    paper_release(&p);
}

/* Every page has the lines of its paper, and every line fits. */
static void test_pages(void **state)
{
    static const size_t lines[] = {60, 64};

    (void)state;
    for (size_t size = 0; size < 2; size++) {
        struct paper p;
        struct buf out = BUF_INIT;
        size_t line = 0, page = 1;
        paper_init(&p);
        buf_adds(&p.title, "A title that is by far too long for its line, so that it must be cut"
                           " at the edge of the paper");
        for (int i = 0; i < 150; i++)
            paper_paragraph(&p, "word word word word word word word word word word word word word"
                                " word word word word word");
        pages(&p, (enum paper_size)size, &out);
        for (char *at = out.data; *at;) {
            char *end = strchr(at, '\n');
            assert_non_null(end);
            *end = '\0';
            if (*at == '\f') {
                assert_int_equal(line, lines[size]);
                line = 0;
                page++;
                at++;
            }
            assert_true(text_cells(at) <= PAPER_COLUMNS);
            line++;
            at = end + 1;
        }
        assert_int_equal(page, 6 - size);
        buf_release(&out);
        paper_release(&p);
    }
}

static void test_keep(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;
    char *second;

    (void)state;
    paper_init(&p);
    for (int i = 0; i < 57; i++)
        paper_paragraph(&p, "line");
    paper_heading(&p, "Heading");
    paper_paragraph(&p, "under it");
    paper_new_page(&p);
    paper_new_page(&p);
    paper_paragraph(&p, "third");
    pages(&p, PAPER_LETTER, &out);
    second = strchr(buf_text(&out), '\f');
    assert_non_null(second);
    assert_non_null(strstr(second, "Heading\nunder it\n"));
    assert_non_null(strstr(second, "page 2 of 3"));
    assert_non_null(strstr(second, "\nthird\n\n"));
    assert_null(strstr(second, "page 4"));
    buf_release(&out);
    paper_release(&p);
}

/* What is kept with what follows goes there with two of its lines; room for a seal stays whole. */
static void test_end_goes_along(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    for (int i = 0; i < 54; i++)
        paper_paragraph(&p, "line");
    paper_paragraph(&p, "one\ntwo\nthree");
    paper_keep(&p);
    paper_room(&p, 5);
    paper_keep(&p);
    paper_paragraph(&p, "end");
    pages(&p, PAPER_LETTER, &out);
    char *second = strchr(buf_text(&out), '\f');
    assert_non_null(second);
    assert_non_null(strstr(second, "\n\ntwo\nthree\n\n\n\n\n\nend\n"));
    assert_null(strstr(second, "one\n"));
    buf_release(&out);
    paper_release(&p);
}

/* Half a drawing is none. */
static void test_drawing_on_one_page(void **state)
{
    struct paper p;
    struct buf lines = BUF_INIT, out = BUF_INIT;

    (void)state;
    paper_init(&p);
    for (int i = 0; i < 8; i++)
        paper_paragraph(&p, "line");
    for (int i = 0; i < 55; i++)
        buf_adds(&lines, i ? "  #\n" : "  first\n");
    paper_drawing(&p, buf_text(&lines));
    pages(&p, PAPER_LETTER, &out);
    assert_non_null(strstr(strchr(buf_text(&out), '\f'), "\n  first\n"));
    assert_non_null(strstr(buf_text(&out), "page 2 of 2"));
    buf_release(&lines);
    buf_release(&out);
    paper_release(&p);
}

/* What heads a table stands at the top of each page on which it goes on. */
static void test_repeated_heads(void **state)
{
    static const int cells[] = {10, 20};
    static const char *const head[] = {"No.", "Name"};
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    paper_head_row(&p, 2, cells, head);
    paper_rule(&p);
    for (int i = 0; i < 100; i++)
        paper_row(&p, 2, cells, (const char *[]){i ? "row" : "first", "somebody"});
    paper_heading(&p, "Without head");
    for (int i = 0; i < 100; i++)
        paper_row(&p, 2, cells, (const char *[]){"bare", "somebody"});
    pages(&p, PAPER_LETTER, &out);
    const char *second = strchr(buf_text(&out), '\f');
    assert_non_null(second);
    assert_memory_equal(second, "\f\n\nNo.         Name\n----", 24);
    const char *last = strstr(buf_text(&out), "page 3 of");
    assert_non_null(last);
    assert_null(strstr(strchr(last, '\f'), "No.  "));
    assert_non_null(strstr(strchr(last, '\f'), "bare"));
    buf_release(&out);
    paper_release(&p);
}

/* Rows of so many lines after so many others; where the second page begins. */
static char *second_page(int before, int rows)
{
    static const int cells[] = {10, 20};
    struct paper p;
    struct buf out = BUF_INIT;

    paper_init(&p);
    for (int i = 0; i < before; i++)
        paper_paragraph(&p, "before");
    size_t from = p.count;
    paper_head_row(&p, 2, cells, (const char *[]){"No.", "Name"});
    for (int i = 0; i < rows; i++) {
        paper_row(&p, 2, cells, (const char *[]){"row", "somebody"});
        paper_row(&p, 2, cells, (const char *[]){"", "under it"});
    }
    paper_keep_table(&p, from);
    paper_remark(&p, "remark");
    pages(&p, PAPER_LETTER, &out);
    const char *second = strchr(buf_text(&out), '\f');
    char *lines = xstrdup(second ? second + 3 : "");
    buf_release(&out);
    paper_release(&p);
    return lines;
}

/* A few rows stay on one page with what is under them; of many, no row stands alone. */
static void test_tables_kept(void **state)
{
    static const struct {
        int before, rows;
        const char *second;
    } cases[] = {
        {50, 3, "No.         Name\nrow         somebody\n            under it\nrow "},
        {53, 3, "No.         Name\nrow         somebody\n            under it\nrow "},
        /* room for the head, three rows, and the line that begins a fourth */
        {50, 20, "No.         Name\nrow         somebody\n            under it\n"},
        {52, 20, "No.         Name\nrow         somebody\n            under it\n"},
        /* all but the last row, or the remark, has room */
        {40, 8,
         "No.         Name\nrow         somebody\n            under it\nrow         somebody\n"
         "            under it\n\nremark\n"},
        {41, 8,
         "No.         Name\nrow         somebody\n            under it\nrow         somebody\n"
         "            under it\n\nremark\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *second = second_page(cases[i].before, cases[i].rows);
        if (strncmp(second, cases[i].second, strlen(cases[i].second)) != 0)
            fail_msg("%d, %d: %s", cases[i].before, cases[i].rows, second);
        free(second);
    }
}

static void test_sum(void **state)
{
    static const int cells[] = {4, 6, 8};
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    paper_row(&p, 3, cells, (const char *[]){"1", "2.00", "taxi"});
    paper_sum_row(&p, 3, cells, (const char *[]){"", "2.00", "Total"});
    paper_lines(&p, &out);
    assert_string_equal(buf_text(&out), "1     2.00    taxi\n      ------  --------\n"
                                        "      2.00    Total\n");
    buf_release(&out);
    paper_release(&p);
}

static void test_chart_and_form(void **state)
{
    static const char *const ticks[] = {"yes", "no", "not asked"};
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    paper_bar(&p, "labour exploitation", 4, 8, "4");
    paper_bar(&p, "disaster", 8, 8, "8");
    paper_bar(&p, "all", 0, 0, "12");
    paper_bar(&p, "opening to poll", 0, 0, "14 days");
    paper_margins(&p, 0, 40);
    paper_entry(&p, "Name", 10, 2);
    paper_entry_pair(&p, "Born", "Nationality", 10);
    paper_ticks(&p, "Consent", 10, 3, ticks);
    paper_ticks(&p, "A label that is too long", 10, 1, ticks);
    pages(&p, PAPER_LETTER, &out);
    assert_memory_equal(buf_text(&out),
                        "labour exploitation                            4    ####\n"
                        "disaster                                       8    ########\n"
                        "all                                           12\n"
                        "opening to poll                          14 days\n"
                        "\nName      ______________________________\n"
                        "\n          ______________________________\n"
                        "\nBorn      _________  Nationali…_________\n"
                        "Consent   [ ] yes        [ ] no\n"
                        "          [ ] not asked\n"
                        "A label that is too long\n"
                        "          [ ] yes\n",
                        58 + 62 + 48 + 49 + 84 + 44 + 32 + 24 + 25 + 17);
    buf_release(&out);
    paper_release(&p);
}

/* Whole, and not as pages. */
static void test_whole(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT, pages_out = BUF_INIT;

    (void)state;
    paper_init(&p);
    buf_adds(&p.title, "Title");
    for (int i = 0; i < 100; i++)
        paper_paragraph(&p, "line");
    paper_new_page(&p);
    paper_paragraph(&p, "end");
    paper_lines(&p, &out);
    assert_int_equal(out.size, 100 * 5 + 1 + 4);
    assert_null(strchr(buf_text(&out), '\f'));
    assert_null(strstr(buf_text(&out), "Title"));
    pages(&p, PAPER_LETTER, &pages_out);
    assert_non_null(strchr(buf_text(&pages_out), '\f'));
    buf_release(&out);
    buf_release(&pages_out);
    paper_release(&p);
}

/* The pattern comes with the description: no word of it is taken for a format. */
static void test_number(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    buf_adds(&p.pages, "%s %n %zu of %zu and %zu");
    paper_number(&p, 2, 7, &out);
    assert_string_equal(buf_text(&out), "%s %n 2 of 7 and %zu");
    buf_release(&out);
    paper_release(&p);
}

/* A draft says so at the head of every page, and takes no more lines than there are. */
static void test_draft(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;
    size_t said = 0, line = 0;

    (void)state;
    paper_init(&p);
    buf_adds(&p.mark, "CLASS");
    buf_adds(&p.draft, "DRAFT");
    for (int i = 0; i < 150; i++)
        paper_paragraph(&p, "line");
    pages(&p, PAPER_LETTER, &out);
    assert_int_equal(strspn(buf_text(&out), " "), PAPER_COLUMNS - strlen("DRAFT"));
    for (const char *at = buf_text(&out); (at = strstr(at, "DRAFT")); at++)
        said++;
    assert_int_equal(said, 3);
    assert_non_null(strstr(buf_text(&out), "DRAFT  –  CLASS\n"));
    for (const char *at = buf_text(&out); *at != '\f'; at++)
        line += *at == '\n';
    assert_int_equal(line, 60);
    buf_release(&out);
    paper_release(&p);
}

static void test_sizes(void **state)
{
    enum paper_size size;

    (void)state;
    assert_true(paper_size_parse("a4", &size) && size == PAPER_A4);
    assert_true(paper_size_parse("letter", &size) && size == PAPER_LETTER);
    assert_false(paper_size_parse("A3", &size));
}

/* Where it was said that it should; else at the end, with what stands above it. */
static void test_place_of_the_code(void **state)
{
    struct paper p;

    (void)state;
    for (int placed = 0; placed < 2; placed++) {
        paper_init(&p);
        paper_paragraph(&p, "hers");
        if (placed)
            paper_code_here(&p);
        paper_paragraph(&p, "ours");
        size_t last = p.count - 1;
        paper_code(&p, "says", "beside");
        const struct block *b = &p.blocks[placed ? 1 : p.count - 1];
        assert_int_equal(b->kind, BLOCK_QR);
        assert_string_equal(b->texts[0], "says");
        assert_string_equal(b->texts[1], "beside");
        assert_string_equal(b->texts[2], "");
        assert_int_equal(p.blocks[last].keep, !placed);
        paper_release(&p);
    }
}

/* A list has one grid, however long it is; what is wider than a column takes two of them, where
 * that saves a row and is the exception. */
static void test_grid(void **state)
{
    static const char *const long_one[] = {"a", "b", "c",          "d", "e", "f", "g",
                                           "h", "i", "a wide one", "k", "l", "m", "n"};
    static const char *const two_rows[] = {"a", "b", "a wide one"};
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    paper_margins(&p, 0, 40);
    paper_ticks(&p, "", 2, 14, long_one);
    paper_ticks(&p, "one of few", 12, 3, two_rows);
    paper_lines(&p, &out);
    assert_string_equal(buf_text(&out), "  [ ] a   [ ] b   [ ] c   [ ] d\n"
                                        "  [ ] e   [ ] f   [ ] g   [ ] h\n"
                                        "  [ ] i   [ ] a wide one  [ ] k\n"
                                        "  [ ] l   [ ] m   [ ] n\n"
                                        "one of few  [ ] a\n"
                                        "            [ ] b\n"
                                        "            [ ] a wide one\n");
    buf_release(&out);
    paper_release(&p);
}

/* What is written in by hand has a place at the head of each page but the first. */
static void test_over(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    buf_adds(&p.title, "Form");
    buf_adds(&p.over, "Case ____");
    paper_paragraph(&p, "first");
    paper_new_page(&p);
    paper_paragraph(&p, "second");
    pages(&p, PAPER_LETTER, &out);
    assert_null(strstr(strchr(buf_text(&out), '\f') + 1, "\f"));
    assert_ptr_equal(strstr(buf_text(&out), "Case ____"),
                     strstr(buf_text(&out), "\fForm\nCase ____\nsecond\n") + strlen("\fForm\n"));
    buf_release(&out);
    paper_release(&p);
}

static void test_cut(void **state)
{
    struct paper p;
    struct buf out = BUF_INIT;

    (void)state;
    paper_init(&p);
    buf_adds(&p.title, "T");
    paper_margins(&p, 2, 30);
    paper_paragraph(&p, "above");
    paper_cut(&p, "cut – here");
    paper_paragraph(&p, "below");
    paper_lines(&p, &out);
    assert_string_equal(buf_text(&out), "  above\n"
                                        "\n"
                                        "  - - - -   cut – here  - - - -\n"
                                        "\n"
                                        "  below\n");
    buf_release(&out);
    paper_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_drawing_on_one_page),
        cmocka_unit_test(test_repeated_heads),
        cmocka_unit_test(test_chart_and_form),
        cmocka_unit_test(test_tables_kept),
        cmocka_unit_test(test_sum),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_place_of_the_code),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_over),
        cmocka_unit_test(test_number),
        cmocka_unit_test(test_draft),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_end_goes_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
