/* SPDX-License-Identifier: MIT */
/* Whose key is which: certified, rolled over, revoked. */
#include "trust_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

enum { DAY = 24 * 60 * 60 };

/* ---- finding ---- */

size_t trust_find_key(const struct trusted *t, const uint8_t owner[POST_ID],
                      const uint8_t key[TRUST_KEY], bool of_state)
{
    size_t best = TRUST_NONE;

    for (size_t i = 0; i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        if (k->of_state == of_state && memcmp(k->owner, owner, POST_ID) == 0 &&
            memcmp(k->key, key, TRUST_KEY) == 0 &&
            (best == TRUST_NONE || k->level > t->keys[best].level))
            best = i;
    }
    return best;
}

static size_t add_key(struct trusted *t, const struct trust_key *key)
{
    size_t count = t->key_count;

    if (!(count & (count - 1)))
        t->keys = xreallocarray(t->keys, count ? 2 * count : 1, sizeof *t->keys);
    t->keys[t->key_count++] = *key;
    return count;
}

/* Do they take each other's place? */
static bool same_group(const struct trust_key *a, const struct trust_key *b)
{
    return a->of_state == b->of_state && (a->of_state ? strcmp(a->state, b->state) == 0
                                                      : memcmp(a->owner, b->owner, POST_ID) == 0);
}

/* The first of the keys of which each signed the next. */
static size_t origin_of(const struct trusted *t, size_t key)
{
    while (t->keys[key].before != TRUST_NONE)
        key = t->keys[key].before;
    return key;
}

static size_t successor_of(const struct trusted *t, size_t key)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (t->keys[i].before == key)
            return i;
    return TRUST_NONE;
}

static bool comes_from(const struct trusted *t, size_t key, size_t from)
{
    for (; key != TRUST_NONE; key = t->keys[key].before)
        if (key == from)
            return true;
    return false;
}

bool trust_key_changed(const struct trusted *t, size_t key)
{
    size_t origin = origin_of(t, key);
    const struct trust_act *by = t->keys[origin].by;

    for (size_t i = 0; by && i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        if (i != origin && same_group(k, &t->keys[origin]) && k->before == TRUST_NONE &&
            k->level >= TRUST_CHECKED && (!k->by || trust_compare_acts(&k->by->act, &by->act) < 0))
            return true;
    }
    return false;
}

/* ---- what a key may sign ---- */

static bool find_link(const void *ctx, const uint8_t start[16], struct chain_link *out)
{
    static const uint8_t directory[CASE_NUMBER];
    const struct trust_act *act = trust_act_at(ctx, start);

    if (act)
        *out = (struct chain_link){act->act.id, act->act.prev, directory, act->act.incarnation,
                                   act->act.sequence};
    return act != NULL;
}

bool trust_key_signs(const struct trusted *t, const struct trust_key *key,
                     const struct trust_act *act, const char **why)
{
    struct chain_link link;

    if (key->revoked) {
        find_link(t, act->act.id, &link);
        enum chain_standing standing = trust_chain_standing(key->revoked, &link, find_link, t);
        *why = standing == CHAIN_BEYOND
                   ? N_("by a key that was revoked, and not below its last good act")
                   : N_("by a key that was revoked, and nobody who is trusted refers to it");
        if (standing == CHAIN_BEYOND || (standing != CHAIN_GOOD && !act->version))
            return false;
    }
    if (key->ends && !act->version && instant_compare(act->act.at, key->until) > 0) {
        *why = N_("by a key that gave way to another one more than 90 days before");
        return false;
    }
    return true;
}

/* ---- revocations ---- */

/* May who signed it revoke that key? The root: keys of States, and of the Secretariat's posts. */
static bool may_revoke(const struct trusted *t, const struct trust_act *act,
                       const struct trust_key *key)
{
    const char *why;

    if (key->of_state || !*key->state)
        return trust_by_roots(act);
    size_t by = trust_find_key(t, act->act.author, act->act.signer, true);
    return by != TRUST_NONE && strcmp(t->keys[by].state, key->state) == 0 &&
           trust_key_signs(t, &t->keys[by], act, &why);
}

static bool names_key(const struct trust_act *act, const uint8_t key[TRUST_KEY])
{
    uint8_t named[TRUST_KEY];

    return diract_bytes(act->act.payload, "key", named, sizeof named) &&
           memcmp(named, key, TRUST_KEY) == 0;
}

static void find_revocation(struct trusted *t, struct trust_key *key)
{
    for (size_t i = 0; i < t->act_count; i++) {
        struct trust_act *act = &t->acts[i];
        if (act->act.kind != DIR_REVOKE || !names_key(act, key->key) || !may_revoke(t, act, key))
            continue;
        trust_count(act);
        if (!key->revoked || trust_compare_acts(&act->act, &key->revoked->act) > 0)
            key->revoked = act;
    }
}

/* Of those that revoke nothing: why. */
static void explain_revocations(struct trusted *t)
{
    for (size_t i = 0; i < t->act_count; i++) {
        struct trust_act *act = &t->acts[i];
        bool known = false;
        if (act->act.kind != DIR_REVOKE || act->standing == TRUST_COUNTS)
            continue;
        for (size_t k = 0; k < t->key_count; k++)
            known |= names_key(act, t->keys[k].key);
        if (!known)
            trust_wait(act, N_("the key that it revokes is not known here"));
        else if (act->by[0] && !act->by[1])
            trust_wait(act, N_("for another key of the root to approve it"));
        else
            trust_refuse(act, N_("not signed by who may revoke that key"));
    }
}

/* ---- roll-over ---- */

static uint64_t rank(const struct trust_act *act)
{
    return act->version ? act->version : UINT64_MAX;
}

/* Is another one of the same key as good, or better? A key gives way to one key. */
static bool is_contested(const struct trusted *t, const struct trust_act *act, size_t key)
{
    const char *why;

    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *other = &t->acts[i];
        if (other != act && other->act.kind == DIR_ROLL &&
            memcmp(other->act.signer, act->act.signer, TRUST_KEY) == 0 &&
            memcmp(other->act.author, act->act.author, POST_ID) == 0 &&
            strcmp(payload_text(other->act.payload, "key"),
                   payload_text(act->act.payload, "key")) != 0 &&
            rank(other) <= rank(act) && trust_key_signs(t, &t->keys[key], other, &why))
            return true;
    }
    return false;
}

static void take_roll(struct trusted *t, struct trust_act *act, size_t from)
{
    struct trust_key key = t->keys[from];

    diract_bytes(act->act.payload, "key", key.key, sizeof key.key);
    size_t there = trust_find_key(t, key.owner, key.key, key.of_state);
    if (there == TRUST_NONE) {
        key.by = act;
        key.before = from;
        key.revoked = NULL;
        key.ends = false;
        there = add_key(t, &key);
        find_revocation(t, &t->keys[there]);
    } else if (t->keys[there].before == TRUST_NONE && t->keys[from].level >= t->keys[there].level &&
               !comes_from(t, from, there)) {
        t->keys[there].before = from;
    } else if (t->keys[there].before != from) {
        trust_refuse(act, N_("names a key that was there before"));
        return;
    }
    trust_count(act);
}

static void try_roll(struct trusted *t, struct trust_act *act, size_t from)
{
    const char *why;

    if (!trust_key_signs(t, &t->keys[from], act, &why))
        trust_refuse(act, why);
    else if (is_contested(t, act, from))
        trust_refuse(act, N_("a key gives way to one key, and it said another one too"));
    else
        take_roll(t, act, from);
}

/* Each key may make the next one known, which comes to lie behind it in the list. */
static void roll_over(struct trusted *t, bool of_state)
{
    for (size_t k = 0; k < t->key_count; k++) {
        if (t->keys[k].of_state != of_state)
            continue;
        for (size_t i = 0; i < t->act_count; i++) {
            struct trust_act *act = &t->acts[i];
            if (act->act.kind == DIR_ROLL && act->standing == TRUST_WAITS &&
                memcmp(act->act.signer, t->keys[k].key, TRUST_KEY) == 0 &&
                memcmp(act->act.author, t->keys[k].owner, POST_ID) == 0)
                try_roll(t, act, trust_find_key(t, act->act.author, act->act.signer, of_state));
        }
    }
}

/* ---- which is the one in use ---- */

/* The keys of a group but the current one end, 90 days after what took their place. */
static void end_others(struct trusted *t, size_t current)
{
    const struct trust_act *anew = t->keys[origin_of(t, current)].by;

    for (size_t i = 0; i < t->key_count; i++) {
        struct trust_key *k = &t->keys[i];
        if (i == current || !same_group(k, &t->keys[current]))
            continue;
        size_t next = successor_of(t, i);
        const struct trust_act *by = next == TRUST_NONE ? anew : t->keys[next].by;
        k->ends = by != NULL;
        if (by)
            k->until = instant_add_seconds(by->act.at, (int64_t)TRUST_GRACE_DAYS * DAY);
    }
}

/* From the key that was named last, along those that it gave way to; TRUST_NONE: it is revoked. */
static size_t settle_current(struct trusted *t, size_t key)
{
    size_t next;

    if (key == TRUST_NONE)
        return key;
    while ((next = successor_of(t, key)) != TRUST_NONE)
        key = next;
    t->keys[key].current = true;
    end_others(t, key);
    return t->keys[key].revoked ? TRUST_NONE : key;
}

/* A statement that names a key: the key is made, or named anew. */
static void take_named(struct trusted *t, const struct trust_act *act, struct trust_key key)
{
    diract_bytes(act->act.payload, "key", key.key, sizeof key.key);
    diract_bytes(act->act.payload, "post", key.owner, sizeof key.owner);
    key.by = act;
    key.before = TRUST_NONE;
    size_t there = trust_find_key(t, key.owner, key.key, key.of_state);
    if (there == TRUST_NONE) {
        there = add_key(t, &key);
        find_revocation(t, &t->keys[there]);
    } else if (trust_compare_acts(&act->act, &t->keys[there].by->act) > 0) {
        t->keys[there].by = act;
    }
}

/* ---- States ---- */

struct trust_state *trust_add_state(struct trusted *t, const char *state)
{
    size_t place = 0, count = t->state_count;

    while (place < count && strcmp(t->states[place].state, state) < 0)
        place++;
    if (place < count && strcmp(t->states[place].state, state) == 0)
        return &t->states[place];
    if (!(count & (count - 1)))
        t->states = xreallocarray(t->states, count ? 2 * count : 1, sizeof *t->states);
    struct trust_state *s = &t->states[place];
    memmove(s + 1, s, (count - place) * sizeof *s);
    *s = (struct trust_state){.key = TRUST_NONE};
    memcpy(s->state, state, STATE_SIZE);
    t->state_count++;
    return s;
}

static bool of_that_state(const struct trusted *t, const struct trust_act *act, const void *state)
{
    (void)t;
    return payload_is(act->act.payload, "state", state);
}

void trust_fold_states(struct trusted *t)
{
    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *act = &t->acts[i];
        struct trust_key key = {.of_state = true, .level = TRUST_CERTIFIED};
        if (act->act.kind != DIR_STATE || act->standing != TRUST_COUNTS)
            continue;
        memcpy(key.state, payload_text(act->act.payload, "state"), STATE_SIZE);
        take_named(t, act, key);
        trust_add_state(t, key.state);
    }
    roll_over(t, true);
    for (size_t i = 0; i < t->state_count; i++) {
        struct trust_state *s = &t->states[i];
        const struct trust_act *act = trust_latest(t, DIR_STATE, of_that_state, s->state);
        uint8_t key[TRUST_KEY], owner[POST_ID];
        diract_bytes(act->act.payload, "key", key, sizeof key);
        diract_bytes(act->act.payload, "post", owner, sizeof owner);
        s->key = settle_current(t, trust_find_key(t, owner, key, true));
    }
}

/* ---- posts ---- */

static void judge_certificate(struct trusted *t, struct trust_act *act)
{
    bool secretariat = payload_is(act->act.payload, "kind", "secretariat");
    size_t by = trust_find_key(t, act->act.author, act->act.signer, true);
    const char *why;

    if (act->by[0]) { /* by the root */
        if (!secretariat)
            trust_refuse(act, N_("a post of a State is certified by that State"));
        else if (act->by[1])
            trust_count(act);
        else
            trust_wait(act, N_("for another key of the root to approve it"));
    } else if (by == TRUST_NONE) {
        return;
    } else if (secretariat) {
        trust_refuse(act, N_("a post of the Secretariat is certified by the root"));
    } else if (!trust_key_signs(t, &t->keys[by], act, &why)) {
        trust_refuse(act, why);
    } else {
        trust_count(act);
    }
}

/* The State by whose key it was signed; "": the root's. */
static const char *certifier(const struct trusted *t, const struct trust_act *act)
{
    size_t by = act->by[0] ? TRUST_NONE : trust_find_key(t, act->act.author, act->act.signer, true);

    return by == TRUST_NONE ? "" : t->keys[by].state;
}

/* Also where the ids only begin alike: a case names who opened it by no more. */
static bool same_post(const struct trust_act *a, const struct trust_act *b)
{
    return strncmp(payload_text(a->act.payload, "post"), payload_text(b->act.payload, "post"),
                   2 * OPENER) == 0;
}

/* The first version in which who certified this post did so. */
static uint64_t claimed_since(const struct trusted *t, const struct trust_act *act)
{
    uint64_t since = UINT64_MAX;

    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *same = &t->acts[i];
        if (same->act.kind == DIR_POST && same->standing == TRUST_COUNTS && same_post(same, act) &&
            strcmp(certifier(t, same), certifier(t, act)) == 0 && rank(same) < since)
            since = rank(same);
    }
    return since;
}

/* Does another State claim the post as well, since as early a version? */
static bool is_claimed(const struct trusted *t, const struct trust_act *act)
{
    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *other = &t->acts[i];
        if (other->act.kind == DIR_POST && other->standing == TRUST_COUNTS &&
            same_post(other, act) && strcmp(certifier(t, other), certifier(t, act)) != 0 &&
            claimed_since(t, other) <= claimed_since(t, act))
            return true;
    }
    return false;
}

static void judge_certificates(struct trusted *t)
{
    bool *claimed = xcalloc(t->act_count + 1, sizeof *claimed);

    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].act.kind == DIR_POST)
            judge_certificate(t, &t->acts[i]);
    for (size_t i = 0; i < t->act_count; i++)
        claimed[i] = t->acts[i].act.kind == DIR_POST && t->acts[i].standing == TRUST_COUNTS &&
                     is_claimed(t, &t->acts[i]);
    for (size_t i = 0; i < t->act_count; i++)
        if (claimed[i])
            trust_refuse(&t->acts[i], N_("the post belongs to another State, by what is here"));
    free(claimed);
}

static struct trust_post *add_post(struct trusted *t, const uint8_t id[POST_ID])
{
    size_t place = 0, count = t->post_count;

    while (place < count && memcmp(t->posts[place].id, id, POST_ID) < 0)
        place++;
    if (place < count && memcmp(t->posts[place].id, id, POST_ID) == 0)
        return &t->posts[place];
    if (!(count & (count - 1)))
        t->posts = xreallocarray(t->posts, count ? 2 * count : 1, sizeof *t->posts);
    struct trust_post *post = &t->posts[place];
    memmove(post + 1, post, (count - place) * sizeof *post);
    *post = (struct trust_post){.key = TRUST_NONE};
    memcpy(post->id, id, POST_ID);
    t->post_count++;
    return post;
}

static bool is_checked(const struct trusted *t, const uint8_t key[TRUST_KEY])
{
    for (size_t i = 0; i < t->check_count; i++)
        if (!t->checks[i].word && memcmp(t->checks[i].key, key, TRUST_KEY) == 0)
            return true;
    return false;
}

/* ---- cards ---- */

static bool is_of(const struct trust_key *k, const struct trust_contact *c)
{
    return memcmp(k->owner, c->post, POST_ID) == 0 && strcmp(k->state, c->state) == 0;
}

const char *trust_against_card(const struct trusted *t, const struct trust_contact *c)
{
    for (size_t i = 0; i < t->post_count; i++)
        if (memcmp(t->posts[i].id, c->post, OPENER) == 0 &&
            memcmp(t->posts[i].id, c->post, POST_ID) != 0)
            return N_("its id begins as that of another post does");
    for (size_t i = 0; i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        bool same = memcmp(k->key, c->key, TRUST_KEY) == 0;
        if (k->of_state)
            continue;
        if (same && !is_of(k, c))
            return N_("its key is known as that of another post, or of another State");
        if (!same && !is_checked(t, c->key) && k->level == TRUST_CERTIFIED && !k->revoked &&
            memcmp(k->owner, c->post, POST_ID) == 0 &&
            trust_find_key(t, c->post, c->key, false) == TRUST_NONE)
            return N_("the directory has another key of that post");
    }
    return NULL;
}

static void add_contact(struct trusted *t, struct trust_contact *c)
{
    struct trust_key key = {.before = TRUST_NONE,
                            .level = c->own                  ? TRUST_CERTIFIED
                                     : is_checked(t, c->key) ? TRUST_CHECKED
                                                             : TRUST_UNVERIFIED};

    c->passed_over = !c->own && trust_against_card(t, c);
    if (c->passed_over)
        return;
    add_post(t, c->post);
    if (trust_find_key(t, c->post, c->key, false) != TRUST_NONE)
        return;
    memcpy(key.owner, c->post, POST_ID);
    memcpy(key.key, c->key, TRUST_KEY);
    memcpy(key.state, c->state, STATE_SIZE);
    size_t there = add_key(t, &key);
    find_revocation(t, &t->keys[there]);
}

/* Ourselves first: no card says anything of us. */
static void add_contacts(struct trusted *t)
{
    for (int own = 1; own >= 0; own--)
        for (size_t i = 0; i < t->contact_count; i++)
            if (t->contacts[i].own == own)
                add_contact(t, &t->contacts[i]);
}

/* The last card, where nothing better is known: of our own post, its key of now. */
static const struct trust_contact *contact_of(const struct trusted *t, const uint8_t id[POST_ID])
{
    const struct trust_contact *found = NULL;

    for (size_t i = 0; i < t->contact_count; i++)
        if (!t->contacts[i].passed_over && memcmp(t->contacts[i].post, id, POST_ID) == 0 &&
            (!found || t->contacts[i].own >= found->own))
            found = &t->contacts[i];
    return found;
}

static bool of_that_post(const struct trusted *t, const struct trust_act *act, const void *id)
{
    uint8_t post[POST_ID];

    (void)t;
    return diract_bytes(act->act.payload, "post", post, sizeof post) &&
           memcmp(post, id, POST_ID) == 0;
}

static void describe_by_contact(struct trust_post *post, const struct trust_contact *c)
{
    memcpy(post->state, c->state, STATE_SIZE);
    post->code = c->code;
    post->name = c->name;
    post->country = c->country;
    post->city = c->city;
    post->kind = c->kind;
    post->own = c->own;
}

static void describe_by_act(const struct trusted *t, struct trust_post *post,
                            const struct trust_act *act)
{
    const json_t *said = act->act.payload;

    memcpy(post->state, certifier(t, act), strlen(certifier(t, act)) + 1);
    post->code = payload_text(said, "code");
    post->name = payload_text(said, "name");
    post->country = payload_text(said, "country");
    post->city = payload_text(said, "city");
    post->kind = payload_text(said, "kind");
}

static void settle_post(struct trusted *t, struct trust_post *post)
{
    const struct trust_contact *contact = contact_of(t, post->id);
    const struct trust_act *act = trust_latest(t, DIR_POST, of_that_post, post->id);
    uint8_t key[TRUST_KEY];

    if (contact)
        memcpy(key, contact->key, TRUST_KEY);
    if (contact)
        describe_by_contact(post, contact);
    if (act && !post->own) {
        describe_by_act(t, post, act);
        diract_bytes(act->act.payload, "key", key, sizeof key);
    }
    post->secretariat = strcmp(post->kind, "secretariat") == 0;
    post->key = settle_current(t, trust_find_key(t, post->id, key, false));
    post->level = post->key == TRUST_NONE ? TRUST_QUARANTINED : t->keys[post->key].level;
}

void trust_fold_posts(struct trusted *t)
{
    judge_certificates(t);
    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *act = &t->acts[i];
        struct trust_key key = {.level = TRUST_CERTIFIED};
        if (act->act.kind != DIR_POST || act->standing != TRUST_COUNTS)
            continue;
        memcpy(key.state, certifier(t, act), strlen(certifier(t, act)) + 1);
        take_named(t, act, key);
        diract_bytes(act->act.payload, "post", key.owner, sizeof key.owner);
        add_post(t, key.owner);
    }
    add_contacts(t);
    roll_over(t, false);
    for (size_t i = 0; i < t->post_count; i++)
        settle_post(t, &t->posts[i]);
    explain_revocations(t);
}
