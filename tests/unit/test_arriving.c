/* SPDX-License-Identifier: MIT */
/* What is typed or scanned line by line, in any order and at twice, until it is a pouch again. */
#include "route_kit.h"

#include <string.h>

#include "amparo/base/error.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/find.h"
#include "amparo/tui/arriving.h"

static void make_frames(struct qr_frames *frames, const struct buf *pouch)
{
    struct error err = ERROR_INIT;
    assert_true(qr_frames(pouch->data, pouch->size, QR_VERSION_SCREEN, QR_LEVEL_L, frames, &err));
    assert_true(frames->count > 2);
}

static void test_a_line_tells_what_it_is(void **state)
{
    static const struct {
        const char *line;
        enum arriving_kind kind;
    } rows[] = {
        {"", ARRIVING_NOTHING},
        {"   ", ARRIVING_NOTHING},
        {"/media/usb", ARRIVING_PATH},
        {"mail from Mexico.eml", ARRIVING_PATH},
        {"AMPARO1:4F%QR.", ARRIVING_CODE},
        {"[BEGIN-AMPARO-POUCH]", ARRIVING_TEXT},
        {"> > [Begin–Amparo–Pouch]", ARRIVING_TEXT},
    };
    struct arriving a;
    (void)state;

    arriving_init(&a);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (arriving_kind(&a, rows[i].line) != rows[i].kind)
            fail_msg("%s: kind %d", rows[i].line, arriving_kind(&a, rows[i].line));
    assert_false(arriving_is_text("/media/usb"));
    assert_false(arriving_is_text("/media/usb \n"));
    assert_true(arriving_is_text("one\ntwo"));
    assert_true(arriving_is_text("AMPARO1:4F%QR."));
    arriving_release(&a);
}

/* Within a text each line is one of it, also one that looks like a name; the end ends it. */
static void test_a_text_line_by_line(void **state)
{
    struct buf pouch = BUF_INIT, text = BUF_INIT;
    struct kept kept = {.count = 0};
    struct arriving a;
    bool whole = false;
    (void)state;

    kit_pouch(&pouch, 700, 1);
    armour_put(&text, pouch.data, pouch.size);
    arriving_init(&a);
    for (const char *at = buf_text(&text); *at;) {
        size_t size = strcspn(at, "\n");
        char line[200];
        snprintf(line, sizeof line, "%.*s", (int)size, at);
        assert_false(whole);
        assert_int_equal(arriving_kind(&a, line), ARRIVING_TEXT);
        whole = arriving_take_text(&a, line);
        at += size + 1;
    }
    assert_true(whole);
    pouch_find(a.text.data, a.text.size, NULL, kept_visit, &kept);
    kit_assert_only(&kept, &pouch, POUCH_ARMOUR);
    kept_release(&kept);
    arriving_release(&a);
    buf_release(&text);
    buf_release(&pouch);
}

/* Backwards, each at twice; and kept and taken up again after each. */
static void test_codes_in_any_order(void **state)
{
    struct buf pouch = BUF_INIT;
    struct qr_frames frames;
    struct arriving_code code;
    (void)state;

    kit_pouch(&pouch, 500, 2);
    make_frames(&frames, &pouch);
    struct arriving a;
    arriving_init(&a);
    for (size_t i = frames.count; i-- > 0;) {
        json_t *kept = json_object();
        bool whole = arriving_take_code(&a, frames.frames[i].text, &code);
        assert_null(code.fault);
        assert_int_equal(whole, i == 0);
        if (whole) {
            assert_int_equal(code.of->whole.size, pouch.size);
            assert_memory_equal(code.of->whole.data, pouch.data, pouch.size);
            arriving_forget(&a, code.of);
            json_decref(kept);
            break;
        }
        assert_false(arriving_take_code(&a, frames.frames[i].text, &code));
        assert_true(code.again);
        arriving_keep(&a, kept);
        arriving_release(&a);
        arriving_init(&a);
        arriving_restore(&a, kept);
        assert_int_equal(a.join.count, 1);
        assert_int_equal(a.join.pouches[0].have, frames.count - i);
        json_decref(kept);
    }
    assert_int_equal(a.join.count, 0);
    assert_int_equal(json_object_size(a.codes), 0);
    arriving_release(&a);
    qr_frames_release(&frames);
    buf_release(&pouch);
}

/* A code that was misread says so, and those that were taken stay. */
static void test_a_damaged_code(void **state)
{
    struct buf pouch = BUF_INIT;
    struct qr_frames frames;
    struct arriving_code code;
    struct arriving a;
    (void)state;

    kit_pouch(&pouch, 500, 3);
    make_frames(&frames, &pouch);
    arriving_init(&a);
    assert_false(arriving_take_code(&a, frames.frames[0].text, &code));
    char *text = frames.frames[1].text;
    text[20] = text[20] == 'A' ? 'B' : 'A';
    assert_false(arriving_take_code(&a, text, &code));
    assert_non_null(code.fault);
    assert_null(code.of);
    assert_int_equal(a.join.pouches[0].have, 1);
    arriving_release(&a);
    qr_frames_release(&frames);
    buf_release(&pouch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_tells_what_it_is),
        cmocka_unit_test(test_a_text_line_by_line),
        cmocka_unit_test(test_codes_in_any_order),
        cmocka_unit_test(test_a_damaged_code),
    };
    return cmocka_run_group_tests_name("arriving", tests, NULL, NULL);
}
