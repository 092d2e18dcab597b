/* SPDX-License-Identifier: MIT */
/*
 * The rows of a database page, out of its bytes alone: how SQLite lays them down is in
 * sqlite.org/fileformat2.html. For salvage, where the tree above the page may be gone. Layer:
 * vault.
 */
#ifndef AMPARO_VAULT_ROWS_H
#define AMPARO_VAULT_ROWS_H

#include "amparo/vault/pages.h"

enum { ROW_COLUMNS = 40 };

enum value_type { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB, VALUE_LOST };

struct value {
    enum value_type type;
    int64_t number;
    double real;
    const uint8_t *bytes;
    size_t size;
};

struct row {
    bool of_table; /* has a rowid; else an entry of an index, or of a table without rowids */
    int64_t rowid;
    size_t count;
    struct value values[ROW_COLUMNS];
    bool whole; /* else what lay on further pages is lost: the values at its end */
};

enum page_kind {
    PAGE_OTHER = 0, /* no page of a tree: the rest of a long row, a free page */
    PAGE_INDEX_INNER = 2,
    PAGE_TABLE_INNER = 5,
    PAGE_INDEX_LEAF = 10,
    PAGE_TABLE_LEAF = 13,
};

enum page_kind page_kind(const uint8_t page[PAGES_SIZE], uint32_t number);

/* Reads a further page of a long row; false where it is lost. */
typedef bool rows_fetch(void *ctx, uint32_t number, uint8_t out[PAGES_SIZE]);

/* False ends the reading. The row lasts as long as the call. */
typedef bool rows_visit(void *ctx, const struct row *row);

/* Visits the rows of a page of any kind (inner pages of tables have none); false where ended. */
bool rows_read(const uint8_t page[PAGES_SIZE], uint32_t number, rows_fetch *fetch,
               rows_visit *visit, void *ctx);

/* The pages below an inner one, `room` at most; returns how many. */
enum { ROWS_CHILDREN = PAGES_SIZE / 6 + 1 };
size_t rows_children(const uint8_t page[PAGES_SIZE], uint32_t number, uint32_t out[ROWS_CHILDREN]);

#endif
