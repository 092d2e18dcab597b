/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=lock: with a form open, 100,000 cases in the file, from the key that locks to
 * the last byte of the lock's screen; and from the Enter after the passphrase to the same cell
 * again.
 */
#include <err.h>

#include "tests/bench/figure.h"
#include "tests/bench/session.h"

static double took(const struct child *child)
{
    return (double)(child_last_output(child) - child_last_input(child)) / 1e6;
}

static void see(const struct child *child, const char *text)
{
    if (emulator_find(child_screen(child), text) < 0)
        errx(1, "the screen should say: %s", text);
}

int main(void)
{
    struct measured away = {0}, back = {0};
    struct child *child = session_start(NULL, &profile_plain, session_big());

    session_unlock(child, session_big());
    session_intake(child);
    session_text_field(child);
    child_type(child, "a cousin");
    for (int i = 0; i < bench_rounds(5, 15); i++) {
        child_press(child, CTRL('X'));
        see(child, "Locked; all is kept.");
        measured_add(&away, took(child));
        session_passphrase(child, session_big());
        child_press(child, PRESS_ENTER);
        see(child, "a cousin");
        measured_add(&back, took(child));
    }
    session_end(child);
    figure("lock.away", measured_median(&away), "ms");
    figure("lock.back", measured_median(&back), "ms");
    measured_release(&away);
    measured_release(&back);
    return 0;
}
