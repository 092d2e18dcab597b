/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/dossier_check.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "dossier_work.h"

/* ---- what is folded ---- */

/* dossier_take() has read them all. */
static void read_act(const struct act_bytes *bytes, struct core *core, json_t **payload,
                     json_t **context)
{
    if (!act_bytes_core(bytes, core) || !act_bytes_read(bytes, payload, context))
        BUG("a dossier that was not taken is checked");
}

static void add_directory(struct trusted *trust, const struct act_bytes *bytes)
{
    struct core core;
    json_t *payload, *context;

    read_act(bytes, &core, &payload, &context);
    struct diract act = {.incarnation = core.incarnation,
                         .sequence = core.sequence,
                         .at = core.at,
                         .kind = (enum diract_kind)core.kind,
                         .payload = payload};
    memcpy(act.id, bytes->id, ACT_ID_SIZE);
    memcpy(act.signer, bytes->signer, TRUST_KEY);
    memcpy(act.root, bytes->root, ROOT_SIZE);
    memcpy(act.author, core.author, POST_ID);
    memcpy(act.prev, core.prev, sizeof act.prev);
    trust_add(trust, &act);
    json_decref(payload);
    json_decref(context);
}

/* Of the reader's own directory what is none, or does not hold, is as if it were not there. */
static void fold_directory(struct dossier_check *check, const struct dossier_reader *reader)
{
    const struct dossier *d = check->dossier;

    trust_init(&check->trust);
    memcpy(check->trust.pinned, check->fingerprint, sizeof check->trust.pinned);
    for (size_t i = 0; i < d->directory_count; i++)
        add_directory(&check->trust, &d->directory[i]);
    for (size_t i = 0; i < reader->count; i++)
        if (!dossier_fault(d, &reader->directory[i], true))
            add_directory(&check->trust, &reader->directory[i]);
    trust_fold(&check->trust);
}

/* ---- the dispatches of the case ---- */

static void read_item(struct dossier_item *item, const struct act_bytes *bytes)
{
    const struct core *core = &item->core;
    struct dispatch *d = &item->dispatch;

    item->bytes = bytes;
    read_act(bytes, &item->core, &item->payload, &item->context);
    for (size_t i = 0; i < bytes->count; i++)
        item->withheld += !bytes->parts[i].present;
    *d = (struct dispatch){.incarnation = core->incarnation,
                           .sequence = core->sequence,
                           .kind = (enum act_kind)core->kind,
                           .at = core->at,
                           .audience = core->audience,
                           .payload = item->payload,
                           .context = item->context,
                           .partial = item->withheld > 0};
    memcpy(d->id, bytes->id, ACT_ID_SIZE);
    memcpy(d->case_id, core->case_id, CASE_NUMBER);
    memcpy(d->author, core->author, POST_ID);
    memcpy(d->opener, sodium_is_zero(core->opener, OPENER) ? core->author : core->opener, OPENER);
    memcpy(d->prev, core->prev, PREV_SIZE);
    struct dispatch_facts *f = &item->facts;
    f->incarnation = core->incarnation;
    f->sequence = core->sequence;
    f->at = core->at;
    f->directory = core->directory;
    memcpy(f->id, bytes->id, ACT_ID_SIZE);
    memcpy(f->signer, bytes->signer, TRUST_KEY);
    memcpy(f->author, core->author, POST_ID);
    memcpy(f->case_id, core->case_id, CASE_NUMBER);
    memcpy(f->prev, core->prev, sizeof f->prev);
    memcpy(f->directory_hash, core->directory_hash, DIRECTORY_HASH);
}

/* What the dossier as a whole says, looked at as one dispatch more, of who put it together. */
static struct dispatch_facts whole(const struct dossier *d)
{
    struct dispatch_facts f = {.at = d->at};

    memcpy(f.signer, d->signer, TRUST_KEY);
    memcpy(f.author, d->maker, POST_ID);
    memcpy(f.case_id, d->number, CASE_NUMBER);
    return f;
}

static void judge_keys(struct dossier_check *check)
{
    struct dispatch_facts *all = xcalloc(check->count + 1, sizeof *all);
    struct dispatch *list = xcalloc(check->count, sizeof *list);

    for (size_t i = 0; i < check->count; i++) {
        all[i] = check->items[i].facts;
        list[i] = check->items[i].dispatch;
    }
    all[check->count] = whole(check->dossier);
    trust_refer(all, list, check->count);
    trust_judge(&check->trust, all, check->count + 1);
    for (size_t i = 0; i < check->count; i++) {
        struct dossier_item *item = &check->items[i];
        item->facts = all[i];
        item->dispatch.trust = item->facts.trust;
        item->dispatch.secretariat = item->facts.secretariat;
        memcpy(item->dispatch.state, item->facts.state, STATE_SIZE);
        trust_cite(&check->trust, &item->facts);
    }
    check->maker = all[check->count].trust;
    free(list);
    free(all);
}

static bool post_named(const void *directory, const char *name, uint8_t post[POST_ID],
                       char state[STATE_SIZE])
{
    const struct trust_post *p = trust_post_named(directory, name);

    if (p) {
        memcpy(post, p->id, POST_ID);
        memcpy(state, p->state, STATE_SIZE);
    }
    return p != NULL;
}

static void converse(struct dossier_check *check)
{
    struct conversation_world world = {.post_named = post_named, .directory = &check->trust};
    const struct dispatch **set = xcalloc(check->count, sizeof *set);

    memcpy(world.opener, check->dossier->opener, OPENER);
    const struct trust_post *opener = trust_post_opening(&check->trust, check->dossier->opener);
    if (opener)
        memcpy(world.requesting, opener->state, STATE_SIZE);
    for (size_t i = 0; i < check->count; i++)
        set[i] = &check->items[i].dispatch;
    conversation_fold(set, check->count, &world, &check->conversation);
    for (size_t i = 0; i < check->count; i++)
        check->items[i].place = conversation_find(&check->conversation, set[i]->id);
    free(set);
}

/* ---- chains ---- */

static bool of_chain(const struct dossier_chain *chain, const struct dispatch *d)
{
    return chain->incarnation == d->incarnation && memcmp(chain->author, d->author, POST_ID) == 0;
}

static struct dossier_chain *chain_of(struct dossier_check *check, const struct dispatch *d)
{
    for (size_t i = 0; i < check->chain_count; i++)
        if (of_chain(&check->chains[i], d))
            return &check->chains[i];
    check->chains = xreallocarray(check->chains, check->chain_count + 1, sizeof *check->chains);
    struct dossier_chain *chain = &check->chains[check->chain_count++];
    *chain = (struct dossier_chain){.incarnation = d->incarnation};
    memcpy(chain->author, d->author, POST_ID);
    return chain;
}

/* The first item that stands in the same place of the same chain; itself where it is alone. */
static size_t first_there(const struct dossier_check *check, size_t i)
{
    const struct dispatch *d = &check->items[i].dispatch;

    for (size_t n = 0; n < i; n++) {
        const struct dispatch *other = &check->items[n].dispatch;
        if (other->sequence == d->sequence && other->incarnation == d->incarnation &&
            memcmp(other->author, d->author, POST_ID) == 0)
            return n;
    }
    return i;
}

/* The one before it, by what it says itself; NULL: it is not here, or it names none. */
static const struct dispatch *before(const struct dossier_check *check, const struct dispatch *d)
{
    for (size_t i = 0; i < check->count; i++)
        if (memcmp(check->items[i].dispatch.id, d->prev, PREV_SIZE) == 0)
            return &check->items[i].dispatch;
    return NULL;
}

static void arrange_chains(struct dossier_check *check)
{
    for (size_t i = 0; i < check->count; i++) {
        const struct dispatch *d = &check->items[i].dispatch;
        struct dossier_chain *chain = chain_of(check, d);
        chain->here += first_there(check, i) == i;
        if (chain->last < d->sequence)
            chain->last = d->sequence;
    }
}

/* ---- causes ---- */

/* "dispatch 4 (withdrawal; HNAUH, Consulate of Honduras): …", in one line. */
static bool add_cause(const struct dossier_check *check, size_t i, const char *why,
                      struct error *err)
{
    const struct dossier_item *item = &check->items[i];
    struct buf name = BUF_INIT, shown = BUF_INIT;

    trust_name_post(&check->trust, item->dispatch.author, &name);
    text_shown(&shown, buf_text(&name), name.size);
    error_set(err, ERROR_VAULT, _("dispatch %zu (%s; %s): %s"), i + 1,
              _(act_type(item->dispatch.kind)->label), buf_text(&shown), why);
    buf_release(&name);
    buf_release(&shown);
    return false;
}

static bool check_root(struct dossier_check *check, const char *given, struct error *err)
{
    if (!*check->fingerprint)
        return error_set(err, ERROR_VAULT,
                         _("it names no root of a directory: nothing proves whose keys these are"));
    check->compared = given && strcmp(given, check->fingerprint) == 0;
    if (given && !check->compared)
        return error_set(err, ERROR_VAULT,
                         _("it is to be believed under the root %s, and not under %s"),
                         check->fingerprint, given);
    return check->trust.rooted ||
           error_set(err, ERROR_VAULT,
                     _("the keys of its root are not in it: nothing proves whose keys these are"));
}

/* Somebody may have got a post certified whose id begins as that of who opened the case. */
static bool check_opener(const struct dossier_check *check, struct error *err)
{
    size_t could = 0;

    for (size_t i = 0; i < check->trust.post_count; i++)
        could += memcmp(check->trust.posts[i].id, check->dossier->opener, OPENER) == 0;
    return could < 2 ||
           error_set(err, ERROR_VAULT,
                     _("two posts of the directory could be the one that opened the case"));
}

static bool check_item(const struct dossier_check *check, size_t i, struct error *err)
{
    const struct dossier_item *item = &check->items[i];
    const struct dispatch *d = &item->dispatch, *prev = before(check, d);
    size_t first = first_there(check, i);
    bool good = true;

    if (item->facts.trust < TRUST_CHECKED)
        good = add_cause(check, i,
                         item->facts.why ? _(item->facts.why) : _("by a key that nothing proves"),
                         err);
    if (!sodium_is_zero(item->bytes->root, ROOT) &&
        memcmp(item->bytes->root, check->dossier->root, ROOT) != 0)
        good = add_cause(check, i, _("signed under another root"), err);
    if (first != i) {
        char *why = xasprintf(_("its author said something else in the same place: dispatch %zu"),
                              first + 1);
        good = add_cause(check, i, why, err);
        free(why);
    }
    if (!d->sequence ||
        (prev && (prev->incarnation != d->incarnation || prev->sequence >= d->sequence ||
                  memcmp(prev->author, d->author, POST_ID) != 0)))
        good = add_cause(check, i, _("it does not come after the one that it names"), err);
    return good;
}

bool dossier_check(const struct dossier *d, const struct dossier_reader *reader,
                   struct dossier_check *out, struct error *err)
{
    bool good;

    *out = (struct dossier_check){.dossier = d, .count = d->count};
    if (!sodium_is_zero(d->root, ROOT))
        fingerprint_of_root(d->root, out->fingerprint);
    fold_directory(out, reader);
    out->items = xcalloc(d->count, sizeof *out->items);
    for (size_t i = 0; i < d->count; i++) {
        read_item(&out->items[i], &d->dispatches[i]);
        out->withheld += out->items[i].withheld;
    }
    judge_keys(out);
    converse(out);
    arrange_chains(out);
    good = check_root(out, reader->root, err);
    /* Without a root each of them would say so again. */
    for (size_t i = 0; out->trust.rooted && i < out->count; i++) {
        struct dossier_item *item = &out->items[i];
        enum standing standing = out->conversation.items[item->place].verdict.standing;
        item->bad = !check_item(out, i, err) || standing == STANDING_FORKED;
        good = good && !item->bad;
    }
    good = check_opener(out, err) && good;
    if (out->trust.rooted && out->maker < TRUST_CHECKED)
        good = error_set(err, ERROR_VAULT,
                         _("the key of who put it together is not known, or was revoked"));
    return good;
}

void dossier_check_release(struct dossier_check *check)
{
    conversation_release(&check->conversation);
    for (size_t i = 0; i < check->count; i++) {
        json_decref(check->items[i].payload);
        json_decref(check->items[i].context);
        free(check->items[i].facts.refers);
    }
    free(check->items);
    free(check->chains);
    trust_release(&check->trust);
}

/* ---- what assistance rests on ---- */

static bool names_all(const json_t *note, const json_t *persons)
{
    const json_t *named = json_object_get(note, "persons");

    for (size_t i = 0; json_is_array(named) && i < json_array_size(persons); i++) {
        bool there = false;
        for (size_t n = 0; !there && n < json_array_size(named); n++)
            there = json_equal(json_array_get(named, n), json_array_get(persons, i));
        if (!there)
            return false;
    }
    return true;
}

const struct conversation_request *dossier_request_of(const struct dossier_check *check,
                                                      const struct conversation_item *assistance)
{
    const struct conversation *c = &check->conversation;
    const json_t *says = assistance->dispatch->payload;
    const struct conversation_request *found = NULL;
    struct instant given, handed, latest = {0};

    if (!instant_parse(payload_text(says, "at"), &given))
        return NULL;
    for (size_t i = 0; i < c->request_count; i++) {
        const struct conversation_request *r = &c->requests[i];
        const json_t *note = c->items[r->note].dispatch->payload;
        if (strcmp(r->state, payload_text(says, "by")) != 0 ||
            !instant_parse(payload_text(note, "at"), &handed) ||
            instant_compare(handed, given) > 0 ||
            !names_all(note, json_object_get(says, "persons")) ||
            (found && instant_compare(handed, latest) < 0))
            continue;
        found = r;
        latest = handed;
    }
    return found;
}
