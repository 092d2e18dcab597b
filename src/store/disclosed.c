/* SPDX-License-Identifier: MIT */
#include "amparo/store/disclosed.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/caseload.h"
#include "amparo/store/trustlog.h"
#include "outgoing_work.h"

void disclosed_release(struct disclosed *d)
{
    for (size_t i = 0; i < d->count; i++)
        act_bytes_release(&d->list[i]);
    free(d->list);
    *d = (struct disclosed){.count = 0};
}

struct disclosing {
    struct store *store;
    const struct disclosure *how;
    const struct trusted *trust;
    struct case_over over;
    struct disclosed *out;
};

/* ---- who may have what of it ---- */

/* The State of who wrote it, or CODE_SECRETARIAT; "" where nobody knows. */
static const char *code_of(const struct disclosing *x, const struct kept_dispatch *d)
{
    const struct trust_post *post = trust_post_of(x->trust, d->core.author);

    if (d->ours)
        return x->over.c.post_state;
    return !post ? "" : post->secretariat ? CODE_SECRETARIAT : post->state;
}

static bool is_for(const struct disclosing *x, const struct kept_dispatch *d)
{
    return !x->how->code || audience_has(&d->core.audience, x->how->code) ||
           strcmp(code_of(x, d), x->how->code) == 0;
}

/* The highest class of its fields that the reader gets. What others said goes back to them, and to
 * our own State. */
static enum field_class most_of(const struct disclosing *x, const struct kept_dispatch *d,
                                enum act_kind kind, const json_t *about)
{
    const struct case_file *c = &x->over.c;
    const char *code = x->how->code;

    if (!code || !x->how->identity)
        return CLASS_P0;
    if (d->ours)
        return travel_class(c, kind, about, code);
    return strcmp(code, c->post_state) == 0 || strcmp(code, code_of(x, d)) == 0 ? CLASS_P2
                                                                                : CLASS_P0;
}

/* Keeps what may go present. False: not even the core may. */
static bool disclose(const struct disclosing *x, struct kept_dispatch *d,
                     const struct act_type *inner, const json_t *here, bool whole)
{
    const struct case_file *c = &x->over.c;
    const struct act_type *type = act_type((enum act_kind)d->core.kind);
    const json_t *about = inner ? json_object_get(here, "payload") : here;
    struct audience audience = {.kind = AUDIENCE_SECRETARIAT}; /* who may have least */
    uint64_t classes[PARTS] = {0};

    if (x->how->code)
        audience = outbound_audience(c, type->kind, x->how->code);
    json_t *redacted = redact_payload(c, type->kind, here, &audience);
    enum field_class most = most_of(x, d, inner ? inner->kind : type->kind, about);
    bool open = act_bytes_classes(&d->bytes, classes) &&
                !outbound_taken(type, inner, redacted, CLASS_P0) &&
                !redact_keeps_off_paper(c, about, &audience);
    for (size_t i = 0; i < d->bytes.count; i++)
        if (!whole || classes[i] > (uint64_t)most ||
            outbound_taken(type, inner, redacted, (enum field_class)classes[i]))
            d->bytes.parts[i].present = false;
    json_decref(redacted);
    return open;
}

/* What is corrected, by the act here that says the same; NULL of what is no correction. */
static const struct act_type *corrected(const struct disclosing *x, const struct kept_dispatch *d)
{
    const struct entry *e = case_over_entry(&x->over, d->act);
    const struct entry *of =
        e && d->core.kind == ACT_CORRECT ? case_entry(&x->over.c, entry_text(e, "of")) : NULL;

    return of ? act_type(of->act->kind) : NULL;
}

static bool has_left(struct store *store, const struct kept_dispatch *d, bool *left,
                     struct error *err)
{
    int64_t sent = 1;
    bool ok = !d->ours || db_number(store, &sent, 0, err,
                                    "SELECT count(*) FROM deliveries WHERE dispatch = ? AND "
                                    "sent_at IS NOT NULL",
                                    "i", d->place);

    *left = sent > 0;
    return ok;
}

/* ---- all of them ---- */

static void keep(struct disclosed *out, struct kept_dispatch *d)
{
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    out->list[out->count] = d->bytes;
    d->bytes = (struct act_bytes)ACT_BYTES_INIT;
    outbound_wipe(&out->list[out->count++]);
}

static bool consider(struct disclosing *x, struct kept_dispatch *d, struct error *err)
{
    const struct act_type *inner = corrected(x, d);
    const struct field *lost = NULL;
    bool left;

    if (!has_left(x->store, d, &left, err))
        return false;
    if (!left) {
        x->out->unsent++;
        return true;
    }
    /* A correction of nothing that is here could say anything. */
    if (!is_for(x, d) || !act_kind_known(d->core.kind) || (d->core.kind == ACT_CORRECT && !inner)) {
        x->out->left_out++;
        return true;
    }
    json_t *here = case_over_payload(&x->over, d, inner, &lost);
    if (!here)
        return error_set(err, ERROR_VAULT,
                         _("dispatch %lld of the file cannot be read; `amparo verify` says more"),
                         (long long)d->place);
    if (disclose(x, d, inner, here, !lost))
        keep(x->out, d);
    else
        x->out->left_out++;
    json_decref(here);
    return true;
}

static int by_time(const void *a, const void *b)
{
    const struct kept_dispatch *x = a, *y = b;
    int by = instant_compare(x->core.at, y->core.at);

    return by ? by : (x->place > y->place) - (x->place < y->place);
}

static bool disclose_all(struct disclosing *x, struct error *err)
{
    struct kept_dispatches kept;
    bool ok = dispatches_of_case(x->store, &x->over.key, &kept, err);

    if (ok && kept.count)
        qsort(kept.list, kept.count, sizeof *kept.list, by_time);
    for (size_t i = 0; ok && i < kept.count; i++)
        ok = consider(x, &kept.list[i], err);
    kept_dispatches_release(&kept);
    return ok;
}

/* The case as all posts name it. */
static bool find_key(struct store *store, const char *reference, uint8_t case_id[CASE_ID],
                     struct case_key *key, struct error *err)
{
    struct case_file c;
    bool known;

    if (!case_load_named(store, reference, NULL, case_id, &c, err))
        return false;
    bool opener = !strcmp(case_role(&c), "requesting");
    case_release(&c);
    return case_key_of(store, case_id, opener, key, &known, err) &&
           (known || error_set(err, ERROR_INPUT, _("%s: no other post knows of this case by pouch"),
                               reference));
}

/* As the access log names who reads. */
static const char *recipient(const struct disclosing *x)
{
    const char *code = x->how->code;

    if (!code)
        return "";
    if (strcmp(code, CODE_SECRETARIAT) == 0)
        return "secretariat";
    return strcmp(code, x->store->post.profile.state) == 0 ? "capital" : code;
}

static bool within(struct disclosing *x, const char *reference, struct error *err)
{
    const struct access access = {.kind = ACCESS_EXPORT,
                                  .reference = reference,
                                  .what = "dossier",
                                  .recipient = recipient(x)};
    uint8_t case_id[CASE_ID];
    struct case_key key;

    if ((!x->how->look && !access_enter(x->store, &access, &x->out->entered, err)) ||
        !find_key(x->store, reference, case_id, &key, err) ||
        !store_trust(x->store, &x->trust, err) ||
        !case_over_load(x->store, case_id, &key, &x->over, err))
        return false;
    memcpy(x->out->opener, key.opener, OPENER);
    memcpy(x->out->number, key.id, CASE_NUMBER);
    bool ok = disclose_all(x, err);
    case_over_release(&x->over);
    if (ok && !x->out->count)
        ok = error_set(err, ERROR_INPUT,
                       x->out->left_out
                           ? _("%s: nothing of it was for that reader, or may go to it")
                           : _("%s: nothing of this case has left the post or come in by a pouch"),
                       reference);
    return ok;
}

bool store_disclosed(struct store *store, const char *reference, const struct disclosure *how,
                     struct disclosed *out, struct error *err)
{
    struct disclosing x = {.store = store, .how = how, .out = out};

    *out = (struct disclosed){.count = 0};
    if (how->identity && !how->code)
        return error_set(err, ERROR_INPUT, _("identity goes to somebody: say to which State"));
    if (how->identity && strcmp(how->code, CODE_SECRETARIAT) == 0)
        return error_set(err, ERROR_REFUSED, _("5: the Technical Secretariat never gets identity"));
    if (!post_refresh(store, err))
        return false;
    if (store->me.role == ROLE_CLERK)
        return error_set(err, ERROR_REFUSED, _("a clerk reads only"));
    return access_kept(db_begin(store, err) && db_end(store, within(&x, reference, err), err),
                       &out->entered);
}
