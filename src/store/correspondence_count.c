/* SPDX-License-Identifier: MIT */
/*
 * How much the inbox asks: of correspondence.h. A first screen asks it often, and to fold thousands
 * of conversations takes long: what was counted of a case is kept with the store as long as nothing
 * of the case changes.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"
#include "correspondence_work.h"

struct counted {
    struct inbox_case of;
    struct inbox_counts counts;
};

struct inbox_cache {
    uint64_t trust_turn; /* at which it was counted */
    struct counted *list;
    size_t count;
};

void inbox_cache_free(struct inbox_cache *cache)
{
    if (cache)
        free(cache->list);
    free(cache);
}

static int by_key(const void *a, const void *b)
{
    return memcmp(&((const struct counted *)a)->of.key, &((const struct counted *)b)->of.key,
                  sizeof(struct case_key));
}

/* What was counted of the case as it is now, or NULL. */
static const struct counted *find(const struct inbox_cache *cache, const struct inbox_case *of)
{
    const struct counted wanted = {.of = *of};
    const struct counted *there =
        cache->count ? bsearch(&wanted, cache->list, cache->count, sizeof wanted, by_key) : NULL;

    return there && memcmp(there->of.marks, of->marks, sizeof of->marks) == 0 ? there : NULL;
}

static bool stands(const struct letter *l)
{
    return l->verdict.standing == STANDING_COUNTS || l->verdict.standing == STANDING_SUPERSEDED;
}

static void add(struct inbox_counts *to, const struct inbox_counts *more)
{
    to->asking += more->asking;
    to->unplaced += more->unplaced;
    to->odd += more->odd;
}

static bool count_case(struct store *store, const struct trusted *trust,
                       const struct inbox_case *of, struct inbox_counts *out, struct error *err)
{
    struct letters letters = {NULL, 0};
    bool ok = inbox_case_letters(store, trust, &of->key, &letters, err);

    *out = (struct inbox_counts){0, 0, 0};
    for (size_t i = 0; i < letters.count; i++) {
        const struct letter *l = &letters.list[i];
        out->asking += l->asks;
        out->unplaced += l->unplaced;
        out->odd += !l->unplaced && (!stands(l) || l->refused || l->verdict.forked);
    }
    letters_release(&letters);
    return ok;
}

static bool count_all(struct store *store, struct inbox_counts *out, struct error *err)
{
    struct inbox_cache *now = xcalloc(1, sizeof *now);
    const struct inbox_cache none = {0}, *before = &none;
    const struct trusted *trust;
    struct inbox_cases cases = {NULL, 0};
    bool ok = post_refresh(store, err) && store_trust(store, &trust, err) &&
              inbox_cases_find(store, &cases, err);

    now->trust_turn = store->trust_turn;
    now->list = xcalloc(cases.count + 1, sizeof *now->list);
    if (store->inbox && store->inbox->trust_turn == store->trust_turn)
        before = store->inbox;
    for (size_t i = 0; ok && i < cases.count; i++) {
        const struct counted *known = find(before, &cases.list[i]);
        struct counted *one = &now->list[now->count++];
        one->of = cases.list[i];
        if (known)
            one->counts = known->counts;
        else
            ok = count_case(store, trust, &one->of, &one->counts, err);
        add(out, &one->counts);
    }
    free(cases.list);
    if (!ok)
        now->count = 0;
    qsort(now->list, now->count, sizeof *now->list, by_key);
    inbox_cache_free(store->inbox);
    store->inbox = now;
    return ok;
}

bool store_inbox_counts(struct store *store, struct inbox_counts *out, struct error *err)
{
    *out = (struct inbox_counts){0, 0, 0};
    return db_begin_reading(store, err) && db_end(store, count_all(store, out, err), err);
}
