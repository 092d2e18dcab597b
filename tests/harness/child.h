/* SPDX-License-Identifier: MIT */
/*
 * A program on a pseudo-terminal, and the terminal that it believes to sit at. For tests and
 * benches only.
 *
 * The program gets a clean environment: TERM, LANG=C.UTF-8, LANGUAGE, TZ=UTC, and HOME and all
 * XDG folders in a fresh one. Nothing waits by the clock: after what is typed the harness goes on
 * reading until the program is at rest (atrest.h), and answers its questions as a terminal does.
 *
 * What goes wrong with the harness itself (the program does not come to rest within the deadline,
 * or is gone when something is typed) is told to the failure function; the default one prints the
 * screen and ends the test program. expect.h makes it a failed cmocka test.
 */
#ifndef TESTS_HARNESS_CHILD_H
#define TESTS_HARNESS_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include "tests/harness/keyboard.h"
#include "tests/harness/emulator.h"

struct child;

/* All may be zero. */
struct child_options {
    const char *term;       /* default xterm-256color */
    int rows, cols;         /* default 24, 80 */
    const char *language;   /* LANGUAGE; default en */
    const char *home;       /* a folder to live in, kept; default a fresh one, removed at the end */
    const char *const *env; /* further NAME=VALUE, ended by NULL; they outdo the others */
    bool mute;              /* a terminal that answers no question */
    int line_speed;         /* bytes a second, each way; 0: no limit */
    bool count_writes;      /* for child_writes(): traces the program's system calls */
    int deadline_ms;        /* default 20000 */
    int escape_ms;          /* how long the program waits after a lone Esc; default 750 */
};

/* Starts argv[0] (NULL there: the program in the environment's AMPARO). Never NULL. */
struct child *child_start(const struct child_options *options, const char *const argv[]);

/* Kills what still runs, removes what the harness made. */
void child_free(struct child *child);

typedef void child_failure_fn(struct child *child, const char *what);
void child_on_failure(child_failure_fn *failure);

/* Types UTF-8 text, presses a key, pastes; each comes back when the program is at rest. */
void child_type(struct child *child, const char *text);
void child_press(struct child *child, int press);
void child_paste(struct child *child, const char *text);

/* Whether that terminal has the key. */
bool child_has_key(const struct child *child, int press);

/* The same without waiting: queues bytes, or a key. */
void child_send(struct child *child, const char *bytes, size_t size);
void child_send_key(struct child *child, int press);

/* Reads until the program is at rest (or has ended). */
void child_rest(struct child *child);

/*
 * Reads for what comes at its own time (a timer, another process): until `text` stands on the
 * screen, at most until the deadline. False when it did not come.
 */
bool child_await(struct child *child, const char *text);

/* The same, and the program may still be at work when it has come: it is not waited for. */
bool child_await_at_work(struct child *child, const char *text);

/*
 * Reads until that instant (nanoseconds on the monotonic clock), whatever the program does: the
 * rhythm of a key held down.
 */
void child_run_until(struct child *child, int64_t end);

/* From now on this terminal answers no question. */
void child_fall_silent(struct child *child);

void child_resize(struct child *child, int rows, int cols);

/* The same without waiting. */
void child_send_size(struct child *child, int rows, int cols);

/* Sends a signal; with SIGKILL it is gone on return. */
void child_kill(struct child *child, int signal);

/* Closes the terminal under it, as a lost line does. */
void child_hang_up(struct child *child);

/* Waits for its end: the status of waitpid(), kept for later calls. */
int child_wait(struct child *child);
bool child_has_ended(struct child *child);

const struct emulator *child_screen(const struct child *child);
const char *child_home(const struct child *child);

/* How the terminal line is set: echo, lines, control characters. */
struct termios child_modes(const struct child *child);
pid_t child_pid(const struct child *child);

/* Bytes that it wrote to the terminal, and calls of write() in which it did, since the start. */
size_t child_bytes(const struct child *child);
size_t child_writes(const struct child *child);

/* When the last byte came, and when the test last typed (an answer of the terminal is no typing):
 * nanoseconds on the monotonic clock. */
int64_t child_last_output(const struct child *child);
int64_t child_last_input(const struct child *child);

#endif
