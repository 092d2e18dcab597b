/* SPDX-License-Identifier: MIT */
/* What a receipt says of the consents: who is told, and what is not told to whom. */
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "receipt_parts.h"

enum { HELD_MOST = 16 };

const char receipt_item_sign[] = "–";

static const char named_purposes[] = "P6 P7 P8";

static bool is_named(const char *purpose)
{
    return strstr(named_purposes, purpose) != NULL;
}

static const struct code *consent_codes(const char *key)
{
    return field_find(act_type(ACT_CONSENT)->fields, key)->codes;
}

/* There each recipient has a consent of its own. */
static bool is_of_one(const char *purpose)
{
    return strcmp(purpose, "P4") == 0 || is_named(purpose);
}

/* Said once more to the same one: that counts. */
static bool is_said_anew(const struct receipt *r, const struct entry *consent)
{
    const struct case_file *c = r->source->c;
    const char *purpose = entry_text(consent, "purpose");
    const char *to = is_of_one(purpose) ? entry_text(consent, "to") : NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (case_consent_is_for(e, r->person, purpose, to) && case_consent_stands(c, e) &&
            case_said_later(e, consent))
            return true;
    return false;
}

/* The next word in force for that purpose (NULL: any), hers or a basis. */
static const struct entry *next_word(const struct receipt *r, const struct entry *from,
                                     const char *purpose)
{
    const struct case_file *c = r->source->c;

    while ((from = case_next(c, from, ACT_CONSENT)))
        if (case_consent_is_for(from, r->person, purpose, NULL) && case_consent_stands(c, from) &&
            !is_said_anew(r, from))
            break;
    return from;
}

static const struct entry *next_consent(const struct receipt *r, const struct entry *from,
                                        const char *purpose)
{
    while ((from = next_word(r, from, purpose)) && case_consent_is_basis(from))
        ;
    return from;
}

static bool holds(const struct receipt *r, const struct entry *consent, const char *item)
{
    json_t *payload = receipt_hers(r, consent);
    bool held = receipt_has_code(json_object_get(payload, "withheld"), item);

    json_decref(payload);
    return held;
}

/* From everybody: as it was told to us already (P1), or from each to whom something goes. */
static bool is_held_from_all(const struct receipt *r, const char *item)
{
    size_t others = 0, held = 0;

    for (const struct entry *e = NULL; (e = next_word(r, e, NULL));) {
        bool ours = strcmp(entry_text(e, "purpose"), "P1") == 0;
        if (ours && holds(r, e, item))
            return true;
        others += !ours;
        held += !ours && holds(r, e, item);
    }
    return others && held == others;
}

/* "where you are, or anything about your health". */
static void add_items(const struct receipt *r, const char *const *items, size_t count,
                      struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        struct buf between = BUF_INIT;
        if (!i || i + 1 < count || !paper_word(r->l, "held", "or", &between))
            buf_addc(&between, ',');
        if (i)
            buf_addf(out, "%s%s ", *buf_text(&between) == ',' ? "" : " ", buf_text(&between));
        paper_word(r->l, "held", items[i], out);
        buf_release(&between);
    }
}

/* What she holds back, by its kinds: from everybody, or from the one of that consent besides. */
static void add_held(const struct receipt *r, const struct entry *consent, struct buf *out)
{
    const char *items[HELD_MOST];
    size_t count = 0;

    for (const struct code *item = consent_codes("withheld");
         r->full && item->code && count < HELD_MOST; item++) {
        bool all = is_held_from_all(r, item->code);
        if (consent ? !all && holds(r, consent, item->code) : all)
            items[count++] = item->code;
    }
    add_items(r, items, count, out);
}

void receipt_write_held(const void *ctx, struct buf *out)
{
    add_held(ctx, NULL, out);
}

/* A line of what she agreed to. */
struct agreed {
    const struct receipt *r;
    const struct entry *consent;
};

/* Where it is to be said, and she may have it. */
static void write_to(const void *ctx, struct buf *out)
{
    const struct agreed *a = ctx;
    json_t *payload = receipt_hers(a->r, a->consent);
    const char *to = payload_text(payload, "to");

    if (a->r->full && strcmp(payload_text(payload, "purpose"), "P4") == 0)
        paper_country_bare(a->r->l, to, out);
    else if (a->r->full)
        buf_adds(out, to);
    json_decref(payload);
}

static void write_held_there(const void *ctx, struct buf *out)
{
    const struct agreed *a = ctx;

    add_held(a->r, a->consent, out);
}

static const struct template_field agreed_fields[] = {
    {"to", "who is told", write_to},
    {"held", "what that one is not told", write_held_there},
    {NULL, NULL, NULL},
};

static void add_agreed_word(const struct agreed *a, const char *key, struct buf *out)
{
    static const struct template_field *const tables[] = {agreed_fields, NULL};
    const struct template_language language = {tables, paper_seams(a->r->l), NULL, a};
    struct buf word = BUF_INIT;

    paper_word(a->r->l, "agreed", key, &word);
    if (!template_fill(buf_text(&word), &language, out, NULL))
        BUG("what was agreed is misspelt");
    buf_cut(out, out->size - 1); /* it is no paragraph */
    buf_release(&word);
}

static void add_agreed(const struct receipt *r, const struct entry *consent, const char *key,
                       struct buf *out)
{
    const struct agreed a = {r, consent};
    struct buf held = BUF_INIT;

    buf_addf(out, "\n%s ", receipt_item_sign);
    add_agreed_word(&a, key, out);
    write_held_there(&a, &held);
    if (held.size)
        add_agreed_word(&a, "held", out);
    buf_release(&held);
}

/* A line each; in full one for each recipient. */
void receipt_write_agreed(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;
    bool named = false;

    for (const struct code *purpose = consent_codes("purpose"); purpose->code; purpose++) {
        bool hidden = !r->full && is_named(purpose->code);
        const struct entry *e = next_consent(r, NULL, purpose->code);
        if (!e || (hidden && named))
            continue;
        named = named || hidden;
        do
            add_agreed(r, e, hidden ? "named" : purpose->code, out);
        while (r->full && (e = next_consent(r, e, purpose->code)));
    }
}

/* Something goes by a recorded basis instead of her word. */
void receipt_write_basis(const void *ctx, struct buf *out)
{
    const struct receipt *r = ctx;
    const struct case_file *c = r->source->c;

    for (const struct entry *e = NULL; !out->size && (e = case_next(c, e, ACT_CONSENT));)
        if (case_consent_is_for(e, r->person, NULL, NULL) && case_consent_is_basis(e) &&
            case_consent_stands(c, e))
            buf_adds(out, "basis");
}
