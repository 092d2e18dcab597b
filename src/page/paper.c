/* SPDX-License-Identifier: MIT */
#include "amparo/page/paper.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static const char *const size_names[] = {[PAPER_LETTER] = "letter", [PAPER_A4] = "a4"};

bool paper_size_parse(const char *name, enum paper_size *size)
{
    for (size_t i = 0; i < ARRAY_SIZE(size_names); i++)
        if (strcmp(size_names[i], name) == 0) {
            *size = (enum paper_size)i;
            return true;
        }
    return false;
}

void paper_init(struct paper *p)
{
    memset(p, 0, sizeof *p);
    p->width = PAPER_COLUMNS;
    p->table = 1;
}

static void release_block(struct block *b)
{
    for (size_t i = 0; i < b->count; i++)
        free_wiped(b->texts[i]);
    buf_release(&b->image);
}

struct buf *paper_running(struct paper *p, size_t i)
{
    struct buf *const texts[PAPER_RUNNING] = {&p->title,   &p->mark,     &p->pages,
                                              &p->witness, &p->printed,  &p->draft,
                                              &p->over,    &p->language, &p->at};

    return texts[i];
}

void paper_release(struct paper *p)
{
    for (size_t i = 0; i < p->count; i++)
        release_block(&p->blocks[i]);
    free(p->blocks);
    for (size_t i = 0; i < PAPER_RUNNING; i++)
        buf_release(paper_running(p, i));
    memset(p, 0, sizeof *p);
}

void paper_margins(struct paper *p, int left, int width)
{
    p->left = left;
    p->width = width;
}

/* ---- blocks ---- */

static struct block *add_block(struct paper *p, enum block_kind kind)
{
    if (p->count == p->room) {
        p->room = p->room ? p->room * 2 : 64;
        p->blocks = xreallocarray(p->blocks, p->room, sizeof *p->blocks);
    }
    struct block *b = &p->blocks[p->count++];
    *b = (struct block){.kind = kind, .left = p->left, .width = p->width};
    return b;
}

/* Each line of it made fit to show. */
static void add_text(struct block *b, const char *text)
{
    struct buf shown = BUF_INIT;

    if (b->count == PAPER_MOST_TEXTS)
        BUG("a block of too many texts");
    for (;;) {
        size_t size = strcspn(text, "\n");
        text_shown(&shown, text, size);
        text += size;
        if (!*text)
            break;
        buf_addc(&shown, *text++);
    }
    b->texts[b->count++] = xstrdup(buf_text(&shown));
    buf_release(&shown);
}

static void add_aligned(struct paper *p, enum block_align align, const char *text)
{
    if (!*text)
        return;
    struct block *b = add_block(p, BLOCK_PARAGRAPH);
    b->align = align;
    add_text(b, text);
}

void paper_paragraph(struct paper *p, const char *text)
{
    add_aligned(p, ALIGN_LEFT, text);
}

void paper_right(struct paper *p, const char *text)
{
    add_aligned(p, ALIGN_RIGHT, text);
}

void paper_centred(struct paper *p, const char *text)
{
    add_aligned(p, ALIGN_CENTRE, text);
}

void paper_labelled(struct paper *p, const char *label, int label_cells, const char *text)
{
    struct block *b = add_block(p, BLOCK_LABELLED);

    b->number = label_cells;
    add_text(b, label);
    add_text(b, text);
}

void paper_ends(struct paper *p, const char *left, const char *right)
{
    struct block *b = add_block(p, BLOCK_ENDS);

    add_text(b, left);
    add_text(b, right);
}

void paper_rule(struct paper *p)
{
    add_block(p, BLOCK_RULE);
}

/* Whether what was written last ends in an empty line. */
static bool ends_empty(const struct paper *p)
{
    const struct block *b = p->count ? &p->blocks[p->count - 1] : NULL;
    size_t size;

    if (!b || b->kind == BLOCK_BLANK || b->kind == BLOCK_PAGE)
        return true;
    if (b->kind != BLOCK_PARAGRAPH)
        return false;
    size = strlen(b->texts[0]);
    return size && b->texts[0][size - 1] == '\n' && (size == 1 || b->texts[0][size - 2] == '\n');
}

void paper_blank(struct paper *p)
{
    if (!ends_empty(p))
        add_block(p, BLOCK_BLANK);
}

void paper_room(struct paper *p, int lines)
{
    struct block *b = add_block(p, BLOCK_BLANK);

    b->number = lines;
    b->whole = true;
}

void paper_heading(struct paper *p, const char *text)
{
    paper_blank(p);
    p->table++;
    struct block *b = add_block(p, BLOCK_HEADING);
    b->keep = true;
    add_text(b, text);
}

void paper_new_page(struct paper *p)
{
    if (p->count && p->blocks[p->count - 1].kind != BLOCK_PAGE)
        add_block(p, BLOCK_PAGE);
    p->table++;
}

void paper_keep(struct paper *p)
{
    if (p->count)
        p->blocks[p->count - 1].keep = true;
}

void paper_keep_from(struct paper *p, size_t from)
{
    for (; from < p->count; from++)
        p->blocks[from].keep = p->blocks[from].whole = true;
}

void paper_keep_together(struct paper *p, size_t from)
{
    if (p->count == from)
        return;
    paper_keep_from(p, from);
    paper_let_go(p);
}

void paper_keep_each(struct paper *p, size_t from, size_t end)
{
    for (; from < end; from++)
        p->blocks[from].keep = true;
}

void paper_keep_lines(struct paper *p, size_t from)
{
    enum { MANY = 11, END = 4 };
    bool many = p->count - from > MANY;

    for (size_t i = from; i < p->count; i++) {
        p->blocks[i].keep = !many || i + 1 < from + END || i + END >= p->count;
        p->blocks[i].whole = true;
    }
}

void paper_let_go(struct paper *p)
{
    if (p->count)
        p->blocks[p->count - 1].keep = false;
}

void paper_drawing(struct paper *p, const char *lines)
{
    if (*lines)
        add_text(add_block(p, BLOCK_DRAWING), lines);
}

void paper_typed(struct paper *p, const char *lines)
{
    paper_drawing(p, lines);
    if (*lines)
        p->blocks[p->count - 1].number = 1;
}

/* The row before, of the table that is being written; NULL where it begins. */
static const struct block *row_before(const struct paper *p)
{
    for (size_t i = p->count; i--;)
        if (p->blocks[i].kind == BLOCK_ROW)
            return p->blocks[i].table == p->table ? &p->blocks[i] : NULL;
    return NULL;
}

static struct block *add_row(struct paper *p, size_t columns, const int *cells,
                             const char *const *texts)
{
    struct block *b = add_block(p, BLOCK_ROW);

    b->table = p->table;
    for (size_t i = 0; i < columns; i++) {
        b->cells[i] = cells[i];
        add_text(b, texts[i]);
    }
    return b;
}

void paper_row(struct paper *p, size_t columns, const int *cells, const char *const *texts)
{
    const struct block *before = row_before(p);

    if (before &&
        (before->count != columns || memcmp(before->cells, cells, columns * sizeof *cells) != 0))
        p->table++;
    add_row(p, columns, cells, texts);
}

void paper_head_row(struct paper *p, size_t columns, const int *cells, const char *const *texts)
{
    p->table++;
    struct block *b = add_row(p, columns, cells, texts);
    b->head = b->keep = true;
}

void paper_sum_row(struct paper *p, size_t columns, const int *cells, const char *const *texts)
{
    paper_row(p, columns, cells, texts);
    p->blocks[p->count - 1].sum = true;
}

/* What is under the row above belongs to it. */
static bool begins_row(const struct block *b)
{
    return b->kind == BLOCK_ROW && !b->head && *b->texts[0];
}

void paper_keep_table(struct paper *p, size_t from)
{
    enum { FEW = 7 };
    size_t rows = 0, row = 0;

    for (size_t i = from; i < p->count; i++)
        rows += begins_row(&p->blocks[i]);
    for (size_t i = from; i + 1 < p->count; i++) {
        const struct block *next = &p->blocks[i + 1];
        row += begins_row(&p->blocks[i]);
        if (!begins_row(next) || rows <= FEW || row <= 1 || row + 1 == rows)
            p->blocks[i].keep = true;
    }
}

/* An empty line at which no page ends. */
static void keep_blank(struct paper *p)
{
    paper_keep(p);
    paper_blank(p);
    paper_keep(p);
}

void paper_remark(struct paper *p, const char *text)
{
    keep_blank(p);
    paper_paragraph(p, text);
}

void paper_bar(struct paper *p, const char *label, long number, long of, const char *said)
{
    struct block *b = add_block(p, BLOCK_BAR);

    b->number = number < 0 ? 0 : number;
    b->of = of < b->number ? b->number : of;
    add_text(b, label);
    add_text(b, said);
}

static void make_qr(struct block *b, const char *says, const char *beside, const char *drawing)
{
    b->kind = BLOCK_QR;
    b->whole = true;
    add_text(b, says);
    add_text(b, beside);
    add_text(b, drawing);
}

void paper_qr(struct paper *p, const char *says, const char *beside, const char *drawing)
{
    make_qr(add_block(p, BLOCK_QR), says, beside, drawing);
}

void paper_code_here(struct paper *p)
{
    add_block(p, BLOCK_BLANK);
    p->code = p->count;
}

void paper_code(struct paper *p, const char *says, const char *beside)
{
    if (p->code) {
        make_qr(&p->blocks[p->code - 1], says, beside, "");
        return;
    }
    keep_blank(p);
    paper_qr(p, says, beside, "");
}

void paper_image(struct paper *p, const void *png, size_t size)
{
    buf_add(&add_block(p, BLOCK_IMAGE)->image, png, size);
}

void paper_entry(struct paper *p, const char *label, int label_cells, int lines)
{
    struct block *b = add_block(p, BLOCK_ENTRY);

    b->number = lines;
    b->of = label_cells;
    b->whole = true;
    add_text(b, label);
}

void paper_entry_pair(struct paper *p, const char *first, const char *second, int label_cells)
{
    paper_entry(p, first, label_cells, 1);
    add_text(&p->blocks[p->count - 1], second);
}

/* More than a block has room for go on in the next. */
void paper_ticks(struct paper *p, const char *label, int label_cells, size_t count,
                 const char *const *texts)
{
    struct block *b = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!b || b->count == PAPER_MOST_TEXTS) {
            if (b)
                b->keep = true;
            b = add_block(p, BLOCK_TICKS);
            b->of = label_cells;
            b->whole = true;
            add_text(b, i ? "" : label);
        }
        add_text(b, texts[i]);
    }
}

void paper_cut(struct paper *p, const char *words)
{
    add_text(add_block(p, BLOCK_RULE), words);
}

/* ---- what runs over a page ---- */

void paper_marks(const struct paper *p, struct buf *out)
{
    if (p->draft.size && !strstr(buf_text(&p->mark), buf_text(&p->draft)))
        buf_addf(out, "%s%s", buf_text(&p->draft), p->mark.size ? "  \u2013  " : "");
    buf_adds(out, buf_text(&p->mark));
}

/* The pattern is the catalogue's, and may have come in a description: it is no format of printf. */
void paper_number(const struct paper *p, size_t page, size_t pages, struct buf *out)
{
    static const char place[] = "%zu";
    const char *pattern = p->pages.size ? buf_text(&p->pages) : "%zu / %zu";
    size_t numbers[] = {page, pages};

    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        const char *at = strstr(pattern, place);
        if (!at)
            break;
        buf_add(out, pattern, (size_t)(at - pattern));
        buf_addf(out, "%zu", numbers[i]);
        pattern = at + strlen(place);
    }
    buf_adds(out, pattern);
}
