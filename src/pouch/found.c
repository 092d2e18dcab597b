/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/found.h"

#include <sodium.h>
#include <string.h>

#include "envelope_work.h"

void pouch_hash(const void *bytes, size_t size, uint8_t hash[POUCH_HASH])
{
    crypto_generichash(hash, POUCH_HASH, bytes, size, NULL, 0);
}

void pouch_name(const void *bytes, size_t size, char name[POUCH_NAME_SIZE])
{
    uint8_t hash[POUCH_HASH];

    pouch_hash(bytes, size, hash);
    sodium_bin2hex(name, POUCH_NAME_SIZE, hash, POUCH_PREFIX);
}

bool pouch_begins(const void *bytes, size_t size)
{
    size_t length = PLACE_COUNT - 1; /* without the version, which is no letter */

    return size > length && memcmp(bytes, envelope_magic, length) == 0 &&
           ((const uint8_t *)bytes)[length] < ' ';
}
