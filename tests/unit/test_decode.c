/* SPDX-License-Identifier: MIT */
/* Bytes of terminals to events; time is an argument here, so nothing waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/tui/decode.h"

static const struct decode_key odd_keys[] = {{"\x1B?x", TK_F(7)}, {NULL, TK_NONE}};

static int start(void **state)
{
    static struct decoder decoder;

    decoder_init(&decoder, odd_keys);
    *state = &decoder;
    return 0;
}

static int stop(void **state)
{
    decoder_release(*state);
    return 0;
}

static void feed(struct decoder *decoder, const char *bytes, int64_t now)
{
    decoder_feed(decoder, bytes, strlen(bytes), now);
}

static void expect_key(struct decoder *decoder, int64_t now, enum term_key key)
{
    struct term_event event;
    int wait;

    assert_true(decoder_next(decoder, now, &event, &wait));
    assert_int_equal(event.kind, TERM_KEY);
    assert_int_equal(event.key, key);
}

static void expect_text(struct decoder *decoder, int64_t now, const char *text)
{
    struct term_event event;
    int wait;

    assert_true(decoder_next(decoder, now, &event, &wait));
    assert_int_equal(event.kind, TERM_TEXT);
    assert_string_equal(event.text, text);
}

/* Nothing yet; returns how long the decoder would wait. */
static int expect_nothing(struct decoder *decoder, int64_t now)
{
    struct term_event event;
    int wait;

    assert_false(decoder_next(decoder, now, &event, &wait));
    return wait;
}

static void test_keys(void **state)
{
    const struct {
        const char *bytes;
        enum term_key key;
    } cases[] = {
        {"\r", TK_ENTER},
        {"\n", TK_NEWLINE},
        {"\x1B\r", TK_NEWLINE},
        {"\t", TK_TAB},
        {"\x1B[Z", TK_BACKTAB},
        {"\x7F", TK_BACKSPACE},
        {"\b", TK_BACKSPACE},
        {"\x15", TK_CTRL('U')},
        {"\x03", TK_CANCEL},
        {"\x1B[A", TK_UP},
        {"\x1BOA", TK_UP},
        {"\x1B[1;5C", TK_WORD_RIGHT},
        {"\x1B[1;2C", TK_RIGHT},
        {"\x1BOc", TK_WORD_RIGHT},
        {"\x1B[H", TK_HOME},
        {"\x1B[1~", TK_HOME},
        {"\x1B[1;5H", TK_FIRST},
        {"\x1B[7^", TK_FIRST},
        {"\x1B[4~", TK_END},
        {"\x1B[1;5F", TK_LAST},
        {"\x1B[5~", TK_PAGE_UP},
        {"\x1B[6~", TK_PAGE_DOWN},
        {"\x1B[2~", TK_INSERT},
        {"\x1B[3~", TK_DELETE},
        {"\x1BOP", TK_F(1)},
        {"\x1B[11~", TK_F(1)},
        {"\x1B[[B", TK_F(2)},
        {"\x1B[15~", TK_F(5)},
        {"\x1B[17~", TK_F(6)},
        {"\x1B[24~", TK_F(12)},
        {"\x1B"
         "4",
         TK_F(4)},
        {"\x1B"
         "0",
         TK_CANCEL},
        {"\x1B\x1B", TK_CANCEL},
        {"\x1B?x", TK_F(7)},
        {"\x1BOM", TK_ENTER},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        feed(*state, cases[i].bytes, 0);
        /* Two Escs could still begin Alt and an arrow. */
        int64_t now = strcmp(cases[i].bytes, "\x1B\x1B") == 0 ? DECODE_SEQUENCE_MS : 0;
        expect_key(*state, now, cases[i].key);
        assert_int_equal(expect_nothing(*state, now), -1);
    }
}

static void test_text(void **state)
{
    feed(*state, "añ日e\xCC\x81\x1BOq", 0);
    expect_text(*state, 0, "a");
    expect_text(*state, 0, "ñ");
    expect_text(*state, 0, "日");
    expect_text(*state, 0, "e\xCC\x81");
    expect_text(*state, 0, "1");
    assert_int_equal(expect_nothing(*state, 0), -1);
}

/* A letter, or a key, in two pieces. */
static void test_pieces(void **state)
{
    feed(*state, "\xC3", 0);
    assert_true(expect_nothing(*state, 0) > 0);
    feed(*state, "\xB1", 10);
    expect_text(*state, 10, "ñ");
    feed(*state, "\x1B", 100);
    assert_true(expect_nothing(*state, 100) > 0);
    feed(*state, "[6", 110);
    assert_true(expect_nothing(*state, 110) > 0);
    feed(*state, "~", 120);
    expect_key(*state, 120, TK_PAGE_DOWN);
}

static void test_esc(void **state)
{
    feed(*state, "\x1B", 0);
    assert_int_equal(expect_nothing(*state, 0), DECODE_ESC_MS);
    feed(*state, "2", 400); /* a person's pause */
    expect_key(*state, 400, TK_F(2));
    feed(*state, "\x1B", 1000);
    expect_nothing(*state, 1000);
    expect_key(*state, 1000 + DECODE_ESC_MS, TK_CANCEL);
    feed(*state, "\x1B", 3000);
    feed(*state, "[A", 3300); /* typed, not sent by a key */
    expect_key(*state, 3300, TK_CANCEL);
    expect_text(*state, 3300, "[");
    expect_text(*state, 3300, "A");
    feed(*state, "\x1Bx", 4000); /* never dropped */
    expect_key(*state, 4000, TK_CANCEL);
    expect_text(*state, 4000, "x");
}

static void test_broken(void **state)
{
    feed(*state, "\xFF\xC3(\x1B[12;\xC3\xB1", 0);
    expect_text(*state, 0, "(");
    expect_text(*state, 0, "ñ");
    assert_int_equal(expect_nothing(*state, 0), -1);
    feed(*state, "\x1B[99~\x1B[?1;2c\x1B[5;7Rz", 0);
    expect_text(*state, 0, "z");
    feed(*state, "\x1B[1", 100);
    expect_nothing(*state, 100);
    expect_key(*state, 100 + DECODE_SEQUENCE_MS, TK_CANCEL);
    decoder_feed(*state, "\0", 1, 200);
}

static void test_answer(void **state)
{
    struct term_event event;
    int wait;

    feed(*state, "a\x1B[0nb", 0);
    expect_text(*state, 0, "a");
    assert_true(decoder_next(*state, 0, &event, &wait));
    assert_int_equal(event.kind, TERM_ANSWER);
    expect_text(*state, 0, "b");
}

/* Ctrl-Z, after what was typed before it. */
static void test_suspend(void **state)
{
    struct term_event event;
    int wait;

    feed(*state,
         "a\x1A"
         "b",
         0);
    expect_text(*state, 0, "a");
    assert_true(decoder_next(*state, 0, &event, &wait));
    assert_int_equal(event.kind, TERM_SUSPEND);
    expect_text(*state, 0, "b");
}

static void test_paste(void **state)
{
    struct term_event event;
    int wait;

    feed(*state, "\x1B[200~one\r\ntwo\rthree\x1B[2J\xFF\tñ", 0);
    assert_true(expect_nothing(*state, 0) > 0);
    feed(*state, "\x1B[20", 5);
    assert_true(expect_nothing(*state, 5) > 0);
    feed(*state, "1~x", 6);
    assert_true(decoder_next(*state, 6, &event, &wait));
    assert_int_equal(event.kind, TERM_PASTE);
    assert_string_equal(event.paste, "one\ntwo\nthree[2J\tñ");
    expect_text(*state, 6, "x");
    /* Its end is lost: after a while it is what came. */
    feed(*state, "\x1B[200~lost", 100);
    wait = expect_nothing(*state, 100);
    assert_true(decoder_next(*state, 100 + wait, &event, &wait));
    assert_string_equal(event.paste, "lost");
}

/* Of a huge paste no more is held than any field takes, and its end is found all the same. */
static void test_huge_paste(void **state)
{
    struct decoder *decoder = *state;
    struct term_event event;
    int wait;
    char part[4001];

    memset(part, 'x', sizeof part - 1);
    part[sizeof part - 1] = '\0';
    feed(decoder, "\x1B[200~", 0);
    for (int i = 0; i < 500; i++) {
        feed(decoder, part, i);
        expect_nothing(decoder, i);
        assert_true(decoder->in.size < DECODE_PASTE_MAX + 100);
    }
    feed(decoder, "y\x1B[2", 501);
    expect_nothing(decoder, 501);
    feed(decoder, "01~z", 502);
    assert_true(decoder_next(decoder, 502, &event, &wait));
    assert_int_equal(event.kind, TERM_PASTE);
    assert_in_range(strlen(event.paste), DECODE_PASTE_MAX, DECODE_PASTE_MAX + 6);
    expect_text(decoder, 502, "z");
}

/* A "letter" of endless accents comes in parts that fit, none of them cut in two. */
static void test_huge_cluster(void **state)
{
    struct term_event event;
    int wait;
    size_t total = 0;

    feed(*state, "a", 0);
    for (int i = 0; i < 50; i++)
        feed(*state, "\xCC\x81", 0);
    while (decoder_next(*state, 0, &event, &wait)) {
        assert_int_equal(event.kind, TERM_TEXT);
        total += strlen(event.text);
    }
    assert_int_equal(total, 101);
}

/* Whatever comes, it ends, and all of it is taken. */
static void test_anything(void **state)
{
    struct decoder *decoder = *state;
    struct term_event event;
    uint32_t seed = 11;
    int64_t now = 0;
    int wait;

    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525 + 1013904223;
        char byte = (seed >> 28) < 4 ? '\x1B' : (seed >> 28) < 7 ? '[' : (char)(seed >> 20);
        decoder_feed(decoder, &byte, 1, now += (seed >> 8) % 70);
        while (decoder_next(decoder, now, &event, &wait))
            assert_true(event.kind != TERM_TEXT || (event.text[0] & 0x80) || event.text[0] >= ' ');
    }
    now += 10000;
    while (decoder_next(decoder, now, &event, &wait))
        now += 10000;
    assert_int_equal(decoder->in.size, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_keys),       TEST(test_text),         TEST(test_pieces),   TEST(test_esc),
        TEST(test_broken),     TEST(test_answer),       TEST(test_suspend),  TEST(test_paste),
        TEST(test_huge_paste), TEST(test_huge_cluster), TEST(test_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
