/* SPDX-License-Identifier: MIT */
/*
 * What a slow line has to carry: each screen of the program, each move on it and each letter typed,
 * on four terminals and in both profiles, in one write() a paint. And nothing is painted that did
 * not change. The short check visits every screen on one terminal and some on the others;
 * AMPARO_LONG all on all.
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
#include "tests/harness/expect.h"
#include "tests/tui/tour.h"

static struct tour tour;

/* The most that may be sent: bytes, but the screen as a hundredth of a byte for each that shows. */
struct budget {
    const char *line;
    size_t letter, insert, move, scroll, field, screen, form;
};
static const struct budget budgets[] = {
    {"--line=slow", 2, 25, 10, 110, 90, 170, 150},
    {"--line=fast", 18, 45, 60, 130, 120, 220, 200},
};

static size_t bytes_before, writes_before;
static bool counts_writes;

static void begin(struct child *child)
{
    bytes_before = child_bytes(child);
    writes_before = counts_writes ? child_writes(child) : 0;
}

static void end(struct child *child, size_t most, const char *what, const char *where)
{
    size_t took = child_bytes(child) - bytes_before;

    if (took > most) {
        print_error("%s on \"%s\": %zu bytes of %zu\n", what, where, took, most);
        expect_true(child, took <= most);
    }
    if (counts_writes)
        expect_true(child, child_writes(child) - writes_before <= 1);
}

/* ---- what changed on the screen ---- */

static size_t changed_cells(const char *before, const char *after)
{
    size_t changed = 0;

    for (; *before && *after; before++, after++)
        changed += *before != *after;
    return changed + strlen(before) + strlen(after);
}

/* A screen without the marker of the row in focus. */
static char *unmarked(const struct child *child)
{
    char *text = emulator_text(child_screen(child));

    for (char *at = text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (*at == '>')
            *at = ' ';
    return text;
}

/* ---- one screen ---- */

/* A row that begins with blanks after its marker: ncurses takes the marker away with them, by a
 * sequence that erases from the left (EL 1), for six bytes more than a blank. */
static size_t dear_blanks(const struct child *child)
{
    enum { BLANKS = 5, MORE = 6 };
    struct buf row = BUF_INIT;
    int at, col;

    emulator_cursor(child_screen(child), &at, &col);
    emulator_add_row(child_screen(child), at, &row);
    const char *text = buf_text(&row);
    bool dear = *text == '>' && strspn(text + 1, " ") >= BLANKS;
    buf_release(&row);
    return dear ? MORE : 0;
}

/* Down, where the same rows stay in sight: two cells change. Else a row comes into sight. */
static void moves(struct child *child, const struct budget *budget, const struct tour_stop *stop)
{
    for (int i = 0; i < 3; i++) {
        char *before = unmarked(child);
        size_t more = dear_blanks(child);
        begin(child);
        child_press(child, PRESS_DOWN);
        char *after = unmarked(child);
        bool same = changed_cells(before, after) <= 2;
        end(child, same ? budget->move + more : budget->scroll, same ? "move" : "scroll",
            stop->name);
        free(before);
        free(after);
    }
}

static size_t letters_typed, letters_inserted;

/* Letters, where a field takes them and nothing else changes (no list of codes opens). */
static void letters(struct child *child, const struct budget *budget, const struct tour_stop *stop)
{
    static const char typed[] = "An honest";

    for (const char *c = typed; *c; c++) {
        char *before = emulator_text(child_screen(child));
        begin(child);
        child_type(child, (const char[]){*c, '\0'});
        char *after = emulator_text(child_screen(child));
        if (c > typed + 1 && changed_cells(before, after) == 1) {
            end(child, budget->letter, "letter", stop->name);
            letters_typed++;
        }
        free(before);
        free(after);
    }
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_LEFT);
    char *before = emulator_text(child_screen(child));
    begin(child);
    child_type(child, "x");
    char *after = emulator_text(child_screen(child));
    if (changed_cells(before, after) <= 6) {
        end(child, budget->insert, "insert", stop->name);
        letters_inserted++;
    }
    free(before);
    free(after);
}

/* The screen without its markers and the help of the field. */
static char *without_help(const struct child *child)
{
    enum { HELP = 21 };
    char *text = unmarked(child), *line = text;

    for (int row = 0; row < HELP; row++)
        line = strchr(line, '\n') + 1;
    memmove(line, strchr(line, '\n'), strlen(strchr(line, '\n')) + 1);
    return text;
}

static size_t fields_left;

/* To the next field, where nothing changes but the focus and the help: no page, no value told. */
static void fields(struct child *child, const struct budget *budget, const struct tour_stop *stop)
{
    for (int i = 0; i < 6; i++) {
        char *before = without_help(child);
        begin(child);
        child_press(child, PRESS_TAB);
        char *after = without_help(child);
        if (strcmp(before, after) == 0) {
            end(child, budget->field, "next field", stop->name);
            fields_left++;
        }
        free(before);
        free(after);
    }
}

/* Keys of which nothing comes here: nothing is sent, unless the cursor moves. */
static void nothing(struct child *child, const struct tour_stop *stop)
{
    enum { CURSOR = 10 };
    static const char *const keys[] = {"\x0E", "\x1B[D", "\x1B[2~", "\x1B[H", "\x1B[H", "\x02"};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        char *before = emulator_text(child_screen(child));
        begin(child);
        child_type(child, keys[i]);
        char *after = emulator_text(child_screen(child));
        if (strcmp(before, after) == 0)
            end(child, keys[i][1] ? CURSOR : 0, "nothing", stop->name);
        free(before);
        free(after);
    }
}

static void visit(struct child *child, const struct budget *budget, const struct tour_stop *stop)
{
    expect_true(child, tour_home(child));
    tour_before(child, stop);
    begin(child);
    tour_last(child, stop);
    expect_text(child, stop->shows);
    size_t ink = emulator_ink(child_screen(child));
    size_t most = stop->kind == TOUR_FORM ? budget->form : budget->screen;
    end(child, ink * most / 100, "screen", stop->name);

    if (stop->kind == TOUR_FORM) {
        fields(child, budget, stop);
        letters(child, budget, stop);
    } else if (stop->kind != TOUR_ASK) {
        moves(child, budget, stop);
    }
    nothing(child, stop);
}

/* Every screen, or (in the short check) one of some, another one each time. */
static void visit_on(const char *term, const struct budget *budget, bool every)
{
    enum { FEW = 6 };
    static size_t turn;
    /* No printer: what a printing system answers is painted when it comes, not by a key. */
    static const char *const env[] = {"PATH=/nowhere", NULL};
    struct child_options options = {.term = term, .env = env, .count_writes = counts_writes};
    struct child *child = tour_start(&tour, &options, budget->line);
    size_t step = every || getenv("AMPARO_LONG") ? 1 : FEW;

    letters_typed = letters_inserted = fields_left = 0;
    bytes_before = writes_before = 0; /* with all that a terminal is told at the start */
    end(child, emulator_ink(child_screen(child)) * budget->screen / 100, "screen", "unlock");
    tour_unlock(child);
    for (size_t i = turn++ % step; i < tour_stop_count; i += step)
        visit(child, budget, &tour_stops[i]);
    if (step == 1)
        expect_true(child, fields_left > 10 && letters_typed > 10 && letters_inserted > 3);
    child_kill(child, SIGKILL);
    child_free(child);
}

static void test_every_screen(void **state)
{
    (void)state;
    counts_writes = true;
    visit_on("xterm-256color", &budgets[0], true);
    counts_writes = false;
}

/* What comes at once is painted once. */
static void test_typed_at_once(void **state)
{
    struct child_options options = {.count_writes = true};
    struct child *child = tour_start(&tour, &options, NULL);

    (void)state;
    tour_unlock(child);
    expect_true(child, tour_home(child));
    size_t before = child_writes(child);
    child_type(child, "n\x1B[1;5F" /* the last field */ "somebody who was not asked\t");
    expect_true(child, child_writes(child) - before == 1);
    child_kill(child, SIGKILL);
    child_free(child);
}

static void test_rich(void **state)
{
    (void)state;
    visit_on("xterm-256color", &budgets[1], false);
}

static void test_other_terminals(void **state)
{
    static const char *const terms[] = {"vt220", "linux", "tmux-256color"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(terms); i++)
        for (size_t b = 0; b < ARRAY_SIZE(budgets); b++)
            visit_on(terms[i], &budgets[b], false);
}

static int make(void **state)
{
    (void)state;
    tour_make(&tour);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    tour_release(&tour);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_screen),
        cmocka_unit_test(test_typed_at_once),
        cmocka_unit_test(test_rich),
        cmocka_unit_test(test_other_terminals),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
