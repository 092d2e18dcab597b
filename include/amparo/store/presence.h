/* SPDX-License-Identifier: MIT */
/*
 * Who else has the file open, and where they are in it. An entry whose process has ended on this
 * machine is forgotten. Layer: store.
 */
#ifndef AMPARO_STORE_PRESENCE_H
#define AMPARO_STORE_PRESENCE_H

#include "amparo/store/store.h"

struct presence {
    char *officer;
    char *place; /* case reference, or the caller's word for a screen; "" */
    char *host;
    long pid;
    char since[INSTANT_SIZE];
};

struct presences {
    struct presence *list;
    size_t count;
};

void presences_release(struct presences *presences);

/* Says where this program is now ("" for nowhere in particular). */
bool store_presence_set(struct store *store, const char *place, struct error *err);

/* The others; place NULL: anywhere. */
bool store_presence_list(struct store *store, const char *place, struct presences *out,
                         struct error *err);

/* Inside the store layer: takes the entry away, as the program leaves. */
void presence_leave(struct store *store);

#endif
