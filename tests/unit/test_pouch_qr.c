/* SPDX-License-Identifier: MIT */
/* QR codes: apart, together again, drawn, and read by zbarimg where that is installed. */
#include "route_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/error.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/frames.h"

static const char alphanumeric[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static void make(struct qr_frames *frames, const struct buf *pouch, int version,
                 enum qr_level level)
{
    struct error err = ERROR_INIT;

    assert_true(qr_frames(pouch->data, pouch->size, version, level, frames, &err));
    error_release(&err);
}

static enum qr_taken add(struct qr_join *join, const char *text, const struct qr_gathered **of)
{
    return qr_join_add(join, text, strlen(text), of, NULL);
}

static void assert_whole(const struct qr_gathered *of, const struct buf *pouch)
{
    assert_int_equal(of->whole.size, pouch->size);
    assert_memory_equal(of->whole.data, pouch->data, pouch->size);
}

/* ---- codes ---- */

/* As many letters as the standard has in its table of capacities. */
static void test_room(void **state)
{
    static const struct {
        int version;
        enum qr_level level;
        size_t letters;
    } rows[] = {
        {1, QR_LEVEL_L, 25},   {1, QR_LEVEL_H, 10},   {6, QR_LEVEL_L, 195},
        {10, QR_LEVEL_Q, 221}, {20, QR_LEVEL_M, 970}, {40, QR_LEVEL_L, 4296},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        assert_int_equal(qr_room(rows[i].version, rows[i].level), rows[i].letters);
}

static void test_the_smallest_that_holds_it(void **state)
{
    struct qr_code code;
    (void)state;

    assert_true(qr_encode(&code, "AMPARO", 40, QR_LEVEL_M));
    assert_int_equal(code.version, 1);
    assert_int_equal(code.width, 21);
    assert_true(qr_dark(&code, 0, 0)); /* the finders in three corners, not in the fourth */
    assert_true(qr_dark(&code, 20, 6) && qr_dark(&code, 6, 20));
    assert_false(qr_dark(&code, -1, 0) || qr_dark(&code, 0, 21) || qr_dark(&code, 1, 1));
    qr_release(&code);
    assert_false(qr_encode(&code, "AMPARO WITH MORE THAN TWENTY-FIVE", 1, QR_LEVEL_L));
    assert_null(code.dark);
    assert_false(qr_encode(&code, "amparo", 40, QR_LEVEL_L));
    assert_false(qr_encode(&code, "", 40, QR_LEVEL_L));
}

static void test_drawing(void **state)
{
    const struct qr_drawing blocks = {.blocks = true, .margin = 1},
                            inverse = {.blocks = true, .inverse = true, .margin = 1},
                            plain = {.margin = 0};
    struct qr_code code;
    struct buf line = BUF_INIT;
    (void)state;

    assert_true(qr_encode(&code, "AMPARO", 1, QR_LEVEL_L));
    assert_int_equal(qr_columns(&code, &blocks), 23);
    assert_int_equal(qr_lines(&code, &blocks), 12);
    assert_int_equal(qr_columns(&code, &plain), 42);
    assert_int_equal(qr_lines(&code, &plain), 21);
    qr_draw_line(&line, &code, &blocks, 0); /* the margin above, the first row below */
    assert_memory_equal(line.data, " ▄▄▄▄▄▄▄ ", strlen(" ▄▄▄▄▄▄▄ "));
    buf_clear(&line);
    qr_draw_line(&line, &code, &inverse, 0);
    assert_memory_equal(line.data, "█▀▀▀▀▀▀▀█", strlen("█▀▀▀▀▀▀▀█"));
    buf_clear(&line);
    qr_draw_line(&line, &code, &inverse, 11); /* half a line: what is below is not drawn */
    assert_null(strstr(line.data, "█"));
    assert_null(strstr(line.data, "▄"));
    buf_clear(&line);
    qr_draw_line(&line, &code, &plain, 1);
    assert_memory_equal(line.data, "##          ##  ", 16);
    buf_release(&line);
    qr_release(&code);
}

/* A pouch to ten readers takes a screen each of a few codes, and a code of the paper one. */
static void test_what_fits_where(void **state)
{
    const struct qr_drawing screen = {.blocks = true, .margin = 3};
    struct buf pouch = BUF_INIT;
    struct qr_frames frames;
    (void)state;

    kit_pouch(&pouch, 485, 1);
    make(&frames, &pouch, QR_VERSION_SCREEN, QR_LEVEL_L);
    assert_int_equal(frames.count, 5);
    for (size_t i = 0; i < frames.count; i++) {
        assert_true(qr_columns(&frames.frames[i].code, &screen) <= 80);
        assert_true(qr_lines(&frames.frames[i].code, &screen) <= 24);
        assert_int_equal(strspn(frames.frames[i].text, alphanumeric),
                         strlen(frames.frames[i].text));
    }
    qr_frames_release(&frames);
    make(&frames, &pouch, QR_VERSION_PAPER, QR_LEVEL_M);
    assert_int_equal(frames.count, 1);
    qr_frames_release(&frames);
    buf_release(&pouch);
}

static void test_too_long_for_codes(void **state)
{
    struct buf pouch = BUF_INIT;
    struct qr_frames frames;
    struct error err = ERROR_INIT;
    (void)state;

    kit_pouch(&pouch, 40000, 1);
    assert_false(qr_frames(pouch.data, pouch.size, QR_VERSION_SCREEN, QR_LEVEL_L, &frames, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(frames.count, 0);
    error_clear(&err);
    assert_false(qr_frames(pouch.data, 10, 1, QR_LEVEL_L, &frames, &err)); /* no room for a head */
    error_release(&err);
    buf_release(&pouch);
}

/* ---- together ---- */

static void test_looks_as_the_manual_says(void **state)
{
    const struct buf pouch = {(char[]){"pch\1 one"}, 8, 8};
    struct qr_frames frames;
    (void)state;

    make(&frames, &pouch, 4, QR_LEVEL_L);
    assert_int_equal(frames.count, 1);
    assert_string_equal(frames.frames[0].text, "AMPARO1:/Z1N2U7*AW50G9EU6DN441/DJC53NN.");
    qr_frames_release(&frames);
}

static void test_any_order_and_twice(void **state)
{
    enum { POUCHES = 3, MOST = 100 };
    struct buf pouch[POUCHES] = {BUF_INIT};
    (void)state;

    for (unsigned round = 0; round < 20; round++) {
        struct qr_frames frames[POUCHES];
        struct qr_join join = QR_JOIN_INIT;
        const char *text[MOST];
        size_t count = 0, whole = 0;
        for (unsigned p = 0; p < POUCHES; p++) {
            buf_clear(&pouch[p]);
            kit_pouch(&pouch[p], 5 + 97 * round * p, round * POUCHES + p);
            make(&frames[p], &pouch[p], 5, QR_LEVEL_L);
            for (size_t i = 0; i < frames[p].count; i++)
                text[count++] = frames[p].frames[i].text;
        }
        assert_true(count < MOST);
        for (size_t i = count; i > 1; i--) { /* shuffled, the same way each time */
            size_t j = (i * 7919 + round * 104729) % i;
            const char *other = text[j];
            text[j] = text[i - 1];
            text[i - 1] = other;
        }
        for (size_t i = 0; i < count; i++) {
            const struct qr_gathered *of;
            enum qr_taken taken = add(&join, text[i], &of);
            assert_true(taken == QR_TAKEN || taken == QR_WHOLE);
            assert_int_equal(taken == QR_WHOLE, of->have == of->count);
            assert_int_equal(add(&join, text[i], &of), QR_AGAIN);
            whole += taken == QR_WHOLE;
            for (unsigned p = 0; p < POUCHES && taken == QR_WHOLE; p++)
                if (of->whole.size == pouch[p].size && of->whole.data[4] == pouch[p].data[4])
                    assert_whole(of, &pouch[p]);
        }
        assert_int_equal(whole, POUCHES);
        qr_join_release(&join);
        for (unsigned p = 0; p < POUCHES; p++)
            qr_frames_release(&frames[p]);
    }
    for (unsigned p = 0; p < POUCHES; p++)
        buf_release(&pouch[p]);
}

static void test_says_what_is_missing(void **state)
{
    struct buf pouch = BUF_INIT, missing = BUF_INIT;
    struct qr_frames frames;
    struct qr_join join = QR_JOIN_INIT;
    const struct qr_gathered *of;
    static const struct {
        size_t add;
        const char *missing;
    } steps[] = {{4, "1 to 4, 6 to 9"},
                 {0, "2 to 4, 6 to 9"},
                 {2, "2, 4, 6 to 9"},
                 {6, "2, 4, 6, 8, 9"},
                 {8, "2, 4, 6, 8"},
                 {1, "4, 6, 8"},
                 {3, "6, 8"},
                 {5, "8"},
                 {7, ""}};
    (void)state;

    kit_pouch(&pouch, 1000, 7);
    make(&frames, &pouch, 6, QR_LEVEL_L);
    assert_int_equal(frames.count, ARRAY_SIZE(steps));
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        add(&join, frames.frames[steps[i].add].text, &of);
        buf_clear(&missing);
        qr_join_missing(of, &missing);
        assert_string_equal(buf_text(&missing), steps[i].missing);
    }
    assert_whole(of, &pouch);
    qr_join_forget(&join, of->name);
    assert_int_equal(join.count, 0);
    qr_join_release(&join);
    qr_frames_release(&frames);
    buf_release(&missing);
    buf_release(&pouch);
}

/* Each text, typed as it would come out of a scanner that knows only the keyboard of the US. */
static void typed(struct buf *out, const char *text, const char *const keys[][2])
{
    for (; *text; text++) {
        const char *with = NULL;
        for (size_t i = 0; keys[i][0] && !with; i++)
            if (*text == keys[i][0][0])
                with = keys[i][1];
        if (with)
            buf_adds(out, with);
        else
            buf_addc(out, *text);
    }
}

static void test_typed_by_a_scanner(void **state)
{
    static const char *const
        spain[][2] = {{":", "Ñ"}, {"/", "-"}, {"-", "'"}, {"+", "¿"}, {"*", "("}, {NULL, NULL}},
        *const mexico[][2] = {{":", "Ñ"}, {"/", "-"}, {"-", "'"},
                              {"+", "¡"}, {"*", "("}, {NULL, NULL}},
        *const canada[][2] = {{"/", "é"}, {NULL, NULL}}, *const home[][2] = {{NULL, NULL}},
        *const other[][2] = {{":", "M"}, {NULL, NULL}};
    struct buf pouch = BUF_INIT, text = BUF_INIT;
    struct qr_frames frames;
    const struct qr_gathered *of;
    (void)state;

    kit_pouch(&pouch, 900, 3);
    make(&frames, &pouch, 30, QR_LEVEL_L);
    assert_int_equal(frames.count, 1);
    const char *const(*const keyboards[])[2] = {home, spain, mexico, canada};
    for (size_t k = 0; k < ARRAY_SIZE(keyboards); k++) {
        struct qr_join join = QR_JOIN_INIT;
        buf_clear(&text);
        buf_adds(&text, " \tQR-Code:");
        typed(&text, frames.frames[0].text, keyboards[k]);
        buf_adds(&text, "  \r\n");
        assert_int_equal(add(&join, buf_text(&text), &of), QR_WHOLE);
        assert_whole(of, &pouch);
        qr_join_release(&join);
    }
    struct qr_join join = QR_JOIN_INIT;
    const char *fault = NULL;
    buf_clear(&text);
    for (const char *c = frames.frames[0].text; *c; c++) /* with Caps Lock */
        buf_addc(&text, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
    assert_int_equal(add(&join, buf_text(&text), &of), QR_WHOLE);
    buf_clear(&text);
    typed(&text, frames.frames[0].text, other);
    assert_int_equal(qr_join_add(&join, text.data, text.size, &of, &fault), QR_DAMAGED);
    assert_non_null(strstr(fault, "keyboard"));
    assert_null(of);
    qr_join_release(&join);
    qr_frames_release(&frames);
    buf_release(&text);
    buf_release(&pouch);
}

static void test_damaged_and_foreign(void **state)
{
    struct buf pouch = BUF_INIT;
    struct qr_frames frames, others;
    struct qr_join join = QR_JOIN_INIT;
    const char *fault;
    (void)state;

    kit_pouch(&pouch, 300, 3);
    make(&frames, &pouch, 6, QR_LEVEL_L);
    char *text = xstrdup(frames.frames[1].text);
    for (size_t i = 0; text[i]; i++) { /* one letter otherwise; one too few */
        char was = text[i];
        text[i] = was == 'Q' ? 'R' : 'Q';
        assert_int_not_equal(qr_join_add(&join, text, strlen(text), NULL, &fault), QR_TAKEN);
        assert_non_null(fault);
        text[i] = was;
        char *shorter = xasprintf("%.*s%s", (int)i, text, text + i + 1);
        assert_int_not_equal(qr_join_add(&join, shorter, strlen(shorter), NULL, &fault), QR_TAKEN);
        free(shorter);
    }
    free(text);
    assert_int_equal(join.count, 0);
    assert_int_equal(qr_join_add(&join, "https://example.org/", 20, NULL, &fault), QR_FOREIGN);
    assert_int_equal(qr_join_add(&join, "", 0, NULL, &fault), QR_FOREIGN);

    /* The same pouch in codes of another size: its pieces do not mix. */
    make(&others, &pouch, 8, QR_LEVEL_L);
    assert_true(others.count > 1 && others.count < frames.count);
    const struct qr_gathered *of;
    assert_int_equal(add(&join, frames.frames[0].text, &of), QR_TAKEN);
    for (size_t i = 0; i < others.count; i++) {
        assert_int_equal(add(&join, others.frames[i].text, &of),
                         i + 1 < others.count ? QR_TAKEN : QR_WHOLE);
        assert_int_equal(of->have, i + 1);
    }
    assert_whole(of, &pouch);
    assert_int_equal(join.count, 2);
    qr_join_forget(&join, join.pouches[0].name);
    assert_int_equal(join.count, 0);
    qr_frames_release(&others);
    qr_join_release(&join);
    qr_frames_release(&frames);
    buf_release(&pouch);
}

/* ---- read by another program ---- */

enum { PIXELS = 3 };

/* A picture of lines of text: two rows a line and a column a sign, or two signs a module. */
static void picture(const char *name, const struct qr_code *code, const struct qr_drawing *how)
{
    FILE *out = fopen(kit_path(name), "wb");
    int side = code->width + 2 * how->margin;
    char *ink = xcalloc((size_t)side, (size_t)side + 1);

    assert_non_null(out);
    for (int line = 0; line < qr_lines(code, how); line++) {
        struct buf text = BUF_INIT;
        qr_draw_line(&text, code, how, line);
        const char *at = buf_text(&text);
        for (int x = 0; x < side; x++) {
            int row = how->blocks ? 2 * line : line;
            bool full = !strncmp(at, "█", 3), up = !strncmp(at, "▀", 3),
                 down = !strncmp(at, "▄", 3);
            ink[row * side + x] = full || up || *at == '#';
            if (how->blocks)
                ink[(row + 1) * side + x] = full || down;
            at += full || up || down ? 3 : how->blocks ? 1 : 2;
        }
        buf_release(&text);
    }
    fprintf(out, "P5 %d %d 255\n", side * PIXELS, side * PIXELS);
    for (int y = 0; y < side * PIXELS; y++)
        for (int x = 0; x < side * PIXELS; x++)
            putc(ink[y / PIXELS * side + x / PIXELS] != how->inverse ? 0 : 255, out);
    free(ink);
    assert_int_equal(fclose(out), 0);
}

static void scan(const char *name, struct buf *out)
{
    char *command = xasprintf("zbarimg -q --raw %s 2>/dev/null", kit_path(name)), some[1024];
    FILE *in = popen(command, "r");
    size_t n;

    assert_non_null(in);
    while ((n = fread(some, 1, sizeof some, in)) > 0)
        buf_add(out, some, n);
    assert_int_equal(pclose(in), 0);
    free(command);
}

static void test_read_by_zbar(void **state)
{
    static const struct {
        size_t size;
        int version;
        enum qr_level level;
        struct qr_drawing how;
    } rows[] = {
        {325, QR_VERSION_SCREEN, QR_LEVEL_L, {.blocks = true, .margin = 3}},
        {485, QR_VERSION_SCREEN, QR_LEVEL_L, {.blocks = true, .inverse = true, .margin = 3}},
        {325, QR_VERSION_PAPER, QR_LEVEL_M, {.margin = QR_MARGIN}},
        {1509, QR_VERSION_PAPER, QR_LEVEL_M, {.blocks = true, .margin = QR_MARGIN}},
    };
    (void)state;

    for (size_t r = 0; r < ARRAY_SIZE(rows); r++) {
        struct buf pouch = BUF_INIT;
        struct qr_frames frames;
        struct qr_join join = QR_JOIN_INIT;
        const struct qr_gathered *of = NULL;
        enum qr_taken taken = QR_FOREIGN;
        kit_pouch(&pouch, rows[r].size, (unsigned)r);
        make(&frames, &pouch, rows[r].version, rows[r].level);
        for (size_t i = frames.count; i-- > 0;) {
            struct buf text = BUF_INIT;
            picture("code.pgm", &frames.frames[i].code, &rows[r].how);
            scan("code.pgm", &text);
            assert_memory_equal(text.data, frames.frames[i].text, strlen(frames.frames[i].text));
            taken = add(&join, buf_text(&text), &of);
            buf_release(&text);
        }
        assert_int_equal(taken, QR_WHOLE);
        assert_whole(of, &pouch);
        qr_join_release(&join);
        qr_frames_release(&frames);
        buf_release(&pouch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_the_smallest_that_holds_it),
        cmocka_unit_test(test_drawing),
        cmocka_unit_test(test_what_fits_where),
        cmocka_unit_test(test_too_long_for_codes),
        cmocka_unit_test(test_looks_as_the_manual_says),
        cmocka_unit_test(test_any_order_and_twice),
        cmocka_unit_test(test_says_what_is_missing),
        cmocka_unit_test(test_typed_by_a_scanner),
        cmocka_unit_test(test_damaged_and_foreign),
        cmocka_unit_test(test_read_by_zbar), /* the last: it may be left out */
    };
    bool zbar = system("command -v zbarimg >/dev/null") == 0;

    return _cmocka_run_group_tests("tests", tests, ARRAY_SIZE(tests) - !zbar, kit_begin, kit_end);
}
