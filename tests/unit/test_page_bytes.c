/* SPDX-License-Identifier: MIT */
/* The description of a document: what is read is what was written, and nothing else is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/page/bytes.h"
#include "amparo/page/plain.h"

/* A block of every kind. */
static void write_all(struct paper *p)
{
    static const int cells[] = {6, 10};
    static const char *const head[] = {"País", "Puesto"}, *const row[] = {"Níger", "馬德里"};

    p->style = STYLE_NOTE;
    buf_adds(&p->title, "Note No. 3/2026");
    buf_adds(&p->pages, "page %zu of %zu");
    buf_adds(&p->language, "en");
    paper_centred(p, "REPUBLIC");
    paper_image(p, "\x89PNG", 4);
    paper_margins(p, 10, 62);
    paper_heading(p, "Annex");
    paper_paragraph(p, "two\nlines \xd9\x85\xd8\xb1");
    paper_blank(p);
    paper_labelled(p, "label", 20, "");
    paper_ends(p, "left", "right");
    paper_rule(p);
    paper_head_row(p, 2, cells, head);
    paper_row(p, 2, cells, row);
    paper_keep(p);
    paper_sum_row(p, 2, cells, row);
    paper_drawing(p, " #\n# ");
    paper_bar(p, "labour", 3, 7, "3");
    paper_qr(p, "amparo:1", "beside", "");
    paper_new_page(p);
    paper_entry(p, "Name", 20, 2);
    paper_entry_pair(p, "Born", "Sex", 12);
    paper_ticks(p, "Ground", 20, 2, row);
    paper_right(p, "end");
}

static void describe(struct buf *out)
{
    struct paper p;

    paper_init(&p);
    write_all(&p);
    page_encode(&p, PAPER_A4, out);
    paper_release(&p);
}

static void test_comes_back(void **state)
{
    struct buf first = BUF_INIT, second = BUF_INIT, plain = BUF_INIT, again = BUF_INIT;
    struct error err = ERROR_INIT;
    struct paper p, q;
    enum paper_size size = PAPER_LETTER;

    (void)state;
    paper_init(&p);
    paper_init(&q);
    write_all(&p);
    page_encode(&p, PAPER_A4, &first);
    assert_true(page_decode(first.data, first.size, &q, &size, &err));
    assert_int_equal(size, PAPER_A4);
    assert_int_equal(q.style, STYLE_NOTE);
    page_encode(&q, size, &second);
    assert_int_equal(second.size, first.size);
    assert_memory_equal(second.data, first.data, first.size);
    paper_text(&p, size, &plain);
    paper_text(&q, size, &again);
    assert_string_equal(buf_text(&plain), buf_text(&again));
    paper_release(&p);
    paper_release(&q);
    buf_release(&first);
    buf_release(&second);
    buf_release(&plain);
    buf_release(&again);
}

/* Whether it is read; if so it can be laid out, and says itself again. */
static bool is_read(const char *bytes, size_t size)
{
    struct error err = ERROR_INIT;
    struct buf plain = BUF_INIT;
    struct paper p;
    enum paper_size paper;

    paper_init(&p);
    bool ok = page_decode(bytes, size, &p, &paper, &err);
    if (ok)
        paper_text(&p, paper, &plain);
    else
        assert_int_equal(err.kind, ERROR_INPUT);
    paper_release(&p);
    buf_release(&plain);
    error_release(&err);
    return ok;
}

static void test_no_part_of_it(void **state)
{
    struct buf whole = BUF_INIT;

    (void)state;
    describe(&whole);
    for (size_t size = 0; size < whole.size; size++)
        assert_false(is_read(whole.data, size));
    buf_addc(&whole, 0);
    assert_false(is_read(whole.data, whole.size));
    buf_release(&whole);
}

/* Some flips make other letters of a text: no harm; none makes what cannot be laid out. */
static void test_flipped(void **state)
{
    struct buf whole = BUF_INIT;
    size_t refused = 0;

    (void)state;
    describe(&whole);
    for (size_t bit = 0; bit < whole.size * 8; bit++) {
        whole.data[bit / 8] ^= (char)(1 << bit % 8);
        refused += !is_read(whole.data, whole.size);
        whole.data[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_true(refused > whole.size);
    buf_release(&whole);
}

static void test_version(void **state)
{
    struct buf whole = BUF_INIT;
    struct error err = ERROR_INIT;
    struct paper p;
    enum paper_size size;

    (void)state;
    describe(&whole);
    whole.data[1] = 3;
    paper_init(&p);
    assert_false(page_decode(whole.data, whole.size, &p, &size, &err));
    assert_non_null(strstr(error_text(&err), "version 3"));
    paper_release(&p);
    error_release(&err);
    buf_release(&whole);
}

/* Where the block of one label has no room beside it, and a bar is longer than all. */
static void test_without_sense(void **state)
{
    struct buf out = BUF_INIT;
    struct paper p;

    (void)state;
    paper_init(&p);
    paper_margins(&p, 0, 20);
    paper_labelled(&p, "label", 19, "text");
    page_encode(&p, PAPER_LETTER, &out);
    assert_false(is_read(out.data, out.size));
    paper_release(&p);

    buf_clear(&out);
    paper_init(&p);
    paper_bar(&p, "label", 3, 7, "3");
    p.blocks[0].of = 2;
    page_encode(&p, PAPER_LETTER, &out);
    assert_false(is_read(out.data, out.size));
    paper_release(&p);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comes_back),    cmocka_unit_test(test_no_part_of_it),
        cmocka_unit_test(test_flipped),       cmocka_unit_test(test_version),
        cmocka_unit_test(test_without_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
