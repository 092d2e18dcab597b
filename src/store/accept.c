/* SPDX-License-Identifier: MIT */
#include "amparo/store/accept.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/erasures.h"
#include "amparo/store/log.h"
#include "amparo/store/verify.h"

void accepted_release(struct accepted *accepted)
{
    free(accepted->kept);
    buf_release(&accepted->list);
    *accepted = (struct accepted){.list = BUF_INIT};
}

struct accepting {
    const struct accept_how *how;
    const char *path;
    struct vault_loss found;
    struct store *store; /* the new file */
    struct accepted *out;
};

/* ---- what is lost ---- */

static bool is_any(const struct vault_loss *l)
{
    return l->anchor || l->tags || l->header || l->foreign || l->count ||
           l->found_records < l->known_records;
}

static void list_loss(const struct vault_loss *l, struct buf *out)
{
    if (l->anchor)
        buf_adds(out, _("both copies of its anchor are damaged: what else is lost, nothing can "
                        "tell\n"));
    if (l->tags)
        buf_adds(out,
                 _("the table of its page tags is damaged: whether pages are old ones, nothing "
                   "can tell\n"));
    if (l->header)
        buf_adds(out, _("its key header is an older one\n"));
    if (l->foreign)
        buf_adds(out, _("its -wal file is of another state of the case file: what it holds is "
                        "lost\n"));
    if (l->found_records < l->known_records)
        buf_addf(out,
                 _("of %llu records of its -wal file %llu are there: the work of the last days or "
                   "hours is lost\n"),
                 (unsigned long long)l->known_records, (unsigned long long)l->found_records);
    if (l->more_records)
        buf_addf(out,
                 _("of the rest, %llu can still be read: `amparo verify FILE --salvage DIR` saves "
                   "what they hold\n"),
                 (unsigned long long)l->more_records);
    for (size_t i = 0; i < l->count; i++)
        buf_addf(out, _("page %u is an old one: what was written to it since is lost\n"),
                 l->pages[i]);
}

static bool ask(struct accepting *a, struct error *err)
{
    struct buf lines = BUF_INIT;

    if (a->found.damaged)
        return error_set(err, ERROR_VAULT,
                         _("%s: page %u is damaged: nothing can be accepted; `amparo verify FILE "
                           "--salvage DIR` saves what can be read"),
                         a->path, a->found.damaged);
    if (!is_any(&a->found))
        return error_set(err, ERROR_INPUT, _("%s: nothing is lost that could be accepted"),
                         a->path);
    list_loss(&a->found, &lines);
    bool ok = a->how->confirm(a->how->confirm_ctx, &lines, err);
    buf_release(&lines);
    return ok;
}

/* ---- the new file ---- */

static bool is_head(const struct accepting *a, struct error *err)
{
    return store_check_officer(a->store, a->how->officer, err) &&
           (a->store->me.role == ROLE_HEAD ||
            error_set(err, ERROR_REFUSED, _("only a head of post accepts a loss")));
}

/* Pages of different times may not fit each other. */
static bool holds_together(const struct accepting *a, struct error *err)
{
    struct store *store = a->store;
    bool failed, fine = true;
    sqlite3_stmt *row = db_query(store, err, "PRAGMA integrity_check(1)", "");

    while (row && db_step(store, row, &failed, err)) {
        const char *fault = (const char *)sqlite3_column_text(row, 0);
        fine = fine && fault && strcmp(fault, "ok") == 0;
    }
    if (!row || failed)
        return false;
    return fine || error_set(err, ERROR_VAULT,
                             _("%s: what is there does not hold together; `amparo verify FILE "
                               "--salvage DIR` saves what can be read"),
                             a->path);
}

static bool resume(struct accepting *a, struct error *err)
{
    struct losses losses = {.count = 0};
    struct resuming how = {.cause = RESUMES_ACCEPTED, .losses = &losses, .found = &a->found};
    const struct witness *w = a->how->witness;
    bool ok = db_number(a->store, &a->out->last, 0, err, "SELECT max(seq) FROM acts", "");

    if (ok && w && w->seq > a->out->last) {
        losses_add(&losses, a->out->last + 1, w->seq);
        how.seq = w->seq + 1;
    }
    ok = ok && post_resume(a->store, &how, err);
    losses_release(&losses);
    return ok;
}

static bool erase_again(struct accepting *a, struct error *err)
{
    const char *const near[] = {a->path};

    return erasures_apply(a->store, near, ARRAY_SIZE(near), NULL, &a->out->erased, &a->out->list,
                          err);
}

static bool is_proved(struct accepting *a, struct error *err)
{
    struct verified verified;
    bool ok = store_verify(a->store, NULL, NULL, &verified, err);

    buf_release(&verified.notes);
    return ok || error_set(err, ERROR_VAULT,
                           _("what is there is not whole; `amparo verify FILE --salvage DIR` saves "
                             "what can be read"));
}

static bool finish(void *ctx, struct vault *fresh, struct error *err)
{
    struct accepting *a = ctx;
    struct store *store = a->store;

    store->vault = fresh;
    bool ok = db_connect(store, err) && holds_together(a, err) && post_refresh(store, err) &&
              is_head(a, err) && erase_again(a, err) && resume(a, err) &&
              store_rebuild(store, NULL, NULL, err) && is_proved(a, err);
    db_disconnect(store);
    return ok;
}

/* Of one that is unlocked; flags as in store.h. */
static bool accept_vault(struct vault *old, unsigned flags, const struct accept_how *how,
                         struct accepted *out, struct error *err)
{
    struct accepting a = {.how = how, .path = vault_path(old), .out = out};
    const struct vault_change change = {.finish = finish, .ctx = &a};

    *out = (struct accepted){.list = BUF_INIT};
    bool ok = vault_find_loss(old, &a.found, err) && ask(&a, err);
    if (ok) {
        a.store = store_begin(old, a.path, flags);
        ok = vault_accept(old, &change, how->progress, how->ctx, &out->kept, err);
        a.store->vault = NULL;
        store_close(a.store);
    }
    free(a.found.pages);
    return ok;
}

bool store_accept_loss(const char *path, const struct accept_how *how, struct accepted *out,
                       struct error *err)
{
    struct vault *old;

    *out = (struct accepted){.list = BUF_INIT};
    if (!vault_unlock_damaged(path, how->passphrase.bytes, how->passphrase.length, &old, err))
        return false;
    bool ok = accept_vault(old, 0, how, out, err);
    vault_close(old);
    return ok && (!out->erased || erasures_new_key(path, how->officer, how->passphrase, err));
}
