/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/fingerprint.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 6, GROUP_DIGITS = 5, GROUP_BYTES = 8, GROUP_END = 100000 };

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, TRUST_KEY);
}

void fingerprint_root(uint8_t keys[ROOT_KEYS][TRUST_KEY], uint8_t root[ROOT_SIZE])
{
    static const char label[] = "amparo root keys v1"; /* with its zero byte, as all here */
    uint8_t sorted[ROOT_KEYS][TRUST_KEY];
    crypto_generichash_state state;

    memcpy(sorted, keys, sizeof sorted);
    qsort(sorted, ROOT_KEYS, TRUST_KEY, by_bytes);
    crypto_generichash_init(&state, NULL, 0, ROOT_SIZE);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, (const uint8_t *)sorted, sizeof sorted);
    crypto_generichash_final(&state, root, ROOT_SIZE);
}

struct piece {
    const void *bytes;
    size_t size;
};

static const char *digits(const struct piece *pieces, size_t count, char out[FINGERPRINT_SIZE])
{
    crypto_generichash_state state;
    uint8_t hash[crypto_generichash_BYTES_MAX];

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < count; i++)
        crypto_generichash_update(&state, pieces[i].bytes, pieces[i].size);
    crypto_generichash_final(&state, hash, sizeof hash);
    for (size_t g = 0; g < GROUPS; g++) {
        uint64_t number = 0;
        char *group = out + g * (GROUP_DIGITS + 1);
        for (size_t i = 0; i < GROUP_BYTES; i++)
            number = number << 8 | hash[g * GROUP_BYTES + i];
        number %= GROUP_END;
        for (size_t i = GROUP_DIGITS; i-- > 0; number /= 10)
            group[i] = (char)('0' + number % 10);
        group[GROUP_DIGITS] = g + 1 < GROUPS ? ' ' : '\0';
    }
    return out;
}

const char *fingerprint_of_root(const uint8_t root[ROOT_SIZE], char out[FINGERPRINT_SIZE])
{
    static const char label[] = "amparo root v1";

    return digits((const struct piece[]){{label, sizeof label}, {root, ROOT_SIZE}}, 2, out);
}

const char *fingerprint_of_state(const char *state, const uint8_t key[TRUST_KEY],
                                 char out[FINGERPRINT_SIZE])
{
    static const char label[] = "amparo state v1";

    return digits(
        (const struct piece[]){{label, sizeof label}, {state, STATE_SIZE - 1}, {key, TRUST_KEY}}, 3,
        out);
}

const char *fingerprint_of_post(const char *state, const uint8_t post[16],
                                const uint8_t key[TRUST_KEY], char out[FINGERPRINT_SIZE])
{
    static const char label[] = "amparo post v1";

    return digits(
        (const struct piece[]){
            {label, sizeof label}, {state, STATE_SIZE - 1}, {post, 16}, {key, TRUST_KEY}},
        4, out);
}

bool fingerprint_parse(const char *text, char out[FINGERPRINT_SIZE])
{
    size_t count = 0;

    for (; *text; text++) {
        if (strchr(" -.\t\n", *text))
            continue;
        if (!isdigit((unsigned char)*text) || count == FINGERPRINT_DIGITS)
            return false;
        size_t place = count + count / GROUP_DIGITS;
        out[place] = *text;
        out[place + 1] = ' ';
        count++;
    }
    out[FINGERPRINT_SIZE - 1] = '\0';
    return count == FINGERPRINT_DIGITS;
}

void fingerprint_version(const uint8_t before[VERSION_HASH], uint64_t version, uint32_t until,
                         uint8_t (*adds)[32], size_t count, uint8_t out[VERSION_HASH])
{
    static const char label[] = "amparo directory v1";
    crypto_generichash_state state;
    uint8_t numbers[12];

    for (size_t i = 0; i < 8; i++)
        numbers[i] = (uint8_t)(version >> (56 - 8 * i));
    for (size_t i = 0; i < 4; i++)
        numbers[8 + i] = (uint8_t)(until >> (24 - 8 * i));
    if (count)
        qsort(adds, count, 32, by_bytes);
    crypto_generichash_init(&state, NULL, 0, VERSION_HASH);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, before, VERSION_HASH);
    crypto_generichash_update(&state, numbers, sizeof numbers);
    crypto_generichash_update(&state, (const uint8_t *)adds, 32 * count);
    crypto_generichash_final(&state, out, VERSION_HASH);
}
