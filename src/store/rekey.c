/* SPDX-License-Identifier: MIT */
/* A new data key for a case file, and the act that says why: of store.h. */
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/log.h"

static const char *const reasons[] = {
    [REKEY_REMOVED] = "removed",
    [REKEY_SEEN] = "seen",
    [REKEY_ERASED] = "erased",
    [REKEY_RESTORED] = "restored",
};

struct rekeying {
    struct store *store;
    enum rekey_why why;
};

static bool append(struct rekeying *r, struct error *err)
{
    json_t *payload = json_pack("{s:s}", "why", reasons[r->why]);
    struct new_act act = {.case_id = post_case, .kind = POST_REKEYED, .payload = payload};
    char now[INSTANT_SIZE];
    bool ok = instant_parse(store_now(r->store, now), &act.at) && db_begin(r->store, err) &&
              db_end(r->store, log_append(r->store, &act, NULL, err), err);

    json_decref(payload);
    return ok;
}

/* The new file is there, and not yet in its place: the act is in it from its first moment. */
static bool record(void *ctx, struct vault *fresh, struct error *err)
{
    struct rekeying *r = ctx;
    struct vault *old = r->store->vault;

    r->store->vault = fresh;
    bool ok = db_connect(r->store, err) && append(r, err);
    db_disconnect(r->store);
    r->store->vault = old;
    return ok;
}

bool store_rekey(struct store *store, enum rekey_why why, store_progress *progress, void *ctx,
                 struct error *err)
{
    struct rekeying r = {store, why};
    struct vault_change change = {record, &r};

    if (store->depth)
        BUG("a new key is made outside of batches");
    db_disconnect(store);
    bool ok = vault_rekey(store->vault, &change, progress, ctx, err);
    /* Where this fails, so does what is asked of the store from now on. */
    return db_connect(store, err) && post_refresh(store, err) && ok;
}
