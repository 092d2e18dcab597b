/* SPDX-License-Identifier: MIT */
/*
 * Where things lie in a case file and its WAL; nothing else knows it. Layer: vault.
 *
 * Case file, format 1:
 *       0 / 4096    key header, copies A and B
 *    8192 / 12288   anchor record, copies A and B
 *   16384           groups of 4,096 pages, each behind 128 KiB: sixteen leaves of page tags
 *                   (tags.h), copies A, then copies B
 *
 * A page on disk: ciphertext 4056, nonce 24, tag 16; SQLite sees 4096 bytes, the last 40 reserved.
 *
 * WAL, beside it:
 *       0 / 512     header record, copies A and B: epoch 8, nonce 24, ciphertext 32 + 32 (SQLite's
 *                   header, and the root of the page tags that this WAL begins upon), tag 16, zeros
 *    1024           records: epoch 8, nonce 24, ciphertext 24 + 4096, tag 16
 *
 * All numbers are little-endian.
 */
#ifndef AMPARO_VAULT_FORMAT_H
#define AMPARO_VAULT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FORMAT_VERSION = 1,
    FORMAT_PAGE = 4096,
    FORMAT_RESERVE = 40, /* nonce and tag of a page */
    FORMAT_CONTENT = FORMAT_PAGE - FORMAT_RESERVE,

    FORMAT_HEADER_A = 0,
    FORMAT_HEADER_B = 4096,
    FORMAT_ANCHOR_A = 8192,
    FORMAT_ANCHOR_B = 12288,
    FORMAT_GROUPS = 16384,
    FORMAT_LEAF_ROOM = 2 * 16 * FORMAT_PAGE,
    FORMAT_GROUP_PAGES = 4096,
    FORMAT_LEAF_PAGES = 256, /* whose tags fill a leaf of 4096 bytes */
    FORMAT_GROUP_LEAVES = FORMAT_GROUP_PAGES / FORMAT_LEAF_PAGES,

    FORMAT_FRAME_HEADER = 24, /* SQLite's own, before each page in its WAL */
    FORMAT_FRAME = FORMAT_FRAME_HEADER + FORMAT_PAGE,
    FORMAT_WAL_HEADER = 32, /* SQLite's own */
    FORMAT_WAL_COPY_B = 512,
    FORMAT_WAL_RECORDS = 1024,
    FORMAT_ROOT = 32,
    FORMAT_WAL_HEAD_RECORD = 8 + 24 + FORMAT_WAL_HEADER + FORMAT_ROOT + 16,
    FORMAT_WAL_RECORD = 8 + 24 + FORMAT_FRAME + 16,

    FORMAT_LOCK_PAGE = 0x40000000 / FORMAT_PAGE + 1, /* where SQLite locks; never written */
};

static const int64_t format_group_size =
    FORMAT_LEAF_ROOM + (int64_t)FORMAT_GROUP_PAGES * FORMAT_PAGE;

/* Where page `number` (from 1) lies in the file. */
static inline int64_t format_page_at(int64_t number)
{
    int64_t n = number - 1;

    return FORMAT_GROUPS + n / FORMAT_GROUP_PAGES * format_group_size + FORMAT_LEAF_ROOM +
           n % FORMAT_GROUP_PAGES * FORMAT_PAGE;
}

/* Leaves that the tags of `pages` pages fill; where copy 0 or 1 of a leaf (from 0) lies. */
static inline size_t format_leaves(uint32_t pages)
{
    return ((size_t)pages + FORMAT_LEAF_PAGES - 1) / FORMAT_LEAF_PAGES;
}

static inline int64_t format_leaf_at(size_t leaf, int copy)
{
    return FORMAT_GROUPS + (int64_t)(leaf / FORMAT_GROUP_LEAVES) * format_group_size +
           copy * (FORMAT_LEAF_ROOM / 2) + (int64_t)(leaf % FORMAT_GROUP_LEAVES) * FORMAT_PAGE;
}

/* Bytes of a file that holds `pages` pages. */
static inline int64_t format_size(int64_t pages)
{
    return pages > 0 ? format_page_at(pages) + FORMAT_PAGE : FORMAT_GROUPS;
}

/* Whole pages in a file of `size` bytes. */
static inline int64_t format_pages(int64_t size)
{
    int64_t rest, in_group;

    if (size <= FORMAT_GROUPS)
        return 0;
    rest = (size - FORMAT_GROUPS) % format_group_size;
    in_group = rest > FORMAT_LEAF_ROOM ? (rest - FORMAT_LEAF_ROOM) / FORMAT_PAGE : 0;
    return (size - FORMAT_GROUPS) / format_group_size * FORMAT_GROUP_PAGES + in_group;
}

/* Where WAL record `index` (from 0) lies, and whole records in a WAL of `size` bytes. */
static inline int64_t format_record_at(int64_t index)
{
    return FORMAT_WAL_RECORDS + index * FORMAT_WAL_RECORD;
}

static inline int64_t format_records(int64_t size)
{
    return size > FORMAT_WAL_RECORDS ? (size - FORMAT_WAL_RECORDS) / FORMAT_WAL_RECORD : 0;
}

static inline void put32(uint8_t *to, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(n >> (8 * i));
}

static inline uint32_t get32(const uint8_t *from)
{
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
           (uint32_t)from[3] << 24;
}

static inline void put64(uint8_t *to, uint64_t n)
{
    put32(to, (uint32_t)n);
    put32(to + 4, (uint32_t)(n >> 32));
}

static inline uint64_t get64(const uint8_t *from)
{
    return get32(from) | (uint64_t)get32(from + 4) << 32;
}

/* SQLite's own numbers are big-endian. */
static inline uint32_t get32be(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 |
           (uint32_t)from[3];
}

static inline void put32be(uint8_t *to, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(n >> (24 - 8 * i));
}

#endif
