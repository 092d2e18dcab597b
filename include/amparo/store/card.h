/* SPDX-License-Identifier: MIT */
/*
 * A key card: what a post hands over so that others know its keys outside of the directory, or so
 * that its State certifies it; and what a directorate hands to the Secretariat for the key of its
 * State. Public. Layer: store; uses agreement, base.
 *
 * On paper, in a QR code or a file it is one line, "amparo-card:" and base64url (no padding) of an
 * array in the strict subset of CBOR (base/cbor.h), followed by a signature of 64 bytes by the key
 * that the card is of, over the BLAKE2b-512 of "amparo card v1", 0, and the array:
 *   [1, kind (0 a post, 1 a State), State (two letters; of the Secretariat "ts"), post id (16),
 *   key (32), sealing key (32; empty: none), day until which that is good ("": none), code, name,
 *   country, city, kind of the post]
 * The signature shows that whoever made the card has the key, not who they are: that is for the
 * telephone. The card of the root is its fingerprint, "amparo-root:" and 30 digits.
 */
#ifndef AMPARO_STORE_CARD_H
#define AMPARO_STORE_CARD_H

#include "amparo/agreement/dispatch.h"
#include "amparo/agreement/fingerprint.h"
#include "amparo/base/buf.h"
#include "amparo/base/date.h"
#include "amparo/base/error.h"

enum { CARD_TEXT = 1200 }; /* characters at most */

struct card {
    bool of_state;          /* else of a post */
    char state[STATE_SIZE]; /* CODE_SECRETARIAT of a post of the Secretariat's */
    uint8_t post[POST_ID];  /* of a State's key: the post in whose file it lies */
    uint8_t key[TRUST_KEY];
    bool sealed;
    uint8_t sealing[TRUST_KEY];
    struct date sealing_until;
    char *code, *name, *country, *city, *kind; /* owned */
};

void card_release(struct card *card);

/* Appends the line, without a newline. `secret` is libsodium's 64 bytes of the card's key. */
void card_write(const struct card *card, const uint8_t *secret, struct buf *out);

/* Takes a card from text that may have blanks and lines around and within. ERROR_INPUT where it is
 * none, or was changed since it was made. */
bool card_read(const char *text, struct card *out, struct error *err);

/* The fingerprint that is compared by telephone. */
const char *card_fingerprint(const struct card *card, char out[FINGERPRINT_SIZE]);

/* "amparo-root:12345-…", and what somebody typed or scanned of a root: digits alone too. */
void card_write_root(const char *fingerprint, struct buf *out);
bool card_read_root(const char *text, char fingerprint[FINGERPRINT_SIZE], struct error *err);

#endif
