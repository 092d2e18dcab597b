/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* A part of a parcel that goes into one pouch, and its inner part. */
struct piece {
    size_t of, first, count, first_receipt, receipt_count;
    struct buf inner;
    bool packed;
};

struct pieces {
    const struct parcel *parcels;
    const struct parcel_sealing *how;
    struct piece *list;
    size_t count;
};

/* ---- one parcel in pieces ---- */

static bool encode(const struct pieces *all, struct piece *piece, struct error *err)
{
    const struct content *whole = &all->parcels[piece->of].content;
    struct content c = *whole;

    c.dispatches = whole->count ? whole->dispatches + piece->first : NULL;
    c.count = piece->count;
    c.receipts = whole->receipt_count ? whole->receipts + piece->first_receipt : NULL;
    c.receipt_count = piece->receipt_count;
    if (c.receipt_count)
        content_sign_receipts(&c, all->how->signing);
    return content_put(&piece->inner, &c, err);
}

/* Bytes of the pouch for one reader; 0: too much for any. */
static size_t sealed_size(const struct piece *piece)
{
    size_t padded = envelope_padded(piece->inner.size);

    return padded ? ENVELOPE_LEAST - envelope_padded(0) + padded : 0;
}

static bool may_part(const struct piece *piece)
{
    return piece->count + piece->receipt_count > 1;
}

/* The first half takes the receipts, while there are dispatches. */
static void part(const struct piece *piece, struct piece halves[2])
{
    size_t half = piece->count / 2, half_receipts = piece->receipt_count / 2;

    halves[0] = halves[1] = *piece;
    if (piece->count > 1) {
        halves[0].count = half;
        halves[1].count -= half;
        halves[1].first += half;
        halves[1].receipt_count = 0;
    } else if (piece->count) {
        halves[0].receipt_count = 0;
        halves[1].count = 0;
    } else {
        halves[0].receipt_count = half_receipts;
        halves[1].receipt_count -= half_receipts;
        halves[1].first_receipt += half_receipts;
    }
    buf_init(&halves[0].inner);
    buf_init(&halves[1].inner);
}

/* Adds the piece, or its halves: as deep as the count has bits. */
static bool add(struct pieces *all, struct piece *piece, struct error *err)
{
    struct error why = ERROR_INIT;
    bool fits = encode(all, piece, &why) && sealed_size(piece) &&
                (!all->how->most || sealed_size(piece) <= all->how->most),
         ok = true;

    if (fits || (!may_part(piece) && sealed_size(piece) && why.kind == ERROR_NONE)) {
        all->list = xreallocarray(all->list, all->count + 1, sizeof *all->list);
        all->list[all->count++] = *piece;
    } else {
        struct piece halves[2];
        buf_release(&piece->inner);
        if (may_part(piece)) {
            part(piece, halves);
            ok = add(all, &halves[0], err) && add(all, &halves[1], err);
        } else {
            ok = error_set(err, ERROR_INPUT,
                           _("a dispatch is too large for a pouch, which takes %d KiB"),
                           ENVELOPE_INNER / 1024);
        }
    }
    error_release(&why);
    return ok;
}

/* ---- what is the same for several ---- */

static bool same(const struct piece *a, const struct piece *b)
{
    return a->inner.size == b->inner.size &&
           memcmp(a->inner.data, b->inner.data, a->inner.size) == 0;
}

/* The piece and all like it that are not packed yet, as many as an envelope has places. */
static bool seal(struct pieces *all, size_t at, struct packed *out, struct error *err)
{
    const struct piece *piece = &all->list[at];
    struct buf readers = BUF_INIT;

    *out = (struct packed){.count = piece->count, .receipt_count = piece->receipt_count};
    out->to = xcalloc(ENVELOPE_READERS, sizeof *out->to);
    for (size_t i = at; i < all->count && out->to_count < ENVELOPE_READERS; i++) {
        struct piece *other = &all->list[i];
        if (other->packed || !same(piece, other))
            continue;
        other->packed = true;
        out->to[out->to_count++] =
            (struct packed_for){other->of, other->first, other->first_receipt};
        buf_add(&readers, all->parcels[other->of].sealing, ENVELOPE_KEY);
    }
    bool ok =
        envelope_seal(&out->bytes, (const uint8_t *)readers.data, out->to_count, piece->inner.data,
                      piece->inner.size, all->how->machine, all->how->random, err);
    if (ok)
        pouch_name(out->bytes.data, out->bytes.size, out->name);
    buf_release(&readers);
    return ok;
}

void packed_release(struct packed_list *packed)
{
    for (size_t i = 0; i < packed->count; i++) {
        buf_release(&packed->list[i].bytes);
        free(packed->list[i].to);
    }
    free(packed->list);
    *packed = (struct packed_list){NULL, 0};
}

bool parcels_pack(const struct parcel *parcels, size_t count, const struct parcel_sealing *how,
                  struct packed_list *out, struct error *err)
{
    struct pieces all = {.parcels = parcels, .how = how};
    bool ok = true;

    *out = (struct packed_list){NULL, 0};
    for (size_t i = 0; ok && i < count; i++) {
        const struct content *c = &parcels[i].content;
        struct piece whole = {.of = i, .count = c->count, .receipt_count = c->receipt_count};
        ok = (!c->count && !c->receipt_count) || add(&all, &whole, err);
    }
    out->list = xcalloc(all.count, sizeof *out->list);
    for (size_t i = 0; ok && i < all.count; i++)
        if (!all.list[i].packed)
            ok = seal(&all, i, &out->list[out->count++], err);
    for (size_t i = 0; i < all.count; i++)
        buf_release(&all.list[i].inner);
    free(all.list);
    if (!ok)
        packed_release(out);
    return ok;
}
