/* SPDX-License-Identifier: MIT */
/*
 * An act as bytes: made once, signed, never encoded again. Layer: store; uses agreement.
 *
 * The core is a map with integer keys: what it is, whose, when, its place in its chain, and the
 * fields of class P0; nothing personal. The fields of each other class are a part, a map from field
 * number to value, which may be missing: the core is bound to it by a commitment alone.
 *   s_i = BLAKE2b-256(key = 16 secret bytes of the act, random and hashed with its parts; i)
 *   C_i = BLAKE2b-256(key = s_i; "amparo part v1", i, bytes of the part)
 * i is one byte, from 1. What is signed, with Ed25519, is the BLAKE2b-512 of
 *   "amparo act v1", 0, root (32), signer's public key (32), length of the core (4, big-endian),
 *   core, number of parts (1), C_1 … C_n
 * and the act's id is the BLAKE2b-256 of the same.
 *
 * Two things are written so. An officer's act stays in the file, with everything that was said. A
 * dispatch is what leaves of it: made when it is sent, signed by the post's key, with the fields
 * alone that its readers may have, and its core says for whom it is and what the directory was.
 */
#ifndef AMPARO_STORE_ACTBYTES_H
#define AMPARO_STORE_ACTBYTES_H

#include "amparo/agreement/act.h"
#include "amparo/agreement/dispatch.h"
#include "amparo/base/instant.h"
#include "amparo/base/cbor.h"
#include "amparo/store/db.h"

/* The last part holds what the store attached and this post keeps, such as a copy of the directory.
 */
enum {
    ROOT = 32,
    SALT = 32,
    CLASS_KEPT = CLASS_COUNT,
    PARTS = CLASS_KEPT,
    SEEN = 16,
    PREV_SHORT = 16, /* bytes of `prev` in a dispatch */
};

struct part {
    uint8_t commitment[HASH];
    bool present;
    uint8_t salt[SALT];
    struct buf bytes;
};

struct act_bytes {
    uint8_t id[ACT_ID_SIZE];
    uint8_t root[ROOT];
    uint8_t signer[KEY];
    uint8_t signature[VAULT_SIGNATURE];
    struct buf core;
    struct part parts[PARTS];
    size_t count;
};

#define ACT_BYTES_INIT                                                                             \
    {                                                                                              \
        .core = BUF_INIT                                                                           \
    }

void act_bytes_release(struct act_bytes *a);

/* What the core says, beside the fields. */
struct core {
    unsigned kind;
    uint8_t case_id[CASE_ID];
    uint8_t author[AUTHOR];
    uint64_t incarnation;
    uint64_t sequence; /* in the chain of (author, case, incarnation), from 1 */
    struct instant at;
    uint8_t prev[HASH]; /* id of the act before in that chain; zeros for the first */
    uint8_t seen[SEEN]; /* start of the file's running hash before it: the signer stands for all
                         * that was there, in whatever chain; zeros for the first act of the file,
                         * and in a dispatch */

    /* ---- of a dispatch alone ---- */
    struct audience_codes audience; /* for whom; none: an act of this post */
    uint8_t opener[OPENER];         /* who opened the case; zeros: the author did */
    uint64_t directory;             /* version that the author had; 0: none */
    uint8_t directory_hash[DIRECTORY_HASH];
};

/* Does it leave the post? */
bool core_is_dispatch(const struct core *core);

/* What an act says. */
struct act_content {
    const struct act_type *type;
    const struct act_type *inner; /* of the act corrected, where a field is a payload; else NULL */
    const json_t *payload;        /* has passed payload_check and value_check */
    const json_t *context;        /* attached by the store, in the core; NULL: none */
    const json_t *kept;           /* the same, in a part that never leaves this post */
};

/* Encodes and signs, by who has the file open. */
void act_bytes_make(struct act_bytes *out, const struct core *core,
                    const struct act_content *content, const struct vault *vault);

/*
 * Encodes and signs a dispatch, by the secret Ed25519 key of a post, State or root of the directory
 * (libsodium's 64 bytes, in locked memory), under that root. Of prev PREV_SHORT bytes are written.
 * The content has no field of class P3, and nothing kept: else BUG().
 */
void dispatch_bytes_make(struct act_bytes *out, const struct core *core,
                         const struct act_content *content, const uint8_t root[ROOT],
                         const uint8_t *secret);

/* The same by the key of who has the file open: an officer of the Secretariat's who is one of the
 * root. */
void dispatch_bytes_make_own(struct act_bytes *out, const struct core *core,
                             const struct act_content *content, const uint8_t root[ROOT],
                             const struct vault *vault);

/* Signature, commitments and id hold, and every byte is of the strict subset? Else the fault. */
bool act_bytes_check(const struct act_bytes *a, const char **fault);

/* Sets the commitments of the parts that are there, from their salts and bytes. */
void act_bytes_commit(struct act_bytes *a);

/* Sets the id that the bytes have. */
void act_bytes_identify(struct act_bytes *a);

/* Reads the head of the core; false where it is none of ours. */
bool act_bytes_core(const struct act_bytes *a, struct core *core);

/*
 * Reads payload (fields of parts that are gone are missing) and context (with what is kept; NULL
 * where there is none): new references. False where a field or a form is unknown, or a
 * field lies in another part than that of its class.
 */
bool act_bytes_read(const struct act_bytes *a, json_t **payload, json_t **context);

/* The class of each part, enum field_class or CLASS_KEPT; false where the core names them wrongly.
 */
bool act_bytes_classes(const struct act_bytes *a, uint64_t classes[PARTS]);

/* The class of a field; an object's own is the strictest of its members'. */
enum field_class act_field_class(const struct field *field);

/* The n-th field of an act: its own, then those that it may carry; NULL after the last. */
const struct field *act_field_at(const struct act_type *type, size_t n);

/* The type of a kind, of a case, of the post itself or of the directory; NULL for one that this
 * version lacks. */
const struct act_type *any_act_type(unsigned kind);

/* The acts of the post itself. Their numbers are in the file: never change or reuse one. */
enum post_act {
    POST_GENESIS = 64,   /* profile, recovery key */
    POST_OFFICER = 65,   /* a key gets a name and a role */
    POST_RESUMES = 66,   /* a backup goes on as a new incarnation */
    POST_REKEYED = 67,   /* the file has a new data key, and why */
    POST_LEAVES = 70,    /* a key has no role any more */
    POST_KEY = 71,       /* the signer goes on with another key */
    POST_RECOVERY = 72,  /* a new recovery key */
    POST_REHEARSED = 73, /* a recovery share was tried */
    POST_ESCROW = 74,    /* the data key is sealed to an escrow key, or to none any more */
    POST_SIGNING = 80,   /* what leaves the post is signed by this key from now on */
    POST_SEALING = 81,   /* what comes to the post is sealed to this key from now on */
    POST_CHECKED = 90,   /* a fingerprint was compared by telephone */
    POST_ROOT = 91,      /* the root of the directory, from the card that was handed over */
    POST_SETTLED = 92,   /* a version of the directory, cited by others, is none of the network's */
    POST_CARD = 93,      /* a key card was taken */
    POST_WORD = 94,      /* the head of post's word that identity may go to who has that key */
    POST_STATE_KEY = 95, /* the key of the State lies in this file */
};

#endif
