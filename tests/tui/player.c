/* SPDX-License-Identifier: MIT */
#include "tests/tui/player.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"

enum {
    FAR = 48,        /* no field is further than so many keys */
    LABEL_CELLS = 17 /* a form's labels take so many, with the mark before them */
};

/* ---- keys ---- */

static int64_t now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* Sent, and not waited for. */
static void cut_off(struct player *p)
{
    if (p->kill_after_ns) {
        child_run_until(p->child, now() + p->kill_after_ns);
        p->focus[0] = '\0';
    } else {
        child_rest(p->child);
        play_focus(p->child, p->focus, sizeof p->focus);
    }
    child_kill(p->child, SIGKILL);
    p->killed = true;
}

/* Killed, and the last key may have been worked off or not. */
static bool in_flight(const struct player *p)
{
    return p->killed && p->kill_after_ns;
}

static bool is_last(struct player *p)
{
    return ++p->keys == p->kill_at;
}

void play_press(struct player *p, int press)
{
    if (p->killed)
        return;
    child_send_key(p->child, press);
    if (is_last(p))
        cut_off(p);
    else
        child_rest(p->child);
}

static size_t letter_size(const char *text)
{
    size_t size = 1;

    while ((text[size] & 0xC0) == 0x80)
        size++;
    return size;
}

void play_type(struct player *p, const char *text)
{
    while (*text && !p->killed) {
        size_t size = letter_size(text);
        if (*text == '\n') {
            play_press(p, PRESS_ENTER);
        } else {
            child_send(p->child, text, size);
            if (is_last(p))
                cut_off(p);
        }
        text += size;
    }
    if (!p->killed)
        child_rest(p->child);
}

/* ---- looking ---- */

void play_see_at(struct player *p, const char *text, const char *file, int line)
{
    if (!p->killed)
        expect_text_at(p->child, text, file, line);
}

void play_miss_at(struct player *p, const char *text, const char *file, int line)
{
    if (!p->killed)
        expect_no_text_at(p->child, text, file, line);
}

/* The row of the cursor; the caller releases it. */
static struct buf cursor_row(const struct child *child)
{
    struct buf text = BUF_INIT;
    int row, col;

    emulator_cursor(child_screen(child), &row, &col);
    emulator_add_row(child_screen(child), row, &text);
    return text;
}

static bool cursor_is_on(const struct child *child, const char *text)
{
    struct buf row = cursor_row(child);
    bool is = strstr(buf_text(&row), text) != NULL;

    buf_release(&row);
    return is;
}

void play_focus(const struct child *child, char *label, size_t size)
{
    struct buf row = cursor_row(child);
    const char *text = buf_text(&row);
    size_t taken = 0;

    /* Not the mark in the last cell, of what is needed or only offered. */
    if (*text == '>')
        for (int cell = (int)strlen(">"); *++text && taken + 5 < size && cell < LABEL_CELLS - 1;
             cell++) {
            size_t letter = letter_size(text);
            memcpy(label + taken, text, letter);
            taken += letter;
            text += letter - 1;
        }
    while (taken && label[taken - 1] == ' ')
        taken--;
    label[taken] = '\0';
    buf_release(&row);
}

/* ---- lists and forms ---- */

void play_row(struct player *p, const char *text)
{
    for (int i = 0; !p->killed && !cursor_is_on(p->child, text); i++) {
        if (i == FAR)
            expect_cursor_on(p->child, text);
        play_press(p, PRESS_DOWN);
    }
}

static bool focus_is(struct player *p, const char *label)
{
    char focus[80];

    play_focus(p->child, focus, sizeof focus);
    return strcmp(focus, label) == 0;
}

/* The field that was typed in is left now; where it is still seen, it stands as what was meant. */
static void field_left(struct player *p, bool in_sight)
{
    const struct play_field *field = p->typing;

    if (!field)
        return;
    p->typing = NULL;
    if (p->left_count == ARRAY_SIZE(p->left))
        BUG("more fields than the player remembers");
    p->left[p->left_count++] = (struct play_left){field, p->act, false};
    if (!in_sight || !field->shown)
        return;
    char label[100];
    snprintf(label, sizeof label, " %s ", field->label);
    int row = emulator_find(child_screen(p->child), label);
    if (row >= 0) /* it may be on another page by now */
        expect_row_has(p->child, row, field->shown);
}

static void go(struct player *p, const char *label)
{
    for (int i = 0; !p->killed && !focus_is(p, label); i++) {
        if (i == FAR)
            expect_cursor_on(p->child, label);
        play_press(p, PRESS_ENTER);
        if (!in_flight(p))
            field_left(p, true);
    }
}

void play_form(struct player *p, const char *act, const struct play_field *fields)
{
    if (p->killed)
        return;
    p->act = act;
    for (; fields->label && !p->killed; fields++) {
        go(p, fields->label);
        if (!p->killed)
            p->typing = fields;
        play_type(p, fields->typed);
    }
}

void play_done(struct player *p, int press)
{
    if (p->killed)
        return;
    play_press(p, press);
    if (!in_flight(p))
        field_left(p, false);
}

void play_take_offered(struct player *p, int press)
{
    if (!p->killed && !in_flight(p) && emulator_find(child_screen(p->child), "Only offered") >= 0)
        play_press(p, press);
}

void press_done(struct child *child)
{
    child_press(child, PRESS_F2);
    if (emulator_find(child_screen(child), "Only offered") >= 0)
        child_press(child, PRESS_F2);
}

void play_record(struct player *p, int press)
{
    if (p->killed)
        return;
    play_done(p, press);
    play_take_offered(p, press);
    if (in_flight(p))
        return;
    if (emulator_find(child_screen(p->child), "Recorded in") < 0) {
        if (!p->killed)
            expect_text(p->child, "Recorded in");
        return;
    }
    play_recorded(p);
}

void play_recorded(struct player *p)
{
    for (size_t i = 0; !p->killed && i < p->left_count; i++)
        if (strcmp(p->left[i].act, p->act) == 0)
            p->left[i].recorded = true;
}

/* ---- acts ---- */

static bool holds(json_t *json, const char *value)
{
    const char *key;
    json_t *one;
    size_t i;

    if (json_is_string(json))
        return strcmp(json_string_value(json), value) == 0;
    if (json_is_integer(json)) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(json));
        return strcmp(number, value) == 0;
    }
    if (json_is_boolean(json))
        return strcmp(json_is_true(json) ? "true" : "false", value) == 0;
    json_array_foreach(json, i, one)
    {
        if (holds(one, value))
            return true;
    }
    json_object_foreach(json, key, one)
    {
        if (holds(one, value))
            return true;
    }
    return false;
}

bool acts_have(const json_t *acts, const char *act, const char *value)
{
    size_t i;
    json_t *one;

    json_array_foreach(acts, i, one)
    {
        const char *kind = json_string_value(json_object_get(one, "act"));
        if (kind && strcmp(kind, act) == 0 && holds(json_object_get(one, "payload"), value))
            return true;
    }
    return false;
}
