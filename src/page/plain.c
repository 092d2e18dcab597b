/* SPDX-License-Identifier: MIT */
/* The lines of a document as pages. */
#include "amparo/page/plain.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "plain_parts.h"

/* Lines of a page at six to the inch, without half an inch above and below. */
static const size_t page_lines[] = {[PAPER_LETTER] = 60, [PAPER_A4] = 64};

enum {
    HEAD_LINES = 2, /* running title and an empty line, from the second page on */
    FOOT_LINES = 2, /* an empty line and the number of the page */
    GAP = 2,        /* between the two ends of such a line */
};

/* ---- pages ---- */

/* Where the page that begins with line `from` ends: at most `room` lines further. */
static size_t page_end(const struct plain *out, size_t from, size_t room)
{
    size_t end = from;

    while (end < out->count && end - from < room) {
        if (out->lines[end++].last)
            return end;
    }
    if (end == out->count)
        return end;

    /* Not within a drawing, where a page has room for it. */
    size_t whole = end;
    while (whole > from && out->lines[whole - 1].one)
        whole--;
    end = whole > from ? whole : end;

    /* Not between lines that belong together, unless that leaves the page half empty. */
    size_t cut = end;
    while (cut > from + room / 2 && out->lines[cut - 1].keep)
        cut--;
    return cut > from + room / 2 ? cut : end;
}

/* No page begins with empty lines. */
static size_t page_begin(const struct plain *out, size_t from)
{
    while (from < out->count && !*out->lines[from].text)
        from++;
    return from;
}

struct page {
    size_t from, end; /* lines */
    size_t heads;     /* lines of the head of a table that goes on, before them */
    size_t room;      /* lines for all of them */
};

/* Not where the title says so. */
static bool needs_draft(const struct paper *p)
{
    return p->draft.size && !strstr(buf_text(&p->title), buf_text(&p->draft));
}

/* The first page says the rest itself. */
static size_t head_lines(const struct paper *p, bool first)
{
    return !first || needs_draft(p) ? HEAD_LINES : 0;
}

static struct page page_at(const struct plain *out, size_t from, size_t lines, bool first)
{
    struct page page = {.from = page_begin(out, from)};

    page.room = lines - FOOT_LINES - head_lines(out->p, first) - (out->p->printed.size ? 1 : 0);
    if (page.from < out->count && out->lines[page.from].rows < page.room / 2)
        page.heads = out->lines[page.from].rows;
    page.end = page_end(out, page.from, page.room - page.heads);
    return page;
}

static size_t count_pages(const struct plain *out, size_t lines)
{
    size_t pages = 0;

    for (size_t at = page_begin(out, 0); at < out->count; pages++) {
        struct page page = page_at(out, at, lines, pages == 0);
        at = page_begin(out, page.end);
    }
    return pages ? pages : 1;
}

/* A line of two ends over the whole width of the paper, the left one cut where it must be. */
static void running_line(struct buf *out, const char *left, const char *right)
{
    struct buf line = BUF_INIT;
    int room = PAPER_COLUMNS - text_cells(right);

    if (*right && room > GAP) {
        text_pad(&line, left, room - GAP);
        buf_addf(&line, "%*s", GAP, "");
    } else {
        text_shown(&line, left, text_fit(left, PAPER_COLUMNS));
    }
    text_shown(&line, right, strlen(right));
    while (line.size && line.data[line.size - 1] == ' ')
        buf_cut(&line, line.size - 1);
    buf_adds(out, buf_text(&line));
    buf_addc(out, '\n');
    buf_release(&line);
}

static void put_head(const struct paper *p, size_t number, struct buf *out)
{
    struct buf marks = BUF_INIT;

    if (number)
        buf_addc(out, '\f');
    if (needs_draft(p))
        paper_marks(p, &marks);
    else
        buf_adds(&marks, buf_text(&p->mark));
    if (number)
        running_line(out, buf_text(&p->title), buf_text(&marks));
    else if (needs_draft(p))
        running_line(out, "", buf_text(&p->draft));
    if (head_lines(p, !number))
        running_line(out, number ? buf_text(&p->over) : "", "");
    buf_release(&marks);
}

static void put_foot(const struct paper *p, size_t number, size_t pages, struct buf *out)
{
    struct buf right = BUF_INIT;

    buf_addc(out, '\n');
    if (p->witness.size)
        buf_addf(&right, "%s  ", buf_text(&p->witness));
    paper_number(p, number, pages, &right);
    running_line(out, buf_text(&p->title), buf_text(&right));
    if (p->printed.size)
        running_line(out, buf_text(&p->printed), "");
    buf_release(&right);
}

static void put_lines(const struct plain *plain, size_t from, size_t end, struct buf *out)
{
    for (; from < end; from++) {
        buf_adds(out, plain->lines[from].text);
        buf_addc(out, '\n');
    }
}

static void put_pages(const struct plain *plain, size_t lines, struct buf *out)
{
    size_t pages = count_pages(plain, lines), at = page_begin(plain, 0);

    for (size_t number = 0; number < pages; number++) {
        struct page page = page_at(plain, at, lines, number == 0);
        size_t used = page.heads + page.end - page.from;
        put_head(plain->p, number, out);
        if (page.heads) {
            size_t head = plain->lines[page.from].head;
            put_lines(plain, head, head + page.heads, out);
        }
        put_lines(plain, page.from, page.end, out);
        /* The foot of the last page follows its text: nobody pages through empty lines. */
        for (; number + 1 < pages && used < page.room; used++)
            buf_addc(out, '\n');
        put_foot(plain->p, number + 1, pages, out);
        at = page_begin(plain, page.end);
    }
}

static void put_all(struct plain *plain)
{
    for (size_t i = 0; i < plain->p->count; i++)
        plain_put(plain, &plain->p->blocks[i]);
}

static void release(struct plain *out)
{
    for (size_t i = 0; i < out->count; i++)
        free_wiped(out->lines[i].text);
    free(out->lines);
}

void paper_lines(const struct paper *p, struct buf *out)
{
    struct plain plain = {.p = p};

    put_all(&plain);
    put_lines(&plain, 0, plain.count, out);
    release(&plain);
}

void paper_text(const struct paper *p, enum paper_size size, struct buf *out)
{
    struct plain plain = {.p = p};

    put_all(&plain);
    put_pages(&plain, page_lines[size], out);
    release(&plain);
}

char *paper_string(const struct paper *p, enum paper_size size)
{
    struct buf out = BUF_INIT;

    paper_text(p, size, &out);
    return buf_detach(&out);
}
