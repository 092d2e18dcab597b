/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/find.h"

#include <search.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/mail.h"

enum { FAULTS_MOST = 64, NESTED_MOST = 4 };

struct fault {
    struct pouch_found found;
    char *text;
};

struct finding {
    pouch_visit *visit;
    void *ctx;
    struct qr_join *join;
    void *hashes;                     /* of the whole ones, a tree */
    struct fault faults[FAULTS_MOST]; /* to be told at the end */
    size_t fault_count;
    bool any;    /* there was something, whole or not */
    bool mailed; /* inside a mail now */
    int nested;
};

/* ---- what was found ---- */

static int by_hash(const void *a, const void *b)
{
    return memcmp(a, b, POUCH_HASH);
}

static int by_prefix(const void *a, const void *b)
{
    return memcmp(a, b, POUCH_PREFIX);
}

static bool is_whole(const struct finding *f, const char *name)
{
    uint8_t prefix[POUCH_PREFIX];

    return sodium_hex2bin(prefix, sizeof prefix, name, strlen(name), NULL, NULL, NULL) == 0 &&
           *name && tfind(prefix, &f->hashes, by_prefix);
}

static bool take_whole(struct finding *f, const struct pouch_found *found)
{
    uint8_t *hash = xmalloc(POUCH_HASH);

    pouch_hash(found->bytes, found->size, hash);
    const void *node = tsearch(hash, &f->hashes, by_hash);
    if (!node)
        BUG("no memory for a hash");
    if (*(uint8_t *const *)node != hash) { /* it was there */
        free(hash);
        return true;
    }
    return f->visit(f->ctx, found);
}

static bool keep_fault(struct finding *f, const struct pouch_found *found)
{
    if (f->fault_count == FAULTS_MOST)
        return true;
    for (size_t i = 0; i < f->fault_count; i++)
        if (!strcmp(f->faults[i].found.name, found->name) &&
            !strcmp(f->faults[i].text, found->fault))
            return true;
    struct fault *fault = &f->faults[f->fault_count++];
    fault->found = *found;
    fault->text = xstrdup(found->fault);
    return true;
}

static bool take(void *ctx, const struct pouch_found *found)
{
    struct finding *f = ctx;
    struct pouch_found here = *found;

    f->any = true;
    here.mailed = f->mailed;
    return here.bytes ? take_whole(f, &here) : keep_fault(f, &here);
}

/* Tells the faults that still are some. */
static bool tell_faults(struct finding *f)
{
    bool more = true;

    for (size_t i = 0; i < f->fault_count; i++) {
        struct fault *fault = &f->faults[i];
        fault->found.fault = fault->text;
        if (more && !is_whole(f, fault->found.name))
            more = f->visit(f->ctx, &fault->found);
        free(fault->text);
    }
    return more;
}

/* ---- codes ---- */

static bool take_codes(struct finding *f, const char *text, size_t size)
{
    const char *end = text + size;
    bool more = true;
    size_t length;

    for (const char *at; more && (at = qr_frame_in(text, (size_t)(end - text), &length));
         text = at + length) {
        struct pouch_found found = {.form = POUCH_CODES};
        const struct qr_gathered *of;
        enum qr_taken taken = qr_join_add(f->join, at, length, &of, &found.fault);
        f->any = true;
        if (taken == QR_WHOLE) {
            found.bytes = (const uint8_t *)buf_text(&of->whole);
            found.size = of->whole.size;
        }
        if (taken == QR_WHOLE || taken == QR_DAMAGED)
            more = take(f, &found);
    }
    return more;
}

bool pouch_find_unfinished(const struct qr_join *join, pouch_visit *visit, void *ctx)
{
    bool more = true;

    for (size_t i = 0; i < join->count && more; i++) {
        const struct qr_gathered *of = &join->pouches[i];
        struct pouch_found found = {.form = POUCH_CODES};
        struct buf missing = BUF_INIT;
        if (of->have == of->count)
            continue;
        qr_join_missing(of, &missing);
        char *fault =
            xasprintf(_("of its %u QR codes these are missing: %s"), of->count, buf_text(&missing));
        found.fault = fault;
        memcpy(found.name, of->name, sizeof found.name);
        more = visit(ctx, &found);
        free(fault);
        buf_release(&missing);
    }
    return more;
}

/* ---- bytes of any kind ---- */

static bool look_at_text(struct finding *f, const void *bytes, size_t size)
{
    return armour_find(bytes, size, take, f) && take_codes(f, bytes, size);
}

static bool look(void *ctx, const void *bytes, size_t size)
{
    struct finding *f = ctx;
    struct pouch_found found = {.form = POUCH_BARE, .bytes = bytes, .size = size};
    bool any = f->any, mailed = f->mailed, more;

    if (pouch_begins(bytes, size))
        return take(f, &found);
    if (f->nested == NESTED_MOST || !mail_looks_so(bytes, size))
        return look_at_text(f, bytes, size);
    f->nested++;
    f->mailed = true;
    f->any = false;
    more = mail_parts(bytes, size, look, f);
    if (more && !f->any) /* a text that only begins like a mail, or a damaged one */
        more = look_at_text(f, bytes, size);
    f->any = f->any || any;
    f->mailed = mailed;
    f->nested--;
    return more;
}

bool pouch_find(const void *bytes, size_t size, struct qr_join *join, pouch_visit *visit, void *ctx)
{
    struct qr_join here = QR_JOIN_INIT;
    struct finding f = {.visit = visit, .ctx = ctx, .join = join ? join : &here};
    bool more = look(&f, bytes, size);

    if (more && !join)
        more = pouch_find_unfinished(&here, take, &f);
    if (more)
        more = tell_faults(&f);
    else
        for (size_t i = 0; i < f.fault_count; i++)
            free(f.faults[i].text);
    tdestroy(f.hashes, free);
    qr_join_release(&here);
    return more;
}
