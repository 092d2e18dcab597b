/* SPDX-License-Identifier: MIT */
#include "amparo/store/conversed.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* Whom the fold asks about posts. */
struct conversed_world {
    const struct store *store;
    const struct trusted *trust;
};

const char *conversed_reader(const struct store *store)
{
    return post_is_secretariat(&store->post.profile) ? CODE_SECRETARIAT : store->post.profile.state;
}

void conversed_release(struct conversed *c)
{
    conversation_release(&c->fold);
    for (size_t i = 0; i < c->kept.count && c->list; i++) {
        json_decref(c->payloads[i]);
        json_decref(c->contexts[i]);
        free(c->facts[i].refers);
    }
    free(c->list);
    free(c->facts);
    free(c->payloads);
    free(c->contexts);
    free(c->set);
    free(c->world);
    kept_dispatches_release(&c->kept);
    *c = (struct conversed){.list = NULL};
}

/* ---- one dispatch ---- */

static void take_facts(struct conversed *c, size_t i)
{
    const struct kept_dispatch *k = &c->kept.list[i];
    struct dispatch_facts *f = &c->facts[i];

    memcpy(f->id, k->bytes.id, ACT_ID_SIZE);
    memcpy(f->signer, k->bytes.signer, KEY);
    memcpy(f->author, k->core.author, POST_ID);
    memcpy(f->case_id, k->core.case_id, CASE_NUMBER);
    f->incarnation = k->core.incarnation;
    f->sequence = k->core.sequence;
    memcpy(f->prev, k->core.prev, sizeof f->prev);
    f->at = k->core.at;
    f->directory = k->core.directory;
    memcpy(f->directory_hash, k->core.directory_hash, DIRECTORY_HASH);
}

/* Of a kind that this version lacks, or of a form that it does not know: it is in no conversation.
 */
static void take_payload(struct conversed *c, size_t i)
{
    const struct kept_dispatch *k = &c->kept.list[i];
    struct dispatch *d = &c->list[i];

    if (!act_kind_known(k->core.kind) ||
        !act_bytes_read(&k->bytes, &c->payloads[i], &c->contexts[i]))
        return;
    memcpy(d->id, k->bytes.id, ACT_ID_SIZE);
    memcpy(d->case_id, k->key.id, CASE_NUMBER);
    memcpy(d->opener, k->key.opener, OPENER);
    memcpy(d->author, k->core.author, POST_ID);
    d->incarnation = k->core.incarnation;
    d->sequence = k->core.sequence;
    memcpy(d->prev, k->core.prev, sizeof d->prev);
    d->kind = (enum act_kind)k->core.kind;
    d->at = k->core.at;
    d->audience = k->core.audience;
    d->payload = c->payloads[i];
    d->context = c->contexts[i];
    for (size_t p = 0; p < k->bytes.count; p++)
        d->partial |= !k->bytes.parts[p].present;
}

/* Of what was signed here nobody else has to vouch. */
static void take_verdict(const struct store *store, struct conversed *c, size_t i)
{
    const struct dispatch_facts *f = &c->facts[i];
    struct dispatch *d = &c->list[i];
    bool secretariat = post_is_secretariat(&store->post.profile);

    d->trust = f->trust;
    d->secretariat = f->secretariat;
    memcpy(d->state, f->state, STATE_SIZE);
    if (!c->kept.list[i].ours)
        return;
    d->trust = TRUST_CERTIFIED;
    d->secretariat = secretariat;
    memset(d->state, 0, STATE_SIZE);
    if (!secretariat)
        memcpy(d->state, store->post.profile.state, STATE_SIZE - 1);
}

/* ---- whom the fold asks ---- */

static bool is_own(const struct conversed_world *w, const uint8_t *id, size_t size)
{
    return memcmp(w->store->post.author, id, size) == 0;
}

static void state_of_opener(const struct conversed_world *w, const uint8_t opener[OPENER],
                            char state[STATE_SIZE])
{
    state[0] = '\0';
    if (is_own(w, opener, OPENER) && !post_is_secretariat(&w->store->post.profile))
        memcpy(state, w->store->post.profile.state, STATE_SIZE);
    const struct trust_post *post = trust_post_opening(w->trust, opener);
    if (!*state && post)
        memcpy(state, post->state, STATE_SIZE);
}

static bool post_named(const void *directory, const char *name, uint8_t post[POST_ID],
                       char state[STATE_SIZE])
{
    const struct conversed_world *w = directory;
    const struct trust_post *p = trust_post_named(w->trust, name);

    if (p) {
        memcpy(post, p->id, POST_ID);
        memcpy(state, p->state, STATE_SIZE);
    }
    return p != NULL;
}

/* ---- the whole ---- */

bool conversed_load(struct store *store, const struct trusted *trust, const struct case_key *key,
                    struct conversed *out, struct error *err)
{
    struct conversation_world world = {.post_named = post_named};
    size_t in_set = 0;

    *out = (struct conversed){.list = NULL};
    if (!dispatches_of_case(store, key, &out->kept, err))
        return false;
    size_t count = out->kept.count;
    out->list = xcalloc(count + 1, sizeof *out->list);
    out->facts = xcalloc(count + 1, sizeof *out->facts);
    out->payloads = xcalloc(count + 1, sizeof *out->payloads);
    out->contexts = xcalloc(count + 1, sizeof *out->contexts);
    out->set = xcalloc(count + 1, sizeof *out->set);
    for (size_t i = 0; i < count; i++) {
        take_facts(out, i);
        take_payload(out, i);
    }
    trust_refer(out->facts, out->list, count);
    trust_judge(trust, out->facts, count);
    for (size_t i = 0; i < count; i++) {
        take_verdict(store, out, i);
        if (out->list[i].kind != ACT_NONE)
            out->set[in_set++] = &out->list[i];
    }
    out->world = xcalloc(1, sizeof *out->world);
    *out->world = (struct conversed_world){store, trust};
    memcpy(world.opener, key->opener, OPENER);
    world.directory = out->world;
    state_of_opener(out->world, key->opener, world.requesting);
    conversation_fold(out->set, in_set, &world, &out->fold);
    return true;
}

size_t conversed_place(const struct conversed *c, const struct conversation_item *item)
{
    return (size_t)(item->dispatch - c->list);
}

int conversed_item(const struct conversed *c, size_t place)
{
    for (size_t i = 0; i < c->fold.count; i++)
        if (c->fold.items[i].dispatch == &c->list[place])
            return (int)i;
    return NO_ITEM;
}

int conversed_find(const struct conversed *c, const char *id)
{
    uint8_t bytes[ACT_ID_SIZE];

    if (!id || !hex_read(id, bytes, sizeof bytes))
        return -1;
    for (size_t i = 0; i < c->kept.count; i++)
        if (memcmp(c->kept.list[i].bytes.id, bytes, sizeof bytes) == 0)
            return (int)i;
    return -1;
}

const char *conversed_requesting(const struct conversed *c)
{
    return c->fold.world.requesting;
}
