/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only, for salvage: which table a row is of, told by its form alone: how
 * many columns it has and of what kind. The forms come from the schema of this version. Layer:
 * store.
 */
#ifndef AMPARO_STORE_SHAPE_H
#define AMPARO_STORE_SHAPE_H

#include <sqlite3.h>

#include "amparo/vault/rows.h"

struct shape {
    char *table;
    char *insert;  /* SQL that puts such a row into the table, unless one has its place */
    bool of_table; /* its rows have rowids */
    size_t count;
    struct shape_column {
        enum value_type type;
        bool may_lack; /* may be NULL */
        bool rowid;    /* NULL in the row: it is the rowid */
    } columns[ROW_COLUMNS];
};

struct shapes {
    struct shape *list;
    size_t count;
};

/* Of every table of the schema, but those that FTS5 keeps for itself. */
void shapes_make(struct shapes *out);
void shapes_release(struct shapes *shapes);

const struct shape *shapes_named(const struct shapes *shapes, const char *table);

/* The first table of which the row may be; NULL: none. Values that are lost fit all. */
const struct shape *shapes_find(const struct shapes *shapes, const struct row *row);
bool shape_fits(const struct shape *shape, const struct row *row);

/* Binds the row to the statement of shape->insert. */
bool shape_bind(const struct shape *shape, const struct row *row, sqlite3_stmt *insert);

#endif
