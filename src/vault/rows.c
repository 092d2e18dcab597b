/* SPDX-License-Identifier: MIT */
#include "amparo/vault/rows.h"

#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/vault/format.h"

enum {
    FIRST_PAGE_HEADER = 100, /* of the database, before the tree's own header on page 1 */
    AT_CELLS = 3,            /* number of cells, 2 bytes */
    AT_RIGHT = 8,            /* of inner pages: the last child */
    LEAF_HEADER = 8,
    INNER_HEADER = 12,
    CHILD = 4,
    PAYLOAD_MOST = 1 << 26, /* more than any row of ours has */
    CHAIN_CONTENT = FORMAT_CONTENT - CHILD,
};

/* What a cell holds, where its payload goes on elsewhere. */
struct cell {
    uint64_t payload;
    int64_t rowid;
    size_t at;    /* of the payload's first bytes, in the page */
    size_t local; /* how many of them are here */
};

static size_t get16be(const uint8_t *from)
{
    return (size_t)from[0] << 8 | from[1];
}

static size_t begin_of(uint32_t number)
{
    return number == 1 ? FIRST_PAGE_HEADER : 0;
}

enum page_kind page_kind(const uint8_t page[PAGES_SIZE], uint32_t number)
{
    switch (page[begin_of(number)]) {
    case PAGE_INDEX_INNER:
    case PAGE_TABLE_INNER:
    case PAGE_INDEX_LEAF:
    case PAGE_TABLE_LEAF:
        return (enum page_kind)page[begin_of(number)];
    default:
        return PAGE_OTHER;
    }
}

static bool is_inner(enum page_kind kind)
{
    return kind == PAGE_INDEX_INNER || kind == PAGE_TABLE_INNER;
}

/* SQLite's numbers of 1 to 9 bytes; false past the end. */
static bool read_varint(const uint8_t *bytes, size_t size, size_t *at, uint64_t *out)
{
    *out = 0;
    for (int i = 0; i < 9; i++) {
        if (*at >= size)
            return false;
        uint8_t byte = bytes[(*at)++];
        if (i == 8) {
            *out = *out << 8 | byte;
            return true;
        }
        *out = *out << 7 | (byte & 127);
        if (!(byte & 128))
            return true;
    }
    return false;
}

/* How many bytes of a payload lie in its cell. */
static size_t local_size(uint64_t payload, bool of_table)
{
    enum { USABLE = FORMAT_CONTENT };
    uint64_t most = of_table ? USABLE - 35 : (USABLE - 12) * 64 / 255 - 23;
    uint64_t least = (USABLE - 12) * 32 / 255 - 23;

    if (payload <= most)
        return (size_t)payload;
    uint64_t rest = least + (payload - least) % CHAIN_CONTENT;
    return (size_t)(rest <= most ? rest : least);
}

static bool read_cell(const uint8_t *page, enum page_kind kind, size_t at, struct cell *cell)
{
    uint64_t rowid = 0;
    bool of_table = kind == PAGE_TABLE_LEAF;

    if (kind == PAGE_INDEX_INNER)
        at += CHILD;
    if (!read_varint(page, FORMAT_CONTENT, &at, &cell->payload) ||
        (of_table && !read_varint(page, FORMAT_CONTENT, &at, &rowid)) ||
        cell->payload > PAYLOAD_MOST)
        return false;
    cell->rowid = (int64_t)rowid;
    cell->at = at;
    cell->local = local_size(cell->payload, of_table);
    return at + cell->local + (cell->payload > cell->local ? CHILD : 0) <= FORMAT_CONTENT;
}

/* Gathers what goes on in further pages; the size that there is. */
static size_t follow(const uint8_t *page, const struct cell *cell, rows_fetch *fetch, void *ctx,
                     uint8_t *out)
{
    uint8_t next[PAGES_SIZE];
    size_t size = cell->local;
    uint32_t number = get32be(page + cell->at + cell->local);

    memcpy(out, page + cell->at, size);
    while (size < cell->payload && number && fetch(ctx, number, next)) {
        size_t more = cell->payload - size < CHAIN_CONTENT ? cell->payload - size : CHAIN_CONTENT;
        memcpy(out + size, next + CHILD, more);
        size += more;
        number = get32be(next);
    }
    explicit_bzero(next, sizeof next);
    return size;
}

static int64_t read_integer(const uint8_t *bytes, size_t size)
{
    uint64_t value = size && bytes[0] & 128 ? UINT64_MAX : 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

/* Sizes of the serial types below 12. */
static const uint8_t fixed_sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

/* False where the type is none. */
static bool read_value(uint64_t serial, const uint8_t *bytes, size_t left, struct value *v,
                       size_t *size)
{
    enum { REAL = 7, ZERO = 8, ONE = 9, FIRST_LONG = 12 };

    if (serial == 10 || serial == 11)
        return false;
    *v = (struct value){.type = VALUE_LOST};
    *size = serial < FIRST_LONG ? fixed_sizes[serial] : (size_t)(serial - FIRST_LONG) / 2;
    if (*size > left)
        return true;
    v->bytes = bytes;
    v->size = *size;
    if (serial == 0)
        v->type = VALUE_NULL;
    else if (serial >= FIRST_LONG)
        v->type = serial & 1 ? VALUE_TEXT : VALUE_BLOB;
    else if (serial == REAL)
        v->type = VALUE_REAL;
    else
        v->type = VALUE_INTEGER;
    if (v->type == VALUE_INTEGER)
        v->number = serial == ONE ? 1 : serial == ZERO ? 0 : read_integer(bytes, *size);
    if (v->type == VALUE_REAL) {
        int64_t bits = read_integer(bytes, *size);
        memcpy(&v->real, &bits, sizeof v->real);
    }
    return true;
}

/* A record: its header's size, a serial type for each column, then the values. */
static bool read_record(const uint8_t *bytes, size_t there, uint64_t payload, struct row *row)
{
    size_t at = 0;
    uint64_t header, serial, body;

    if (!read_varint(bytes, there, &at, &header) || header > there || header > payload)
        return false;
    body = header;
    row->count = 0;
    while (at < header) {
        size_t size;
        if (row->count == ROW_COLUMNS || !read_varint(bytes, (size_t)header, &at, &serial) ||
            serial > 2 * (uint64_t)PAYLOAD_MOST + 13)
            return false;
        size_t left = body < there ? there - (size_t)body : 0;
        if (!read_value(serial, bytes + (left ? body : 0), left, &row->values[row->count++], &size))
            return false;
        body += size;
    }
    return body == payload;
}

static bool visit_cell(const uint8_t *page, enum page_kind kind, const struct cell *cell,
                       rows_fetch *fetch, rows_visit *visit, void *ctx)
{
    struct row row = {.of_table = kind == PAGE_TABLE_LEAF, .rowid = cell->rowid};
    uint8_t *payload = NULL;
    size_t there = cell->local;
    bool go_on = true;

    if (cell->payload > cell->local) {
        payload = xmalloc((size_t)cell->payload);
        there = follow(page, cell, fetch, ctx, payload);
    }
    row.whole = there == cell->payload;
    if (read_record(payload ? payload : page + cell->at, there, cell->payload, &row))
        go_on = visit(ctx, &row);
    free_wiped(payload);
    return go_on;
}

/* Where the cells' places are listed, and how many there are. */
static size_t cells_of(const uint8_t *page, uint32_t number, enum page_kind kind, size_t *list)
{
    size_t begin = begin_of(number), count = get16be(page + begin + AT_CELLS);

    *list = begin + (is_inner(kind) ? INNER_HEADER : LEAF_HEADER);
    return *list + 2 * count <= FORMAT_CONTENT ? count : 0;
}

bool rows_read(const uint8_t page[PAGES_SIZE], uint32_t number, rows_fetch *fetch,
               rows_visit *visit, void *ctx)
{
    enum page_kind kind = page_kind(page, number);
    size_t list, count;
    struct cell cell;

    if (kind == PAGE_OTHER || kind == PAGE_TABLE_INNER)
        return true;
    count = cells_of(page, number, kind, &list);
    for (size_t i = 0; i < count; i++) {
        size_t at = get16be(page + list + 2 * i);
        if (at < FORMAT_CONTENT && read_cell(page, kind, at, &cell) &&
            !visit_cell(page, kind, &cell, fetch, visit, ctx))
            return false;
    }
    return true;
}

size_t rows_children(const uint8_t page[PAGES_SIZE], uint32_t number, uint32_t out[ROWS_CHILDREN])
{
    enum page_kind kind = page_kind(page, number);
    size_t list, count, children = 0;

    if (!is_inner(kind))
        return 0;
    count = cells_of(page, number, kind, &list);
    for (size_t i = 0; i < count && children < ROWS_CHILDREN - 1; i++) {
        size_t at = get16be(page + list + 2 * i);
        if (at + CHILD <= FORMAT_CONTENT)
            out[children++] = get32be(page + at);
    }
    out[children++] = get32be(page + begin_of(number) + AT_RIGHT);
    return children;
}
