/* SPDX-License-Identifier: MIT */
#include "pouch_kit.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"

/* ---- posts ---- */

static void from_number(const char *label, unsigned number, uint8_t *out, size_t size)
{
    char *text = xasprintf("%s %u", label, number);

    assert_true(sodium_init() >= 0);
    crypto_generichash(out, size, (const uint8_t *)text, strlen(text), NULL, 0);
    free(text);
}

void kit_post(struct kit_post *post, unsigned number)
{
    uint8_t seed[crypto_sign_SEEDBYTES];

    from_number("post", number, post->id, sizeof post->id);
    from_number("signing", number, seed, sizeof seed);
    crypto_sign_seed_keypair(post->sign_public, post->sign, seed);
    from_number("sealing", number, post->secret, sizeof post->secret);
    assert_true(x25519_public(post->secret, post->key));
}

void pouch_say(struct act_bytes *out, const struct kit_post *post, const struct pouch_said *said)
{
    static const uint8_t no_root[ROOT];
    json_t *payload = kit_json(said->payload);
    json_t *context = said->context ? kit_json(said->context) : NULL;
    struct act_content content = {
        .type = act_type_named(said->act), .payload = payload, .context = context};
    struct core core = {.sequence = said->sequence,
                        .at = {.seconds = 1773219600 + (int64_t)said->sequence, .offset = -360}};

    assert_non_null(content.type);
    core.kind = content.type->kind;
    from_number("case", (said->opener ? said->opener : post)->id[0], core.case_id, CASE_ID);
    memcpy(core.author, post->id, AUTHOR);
    if (said->opener)
        memcpy(core.opener, said->opener->id, OPENER);
    for (const char *code = said->to; *code; code += code[2] == ',' ? 3 : 2) {
        char one[AUDIENCE_CODE] = {code[0], code[1]};
        audience_add(&core.audience, one);
    }
    if (!said->first)
        from_number("before", (unsigned)said->sequence, core.prev, PREV_SIZE);
    core.directory = 12;
    from_number("directory", 12, core.directory_hash, sizeof core.directory_hash);
    dispatch_bytes_make(out, &core, &content, no_root, post->sign);
    act_bytes_identify(out);
    json_decref(payload);
    json_decref(context);
}

void kit_dispatch(struct act_bytes *out, const struct kit_post *post, const char *act,
                  const char *payload, const char *to, uint64_t sequence)
{
    pouch_say(out, post,
            &(struct pouch_said){.act = act,
                               .payload = payload,
                               .to = to,
                               .sequence = sequence,
                               .first = sequence == 1});
}

bool kit_key_of(void *ctx, const uint8_t author[AUTHOR], const struct core *core, unsigned nth,
                uint8_t signer[KEY], uint8_t root[ROOT])
{
    struct kit_post post;

    assert_true(!core || memcmp(core->author, author, AUTHOR) == 0);
    for (unsigned number = 1; nth < 2 && number <= *(unsigned *)ctx; number++) {
        kit_post(&post, number);
        if (memcmp(post.id, author, AUTHOR) != 0)
            continue;
        memcpy(signer, nth ? post.sign_public : post.key, KEY);
        memset(root, 0, ROOT);
        return true;
    }
    return false;
}

/* ---- the envelope by another hand ---- */

/* BLAKE2b of a label with its zero, and of what follows, with a key. */
static void hash(uint8_t *out, size_t size, const uint8_t *key, size_t key_size, const char *label,
                 const struct buf *rest)
{
    struct buf all = BUF_INIT;

    buf_add(&all, label, strlen(label) + 1);
    buf_add(&all, buf_text(rest), rest->size);
    crypto_generichash(out, size, (const uint8_t *)all.data, all.size, key, key_size);
    buf_release(&all);
}

void kit_keys(uint8_t e[32], uint8_t k[16], size_t *order, const uint8_t *sorted, size_t n,
              const uint8_t *inner, size_t size, const uint8_t secret[ENVELOPE_SECRET],
              const uint8_t random[ENVELOPE_RANDOM])
{
    struct buf text = BUF_INIT;
    uint8_t s[64], inner_hash[64], draws[32][64];

    crypto_generichash(inner_hash, 64, inner, size, NULL, 0);
    buf_add(&text, random, 32);
    buf_addc(&text, (char)n);
    buf_add(&text, sorted, 32 * n);
    buf_add(&text, inner_hash, 64);
    hash(s, 64, secret, 32, "amparo pouch v1 seed", &text);
    buf_clear(&text);
    hash(e, 32, s, 64, "amparo pouch v1 ephemeral", &text);
    hash(k, 16, s, 64, "amparo pouch v1 message", &text);
    for (unsigned i = 0; i < 32; i++) {
        buf_clear(&text);
        buf_addc(&text, (char)i);
        hash(draws[i], 64, s, 64, "amparo pouch v1 order", &text);
    }
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    const uint8_t *draw = draws[0];
    for (size_t j = n - 1; j > 0; j--, draw += 8) {
        uint64_t d = 0;
        for (int i = 7; i >= 0; i--)
            d = d * 256 + draw[i];
        size_t with = d % (j + 1), other = order[j];
        order[j] = order[with];
        order[with] = other;
    }
    buf_release(&text);
}

void kit_seal(struct buf *out, const struct kit_envelope *made)
{
    struct buf text = BUF_INIT;
    uint8_t e_public[32], shared[32], mask[16], keys[64], nonce[24] = {0};
    unsigned long long sealed;

    buf_clear(out);
    crypto_scalarmult_base(e_public, made->e);
    if (made->e_public)
        memcpy(e_public, made->e_public, 32);
    buf_add(out, "pch\1", 4);
    buf_addc(out, (char)made->n);
    buf_add(out, e_public, 32);
    for (size_t i = 0; i < made->n; i++) {
        assert_int_equal(crypto_scalarmult(shared, made->e, made->readers + 32 * i), 0);
        buf_clear(&text);
        buf_add(&text, e_public, 32);
        buf_add(&text, made->readers + 32 * i, 32);
        hash(mask, 16, shared, 32, "amparo pouch v1 wrap", &text);
        for (int b = 0; b < 16; b++)
            buf_addc(out, (char)(mask[b] ^ made->k[16 * i + (size_t)b]));
    }
    hash(keys, 64, made->k + 16 * made->used, 16, "amparo pouch v1 keys", out);
    buf_add(out, keys + 32, 32);
    buf_reserve(out, made->size + 16);
    crypto_aead_xchacha20poly1305_ietf_encrypt((uint8_t *)out->data + out->size, &sealed,
                                               made->inner, made->size, (const uint8_t *)out->data,
                                               out->size, NULL, nonce, keys);
    out->size += (size_t)sealed;
    buf_release(&text);
}
