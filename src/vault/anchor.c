/* SPDX-License-Identifier: MIT */
#include "amparo/vault/anchor.h"

#include <string.h>

enum { AT_MAC = 160 };

static const uint8_t magic[8] = "AMPANCH1";

void anchor_print(const struct anchor *a, const struct keys *keys, uint8_t out[ANCHOR_SIZE])
{
    memset(out, 0, ANCHOR_SIZE);
    memcpy(out, magic, sizeof(magic));
    put64(out + 8, a->counter);
    put64(out + 16, a->epoch);
    put64(out + 24, a->commit);
    put64(out + 32, a->backfill);
    put64(out + 48, a->header_generation);
    memcpy(out + 88, a->commit_tag, CRYPTO_TAG);
    mac_make(keys->anchor, keys->file_id, out, AT_MAC, out + AT_MAC);
}

bool anchor_parse(const uint8_t in[ANCHOR_SIZE], const struct keys *keys, struct anchor *a)
{
    if (memcmp(in, magic, sizeof(magic)) != 0 ||
        !mac_check(keys->anchor, keys->file_id, in, AT_MAC, in + AT_MAC))
        return false;
    a->counter = get64(in + 8);
    a->epoch = get64(in + 16);
    a->commit = get64(in + 24);
    a->backfill = get64(in + 32);
    a->header_generation = get64(in + 48);
    memcpy(a->commit_tag, in + 88, CRYPTO_TAG);
    return true;
}

static int64_t place_of(uint64_t counter)
{
    return counter & 1 ? FORMAT_ANCHOR_B : FORMAT_ANCHOR_A;
}

int anchor_read(sqlite3_file *file, const struct keys *keys, struct anchor *a)
{
    bool found = false;

    for (uint64_t copy = 0; copy < 2; copy++) {
        uint8_t bytes[ANCHOR_SIZE];
        struct anchor read;
        int rc = file->pMethods->xRead(file, bytes, sizeof(bytes), place_of(copy));

        if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
            return rc;
        /* A copy in the other's place is none. */
        if (rc == SQLITE_OK && anchor_parse(bytes, keys, &read) && (read.counter & 1) == copy &&
            (!found || read.counter > a->counter)) {
            *a = read;
            found = true;
        }
    }
    return found ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int anchor_write(sqlite3_file *file, const struct keys *keys, struct anchor *a)
{
    uint8_t bytes[ANCHOR_SIZE];

    a->counter++;
    anchor_print(a, keys, bytes);
    return file->pMethods->xWrite(file, bytes, sizeof(bytes), place_of(a->counter));
}
