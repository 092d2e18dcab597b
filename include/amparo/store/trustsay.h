/* SPDX-License-Identifier: MIT */
/*
 * What is said in the directory from this file: by the post, of its keys; by a directorate for its
 * State; by officers of the Secretariat who are of the root. And what the post says to itself of
 * whom it trusts. Each is one transaction. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_TRUSTSAY_H
#define AMPARO_STORE_TRUSTSAY_H

#include "amparo/store/card.h"
#include "amparo/store/trustlog.h"

/* ---- the post's keys ---- */

/* Makes them (identity.h), names the sealing key in the directory, and says there what a directorate
 * has said of its State before: its list and its focal point. A head of post's. */
bool trust_make_keys(struct store *store, struct error *err);

/* Another sealing key. */
bool trust_renew_sealing(struct store *store, struct error *err);

/* Another signing key, which the one before signs, and another sealing key; the secret of the one
 * before is destroyed. A head of post's. */
bool trust_roll_keys(struct store *store, struct error *err);

/* The post's card; or (of_state) that of its State's key. */
bool trust_card(struct store *store, bool of_state, struct card *out, struct buf *text,
                struct error *err);

/*
 * The heads of a post's chains as they are here: what a revocation of its key names, from which the
 * bad ones are taken out: array of {"case", "incarnation"?, "sequence", "hash", "at", "act"}. `key`
 * NULL: whatever key signed. A new reference; NULL on error.
 */
json_t *trust_heads(struct store *store, const uint8_t post[POST_ID], const uint8_t *key,
                    struct error *err);

/* ---- for its State: in a directorate's file, by a head of post ---- */

/* Makes the State's key, by which this post is certified at once; or (where there is one) another
 * one, which that signs. */
bool trust_make_state_key(struct store *store, struct error *err);

/* Whether it should be another one by now: somebody left, or saw a passphrase, who may know its
 * secret. */
bool trust_state_key_owed(struct store *store, bool *owed, struct error *err);

/* Certifies the post of a card, of this State: ERROR_REFUSED for another State's. In the
 * Secretariat's file, by an officer of the root: a card of a State's key, or of a post of the
 * Secretariat's. `id`, here and below, may be NULL; else it gets the act's. */
bool trust_certify(struct store *store, const struct card *card, uint8_t id[ACT_ID_SIZE],
                   struct error *err);

/* The same for this post itself. */
bool trust_certify_own(struct store *store, uint8_t id[ACT_ID_SIZE], struct error *err);

/*
 * Revokes a key: of a post of this State by a directorate, of a State or of the Secretariat's by
 * the root. `heads` as trust_heads() has them; only what names a place is taken. `reason` is lost,
 * stolen or ended.
 */
bool trust_revoke(struct store *store, const uint8_t key[TRUST_KEY], const json_t *heads,
                  const char *reason, uint8_t id[ACT_ID_SIZE], struct error *err);

/* ---- for the root: in the Secretariat's file ---- */

/* The keys of three officers of this file become the root, which is set here. By one of them. */
bool trust_make_root(struct store *store, const char *const officers[ROOT_KEYS],
                     char fingerprint[FINGERPRINT_SIZE], struct error *err);

/* Approves what another one of the root signed. */
bool trust_approve(struct store *store, const uint8_t id[ACT_ID_SIZE], struct error *err);

/* A version: all that counts and is in none yet. */
bool trust_make_release(struct store *store, struct date until, uint8_t id[ACT_ID_SIZE],
                        uint64_t *version, struct error *err);

/* From now on older pouches than that are taken by nobody. */
bool trust_set_minimum(struct store *store, uint64_t version, uint8_t id[ACT_ID_SIZE],
                       struct error *err);

/* ---- what the post says to itself ---- */

/* Sets the root, from the card that was handed over; where another one was set, a head of post's,
 * and *changed says so. */
bool trust_set_root(struct store *store, const char *fingerprint, const char *because,
                    bool *changed, struct error *err);

/* Takes a card: its post is known from now on, and not verified. */
bool trust_take_card(struct store *store, const char *text, struct error *err);

/* Somebody was called, and read the fingerprint of that key as it is here. An officer's. */
bool trust_note_check(struct store *store, const uint8_t key[TRUST_KEY], const char *called,
                      const char *number, struct error *err);

/* The head of post's word that identity may go to who has that key. */
bool trust_give_word(struct store *store, const uint8_t key[TRUST_KEY], const char *because,
                     struct error *err);

/* A version with that hash, which others cite, is none of the network's: by who was called at the
 * Secretariat. A head of post's. */
bool trust_note_settled(struct store *store, uint64_t version, const uint8_t hash[DIRECTORY_HASH],
                        const char *called, const char *number, struct error *err);

#endif
