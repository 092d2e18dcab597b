/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier_make.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "amparo/store/trustlog.h"
#include "dossier_work.h"

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

/* Its reader's eyes. What others wrote and the rest would not be believed for is marked in `unfit`,
 * which has a place for each dispatch. */
static bool look(const struct buf *file, struct dossier_made *made, bool *unfit, struct error *err)
{
    struct dossier d = DOSSIER_INIT;
    struct dossier_check check;
    struct error causes = ERROR_INIT;

    if (!dossier_take(&d, file->data, file->size, err))
        return false;
    buf_clear(&made->doubts);
    if (!dossier_check(&d, &(struct dossier_reader){NULL}, &check, &causes))
        buf_addf(&made->doubts, "%s\n", error_text(&causes));
    made->count = check.count;
    made->withheld = check.withheld;
    for (size_t i = 0; i < check.count; i++)
        unfit[i] = check.items[i].bad && check.maker >= TRUST_CHECKED &&
                   memcmp(check.items[i].core.author, d.maker, POST_ID) != 0;
    dossier_check_release(&check);
    dossier_release(&d);
    error_release(&causes);
    return true;
}

/* Takes those that are marked out of the list; how many. */
static size_t take_out(struct disclosed *said, const bool *unfit)
{
    size_t kept = 0, count = said->count;

    for (size_t i = 0; i < count; i++) {
        if (unfit[i])
            act_bytes_release(&said->list[i]);
        else
            said->list[kept++] = said->list[i];
    }
    said->count = kept;
    return count - kept;
}

/* What has no form that a dispatch may have: conversation.h calls it irregular. */
static void mark_nonsense(const struct dossier *d, const struct disclosed *said, bool *unfit)
{
    for (size_t i = 0; i < said->count; i++)
        unfit[i] = dossier_fault(d, &said->list[i], false) != NULL;
}

static bool put_together(struct store *store, const struct disclosed *said,
                         const struct directory_acts *directory, struct dossier *d, struct buf *out,
                         struct error *err)
{
    struct secret secret;

    d->directory = directory->list;
    d->directory_count = directory->count;
    d->dispatches = said->list;
    d->count = said->count;
    if (!identity_secret(store, POST_KEY_SIGNING, NULL, &secret, err))
        return false;
    buf_clear(out);
    bool ok = dossier_put(out, d, secret.bytes, err);
    secret_free(&secret);
    return ok;
}

/* Who puts it together, of which case, and under which root. */
static bool begin(struct store *store, const struct disclosed *said, struct dossier *d,
                  struct error *err)
{
    struct identity identity;

    *d = (struct dossier){.at = now(store)};
    memcpy(d->opener, said->opener, OPENER);
    memcpy(d->number, said->number, CASE_NUMBER);
    if (!find_root(store, d->root, err) || !store_identity(store, &identity, err))
        return false;
    memcpy(d->maker, identity.post, POST_ID);
    return true;
}

static bool any(const bool *list, size_t count)
{
    return memchr(list, true, count * sizeof *list) != NULL;
}

/* Once more without those for which the rest is not believed: until nothing more has to go. */
static bool make(struct store *store, const char *reference, struct disclosed *said,
                 const struct directory_acts *directory, struct dossier_made *made,
                 struct buf *file, struct error *err)
{
    bool *unfit = xcalloc(said->count + 1, sizeof *unfit);
    struct dossier d;
    bool ok = begin(store, said, &d, err);

    if (ok)
        mark_nonsense(&d, said, unfit);
    while (ok) {
        made->unfit += take_out(said, unfit);
        ok = said->count ? put_together(store, said, directory, &d, file, err) &&
                               look(file, made, unfit, err)
                         : error_set(err, ERROR_INPUT,
                                     _("%s: nothing of it was for that reader, or may go to it"),
                                     reference);
        if (ok && !any(unfit, said->count))
            break;
    }
    free(unfit);
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
              make(store, reference, &said, &directory, made, &file, err);
    if (ok)
        buf_add(out, file.data, file.size);
    else
        access_lost(store, &said.entered);
    made->entered = said.entered;
    made->left_out = said.left_out;
    made->unsent = said.unsent;
    directory_acts_release(&directory);
    disclosed_release(&said);
    buf_release(&file);
    return ok;
}

void dossier_made_say(const struct dossier_made *made, struct buf *out)
{
    buf_addf(out, n_("%zu dispatch", "%zu dispatches", made->count), made->count);
    buf_addf(out, n_("; %zu part not disclosed.\n", "; %zu parts not disclosed.\n", made->withheld),
             made->withheld);
    if (made->left_out)
        buf_addf(out,
                 n_("%zu more is left out: it was not for that reader, or may not go to it.\n",
                    "%zu more are left out: they were not for that reader, or may not go to it.\n",
                    made->left_out),
                 made->left_out);
    if (made->unfit)
        buf_addf(
            out,
            n_("%zu more is left out, for which nobody would believe the rest: by a revoked key, "
               "said in two ways, or in no form.\n",
               "%zu more are left out, for which nobody would believe the rest: by revoked keys, "
               "said in two ways, or in no form.\n",
               made->unfit),
            made->unfit);
    if (made->unsent)
        buf_addf(out,
                 n_("%zu more has not left the post yet, and is not in it.\n",
                    "%zu more have not left the post yet, and are not in it.\n", made->unsent),
                 made->unsent);
}
