/* SPDX-License-Identifier: MIT */
/* The dispatches of a case, one by one; and what follows for whom one writes to. */
#include "trust_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* ---- the dispatches of a case ---- */

struct judged {
    const struct trusted *t;
    struct dispatch_facts *list;
    const struct dispatch_facts **sorted; /* by id */
    size_t count;
};

static int by_id(const void *a, const void *b)
{
    const struct dispatch_facts *const *x = a, *const *y = b;

    return memcmp((*x)->id, (*y)->id, ACT_ID_SIZE);
}

static struct chain_link link_of(const struct dispatch_facts *d)
{
    return (struct chain_link){d->id, d->prev, d->case_id, d->incarnation, d->sequence};
}

static bool find_link(const void *ctx, const uint8_t start[16], struct chain_link *out)
{
    const struct judged *j = ctx;
    size_t low = 0, high = j->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(j->sorted[mid]->id, start, 16) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == j->count || memcmp(j->sorted[low]->id, start, 16) != 0)
        return false;
    *out = link_of(j->sorted[low]);
    return true;
}

/* What the author's key is worth, if it is good for this dispatch. */
static enum trust worth(const struct trusted *t, const struct dispatch_facts *d)
{
    return t->keys[trust_find_key(t, d->author, d->signer, false)].level;
}

static void judge(const struct judged *j, struct dispatch_facts *d)
{
    const struct trusted *t = j->t;
    size_t key = trust_find_key(t, d->author, d->signer, false);

    d->trust = TRUST_UNKNOWN;
    d->why = N_("by a key that is not known here");
    memset(d->state, 0, sizeof d->state);
    d->secretariat = false;
    if (key == TRUST_NONE)
        return;
    const struct trust_key *k = &t->keys[key];
    const struct trust_post *post = trust_post_of(t, d->author);
    memcpy(d->state, k->state, STATE_SIZE);
    d->secretariat = post && post->secretariat;
    d->trust = k->level;
    d->why = NULL;
    if (k->revoked) {
        struct chain_link link = link_of(d);
        enum chain_standing standing = trust_chain_standing(k->revoked, &link, find_link, j);
        if (standing != CHAIN_GOOD) {
            d->trust = TRUST_QUARANTINED;
            d->why = standing == CHAIN_BEYOND
                         ? N_("by a key that was revoked, and not below its last good act")
                         : N_("by a key that was revoked, and nobody who is trusted refers to it");
        }
    }
    if (d->trust != TRUST_QUARANTINED && k->ends && instant_compare(d->at, k->until) > 0) {
        d->trust = TRUST_QUARANTINED;
        d->why = N_("by a key that gave way to another one more than 90 days before");
    }
}

/* May a reference make it good? Where the revocation names no head that decides. */
static bool may_be_vouched(const struct judged *j, const struct dispatch_facts *d)
{
    size_t key = trust_find_key(j->t, d->author, d->signer, false);
    struct chain_link link = link_of(d);

    if (key == TRUST_NONE || !j->t->keys[key].revoked || d->trust != TRUST_QUARANTINED)
        return false;
    return trust_chain_standing(j->t->keys[key].revoked, &link, find_link, j) != CHAIN_BEYOND;
}

/* Is there one of a good key that refers to it? */
static bool is_vouched(const struct judged *j, const struct dispatch_facts *d)
{
    for (size_t i = 0; i < j->count; i++) {
        const struct dispatch_facts *by = &j->list[i];
        for (size_t r = 0; by->trust == TRUST_CERTIFIED && r < by->refer_count; r++)
            if (memcmp(by->refers[r], d->id, ACT_ID_SIZE) == 0)
                return true;
    }
    return false;
}

void trust_judge(const struct trusted *t, struct dispatch_facts *list, size_t count)
{
    struct judged j = {t, list, xcalloc(count + 1, sizeof *j.sorted), count};
    bool *vouched = xcalloc(count + 1, sizeof *vouched);

    for (size_t i = 0; i < count; i++)
        j.sorted[i] = &list[i];
    qsort(j.sorted, count, sizeof *j.sorted, by_id);
    for (size_t i = 0; i < count; i++)
        judge(&j, &list[i]);
    /* All at once: who was vouched for vouches for nobody. */
    for (size_t i = 0; i < count; i++)
        vouched[i] = may_be_vouched(&j, &list[i]) && is_vouched(&j, &list[i]);
    for (size_t i = 0; i < count; i++)
        if (vouched[i]) {
            list[i].trust = worth(t, &list[i]);
            list[i].why = NULL;
        }
    free(vouched);
    free(j.sorted);
}

/* ---- the directory that others cite ---- */

static bool is_settled(const struct trusted *t, uint64_t version,
                       const uint8_t hash[DIRECTORY_HASH])
{
    for (size_t i = 0; i < t->settled_count; i++)
        if (t->settled[i].version == version &&
            memcmp(t->settled[i].hash, hash, DIRECTORY_HASH) == 0)
            return true;
    return false;
}

static bool is_noted(const struct trusted *t, uint64_t version, const uint8_t hash[DIRECTORY_HASH])
{
    for (size_t i = 0; i < t->difference_count; i++)
        if (t->differences[i].version == version &&
            memcmp(t->differences[i].hash, hash, DIRECTORY_HASH) == 0)
            return true;
    return false;
}

void trust_cite(struct trusted *t, const struct dispatch_facts *d)
{
    const struct trust_version *ours = trust_version_numbered(t, d->directory);
    struct trust_difference difference = {.kind = ours ? DIFFERENCE_HASH : DIFFERENCE_NEWER,
                                          .version = d->directory};

    if (!d->directory || d->trust < TRUST_CHECKED ||
        (ours && memcmp(ours->hash, d->directory_hash, DIRECTORY_HASH) == 0) ||
        is_settled(t, d->directory, d->directory_hash) ||
        is_noted(t, d->directory, d->directory_hash))
        return;
    /* Of a lower number than ours that our root never released: another directory. */
    if (!ours && trust_version_newest(t) && d->directory < trust_version_newest(t)->version)
        difference.kind = DIFFERENCE_HASH;
    memcpy(difference.hash, d->directory_hash, DIRECTORY_HASH);
    memcpy(difference.author, d->author, POST_ID);
    t->differences = xreallocarray(t->differences, t->difference_count + 1, sizeof *t->differences);
    t->differences[t->difference_count++] = difference;
}

static void say_difference(const struct trusted *t, const struct trust_difference *d,
                           struct buf *out)
{
    unsigned long long version = d->version;
    struct buf name = BUF_INIT;

    trust_name_post(t, d->author, &name);
    switch (d->kind) {
    case DIFFERENCE_NEWER:
        buf_addf(out,
                 _("%s writes by version %llu of the directory, which is not here: get it from the "
                   "Secretariat, or from another post"),
                 buf_text(&name), version);
        break;
    case DIFFERENCE_HASH:
        buf_addf(out,
                 _("%s writes by a version %llu of the directory that is not the one here: ask the "
                   "Secretariat by telephone which one holds"),
                 buf_text(&name), version);
        break;
    case DIFFERENCE_TWO:
        buf_addf(out,
                 _("there are two directories of version %llu, and the root signed both: ask the "
                   "Secretariat by telephone; its next version settles it"),
                 version);
        break;
    case DIFFERENCE_PARTS:
        buf_addf(out,
                 _("version %llu of the directory is here in part: get the rest from the "
                   "Secretariat, or from another post"),
                 version);
        break;
    }
    buf_addc(out, '\n');
    buf_release(&name);
}

bool trust_blocks_notes(const struct trusted *t, struct buf *reasons)
{
    for (size_t i = 0; reasons && i < t->difference_count; i++)
        say_difference(t, &t->differences[i], reasons);
    return t->difference_count > 0;
}

/* ---- to whom ---- */

size_t trust_recipients(const struct trusted *t, const char *code, const char *country,
                        const struct trust_post **out, size_t most)
{
    bool secretariat = strcmp(code, CODE_SECRETARIAT) == 0;
    size_t count = 0;

    for (size_t i = 0; i < t->post_count; i++) {
        const struct trust_post *p = &t->posts[i];
        bool theirs = secretariat ? p->secretariat
                                  : !p->secretariat && strcmp(p->state, code) == 0 &&
                                        (!country || strcmp(p->country, country) == 0 ||
                                         strcmp(p->kind, "directorate") == 0);
        if (!theirs || p->own || p->key == TRUST_NONE)
            continue;
        if (count < most)
            out[count] = p;
        count++;
    }
    return count;
}

/* Was the key, or one of those that signed it, checked by telephone, or given a head's word for,
 * not before that day? */
static bool is_said(const struct trusted *t, size_t key, bool word, struct date since)
{
    for (size_t k = key; k != TRUST_NONE; k = t->keys[k].before)
        for (size_t i = 0; i < t->check_count; i++)
            if (t->checks[i].word == word &&
                memcmp(t->checks[i].key, t->keys[k].key, TRUST_KEY) == 0 &&
                date_compare(t->checks[i].on, since) >= 0)
                return true;
    return false;
}

/* What is asked for where the key alone is not enough. */
static bool need_check(const struct trusted *t, size_t key, struct date since, const char *why,
                       struct buf *reasons)
{
    bool called = is_said(t, key, false, since), word = is_said(t, key, true, since);

    if (called && word)
        return false;
    if (reasons)
        buf_addf(reasons, "%s: %s\n", why,
                 called ? _("the head of post's word is needed, for identity to go there")
                        : _("compare its digits by telephone, and record that, first"));
    return true;
}

static bool needs_for_key(const struct trusted *t, size_t key, const char *name,
                          struct buf *reasons)
{
    struct date since = {0, 0, 0};

    if (key == TRUST_NONE || !trust_key_changed(t, key))
        return false;
    size_t origin = key;
    while (t->keys[origin].before != TRUST_NONE)
        origin = t->keys[origin].before;
    since = instant_date(t->keys[origin].by->act.at);
    char *why = xasprintf(_("the key of %s was changed, and the one before did not sign the new "
                            "one"),
                          name);
    bool needs = need_check(t, key, since, why, reasons);
    free(why);
    return needs;
}

bool trust_is_expired(const struct trusted *t, struct date today)
{
    const struct trust_version *v = trust_version_now(t);

    return v && date_compare(v->until, today) < 0;
}

static bool needs_for_age(const struct trusted *t, const struct trust_post *const *posts,
                          size_t count, struct date today, struct buf *reasons)
{
    const struct trust_version *v = trust_version_now(t);
    char day[TRUST_DAY];

    if (!trust_is_expired(t, today))
        return false;
    char *why = xasprintf(_("the directory was valid until %s"), trust_say_day(v->until, day));
    bool needs = true;
    for (size_t i = 0; needs && i < count; i++)
        needs = need_check(t, posts[i]->key, v->until, why, NULL);
    if (needs)
        need_check(t, posts[0]->key, v->until, why, reasons);
    free(why);
    return needs;
}

enum trust_need trust_identity_needs(const struct trusted *t, const char *state,
                                     const char *country, struct date today, struct buf *reasons)
{
    const struct trust_post **posts = xcalloc(t->post_count + 1, sizeof *posts);
    size_t all = trust_recipients(t, state, country, posts, t->post_count), count = 0;
    const struct trust_state *s = trust_state_of(t, state);
    bool check;

    for (size_t i = 0; i < all; i++)
        if (posts[i]->level >= TRUST_CHECKED)
            posts[count++] = posts[i];
    if (!count) {
        free(posts);
        if (reasons)
            buf_addf(reasons, _("%s: no key of its posts is certified or checked by telephone\n"),
                     country_name(state, reader_language));
        return TRUST_NEEDS_KEYS;
    }
    check = s && needs_for_key(t, s->key, country_name(state, reader_language), reasons);
    for (size_t i = 0; i < count; i++)
        check |= needs_for_key(t, posts[i]->key, posts[i]->name, reasons);
    check |= needs_for_age(t, posts, count, today, reasons);
    free(posts);
    return check                        ? TRUST_NEEDS_CHECK
           : trust_is_expired(t, today) ? TRUST_NEEDS_CARE
                                        : TRUST_NEEDS_NOTHING;
}
