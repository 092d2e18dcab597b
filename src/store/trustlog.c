/* SPDX-License-Identifier: MIT */
#include "amparo/store/trustlog.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/identity.h"
#include "amparo/store/value.h"
#include "directory_rows.h"
#include "trust_rows.h"

/* ---- reading ---- */

void directory_acts_release(struct directory_acts *acts)
{
    for (size_t i = 0; i < acts->count; i++)
        act_bytes_release(&acts->list[i]);
    free(acts->list);
    *acts = (struct directory_acts){NULL, 0};
}

static struct act_bytes *add_bytes(struct directory_acts *acts)
{
    size_t count = acts->count++;

    if (!(count & (count - 1)))
        acts->list = xreallocarray(acts->list, count ? 2 * count : 1, sizeof *acts->list);
    acts->list[count] = (struct act_bytes)ACT_BYTES_INIT;
    return &acts->list[count];
}

static bool take_row(sqlite3_stmt *row, struct act_bytes *a)
{
    buf_add(&a->core, sqlite3_column_blob(row, 4), (size_t)sqlite3_column_bytes(row, 4));
    return db_bytes(row, 0, a->id, sizeof a->id) && db_bytes(row, 1, a->signer, sizeof a->signer) &&
           db_bytes(row, 2, a->root, sizeof a->root) &&
           db_bytes(row, 3, a->signature, sizeof a->signature) &&
           cbor_check(a->core.data, a->core.size, NULL, NULL);
}

/* The acts of the directory whose place is above `after`, in order. */
static bool read_log(struct store *store, int64_t after, struct directory_acts *out,
                     struct error *err)
{
    bool failed = false, ok = true;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT id, signer, root, signature, core FROM dispatches WHERE case_id = "
                 "zeroblob(8) AND place > ? ORDER BY place",
                 "i", after);

    *out = (struct directory_acts){NULL, 0};
    if (!row)
        return false;
    while (ok && db_step(store, row, &failed, err))
        ok = take_row(row, add_bytes(out));
    if (!ok) {
        db_done(row);
        error_set(
            err, ERROR_VAULT,
            _("an act of the directory in the file cannot be read; `amparo verify` says more"));
    }
    if (ok && !failed)
        return true;
    directory_acts_release(out);
    return false;
}

bool directory_act_parse(const struct act_bytes *bytes, struct diract *act)
{
    static const uint8_t nothing[CASE_ID];
    struct core core;
    json_t *payload, *context;
    const char *why;

    if (bytes->count || !act_bytes_core(bytes, &core) || !diract_known(core.kind) ||
        memcmp(core.case_id, nothing, CASE_ID) != 0 || core.audience.count != 1 ||
        !audience_has(&core.audience, CODE_EVERYBODY) || !sodium_is_zero(core.opener, OPENER) ||
        !act_bytes_read(bytes, &payload, &context))
        return false;
    *act = (struct diract){.incarnation = core.incarnation,
                           .sequence = core.sequence,
                           .at = core.at,
                           .kind = (enum diract_kind)core.kind,
                           .payload = payload};
    memcpy(act->id, bytes->id, ACT_ID_SIZE);
    memcpy(act->signer, bytes->signer, TRUST_KEY);
    memcpy(act->root, bytes->root, ROOT_SIZE);
    memcpy(act->author, core.author, POST_ID);
    memcpy(act->prev, core.prev, sizeof act->prev);
    bool good = !context && core.sequence && diract_check(act->kind, payload, &why);
    json_decref(context);
    if (!good)
        json_decref(payload);
    return good;
}

/* ---- what others cite ---- */

struct citation {
    struct dispatch_facts facts; /* of one dispatch that cites it */
};

struct trust_cache {
    struct trusted trust;
    bool stale;    /* something that was read has not come to be: all is read anew */
    int64_t place; /* of the last dispatch that was looked at */
    int64_t seq;   /* of the last act of the post */
    struct citation *citations;
    size_t citation_count;
};

static void forget(struct trust_cache *cache)
{
    trust_release(&cache->trust);
    free(cache->citations);
    *cache = (struct trust_cache){.place = 0};
    trust_init(&cache->trust);
}

void trust_cache_free(struct trust_cache *cache)
{
    if (!cache)
        return;
    forget(cache);
    free(cache);
}

void trust_cache_undone(struct trust_cache *cache)
{
    if (cache)
        cache->stale = true;
}

static void take_citation(struct trust_cache *cache, const struct act_bytes *a,
                          const struct core *core)
{
    struct citation new = {.facts = {.incarnation = core->incarnation,
                                     .sequence = core->sequence,
                                     .at = core->at,
                                     .directory = core->directory}};

    for (size_t i = 0; i < cache->citation_count; i++) {
        const struct dispatch_facts *f = &cache->citations[i].facts;
        if (f->directory == core->directory &&
            memcmp(f->directory_hash, core->directory_hash, DIRECTORY_HASH) == 0 &&
            memcmp(f->author, core->author, POST_ID) == 0 &&
            memcmp(f->signer, a->signer, TRUST_KEY) == 0)
            return;
    }
    memcpy(new.facts.id, a->id, ACT_ID_SIZE);
    memcpy(new.facts.signer, a->signer, TRUST_KEY);
    memcpy(new.facts.author, core->author, POST_ID);
    memcpy(new.facts.case_id, core->case_id, CASE_NUMBER);
    memcpy(new.facts.prev, core->prev, sizeof new.facts.prev);
    memcpy(new.facts.directory_hash, core->directory_hash, DIRECTORY_HASH);
    cache->citations =
        xreallocarray(cache->citations, cache->citation_count + 1, sizeof *cache->citations);
    cache->citations[cache->citation_count++] = new;
}

static bool read_citations(struct store *store, struct trust_cache *cache, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT id, signer, core FROM dispatches WHERE case_id <> "
                                 "zeroblob(8) AND ours = 0 AND place > ? ORDER BY place",
                                 "i", cache->place);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct core core;
        buf_add(&a.core, sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2));
        if (db_bytes(row, 0, a.id, sizeof a.id) && db_bytes(row, 1, a.signer, sizeof a.signer) &&
            cbor_check(a.core.data, a.core.size, NULL, NULL) && act_bytes_core(&a, &core) &&
            core.directory)
            take_citation(cache, &a, &core);
        buf_release(&a.core);
    }
    return !failed;
}

/* ---- the fold ---- */

/* The cards that were taken. */
static void add_cards(struct trusted *t, const struct post_state *post)
{
    t->contact_count = 0;
    for (size_t i = 0; i < post->trust.card_count; i++) {
        const struct card *card = &post->trust.cards[i];
        struct trust_contact c = {.code = card->code,
                                  .name = card->name,
                                  .country = card->country,
                                  .city = card->city,
                                  .kind = card->kind,
                                  .sealed = card->sealed,
                                  .sealing_until = card->sealing_until};
        if (card->of_state || memcmp(card->post, post->author, POST_ID) == 0)
            continue;
        memcpy(c.post, card->post, POST_ID);
        memcpy(c.key, card->key, TRUST_KEY);
        memcpy(c.sealing, card->sealing, TRUST_KEY);
        if (strcmp(card->state, CODE_SECRETARIAT) != 0)
            memcpy(c.state, card->state, STATE_SIZE);
        trust_add_contact(t, &c);
    }
}

/* Ourselves, with all keys that this post ever signed by; the one of now is the last. */
static bool add_own(struct store *store, struct trusted *t, struct error *err)
{
    const struct post_state *post = &store->post;
    const struct post_profile *p = &post->profile;
    struct trust_contact own = {.code = p->code,
                                .name = p->name,
                                .country = p->country,
                                .city = p->city,
                                .kind = p->kind,
                                .own = true};
    bool failed = false;
    sqlite3_stmt *row;

    if (sodium_is_zero(post->signing.key, KEY))
        return true;
    memcpy(own.post, post->author, POST_ID);
    if (!post_is_secretariat(p))
        memcpy(own.state, p->state, STATE_SIZE);
    row = db_query(store, err,
                   "SELECT key FROM post_keys WHERE purpose = ? AND key <> ? ORDER BY since, key",
                   "ib", (int64_t)POST_KEY_SIGNING, post->signing.key, (size_t)KEY);
    if (!row)
        return false;
    while (db_step(store, row, &failed, err))
        if (db_bytes(row, 0, own.key, sizeof own.key))
            trust_add_contact(t, &own);
    memcpy(own.key, post->signing.key, TRUST_KEY);
    trust_add_contact(t, &own);
    return !failed;
}

static void add_own_words(struct trusted *t, const struct post_trust *said)
{
    memcpy(t->pinned, said->root, sizeof t->pinned);
    memcpy(t->former, said->former, sizeof t->former);
    t->check_count = t->settled_count = 0;
    for (size_t i = 0; i < said->check_count; i++) {
        const struct post_check *c = &said->checks[i];
        struct trust_check check = {
            .on = c->on, .called = c->called, .number = c->number, .by = c->by, .word = c->word};
        memcpy(check.key, c->key, TRUST_KEY);
        trust_add_check(t, &check);
    }
    for (size_t i = 0; i < said->settled_count; i++)
        trust_settle(t, said->settled[i].version, said->settled[i].hash);
}

static void add_acts(struct trusted *t, const struct directory_acts *acts)
{
    for (size_t i = 0; i < acts->count; i++) {
        struct diract act;
        if (!directory_act_parse(&acts->list[i], &act))
            continue;
        trust_add(t, &act);
        json_decref((json_t *)(uintptr_t)act.payload);
    }
}

/* Looks at what the citations from that one on say of the directory. */
static void cite(struct trust_cache *cache, size_t from)
{
    for (size_t i = from; i < cache->citation_count; i++) {
        trust_judge(&cache->trust, &cache->citations[i].facts, 1);
        trust_cite(&cache->trust, &cache->citations[i].facts);
    }
}

static bool refold(struct store *store, struct trust_cache *cache, struct error *err)
{
    store->trust_turn++;
    add_cards(&cache->trust, &store->post);
    if (!add_own(store, &cache->trust, err))
        return false;
    add_own_words(&cache->trust, &store->post.trust);
    trust_fold(&cache->trust);
    cite(cache, 0);
    return true;
}

static bool bring_up(struct store *store, struct trust_cache *cache, struct error *err)
{
    size_t cited = cache->citation_count;
    struct directory_acts acts;
    int64_t last;

    if (!post_refresh(store, err) ||
        !db_number(store, &last, 0, err, "SELECT max(place) FROM dispatches", ""))
        return false;
    /* Where nothing new bears on whom one trusts, nothing is folded anew. */
    bool same = store->post.seq == cache->seq;
    if (same && last == cache->place)
        return true;
    if (!read_log(store, cache->place, &acts, err))
        return false;
    same = same && !acts.count;
    add_acts(&cache->trust, &acts);
    directory_acts_release(&acts);
    if (!read_citations(store, cache, err))
        return false;
    cache->place = last;
    cache->seq = store->post.seq;
    if (!same)
        return refold(store, cache, err);
    store->trust_turn += cited < cache->citation_count;
    cite(cache, cited);
    return true;
}

bool trustlog_load(struct store *store, struct trusted **out, struct error *err)
{
    if (!store->trust) {
        store->trust = xcalloc(1, sizeof *store->trust);
        trust_init(&store->trust->trust);
    }
    if (store->trust->stale)
        forget(store->trust);
    *out = &store->trust->trust;
    if (bring_up(store, store->trust, err))
        return true;
    trust_cache_free(store->trust);
    store->trust = NULL;
    return false;
}

bool store_trust(struct store *store, const struct trusted **out, struct error *err)
{
    struct trusted *t;
    bool ok = trustlog_load(store, &t, err);

    *out = ok ? t : NULL;
    return ok;
}

/* ---- saying ---- */

static bool find_place(struct store *store, struct core *core, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT sequence, id FROM dispatches WHERE author = ? AND case_id = zeroblob(8) "
                 "AND incarnation = ? ORDER BY sequence DESC LIMIT 1",
                 "bi", store->post.author, (size_t)AUTHOR, (int64_t)store->post.incarnation);

    core->sequence = 1;
    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed;
    core->sequence = (uint64_t)db_int(row, 0) + 1;
    bool whole = db_bytes(row, 1, core->prev, HASH);
    db_done(row);
    return whole || error_set(err, ERROR_VAULT, _("%s: is damaged; run verify, or use a backup"),
                              store->path);
}

static bool sign(struct store *store, const struct trust_saying *what, const struct core *core,
                 const uint8_t root[ROOT], struct act_bytes *out, struct error *err)
{
    const struct act_content content = {diract_type(what->kind), NULL, what->payload, NULL, NULL};
    enum post_key_purpose purpose = what->voice == VOICE_POST    ? POST_KEY_SIGNING
                                    : what->voice == VOICE_STATE ? POST_KEY_STATE
                                                                 : what->purpose;
    struct secret secret;

    if (what->voice == VOICE_ROOT) {
        dispatch_bytes_make_own(out, core, &content, root, store->vault);
        return true;
    }
    if (!identity_secret(store, purpose, what->key, &secret, err))
        return false;
    dispatch_bytes_make(out, core, &content, root, secret.bytes);
    secret_free(&secret);
    return true;
}

bool trustlog_say(struct store *store, const struct trust_saying *what, uint8_t id[ACT_ID_SIZE],
                  struct error *err)
{
    struct core core = {.kind = what->kind};
    struct act_bytes bytes = ACT_BYTES_INIT;
    struct trusted *t;
    const char *why;
    char now[INSTANT_SIZE];

    if (!payload_check(diract_type(what->kind), what->payload, err) ||
        !value_check(what->payload, "", err))
        return false;
    if (!diract_check(what->kind, what->payload, &why))
        return error_set(err, ERROR_INPUT, "%s", _(why));
    if (!trustlog_load(store, &t, err) || !find_place(store, &core, err))
        return false;
    audience_add(&core.audience, CODE_EVERYBODY);
    memcpy(core.author, store->post.author, AUTHOR);
    core.incarnation = store->post.incarnation;
    instant_parse(store_now(store, now), &core.at);
    if (!sign(store, what, &core, what->root ? what->root : t->root, &bytes, err))
        return false;
    bool ok = dispatch_keep(store, &bytes, &core, true, 0, NULL, err);
    if (ok && id)
        memcpy(id, bytes.id, ACT_ID_SIZE);
    act_bytes_release(&bytes);
    return ok;
}

bool trustlog_say_by(struct store *store, enum diract_kind kind, enum trust_voice voice,
                     json_t *payload, uint8_t id[ACT_ID_SIZE], struct error *err)
{
    const struct trust_saying what = {.kind = kind, .payload = payload, .voice = voice};
    bool ok = trustlog_say(store, &what, id, err);

    json_decref(payload);
    return ok;
}

bool store_trust_own(struct store *store, struct trust_own *out, struct error *err)
{
    const struct post_trust *said = &store->post.trust;
    struct trusted *t;

    if (!trustlog_load(store, &t, err))
        return false;
    *out = (struct trust_own){.root = said->root,
                              .root_by = said->root_by,
                              .root_on = said->root_on,
                              .of_root = trustlog_is_of_root(store, t),
                              .state_key = !sodium_is_zero(said->state_key, TRUST_KEY)};
    memcpy(out->key, said->state_key, TRUST_KEY);
    return true;
}

/* ---- taking ---- */

static bool is_here(struct store *store, const uint8_t id[ACT_ID_SIZE], bool *here,
                    struct error *err)
{
    int64_t count;
    bool ok = db_number(store, &count, 0, err, "SELECT count(*) FROM dispatches WHERE id = ?", "b",
                        id, (size_t)ACT_ID_SIZE);

    *here = count > 0;
    return ok;
}

/* How many acts of its author are here; the root may say what it likes. */
static size_t count_of_author(const struct trusted *t, const struct diract *act)
{
    bool root = false;
    size_t count = 0;

    for (size_t i = 0; t->rooted && i < ROOT_KEYS; i++)
        root |= memcmp(t->roots[i], act->signer, TRUST_KEY) == 0;
    for (size_t i = 0; !root && i < t->act_count; i++)
        count += memcmp(t->acts[i].act.author, act->author, POST_ID) == 0;
    return count;
}

/* The new ones among them, each once; *fresh has a place for each. */
static bool find_new(struct store *store, const struct act_bytes *list, size_t count, bool *fresh,
                     struct trusted *t, struct directory_taken *out, struct error *err)
{
    const char *fault;
    struct diract act;
    bool here;

    for (size_t i = 0; i < count; i++) {
        if (!is_here(store, list[i].id, &here, err))
            return false;
        if (here || !act_bytes_check(&list[i], &fault) || !directory_act_parse(&list[i], &act)) {
            out->known += here;
            out->strange += !here;
            continue;
        }
        if (count_of_author(t, &act) >= DIRECTORY_AUTHOR) {
            out->over++;
        } else {
            fresh[i] = trust_add(t, &act);
            out->known += !fresh[i];
        }
        json_decref((json_t *)(uintptr_t)act.payload);
    }
    return true;
}

static size_t count_uncounted(const struct trusted *t)
{
    size_t count = 0;

    for (size_t i = 0; i < t->act_count; i++)
        count += t->acts[i].standing != TRUST_COUNTS;
    return count;
}

/* What counts is kept; of the rest so much that nobody fills the file with it. */
static bool keep_new(struct store *store, const struct act_bytes *list, size_t count,
                     const bool *fresh, const struct trusted *t, size_t uncounted,
                     struct directory_taken *out, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct core core;
        if (!fresh[i])
            continue;
        bool counts = trust_act_of(t, list[i].id)->standing == TRUST_COUNTS;
        if (!counts && uncounted >= DIRECTORY_UNCOUNTED) {
            out->over++;
            continue;
        }
        uncounted += !counts;
        out->added += counts;
        out->waiting += !counts;
        act_bytes_core(&list[i], &core);
        if (!dispatch_keep(store, &list[i], &core, false, 0, NULL, err))
            return false;
    }
    return true;
}

static bool take(struct store *store, const struct act_bytes *list, size_t count,
                 struct directory_taken *out, struct error *err)
{
    bool *fresh = xcalloc(count + 1, sizeof *fresh);
    struct trusted *t;
    bool ok = trustlog_load(store, &t, err);
    size_t uncounted = ok ? count_uncounted(t) : 0;

    ok = ok && find_new(store, list, count, fresh, t, out, err);
    if (ok)
        trust_fold(t);
    ok = ok && keep_new(store, list, count, fresh, t, uncounted, out, err);
    free(fresh);
    /* What was tried is not what is in the file: from there again. */
    trust_cache_undone(store->trust);
    return ok && trustlog_apply(store, &out->changed, err);
}

bool store_directory_take(struct store *store, const struct act_bytes *list, size_t count,
                          struct directory_taken *out, struct error *err)
{
    *out = (struct directory_taken){.added = 0};
    return directory_may_write(store, err) && db_begin(store, err) &&
           db_end(store, take(store, list, count, out, err), err);
}

/* ---- what somebody lacks ---- */

/* What counts, and what this post says of itself, also where nobody here vouches for it yet; not
 * what waits for another one of the root. */
static bool goes_out(const struct store *store, const struct trust_act *act)
{
    return act->standing == TRUST_COUNTS ||
           (act->standing == TRUST_WAITS && !act->by[0] &&
            memcmp(act->act.author, store->post.author, POST_ID) == 0);
}

bool store_directory_missing(struct store *store, uint64_t version,
                             const uint8_t hash[DIRECTORY_HASH], struct directory_acts *out,
                             struct error *err)
{
    const struct trust_version *theirs;
    struct directory_acts all;
    struct trusted *t;

    *out = (struct directory_acts){NULL, 0};
    if (!trustlog_load(store, &t, err) || !read_log(store, 0, &all, err))
        return false;
    theirs = version ? trust_version_numbered(t, version) : NULL;
    if (theirs && memcmp(theirs->hash, hash, DIRECTORY_HASH) != 0)
        theirs = NULL;
    for (size_t i = 0; i < all.count; i++) {
        const struct trust_act *act = trust_act_of(t, all.list[i].id);
        bool has = act && theirs && act->version && act->version <= theirs->version;
        if (act && goes_out(store, act) && !has) {
            *add_bytes(out) = all.list[i];
            all.list[i] = (struct act_bytes)ACT_BYTES_INIT;
        }
    }
    directory_acts_release(&all);
    return true;
}
