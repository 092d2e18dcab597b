/* SPDX-License-Identifier: MIT */
/*
 * ncurses works out the difference between two screens, and nothing else here: it writes into a
 * file in memory, whose content goes to the terminal in one write(). Modes, size, signals and input
 * are our own. (ncurses writes at each cursor motion until the first endwin() and refresh(), and
 * beyond its own buffer in several pieces.)
 */
#include "amparo/tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <term.h>

#include "amparo/base/clock.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/caught.h"
#include "term_work.h"

#define STOPPED_MS 500      /* a line that takes nothing for so long stands still */
#define ASK_SILENCE_MS 2000 /* a terminal that does not answer is not asked again */
#define PAINT_DUE_MS 200    /* keys that never cease must not hide what they do for longer */

static const int caught[] = {SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

/* Raw enough to see each key, but Ctrl-S and Ctrl-Q mean what they always do. So do Ctrl-C and
 * Ctrl-Z, which are read in their turn: as signals they would overtake what was typed before them,
 * and the kernel would throw that away. */
static void own_modes(struct terminal *term)
{
    struct termios mode = term->before;

    mode.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
    mode.c_oflag &= ~(tcflag_t)(ONLCR | OCRNL);
    mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    mode.c_cc[VINTR] = mode.c_cc[VSUSP] = mode.c_cc[VQUIT] = _POSIX_VDISABLE;
    tcsetattr(term->fd, TCSADRAIN, &mode);
}

static void take_size(struct terminal *term)
{
    struct winsize size;

    if (ioctl(term->fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
}

/* Slow, or without colours: attributes cost more than the text that they adorn. */
static bool choose_plain(const struct terminal *term, enum term_line line)
{
    static const speed_t slow[] = {B50,  B75,   B110,  B134,  B150,  B200,  B300,
                                   B600, B1200, B1800, B2400, B4800, B9600, B19200};
    speed_t speed = cfgetospeed(&term->before);

    if (line != TERM_LINE_AUTO)
        return line == TERM_LINE_SLOW;
    for (size_t i = 0; i < ARRAY_SIZE(slow); i++)
        if (speed == slow[i])
            return true;
    return term_no_colour() || tigetnum("colors") < 8;
}

/* What the keys of this very terminal send, where its description says so. */
static const struct {
    const char *capability;
    enum term_key key;
} described_keys[] = {
    {"kcuu1", TK_UP},     {"kcud1", TK_DOWN},   {"kcub1", TK_LEFT},      {"kcuf1", TK_RIGHT},
    {"khome", TK_HOME},   {"kend", TK_END},     {"kpp", TK_PAGE_UP},     {"knp", TK_PAGE_DOWN},
    {"kich1", TK_INSERT}, {"kdch1", TK_DELETE}, {"kcbt", TK_BACKTAB},    {"kent", TK_ENTER},
    {"kf1", TK_F(1)},     {"kf2", TK_F(2)},     {"kf3", TK_F(3)},        {"kf4", TK_F(4)},
    {"kf5", TK_F(5)},     {"kf6", TK_F(6)},     {"kf7", TK_F(7)},        {"kf8", TK_F(8)},
    {"kf9", TK_F(9)},     {"kf10", TK_F(10)},   {"kf11", TK_F(11)},      {"kf12", TK_F(12)},
    {"kHOM5", TK_FIRST},  {"kEND5", TK_LAST},   {"kLFT5", TK_WORD_LEFT}, {"kRIT5", TK_WORD_RIGHT},
};

static struct decode_key *described(void)
{
    struct decode_key *keys = xcalloc(ARRAY_SIZE(described_keys) + 1, sizeof *keys);
    size_t count = 0;

    for (size_t i = 0; i < ARRAY_SIZE(described_keys); i++) {
        char capability[8];
        snprintf(capability, sizeof capability, "%s", described_keys[i].capability);
        const char *bytes = tigetstr(capability);
        /* Two bytes of Esc and a digit are ours: the twins of the F-keys. */
        if (bytes && bytes != (char *)-1 && bytes[0] == '\x1B' && bytes[1] && bytes[2])
            keys[count++] = (struct decode_key){bytes, described_keys[i].key};
    }
    return keys;
}

static bool open_device(struct terminal *term, struct error *err)
{
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        term->fd = STDIN_FILENO;
    else
        term->fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    term->own_fd = term->fd > STDERR_FILENO;
    if (term->fd < 0 || tcgetattr(term->fd, &term->before) != 0)
        return error_set(err, ERROR_FAILED,
                         _("no terminal: the screens need one; "
                           "the commands do not (amparo help)"));
    return true;
}

static bool open_screen(struct terminal *term, struct error *err)
{
    const char *type = getenv("TERM");
    int memory = memfd_create("amparo-screen", MFD_CLOEXEC);

    if (memory < 0 || !(term->memory = fdopen(memory, "w+")))
        return error_set(err, ERROR_FAILED, "memfd_create: %s", strerror(errno));
    if (!(term->keys_of = fopen("/dev/null", "re")))
        return error_set(err, ERROR_FAILED, "/dev/null: %s", strerror(errno));
    /* ncurses cannot ask a file for its size, and not all descriptions (linux) have one. */
    setenv("LINES", "24", 1);
    setenv("COLUMNS", "80", 1);
    if (type && *type)
        term->screen = newterm(NULL, term->memory, term->keys_of);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    if (term->screen && cursor_address)
        return true;
    if (term->screen) /* nothing is sent to what cannot understand it */
        delscreen(term->screen);
    term->screen = NULL;
    return error_set(err, ERROR_FAILED,
                     _("the terminal type \"%s\" (TERM) is unknown here or cannot move its "
                       "cursor; amparo --linear FILE asks line by line on any terminal, and "
                       "TERM=vt220 is understood by most"),
                     type ? type : "");
}

/* Everything that the terminal is told at the start and again after a suspension. */
static void enter(struct terminal *term)
{
    own_modes(term);
    take_size(term);
    refresh();
    /* It goes out with the first paint. */
    if (write(fileno(term->memory), TERM_PASTE_ON, strlen(TERM_PASTE_ON)) < 0)
        term->gone = true;
}

/* A line that Ctrl-S stopped goes on: what stands there must go, and who would press Ctrl-Q? */
static void start_again(const struct terminal *term)
{
    struct termios mode;

    if (term_can_send(term, STOPPED_MS) || tcgetattr(term->fd, &mode) != 0)
        return;
    mode.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(term->fd, TCSANOW, &mode);
}

/*
 * Nothing of ours stays in the terminal's memory: the screen is emptied, and on a terminal that has
 * no other one for programs also what was scrolled off it, which may be ours.
 */
static void leave(struct terminal *term)
{
    char *scrolled = enter_ca_mode ? NULL : tigetstr("E3");

    start_again(term);
    erase();
    refresh();
    endwin();
    term_send(term, TERM_PASTE_OFF);
    if (scrolled && scrolled != (char *)-1)
        term_send(term, scrolled);
    if (!term->handing_on)
        tcsetattr(term->fd, TCSADRAIN, &term->before);
}

struct terminal *term_open(enum term_line line, struct error *err)
{
    return term_take_over(line, NULL, err);
}

struct terminal *term_take_over(enum term_line line, const struct buf *before, struct error *err)
{
    struct terminal *term = xcalloc(1, sizeof *term);

    term->signal_fd = term->watched = -1;
    if (!open_device(term, err) || !open_screen(term, err)) {
        term_close(term);
        return NULL;
    }
    if (before && before->size == sizeof term->before)
        memcpy(&term->before, before->data, sizeof term->before);
    term->plain = choose_plain(term, line);
    term->keys = described();
    decoder_init(&term->decoder, term->keys);
    term->signal_fd = caught_begin(caught, ARRAY_SIZE(caught), &term->mask_before);
    term_make_cheap(term);
    idlok(stdscr, TRUE);
    term_start_looks(term);
    endwin(); /* after this and a refresh() ncurses gathers its bytes */
    term_forget(term);
    term_expect_crash(term);
    enter(term);
    return term;
}

void term_paint(struct terminal *term)
{
    if (!term->due)
        term->due_since = clock_steady_ms();
    term->due = true;
}

void term_paint_now(struct terminal *term)
{
    if (!term->gone && term_can_send(term, 0))
        term_paint_due(term);
    else
        term_paint(term);
}

void term_redraw(struct terminal *term)
{
    (void)term;
    clearok(curscr, TRUE);
}

void term_suspend(struct terminal *term)
{
    leave(term);
    caught_stop();
    clearok(curscr, TRUE);
    enter(term);
}

/* True where a signal is an event. */
static bool take_signal(struct terminal *term, struct term_event *event)
{
    struct signalfd_siginfo info;

    if (read(term->signal_fd, &info, sizeof info) != sizeof info)
        return false;
    switch (info.ssi_signo) {
    case SIGINT:
        *event = (struct term_event){.kind = TERM_KEY, .key = TK_CANCEL};
        return true;
    case SIGTSTP:
        *event = (struct term_event){.kind = TERM_SUSPEND};
        return true;
    case SIGWINCH:
        take_size(term);
        break;
    case SIGHUP:
        term->gone = true;
        *event = (struct term_event){.kind = TERM_HANGUP};
        return true;
    default: /* told to end: the terminal is still there, and is given back */
        term->told = true;
        *event = (struct term_event){.kind = TERM_HANGUP};
        return true;
    }
    *event = (struct term_event){.kind = TERM_RESIZE};
    return true;
}

/* Takes what the terminal has sent; false where it is gone. */
static bool take_input(struct terminal *term)
{
    char bytes[4096];
    ssize_t size = read(term->fd, bytes, sizeof bytes);

    if (size > 0)
        decoder_feed(&term->decoder, bytes, (size_t)size, clock_steady_ms());
    explicit_bzero(bytes, sizeof bytes);
    return size > 0 || (size < 0 && (errno == EINTR || errno == EAGAIN));
}

static int sooner(int one, int64_t other)
{
    if (other < 0)
        other = 0;
    return one < 0 || other < one ? (int)other : one;
}

/* Silence after a question: paint on. Asked again is only who has answered before, and once: one
 * answer may get lost on a line. */
static void give_up_asking(struct terminal *term)
{
    term->asking = false;
    term->never = !term->answers || ++term->silences > 1;
}

/* Paints when it is time to; returns how long the wait may be at most, -1 for ever. */
static int paint_if_due(struct terminal *term, int wait)
{
    if (term->asking && clock_steady_ms() - term->asked >= ASK_SILENCE_MS)
        give_up_asking(term);
    if (term->asking)
        return sooner(wait, term->asked + ASK_SILENCE_MS - clock_steady_ms());
    term->stopped = term->due && !term_can_send(term, 0);
    if (term->due && !term->stopped)
        term_paint_due(term);
    return wait;
}

static void take_answer(struct terminal *term)
{
    term->asking = false;
    term->answers = true;
    term->silences = 0;
    term->never = false;
}

/* One event that is there already, without waiting. */
static bool decoded_event(struct terminal *term, struct term_event *event, int *wait)
{
    while (decoder_next(&term->decoder, clock_steady_ms(), event, wait)) {
        if (event->kind != TERM_ANSWER)
            return true;
        take_answer(term);
    }
    return false;
}

/*
 * The next event before the answer that is awaited; false: it has come, or comes no more. What is
 * behind it is left for who reads on.
 */
static bool before_answer(struct terminal *term, struct term_event *event)
{
    while (term->asking && !term->gone && !term->told) {
        int64_t left = term->asked + ASK_SILENCE_MS - clock_steady_ms();
        int held = -1;
        if (held_take(&term->held, event))
            return true;
        if (decoder_next(&term->decoder, clock_steady_ms(), event, &held)) {
            if (event->kind != TERM_ANSWER)
                return true;
            take_answer(term);
        } else if (left <= 0) {
            give_up_asking(term);
        } else {
            struct pollfd ready[] = {{term->fd, POLLIN, 0}, {term->signal_fd, POLLIN, 0}};
            poll(ready, ARRAY_SIZE(ready), sooner(held, left));
            if (ready[1].revents && take_signal(term, event))
                return true;
            if (ready[0].revents && !take_input(term))
                term->gone = true;
        }
    }
    return false;
}

/* The answer to our last question must not reach the shell as if it had been typed. */
static void await_answer(struct terminal *term)
{
    struct term_event dropped;

    while (before_answer(term, &dropped))
        ;
}

void term_close(struct terminal *term)
{
    if (!term)
        return;
    if (term->screen) {
        term->due = term->told = false;
        await_answer(term);
        leave(term);
        term_expect_no_crash();
        delscreen(term->screen);
    }
    if (term->memory)
        fclose(term->memory);
    if (term->keys_of)
        fclose(term->keys_of);
    if (term->signal_fd >= 0)
        caught_end(term->signal_fd, &term->mask_before);
    if (term->own_fd)
        close(term->fd);
    decoder_release(&term->decoder);
    held_clear(&term->held);
    free(term->keys);
    free(term);
}

void term_hand_on(struct terminal *term, struct buf *before)
{
    buf_add(before, &term->before, sizeof term->before);
    term->handing_on = true;
    term_close(term);
}

/* The same, where `later` all but what gives up is left for the next reader. */
static bool take_event(struct terminal *term, struct term_event *event, int *wait, bool later)
{
    if (!later && held_take(&term->held, event))
        return true;
    while (decoded_event(term, event, wait)) {
        if (!later || event->kind == TERM_SUSPEND ||
            (event->kind == TERM_KEY && event->key == TK_CANCEL))
            return true;
        held_add(&term->held, event);
    }
    return false;
}

static void wait_for_event(struct terminal *term, struct term_event *event, int timeout_ms,
                           bool later)
{
    int64_t end = timeout_ms < 0 ? -1 : clock_steady_ms() + timeout_ms;

    while (!term->gone && !term->told) {
        int held = -1;
        bool late = term->due && clock_steady_ms() - term->due_since >= PAINT_DUE_MS;
        if (late)
            paint_if_due(term, -1);
        if (take_event(term, event, &held, later))
            return;
        struct pollfd ready[] = {
            {term->fd, POLLIN, 0}, {term->signal_fd, POLLIN, 0}, {term->watched, POLLIN, 0}};
        if (poll(ready, ARRAY_SIZE(ready), 0) == 0) {
            int wait = paint_if_due(term, held);
            if (end >= 0)
                wait = sooner(wait, end - clock_steady_ms());
            if (term->gone)
                break;
            if (term->stopped)
                ready[0].events |= POLLOUT;
            poll(ready, ARRAY_SIZE(ready), wait);
        }
        if (ready[1].revents && take_signal(term, event))
            return;
        if (ready[2].revents) {
            *event = (struct term_event){.kind = TERM_READY};
            return;
        }
        if ((ready[0].revents & ~POLLOUT) && !take_input(term))
            term->gone = true;
        else if (!ready[0].revents && end >= 0 && clock_steady_ms() >= end) {
            *event = (struct term_event){.kind = TERM_TIMEOUT};
            return;
        }
    }
    *event = (struct term_event){.kind = TERM_HANGUP};
}

void term_read(struct terminal *term, struct term_event *event, int timeout_ms)
{
    wait_for_event(term, event, timeout_ms, false);
}

void term_await(struct terminal *term, struct term_event *event, int timeout_ms)
{
    wait_for_event(term, event, timeout_ms, true);
}

void term_watch(struct terminal *term, int fd)
{
    term->watched = fd;
}

bool term_has_typed(struct terminal *term)
{
    struct term_event event;
    struct pollfd ready = {term->fd, POLLIN, 0};
    int wait;

    while (poll(&ready, 1, 0) > 0 && take_input(term))
        ;
    while (decoded_event(term, &event, &wait))
        held_add(&term->held, &event);
    return term->held.first < term->held.count;
}

bool term_has_key(const struct terminal *term, enum term_key key)
{
    char capability[8];

    (void)term;
    snprintf(capability, sizeof capability, "kf%d", (int)(key - TK_F1) + 1);
    const char *bytes = tigetstr(capability);
    return bytes && bytes != (char *)-1;
}

/*
 * Forgets what was typed until the answer that is awaited; all of what is there where none is. What
 * happened to the terminal is kept, and what is behind the answer stays.
 */
static void forget_typed(struct terminal *term, struct held_events *kept)
{
    struct term_event event = {.kind = TERM_KEY};
    bool awaited = term->asking;

    while (!term->gone && event.kind != TERM_TIMEOUT) {
        if (!awaited)
            term_read(term, &event, 0);
        else if (!before_answer(term, &event))
            return;
        if (event.kind == TERM_RESIZE || event.kind == TERM_SUSPEND)
            held_add(kept, &event);
    }
}

void term_flush(struct terminal *term)
{
    struct held_events kept = {NULL, 0, 0};
    struct term_event event;

    if (term->asking) /* of a paint before */
        forget_typed(term, &kept);
    term->must_ask = true;
    term_paint_now(term);
    forget_typed(term, &kept);
    while (held_take(&kept, &event))
        held_add(&term->held, &event);
}
