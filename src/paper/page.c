/* SPDX-License-Identifier: MIT */
#include "amparo/paper/page.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* Lines of a page at six to the inch, without half an inch above and below. */
static const struct {
    const char *name;
    size_t lines;
} sizes[] = {
    [PAPER_LETTER] = {"letter", 60},
    [PAPER_A4] = {"a4", 64},
};

enum {
    HEAD_LINES = 2, /* running title and an empty line, from the second page on */
    FOOT_LINES = 2, /* an empty line and the number of the page */
    GAP = 2,        /* between the columns of a table */
    MOST_COLUMNS = 12,
};

bool paper_size_parse(const char *name, enum paper_size *size)
{
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
        if (strcmp(sizes[i].name, name) == 0) {
            *size = (enum paper_size)i;
            return true;
        }
    return false;
}

void paper_init(struct paper *p)
{
    memset(p, 0, sizeof *p);
    buf_init(&p->title);
    buf_init(&p->mark);
    buf_init(&p->pages);
    buf_init(&p->witness);
    p->width = PAPER_COLUMNS;
}

void paper_release(struct paper *p)
{
    for (size_t i = 0; i < p->count; i++) {
        explicit_bzero(p->lines[i].text, strlen(p->lines[i].text));
        free(p->lines[i].text);
    }
    free(p->lines);
    buf_release(&p->title);
    buf_release(&p->mark);
    buf_release(&p->pages);
    buf_release(&p->witness);
    memset(p, 0, sizeof *p);
}

void paper_margins(struct paper *p, int left, int width)
{
    p->left = left;
    p->width = width;
}

static void blanks(struct buf *out, int count)
{
    while (count-- > 0)
        buf_addc(out, ' ');
}

/* Adds a finished line; blanks at its end are dropped. */
static void add_line(struct paper *p, const struct buf *text)
{
    const char *line = buf_text(text);
    size_t size = text->size;

    while (size && line[size - 1] == ' ')
        size--;
    if (p->count == p->room) {
        p->room = p->room ? p->room * 2 : 64;
        p->lines = xreallocarray(p->lines, p->room, sizeof *p->lines);
    }
    p->lines[p->count++] = (struct paper_line){.text = xstrndup(line, size)};
}

/* One line at the given distance from the left edge. */
static void add_at(struct paper *p, int left, const char *text, size_t size)
{
    struct buf line = BUF_INIT;

    blanks(&line, left);
    text_shown(&line, text, size);
    add_line(p, &line);
    buf_release(&line);
}

static void wrap_at(struct paper *p, int left, int width, const char *text)
{
    size_t shown = 0, taken;

    while ((taken = text_wrap(text, width, &shown)) > 0) {
        add_at(p, left, text, shown);
        text += taken;
    }
}

void paper_paragraph(struct paper *p, const char *text)
{
    wrap_at(p, p->left, p->width, text);
}

void paper_labelled(struct paper *p, const char *label, int label_cells, const char *text)
{
    struct buf line = BUF_INIT;
    size_t shown = 0, taken = 0;
    int left = p->left + label_cells, width = p->width - label_cells;

    blanks(&line, p->left);
    if (text_cells(label) < label_cells) {
        text_pad(&line, label, label_cells);
        taken = text_wrap(text, width, &shown);
        text_shown(&line, text, shown);
    } else {
        text_shown(&line, label, strlen(label));
    }
    add_line(p, &line);
    if (text[taken])
        paper_keep(p);
    wrap_at(p, left, width, text + taken);
    buf_release(&line);
}

void paper_ends(struct paper *p, const char *left, const char *right)
{
    struct buf line = BUF_INIT;
    int gap = p->width - text_cells(left) - text_cells(right);

    if (gap < GAP) {
        paper_paragraph(p, left);
        paper_keep(p);
        paper_right(p, right);
        return;
    }
    blanks(&line, p->left);
    text_shown(&line, left, strlen(left));
    blanks(&line, gap);
    text_shown(&line, right, strlen(right));
    add_line(p, &line);
    buf_release(&line);
}

/* Each wrapped line is moved right by its share of what is left over. */
static void aligned(struct paper *p, const char *text, int share)
{
    size_t shown = 0, taken;

    while ((taken = text_wrap(text, p->width, &shown)) > 0) {
        add_at(p, p->left + (p->width - text_cells_n(text, shown)) / share, text, shown);
        text += taken;
    }
}

void paper_right(struct paper *p, const char *text)
{
    aligned(p, text, 1);
}

void paper_centred(struct paper *p, const char *text)
{
    aligned(p, text, 2);
}

void paper_rule(struct paper *p)
{
    struct buf line = BUF_INIT;

    blanks(&line, p->left);
    for (int i = 0; i < p->width; i++)
        buf_addc(&line, '-');
    add_line(p, &line);
    buf_release(&line);
}

void paper_blank(struct paper *p)
{
    struct buf empty = BUF_INIT;

    if (p->count && *p->lines[p->count - 1].text)
        add_line(p, &empty);
}

void paper_heading(struct paper *p, const char *text)
{
    paper_blank(p);
    paper_paragraph(p, text);
    paper_keep(p);
}

void paper_new_page(struct paper *p)
{
    struct buf empty = BUF_INIT;

    if (p->count && *p->lines[p->count - 1].text)
        add_line(p, &empty);
    if (p->count)
        p->lines[p->count - 1].last = true;
}

void paper_keep(struct paper *p)
{
    if (p->count)
        p->lines[p->count - 1].keep = true;
}

void paper_keep_from(struct paper *p, size_t from)
{
    for (; from < p->count; from++)
        p->lines[from].keep = true;
}

void paper_drawing(struct paper *p, const char *lines)
{
    size_t from = p->count;

    while (*lines) {
        size_t size = strcspn(lines, "\n");
        add_at(p, p->left, lines, size);
        lines += size + (lines[size] == '\n');
    }
    for (; from + 1 < p->count; from++)
        p->lines[from].one = true;
}

void paper_row(struct paper *p, size_t columns, const int *cells, const char *const *texts)
{
    const char *rest[MOST_COLUMNS];
    bool more;

    if (columns > MOST_COLUMNS)
        BUG("a table of too many columns");
    memcpy(rest, texts, columns * sizeof *rest);
    do {
        struct buf line = BUF_INIT;
        more = false;
        blanks(&line, p->left);
        for (size_t i = 0; i < columns; i++) {
            struct buf part = BUF_INIT;
            size_t shown = 0, taken = text_wrap(rest[i], cells[i], &shown);
            buf_add(&part, rest[i], shown);
            text_pad(&line, buf_text(&part), cells[i]);
            blanks(&line, GAP);
            rest[i] += taken;
            more = more || *rest[i];
            buf_release(&part);
        }
        add_line(p, &line);
        if (more)
            paper_keep(p);
        buf_release(&line);
    } while (more);
}

/* Where the page that begins with line `from` ends: at most `room` lines further. */
static size_t page_end(const struct paper *p, size_t from, size_t room)
{
    size_t end = from;

    while (end < p->count && end - from < room) {
        if (p->lines[end++].last)
            return end;
    }
    if (end == p->count)
        return end;

    /* Not within a drawing, where a page has room for it. */
    size_t whole = end;
    while (whole > from && p->lines[whole - 1].one)
        whole--;
    end = whole > from ? whole : end;

    /* Not between lines that belong together, unless that leaves the page half empty. */
    size_t cut = end;
    while (cut > from + room / 2 && p->lines[cut - 1].keep)
        cut--;
    return cut > from + room / 2 ? cut : end;
}

/* No page begins with empty lines. */
static size_t page_begin(const struct paper *p, size_t from)
{
    while (from < p->count && !*p->lines[from].text)
        from++;
    return from;
}

static size_t body_room(size_t lines, size_t page)
{
    return lines - FOOT_LINES - (page ? HEAD_LINES : 0);
}

static size_t count_pages(const struct paper *p, size_t lines)
{
    size_t pages = 0;

    for (size_t at = page_begin(p, 0); at < p->count;
         at = page_begin(p, page_end(p, at, body_room(lines, pages - 1))))
        pages++;
    return pages ? pages : 1;
}

/* A line of two ends over the whole width of the paper, the left one cut where it must be. */
static void running_line(struct buf *out, const char *left, const char *right)
{
    struct buf line = BUF_INIT;
    int room = PAPER_COLUMNS - text_cells(right);

    if (*right && room > GAP) {
        text_pad(&line, left, room - GAP);
        blanks(&line, GAP);
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

void paper_text(const struct paper *p, enum paper_size size, struct buf *out)
{
    size_t lines = sizes[size].lines, pages = count_pages(p, lines);
    size_t at = page_begin(p, 0);

    for (size_t page = 0; page < pages; page++) {
        size_t room = body_room(lines, page), end = page_end(p, at, room), used = end - at;
        struct buf number = BUF_INIT;
        if (page) {
            buf_addc(out, '\f');
            running_line(out, buf_text(&p->title), buf_text(&p->mark));
            buf_addc(out, '\n');
        }
        for (; at < end; at++) {
            buf_adds(out, p->lines[at].text);
            buf_addc(out, '\n');
        }
        /* The foot of the last page follows its text: nobody pages through empty lines. */
        for (; page + 1 < pages && used < room; used++)
            buf_addc(out, '\n');
        buf_addc(out, '\n');
        if (p->witness.size)
            buf_addf(&number, "%s  ", buf_text(&p->witness));
        buf_addf(&number, p->pages.size ? buf_text(&p->pages) : "%zu / %zu", page + 1, pages);
        running_line(out, buf_text(&p->title), buf_text(&number));
        buf_release(&number);
        at = page_begin(p, end);
    }
}
