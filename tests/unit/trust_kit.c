/* SPDX-License-Identifier: MIT */
#include "trust_kit.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

static const uint8_t *hashed(const char *what, const char *name)
{
    static uint8_t slots[64][32];
    static size_t turn;
    uint8_t *out = slots[turn++ % 64];
    char *text = xasprintf("%s:%s", what, name);

    crypto_generichash(out, 32, (const uint8_t *)text, strlen(text), NULL, 0);
    out[31] &= 0x7f; /* as keys of X25519 are */
    free(text);
    return out;
}

const uint8_t *world_key(const char *name)
{
    return hashed("key", name);
}

const uint8_t *world_post(const char *name)
{
    return hashed("post", name);
}

static const char *hex(const uint8_t *bytes, size_t size)
{
    static char slots[64][65];
    static size_t turn;

    return sodium_bin2hex(slots[turn++ % 64], 65, bytes, size);
}

const char *key_hex(const char *name)
{
    return hex(world_key(name), TRUST_KEY);
}

const char *post_hex(const char *name)
{
    return hex(world_post(name), POST_ID);
}

const char *id_hex(const struct world *w, size_t act)
{
    return hex(w->acts[act].id, ACT_ID_SIZE);
}

/* ---- saying ---- */

static void find_end(const struct world *w, struct diract *act)
{
    act->sequence = 1;
    for (size_t i = 0; i < w->count; i++)
        if (memcmp(w->acts[i].author, act->author, POST_ID) == 0) {
            act->sequence = w->acts[i].sequence + 1;
            memcpy(act->prev, w->acts[i].id, sizeof act->prev);
        }
}

static size_t say(struct world *w, const char *signer, const char *author, const char *day,
                  enum diract_kind kind, char *text)
{
    struct diract *act = &w->acts[w->count];
    char *at = xasprintf("%sT12:00:00+00:00", day), number[24];
    const char *why;

    assert_true(w->count < WORLD_ACTS);
    *act = (struct diract){.kind = kind, .payload = kit_json(text)};
    if (!diract_check(kind, act->payload, &why))
        fail_msg("%s: %s", text, why);
    assert_true(instant_parse(at, &act->at));
    snprintf(number, sizeof number, "%zu", w->count);
    memcpy(act->id, hashed("act", number), ACT_ID_SIZE);
    memcpy(act->signer, world_key(signer), TRUST_KEY);
    memcpy(act->author, world_post(author), POST_ID);
    memcpy(act->root, w->trust.root, ROOT_SIZE);
    find_end(w, act);
    free(at);
    free(text);
    return w->count++;
}

static char *formatted(const char *format, va_list args)
{
    struct buf text = BUF_INIT;

    buf_vaddf(&text, format, args);
    return buf_detach(&text);
}

size_t world_say(struct world *w, const char *signer, const char *author, const char *day,
                 enum diract_kind kind, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = formatted(format, args);
    va_end(args);
    return say(w, signer, author, day, kind, text);
}

size_t world_approve(struct world *w, const char *root, size_t act)
{
    return world_say(w, root, "ts", "2026-01-02", DIR_APPROVE, "{'of':'%s'}", id_hex(w, act));
}

size_t world_root(struct world *w, const char *day, enum diract_kind kind, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = formatted(format, args);
    va_end(args);
    size_t act = say(w, "r1", "ts", day, kind, text);
    world_approve(w, "r2", act);
    return act;
}

void world_begin(struct world *w)
{
    uint8_t keys[ROOT_KEYS][TRUST_KEY];
    uint8_t root[ROOT_SIZE];

    memset(w, 0, sizeof *w);
    trust_init(&w->trust);
    memcpy(keys[0], world_key("r1"), TRUST_KEY);
    memcpy(keys[1], world_key("r2"), TRUST_KEY);
    memcpy(keys[2], world_key("r3"), TRUST_KEY);
    fingerprint_root(keys, root);
    memcpy(w->trust.root, root, ROOT_SIZE);
    fingerprint_of_root(root, w->trust.pinned);
    world_say(w, "r1", "ts", "2026-01-01", DIR_ROOT, "{'keys':['%s','%s','%s']}", key_hex("r1"),
              key_hex("r2"), key_hex("r3"));
}

void world_end(struct world *w)
{
    trust_release(&w->trust);
    for (size_t i = 0; i < w->count; i++)
        json_decref((json_t *)(uintptr_t)w->acts[i].payload);
}

static void lower(const char *state, const char *what, char out[32])
{
    snprintf(out, 32, "%c%c%s", tolower((unsigned char)state[0]), tolower((unsigned char)state[1]),
             what);
}

size_t world_state(struct world *w, const char *state)
{
    char key[32], post[32];

    lower(state, "-state", key);
    lower(state, "-dir", post);
    return world_root(w, "2026-01-02", DIR_STATE, "{'state':'%s','key':'%s','post':'%s'}", state,
                      key_hex(key), post_hex(post));
}

size_t world_post_of(struct world *w, const char *state, const char *post, const char *key)
{
    char by[32], file[32];

    lower(state, "-state", by);
    lower(state, "-dir", file);
    return world_say(w, by, file, "2026-01-03", DIR_POST,
                     "{'post':'%s','key':'%s','code':'%s','name':'%s','country':'%s','city':'X',"
                     "'kind':'%s'}",
                     post_hex(post), key_hex(key), "CODE", post,
                     strstr(post, "-dir") ? state : "AE",
                     strstr(post, "-dir") ? "directorate" : "consulate");
}

size_t world_release(struct world *w, uint64_t version, const char *until, size_t after,
                     const size_t *adds)
{
    static const uint8_t none[VERSION_HASH];
    uint8_t before[VERSION_HASH], ids[WORLD_ACTS][32], hash[VERSION_HASH];
    struct buf text = BUF_INIT;
    struct date day;
    size_t count = 0;

    memcpy(before, none, sizeof before);
    if (after != WORLD_ACTS)
        assert_true(diract_bytes(w->acts[after].payload, "hash", before, sizeof before));
    for (; adds[count] != WORLD_ACTS; count++)
        memcpy(ids[count], w->acts[adds[count]].id, 32);
    assert_true(date_parse(until, &day));
    fingerprint_version(before, version, (uint32_t)(day.year * 10000 + day.month * 100 + day.day),
                        ids, count, hash);
    buf_addf(&text, "{'version':%llu,'until':'%s','hash':'%s'", (unsigned long long)version, until,
             hex(hash, sizeof hash));
    if (after != WORLD_ACTS)
        buf_addf(&text, ",'after':'%s'", id_hex(w, after));
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s'%s'", i ? "," : ",'adds':[", hex(ids[i], 32));
    buf_adds(&text, count ? "]}" : "}");
    size_t act = world_root(w, "2026-02-01", DIR_RELEASE, "%s", buf_text(&text));
    buf_release(&text);
    return act;
}

void world_leave_out(struct world *w, size_t act)
{
    w->left_out[w->left_count++] = act;
}

/* ---- folding ---- */

static bool is_left_out(const struct world *w, size_t act)
{
    for (size_t i = 0; i < w->left_count; i++)
        if (w->left_out[i] == act)
            return true;
    return false;
}

/* All that a fold says, so that two can be compared. */
static char *dump(const struct trusted *t)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < t->act_count; i++)
        buf_addf(&out, "act %s %d %s %llu\n", hex(t->acts[i].act.id, 4), t->acts[i].standing,
                 t->acts[i].why ? t->acts[i].why : "", (unsigned long long)t->acts[i].version);
    for (size_t i = 0; i < t->key_count; i++) {
        const struct trust_key *k = &t->keys[i];
        buf_addf(&out, "key %s of %s %s level %d before %s current %d ends %d %lld revoked %s\n",
                 hex(k->key, 4), hex(k->owner, 4), k->state, k->level,
                 k->before == TRUST_NONE ? "" : hex(t->keys[k->before].key, 4), k->current, k->ends,
                 (long long)k->until.seconds, k->revoked ? hex(k->revoked->act.id, 4) : "");
    }
    for (size_t i = 0; i < t->post_count; i++)
        buf_addf(&out, "post %s %s %s level %d key %s sealing %s\n", hex(t->posts[i].id, 4),
                 t->posts[i].state, t->posts[i].name, t->posts[i].level,
                 t->posts[i].key == TRUST_NONE ? "" : hex(t->keys[t->posts[i].key].key, 4),
                 hex(t->posts[i].sealing, 4));
    for (size_t i = 0; i < t->state_count; i++)
        buf_addf(&out, "state %s %s %s %s\n", t->states[i].state,
                 t->states[i].key == TRUST_NONE ? "" : hex(t->keys[t->states[i].key].key, 4),
                 t->states[i].offices ? hex(t->states[i].offices->act.id, 4) : "",
                 t->states[i].focal ? hex(t->states[i].focal->act.id, 4) : "");
    for (size_t i = 0; i < t->version_count; i++)
        buf_addf(&out, "version %llu %s %zu\n", (unsigned long long)t->versions[i].version,
                 hex(t->versions[i].hash, 4), t->versions[i].missing);
    for (size_t i = 0; i < t->difference_count; i++)
        buf_addf(&out, "difference %d %llu\n", t->differences[i].kind,
                 (unsigned long long)t->differences[i].version);
    return buf_detach(&out);
}

static void shuffle(size_t *order, size_t count, uint64_t *seed)
{
    for (size_t i = count; i > 1; i--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        size_t j = (size_t)(*seed >> 33) % i, kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

static void fold_in_order(struct world *w, const size_t *order, struct trusted *t)
{
    for (size_t i = 0; i < w->count; i++)
        if (!is_left_out(w, order[i])) {
            assert_true(trust_add(t, &w->acts[order[i]]));
            assert_false(trust_add(t, &w->acts[order[i]])); /* twice is once */
        }
    trust_fold(t);
}

/* What the post itself has goes to the other folds too. */
static void copy_own(const struct trusted *from, struct trusted *to)
{
    trust_init(to);
    memcpy(to->pinned, from->pinned, sizeof to->pinned);
    for (size_t i = 0; i < from->contact_count; i++)
        trust_add_contact(to, &from->contacts[i]);
    for (size_t i = 0; i < from->check_count; i++)
        trust_add_check(to, &from->checks[i]);
}

void world_fold(struct world *w)
{
    size_t order[WORLD_ACTS], rounds = getenv("AMPARO_LONG") ? 400 : 12;
    uint64_t seed = 1;
    struct trusted first;

    for (size_t i = 0; i < w->count; i++)
        order[i] = i;
    copy_own(&w->trust, &first);
    fold_in_order(w, order, &first);
    trust_release(&w->trust);
    w->trust = first;
    char *expected = dump(&w->trust);
    for (size_t round = 0; round < rounds; round++) {
        struct trusted other;
        copy_own(&w->trust, &other);
        shuffle(order, w->count, &seed);
        fold_in_order(w, order, &other);
        char *got = dump(&other);
        assert_string_equal(got, expected);
        free(got);
        trust_release(&other);
    }
    free(expected);
}

const struct trust_act *world_act(const struct world *w, size_t act)
{
    const struct trust_act *found = trust_act_of(&w->trust, w->acts[act].id);

    assert_non_null(found);
    return found;
}

void assert_stands(const struct world *w, size_t act, enum trust_standing standing)
{
    const struct trust_act *a = world_act(w, act);

    if (a->standing != standing)
        fail_msg("act %zu (%s) stands as %d: %s", act, diract_type(a->act.kind)->name, a->standing,
                 a->why ? a->why : "counts");
    assert_true((a->why == NULL) == (standing == TRUST_COUNTS));
}

bool world_has_key(const struct world *w, const char *post, const char *key)
{
    const struct trust_post *p = trust_post_of(&w->trust, world_post(post));

    if (!p || p->key == TRUST_NONE)
        return !*key;
    return memcmp(w->trust.keys[p->key].key, world_key(key), TRUST_KEY) == 0;
}

/* ---- what is asked of it ---- */

const size_t world_nothing[] = {WORLD_ACTS};

struct date world_day(const char *text)
{
    struct date date;

    assert_true(date_parse(text, &date));
    return date;
}

struct dispatch_facts world_dispatch(const char *author, const char *key, uint64_t sequence,
                                     const struct dispatch_facts *before, const char *on)
{
    static uint8_t number;
    struct dispatch_facts d = {.sequence = sequence, .case_id = {7}};
    char *at = xasprintf("%sT09:00:00+00:00", on);

    assert_true(instant_parse(at, &d.at));
    memcpy(d.author, world_post(author), POST_ID);
    memcpy(d.signer, world_key(key), TRUST_KEY);
    memset(d.id, ++number, ACT_ID_SIZE);
    if (before)
        memcpy(d.prev, before->id, sizeof d.prev);
    free(at);
    return d;
}

enum trust world_judged(const struct world *w, struct dispatch_facts d)
{
    trust_judge(&w->trust, &d, 1);
    return d.trust;
}

struct trust_contact world_card(const char *state, const char *post, const char *key)
{
    struct trust_contact c = {
        .code = "C", .name = post, .country = "AE", .city = "X", .kind = "consulate"};

    memcpy(c.state, state, STATE_SIZE);
    memcpy(c.post, world_post(post), POST_ID);
    memcpy(c.key, world_key(key), TRUST_KEY);
    return c;
}

size_t world_revoke(struct world *w, const char *by, const char *author, const char *key,
                    const char *heads)
{
    return world_say(w, by, author, "2026-04-01", DIR_REVOKE,
                     "{'key':'%s','heads':[%s],'reason':'stolen'}", key_hex(key), heads);
}

char *world_head(const uint8_t *case_id, uint64_t sequence, const uint8_t *id)
{
    struct buf out = BUF_INIT;

    buf_adds(&out, "{'case':'");
    for (size_t i = 0; i < CASE_NUMBER; i++)
        buf_addf(&out, "%02x", case_id[i]);
    buf_addf(&out, "','sequence':%llu,'hash':'", (unsigned long long)sequence);
    for (size_t i = 0; i < 16; i++)
        buf_addf(&out, "%02x", id[i]);
    buf_adds(&out, "'}");
    return buf_detach(&out);
}
