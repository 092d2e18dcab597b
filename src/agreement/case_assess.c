/* SPDX-License-Identifier: MIT */
/* The facts of a case, and what a person determined, laid over what they say (Art. 3). */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

/* ---- the facts, as a document of assess.md ---- */

/* What assess.md knows of a nationality; the rest of our record is for people. */
static json_t *nationalities_of(const struct entry *person)
{
    const json_t *list = json_object_get(person->payload, "nationalities");
    json_t *out = json_array();
    size_t i;
    json_t *entry;

    json_array_foreach(list, i, entry) json_array_append_new(
        out,
        json_pack("{s:s, s:s, s:b}", "state", payload_text(entry, "state"), "proof",
                  payload_text(entry, "proof"), "refuted", (int)payload_bool(entry, "refuted")));
    return out;
}

static json_t *person_facts(const struct case_file *c, const struct entry *person)
{
    const char *birth = entry_text(person, "birth_date");

    return json_pack("{s:o, s:s*, s:b}", "nationalities", nationalities_of(person), "birth_date",
                     *birth ? birth : NULL, "fears_own_state", (int)case_locked(c, person->person));
}

static json_t *ground_facts(const struct case_file *c, long person, bool *indicators)
{
    json_t *out = json_array();

    *indicators = false;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_GROUND));) {
        const char *by = entry_text(e, "perpetrator");
        if (e->person != person)
            continue;
        json_array_append_new(out, json_pack("{s:s, s:s}", "code", entry_text(e, "code"),
                                             "perpetrator", *by ? by : "unknown"));
        *indicators = *indicators || entry_bool(e, "trafficking_indicators");
    }
    return out;
}

/* The last act of that kind, to the network and about the person, dated up to `on`. */
static const struct entry *last_network(const struct case_file *c, enum act_kind kind, long person,
                                        const char *on)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, kind));)
        if (!strcmp(entry_text(e, "to"), "network") && entry_has_person(e, "persons", person) &&
            strcmp(entry_text(e, "on"), on) <= 0)
            found = e;
    return found;
}

/* An answer without a referral of ours on file answers one that somebody else made. */
static json_t *referral_facts(const struct case_file *c, long person, const char *on)
{
    const struct entry *asked = last_network(c, ACT_REFER, person, on);
    const struct entry *answer = last_network(c, ACT_REFER_ANSWER, person, on);

    if (answer && asked && strcmp(entry_text(answer, "on"), entry_text(asked, "on")) < 0)
        answer = NULL; /* asked anew since */
    if (!answer)
        return asked ? json_pack("{s:s}", "referred_on", entry_text(asked, "on")) : json_null();
    return json_pack("{s:s, s:s, s:s, s:s}", "referred_on",
                     entry_text(asked ? asked : answer, "on"), "answered_on",
                     entry_text(answer, "on"), "answer", entry_text(answer, "answer"), "because",
                     entry_text(answer, "because"));
}

/* Lists dated after that day were not on file then. */
static json_t *lists_by(const json_t *directory, const char *on)
{
    json_t *lists = json_object_get(directory, "lists"), *out = json_object(), *date;
    const char *state;

    json_object_foreach(lists, state,
                        date) if (json_is_string(date) && strcmp(json_string_value(date), on) <= 0)
        json_object_set(out, state, date);
    return out;
}

/* A part of the directory, or what stands for none. */
static json_t *part_of(const json_t *directory, const char *key, json_t *none)
{
    json_t *part = json_object_get(directory, key);

    if (!part)
        return none;
    json_decref(none);
    return json_incref(part);
}

static void put_district(const struct case_file *c, json_t *facts)
{
    const struct entry *situation = case_last(c, ACT_SITUATION);
    json_t *served = situation ? json_object_get(situation->payload, "district_served") : NULL;

    if (json_is_boolean(served))
        json_object_set(facts, "district_served", served);
}

bool case_facts(const struct case_file *c, long person, const json_t *directory, const char *on,
                struct facts *facts, struct error *err)
{
    const struct entry *record = case_person(c, person);
    bool indicators;

    facts_init(facts);
    if (!record)
        return error_set(err, ERROR_INPUT, _("person %ld: not recorded in this case"), person);

    json_t *grounds = ground_facts(c, person, &indicators);
    json_t *document = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:b, s:o, s:n}", "on", on, "instrument",
        part_of(directory, "instrument", json_pack("{s:s}", "status", "pilot")), "parties",
        part_of(directory, "parties", json_object()), "lists", lists_by(directory, on), "posts",
        part_of(directory, "posts", json_array()), "requesting_state", case_requesting_state(c),
        "receiving_state", case_receiving_state(c), "person", person_facts(c, record), "grounds",
        grounds, "trafficking_indicators", (int)indicators, "network_referral",
        referral_facts(c, person, on), "urgent_override");
    put_district(c, document);
    if (json_object_get(directory, "list_days"))
        json_object_set(document, "list_days", json_object_get(directory, "list_days"));
    bool ok = facts_parse(document, facts, err);
    json_decref(document);
    if (!ok)
        facts_release(facts);
    return ok;
}

/* ---- what was determined ---- */

/* Without a person it is for all who were recorded then. */
static bool is_about(const struct case_file *c, const struct entry *e, long person)
{
    if (e->person)
        return e->person == person;
    for (const struct entry *p = NULL; (p = case_next(c, p, ACT_PERSON));)
        if (p->person == person && p->act->seq < e->act->seq)
            return true;
    return false;
}

const struct entry *case_determined(const struct case_file *c, long person, enum requirement which)
{
    const struct entry *found = NULL;

    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DETERMINE));)
        if (requirement_named(entry_text(e, "requirement")) == which &&
            code_index(status_codes, entry_text(e, "status")) >= 0 && is_about(c, e, person))
            found = e;
    return found;
}

static void lay_over(const struct case_file *c, long person, translate_fn *tr,
                     struct assessment *out)
{
    for (int r = 0; r < REQUIREMENT_COUNT; r++) {
        const struct entry *e = case_determined(c, person, (enum requirement)r);
        struct determination *d = &out->requirements[r];

        if (!e)
            continue;
        free(d->reason);
        d->status = (enum status)code_index(status_codes, entry_text(e, "status"));
        d->reason = xasprintf(tr(N_("Determined by %1$s: %2$s")), e->act->by ? e->act->by : "?",
                              entry_text(e, "reason"));
    }
}

/* What stands against a poll follows the statuses (7.1, 7.2). */
static void block(struct assessment *out, enum poll_block which, enum requirement r)
{
    const struct determination *d = &out->requirements[r];

    free(out->blocks[which]);
    out->blocks[which] = d->status == STATUS_NOT_MET ? xstrdup(d->reason) : NULL;
}

static void conclude(struct assessment *out)
{
    enum status statuses[REQUIREMENT_COUNT];

    for (size_t i = 0; i < REQUIREMENT_COUNT; i++)
        statuses[i] = out->requirements[i].status;
    block(out, BLOCK_R1, REQUIREMENT_R1);
    block(out, BLOCK_R2, REQUIREMENT_R2);
    out->overall = assess_overall(statuses, out->protection_lock);
    out->poll_allowed = true;
    for (size_t i = 0; i < BLOCK_COUNT; i++)
        if (out->blocks[i])
            out->poll_allowed = false;
}

static bool is_treated_as_child(const struct case_file *c, long person)
{
    const struct entry *record = case_person(c, person);

    return record && entry_bool(record, "treat_as_child");
}

bool case_assess(const struct case_file *c, long person, const json_t *directory, const char *on,
                 translate_fn *tr, struct facts *facts, struct assessment *out, struct error *err)
{
    struct facts own;
    struct facts *f = facts ? facts : &own;

    if (!case_facts(c, person, directory, on, f, err))
        return false;
    assess(f, tr, out);
    if (is_treated_as_child(c, person))
        out->minor = KNOWN_TRUE;
    lay_over(c, person, tr, out);
    conclude(out);
    if (f == &own)
        facts_release(&own);
    return true;
}

enum known case_minor(const struct case_file *c, long person, const char *on)
{
    const struct entry *record = case_person(c, person);
    struct partial_date birth;
    struct date day;

    if (is_treated_as_child(c, person))
        return KNOWN_TRUE;
    if (!record || !partial_date_parse(entry_text(record, "birth_date"), &birth) ||
        partial_date_is_unknown(birth) || !date_parse(on, &day))
        return KNOWN_NOT;
    return date_age(partial_date_youngest(birth), day) < ADULT_AGE ? KNOWN_TRUE : KNOWN_FALSE;
}

enum status status_worse(enum status a, enum status b)
{
    static const int rank[] = {
        [STATUS_MET] = 0, [STATUS_WAIVED] = 1, [STATUS_UNDETERMINED] = 2, [STATUS_NOT_MET] = 3};

    return rank[a] >= rank[b] ? a : b;
}

long case_list_days(const json_t *directory)
{
    json_int_t days = json_integer_value(json_object_get(directory, "list_days"));

    return days > 0 ? (long)days : LIST_DAYS;
}

const json_t *case_directory(const struct case_file *c, const json_t *directory)
{
    const struct entry *decision = case_last(c, ACT_DECIDE);

    return decision && json_object_get(decision->act->context, "parties") ? decision->act->context
                                                                          : directory;
}
