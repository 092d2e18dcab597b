/* SPDX-License-Identifier: MIT */
/*
 * The correspondence of a case as it is taken out of the file: the dispatches that went or came,
 * each with those parts alone that a reader may have. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_DISCLOSED_H
#define AMPARO_STORE_DISCLOSED_H

#include "amparo/store/accesslog.h"
#include "amparo/store/actbytes.h"
#include "amparo/store/store.h"

/* Who is to read, and how much. */
struct disclosure {
    const char *code; /* a State's, or CODE_SECRETARIAT: those dispatches alone that were for it, or
                       * that it wrote; NULL: whoever comes to have it, who gets every core */
    bool identity;    /* with what is personal, as far as that State may have it now (redact.h);
                       * else the cores alone */
    bool look;        /* only to tell what it would be: nothing leaves, so nothing is entered */
};

struct disclosed {
    uint8_t opener[OPENER], number[CASE_NUMBER]; /* the case as all name it */
    struct act_bytes *list;                      /* by their time */
    size_t count;
    size_t left_out;            /* that the reader may not have, or that are not for it */
    size_t unsent;              /* that were made here, and have not left the post */
    struct access_copy entered; /* in the access log; of what failed nothing is */
};

/* Wipes and frees. */
void disclosed_release(struct disclosed *d);

/*
 * Reads them, by an officer (ERROR_REFUSED for a clerk), and enters it in the access log as an
 * export, unless one only looks. ERROR_INPUT: there is no such case, nothing of it went or came
 * that the reader may have, or identity was asked for and no reader named; ERROR_REFUSED: identity
 * for the Technical Secretariat. The caller releases *out, also where it fails.
 */
bool store_disclosed(struct store *store, const char *reference, const struct disclosure *how,
                     struct disclosed *out, struct error *err);

#endif
