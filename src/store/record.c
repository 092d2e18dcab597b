/* SPDX-License-Identifier: MIT */
#include "amparo/store/record.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/gate.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/conversed.h"
#include "amparo/store/directory.h"
#include "amparo/store/draft.h"
#include "amparo/store/erase.h"
#include "amparo/store/incoming.h"
#include "amparo/store/persons.h"
#include "amparo/store/project.h"
#include "amparo/store/value.h"

void recorded_release(struct recorded *recorded)
{
    free(recorded->reference);
    free(recorded->number);
    json_decref(recorded->warnings);
    memset(recorded, 0, sizeof *recorded);
}

/* Acts of one case on their way through the transaction, one after the other. */
struct recording {
    struct store *store;
    const struct record_request *request; /* the present one */
    const struct act_type *type;
    const struct act_type *inner; /* of the act corrected */
    uint8_t case_id[CASE_ID];
    struct case_file c;
    json_t *directory;
    json_t *context; /* what the store attaches; NULL: nothing */
    json_t *kept;    /* the same, what stays here; borrowed */
    struct gate_findings findings;
    char now[INSTANT_SIZE];
};

/* What is of the present act alone. */
static void act_release_all(struct recording *r)
{
    json_decref(r->directory);
    json_decref(r->context);
    gate_findings_release(&r->findings);
    r->directory = r->context = r->kept = NULL;
    r->findings = (struct gate_findings){0};
}

static void recording_release(struct recording *r)
{
    case_release(&r->c);
    act_release_all(r);
}

/* ---- numbers ---- */

static bool next_reference(struct store *store, const char *now, char **reference,
                           struct error *err)
{
    int64_t year = strtoll(now, NULL, 10), last;

    if (!db_number(store, &last, 0, err, "SELECT max(number) FROM cases WHERE year = ?", "i", year))
        return false;
    *reference = xasprintf("%s-%04lld-%04lld", store->post.profile.code, (long long)year,
                           (long long)last + 1);
    return true;
}

/*
 * A note's number, of those that went out by the year that is written on it, of those that came in
 * by the year in which they are entered. A correction leaves it as it is.
 */
static bool number_note(struct recording *r, struct error *err)
{
    const json_t *payload = r->request->payload;
    struct note_place place = {.incoming = strcmp(payload_text(payload, "direction"), "in") == 0};
    const char *day = place.incoming ? r->now : payload_text(payload, "date");
    int64_t last;

    place.year = strtoll(*day ? day : r->now, NULL, 10);
    if (!db_number(r->store, &last, 0, err,
                   "SELECT max(number) FROM register WHERE incoming = ? AND year = ?", "ii",
                   (int64_t)place.incoming, place.year))
        return false;
    place.number = last + 1;
    char *number = note_place_text(&place);
    json_object_set_new(r->context, place.incoming ? note_entry_key : note_number_key,
                        json_string(number));
    free(number);
    return true;
}

/* ---- what the store attaches ---- */

/* A gate may have found several persons: its id stands once. */
static bool passed_has(const json_t *gates, const char *gate)
{
    size_t i;
    json_t *id;

    json_array_foreach(gates, i, id) if (!strcmp(json_string_value(id), gate)) return true;
    return false;
}

/* The gates that warned, or were overridden: kept with the act, whatever changes later. */
static void attach_passed(struct recording *r)
{
    for (size_t i = 0; i < r->findings.count; i++) {
        const struct gate_finding *f = &r->findings.list[i];
        const char *key =
            case_passed_keys[f->overridden ? CASE_PASSED_OVERRIDDEN : CASE_PASSED_WARNED];
        json_t *gates = json_object_get(r->context, key);

        if (!gates)
            json_object_set_new(r->context, key, gates = json_array());
        if (!passed_has(gates, f->gate))
            json_array_append_new(gates, json_string(f->gate));
    }
}

/* What an erasure takes beyond what its own log tells for ever: another copy may lack the rest. */
static void attach_superseded(struct recording *r)
{
    const char *of = json_string_value(json_object_get(r->request->payload, "of"));
    const struct entry *request = case_erase_request(&r->c, of);
    json_t *ids = case_superseded(&r->c, request);

    if (json_array_size(ids))
        json_object_set(r->context, case_superseded_key, ids);
    json_decref(ids);
}

/* Whose word it is, when it was said, and of a note whom it was addressed to. */
static void attach_arrival(struct recording *r)
{
    const struct record_arrival *arrival = r->request->arrival;

    if (arrival)
        json_object_set_new(r->context, case_dispatch_key, json_string(arrival->dispatch));
    if (arrival && arrival->addressed)
        json_object_set_new(r->context, case_addressed_key, json_string(arrival->addressed));
    if (arrival)
        json_object_set_new(r->context, case_said_key, json_string(arrival->said));
}

static bool attach(struct recording *r, struct error *err)
{
    enum act_kind kind = r->request->kind;

    r->context = json_object();
    attach_arrival(r);
    if (kind == ACT_OPEN)
        json_object_set_new(r->context, "reference", json_string(r->c.reference));
    if (kind == ACT_ERASE)
        attach_superseded(r);
    if (kind == ACT_POLL || kind == ACT_NOTE || kind == ACT_DETERMINE || kind == ACT_DECIDE)
        r->kept = r->directory;
    if (kind == ACT_NOTE && !number_note(r, err))
        return false;
    attach_passed(r);
    if (!json_object_size(r->context)) {
        json_decref(r->context);
        r->context = NULL;
    }
    return true;
}

/* ---- what somebody else changed meanwhile ---- */

/* Acts of which a later one takes the place of an earlier: by which keys the two are the same. */
static const struct {
    enum act_kind kind;
    const char *keys[3];
} replacing[] = {
    {ACT_OPEN, {NULL}},
    {ACT_PERSON, {"person"}},
    {ACT_SITUATION, {NULL}},
    {ACT_CHILD, {"person"}},
    {ACT_DETERMINE, {"requirement", "person"}},
    {ACT_DECIDE, {NULL}},
    {ACT_POLL, {"round"}},
    {ACT_REPLY, {"state", "round"}},
    {ACT_DECLINE, {"state", "note"}},
    {ACT_CHOOSE, {NULL}},
    {ACT_ANNUL, {"note"}},
    {ACT_ACCEPT, {"note"}},
    {ACT_COUNTERSIGN, {"of"}},
    {ACT_WITHDRAW, {"note"}},
    {ACT_CLOSE, {NULL}},
    {ACT_REOPEN, {NULL}},
    {ACT_CORRECT, {"of"}},
    {ACT_LIFT_LOCK, {"person"}},
    {ACT_HAND_OVER, {NULL}},
    {ACT_DOCUMENT, {"person", "document"}},
    {ACT_GROUP, {"group"}},
    {ACT_LINK, {"person", "case", "other"}},
    {ACT_UNLINK, {"person", "case", "other"}},
};

bool record_same_thing(enum act_kind kind, const json_t *a, const json_t *b)
{
    for (size_t i = 0; i < ARRAY_SIZE(replacing); i++) {
        if (replacing[i].kind != kind)
            continue;
        for (size_t k = 0; k < ARRAY_SIZE(replacing[i].keys) && replacing[i].keys[k]; k++) {
            json_t *x = json_object_get(a, replacing[i].keys[k]);
            json_t *y = json_object_get(b, replacing[i].keys[k]);
            if ((x || y) && !json_equal(x, y))
                return false;
        }
        return true;
    }
    return false;
}

static bool check_seen(const struct recording *r, struct error *err)
{
    const struct record_request *request = r->request;

    for (size_t i = 0; request->seen && i < r->c.count; i++) {
        const struct act *act = &r->c.acts[i];
        if (act->seq <= request->seen || act->kind != request->kind ||
            !record_same_thing(act->kind, act->payload, request->payload))
            continue;
        return error_set(err, ERROR_FAILED,
                         _("%s recorded the same at %s, while you were working on it; look at "
                           "it, then record yours as a correction or anew"),
                         act->by, act->at);
    }
    return true;
}

/* ---- the steps ---- */

static bool begin_case(struct recording *r, struct error *err)
{
    char *reference;

    if (r->request->kind != ACT_OPEN)
        return error_set(err, ERROR_INPUT, _("a new case begins with the act open"));
    if (!next_reference(r->store, r->now, &reference, err))
        return false;
    randombytes_buf(r->case_id, CASE_ID);
    case_init(&r->c, reference, r->store->post.profile.state);
    free(reference);
    return true;
}

static bool load_case(struct recording *r, struct error *err)
{
    if (!r->request->reference)
        return begin_case(r, err);
    if (r->request->kind == ACT_OPEN)
        return error_set(err, ERROR_INPUT, _("%s: is open already; correct changes what was said"),
                         r->request->reference);
    return case_load_named(r->store, r->request->reference, NULL, r->case_id, &r->c, err);
}

/* The act that a correction speaks of, to know the fields of the payload in it. */
static bool find_inner(struct recording *r, struct error *err)
{
    const char *of = json_string_value(json_object_get(r->request->payload, "of"));
    const struct entry *e;

    if (r->request->kind != ACT_CORRECT)
        return true;
    e = of ? case_entry(&r->c, of) : NULL;
    if (!e || e->act->kind == ACT_CORRECT)
        return error_set(err, ERROR_INPUT, _("of: \"%s\" is no act of this case to correct"),
                         of ? of : "");
    r->inner = act_type(e->act->kind);
    return payload_check_at(r->inner, json_object_get(r->request->payload, "payload"), "",
                            r->request->arrival != NULL, err);
}

/* The other person of a link is in another case: the store's to know. */
static bool check_link(struct recording *r, struct error *err)
{
    const json_t *payload = r->request->payload;

    if (r->inner)
        payload = json_object_get(payload, "payload");
    return (r->inner ? r->inner : r->type)->kind != ACT_LINK ||
           persons_check_link(r->store, &r->c, payload, err);
}

static bool directory_now(struct recording *r, struct error *err)
{
    char today[DATE_SIZE];
    bool opened = r->c.count > 0;
    const char *state =
        opened ? case_receiving_state(&r->c)
               : json_string_value(json_object_get(r->request->payload, "receiving_state"));

    memcpy(today, r->now, DATE_SIZE - 1);
    today[DATE_SIZE - 1] = '\0';
    r->directory =
        store_directory_slice(r->store, state ? state : "", opened ? &r->c : NULL, today, err);
    return r->directory != NULL;
}

static bool ask_gates(struct recording *r, struct error *err)
{
    const struct record_request *request = r->request;
    struct gate_input in = {.c = &r->c,
                            .kind = request->kind,
                            .payload = request->payload,
                            .directory = r->directory,
                            .now = r->now,
                            .said = request->arrival ? request->arrival->said : NULL,
                            .role = r->store->me.role,
                            .signer = r->store->me.key,
                            .secretariat = post_is_secretariat(&r->store->post.profile),
                            .heads = post_state_heads(&r->store->post),
                            .enrolled =
                                post_state_enrolled(&r->store->post, r->store->me.key, INT64_MAX)};

    return gate_check(&in, request->language ? request->language : reader_language, &r->findings) ||
           gate_refusal(&r->findings, err);
}

/* Lists are written once, after the last act; but the numbers of notes are counted in them. */
static bool write_act(struct recording *r, bool last, struct logged *logged, struct error *err)
{
    const struct record_request *request = r->request;
    struct new_act new = {.case_id = r->case_id,
                          .kind = request->kind,
                          .inner = r->inner,
                          .payload = request->payload,
                          .context = r->context,
                          .kept = r->kept};
    struct act act;

    instant_parse(r->now, &new.at);
    if (!log_append(r->store, &new, logged, err))
        return false;
    if (!log_act(&r->store->post, logged, &act))
        BUG("an act that was just written cannot be read");
    case_add(&r->c, &act);
    if (request->kind == ACT_ERASE && !erase_now(r->store, r->case_id, &r->c, err))
        return false;
    if (request->kind != ACT_ERASE && (last || request->kind == ACT_NOTE) &&
        !projection_write(r->store, r->case_id, &r->c, err))
        return false;
    return keys_protect(r->store, &r->c, err) &&
           (!request->draft || store_draft_drop(r->store, request->draft, err));
}

static void report(const struct recording *r, const struct logged *logged, struct recorded *out)
{
    const char *number = json_string_value(json_object_get(r->context, note_number_key));

    if (!number)
        number = json_string_value(json_object_get(r->context, note_entry_key));
    *out = (struct recorded){.reference = xstrdup(r->c.reference),
                             .seq = logged->seq,
                             .number = number ? xstrdup(number) : NULL,
                             .warnings = json_array()};
    act_id_hex(logged->bytes.id, out->id);
    for (size_t i = 0; i < r->findings.count; i++) {
        const struct gate_finding *f = &r->findings.list[i];
        json_array_append_new(out->warnings,
                              json_pack("{s:s, s:s, s:s, s:b}", "gate", f->gate, "article",
                                        f->article, "text", f->text, "overridden", f->overridden));
    }
}

static bool check_case(const struct recording *r, struct error *err)
{
    const struct record_request *request = r->request;

    return request->arrival
               ? case_check_received(&r->c, request->kind, request->payload, r->now, err)
               : case_check(&r->c, request->kind, request->payload, r->now, err);
}

/* What the owner of a case said of it, and is in no act here: an officer's act is held against it.
 */
static bool ask_correspondence(struct recording *r, struct error *err)
{
    const struct record_request *request = r->request;

    return request->arrival || !r->c.count ||
           conversed_allows(r->store, r->case_id, &r->c, request->kind, request->payload, r->now,
                            err);
}

/* The next act of the case that is loaded. */
static bool record_one(struct recording *r, bool last, struct recorded *out, struct error *err)
{
    struct logged logged = {.bytes = ACT_BYTES_INIT};

    act_release_all(r);
    r->type = act_type(r->request->kind);
    r->inner = NULL;
    if (r->request->kind == ACT_OPEN && r->c.count)
        return error_set(err, ERROR_INPUT, _("%s: is open already; correct changes what was said"),
                         r->c.reference);
    bool ok = find_inner(r, err) && check_seen(r, err) && check_case(r, err) &&
              check_link(r, err) && directory_now(r, err) && ask_gates(r, err) &&
              ask_correspondence(r, err) && attach(r, err) && write_act(r, last, &logged, err);
    if (ok && out)
        report(r, &logged, out);
    logged_release(&logged);
    return ok;
}

static bool record_within(struct recording *r, const struct record_request *requests, size_t count,
                          struct recorded *out, size_t *at, struct error *err)
{
    if (!post_refresh(r->store, err) || !load_case(r, err))
        return false;
    for (*at = 0; *at < count; ++*at) {
        r->request = &requests[*at];
        if (!record_one(r, *at + 1 == count, out ? &out[*at] : NULL, err))
            return false;
    }
    return requests->arrival || incoming_retry(r->store, r->case_id, err);
}

static bool check_payloads(const struct record_request *requests, size_t count, size_t *at,
                           struct error *err)
{
    for (*at = 0; *at < count; ++*at)
        if (!payload_check_at(act_type(requests[*at].kind), requests[*at].payload, "",
                              requests[*at].arrival != NULL, err) ||
            !value_check(requests[*at].payload, "", err))
            return false;
    return true;
}

bool store_record_all(struct store *store, const struct record_request *requests, size_t count,
                      struct recorded *out, size_t *at, struct error *err)
{
    struct recording r = {.store = store, .request = requests};
    size_t place;

    at = at ? at : &place;
    if (!check_payloads(requests, count, at, err) || !db_begin(store, err))
        return false;
    if (out)
        memset(out, 0, count * sizeof *out);
    store_now(store, r.now);
    bool ok = db_end(store, record_within(&r, requests, count, out, at, err), err);
    for (size_t i = 0; !ok && out && i < count; i++)
        recorded_release(&out[i]);
    recording_release(&r);
    return ok;
}

bool store_record(struct store *store, const struct record_request *request, struct recorded *out,
                  struct error *err)
{
    return store_record_all(store, request, 1, out, NULL, err);
}
