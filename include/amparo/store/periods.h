/* SPDX-License-Identifier: MIT */
/*
 * How long data is kept (fields.md 17): settings of a case file with defaults, to be confirmed by
 * each ministry. What is due appears in the work of today; nothing is erased by itself. Layer: store.
 */
#ifndef AMPARO_STORE_PERIODS_H
#define AMPARO_STORE_PERIODS_H

#include "amparo/store/store.h"

enum period {
    PERIOD_REQUESTING, /* of the requesting post, after closing: look whether it is still needed */
    PERIOD_ASSISTING,  /* of the assisting post, after closing: reduce to a log without identity */
    PERIOD_INTAKE,     /* of who was not eligible, or never polled for */
    PERIOD_BACKUP,     /* of a backup */
    PERIOD_COUNT,
};

struct period_type {
    const char *name;  /* as on the command line */
    const char *label; /* N_() */
    long days;         /* where nothing else is set */
};

extern const struct period_type period_types[PERIOD_COUNT];

/* PERIOD_COUNT: there is none of that name. */
enum period period_named(const char *name);

bool store_period(struct store *store, enum period period, long *days, struct error *err);

/* From 1 day to 100 years. A head of post's to say: else ERROR_REFUSED. */
bool store_set_period(struct store *store, enum period period, long days, struct error *err);

#endif
