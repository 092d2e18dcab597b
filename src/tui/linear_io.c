/* SPDX-License-Identifier: MIT */
/* Lines in and out, and the signals that come between. */
#include "linear_work.h"

#include <errno.h>
#include <poll.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "amparo/base/clock.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/caught.h"

enum { WIDTH = 80, ROWS = 60, MEANWHILE_MS = 5000 };

static const int caught[] = {SIGHUP, SIGINT, SIGTERM, SIGTSTP};

/* What the environment says of the terminal, whatever the program itself works in. */
static bool is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
    }
    return false;
}

struct linear *linear_open(void)
{
    struct linear *l = xcalloc(1, sizeof *l);

    if (sodium_init() < 0 || !(l->line = sodium_malloc(LINEAR_LINE)))
        BUG("no locked memory");
    l->line[0] = '\0';
    l->in = STDIN_FILENO;
    l->out = STDOUT_FILENO;
    l->watched = -1;
    l->tty = tcgetattr(l->in, &l->before) == 0;
    l->utf8 = is_utf8();
    l->signal_fd = caught_begin(caught, ARRAY_SIZE(caught), &l->mask_before);
    return l;
}

static void show_typing(struct linear *l, bool shown)
{
    struct termios mode = l->before;

    if (!l->tty || l->quiet == !shown)
        return;
    l->quiet = !shown;
    mode.c_lflag |= ICANON | ECHO;
    if (!shown)
        mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    tcsetattr(l->in, TCSADRAIN, &mode);
}

void linear_close(struct linear *l)
{
    if (l->dangling)
        linear_put(l, "");
    if (l->tty)
        tcsetattr(l->in, TCSADRAIN, &l->before);
    caught_end(l->signal_fd, &l->mask_before);
    linear_choice_drop(&l->choice);
    linear_forget_shown(l);
    free(l->asked);
    sodium_free(l->line);
    free(l);
}

/* ---- out ---- */

static void write_all(struct linear *l, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(l->out, bytes, size);
        if (done < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (done < 0) {
            l->ended = true;
            return;
        }
        bytes += done;
        size -= (size_t)done;
    }
}

static int width_of(const struct linear *l)
{
    struct winsize size;

    if (ioctl(l->out, TIOCGWINSZ, &size) != 0)
        return 0; /* no terminal: who reads wraps */
    return size.ws_col > 10 ? size.ws_col - 1 : WIDTH - 1;
}

/* Nothing goes out raw. */
static void add_shown(const struct linear *l, struct buf *out, const char *text, size_t size)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, text, size);
    if (l->utf8)
        buf_add(out, buf_text(&shown), shown.size);
    else
        text_ascii(out, buf_text(&shown));
    buf_release(&shown);
}

void linear_put(struct linear *l, const char *text)
{
    struct buf out = BUF_INIT;
    int width = width_of(l);
    size_t taken, shown;

    if (l->dangling)
        buf_addc(&out, '\n');
    l->dangling = false;
    if (!*text && !out.size)
        buf_addc(&out, '\n');
    for (; *text && (taken = text_wrap(text, width ? width : 1 << 20, &shown)); text += taken) {
        add_shown(l, &out, text, shown);
        buf_addc(&out, '\n');
    }
    write_all(l, buf_text(&out), out.size);
    buf_release(&out);
}

void linear_ask(struct linear *l, const char *text, bool secret)
{
    struct buf out = BUF_INIT;

    if (l->dangling)
        buf_addc(&out, '\n');
    add_shown(l, &out, text, strlen(text));
    buf_addc(&out, ' ');
    show_typing(l, !secret);
    write_all(l, buf_text(&out), out.size);
    l->dangling = true;
    buf_release(&out);
}

void linear_say_meanwhile(struct linear *l, const char *text)
{
    int64_t now = clock_steady_ms();

    if (!*text || (l->meanwhile && now - l->meanwhile < MEANWHILE_MS))
        return;
    linear_put(l, text);
    l->meanwhile = now;
}

void linear_conceal(struct linear *l)
{
    struct winsize size;
    struct buf lines = BUF_INIT;

    if (ioctl(l->out, TIOCGWINSZ, &size) != 0)
        return;
    for (int i = 0; i < (size.ws_row ? size.ws_row : ROWS); i++)
        buf_addc(&lines, '\n');
    write_all(l, buf_text(&lines), lines.size);
    buf_release(&lines);
    l->dangling = false;
}

/* ---- in ---- */

void linear_forget_line(struct linear *l)
{
    sodium_memzero(l->line, LINEAR_LINE);
    l->length = 0;
    l->cut = false;
}

/* True where the line is whole. Byte by byte: what follows it is for the next reader. */
static bool take_byte(struct linear *l)
{
    char byte;
    ssize_t got = read(l->in, &byte, 1);

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    if (got <= 0) {
        l->ended = true;
        return l->length > 0;
    }
    if (byte == '\n')
        return true;
    if (l->length + 1 < LINEAR_LINE)
        l->line[l->length++] = byte;
    else
        l->cut = true;
    sodium_memzero(&byte, 1);
    return false;
}

/* The line is read: the cursor of a terminal is at the start of the next one, a pipe's is not. */
static void end_line(struct linear *l)
{
    if (l->length && l->line[l->length - 1] == '\r')
        l->length--;
    l->line[l->length] = '\0';
    if (l->dangling && (!l->tty || l->quiet))
        write_all(l, "\n", 1);
    l->dangling = false;
    l->meanwhile = 0;
}

static bool take_signal(struct linear *l, struct term_event *event)
{
    struct signalfd_siginfo info;

    if (read(l->signal_fd, &info, sizeof info) != sizeof info)
        return false;
    if (info.ssi_signo == SIGINT) {
        linear_forget_line(l);
        *event = (struct term_event){.kind = TERM_KEY, .key = TK_CANCEL};
    } else if (info.ssi_signo == SIGTSTP) {
        *event = (struct term_event){.kind = TERM_SUSPEND};
    } else {
        l->ended = true;
        *event = (struct term_event){.kind = TERM_HANGUP};
    }
    return true;
}

/* With `keys` a line is what one waits for; without, only what gives up. */
static bool wait_for(struct linear *l, struct term_event *event, int timeout_ms, bool keys)
{
    int64_t end = timeout_ms < 0 ? -1 : clock_steady_ms() + timeout_ms;

    while (!l->ended) {
        struct pollfd ready[] = {
            {l->signal_fd, POLLIN, 0}, {l->watched, POLLIN, 0}, {keys ? l->in : -1, POLLIN, 0}};
        int64_t left = end < 0 ? -1 : end > clock_steady_ms() ? end - clock_steady_ms() : 0;
        poll(ready, ARRAY_SIZE(ready), (int)left);
        if (ready[0].revents && take_signal(l, event))
            return false;
        if (ready[1].revents) {
            *event = (struct term_event){.kind = TERM_READY};
            return false;
        }
        if (ready[2].revents) {
            if (!take_byte(l))
                continue;
            end_line(l);
            return true;
        }
        if (end >= 0 && clock_steady_ms() >= end) {
            *event = (struct term_event){.kind = TERM_TIMEOUT};
            return false;
        }
    }
    *event = (struct term_event){.kind = TERM_HANGUP};
    return false;
}

bool linear_read(struct linear *l, struct term_event *event, int timeout_ms)
{
    return wait_for(l, event, timeout_ms, true);
}

void linear_await(struct linear *l, struct term_event *event, int timeout_ms)
{
    wait_for(l, event, timeout_ms, false);
}

void linear_watch(struct linear *l, int fd)
{
    l->watched = fd;
}

void linear_flush(struct linear *l)
{
    if (!l->tty)
        return;
    tcflush(l->in, TCIFLUSH);
    linear_forget_line(l);
}

void linear_suspend(struct linear *l)
{
    tcsetattr(l->in, TCSADRAIN, &l->before);
    caught_stop();
    l->quiet = false;
}
