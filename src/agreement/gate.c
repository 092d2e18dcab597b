/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/gate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "gate_ask.h"

void gate_findings_release(struct gate_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->list[i].text);
    free(findings->list);
    *findings = (struct gate_findings){0};
}

/* ---- what a row may ask for ---- */

void gate_found(struct gate_ask *q, const char *format, ...)
{
    struct gate_findings *f = q->found;
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    f->list = xreallocarray(f->list, f->count + 1, sizeof(*f->list));
    f->list[f->count++] = (struct gate_finding){.gate = q->row->id,
                                                .kind = q->row->kind,
                                                .article = q->row->article,
                                                .text = buf_detach(&text)};
}

const char *gate_text(const struct gate_ask *q, const char *key)
{
    return payload_text(q->payload, key);
}

const char *gate_state(const struct gate_ask *q, const char *code)
{
    return country_name(code, q->tr);
}

const struct assessment *gate_assessment(struct gate_ask *q, size_t i)
{
    char on[DATE_SIZE];

    if (!q->assessed)
        q->assessed = xcalloc(q->count, sizeof(*q->assessed));
    struct assessment *a = &q->assessed[i];
    if (!a->requirements[REQUIREMENT_R1].reason &&
        !case_assess(q->c, q->persons[i], q->in->directory, date_format(instant_date(q->now), on),
                     q->tr, NULL, a, NULL))
        return NULL;
    return a;
}

bool gate_consents(const struct gate_ask *q, size_t i, const char *purpose, const char *to)
{
    char on[DATE_SIZE];

    return case_consents_on(q->c, q->persons[i], purpose, to,
                            date_format(instant_date(q->now), on));
}

/* ---- asking ---- */

static bool concerns(const struct gate_row *row, enum act_kind kind)
{
    const char *name = act_type(kind)->name, *p = row->acts;
    size_t size = strlen(name);

    if (!*p)
        return true;
    for (; (p = strstr(p, name)); p += size)
        if ((p == row->acts || p[-1] == ' ') && (p[size] == ' ' || !p[size]))
            return true;
    return false;
}

/* The State that an act is about: whom it asks, chooses, or who acts. */
static const char *state_of(const struct gate_input *in)
{
    static const char *const keys[] = {"state", "by"};
    const json_t *to = json_object_get(in->payload, "to");
    const char *state = json_string_value(json_object_get(to, "state"));

    for (size_t i = 0; !state && i < ARRAY_SIZE(keys); i++)
        state = json_string_value(json_object_get(in->payload, keys[i]));
    return state ? state : "";
}

static void ask_rows(const struct gate_input *in, bool corrects, translate_fn *tr,
                     struct gate_findings *found)
{
    struct gate_ask q = {.in = in,
                         .c = in->c,
                         .payload = in->payload,
                         .tr = tr,
                         .found = found,
                         .corrects = corrects};

    if (!instant_parse(in->now, &q.now))
        BUG("gates asked without an instant");
    q.state = state_of(in);
    q.count = case_subjects(in->c, in->payload, 0, q.persons, GATE_PERSONS);
    for (q.row = gate_rows; q.row->id; q.row++)
        if (concerns(q.row, in->kind))
            q.row->ask(&q);
    for (size_t i = 0; q.assessed && i < q.count; i++)
        assessment_release(&q.assessed[i]);
    free(q.assessed);
}

/* By its id, or by the part before the point. */
static bool is_named(const char *name, const char *gate)
{
    size_t size = strlen(name);

    return size && !strncmp(name, gate, size) && (!gate[size] || gate[size] == '.');
}

/* Named in `for`; without `for`, all are meant. */
static bool named(const json_t *override, const char *gate)
{
    const json_t *list = json_object_get(override, "for");
    size_t i;
    json_t *name;

    if (!json_array_size(list))
        return true;
    json_array_foreach(list, i, name) if (json_is_string(name) &&
                                          is_named(json_string_value(name), gate)) return true;
    return false;
}

static bool may_override(const struct gate_input *in)
{
    return in->role == ROLE_HEAD ||
           (in->role == ROLE_OFFICER && !strcmp(case_priority(in->c), "life_threatening"));
}

/* Marks what the override covers; true where nothing is left that refuses. */
static bool settle(const struct gate_input *in, struct gate_findings *found)
{
    const json_t *override = json_object_get(in->payload, "override");
    bool open = true;

    for (size_t i = 0; i < found->count; i++) {
        struct gate_finding *f = &found->list[i];
        if (f->kind == GATE_OVERRIDE && override && may_override(in) && named(override, f->gate))
            f->overridden = true;
        if (f->kind != GATE_WARN && !f->overridden)
            open = false;
    }
    return open;
}

/* Is it the act, or a correction of it? */
static bool belongs_to(const struct act *act, const struct act *to)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(to->id, id);
    return act == to || (act->kind == ACT_CORRECT && !strcmp(payload_text(act->payload, "of"), id));
}

void gate_copy(const struct case_file *c, const struct act *without, struct case_file *out)
{
    case_init(out, c->reference, c->post_state);
    for (size_t i = 0; i < c->count; i++) {
        struct act copy = c->acts[i];

        if (without && belongs_to(&c->acts[i], without))
            continue;
        json_incref(copy.payload);
        json_incref(copy.context);
        copy.by = xstrdup(copy.by ? copy.by : "");
        copy.signer = xstrdup(copy.signer ? copy.signer : "");
        copy.post = xstrdup(copy.post ? copy.post : "");
        case_add(out, &copy);
    }
}

/* A correction passes the gate of what it corrects, as if that had not been said. */
static void ask_corrected(const struct gate_input *in, translate_fn *tr,
                          struct gate_findings *found)
{
    const struct entry *e = case_entry(in->c, payload_text(in->payload, "of"));
    struct gate_input inner = *in;
    struct case_file before;

    if (!e || e->act->kind == ACT_CORRECT)
        return;
    gate_copy(in->c, e->act, &before);
    inner.c = &before;
    inner.kind = e->act->kind;
    inner.payload = json_object_get(in->payload, "payload");
    ask_rows(&inner, true, tr, found);
    case_release(&before);
}

bool gate_check(const struct gate_input *in, translate_fn *tr, struct gate_findings *findings)
{
    *findings = (struct gate_findings){0};
    ask_rows(in, false, tr, findings);
    if (in->kind == ACT_CORRECT)
        ask_corrected(in, tr, findings);
    return settle(in, findings);
}

bool gate_refusal(const struct gate_findings *findings, struct error *err)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct gate_finding *f = &findings->list[i];
        if (f->kind != GATE_WARN && !f->overridden)
            error_set(err, ERROR_REFUSED, "%s: %s [%s]", *f->article ? f->article : "-", f->text,
                      f->gate);
    }
    return false;
}

/* ---- what stands against the next steps ---- */

static void add_missing(json_t *out, const struct gate_input *in, enum act_kind kind,
                        json_t *payload, translate_fn *tr)
{
    struct gate_input next = *in;
    struct gate_findings found = {0};

    next.kind = kind;
    next.payload = payload;
    ask_rows(&next, false, tr, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct gate_finding *f = &found.list[i];
        json_array_append_new(out,
                              json_pack("{s:s, s:s, s:s, s:s}", "for", act_type(kind)->name, "gate",
                                        f->gate, "article", f->article, "text", f->text));
    }
    gate_findings_release(&found);
    json_decref(payload);
}

json_t *gate_missing(const struct gate_input *in, translate_fn *tr)
{
    json_t *out = json_array();
    const struct case_file *c = in->c;
    bool requesting = !strcmp(case_role(c), "requesting");
    const struct entry *choice = case_choice(c, NULL);
    const struct entry *request = case_open_request(c, NULL, 0);
    const char *state = request  ? request_state(c, request)
                        : choice ? entry_text(choice, "state")
                                 : "";

    if (case_closed(c) || !c->count)
        return out;
    if (requesting && !case_last(c, ACT_POLL))
        add_missing(out, in, ACT_POLL, json_pack("{s:i}", "round", 1), tr);
    if (requesting && !request && case_last(c, ACT_POLL))
        add_missing(out, in, ACT_NOTE,
                    json_pack("{s:s, s:s, s:{s:s}}", "kind", "REQ", "direction", "out", "to",
                              "state", state),
                    tr);
    if (!case_last(c, ACT_ASSIST) && (request || choice || !requesting))
        add_missing(out, in, ACT_ASSIST,
                    json_pack("{s:s, s:s, s:s}", "at", in->now, "by",
                              requesting ? state : c->post_state, "manner", "good_offices"),
                    tr);
    if (case_last(c, ACT_ASSIST))
        add_missing(out, in, ACT_CLOSE, json_pack("{s:[]}", "outcome"), tr);
    return out;
}

void gate_closing(const struct gate_input *in, translate_fn *tr, struct gate_findings *findings)
{
    struct gate_input next = *in;
    json_t *payload = json_pack("{s:[]}", "outcome");

    *findings = (struct gate_findings){0};
    next.kind = ACT_CLOSE;
    next.payload = payload;
    if (in->c->count && !case_closed(in->c))
        ask_rows(&next, false, tr, findings);
    json_decref(payload);
}

/* The names of the acts that a row concerns, as an array; empty: all. */
static json_t *acts_of(const struct gate_row *row)
{
    json_t *out = json_array();

    for (enum act_kind kind = ACT_NONE; *row->acts && (kind = act_kind_next(kind));)
        if (concerns(row, kind))
            json_array_append_new(out, json_string(act_type(kind)->name));
    return out;
}

bool gate_known(const char *name)
{
    for (const struct gate_row *row = gate_rows; row->id; row++)
        if (is_named(name, row->id))
            return true;
    return false;
}

char *gate_demand(const char *id, translate_fn *tr)
{
    for (const struct gate_row *row = gate_rows; row->id; row++)
        if (!strcmp(row->id, id))
            return *row->article ? xasprintf("%s (%s)", tr(row->text), row->article)
                                 : xstrdup(tr(row->text));
    return NULL;
}

json_t *gates_describe(translate_fn *tr)
{
    static const char *const kinds[] = {
        [GATE_HARD] = "hard", [GATE_OVERRIDE] = "override", [GATE_WARN] = "warn"};
    json_t *out = json_array();

    for (const struct gate_row *row = gate_rows; row->id; row++)
        json_array_append_new(out, json_pack("{s:s, s:o, s:s, s:s, s:s}", "gate", row->id, "acts",
                                             acts_of(row), "kind", kinds[row->kind], "article",
                                             row->article, "text", tr(row->text)));
    return out;
}
