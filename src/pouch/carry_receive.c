/* SPDX-License-Identifier: MIT */
/* All that came, by files and folders: of carry.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/folder.h"
#include "carry_work.h"

/* How often all is gone through: keys that come in one pouch open the way for another one. */
enum { ROUNDS = 8, UNPACKINGS = 8 };

struct receiving {
    struct store *store;
    struct carry_keys keys;
    struct carry_received *out;
    const struct carry_source *source;
    int round;
    size_t learned; /* acts of the directory that came in this round */
    bool given_up;
    bool failed; /* *err says why; the reading was ended */
    struct error *err;
};

const char *carry_outcome_name(enum carry_outcome outcome)
{
    static const char *const names[CARRY_OUTCOMES] = {
        [CARRY_TAKEN] = "taken",     [CARRY_KNOWN] = "known",     [CARRY_CLOSED] = "not_ours",
        [CARRY_UNKNOWN] = "unknown", [CARRY_DAMAGED] = "damaged", [CARRY_FORGED] = "forged",
        [CARRY_REFUSED] = "refused",
    };

    return names[outcome];
}

/* ---- what is told ---- */

static void clear(struct carry_arrival *a)
{
    taken_in_release(&a->taken);
    free(a->path);
    free(a->why);
    free(a->from);
    memset(a, 0, sizeof *a);
}

void carry_received_release(struct carry_received *received)
{
    for (size_t i = 0; i < received->count; i++)
        clear(&received->list[i]);
    free(received->list);
    *received = (struct carry_received){.count = 0};
}

/* The one that was met before: in another file, or in the round before. */
static struct carry_arrival *find(struct carry_received *out, const uint8_t hash[POUCH_HASH])
{
    for (size_t i = 0; i < out->count; i++)
        if (memcmp(out->list[i].hash, hash, POUCH_HASH) == 0)
            return &out->list[i];
    return NULL;
}

static struct carry_arrival *add(struct carry_received *out, const char *path, const char *name)
{
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    struct carry_arrival *a = &out->list[out->count++];
    *a = (struct carry_arrival){.path = path ? xstrdup(path) : NULL};
    memcpy(a->name, name, sizeof a->name);
    return a;
}

/* ---- directory acts of a content ---- */

static bool is_directory(const struct act_bytes *a)
{
    static const uint8_t nothing[CASE_ID];
    struct core core;

    return act_bytes_core(a, &core) && memcmp(core.case_id, nothing, CASE_ID) == 0;
}

/* Moves those of the directory to the front; how many they are. */
static size_t part_directory(struct content *c)
{
    size_t count = 0;

    for (size_t i = 0; i < c->count; i++) {
        if (!is_directory(&c->dispatches[i]))
            continue;
        struct act_bytes act = c->dispatches[i];
        memmove(&c->dispatches[count + 1], &c->dispatches[count],
                (i - count) * sizeof *c->dispatches);
        c->dispatches[count++] = act;
    }
    return count;
}

/* What is not kept comes up each time that they are gone through. */
static void add_up(struct directory_taken *sum, const struct directory_taken *more)
{
    sum->added += more->added;
    sum->waiting += more->waiting;
    sum->strange = more->strange;
    sum->over = more->over;
    sum->changed += more->changed;
    if (!sum->added && !sum->waiting)
        sum->known = more->known;
}

/*
 * Takes the inner part apart until no key that it brings itself makes more of it readable: acts of
 * the directory name keys by which the next ones are signed. False: `a` says why, or r->failed.
 */
static bool unpack(struct receiving *r, const struct buf *inner, struct content *c,
                   size_t *directory, struct carry_arrival *a)
{
    const struct trusted *trust;

    for (int n = 1;; n++) {
        struct directory_taken taken = {0};
        if (!store_trust(r->store, &trust, r->err)) {
            r->failed = true;
            return false;
        }
        if (!carry_unpack(trust, inner, c, a))
            return false;
        *directory = part_directory(c);
        if (*directory &&
            !store_directory_take(r->store, c->dispatches, *directory, &taken, r->err)) {
            r->failed = true;
            return false;
        }
        add_up(&a->directory, &taken);
        bool missing = c->unknown || c->forged || c->forged_receipts;
        if (!taken.added || !missing || n == UNPACKINGS)
            return true;
        content_release(c);
    }
}

/* ---- one pouch ---- */

static void count_each(struct carry_arrival *a)
{
    for (size_t i = 0; i < a->taken.count; i++) {
        enum incoming what = a->taken.each[i];
        a->again += what == INCOMING_AGAIN;
        a->forwarded += what == INCOMING_FORWARDED;
        a->too_many += what == INCOMING_TOO_MANY;
        a->unknown += what == INCOMING_UNKNOWN;
        a->forged += what == INCOMING_DAMAGED;
    }
}

/* Who says to have sent it: a word, which who signed receipts has proved. */
static void name_sender(const struct trusted *trust, const struct content *c,
                        struct carry_arrival *a)
{
    struct buf name = BUF_INIT;

    if (!trust_post_of(trust, c->sender))
        return;
    trust_name_post(trust, c->sender, &name);
    a->from = buf_detach(&name);
}

/* Of what was not taken, in words. */
static void judge(struct carry_arrival *a)
{
    struct buf why = BUF_INIT;

    a->too_many += a->directory.over;
    if (a->forged)
        buf_addf(&why,
                 n_("%zu dispatch is not signed by whom it names, as far as their keys are known; ",
                    "%zu dispatches are not signed by whom they name, as far as their keys are "
                    "known; ",
                    (unsigned long)a->forged),
                 a->forged);
    if (a->false_receipts)
        buf_adds(&why, _("its receipts are not signed by who says to have sent it; "));
    if (a->strange)
        buf_addf(&why,
                 n_("%zu dispatch is of a form that this version does not know; ",
                    "%zu dispatches are of a form that this version does not know; ",
                    (unsigned long)a->strange),
                 a->strange);
    if (a->unknown)
        buf_addf(&why,
                 n_("%zu dispatch is by a post whose key is not known here: its card, or an update "
                    "of the directory, and the pouch once more; ",
                    "%zu dispatches are by posts whose keys are not known here: their cards, or an "
                    "update of the directory, and the pouch once more; ",
                    (unsigned long)a->unknown),
                 a->unknown);
    if (a->forwarded)
        buf_addf(&why,
                 n_("%zu dispatch is for others, and somebody passed it on; ",
                    "%zu dispatches are for others, and somebody passed them on; ",
                    (unsigned long)a->forwarded),
                 a->forwarded);
    if (a->too_many)
        buf_addf(&why,
                 n_("%zu dispatch found no room: too many of its author do not count; ",
                    "%zu dispatches found no room: too many of their author do not count; ",
                    (unsigned long)a->too_many),
                 a->too_many);
    if (why.size)
        buf_cut(&why, why.size - 2);
    a->outcome = a->forged || a->false_receipts ? CARRY_FORGED
                 : a->strange                   ? CARRY_REFUSED
                 : a->unknown                   ? CARRY_UNKNOWN
                                                : CARRY_TAKEN;
    a->why = why.size ? buf_detach(&why) : NULL;
    buf_release(&why);
}

static json_t *note_of(const struct carry_arrival *a)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "from", a->from ? a->from : "", "new",
                     (json_int_t)a->taken.kept, "acts", (json_int_t)a->taken.recorded, "known",
                     (json_int_t)a->again, "directory", (json_int_t)a->directory.added, "receipts",
                     (json_int_t)a->receipts);
}

static bool take_content(struct receiving *r, const struct content *c, size_t directory,
                         struct carry_arrival *a)
{
    const struct trusted *trust;
    bool ok = store_trust(r->store, &trust, r->err);

    if (ok)
        name_sender(trust, c, a);
    ok = ok && store_take_in(r->store, trust, NULL, c->dispatches + directory, c->count - directory,
                             &a->taken, r->err);
    ok = ok && store_acknowledged(r->store, c->sender, c->receipts, c->receipt_count, &a->receipts,
                                  r->err);
    a->unknown = c->unknown;
    a->forged = c->forged;
    a->false_receipts = ok && c->forged_receipts && trust_post_of(trust, c->sender);
    a->strange = c->strange;
    count_each(a);
    judge(a);
    /* One of which more may be had another time is no more than met. */
    if (ok && a->outcome == CARRY_TAKEN && !a->too_many) {
        json_t *note = note_of(a);
        ok = store_note_pouch(r->store, a->hash, c->sender, note, r->err);
        json_decref(note);
    }
    return ok;
}

static bool take(struct receiving *r, const uint8_t *bytes, size_t size, struct carry_arrival *a)
{
    struct buf inner = BUF_INIT;
    struct content c = CONTENT_INIT;
    const struct trusted *trust;
    size_t directory;

    bool ok = store_trust(r->store, &trust, r->err);
    r->failed = !ok;
    if (ok && carry_open(&r->keys, trust, bytes, size, &inner, a) &&
        unpack(r, &inner, &c, &directory, a))
        r->failed = !take_content(r, &c, directory, a);
    content_release(&c);
    buf_release(&inner);
    return !r->failed;
}

/* What cannot be, for all that it was signed, keeps none of the others. */
static bool take_as_one(struct receiving *r, const uint8_t *bytes, size_t size,
                        struct carry_arrival *a)
{
    struct error *whole = r->err, why = ERROR_INIT;

    r->err = &why;
    bool ok = store_batch_begin(r->store, &why);
    if (ok) {
        ok = take(r, bytes, size, a);
        ok = store_batch_end(r->store, ok, &why) && ok;
    }
    r->err = whole;
    r->failed = !ok && why.kind != ERROR_INPUT;
    if (r->failed) {
        error_set(whole, why.kind, "%s", error_text(&why));
    } else if (!ok) {
        free(a->why);
        a->why = xstrdup(error_text(&why));
        a->outcome = CARRY_REFUSED;
        a->directory.added = 0;
    }
    r->learned += a->directory.added;
    error_release(&why);
    return !r->failed;
}

/* ---- all that is there ---- */

/* As it was before it was opened. */
static void start_anew(struct carry_arrival *a)
{
    struct carry_arrival fresh = {.path = a->path};

    memcpy(fresh.hash, a->hash, POUCH_HASH);
    memcpy(fresh.name, a->name, sizeof fresh.name);
    a->path = NULL;
    clear(a);
    *a = fresh;
}

static struct carry_arrival *begin(struct receiving *r, const char *path,
                                   const struct pouch_found *found, const uint8_t hash[POUCH_HASH])
{
    char name[POUCH_NAME_SIZE];

    pouch_name(found->bytes, found->size, name);
    struct carry_arrival *a = add(r->out, path, name);
    memcpy(a->hash, hash, POUCH_HASH);
    return a;
}

static void note_fault(struct receiving *r, const char *path, const struct pouch_found *found)
{
    if (r->round)
        return;
    struct carry_arrival *a = add(r->out, path, found->name);
    a->outcome = CARRY_DAMAGED;
    a->why = xstrdup(found->fault);
}

/* A key is missing, of somebody unknown, or perhaps a newer one of somebody known. */
static bool lacks_keys(const struct carry_arrival *a)
{
    return a->unknown || a->forged || a->false_receipts;
}

/* In the rounds after the first one, those alone of which a key was missing. */
static bool visit(struct receiving *r, const char *path, const struct pouch_found *found)
{
    uint8_t hash[POUCH_HASH];
    bool seen = false;

    if (!found->bytes) {
        note_fault(r, path, found);
        return true;
    }
    pouch_hash(found->bytes, found->size, hash);
    struct carry_arrival *a = find(r->out, hash);
    if (a && (!lacks_keys(a) || !r->round))
        return true;
    if (a)
        start_anew(a);
    else
        a = begin(r, path, found, hash);
    if (!store_pouch_seen(r->store, hash, &seen, NULL, r->err)) {
        r->failed = true;
        return false;
    }
    if (seen) {
        a->outcome = CARRY_KNOWN;
        return true;
    }
    return take_as_one(r, found->bytes, found->size, a);
}

static bool visit_file(void *ctx, const char *path, const struct pouch_found *found)
{
    return visit(ctx, path, found);
}

static bool visit_bytes(void *ctx, const struct pouch_found *found)
{
    return visit(ctx, NULL, found);
}

static bool tick(void *ctx, uint64_t done, uint64_t total)
{
    struct receiving *r = ctx;

    r->given_up = r->source->progress && !r->source->progress(r->source->ctx, done, total);
    return !r->given_up;
}

/* A path that cannot be read is an error, and keeps nothing of the others. */
static bool read_all(struct receiving *r)
{
    const struct folder_reader reader = {.found = visit_file, .progress = tick, .ctx = r};
    bool ok = true;

    for (size_t i = 0; i < r->source->count && !r->failed && !r->given_up; i++) {
        struct folder_count count = {0};
        struct error why = ERROR_INIT;
        bool read = folder_read(r->source->paths[i], &reader, &count, &why);
        if (!read && !r->failed && (!r->round || r->given_up)) {
            error_set(r->err, why.kind, "%s", error_text(&why));
            ok = false;
        }
        error_release(&why);
        r->out->nothing += r->round ? 0 : count.nothing;
    }
    if (r->source->bytes && !r->failed && !r->given_up)
        pouch_find(r->source->bytes->data, r->source->bytes->size, NULL, visit_bytes, r);
    return ok && !r->failed && !r->given_up;
}

static bool is_missing_keys(const struct carry_received *out)
{
    for (size_t i = 0; i < out->count; i++)
        if (lacks_keys(&out->list[i]))
            return true;
    return false;
}

bool carry_receive(struct store *store, const struct carry_source *source,
                   struct carry_received *out, struct error *err)
{
    struct receiving r = {.store = store, .source = source, .out = out, .err = err};
    size_t learned = 0;

    *out = (struct carry_received){.count = 0};
    if (!carry_keys_load(store, &r.keys, err))
        return false;
    bool ok = read_all(&r);
    learned = r.learned;
    for (r.round = 1; r.round < ROUNDS && r.learned && is_missing_keys(out); r.round++) {
        r.learned = 0;
        ok &= read_all(&r);
        learned += r.learned;
    }
    carry_keys_release(&r.keys);
    if (learned && !r.failed) /* it may make count what was kept before */
        ok &= store_settle_trusted(store, NULL, err);
    return ok;
}
