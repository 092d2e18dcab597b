/* SPDX-License-Identifier: MIT */
/* What verify asks of dispatches: that they are as they were signed, filed as what they are, and
 * say what the acts say that they are linked with. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/arrival.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "outgoing_work.h"
#include "verify_work.h"

static void fault(struct checking *p, int64_t place, const char *what)
{
    if (p->faults++ < NAMED_MOST)
        error_set(p->err, ERROR_VAULT, _("dispatch %lld: %s"), (long long)place, _(what));
}

/* Of a file that is known to have lost something, more may be missing than acts and parts. */
static void missing(struct checking *p, int64_t place, const char *what)
{
    if (p->store->post.losses.count || p->store->post.losses.part_count)
        buf_addf(&p->out->notes, _("dispatch %lld: %s\n"), (long long)place, _(what));
    else
        fault(p, place, what);
}

/* ---- each by itself ---- */

static void check_one(struct checking *p, const struct kept_dispatch *d)
{
    const char *why = NULL;

    if (!act_bytes_check(&d->bytes, &why))
        fault(p, d->place, why);
    if (d->ours && memcmp(d->core.author, p->post.author, AUTHOR) != 0)
        fault(p, d->place, N_("is said to be ours, and is not"));
    for (size_t i = 0; d->ours && !d->erased && i < d->bytes.count; i++)
        if (!d->bytes.parts[i].present)
            missing(p, d->place, N_("a part of it is missing"));
}

/* The columns by which they are searched are copies of what the core says. */
static bool check_filed(struct checking *p, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(p->store, err,
                                 "SELECT place, core, kind, case_id, opener, author, incarnation, "
                                 "sequence FROM dispatches ORDER BY place",
                                 "");

    if (!row)
        return false;
    while (db_step(p->store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct case_key key = {{0}, {0}}, filed;
        struct core core;
        uint8_t author[AUTHOR];
        buf_add(&a.core, sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1));
        bool ok = cbor_check(a.core.data, a.core.size, NULL, NULL) && act_bytes_core(&a, &core);
        if (ok)
            dispatch_case(&core, &key);
        ok = ok && db_int(row, 2) == (int64_t)core.kind && db_bytes(row, 3, filed.id, CASE_ID) &&
             db_bytes(row, 4, filed.opener, OPENER) && memcmp(&filed, &key, sizeof key) == 0 &&
             db_bytes(row, 5, author, AUTHOR) && memcmp(author, core.author, AUTHOR) == 0 &&
             db_int(row, 6) == (int64_t)core.incarnation &&
             db_int(row, 7) == (int64_t)core.sequence;
        if (!ok)
            fault(p, db_int(row, 0), N_("is filed as what it is not"));
        buf_release(&a.core);
    }
    return !failed;
}

bool verify_dispatches(struct checking *p, struct error *err)
{
    struct kept_dispatches all;
    struct error found = ERROR_INIT;
    bool ok = dispatches_all(p->store, &all, &found);

    for (size_t i = 0; ok && i < all.count; i++)
        check_one(p, &all.list[i]);
    kept_dispatches_release(&all);
    if (!ok && found.kind == ERROR_VAULT) {
        if (p->faults++ < NAMED_MOST)
            error_set(p->err, ERROR_VAULT, "%s", error_text(&found));
        ok = true;
    } else if (!ok) {
        error_set(err, found.kind, "%s", error_text(&found));
    }
    error_release(&found);
    return ok && check_filed(p, err);
}

/* ---- against the acts of its case ---- */

struct comparing {
    struct checking *p;
    struct case_over over; /* `c` is borrowed */
    struct kept_dispatches kept;
    struct case_file *elsewhere; /* the case by each of the erasures of other copies */
};

static bool is_present(const struct kept_dispatch *d)
{
    for (size_t i = 0; i < d->bytes.count; i++)
        if (!d->bytes.parts[i].present)
            return false;
    return true;
}

/* Keys that an act has, of what a dispatch says, in another form. */
static bool is_turned(enum act_kind kind, const char *key)
{
    static const char *const of_note[] = {"direction", "from", "to", "number"};

    for (size_t i = 0; kind == ACT_NOTE && i < ARRAY_SIZE(of_note); i++)
        if (!strcmp(of_note[i], key))
            return true;
    return !strcmp(key, act_transcribed_field.key) || !strcmp(key, act_override_field.key) ||
           !strcmp(key, act_doubts_field.key) || (kind == ACT_PERSON && !strcmp(key, "person"));
}

/* All that the dispatch says, the act says; and nothing that the dispatch, where all of it is here,
 * does not. */
static bool says_it(enum act_kind kind, const struct act_type *inner, const json_t *act,
                    const json_t *here, bool whole)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)act, key, value)
    {
        const json_t *said = json_object_get(here, key);
        if (is_turned(kind, key) || (!said && !whole))
            continue;
        if (kind == ACT_CORRECT && inner && !strcmp(key, "payload") && said) {
            if (!says_it(inner->kind, NULL, value, said, whole))
                return false;
            continue;
        }
        if (!said || !json_equal(value, said))
            return false;
    }
    return true;
}

/* What of ours was sent stood so at some time: in the act, or in one of its corrections. */
static bool was_said(const struct comparing *c, const struct entry *e, const char *key,
                     const json_t *value)
{
    char id[2 * ACT_ID_SIZE + 1];
    bool found = json_equal(json_object_get(e->act->payload, key), value);

    act_id_hex(e->act->id, id);
    for (const struct entry *k = NULL; !found && (k = case_next(&c->over.c, k, ACT_CORRECT));)
        if (!strcmp(entry_text(k, "of"), id))
            found = json_equal(json_object_get(json_object_get(k->act->payload, "payload"), key),
                               value);
    return found;
}

static bool ours_says_it(const struct comparing *c, const struct entry *e, const json_t *here)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)here, key, value)
    {
        if (e->act->kind == ACT_CORRECT && !strcmp(key, "payload"))
            continue; /* in part, as its readers may have it */
        if (!was_said(c, e, key, value) && !e->act->erased)
            return false;
    }
    return true;
}

static const struct act_type *corrected(const struct comparing *c, const struct entry *e)
{
    const struct entry *of = e->act->kind == ACT_CORRECT
                                 ? case_entry(&c->over.c, payload_text(e->act->payload, "of"))
                                 : NULL;

    return of ? act_type(of->act->kind) : NULL;
}

static bool is_recorded_of(const struct entry *e, const struct kept_dispatch *d)
{
    const char *named = json_string_value(json_object_get(e->act->context, case_dispatch_key));
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(d->bytes.id, id);
    return named && strcmp(named, id) == 0;
}

/* The hour by which the gates were asked; older files keep none. */
static bool is_of_its_hour(const struct entry *e, const struct kept_dispatch *d)
{
    const char *said = payload_text(e->act->context, case_said_key);
    char at[INSTANT_SIZE];

    instant_format(d->core.at, at);
    return !*said || strcmp(said, at) == 0;
}

static bool agrees(const struct comparing *c, const struct kept_dispatch *d, const struct entry *e)
{
    const struct act_type *inner = corrected(c, e);
    json_t *here = case_over_payload(&c->over, d, inner, NULL);
    bool ok = here && (unsigned)e->act->kind == d->core.kind;

    if (ok && d->ours)
        ok = ours_says_it(c, e, here);
    else if (ok && is_recorded_of(e, d))
        ok = is_of_its_hour(e, d) &&
             says_it(e->act->kind, inner, e->act->payload, here, is_present(d) && !e->act->erased);
    else if (ok) /* taken down before: a note's number and sender are not in its payload */
        ok = e->act->erased || !is_present(d) || e->act->kind == ACT_NOTE ||
             arrival_same(e->act->kind, e->act->payload, here) || e->act->kind == ACT_PERSON;
    json_decref(here);
    return ok;
}

static bool goes(const struct comparing *c, const struct kept_dispatch *d)
{
    bool it = dispatch_goes(&c->over.c, &c->over.persons, d);

    for (size_t i = 0; !it && c->elsewhere && i < c->p->replays.count; i++)
        it = dispatch_goes(&c->elsewhere[i], &c->over.persons, d);
    return it;
}

static bool has_parts(const struct kept_dispatch *d)
{
    for (size_t i = 0; i < d->bytes.count; i++)
        if (d->bytes.parts[i].present)
            return true;
    return false;
}

static void compare_one(struct comparing *c, const struct kept_dispatch *d)
{
    const struct entry *e = d->act ? case_over_entry(&c->over, d->act) : NULL;

    if (d->act && !e)
        missing(c->p, d->place,
                N_("the act that says the same is not one that counts in its case"));
    else if (e && !agrees(c, d, e))
        fault(c->p, d->place, N_("does not say what the act says that it is linked with"));
    if (has_parts(d) && goes(c, d))
        fault(c->p, d->place, N_("a part of it that was erased is there"));
}

/* Acts that were recorded of a dispatch name it. */
static void compare_acts(struct comparing *c)
{
    for (size_t i = 0; i < c->over.c.count; i++) {
        const struct entry *e = &c->over.c.entries[i];
        bool there = !json_object_get(e->act->context, case_dispatch_key);
        for (size_t k = 0; !there && k < c->kept.count; k++)
            there = is_recorded_of(e, &c->kept.list[k]);
        if (!there && (c->p->store->post.losses.count || c->p->store->post.losses.part_count))
            buf_addf(&c->p->out->notes, _("act %lld: the dispatch that it names is not here\n"),
                     (long long)e->act->seq);
        else if (!there)
            verify_fault(c->p, e->act->seq, N_("the dispatch that it names is not here"));
    }
}

static bool load_elsewhere(struct comparing *c, const uint8_t *case_id, struct error *err)
{
    bool erases, ok = true;

    if (!c->p->replays.count)
        return true;
    c->elsewhere = xcalloc(c->p->replays.count, sizeof *c->elsewhere);
    for (size_t i = 0; ok && i < c->p->replays.count; i++)
        ok = replay_case(c->p->store, &c->p->replays.list[i], case_id, &c->elsewhere[i], &erases,
                         err);
    return ok;
}

static void release(struct comparing *c)
{
    for (size_t i = 0; c->elsewhere && i < c->p->replays.count; i++)
        case_release(&c->elsewhere[i]);
    free(c->elsewhere);
    kept_dispatches_release(&c->kept);
    persons_over_release(&c->over.persons);
}

bool verify_correspondence(struct checking *p, const uint8_t *case_id, const struct case_file *c,
                           struct error *err)
{
    struct comparing k = {.p = p, .over = {.store = p->store, .c = *c}};
    bool opened_here = strcmp(case_role(c), "requesting") == 0, known;
    struct error found = ERROR_INIT;

    if (!case_key_of(p->store, case_id, opened_here, &k.over.key, &known, err))
        return false;
    if (!known)
        return true;
    bool ok = dispatches_of_case(p->store, &k.over.key, &k.kept, &found);
    bool damaged = !ok && found.kind == ERROR_VAULT; /* verify_dispatches() has said so */
    if (!ok && !damaged)
        error_set(err, found.kind, "%s", error_text(&found));
    error_release(&found);
    ok = ok && persons_over_load(p->store, &k.over.key, c, opened_here, &k.over.persons, err) &&
         load_elsewhere(&k, case_id, err);
    for (size_t i = 0; ok && i < k.kept.count; i++)
        compare_one(&k, &k.kept.list[i]);
    if (ok)
        compare_acts(&k);
    release(&k);
    return ok || damaged;
}
