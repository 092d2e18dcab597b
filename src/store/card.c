/* SPDX-License-Identifier: MIT */
#include "amparo/store/card.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/base/cbor.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/vault/vault.h"

static const char mark[] = "amparo-card:", root_mark[] = "amparo-root:";

enum { CARD_VERSION = 1, CARD_ITEMS = 12, SIGNATURE = VAULT_SIGNATURE };

void card_release(struct card *card)
{
    free(card->code);
    free(card->name);
    free(card->country);
    free(card->city);
    free(card->kind);
    *card = (struct card){.of_state = false};
}

const char *card_fingerprint(const struct card *card, char out[FINGERPRINT_SIZE])
{
    return card->of_state ? fingerprint_of_state(card->state, card->key, out)
                          : fingerprint_of_post(card->state, card->post, card->key, out);
}

/* What is signed. */
static void digest(const void *bytes, size_t size, uint8_t hash[crypto_generichash_BYTES_MAX])
{
    static const char label[] = "amparo card v1";
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES_MAX);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, bytes, size);
    crypto_generichash_final(&state, hash, crypto_generichash_BYTES_MAX);
}

/* ---- writing ---- */

static void put_text(struct buf *out, const char *text)
{
    cbor_put_text(out, text ? text : "", text ? strlen(text) : 0);
}

static void put_card(struct buf *out, const struct card *card)
{
    char day[DATE_SIZE];

    cbor_put_array(out, CARD_ITEMS);
    cbor_put_uint(out, CARD_VERSION);
    cbor_put_uint(out, card->of_state);
    put_text(out, card->state);
    cbor_put_bytes(out, card->post, POST_ID);
    cbor_put_bytes(out, card->key, TRUST_KEY);
    cbor_put_bytes(out, card->sealing, card->sealed ? TRUST_KEY : 0);
    put_text(out, card->sealed ? date_format(card->sealing_until, day) : "");
    put_text(out, card->code);
    put_text(out, card->name);
    put_text(out, card->country);
    put_text(out, card->city);
    put_text(out, card->kind);
}

void card_write(const struct card *card, const uint8_t *secret, struct buf *out)
{
    struct buf bytes = BUF_INIT;
    uint8_t hash[crypto_generichash_BYTES_MAX], signature[SIGNATURE];

    put_card(&bytes, card);
    digest(bytes.data, bytes.size, hash);
    crypto_sign_detached(signature, NULL, hash, sizeof hash, secret);
    buf_add(&bytes, signature, sizeof signature);
    size_t room = sodium_base64_encoded_len(bytes.size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = xmalloc(room);
    sodium_bin2base64(text, room, (const uint8_t *)bytes.data, bytes.size,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    buf_addf(out, "%s%s", mark, text);
    free(text);
    buf_release(&bytes);
}

/* ---- reading ---- */

/* One line of a text, not empty unless it may be. */
static bool take_text(struct cbor *in, char **out)
{
    const char *text;
    size_t size;

    if (!cbor_read_text(in, &text, &size) || !size || memchr(text, '\n', size))
        return false;
    *out = xstrndup(text, size);
    return true;
}

static bool take_state(struct cbor *in, struct card *card)
{
    const char *text;
    size_t size;

    if (!cbor_read_text(in, &text, &size) || size != STATE_SIZE - 1)
        return false;
    memcpy(card->state, text, size);
    return (!card->of_state && strcmp(card->state, CODE_SECRETARIAT) == 0) ||
           country_find(card->state);
}

static bool take_sealing(struct cbor *in, struct card *card)
{
    const uint8_t *bytes;
    const char *text;
    size_t size, length;
    char day[DATE_SIZE] = "";

    if (!cbor_read_bytes(in, &bytes, &size) || !cbor_read_text(in, &text, &length))
        return false;
    card->sealed = size > 0;
    if (!card->sealed)
        return length == 0;
    if (size != TRUST_KEY || length != sizeof day - 1)
        return false;
    memcpy(card->sealing, bytes, TRUST_KEY);
    memcpy(day, text, length);
    return date_parse(day, &card->sealing_until);
}

/* Does what a card says of itself go together? */
static bool is_whole(const struct card *card)
{
    static const char *const kinds[] = {"consulate", "directorate", "secretariat"};
    bool secretariat = strcmp(card->state, CODE_SECRETARIAT) == 0, known = false;

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        known |= strcmp(card->kind, kinds[i]) == 0;
    return known && country_find(card->country) && post_code_ok(card->code) &&
           secretariat == (strcmp(card->kind, "secretariat") == 0) &&
           (!card->of_state || strcmp(card->kind, "directorate") == 0);
}

static bool take_card(const void *bytes, size_t size, struct card *card)
{
    struct cbor in;
    size_t count;
    uint64_t version, kind;

    cbor_begin(&in, bytes, size);
    if (!cbor_read_array(&in, &count) || count != CARD_ITEMS || !cbor_read_uint(&in, &version) ||
        version != CARD_VERSION || !cbor_read_uint(&in, &kind) || kind > 1)
        return false;
    card->of_state = kind == 1;
    return take_state(&in, card) && cbor_read_exact(&in, card->post, POST_ID) &&
           cbor_read_exact(&in, card->key, TRUST_KEY) && take_sealing(&in, card) &&
           take_text(&in, &card->code) && take_text(&in, &card->name) &&
           take_text(&in, &card->country) && take_text(&in, &card->city) &&
           take_text(&in, &card->kind) && is_whole(card);
}

/* The bytes of the line, wherever it stands in the text. */
static bool decode(const char *text, struct buf *out)
{
    const char *from = strstr(text, mark);
    uint8_t bytes[CARD_TEXT];
    const char *end;
    size_t size;

    if (!from)
        return false;
    from += sizeof mark - 1;
    if (sodium_base642bin(bytes, sizeof bytes, from, strlen(from), " \t\r\n", &size, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        *end)
        return false;
    buf_add(out, bytes, size);
    return true;
}

bool card_read(const char *text, struct card *out, struct error *err)
{
    struct buf bytes = BUF_INIT;
    uint8_t hash[crypto_generichash_BYTES_MAX];

    *out = (struct card){.of_state = false};
    bool ok = decode(text, &bytes) && bytes.size > SIGNATURE &&
              cbor_check(bytes.data, bytes.size - SIGNATURE, NULL, NULL) &&
              take_card(bytes.data, bytes.size - SIGNATURE, out);
    if (ok) {
        digest(bytes.data, bytes.size - SIGNATURE, hash);
        ok = vault_check_signature(out->key, hash, sizeof hash,
                                   (const uint8_t *)bytes.data + bytes.size - SIGNATURE);
    }
    buf_release(&bytes);
    if (ok)
        return true;
    card_release(out);
    return error_set(
        err, ERROR_INPUT,
        _("this is no key card, or not a whole one: it begins with %s and is copied to "
          "its last character"),
        mark);
}

void card_write_root(const char *fingerprint, struct buf *out)
{
    buf_adds(out, root_mark);
    for (; *fingerprint; fingerprint++)
        buf_addc(out, *fingerprint == ' ' ? '-' : *fingerprint);
}

bool card_read_root(const char *text, char fingerprint[FINGERPRINT_SIZE], struct error *err)
{
    const char *from = strstr(text, root_mark);

    return fingerprint_parse(from ? from + sizeof root_mark - 1 : text, fingerprint) ||
           error_set(err, ERROR_INPUT,
                     _("a root is named by 30 digits, in six groups of five as on its card"));
}
