/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/text.h"
#include "amparo/paper/page.h"

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

static void test_sizes(void **state)
{
    enum paper_size size;

    (void)state;
    assert_true(paper_size_parse("a4", &size) && size == PAPER_A4);
    assert_true(paper_size_parse("letter", &size) && size == PAPER_LETTER);
    assert_false(paper_size_parse("A3", &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_drawing_on_one_page),
        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
