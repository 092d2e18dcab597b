/* SPDX-License-Identifier: MIT */
/*
 * The envelope of a pouch: bytes sealed to one or more posts, so that nothing about them can be
 * seen but how many readers there are and about how long they are. Pure: no file, no clock; what is
 * inside is content.h's. Layer: pouch; uses base and libsodium.
 *
 *   "pch" 0x01 | n (1) | E (32) | n times K wrapped for a reader (16), in random order, without
 * names | commitment (32) | XChaCha20-Poly1305 of the inner part, padded
 *
 * H(size, key; …) is BLAKE2b of that many bytes; a label stands with its final zero byte; R is a
 * reader's X25519 public key, and A all bytes before the commitment.
 *   S            = H(64, machine secret; "amparo pouch v1 seed", random (32), n (1), R_1 … R_n
 *                  ascending, H(64; the inner part, padded))
 *   e            = H(32, S; "amparo pouch v1 ephemeral");  E = X25519(e, base point)
 *   K            = H(16, S; "amparo pouch v1 message")
 *   order        : the readers, ascending, are shuffled: for j = n-1 … 1 the next draw d is taken,
 *                  and places j and d mod (j+1) change; draws are the 8-byte little-endian numbers
 *                  of H(64, S; "amparo pouch v1 order", i (1)) for i = 0, 1, …
 *   wrapped K    = K xor H(16, X25519(e, R); "amparo pouch v1 wrap", E, R)
 *   key ‖ commitment = H(64, K; "amparo pouch v1 keys", A), 32 bytes each
 * The nonce is zero, and the associated data are A and the commitment. The inner part ends in 0x80
 * and as many zeros as make it 192, 384, 576, 1024, 1408 or 2048 bytes long, beyond that a multiple
 * of an eighth of the power of two below.
 *
 * K is used once, for S depends on what is sealed: a machine set back to an earlier state, which
 * draws the same random bytes again, gets another K for another text, and without the machine
 * secret nobody can try texts. The commitment binds the key: no two readers can be given different
 * texts.
 */
#ifndef AMPARO_POUCH_ENVELOPE_H
#define AMPARO_POUCH_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

enum {
    ENVELOPE_VERSION = 1,
    ENVELOPE_KEY = 32,        /* a sealing key, secret or public: X25519 */
    ENVELOPE_SECRET = 32,     /* of the machine: random, made once, never leaves it */
    ENVELOPE_RANDOM = 32,     /* fresh for each pouch */
    ENVELOPE_READERS = 255,   /* at most, and at least 1 */
    ENVELOPE_INNER = 1 << 20, /* bytes of an inner part at most, padding included */
    ENVELOPE_LEAST = 4 + 1 + 32 + 16 + 32 + 192 + 16, /* the smallest pouch */
    ENVELOPE_MOST =
        4 + 1 + 32 + 16 * ENVELOPE_READERS + 32 + ENVELOPE_INNER + 16, /* the greatest */
};

/* Bytes of an inner part of `size` with its padding; 0 where that is more than ENVELOPE_INNER. */
size_t envelope_padded(size_t size);

/*
 * Seals `size` bytes to `count` public keys, which stand one after the other (ENVELOPE_KEY bytes
 * each), and appends the pouch to `out`. A key that is there
 * twice gets one place. `secret` is the machine's. `random`: NULL draws it; 32 bytes for frozen
 * test vectors, and for nothing else. False (ERROR_INPUT) for no readers or too many, a key that
 * cannot be sealed to, and too much to seal; then `out` is as it was.
 */
bool envelope_seal(struct buf *out, const uint8_t *readers, size_t count, const void *inner,
                   size_t size, const uint8_t secret[ENVELOPE_SECRET], const uint8_t *random,
                   struct error *err);

/* Why a pouch was not opened. */
enum envelope_fault {
    ENVELOPE_NO_POUCH, /* does not begin as one */
    ENVELOPE_OTHER,    /* of another version of the format */
    ENVELOPE_CUT,      /* too short, too long, or of a size that no pouch has */
    ENVELOPE_CLOSED,   /* none of these keys opens it: for others, or damaged */
    ENVELOPE_DAMAGED,  /* for these keys, and not as it was sealed */
};

/*
 * Opens a pouch with the secret sealing keys of its reader (the current one and the one before, as
 * many as there are, one after the other), and appends the inner part, without padding, to `inner`.
 * False: `inner` is as it was, *fault (may be NULL) says why, and err in words (ERROR_INPUT).
 */
bool envelope_open(struct buf *inner, const void *pouch, size_t size, const uint8_t *keys,
                   size_t count, enum envelope_fault *fault, struct error *err);

#endif
