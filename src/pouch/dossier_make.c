/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier_make.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"

/* The root that this post trusts; zeros where none is set here. */
static bool find_root(struct store *store, uint8_t root[ROOT], struct error *err)
{
    const struct trusted *trust;

    if (!store_trust(store, &trust, err))
        return false;
    if (trust->rooted)
        memcpy(root, trust->root, ROOT);
    return true;
}

static struct instant now(const struct store *store)
{
    char text[INSTANT_SIZE];
    struct instant at;

    if (!instant_parse(store_now((struct store *)(uintptr_t)store, text), &at))
        BUG("the store has no time");
    at.nanos = 0;
    return at;
}

/* Its reader's eyes. */
static bool look(const struct buf *file, struct dossier_made *made, struct error *err)
{
    struct dossier d = DOSSIER_INIT;
    struct dossier_check check;
    struct error causes = ERROR_INIT;

    if (!dossier_take(&d, file->data, file->size, err))
        return false;
    if (!dossier_check(&d, &(struct dossier_reader){NULL}, &check, &causes))
        buf_addf(&made->doubts, "%s\n", error_text(&causes));
    made->count = check.count;
    made->withheld = check.withheld;
    dossier_check_release(&check);
    dossier_release(&d);
    error_release(&causes);
    return true;
}

static bool put_together(struct store *store, const struct disclosed *said,
                         const struct directory_acts *directory, struct buf *out, struct error *err)
{
    struct dossier d = {.at = now(store),
                        .directory = directory->list,
                        .directory_count = directory->count,
                        .dispatches = said->list,
                        .count = said->count};
    struct identity identity;
    struct secret secret;

    memcpy(d.opener, said->opener, OPENER);
    memcpy(d.number, said->number, CASE_NUMBER);
    if (!find_root(store, d.root, err) || !store_identity(store, &identity, err) ||
        !identity_secret(store, POST_KEY_SIGNING, NULL, &secret, err))
        return false;
    memcpy(d.maker, identity.post, POST_ID);
    bool ok = dossier_put(out, &d, secret.bytes, err);
    secret_free(&secret);
    return ok;
}

bool dossier_make(struct store *store, const char *reference, const struct disclosure *how,
                  struct buf *out, struct dossier_made *made, struct error *err)
{
    static const uint8_t no_hash[DIRECTORY_HASH];
    struct disclosed said;
    struct directory_acts directory = {NULL, 0};
    struct buf file = BUF_INIT;

    *made = (struct dossier_made){.doubts = BUF_INIT};
    bool ok = store_disclosed(store, reference, how, &said, err) &&
              store_directory_missing(store, 0, no_hash, &directory, err) &&
              put_together(store, &said, &directory, &file, err) && look(&file, made, err);
    if (ok)
        buf_add(out, file.data, file.size);
    made->left_out = said.left_out;
    made->unsent = said.unsent;
    directory_acts_release(&directory);
    disclosed_release(&said);
    buf_release(&file);
    return ok;
}
