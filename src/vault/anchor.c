/* SPDX-License-Identifier: MIT */
#include "amparo/vault/anchor.h"

#include <sodium.h>
#include <string.h>

static const uint8_t magic[8] = "AMPANCH2";

/* Bytes of bits that as many pages need. */
static size_t bits_size(uint32_t pages)
{
    size_t size = (format_leaves(pages) + 7) / 8;

    return size < ANCHOR_BITS ? size : ANCHOR_BITS;
}

void anchor_print(const struct anchor *a, enum anchor_copy copy, const struct keys *keys,
                  uint8_t out[ANCHOR_SIZE])
{
    size_t bits = bits_size(a->pages);

    memset(out, 0, ANCHOR_SIZE);
    memcpy(out, magic, sizeof(magic));
    put64(out + 8, a->counter);
    put64(out + 16, a->epoch);
    put64(out + 24, a->commit);
    put64(out + 32, a->backfill);
    put64(out + 40, a->tag_generation);
    put64(out + 48, a->header_generation);
    memcpy(out + 56, a->tag_root, sizeof(a->tag_root));
    memcpy(out + 88, a->commit_tag, CRYPTO_TAG);
    put64(out + 104, a->seen[!copy]);
    put32(out + 112, a->pages);
    put32(out + 116, copy);
    memcpy(out + 120, a->spare_root, sizeof(a->spare_root));
    put32(out + 152, a->most_pages);
    out[156] = a->header_changing;
    memcpy(out + ANCHOR_BITS_AT, a->bits, bits);
    mac_make(keys->anchor, keys->file_id, out, ANCHOR_BITS_AT + bits, out + ANCHOR_MAC_AT);
}

bool anchor_parse(const uint8_t in[ANCHOR_SIZE], enum anchor_copy copy, const struct keys *keys,
                  struct anchor *a)
{
    size_t bits = bits_size(get32(in + 112));

    if (memcmp(in, magic, sizeof(magic)) != 0 || get32(in + 116) != copy ||
        !mac_check(keys->anchor, keys->file_id, in, ANCHOR_BITS_AT + bits, in + ANCHOR_MAC_AT))
        return false;
    memset(a, 0, sizeof(*a));
    a->counter = get64(in + 8);
    a->epoch = get64(in + 16);
    a->commit = get64(in + 24);
    a->backfill = get64(in + 32);
    a->tag_generation = get64(in + 40);
    a->header_generation = get64(in + 48);
    memcpy(a->tag_root, in + 56, sizeof(a->tag_root));
    memcpy(a->commit_tag, in + 88, CRYPTO_TAG);
    a->pages = get32(in + 112);
    memcpy(a->spare_root, in + 120, sizeof(a->spare_root));
    a->most_pages = get32(in + 152);
    a->header_changing = in[156];
    memcpy(a->bits, in + ANCHOR_BITS_AT, bits);
    a->seen[copy] = a->counter;
    a->seen[!copy] = get64(in + 104);
    return true;
}

bool anchor_rest_is_zero(const uint8_t in[ANCHOR_SIZE], uint32_t pages)
{
    size_t end = ANCHOR_BITS_AT + bits_size(pages);

    return sodium_is_zero(in + 157, ANCHOR_BITS_AT - 157) &&
           sodium_is_zero(in + end, ANCHOR_MAC_AT - end);
}

int64_t anchor_at(enum anchor_copy copy)
{
    return copy == ANCHOR_FLUSHED ? FORMAT_ANCHOR_A : FORMAT_ANCHOR_B;
}

/* Both copies, as they lie one behind the other; a file that ends there has lost all its pages. */
static int read_copies(sqlite3_file *file, uint8_t bytes[2][ANCHOR_SIZE])
{
    int rc = file->pMethods->xRead(file, bytes, 2 * ANCHOR_SIZE, anchor_at(ANCHOR_FLUSHED));

    return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_DATA : rc;
}

static int take_newer(uint8_t bytes[2][ANCHOR_SIZE], const struct keys *keys, struct anchor *a)
{
    uint64_t seen[2] = {0, 0};

    for (int copy = 0; copy < 2; copy++) {
        struct anchor read;

        /* A copy in the other's place is none. */
        if (!anchor_parse(bytes[copy], copy, keys, &read))
            continue;
        seen[copy] = read.counter;
        if (!seen[!copy] || read.counter > a->counter)
            *a = read;
    }
    if (!seen[0] && !seen[1])
        return SQLITE_IOERR_DATA;
    memcpy(a->seen, seen, sizeof(seen));
    for (int copy = 0; copy < 2; copy++)
        memcpy(a->mac[copy], bytes[copy] + ANCHOR_MAC_AT, CRYPTO_KEY);
    return SQLITE_OK;
}

int anchor_read(sqlite3_file *file, const struct keys *keys, struct anchor *a)
{
    uint8_t bytes[2][ANCHOR_SIZE];
    int rc = read_copies(file, bytes);

    return rc == SQLITE_OK ? take_newer(bytes, keys, a) : rc;
}

int anchor_read_again(sqlite3_file *file, const struct keys *keys, struct anchor *a)
{
    uint8_t bytes[2][ANCHOR_SIZE];
    int rc = read_copies(file, bytes);

    if (rc == SQLITE_OK && (a->seen[0] || a->seen[1]) &&
        memcmp(a->mac[0], bytes[0] + ANCHOR_MAC_AT, CRYPTO_KEY) == 0 &&
        memcmp(a->mac[1], bytes[1] + ANCHOR_MAC_AT, CRYPTO_KEY) == 0)
        return SQLITE_OK;
    return rc == SQLITE_OK ? take_newer(bytes, keys, a) : rc;
}

int anchor_mark(sqlite3_file *file, uint8_t mark[CRYPTO_KEY])
{
    return file->pMethods->xRead(file, mark, CRYPTO_KEY, anchor_at(ANCHOR_FLUSHED) + ANCHOR_MAC_AT);
}

int anchor_write(sqlite3_file *file, const struct keys *keys, struct anchor *a,
                 enum anchor_copy copy)
{
    uint8_t bytes[ANCHOR_SIZE];

    a->counter++;
    anchor_print(a, copy, keys, bytes);
    a->seen[copy] = a->counter;
    memcpy(a->mac[copy], bytes + ANCHOR_MAC_AT, CRYPTO_KEY);
    return file->pMethods->xWrite(file, bytes, sizeof(bytes), anchor_at(copy));
}
