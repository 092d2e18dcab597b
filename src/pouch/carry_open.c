/* SPDX-License-Identifier: MIT */
/* One pouch that came: opened, and its content taken apart by the keys that are known. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "carry_work.h"

/* ---- our sealing keys ---- */

bool carry_keys_load(struct store *store, struct carry_keys *out, struct error *err)
{
    struct secret secrets[POST_SEALING_MOST];

    *out = (struct carry_keys){NULL, 0};
    if (!identity_sealing(store, secrets, &out->count, err))
        return false;
    if (out->count && !(out->bytes = sodium_malloc(out->count * ENVELOPE_KEY)))
        BUG("no locked memory");
    for (size_t i = 0; i < out->count; i++) {
        memcpy(out->bytes + i * ENVELOPE_KEY, secrets[i].bytes, ENVELOPE_KEY);
        secret_free(&secrets[i]);
    }
    return out->count || error_set(err, ERROR_INPUT,
                                   _("the post has no keys yet to open pouches with: `amparo "
                                     "identity FILE new`"));
}

void carry_keys_release(struct carry_keys *keys)
{
    if (keys->bytes)
        sodium_free(keys->bytes);
    *keys = (struct carry_keys){NULL, 0};
}

/* ---- opening ---- */

static enum carry_outcome outcome_of(enum envelope_fault fault)
{
    switch (fault) {
    case ENVELOPE_CLOSED:
        return CARRY_CLOSED;
    case ENVELOPE_OTHER:
        return CARRY_REFUSED;
    default:
        return CARRY_DAMAGED;
    }
}

/* A pouch of an older format than the directory still allows is what somebody would choose who
 * knows a weakness of it. */
static bool is_too_old(const struct trusted *trust, const uint8_t *bytes, struct carry_arrival *a)
{
    enum { VERSION_AT = 3 };

    if (bytes[VERSION_AT] >= trust->minimum)
        return false;
    a->outcome = CARRY_REFUSED;
    a->why = xasprintf(_("it is of version %d of the format, and the directory allows none before "
                         "%llu any more"),
                       bytes[VERSION_AT], (unsigned long long)trust->minimum);
    return true;
}

bool carry_open(const struct carry_keys *keys, const struct trusted *trust, const uint8_t *bytes,
                size_t size, struct buf *inner, struct carry_arrival *a)
{
    enum envelope_fault fault;
    struct error why = ERROR_INIT;

    if (!envelope_open(inner, bytes, size, keys->bytes, keys->count, &fault, &why)) {
        a->outcome = outcome_of(fault);
        a->why = xstrdup(error_text(&why));
    }
    error_release(&why);
    return !a->why && !is_too_old(trust, bytes, a);
}

/* ---- what is in it ---- */

static bool key_of(void *ctx, const uint8_t author[AUTHOR], const struct core *core, unsigned nth,
                   uint8_t signer[KEY], uint8_t root[ROOT])
{
    static const uint8_t nothing[CASE_ID];
    bool directory = core && memcmp(core->case_id, nothing, CASE_ID) == 0;

    if (!core)
        return trust_receipt_signer(ctx, author, nth, signer);
    return trust_signer(ctx, author, directory, nth, signer, root);
}

bool carry_unpack(const struct trusted *trust, const struct buf *inner, struct content *out,
                  struct carry_arrival *a)
{
    struct error why = ERROR_INIT;
    bool ok =
        content_take(out, buf_text(inner), inner->size, key_of, (void *)(uintptr_t)trust, &why);

    if (!ok) {
        a->outcome = CARRY_REFUSED;
        a->why = xstrdup(error_text(&why));
    }
    error_release(&why);
    return ok;
}
