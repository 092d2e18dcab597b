/* SPDX-License-Identifier: MIT */
/*
 * Who is in a country, and which Parties could be asked to help there (Art. 5, 7.3, 7.6): the one
 * answer that the command line and the screens show. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_WHO_H
#define AMPARO_STORE_WHO_H

#include "amparo/agreement/assess.h"
#include "amparo/store/directory.h"

struct who {
    struct missions missions;       /* in effect there, or covering it from elsewhere */
    struct directory_states states; /* of which anything is on record */
    struct facts facts;             /* of the directory alone, for the assessment */
    struct assessment assessment;   /* its candidates are the answer; nothing else of it is */
    struct date today;
    char asking[STATE_SIZE]; /* the State of citizenship, or "" */
};

/*
 * As of today. `asking` NULL: nobody in particular. Sentences and names are in the reader's
 * language. ERROR_INPUT where a code is none, or both are the same country.
 */
bool store_who(struct store *store, const char *country, const char *asking, struct who *out,
               struct error *err);
void who_release(struct who *who);

/* The State is one of the candidates. */
bool who_could_help(const struct who *who, const char *state);

/* The State has a career post accredited there; `able`: one that can act. */
bool who_has_office(const struct who *who, const char *state, bool able);

#endif
