/* SPDX-License-Identifier: MIT */
/* Putting together what is in a pouch: see content.h. */
#include "amparo/pouch/content.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/cbor.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/codec.h"
#include "content_work.h"

/* ---- what both directions know ---- */

void content_receipts_hash(const struct content *c, const uint8_t signer[KEY], uint8_t hash[64])
{
    static const char label[] = "amparo receipts v1"; /* with its zero byte */
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, 64);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, signer, KEY);
    crypto_generichash_update(&state, c->sender, AUTHOR);
    crypto_generichash_update(&state, (const uint8_t *)c->receipts, c->receipt_count * RECEIPT);
    crypto_generichash_final(&state, hash, 64);
}

bool content_may_travel(const struct act_bytes *a, const struct core *core)
{
    uint64_t classes[PARTS];

    if (!core_is_dispatch(core) || !act_bytes_classes(a, classes))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (classes[i] >= CLASS_P3)
            return false;
    return true;
}

void content_put_act(struct buf *out, const struct act_bytes *a)
{
    cbor_put_array(out, 1 + a->count);
    buf_add(out, a->core.data, a->core.size);
    for (size_t i = 0; i < a->count; i++) {
        const struct part *part = &a->parts[i];
        if (!part->present) {
            cbor_put_bytes(out, part->commitment, HASH);
            continue;
        }
        cbor_put_array(out, 2);
        cbor_put_bytes(out, part->salt, SALT);
        buf_add(out, part->bytes.data, part->bytes.size);
    }
}

void content_release(struct content *c)
{
    for (size_t i = 0; i < c->count; i++)
        act_bytes_release(&c->dispatches[i]);
    free(c->dispatches);
    free(c->receipts);
    *c = (struct content)CONTENT_INIT;
}

void content_sign_receipts(struct content *c, const uint8_t *secret)
{
    uint8_t hash[64];

    /* libsodium's secret key ends in the public one. */
    content_receipts_hash(c, secret + crypto_sign_SEEDBYTES, hash);
    if (crypto_sign_detached(c->signature, NULL, hash, sizeof hash, secret) != 0)
        BUG("libsodium does not sign");
}

/* ---- putting ---- */

/* A dispatch on its way, with what its core says. */
struct traveller {
    const struct act_bytes *act;
    struct core core;
    bool put;
};

/* Appends a stream; `text` as codec_put() has it, `unpacked` counts. */
static bool put_stream(struct buf *streams, const struct buf *raw, size_t text, size_t *unpacked,
                       struct error *err)
{
    if (!cbor_check(raw->data, raw->size, NULL, NULL))
        return error_set(err, ERROR_INPUT, _("a dispatch is nested too deeply to go into a pouch"));
    *unpacked += raw->size;
    if (*unpacked > CONTENT_UNPACKED)
        return error_set(err, ERROR_INPUT,
                         _("the dispatches are too large for one pouch: send them in several"));
    codec_put(streams, raw->data, raw->size, text);
    return true;
}

/* Where the longest part of what was put last begins, if it is longer than `longest` so far. */
static void find_text(const struct buf *raw, const struct act_bytes *a, size_t *text,
                      size_t *longest)
{
    enum { AROUND_SALT = 3, BEFORE_COMMITMENT = 2 }; /* heads of items */
    size_t end = raw->size;

    for (size_t i = a->count; i > 0; i--) {
        const struct part *part = &a->parts[i - 1];
        end -= part->present ? part->bytes.size : BEFORE_COMMITMENT + HASH;
        if (!part->present)
            continue;
        if (part->bytes.size > *longest) {
            *longest = part->bytes.size;
            *text = end;
        }
        end -= AROUND_SALT + SALT;
    }
}

/* All dispatches of the author of the first, from there on, and their signatures. */
static bool put_author(struct buf *signatures, struct buf *streams, struct traveller *first,
                       const struct traveller *end, size_t *unpacked, struct error *err)
{
    struct buf raw = BUF_INIT;
    size_t count = 0, text = 0, longest = 0;

    for (const struct traveller *t = first; t < end; t++)
        count += memcmp(t->core.author, first->core.author, AUTHOR) == 0;
    cbor_put_array(&raw, count);
    for (struct traveller *t = first; t < end; t++) {
        if (memcmp(t->core.author, first->core.author, AUTHOR) != 0)
            continue;
        content_put_act(&raw, t->act);
        find_text(&raw, t->act, &text, &longest);
        buf_add(signatures, t->act->signature, sizeof t->act->signature);
        t->put = true;
    }
    bool ok = put_stream(streams, &raw, text, unpacked, err);
    buf_release(&raw);
    return ok;
}

/* The cover, where there is something that does not follow from the rest. */
static bool put_cover(struct buf *streams, const struct content *c, const struct traveller *first,
                      size_t *unpacked, struct error *err)
{
    struct buf raw = BUF_INIT;
    bool sender = !c->count || memcmp(first->core.author, c->sender, AUTHOR) != 0, ok;

    if (!sender && !c->receipt_count)
        return true;
    cbor_put_map(&raw, (size_t)sender + (c->receipt_count ? 2 : 0));
    if (sender) {
        cbor_put_uint(&raw, COVER_SENDER);
        cbor_put_bytes(&raw, c->sender, AUTHOR);
    }
    if (c->receipt_count) {
        cbor_put_uint(&raw, COVER_RECEIPTS);
        cbor_put_array(&raw, c->receipt_count);
        for (size_t i = 0; i < c->receipt_count; i++)
            cbor_put_bytes(&raw, c->receipts[i], RECEIPT);
        cbor_put_uint(&raw, COVER_SIGNATURE);
        cbor_put_bytes(&raw, c->signature, sizeof c->signature);
    }
    ok = put_stream(streams, &raw, 0, unpacked, err);
    buf_release(&raw);
    return ok;
}

static struct traveller *look_at(const struct content *c)
{
    struct traveller *list = xcalloc(c->count, sizeof *list);

    for (size_t i = 0; i < c->count; i++) {
        list[i].act = &c->dispatches[i];
        if (!act_bytes_core(list[i].act, &list[i].core) ||
            !content_may_travel(list[i].act, &list[i].core))
            BUG("what never leaves a post was to go into a pouch");
    }
    return list;
}

bool content_put(struct buf *out, const struct content *c, struct error *err)
{
    struct buf signatures = BUF_INIT, streams = BUF_INIT;
    size_t unpacked = 0;

    if (!c->count && !c->receipt_count)
        return error_set(err, ERROR_INPUT, _("there is nothing to put into the pouch"));
    if (c->count > CONTENT_DISPATCHES || c->receipt_count > CONTENT_RECEIPTS)
        return error_set(err, ERROR_INPUT,
                         _("a pouch takes %d dispatches and %d receipts at most: send several"),
                         CONTENT_DISPATCHES, CONTENT_RECEIPTS);
    struct traveller *list = look_at(c);
    bool ok = put_cover(&streams, c, list, &unpacked, err);
    for (size_t i = 0; ok && i < c->count; i++)
        if (!list[i].put)
            ok = put_author(&signatures, &streams, &list[i], list + c->count, &unpacked, err);
    if (ok) {
        codec_put_number(out, c->count);
        buf_add(out, signatures.data, signatures.size);
        buf_add(out, streams.data, streams.size);
    }
    free(list);
    buf_release(&signatures);
    buf_release(&streams);
    return ok;
}
