/* SPDX-License-Identifier: MIT */
/*
 * The settings of a case file (agreement/setting.h), with who said each and when. They are a head
 * of post's to say. Layer: store.
 */
#ifndef AMPARO_STORE_SETTINGS_H
#define AMPARO_STORE_SETTINGS_H

#include <jansson.h>

#include "amparo/agreement/setting.h"
#include "amparo/store/store.h"

struct setting_value {
    long number;             /* in the setting's unit; 0 of a text */
    char *text;              /* as said, or as it usually is; of a number its digits */
    char *said_by, *said_at; /* NULL: nobody said anything, the usual holds */
};

void setting_value_release(struct setting_value *value);

bool settings_read(struct store *store, enum setting which, struct setting_value *out,
                   struct error *err);

/* The number alone. */
bool settings_number(struct store *store, enum setting which, long *number, struct error *err);

/*
 * Says it from now on; NULL takes back what was said, and the usual holds again. ERROR_REFUSED
 * where who opened the file is no head of post, ERROR_INPUT where the setting does not take it.
 */
bool settings_say(struct store *store, enum setting which, const char *text, struct error *err);

/* "3 working days", "10 minutes", or the text, in the reader's language. */
void settings_describe(struct buf *out, enum setting which, const struct setting_value *value);

/* Appends those of a group: {"name", "unit", "value", "usual", "label", "said_by", "said_at"}. */
bool settings_json(struct store *store, enum setting_group group, json_t *array, struct error *err);

#endif
