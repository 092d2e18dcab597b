/* SPDX-License-Identifier: MIT */
/*
 * What the bodies of the Conference are called in documents (the Secretariat, the networks, the
 * meeting that decides, the mechanism itself): names that a head of post has set, in the place of
 * the defaults of data/notes. Layer: store.
 */
#ifndef AMPARO_STORE_BODIES_H
#define AMPARO_STORE_BODIES_H

#include "amparo/store/store.h"

struct body_type {
    const char *name;  /* as on the command line, and in [body] of the words */
    const char *label; /* N_() */
};

/* All of them, ended by name NULL; and the languages that names are in, ended by NULL. */
extern const struct body_type body_types[];
extern const char *const body_languages[];

/* A name that was set, with who said it and when. */
struct body_name {
    char *body, *language, *name, *said_by, *said_at;
};

struct body_names {
    struct body_name *list;
    size_t count;
};

void body_names_release(struct body_names *names);
bool store_bodies(struct store *store, struct body_names *out, struct error *err);

/* The name that was set, or NULL. names may be NULL. */
const char *body_name(const struct body_names *names, const char *body, const char *language);

/*
 * Sets a name, with its article ("la Secretaría Ejecutiva"); NULL: the default again. A head of
 * post's to say: else ERROR_REFUSED. ERROR_INPUT: no such body or language, no article, or not
 * fit to be printed.
 */
bool store_set_body(struct store *store, const char *body, const char *language, const char *name,
                    struct error *err);

#endif
