/* SPDX-License-Identifier: MIT */
/* The root and what it says; versions; what posts and States say of themselves. */
#include "trust_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"

static const char unknown_key[] = N_("by a key that is not known here");
static const char no_root[] = N_("no root is set here");

/* ---- the root ---- */

static bool read_root(const struct trust_act *act, uint8_t keys[ROOT_KEYS][TRUST_KEY])
{
    const json_t *list = json_object_get(act->act.payload, "keys");

    for (size_t i = 0; i < ROOT_KEYS; i++)
        if (!diract_hex(json_string_value(json_array_get(list, i)), keys[i], TRUST_KEY))
            return false;
    return true;
}

static void take_root(struct trusted *t, struct trust_act *act)
{
    uint8_t keys[ROOT_KEYS][TRUST_KEY], root[ROOT_SIZE];
    char digits[FINGERPRINT_SIZE];
    bool own = false;

    if (!*t->pinned) {
        trust_wait(act, no_root);
        return;
    }
    if (!read_root(act, keys)) {
        trust_refuse(act, N_("has a key, an id, a code or a hash that is none"));
        return;
    }
    fingerprint_root(keys, root);
    for (size_t i = 0; i < ROOT_KEYS; i++)
        own |= memcmp(keys[i], act->act.signer, TRUST_KEY) == 0;
    fingerprint_of_root(root, digits);
    for (size_t i = 0; i < TRUST_FORMER; i++)
        if (strcmp(digits, t->former[i]) == 0)
            memcpy(t->former_roots[i], root, ROOT_SIZE);
    if (strcmp(digits, t->pinned) != 0) {
        trust_refuse(act, N_("of another root than the one that is set here"));
    } else if (!own || memcmp(act->act.root, root, ROOT_SIZE) != 0) {
        trust_refuse(act, N_("not signed by a key of the root"));
    } else {
        trust_count(act);
        t->rooted = true;
        memcpy(t->root, root, ROOT_SIZE);
        memcpy(t->roots, keys, sizeof keys);
    }
}

/* The root's own copy of a key, or NULL. */
static const uint8_t *root_key(const struct trusted *t, const uint8_t key[TRUST_KEY])
{
    for (size_t i = 0; t->rooted && i < ROOT_KEYS; i++)
        if (memcmp(t->roots[i], key, TRUST_KEY) == 0)
            return t->roots[i];
    return NULL;
}

static const uint8_t *signed_by_root(const struct trusted *t, const struct trust_act *act)
{
    const uint8_t *key = root_key(t, act->act.signer);

    return key && memcmp(act->act.root, t->root, ROOT_SIZE) == 0 ? key : NULL;
}

static void take_approval(struct trusted *t, struct trust_act *approval)
{
    const uint8_t *by = signed_by_root(t, approval);
    uint8_t of[ACT_ID_SIZE];

    diract_bytes(approval->act.payload, "of", of, sizeof of);
    struct trust_act *act = (struct trust_act *)(uintptr_t)trust_act_of(t, of);
    if (!by)
        trust_refuse(approval, N_("not signed by a key of the root"));
    else if (!act)
        trust_wait(approval, N_("what it approves is not here"));
    else if (!act->by[0] || act->act.kind == DIR_APPROVE)
        trust_refuse(approval, N_("approves what no key of the root signed"));
    else if (act->by[0] == by)
        trust_refuse(approval, N_("by the key that signed what it approves"));
    else {
        trust_count(approval);
        if (!act->by[1] || by < act->by[1])
            act->by[1] = by;
    }
}

static void judge_of_root(struct trusted *t, struct trust_act *act)
{
    if (trust_by_roots(act))
        trust_count(act);
    else if (act->by[0])
        trust_wait(act, N_("for another key of the root to approve it"));
    else if (t->rooted)
        trust_refuse(act, N_("not signed by a key of the root"));
    else
        trust_wait(act, no_root);
}

static void fold_root(struct trusted *t)
{
    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].act.kind == DIR_ROOT)
            take_root(t, &t->acts[i]);
    for (size_t i = 0; i < t->act_count; i++)
        t->acts[i].by[0] = signed_by_root(t, &t->acts[i]);
    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].act.kind == DIR_APPROVE && t->rooted)
            take_approval(t, &t->acts[i]);
    for (size_t i = 0; i < t->act_count; i++)
        if (diract_of_root(t->acts[i].act.kind))
            judge_of_root(t, &t->acts[i]);
}

/* ---- versions ---- */

struct candidate {
    struct trust_act *act;
    struct candidate *before;
    uint64_t version;
    uint8_t hash[VERSION_HASH];
};

struct candidates {
    struct candidate *list; /* room for all, so that pointers stay */
    size_t count;
};

static struct candidate *candidate_of(const struct candidates *c, const struct trust_act *act)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].act == act)
            return &c->list[i];
    return NULL;
}

static uint32_t day_number(const json_t *payload)
{
    struct date day = {0, 0, 0};

    date_parse(payload_text(payload, "until"), &day);
    return (uint32_t)(day.year * 10000 + day.month * 100 + day.day);
}

/* The ids that a version adds; the caller frees them. */
static uint8_t (*read_adds(const struct trust_act *act, size_t *count))[32]
{
    const json_t *list = json_object_get(act->act.payload, "adds");
    uint8_t(*adds)[32] = xcalloc(json_array_size(list) + 1, sizeof *adds);

    *count = json_array_size(list);
    for (size_t i = 0; i < *count; i++)
        diract_hex(json_string_value(json_array_get(list, i)), adds[i], sizeof adds[i]);
    return adds;
}

static bool has_its_hash(const struct candidate *c)
{
    static const uint8_t none[VERSION_HASH];
    uint8_t hash[VERSION_HASH], claimed[VERSION_HASH];
    size_t count;
    uint8_t(*adds)[32] = read_adds(c->act, &count);

    fingerprint_version(c->before ? c->before->hash : none, c->version,
                        day_number(c->act->act.payload), adds, count, hash);
    free(adds);
    return diract_bytes(c->act->act.payload, "hash", claimed, sizeof claimed) &&
           memcmp(hash, claimed, sizeof hash) == 0;
}

/* Takes one whose reference is there; *changed where it became one. */
static void try_version(struct trusted *t, struct candidates *c, struct trust_act *act,
                        bool *changed)
{
    struct candidate new = {.act = act,
                            .version = (uint64_t)payload_number(act->act.payload, "version")};
    uint8_t after[ACT_ID_SIZE];

    if (diract_bytes(act->act.payload, "after", after, sizeof after)) {
        const struct trust_act *before = trust_act_of(t, after);
        new.before = before ? candidate_of(c, before) : NULL;
        if (!new.before) {
            act->why = N_("the version that it follows is not here");
            return;
        }
    }
    if ((new.before &&new.before->version >= new.version) || !has_its_hash(&new)) {
        trust_refuse(act, N_("its hash is not that of what it names"));
        return;
    }
    diract_bytes(act->act.payload, "hash", new.hash, sizeof new.hash);
    c->list[c->count++] = new;
    trust_count(act);
    *changed = true;
}

static void find_candidates(struct trusted *t, struct candidates *c)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (size_t i = 0; i < t->act_count; i++) {
            struct trust_act *act = &t->acts[i];
            if (act->act.kind == DIR_RELEASE && act->standing == TRUST_COUNTS &&
                !candidate_of(c, act))
                try_version(t, c, act, &changed);
        }
    }
    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].act.kind == DIR_RELEASE && t->acts[i].standing == TRUST_COUNTS &&
            !candidate_of(c, &t->acts[i]))
            trust_wait(&t->acts[i], t->acts[i].why);
}

static void add_difference(struct trusted *t, struct trust_difference difference)
{
    t->differences = xreallocarray(t->differences, t->difference_count + 1, sizeof *t->differences);
    t->differences[t->difference_count++] = difference;
}

/* The highest below `end`. Where there are two of that number that differ: NULL with *two. */
static struct candidate *highest(const struct candidates *c, uint64_t end, bool *two,
                                 uint64_t *version)
{
    struct candidate *found = NULL;

    *two = false;
    for (size_t i = 0; i < c->count; i++) {
        struct candidate *one = &c->list[i];
        if (one->version >= end || (found && one->version < found->version))
            continue;
        if (!found || one->version > found->version) {
            *two = false;
            found = one;
        } else if (memcmp(one->hash, found->hash, VERSION_HASH) != 0) {
            *two = true;
        }
    }
    *version = found ? found->version : 0;
    return *two ? NULL : found;
}

/* The last version: what stands on it counts. Two of one number stop each other, until a later one
 * says which it stands on. */
static struct candidate *find_tip(struct trusted *t, const struct candidates *c)
{
    struct candidate *tip;
    uint64_t end = UINT64_MAX;
    bool two;

    while (!(tip = highest(c, end, &two, &end)) && two) {
        add_difference(t, (struct trust_difference){.kind = DIFFERENCE_TWO, .version = end});
        for (size_t i = 0; i < c->count; i++)
            if (c->list[i].version == end)
                trust_wait(c->list[i].act, N_("the root released another one of that number too"));
    }
    return tip;
}

static void put_versions(struct trusted *t, const struct candidate *tip)
{
    size_t count = 0;

    for (const struct candidate *c = tip; c; c = c->before)
        count++;
    t->versions = xcalloc(count + 1, sizeof *t->versions);
    t->version_count = count;
    for (const struct candidate *c = tip; c; c = c->before) {
        struct trust_version *v = &t->versions[--count];
        *v = (struct trust_version){.act = c->act, .version = c->version};
        memcpy(v->hash, c->hash, VERSION_HASH);
        date_parse(payload_text(c->act->act.payload, "until"), &v->until);
    }
}

/* What each version adds is of that version; what is not here is missing in all later ones. */
static void mark_added(struct trusted *t)
{
    size_t missing = 0;

    for (size_t i = 0; i < t->version_count; i++) {
        size_t count;
        uint8_t(*adds)[32] = read_adds(t->versions[i].act, &count);
        for (size_t j = 0; j < count; j++) {
            struct trust_act *act = (struct trust_act *)(uintptr_t)trust_act_of(t, adds[j]);
            missing += !act;
            if (act && !act->version)
                act->version = t->versions[i].version;
        }
        free(adds);
        t->versions[i].missing = missing;
    }
    if (missing)
        add_difference(t, (struct trust_difference){.kind = DIFFERENCE_PARTS,
                                                    .version = trust_version_newest(t)->version});
}

static void fold_versions(struct trusted *t)
{
    struct candidates c = {xcalloc(t->act_count + 1, sizeof *c.list), 0};

    find_candidates(t, &c);
    put_versions(t, find_tip(t, &c));
    for (size_t i = 0; i < c.count; i++) {
        const struct trust_version *v = trust_version_numbered(t, c.list[i].version);
        if (c.list[i].act->standing == TRUST_COUNTS && (!v || v->act != c.list[i].act))
            trust_refuse(c.list[i].act, N_("left behind: a later version stands on another one"));
    }
    mark_added(t);
    free(c.list);
}

/* ---- what States and posts say of themselves ---- */

/* The key that signed for a State: its own, or that of a directorate. */
static size_t speaker(const struct trusted *t, const struct trust_act *act)
{
    size_t key = trust_find_key(t, act->act.author, act->act.signer, true);

    if (key != TRUST_NONE)
        return key;
    const struct trust_post *post = trust_post_of(t, act->act.author);
    if (!post || !post->kind || strcmp(post->kind, "directorate") != 0)
        return TRUST_NONE;
    key = trust_find_key(t, act->act.author, act->act.signer, false);
    return key != TRUST_NONE && t->keys[key].level == TRUST_CERTIFIED ? key : TRUST_NONE;
}

static void judge_signed(const struct trusted *t, struct trust_act *act, size_t key)
{
    const char *why = unknown_key;

    if (key == TRUST_NONE)
        trust_wait(act, why);
    else if (trust_key_signs(t, &t->keys[key], act, &why))
        trust_count(act);
    else
        trust_refuse(act, why);
}

/* The act that a change of a list comes after; NULL where there is none. */
static const struct trust_act *list_before(const struct trusted *t, const struct trust_act *act,
                                           bool *missing)
{
    uint8_t after[ACT_ID_SIZE];
    bool named = diract_bytes(act->act.payload, "after", after, sizeof after);
    const struct trust_act *before = named ? trust_act_of(t, after) : NULL;

    if (before && (before->act.kind != DIR_OFFICES || before->standing != TRUST_COUNTS ||
                   strcmp(t->keys[speaker(t, before)].state, t->keys[speaker(t, act)].state) != 0))
        before = NULL;
    *missing = named && !before;
    return before;
}

/* Whether a change of a list leads back to the beginning of one. */
enum led { LED_UNKNOWN, LED_BACK, LED_NOWHERE };

static void judge_list(const struct trusted *t, enum led *led, size_t place)
{
    const struct trust_act *act = &t->acts[place];
    enum led is = LED_UNKNOWN;
    bool missing;

    for (const struct trust_act *at = act; is == LED_UNKNOWN;) {
        const struct trust_act *before = list_before(t, at, &missing);
        is = missing ? LED_NOWHERE : !before ? LED_BACK : led[before - t->acts];
        at = before;
    }
    for (const struct trust_act *at = act; at && led[at - t->acts] == LED_UNKNOWN;
         at = list_before(t, at, &missing))
        led[at - t->acts] = is;
}

/* A change of a list waits for those before it. */
static void judge_lists(struct trusted *t)
{
    enum led *led = xcalloc(t->act_count + 1, sizeof *led);

    for (size_t i = 0; i < t->act_count; i++)
        if (t->acts[i].act.kind == DIR_OFFICES && t->acts[i].standing == TRUST_COUNTS)
            judge_list(t, led, i);
    for (size_t i = 0; i < t->act_count; i++)
        if (led[i] == LED_NOWHERE)
            trust_wait(&t->acts[i], N_("the list that it changes is not here"));
    free(led);
}

static bool speaks_for(const struct trusted *t, const struct trust_act *act, const void *state)
{
    size_t key = speaker(t, act);

    return key != TRUST_NONE && strcmp(t->keys[key].state, state) == 0 &&
           !payload_bool(act->act.payload, "more");
}

const struct trust_act *trust_focal_of(const struct trusted *t, const char *state)
{
    return trust_latest(t, DIR_FOCAL, speaks_for, state);
}

const struct trust_act *trust_list_of(const struct trusted *t, const char *state)
{
    return trust_latest(t, DIR_OFFICES, speaks_for, state);
}

static bool names_state(const struct trusted *t, const struct trust_act *act, const void *state)
{
    (void)t;
    return payload_is(act->act.payload, "state", state);
}

static void fold_statements(struct trusted *t)
{
    for (size_t i = 0; i < t->act_count; i++) {
        struct trust_act *act = &t->acts[i];
        if (act->act.kind == DIR_FOCAL || act->act.kind == DIR_OFFICES)
            judge_signed(t, act, speaker(t, act));
        else if (act->act.kind == DIR_SEALING)
            judge_signed(t, act, trust_find_key(t, act->act.author, act->act.signer, false));
    }
    judge_lists(t);
    for (size_t i = 0; i < t->act_count; i++) {
        const struct trust_act *act = &t->acts[i];
        if (act->standing != TRUST_COUNTS)
            continue;
        if (act->act.kind == DIR_PARTY)
            trust_add_state(t, payload_text(act->act.payload, "state"));
        if (act->act.kind == DIR_MINIMUM &&
            (uint64_t)payload_number(act->act.payload, "version") > t->minimum)
            t->minimum = (uint64_t)payload_number(act->act.payload, "version");
    }
    for (size_t i = 0; i < t->state_count; i++) {
        struct trust_state *s = &t->states[i];
        s->party = trust_latest(t, DIR_PARTY, names_state, s->state);
        s->focal = trust_focal_of(t, s->state);
        s->offices = trust_list_of(t, s->state);
    }
}

static bool any(const struct trusted *t, const struct trust_act *act, const void *what)
{
    (void)t, (void)act, (void)what;
    return true;
}

/* ---- sealing keys ---- */

struct by_key {
    const uint8_t *author, *signer;
    uint64_t end; /* sequence before which it lies; 0: any */
};

/* Not one that nobody can seal to: it would stop all that goes out together with it. */
static bool signed_so(const struct trusted *t, const struct trust_act *act, const void *what)
{
    const struct by_key *by = what;
    uint8_t key[TRUST_KEY];

    (void)t;
    return memcmp(act->act.author, by->author, POST_ID) == 0 &&
           memcmp(act->act.signer, by->signer, TRUST_KEY) == 0 &&
           (!by->end || act->act.sequence < by->end) &&
           diract_bytes(act->act.payload, "key", key, TRUST_KEY) && x25519_key_ok(key);
}

/* What the current key says; where it says nothing yet, what the one before said before it. */
static void find_sealing(const struct trusted *t, struct trust_post *post)
{
    uint64_t end = 0;

    for (size_t k = post->key; k != TRUST_NONE && !post->sealed; k = t->keys[k].before) {
        const struct by_key by = {post->id, t->keys[k].key, end};
        const struct trust_act *act = trust_latest(t, DIR_SEALING, signed_so, &by);
        post->sealed = act && diract_bytes(act->act.payload, "key", post->sealing, TRUST_KEY) &&
                       date_parse(payload_text(act->act.payload, "until"), &post->sealing_until);
        if (!t->keys[k].by || t->keys[k].by->act.kind != DIR_ROLL)
            break;
        end = t->keys[k].by->act.sequence;
    }
}

/* Of a card. */
static void take_sealing(const struct trusted *t, struct trust_post *post)
{
    for (size_t i = 0; i < t->contact_count; i++) {
        const struct trust_contact *c = &t->contacts[i];
        if (c->passed_over || !c->sealed || !x25519_key_ok(c->sealing) ||
            memcmp(c->post, post->id, POST_ID) != 0 ||
            memcmp(c->key, t->keys[post->key].key, TRUST_KEY) != 0)
            continue;
        post->sealed = true;
        memcpy(post->sealing, c->sealing, TRUST_KEY);
        post->sealing_until = c->sealing_until;
    }
}

static int by_id(const void *a, const void *b)
{
    const struct trust_act *x = a, *y = b;

    return memcmp(x->act.id, y->act.id, ACT_ID_SIZE);
}

void trust_fold(struct trusted *t)
{
    trust_forget(t);
    if (t->act_count)
        qsort(t->acts, t->act_count, sizeof *t->acts, by_id);
    for (size_t i = 0; i < t->act_count; i++)
        t->acts[i] =
            (struct trust_act){.act = t->acts[i].act, .standing = TRUST_WAITS, .why = unknown_key};
    fold_root(t);
    fold_versions(t);
    trust_fold_states(t);
    trust_fold_posts(t);
    fold_statements(t);
    t->instrument = trust_latest(t, DIR_INSTRUMENT, any, NULL);
    for (size_t i = 0; i < t->post_count; i++) {
        find_sealing(t, &t->posts[i]);
        if (!t->posts[i].sealed && t->posts[i].key != TRUST_NONE)
            take_sealing(t, &t->posts[i]);
    }
}

json_t *trust_offices(const struct trusted *t, const struct trust_act *act)
{
    const struct trust_act *before;
    bool missing;
    size_t i;
    json_t *line, *lines;

    before = list_before(t, act, &missing);
    lines = before ? trust_offices(t, before) : json_object();
    json_array_foreach(json_object_get(act->act.payload, "gone"), i, line)
        json_object_del(lines, json_string_value(line));
    json_array_foreach(json_object_get(act->act.payload, "put"), i, line)
    {
        json_t *name = json_sprintf("%s %s %s", payload_text(line, "country"),
                                    payload_text(line, "city"), payload_text(line, "kind"));
        json_object_set(lines, json_string_value(name), line);
        json_decref(name);
    }
    return lines;
}
