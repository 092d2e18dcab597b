/* SPDX-License-Identifier: MIT */
#include "amparo/page/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/cbor.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

enum {
    VERSION = 2,
    PARTS = 5,
    BLOCK_PARTS = 10,
    MOST_CELLS = 200,
    FLAG_ALIGN = 3,
    FLAG_KEEP = 4,
    FLAG_WHOLE = 8,
    FLAG_HEAD = 16,
    FLAG_SUM = 32,
    FLAGS = 64,
};

/* How many texts a block has; one more may be ticked, or stand in a row. */
static const struct {
    size_t least, most;
    bool cells;
} shapes[BLOCK_KINDS] = {
    [BLOCK_PARAGRAPH] = {1, 1, false},
    [BLOCK_HEADING] = {1, 1, false},
    [BLOCK_LABELLED] = {2, 2, false},
    [BLOCK_ENDS] = {2, 2, false},
    [BLOCK_RULE] = {0, 1, false},
    [BLOCK_ROW] = {1, PAPER_MOST_TEXTS, true},
    [BLOCK_DRAWING] = {1, 1, false},
    [BLOCK_BAR] = {2, 2, false},
    [BLOCK_QR] = {3, 3, false},
    [BLOCK_ENTRY] = {1, 2, false},
    [BLOCK_TICKS] = {2, PAPER_MOST_TEXTS, false},
};

/* ---- writing ---- */

static void put_text(struct buf *out, const char *text)
{
    cbor_put_text(out, text, strlen(text));
}

/* What runs over the pages was not made fit to show on its way in. */
static void put_running(struct buf *out, const struct buf *text)
{
    struct buf shown = BUF_INIT;

    text_shown(&shown, buf_text(text), text->size);
    put_text(out, buf_text(&shown));
    buf_release(&shown);
}

static void put_block(struct buf *out, const struct block *b)
{
    cbor_put_array(out, BLOCK_PARTS);
    cbor_put_uint(out, b->kind);
    cbor_put_uint(out, (unsigned)b->align | (b->keep ? FLAG_KEEP : 0u) |
                           (b->whole ? FLAG_WHOLE : 0u) | (b->head ? FLAG_HEAD : 0u) |
                           (b->sum ? FLAG_SUM : 0u));
    cbor_put_uint(out, (uint64_t)b->left);
    cbor_put_uint(out, (uint64_t)b->width);
    cbor_put_uint(out, b->table);
    cbor_put_uint(out, (uint64_t)b->number);
    cbor_put_uint(out, (uint64_t)b->of);
    cbor_put_array(out, b->count);
    for (size_t i = 0; i < b->count; i++)
        put_text(out, b->texts[i]);
    cbor_put_array(out, shapes[b->kind].cells ? b->count : 0);
    for (size_t i = 0; shapes[b->kind].cells && i < b->count; i++)
        cbor_put_uint(out, (uint64_t)b->cells[i]);
    cbor_put_bytes(out, b->image.data ? b->image.data : "", b->image.size);
}

void page_encode(const struct paper *p, enum paper_size size, struct buf *out)
{
    cbor_put_array(out, PARTS);
    cbor_put_uint(out, VERSION);
    cbor_put_uint(out, size);
    cbor_put_uint(out, p->style);
    cbor_put_array(out, PAPER_RUNNING);
    for (size_t i = 0; i < PAPER_RUNNING; i++)
        put_running(out, paper_running((struct paper *)p, i));
    cbor_put_array(out, p->count);
    for (size_t i = 0; i < p->count; i++)
        put_block(out, &p->blocks[i]);
}

/* ---- reading ---- */

/* A fault of the program that wrote it, not of who reads this: it is not translated. */
static const char not_one[] = "this is no description of a page";

static bool take_number(struct cbor *in, uint64_t most, uint64_t *number)
{
    return cbor_read_uint(in, number) && *number <= most;
}

static bool take_count(struct cbor *in, size_t least, size_t most, size_t *count)
{
    return cbor_read_array(in, count) && *count >= least && *count <= most;
}

static bool take_running(struct cbor *in, struct paper *p)
{
    size_t count, size;
    const char *text;

    if (!take_count(in, PAPER_RUNNING, PAPER_RUNNING, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!cbor_read_text(in, &text, &size))
            return false;
        buf_add(paper_running(p, i), text, size);
    }
    return true;
}

static bool take_texts(struct cbor *in, struct block *b)
{
    size_t count, size;
    const char *text;

    if (!take_count(in, shapes[b->kind].least, shapes[b->kind].most, &count))
        return false;
    while (b->count < count) {
        if (!cbor_read_text(in, &text, &size))
            return false;
        b->texts[b->count++] = xstrndup(text, size);
    }
    return true;
}

static bool take_cells(struct cbor *in, struct block *b)
{
    size_t columns = shapes[b->kind].cells ? b->count : 0, count;
    uint64_t cells;

    if (!take_count(in, columns, columns, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!take_number(in, MOST_CELLS, &cells) || cells < 2)
            return false;
        b->cells[i] = (int)cells;
    }
    return true;
}

static bool take_image(struct cbor *in, struct block *b)
{
    const uint8_t *bytes;
    size_t size;

    if (!cbor_read_bytes(in, &bytes, &size) || (size > 0) != (b->kind == BLOCK_IMAGE))
        return false;
    buf_add(&b->image, bytes, size);
    return true;
}

/* What a block of that kind is drawn by: a label has room beside it, a bar is no longer than all.
 */
static bool has_sense(const struct block *b)
{
    switch (b->kind) {
    case BLOCK_LABELLED:
        return b->number + 2 <= b->width;
    case BLOCK_BLANK:
        return b->number <= MOST_CELLS;
    case BLOCK_ENTRY:
        return b->number <= MOST_CELLS && (b->of + 2) * (long)b->count <= b->width;
    case BLOCK_TICKS:
        return b->of + 2 <= b->width;
    case BLOCK_BAR:
        return b->number <= b->of;
    default:
        return true;
    }
}

static bool take_block(struct cbor *in, struct block *b)
{
    uint64_t kind, flags, left, width, table, number, of;
    size_t parts;

    if (!take_count(in, BLOCK_PARTS, BLOCK_PARTS, &parts) ||
        !take_number(in, BLOCK_KINDS - 1, &kind) || !take_number(in, FLAGS - 1, &flags) ||
        (flags & FLAG_ALIGN) >= ALIGNS || !take_number(in, MOST_CELLS, &left) ||
        !take_number(in, MOST_CELLS, &width) || width < 2 || !take_number(in, INT32_MAX, &table) ||
        !take_number(in, INT32_MAX, &number) || !take_number(in, INT32_MAX, &of))
        return false;
    *b = (struct block){.kind = (enum block_kind)kind,
                        .align = (enum block_align)(flags & FLAG_ALIGN),
                        .keep = flags & FLAG_KEEP,
                        .whole = flags & FLAG_WHOLE,
                        .head = flags & FLAG_HEAD,
                        .sum = flags & FLAG_SUM,
                        .left = (int)left,
                        .width = (int)width,
                        .table = table,
                        .number = (long)number,
                        .of = (long)of};
    return take_texts(in, b) && take_cells(in, b) && take_image(in, b) && has_sense(b);
}

static bool take_blocks(struct cbor *in, struct paper *p)
{
    size_t count;

    if (!cbor_read_array(in, &count))
        return false;
    /* The bytes have as many items as they say: the check went before. */
    p->blocks = xcalloc(count + 1, sizeof *p->blocks);
    p->room = count + 1;
    while (p->count < count)
        if (!take_block(in, &p->blocks[p->count++]))
            return false;
    return true;
}

bool page_decode(const void *bytes, size_t size, struct paper *p, enum paper_size *paper_size,
                 struct error *err)
{
    uint64_t version, paper, style;
    struct cbor in;
    size_t parts;

    cbor_begin(&in, bytes, size);
    if (!cbor_check(bytes, size, NULL, NULL) || !take_count(&in, PARTS, PARTS, &parts) ||
        !cbor_read_uint(&in, &version))
        return error_set(err, ERROR_INPUT, "%s", not_one);
    if (version != VERSION)
        return error_set(err, ERROR_INPUT,
                         "the description of a page has version %llu; this program knows %d",
                         (unsigned long long)version, VERSION);
    if (!take_number(&in, PAPER_A4, &paper) || !take_number(&in, PAPER_STYLES - 1, &style) ||
        !take_running(&in, p) || !take_blocks(&in, p))
        return error_set(err, ERROR_INPUT, "%s", not_one);
    *paper_size = (enum paper_size)paper;
    p->style = (enum paper_style)style;
    return true;
}
