/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/diract.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "content_work.h"
#include "dossier_work.h"

enum { MAGIC = 4, DIGEST = 64 };
static const uint8_t magic[MAGIC] = {'d', 's', 'r', DOSSIER_VERSION};

/* Keys of the map, ascending; all are there. */
enum {
    KEY_ROOT = 1,
    KEY_OPENER = 2,
    KEY_NUMBER = 3,
    KEY_MAKER = 4,
    KEY_SIGNER = 5,
    KEY_AT = 6,
    KEY_DIRECTORY = 7,
    KEY_DISPATCHES = 8,
};

static void release_acts(struct act_bytes *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        act_bytes_release(&list[i]);
    free(list);
}

void dossier_release(struct dossier *d)
{
    release_acts(d->directory, d->directory_count);
    release_acts(d->dispatches, d->count);
    *d = (struct dossier)DOSSIER_INIT;
}

bool dossier_begins(const void *bytes, size_t size)
{
    /* No text goes on with a control character. */
    return size >= MAGIC && memcmp(bytes, magic, MAGIC - 1) == 0 &&
           ((const uint8_t *)bytes)[MAGIC - 1] < ' ';
}

/* What is signed of all that stands before the signature. */
static void digest(const void *bytes, size_t size, uint8_t out[DIGEST])
{
    static const char label[] = "amparo dossier v1"; /* with its zero byte */
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, DIGEST);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, bytes, size);
    crypto_generichash_final(&state, out, DIGEST);
}

/* Is it a dispatch of that case, or (case NULL) of the directory? */
static bool belongs(const struct dossier *d, const struct core *core, bool directory)
{
    const uint8_t *opener = sodium_is_zero(core->opener, OPENER) ? core->author : core->opener;

    if (directory)
        return sodium_is_zero(core->case_id, CASE_ID) && diract_known(core->kind);
    return memcmp(core->case_id, d->number, CASE_NUMBER) == 0 &&
           memcmp(opener, d->opener, OPENER) == 0 && act_kind_known(core->kind);
}

/* ---- putting ---- */

static void put_acts(struct buf *item, const struct dossier *d, bool directory)
{
    const struct act_bytes *list = directory ? d->directory : d->dispatches;
    size_t count = directory ? d->directory_count : d->count;
    struct core core;

    cbor_put_array(item, count);
    for (size_t i = 0; i < count; i++) {
        const struct act_bytes *a = &list[i];
        if (!act_bytes_core(a, &core) || !content_may_travel(a, &core) ||
            !belongs(d, &core, directory))
            BUG("what is not of its case was to go into a dossier");
        cbor_put_array(item, 4);
        cbor_put_bytes(item, a->signer, KEY);
        cbor_put_bytes(item, a->root, ROOT);
        cbor_put_bytes(item, a->signature, sizeof a->signature);
        content_put_act(item, a);
    }
}

static void put_item(struct buf *item, const struct dossier *d, const uint8_t *signer)
{
    char at[INSTANT_SIZE];

    instant_format(d->at, at);
    cbor_put_map(item, KEY_DISPATCHES);
    cbor_put_uint(item, KEY_ROOT);
    cbor_put_bytes(item, d->root, ROOT);
    cbor_put_uint(item, KEY_OPENER);
    cbor_put_bytes(item, d->opener, OPENER);
    cbor_put_uint(item, KEY_NUMBER);
    cbor_put_bytes(item, d->number, CASE_NUMBER);
    cbor_put_uint(item, KEY_MAKER);
    cbor_put_bytes(item, d->maker, POST_ID);
    cbor_put_uint(item, KEY_SIGNER);
    cbor_put_bytes(item, signer, KEY);
    cbor_put_uint(item, KEY_AT);
    cbor_put_text(item, at, strlen(at));
    cbor_put_uint(item, KEY_DIRECTORY);
    put_acts(item, d, true);
    cbor_put_uint(item, KEY_DISPATCHES);
    put_acts(item, d, false);
}

bool dossier_put(struct buf *out, const struct dossier *d, const uint8_t *secret, struct error *err)
{
    struct buf file = BUF_INIT;
    uint8_t hash[DIGEST], signature[VAULT_SIGNATURE];

    if (!d->count)
        BUG("a dossier of nothing");
    if (d->count > DOSSIER_DISPATCHES || d->directory_count > DOSSIER_DIRECTORY)
        return error_set(err, ERROR_INPUT, _("the dispatches are too many for a dossier"));
    buf_add(&file, magic, MAGIC);
    put_item(&file, d, secret + crypto_sign_SEEDBYTES); /* where libsodium has the public key */
    bool ok = file.size + sizeof signature <= DOSSIER_SIZE &&
              cbor_check(file.data + MAGIC, file.size - MAGIC, NULL, NULL);
    if (!ok) {
        error_set(err, ERROR_INPUT, _("the dispatches are too large for a dossier"));
    } else {
        digest(file.data, file.size, hash);
        if (crypto_sign_detached(signature, NULL, hash, sizeof hash, secret) != 0)
            BUG("libsodium does not sign");
        buf_add(out, file.data, file.size);
        buf_add(out, signature, sizeof signature);
    }
    buf_release(&file);
    return ok;
}

/* ---- taking ---- */

static bool refuse(struct error *err, const char *fault)
{
    return error_set(err, ERROR_VAULT, "%s", fault);
}

static bool take_at(struct cbor *in, struct instant *at)
{
    const char *text;
    size_t size;
    char read[INSTANT_SIZE], again[INSTANT_SIZE];

    if (!cbor_read_text(in, &text, &size) || size >= sizeof read)
        return false;
    memcpy(read, text, size);
    read[size] = '\0';
    return instant_parse(read, at) && strcmp(instant_format(*at, again), read) == 0;
}

static bool take_act(struct cbor *in, struct act_bytes *a)
{
    size_t count;

    *a = (struct act_bytes)ACT_BYTES_INIT;
    if (!cbor_read_array(in, &count) || count != 4 || !cbor_read_exact(in, a->signer, KEY) ||
        !cbor_read_exact(in, a->root, ROOT) ||
        !cbor_read_exact(in, a->signature, sizeof a->signature) || !content_take_act(in, a))
        return false;
    act_bytes_identify(a);
    return true;
}

static bool take_acts(struct cbor *in, size_t most, struct act_bytes **list, size_t *taken)
{
    size_t count;

    if (!cbor_read_array(in, &count) || count > most)
        return false;
    *list = xcalloc(count, sizeof **list);
    while (*taken < count)
        if (!take_act(in, &(*list)[(*taken)++]))
            return false;
    return true;
}

static bool take_value(struct cbor *in, uint64_t key, struct dossier *d)
{
    switch (key) {
    case KEY_ROOT:
        return cbor_read_exact(in, d->root, ROOT);
    case KEY_OPENER:
        return cbor_read_exact(in, d->opener, OPENER);
    case KEY_NUMBER:
        return cbor_read_exact(in, d->number, CASE_NUMBER);
    case KEY_MAKER:
        return cbor_read_exact(in, d->maker, POST_ID);
    case KEY_SIGNER:
        return cbor_read_exact(in, d->signer, KEY);
    case KEY_AT:
        return take_at(in, &d->at);
    case KEY_DIRECTORY:
        return take_acts(in, DOSSIER_DIRECTORY, &d->directory, &d->directory_count);
    default:
        return take_acts(in, DOSSIER_DISPATCHES, &d->dispatches, &d->count);
    }
}

static bool take_item(struct dossier *d, const uint8_t *bytes, size_t size)
{
    struct cbor in;
    size_t count;
    uint64_t key;

    if (!cbor_check(bytes, size, NULL, NULL))
        return false;
    cbor_begin(&in, bytes, size);
    if (!cbor_read_map(&in, &count) || count != KEY_DISPATCHES)
        return false;
    for (uint64_t expected = KEY_ROOT; expected <= KEY_DISPATCHES; expected++)
        if (!cbor_read_uint(&in, &key) || key != expected || !take_value(&in, key, d))
            return false;
    return d->count > 0;
}

/* ---- what was taken, each for itself ---- */

const char *dossier_fault(const struct dossier *d, const struct act_bytes *a, bool directory)
{
    struct core core;
    json_t *payload, *context;
    const char *why = NULL;

    if (!act_bytes_check(a, &why))
        return N_("not as it was signed");
    why = N_("of a form that this version does not know");
    if (!act_bytes_core(a, &core) || !content_may_travel(a, &core) ||
        !act_bytes_read(a, &payload, &context))
        return why;
    if (!belongs(d, &core, directory))
        why = directory ? N_("not of the directory") : N_("not of this case");
    else if (directory ? !a->count && diract_check((enum diract_kind)core.kind, payload, &why)
                       : payload_shaped(act_type((enum act_kind)core.kind), payload))
        why = NULL;
    json_decref(payload);
    json_decref(context);
    return why;
}

static int by_id(const void *a, const void *b)
{
    const struct act_bytes *const *x = a, *const *y = b;

    return memcmp((*x)->id, (*y)->id, ACT_ID_SIZE);
}

static bool has_one_twice(const struct act_bytes *list, size_t count)
{
    const struct act_bytes **sorted = xcalloc(count, sizeof *sorted);
    bool twice = false;

    for (size_t i = 0; i < count; i++)
        sorted[i] = &list[i];
    qsort(sorted, count, sizeof *sorted, by_id);
    for (size_t i = 1; i < count; i++)
        twice |= by_id(&sorted[i - 1], &sorted[i]) == 0;
    free(sorted);
    return twice;
}

static bool check_acts(const struct dossier *d, bool directory, struct error *err)
{
    const struct act_bytes *list = directory ? d->directory : d->dispatches;
    size_t count = directory ? d->directory_count : d->count;
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        const char *fault = dossier_fault(d, &list[i], directory);
        if (fault)
            good = error_set(err, ERROR_VAULT,
                             directory ? _("dispatch %zu of the directory: %s")
                                       : _("dispatch %zu of the case: %s"),
                             i + 1, _(fault));
    }
    if (has_one_twice(list, count))
        good = refuse(err, _("a dispatch is in the dossier twice"));
    return good;
}

static bool check_all(const struct dossier *d, const uint8_t *bytes, size_t size, struct error *err)
{
    uint8_t hash[DIGEST];
    bool good;

    digest(bytes, size, hash);
    good = vault_check_signature(d->signer, hash, sizeof hash, bytes + size) ||
           refuse(err, _("the dossier is not as it was put together: something was changed, put in "
                         "or taken out"));
    good &= check_acts(d, true, err);
    return check_acts(d, false, err) && good;
}

bool dossier_take(struct dossier *d, const void *bytes, size_t size, struct error *err)
{
    bool good;

    if (!dossier_begins(bytes, size))
        return refuse(err, _("it is no dossier"));
    if (memcmp(bytes, magic, MAGIC) != 0)
        return refuse(err, _("a dossier of another version of the format: take a newer amparo"));
    if (size > DOSSIER_SIZE)
        return refuse(err, _("the dossier is larger than any can be"));
    size_t end = size - VAULT_SIGNATURE;
    good = (size > MAGIC + VAULT_SIGNATURE &&
            take_item(d, (const uint8_t *)bytes + MAGIC, end - MAGIC)) ||
           refuse(err, _("the dossier is damaged or cut off"));
    good = good && check_all(d, bytes, end, err);
    if (!good)
        dossier_release(d);
    return good;
}
