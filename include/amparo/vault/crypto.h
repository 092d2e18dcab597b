/* SPDX-License-Identifier: MIT */
/*
 * Sealing pages, WAL records and temporary blocks. Layer: vault.
 *
 * XChaCha20-Poly1305 as libsodium has it. The nonce is a keyed hash of fresh random bytes, of what
 * is sealed and of its content, so that it does not repeat even where the random bytes do (a
 * virtual machine set back, a fork). What is sealed is bound to the file, its kind, number and
 * epoch.
 */
#ifndef AMPARO_VAULT_CRYPTO_H
#define AMPARO_VAULT_CRYPTO_H

#include "amparo/vault/format.h"

enum {
    CRYPTO_KEY = 32,
    CRYPTO_NONCE = 24,
    CRYPTO_TAG = 16,
    CRYPTO_FILE_ID = 16,
    CRYPTO_SIGN_SK = 64,
};

/* One case file's keys, all derived from the data key but the last; lives in locked memory. */
struct keys {
    uint8_t data[CRYPTO_KEY];
    uint8_t page[CRYPTO_KEY];
    uint8_t wal[CRYPTO_KEY];
    uint8_t nonce[CRYPTO_KEY];
    uint8_t digest[CRYPTO_KEY]; /* Poly1305 of the plaintext, for the nonce alone */
    uint8_t anchor[CRYPTO_KEY];
    uint8_t header[CRYPTO_KEY];
    uint8_t tags[CRYPTO_KEY];
    uint8_t sign_sk[CRYPTO_SIGN_SK]; /* of who unlocked */
    uint8_t file_id[CRYPTO_FILE_ID]; /* not secret; bound into all that is sealed */
    uint8_t circle[CRYPTO_KEY];      /* what officers alone have (header.h); zeros: not had */
    uint8_t founder[CRYPTO_KEY];     /* not secret; the Ed25519 key that the log rests on */
};

/* Locked memory, zeroed; ends the program when there is none. Free with keys_free(), NULL is fine.
 */
struct keys *keys_new(void);
void keys_free(struct keys *keys);

/* Fills the derived keys from keys->data. */
void keys_derive(struct keys *keys);

/*
 * A page of the case file. Opening is in place, and false where it is not authentic; the last 40
 * bytes are zero then.
 */
void page_seal(const struct keys *keys, uint32_t number, const uint8_t plain[FORMAT_PAGE],
               uint8_t out[FORMAT_PAGE]);
bool page_open(const struct keys *keys, uint32_t number, uint8_t page[FORMAT_PAGE]);

/* A WAL record; `index` from 0. Opening refuses a record of another epoch. */
void record_seal(const struct keys *keys, uint64_t epoch, uint64_t index,
                 const uint8_t frame[FORMAT_FRAME], uint8_t out[FORMAT_WAL_RECORD]);
bool record_open(const struct keys *keys, uint64_t epoch, uint64_t index,
                 const uint8_t in[FORMAT_WAL_RECORD], uint8_t frame[FORMAT_FRAME]);

/* What the WAL's header record holds. */
struct wal_head {
    uint8_t sqlite[FORMAT_WAL_HEADER]; /* SQLite's own */
    uint8_t root[FORMAT_ROOT];         /* of the page tags that the WAL begins upon */
};

/* The WAL's header record; opening tells its epoch. */
void wal_head_seal(const struct keys *keys, uint64_t epoch, const struct wal_head *head,
                   uint8_t out[FORMAT_WAL_HEAD_RECORD]);
bool wal_head_open(const struct keys *keys, const uint8_t in[FORMAT_WAL_HEAD_RECORD],
                   uint64_t *epoch, struct wal_head *head);

/* A block of a temporary file under its own key, as a page is laid out but with 40 bytes more. */
void block_seal(const struct keys *keys, const uint8_t key[CRYPTO_KEY], uint64_t number,
                const uint8_t plain[FORMAT_PAGE], uint8_t out[FORMAT_PAGE + FORMAT_RESERVE]);
bool block_open(const uint8_t key[CRYPTO_KEY], uint64_t number,
                const uint8_t in[FORMAT_PAGE + FORMAT_RESERVE], uint8_t plain[FORMAT_PAGE]);

/* Keyed BLAKE2b over the file id and `size` bytes; checking takes constant time. */
void mac_make(const uint8_t key[CRYPTO_KEY], const uint8_t file_id[CRYPTO_FILE_ID],
              const void *bytes, size_t size, uint8_t mac[CRYPTO_KEY]);
bool mac_check(const uint8_t key[CRYPTO_KEY], const uint8_t file_id[CRYPTO_FILE_ID],
               const void *bytes, size_t size, const uint8_t mac[CRYPTO_KEY]);

#endif
