/* SPDX-License-Identifier: MIT */
/* What is due to whom, sealed: of carry.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "amparo/store/directory.h"
#include "amparo/store/identity.h"
#include "carry_work.h"

/* ---- to whom ---- */

static bool is_for(const struct carry_wish *wish, const struct trust_post *post)
{
    return !post->own && post->key != TRUST_NONE &&
           (!wish->post || strcmp(wish->post, post->code) == 0);
}

/* How the focal point of its State is reached: as the network's directory has it, else this post's
 * own. NULL: not known. */
static char *contact(const struct trusted *trust, const struct directory_states *own,
                     const struct trust_post *post, enum focal_key key, const char *name)
{
    const struct trust_state *state = post->secretariat ? NULL : trust_state_of(trust, post->state);
    const char *said = state && state->focal
                           ? json_string_value(json_object_get(state->focal->act.payload, name))
                           : NULL;

    for (size_t i = 0; !said && !post->secretariat && i < own->count; i++)
        if (strcmp(own->list[i].state, post->state) == 0)
            said = own->list[i].focal[key];
    return said && *said ? xstrdup(said) : NULL;
}

static void begin_reader(const struct trusted *trust, const struct directory_states *own,
                         const struct trust_post *post, struct carry_reader *r)
{
    *r = (struct carry_reader){.code = xstrdup(post->code),
                               .email = contact(trust, own, post, FOCAL_EMAIL, "email"),
                               .phone = contact(trust, own, post, FOCAL_PHONE, "phone")};
    struct buf name = BUF_INIT;
    trust_say_office(post->name, post->city, &name);
    r->name = buf_detach(&name);
    reader_of_post(post, &r->reader);
    if (!post->sealed || !x25519_key_ok(post->sealing))
        r->waits = xstrdup(_("no sealing key of it is known: an update of the directory brings it, "
                             "or its card"));
}

static void release_reader(struct carry_reader *r)
{
    free(r->code);
    free(r->name);
    free(r->email);
    free(r->phone);
    free(r->waits);
    due_release(&r->due);
}

/* ---- what goes ---- */

/* So many seconds have passed since; "" is never. */
static bool is_past(const char *since, const char *now, int64_t seconds)
{
    struct instant then, today;

    return instant_parse(since, &then) && instant_parse(now, &today) &&
           today.seconds - then.seconds >= seconds;
}

/* Counts what never went; is something so late that it goes again? */
static bool look_at(struct carry_reader *r, const char *now)
{
    bool late = false;

    for (size_t i = 0; i < r->due.count; i++) {
        const struct due_dispatch *d = &r->due.list[i];
        r->fresh += d->sent_at[0] == '\0';
        late |= is_past(d->sent_at, now, CARRY_AGAIN_DAYS * 24 * 60 * 60);
    }
    return late;
}

/* Of the directory: what it never had, or had so long ago that it seems not to have come. Whether
 * there is something that goes by itself. */
static bool choose_directory(const struct carry_wish *wish, struct due *due, const char *now)
{
    size_t kept = 0;
    bool news = false;

    for (size_t i = 0; i < due->directory_count; i++) {
        struct due_dispatch d = due->directory[i];
        bool goes =
            wish->again || !*d.sent_at || is_past(d.sent_at, now, CARRY_AGAIN_DAYS * 24 * 60 * 60);
        news |= goes && !d.along;
        if (goes)
            due->directory[kept++] = d;
        else
            act_bytes_release(&d.bytes);
    }
    due->directory_count = kept;
    return news;
}

/* Where something goes, all goes along that was not acknowledged, and all receipts. */
static void choose(const struct carry_wish *wish, struct carry_reader *r, const char *now,
                   struct content *out)
{
    bool news = choose_directory(wish, &r->due, now), late = look_at(r, now);
    bool dispatches = news || (r->due.count && (r->fresh || late || wish->again));
    bool receipts = dispatches || wish->receipts ||
                    is_past(r->due.receipts_since, now, CARRY_RECEIPT_HOURS * 60 * 60);

    if (r->waits)
        return;
    if (dispatches)
        out->count = r->due.directory_count + r->due.count;
    if (receipts)
        out->receipt_count = r->due.receipt_count;
}

/* The directory's first: it may say by which keys the rest is signed. The bytes stay those of what
 * is due. */
static void fill(const uint8_t sender[POST_ID], const struct carry_reader *r, struct parcel *parcel)
{
    struct content *c = &parcel->content;
    size_t directory = r->due.directory_count;

    memcpy(parcel->post, r->reader.post, POST_ID);
    memcpy(c->sender, sender, POST_ID);
    c->dispatches = xcalloc(c->count, sizeof *c->dispatches);
    for (size_t i = 0; i < c->count; i++)
        c->dispatches[i] =
            i < directory ? r->due.directory[i].bytes : r->due.list[i - directory].bytes;
    c->receipts = xcalloc(c->receipt_count, sizeof *c->receipts);
    for (size_t i = 0; i < c->receipt_count; i++)
        memcpy(c->receipts[i], r->due.receipts[i], RECEIPT);
}

/* ---- the load ---- */

struct finding {
    struct store *store;
    const struct carry_wish *wish;
    const struct trusted *trust;
    struct directory_states own;
    uint8_t sender[POST_ID];
};

/* One for whom there is nothing at all is left out. */
static void add_reader(const struct finding *f, const struct trust_post *post, struct due *due,
                       struct carry_load *out)
{
    struct carry_reader r;
    struct content content = CONTENT_INIT;
    char now[INSTANT_SIZE];

    begin_reader(f->trust, &f->own, post, &r);
    r.due = *due;
    choose(f->wish, &r, store_now(f->store, now), &content);
    if (!content.count && !r.due.count && !r.due.receipt_count && !r.due.held_count) {
        release_reader(&r);
        return;
    }
    out->readers = xreallocarray(out->readers, out->count + 1, sizeof *out->readers);
    out->parcels = xreallocarray(out->parcels, out->count + 1, sizeof *out->parcels);
    struct parcel *parcel = &out->parcels[out->count];
    *parcel = (struct parcel){.content = content};
    memcpy(parcel->sealing, post->sealing, ENVELOPE_KEY);
    fill(f->sender, &r, parcel);
    out->readers[out->count++] = r;
}

static bool add_readers(const struct finding *f, const struct trust_post *const *posts,
                        size_t count, struct carry_load *out, struct error *err)
{
    struct reader *readers = xcalloc(count, sizeof *readers);
    struct due *due = xcalloc(count, sizeof *due);

    for (size_t i = 0; i < count; i++)
        reader_of_post(posts[i], &readers[i]);
    bool ok = store_due(f->store, f->trust, readers, count, due, err);
    for (size_t i = 0; i < count; i++) {
        if (ok)
            add_reader(f, posts[i], &due[i], out);
        else
            due_release(&due[i]);
    }
    free(due);
    free(readers);
    return ok;
}

static int by_code(const void *a, const void *b)
{
    const struct trust_post *const *one = a, *const *other = b;
    int order = strcmp((*one)->code, (*other)->code);

    return order ? order : memcmp((*one)->id, (*other)->id, POST_ID);
}

/* In the order of their codes, which is the same in every file. */
static bool find_each(const struct finding *f, struct carry_load *out, struct error *err)
{
    const struct trust_post **posts = xcalloc(f->trust->post_count + 1, sizeof *posts);
    size_t count = 0;
    bool ok = true;

    for (size_t i = 0; i < f->trust->post_count; i++)
        if (is_for(f->wish, &f->trust->posts[i]))
            posts[count++] = &f->trust->posts[i];
    qsort(posts, count, sizeof *posts, by_code);
    if (f->wish->post && !count)
        ok = error_set(err, ERROR_INPUT, _("%s: no post of that code is known to write to"),
                       f->wish->post);
    ok = ok && add_readers(f, posts, count, out, err);
    free(posts);
    return ok;
}

static bool find_readers(struct store *store, const struct carry_wish *wish, struct carry_load *out,
                         struct error *err)
{
    struct finding f = {.store = store, .wish = wish};
    struct identity identity;

    if (!store_identity(store, &identity, err))
        return false;
    if (!identity.made)
        return error_set(err, ERROR_INPUT,
                         _("the post has no keys yet to sign and seal with: `amparo identity FILE "
                           "new`"));
    memcpy(f.sender, identity.post, POST_ID);
    if (!store_directory_states(store, &f.own, err))
        return false;
    bool ok = store_trust(store, &f.trust, err) && find_each(&f, out, err);
    directory_states_release(&f.own);
    return ok;
}

static bool seal(struct store *store, const struct carry_wish *wish, struct carry_load *out,
                 struct error *err)
{
    struct secret machine = SECRET_INIT, signing = SECRET_INIT;
    bool ok = identity_secret(store, POST_KEY_MACHINE, NULL, &machine, err) &&
              identity_secret(store, POST_KEY_SIGNING, NULL, &signing, err);

    if (ok) {
        struct parcel_sealing how = {.machine = machine.bytes,
                                     .signing = signing.bytes,
                                     .random = wish->random,
                                     .most = wish->most};
        ok = parcels_pack(out->parcels, out->count, &how, &out->pouches, err);
    }
    secret_free(&machine);
    secret_free(&signing);
    return ok;
}

void carry_load_release(struct carry_load *load)
{
    packed_release(&load->pouches);
    for (size_t i = 0; i < load->count; i++) {
        free(load->parcels[i].content.dispatches);
        free(load->parcels[i].content.receipts);
        release_reader(&load->readers[i]);
    }
    free(load->parcels);
    free(load->readers);
    *load = (struct carry_load){.count = 0};
}

static bool make(struct store *store, struct error *err)
{
    const struct trusted *trust;

    return store_officer(store)->role == ROLE_CLERK ||
           (store_trust(store, &trust, err) && store_make_dispatches(store, trust, NULL, err));
}

bool carry_load(struct store *store, const struct carry_wish *wish, struct carry_load *out,
                struct error *err)
{
    *out = (struct carry_load){.count = 0};
    if (make(store, err) && find_readers(store, wish, out, err) && seal(store, wish, out, err))
        return true;
    carry_load_release(out);
    return false;
}

/* Of a parcel the directory's acts come first: how many of the pouch are of these. */
static size_t along(const struct due *due, const struct packed *p, const struct packed_for *to)
{
    size_t left = to->first < due->directory_count ? due->directory_count - to->first : 0;

    return left < p->count ? left : p->count;
}

/* Readers of one pouch get the same, each out of what is due to them. */
static bool mark(struct store *store, const struct carry_load *load, const struct packed *p,
                 const struct packed_for *to, struct error *err)
{
    const struct due *due = &load->readers[to->parcel].due;
    size_t directory = due->directory_count, with = along(due, p, to);
    size_t listed = to->first > directory ? to->first - directory : 0;
    struct due part = {.directory = with ? due->directory + to->first : NULL,
                       .directory_count = with,
                       .list = due->list ? due->list + listed : NULL,
                       .count = p->count - with,
                       .receipts = due->receipts ? due->receipts + to->first_receipt : NULL,
                       .receipt_count = p->receipt_count};

    return store_sent(store, load->readers[to->parcel].reader.post, &part, err);
}

size_t carry_along(const struct carry_load *load, size_t pouch)
{
    const struct packed *p = &load->pouches.list[pouch];

    return along(&load->readers[p->to[0].parcel].due, p, &p->to[0]);
}

bool carry_may_send(const struct store *store, struct error *err)
{
    return store_officer(store)->role != ROLE_CLERK ||
           error_set(err, ERROR_REFUSED, _("a clerk reads only; an officer sends"));
}

bool carry_gone(struct store *store, const struct carry_load *load, size_t pouch, size_t reader,
                struct error *err)
{
    const struct packed *p = &load->pouches.list[pouch];
    bool ok = true;

    if (!carry_may_send(store, err) || !store_batch_begin(store, err))
        return false;
    for (size_t i = 0; ok && i < p->to_count; i++)
        ok = (reader != CARRY_ALL && reader != i) || mark(store, load, p, &p->to[i], err);
    return store_batch_end(store, ok, err) && ok;
}
