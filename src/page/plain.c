/* SPDX-License-Identifier: MIT */
#include "amparo/page/plain.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/page/grid.h"
#include "amparo/page/hold.h"

/* Lines of a page at six to the inch, without half an inch above and below. */
static const size_t page_lines[] = {[PAPER_LETTER] = 60, [PAPER_A4] = 64};

enum {
    HEAD_LINES = 2, /* running title and an empty line, from the second page on */
    FOOT_LINES = 2, /* an empty line and the number of the page */
    GAP = 2,        /* between the columns of a table */
    BAR_NAME = 44,  /* a chart: names, numbers, and bars of at most so many cells */
    BAR_NUMBER = 4,
    BAR = 24,
    TICK = 4, /* "[ ] " */
};

/* ---- lines ---- */

struct line {
    char *text;
    bool keep;         /* on the same page as the next line */
    bool one;          /* the same, however much of the page before stays empty */
    bool last;         /* of its page, wherever that is */
    size_t head, rows; /* the lines that head its table: the first, and how many */
};

struct plain {
    const struct paper *p;
    struct line *lines;
    size_t count, room;
    size_t head, rows, table; /* of the table that is being written */
    bool in_head;             /* the block before is of its head */
    int left, width;          /* of the block that is being written */
};

static void release(struct plain *out)
{
    for (size_t i = 0; i < out->count; i++)
        free_wiped(out->lines[i].text);
    free(out->lines);
}

static void blanks(struct buf *out, int count)
{
    while (count-- > 0)
        buf_addc(out, ' ');
}

/* Adds a finished line; blanks at its end are dropped. */
static void add_line(struct plain *out, const struct buf *text)
{
    const char *line = buf_text(text);
    size_t size = text->size;

    while (size && line[size - 1] == ' ')
        size--;
    if (out->count == out->room) {
        out->room = out->room ? out->room * 2 : 64;
        out->lines = xreallocarray(out->lines, out->room, sizeof *out->lines);
    }
    out->lines[out->count++] = (struct line){.text = xstrndup(line, size)};
}

/* One line at the given distance from the left edge. */
static void add_at(struct plain *out, int left, const char *text, size_t size)
{
    struct buf line = BUF_INIT;

    blanks(&line, left);
    text_shown(&line, text, size);
    add_line(out, &line);
    buf_release(&line);
}

static void wrap_at(struct plain *out, int left, int width, const char *text)
{
    size_t shown = 0, taken;

    while ((taken = hold_wrap(text, width, &shown)) > 0) {
        add_at(out, left, text, shown);
        text += taken;
    }
}

static void keep_last(struct plain *out)
{
    if (out->count)
        out->lines[out->count - 1].keep = true;
}

/* ---- blocks ---- */

/* Each wrapped line is moved right by its share of what is left over. */
static void put_aligned(struct plain *out, const char *text, enum block_align align)
{
    static const int share[] = {[ALIGN_CENTRE] = 2, [ALIGN_RIGHT] = 1};
    size_t shown = 0, taken;

    if (align == ALIGN_LEFT) {
        wrap_at(out, out->left, out->width, text);
        return;
    }
    while ((taken = hold_wrap(text, out->width, &shown)) > 0) {
        int over = out->width - text_cells_n(text, shown);
        add_at(out, out->left + over / share[align], text, shown);
        text += taken;
    }
}

static void put_labelled(struct plain *out, const char *label, int label_cells, const char *text)
{
    struct buf line = BUF_INIT;
    size_t shown = 0, taken = 0;
    int left = out->left + label_cells, width = out->width - label_cells;

    blanks(&line, out->left);
    if (text_cells(label) < label_cells) {
        text_pad(&line, label, label_cells);
        taken = hold_wrap(text, width, &shown);
        text_shown(&line, text, shown);
    } else {
        text_shown(&line, label, strlen(label));
    }
    add_line(out, &line);
    if (text[taken])
        keep_last(out);
    wrap_at(out, left, width, text + taken);
    buf_release(&line);
}

static void put_ends(struct plain *out, const char *left, const char *right)
{
    struct buf line = BUF_INIT;
    int gap = out->width - text_cells(left) - text_cells(right);

    if (gap < GAP) {
        put_aligned(out, left, ALIGN_LEFT);
        keep_last(out);
        put_aligned(out, right, ALIGN_RIGHT);
        return;
    }
    blanks(&line, out->left);
    buf_adds(&line, left);
    blanks(&line, gap);
    buf_adds(&line, right);
    add_line(out, &line);
    buf_release(&line);
}

static void put_repeated(struct plain *out, int left, int width, char c)
{
    struct buf line = BUF_INIT;

    blanks(&line, left);
    while (width-- > 0)
        buf_addc(&line, c);
    add_line(out, &line);
    buf_release(&line);
}

static void put_blank(struct plain *out)
{
    static const struct buf empty = BUF_INIT;

    add_line(out, &empty);
}

static void put_room(struct plain *out, long lines)
{
    do
        put_blank(out);
    while (--lines > 0);
}

static void put_page(struct plain *out)
{
    if (out->count && *out->lines[out->count - 1].text)
        put_blank(out);
    if (out->count)
        out->lines[out->count - 1].last = true;
}

static void put_drawing(struct plain *out, const char *lines)
{
    size_t from = out->count;

    while (*lines) {
        size_t size = strcspn(lines, "\n");
        add_at(out, out->left, lines, size);
        lines += size + (lines[size] == '\n');
    }
    for (; from + 1 < out->count; from++)
        out->lines[from].one = true;
}

static void put_row_lines(struct plain *out, const struct block *b)
{
    const char *rest[PAPER_MOST_TEXTS];
    bool more;

    for (size_t i = 0; i < b->count; i++)
        rest[i] = b->texts[i];
    do {
        struct buf line = BUF_INIT;
        more = false;
        blanks(&line, b->left);
        for (size_t i = 0; i < b->count; i++) {
            struct buf part = BUF_INIT;
            size_t shown = 0, taken = hold_wrap(rest[i], b->cells[i], &shown);
            buf_add(&part, rest[i], shown);
            text_pad(&line, buf_text(&part), b->cells[i]);
            blanks(&line, GAP);
            rest[i] += taken;
            more = more || *rest[i];
            buf_release(&part);
        }
        add_line(out, &line);
        if (more)
            keep_last(out);
        buf_release(&line);
    } while (more);
}

/* Over a row that adds up: under each column in which it says something. */
static void put_sum_line(struct plain *out, const struct block *b)
{
    struct buf line = BUF_INIT;

    blanks(&line, b->left);
    for (size_t i = 0; i < b->count; i++) {
        for (int cell = 0; cell < b->cells[i]; cell++)
            buf_addc(&line, *b->texts[i] ? '-' : ' ');
        blanks(&line, GAP);
    }
    add_line(out, &line);
    keep_last(out);
    buf_release(&line);
}

/* Every row but those of the head knows which one its table has. */
static void put_row(struct plain *out, const struct block *b)
{
    size_t from = out->count;

    if (b->table != out->table) {
        out->table = b->table;
        out->head = from;
        out->rows = 0;
    }
    if (b->sum)
        put_sum_line(out, b);
    put_row_lines(out, b);
    for (; !b->head && from < out->count; from++) {
        out->lines[from].head = out->head;
        out->lines[from].rows = out->rows;
    }
}

/* Whatever is there has a mark. */
static void put_bar(struct plain *out, const struct block *b)
{
    long scale = b->of > BAR ? b->of : BAR;
    struct buf line = BUF_INIT;
    int said = text_cells(b->texts[1]), number = said > BAR_NUMBER ? said : BAR_NUMBER;

    blanks(&line, b->left);
    text_pad(&line, b->texts[0], BAR_NAME - GAP + BAR_NUMBER - number);
    blanks(&line, GAP + number - said);
    buf_adds(&line, b->texts[1]);
    blanks(&line, 2 * GAP);
    for (long i = 0; i < b->number && (i == 0 || i * scale < b->number * BAR); i++)
        buf_addc(&line, '#');
    add_line(out, &line);
    buf_release(&line);
}

/* The label, and at its right or below it where what follows begins. */
static int put_label(struct plain *out, const char *label, int cells, struct buf *line)
{
    if (text_cells(label) >= cells) {
        wrap_at(out, out->left, out->width, label);
        keep_last(out);
        label = "";
    }
    blanks(line, out->left);
    text_pad(line, label, cells);
    return out->width - cells;
}

/* Half of the line, after the gap where it is the second half. */
static void add_half(struct buf *line, const char *label, int cells, int width, bool second)
{
    blanks(line, second ? GAP : 0);
    text_pad(line, label, cells);
    for (; width > cells; width--)
        buf_addc(line, '_');
}

/* Nobody writes by hand between lines of a sixth of an inch: the one above stays empty. */
static void put_entry(struct plain *out, const struct block *b)
{
    struct buf line = BUF_INIT;
    int cells = (int)b->of;

    put_blank(out);
    keep_last(out);
    if (b->count == 2) {
        blanks(&line, out->left);
        for (int i = 0; i < 2; i++)
            add_half(&line, b->texts[i], cells, (out->width - GAP) / 2, i == 1);
    } else {
        int width = put_label(out, b->texts[0], cells, &line);
        while (width-- > 0)
            buf_addc(&line, '_');
    }
    add_line(out, &line);
    for (long i = 1; i < b->number; i++) {
        keep_last(out);
        put_blank(out);
        keep_last(out);
        put_repeated(out, out->left + cells, out->width - cells, '_');
    }
    buf_release(&line);
}

/* Side by side while they have room. */
static void put_ticks(struct plain *out, const struct block *b)
{
    struct buf line = BUF_INIT;
    int width = put_label(out, b->texts[0], (int)b->of, &line), begin;
    double widths[PAPER_MOST_TEXTS];
    struct grid grid;
    size_t row = 0;

    for (size_t i = 1; i < b->count; i++)
        widths[i - 1] = TICK + text_cells(b->texts[i]);
    grid_place(&grid, widths, b->count - 1, width, GAP);
    begin = text_cells(buf_text(&line));
    for (size_t i = 1; i < b->count; i++) {
        if (grid.at[i - 1].row > row) {
            add_line(out, &line);
            keep_last(out);
            buf_clear(&line);
            row++;
        }
        int at = begin + (int)grid.column * (int)grid.at[i - 1].column;
        blanks(&line, at - text_cells(buf_text(&line)));
        buf_addf(&line, "[ ] %s", b->texts[i]);
    }
    add_line(out, &line);
    buf_release(&line);
}

/* "- - -  words  - - -", between empty lines. */
static void put_cut(struct plain *out, const char *words)
{
    int dashes = (out->width - text_cells(words) - 2 * GAP) / 2;
    struct buf line = BUF_INIT;

    put_blank(out);
    keep_last(out);
    blanks(&line, out->left);
    for (int i = 0; i < dashes; i++)
        buf_addc(&line, i % 2 ? ' ' : '-');
    blanks(&line, GAP);
    buf_adds(&line, words);
    blanks(&line, GAP);
    for (int i = 0; i < dashes; i++)
        buf_addc(&line, i % 2 ? ' ' : '-');
    add_line(out, &line);
    keep_last(out);
    put_blank(out);
    buf_release(&line);
}

static void put_kind(struct plain *out, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
    case BLOCK_HEADING:
        put_aligned(out, b->texts[0], b->align);
        break;
    case BLOCK_LABELLED:
        put_labelled(out, b->texts[0], (int)b->number, b->texts[1]);
        break;
    case BLOCK_ENDS:
        put_ends(out, b->texts[0], b->texts[1]);
        break;
    case BLOCK_RULE:
        if (b->count)
            put_cut(out, b->texts[0]);
        else
            put_repeated(out, b->left, b->width, '-');
        break;
    case BLOCK_BLANK:
        put_room(out, b->number);
        break;
    case BLOCK_PAGE:
        put_page(out);
        break;
    case BLOCK_ROW:
        put_row(out, b);
        break;
    case BLOCK_DRAWING:
        put_drawing(out, b->texts[0]);
        break;
    case BLOCK_BAR:
        put_bar(out, b);
        break;
    case BLOCK_QR:
        put_drawing(out, b->texts[2]);
        break;
    case BLOCK_ENTRY:
        put_entry(out, b);
        break;
    case BLOCK_TICKS:
        put_ticks(out, b);
        break;
    default: /* an image */
        break;
    }
}

/* No single line of a paragraph goes with what follows. */
static void keep_end(struct plain *out, const struct block *b, size_t from)
{
    keep_last(out);
    if (b->kind == BLOCK_PARAGRAPH && out->count - from > 1)
        out->lines[out->count - 2].keep = true;
}

static void put_block(struct plain *out, const struct block *b)
{
    size_t from = out->count;

    out->left = b->left;
    out->width = b->width;
    put_kind(out, b);
    out->in_head = b->head || (out->in_head && b->kind == BLOCK_RULE);
    if (out->in_head)
        out->rows = out->count - out->head;
    if (b->whole)
        for (; from + 1 < out->count; from++)
            out->lines[from].keep = true;
    if (b->keep)
        keep_end(out, b, from);
}

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
        put_block(plain, &plain->p->blocks[i]);
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
