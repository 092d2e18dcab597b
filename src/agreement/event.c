/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/event.h"

#include <string.h>

#include "amparo/agreement/assess.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

/* ---- the person of a line ---- */

bool event_born(const char *text, struct date today, struct date_entry *out, struct error *err)
{
    size_t digits = strspn(text, "0123456789");
    bool years = digits >= 1 && digits <= 3 && !text[digits];
    char *age = years ? xasprintf("%sa", text) : NULL;
    bool ok = date_entry_parse(age ? age : text, true, today, out, err);

    free(age);
    return ok;
}

/* A birth date or an age becomes the fields that the person has for it. */
static void put_born(json_t *person, const json_t *line, struct date today, translate_fn *tr)
{
    const char *text = payload_text(line, "born");
    struct date_entry born;
    char date[PARTIAL_DATE_SIZE];

    if (!*text || json_object_get(person, "birth_date") || !event_born(text, today, &born, NULL))
        return;
    json_object_set_new(person, "birth_date", json_string(partial_date_format(born.date, date)));
    if (born.age < 1)
        return;
    json_object_set_new(person, "age_stated", json_integer(born.age));
    struct buf basis = BUF_INIT;
    date_age_basis(&basis, &born, tr);
    json_object_set_new(person, "age_basis", json_string(buf_text(&basis)));
    buf_release(&basis);
}

/* Who has but one name has a single name. */
static void put_single_name(json_t *person)
{
    const char *surname = payload_text(person, "surname_1");
    const char *given = payload_text(person, "given_names");

    if (json_object_get(person, "single_name") || (!*surname == !*given))
        return;
    json_object_set_new(person, "single_name", json_string(*surname ? surname : given));
    json_object_del(person, *surname ? "surname_1" : "given_names");
}

static const char *nationals_of(const json_t *event, const char *state)
{
    const char *said = payload_text(event, "requesting_state");

    return *said ? said : state;
}

/* Nothing said of it: as the event has it, and declared only. */
static void put_nationality(json_t *person, const json_t *event, const char *state)
{
    size_t i;
    json_t *one;

    if (!json_object_get(person, "nationalities"))
        json_object_set_new(person, "nationalities",
                            json_pack("[{s:s}]", "state", nationals_of(event, state)));
    json_array_foreach(json_object_get(person, "nationalities"), i, one)
    {
        if (json_is_object(one) && !json_object_get(one, "proof"))
            json_object_set_new(one, "proof", json_string("declared"));
    }
}

static bool says_lone(const json_t *line)
{
    return payload_is(line, "alone", "alone") || payload_is(line, "alone", "separated");
}

json_t *event_line_person(const json_t *event, const json_t *line, long number, const char *state,
                          struct date today, translate_fn *tr)
{
    const json_t *said = json_object_get(line, "person");
    json_t *person = json_is_object(said) ? json_deep_copy(said) : json_object();

    json_object_set_new(person, "person", json_integer(number));
    put_single_name(person);
    put_born(person, line, today, tr);
    put_nationality(person, event, state);
    if (says_lone(line) && !json_object_get(person, "birth_date"))
        json_object_set_new(person, "treat_as_child", json_true());
    if (*payload_text(line, "family") && *payload_text(line, "relation"))
        json_object_set(person, "group_relation", json_object_get(line, "relation"));
    return person;
}

/* By the youngest reading, as everywhere; a date that nobody knows is no child's. */
static bool is_minor(const json_t *person, struct date today)
{
    struct partial_date born;

    if (payload_bool(person, "treat_as_child"))
        return true;
    return partial_date_parse(payload_text(person, "birth_date"), &born) &&
           !partial_date_is_unknown(born) &&
           date_age(partial_date_youngest(born), today) < ADULT_AGE;
}

/* ---- a line as typed ---- */

json_t *event_line_read(struct instant now, value_lookup *lookup, value_fault *fault, void *ctx)
{
    json_t *line = values_read(event_line_type.fields, now, lookup, fault, ctx);

    json_object_set_new(line, "person",
                        values_read(act_type(ACT_PERSON)->fields, now, lookup, fault, ctx));
    json_object_del(json_object_get(line, "person"), "person");
    return line;
}

const char *event_line_path(const char *path)
{
    static const char before[] = "person.";

    return strncmp(path, before, sizeof before - 1) == 0 ? path + sizeof before - 1 : path;
}

const struct field *event_line_field(const char *path)
{
    const struct field *field = values_field(event_line_type.fields, path);

    return field ? field : values_field(act_type(ACT_PERSON)->fields, path);
}

/* ---- checking a line ---- */

/* What a line must say so that consent can be recorded as somebody's. */
static bool check_consent(const json_t *event, const json_t *line, bool minor, struct error *err)
{
    bool basis = *payload_text(event, "consent_basis");

    if (!*payload_text(line, "consent"))
        return true;
    if (payload_is(line, "consent", "vital"))
        return basis || error_set(err, ERROR_INPUT,
                                  _("consent: the event has no basis (consent_basis) for who "
                                    "could not be asked; say it there first"));
    if (!minor)
        return true;
    if (says_lone(line))
        return basis || error_set(err, ERROR_INPUT,
                                  _("consent: for a child alone the event needs a basis "
                                    "(consent_basis: best interests); or leave it empty"));
    return *payload_text(line, "family") || payload_is(line, "alone", "with_adults") ||
           error_set(err, ERROR_INPUT,
                     _("consent: who speaks for the child? give the family mark, or alone"));
}

static bool check_shape(const json_t *line, struct error *err)
{
    json_t *rest = json_is_object(line) ? json_copy((json_t *)(uintptr_t)line) : NULL;
    const json_t *person = json_object_get(line, "person");

    if (!rest)
        return error_set(err, ERROR_INPUT, _("a line is a JSON object"));
    json_object_del(rest, "person");
    bool ok = payload_check(&event_line_type, rest, err);
    json_decref(rest);
    if (json_is_object(person) && !json_object_get(person, "person"))
        return ok;
    return error_set(err, ERROR_INPUT,
                     _("person: needed; the keys of the act person, without the number"));
}

bool event_line_check(const json_t *event, const json_t *line, struct date today, struct error *err)
{
    struct date_entry born;

    if (!check_shape(line, err))
        return false;
    const char *text = payload_text(line, "born");
    struct error why = ERROR_INIT;
    bool ok = true;
    if (*text && !event_born(text, today, &born, &why))
        ok = error_set(err, ERROR_INPUT, _("born: %s"), error_text(&why));
    error_release(&why);
    json_t *person = event_line_person(event, line, 1, "", today, english);
    bool minor = is_minor(person, today);
    if (!json_object_get(json_object_get(line, "person"), "nationalities"))
        json_object_set_new(person, "nationalities", json_array());
    ok &= payload_check_at(act_type(ACT_PERSON), person, "person.", false, err);
    json_decref(person);
    if (ok && says_lone(line) && !minor)
        ok = error_set(err, ERROR_INPUT, _("alone: by the birth date this is no child"));
    return ok && check_consent(event, line, minor, err);
}

/* ---- the acts ---- */

static void add(json_t *acts, enum act_kind kind, json_t *payload)
{
    json_array_append_new(acts,
                          json_pack("{s:s, s:o}", "act", act_type(kind)->name, "payload", payload));
}

/* Copies what is there; `as` NULL: under the same key. */
static void take(json_t *to, const json_t *from, const char *key, const char *as)
{
    json_t *value = json_object_get(from, key);

    if (value)
        json_object_set(to, as ? as : key, value);
}

static void add_opening(json_t *acts, const json_t *event, const json_t *line, const json_t *person,
                        const char *state)
{
    json_t *open = json_object(), *place = json_object();
    const char *role = payload_text(event, "role");
    const char *national =
        payload_text(json_array_get(json_object_get(person, "nationalities"), 0), "state");

    json_object_set_new(open, "role", json_string(*role ? role : "requesting"));
    take(open, event, "receiving_state", NULL);
    take(open, event, "requesting_state", NULL);
    if (*role && strcmp(role, "requesting") != 0 && !json_object_get(open, "requesting_state"))
        json_object_set_new(open, "requesting_state", json_string(*national ? national : state));
    take(open, event, "priority", NULL);
    take(open, event, "source", NULL);
    take(open, event, "interview_languages", NULL);
    take(open, event, "name", "event");
    take(open, line, "family", "event_family");
    add(acts, ACT_OPEN, open);
    take(place, event, "locality", NULL);
    take(place, event, "subdivision", NULL);
    take(place, event, "danger_now", NULL);
    take(place, event, "armed_conflict", NULL);
    add(acts, ACT_SITUATION, place);
}

static void add_common_needs(json_t *acts, const json_t *event)
{
    const char *urgency = payload_text(event, "urgency");
    size_t i;
    json_t *need;

    json_array_foreach(json_object_get(event, "needs"), i, need)
        add(acts, ACT_NEED,
            json_pack("{s:O, s:s}", "need", need, "urgency", *urgency ? urgency : "72h"));
}

static void add_ground(json_t *acts, const json_t *event, const json_t *line, long number)
{
    json_t *ground = json_pack("{s:I}", "person", (json_int_t)number);

    take(ground, event, "ground", "code");
    take(ground, event, "perpetrator", NULL);
    take(ground, event, "facts", NULL);
    take(ground, event, "on", "when");
    take(ground, event, "locality", "where");
    if (says_lone(line))
        json_object_set_new(ground, "profiles", json_pack("[s]", "lone_child"));
    add(acts, ACT_GROUND, ground);
}

/* What is said of the family so far; NULL: nothing. */
static const struct entry *find_group(const struct case_file *c)
{
    const struct entry *found = NULL, *e = NULL;

    while ((e = case_next(c, e, ACT_GROUP)))
        if (entry_number(e, "group") == 1)
            found = e;
    return found;
}

/* From the second person on there is a group, said anew with each. */
static void add_group(json_t *acts, const struct case_file *c, long number)
{
    const struct entry *known = find_group(c);
    json_t *group = known ? json_deep_copy(known->payload)
                          : json_pack("{s:i, s:s, s:b, s:[]}", "group", 1, "type", "family",
                                      "keep_together", 1, "persons");
    json_t *members = json_object_get(group, "persons");
    long numbers[256];
    size_t count = known ? 0 : case_persons(c, numbers, ARRAY_SIZE(numbers));

    for (size_t i = 0; i < count; i++)
        if (!case_erased(c, numbers[i]))
            json_array_append_new(members, json_integer(numbers[i]));
    json_array_append_new(members, json_integer(number));
    add(acts, ACT_GROUP, group);
}

static const char *giver(const json_t *line, bool minor)
{
    return payload_is(line, "consent", "vital") ? "vital_interest"
           : minor && says_lone(line)           ? "best_interests"
           : minor                              ? "parent"
                                                : "self";
}

static void add_consents(json_t *acts, const json_t *event, const json_t *line,
                         const json_t *person, struct date today, translate_fn *tr)
{
    const char *form = payload_text(event, "consent_form");
    const char *by = giver(line, is_minor(person, today));
    bool basis = strcmp(by, "best_interests") == 0 || strcmp(by, "vital_interest") == 0;
    char on[DATE_SIZE];

    for (int i = 0; *payload_text(line, "consent") && i < 2; i++) {
        const char *purpose = i ? "P3" : "P1";
        if (i && payload_is(line, "consent", "record"))
            break;
        json_t *consent =
            json_pack("{s:O, s:s, s:s, s:s, s:s, s:s}", "person", json_object_get(person, "person"),
                      "purpose", purpose, "to", tr(consent_usual_recipient(purpose)), "given_by",
                      by, "form", *form ? form : "oral", "on", date_format(today, on));
        if (basis)
            take(consent, event, "consent_basis", "basis");
        add(acts, ACT_CONSENT, consent);
    }
}

json_t *event_line_acts(const json_t *event, const json_t *line, const struct case_file *c,
                        const char *state, struct date today, translate_fn *tr)
{
    long numbers[256];
    size_t count = c ? case_persons(c, numbers, ARRAY_SIZE(numbers)) : 0;
    long number = count ? numbers[count - 1] + 1 : 1;
    json_t *acts = json_array();
    json_t *person = event_line_person(event, line, number, state, today, tr);

    if (!c)
        add_opening(acts, event, line, person, state);
    add(acts, ACT_PERSON, json_incref(person));
    if (c)
        add_group(acts, c, number);
    else
        add_common_needs(acts, event);
    add_ground(acts, event, line, number);
    if (*payload_text(line, "need"))
        add(acts, ACT_NEED,
            json_pack("{s:I, s:O, s:s}", "person", (json_int_t)number, "need",
                      json_object_get(line, "need"), "urgency", "now"));
    add_consents(acts, event, line, person, today, tr);
    json_decref(person);
    return acts;
}

/* ---- what cases say of it ---- */

long case_lone_children(const struct case_file *c)
{
    long numbers[256], lone = 0;
    size_t count = case_persons(c, numbers, ARRAY_SIZE(numbers));

    for (size_t i = 0; i < count; i++) {
        const struct entry *ground = NULL;
        bool found = false;
        while (!found && (ground = case_next(c, ground, ACT_GROUND)))
            found =
                ground->person == numbers[i] && entry_has_text(ground, "profiles", "lone_child");
        lone += found && !case_erased(c, numbers[i]);
    }
    return lone;
}

const char *case_event(const struct case_file *c)
{
    const struct entry *open = case_last(c, ACT_OPEN);

    return open ? entry_text(open, "event") : "";
}

const char *case_event_family(const struct case_file *c)
{
    const struct entry *open = case_last(c, ACT_OPEN);

    return open ? entry_text(open, "event_family") : "";
}
