/* SPDX-License-Identifier: MIT */
/* What the parts of the trust log share; for src/store/trust*.c alone. */
#ifndef AMPARO_STORE_TRUST_ROWS_H
#define AMPARO_STORE_TRUST_ROWS_H

#include "amparo/store/dispatches.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"

/* By whose key. */
enum trust_voice {
    VOICE_POST,  /* the post's */
    VOICE_STATE, /* that of its State, which lies in this file */
    VOICE_ROOT,  /* that of who opened the file */
    VOICE_KEY,   /* a key of the post that is named */
};

struct trust_saying {
    enum diract_kind kind;
    const json_t *payload;
    enum trust_voice voice;
    enum post_key_purpose purpose; /* VOICE_KEY */
    const uint8_t *key;            /* VOICE_KEY */
    const uint8_t *root;           /* under which; NULL: the one that is set, or none */
};

/* Signs an act at the next place of this post's chain in the directory and keeps it, within a
 * transaction. ERROR_INPUT where the payload may not be said. `id` may be NULL. */
bool trustlog_say(struct store *store, const struct trust_saying *what, uint8_t id[ACT_ID_SIZE],
                  struct error *err);

/* The same in the usual way: under the root that is set, by a voice that is not VOICE_KEY. The
 * reference to the payload is taken. */
bool trustlog_say_by(struct store *store, enum diract_kind kind, enum trust_voice voice,
                     json_t *payload, uint8_t id[ACT_ID_SIZE], struct error *err);

/* Is who opened the file one of the root that is set? */
bool trustlog_is_of_root(const struct store *store, const struct trusted *t);

/* An act of the post itself, within a transaction. */
bool trustlog_note(struct store *store, unsigned kind, json_t *payload, struct error *err);

/* A head of post's; an officer's: else ERROR_REFUSED. */
bool trustlog_may(const struct store *store, enum role least, struct error *err);

/* An object of one member: a key, an id or a hash in hexadecimal. A new reference. */
json_t *trustlog_named(const char *name, const uint8_t *bytes, size_t size);

/* The fold, kept with the store. */
bool trustlog_load(struct store *store, struct trusted **out, struct error *err);

#endif
