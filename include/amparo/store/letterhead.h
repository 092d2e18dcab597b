/* SPDX-License-Identifier: MIT */
/*
 * What stands at the head of the post's documents, as a head of post has set it: lines (settings of
 * the group SETTINGS_DOCUMENTS) and a seal. Layer: store.
 */
#ifndef AMPARO_STORE_LETTERHEAD_H
#define AMPARO_STORE_LETTERHEAD_H

#include "amparo/base/png.h"
#include "amparo/store/store.h"

/* "": not set. */
struct letterhead {
    char *state, *office, *address, *phone, *email;
    bool names_officer; /* of a receipt */
    struct buf seal;    /* a PNG; empty: none */
};

/* The caller releases *out, also where it fails. */
bool store_letterhead(struct store *store, struct letterhead *out, struct error *err);
void letterhead_release(struct letterhead *letterhead);

/* Who set the seal and when, and its measures; width 0: there is none. */
struct seal {
    struct png_size measures;
    char *said_by, *said_at;
};

bool store_seal(struct store *store, struct seal *out, struct error *err);
void seal_release(struct seal *seal);

/*
 * Takes the picture of a file as the seal; NULL: none any more. The file is read this once. A head
 * of post's to say: else ERROR_REFUSED. ERROR_INPUT where it is no picture that png_take() takes.
 */
bool store_set_seal(struct store *store, const char *path, struct error *err);

#endif
