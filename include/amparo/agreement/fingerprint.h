/* SPDX-License-Identifier: MIT */
/*
 * Fingerprints of keys: 30 digits in six groups, which two people can compare over the telephone in
 * any language; and the hashes by which the directory names its root and its versions. Layer:
 * agreement (pure); uses libsodium's BLAKE2b alone.
 *
 * Digits are made of the BLAKE2b-512 of a label with its zero byte, then what is named, in fixed
 * lengths: of each of its first six times eight bytes, as a big-endian number, the last five
 * decimal digits are a group. 30 digits are 99.6 bits.
 *   "amparo root v1", root (32)
 *   "amparo state v1", code of the State (2), public key (32)
 *   "amparo post v1", code of the State (2), post id (16), public key (32)
 */
#ifndef AMPARO_AGREEMENT_FINGERPRINT_H
#define AMPARO_AGREEMENT_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/agreement/country.h"

enum {
    TRUST_KEY = 32,          /* bytes of a public key */
    ROOT_KEYS = 3,           /* of which two sign what the root says */
    ROOT_SIZE = 32,          /* bytes of the fingerprint of a root that is signed under */
    FINGERPRINT_DIGITS = 30, /* and a blank between groups of five */
    FINGERPRINT_SIZE = FINGERPRINT_DIGITS + 6,
    VERSION_HASH = 32,
};

/* The root that three keys are, in whatever order: the BLAKE2b-256 of "amparo root keys v1", 0, and
 * the keys in ascending order. */
void fingerprint_root(uint8_t keys[ROOT_KEYS][TRUST_KEY], uint8_t root[ROOT_SIZE]);

/* "12345 67890 …" of a root; of a State's key; of a post's. Each returns `out`. */
const char *fingerprint_of_root(const uint8_t root[ROOT_SIZE], char out[FINGERPRINT_SIZE]);
const char *fingerprint_of_state(const char *state, const uint8_t key[TRUST_KEY],
                                 char out[FINGERPRINT_SIZE]);
const char *fingerprint_of_post(const char *state, const uint8_t post[16],
                                const uint8_t key[TRUST_KEY], char out[FINGERPRINT_SIZE]);

/* Takes what somebody typed: 30 digits with whatever blanks, hyphens and points between. */
bool fingerprint_parse(const char *text, char out[FINGERPRINT_SIZE]);

/*
 * The hash of a version of the directory: the BLAKE2b-256 of "amparo directory v1", 0, hash of the
 * version before (32; zeros: none), number (8, big-endian), day until which it is valid (YYYYMMDD,
 * 4, big-endian), ids that it adds (32 each, ascending; sorted here, in place).
 */
void fingerprint_version(const uint8_t before[VERSION_HASH], uint64_t version, uint32_t until,
                         uint8_t (*adds)[32], size_t count, uint8_t out[VERSION_HASH]);

#endif
