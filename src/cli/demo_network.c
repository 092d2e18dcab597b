/* SPDX-License-Identifier: MIT */
#include "demo_network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/directory.h"

/* All that counts in one file goes to another. */
static bool carry(struct store *from, struct store *to, struct error *err)
{
    static const uint8_t nothing[DIRECTORY_HASH];
    struct directory_taken taken;
    struct directory_acts acts;

    if (!store_directory_missing(from, 0, nothing, &acts, err))
        return false;
    bool ok = store_directory_take(to, acts.list, acts.count, &taken, err);
    directory_acts_release(&acts);
    return ok;
}

/* What one officer of the root signed, another one approves, all that waits for that. */
static bool approve_all(const struct demo_network *n, struct error *err)
{
    const struct trusted *t;
    uint8_t id[ACT_ID_SIZE];
    bool more = true;

    while (more) {
        if (!store_trust(n->approver, &t, err))
            return false;
        more = false;
        for (size_t i = 0; i < t->act_count && !more; i++) {
            more = t->acts[i].standing == TRUST_WAITS && t->acts[i].by[0] && !t->acts[i].by[1];
            memcpy(id, t->acts[i].act.id, sizeof id);
        }
        if (more && !trust_approve(n->approver, id, err))
            return false;
    }
    return true;
}

/* The card of a post, or of its State's key. */
static bool certify(struct store *by, struct store *whom, bool of_state, struct error *err)
{
    struct buf line = BUF_INIT;
    struct card card;
    bool ok = trust_card(whom, of_state, &card, &line, err) && trust_certify(by, &card, NULL, err);

    card_release(&card);
    buf_release(&line);
    return ok;
}

static bool is_directorate(const struct store *store)
{
    return strcmp(store_post(store)->kind, "directorate") == 0;
}

/* The State's key, and its posts by it. */
static bool found_state(const struct demo_network *n, struct store *directorate, struct error *err)
{
    const char *state = store_post(directorate)->state;

    if (!trust_make_state_key(directorate, err) || !certify(n->secretariat, directorate, true, err))
        return false;
    for (size_t i = 0; i < n->count; i++) {
        const struct post_profile *p = store_post(n->posts[i]);
        if (n->posts[i] != directorate && !post_is_secretariat(p) && strcmp(p->state, state) == 0 &&
            !certify(directorate, n->posts[i], false, err))
            return false;
    }
    return approve_all(n, err) && carry(n->secretariat, directorate, err);
}

static bool set_root(const struct demo_network *n, struct store *store, struct error *err)
{
    const struct trusted *t;
    char root[FINGERPRINT_SIZE];
    bool changed;

    if (!store_trust(n->secretariat, &t, err))
        return false;
    memcpy(root, t->pinned, sizeof root);
    return trust_set_root(store, root, NULL, &changed, err);
}

/* Of a State that has no directorate here. */
static bool found_elsewhere(const struct demo_network *n, const char *state, const char *folder,
                            struct passphrase passphrase, struct error *err)
{
    const json_t *told = json_object_get(n->elsewhere, state);
    char *path = xasprintf("%s/.%s", folder, state), *country = xstrdup(state);
    char *name = xstrdup(payload_text(told, "name")), *city = xstrdup(payload_text(told, "city"));
    struct post_profile profile = {.state = country,
                                   .code = country,
                                   .name = name,
                                   .country = country,
                                   .city = city,
                                   .kind = (char[]){"directorate"}};
    struct buf recovery = BUF_INIT;
    struct store *store = NULL;
    bool ok = store_create(path, &profile, "-", passphrase, STORE_UNSYNCED | STORE_NO_SECRET,
                           &store, &recovery, err);

    if (ok) {
        store_set_now(store, n->since);
        ok = trust_make_keys(store, err) && found_state(n, store, err) && set_root(n, store, err) &&
             carry(store, n->secretariat, err);
        store_close(store);
        store_remove_file(path);
    }
    buf_release(&recovery);
    free(name);
    free(city);
    free(country);
    free(path);
    return ok;
}

static bool has_directorate(const struct demo_network *n, const char *state)
{
    for (size_t i = 0; i < n->count; i++)
        if (is_directorate(n->posts[i]) && strcmp(store_post(n->posts[i])->state, state) == 0)
            return true;
    return false;
}

/* The States one after the other; each once. */
static bool found_states(const struct demo_network *n, const char *folder,
                         struct passphrase passphrase, struct error *err)
{
    for (size_t i = 0; i < n->count; i++) {
        const struct post_profile *p = store_post(n->posts[i]);
        bool first = true, ok = true;
        for (size_t j = 0; j < i; j++)
            first = first && strcmp(store_post(n->posts[j])->state, p->state) != 0;
        if (is_directorate(n->posts[i]))
            ok = found_state(n, n->posts[i], err) && set_root(n, n->posts[i], err) &&
                 carry(n->posts[i], n->secretariat, err);
        else if (!post_is_secretariat(p) && first && !has_directorate(n, p->state))
            ok = found_elsewhere(n, p->state, folder, passphrase, err);
        if (!ok)
            return false;
    }
    return true;
}

/* What the Secretariat has entered of Parties is said by the root. */
static bool say_parties(const struct demo_network *n, struct error *err)
{
    struct directory_states states;
    bool ok = store_directory_states(n->secretariat, &states, err);

    for (size_t i = 0; ok && i < states.count; i++) {
        const struct directory_state *s = &states.list[i];
        if (s->source)
            ok =
                store_directory_set_party(n->secretariat, s->state, s->since, NULL, s->source, err);
    }
    directory_states_release(&states);
    return ok && store_directory_set_instrument(n->secretariat, INSTRUMENT_PILOT, NULL, err);
}

static bool make_root(const struct demo_network *n, struct error *err)
{
    char root[FINGERPRINT_SIZE];

    for (size_t i = 0; i < n->count; i++)
        store_set_now(n->posts[i], n->since);
    store_set_now(n->approver, n->since);
    for (size_t i = 0; i < n->count; i++)
        if (!trust_make_keys(n->posts[i], err))
            return false;
    return trust_make_root(n->secretariat, n->root, root, err) &&
           trust_certify_own(n->secretariat, NULL, err) && say_parties(n, err);
}

bool demo_network_make(const struct demo_network *n, const char *folder,
                       struct passphrase passphrase, struct error *err)
{
    uint64_t version;

    if (!make_root(n, err) || !found_states(n, folder, passphrase, err))
        return false;
    for (size_t i = 0; i < n->count; i++)
        if (n->posts[i] != n->secretariat && !carry(n->posts[i], n->secretariat, err))
            return false;
    if (!approve_all(n, err) ||
        !trust_make_release(n->secretariat, n->until, NULL, &version, err) || !approve_all(n, err))
        return false;
    for (size_t i = 0; i < n->count; i++)
        if (n->posts[i] != n->secretariat &&
            (!set_root(n, n->posts[i], err) || !carry(n->secretariat, n->posts[i], err)))
            return false;
    return true;
}
