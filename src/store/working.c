/* SPDX-License-Identifier: MIT */
#include "amparo/store/working.h"

#include "amparo/base/i18n.h"
#include "amparo/store/db.h"

/* Of SQLite's instructions, between two looks: a few milliseconds at most, and some tenths of one
 * where a key that is typed waits for the end of it. */
enum { LOOK_EVERY = 1 << 14, ASK_EVERY = 2000 };

static void ask(struct store *store)
{
    store->given_up = store->given_up || !store->work(store->work_ctx, store->done, store->total);
}

/* Who writes is not stopped within a statement, but between two pieces: an interrupted one would
 * end its transaction under the hands of whoever began it. */
static int look(void *ctx)
{
    struct store *store = ctx;
    bool enough = store->go_on && !store->go_on(store->go_on_ctx);

    if (store->work)
        ask(store);
    return (enough || store->given_up) && sqlite3_txn_state(store->db, NULL) != SQLITE_TXN_WRITE;
}

void work_listen(struct store *store)
{
    bool heard = store->work || store->go_on;
    sqlite3_progress_handler(store->db,
                             store->go_on ? ASK_EVERY
                             : heard      ? LOOK_EVERY
                                          : 0,
                             heard ? look : NULL, store);
}

void store_on_work(struct store *store, store_progress *work, void *ctx)
{
    store->work = work;
    store->work_ctx = ctx;
    store->given_up = false;
    store->done = store->total = 0;
    work_listen(store);
}

bool store_work_given_up(const struct store *store)
{
    return store->given_up;
}

void work_total(struct store *store, uint64_t total)
{
    store->done = 0;
    store->total = total;
}

bool work_step(struct store *store, uint64_t done, struct error *err)
{
    store->done = done;
    if (store->work)
        ask(store);
    return !store->given_up || error_set(err, ERROR_FAILED, _("given up"));
}
