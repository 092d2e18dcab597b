/* SPDX-License-Identifier: MIT */
/* Taking apart what came in a pouch: see content.h. Nothing of it is believed. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/cbor.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/codec.h"
#include "content_work.h"

struct taking {
    struct content *c;
    const uint8_t *at, *end;    /* of what is left of the streams */
    const uint8_t *signatures;  /* of the dispatches to come */
    size_t left;                /* dispatches to come */
    size_t unpacked;            /* bytes */
    bool has_sender;            /* the cover says it */
    uint8_t (*authors)[AUTHOR]; /* whose stream was there, one each */
    size_t author_count;
    content_key_of *key_of;
    void *ctx;
    const char *fault;
};

static bool refuse(struct taking *t, const char *fault)
{
    t->fault = fault;
    return false;
}

/* The next stream, into `raw`, which is empty: one item of the subset. */
static bool take_stream(struct taking *t, struct buf *raw)
{
    if (!codec_take(raw, &t->at, t->end, CONTENT_UNPACKED - t->unpacked, &t->fault))
        return false;
    if (!cbor_check(raw->data, raw->size, NULL, NULL))
        return refuse(t, N_("a stream that is not of the subset of CBOR"));
    t->unpacked += raw->size;
    return true;
}

/* ---- the cover ---- */

static bool take_receipts(struct taking *t, struct cbor *in)
{
    size_t count;

    if (!cbor_read_array(in, &count) || !count || count > CONTENT_RECEIPTS)
        return false;
    t->c->receipts = xcalloc(count, sizeof *t->c->receipts);
    t->c->receipt_count = count;
    for (size_t i = 0; i < count; i++)
        if (!cbor_read_exact(in, t->c->receipts[i], RECEIPT))
            return false;
    return true;
}

static bool take_cover(struct taking *t, const struct buf *raw)
{
    struct cbor in;
    size_t count;
    uint64_t key;
    bool ok = true, has_signature = false;

    cbor_begin(&in, raw->data, raw->size);
    if (!cbor_read_map(&in, &count) || !count)
        return refuse(t, N_("a cover that says nothing"));
    for (; ok && count; count--) {
        if (!cbor_read_uint(&in, &key))
            key = 0;
        if (key == COVER_SENDER)
            ok = t->has_sender = cbor_read_exact(&in, t->c->sender, AUTHOR);
        else if (key == COVER_RECEIPTS)
            ok = take_receipts(t, &in);
        else if (key == COVER_SIGNATURE)
            ok = has_signature = cbor_read_exact(&in, t->c->signature, sizeof t->c->signature);
        else
            ok = false;
    }
    if (!ok || has_signature != (t->c->receipt_count > 0))
        return refuse(t, N_("a cover that is not as it must be"));
    return true;
}

/* ---- dispatches ---- */

/* The bytes of the next item, which is passed over. */
static void take_item(struct cbor *in, struct buf *out)
{
    const uint8_t *from = in->at;

    cbor_skip(in);
    buf_add(out, from, (size_t)(in->at - from));
}

static bool take_part(struct cbor *in, struct part *part)
{
    size_t count;

    buf_init(&part->bytes);
    part->present = cbor_read_array(in, &count);
    if (!part->present)
        return cbor_read_exact(in, part->commitment, HASH);
    if (count != 2 || !cbor_read_exact(in, part->salt, SALT) || cbor_peek(in) == CBOR_NONE)
        return false;
    take_item(in, &part->bytes);
    return true;
}

/* [core, parts]; false where it is none. */
bool content_take_act(struct cbor *in, struct act_bytes *a)
{
    size_t count;

    if (!cbor_read_array(in, &count) || count < 1 || count > 1 + PARTS || cbor_peek(in) != CBOR_MAP)
        return false;
    take_item(in, &a->core);
    for (; a->count + 1 < count; a->count++)
        if (!take_part(in, &a->parts[a->count])) {
            buf_release(&a->parts[a->count].bytes);
            return false;
        }
    act_bytes_commit(a);
    return true;
}

/* Does it hold under one of its author's keys? Counts what stands against it. */
static bool is_believed(struct taking *t, struct act_bytes *a, const struct core *core)
{
    const char *fault;

    for (unsigned nth = 0; nth < CONTENT_KEYS; nth++) {
        if (!t->key_of(t->ctx, core->author, core, nth, a->signer, a->root)) {
            *(nth ? &t->c->forged : &t->c->unknown) += 1;
            return false;
        }
        act_bytes_identify(a);
        if (act_bytes_check(a, &fault))
            return true;
    }
    t->c->forged++;
    return false;
}

/* A dispatch of one stream, whose author is `author`, or nobody yet. Kept where it is believed. */
static bool take_dispatch(struct taking *t, struct cbor *in, uint8_t author[AUTHOR], bool *known)
{
    struct act_bytes a = ACT_BYTES_INIT;
    struct core core;
    bool ok = content_take_act(in, &a), keep = false;

    if (ok) {
        memcpy(a.signature, t->signatures, sizeof a.signature);
        t->signatures += sizeof a.signature;
        t->left--;
    }
    if (ok && !(act_bytes_core(&a, &core) && content_may_travel(&a, &core))) {
        t->c->strange++;
    } else if (ok) {
        if (!*known)
            memcpy(author, core.author, AUTHOR);
        *known = true;
        ok = memcmp(author, core.author, AUTHOR) == 0;
        keep = ok && is_believed(t, &a, &core);
    }
    if (keep)
        t->c->dispatches[t->c->count++] = a;
    else
        act_bytes_release(&a);
    return ok || refuse(t, N_("dispatches that are none, or of several authors in one stream"));
}

static bool take_author(struct taking *t, const struct buf *raw)
{
    struct cbor in;
    size_t count;
    uint8_t *author = t->authors[t->author_count];
    bool known = false;

    cbor_begin(&in, raw->data, raw->size);
    if (!cbor_read_array(&in, &count) || !count || count > t->left)
        return refuse(t, N_("dispatches without signatures, or signatures without dispatches"));
    for (; count; count--)
        if (!take_dispatch(t, &in, author, &known))
            return false;
    for (size_t i = 0; known && i < t->author_count; i++)
        if (memcmp(t->authors[i], author, AUTHOR) == 0)
            return refuse(t, N_("one author in two streams"));
    t->author_count += known;
    return true;
}

/* ---- all of it ---- */

static bool take_streams(struct taking *t)
{
    struct buf raw = BUF_INIT;
    bool first = true, ok = true;

    /* Without dispatches there is a cover still. */
    for (bool more = true; ok && more; more = t->left > 0, first = false) {
        struct cbor in;
        buf_clear(&raw);
        if (!(ok = take_stream(t, &raw)))
            break;
        cbor_begin(&in, raw.data, raw.size);
        ok = first && cbor_peek(&in) == CBOR_MAP ? take_cover(t, &raw) : take_author(t, &raw);
    }
    buf_release(&raw);
    if (ok && t->at != t->end)
        return refuse(t, N_("bytes after the end"));
    return ok;
}

/* Who the sender is, where the cover does not say it; zeros where no dispatch tells it either. */
static bool find_sender(struct taking *t)
{
    if (!t->has_sender && t->author_count)
        memcpy(t->c->sender, t->authors[0], AUTHOR);
    else if (t->author_count && memcmp(t->c->sender, t->authors[0], AUTHOR) == 0)
        return refuse(t, N_("a sender that is said twice"));
    return t->has_sender || !t->c->receipt_count || t->author_count ||
           refuse(t, N_("receipts of nobody"));
}

/* Receipts that the sender did not sign are counted and forgotten. */
static void judge_receipts(struct taking *t)
{
    struct content *c = t->c;
    uint8_t signer[KEY], root[ROOT], hash[64];

    if (!c->receipt_count)
        return;
    for (unsigned nth = 0;
         nth < CONTENT_KEYS && t->key_of(t->ctx, c->sender, NULL, nth, signer, root); nth++) {
        content_receipts_hash(c, signer, hash);
        if (vault_check_signature(signer, hash, sizeof hash, c->signature))
            return;
    }
    c->forged_receipts = c->receipt_count;
    c->receipt_count = 0;
    free(c->receipts);
    c->receipts = NULL;
}

bool content_take(struct content *c, const void *inner, size_t size, content_key_of *key_of,
                  void *ctx, struct error *err)
{
    struct taking t = {.c = c, .at = inner, .key_of = key_of, .ctx = ctx};
    uint64_t count;
    bool ok;

    if (sodium_init() < 0)
        BUG("libsodium does not begin");
    t.end = t.at + size;
    if (!codec_take_number(&t.at, t.end, CONTENT_DISPATCHES, &count) ||
        count * VAULT_SIGNATURE > (uint64_t)(t.end - t.at)) {
        ok = refuse(&t, N_("no number of dispatches, or more than there are signatures"));
    } else {
        t.left = (size_t)count;
        t.signatures = t.at;
        t.at += t.left * VAULT_SIGNATURE;
        c->dispatches = xcalloc(t.left, sizeof *c->dispatches);
        t.authors = xcalloc(t.left, sizeof *t.authors);
        ok = take_streams(&t) && find_sender(&t);
        free(t.authors);
    }
    if (ok) {
        judge_receipts(&t);
        return true;
    }
    content_release(c);
    return error_set(err, ERROR_INPUT, _("what is in the pouch is not as it must be: %s"),
                     _(t.fault));
}
