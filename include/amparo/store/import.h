/* SPDX-License-Identifier: MIT */
/*
 * Cases that are open elsewhere, taken in from a spreadsheet's CSV. A mapping says which column is
 * which key of which act; the acts go through the same checks and gates as all others, all of the
 * table in one transaction. Layer: store; uses agreement, base.
 *
 * The mapping is a JSON object:
 *   "acts"       needed: [{"act": name, "fields": {path: source}, "when"?, "once"?}], open first
 *   "case"?      column: lines with the same value there are one case, a person each; without it,
 *                and where it is empty, each line is a case
 *   "dates"?     order of dates in the table: dmy (if left out), mdy, ymd, excel (day numbers)
 *   "empty"?     texts that say that a cell is empty; never "NA" of a State: that is Namibia
 *   "separator"? , ; or a tab, and "encoding"? utf-8, windows-1252, latin-1: found if left out
 * A path is that of the act's field ("surname_1", "nationalities[0].state", "transcribed.from").
 * A source is the name of a column; or an object: "column", with "codes"? (what a cell says: what
 * is meant; "*": any other), "dates"?, "default"? (where the cell is empty); or "value" alone.
 * An act is said of each line where it has a person, else once a case; "once" says it otherwise.
 * "when" is a column (the act is left out where its cell is empty) or {"column", "is": [texts]}.
 * Without it an act of a line is left out where all its columns are empty there. Persons are
 * numbered by their lines.
 */
#ifndef AMPARO_STORE_IMPORT_H
#define AMPARO_STORE_IMPORT_H

#include <jansson.h>

#include "amparo/store/store.h"

struct import_map;

/* Each fault of the mapping is a line with its place: ERROR_INPUT, and NULL. */
struct import_map *import_map_read(const json_t *json, struct error *err);
void import_map_free(struct import_map *map);

struct import_how {
    bool dry;                 /* nothing is kept: what would be, and who is like whom */
    bool keep_good;           /* the cases without a fault are kept although others have one */
    store_progress *progress; /* may be NULL */
    void *ctx;
};

/*
 * Imports; true where nothing was at fault. *report (may be NULL) is a new object, or NULL where
 * there was nothing to report on: {"lines", "recorded": true or false, "cases": [{"case", "lines",
 * "persons", "acts"}], "faults": [{"line", "column"?, "text"}], "warnings": [{"line", "gate",
 * "article", "text", "overridden"}], "duplicates": [{"line", "likely": [{"case", "person" or
 * "like_line", "score", "reasons", "text"}]}]}. err has a line for each fault.
 */
bool store_import(struct store *store, const struct import_map *map, const char *bytes, size_t size,
                  const struct import_how *how, json_t **report, struct error *err);

#endif
