/* SPDX-License-Identifier: MIT */
/* A key card on paper, and as QR codes: from each of them it is read again as it was made. */
#include "store_kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/page/plain.h"
#include "amparo/paper/keycard.h"
#include "amparo/paper/recoverysheet.h"
#include "amparo/pouch/cardcodes.h"
#include "amparo/store/trustsay.h"

static struct store *store;
static struct card card;
static struct buf line;

static int begin(void **state)
{
    struct error err = ERROR_INIT;

    if (kit_begin(state) != 0)
        return -1;
    store = kit_create("keycard");
    if (!trust_make_keys(store, &err) || !trust_card(store, false, &card, &line, &err))
        fail_msg("%s", error_text(&err));
    return 0;
}

static int end(void **state)
{
    card_release(&card);
    buf_release(&line);
    store_close(store);
    return kit_end(state);
}

/* What the codes say, scanned in any order, is the card. */
static void assert_codes_say(const char *text, int version)
{
    struct error err = ERROR_INIT;
    struct qr_frames codes;
    struct qr_join join = QR_JOIN_INIT;
    const struct qr_gathered *of = NULL;
    struct buf read = BUF_INIT;
    enum qr_taken taken = QR_FOREIGN;

    assert_true(card_codes(text, version, QR_LEVEL_L, &codes, &err));
    for (size_t i = codes.count; i-- > 0;)
        taken = qr_join_add(&join, codes.frames[i].text, strlen(codes.frames[i].text), &of, NULL);
    assert_int_equal(taken, QR_WHOLE);
    assert_true(card_of_codes(of->whole.data, of->whole.size, &read));
    assert_string_equal(buf_text(&read), text);
    buf_release(&read);
    qr_join_release(&join);
    qr_frames_release(&codes);
}

static void test_codes(void **state)
{
    struct error err = ERROR_INIT;
    struct qr_frames codes;
    struct buf root = BUF_INIT, none = BUF_INIT;
    (void)state;

    assert_codes_say(buf_text(&line), QR_VERSION_SCREEN);
    assert_codes_say(buf_text(&line), CARD_PAPER_VERSION);
    card_write_root("12345 67890 12345 67890 12345 67890", &root);
    assert_codes_say(buf_text(&root), QR_VERSION_SCREEN);
    assert_false(card_codes("amparo-pouch:AAAA", 6, QR_LEVEL_L, &codes, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_false(card_codes("amparo-card:AA*A", 6, QR_LEVEL_L, &codes, &err));
    assert_false(card_of_codes("pch\1", 4, &none));
    assert_false(card_of_codes("amparo-root:1\0002", 15, &none));
    assert_int_equal(none.size, 0);
    error_release(&err);
    buf_release(&root);
}

static void make(const char *language, const struct keycard *what, struct buf *out)
{
    struct error err = ERROR_INIT;
    struct paper paper;

    paper_init(&paper);
    if (!paper_keycard(store, what, language, &paper, &err))
        fail_msg("%s: %s", language, error_text(&err));
    paper_text(&paper, PAPER_LETTER, out);
    paper_release(&paper);
}

/* The card's line as it stands there, put together again from its lines. */
static void read_line(const char *text, struct buf *out)
{
    const char *at = strstr(text, "amparo-card:");

    assert_non_null(at);
    for (; *at && *at != '\n'; at += strcspn(at, "\n") + 1)
        buf_add(out, at, strcspn(at, "\n"));
}

static void test_on_paper(void **state)
{
    static const char *const languages[] = {"en", "es", "fr"};
    char digits[FINGERPRINT_SIZE];
    struct error err = ERROR_INIT;
    struct qr_frames codes;
    struct buf drawing = BUF_INIT;
    (void)state;

    card_fingerprint(&card, digits);
    assert_true(card_codes(buf_text(&line), CARD_PAPER_VERSION, QR_LEVEL_L, &codes, &err));
    assert_int_equal(codes.count, 1);
    const char *const says[] = {codes.frames[0].text, NULL};
    card_draw(&codes, &drawing);
    for (size_t i = 0; i < ARRAY_SIZE(languages); i++) {
        struct buf text = BUF_INIT, read = BUF_INIT;
        make(languages[i],
             &(struct keycard){&card, digits, buf_text(&line), says, buf_text(&drawing)}, &text);
        read_line(buf_text(&text), &read);
        assert_string_equal(buf_text(&read), buf_text(&line));
        assert_non_null(strstr(buf_text(&text), digits));
        assert_null(strchr(buf_text(&text), '\f')); /* one sheet */
        for (const char *at = buf_text(&text); *at; at += strcspn(at, "\n") + 1)
            assert_true(text_cells_n(at, strcspn(at, "\n")) <= PAPER_COLUMNS);
        buf_release(&text);
        buf_release(&read);
    }
    buf_release(&drawing);
    qr_frames_release(&codes);
    error_release(&err);
}

/* Where pages are drawn, the codes are drawn from what they say, with the digits beside the first.
 */
static void test_codes_to_be_drawn(void **state)
{
    const char *const says[] = {"first", "second", NULL};
    struct error err = ERROR_INIT;
    struct paper p;
    size_t found = 0;
    (void)state;

    paper_init(&p);
    assert_true(paper_keycard(
        store, &(struct keycard){&card, "12345 67890", buf_text(&line), says, ""}, "es", &p, &err));
    for (size_t i = 0; i < p.count; i++)
        if (p.blocks[i].kind == BLOCK_QR) {
            assert_string_equal(p.blocks[i].texts[0], says[found]);
            assert_string_equal(p.blocks[i].texts[1], found ? "" : "12345 67890");
            found++;
        }
    assert_int_equal(found, 2);
    paper_release(&p);
    error_release(&err);
}

/* The drawing on paper is the code: no line of it was moved or wrapped. */
static void test_drawing_stands_as_it_is(void **state)
{
    const char *const says[] = {"amparo-root:1", NULL};
    struct buf text = BUF_INIT;
    (void)state;

    make("en",
         &(struct keycard){NULL, "12345 67890 12345 67890 12345 67890", "amparo-root:1", says,
                           "  ## #\n## ##\n      #\n"},
         &text);
    assert_non_null(strstr(buf_text(&text), "\n  ## #\n## ##\n      #\n"));
    assert_non_null(strstr(buf_text(&text), " 12345 67890 12345 67890 12345 67890\n"));
    buf_release(&text);
}

static bool is_large(const struct paper *p, const char *lines)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->blocks[i].kind == BLOCK_DRAWING && !strcmp(p->blocks[i].texts[0], lines))
            return p->blocks[i].number == 1;
    fail_msg("no such lines: %s", lines);
    return false;
}

/* What is read aloud or typed back from paper: the digits of a card; a recovery share, and how it
 * is tried. */
static void test_what_is_typed_is_large(void **state)
{
    static const char share[] = "040G5-VZV06-NPXG7-CFVE2-68R7N-WF6WZ-RHYRW";
    const char *const says[] = {"first", NULL};
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT;
    struct paper p;
    (void)state;

    paper_init(&p);
    assert_true(paper_keycard(
        store, &(struct keycard){&card, "12345 67890", buf_text(&line), says, ""}, "en", &p, &err));
    assert_true(is_large(&p, "12345 67890"));
    paper_release(&p);
    paper_init(&p);
    recovery_sheet(&p, "a.amparo", store, share, sizeof share - 1, 2, 3);
    assert_true(is_large(&p, "040G5 VZV06 NPXG7 CFVE2 68R7N\nWF6WZ RHYRW"));
    assert_true(is_large(&p, "amparo recovery FILE check"));
    paper_lines(&p, &text);
    assert_non_null(strstr(buf_text(&text), "   SECRET\n\nRecovery share 2 of 3\n---"));
    assert_non_null(strstr(buf_text(&text), "Set made on         "));
    paper_release(&p);
    buf_release(&text);
    error_release(&err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_on_paper),
        cmocka_unit_test(test_codes_to_be_drawn),
        cmocka_unit_test(test_drawing_stands_as_it_is),
        cmocka_unit_test(test_what_is_typed_is_large),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
