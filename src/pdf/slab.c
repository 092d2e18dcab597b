/* SPDX-License-Identifier: MIT */
/* Blocks to slabs: what each kind is made of, and where its texts stand across the page. */
#include "amparo/pdf/slab.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/page/grid.h"
#include "amparo/pdf/picture.h"
#include "slab_parts.h"

#define BLANK 0.6      /* an empty line, of a line */
#define LABEL_GAP 8.0  /* between a label and its text */
#define ENDS_GAP 16.0  /* between the two texts of a line, at least */
#define RULE 5.0       /* the height of a line across, and of the empty space about it */
#define APART 1.53     /* between the lines of two labels, of the size of their letters */
#define ROW_ABOVE 2.6  /* empty over and under the text of a row */
#define HEAD_ABOVE 3.0 /* over the head of a table, at least */
#define TITLE_BELOW 3.0
#define HEADING_ABOVE 3 /* besides the empty line that is written above it */
#define HAND 18.0       /* from line to line, where one writes by hand */
#define HAND_BASE 5.0   /* under the letters of what is to be written there */
#define ROOM 17.0       /* a line of what is left free for a hand or a seal: five are 30 mm */
#define TICK_PITCH 14.0
#define TICKS_ABOVE 4.0 /* under a line that is written on, or under another list */
#define BAR_NUMBER 36.0
#define CODE_GAP 14.0
#define CUT_ABOVE 14.0
#define CUT_BELOW 10.0
#define SEAL_HEIGHT 62.0
#define SEAL_WIDTH 200.0

struct making {
    struct slabs *slabs;
    const struct type *type;
    struct slab *slab; /* the one that is made */
    const struct block *block;
    double x, width; /* of its column */
    double blank;    /* empty above the next one */
    bool page;       /* which begins a page */
    bool titled;     /* the title was met */
};

static struct text *add_piece(struct making *m, enum face face, const char *says, double x,
                              double width)
{
    struct piece *piece = &m->slab->pieces[m->slab->count++];

    *piece = (struct piece){.x = x, .width = width};
    text_init(&piece->text, m->type, face, says);
    text_wrap_to(&piece->text, width);
    if (piece->text.lines > m->slab->strips)
        m->slab->strips = piece->text.lines;
    return &piece->text;
}

static struct piece *last_piece(const struct making *m)
{
    return &m->slab->pieces[m->slab->count - 1];
}

/* Its strips are lines of that face. */
static void set_lines(struct making *m, enum face face)
{
    m->slab->pitch = m->type->style->faces[face].pitch;
    m->slab->baseline = face_baseline(&m->type->style->faces[face]);
}

static double pitch_of(const struct making *m, enum face face)
{
    return m->type->style->faces[face].pitch;
}

/* ---- the kinds ---- */

/* Where the document says its own name; over its pages more may stand after that. */
static bool is_title(struct making *m)
{
    const char *title = buf_text(&m->slabs->paper->title), *text = m->block->texts[0];
    size_t size = strlen(text);

    if (m->titled || !size || strncmp(title, text, size) != 0 ||
        (title[size] && strncmp(title + size, "  ", 2) != 0))
        return false;
    m->titled = true;
    return true;
}

/* Set in under a row of a table, or under what stands there. */
static bool is_under_row(const struct making *m)
{
    const struct slab *above = m->slabs->count > 1 ? m->slab - 1 : NULL;

    return m->block->kind == BLOCK_PARAGRAPH && above &&
           ((above->block->kind == BLOCK_ROW && m->block->left > above->block->left) ||
            (above->under && m->block->left == above->block->left));
}

static void make_paragraph(struct making *m)
{
    enum face face = m->block->kind == BLOCK_HEADING ? FACE_HEADING : FACE_BODY;

    m->slab->under = is_under_row(m);
    if (m->slab->under) {
        face = FACE_UNDER;
        (m->slab - 1)->after = 0;
    } else if (is_title(m))
        face = FACE_TITLE;
    set_lines(m, face);
    add_piece(m, face, m->block->texts[0], m->x, m->width);
    last_piece(m)->align = m->block->align;
    if (face == FACE_HEADING)
        m->slab->above += HEADING_ABOVE;
    m->slab->after = face == FACE_TITLE ? TITLE_BELOW : face == FACE_UNDER ? ROW_ABOVE : 0;
}

static void make_labelled(struct making *m)
{
    double label = style_width(m->type->style, (int)m->block->number);

    /* What looks for columns, as pdftotext, takes lines that are nearer for one text: it would read
     * all labels, and then what they are of. */
    set_lines(m, FACE_BODY);
    m->slab->after = fmax(0, APART * m->type->style->faces[FACE_BODY].size - m->slab->pitch);
    add_piece(m, FACE_LABEL, m->block->texts[0], m->x, label - LABEL_GAP);
    add_piece(m, FACE_BODY, m->block->texts[1], m->x + label, m->width - label);
}

/* On one line, else the second below the first. */
static void make_ends(struct making *m)
{
    enum face face = is_title(m) ? FACE_TITLE : FACE_BODY;

    set_lines(m, face);
    m->slab->after = face == FACE_TITLE ? TITLE_BELOW : 0;
    struct text *left = add_piece(m, face, m->block->texts[0], m->x, m->width);
    struct text *right = add_piece(m, FACE_BODY, m->block->texts[1], m->x, m->width);
    last_piece(m)->align = ALIGN_RIGHT;
    if (left->lines > 1 || right->lines > 1 ||
        text_width(left) + ENDS_GAP + text_width(right) > m->width) {
        last_piece(m)->first = left->lines;
        m->slab->strips = left->lines + right->lines;
    }
}

/* Words on the line that is to be cut, with room above and below them for scissors. */
static void make_cut(struct making *m)
{
    set_lines(m, FACE_RUNNING);
    add_piece(m, FACE_RUNNING, m->block->texts[0], m->x, m->width);
    last_piece(m)->align = ALIGN_CENTRE;
    m->slab->before = CUT_ABOVE;
    m->slab->after = CUT_BELOW;
}

static void make_rule(struct making *m)
{
    if (m->block->count) {
        make_cut(m);
        return;
    }
    m->slab->pitch = RULE;
    m->slab->strips = 1;
}

/* Its columns are placed when all rows are there. */
static void make_row(struct making *m)
{
    enum face face = m->block->head ? FACE_HEAD : m->block->sum ? FACE_SUM : FACE_CELL;

    for (size_t i = 0; i < m->block->count; i++)
        add_piece(m, face, m->block->texts[i], m->x, m->width * 100);
    set_lines(m, face);
    /* What goes on with the row above stands near it. */
    m->slab->before = m->block->head || m->block->sum || *m->block->texts[0] ? ROW_ABOVE : 0;
    m->slab->after = ROW_ABOVE;
    m->slab->strips = 0;
    if (m->block->head && m->slab->above < HEAD_ABOVE)
        m->slab->above = HEAD_ABOVE;
}

/* A bar of a chart: its name, its number, and at the right of them the bar itself. */
static void make_bar(struct making *m)
{
    double end = m->width * BAR_NAME;

    set_lines(m, FACE_CELL);
    struct piece *name = &m->slab->pieces[m->slab->count];
    add_piece(m, FACE_CELL, m->block->texts[0], m->x, end - BAR_NUMBER - LABEL_GAP);
    add_piece(m, FACE_CELL, m->block->texts[1], m->x, end);
    struct piece *number = last_piece(m);
    number->align = ALIGN_RIGHT;
    double over = text_width(&number->text) - BAR_NUMBER;
    if (over > 0) {
        name->width -= over;
        text_wrap_to(&name->text, name->width);
        m->slab->strips =
            name->text.lines > number->text.lines ? name->text.lines : number->text.lines;
    }
    m->slab->before = m->slab->after = 1;
}

static void make_drawing(struct making *m)
{
    enum face face = m->block->number ? FACE_TYPED : FACE_DRAWING;

    set_lines(m, face);
    add_piece(m, face, m->block->texts[0], m->x, m->width);
}

/* The code at the left, at its right what is written beside it. */
static bool make_code(struct making *m, struct error *err)
{
    m->slab->picture = picture_code(m->block->texts[0], err);
    if (!m->slab->picture)
        return false;
    set_lines(m, FACE_BODY);
    double code = picture_width(m->slab->picture) + CODE_GAP;
    struct text *beside = add_piece(m, FACE_BODY, m->block->texts[1], m->x + code, m->width - code);
    last_piece(m)->lump = true;
    double height = picture_height(m->slab->picture);
    m->slab->pitch *= beside->lines;
    if (m->slab->pitch < height)
        m->slab->pitch = height;
    m->slab->strips = 1;
    m->slab->before = m->slab->after = RULE;
    return true;
}

static bool make_image(struct making *m, struct error *err)
{
    double width = m->width < SEAL_WIDTH ? m->width : SEAL_WIDTH;

    m->slab->picture =
        picture_image(m->block->image.data, m->block->image.size, width, SEAL_HEIGHT, err);
    if (!m->slab->picture)
        return false;
    m->slab->pitch = picture_height(m->slab->picture);
    m->slab->strips = 1;
    m->slab->after = RULE;
    return true;
}

/* Lines to write on; of two that share one, the second begins with its half. */
static void make_entry(struct making *m)
{
    double label = style_width(m->type->style, (int)m->block->of);
    double half = entry_half(m->width);
    int lines = 1; /* of the longer label */

    for (size_t i = 0; i < m->block->count; i++) {
        add_piece(m, FACE_LABEL, m->block->texts[i], m->x + (i ? m->width - half : 0),
                  label - LABEL_GAP);
        last_piece(m)->lump = true;
        lines = last_piece(m)->text.lines > lines ? last_piece(m)->text.lines : lines;
    }
    m->slab->pitch = HAND;
    m->slab->baseline = HAND - HAND_BASE;
    m->slab->strips = m->block->number > 1 ? (int)m->block->number : 1;
    double under = (lines - 1) * pitch_of(m, FACE_LABEL);
    double room = (m->slab->strips - 1) * HAND;
    m->slab->after = under > room ? under - room : 0;
}

/* A question of its own, not one of those under each other. */
static bool is_apart(const struct block *ticks, const struct block *above)
{
    return above->kind == BLOCK_ENTRY ||
           (above->kind == BLOCK_TICKS && !*above->texts[0] && *ticks->texts[0]);
}

/* Boxes with their words, side by side while they have room. */
static void make_ticks(struct making *m)
{
    double label = style_width(m->type->style, (int)m->block->of), room = m->width - label;
    double widths[PAPER_MOST_TEXTS];
    struct grid grid;
    size_t row = 0;
    int label_lines, first = 0, lines = 0; /* strips: above this row, and of it */

    if (m->slab > m->slabs->list && is_apart(m->block, m->slab[-1].block))
        m->slab->above += TICKS_ABOVE;
    set_lines(m, FACE_BODY);
    m->slab->baseline += (TICK_PITCH - m->slab->pitch) / 2;
    m->slab->pitch = TICK_PITCH;
    add_piece(m, FACE_LABEL, m->block->texts[0], m->x, label - LABEL_GAP);
    label_lines = last_piece(m)->text.lines;
    for (size_t i = 1; i < m->block->count; i++)
        widths[i - 1] = 2 * TICK + text_width(add_piece(m, FACE_BODY, m->block->texts[i],
                                                        m->x + label + 2 * TICK, room - 2 * TICK));
    grid_place(&grid, widths, m->block->count - 1, room, ENDS_GAP);
    for (int i = 1; i < m->slab->count; i++) {
        struct piece *piece = &m->slab->pieces[i];
        if (grid.at[i - 1].row > row) {
            first += lines;
            lines = 0;
            row++;
        }
        piece->x += grid.column * (double)grid.at[i - 1].column;
        piece->first = first;
        lines = piece->text.lines > lines ? piece->text.lines : lines;
    }
    m->slab->strips = first + lines > label_lines ? first + lines : label_lines;
}

/* False where a picture cannot be made. */
static bool make_kind(struct making *m, struct error *err)
{
    switch (m->block->kind) {
    case BLOCK_LABELLED:
        make_labelled(m);
        return true;
    case BLOCK_ENDS:
        make_ends(m);
        return true;
    case BLOCK_RULE:
        make_rule(m);
        return true;
    case BLOCK_ROW:
        make_row(m);
        return true;
    case BLOCK_DRAWING:
        make_drawing(m);
        return true;
    case BLOCK_BAR:
        make_bar(m);
        return true;
    case BLOCK_QR:
        return make_code(m, err);
    case BLOCK_IMAGE:
        return make_image(m, err);
    case BLOCK_ENTRY:
        make_entry(m);
        return true;
    case BLOCK_TICKS:
        make_ticks(m);
        return true;
    default:
        make_paragraph(m);
        return true;
    }
}

/* ---- all of them ---- */

static enum bond bond_after(const struct block *block)
{
    if (block->kind == BLOCK_HEADING || block->head)
        return BOND_FIRM;
    if (!block->keep)
        return BOND_FREE;
    return block->kind == BLOCK_RULE ? BOND_FIRM : BOND_SOFT;
}

static struct slab *last_slab(const struct making *m)
{
    return m->slabs->count ? &m->slabs->list[m->slabs->count - 1] : NULL;
}

/* What only says what is between two slabs. */
static bool is_between(struct making *m)
{
    struct slab *above = last_slab(m);

    switch (m->block->kind) {
    case BLOCK_BLANK:
        m->blank =
            m->block->number ? ROOM * (double)m->block->number : BLANK * pitch_of(m, FACE_BODY);
        if (above && !m->block->keep && above->end == BOND_SOFT)
            above->end = BOND_FREE;
        return true;
    case BLOCK_PAGE:
        m->page = true;
        return true;
    case BLOCK_RULE: /* the head of a table has its own */
        return above && above->block->head;
    default:
        return false;
    }
}

static bool add_slab(struct making *m, const struct block *block, struct error *err)
{
    m->block = block;
    if (is_between(m))
        return true;
    m->slab = &m->slabs->list[m->slabs->count++];
    *m->slab = (struct slab){.block = block, .end = bond_after(block), .above = m->blank};
    m->slab->pieces = xcalloc(block->count + 1, sizeof *m->slab->pieces);
    m->slab->page = m->page;
    m->x = style_x(m->type->style, block->left);
    m->width = style_width(m->type->style, block->width);
    m->blank = 0;
    m->page = false;
    return make_kind(m, err);
}

/* A row that begins something new, below another one or what is set in under that. */
static bool is_ruled_off(const struct block *row, const struct block *above)
{
    return *row->texts[0] && !above->head && (above->kind == BLOCK_ROW || above->left > row->left);
}

/* The head of the table of each row, and of what stands between its rows. */
static void find_heads(struct slabs *slabs)
{
    size_t head = 0, heads = 0, table = 0, seen = 0;

    for (size_t i = 0; i < slabs->count; i++) {
        struct slab *slab = &slabs->list[i];
        if (slab->block->kind != BLOCK_ROW)
            continue;
        if (slab->block->table != table)
            heads = 0;
        table = slab->block->table;
        if (slab->block->head) {
            head = heads ? head : i;
            heads = i + 1 - head;
        } else if (heads) {
            slab->ruled = i > 0 && is_ruled_off(slab->block, slabs->list[i - 1].block);
            for (seen = seen > head + heads ? seen : head + heads; seen <= i; seen++) {
                slabs->list[seen].head = head;
                slabs->list[seen].heads = heads;
            }
        }
    }
}

bool slabs_init(struct slabs *slabs, const struct paper *paper, const struct type *type,
                struct error *err)
{
    struct making m = {.slabs = slabs, .type = type};

    *slabs = (struct slabs){.paper = paper, .type = type};
    slabs->list = xcalloc(paper->count + 1, sizeof *slabs->list);
    for (size_t i = 0; i < paper->count; i++)
        if (!add_slab(&m, &paper->blocks[i], err))
            return false;
    slabs_place_tables(slabs);
    find_heads(slabs);
    return true;
}

void slabs_release(struct slabs *slabs)
{
    for (size_t i = 0; i < slabs->count; i++) {
        struct slab *slab = &slabs->list[i];
        for (int j = 0; j < slab->count; j++)
            text_release(&slab->pieces[j].text);
        free(slab->pieces);
        picture_free(slab->picture);
    }
    free(slabs->list);
}

/* ---- strips ---- */

double slab_height(const struct slab *slab, int strip)
{
    return slab->pitch + (strip == 0 ? slab->before : 0) +
           (strip == slab->strips - 1 ? slab->after : 0);
}

/* No single line of a text stands at the foot or at the top of a page. */
static enum bond bond_of_lines(const struct slab *slab, int strip, enum bond else_)
{
    return strip == 0 || strip == slab->strips - 2 ? BOND_FIRM : else_;
}

enum bond slab_bond(const struct slab *slab, int strip)
{
    enum bond within = slab->block->whole ? BOND_SOFT : BOND_FREE;

    if (strip == slab->strips - 1)
        return slab->end;
    switch (slab->block->kind) {
    case BLOCK_DRAWING:
        return BOND_ONE;
    case BLOCK_ENTRY:
        return within;
    case BLOCK_ROW:
    case BLOCK_TICKS:
        return bond_of_lines(slab, strip, BOND_SOFT);
    default:
        return bond_of_lines(slab, strip, within);
    }
}
