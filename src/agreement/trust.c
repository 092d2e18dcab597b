/* SPDX-License-Identifier: MIT */
#include "trust_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

void trust_init(struct trusted *t)
{
    *t = (struct trusted){.act_count = 0};
}

void trust_forget(struct trusted *t)
{
    free(t->keys);
    free(t->posts);
    free(t->states);
    free(t->versions);
    free(t->differences);
    t->keys = NULL;
    t->posts = NULL;
    t->states = NULL;
    t->versions = NULL;
    t->differences = NULL;
    t->key_count = t->post_count = t->state_count = t->version_count = t->difference_count = 0;
    t->rooted = false;
    t->instrument = NULL;
    t->minimum = 0;
    memset(t->root, 0, sizeof t->root);
    memset(t->roots, 0, sizeof t->roots);
    memset(t->former_roots, 0, sizeof t->former_roots);
}

void trust_release(struct trusted *t)
{
    trust_forget(t);
    for (size_t i = 0; i < t->act_count; i++)
        json_decref((json_t *)(uintptr_t)t->acts[i].act.payload);
    free(t->acts);
    free(t->contacts);
    free(t->checks);
    free(t->settled);
    for (size_t i = 0; i < t->text_count; i++)
        free(t->texts[i]);
    free(t->texts);
    trust_init(t);
}

/* ---- adding ---- */

/* The array with room for one more, which is filled at 1, 2, 4, 8 … */
static void *grown(void *list, size_t count, size_t size)
{
    return count & (count - 1) ? list : xreallocarray(list, count ? 2 * count : 1, size);
}

bool trust_add(struct trusted *t, const struct diract *act)
{
    for (size_t i = 0; i < t->act_count; i++)
        if (memcmp(t->acts[i].act.id, act->id, ACT_ID_SIZE) == 0)
            return false;
    t->acts = grown(t->acts, t->act_count, sizeof *t->acts);
    t->acts[t->act_count++] = (struct trust_act){.act = *act};
    json_incref((json_t *)(uintptr_t)act->payload);
    return true;
}

static void keep(struct trusted *t, const char **text)
{
    t->texts = grown(t->texts, t->text_count, sizeof *t->texts);
    *text = t->texts[t->text_count++] = xstrdup(*text ? *text : "");
}

void trust_add_contact(struct trusted *t, const struct trust_contact *contact)
{
    t->contacts = grown(t->contacts, t->contact_count, sizeof *t->contacts);
    struct trust_contact *c = &t->contacts[t->contact_count++];
    *c = *contact;
    keep(t, &c->code);
    keep(t, &c->name);
    keep(t, &c->country);
    keep(t, &c->city);
    keep(t, &c->kind);
}

void trust_add_check(struct trusted *t, const struct trust_check *check)
{
    t->checks = grown(t->checks, t->check_count, sizeof *t->checks);
    struct trust_check *c = &t->checks[t->check_count++];
    *c = *check;
    keep(t, &c->called);
    keep(t, &c->number);
    keep(t, &c->by);
}

void trust_settle(struct trusted *t, uint64_t version, const uint8_t hash[DIRECTORY_HASH])
{
    struct trust_difference settled = {.version = version};

    memcpy(settled.hash, hash, DIRECTORY_HASH);
    t->settled = grown(t->settled, t->settled_count, sizeof *t->settled);
    t->settled[t->settled_count++] = settled;
}

/* ---- looking ---- */

/* By id while the acts are sorted, as they are after the fold. */
const struct trust_act *trust_act_at(const struct trusted *t, const uint8_t start[16])
{
    size_t low = 0, high = t->act_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(t->acts[mid].act.id, start, 16) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < t->act_count && memcmp(t->acts[low].act.id, start, 16) == 0 ? &t->acts[low] : NULL;
}

const struct trust_act *trust_act_of(const struct trusted *t, const uint8_t id[ACT_ID_SIZE])
{
    const struct trust_act *act = trust_act_at(t, id);

    /* Whose first bytes are the same lie side by side. */
    for (; act && act < t->acts + t->act_count && memcmp(act->act.id, id, 16) == 0; act++)
        if (memcmp(act->act.id, id, ACT_ID_SIZE) == 0)
            return act;
    return NULL;
}

const struct trust_post *trust_post_of(const struct trusted *t, const uint8_t id[POST_ID])
{
    for (size_t i = 0; i < t->post_count; i++)
        if (memcmp(t->posts[i].id, id, POST_ID) == 0)
            return &t->posts[i];
    return NULL;
}

static bool has_name(const struct trust_post *p, const char *name, const uint8_t *id)
{
    return (id && memcmp(p->id, id, POST_ID) == 0) || (p->code && strcmp(p->code, name) == 0) ||
           (p->name && strcmp(p->name, name) == 0);
}

const struct trust_post *trust_post_named(const struct trusted *t, const char *name)
{
    const struct trust_post *found = NULL;
    uint8_t id[POST_ID];
    bool by_id = diract_hex(name, id, sizeof id);

    for (size_t i = 0; i < t->post_count; i++) {
        if (!has_name(&t->posts[i], name, by_id ? id : NULL))
            continue;
        if (found)
            return NULL;
        found = &t->posts[i];
    }
    return found;
}

const struct trust_post *trust_post_opening(const struct trusted *t, const uint8_t opener[OPENER])
{
    const struct trust_post *found = NULL;

    for (size_t i = 0; i < t->post_count; i++) {
        if (memcmp(t->posts[i].id, opener, OPENER) != 0)
            continue;
        if (found)
            return NULL;
        found = &t->posts[i];
    }
    return found;
}

const struct trust_state *trust_state_of(const struct trusted *t, const char *state)
{
    for (size_t i = 0; i < t->state_count; i++)
        if (strcmp(t->states[i].state, state) == 0)
            return &t->states[i];
    return NULL;
}

const struct trust_version *trust_version_numbered(const struct trusted *t, uint64_t version)
{
    for (size_t i = 0; i < t->version_count; i++)
        if (t->versions[i].version == version)
            return &t->versions[i];
    return NULL;
}

const struct trust_version *trust_version_newest(const struct trusted *t)
{
    return t->version_count ? &t->versions[t->version_count - 1] : NULL;
}

const struct trust_version *trust_version_now(const struct trusted *t)
{
    for (size_t i = t->version_count; i-- > 0;)
        if (!t->versions[i].missing)
            return &t->versions[i];
    return NULL;
}

/* The nth root that somebody may have signed under: that of now, none (before one was set), former
 * ones. */
static bool nth_root(const struct trusted *t, unsigned nth, uint8_t root[ROOT_SIZE])
{
    static const uint8_t none[ROOT_SIZE];

    if (t->rooted && nth-- == 0) {
        memcpy(root, t->root, ROOT_SIZE);
        return true;
    }
    memset(root, 0, ROOT_SIZE);
    if (nth == 0)
        return true;
    for (size_t i = 0; i < TRUST_FORMER; i++)
        if (memcmp(t->former_roots[i], none, ROOT_SIZE) != 0 && --nth == 0) {
            memcpy(root, t->former_roots[i], ROOT_SIZE);
            return true;
        }
    return false;
}

bool trust_signer(const struct trusted *t, const uint8_t author[POST_ID], bool directory,
                  unsigned nth, uint8_t signer[TRUST_KEY], uint8_t root[ROOT_SIZE])
{
    unsigned n = 0;

    for (size_t i = 0; i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        if (memcmp(k->owner, author, POST_ID) != 0 || (k->of_state && !directory))
            continue;
        for (unsigned under = 0; nth_root(t, under, root); under++, n++)
            if (n == nth) {
                memcpy(signer, k->key, TRUST_KEY);
                return true;
            }
    }
    if (!directory || !t->rooted || nth - n >= ROOT_KEYS)
        return false;
    memcpy(signer, t->roots[nth - n], TRUST_KEY);
    memcpy(root, t->root, ROOT_SIZE);
    return true;
}

bool trust_receipt_signer(const struct trusted *t, const uint8_t id[POST_ID], unsigned nth,
                          uint8_t signer[TRUST_KEY])
{
    const struct trust_post *post = trust_post_of(t, id);

    for (size_t i = 0; post && i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        if (k->of_state || k->revoked || k->level < post->level ||
            memcmp(k->owner, id, POST_ID) != 0 || nth--)
            continue;
        memcpy(signer, k->key, TRUST_KEY);
        return true;
    }
    return false;
}

/* ---- standing ---- */

void trust_count(struct trust_act *act)
{
    act->standing = TRUST_COUNTS;
    act->why = NULL;
}

void trust_wait(struct trust_act *act, const char *why)
{
    act->standing = TRUST_WAITS;
    act->why = why;
}

void trust_refuse(struct trust_act *act, const char *why)
{
    act->standing = TRUST_IRREGULAR;
    act->why = why;
}

bool trust_by_roots(const struct trust_act *act)
{
    return act->by[0] && act->by[1];
}

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static bool same_author(const struct diract *a, const struct diract *b)
{
    return memcmp(a->author, b->author, POST_ID) == 0;
}

int trust_compare_acts(const struct diract *a, const struct diract *b)
{
    int by;

    if (same_author(a, b)) {
        by = order(a->incarnation, b->incarnation);
        by = by ? by : order(a->sequence, b->sequence);
    } else {
        by = instant_compare(a->at, b->at);
    }
    return by ? by : memcmp(a->id, b->id, ACT_ID_SIZE);
}

static int by_author(const void *a, const void *b)
{
    const struct trust_act *const *x = a, *const *y = b;
    int by = memcmp((*x)->act.author, (*y)->act.author, POST_ID);

    return by ? by : trust_compare_acts(&(*x)->act, &(*y)->act);
}

/* The last one of each author, of these the latest. The list is sorted in place. */
static const struct trust_act *latest_of(const struct trust_act **list, size_t count)
{
    const struct trust_act *latest = NULL;

    if (count)
        qsort(list, count, sizeof *list, by_author);
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count || !same_author(&list[i]->act, &list[i + 1]->act);
        if (last && (!latest || trust_compare_acts(&list[i]->act, &latest->act) > 0))
            latest = list[i];
    }
    return latest;
}

const struct trust_act *trust_latest(const struct trusted *t, enum diract_kind kind,
                                     trust_fits *fits, const void *what)
{
    const struct trust_act **list = xcalloc(t->act_count + 1, sizeof *list);
    size_t count = 0;

    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].standing == TRUST_COUNTS && t->acts[i].act.kind == kind &&
            fits(t, &t->acts[i], what))
            list[count++] = &t->acts[i];
    const struct trust_act *latest = latest_of(list, count);
    free(list);
    return latest;
}

/* ---- chains ---- */

static bool same_case(const json_t *head, const uint8_t case_id[CASE_NUMBER])
{
    uint8_t named[CASE_NUMBER];

    return diract_bytes(head, "case", named, sizeof named) &&
           memcmp(named, case_id, CASE_NUMBER) == 0;
}

static uint64_t number_of(const json_t *head, const char *key)
{
    return (uint64_t)json_integer_value(json_object_get(head, key));
}

/*
 * From a head down, link by link, to where the dispatch should lie. Each names the one before it
 * that all its readers have (dispatch_before()), so that places may be passed over: what was passed
 * over is not shown to be good, and not to be another one either.
 */
static enum chain_standing below(const json_t *head, const struct chain_link *link,
                                 trust_find_link *find, const void *ctx)
{
    uint64_t above = number_of(head, "sequence");
    struct chain_link at = *link;
    uint8_t next[16];

    if (!diract_bytes(head, "hash", next, sizeof next) || above < link->sequence)
        return CHAIN_BEYOND;
    if (above == link->sequence)
        return memcmp(next, link->id, sizeof next) == 0 ? CHAIN_GOOD : CHAIN_BEYOND;
    while (memcmp(next, link->id, sizeof next) != 0) {
        if (!find(ctx, next, &at) || at.sequence < link->sequence || at.sequence > above ||
            at.incarnation != link->incarnation ||
            memcmp(at.case_id, link->case_id, CASE_NUMBER) != 0)
            return CHAIN_GAP;
        if (at.sequence == link->sequence)
            return CHAIN_BEYOND;
        above = at.sequence - 1;
        memcpy(next, at.prev, sizeof next);
    }
    return CHAIN_GOOD;
}

enum chain_standing trust_chain_standing(const struct trust_act *revocation,
                                         const struct chain_link *link, trust_find_link *find,
                                         const void *ctx)
{
    const json_t *heads = json_object_get(revocation->act.payload, "heads");
    enum chain_standing standing = CHAIN_UNNAMED;
    bool gap = false;

    for (size_t i = 0; i < json_array_size(heads); i++) {
        const json_t *head = json_array_get(heads, i);
        if (!same_case(head, link->case_id))
            continue;
        standing = CHAIN_BEYOND;
        if (number_of(head, "incarnation") != link->incarnation)
            continue;
        enum chain_standing here = below(head, link, find, ctx);
        if (here == CHAIN_GOOD)
            return here;
        gap |= here == CHAIN_GAP;
    }
    return gap ? CHAIN_GAP : standing;
}
