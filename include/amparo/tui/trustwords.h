/* SPDX-License-Identifier: MIT */
/*
 * Whom one trusts, as rows of a list: the root, the Technical Secretariat, each State, and under it
 * its posts; and in a word or two how much, and why. Layer: tui; uses agreement, store.
 */
#ifndef AMPARO_TUI_TRUSTWORDS_H
#define AMPARO_TUI_TRUSTWORDS_H

#include "amparo/agreement/trust.h"
#include "amparo/base/instant.h"

struct store;

/* store_trust() for what is only shown: borrowed as there; NULL where it cannot be read, which
 * whoever opens the screen says. */
const struct trusted *trust_of(struct store *store);

/* Who is meant, as a text that can be kept: "root", "state:HN", "post:" and its id in hex. */
enum trust_kind { SUBJECT_ROOT, SUBJECT_STATE, SUBJECT_POST };

enum { SUBJECT_SIZE = sizeof "post:" + 2 * POST_ID };

struct trust_subject {
    enum trust_kind kind;
    char state[STATE_SIZE]; /* SUBJECT_STATE; "" the Technical Secretariat */
    uint8_t post[POST_ID];  /* SUBJECT_POST */
};

/* False: it is none. */
bool trust_subject_read(const char *text, struct trust_subject *out);
const char *trust_subject_write(const struct trust_subject *subject, char out[SUBJECT_SIZE]);

/* All of them in the order of a list; the caller frees it. */
struct trust_subject *trust_subjects(const struct trusted *trust, size_t *count);

/* The key that the subject signs with now, or NULL; not of the root. */
const struct trust_key *trust_subject_key(const struct trusted *trust,
                                          const struct trust_subject *subject);

/* "Root of the directory", "Honduras", "HNAUH, Consulate of Honduras, Abu Dhabi". */
void trust_subject_name(const struct trusted *trust, const struct trust_subject *subject,
                        struct buf *out);

/* The digits of its key; false: it has none. */
bool trust_subject_digits(const struct trusted *trust, const struct trust_subject *subject,
                          char out[FINGERPRINT_SIZE]);

/* What revoked the key that it had last; NULL: nothing did. */
const struct trust_act *trust_revoked_by(const struct trusted *trust,
                                         const struct trust_subject *subject);

/* In a word: "certified", "checked", "unverified", "revoked". */
const char *trust_word(const struct trusted *trust, const struct trust_subject *subject);

/* And why, in a few: "by Mexico, 2 Mar"; nothing of the root. */
void trust_why(const struct trusted *trust, const struct trust_subject *subject, struct instant now,
               struct buf *out);

#endif
