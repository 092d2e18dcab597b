/* SPDX-License-Identifier: MIT */
/*
 * Rules 7 to 11 of data entry by keyboard: what each key means, on the program itself. What can be
 * told from the tables alone is in tests/unit/test_keymap.c.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "tests/tui/walk.h"
#include "tests/unit/store_kit.h"

#define CASE "/" WALK_CASE "\r"
#define OTHER_CASE "HNTGU-2026-0002"

static struct child *start(const char *keys)
{
    struct child *child = walk_start(&(struct child_options){0});
    walk_keys(child, keys);
    return child;
}

static char *row_text(const struct child *child, int row)
{
    struct buf text = BUF_INIT;
    emulator_add_row(child_screen(child), row, &text);
    return text.data ? buf_detach(&text) : xstrdup("");
}

static bool starts_with(const struct child *child, const char *text)
{
    char *top = row_text(child, 0);
    bool starts = strncmp(top + 1, text, strlen(text)) == 0;
    free(top);
    return starts;
}

static bool says(const struct child *child, const char *text)
{
    return emulator_find(child_screen(child), text) >= 0;
}

/* ---- 7: the same key, the same act ---- */

static void rule_07_help_and_leave_on_every_screen(void **state)
{
    struct child *child = walk_start(NULL);
    (void)state;
    for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
        walk_to(child, stop);
        char *before = emulator_text(child_screen(child));
        if (!says(child, "any key goes back") && !says(child, "another key")) {
            child_press(child, PRESS_F1);
            if (!starts_with(child, "Help: "))
                fail_msg("%s: F1 shows no help", stop->name);
            child_press(child, PRESS_F1);
            char *after = emulator_text(child_screen(child));
            if (strcmp(before, after) != 0)
                fail_msg("%s is not as it was before the help:\n%s\n%s", stop->name, before, after);
            free(after);
        }
        child_press(child, PRESS_F12);
        char *left = emulator_text(child_screen(child));
        if (stop != walk_stops && strcmp(before, left) == 0)
            fail_msg("%s: F12 does not leave", stop->name);
        free(before);
        free(left);
        if (stop == walk_stops) { /* the first screen of all: F12 ends the program */
            expect_exit(child, 0);
            child_free(child);
            child = walk_again(NULL);
        } else {
            walk_home(child);
        }
    }
    walk_end(child);
}

static void rule_07_records_before_and_after(void **state)
{
    static const struct {
        const char *keys, *first, *second;
    } lists[] = {
        {"/\x04\r", OTHER_CASE, WALK_CASE},
        {CASE "0\x04\r", "Note 1/2026 to Mexico", "A bed"},
        {"d" "emir\rl\r", "Costa Rica", "Panama"},
        {"r\r", "2030", "2031"},
        {CASE "p\r", "Summary of the case", "The poll and its answers"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
        struct child *child = start(lists[i].keys);
        bool first = says(child, lists[i].first);
        if (!first && !says(child, lists[i].second))
            fail_msg("neither %s nor %s is open", lists[i].first, lists[i].second);
        child_press(child, first ? PRESS_F8 : PRESS_F7);
        char *there = emulator_text(child_screen(child));
        if (says(child, lists[i].first) == first && says(child, lists[i].second) != first)
            fail_msg("%s: the key goes nowhere:\n%s", lists[i].keys, there);
        free(there);
        child_press(child, first ? PRESS_F7 : PRESS_F8);
        expect_text(child, first ? lists[i].first : lists[i].second);
        for (int press = 0; press < 12 && !says(child, "This is the last"); press++)
            child_press(child, PRESS_F8);
        expect_text(child, "This is the last");
        for (int press = 0; press < 30 && !says(child, "This is the first"); press++)
            child_press(child, PRESS_F7);
        expect_text(child, "This is the first");
        walk_end(child);
    }
}

/* An event has no other one beside it here; a note is the only one. */
static void rule_07_the_only_record(void **state)
{
    static const char *const keys[] = {"e\r", CASE "8\r"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        struct child *child = start(keys[i]);
        char *top = row_text(child, 0);
        child_press(child, PRESS_F8);
        expect_text(child, "This is the last of the list.");
        expect_row_has(child, 0, top);
        free(top);
        walk_end(child);
    }
}

static void rule_07_note_in_every_screen_of_a_case(void **state)
{
    struct child *child = walk_start(NULL);
    (void)state;
    for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
        bool of_case = strncmp(stop->keys, CASE, strlen(CASE)) == 0 && !stop->passing;
        walk_to(child, stop);
        child_press(child, PRESS_F9);
        if (starts_with(child, "note verbale") != of_case)
            fail_msg("%s: F9 begins %s", stop->name, of_case ? "no note" : "a note of no case");
        walk_home(child);
    }
    walk_end(child);
}

static void rule_07_in_a_form(void **state)
{
    struct child *child = start(CASE "4n");
    (void)state;
    child_press(child, PRESS_F4);
    expect_text(child, "[ ] ");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F5);
    expect_cursor_on(child, "shelter");
    child_press(child, CTRL('U'));
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);
    walk_keys(child, "2n");
    child_press(child, PRESS_F6);
    expect_cursor_on(child, ">In danger now?");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F3); /* none of a form's, and it says so */
    walk_end(child);
}

/* ---- 8: a second form of each F-key ---- */

static void rule_08_esc_and_a_digit(void **state)
{
    struct child *child = start(CASE "4n");
    (void)state;
    child_type(child, "\x1B" "4");
    expect_text(child, "[ ] ");
    child_type(child, "\x1B" "0");
    expect_no_text(child, "[ ] ");
    child_type(child, "\x1B" "1");
    expect_row_has(child, 0, "Help: ");
    child_type(child, "\x1B" "0");
    child_send(child, "\x1B", 1); /* the digit comes a little later */
    child_type(child, "2");
    expect_text(child, "another look");
    child_type(child, "\x1B" "0");
    expect_row_has(child, 0, "History · need");
    child_type(child, "\x1B" "9");
    expect_row_has(child, 0, "note verbale");
    walk_end(child);
}

/* Esc alone leaves; so it does with a letter behind it, which is meant for what is below. */
static void rule_08_esc_alone_leaves(void **state)
{
    struct child *child = start(CASE "1");
    (void)state;
    child_press(child, PRESS_ESC);
    expect_row_has(child, 0, WALK_CASE);
    walk_keys(child, "1");
    expect_row_has(child, 0, "Persons");
    child_type(child, "\x1Bp");
    expect_row_has(child, 0, "Documents");
    child_type(child, "\x1B\x1B");
    expect_row_has(child, 0, WALK_CASE);
    walk_end(child);
}

static void rule_08_letters_of_the_f_keys(void **state)
{
    struct child *child = start("/\x04\r");
    char *top = row_text(child, 0);
    (void)state;
    child_type(child, strstr(top, WALK_CASE) ? "<" : ">");
    expect_row_has(child, 0, strstr(top, WALK_CASE) ? OTHER_CASE : WALK_CASE);
    child_type(child, ";");
    expect_row_has(child, 0, "note verbale");
    child_press(child, PRESS_F12);
    child_type(child, "?");
    expect_row_has(child, 0, "Help: Case");
    child_press(child, PRESS_F12);
    child_type(child, "q");
    expect_row_has(child, 0, "Cases");
    free(top);
    walk_end(child);
}

/* The line of keys has the form that the terminal can send. */
static void rule_08_line_for_this_terminal(void **state)
{
    static const struct {
        const char *term, *done, *last;
    } terms[] = {{"xterm-256color", "F2 done", "F5 as last time"},
                 {"vt220", "F2 done", "Esc-5 as last time"}, /* whose F5 is Break */
                 {"ansi", "Esc-2 done", "Esc-5 as last time"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(terms); i++) {
        struct child *child =
            walk_start(&(struct child_options){.term = terms[i].term, .cols = 132});
        walk_keys(child, CASE "4n");
        int last = emulator_rows(child_screen(child)) - 1;
        expect_row_has(child, last, terms[i].done);
        expect_row_has(child, last, terms[i].last);
        walk_end(child);
    }
}

/* It fits, begins in its place, and has the way to the rest. */
static void rule_08_line_fits(void **state)
{
    static const int widths[] = {40, 80, 200};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(widths); i++) {
        struct child *child = walk_start(&(struct child_options){.cols = widths[i]});
        for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
            walk_keys(child, stop->keys);
            char *line = row_text(child, emulator_rows(child_screen(child)) - 1);
            bool help = strcmp(stop->name, "help") == 0;
            if (!help && (line[0] != ' ' || line[1] == ' ' || text_cells(line) > widths[i] - 1 ||
                          !strstr(line, " help")))
                fail_msg("%s at %d: %s", stop->name, widths[i], line);
            free(line);
            walk_home(child);
        }
        walk_end(child);
    }
}

/* The nth of the keys in the line: "F2", "n", "Enter"; false where there are fewer. */
static bool nth_key(const char *line, size_t n, char key[12])
{
    for (const char *at = line + 1; *at; at += 2) {
        const char *end = strstr(at, "  ");
        size_t size = strcspn(at, " ");
        if (n-- == 0) {
            snprintf(key, 12, "%.*s", (int)size, at);
            return size && size < 12;
        }
        if (!end)
            return false;
        at = end;
    }
    return false;
}

static void press_named(struct child *child, const char *key)
{
    if (key[0] == 'F' && key[1] >= '1' && key[1] <= '9')
        child_press(child, PRESS_F1 + atoi(key + 1) - 1);
    else if (strcmp(key, "Enter") == 0)
        child_press(child, PRESS_ENTER);
    else if (strcmp(key, "Tab") == 0)
        child_press(child, PRESS_TAB);
    else if (strcmp(key, "Esc") == 0)
        child_press(child, PRESS_F12);
    else if (key[0] == '^')
        child_press(child, CTRL(key[1]));
    else
        child_type(child, strcmp(key, "Space") == 0 ? " " : key);
}

/* Each key that stands there does something (each screen's first ones; all in the long tests). */
static void rule_08_keys_of_the_line_work(void **state)
{
    size_t most = getenv("AMPARO_LONG") ? 20 : 2;
    struct child *child = walk_start(NULL);
    (void)state;
    for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
        for (size_t n = 0; n < most && strcmp(stop->name, "help") != 0; n++) {
            char key[12];
            walk_keys(child, stop->keys);
            char *line = row_text(child, emulator_rows(child_screen(child)) - 1);
            char *before = emulator_text(child_screen(child));
            bool there = nth_key(line, n, key);
            free(line);
            if (there && stop->typing && strcmp(key, "F3") == 0) { /* back into the field */
                child_press(child, PRESS_DOWN);
                free(before);
                before = emulator_text(child_screen(child));
            }
            if (there && !(stop == walk_stops && strcmp(key, "Esc") == 0)) {
                press_named(child, key);
                char *after = emulator_text(child_screen(child));
                if (says(child, "did nothing here") || strcmp(before, after) == 0)
                    fail_msg("%s: %s does nothing:\n%s", stop->name, key, after);
                free(after);
            }
            free(before);
            walk_home(child);
            if (!there)
                break;
        }
    }
    walk_end(child);
}

/* And one that does not stand there, and does nothing, says so. */
static void rule_08_useless_keys_say_so(void **state)
{
    struct child *child = start(CASE "1");
    (void)state;
    child_type(child, "%");
    expect_text(child, "That key did nothing here; ? helps.");
    child_press(child, PRESS_F4);
    expect_text(child, "That key did nothing here");
    child_press(child, PRESS_DOWN);
    expect_no_text(child, "did nothing");
    walk_keys(child, "n");
    child_press(child, PRESS_F8);
    expect_text(child, "That key did nothing here; F1 helps.");
    walk_end(child);
}

/* ---- 9: one letter or number, through levels, in every language ---- */

static void rule_09_type_ahead_through_levels(void **state)
{
    struct child *child = walk_start(NULL);
    (void)state;
    child_type(child, "/" WALK_CASE "\r" "9$p");
    expect_row_has(child, 0, "Statement of costs");
    child_type(child, "qqq6q0\r");
    expect_row_has(child, 0, "An act");
    walk_end(child);
}

/* The keys of the line, one after the other: "Enter n / e d ". */
static void keys_of(const struct child *child, struct buf *out)
{
    char *line = row_text(child, emulator_rows(child_screen(child)) - 1), key[12];
    for (size_t n = 0; nth_key(line, n, key); n++)
        buf_addf(out, "%s ", key);
    free(line);
}

static void rule_09_letters_in_every_language(void **state)
{
    static const char *const languages[] = {"es", "fr"};
    struct child *english = walk_start(&(struct child_options){.cols = 250});
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(languages); i++) {
        struct child *other = walk_again(
            &(struct child_options){.cols = 250, .language = languages[i]});
        for (const struct walk_stop *stop = walk_stops; stop->name; stop++) {
            struct buf here = BUF_INIT, there = BUF_INIT;
            if (strchr(stop->keys, '\x10') || stop->passing) /* by a word of the language */
                continue;
            walk_keys(english, stop->keys);
            walk_keys(other, stop->keys);
            keys_of(english, &here);
            keys_of(other, &there);
            if (strcmp(buf_text(&here), buf_text(&there)) != 0)
                fail_msg("%s in %s: %s, not %s", stop->name, languages[i], buf_text(&there),
                         buf_text(&here));
            buf_release(&here);
            buf_release(&there);
            walk_home(english);
            walk_home(other);
        }
        walk_end(other);
    }
    walk_end(english);
}

/* ---- 10: every command by a word ---- */

static void rule_10_palette(void **state)
{
    struct child *child = start(CASE "1");
    (void)state;
    child_press(child, CTRL('P')); /* of this screen, with its key */
    child_type(child, "erase");
    expect_row_has(child, 4, "> E      erase");
    child_press(child, PRESS_F12);
    child_press(child, CTRL('P')); /* any screen of the file, or of the case */
    child_type(child, "register");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Register of notes");
    child_press(child, CTRL('P'));
    child_type(child, "mechanism");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Does the mechanism apply?");
    child_press(child, CTRL('P')); /* any act of the case */
    child_type(child, "immediate contact");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "immediate contact");
    child_press(child, CTRL('P')); /* what a form does by a key */
    child_type(child, "undo");
    expect_row_has(child, 4, "> ^U     undo");
    child_press(child, PRESS_F12);
    child_press(child, CTRL('P'));
    child_type(child, "zzzz");
    expect_text(child, "Nothing is called so.");
    walk_end(child);
}

static void rule_10_in_the_language_of_the_user(void **state)
{
    static const struct {
        const char *language, *word, *see;
    } words[] = {{"es", "imprimir", "Documentos"}, {"fr", "imprimer", "Documents"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        struct child *child = walk_start(&(struct child_options){.language = words[i].language});
        walk_keys(child, CASE);
        child_press(child, CTRL('P'));
        child_type(child, words[i].word);
        expect_row_has(child, 4, "> p ");
        child_press(child, PRESS_ENTER);
        expect_row_has(child, 0, words[i].see);
        walk_end(child);
    }
}

/* Going on and on does not end in a screen too many. */
static void rule_10_goes_anywhere_for_ever(void **state)
{
    struct child *child = start(CASE);
    (void)state;
    for (int i = 0; i < 30; i++) {
        child_press(child, PRESS_F9);
        child_press(child, CTRL('P'));
        child_type(child, i % 2 ? "withdrawal of consent\r" : "delivery of a note\r");
    }
    child_press(child, CTRL('P'));
    child_type(child, "today\r");
    expect_row_has(child, 0, "Consular Directorate");
    walk_end(child);
}

/* ---- 11: what cannot be taken back ---- */

static void rule_11_typed_word_or_number(void **state)
{
    static const struct {
        const char *keys, *ask, *wrong, *right, *done;
    } acts[] = {
        {"rX", "type its day", "y", "2030-12-10", "The meeting is cancelled"},
        {"d" "emir\rlX", "type REMOVE", "y", "REMOVE", "Taken out"},
        {CASE "4nshelter\r\x10unfinished\rX", "Type DISCARD", "yes", "DISCARD", "Thrown away."},
        {"\x10" "a recovery sheet\r\x0E", "Type REPLACE", "y", "REPLACE", "Recovery sheet 1"},
        {CASE "1Eorder\r\x1B" "2", "number of this case", "y", WALK_CASE, "Recorded in"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
        struct child *child = start(acts[i].keys);
        expect_text(child, acts[i].ask);
        child_type(child, acts[i].wrong);
        child_press(child, PRESS_ENTER);
        expect_no_text(child, acts[i].done);
        walk_end(child);
        child = start(acts[i].keys);
        child_type(child, acts[i].right);
        child_press(child, PRESS_ENTER);
        expect_text(child, acts[i].done);
        walk_end(child);
    }
}

/* Annulling, withdrawing, closing: the form is filled in first. */
static void rule_11_number_of_the_case(void **state)
{
    static const char *const keys[] = {CASE "8V", CASE "8W", CASE "zZ"};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        struct child *child = start(keys[i]);
        child_press(child, PRESS_F2);
        if (says(child, "Only offered"))
            child_press(child, PRESS_F2);
        expect_text(child, "number of this case");
        child_press(child, PRESS_F12);
        expect_no_text(child, "Recorded");
        walk_end(child);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_07_help_and_leave_on_every_screen),
        cmocka_unit_test(rule_07_records_before_and_after),
        cmocka_unit_test(rule_07_the_only_record),
        cmocka_unit_test(rule_07_note_in_every_screen_of_a_case),
        cmocka_unit_test(rule_07_in_a_form),
        cmocka_unit_test(rule_08_esc_and_a_digit),
        cmocka_unit_test(rule_08_esc_alone_leaves),
        cmocka_unit_test(rule_08_letters_of_the_f_keys),
        cmocka_unit_test(rule_08_line_for_this_terminal),
        cmocka_unit_test(rule_08_line_fits),
        cmocka_unit_test(rule_08_keys_of_the_line_work),
        cmocka_unit_test(rule_08_useless_keys_say_so),
        cmocka_unit_test(rule_09_type_ahead_through_levels),
        cmocka_unit_test(rule_09_letters_in_every_language),
        cmocka_unit_test(rule_10_palette),
        cmocka_unit_test(rule_10_in_the_language_of_the_user),
        cmocka_unit_test(rule_10_goes_anywhere_for_ever),
        cmocka_unit_test(rule_11_typed_word_or_number),
        cmocka_unit_test(rule_11_number_of_the_case),
    };
    return cmocka_run_group_tests_name("rules of keys", tests, kit_begin, kit_end);
}
