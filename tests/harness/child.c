/* SPDX-License-Identifier: MIT */
#include "tests/harness/child.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "amparo/base/buf.h"
#include "amparo/base/mem.h"
#include "tests/harness/atrest.h"
#include "tests/harness/scratch.h"
#include "tests/harness/writes.h"

/* One direction of the line: the time at which it is free for the next byte. */
struct lane {
    int64_t free_at;
};

struct child {
    pid_t pid;    /* of what was started: the program, or the tracer over it */
    int master;   /* the terminal's side */
    int slave;    /* the program's side, held open to look at its queue */
    int ended_fd; /* becomes readable when pid ends */
    bool ended;
    int status;
    struct emulator *screen;
    struct keyboard *keys;
    struct buf typed; /* what waits to be sent */
    char *own_home;
    const char *home;
    struct write_count *count; /* shared with the tracer; NULL without one */
    bool mute;
    int line_speed;
    struct lane out, in;
    int deadline_ms;
    int escape_ms;
    int64_t quiet_until; /* a lone Esc is ambiguous for so long */
    size_t bytes;
    int64_t last_output, last_input;
};

static void fail_hard(struct child *child, const char *what)
{
    char *text = emulator_text(child->screen);

    errx(1, "%s\n%s", what, text);
}

enum { LOOK_AGAIN = 200000 };  /* after so many nanoseconds: is it at rest? */
enum { RESIZED = 1000000000 }; /* in so many it has painted, where the size is another one */

static child_failure_fn *on_failure = fail_hard;

void child_on_failure(child_failure_fn *failure)
{
    on_failure = failure;
}

static int64_t now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* Starting. */

static void set_env(const char *name, const char *value)
{
    if (setenv(name, value, 1) != 0)
        err(1, "setenv %s", name);
}

static void set_folder(const char *name, const char *home, const char *folder)
{
    char *path = scratch_path(home, folder);

    set_env(name, path);
    free(path);
}

/* What of the test's own environment a program under test still gets. */
static const char *const kept[] = {
    "PATH",         "TMPDIR",        "AMPARO_TEXTDOMAINDIR", "ASAN_OPTIONS",
    "LSAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH",
};

static void clean_environment(const struct child_options *options, const char *home)
{
    char *values[ARRAY_SIZE(kept)];

    for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
        const char *value = getenv(kept[i]);
        values[i] = value ? xstrdup(value) : NULL;
    }
    clearenv();
    for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
        if (values[i])
            set_env(kept[i], values[i]);
    }
    set_env("TERM", options->term);
    set_env("LANG", "C.UTF-8");
    set_env("LANGUAGE", options->language);
    set_env("TZ", "UTC");
    set_env("HOME", home);
    set_folder("XDG_CONFIG_HOME", home, ".config");
    set_folder("XDG_DATA_HOME", home, ".local/share");
    set_folder("XDG_STATE_HOME", home, ".local/state");
    set_folder("XDG_CACHE_HOME", home, ".cache");
    set_folder("XDG_RUNTIME_DIR", home, ".run");
    for (const char *const *one = options->env; one && *one; one++) {
        if (putenv(xstrdup(*one)) != 0)
            err(1, "putenv");
    }
}

static _Noreturn void run_program(const struct child_options *options, const char *home,
                                  const char *const argv[], struct write_count *count)
{
    size_t argc = 1; /* argv[0] may be NULL */
    while (argv[argc])
        argc++;

    char **args = xcalloc(argc + 1, sizeof *args);
    for (size_t i = 0; i < argc; i++)
        args[i] = argv[i] ? xstrdup(argv[i]) : NULL;
    if (!args[0]) {
        const char *program = getenv("AMPARO");
        if (!program)
            errx(127, "AMPARO does not name the program");
        args[0] = xstrdup(program);
    }
    clean_environment(options, home);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (count)
        writes_trace(args, count);
    execvp(args[0], args);
    err(127, "%s", args[0]);
}

static void on_answer(const char *bytes, size_t size, void *user)
{
    struct child *child = user;

    if (!child->mute)
        buf_add(&child->typed, bytes, size);
}

static void open_terminal(struct child *child, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    if (openpty(&child->master, &child->slave, NULL, NULL, &size) != 0)
        err(1, "openpty");
    fcntl(child->master, F_SETFD, FD_CLOEXEC);
    fcntl(child->slave, F_SETFD, FD_CLOEXEC);
    fcntl(child->master, F_SETFL, O_NONBLOCK);
}

struct child *child_start(const struct child_options *given, const char *const argv[])
{
    struct child_options options = given ? *given : (struct child_options){0};
    struct child *child = xcalloc(1, sizeof *child);

    options.term = options.term ? options.term : "xterm-256color";
    options.rows = options.rows ? options.rows : 24;
    options.cols = options.cols ? options.cols : 80;
    options.language = options.language ? options.language : "en";
    child->deadline_ms = options.deadline_ms ? options.deadline_ms : 20000;
    child->escape_ms = options.escape_ms ? options.escape_ms : 750;
    child->mute = options.mute;
    child->line_speed = options.line_speed;
    child->own_home = options.home ? NULL : scratch_make();
    child->home = options.home ? options.home : child->own_home;
    child->keys = keyboard_new(options.term);
    child->screen = emulator_new(options.rows, options.cols, on_answer, child);
    child->count = options.count_writes ? writes_new() : NULL;
    open_terminal(child, options.rows, options.cols);

    fflush(NULL);
    child->pid = fork();
    if (child->pid < 0)
        err(1, "fork");
    if (child->pid == 0) {
        if (login_tty(child->slave) != 0)
            err(127, "login_tty");
        run_program(&options, child->home, argv, child->count);
    }
    child->ended_fd = pidfd_open(child->pid, 0);
    if (child->ended_fd < 0)
        err(1, "pidfd_open");
    child->last_input = child->last_output = now();
    return child;
}

void child_free(struct child *child)
{
    if (!child)
        return;
    if (!child->ended)
        child_kill(child, SIGKILL);
    if (child->master >= 0)
        close(child->master);
    close(child->slave);
    close(child->ended_fd);
    emulator_free(child->screen);
    keyboard_free(child->keys);
    buf_release(&child->typed);
    writes_free(child->count);
    scratch_remove(child->own_home);
    free(child);
}

/* Moving bytes. */

/* Bytes that the line can take now, at most `most`; all of them on a line without limit. */
static size_t lane_room(const struct child *child, const struct lane *lane, size_t most)
{
    if (child->line_speed == 0)
        return most;
    return now() >= lane->free_at ? 1 : 0;
}

static void lane_used(const struct child *child, struct lane *lane, size_t bytes)
{
    if (child->line_speed == 0)
        return;
    int64_t each = 1000000000 / child->line_speed;
    int64_t start = now();
    /* A late reader catches up by at most 20 ms. */
    if (lane->free_at < start - 20000000)
        lane->free_at = start - 20000000;
    lane->free_at += each * (int64_t)bytes;
}

static void lower(int64_t *timeout, int64_t until)
{
    int64_t left = until - now();

    if (left < *timeout)
        *timeout = left < 0 ? 0 : left;
}

static void send_typed(struct child *child)
{
    size_t size = lane_room(child, &child->in, child->typed.size);
    ssize_t sent = size ? write(child->master, child->typed.data, size) : 0;

    if (sent <= 0)
        return;
    lane_used(child, &child->in, (size_t)sent);
    memmove(child->typed.data, child->typed.data + sent, child->typed.size - (size_t)sent);
    buf_cut(&child->typed, child->typed.size - (size_t)sent);
}

static void take_output(struct child *child)
{
    char bytes[65536];
    size_t size = lane_room(child, &child->out, sizeof bytes);
    ssize_t got = size ? read(child->master, bytes, size) : 0;

    if (got <= 0)
        return;
    child->last_output = now();
    child->bytes += (size_t)got;
    lane_used(child, &child->out, (size_t)got);
    emulator_feed(child->screen, bytes, (size_t)got);
}

static void reap(struct child *child)
{
    if (!child->ended && waitpid(child->pid, &child->status, WNOHANG) == child->pid)
        child->ended = true;
}

/* Moves what can be moved; waits at most `timeout` nanoseconds for something to move. */
static void pump(struct child *child, int64_t timeout)
{
    struct pollfd fds[2] = {{.fd = child->master}, {.fd = child->ended_fd, .events = POLLIN}};
    bool can_take = lane_room(child, &child->out, 1), can_send = lane_room(child, &child->in, 1);

    fds[0].events =
        (short)((can_take ? POLLIN : 0) | (can_send && child->typed.size ? POLLOUT : 0));
    if (child->ended)
        fds[1].fd = -1;
    if (!can_take)
        lower(&timeout, child->out.free_at);
    if (!can_send && child->typed.size)
        lower(&timeout, child->in.free_at);
    struct timespec wait = {timeout / 1000000000, timeout % 1000000000};
    if (ppoll(fds, 2, &wait, NULL) < 0 && errno != EINTR)
        err(1, "ppoll");
    if (fds[0].revents & POLLIN)
        take_output(child);
    if (fds[0].revents & POLLOUT)
        send_typed(child);
    if (fds[1].revents & POLLIN)
        reap(child);
}

static bool readable(int fd)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};

    return poll(&one, 1, 0) > 0 && (one.revents & POLLIN);
}

/* poll() on either side also moves what the kernel still carries between them. */
static bool at_rest(const struct child *child)
{
    if (child->count && !writes_pid(child->count))
        return false;
    if (child->typed.size || now() < child->quiet_until)
        return false;
    struct rest_sample before = rest_sample(child_pid(child));
    if (!before.asleep || readable(child->slave) || readable(child->master))
        return false;
    return rest_between(before, rest_sample(child_pid(child)));
}

void child_rest(struct child *child)
{
    int64_t deadline = now() + (int64_t)child->deadline_ms * 1000000;

    while (!child->ended && !at_rest(child)) {
        pump(child, LOOK_AGAIN);
        if (now() > deadline) {
            char what[256];
            rest_tell(child_pid(child), what, sizeof what);
            fprintf(stderr, "%zu bytes not taken; %s\n", child->typed.size, what);
            on_failure(child, "the program does not come to rest");
            return;
        }
    }
    while (child->ended && readable(child->master))
        pump(child, LOOK_AGAIN);
}

bool child_await_at_work(struct child *child, const char *text)
{
    int64_t deadline = now() + (int64_t)child->deadline_ms * 1000000;

    while (emulator_find(child->screen, text) < 0) {
        if (child->ended || now() > deadline)
            return false;
        pump(child, 50 * (int64_t)1000000);
    }
    return true;
}

bool child_await(struct child *child, const char *text)
{
    bool came = child_await_at_work(child, text);

    if (came)
        child_rest(child);
    return came;
}

void child_run_until(struct child *child, int64_t end)
{
    while (!child->ended && now() < end) {
        int64_t timeout = 1000000000;
        lower(&timeout, end);
        pump(child, timeout);
    }
}

/* Typing. */

void child_send(struct child *child, const char *bytes, size_t size)
{
    if (child->ended) {
        on_failure(child, "the program has ended and can be typed to no more");
        return;
    }
    buf_add(&child->typed, bytes, size);
    child->last_input = now();
}

void child_send_key(struct child *child, int press)
{
    const char *bytes = keyboard_sequence(child->keys, press);

    if (!bytes) {
        on_failure(child, "this terminal has no such key");
        return;
    }
    child_send(child, bytes, strlen(bytes));
    if (press == PRESS_ESC)
        child->quiet_until = now() + (int64_t)child->escape_ms * 1000000;
}

bool child_has_key(const struct child *child, int press)
{
    return keyboard_sequence(child->keys, press) != NULL;
}

void child_type(struct child *child, const char *text)
{
    child_send(child, text, strlen(text));
    child_rest(child);
}

void child_press(struct child *child, int press)
{
    child_send_key(child, press);
    child_rest(child);
}

void child_paste(struct child *child, const char *text)
{
    bool mute = child->mute;

    child->mute = false; /* the brackets are typed, not answered */
    emulator_paste(child->screen, true);
    child_send(child, text, strlen(text));
    emulator_paste(child->screen, false);
    child->mute = mute;
    child_rest(child);
}

void child_send_size(struct child *child, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    emulator_resize(child->screen, rows, cols);
    if (ioctl(child->master, TIOCSWINSZ, &size) != 0)
        err(1, "TIOCSWINSZ");
}

void child_resize(struct child *child, int rows, int cols)
{
    size_t painted = child->bytes;
    int64_t deadline = now() + RESIZED;

    child_send_size(child, rows, cols);
    /* A busy machine may not have told it yet, and it seems to be at rest. */
    while (!child->ended && child->bytes == painted && now() < deadline)
        pump(child, LOOK_AGAIN);
    child_rest(child);
}

void child_fall_silent(struct child *child)
{
    child->mute = true;
}

/* Ending. */

void child_kill(struct child *child, int signal)
{
    if (!child->ended)
        kill(child_pid(child), signal);
    if (signal == SIGKILL)
        child_wait(child);
}

void child_hang_up(struct child *child)
{
    close(child->master);
    child->master = -1;
}

int child_wait(struct child *child)
{
    int64_t deadline = now() + (int64_t)child->deadline_ms * 1000000;

    while (!child->ended) {
        pump(child, 50 * (int64_t)1000000);
        if (now() > deadline) {
            on_failure(child, "the program does not end");
            break;
        }
    }
    while (child->master >= 0 && readable(child->master))
        pump(child, LOOK_AGAIN);
    return child->status;
}

bool child_has_ended(struct child *child)
{
    reap(child);
    return child->ended;
}

/* Looking. */

const struct emulator *child_screen(const struct child *child)
{
    return child->screen;
}

const char *child_home(const struct child *child)
{
    return child->home;
}

struct termios child_modes(const struct child *child)
{
    struct termios modes;

    if (tcgetattr(child->slave, &modes) != 0)
        err(1, "tcgetattr");
    return modes;
}

pid_t child_pid(const struct child *child)
{
    pid_t traced = child->count ? writes_pid(child->count) : 0;

    return traced ? traced : child->pid;
}

size_t child_bytes(const struct child *child)
{
    return child->bytes;
}

size_t child_writes(const struct child *child)
{
    if (!child->count)
        BUG("writes are counted only where the options ask for it");
    return writes_count(child->count);
}

int64_t child_last_output(const struct child *child)
{
    return child->last_output;
}

int64_t child_last_input(const struct child *child)
{
    return child->last_input;
}
