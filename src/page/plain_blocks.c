/* SPDX-License-Identifier: MIT */
/* Each block of a document as lines. */
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/page/grid.h"
#include "amparo/page/hold.h"
#include "plain_parts.h"

enum {
    GAP = 2,       /* between the columns of a table */
    BAR_NAME = 44, /* a chart: names, numbers, and bars of at most so many cells */
    BAR_NUMBER = 4,
    BAR = 24,
    TICK = 4, /* "[ ] " */
};

/* ---- lines ---- */

static void repeat(struct buf *out, int count, char c)
{
    while (count-- > 0)
        buf_addc(out, c);
}

static void blanks(struct buf *out, int count)
{
    repeat(out, count, ' ');
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
    repeat(&line, width, c);
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
        repeat(&line, b->cells[i], *b->texts[i] ? '-' : ' ');
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
    repeat(line, width - cells, '_');
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
        repeat(&line, width, '_');
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

static void add_dashes(struct buf *out, int cells)
{
    for (int i = 0; i < cells; i++)
        buf_addc(out, i % 2 ? ' ' : '-');
}

/* "- - -  words  - - -", between empty lines. */
static void put_cut(struct plain *out, const char *words)
{
    int side = (out->width - text_cells(words) - 2 * GAP) / 2;
    struct buf line = BUF_INIT;

    put_blank(out);
    keep_last(out);
    blanks(&line, out->left);
    add_dashes(&line, side);
    blanks(&line, GAP);
    buf_adds(&line, words);
    blanks(&line, GAP);
    add_dashes(&line, side);
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

void plain_put(struct plain *out, const struct block *b)
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
