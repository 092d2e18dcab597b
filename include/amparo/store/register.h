/* SPDX-License-Identifier: MIT */
/*
 * The register of the post's notes, over all its cases: read from projections. Layer: store; uses
 * agreement.
 */
#ifndef AMPARO_STORE_REGISTER_H
#define AMPARO_STORE_REGISTER_H

#include "amparo/agreement/notes.h"
#include "amparo/store/store.h"

enum register_which { REGISTER_ALL, REGISTER_OUT, REGISTER_IN };

struct register_filter {
    long year; /* 0: all */
    enum register_which which;
    const char *query; /* beginnings of words, as in list.h; NULL */
    bool newest_first; /* else in the order of the numbers: those that went out, then the others */
    size_t limit;      /* 0: all */
};

struct register_row {
    struct note_place place;
    char *number;    /* as people read it: "3/2026", "E-045/2026" */
    char *reference; /* of its case */
    char act[65];    /* id of the note, hex */
    json_t *slip;    /* of note_slip() */
};

struct register_rows {
    struct register_row *list;
    size_t count;
    size_t more; /* how many that fit are not in the list, for its limit */
};

void register_rows_release(struct register_rows *rows);

bool store_register(struct store *store, const struct register_filter *filter,
                    struct register_rows *out, struct error *err);

/* A word of the slip, or "". */
const char *register_text(const struct register_row *row, const char *key);

/* The years that the register has, the newest first; at most `room` are written. */
bool store_register_years(struct store *store, long *years, size_t room, size_t *count,
                          struct error *err);

/* The array of `notes --json`: each slip, with "number" (ours), "their_number" and "case". */
json_t *store_register_json(struct store *store, const struct register_filter *filter,
                            struct error *err);

#endif
