/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/digest.h"

#include <string.h>

#include "amparo/agreement/identity.h"
#include "amparo/agreement/payload.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/mem.h"
#include "amparo/base/money.h"

/* ---- who may appear ---- */

struct people {
    long list[CASE_PERSONS_MOST];
    size_t count; /* neither locked nor erased */
    size_t all;
};

static void look_at_people(const struct case_file *c, struct people *out)
{
    long all[CASE_PERSONS_MOST];

    out->count = 0;
    out->all = case_persons(c, all, ARRAY_SIZE(all));
    for (size_t i = 0; i < out->all && i < ARRAY_SIZE(all); i++)
        if (!case_locked(c, all[i]) && !case_erased(c, all[i]))
            out->list[out->count++] = all[i];
}

/* All are under the lock: an erased person is no reason to hide the others, nor to show them. */
static bool is_hidden(const struct case_file *c)
{
    long all[CASE_PERSONS_MOST];
    size_t count = case_persons(c, all, ARRAY_SIZE(all)), locked = 0, erased = 0;

    for (size_t i = 0; i < count && i < ARRAY_SIZE(all); i++) {
        erased += case_erased(c, all[i]);
        locked += case_locked(c, all[i]) && !case_erased(c, all[i]);
    }
    return locked && locked + erased == count;
}

/* Was anybody recorded when that act was? */
static bool had_persons(const struct case_file *c, const struct entry *e)
{
    const struct entry *first = case_next(c, NULL, ACT_PERSON);

    return first && first->act->seq < e->act->seq;
}

/* Does the act speak of somebody who may appear? One from before anybody was recorded does. */
static bool may_appear(const struct case_file *c, const struct entry *e)
{
    long subjects[CASE_PERSONS_MOST];
    size_t count = case_subjects(c, e->payload, e->act->seq, subjects, ARRAY_SIZE(subjects));

    for (size_t i = 0; i < count && i < ARRAY_SIZE(subjects); i++)
        if (!case_locked(c, subjects[i]))
            return true;
    return !count && !had_persons(c, e);
}

/* ---- when ---- */

static bool is_request(const struct entry *e, const char *direction)
{
    return e->act->kind == ACT_NOTE && !e->annulled && !strcmp(entry_text(e, "kind"), "REQ") &&
           (!direction || !strcmp(entry_text(e, "direction"), direction));
}

/* With which act it came under the mechanism; of who was asked, only once they were requested. */
static const struct entry *under_mechanism(const struct case_file *c)
{
    bool ours = !strcmp(case_role(c), "requesting"), theirs = !strcmp(case_role(c), "assisting");

    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];
        bool applies = e->act->kind == ACT_DECIDE && !strcmp(entry_text(e, "decision"), "applies");
        if ((ours && (applies || e->act->kind == ACT_POLL || is_request(e, "out"))) ||
            (theirs && is_request(e, "in")))
            return e;
    }
    return NULL;
}

static struct date day_of(const char *text)
{
    struct date day = {0, 0, 0};
    struct instant at;

    if (instant_parse(text, &at))
        day = instant_date(at);
    else
        date_parse(text, &day);
    return day;
}

bool case_owed(const struct case_file *c, struct date *since)
{
    const struct entry *begun = under_mechanism(c), *close = case_last(c, ACT_CLOSE);
    bool closed = case_closed(c);

    if (!begun || is_hidden(c))
        return false;
    *since = day_of(closed ? close->act->at : begun->act->at);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REPORT));) {
        struct date on = day_of(entry_text(e, "on"));
        if (closed && !entry_bool(e, "pending") && e->act->seq > close->act->seq)
            return false;
        if (!closed && date_compare(on, *since) > 0)
            *since = on;
    }
    return true;
}

static void put_instant(json_t *at, const char *key, const char *text)
{
    struct instant new, old;
    const char *there = json_string_value(json_object_get(at, key));

    if (!instant_parse(text, &new) ||
        (there && instant_parse(there, &old) && instant_compare(old, new) <= 0))
        return;
    json_object_set_new(at, key, json_string(text));
}

static json_t *instants(const struct case_file *c)
{
    json_t *at = json_object();

    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];
        if (!may_appear(c, e))
            continue;
        if (e->act->kind == ACT_OPEN)
            put_instant(at, "opened", e->act->at);
        else if (e->act->kind == ACT_POLL)
            put_instant(at, "poll", e->act->at);
        else if (e->act->kind == ACT_REPLY)
            put_instant(at, "reply", e->act->at);
        else if (is_request(e, NULL))
            put_instant(at, "note", entry_text(e, "at"));
        else if (e->act->kind == ACT_ASSIST)
            put_instant(at, "help", entry_text(e, "at"));
    }
    if (case_closed(c))
        put_instant(at, "closed", case_last(c, ACT_CLOSE)->act->at);
    return at;
}

/* ---- who, what ---- */

static void add_once(json_t *list, const char *text)
{
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one) if (!strcmp(json_string_value(one), text)) return;
    if (*text)
        json_array_append_new(list, json_string(text));
}

/* The codes of a key of all acts of a kind, each once, in the order of their recording. */
static json_t *codes(const struct case_file *c, enum act_kind kind, const char *key)
{
    json_t *list = json_array();

    for (const struct entry *e = NULL; (e = case_next(c, e, kind));)
        if (may_appear(c, e))
            add_once(list, entry_text(e, key));
    return list;
}

/* At the opening of the case, in bands wide enough to hide in. */
static const char *age_band(const struct case_file *c, long person, const char *on)
{
    struct partial_date born;
    struct date day;

    if (withheld_field(c, person, "P9", NULL, ACT_PERSON, "birth_date"))
        return "unknown";
    if (case_minor(c, person, on) == KNOWN_TRUE)
        return "child";
    if (!date_parse(on, &day) ||
        !partial_date_parse(entry_text(case_person(c, person), "birth_date"), &born) ||
        partial_date_is_unknown(born))
        return "unknown";
    int age = date_age(partial_date_youngest(born), day);
    return age < 30 ? "18-29" : age < 45 ? "30-44" : age < 60 ? "45-59" : "60";
}

static json_t *persons(const struct case_file *c, const struct people *people, const char *on)
{
    json_t *list = json_array();

    for (size_t i = 0; i < people->count; i++) {
        const struct entry *e = case_person(c, people->list[i]);
        json_t *states = json_array(), *one;
        size_t n;
        json_array_foreach(json_object_get(e->payload, "nationalities"), n, one)
            add_once(states, payload_text(one, "state"));
        json_array_append_new(list, json_pack("{s:o, s:s}", "nationalities", states, "age",
                                              age_band(c, people->list[i], on)));
    }
    return list;
}

/* The last day of a person's consent to be reported: "" where it has no end; NULL: there is none.
 */
static const char *consent_until(const struct case_file *c, long person)
{
    const char *last = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));) {
        const char *until = entry_text(e, "valid_until");
        if (!case_consent_is_for(e, person, "P9", NULL) || case_consent_taken_back(c, e))
            continue;
        if (!*until)
            return "";
        last = last && strcmp(last, until) > 0 ? last : until;
    }
    return last;
}

/* All consent; and up to which day all do, where one of them ends: who reads knows the day. */
static void put_consent(const struct case_file *c, const struct people *people, json_t *digest)
{
    const char *first = "";
    bool all = people->count > 0;

    for (size_t i = 0; all && i < people->count; i++) {
        const char *until = consent_until(c, people->list[i]);
        all = until != NULL;
        if (until && *until && (!*first || strcmp(until, first) < 0))
            first = until;
    }
    json_object_set_new(digest, "consent", json_boolean(all));
    if (all && *first)
        json_object_set_new(digest, "consent_until", json_string(first));
}

static bool is_in_conflict(const struct case_file *c)
{
    const struct entry *e = case_last(c, ACT_SITUATION);

    return e && entry_bool(e, "armed_conflict");
}

/* The States that gave assistance, with what; what was outside the mechanism is none. */
static json_t *help(const struct case_file *c)
{
    json_t *list = json_array();

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ASSIST));) {
        json_t *of = NULL, *one;
        size_t i;
        if (!may_appear(c, e))
            continue;
        json_array_foreach(list, i, one) if (payload_is(one, "state", entry_text(e, "by"))) of =
            one;
        if (!of) {
            of = json_pack("{s:s, s:[]}", "state", entry_text(e, "by"), "kinds");
            json_array_append_new(list, of);
        }
        add_once(json_object_get(of, "kinds"), entry_text(e, "kind"));
    }
    return list;
}

static json_t *costs(const struct case_file *c)
{
    json_t *list = json_array();

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_COST));) {
        const char *source = entry_text(e, "source"), *currency = entry_text(e, "currency");
        json_t *sum = NULL, *one;
        int64_t units;
        size_t i;
        if (!may_appear(c, e) || !money_parse(entry_text(e, "amount"), currency, &units))
            continue;
        json_array_foreach(list, i, one) if (payload_is(one, "source", source) &&
                                             payload_is(one, "currency", currency)) sum = one;
        if (!sum) {
            sum = json_pack("{s:s, s:s, s:I}", "source", source, "currency", currency, "units",
                            (json_int_t)0);
            json_array_append_new(list, sum);
        }
        json_t *was = json_object_get(sum, "units");
        int64_t all = json_integer_value(was);
        if (money_add(&all, units))
            json_integer_set(was, all);
    }
    return list;
}

/* A text that tells of somebody, maybe of who was recorded after it, does not go out. */
static void put_text(const struct case_file *c, json_t *report, const struct entry *e,
                     const char *key)
{
    long all[CASE_PERSONS_MOST];
    size_t count = case_persons(c, all, ARRAY_SIZE(all));
    const char *text = entry_text(e, key);

    for (size_t i = 0; i < count && i < ARRAY_SIZE(all); i++)
        if (identity_in_text(c, all[i], text) || withheld_in_text(c, all[i], "P9", NULL, text))
            return;
    if (*text)
        json_object_set_new(report, key, json_string(text));
}

static json_t *reports(const struct case_file *c)
{
    json_t *list = json_array();

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REPORT));) {
        json_t *report =
            json_pack("{s:s, s:b}", "on", entry_text(e, "on"), "pending", entry_bool(e, "pending"));
        put_text(c, report, e, "provided");
        put_text(c, report, e, "lessons");
        put_text(c, report, e, "proposal");
        put_text(c, report, e, "remarks");
        put_text(c, report, e, "decisions");
        json_array_append_new(list, report);
    }
    return list;
}

static void put_list(json_t *digest, const char *key, json_t *list)
{
    if (json_array_size(list))
        json_object_set(digest, key, list);
    json_decref(list);
}

static void put_closing(const struct case_file *c, json_t *digest)
{
    const struct entry *close = case_last(c, ACT_CLOSE);
    const char *exit = case_exit(c);

    if (!case_closed(c))
        return;
    if (exit)
        json_object_set_new(digest, "exit", json_string(exit));
    put_list(digest, "outcome", json_deep_copy(json_object_get(close->payload, "outcome")));
    put_list(digest, "unmet", json_deep_copy(json_object_get(close->payload, "unmet_needs")));
}

json_t *case_digest(const struct case_file *c)
{
    struct people people;
    char opened[DATE_SIZE] = "";

    if (is_hidden(c))
        return json_pack("{s:b}", "hidden", true);
    look_at_people(c, &people);
    memcpy(opened, c->acts[0].at, DATE_SIZE - 1);
    json_t *digest = json_pack("{s:s, s:s, s:s, s:s, s:b, s:o}", "role", case_role(c), "receiving",
                               case_receiving_state(c), "requesting", case_requesting_state(c),
                               "stage", stage_name(case_stage(c)), "mechanism",
                               under_mechanism(c) != NULL, "at", instants(c));
    put_consent(c, &people, digest);
    if (is_in_conflict(c))
        json_object_set_new(digest, "conflict", json_true());
    put_closing(c, digest);
    put_list(digest, "persons", persons(c, &people, opened));
    put_list(digest, "grounds", codes(c, ACT_GROUND, "code"));
    put_list(digest, "needs", codes(c, ACT_NEED, "need"));
    put_list(digest, "help", help(c));
    put_list(digest, "costs", costs(c));
    put_list(digest, "reports", reports(c));
    return digest;
}
