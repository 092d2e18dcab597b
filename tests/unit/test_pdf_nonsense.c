/* SPDX-License-Identifier: MIT */
/*
 * Documents that nobody would write, drawn: whatever page_decode() lets through becomes a PDF or an
 * error with words, in the sanitizers' sight where they watch. AMPARO_LONG=1 draws many more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/page/bytes.h"
#include "amparo/pdf/draw.h"
#include "amparo/pdf/fonts.h"

/* What a library keeps as long as the process lives is no leak of ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

/* Numbers by chance, the same in each run (splitmix64). */
static uint64_t chance_state;

static unsigned chance(unsigned below)
{
    uint64_t z = (chance_state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (unsigned)((z ^ (z >> 31)) % below);
}

static void some_text(struct buf *out)
{
    static const char *const words[] = {
        "a",      "consulate",    "2026-03-16", "USD 1,250.00",
        " ",      "  ",           "\n",         "\n\n",
        "محمد",   "(12)",         "王小明",     "n\xcc\x83",
        "שלום",   "กรุงเทพ",       "-",          "\u00ad",
        "\u200d", "\u3000",       "𒀀",          "👨‍👩‍👧",
        "\u0651", "\u064e",       " \u05b0",    "5",
        "ﷺ",      "\xef\xbf\xbd", "",           "لا",
        "<b>",    "%s",           "\xcc\x81",   "Donaudampfschifffahrtselektrizitaetenhauptwerk",
    };
    unsigned count = chance(chance(12) ? 6 : 400);
    while (count--)
        buf_adds(out, words[chance(ARRAY_SIZE(words))]);
}

static void fill_texts(struct block *b, size_t count)
{
    while (b->count < count) {
        struct buf text = BUF_INIT;
        some_text(&text);
        b->texts[b->count] = text.data ? buf_detach(&text) : xstrdup("");
        b->cells[b->count++] = 2 + (int)chance(80);
    }
}

static size_t texts_of(enum block_kind kind)
{
    switch (kind) {
    case BLOCK_RULE:
    case BLOCK_BLANK:
    case BLOCK_PAGE:
    case BLOCK_IMAGE:
        return 0;
    case BLOCK_LABELLED:
    case BLOCK_ENDS:
    case BLOCK_BAR:
        return 2;
    case BLOCK_QR:
        return 3;
    case BLOCK_ROW:
        return 1 + chance(PAPER_MOST_TEXTS);
    case BLOCK_TICKS:
        return 2 + chance(PAPER_MOST_TEXTS - 1);
    default:
        return 1;
    }
}

/* A block of any kind, of any shape that a description may have. */
static void some_block(struct block *b)
{
    enum block_kind kind = (enum block_kind)chance(BLOCK_KINDS);
    int width = chance(3) ? 80 : 2 + (int)chance(199);
    *b = (struct block){.kind = kind,
                        .align = (enum block_align)chance(ALIGNS),
                        .keep = !chance(3),
                        .whole = !chance(3),
                        .head = kind == BLOCK_ROW && !chance(4),
                        .left = (int)chance(chance(3) ? 1 : 201),
                        .width = width,
                        .table = chance(4),
                        .number = (long)chance((unsigned)width - 1),
                        .of = (long)chance((unsigned)width - 1)};
    if (kind == BLOCK_BAR) {
        b->of = (long)chance(INT32_MAX);
        b->number = (long)chance((unsigned)b->of + 1);
    }
    if (kind == BLOCK_IMAGE)
        buf_adds(&b->image, "no image");
    fill_texts(b, texts_of(kind));
}

static void some_paper(struct paper *p)
{
    size_t count = chance(chance(10) ? 12 : 300);
    paper_init(p);
    for (size_t i = 0; i < PAPER_RUNNING; i++)
        if (chance(2))
            some_text(paper_running(p, i));
    p->style = (enum paper_style)chance(PAPER_STYLES);
    p->blocks = xcalloc(count + 1, sizeof *p->blocks);
    p->room = count + 1;
    while (p->count < count)
        some_block(&p->blocks[p->count++]);
}

static void test_documents(void **state)
{
    unsigned rounds = getenv("AMPARO_LONG") ? 20000 : 150, drawn = 0, refused = 0;
    PangoContext *fonts = fonts_open();
    (void)state;
    assert_non_null(fonts);
    for (unsigned i = 0; i < rounds; i++) {
        struct paper p;
        struct buf description = BUF_INIT, pdf = BUF_INIT;
        struct error err = ERROR_INIT;
        size_t missing;
        chance_state = i;
        some_paper(&p);
        page_encode(&p, (enum paper_size)chance(2), &description);
        if (draw_document(fonts, description.data, description.size, &pdf, &missing, &err)) {
            assert_memory_equal(pdf.data, "%PDF-1.", 7);
            drawn++;
        } else {
            if (!strstr(error_text(&err), "PNG") && !strstr(error_text(&err), "QR code"))
                fail_msg("document %u: %s", i, error_text(&err));
            refused++;
        }
        error_release(&err);
        buf_release(&description);
        buf_release(&pdf);
        paper_release(&p);
    }
    assert_true(drawn > rounds / 4);
    assert_true(refused > rounds / 10);
    g_object_unref(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_documents)};
    return cmocka_run_group_tests_name("pdf nonsense", tests, NULL, NULL);
}
