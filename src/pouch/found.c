/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/found.h"

#include <sodium.h>
#include <string.h>

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
    static const char magic[] = "pch"; /* and the version, which is no letter */
    size_t length = sizeof magic - 1;

    return size > length && memcmp(bytes, magic, length) == 0 &&
           ((const uint8_t *)bytes)[length] < ' ';
}
