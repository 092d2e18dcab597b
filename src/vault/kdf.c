/* SPDX-License-Identifier: MIT */
#include "amparo/vault/kdf.h"

#include <sodium.h>

#include "amparo/base/mem.h"

bool kdf_cost_sane(struct kdf_cost cost)
{
    return cost.passes >= 1 && cost.passes <= KDF_PASSES_MAX && cost.kib >= KDF_KIB_MIN &&
           cost.kib <= KDF_KIB_MAX;
}

bool kdf_derive(struct kdf_cost cost, const uint8_t salt[KDF_SALT], const void *passphrase,
                size_t length, uint8_t out[KDF_OUT])
{
    if (!kdf_cost_sane(cost))
        BUG("key derivation outside its bounds");
    return crypto_pwhash(out, KDF_OUT, passphrase, length, salt, cost.passes,
                         (size_t)cost.kib * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
}
