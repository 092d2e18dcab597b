/* SPDX-License-Identifier: MIT */
/*
 * Recovery, two of three: a secret in three shares, of which any two give it and one alone tells
 * nothing, whoever computes for however long. Layer: vault; uses base.
 *
 * With a random, the shares of s are s + a, s + wa, s + w²a over GF(4) (w² = w + 1), each half of
 * 16 bytes a vector over GF(2): addition is XOR, and w(h, l) = (h + l, h).
 *
 * What is written on paper is number 1, set 1, start of the file's id 3 and the share 32, as code.h
 * writes them.
 */
#ifndef AMPARO_VAULT_RECOVERY_H
#define AMPARO_VAULT_RECOVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

enum { RECOVERY_SECRET = 32, RECOVERY_SHARES = 3, RECOVERY_NEEDED = 2, SHARE_FILE = 3 };

struct share {
    uint8_t number; /* from 1 */
    uint8_t set;    /* the low byte of the set's number */
    uint8_t file[SHARE_FILE];
    uint8_t bytes[RECOVERY_SECRET];
};

/* Fills the bytes of the three shares, and their numbers. */
void recovery_split(const uint8_t secret[RECOVERY_SECRET], struct share shares[RECOVERY_SHARES]);

/* Makes the secret of two shares; false where they have the same number. */
bool recovery_join(const struct share *a, const struct share *b, uint8_t secret[RECOVERY_SECRET]);

/* Adds the text of a share to `out`. */
void share_print(const struct share *share, struct buf *out);

/* Reads it back. ERROR_VAULT with the number of the first group that does not check. */
bool share_parse(const char *text, struct share *share, struct error *err);

/*
 * Reads two shares, one after the other, on however many lines; a third one is not looked at.
 * ERROR_INPUT where there are less, or the same one twice.
 */
bool share_parse_two(const char *text, struct share shares[RECOVERY_NEEDED], struct error *err);

#endif
