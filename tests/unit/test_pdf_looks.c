/* SPDX-License-Identifier: MIT */
/* Drawn pages: scripts, codes, images, what the file says of itself; the same bytes each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cairo.h>
#include <cmocka.h>
#include <qrencode.h>
#include <utf8proc.h>

#include "amparo/base/mem.h"
#include "amparo/page/bytes.h"
#include "amparo/paper/pdf.h"
#include "amparo/pdf/bidi.h"
#include "amparo/pdf/draw.h"
#include "amparo/pdf/fonts.h"
#include "amparo/pdf/sandbox.h"
#include "tests/unit/pdf_kit.h"

#define ARABIC "محمد بن عبد"
#define CHINESE "王小明"
#define ACCENTS "Nguyễn Tạ Quân; ZÚÑIGA Pöll; Łóż"

static void write_all_kinds(struct paper *p)
{
    static const int cells[] = {12, 40};
    pdf_kit_begin(p);
    paper_paragraph(p, "Made-up document");
    paper_rule(p);
    paper_labelled(p, "Name", 18, ARABIC " (2026)");
    paper_labelled(p, "Name", 18, CHINESE);
    paper_labelled(p, "Name", 18, ACCENTS);
    paper_heading(p, "TABLE");
    paper_head_row(p, 2, cells, (const char *[]){"On", "What"});
    paper_row(p, 2, cells, (const char *[]){"2026-03-16", "this"});
    paper_bar(p, "some", 3, 7, "3");
    paper_qr(p, "made up", "beside it", "");
    paper_entry(p, "Surname", 18, 2);
    paper_ticks(p, "Ground", 18, 2, (const char *[]){"one", "other"});
    paper_drawing(p, "  a\nb");
}

/* ---- scripts ---- */

static void test_scripts(void **state)
{
    struct paper p;
    struct buf pdf = BUF_INIT;
    (void)state;
    write_all_kinds(&p);
    assert_int_equal(pdf_kit_draw(&p, PAPER_LETTER, &pdf), 0);
    char *text = pdf_kit_text(&pdf, 1, true);
    const char *arabic = strstr(text, ARABIC);
    assert_non_null(arabic);
    assert_non_null(strstr(arabic, "2026)")); /* what follows it is at its right */
    assert_non_null(strstr(text, CHINESE "\n"));
    assert_non_null(strstr(text, ACCENTS "\n"));
    free(text);
    buf_release(&pdf);
    paper_release(&p);
}

/* Names in which lam and alef are one glyph do not become others: Salam is not Salem. */
static void test_lam_alef(void **state)
{
    static const char *const names[] = {"سلام", "الأحمد", "إسلام", "علاء", "الآن", "للإيجار"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct paper p;
        struct buf pdf = BUF_INIT;
        pdf_kit_begin(&p);
        paper_paragraph(&p, names[i]);
        pdf_kit_draw(&p, PAPER_LETTER, &pdf);
        char *text = pdf_kit_text(&pdf, 1, true);
        utf8proc_uint8_t *same = utf8proc_NFKC((const utf8proc_uint8_t *)text);
        if (!strstr((const char *)same, names[i]))
            fail_msg("%s became %s", names[i], text);
        free(same);
        free(text);
        buf_release(&pdf);
        paper_release(&p);
    }
}

/* The words of such a line stand in the file in the order in which they are read. */
static void test_order_of_words(void **state)
{
    static const char *const words[] = {"before", "محمد", "بن", "עברית", "שלום", "after"};
    struct paper p;
    struct buf pdf = BUF_INIT;
    (void)state;
    pdf_kit_begin(&p);
    paper_paragraph(&p, "before محمد بن، עברית שלום after");
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    char *text = pdf_kit_text(&pdf, 1, false);
    const char *at = text;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        at = strstr(at, words[i]);
        if (!at)
            fail_msg("%s is not after those before it in %s", words[i], text);
    }
    free(text);
    buf_release(&pdf);
    paper_release(&p);
}

/* A mark on the blank at the end of such a line: the two are one sign. */
static void test_mark_on_a_blank(void **state)
{
    static const char *const lines[] = {"شارع السلام \u0651"
                                        "5 الرباط",
                                        "محمد \u064e", "محمد  \u064e\u0651 12", "שלום \u05b0"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lines) * PAPER_STYLES; i++) {
        struct paper p;
        struct buf pdf = BUF_INIT;
        pdf_kit_begin(&p);
        p.style = (enum paper_style)(i % PAPER_STYLES); /* each has a font of its own */
        paper_paragraph(&p, lines[i / PAPER_STYLES]);
        pdf_kit_draw(&p, PAPER_LETTER, &pdf);
        assert_true(pdf.size > 0);
        buf_release(&pdf);
        paper_release(&p);
    }
}

static void test_missing_letters(void **state)
{
    struct paper p;
    struct buf pdf = BUF_INIT;
    (void)state;
    pdf_kit_begin(&p);
    paper_paragraph(&p, "𒀀𒀁 cuneiform");
    assert_int_equal(pdf_kit_draw(&p, PAPER_LETTER, &pdf), 2);
    buf_release(&pdf);
    paper_release(&p);
}

static void test_set_apart(void **state)
{
    static const struct {
        const char *text, *apart; /* NULL: there is nothing to set apart */
    } cases[] = {
        {"", NULL},
        {"Latin, ñ, Я, 王 12", NULL},
        {"شلا", "\u2068شلا\u2069"},
        {"a شلا 12 b", "a \u2068شلا\u2069 12 b"},
        {"شلا 12 شلا.", "\u2068شلا 12 شلا\u2069."},
        {"شلا x שלום", "\u2068شلا\u2069 x \u2068שלום\u2069"},
        {"شَ, 1\nشَ", "\u2068شَ\u2069, 1\n\u2068شَ\u2069"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buf out = BUF_INIT;
        assert_int_equal(bidi_isolate(cases[i].text, &out), cases[i].apart != NULL);
        assert_string_equal(buf_text(&out), cases[i].apart ? cases[i].apart : "");
        buf_release(&out);
    }
}

/* ---- pictures ---- */

/* The code on the page, dot by dot, is the code that says that. */
static void test_code(void **state)
{
    static const char says[] = "AMPARO 1042-K7QX-93MD-PZ4V";
    enum { DOT = 4 /* at 192 dots an inch: a point and a half */ };
    struct paper p;
    struct buf pdf = BUF_INIT;
    struct pdf_ink ink;
    int left, top = 0;
    (void)state;
    pdf_kit_begin(&p);
    paper_qr(&p, says, "", "");
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    pdf_kit_ink(&pdf, 1, 192, &ink);
    for (left = 0; ink.dots[top * ink.width + left] > 128;) /* the corner of the code */
        if (++left == ink.width) {
            left = 0;
            top++;
        }
    QRcode *code = QRcode_encodeString8bit(says, 0, QR_ECLEVEL_M);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            int row = top + y * DOT + DOT / 2, column = left + x * DOT + DOT / 2;
            bool dark = ink.dots[row * ink.width + column] < 128;
            if (dark != (code->data[y * code->width + x] & 1))
                fail_msg("the dot %d, %d", x, y);
        }
    QRcode_free(code);
    pdf_kit_ink_release(&ink);
    buf_release(&pdf);
    paper_release(&p);
}

static cairo_status_t append(void *out, const unsigned char *bytes, unsigned size)
{
    buf_add(out, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

/* A grey square as a PNG. */
static void make_png(struct buf *out)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 80, 80);
    cairo_t *cairo = cairo_create(image);
    cairo_set_source_rgb(cairo, 0.5, 0.5, 0.5);
    cairo_paint(cairo);
    cairo_surface_write_to_png_stream(image, append, out);
    cairo_destroy(cairo);
    cairo_surface_destroy(image);
}

static void test_image(void **state)
{
    struct paper p;
    struct buf png = BUF_INIT, pdf = BUF_INIT;
    struct error err = ERROR_INIT;
    struct pdf_ink ink;
    size_t grey = 0;
    (void)state;
    make_png(&png);
    pdf_kit_begin(&p);
    paper_image(&p, png.data, png.size);
    paper_centred(&p, "below it");
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    pdf_kit_ink(&pdf, 1, 72, &ink);
    for (int i = 0; i < ink.width * ink.height; i++)
        grey += ink.dots[i] > 120 && ink.dots[i] < 136;
    assert_in_range(grey, 60 * 60, 64 * 64); /* 62 points high, as wide as it is high */
    assert_in_range(ink.dots[90 * ink.width + 306], 120, 136);
    pdf_kit_ink_release(&ink);
    buf_clear(&pdf);
    paper_release(&p);

    pdf_kit_begin(&p);
    paper_image(&p, png.data, png.size / 2);
    assert_false(pdf_make(pdf_kit_helper(), &p, PAPER_LETTER, &pdf, NULL, &err));
    assert_non_null(strstr(error_text(&err), "the image is no PNG"));
    assert_int_equal(pdf.size, 0);
    error_release(&err);
    buf_release(&png);
    buf_release(&pdf);
    paper_release(&p);
}

/* ---- the file ---- */

static void test_same_bytes(void **state)
{
    struct paper p;
    struct buf first = BUF_INIT, second = BUF_INIT;
    (void)state;
    write_all_kinds(&p);
    pdf_kit_draw(&p, PAPER_LETTER, &first);
    pdf_kit_draw(&p, PAPER_LETTER, &second);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    buf_clear(&second);
    pdf_kit_draw(&p, PAPER_A4, &second);
    assert_true(first.size != second.size || memcmp(first.data, second.data, first.size));
    buf_release(&first);
    buf_release(&second);
    paper_release(&p);
}

static void test_says_of_itself(void **state)
{
    static const char *const says[] = {"Title:           Made-up document\n",
                                       "CreationDate:    Mon Mar 16 10:00:00 2026 UTC\n",
                                       "Pages:           1\n", "595.276 x 841.89 pts (A4)"};
    static const char *const says_not[] = {"Author", "Creator", "Subject", "Keywords", "ModDate"};
    struct paper p;
    struct buf pdf = BUF_INIT;
    (void)state;
    setenv("TZ", "UTC", 1);
    write_all_kinds(&p);
    pdf_kit_draw(&p, PAPER_A4, &pdf);
    char *info = pdf_kit_info(&pdf);
    for (size_t i = 0; i < ARRAY_SIZE(says); i++)
        if (!strstr(info, says[i]))
            fail_msg("%s is not in %s", says[i], info);
    for (size_t i = 0; i < ARRAY_SIZE(says_not); i++)
        if (strstr(info, says_not[i]))
            fail_msg("%s is in %s", says_not[i], info);
    const char *catalogue = memmem(pdf.data, pdf.size, "/Lang (es)", 10);
    assert_non_null(catalogue);
    free(info);
    buf_release(&pdf);
    paper_release(&p);
}

/* ---- where the kernel cannot tell files apart ---- */

/* Draws in a child that can open nothing any more, and compares: 0 where it is the same. */
static int draw_without_opening(const struct buf *description, const struct buf *same)
{
    struct buf pdf = BUF_INIT;
    struct error err = ERROR_INIT;
    size_t missing;
    PangoContext *fonts = fonts_open();
    fonts_load(fonts);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (!sandbox_restrict_calls(false))
        return 2;
    if (!draw_document(fonts, description->data, description->size, &pdf, &missing, &err))
        return 3;
    return pdf.size == same->size && !memcmp(pdf.data, same->data, pdf.size) ? 0 : 1;
}

static void test_without_opening(void **state)
{
    struct paper p;
    struct buf pdf = BUF_INIT, description = BUF_INIT;
    int status;
    (void)state;
    write_all_kinds(&p);
    pdf_kit_draw(&p, PAPER_LETTER, &pdf);
    page_encode(&p, PAPER_LETTER, &description);
    pid_t pid = fork();
    if (pid == 0)
        _exit(draw_without_opening(&description, &pdf));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 2)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
    buf_release(&pdf);
    buf_release(&description);
    paper_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_lam_alef),
        cmocka_unit_test(test_order_of_words),
        cmocka_unit_test(test_mark_on_a_blank),
        cmocka_unit_test(test_missing_letters),
        cmocka_unit_test(test_set_apart),
        cmocka_unit_test(test_code),
        cmocka_unit_test(test_image),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_says_of_itself),
        cmocka_unit_test(test_without_opening),
    };
    return cmocka_run_group_tests_name("pdf looks", tests, NULL, NULL);
}
