/* SPDX-License-Identifier: MIT */
/* The case as `show --json` prints it (acts.md): the fold, for machines and for prints. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/country.h"
#include "amparo/agreement/gate.h"
#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

enum { TASKS_MOST = 100 };

struct json_work {
    const struct case_file *c;
    const json_t *directory;
    const char *now;
    char today[DATE_SIZE];
    translate_fn *tr;
    json_t *warnings;
};

static void warn(struct json_work *w, const char *text)
{
    size_t i;
    json_t *said;

    json_array_foreach(w->warnings, i, said) if (!strcmp(json_string_value(said), text)) return;
    json_array_append_new(w->warnings, json_string(text));
}

static void warn_new(struct json_work *w, char *text)
{
    warn(w, text);
    free(text);
}

/* ---- persons and their requirements ---- */

static json_t *requirement(enum requirement r, enum status status)
{
    return json_pack("{s:s, s:s, s:s}", "id", requirement_types[r].id, "article",
                     requirement_types[r].article, "status", status_codes[status].code);
}

static json_t *determined_by(const struct json_work *w, long person, enum requirement r)
{
    const struct entry *e = case_determined(w->c, person, r);
    char id[2 * ACT_ID_SIZE + 1];

    if (!e)
        return json_null();
    act_id_hex(e->act->id, id);
    return json_string(id);
}

/* Facts that do not fit together leave everything open, and say so. */
static json_t *unassessed(struct json_work *w, long person, const struct error *why,
                          enum status worst[REQUIREMENT_COUNT])
{
    json_t *list = json_array();

    for (int r = 0; r < REQUIREMENT_COUNT; r++) {
        json_t *one = requirement((enum requirement)r, STATUS_UNDETERMINED);
        json_object_set_new(one, "reason", json_string(error_text(why)));
        json_array_append_new(list, one);
        worst[r] = status_worse(worst[r], STATUS_UNDETERMINED);
    }
    warn_new(w, xasprintf(w->tr(N_("person %ld cannot be assessed: %s")), person, error_text(why)));
    return list;
}

/* Of one person; *worst is made worse where this person's are. */
static json_t *requirements_of(struct json_work *w, long person,
                               enum status worst[REQUIREMENT_COUNT])
{
    struct assessment a;
    struct error err = ERROR_INIT;
    json_t *list;

    if (!case_assess(w->c, person, w->directory, w->today, w->tr, NULL, &a, &err)) {
        list = unassessed(w, person, &err, worst);
        error_release(&err);
        return list;
    }
    list = json_array();
    for (int r = 0; r < REQUIREMENT_COUNT; r++) {
        const struct determination *d = &a.requirements[r];
        json_t *one = requirement((enum requirement)r, d->status);
        json_object_set_new(one, "reason", json_string(d->reason));
        json_object_set_new(one, "would_change", json_string(d->would_change));
        json_object_set_new(one, "determined", determined_by(w, person, (enum requirement)r));
        json_array_append_new(list, one);
        worst[r] = status_worse(worst[r], d->status);
    }
    for (size_t i = 0; i < a.warning_count; i++)
        warn(w, a.warnings[i]);
    assessment_release(&a);
    return list;
}

static json_t *known_json(enum known known)
{
    return known == KNOWN_NOT ? json_null() : json_boolean(known == KNOWN_TRUE);
}

/* Of whom nothing can be said any more; the same keys, and one that others have not. */
static json_t *erased_person(long person)
{
    return json_pack("{s:I, s:b, s:n, s:b, s:[]}", "person", (json_int_t)person, "erased", 1,
                     "minor", "locked", 1, "requirements");
}

/* "persons", and "requirements": the worst over those who are not locked. */
static void put_persons(struct json_work *w, json_t *out)
{
    enum status worst[REQUIREMENT_COUNT] = {STATUS_MET}, aside[REQUIREMENT_COUNT] = {STATUS_MET};
    json_t *persons = json_array(), *requirements = json_array();
    long numbers[CASE_PERSONS_MOST];
    size_t count = case_persons(w->c, numbers, CASE_PERSONS_MOST), open = 0;

    for (size_t i = 0; i < count && i < CASE_PERSONS_MOST; i++) {
        if (case_erased(w->c, numbers[i])) {
            json_array_append_new(persons, erased_person(numbers[i]));
            continue;
        }
        bool locked = case_locked(w->c, numbers[i]);
        json_t *list = requirements_of(w, numbers[i], locked ? aside : worst);

        open += !locked;
        json_array_append_new(persons,
                              json_pack("{s:I, s:o, s:b, s:o}", "person", (json_int_t)numbers[i],
                                        "minor", known_json(case_minor(w->c, numbers[i], w->today)),
                                        "locked", (int)locked, "requirements", list));
    }
    for (int r = 0; open && r < REQUIREMENT_COUNT; r++)
        json_array_append_new(requirements, requirement((enum requirement)r, worst[r]));
    json_object_set_new(out, "persons", persons);
    json_object_set_new(out, "requirements", requirements);
}

/* ---- acts ---- */

/* The payload as it stands; with the id, when it was recorded unless it says another `at`, and
 * `transcribed`, null for one's own. */
static json_t *act_json(const struct entry *e)
{
    json_t *out = json_copy((json_t *)(uintptr_t)e->payload);
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(e->act->id, id);
    json_object_set_new(out, "id", json_string(id));
    if (!json_object_get(out, "at"))
        json_object_set_new(out, "at", json_string(e->act->at));
    if (!json_object_get(out, "transcribed"))
        json_object_set_new(out, "transcribed", json_null());
    if (entry_erased(e))
        json_object_set_new(out, "erased", json_true());
    for (size_t i = 0; i < ARRAY_SIZE(case_passed_keys); i++) {
        json_t *gates = json_object_get(e->act->context, case_passed_keys[i]);
        if (gates)
            json_object_set(out, case_passed_keys[i], gates);
    }
    return out;
}

static json_t *consent_json(const struct case_file *c, const struct entry *e)
{
    json_t *out = act_json(e);

    json_object_set_new(out, "in_force", json_boolean(case_consent_stands(c, e)));
    return out;
}

static json_t *note_json(const struct case_file *c, const struct entry *e)
{
    json_t *out = act_json(e), *number = json_object_get(e->act->context, note_number_key),
           *entry = json_object_get(e->act->context, note_entry_key);

    if (number)
        json_object_set(out, "number", number);
    if (entry)
        json_object_set(out, "entry", entry);
    json_object_set_new(out, "annulled", json_boolean(e->annulled));
    if (!strcmp(entry_text(e, "kind"), "REQ"))
        json_object_set_new(out, "open", json_boolean(!request_ended(c, e)));
    return out;
}

/* What one State said in one round. */
static json_t *reply_json(const struct case_file *c, const char *state, long round)
{
    const struct entry *e = case_answer(c, state, round);

    if (!e || e->act->kind == ACT_DECLINE)
        return json_pack("{s:s, s:s, s:n, s:n, s:n}", "state", state, "status",
                         e ? "declined" : "silent", "legal", "material", "offer");
    return json_pack("{s:s, s:s, s:s, s:s, s:b}", "state", state, "status", "replied", "legal",
                     entry_text(e, "legal"), "material", entry_text(e, "material"), "offer",
                     (int)entry_bool(e, "offer"));
}

static json_t *poll_json(const struct case_file *c, const struct entry *e)
{
    json_t *out = act_json(e), *replies = json_array();
    const json_t *to = json_object_get(e->payload, "to");
    size_t i;
    json_t *state;

    json_array_foreach(to, i, state) json_array_append_new(
        replies, reply_json(c, json_string_value(state), entry_number(e, "round")));
    json_object_set_new(out, "replies", replies);
    return out;
}

static json_t *plain_json(const struct case_file *c, const struct entry *e)
{
    (void)c;
    return act_json(e);
}

static const struct {
    const char *key;
    enum act_kind kind;
    json_t *(*json)(const struct case_file *c, const struct entry *e);
} lists[] = {
    {"grounds", ACT_GROUND, plain_json},     {"needs", ACT_NEED, plain_json},
    {"consents", ACT_CONSENT, consent_json}, {"polls", ACT_POLL, poll_json},
    {"choices", ACT_CHOOSE, plain_json},     {"notes", ACT_NOTE, note_json},
    {"acceptances", ACT_ACCEPT, plain_json}, {"assistance", ACT_ASSIST, plain_json},
    {"contacts", ACT_CONTACT, plain_json},   {"costs", ACT_COST, plain_json},
};

static void put_lists(const struct json_work *w, json_t *out)
{
    for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
        json_t *list = json_array();

        for (const struct entry *e = NULL; (e = case_next(w->c, e, lists[i].kind));)
            json_array_append_new(list, lists[i].json(w->c, e));
        json_object_set_new(out, lists[i].key, list);
    }
}

/* ---- warnings ---- */

/* What a gate let pass with a warning is warned of for as long as it holds. */
static void warn_of_act(struct json_work *w, const struct entry *e)
{
    struct gate_input in = {.c = w->c,
                            .kind = e->act->kind,
                            .payload = e->payload,
                            .directory = w->directory,
                            .now = w->now,
                            .role = ROLE_OFFICER,
                            .heads = 1};
    struct gate_findings found;

    gate_check(&in, w->tr, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct gate_finding *f = &found.list[i];
        if (f->kind == GATE_WARN && strcmp(f->gate, "clock") != 0)
            warn_new(w, xasprintf("%s: %s", f->article, f->text));
    }
    gate_findings_release(&found);
}

static bool may_be_warned_of(const struct entry *e)
{
    return (e->act->kind == ACT_POLL || e->act->kind == ACT_NOTE || e->act->kind == ACT_ASSIST ||
            e->act->kind == ACT_CLOSE) &&
           !e->annulled;
}

/* Order is by number; where the clock says otherwise, the doubt is shown. */
static void warn_of_clock(struct json_work *w)
{
    struct instant before = {.seconds = INT64_MIN}, at;

    for (size_t i = 0; i < w->c->count; i++) {
        if (!instant_parse(w->c->acts[i].at, &at))
            continue;
        if (instant_compare(at, before) < 0)
            warn_new(w, xasprintf(w->tr(N_("act %zu (%s) was recorded with the clock behind that "
                                           "of the act before it")),
                                  i + 1, act_type(w->c->acts[i].kind)->name));
        before = at;
    }
}

static void warn_of_tasks(struct json_work *w)
{
    const struct entry *tasks[TASKS_MOST];
    size_t count = case_uncountersigned(w->c, tasks, TASKS_MOST);

    for (size_t i = 0; i < count && i < TASKS_MOST; i++)
        warn_new(w, xasprintf(w->tr(N_("%s of %s: to be countersigned")),
                              w->tr(act_type(tasks[i]->act->kind)->label), tasks[i]->act->at));
}

static void warn_of_thanks(struct json_work *w)
{
    const char *states[CASE_THANKS_MOST];
    size_t count = case_unthanked(w->c, states, CASE_THANKS_MOST);

    for (size_t i = 0; i < count; i++)
        warn_new(w, xasprintf(w->tr(N_("%s offered and was not needed: thank it by note")),
                              country_name(states[i], w->tr)));
}

static json_t *missing(const struct json_work *w)
{
    struct gate_input in = {
        .c = w->c, .directory = w->directory, .now = w->now, .role = ROLE_OFFICER, .heads = 1};

    return gate_missing(&in, w->tr);
}

json_t *case_json(const struct case_file *c, const json_t *directory, const char *now,
                  translate_fn *tr)
{
    struct json_work w = {.c = c,
                          .directory = case_directory(c, directory),
                          .now = now,
                          .tr = tr,
                          .warnings = json_array()};
    const struct entry *decision = case_last(c, ACT_DECIDE);
    json_t *out = json_pack("{s:s, s:s, s:s?}", "case", c->reference, "stage",
                            stage_name(case_stage(c)), "exit", case_exit(c));
    struct instant at;

    if (!instant_parse(now, &at))
        BUG("a case shown without an instant");
    date_format(instant_date(at), w.today);
    put_persons(&w, out);
    put_lists(&w, out);
    json_object_set_new(out, "decision", decision ? act_json(decision) : json_null());
    for (size_t i = 0; i < c->count; i++)
        if (may_be_warned_of(&c->entries[i]))
            warn_of_act(&w, &c->entries[i]);
    warn_of_clock(&w);
    warn_of_tasks(&w);
    warn_of_thanks(&w);
    json_object_set_new(out, "sent", case_sent(c));
    json_object_set_new(out, "missing", missing(&w));
    json_object_set_new(out, "warnings", w.warnings);
    return out;
}
