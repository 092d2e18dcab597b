/* SPDX-License-Identifier: MIT */
/*
 * From a passphrase to a key: Argon2id with parameters that lie beside its result. Layer: vault.
 *
 * How dear it is, is measured on the machine where a passphrase is set: about half a second, the
 * memory first. Never less than KDF_LEAST, but for files whose passphrase is no secret.
 */
#ifndef AMPARO_VAULT_KDF_H
#define AMPARO_VAULT_KDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KDF_SALT = 16,
    KDF_OUT = 64,
    KDF_PASSES_MAX = 32,
    KDF_KIB_MIN = 8 << 10, /* 8 MiB: less would be too easy to guess at */
    KDF_KIB_MAX = 2 << 20, /* 2 GiB: more could only be meant to stop us */

    KDF_TARGET_MS = 500,
    KDF_PASSES = 2, /* the least that a new passphrase gets */
    KDF_KIB = 64 << 10,
    KDF_KIB_MOST = 512 << 10, /* what one gets at most: other machines are to open it too */
    KDF_PASSES_MOST = 8,
};

struct kdf_cost {
    uint32_t passes;
    uint32_t kib; /* memory */
};

#define KDF_LEAST ((struct kdf_cost){KDF_PASSES, KDF_KIB})

/* Whether the parameters are within the bounds above. */
bool kdf_cost_sane(struct kdf_cost cost);

/* Whether it is as dear as KDF_LEAST in both. */
bool kdf_cost_honest(struct kdf_cost cost);

/* Fills `out`; false where there is not the memory for it. The cost must be sane. */
bool kdf_derive(struct kdf_cost cost, const uint8_t salt[KDF_SALT], const void *passphrase,
                size_t length, uint8_t out[KDF_OUT]);

/*
 * The cost of about KDF_TARGET_MS where KDF_LEAST takes `least_us` microseconds, and `kib` of
 * memory may be taken.
 */
struct kdf_cost kdf_choose(int64_t least_us, uint64_t kib);

/* The same for this machine as it is now: takes some three derivations at KDF_LEAST. */
struct kdf_cost kdf_measure(void);

#endif
