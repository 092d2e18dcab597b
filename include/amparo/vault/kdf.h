/* SPDX-License-Identifier: MIT */
/*
 * From a passphrase to a key: Argon2id with parameters that lie beside its result. Layer: vault.
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
};

struct kdf_cost {
    uint32_t passes;
    uint32_t kib; /* memory */
};

/* What new slots get. */
enum { KDF_PASSES = 2, KDF_KIB = 64 << 10 };

/* Whether the parameters are within the bounds above. */
bool kdf_cost_sane(struct kdf_cost cost);

/* Fills `out`; false where there is not the memory for it. The cost must be sane. */
bool kdf_derive(struct kdf_cost cost, const uint8_t salt[KDF_SALT], const void *passphrase,
                size_t length, uint8_t out[KDF_OUT]);

#endif
