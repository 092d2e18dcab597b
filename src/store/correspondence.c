/* SPDX-License-Identifier: MIT */
#include "amparo/store/correspondence.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/conversed.h"
#include "amparo/store/trustlog.h"
#include "correspondence_work.h"

void letters_release(struct letters *letters)
{
    for (size_t i = 0; i < letters->count; i++) {
        struct letter *l = &letters->list[i];
        free(l->reference);
        free(l->post);
        free(l->office);
        json_decref(l->payload);
        free(l->act);
        free(l->refused);
    }
    free(letters->list);
    *letters = (struct letters){NULL, 0};
}

struct letter *letters_add(struct letters *out)
{
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    out->list[out->count] = (struct letter){.verdict = {.article = ""}};
    return &out->list[out->count++];
}

/* ---- a case, and its conversation ---- */

bool talked_load(struct store *store, const struct trusted *trust, const struct case_key *key,
                 struct talked *out, struct error *err)
{
    *out = (struct talked){.store = store, .trust = trust, .key = *key};
    if (!conversed_load(store, trust, key, &out->talk, err) ||
        !case_of_key(store, key, out->case_id, &out->known, err))
        return false;
    if (!out->known)
        return true;
    out->known = case_over_load(store, out->case_id, key, &out->over, err);
    return out->known;
}

void talked_release(struct talked *t)
{
    if (t->known)
        case_over_release(&t->over);
    conversed_release(&t->talk);
}

/* ---- one dispatch ---- */

static void name_author(struct talked *t, size_t place, struct letter *l)
{
    const struct kept_dispatch *k = &t->talk.kept.list[place];
    const struct trust_post *post = trust_post_of(t->trust, k->core.author);
    const struct post_profile *own = &t->store->post.profile;

    struct buf office = BUF_INIT;

    l->post = xstrdup(k->ours ? own->code : post && post->code ? post->code : "");
    if (k->ours)
        trust_say_office(own->name, own->city, &office);
    else if (post && post->name)
        trust_say_office(post->name, post->city, &office);
    l->office = buf_detach(&office);
}

static void take_verdict(struct talked *t, size_t place, struct letter *l)
{
    int item = conversed_item(&t->talk, place);

    l->verdict = (struct verdict){.standing = STANDING_WAITS, .article = ""};
    if (item == NO_ITEM)
        return;
    l->verdict = t->talk.fold.items[item].verdict;
    if (l->verdict.by)
        act_id_hex(l->verdict.by->id, l->by);
    l->verdict.by = NULL;
    const struct kept_dispatch *k = &t->talk.kept.list[place];
    l->unplaced = !t->known && k->refused && conversation_counts(&t->talk.fold, item);
}

/* In the terms of this file, as far as there is a case. */
static json_t *payload_of(struct talked *t, size_t place)
{
    enum act_kind kind = t->talk.list[place].kind;
    const json_t *payload = t->talk.payloads[place];
    int of = kind == ACT_CORRECT ? conversed_find(&t->talk, payload_text(payload, "of")) : -1;
    const struct act_type *inner =
        of >= 0 && t->talk.list[of].kind != ACT_NONE ? act_type(t->talk.list[of].kind) : NULL;

    if (kind == ACT_NONE)
        return NULL;
    return t->known ? case_over_say(&t->over, act_type(kind), inner, payload, NULL)
                    : json_deep_copy(payload);
}

/* Who may open the case: of a restricted one its officers alone. */
static bool may_read(const struct talked *t)
{
    char *keepers = t->known ? redact_keepers(&t->over.c) : xstrdup("");
    bool may = redact_name("-", false, keepers, t->store->me.name) == NAME_SHOWN;

    free(keepers);
    return may;
}

void talked_letter(struct talked *t, size_t place, struct letters *out)
{
    const struct kept_dispatch *k = &t->talk.kept.list[place];
    const struct dispatch *d = &t->talk.list[place];
    const struct entry *e = t->known && k->act ? case_over_entry(&t->over, k->act) : NULL;
    struct letter *l = letters_add(out);
    char act[2 * ACT_ID_SIZE + 1];

    act_id_hex(k->bytes.id, l->id);
    l->reference = t->known ? xstrdup(t->over.c.reference) : NULL;
    l->ours = k->ours;
    if (k->ours)
        l->to = k->core.audience;
    instant_format(k->core.at, l->said);
    memcpy(l->came, k->at, sizeof l->came);
    name_author(t, place, l);
    memcpy(l->state, d->state, STATE_SIZE);
    l->secretariat = d->secretariat;
    memcpy(l->author, k->core.author, POST_ID);
    memcpy(l->signer, k->bytes.signer, KEY);
    l->kind = d->kind;
    l->payload = may_read(t) ? payload_of(t, place) : NULL;
    l->trust = d->trust;
    l->doubt = k->ours ? NULL : t->talk.facts[place].why;
    take_verdict(t, place, l);
    if (e)
        act_id_hex(e->act->id, act);
    l->act = e ? xstrdup(act) : NULL;
    l->refused = k->refused ? xstrdup(k->refused) : NULL;
}

/* ---- of one case ---- */

static bool trust_now(struct store *store, const struct trusted **trust, struct error *err)
{
    return post_refresh(store, err) && store_trust(store, trust, err);
}

/* By their days, what is here alone comes before the first dispatch that was said later. */
static void put_between(struct letters *talk, struct letters *alone, struct letters *out)
{
    size_t k = 0;

    for (size_t i = 0; i <= talk->count; i++) {
        while (k < alone->count &&
               (i == talk->count || letter_is_before(&alone->list[k], &talk->list[i]))) {
            *letters_add(out) = alone->list[k++];
        }
        if (i < talk->count)
            *letters_add(out) = talk->list[i];
    }
    free(talk->list);
    free(alone->list);
}

/* ---- in which order ---- */

static bool names(const struct talked *t, size_t a, size_t b)
{
    const struct dispatch_facts *f = &t->talk.facts[a];
    const uint8_t *id = t->talk.facts[b].id;

    for (size_t i = 0; i < f->refer_count; i++)
        if (memcmp(f->refers[i], id, ACT_ID_SIZE) == 0)
            return true;
    return memcmp(f->prev, id, sizeof f->prev) == 0;
}

static bool is_free(const struct talked *t, const bool *placed, size_t a)
{
    for (size_t b = 0; b < t->talk.kept.count; b++)
        if (!placed[b] && b != a && names(t, a, b))
            return false;
    return true;
}

/* By the days that their authors say, but each after what it names, whatever clocks say. */
static void put_in_order(struct talked *t, struct letters *out)
{
    size_t count = t->talk.kept.count;
    bool *placed = xcalloc(count + 1, sizeof *placed);

    for (size_t n = 0; n < count; n++) {
        size_t next = count;
        for (size_t i = 0; i < count; i++)
            if (!placed[i] && is_free(t, placed, i) &&
                (next == count || instant_compare(t->talk.facts[i].at, t->talk.facts[next].at) < 0))
                next = i;
        if (next == count) /* a circle, which ids make impossible */
            break;
        placed[next] = true;
        talked_letter(t, next, out);
    }
    free(placed);
}

static bool read_case(struct store *store, const struct case_key *key, struct letters *out,
                      struct error *err)
{
    const struct trusted *trust;
    struct letters talk = {NULL, 0}, alone = {NULL, 0};
    struct talked t;

    if (!trust_now(store, &trust, err))
        return false;
    bool ok = talked_load(store, trust, key, &t, err);
    if (ok)
        put_in_order(&t, &talk);
    if (ok)
        talked_ask(&t, &talk);
    if (ok && t.known)
        letters_alone(store, &t.over.c, &t.talk.kept, &alone);
    talked_release(&t);
    put_between(&talk, &alone, out);
    return ok;
}

/* Nothing of it has gone or come by a pouch: only what is here alone. */
static bool read_alone(struct store *store, const uint8_t case_id[CASE_ID], struct letters *out,
                       struct error *err)
{
    const struct kept_dispatches none = {NULL, 0};
    struct case_file c;

    if (!case_load(store, case_id, NULL, &c, NULL, err))
        return false;
    letters_alone(store, &c, &none, out);
    case_release(&c);
    return true;
}

static bool find_key(struct store *store, const uint8_t case_id[CASE_ID], struct case_key *key,
                     bool *known, struct error *err)
{
    struct case_file c;

    if (!case_load(store, case_id, NULL, &c, NULL, err))
        return false;
    bool opened_here = strcmp(case_role(&c), "requesting") == 0;
    case_release(&c);
    return case_key_of(store, case_id, opened_here, key, known, err);
}

bool store_correspondence(struct store *store, const char *reference, struct letters *out,
                          struct error *err)
{
    uint8_t case_id[CASE_ID];
    struct case_key key;
    bool known;

    *out = (struct letters){NULL, 0};
    return post_refresh(store, err) && case_find(store, reference, case_id, NULL, err) &&
           find_key(store, case_id, &key, &known, err) &&
           (known ? read_case(store, &key, out, err) : read_alone(store, case_id, out, err));
}

/* ---- one ---- */

static bool read_one(struct store *store, const struct kept_dispatch *k, struct letters *out,
                     struct error *err)
{
    const struct trusted *trust;
    struct talked t;
    char id[2 * ACT_ID_SIZE + 1];

    if (!trust_now(store, &trust, err))
        return false;
    bool ok = talked_load(store, trust, &k->key, &t, err);
    act_id_hex(k->bytes.id, id);
    int place = ok ? conversed_find(&t.talk, id) : -1;
    if (place >= 0) {
        talked_letter(&t, (size_t)place, out);
        talked_ask(&t, out);
    }
    talked_release(&t);
    return ok;
}

bool store_letter(struct store *store, const char *id, struct letters *out, struct error *err)
{
    struct kept_dispatches kept;
    uint8_t bytes[ACT_ID_SIZE];

    *out = (struct letters){NULL, 0};
    if (!hex_read(id, bytes, sizeof bytes))
        return true;
    bool ok = dispatches_of_id(store, bytes, &kept, err) &&
              (!kept.count || read_one(store, &kept.list[0], out, err));
    kept_dispatches_release(&kept);
    return ok;
}
