/* SPDX-License-Identifier: MIT */
/*
 * Public keys of X25519: that of a secret one, and which are some that somebody can be sealed to.
 * Layer: base; uses nothing of ours but mem, and libsodium.
 */
#ifndef AMPARO_BASE_X25519_H
#define AMPARO_BASE_X25519_H

#include <stdbool.h>
#include <stdint.h>

enum { X25519_KEY = 32 };

/*
 * Not a point of low order, which would make the secret known to all, nor another writing of a key
 * than its shortest. Whoever takes up sealing keys asks this: one that is none would keep the
 * others from getting what is sealed with it.
 */
bool x25519_key_ok(const uint8_t key[X25519_KEY]);

/*
 * The public key of a secret one, which is any 32 random bytes in the caller's locked memory; false
 * where that would be none (x25519_key_ok).
 */
bool x25519_public(const uint8_t secret[X25519_KEY], uint8_t key[X25519_KEY]);

#endif
