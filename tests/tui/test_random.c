/* SPDX-License-Identifier: MIT */
/*
 * Somebody without any plan: random keys, pastes, bytes that are no keys, and a window that changes
 * its size, on every screen of the demo. The program never crashes; the cursor is always on the
 * focus; nothing reaches the terminal that is no text; a screen drawn anew is the same screen; and
 * what was typed in a field that was left is in the file.
 *
 * AMPARO_SEED and AMPARO_KEYS repeat a walk or make others; AMPARO_LONG walks for 100,000 keys.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "amparo/store/draft.h"
#include "amparo/store/store.h"
#include "tests/harness/expect.h"
#include "tests/tui/tour.h"

enum {
    SHORT_KEYS = 1500,
    LONG_KEYS = 100000,
    WALK_KEYS = 600, /* of one start of the program, about */
    LAST = 40,       /* actions that are told where something goes wrong */
};

static struct tour tour;
static struct store *store; /* the same file, to read what was kept */

static long fields_left, drawn_anew; /* what was looked at so far */

static const struct size {
    int rows, cols;
} sizes[] = {{12, 40}, {20, 60}, {24, 80}, {50, 132}, {60, 200}};

/* ---- dice ---- */

struct walk {
    struct child *child;
    const struct size *size;
    uint64_t dice;
    unsigned seed;
    long keys;
    char last[LAST][64];
    size_t said;
    unsigned token;
};

static unsigned below(struct walk *w, unsigned limit)
{
    w->dice ^= w->dice << 13;
    w->dice ^= w->dice >> 7;
    w->dice ^= w->dice << 17;
    return (unsigned)(w->dice >> 33) % limit;
}

static bool chance(struct walk *w, unsigned percent)
{
    return below(w, 100) < percent;
}

/* ---- what was done ---- */

static void note(struct walk *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void note(struct walk *w, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(w->last[w->said++ % LAST], sizeof w->last[0], format, args);
    va_end(args);
}

/* Bytes as they can be read. */
static void note_bytes(struct walk *w, const char *what, const char *bytes)
{
    char text[48];
    size_t used = 0;

    for (; *bytes && used < sizeof text - 5; bytes++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 *bytes >= ' ' && *bytes < 0x7F ? "%c" : "\\x%02X",
                                 (unsigned char)*bytes);
    text[used] = '\0';
    note(w, "%s %s", what, text);
}

static void tell(const struct walk *w)
{
    size_t from = w->said > LAST ? w->said - LAST : 0;

    print_error("AMPARO_SEED=%u, key %ld; the last ones:\n", w->seed, w->keys);
    for (size_t i = from; i < w->said; i++)
        print_error("  %s\n", w->last[i % LAST]);
}

#define must(w, holds)                                                                             \
    do {                                                                                           \
        bool holds_ = holds;                                                                       \
        if (!holds_)                                                                               \
            tell(w);                                                                               \
        expect_true((w)->child, holds_);                                                           \
    } while (0)

static const struct walk *walking; /* for a failure of the harness */

static void on_failure(struct child *child, const char *what)
{
    tell(walking);
    print_error("%s\n", what);
    expect_true(child, !"the harness");
}

/* ---- what must hold ---- */

/* The column of the marker in that row, or -1. */
static int marker(const struct emulator *screen, int row)
{
    struct buf text = BUF_INIT;
    int found = -1;

    emulator_add_row(screen, row, &text);
    const char *at = buf_text(&text);
    if (*at == '>')
        found = 0;
    else if (strstr(at, " >"))
        found = emulator_column_of(screen, row, " >") + 1;
    else if (strchr(at, '>')) /* of a list that stands over labels */
        found = emulator_column_of(screen, row, ">");
    buf_release(&text);
    return found;
}

static bool row_has(const struct emulator *screen, int row, const char *text)
{
    struct buf line = BUF_INIT;

    emulator_add_row(screen, row, &line);
    bool has = strstr(buf_text(&line), text) != NULL;
    buf_release(&line);
    return has;
}

/*
 * The cursor is in the row of a marker and not before it, or within the lines of the field that the
 * marker begins; or in a field that searches, asks or jumps; on a screen without a marker,
 * anywhere.
 */
static bool is_on_focus(const struct emulator *screen)
{
    static const char *const fields[] = {"Search", "Buscar",  "Chercher", "Name",   "Nombre",
                                         "Nom",    "Jump to", "Ir a la",  "Aller à"};
    enum { LINES_OF_FIELD = 12 };
    int row, col;
    bool any = false;

    emulator_cursor(screen, &row, &col);
    if (!emulator_cursor_visible(screen))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
        if (row_has(screen, row, fields[i]))
            return true;
    for (int up = 0; up < LINES_OF_FIELD && row - up > 0; up++) {
        int at = marker(screen, row - up);
        if (at >= 0 && at <= col)
            return true;
    }
    for (int other = 1; other < emulator_rows(screen); other++)
        any = any || marker(screen, other) >= 0;
    return !any;
}

/* A screen as it stands: its text, how it looks, where the cursor is. */
static char *picture(const struct child *child)
{
    const struct emulator *screen = child_screen(child);
    char *text = emulator_text(screen), *map = emulator_attribute_map(screen);
    int row, col;

    emulator_cursor(screen, &row, &col);
    char *all = xasprintf("%s--\n%s--\n%d %d\n", text, map, row, col);
    free(text);
    free(map);
    return all;
}

/*
 * Whether two pictures are the same, and in which lines they differ. The message line, where it was
 * empty, may say by now that what is typed is kept.
 */
static bool is_same(const char *before, const char *after, int message_row)
{
    bool same = true;

    for (int row = 0; *before && *after; row++) {
        size_t one = strcspn(before, "\n"), other = strcspn(after, "\n");
        bool kept_now = row == message_row && strspn(before, " ") >= one;
        if (!kept_now && (one != other || memcmp(before, after, one) != 0)) {
            print_error("  was: %.*s\n  is:  %.*s\n", (int)one, before, (int)other, after);
            same = false;
        }
        before += one + (before[one] != '\0');
        after += other + (after[other] != '\0');
    }
    return same;
}

/* Every cell is sent again: nothing is on the screen that should not be there any more. */
static void draw_anew(struct walk *w)
{
    char *before = picture(w->child);

    note(w, "(drawn anew)");
    child_resize(w->child, w->size->rows, w->size->cols + 1);
    child_resize(w->child, w->size->rows, w->size->cols);
    char *after = picture(w->child);
    drawn_anew++;
    must(w, is_same(before, after, w->size->rows - 2) && "the same screen when drawn anew");
    free(before);
    free(after);
}

static bool is_kept(const char *text)
{
    struct error err = ERROR_INIT;
    struct drafts drafts = {NULL, 0};
    bool found = false;

    if (!store_draft_list(store, NULL, &drafts, &err))
        fail_msg("%s", error_text(&err));
    for (size_t i = 0; i < drafts.count && !found; i++) {
        struct draft draft;
        if (!store_draft_get(store, drafts.list[i].id, &draft, &err))
            fail_msg("%s", error_text(&err));
        for (size_t f = 0; f < draft.count && !found; f++)
            found = strstr(draft.fields[f].text, text) != NULL;
        draft_release(&draft);
    }
    drafts_release(&drafts);
    return found;
}

static bool at_home_keys(const struct walk *w)
{
    return child_has_ended(w->child) == false && tour_is_home(w->child);
}

static bool is_jump(const struct emulator *screen, int row)
{
    return row_has(screen, row, "Jump to") || row_has(screen, row, "Ir a la sec") ||
           row_has(screen, row, "Ir a:") || row_has(screen, row, "Aller à");
}

/* The guide to a first case file has no file yet to keep what is typed. */
static bool is_guide(const struct emulator *screen)
{
    return row_has(screen, 0, "Step ") || row_has(screen, 0, "Paso ") ||
           row_has(screen, 0, "Étape ");
}

/* Where the cursor is in a field of a form: types, leaves, and looks into the file. */
static void leave_a_field(struct walk *w)
{
    /* Tab, F12, PgUp, Ctrl-End, Shift-Tab, Ctrl-X: the lock. */
    static const char *const leave[] = {"\t", "\x1B\x30", "\x1B[5~", "\x1B[1;5F", "\x1B[Z", "\x18"};
    const struct emulator *screen = child_screen(w->child);
    char token[16];
    int row, col;

    child_rest(w->child);
    if (child_has_ended(w->child) || !row_has(screen, emulator_rows(screen) - 1, " F2 ") ||
        is_guide(screen))
        return;
    snprintf(token, sizeof token, "zq%uk", ++w->token);
    note(w, "leaves %s in the file", token);
    child_type(w->child, token);
    emulator_cursor(screen, &row, &col);
    if (child_has_ended(w->child) || !row_has(screen, row, token) ||
        !row_has(screen, emulator_rows(screen) - 1, " F2 ") || is_jump(screen, row))
        return;
    const char *by = leave[below(w, ARRAY_SIZE(leave))];
    note_bytes(w, "by", by);
    child_type(w->child, by);
    must(w, is_kept(token));
    fields_left++;
}

static void check(struct walk *w)
{
    const struct emulator *screen = child_screen(w->child);

    if (child_has_ended(w->child)) {
        int status = child_wait(w->child);
        must(w, WIFEXITED(status) && WEXITSTATUS(status) == 0);
        must(w, !emulator_is_alternate(screen) && emulator_cursor_visible(screen));
        return;
    }
    must(w, emulator_strays(screen) == 0 && emulator_bells(screen) == 0);
    must(w, is_on_focus(screen));
}

/* ---- what is done ---- */

static void press(struct walk *w, int key)
{
    if (!child_has_key(w->child, key) && key >= PRESS_F1)
        return;
    note(w, "key %X", (unsigned)key);
    if (key < PRESS_F1)
        child_send(w->child, (const char[]){(char)key}, 1);
    else
        child_send_key(w->child, key);
}

static void type(struct walk *w, const char *text)
{
    note_bytes(w, "types", text);
    child_send(w->child, text, strlen(text));
}

/* No `/`: whoever asks for a file is not to write one anywhere but here. */
static void letter(struct walk *w)
{
    static const char *const letters[] = {
        "a", "b",   "c",  "d",  "e",  "f", "g", "h", "i", "j", "k",        "l", "m", "n",
        "o", "p",   "q",  "r",  "s",  "t", "u", "v", "w", "x", "y",        "z", "0", "1",
        "2", "3",   "4",  "5",  "6",  "7", "8", "9", " ", "?", "=",        "@", "$", "ñ",
        "Á", "T-3", "日", "?u", "=2", "-", "+", ".", ",", "<", "e\xCC\x81"};

    type(w, letters[below(w, ARRAY_SIZE(letters))]);
}

static void any_key(struct walk *w)
{
    press(w, PRESS_F1 + (int)below(w, PRESS_PAST_LAST - PRESS_F1));
}

static void control(struct walk *w)
{
    static const char some[] = "ABDEFGHKLNOPRTUVWY";

    press(w, CTRL(some[below(w, sizeof some - 1)]));
}

static void paste(struct walk *w)
{
    static const char *const texts[] = {
        "RAMÍREZ ORDÓÑEZ",
        "two\nlines",
        "P<HNDRAMIREZ<ORDONEZ<<KAREN<YAMILETH<<<<<<<<\nE123456<<3HND9803145F2906302<<<<<<<<<<<<<<"
        "02",
        "\x1B[2Jhidden\x1B]0;title\x07",
        "\xE2\x80\xAE"
        "right to left \xE2\x80\x8F",
        "مرحبا بكم",
        "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
        "\xC2\x9B"
        "31m \xFF\xFE",
        "",
    };
    const char *text = texts[below(w, ARRAY_SIZE(texts))];

    note_bytes(w, "pastes", text);
    child_paste(w->child, text);
}

static void paste_much(struct walk *w)
{
    struct buf text = BUF_INIT;

    while (text.size < 3000 + below(w, 3000))
        buf_adds(&text, chance(w, 5) ? "\n" : "much ");
    note(w, "pastes much");
    child_paste(w->child, buf_text(&text));
    buf_release(&text);
}

/* What no key sends; and a line that is stopped for a moment. */
static void odd_bytes(struct walk *w)
{
    static const char *const bytes[] = {"\x1B[99~",
                                        "\x1B[0n",
                                        "\xFF",
                                        "\x9B"
                                        "31m",
                                        "\x1B[5;7R",
                                        "\x1B[?1;2c",
                                        "\x13\x11",
                                        "\x1B[<0;3;3M",
                                        "\x1B[1;99A",
                                        "\xC3\x1B[A",
                                        "\x1C\x1D\x1E",
                                        "\x1B[[A"};

    type(w, bytes[below(w, ARRAY_SIZE(bytes))]);
}

static void other_size(struct walk *w)
{
    w->size = &sizes[below(w, ARRAY_SIZE(sizes))];
    note(w, "size %dx%d", w->size->cols, w->size->rows);
    if (chance(w, 50))
        child_send_size(w->child, w->size->rows, w->size->cols); /* and keys come meanwhile */
    else
        child_resize(w->child, w->size->rows, w->size->cols);
}

static void elsewhere(struct walk *w)
{
    const struct tour_stop *stop = &tour_stops[below(w, (unsigned)tour_stop_count)];

    note(w, "goes to: %s", stop->name);
    child_rest(w->child); /* a key before may leave the program */
    if (!tour_home(w->child))
        return;
    tour_before(w->child, stop);
    if (!child_has_ended(w->child))
        tour_last(w->child, stop);
}

static void act(struct walk *w)
{
    unsigned what = below(w, 1000);

    w->keys++;
    if (what < 360)
        letter(w);
    else if (what < 600)
        any_key(w);
    else if (what < 700)
        press(w, chance(w, 50) ? PRESS_TAB : PRESS_ENTER);
    else if (what < 800)
        control(w);
    else if (what < 830)
        paste(w);
    else if (what < 835)
        paste_much(w);
    else if (what < 870)
        odd_bytes(w);
    else if (what < 895)
        other_size(w);
    else if (what < 915)
        elsewhere(w);
    else if (what < 970)
        leave_a_field(w);
    else if (what < 975)
        press(w, chance(w, 50) ? CTRL('X') : CTRL('Z'));
    else
        press(w, PRESS_BACKSPACE);
}

/* ---- a walk ---- */

static void begin(struct walk *w)
{
    static const char *const terms[] = {"xterm-256color", "vt220", "linux", "tmux-256color"};
    static const char *const languages[] = {"en", "es", "fr"};
    static const char *const env[] = {"PATH=/nowhere", NULL}; /* no printer */
    struct child_options options = {.term = terms[below(w, ARRAY_SIZE(terms))], .env = env};

    w->size = &sizes[below(w, ARRAY_SIZE(sizes))];
    options.rows = w->size->rows;
    options.cols = w->size->cols;
    options.language = languages[below(w, ARRAY_SIZE(languages))];
    const char *line = chance(w, 50) ? "--line=slow" : "--line=fast";
    note(w, "start: %s %s %s %dx%d", options.language, options.term, line, options.cols,
         options.rows);
    w->child = tour_start(&tour, &options, line);
    tour_unlock(w->child);
}

static void step(struct walk *w)
{
    static const char unlock[] = TOUR_PASSPHRASE "\r";

    if (tour_is_locked(w->child) && chance(w, 30))
        type(w, unlock);
    else if (at_home_keys(w) && chance(w, 30))
        elsewhere(w);
    else
        act(w);
    if (child_has_ended(w->child) || chance(w, 20)) /* the next one comes before it is at rest */
        return;
    child_rest(w->child);
    check(w);
    if (!child_has_ended(w->child) && chance(w, 7))
        draw_anew(w);
}

static void walk(unsigned seed, long keys)
{
    struct walk w = {.dice = seed * 2654435761u + 88172645463325252u, .seed = seed};

    walking = &w;
    begin(&w);
    while (w.keys < keys) {
        if (child_has_ended(w.child)) {
            check(&w);
            child_free(w.child);
            begin(&w);
        }
        step(&w);
    }
    child_kill(w.child, SIGKILL);
    child_free(w.child);
}

static void test_walks(void **state)
{
    const char *given = getenv("AMPARO_SEED"), *many = getenv("AMPARO_KEYS");
    long keys = many ? atol(many) : getenv("AMPARO_LONG") ? LONG_KEYS : SHORT_KEYS;
    unsigned seed = given ? (unsigned)atol(given) : 1;

    (void)state;
    child_on_failure(on_failure);
    for (long left = keys; left > 0; left -= WALK_KEYS, seed++)
        walk(seed, left < WALK_KEYS ? left : WALK_KEYS);
    print_message("# %ld fields left, %ld screens drawn anew\n", fields_left, drawn_anew);
    assert_true(keys < SHORT_KEYS || (fields_left > 0 && drawn_anew >= keys / 100));
}

static int make(void **state)
{
    struct passphrase passphrase = {TOUR_PASSPHRASE, strlen(TOUR_PASSPHRASE)};
    struct error err = ERROR_INIT;

    (void)state;
    tour_make(&tour);
    /* What the walker writes into files comes here. */
    if (chdir(tour.folder) != 0 || !store_open(tour.file, NULL, passphrase, 0, &store, &err))
        fail_msg("%s", error_text(&err));
    return 0;
}

static int drop(void **state)
{
    (void)state;
    store_close(store);
    if (chdir("/") != 0)
        fail();
    tour_release(&tour);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_walks)};

    return cmocka_run_group_tests(tests, make, drop);
}
