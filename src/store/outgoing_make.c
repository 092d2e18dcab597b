/* SPDX-License-Identifier: MIT */
/* One act, made a dispatch: of outgoing.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/crossing.h"
#include "amparo/store/papercode.h"
#include "outgoing_work.h"

/* ---- who reads ---- */

struct audience outbound_audience(const struct case_file *c, enum act_kind kind, const char *code)
{
    if (!strcmp(code, CODE_SECRETARIAT))
        return (struct audience){.kind = AUDIENCE_SECRETARIAT};
    if (!strcmp(code, c->post_state))
        return (struct audience){.kind = AUDIENCE_CAPITAL};
    if (kind == ACT_POLL)
        return (struct audience){.kind = AUDIENCE_FOCAL};
    return (struct audience){.kind = AUDIENCE_STATE, .state = code};
}

char *outbound_lines(struct buf *lines)
{
    if (lines->size && lines->data[lines->size - 1] == '\n')
        buf_cut(lines, lines->size - 1);
    return buf_detach(lines);
}

char *outbound_blocked(const struct trusted *trust, enum act_kind kind)
{
    struct buf reasons = BUF_INIT;

    if ((kind == ACT_NOTE || kind == ACT_ACCEPT) && trust_blocks_notes(trust, &reasons))
        return outbound_lines(&reasons);
    buf_release(&reasons);
    return NULL;
}

bool outbound_redacted(const json_t *value)
{
    return json_is_object(value) && json_object_size(value) == 1 &&
           json_object_get(value, "redacted");
}

static const char *reader_name(const struct audience *audience)
{
    switch (audience->kind) {
    case AUDIENCE_SECRETARIAT:
        return _("the Technical Secretariat");
    case AUDIENCE_CAPITAL:
        return _("our own capital");
    case AUDIENCE_STATE:
        return country_name(audience->state, reader_language);
    default:
        return _("the focal points");
    }
}

char *outbound_reason(const struct case_file *c, const json_t *payload, const struct field *field,
                      const struct audience *audience)
{
    long persons[CASE_PERSONS_MOST];
    const char *label = _(field->label), *name = reader_name(audience);
    size_t count = case_subjects(c, payload, 0, persons, ARRAY_SIZE(persons));

    if (!count)
        count = case_persons(c, persons, ARRAY_SIZE(persons));
    for (size_t i = 0; i < count && i < ARRAY_SIZE(persons); i++)
        if (case_locked(c, persons[i]))
            return xasprintf(_("“%s” may not go to %s: person %ld is under the protection lock"),
                             label, name, persons[i]);
    for (size_t i = 0; act_field_class(field) != CLASS_P0 && i < count && i < ARRAY_SIZE(persons);
         i++)
        if (!redact_allows_identity(c, persons[i], audience))
            return xasprintf(_("“%s” may not go to %s: no consent of person %ld allows it"), label,
                             name, persons[i]);
    return xasprintf(_("“%s” may not go to %s: it tells what somebody holds back, or who a person "
                       "is"),
                     label, name);
}

/* ---- the fields that go ---- */

struct making {
    struct outbound *o;
    const struct entry *e;
    const struct act_type *type, *inner; /* inner: of the act corrected */
    const struct audience_codes *asked;
    struct audience_codes readers; /* of these, who may have the core */
    const char *chief;             /* who may have most of it */
    enum field_class most;
    json_t *payload;
    char *reason; /* why it is held, or NULL */
};

static void hold(struct making *m, char *reason)
{
    if (m->reason)
        free(reason);
    else
        m->reason = reason;
}

/* Another act's payload within the payload, or the payload itself: what the act is about. */
static json_t *about(const struct making *m, json_t *payload)
{
    return m->inner ? json_object_get(payload, "payload") : payload;
}

/* Of the others who gets most; our own State where they get the core alone. */
static void find_chief(struct making *m)
{
    const struct case_file *c = m->o->c;
    enum act_kind kind = m->inner ? m->inner->kind : m->type->kind;
    const char *own = NULL;

    for (size_t i = 0; i < m->asked->count; i++) {
        const char *code = m->asked->code[i];
        enum field_class class = travel_class(c, kind, about(m, m->payload), code);
        if (!strcmp(code, c->post_state)) {
            own = code;
        } else if (!m->chief || class > m->most) {
            m->chief = code;
            m->most = class;
        }
    }
    if (own && m->most == CLASS_P0) {
        m->chief = own;
        m->most = travel_class(c, kind, about(m, m->payload), own);
    }
}

/* Never goes: what is between the officer and the file, and what is of a higher class. */
static bool stays(const struct making *m, const struct field *f)
{
    return f == &act_override_field || f == &act_doubts_field || f == &act_transcribed_field ||
           (f->type != FIELD_PAYLOAD && act_field_class(f) > m->most);
}

/* A copy with what goes at all. */
static json_t *pick(const struct making *m, const struct act_type *type, const json_t *payload)
{
    const struct field *f;
    json_t *out = json_object();

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        json_t *value = json_object_get(payload, f->key);
        if (!value || stays(m, f))
            continue;
        if (f->type == FIELD_PAYLOAD)
            json_object_set_new(out, f->key, pick(m, m->inner, value));
        else
            json_object_set(out, f->key, value);
    }
    return out;
}

/*
 * Holds the dispatch for an open field that a reader may not have, since all read the same core;
 * takes out of the payload what is closed to the chief reader, and holds the dispatch where another
 * State could not do without.
 */
static void apply(struct making *m, const struct act_type *type, const json_t *redacted,
                  json_t *payload, const struct audience *audience, bool chief)
{
    const struct field *f;

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        const json_t *value = json_object_get(redacted, f->key);
        if (f->type == FIELD_PAYLOAD && value && !outbound_redacted(value)) {
            apply(m, m->inner, value, json_object_get(payload, f->key), audience, chief);
            continue;
        }
        if (!outbound_redacted(value))
            continue;
        bool open = act_field_class(f) == CLASS_P0;
        if (open || (chief && f->needed && audience->kind != AUDIENCE_CAPITAL))
            hold(m, outbound_reason(m->o->c, about(m, m->payload), f, audience));
        else if (chief)
            json_object_del(payload, f->key);
    }
}

static bool is_open(const struct act_type *type, const struct act_type *inner,
                    const json_t *redacted)
{
    const struct field *f;

    for (size_t n = 0; (f = act_field_at(type, n)) != NULL; n++) {
        const json_t *value = json_object_get(redacted, f->key);
        if (f->type == FIELD_PAYLOAD && value && !outbound_redacted(value)
                ? !is_open(inner, NULL, value)
                : outbound_redacted(value) && act_field_class(f) == CLASS_P0)
            return false;
    }
    return true;
}

static json_t *redact(const struct making *m, const struct audience *audience)
{
    return redact_payload(m->o->c, m->type->kind, m->payload, audience);
}

static void replace(struct making *m, json_t *payload)
{
    json_decref(m->payload);
    m->payload = payload;
}

/* Our own capital goes without rather than to keep it from the others. */
static void redact_for_all(struct making *m)
{
    const struct case_file *c = m->o->c;

    for (size_t i = 0; i < m->asked->count; i++) {
        const char *code = m->asked->code[i];
        struct audience audience = outbound_audience(c, m->type->kind, code);
        json_t *redacted = redact(m, &audience);
        if (strcmp(code, c->post_state) != 0 || is_open(m->type, m->inner, redacted)) {
            audience_add(&m->readers, code);
            apply(m, m->type, redacted, m->payload, &audience, !strcmp(code, m->chief));
        }
        json_decref(redacted);
    }
    if (!audience_has(&m->readers, m->chief)) {
        m->most = CLASS_P0;
        replace(m, pick(m, m->type, m->payload));
    }
}

/* ---- ids and numbers ---- */

static bool has_all(const struct audience_codes *has, const struct audience_codes *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (!audience_has(has, all->code[i]))
            return false;
    return true;
}

/* The dispatch that says what the act says: where there are several, the one that these readers
 * have. */
static bool dispatch_of(void *ctx, const char *id, char out[2 * ACT_ID_SIZE + 1])
{
    const struct making *m = ctx;
    uint8_t act[ACT_ID_SIZE], dispatch[ACT_ID_SIZE];
    bool failed, found = false, fits = false;
    sqlite3_stmt *row;

    if (!hex_read(id, act, sizeof act) ||
        !(row = db_query(m->o->store, NULL,
                         "SELECT d.id, d.core FROM dispatches d JOIN acts a ON a.seq = d.act WHERE "
                         "a.id = ? AND d.opener = ? AND d.case_id = ? ORDER BY d.place",
                         "bbb", act, sizeof act, m->o->key.opener, (size_t)OPENER, m->o->key.id,
                         (size_t)CASE_ID)))
        return false;
    while (db_step(m->o->store, row, &failed, NULL)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct core core;
        buf_add(&a.core, sqlite3_column_blob(row, 1), (size_t)sqlite3_column_bytes(row, 1));
        if (!fits && db_bytes(row, 0, dispatch, sizeof dispatch) && act_bytes_core(&a, &core)) {
            fits = has_all(&core.audience, &m->readers);
            hex_write(dispatch, sizeof dispatch, out);
            found = true;
        }
        buf_release(&a.core);
    }
    return found;
}

static bool person_over(void *ctx, long number, long *out)
{
    const struct making *m = ctx;

    return persons_over_there(&m->o->persons, number, out);
}

static void translate(struct making *m)
{
    const struct crossing_terms x = {dispatch_of, person_over, m};
    const struct field *lost;
    json_t *over = crossing_translate(&x, m->type, m->inner, m->payload, &lost);

    if (lost)
        hold(m, xasprintf(lost->type == FIELD_ACT
                              ? _("“%s”: the act that it is about has not gone by pouch itself")
                              : _("“%s”: the requesting State does not have this person by pouch"),
                          _(lost->label)));
    replace(m, over);
}

/* ---- what goes along ---- */

static json_t *codes_of_grounds(const struct case_file *c)
{
    json_t *codes = json_array();

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_GROUND));) {
        bool there = case_locked(c, entry_number(e, "person"));
        for (size_t i = 0; !there && i < json_array_size(codes); i++)
            there = !strcmp(json_string_value(json_array_get(codes, i)), entry_text(e, "code"));
        if (!there)
            json_array_append_new(codes, json_string(entry_text(e, "code")));
    }
    return codes;
}

/* The answer that a choice rests on, where no pouch brought it. */
static void add_answer(const struct making *m, json_t *context)
{
    const struct entry *e = case_answer(m->o->c, entry_text(m->e, "state"), 0);
    const json_t *taken = e ? json_object_get(e->payload, act_transcribed_field.key) : NULL;

    if (taken && !payload_is(taken, "channel", "pouch"))
        json_object_set_new(context, dispatch_answer_key,
                            json_pack("{s:s, s:s}", "channel", payload_text(taken, "channel"), "on",
                                      payload_text(taken, "on")));
}

/* A note of ours says by which code its paper is known. */
static bool add_number(const struct making *m, json_t *context, struct error *err)
{
    const char *number = json_string_value(json_object_get(m->e->act->context, note_number_key));
    char seal[PAPER_SEAL + 1];

    if (!number)
        return true;
    json_object_set_new(context, note_number_key, json_string(number));
    if (!paper_seal_note(m->e->act->id, m->o->store->post.author, seal, err))
        return false;
    json_object_set_new(context, paper_seal_key, json_string(seal));
    return true;
}

/* From a poll, a note or a notice alone, another post can open a case. *out NULL: there is none. */
static bool make_context(const struct making *m, json_t **out, struct error *err)
{
    const struct case_file *c = m->o->c;
    enum act_kind kind = m->type->kind;
    json_t *context = json_object();

    *out = NULL;

    if (m->o->opener && (kind == ACT_POLL || kind == ACT_NOTE || kind == ACT_NOTIFY)) {
        json_object_set_new(context, "receiving_state", json_string(case_receiving_state(c)));
        json_object_set_new(context, "requesting_state", json_string(case_requesting_state(c)));
        json_object_set_new(context, "priority", json_string(case_priority(c)));
        json_t *grounds = codes_of_grounds(c);
        if (json_array_size(grounds))
            json_object_set(context, "grounds", grounds);
        json_decref(grounds);
    }
    if (kind == ACT_CHOOSE)
        add_answer(m, context);
    bool ok = add_number(m, context, err);
    if (ok && json_object_size(context))
        *out = json_incref(context);
    json_decref(context);
    return ok;
}

/* ---- the chain ---- */

/* Our own dispatches of this case and incarnation, as far as the next one goes by them. */
static bool read_chain(struct outbound *o, struct dispatch **list, size_t *count, struct error *err)
{
    struct store *store = o->store;
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err,
                 "SELECT sequence, id, core FROM dispatches WHERE author = ? AND "
                 "case_id = ? AND opener = ? AND incarnation = ?",
                 "bbbi", store->post.author, (size_t)AUTHOR, o->key.id, (size_t)CASE_ID,
                 o->key.opener, (size_t)OPENER, (int64_t)store->post.incarnation);

    *list = NULL;
    *count = 0;
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct dispatch d = {.sequence = (uint64_t)db_int(row, 0)};
        struct core core;
        buf_add(&a.core, sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2));
        if (db_bytes(row, 1, d.id, sizeof d.id) && act_bytes_core(&a, &core)) {
            d.audience = core.audience;
            *list = xreallocarray(*list, *count + 1, sizeof **list);
            (*list)[(*count)++] = d;
        }
        buf_release(&a.core);
    }
    return !failed;
}

static bool find_place(struct outbound *o, struct core *core, struct error *err)
{
    struct dispatch *list;
    size_t count;
    bool ok = read_chain(o, &list, &count, err);
    const struct dispatch **chain = xcalloc(count + 1, sizeof *chain);

    for (size_t i = 0; i < count; i++) {
        chain[i] = &list[i];
        core->sequence = list[i].sequence > core->sequence ? list[i].sequence : core->sequence;
    }
    core->sequence++;
    const struct dispatch *before = dispatch_before(chain, count, &core->audience);
    if (before)
        memcpy(core->prev, before->id, PREV_SHORT);
    free(chain);
    free(list);
    return ok;
}

static bool sign_and_keep(struct making *m, struct error *err)
{
    struct outbound *o = m->o;
    const struct trust_version *version = trust_version_now(o->trust);
    uint8_t root[ROOT] = {0};
    struct core core = {.kind = m->type->kind, .audience = m->readers};
    struct act_bytes bytes;
    json_t *context;

    if (!make_context(m, &context, err))
        return false;
    const struct act_content content = {m->type, m->inner, m->payload, context, NULL};

    memcpy(core.case_id, o->key.id, CASE_ID);
    memcpy(core.author, o->store->post.author, AUTHOR);
    if (!o->opener)
        memcpy(core.opener, o->key.opener, OPENER);
    core.incarnation = o->store->post.incarnation;
    if (o->trust->rooted)
        memcpy(root, o->trust->root, ROOT);
    if (version) {
        core.directory = version->version;
        memcpy(core.directory_hash, version->hash, DIRECTORY_HASH);
    }
    instant_parse(m->e->act->at, &core.at);
    bool ok = find_place(o, &core, err);
    if (ok) {
        dispatch_bytes_make(&bytes, &core, &content, root, o->secret->bytes);
        ok = dispatch_keep(o->store, &bytes, &core, true, m->e->act->seq, NULL, err);
        act_bytes_release(&bytes);
    }
    o->made += ok;
    json_decref(context);
    return ok;
}

/* ---- persons who were erased ---- */

/* An open text that is older than an erasure in its case: nobody can tell any more whether it names
 * who was erased. NULL: there is none. */
static const struct field *older_text(const struct making *m)
{
    const struct field *f;
    bool older = false;

    for (const struct entry *e = NULL; (e = case_next(m->o->c, e, ACT_ERASE));)
        older |= e->act->seq > m->e->act->seq;
    for (size_t n = 0; older && (f = act_field_at(m->inner ? m->inner : m->type, n)); n++)
        if ((f->type == FIELD_TEXT || f->type == FIELD_LONG) && act_field_class(f) == CLASS_P0 &&
            *payload_text(about(m, m->payload), f->key))
            return f;
    return NULL;
}

/* ---- the whole ---- */

/* A correction goes as it was said; another act as it stands. */
static const json_t *said(const struct entry *e)
{
    return e->act->kind == ACT_CORRECT ? e->act->payload : e->payload;
}

bool outbound_make(struct outbound *o, const struct entry *e, const struct audience_codes *audience,
                   char **reason, struct error *err)
{
    const struct entry *of =
        e->act->kind == ACT_CORRECT ? case_entry(o->c, entry_text(e, "of")) : NULL;
    struct making m = {.o = o,
                       .e = e,
                       .type = act_type(e->act->kind),
                       .inner = of ? act_type(of->act->kind) : NULL,
                       .asked = audience};

    m.reason = outbound_blocked(o->trust, m.type->kind);
    m.most = CLASS_P3;
    m.payload = pick(&m, m.type, said(e));
    m.most = CLASS_P0;
    find_chief(&m);
    replace(&m, pick(&m, m.type, said(e)));
    redact_for_all(&m);
    const struct field *older = older_text(&m);
    if (older)
        hold(&m,
             xasprintf(_("“%s” was written before a person was erased, and may name them: record "
                         "it anew"),
                       _(older->label)));
    if (!m.readers.count)
        hold(&m, xstrdup(_("nobody may have it")));
    if (!m.reason)
        translate(&m);
    bool ok = m.reason || sign_and_keep(&m, err);
    *reason = m.reason;
    json_decref(m.payload);
    return ok;
}
