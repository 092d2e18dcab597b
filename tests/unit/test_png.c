/* SPDX-License-Identifier: MIT */
/* Which pictures are taken for a seal, and what of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/png.h"

static void add_number(struct buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_addc(out, (char)(number >> shift));
}

static void add_chunk(struct buf *out, const char *type, const void *data, size_t size)
{
    size_t begin = out->size + 4;

    add_number(out, (uint32_t)size);
    buf_add(out, type, 4);
    buf_add(out, data, size);
    add_number(out, (uint32_t)crc32(0, (const Bytef *)out->data + begin, (uInt)size + 4));
}

/* What a head says of a picture, and what is to come of it. */
struct head {
    uint32_t width, height;
    uint8_t depth, colours, packing, filter, interlace;
    bool taken;
};

static void add_head(struct buf *out, const struct head *h)
{
    struct buf data = BUF_INIT;
    const uint8_t rest[] = {h->depth, h->colours, h->packing, h->filter, h->interlace};

    buf_add(out, "\x89PNG\r\n\x1a\n", 8);
    add_number(&data, h->width);
    add_number(&data, h->height);
    buf_add(&data, rest, sizeof rest);
    add_chunk(out, "IHDR", data.data, data.size);
    buf_release(&data);
}

static const struct head grey = {4, 2, 8, 0, 0, 0, 0, true};
static const char pixels[] = "what stands here is nobody's business";

static bool take(const struct buf *png, struct buf *out, const char *why)
{
    struct error err = ERROR_INIT;
    struct png_size measures;
    bool taken = png_take(png->data, png->size, &measures, out, &err);

    assert_int_equal(err.kind, taken ? ERROR_NONE : ERROR_INPUT);
    if (!taken) {
        assert_int_equal(out->size, 0);
        if (!why || !strstr(error_text(&err), why))
            fail_msg("%s", error_text(&err));
    }
    error_release(&err);
    return taken;
}

static void what_is_beside_the_picture_stays_behind(void **state)
{
    struct buf png = BUF_INIT, plain = BUF_INIT, out = BUF_INIT;

    (void)state;
    add_head(&png, &grey);
    add_head(&plain, &grey);
    add_chunk(&png, "tEXt", "Author\0Ana", 10);
    add_chunk(&png, "eXIf", "where it was taken", 18);
    add_chunk(&png, "IDAT", pixels, 5);
    add_chunk(&png, "IDAT", pixels + 5, 5);
    add_chunk(&plain, "IDAT", pixels, 5);
    add_chunk(&plain, "IDAT", pixels + 5, 5);
    add_chunk(&png, "tIME", "1234567", 7);
    add_chunk(&png, "IEND", NULL, 0);
    add_chunk(&plain, "IEND", NULL, 0);
    assert_true(take(&png, &out, NULL));
    assert_int_equal(out.size, plain.size);
    assert_memory_equal(out.data, plain.data, plain.size);
    buf_release(&png);
    buf_release(&plain);
    buf_release(&out);
}

static void heads_are_as_pictures_have_them(void **state)
{
    static const struct head heads[] = {
        {1000, 1000, 16, 6, 0, 0, 1, true},     {1, 1, 1, 0, 0, 0, 0, true},
        {1001, 1, 8, 0, 0, 0, 0, false},        {1, 1001, 8, 0, 0, 0, 0, false},
        {0, 1, 8, 0, 0, 0, 0, false},           {1, 0, 8, 0, 0, 0, 0, false},
        {1, 1, 3, 0, 0, 0, 0, false},           {1, 1, 4, 2, 0, 0, 0, false},
        {1, 1, 16, 3, 0, 0, 0, false},          {1, 1, 8, 1, 0, 0, 0, false},
        {1, 1, 8, 7, 0, 0, 0, false},           {1, 1, 8, 0, 1, 0, 0, false},
        {1, 1, 8, 0, 0, 1, 0, false},           {1, 1, 8, 0, 0, 0, 2, false},
        {0x80000000u, 1, 8, 0, 0, 0, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
        struct buf png = BUF_INIT, out = BUF_INIT;
        add_head(&png, &heads[i]);
        add_chunk(&png, "IDAT", pixels, 5);
        add_chunk(&png, "IEND", NULL, 0);
        if (take(&png, &out, "picture") != heads[i].taken)
            fail_msg("head %zu", i);
        buf_release(&png);
        buf_release(&out);
    }
}

/* The chunks after a head, by their first letters: h IHDR, p PLTE, t tRNS, d IDAT, e IEND, x one
 * that is not needed, X one that is and is not known. */
static void chunks_stand_in_their_order(void **state)
{
    static const struct {
        const char *chunks;
        uint8_t colours;
        bool taken;
    } orders[] = {
        {"de", 0, true},    {"dde", 2, true},   {"xdxe", 2, true}, {"pde", 3, true},
        {"ptde", 3, true},  {"tde", 2, true},   {"pde", 2, true},  {"de", 3, false},
        {"tpde", 3, false}, {"ppde", 3, false}, {"pde", 0, false}, {"dpe", 2, false},
        {"dxde", 2, false}, {"hde", 2, false},  {"e", 2, false},   {"d", 2, false},
        {"dex", 2, false},  {"dee", 2, false},  {"Xde", 2, false}, {"dte", 2, false},
    };
    static const char letters[] = "hptdexX", *const types[] = {"IHDR", "PLTE", "tRNS", "IDAT",
                                                               "IEND", "teXt", "TEXT"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        struct buf png = BUF_INIT, out = BUF_INIT;
        struct head head = grey;
        head.colours = orders[i].colours;
        add_head(&png, &head);
        for (const char *c = orders[i].chunks; *c; c++)
            add_chunk(&png, types[strchr(letters, *c) - letters], pixels, *c == 'e' ? 0 : 6);
        if (take(&png, &out, "damaged") != orders[i].taken)
            fail_msg("%s", orders[i].chunks);
        buf_release(&png);
        buf_release(&out);
    }
}

static void nothing_damaged_is_taken(void **state)
{
    struct buf png = BUF_INIT, out = BUF_INIT;

    (void)state;
    add_head(&png, &grey);
    add_chunk(&png, "IDAT", pixels, 9);
    add_chunk(&png, "IEND", NULL, 0);
    for (size_t size = 0; size < png.size; size++) {
        struct buf cut = {png.data, size, size};
        assert_false(take(&cut, &out, size < 8 ? "no PNG" : "damaged"));
    }
    for (size_t i = 0; i < png.size; i++) {
        png.data[i] ^= 1;
        assert_false(take(&png, &out, i < 8 ? "no PNG" : "damaged"));
        png.data[i] ^= 1;
    }
    buf_addc(&png, 0);
    assert_false(take(&png, &out, "damaged"));
    buf_release(&png);
    buf_release(&out);
}

static void no_picture_is_larger_than_it_may_be(void **state)
{
    char *much = xcalloc(1, PNG_MOST_BYTES);
    struct buf png = BUF_INIT, out = BUF_INIT;

    (void)state;
    for (int more = 0; more < 2; more++) {
        buf_clear(&png);
        add_head(&png, &grey);
        add_chunk(&png, "IDAT", much, PNG_MOST_BYTES - 8 - 25 - 12 - 12 + (size_t)more);
        add_chunk(&png, "IEND", NULL, 0);
        assert_int_equal(png.size, PNG_MOST_BYTES + more);
        assert_int_equal(take(&png, &out, "larger than 64 kilobytes"), !more);
        buf_clear(&out);
    }
    free(much);
    buf_release(&png);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_beside_the_picture_stays_behind),
        cmocka_unit_test(heads_are_as_pictures_have_them),
        cmocka_unit_test(chunks_stand_in_their_order),
        cmocka_unit_test(nothing_damaged_is_taken),
        cmocka_unit_test(no_picture_is_larger_than_it_may_be),
    };

    return cmocka_run_group_tests_name("png", tests, NULL, NULL);
}
