/* SPDX-License-Identifier: MIT */
#include "amparo/store/shape.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

/* A table's columns as its rows have them: without rowids the primary key comes first. */
static const char columns_sql[] = "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1) "
                                  "ORDER BY CASE WHEN ?2 AND pk > 0 THEN pk ELSE 1000 END, cid";

static const char tables_sql[] =
    "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

static enum value_type type_of(const char *declared)
{
    return strcmp(declared, "INTEGER") == 0 ? VALUE_INTEGER
           : strcmp(declared, "BLOB") == 0  ? VALUE_BLOB
                                            : VALUE_TEXT;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *row = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
        BUG("the schema cannot be asked");
    return row;
}

static void make_shape(sqlite3 *db, const char *table, bool without_rowid, struct shape *out)
{
    struct buf names = BUF_INIT, marks = BUF_INIT;
    sqlite3_stmt *row = prepare(db, columns_sql);

    *out = (struct shape){.table = xstrdup(table), .of_table = !without_rowid};
    sqlite3_bind_text(row, 1, table, -1, SQLITE_STATIC);
    sqlite3_bind_int(row, 2, without_rowid);
    while (sqlite3_step(row) == SQLITE_ROW) {
        if (out->count == ROW_COLUMNS)
            BUG("a table of too many columns");
        enum value_type type = type_of((const char *)sqlite3_column_text(row, 1));
        bool key = sqlite3_column_int(row, 3) > 0;
        buf_addf(&names, "%s\"%s\"", out->count ? ", " : "",
                 (const char *)sqlite3_column_text(row, 0));
        buf_adds(&marks, out->count ? ", ?" : "?");
        out->columns[out->count++] =
            (struct shape_column){type, !key && !sqlite3_column_int(row, 2),
                                  key && !without_rowid && type == VALUE_INTEGER};
    }
    sqlite3_finalize(row);
    out->insert = xasprintf("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, buf_text(&names),
                            buf_text(&marks));
    buf_release(&names);
    buf_release(&marks);
}

void shapes_make(struct shapes *out)
{
    sqlite3 *db = NULL;

    *out = (struct shapes){NULL, 0};
    if (sqlite3_open(":memory:", &db) != SQLITE_OK || !db_make_schema(db))
        BUG("the schema cannot be made");
    sqlite3_stmt *row = prepare(db, tables_sql);
    while (sqlite3_step(row) == SQLITE_ROW) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        make_shape(db, (const char *)sqlite3_column_text(row, 0), sqlite3_column_int(row, 1) != 0,
                   &out->list[out->count++]);
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
}

void shapes_release(struct shapes *shapes)
{
    for (size_t i = 0; i < shapes->count; i++) {
        free(shapes->list[i].table);
        free(shapes->list[i].insert);
    }
    free(shapes->list);
    *shapes = (struct shapes){NULL, 0};
}

const struct shape *shapes_named(const struct shapes *shapes, const char *table)
{
    for (size_t i = 0; i < shapes->count; i++)
        if (strcmp(shapes->list[i].table, table) == 0)
            return &shapes->list[i];
    return NULL;
}

static bool column_fits(const struct shape_column *column, const struct value *value)
{
    if (value->type == VALUE_LOST)
        return true;
    if (value->type == VALUE_NULL)
        return column->rowid || column->may_lack;
    return !column->rowid && value->type == column->type;
}

bool shape_fits(const struct shape *shape, const struct row *row)
{
    bool fits = shape->of_table == row->of_table && shape->count == row->count;

    for (size_t i = 0; fits && i < row->count; i++)
        fits = column_fits(&shape->columns[i], &row->values[i]);
    return fits;
}

const struct shape *shapes_find(const struct shapes *shapes, const struct row *row)
{
    for (size_t i = 0; i < shapes->count; i++)
        if (shape_fits(&shapes->list[i], row))
            return &shapes->list[i];
    return NULL;
}

static int bind_value(sqlite3_stmt *insert, int at, const struct value *value)
{
    switch (value->type) {
    case VALUE_INTEGER:
        return sqlite3_bind_int64(insert, at, value->number);
    case VALUE_REAL:
        return sqlite3_bind_double(insert, at, value->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(insert, at, (const char *)value->bytes, value->size,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(insert, at, value->size ? value->bytes : (const uint8_t *)"",
                                   value->size, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(insert, at);
    }
}

bool shape_bind(const struct shape *shape, const struct row *row, sqlite3_stmt *insert)
{
    int rc = SQLITE_OK;

    for (size_t i = 0; rc == SQLITE_OK && i < row->count; i++)
        rc = shape->columns[i].rowid ? sqlite3_bind_int64(insert, (int)i + 1, row->rowid)
                                     : bind_value(insert, (int)i + 1, &row->values[i]);
    return rc == SQLITE_OK;
}
