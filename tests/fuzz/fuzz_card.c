/* SPDX-License-Identifier: MIT */
/* Key cards: written again they are the same line, and what nobody signed is none. The input is the
 * array of a card, which is signed here by the key of the seeds. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/store/card.h"
#include "fuzz.h"

enum { SIGNATURE = 64, LONGEST = 800 };

static void key_of_seeds(uint8_t public[TRUST_KEY], uint8_t secret[64])
{
    static const char text[] = "post";
    uint8_t seed[crypto_sign_SEEDBYTES];

    PROMISE(sodium_init() >= 0, "libsodium does not begin");
    crypto_generichash(seed, sizeof seed, (const uint8_t *)text, strlen(text), NULL, 0);
    crypto_sign_seed_keypair(public, secret, seed);
}

/* The line of a card whose array that is. */
static char *line_of(const uint8_t *bytes, size_t size, bool sign)
{
    static const char label[] = "amparo card v1";
    uint8_t public[TRUST_KEY], secret[64], hash[crypto_generichash_BYTES_MAX], whole[LONGEST + 64];
    crypto_generichash_state state;
    char *text = calloc(1, 2000);

    key_of_seeds(public, secret);
    memcpy(whole, bytes, size);
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, bytes, size);
    crypto_generichash_final(&state, hash, sizeof hash);
    crypto_sign_detached(whole + size, NULL, hash, sizeof hash, secret);
    whole[size] ^= sign ? 0 : 1;
    PROMISE(text, "no memory");
    strcpy(text, "amparo-card:");
    sodium_bin2base64(text + strlen(text), 1900, whole, size + SIGNATURE,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text;
}

static void promise_same(const struct card *card, const char *text)
{
    uint8_t public[TRUST_KEY], secret[64];
    struct buf again = BUF_INIT;

    key_of_seeds(public, secret);
    PROMISE(memcmp(card->key, public, sizeof public) == 0, "signed by another key than it names");
    card_write(card, secret, &again);
    PROMISE(strcmp(buf_text(&again), text) == 0, "another line");
    buf_release(&again);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct error err = ERROR_INIT;
    struct card card;

    if (size > LONGEST)
        return false;
    char *text = line_of(bytes, size, true), *forged = line_of(bytes, size, false);
    PROMISE(!card_read(forged, &card, NULL), "taken without its signature");
    bool good = card_read(text, &card, &err);
    if (good)
        promise_same(&card, text);
    else
        fuzz_message(&err, NULL);
    card_release(&card);
    error_release(&err);
    free(text);
    free(forged);
    return good;
}

static const struct fuzz_seed seeds[] = {
    SEED("\214\001\000bHNPbbbbbbbbbbbbbbbbX o'\326\374\372\242\346\022\267cVl\253\247\256\211"
         "\2458\322\321\3735\006\2068ZY\203\276\021s\315X LqhN\351UX\306-U)S\367\3673\366QGq"
         "\320_\254\003If\255\002A\322\2461\232j2026-06-12eHNTGUkDirectoratebHNkTegucigalpakdi"
         "rectorate"),
    SEED("\214\001\001bHNPbbbbbbbbbbbbbbbbX o'\326\374\372\242\346\022\267cVl\253\247\256\211"
         "\2458\322\321\3735\006\2068ZY\203\276\021s\315@`eHNTGUkDirectoratebHNkTegucigalpakdi"
         "rectorate"),
    SEEDS_END,
};

static const char *const list[] = {"HN",
                                   "ts",
                                   "secretariat",
                                   "directorate",
                                   "consulate",
                                   "\x58\x20",
                                   "\x40",
                                   "\x60",
                                   "\x6a"
                                   "2026-06-12",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(card, run) = {"card", run, seeds, words, fuzz_mutate_bytes, 4000};
