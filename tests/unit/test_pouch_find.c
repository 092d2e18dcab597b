/* SPDX-License-Identifier: MIT */
/* The one door for all that comes in. What is in saved mail: test_pouch_mail. */
#include "route_kit.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/find.h"

static void test_each_pouch_once(void **state)
{
    struct buf pouch = BUF_INIT, text = BUF_INIT, part = BUF_INIT;
    struct qr_frames frames;
    struct kept kept = {0};
    (void)state;

    kit_pouch(&pouch, 400, 1);
    assert_true(pouch_find(pouch.data, pouch.size, NULL, kept_visit, &kept));
    kit_assert_only(&kept, &pouch, POUCH_BARE);
    assert_false(kept.one[0].found.mailed);
    kept_release(&kept);

    /* In two texts, a third one cut off, and in codes of which one is missing. */
    assert_true(qr_frames(pouch.data, pouch.size, 8, QR_LEVEL_L, &frames, NULL));
    assert_true(frames.count > 1);
    armour_put(&part, pouch.data, pouch.size);
    for (int i = 0; i < 2; i++)
        buf_add(&text, part.data, part.size);
    buf_addf(&text, "%s\n%s", frames.frames[0].text, part.data + 200);
    assert_true(pouch_find(text.data, text.size, NULL, kept_visit, &kept));
    kit_assert_only(&kept, &pouch, POUCH_ARMOUR);
    kept_release(&kept);
    qr_frames_release(&frames);
    buf_release(&part);
    buf_release(&text);
    buf_release(&pouch);
}

static void test_what_is_not_whole(void **state)
{
    struct buf pouch = BUF_INIT, text = BUF_INIT;
    struct qr_frames frames;
    struct qr_join join = QR_JOIN_INIT;
    struct kept kept = {0};
    char name[POUCH_NAME_SIZE];
    (void)state;

    kit_pouch(&pouch, 400, 1);
    pouch_name(pouch.data, pouch.size, name);
    assert_true(qr_frames(pouch.data, pouch.size, 6, QR_LEVEL_L, &frames, NULL));
    assert_int_equal(frames.count, 4);
    buf_addf(&text, "%s\n%s\n", frames.frames[0].text, frames.frames[2].text);
    assert_true(pouch_find(text.data, text.size, NULL, kept_visit, &kept));
    assert_int_equal(kept.count, 1);
    assert_string_equal(kept.one[0].found.name, name);
    assert_non_null(strstr(buf_text(&kept.one[0].fault), "2, 4"));
    kept_release(&kept);

    /* Over several files: nothing to say until the end. */
    assert_true(pouch_find(text.data, text.size, &join, kept_visit, &kept));
    assert_int_equal(kept.count, 0);
    assert_true(pouch_find_unfinished(&join, kept_visit, &kept));
    assert_int_equal(kept.count, 1);
    kept_release(&kept);
    buf_clear(&text);
    buf_addf(&text, "%s\n%s\n", frames.frames[3].text, frames.frames[1].text);
    assert_true(pouch_find(text.data, text.size, &join, kept_visit, &kept));
    kit_assert_only(&kept, &pouch, POUCH_CODES);
    kept_release(&kept);
    assert_true(pouch_find_unfinished(&join, kept_visit, &kept));
    assert_int_equal(kept.count, 0);
    qr_join_release(&join);
    qr_frames_release(&frames);

    assert_true(pouch_find("Dear all,\nnothing.\n", 19, NULL, kept_visit, &kept));
    assert_true(pouch_find("", 0, NULL, kept_visit, &kept));
    assert_int_equal(kept.count, 0);
    buf_release(&text);
    buf_release(&pouch);
}

static bool count_visits(void *ctx, const struct pouch_found *found)
{
    (void)found;
    ++*(size_t *)ctx;
    return true;
}

/* What would take hours if anything were looked at again and again, or fill the memory. */
static void test_hostile_mail_takes_no_time(void **state)
{
    static const char *const pieces[] = {
        "--b\r\n",
        "--b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        "From x Sun Nov 29 10:00:00 2026\r\n\r\n",
        "Content-Type: message/rfc822\r\n\r\n",
        "a: b\r\n",
        " ; boundary*=x",
        "\r\n ",
        "AMPARO1:",
        "AMPARO1:/Z1N2U7*AW50G9EU6DN441/DJC53NN.\n",
        "[BEGIN-AMPARO-POUCH]cGNoAQ[END-AMPARO-POUCH:000000000000]",
        "[BEGIN-AMPARO-POUCH]cGNoASBhbnkgYnl0ZXMg__79[END-AMPARO-POUCH:21c537412def]",
        "=\r\n",
    };
    enum { SIZE = 1 << 20 };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        struct buf text = BUF_INIT;
        size_t visits = 0;
        buf_adds(&text, "Date: Sun, 29 Nov 2026 10:00:00 +0000\r\n"
                        "Content-Type: multipart/mixed; boundary=b");
        buf_adds(&text, i == 6 || i == 7 ? "" : "\r\n\r\n--b\r\n");
        while (text.size < SIZE)
            buf_adds(&text, pieces[i]);
        assert_true(pouch_find(text.data, text.size, NULL, count_visits, &visits));
        assert_in_range(visits, 0, 2);
        buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_pouch_once),
        cmocka_unit_test(test_what_is_not_whole),
        cmocka_unit_test(test_hostile_mail_takes_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
