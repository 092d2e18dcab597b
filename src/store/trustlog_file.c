/* SPDX-License-Identifier: MIT */
/* The log in one file, and in words. */
#include "amparo/store/trustlog.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "trust_rows.h"

static const uint8_t magic[] = {'a', 'd', 'r', 1};

enum { ACT_ITEMS = 4 };

/* ---- the file ---- */

void directory_file_write(const struct directory_acts *acts, struct buf *out)
{
    buf_add(out, magic, sizeof magic);
    cbor_put_array(out, acts->count);
    for (size_t i = 0; i < acts->count; i++) {
        const struct act_bytes *a = &acts->list[i];
        cbor_put_array(out, ACT_ITEMS);
        cbor_put_bytes(out, a->signer, KEY);
        cbor_put_bytes(out, a->root, ROOT);
        cbor_put_bytes(out, a->signature, VAULT_SIGNATURE);
        buf_add(out, a->core.data, a->core.size);
    }
}

/* Does it begin as one? Four bytes are enough. */
static bool begins(const void *bytes, size_t size)
{
    return size >= sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
}

static bool take_act(struct cbor *in, struct act_bytes *a)
{
    size_t count;

    if (!cbor_read_array(in, &count) || count != ACT_ITEMS ||
        !cbor_read_exact(in, a->signer, KEY) || !cbor_read_exact(in, a->root, ROOT) ||
        !cbor_read_exact(in, a->signature, VAULT_SIGNATURE) || cbor_peek(in) != CBOR_MAP)
        return false;
    const uint8_t *from = in->at;
    cbor_skip(in);
    buf_add(&a->core, from, (size_t)(in->at - from));
    act_bytes_identify(a);
    return true;
}

static bool take_all(const uint8_t *bytes, size_t size, struct directory_acts *out)
{
    struct cbor in;
    size_t count;

    if (!begins(bytes, size) || size > DIRECTORY_FILE_SIZE ||
        !cbor_check(bytes + sizeof magic, size - sizeof magic, NULL, NULL))
        return false;
    cbor_begin(&in, bytes + sizeof magic, size - sizeof magic);
    if (!cbor_read_array(&in, &count) || count > DIRECTORY_FILE_ACTS)
        return false;
    out->list = xcalloc(count + 1, sizeof *out->list);
    for (; out->count < count; out->count++) {
        out->list[out->count] = (struct act_bytes)ACT_BYTES_INIT;
        if (!take_act(&in, &out->list[out->count])) {
            out->count++;
            return false;
        }
    }
    return true;
}

bool directory_file_read(const void *bytes, size_t size, struct directory_acts *out,
                         struct error *err)
{
    *out = (struct directory_acts){NULL, 0};
    if (take_all(bytes, size, out))
        return true;
    directory_acts_release(out);
    return error_set(err, ERROR_INPUT,
                     _("this is no directory, or not a whole one: take it from where it came once "
                       "more"));
}

bool store_directory_snapshot(struct store *store, struct buf *out, size_t *count,
                              struct error *err)
{
    static const uint8_t nothing[DIRECTORY_HASH];
    struct directory_acts acts;

    if (!store_directory_missing(store, 0, nothing, &acts, err))
        return false;
    directory_file_write(&acts, out);
    *count = acts.count;
    directory_acts_release(&acts);
    return true;
}

/* ---- in words ---- */

static bool has_version(const struct trusted *t, uint64_t version, struct error *err)
{
    return !version || trust_version_numbered(t, version) ||
           error_set(err, ERROR_INPUT, _("there is no version %llu of the directory here"),
                     (unsigned long long)version);
}

struct change {
    const struct trust_act *act;
    char *said;
};

/* By versions, and in each what is of a kind together, as it came, else as it reads. */
static int by_order(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    uint64_t v = x->act->version, w = y->act->version;

    if (v != w)
        return (v ? v : UINT64_MAX) < (w ? w : UINT64_MAX) ? -1 : 1;
    if (x->act->act.kind != y->act->act.kind)
        return x->act->act.kind < y->act->act.kind ? -1 : 1;
    int order = instant_compare(x->act->act.at, y->act->act.at);
    return order ? order : strcmp(x->said, y->said);
}

static bool is_change(const struct trust_act *act, uint64_t from, uint64_t to)
{
    bool technical = act->act.kind == DIR_APPROVE || act->act.kind == DIR_RELEASE;
    bool later = !act->version || act->version > from;
    bool within = !to || (act->version && act->version <= to);

    return act->standing == TRUST_COUNTS && !technical && later && within;
}

bool store_directory_diff(struct store *store, uint64_t from, uint64_t to, struct buf *out,
                          struct error *err)
{
    const struct trusted *t;
    size_t count = 0;

    if (!store_trust(store, &t, err) || !has_version(t, from, err) || !has_version(t, to, err))
        return false;
    struct change *list = xcalloc(t->act_count + 1, sizeof *list);
    for (size_t i = 0; i < t->act_count; i++) {
        struct buf said = BUF_INIT;
        if (!is_change(&t->acts[i], from, to))
            continue;
        trust_say(t, &t->acts[i], &said);
        list[count++] = (struct change){&t->acts[i], buf_detach(&said)};
    }
    qsort(list, count, sizeof *list, by_order);
    for (size_t i = 0; i < count; i++) {
        buf_addf(out, "%s\n", list[i].said);
        free(list[i].said);
    }
    free(list);
    return true;
}

static void warn_of_age(const struct trusted *t, struct date today, struct buf *out)
{
    const struct trust_version *v = trust_version_now(t);
    char day[DATE_SIZE];

    if (!v)
        return;
    date_format(v->until, day);
    if (trust_is_expired(t, today))
        buf_addf(out, _("version %llu of the directory was valid until %s: ask for a newer one\n"),
                 (unsigned long long)v->version, day);
    else if (date_days_between(today, v->until) <= DIRECTORY_AGE_DAYS)
        buf_addf(out, _("version %llu of the directory is valid until %s: ask for a newer one\n"),
                 (unsigned long long)v->version, day);
}

bool store_directory_warnings(struct store *store, struct buf *out, struct error *err)
{
    const struct trusted *t;
    struct instant now = {0};
    char text[INSTANT_SIZE];

    if (!store_trust(store, &t, err))
        return false;
    instant_parse(store_now(store, text), &now);
    warn_of_age(t, instant_date(now), out);
    trust_blocks_notes(t, out);
    return true;
}
