/* SPDX-License-Identifier: MIT */
/*
 * What others wrote (names in cases, in lists, of files) and what is pasted: on no screen, and of
 * no command that prints on a terminal, does it move a cursor, turn the line round, or hide.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/card.h"
#include "tests/harness/expect.h"
#include "tests/harness/scratch.h"
#include "tests/tui/office.h"
#include "tests/tui/player.h"
#include "tests/unit/network_kit.h"

/* As far as an act may hold it: no width, joiners, a tag, a mark of byte order, a soft hyphen. */
#define SPACE "\xE2\x80\x8B"
#define JOINER "\xE2\x80\x8D"
#define TAG "\xF3\xA0\x81\x81"
#define MARK "\xEF\xBB\xBF"
#define SOFT "\xC2\xAD"
#define HOSTILE "E" SPACE "v" JOINER "i" TAG "l" MARK "o" SOFT "x"
/* And as a file's name or a paste may. */
#define OVERRIDE "\xE2\x80\xAE"
#define ISOLATES "\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9"
#define C1 "\xC2\x9B"
#define TITLE "\x1B]0;owned\x07"
#define STEERING TITLE "\x1B[2J" OVERRIDE ISOLATES C1 "31m" TAG

static const char *const forbidden[] = {SPACE,
                                        TAG,
                                        MARK,
                                        SOFT,
                                        OVERRIDE,
                                        ISOLATES,
                                        "\xE2\x81\xA6",
                                        "\xE2\x81\xA7",
                                        "\xE2\x81\xA8",
                                        "\xE2\x81\xA9",
                                        C1,
                                        "v" JOINER};

/* Nothing of it stands on the screen, and the terminal did nothing on its account. */
static void expect_harmless(struct child *child, const char *where)
{
    for (int row = 0; row < emulator_rows(child_screen(child)); row++) {
        struct buf text = BUF_INIT;
        emulator_add_row(child_screen(child), row, &text);
        for (size_t i = 0; i < ARRAY_SIZE(forbidden); i++)
            if (strstr(buf_text(&text), forbidden[i])) {
                fprintf(stderr, "forbidden %zu in row %d of %s\n", i, row, where);
                expect_true(child, !"harmless");
            }
        buf_release(&text);
    }
    assert_int_equal(emulator_titles(child_screen(child)), 0);
    assert_int_equal(emulator_bells(child_screen(child)), 0);
}

/* By the way out: after a kill the next start would ask whether to go on in the same place. */
static void leave(struct child *child)
{
    enum { SCREENS_MOST = 20 };

    for (int i = 0; i < SCREENS_MOST && !child_has_ended(child); i++)
        child_press(child, PRESS_F12);
    expect_true(child, child_has_ended(child));
    child_free(child);
}

/* ---- a post that got such a case, and such a list ---- */

static void record(const struct test_post *post, const char *reference, const char *act,
                   const char *payload)
{
    struct buf json = BUF_INIT;

    /* ' for ", and a dollar for what is hostile. */
    for (; *payload; payload++)
        if (*payload == '$')
            buf_adds(&json, HOSTILE);
        else
            buf_addc(&json, (char)(*payload == '\'' ? '"' : *payload));
    const char *const argv[] = {"record", post->file, reference, act, "-", NULL};
    assert_int_equal(post_run(post, buf_text(&json), NULL, argv), 0);
    buf_release(&json);
}

static int make(void **state)
{
    static struct test_post post;
    const char *reference = office_reference();

    office_make(&post);
    record(&post, reference, "person",
           "{'person':2,'surname_1':'$','given_names':'$','nationalities':[{'state':'HN','proof':"
           "'passport'}],'occupation':'$','full_name_as_in_document':'$','messaging':'$'}");
    record(&post, reference, "situation", "{'locality':'$','danger_now':true}");
    record(&post, reference, "ground",
           "{'person':2,'code':'G5','perpetrator':'employer','facts':'$\\n$'}");
    record(&post, reference, "need", "{'need':'shelter','urgency':'now','detail':'$'}");
    record(&post, reference, "decide", "{'decision':'applies','reason':'$'}");
    record(&post, reference, "notify", "{'event':'poll','on':'2026-03-12'}");
    record(&post, reference, "contact",
           "{'at':'2026-03-12T10:00:00Z','reason':'accident',"
           "'detail':'$'}");
    *state = &post;
    return 0;
}

static int release(void **state)
{
    post_release(*state);
    return 0;
}

/* ---- screens ---- */

static void look(struct child *child, const char *keys)
{
    char where[40];

    for (; *keys; keys++) {
        child_type(child, (const char[]){*keys, '\0'});
        snprintf(where, sizeof where, "the screen behind %c", *keys);
        expect_harmless(child, where);
    }
}

/* Through the parts of the case and back; in each the first rows are opened. */
static void test_screens(void **state)
{
    struct child *child = office_unlocked(*state, NULL);

    expect_harmless(child, "the work of today");
    child_type(child, "/");
    expect_harmless(child, "the list of cases");
    child_type(child, "evil"); /* found by the letters that one sees */
    expect_text(child, office_reference());
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, office_reference());
    expect_harmless(child, "the case");
    for (const char *part = "1234567890"; *part; part++) {
        child_type(child, (const char[]){*part, '\0'});
        expect_harmless(child, part);
        for (int row = 0; row < 3; row++) {
            child_press(child, PRESS_ENTER);
            expect_harmless(child, "what a row opens");
            child_press(child, PRESS_PAGE_DOWN);
            expect_harmless(child, "its next page");
            while (emulator_find(child_screen(child), "intake  elig") < 0)
                child_press(child, PRESS_F12);
            child_type(child, (const char[]){*part, '\0'});
            for (int i = 0; i <= row; i++)
                child_press(child, PRESS_DOWN);
        }
        while (emulator_find(child_screen(child), "intake  elig") < 0)
            child_press(child, PRESS_F12);
    }
    child_press(child, CTRL('P'));
    child_type(child, "print");
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "the print");
    look(child, "p");
    leave(child);
}

/* A card by somebody who means harm, as far as one may be read at all: on each screen that shows
 * it, and in the list. */
static void test_a_card(void **state)
{
    static const uint8_t seed[crypto_sign_SEEDBYTES] = {7};
    const struct test_post *post = *state;
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
    struct buf line = BUF_INIT;
    struct card card = {.state = "MX",
                        .code = xstrdup("MXX"), /* it has a form, and others are refused */
                        .name = xstrdup(HOSTILE " " HOSTILE),
                        .country = xstrdup("AE"),
                        .city = xstrdup(HOSTILE),
                        .kind = xstrdup("consulate")};

    crypto_sign_seed_keypair(card.key, secret, seed);
    card_write(&card, secret, &line);
    card_release(&card);
    struct child *child = office_unlocked(post, NULL);
    child_type(child, "t");
    child_press(child, CTRL('N'));
    child_paste(child, STEERING);
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "what is no card");
    for (int i = 0; i < 40; i++)
        child_press(child, PRESS_BACKSPACE);
    child_paste(child, buf_text(&line));
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Key card of a post");
    expect_harmless(child, "what the card says");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Taken: it is known");
    expect_harmless(child, "why it is not trusted");
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "the form of a call");
    for (int i = 0; i < 2; i++)
        child_press(child, PRESS_F12);
    expect_row_has(child, 0, "Whom we trust");
    expect_harmless(child, "the list of whom one trusts");
    leave(child);
    buf_release(&line);
}

/* Hebrew and Arabic stay in their cells, and what stands behind them where it belongs. */
static void test_right_to_left_keeps_its_cells(void **state)
{
    struct child *child = office_unlocked(*state, NULL);

    office_open_case(child);
    child_type(child, "a");
    child_type(child, "person");
    child_press(child, PRESS_ENTER);
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_TAB);
    child_type(child, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD8\xB9\xD9\x84\xD9\x8A");
    expect_row_has(child, 6, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD8\xB9\xD9\x84\xD9\x8A____");
    expect_cursor(child, 6, 17 + 8);
    child_press(child, PRESS_LEFT);
    expect_cursor(child, 6, 17 + 7);
    child_press(child, PRESS_TAB);
    child_paste(child, "\xE7\x8E\x8B"
                       "n\xCC\x83" STEERING "e");
    expect_harmless(child, "a paste");
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "what was pasted");
    leave(child);
}

/* ---- commands that print on a terminal ---- */

/* As one types it in a shell; the passphrase comes from a file. */
static void expect_command_harmless(const struct test_post *post, const char *const *words)
{
    const char *argv[12] = {NULL};
    char *key = scratch_path(post->folder, "key");
    size_t count = 1;

    scratch_write(key, POST_PASSPHRASE "\n", strlen(POST_PASSPHRASE) + 1);
    argv[0] = getenv("AMPARO");
    for (; *words; words++)
        argv[count++] = *words;
    argv[count++] = "--passphrase-file";
    argv[count++] = key;
    struct child *child =
        child_start(&(struct child_options){.home = post->home, .rows = 120, .cols = 160}, argv);
    child_wait(child);
    expect_harmless(child, argv[1]);
    if (strcmp(argv[1], "show") == 0) /* and it stands there, made visible */
        expect_text(child, "\xEF\xBF\xBD");
    child_free(child);
    free(key);
}

static void test_commands(void **state)
{
    const struct test_post *post = *state;
    const char *file = post->file, *reference = office_reference();
    const char *const commands[][6] = {
        {"show", file, reference},
        {"show", file, reference, "--json"},
        {"acts", file, reference},
        {"acts", file, reference, "--json"},
        {"list", file},
        {"tasks", file},
        {"persons", file, "evil"},
        {"notes", file},
        {"print", file, reference, "summary", "--text"},
        {"access", file},
    };

    for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
        expect_command_harmless(post, commands[i]);
}

/* ---- what comes by pouch ---- */

/* A post whose name, and whose offer, are meant for the terminal of who reads them. */
static void receive_evil(struct network *w, const struct network_story *story, const char *limits,
                         const char *by)
{
    struct network_files there = {.count = 0}, back = {.count = 0};
    char *stick = xstrdup(kit_path("evil-stick"));

    assert_int_equal(mkdir(stick, 0700), 0);
    network_found(story, "evil-found");
    network_begin(w, story, "evil-found", "evil");
    while (network_say(w, AT_REQUESTING))
        network_later(w, 60);
    network_send(w, AT_REQUESTING, stick, false, true, &there);
    network_receive(w, AT_FIRST, (const char *const *)there.paths, there.count, true);
    char *reply = xasprintf("{'state': 'MX', 'round': 1, 'legal': 'yes', 'material': 'yes', "
                            "'offer': true, 'services': ['shelter'], 'limits': '%s', 'by': '%s'}",
                            limits, by);
    kit_record(w->stores[AT_FIRST], "MXAUH-2026-0001", ACT_REPLY, reply);
    free(reply);
    network_send(w, AT_FIRST, stick, false, true, &back);
    network_receive(w, AT_REQUESTING, (const char *const *)back.paths, back.count, true);
    network_files_release(&there);
    network_files_release(&back);
    free(stick);
    network_close(w);
}

/* The same by lines, where a screen reader reads them aloud. */
static void expect_lines_harmless(const char *file)
{
    static const char *const said[] = {"i", "1", "", "v"};
    const char *const argv[] = {NULL, "--linear", file, NULL};
    struct child *child =
        expect_start(&(struct child_options){.term = "dumb", .rows = 120, .cols = 100}, argv);

    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_await(child, "Today>");
    for (size_t i = 0; i < ARRAY_SIZE(said); i++) {
        child_type(child, said[i]);
        child_press(child, PRESS_ENTER);
        expect_harmless(child, said[i]);
    }
    expect_text(child, "\xEF\xBF\xBD"); /* it stands there, made visible */
    child_kill(child, SIGKILL);
    child_free(child);
}

static void test_pouches(void **state)
{
    struct network_story evil = network_stories[0];
    struct network w;
    (void)state;

    kit_begin(NULL);
    evil.posts[AT_FIRST].name = "Embassy " HOSTILE;
    receive_evil(&w, &evil, HOSTILE, HOSTILE);
    const char *const argv[] = {NULL, network_path(&w, AT_REQUESTING), NULL};
    struct child *child = expect_start(&(struct child_options){0}, argv);
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "the work of today with an inbox");
    child_type(child, "i");
    expect_text(child, "MXAUH");
    expect_harmless(child, "the inbox");
    child_press(child, PRESS_ENTER);
    expect_text(child, "\xEF\xBF\xBD"); /* it stands there, made visible */
    expect_harmless(child, "what came in");
    child_press(child, PRESS_PAGE_DOWN);
    expect_harmless(child, "its next page");
    child_type(child, "v");
    expect_harmless(child, "the conversation");
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_F12);
    child_type(child, "o");
    expect_text(child, "MXAUH");
    expect_harmless(child, "the outbox");
    child_press(child, PRESS_F1 + 1);
    child_press(child, PRESS_END);
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "codes for a post");
    child_press(child, PRESS_F12);
    child_type(child, "i");
    child_paste(child, "AMPARO1:" STEERING "\n" STEERING);
    expect_harmless(child, "a paste to be received");
    child_type(child, "/nowhere");
    child_paste(child, STEERING);
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "a path to be received");
    leave(child);
    expect_lines_harmless(network_path(&w, AT_REQUESTING));
    kit_end(NULL);
}

/* ---- floods ---- */

/* It fills its own place alone: head and keys stand where they were, the cursor is there, and drawn
 * anew it is the same screen. */
static void expect_in_its_place(struct child *child, const char *head, int rows, int cols)
{
    expect_harmless(child, head);
    expect_row_has(child, 0, head);
    expect_row_has(child, rows - 1, "help");
    expect_true(child, emulator_cursor_visible(child_screen(child)));
    char *before = emulator_text(child_screen(child));
    child_resize(child, rows, cols + 1);
    child_resize(child, rows, cols);
    char *after = emulator_text(child_screen(child));
    expect_true(child, strcmp(before, after) == 0);
    free(before);
    free(after);
}

/* Through all pages, to the end, which comes. */
static void page_through(struct child *child, const char *head, int rows, int cols)
{
    enum { PAGES_MOST = 1500 };
    char *last = emulator_text(child_screen(child));

    for (int page = 0; page < PAGES_MOST; page++) {
        child_press(child, PRESS_PAGE_DOWN);
        char *now = emulator_text(child_screen(child));
        bool end = strcmp(last, now) == 0;
        free(last);
        last = now;
        if (page < 3 || end)
            expect_in_its_place(child, head, rows, cols);
        if (end) {
            free(last);
            return;
        }
    }
    fail_msg("%s has no end", head);
}

static void look_at_floods(const char *file, int rows, int cols)
{
    const char *const argv[] = {NULL, file, NULL};
    struct child *child = expect_start(&(struct child_options){.rows = rows, .cols = cols}, argv);

    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
    child_type(child, "i");
    expect_in_its_place(child, "Inbox", rows, cols);
    child_press(child, PRESS_ENTER);
    expect_in_its_place(child, "Came in", rows, cols);
    page_through(child, "Came in", rows, cols);
    child_type(child, "v");
    expect_in_its_place(child, "HNGLF", rows, cols);
    page_through(child, "HNGLF", rows, cols);
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_F12);
    child_type(child, "t");
    expect_in_its_place(child, "Whom we trust", rows, cols);
    page_through(child, "Whom we trust", rows, cols);
    leave(child);
}

static void repeat(struct buf *out, const char *what, size_t times)
{
    while (times--)
        buf_adds(out, what);
}

/* Thousands of marks on one letter, a line of ten thousand, joiners without end. */
static void test_floods(void **state)
{
    static const int sizes[][2] = {{24, 80}, {12, 40}};
    struct network_story evil = network_stories[0];
    struct buf marks = BUF_INIT, line = BUF_INIT, name = BUF_INIT;
    struct network w;
    (void)state;

    kit_begin(NULL);
    buf_adds(&marks, "e");
    repeat(&marks, "\xCC\x81", 3000);
    repeat(&marks, "\xF0\x9F\x91\xA9" JOINER, 500);
    buf_adds(&marks, " \xD7\xA9");
    buf_add(&line, marks.data, 401);
    repeat(&marks, "W", 10000);
    buf_adds(&name, "Z");
    repeat(&name, "\xCC\x81\xCC\xA7", 50);
    evil.posts[AT_FIRST].name = buf_text(&name);
    receive_evil(&w, &evil, buf_text(&marks), buf_text(&line));
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
        look_at_floods(network_path(&w, AT_REQUESTING), sizes[i][0], sizes[i][1]);
    kit_end(NULL);
    buf_release(&marks);
    buf_release(&line);
    buf_release(&name);
}

/* Into a pipe it goes as it is: what reads it is no terminal. */
static void test_a_pipe_gets_it_as_it_is(void **state)
{
    const struct test_post *post = *state;
    struct buf out = BUF_INIT;
    const char *const argv[] = {"show", post->file, office_reference(), "--json", NULL};

    assert_int_equal(post_run(post, NULL, &out, argv), 0);
    assert_non_null(strstr(buf_text(&out), HOSTILE));
    buf_release(&out);
}

/* The name of a file, in a message, in the unlock screen, and in an error of the arguments. */
static void test_names_of_files(void **state)
{
    const struct test_post *post = *state;
    char *bad = scratch_path(post->folder, "x" STEERING ".amparo");
    const char *const missing[] = {"list", bad, NULL};
    const char *const option[] = {"list", "--" STEERING, NULL};
    const char *const unknown[] = {STEERING, NULL};
    const char *const open[] = {NULL, bad, NULL};
    struct test_post copy;

    expect_command_harmless(post, missing);
    expect_command_harmless(post, option);
    expect_command_harmless(post, unknown);
    post_copy(&copy, post);
    assert_int_equal(rename(copy.file, bad), 0);
    struct child *child = child_start(&(struct child_options){.home = copy.home}, open);
    child_rest(child);
    expect_harmless(child, "the unlock screen");
    child_type(child, "wrong");
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "the unlock screen after a mistake");
    child_type(child, POST_PASSPHRASE);
    child_press(child, PRESS_ENTER);
    expect_harmless(child, "the work of today");
    child_press(child, PRESS_F12);
    child_free(child);
    unlink(bad);
    free(bad);
    post_release(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screens),
        cmocka_unit_test(test_a_card),
        cmocka_unit_test(test_right_to_left_keeps_its_cells),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_a_pipe_gets_it_as_it_is),
        cmocka_unit_test(test_names_of_files),
        cmocka_unit_test(test_pouches),
        cmocka_unit_test(test_floods),
    };
    return cmocka_run_group_tests(tests, make, release);
}
