/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: what the acts of the post itself add up to: its profile, and who
 * had which role from which act on. An act counts only where its signer's role, granted by a chain
 * of heads of post, allowed it. The chain begins with the founder, who signed the first act: their
 * key lies under each officer's passphrase (vault/header.h), so that nobody else's history takes
 * the place of this one. Layer: store.
 */
#ifndef AMPARO_STORE_POSTSTATE_H
#define AMPARO_STORE_POSTSTATE_H

#include <jansson.h>

#include "amparo/base/instant.h"
#include "amparo/store/losses.h"
#include "amparo/store/posttrust.h"
#include "amparo/store/store.h"
#include "amparo/vault/vault.h"

enum { CASE_ID = 8, AUTHOR = 16, HASH = 32, KEY = VAULT_SIGN_PK };

struct roster_entry {
    struct officer officer; /* its key: the first that this officer had */
    uint8_t key[KEY];       /* that signs */
    int64_t from;           /* seq of the act that gave the role */
    int64_t until;          /* seq of the act that ended it, or gave another one; INT64_MAX */
};

struct post_state {
    struct post_profile profile;
    uint8_t author[AUTHOR];   /* names this post's writing in every act, from the first on */
    uint8_t founder[KEY];     /* signs the first act, the first head of post */
    uint8_t recovery[KEY];    /* as the first act has it, or what a head made since */
    uint8_t escrow[KEY];      /* zeros: none */
    int64_t escrow_ended;     /* seq of the act that ended it last; 0: none did */
    struct instant rehearsed; /* when a share of it was tried last, or it was made */
    uint64_t incarnation;     /* how often the file was restored */
    struct post_key {
        uint8_t key[KEY]; /* zeros: none yet */
        int64_t seq;      /* of the act that names it */
        struct instant since;
    } signing, sealing;  /* identity.h */
    int64_t secrets_out; /* seq of the act by which who may know the secrets of these keys left, or
                          * was found to have seen a passphrase; 0: none */
    struct roster_entry *roster;
    size_t count;
    int64_t keyed;        /* seq of the act with which the file last got a data key */
    struct post_trust trust;
    struct losses losses; /* acts and parts that the file lost before it went on */
    int64_t seq;          /* of the last act folded; 0: none */
};

struct logged; /* log.h */

/* The state before the first act, with the keys that the vault vouches for. */
void post_state_begin(struct post_state *state, const struct vault *vault);
void post_state_release(struct post_state *state);

/*
 * Adds one act of the post. False where it may not count, with the reason in *why: then nothing
 * has changed but `seq`.
 */
bool post_state_add(struct post_state *state, const struct logged *act, const char **why);

/* Who had this key when that act was recorded, or NULL. */
const struct roster_entry *post_state_signer(const struct post_state *state, const uint8_t key[KEY],
                                             int64_t seq);

/* Who has that name now, or NULL; case and marks do not matter. */
const struct roster_entry *post_state_named(const struct post_state *state, const char *name);

/* How many heads of post there are; and were when that act was recorded. */
size_t post_state_heads(const struct post_state *state);
size_t post_state_heads_at(const struct post_state *state, int64_t seq);

/*
 * Seq of the act since which the key (in hex), as of act `seq`, may record: as officer or head of
 * post without a break. 0: it may not.
 */
int64_t post_state_enrolled(const struct post_state *state, const char *key, int64_t seq);

struct case_file;

/*
 * Within the transaction that has changed a case (keys.c): where somebody in it is under the
 * protection lock, the file is in no escrow any more.
 */
bool keys_protect(struct store *store, const struct case_file *c, struct error *err);

/* Folds what was recorded since, by whomever, and sets store->me anew. */
bool post_refresh(struct store *store, struct error *err);

/* After a transaction was undone: reads all anew where an act of it was folded. */
void post_undone(struct store *store);

/* Why a file goes on as a new incarnation: POST_RESUMES. */
enum resumes_cause { RESUMES_BACKUP, RESUMES_SALVAGE, RESUMES_ACCEPTED };

struct resuming {
    enum resumes_cause cause;
    const struct losses *losses;    /* NULL: none */
    const struct vault_loss *found; /* of RESUMES_ACCEPTED: what was accepted; NULL: none */
    uint64_t incarnation;           /* the highest that any act has; the next one is taken */
    int64_t seq; /* of the act, at least: those before it that are not there are lost */
};

/* The setting that a backup has from its first moment, and a file that goes on from it never. */
extern const char backup_until[];

/* Records that act, signed by who opened the store; within a transaction or not. */
bool post_resume(struct store *store, const struct resuming *how, struct error *err);

/* The profile as the payload of POST_GENESIS, and an officer as that of POST_OFFICER. */
json_t *post_genesis_payload(const struct post_profile *profile, const uint8_t recovery[KEY]);
json_t *post_officer_payload(const char *name, enum role role, const uint8_t key[KEY]);

#endif
