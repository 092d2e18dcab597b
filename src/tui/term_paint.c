/* SPDX-License-Identifier: MIT */
/*
 * What goes out to the terminal: ncurses writes into a file in memory, and each paint leaves in one
 * write(), as few bytes as can be.
 */
#include "amparo/tui/term.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <term.h>

#include "amparo/base/clock.h"
#include "amparo/base/mem.h"
#include "term_work.h"

#define ASK "\x1B[5n"   /* DSR; the answer is ESC [ 0 n */
#define ASK_AFTER 120   /* bytes of paints that are worth a question */
#define SMALL_PAINT 32  /* a paint that even a slow line takes between two key presses */
#define LARGE_PAINT 200 /* may cost less from an empty screen */

bool term_can_send(const struct terminal *term, int wait_ms)
{
    struct pollfd line = {term->fd, POLLOUT, 0};

    return poll(&line, 1, wait_ms) != 0;
}

static void write_all(struct terminal *term, const char *bytes, size_t size)
{
    while (size > 0 && !term->gone) {
        ssize_t done = write(term->fd, bytes, size);
        if (done < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (done < 0) {
            term->gone = true;
            return;
        }
        bytes += done;
        size -= (size_t)done;
    }
}

static off_t in_memory(const struct terminal *term)
{
    return lseek(fileno(term->memory), 0, SEEK_END);
}

void term_forget(const struct terminal *term)
{
    if (ftruncate(fileno(term->memory), 0) == 0)
        lseek(fileno(term->memory), 0, SEEK_SET);
}

/* Appends the bytes [from, to) that ncurses has left in memory. */
static void add_written(const struct terminal *term, off_t from, off_t to, struct buf *out)
{
    if (to <= from)
        return;
    buf_reserve(out, (size_t)(to - from));
    ssize_t got = pread(fileno(term->memory), out->data + out->size, (size_t)(to - from), from);
    if (got > 0)
        out->size += (size_t)got;
    out->data[out->size] = '\0';
}

void term_send(struct terminal *term, const char *more)
{
    struct buf out = BUF_INIT;

    add_written(term, 0, in_memory(term), &out);
    term_forget(term);
    buf_adds(&out, more);
    write_all(term, buf_text(&out), out.size);
    buf_release(&out);
}

/* Whether this paint is one to wait for. */
static bool worth_asking(struct terminal *term, size_t size)
{
    if (size >= SMALL_PAINT)
        term->unasked += size;
    return (term->unasked >= ASK_AFTER || term->must_ask) && !term->never;
}

static char *described(const char *capability)
{
    char *text = tigetstr(capability);

    return text == (char *)-1 ? NULL : text;
}

static bool is_just(const char *capability, const char *text)
{
    const char *is = described(capability);

    return is && strcmp(is, text) == 0;
}

/*
 * ncurses never goes down by "\n", which a terminal line may turn into "\r\n", though VT does the
 * same on every ANSI terminal and is left alone; and up by three bytes where RI takes two (they
 * differ at the top row only, where nothing goes up). This halves what a move in a list costs. The
 * strings are ncurses' own copies of the description, changed in place.
 */
static void cheap_moves(void)
{
    if (!is_just("ri", "\x1BM"))
        return;
    if (is_just("cud1", "\n"))
        *described("cud1") = '\v';
    if (is_just("cuu1", "\x1B[A"))
        memcpy(described("cuu1"), "\x1BM", 3);
}

void term_make_cheap(struct terminal *term)
{
    cheap_moves();
    term->ansi = is_just("cup", "\x1B[%i%p1%d;%p2%dH") && is_just("csr", "\x1B[%i%p1%d;%p2%dr");
}

/* The size of the control sequence that the text begins with; 0: it does not. */
static size_t sequence_size(const char *text, size_t size)
{
    size_t at = 2;

    if (size < 3 || memcmp(text, "\x1B[", 2) != 0)
        return 0;
    while (at < size && (unsigned char)text[at] < '@')
        at++;
    return at < size ? at + 1 : 0;
}

/* The column need not be said where it is the first one, nor a region that is all of the screen. */
static void add_sequence(struct buf *out, const char *text, size_t size)
{
    char whole[24];

    snprintf(whole, sizeof whole, "\x1B[1;%dr", LINES);
    if (size == strlen(whole) && memcmp(text, whole, size) == 0) {
        buf_adds(out, "\x1B[r");
    } else if (size > 5 && memcmp(text + size - 3, ";1H", 3) == 0) {
        buf_add(out, text, size - 3);
        buf_addc(out, 'H');
    } else {
        buf_add(out, text, size);
    }
}

/* Appends a paint, without what an ANSI terminal knows by itself. */
static void add_shortened(struct buf *out, const struct buf *paint)
{
    for (size_t at = 0, size; at < paint->size; at += size) {
        const char *text = paint->data + at;
        size = sequence_size(text, paint->size - at);
        if (size) {
            add_sequence(out, text, size);
            continue;
        }
        const char *next = memchr(text + 1, '\x1B', paint->size - at - 1);
        size = next ? (size_t)(next - text) : paint->size - at;
        buf_add(out, text, size);
    }
}

/*
 * The same screen from an empty one, where that costs less: ncurses takes each row by itself, and
 * pays for all that has to go before something else can stand there. Both ways end in the same
 * state, cursor and attributes too, so that either can be sent.
 */
static void add_paint(const struct terminal *term, struct buf *out)
{
    off_t start = in_memory(term);
    bool whole = is_cleared(curscr);

    wnoutrefresh(stdscr);
    doupdate();
    off_t changes = in_memory(term), all = changes;
    if (changes - start >= LARGE_PAINT && !whole) {
        clearok(curscr, TRUE);
        wnoutrefresh(stdscr);
        doupdate();
        all = in_memory(term);
    }
    add_written(term, 0, start, out);
    if (all > changes && all - changes < changes - start)
        add_written(term, changes, all, out);
    else
        add_written(term, start, changes, out);
    term_forget(term);
}

void term_paint_due(struct terminal *term)
{
    struct buf paint = BUF_INIT, out = BUF_INIT;

    term->due = false;
    wmove(stdscr, term->row, term->col);
    add_paint(term, &paint);
    if (term->ansi)
        add_shortened(&out, &paint);
    else
        buf_add(&out, paint.data, paint.size);
    if (worth_asking(term, out.size)) {
        buf_adds(&out, ASK);
        term->asking = true;
        term->asked = clock_steady_ms();
        term->unasked = 0;
    }
    term->must_ask = false;
    write_all(term, buf_text(&out), out.size);
    buf_release(&paint);
    buf_release(&out);
}
