/* SPDX-License-Identifier: MIT */
#include "amparo/store/caseload.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/agreement/gate.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/casesigned.h"
#include "amparo/store/directory.h"
#include "amparo/store/likely.h"
#include "amparo/store/record.h"
#include "amparo/store/regate.h"
#include "amparo/store/replay.h"

bool case_find(struct store *store, const char *reference, uint8_t case_id[CASE_ID], char **written,
               struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT case_id, reference FROM cases WHERE reference = upper(?)", "t",
                 reference);

    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed && error_set(err, ERROR_INPUT, _("%s: there is no case %s; see amparo list"),
                                    store->path, reference);
    bool whole = db_bytes(row, 0, case_id, CASE_ID);
    if (whole && written)
        *written = db_text(row, 1);
    db_done(row);
    return whole ||
           error_set(err, ERROR_VAULT, _("%s: its entry in the list is damaged"), reference);
}

/* ---- folding ---- */

/* Can the fold take it? A correction has the shape of what it corrects. */
static bool is_shaped(const struct case_file *c, const struct act *act)
{
    const struct entry *e;

    if (!payload_shaped(act_type(act->kind), act->payload))
        return false;
    if (act->kind != ACT_CORRECT)
        return true;
    e = case_entry(c, payload_text(act->payload, "of"));
    return e && e->act->kind != ACT_CORRECT &&
           payload_shaped(act_type(e->act->kind), json_object_get(act->payload, "payload"));
}

static bool corrects_final(const struct case_file *c, const struct act *act)
{
    return case_is_final(case_entry(c, payload_text(act->payload, "of"))->act->kind);
}

/* What a role may do, beside the gates that were asked when the act was recorded; and that a case
 * is opened first, and once. */
static const char *not_allowed(const struct case_file *c, const struct act *act)
{
    if (!*act->by)
        return N_("signed by a key that had no role");
    if (act->role == ROLE_CLERK)
        return N_("a clerk reads only");
    if (!c->count && act->kind != ACT_OPEN)
        return N_("before the case was opened");
    if (c->count && act->kind == ACT_OPEN)
        return N_("the case was open already");
    if (!is_shaped(c, act))
        return N_("its content is not of the form that such an act has");
    if (act->kind == ACT_CORRECT && corrects_final(c, act))
        return N_("what it corrects stands as it was signed");
    if (act->role == ROLE_HEAD)
        return NULL;
    if (act->kind == ACT_LIFT_LOCK)
        return N_("only a head of post lifts a protection lock");
    if (json_object_get(act->payload, "override") &&
        strcmp(case_priority(c), "life_threatening") != 0)
        return N_("only a head of post sets a gate aside");
    return NULL;
}

struct loading {
    struct store *store;
    const struct date *until;
    int64_t last;    /* seq of the last act that is read; 0: all */
    int64_t ungated; /* up to this act the gates cannot be asked any more */
    struct case_file *c;
    struct buf *notes;
    struct buf gated; /* what the gates would have refused, so far */
};

static void note(const struct loading *l, const struct logged *logged, const char *why)
{
    if (l->notes)
        buf_addf(l->notes, _("%s: act %lld does not count: %s\n"), l->c->reference,
                 (long long)logged->seq, _(why));
}

/* An act that cannot be read: one that would not count anyway stops nobody. */
static bool unreadable(const struct loading *l, const struct logged *logged, enum role role,
                       struct error *err)
{
    bool of_the_post = logged->core.kind >= POST_GENESIS && any_act_type(logged->core.kind);

    if (role != ROLE_CLERK && !of_the_post)
        return error_set(err, ERROR_VAULT,
                         _("act %lld holds what this version does not know; use a newer one"),
                         (long long)logged->seq);
    note(l, logged, of_the_post ? N_("an act of the post within a case") : N_("unreadable"));
    return true;
}

static void take_reference(struct case_file *c, const struct act *open)
{
    const char *reference = json_string_value(json_object_get(open->context, "reference"));

    if (!reference)
        return;
    free(c->reference);
    c->reference = xstrdup(reference);
}

/* Acts of erasing count only as the gates allow; of others it is noted what the gates say. After an
 * erasure they can no longer be asked about what was before it. */
static bool passes(struct loading *l, const struct logged *logged, const struct act *act)
{
    struct buf why = BUF_INIT;
    bool counts = !case_is_final(act->kind) || regate_passes(l->c, act, &l->store->post, &why);

    if (!counts)
        note(l, logged, buf_text(&why));
    else if (act->kind == ACT_ERASE)
        buf_clear(&l->gated);
    else if (l->notes && !act->erased && act->seq > l->ungated)
        regate_note(l->c, act, &l->store->post, &l->gated);
    buf_release(&why);
    return counts;
}

static bool load_act(void *ctx, const struct logged *logged, struct error *err)
{
    struct loading *l = ctx;
    struct act act;

    if ((l->until && date_compare(instant_date(logged->core.at), *l->until) > 0) ||
        (l->last && logged->seq > l->last))
        return true;
    if (!log_act(&l->store->post, logged, &act))
        return unreadable(l, logged, act.role, err);
    const char *why = not_allowed(l->c, &act);
    if (why) {
        note(l, logged, why);
        act_release(&act);
        return true;
    }
    if (act.kind == ACT_OPEN)
        take_reference(l->c, &act);
    if (!passes(l, logged, &act)) {
        act_release(&act);
        return true;
    }
    case_add(l->c, &act);
    return true;
}

static bool load(struct loading *l, const uint8_t case_id[CASE_ID], struct error *err)
{
    struct store *store = l->store;

    case_init(l->c, "?", store->post.profile.state ? store->post.profile.state : "");
    buf_init(&l->gated);
    bool ok = (!l->notes || replay_reach(store, case_id, &l->ungated, err)) &&
              log_read(store, case_id, 0, load_act, l, err);
    if (ok && l->notes)
        buf_add(l->notes, l->gated.data, l->gated.size);
    buf_release(&l->gated);
    if (!ok)
        case_release(l->c);
    return ok;
}

bool case_load(struct store *store, const uint8_t case_id[CASE_ID], const struct date *until,
               struct case_file *out, struct buf *notes, struct error *err)
{
    struct loading loading = {.store = store, .until = until, .c = out, .notes = notes};
    char now[INSTANT_SIZE];

    if (!load(&loading, case_id, err))
        return false;
    case_set_today(out, until ? date_format(*until, now) : store_now(store, now));
    return true;
}

bool case_load_upto(struct store *store, const uint8_t case_id[CASE_ID], int64_t seq,
                    const struct date *until, struct case_file *out, struct error *err)
{
    struct loading loading = {.store = store, .until = until, .last = seq, .c = out};

    return load(&loading, case_id, err);
}

bool case_load_named(struct store *store, const char *reference, const struct date *until,
                     uint8_t case_id[CASE_ID], struct case_file *out, struct error *err)
{
    if (!case_find(store, reference, case_id, NULL, err) ||
        !case_load(store, case_id, until, out, NULL, err))
        return false;
    if (!out->count || strcasecmp(out->reference, reference) == 0)
        return true;
    case_release(out);
    return error_set(err, ERROR_VAULT, _("%s: its entry in the list is damaged"), reference);
}

bool store_case(struct store *store, const char *reference, struct case_file *out,
                struct error *err)
{
    uint8_t id[CASE_ID];

    return post_refresh(store, err) && case_load_named(store, reference, NULL, id, out, err);
}

bool store_case_as_of(struct store *store, const char *reference, const char *date,
                      struct case_file *out, struct error *err)
{
    uint8_t id[CASE_ID];
    struct date until;

    if (!date_parse(date, &until))
        return error_set(err, ERROR_INPUT, _("\"%s\" is no date; write YYYY-MM-DD"), date);
    if (!post_refresh(store, err) || !case_load_named(store, reference, &until, id, out, err))
        return false;
    if (out->count)
        return true;
    case_release(out);
    return error_set(err, ERROR_INPUT, _("%s: was not yet open on %s"), reference, date);
}

/* ---- what is asked of a case ---- */

json_t *store_case_directory(struct store *store, const struct case_file *c, const char *on,
                             struct error *err)
{
    char today[INSTANT_SIZE];

    if (!on) {
        store_now(store, today);
        today[DATE_SIZE - 1] = '\0';
    }
    const char *state = case_receiving_state(c);
    return store_directory_slice(store, state ? state : "", c, on ? on : today, err);
}

/* For who opened the store, now; `now` has room for INSTANT_SIZE. The directory is the caller's to
 * release; false where there is none. */
static bool input_now(struct store *store, const struct case_file *c, struct gate_input *in,
                      json_t **directory, char *now, struct error *err)
{
    *directory = store_case_directory(store, c, NULL, err);
    *in = (struct gate_input){.c = c,
                              .directory = *directory,
                              .now = store_now(store, now),
                              .role = store->me.role,
                              .signer = store->me.key,
                              .secretariat = post_is_secretariat(&store->post.profile),
                              .heads = post_state_heads(&store->post),
                              .enrolled =
                                  post_state_enrolled(&store->post, store->me.key, INT64_MAX)};
    return *directory != NULL;
}

json_t *store_case_missing(struct store *store, const struct case_file *c, translate_fn *language,
                           struct error *err)
{
    char now[INSTANT_SIZE];
    struct gate_input in;
    json_t *directory;

    if (!input_now(store, c, &in, &directory, now, err))
        return NULL;
    json_t *missing = gate_missing(&in, language ? language : reader_language);
    json_decref(directory);
    return missing;
}

bool store_case_closing(struct store *store, const struct case_file *c, translate_fn *language,
                        struct gate_findings *out, struct error *err)
{
    char now[INSTANT_SIZE];
    struct gate_input in;
    json_t *directory;

    if (!input_now(store, c, &in, &directory, now, err))
        return false;
    gate_closing(&in, language ? language : reader_language, out);
    json_decref(directory);
    return true;
}

json_t *store_case_json(struct store *store, const char *reference, const char *date,
                        translate_fn *language, struct error *err)
{
    struct case_file c;
    char now[INSTANT_SIZE];
    json_t *json = NULL;

    if (date ? !store_case_as_of(store, reference, date, &c, err)
             : !store_case(store, reference, &c, err))
        return NULL;
    json_t *directory = store_case_directory(store, &c, date, err);
    store_now(store, now);
    if (date)
        memcpy(now, date, DATE_SIZE - 1); /* the same time of day, on that date */
    if (directory)
        json = case_json(&c, directory, now, language ? language : english);
    if (json && !date && !store_add_links(store, c.reference, json, err)) {
        json_decref(json);
        json = NULL;
    }
    json_decref(directory);
    case_release(&c);
    return json;
}

/* ---- acts --json ---- */

struct listing {
    struct store *store;
    json_t *array;
    struct case_signed *said; /* by dispatches */
};

static bool list_act(void *ctx, const struct logged *logged, struct error *err)
{
    static const uint8_t none[HASH];
    struct listing *l = ctx;
    struct act act;
    char id[2 * HASH + 1], prev[2 * HASH + 1];
    const char *fault = NULL;

    (void)err;
    bool valid = act_bytes_check(&logged->bytes, &fault);
    if (!log_act(&l->store->post, logged, &act))
        return unreadable(&(struct loading){.store = l->store}, logged, act.role, err);
    hex_write(logged->bytes.id, HASH, id);
    hex_write(logged->core.prev, HASH, prev);
    bool first = memcmp(logged->core.prev, none, HASH) == 0;
    json_t *transcribed = json_object_get(act.payload, "transcribed");
    json_t *entry =
        json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:s?, s:O, s:s}", "id", id, "seq",
                  (json_int_t)json_array_size(l->array) + 1, "act", act_type(act.kind)->name, "at",
                  act.at, "by", act.by, "role", role_name(act.role), "post", act.post,
                  "transcribed", transcribed != NULL, "prev", first ? NULL : prev, "payload",
                  act.payload, "signature", valid ? "valid" : "invalid");
    if (act.context)
        json_object_set(entry, "context", act.context);
    if (act.erased)
        json_object_set_new(entry, "erased", json_true());
    case_signed_add(l->said, logged->seq, entry);
    json_array_append_new(l->array, entry);
    act_release(&act);
    return true;
}

json_t *store_acts_json(struct store *store, const char *reference, struct error *err)
{
    uint8_t id[CASE_ID];
    struct listing listing = {store, json_array(), NULL};
    struct case_file c;
    bool ok = post_refresh(store, err) && case_load_named(store, reference, NULL, id, &c, err);

    if (ok) {
        ok = case_signed_load(store, id, &c, &listing.said, err) &&
             log_read(store, id, 0, list_act, &listing, err);
        case_release(&c);
        case_signed_free(listing.said);
    }
    if (ok)
        return listing.array;
    json_decref(listing.array);
    return NULL;
}
