/* SPDX-License-Identifier: MIT */
/* make bench BENCH=bytes: what a screen, a move and a typed letter cost in bytes on the line. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "tests/bench/figure.h"
#include "tests/bench/session.h"
#include "tests/tui/tour.h"

static const struct profile *const profiles[] = {&profile_plain, &profile_rich};

/* Where a figure belongs: "bytes.", then the terminal unless it is the usual one. */
struct setting {
    const char *term; /* NULL: xterm-256color, unnamed in the figures */
    const struct profile *profile;
};

static void print(const struct setting *s, const char *what, double value, const char *unit)
{
    figuref(value, unit, "bytes.%s%s%s.%s", s->term ? s->term : "", s->term ? "." : "",
            s->profile->name, what);
}

static struct child *start(const struct setting *s, const struct session_file *file)
{
    return session_start(&(struct child_options){.term = s->term}, s->profile, file);
}

/* Bytes of a paint for each byte on the screen that is not a blank. */
static double ratio(const struct child *child, size_t before)
{
    return (double)(child_bytes(child) - before) / (double)emulator_ink(child_screen(child));
}

static size_t cost_of_key(struct child *child, int press)
{
    size_t before = child_bytes(child);

    child_press(child, press);
    return child_bytes(child) - before;
}

static size_t cost_of_text(struct child *child, const char *text)
{
    size_t before = child_bytes(child);

    child_type(child, text);
    return child_bytes(child) - before;
}

/* The median over presses of one key. */
static double usual_cost_of_key(struct child *child, int press, int times)
{
    struct measured m = {0};

    while (times-- > 0)
        measured_add(&m, (double)cost_of_key(child, press));
    double median = measured_median(&m);
    measured_release(&m);
    return median;
}

static double usual_cost_of_letters(struct child *child, const char *letters)
{
    struct measured m = {0};

    for (; *letters; letters++)
        measured_add(&m, (double)cost_of_text(child, (const char[]){*letters, '\0'}));
    double median = measured_median(&m);
    measured_release(&m);
    return median;
}

static void bench_first_screen(const struct setting *s)
{
    struct child *child = start(s, session_demo());
    size_t before = child_bytes(child);

    session_unlock(child, session_demo());
    print(s, "first_screen_ratio", ratio(child, before), "x");
    session_end(child);
}

/* The dearest of all screens, each as one comes to it. */
static void bench_every_screen(const struct setting *s)
{
    struct child *child = start(s, session_demo());
    double worst = 0;

    session_unlock(child, session_demo());
    for (size_t i = 0; i < tour_stop_count && tour_home(child); i++) {
        tour_before(child, &tour_stops[i]);
        size_t before = child_bytes(child);
        tour_last(child, &tour_stops[i]);
        double is = ratio(child, before);
        worst = is > worst ? is : worst;
    }
    print(s, "any_screen_ratio", worst, "x");
    session_end(child);
}

static void bench_list(const struct setting *s)
{
    struct child *child = start(s, session_small());

    session_unlock(child, session_small());
    session_find(child);
    child_press(child, PRESS_DOWN);
    print(s, "list_move", usual_cost_of_key(child, PRESS_DOWN, 9), "B");
    for (int i = 0; i < 2 * emulator_rows(child_screen(child)); i++)
        child_press(child, PRESS_DOWN);
    print(s, "scroll_line", usual_cost_of_key(child, PRESS_DOWN, 9), "B");
    session_end(child);
}

static void bench_form(const struct setting *s)
{
    struct child *child = start(s, session_small());

    session_unlock(child, session_small());
    size_t before = child_bytes(child);
    session_intake(child);
    print(s, "form_ratio", ratio(child, before), "x");
    child_press(child, PRESS_TAB);
    print(s, "next_field", usual_cost_of_key(child, PRESS_TAB, 5), "B");
    session_text_field(child);
    child_type(child, "An");
    print(s, "type_char", usual_cost_of_letters(child, "astasi"), "B");
    for (int i = 0; i < 4; i++)
        child_press(child, PRESS_LEFT);
    print(s, "insert_char", usual_cost_of_letters(child, "xyzxy"), "B");
    session_end(child);
}

static void bench_terminal(const char *term)
{
    for (size_t i = 0; i < ARRAY_SIZE(profiles); i++) {
        struct setting s = {term, profiles[i]};
        bench_first_screen(&s);
        bench_every_screen(&s);
        bench_list(&s);
        bench_form(&s);
    }
}

int main(void)
{
    static const char *const others[] = {"vt220", "linux", "tmux-256color"};

    bench_terminal(NULL);
    for (size_t i = 0; i < ARRAY_SIZE(others) && bench_rounds(0, 1); i++)
        bench_terminal(others[i]);
    return 0;
}
