/* SPDX-License-Identifier: MIT */
/* What the parts of the import share; for import*.c only. */
#ifndef AMPARO_STORE_IMPORT_WORK_H
#define AMPARO_STORE_IMPORT_WORK_H

#include "amparo/agreement/values.h"
#include "amparo/base/sheet.h"
#include "amparo/store/import.h"

enum import_dates { DATES_DMY, DATES_MDY, DATES_YMD, DATES_EXCEL, DATES_COUNT };

/* Where the text of one field comes from. Strings point into the mapping. */
struct import_source {
    const char *path;
    const struct field *field;
    const char *column;  /* NULL: the value alone */
    int place;           /* of the column in the table */
    const char *value;   /* without a column: this; with one: where the cell is empty; or NULL */
    const json_t *codes; /* object, or NULL */
    enum import_dates dates;
};

struct import_act {
    const struct act_type *type;
    bool once;
    struct import_source *sources;
    size_t count;
    struct import_source when; /* column NULL: always */
    const json_t *is;          /* array of texts, or NULL: not empty */
};

struct import_map {
    json_t *json; /* what the strings point into */
    struct sheet_format format;
    const json_t *empty;      /* array of texts, or NULL */
    json_t *states;           /* codes by their names in all languages, folded */
    struct import_source key; /* column NULL: each line is a case */
    struct import_act *acts;
    size_t count;
};

/*
 * What a cell means as text that values_read_one() takes; "" for an empty one. False: *why
 * (translated) says what is wrong with it.
 */
bool import_text(const struct import_map *map, const struct import_source *source,
                 const struct sheet *sheet, struct buf *out, const char **why);

/* The names of States: a new object. */
json_t *import_states(void);

/* Is it one of those texts? Accents and case do not matter. */
bool import_is_one_of(const char *text, const json_t *texts);

#endif
