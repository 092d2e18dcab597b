/* SPDX-License-Identifier: MIT */
/* What the fields of a payload say of each other. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/gate.h"
#include "amparo/base/mem.h"
#include "amparo/base/money.h"
#include "amparo/base/text.h"
#include "payload_work.h"

/* clang-format off */
const struct payload_rule payload_rules[] = {
    {ACT_OPEN,    "requesting_state", RULE_NEEDED,  "role",        TEST_IS_NOT,  "requesting"},
    {ACT_PERSON,  "surname_1",        RULE_NEEDED,  "single_name", TEST_ABSENT,  NULL},
    {ACT_PERSON,  "surname_1",        RULE_REFUSED, "single_name", TEST_PRESENT, NULL},
    {ACT_PERSON,  "given_names",      RULE_NEEDED,  "single_name", TEST_ABSENT,  NULL},
    {ACT_DECLINE, "round",            RULE_NEEDED,  "stage",       TEST_IS,      "poll"},
    {ACT_DECLINE, "round",            RULE_REFUSED, "stage",       TEST_IS_NOT,  "poll"},
    {ACT_DECLINE, "note",             RULE_NEEDED,  "stage",       TEST_IS_NOT,  "poll"},
    {ACT_DECLINE, "note",             RULE_REFUSED, "stage",       TEST_IS,      "poll"},
    {ACT_DECLINE, "hand_over_on",     RULE_REFUSED, "stage",       TEST_IS_NOT,  "assistance"},
    {ACT_NOTE,    "to",               RULE_NEEDED,  "direction",   TEST_IS,      "out"},
    {ACT_NOTE,    "to",               RULE_REFUSED, "direction",   TEST_IS,      "in"},
    {ACT_NOTE,    "from",             RULE_NEEDED,  "direction",   TEST_IS,      "in"},
    {ACT_NOTE,    "from",             RULE_REFUSED, "direction",   TEST_IS,      "out"},
    {ACT_NOTE,    "number",           RULE_NEEDED,  "direction",   TEST_IS,      "in"},
    {ACT_NOTE,    "number",           RULE_REFUSED, "direction",   TEST_IS,      "out"},
    {ACT_NOTE,    "transcribed",      RULE_NEEDED,  "direction",   TEST_IS,      "in"},
    {ACT_NOTE,    "transcribed",      RULE_REFUSED, "direction",   TEST_IS,      "out"},
    {ACT_NOTE,    "at",               RULE_NEEDED,  "kind",        TEST_IS,      "REQ"},
    {ACT_ACCEPT,  "currency",         RULE_NEEDED,  "ceiling",     TEST_PRESENT, NULL},
    {ACT_COST,    "base_currency",    RULE_NEEDED,  "base_amount", TEST_PRESENT, NULL},
    {ACT_COST,    "base_currency",    RULE_NEEDED,  "rate",        TEST_PRESENT, NULL},
    {ACT_COST,    "persons",          RULE_NEEDED,  "shares",      TEST_PRESENT, NULL},
    {ACT_COST,    "advanced_by",      RULE_REFUSED, "source",      TEST_IS_NOT,  "assisting_advance"},
    {ACT_COST,    "refund_due_on",    RULE_REFUSED, "source",      TEST_IS_NOT,  "assisting_advance"},
    {ACT_REFUND,  "amount",           RULE_REFUSED, "step",        TEST_IS,      "asked"},
    {ACT_REFUND,  "due_on",           RULE_REFUSED, "step",        TEST_IS_NOT,  "asked"},
    {ACT_NONE,    NULL,               RULE_NEEDED,  NULL,          TEST_PRESENT, NULL},
};
/* clang-format on */

/* An answer is no value; `transcribed` and `to` are objects and are there. */
static bool is_there(const json_t *payload, const char *key)
{
    return json_object_get(payload, key) && !payload_answer(payload, key);
}

bool payload_rule_holds(const struct payload_rule *rule, const json_t *payload)
{
    switch (rule->test) {
    case TEST_PRESENT:
        return is_there(payload, rule->other);
    case TEST_ABSENT:
        return !is_there(payload, rule->other);
    case TEST_IS:
        return payload_is(payload, rule->other, rule->value);
    case TEST_IS_NOT:
        return !payload_is(payload, rule->other, rule->value);
    }
    return false;
}

/* The field that a rule needs may not have been for us. */
static bool may_lack(const struct payload_checker *check, const struct act_type *type,
                     const struct payload_rule *rule)
{
    const struct field *field = field_find(type->fields, rule->key);

    return field && payload_may_lack(check, field);
}

void payload_check_needs(struct payload_checker *check, const struct act_type *type,
                         const json_t *payload)
{
    for (const struct payload_rule *r = payload_rules; r->act; r++)
        if (r->act == type->kind && r->effect == RULE_NEEDED && !is_there(payload, r->key) &&
            (r->test != TEST_IS_NOT || is_there(payload, r->other)) &&
            payload_rule_holds(r, payload) && !may_lack(check, type, r))
            payload_fault_key(check, r->key, NULL, _("is missing"));
}

static void check_table_of_rules(struct payload_checker *check, const struct act_type *type,
                                 const json_t *payload)
{
    for (const struct payload_rule *r = payload_rules; r->act; r++) {
        const json_t *value = json_object_get(payload, r->key);

        if (r->act != type->kind || !payload_rule_holds(r, payload))
            continue;
        if (r->effect == RULE_NEEDED && !is_there(payload, r->key) && !may_lack(check, type, r))
            payload_fault_key(check, r->key, value, _("is missing"));
        if (r->effect == RULE_REFUSED && value)
            payload_fault_key(check, r->key, value, _("does not belong here"));
    }
}

/* One entry for each nationality, as assess.md has it. */
static void check_person(struct payload_checker *check, const json_t *payload)
{
    const json_t *list = json_object_get(payload, "nationalities");
    size_t i;
    json_t *entry;

    json_array_foreach(list, i, entry)
    {
        const json_t *state = json_object_get(entry, "state");

        for (size_t j = 0; j < i; j++) {
            if (!json_equal(state, json_object_get(json_array_get(list, j), "state")))
                continue;
            size_t before = check->path.size;
            buf_addf(&check->path, "nationalities[%zu].state", i);
            payload_fault(check, state, _("stands there twice"));
            buf_cut(&check->path, before);
            break;
        }
    }
}

/* Head and relations are among the members: who names the members names them all. */
static void check_group(struct payload_checker *check, const json_t *payload)
{
    const json_t *head = json_object_get(payload, "head");
    size_t i;
    json_t *relation;

    if (json_is_integer(head) && !payload_has_person(payload, "persons", json_integer_value(head)))
        payload_fault_key(check, "head", head, _("is none of the members"));
    json_array_foreach(json_object_get(payload, "relations"), i, relation)
    {
        static const char *const keys[] = {"person", "of"};
        size_t before = check->path.size;
        long a = payload_number(relation, "person"), b = payload_number(relation, "of");

        buf_addf(&check->path, "relations[%zu].", i);
        for (size_t k = 0; k < ARRAY_SIZE(keys); k++)
            if (!payload_has_person(payload, "persons", payload_number(relation, keys[k])))
                payload_fault_key(check, keys[k], json_object_get(relation, keys[k]),
                                  _("is none of the members"));
        if (a == b)
            payload_fault_key(check, "of", json_object_get(relation, "of"),
                              _("is the same person"));
        buf_cut(&check->path, before);
    }
}

static void check_consent(struct payload_checker *check, const json_t *payload)
{
    const json_t *to = json_object_get(payload, "to");

    if (payload_is(payload, "purpose", "P4") && json_is_string(to) &&
        !country_find(json_string_value(to)))
        payload_fault_key(check, "to", to,
                          _("P4 needs a country's two letters: consent is for one State"));
}

static void check_reply(struct payload_checker *check, const json_t *payload)
{
    const json_t *services = json_object_get(payload, "services");

    if (json_is_false(json_object_get(payload, "offer")) && json_array_size(services))
        payload_fault_key(check, "services", services, _("must be empty without an offer"));
}

/* A text that says "not_obtainable: …", as those of `child` may. */
static bool is_not_obtainable(const char *text)
{
    return !strncmp(text, "not_obtainable:", strlen("not_obtainable:"));
}

static void check_child(struct payload_checker *check, const json_t *payload)
{
    static const char *const keys[] = {"care", "responsible", "views", "best_interests", "by"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *value = json_object_get(payload, keys[i]);
        const char *text = json_string_value(value);

        if (text && is_not_obtainable(text) && text_is_blank(text + strlen("not_obtainable:")))
            payload_fault_key(check, keys[i], value, _("say why it is not obtainable"));
    }
}

static void check_override(struct payload_checker *check, const json_t *payload)
{
    const json_t *list = json_object_get(json_object_get(payload, "override"), "for");
    size_t i;
    json_t *gate;

    json_array_foreach(list, i, gate)
    {
        size_t before = check->path.size;

        if (gate_known(json_string_value(gate)))
            continue;
        buf_addf(&check->path, "override.for[%zu]", i);
        payload_fault(check, gate, _("there is no such gate"));
        buf_cut(&check->path, before);
    }
}

static void check_money(struct payload_checker *check, const json_t *payload, const char *amount,
                        const char *currency)
{
    const json_t *value = json_object_get(payload, amount);
    const char *code = json_string_value(json_object_get(payload, currency));
    int64_t units;

    if (!json_is_string(value) || !code)
        return;
    enum money_fault fault = money_read(json_string_value(value), code, &units);
    if (fault == MONEY_TOO_EXACT)
        payload_fault_key(check, amount, value, _("has more decimals than the currency"));
    else if (fault)
        payload_fault_key(check, amount, value, _("is more than can be counted here"));
}

/* ---- costs ---- */

/* Only what the payload itself lets say: who is there, the case knows. */
static bool is_sharer(const json_t *payload, const json_t *share, size_t before)
{
    const json_t *list = json_object_get(payload, "shares");
    long person = payload_number(share, "person");

    for (size_t i = 0; i < before; i++)
        if (payload_number(json_array_get(list, i), "person") == person)
            return false;
    return payload_has_person(payload, "persons", person);
}

/* Each person once, all by parts or all by amounts; the amounts are the whole cost. */
static void check_shares(struct payload_checker *check, const json_t *payload)
{
    const json_t *list = json_object_get(payload, "shares");
    const char *currency = payload_text(payload, "currency");
    int64_t sum = 0, units = 0, all = 0;
    size_t i, weights = 0;
    json_t *share;
    bool right = true;

    if (!json_array_size(list))
        return;
    json_array_foreach(list, i, share)
    {
        bool weight = json_object_get(share, "weight"), amount = json_object_get(share, "amount");
        if (!is_sharer(payload, share, i))
            payload_fault_key(check, "shares", NULL, _("each of `persons` has one share"));
        weights += weight;
        right = right && weight != amount;
        if (amount)
            right = right && money_parse(payload_text(share, "amount"), currency, &units) &&
                    money_add(&sum, units);
    }
    if (json_array_size(list) != json_array_size(json_object_get(payload, "persons")))
        payload_fault_key(check, "shares", NULL, _("each of `persons` has one share"));
    else if (!right || (weights && weights != json_array_size(list)))
        payload_fault_key(check, "shares", NULL, _("parts of all, or amounts of all"));
    else if (!weights && money_parse(payload_text(payload, "amount"), currency, &all) && all != sum)
        payload_fault_key(check, "shares", NULL, _("do not add up to the amount"));
}

/* A rate that can be applied; and where both are said, rate and amount agree to the unit. */
static void check_rate(struct payload_checker *check, const json_t *payload)
{
    const json_t *rate = json_object_get(payload, "rate");
    const char *currency = payload_text(payload, "currency");
    const char *base = payload_text(payload, "base_currency");
    int64_t units, said, converted;

    if (*base && !strcmp(base, currency))
        payload_fault_key(check, "base_currency", json_object_get(payload, "base_currency"),
                          _("is the currency that was paid in: leave it out"));
    if (!json_is_string(rate) || !money_parse(payload_text(payload, "amount"), currency, &units))
        return;
    if (!money_convert(units, currency, json_string_value(rate), base, &converted))
        payload_fault_key(check, "rate", rate,
                          _("is 0, has more than 15 digits, or makes the amount too large"));
    else if (money_parse(payload_text(payload, "base_amount"), base, &said) &&
             (said > converted + 1 || said < converted - 1))
        payload_fault_key(check, "base_amount", json_object_get(payload, "base_amount"),
                          _("is not the amount at that rate"));
}

static void check_cost(struct payload_checker *check, const json_t *payload)
{
    if (payload_is(payload, "source", "iom") && payload_is(payload, "iom_status", "refused"))
        payload_fault_key(check, "source", json_object_get(payload, "source"),
                          _("IOM refused: say who bears it, or undetermined"));
    check_shares(check, payload);
    check_rate(check, payload);
}

static void check_period(struct payload_checker *check, const json_t *payload)
{
    const char *starts = json_string_value(json_object_get(payload, "starts_on"));
    const json_t *ends = json_object_get(payload, "ends_on");

    /* Dates in this form compare as text. */
    if (starts && json_is_string(ends) && strcmp(json_string_value(ends), starts) < 0)
        payload_fault_key(check, "ends_on", ends, _("is before starts_on"));
}

/* A reason is of one of the exits named. */
static void check_close(struct payload_checker *check, const json_t *payload)
{
    const char *reason = payload_text(payload, "reason_code");
    const json_t *outcomes = json_object_get(payload, "outcome");
    size_t i;
    json_t *outcome;

    if (!*reason)
        return;
    json_array_foreach(outcomes, i,
                       outcome) if (exit_reason_fits(reason, json_string_value(outcome))) return;
    payload_fault_key(check, "reason_code", json_object_get(payload, "reason_code"),
                      _("is no reason for this outcome"));
}

void payload_check_rules(struct payload_checker *check, const struct act_type *type,
                         const json_t *payload)
{
    check_table_of_rules(check, type, payload);
    if (!check->ok)
        return;
    if (type->kind == ACT_PERSON)
        check_person(check, payload);
    if (type->kind == ACT_GROUP)
        check_group(check, payload);
    if (type->kind == ACT_CONSENT)
        check_consent(check, payload);
    if (type->kind == ACT_REPLY)
        check_reply(check, payload);
    if (type->kind == ACT_CHILD)
        check_child(check, payload);
    if (type->kind == ACT_CLOSE)
        check_close(check, payload);
    if (type->kind == ACT_COST)
        check_cost(check, payload);
    check_override(check, payload);
    check_money(check, payload, "amount", "currency");
    check_money(check, payload, "base_amount", "base_currency");
    check_money(check, payload, "ceiling", "currency");
    check_period(check, payload);
}
