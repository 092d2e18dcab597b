/* SPDX-License-Identifier: MIT */
/*
 * The correspondence by keys: what waits is sent by each route, what came is taken in by each, what
 * it asks is answered, what it belongs to is said. Two posts of a network that talks by pouch.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/carry.h"
#include "amparo/pouch/frames.h"
#include "tests/harness/expect.h"
#include "tests/unit/network_kit.h"

#define FOUND "pouch-found"

static int make(void **state)
{
    kit_begin(state);
    network_found(&network_stories[0], FOUND);
    return 0;
}

/* A copy of the network in which Honduras's desk has said all that it can before anybody answers:
 * its case is open, and a poll is to go. */
struct office {
    struct network w;
    char *folder; /* of the stick */
};

static void say_all(struct office *o, enum network_place at)
{
    while (network_say(&o->w, at))
        network_later(&o->w, 60);
}

static void begin_office_of(struct office *o, const char *name, size_t story, const char *found)
{
    char *stick = xasprintf("%s-stick", name);
    network_begin(&o->w, &network_stories[story], found, name);
    say_all(o, AT_REQUESTING);
    o->folder = xstrdup(kit_path(stick));
    mkdir(o->folder, 0700);
    free(stick);
}

static void begin_office(struct office *o, const char *name)
{
    begin_office_of(o, name, 0, FOUND);
}

/* The files stay where they are, for programs. */
static void close_office(struct office *o)
{
    network_close(&o->w);
}

static void end_office(struct office *o)
{
    for (size_t i = 0; i < NETWORK_POSTS; i++)
        store_remove_file(network_path(&o->w, (enum network_place)i));
    free(o->folder);
}

static void unlock(struct child *child)
{
    child_type(child, kit_ana.bytes);
    child_press(child, PRESS_ENTER);
}

static struct child *start_so(const struct office *o, enum network_place at,
                              const struct child_options *options)
{
    const char *const argv[] = {NULL, network_path(&o->w, at), NULL};
    struct child *child = expect_start(options, argv);
    unlock(child);
    return child;
}

static struct child *start(const struct office *o, enum network_place at)
{
    return start_so(o, at, &(struct child_options){0});
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

static void go_to(struct child *child, const char *text)
{
    for (int i = 0; i < 40; i++) {
        struct buf row = BUF_INIT;
        int at, col;
        emulator_cursor(child_screen(child), &at, &col);
        emulator_add_row(child_screen(child), at, &row);
        bool there = strstr(buf_text(&row), text) != NULL;
        buf_release(&row);
        if (there)
            return;
        child_press(child, PRESS_DOWN);
    }
    expect_cursor_on(child, text);
}

/* How many files there are whose name ends so. */
static size_t count_files(const char *folder, const char *end)
{
    DIR *dir = opendir(folder);
    size_t count = 0;
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *dot = strrchr(entry->d_name, '.');
        count += dot && strcmp(dot, end) == 0;
    }
    if (dir)
        closedir(dir);
    return count;
}

/* In place of what stands in the field of a question. */
static void answer(struct child *child, const char *text)
{
    child_press(child, PRESS_END);
    for (int i = 0; i < 200; i++)
        child_send_key(child, PRESS_BACKSPACE);
    child_rest(child);
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

/* What is due to one post: as text, or as codes of at most that version. */
static void seal_for(struct office *o, const char *code, struct buf *text, struct qr_frames *frames)
{
    const struct carry_wish wish = {.post = code, .again = true, .receipts = true};
    struct carry_load load;
    struct error err = ERROR_INIT;
    if (!carry_load(o->w.stores[AT_REQUESTING], &wish, &load, &err))
        fail_msg("%s", error_text(&err));
    const struct packed *p = &load.pouches.list[0];
    if (text)
        armour_put(text, p->bytes.data, p->bytes.size);
    if (frames)
        assert_true(
            qr_frames(p->bytes.data, p->bytes.size, QR_VERSION_SCREEN, QR_LEVEL_L, frames, &err));
    carry_load_release(&load);
}

/* ---- out and in by a stick ---- */

/* From the outbox. */
static void send_to_stick(struct child *child, const struct office *o)
{
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "Send by which route?");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Into which folder?");
    answer(child, o->folder);
    expect_text(child, "as sent");
}

static void send_by_stick(const struct office *o)
{
    struct child *child = start(o, AT_REQUESTING);
    expect_text(child, "Outbox: ");
    child_type(child, "o");
    expect_row_has(child, 0, "Outbox");
    go_to(child, "MXAUH");
    expect_cursor_on(child, " new");
    send_to_stick(child, o);
    expect_text(child, "MXAUH");
    child_press(child, PRESS_F12);
    go_to(child, "MXAUH");
    expect_cursor_on(child, " unacknowledged since ");
    end(child);
}

/* What we said says for whom it is, and which posts have it. */
static void see_acknowledged(const struct office *o)
{
    struct child *child = start(o, AT_REQUESTING);
    child_type(child, "ii");
    answer(child, o->folder);
    expect_text(child, "from MXAUH");
    expect_text(child, "pouches do not open with the keys of this post"); /* several in one */
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    child_type(child, "v");
    go_to(child, "Poll 1");
    expect_cursor_on(child, "→ ");
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_END);
    expect_text(child, "MXAUH: sent ");
    expect_text(child, ", acknowledged ");
    expect_text(child, ", not acknowledged");
    end(child);
}

static void test_by_a_stick_and_answered(void **state)
{
    struct office o;
    (void)state;

    begin_office(&o, "stick");
    close_office(&o);
    send_by_stick(&o);
    assert_true(count_files(o.folder, ".pch") > 0);

    struct child *child = start(&o, AT_FIRST);
    child_type(child, "i");
    expect_text(child, "Nothing has come in yet");
    child_type(child, "i");
    child_type(child, o.folder);
    child_press(child, PRESS_ENTER);
    expect_text(child, "from HNGLF");
    expect_text(child, "1 case opened");
    /* The same stick again is nothing new. */
    child_press(child, PRESS_ENTER);
    expect_text(child, "was taken before");
    child_press(child, PRESS_F12);
    expect_text(child, "Asks something of us");
    expect_text(child, "reply to the poll, by");
    child_press(child, PRESS_ENTER);
    expect_text(child, "Certified by Honduras");
    expect_text(child, "it counts");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    child_type(child, "o");
    send_to_stick(child, &o);
    end(child);
    see_acknowledged(&o);
    end_office(&o);
}

/* ---- in a file that proves itself ---- */

static void see_access(struct child *child, bool entered)
{
    child_press(child, CTRL('P'));
    child_type(child, "access log");
    child_press(child, PRESS_ENTER);
    if (entered)
        expect_text(child, "dossier");
    else
        expect_no_text(child, "dossier");
    child_press(child, PRESS_F12);
}

static char *write_dossier(const struct office *o)
{
    char *path = xasprintf("%s/case.dsr", o->folder);
    struct child *child = start(o, AT_REQUESTING);
    child_type(child, "/");
    child_press(child, PRESS_ENTER);
    child_type(child, "vd");
    expect_row_has(child, 0, "Dossier");
    expect_text(child, "For: whoever comes to have it");
    expect_no_text(child, "What is personal"); /* nobody in particular gets it */
    child_press(child, PRESS_ENTER);
    child_type(child, "mexico");
    child_press(child, PRESS_ENTER);
    expect_cursor_on(child, "For: Mexico");
    expect_text(child, "What is personal: nothing of it");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_text(child, "as far as consents let that State have it");
    go_to(child, "Read what it proves");
    child_press(child, PRESS_ENTER);
    expect_text(child, "No. When");
    child_press(child, PRESS_F12);
    see_access(child, false); /* to look is not to give */
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "It names people, and is not sealed");
    answer(child, path);
    expect_text(child, "Written to ");
    see_access(child, true);
    /* It comes back as it was chosen. */
    child_press(child, CTRL('X'));
    unlock(child);
    expect_text(child, "For: Mexico");
    expect_text(child, "as far as consents let that State have it");
    end(child);
    return path;
}

static void spoil(const char *path)
{
    FILE *file = fopen(path, "r+e");
    assert_non_null(file);
    assert_int_equal(fseek(file, -10, SEEK_END), 0);
    int byte = fgetc(file);
    assert_int_equal(fseek(file, -10, SEEK_END), 0);
    fputc(byte ^ 1, file);
    assert_int_equal(fclose(file), 0);
}

static void test_a_dossier(void **state)
{
    struct office o;
    (void)state;

    begin_office(&o, "dossier");
    close_office(&o);
    send_by_stick(&o);
    char *path = write_dossier(&o);

    struct child *child = start(&o, AT_FIRST);
    child_type(child, "ii");
    answer(child, path);
    expect_row_has(child, 0, "What a dossier proves");
    expect_text(child, "the same as on the card");
    child_press(child, PRESS_END);
    expect_text(child, "All that is in it is authentic.");
    child_press(child, PRESS_F12);
    spoil(path);
    child_press(child, PRESS_ENTER);
    expect_text(child, "NOT TO BE BELIEVED");
    expect_no_text(child, "authentic");
    end(child);
    free(path);
    end_office(&o);
}

/* ---- as text ---- */

/* Shown, written into a file, said to be sent; pasted into the other program in one piece. */
static void test_by_text(void **state)
{
    struct office o;
    struct buf text = BUF_INIT;
    (void)state;

    begin_office(&o, "text");
    seal_for(&o, "MXAUH", &text, NULL);
    close_office(&o);

    struct child *child = start(&o, AT_REQUESTING);
    child_type(child, "o");
    go_to(child, "MXAUH");
    child_type(child, "s");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "A pouch as text");
    expect_row_has(child, 0, "not sent yet");
    expect_text(child, "for MXAUH: ");
    expect_text(child, "[BEGIN-AMPARO-POUCH]");
    /* Until one says so, nothing was sent. */
    child_press(child, PRESS_F12);
    expect_cursor_on(child, " new");
    child_type(child, "s");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "1 pouch counts as sent.");
    expect_row_has(child, 0, "Outbox");
    expect_cursor_on(child, " unacknowledged since ");
    end(child);

    child = start(&o, AT_FIRST);
    child_type(child, "ii");
    child_paste(child, buf_text(&text));
    expect_text(child, "from HNGLF");
    expect_text(child, "1 case opened");
    end(child);
    buf_release(&text);
    end_office(&o);
}

/* Line by line, as a terminal pastes that does not say so. */
static void test_by_lines(void **state)
{
    struct office o;
    struct buf text = BUF_INIT;
    (void)state;

    begin_office(&o, "lines");
    seal_for(&o, "MXAUH", &text, NULL);
    close_office(&o);
    struct child *child = start(&o, AT_FIRST);
    child_type(child, "ii");
    for (const char *at = buf_text(&text); *at;) {
        size_t size = strcspn(at, "\n");
        char *line = xstrndup(at, size);
        child_type(child, line);
        child_press(child, PRESS_ENTER);
        at += size + (at[size] == '\n');
        if (*at)
            expect_text(child, "a text is not whole yet");
        free(line);
    }
    expect_text(child, "1 case opened");
    expect_no_text(child, "a text is not whole yet");
    end(child);
    buf_release(&text);
    end_office(&o);
}

/* ---- as codes ---- */

static void scan(struct child *child, const char *text)
{
    child_type(child, text);
    child_press(child, PRESS_ENTER);
}

/* In another order, one at twice, one misread, and locked in between. */
static void test_by_codes(void **state)
{
    struct office o;
    struct qr_frames frames;
    (void)state;

    begin_office(&o, "codes");
    seal_for(&o, "MXAUH", NULL, &frames);
    close_office(&o);
    assert_true(frames.count > 2);
    struct child *child = start(&o, AT_FIRST);
    child_type(child, "ii");
    for (size_t i = frames.count; i-- > 1;)
        scan(child, frames.frames[i].text);
    expect_text(child, "missing: 1");
    scan(child, frames.frames[1].text);
    expect_text(child, "That code was here already");
    char *wrong = xstrdup(frames.frames[0].text);
    wrong[30] = wrong[30] == 'A' ? 'B' : 'A';
    scan(child, wrong);
    expect_text(child, "scan it again");
    child_press(child, CTRL('X'));
    unlock(child);
    expect_row_has(child, 0, "Receive");
    expect_text(child, "missing: 1");
    scan(child, frames.frames[0].text);
    expect_text(child, "1 case opened");
    expect_no_text(child, "missing");
    end(child);
    free(wrong);
    qr_frames_release(&frames);
    end_office(&o);
}

enum { CODE_CELLS = 47 };

/* The code, without the words beside it. */
static void add_code(const struct child *child, struct buf *out)
{
    for (int row = 0; row < 24; row++) {
        struct buf line = BUF_INIT;
        emulator_add_row(child_screen(child), row, &line);
        buf_add(out, buf_text(&line), text_fit(buf_text(&line), CODE_CELLS));
        while (out->size && out->data[out->size - 1] == ' ')
            buf_cut(out, out->size - 1);
        buf_addc(out, '\n');
        buf_release(&line);
    }
}

/* The codes on the screen: from one to the next, the other way round, and sent. */
static void send_by_codes(struct child *child)
{
    child_type(child, "s");
    for (int i = 0; i < 3; i++)
        child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
}

static void test_codes_on_the_screen(void **state)
{
    struct office o;
    (void)state;

    begin_office(&o, "screen");
    close_office(&o);
    struct child *child = start(&o, AT_REQUESTING);
    child_type(child, "o");
    go_to(child, "MXAUH");
    send_by_codes(child);
    expect_text(child, "Code 1 of ");
    child_type(child, " ");
    expect_text(child, "Code 2 of ");
    child_press(child, PRESS_F1 + 6);
    expect_text(child, "Code 1 of ");
    child_press(child, PRESS_F1 + 6);
    expect_text(child, "This is the first one.");
    struct buf light = BUF_INIT, dark = BUF_INIT;
    emulator_add_row(child_screen(child), 0, &light);
    child_press(child, PRESS_F1 + 5);
    emulator_add_row(child_screen(child), 0, &dark);
    assert_string_not_equal(buf_text(&light), buf_text(&dark));
    buf_release(&light);
    buf_release(&dark);
    /* The same code after a lock: somebody may be in the midst of photographing them. */
    struct buf before = BUF_INIT, after = BUF_INIT;
    add_code(child, &before);
    child_press(child, CTRL('X'));
    unlock(child);
    expect_text(child, "Code 1 of ");
    add_code(child, &after);
    assert_string_equal(buf_text(&after), buf_text(&before));
    child_resize(child, 12, 40);
    child_rest(child);
    expect_text(child, "Codes need a window of");
    expect_text(child, "t as text");
    expect_no_text(child, "F2 sent"); /* nobody can have taken what is not there */
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "That key did nothing here");
    child_resize(child, 24, 80);
    child_rest(child);
    expect_text(child, "Code 1 of ");
    buf_release(&before);
    buf_release(&after);
    child_type(child, "t");
    expect_text(child, "[BEGIN-AMPARO-POUCH]");
    child_press(child, PRESS_F12);
    expect_text(child, "Outbox");
    send_by_codes(child);
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "1 pouch counts as sent.");
    end(child);
    end_office(&o);
}

/* ---- as a mail ---- */

static void test_by_mail(void **state)
{
    struct office o;
    (void)state;

    begin_office(&o, "mail");
    close_office(&o);
    struct child *child = start(&o, AT_REQUESTING);
    child_type(child, "o");
    go_to(child, "MXAUH");
    child_type(child, "s");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_text(child, "From which e-mail address");
    scan(child, "nobody");
    expect_text(child, "nobody is no e-mail address");
    child_type(child, "s");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    scan(child, "gulf@hn.invalid");
    expect_text(child, "To which e-mail address?");
    scan(child, "abudhabi@mx.invalid");
    expect_text(child, "Into which folder?");
    answer(child, o.folder);
    expect_text(child, "-MXAUH.eml");
    child_press(child, PRESS_F12);
    expect_cursor_on(child, " unacknowledged since ");
    end(child);
    assert_int_equal(count_files(o.folder, ".eml"), 1);

    /* Our own address is not asked again; and what was received is found in the saved mail. */
    child = start(&o, AT_FIRST);
    child_type(child, "ii");
    scan(child, o.folder);
    expect_text(child, "1 case opened");
    end(child);
    end_office(&o);
}

/* ---- answering, placing ---- */

/* From the inbox to the form that is asked for; what is recorded there is in the outbox. */
static void test_answering(void **state)
{
    struct office o;
    (void)state;

    begin_office(&o, "answer");
    struct network_files files = {.count = 0};
    network_send(&o.w, AT_REQUESTING, o.folder, false, true, &files);
    network_receive(&o.w, AT_FIRST, (const char *const *)files.paths, files.count, true);
    network_files_release(&files);
    close_office(&o);
    struct child *child = start(&o, AT_FIRST);
    expect_text(child, "Inbox: 1 asks something of us");
    child_type(child, "i");
    child_type(child, "a");
    expect_text(child, "reply");
    expect_text(child, "declining");
    child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "declining");
    expect_text(child, "MX Mexico");
    child_press(child, PRESS_F1 + 1);
    child_press(child, PRESS_F1 + 1);
    expect_text(child, "Recorded");
    expect_row_has(child, 0, "Inbox");
    expect_no_text(child, "asks something");
    child_type(child, "o");
    child_type(child, "v");
    expect_row_has(child, 0, "Conversation");
    expect_text(child, "HNGLF");
    expect_text(child, "Mexico declines (poll) · not by pouch");
    end(child);
    end_office(&o);
}

/* ---- a slow stick ---- */

enum { MAILS = 40 };

/* Many files, the last of which has a pouch. */
static void fill_stick(const struct office *o, const struct buf *text)
{
    for (int i = 0; i < MAILS; i++) {
        char *path = xasprintf("%s/%02d.txt", o->folder, i);
        FILE *out = fopen(path, "we");
        assert_non_null(out);
        if (i == MAILS - 1)
            fputs(buf_text(text), out);
        else
            fprintf(out, "nothing of ours\n");
        fclose(out);
        free(path);
    }
}

/* It says how far it is; Esc gives it up, and the same again goes on to the end. */
static void test_a_slow_stick(void **state)
{
    struct office o;
    struct buf text = BUF_INIT;
    char *preload = xasprintf("LD_PRELOAD=%s/tests/harness/hurry.so", getenv("AMPARO_BUILD"));
    const char *env[] = {preload, "AMPARO_HURRY=70", NULL};
    (void)state;

    begin_office(&o, "slow");
    seal_for(&o, "MXAUH", &text, NULL);
    close_office(&o);
    fill_stick(&o, &text);
    struct child *child = start_so(&o, AT_FIRST, &(struct child_options){.env = env});
    child_type(child, "ii");
    child_type(child, o.folder);
    child_send(child, "\r\x1B\x1B", 3);
    child_rest(child);
    expect_text(child, "given up");
    expect_no_text(child, "1 case opened");
    end(child);
    child = start_so(&o, AT_FIRST, &(struct child_options){.env = env, .line_speed = 400});
    child_type(child, "ii");
    expect_text(child, o.folder); /* what was named last stands there */
    child_send(child, "\r", 1);
    expect_at_work(child, "Receiving: ");
    child_rest(child);
    expect_text(child, "1 case opened");
    end(child);
    free(preload);
    buf_release(&text);
    end_office(&o);
}

/* A case that was opened by hand at night may be the one that the poll is about, or another. */
static void receive_beside(struct office *o, const char *name)
{
    struct network_files files = {.count = 0};
    begin_office_of(o, name, 1, "pouch-night");
    say_all(o, AT_FIRST);
    network_send(&o->w, AT_REQUESTING, o->folder, false, true, &files);
    network_files_release(&files);
    close_office(o);
}

static struct child *expect_unplaced(const struct office *o)
{
    struct child *child = start(o, AT_FIRST);
    child_type(child, "ii");
    scan(child, o->folder);
    expect_text(child, "the inbox asks which");
    child_press(child, PRESS_F12);
    expect_text(child, "say which case it is about");
    child_type(child, "m");
    expect_text(child, "Which case is it about?");
    expect_text(child, "MXPAP-2026-0001");
    return child;
}

static void test_placing(void **state)
{
    struct office o;
    (void)state;

    network_found(&network_stories[1], "pouch-night");
    receive_beside(&o, "placed");
    struct child *child = expect_unplaced(&o);
    child_press(child, PRESS_ENTER); /* of the State that wrote: it stands first */
    expect_text(child, "It belongs to MXPAP-2026-0001 now");
    expect_no_text(child, "say which case it is about");
    expect_text(child, "reply to the poll");
    end(child);
    end_office(&o);

    receive_beside(&o, "apart");
    child = expect_unplaced(&o);
    go_to(child, "a new case");
    child_press(child, PRESS_ENTER);
    expect_text(child, "A new case was opened for it.");
    expect_text(child, "MXPAP-2026-0002");
    end(child);
    end_office(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_a_stick_and_answered),
        cmocka_unit_test(test_a_dossier),
        cmocka_unit_test(test_by_text),
        cmocka_unit_test(test_by_lines),
        cmocka_unit_test(test_by_codes),
        cmocka_unit_test(test_codes_on_the_screen),
        cmocka_unit_test(test_by_mail),
        cmocka_unit_test(test_answering),
        cmocka_unit_test(test_placing),
        cmocka_unit_test(test_a_slow_stick),
    };
    return cmocka_run_group_tests_name("pouch", tests, make, kit_end);
}
