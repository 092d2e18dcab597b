/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/withhold.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/identity.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* ---- recipients who are barred ---- */

/* By which words of a name a kind of recipient is known; in the languages that names come in. */
static const struct {
    const char *code;
    const char *kind; /* of withhold_bars() that it is a part of, or is */
    const char *words[14];
} recipients[] = {
    {"authorities", "authorities", {NULL}},
    {"police",
     "authorities",
     {"POLIC", "POLIZ", "POLIS", "POLIT", "GENDARM", "CARABIN", "GUARDIA", "MILIC", "SHURTA",
      "INTERIOR"}},
    {"family", "family", {NULL}},
    {"partner",
     "family",
     {"HUSBAND", "WIFE", "PARTNER", "SPOUSE", "ESPOS", "MARIDO", "PAREJA", "CONYUGE", "EPOU",
      "CONJOINT", "COMPANER", "NOVI"}},
    {"employer", "organisations", {"EMPLOY", "EMPLEADOR", "PATRON", "BOSS"}},
    {"organisations", "organisations", {NULL}},
    {"iom", "iom", {NULL}},
};

/* Does a word of the name begin so? */
static bool has_word(const char *name, const char *const *words)
{
    struct buf folded = BUF_INIT;
    bool found = false;

    text_fold(&folded, name);
    for (; *words && !found; words++)
        for (const char *p = buf_text(&folded); (p = strstr(p, *words)); p++)
            found = found || p == buf_text(&folded) || !isalnum((unsigned char)p[-1]);
    buf_release(&folded);
    return found;
}

/* Commas between. */
static bool is_named(const char *names, const char *name)
{
    char *copy = xstrdup(names), *rest = copy, *one;
    bool found = false;

    while ((one = strtok_r(rest, ",;", &rest)))
        found = found || case_same_name(one, name);
    free_wiped(copy);
    return found;
}

static bool says_no(const struct entry *consent, const char *kind, const char *name)
{
    const char *named = entry_text(consent, "not_to_named");

    for (size_t i = 0; i < ARRAY_SIZE(recipients); i++) {
        const char *const *words = recipients[i].words;
        if (!entry_has_text(consent, "not_to", recipients[i].code))
            continue;
        bool of_kind = !strcmp(recipients[i].kind, kind);
        if (*words && name ? has_word(name, words) : of_kind)
            return true;
    }
    return name ? is_named(named, name) : *named != 0;
}

/* A later word that names the recipient, and is in force. */
static bool is_lifted(const struct case_file *c, const struct entry *said, long person,
                      const char *kind, const char *name)
{
    for (const struct entry *e = NULL; name && (e = case_next(c, e, ACT_CONSENT));)
        if (e->person == person && case_said_later(e, said) &&
            case_names_recipient(entry_text(e, "to"), name) && case_consent_stands(c, e) &&
            !says_no(e, kind, name))
            return true;
    return false;
}

bool withhold_bars(const struct case_file *c, long person, const char *kind, const char *name)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (e->person == person && says_no(e, kind, name) && !is_lifted(c, e, person, kind, name))
            return true;
    return false;
}

/* ---- items that are withheld ---- */

static const struct item {
    const char *code;
    enum act_kind act;
    const char *key; /* NULL: all of the act but who it is about */
} items[] = {
    {"location", ACT_SITUATION, "locality"},
    {"location", ACT_SITUATION, "subdivision"},
    {"location", ACT_SITUATION, "address"},
    {"location", ACT_SITUATION, "place_type"},
    {"location", ACT_SITUATION, "detained_at"},
    {"location", ACT_POLL, "area"},
    {"location", ACT_CONTACT, "place"},
    {"location", ACT_ASSIST, "place"},
    {"location", ACT_CONSENT, "place"},
    {"location", ACT_OPEN, "first_contact_place"},
    {"contact", ACT_PERSON, "phone"},
    {"contact", ACT_PERSON, "phone_extension"},
    {"contact", ACT_PERSON, "phone_2"},
    {"contact", ACT_PERSON, "email"},
    {"contact", ACT_PERSON, "messaging"},
    {"documents", ACT_PERSON, "mrz"},
    {"documents", ACT_PERSON, "document_type"},
    {"documents", ACT_PERSON, "document_number"},
    {"documents", ACT_PERSON, "document_issuer"},
    {"documents", ACT_PERSON, "document_issued"},
    {"documents", ACT_PERSON, "document_expiry"},
    {"documents", ACT_PERSON, "document_status"},
    {"documents", ACT_PERSON, "document_seen"},
    {"documents", ACT_PERSON, "document_doubtful"},
    {"documents", ACT_PERSON, "loss_report"},
    {"documents", ACT_DOCUMENT, NULL},
    {"birth", ACT_PERSON, "birth_date"},
    {"birth", ACT_PERSON, "age_stated"},
    {"birth", ACT_PERSON, "age_basis"},
    {"birth", ACT_PERSON, "place_of_birth"},
    {"birth", ACT_PERSON, "mrz"},
    {"birth", ACT_DOCUMENT, "mrz"},
    {"family", ACT_PERSON, "marital_status"},
    {"family", ACT_PERSON, "group"},
    {"family", ACT_PERSON, "group_relation"},
    {"family", ACT_OPEN, "event_family"},
    {"family", ACT_GROUP, NULL},
    {"family", ACT_CHILD, "care"},
    {"family", ACT_CHILD, "care_relation"},
    {"family", ACT_CHILD, "responsible"},
    {"family", ACT_CHILD, "return_to"},
    {"health", ACT_PERSON, "disability"},
    {"health", ACT_PERSON, "pregnancy"},
    {"health", ACT_NEED, "detail"},
    {"facts", ACT_GROUND, "facts"},
    {"facts", ACT_GROUND, "perpetrator"},
    {"facts", ACT_GROUND, "relation"},
    {"facts", ACT_GROUND, "when"},
    {"facts", ACT_GROUND, "where"},
    {"facts", ACT_GROUND, "evidence"},
    {"migration", ACT_SITUATION, "migration_status"},
    {"migration", ACT_SITUATION, "entry_on"},
    {"work", ACT_PERSON, "occupation"},
    {"photo", ACT_PERSON, "photo"},
};

static bool is_superseded(const struct case_file *c, const struct entry *consent, long person)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (case_consent_is_for(e, person, entry_text(consent, "purpose"),
                                entry_text(consent, "to")) &&
            case_said_later(e, consent))
            return true;
    return false;
}

static bool withholds(const struct case_file *c, long person, const char *purpose, const char *to,
                      const char *item)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_CONSENT));)
        if (entry_has_text(e, "withheld", item) &&
            (case_consent_is_for(e, person, purpose, to) ||
             case_consent_is_for(e, person, "P1", NULL)) &&
            !is_superseded(c, e, person))
            return true;
    return false;
}

bool withheld_field(const struct case_file *c, long person, const char *purpose, const char *to,
                    enum act_kind act, const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
        const struct field *field;
        if (items[i].act != act || (items[i].key && strcmp(items[i].key, key) != 0))
            continue;
        field = field_find(act_type(act)->fields, key);
        if (!items[i].key && field && (field->type == FIELD_PERSON || field->type == FIELD_PERSONS))
            continue;
        if (withholds(c, person, purpose, to, items[i].code))
            return true;
    }
    return false;
}

/* ---- what was withheld, in a text ---- */

enum { TELLING_LETTERS = 3 };

/* The words stand together in the text, and are enough to tell something. */
static bool has_words(const char *text, const char *value)
{
    return strlen(value) >= TELLING_LETTERS && text_has_words(text, value);
}

static const char *const month_words[][3] = {
    {"JANUARY", "ENERO", "JANVIER"},
    {"FEBRUARY", "FEBRERO", "FEVRIER"},
    {"MARCH", "MARZO", "MARS"},
    {"APRIL", "ABRIL", "AVRIL"},
    {"MAY", "MAYO", "MAI"},
    {"JUNE", "JUNIO", "JUIN"},
    {"JULY", "JULIO", "JUILLET"},
    {"AUGUST", "AGOSTO", "AOUT"},
    {"SEPTEMBER", "SEPTIEMBRE", "SEPTEMBRE"},
    {"OCTOBER", "OCTUBRE", "OCTOBRE"},
    {"NOVEMBER", "NOVIEMBRE", "NOVEMBRE"},
    {"DECEMBER", "DICIEMBRE", "DECEMBRE"},
};

/* As people write a day: 14/3/1998, 14 March 1998, 14 de marzo de 1998, March 14, 1998. */
static bool has_date(const char *text, struct partial_date date)
{
    struct buf forms = BUF_INIT;
    char *rest, *form;
    bool found = false;

    buf_addf(&forms, "%d/%d/%d|%02d/%02d/%d|%d.%d.%d|%d-%d-%d", date.day, date.month, date.year,
             date.day, date.month, date.year, date.day, date.month, date.year, date.day, date.month,
             date.year);
    for (size_t l = 0; l < ARRAY_SIZE(*month_words); l++) {
        const char *month = month_words[date.month - 1][l];
        buf_addf(&forms, "|%d %s %d|%d DE %s DE %d|%s %d, %d", date.day, month, date.year, date.day,
                 month, date.year, month, date.day, date.year);
    }
    char *all = buf_detach(&forms);
    for (form = strtok_r(all, "|", &rest); form && !found; form = strtok_r(NULL, "|", &rest))
        found = has_words(text, form);
    free_wiped(all);
    return found;
}

static bool tells_value(const struct field *field, const json_t *value, const char *text)
{
    struct partial_date date;
    const char *said = json_string_value(value);
    size_t i;
    json_t *member;

    if (json_is_object(value) && field->members) {
        for (const struct field *m = field->members; m->id; m++)
            if (tells_value(m, json_object_get(value, m->key), text))
                return true;
        return false;
    }
    json_array_foreach((json_t *)(uintptr_t)value, i, member)
    {
        if (tells_value(field, member, text))
            return true;
    }
    if (!said)
        return false;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_MRZ:
        return has_words(text, said) || text_has_digits(text, said);
    case FIELD_PHONE:
        return text_has_digits(text, said);
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        return has_words(text, said) ||
               (partial_date_parse(said, &date) && date.day && has_date(text, date));
    default:
        return false; /* a code is a common word */
    }
}

/* Is the entry about the person, alone or with others? */
static bool is_about(const struct case_file *c, const struct entry *e, long person)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_subjects(c, e->payload, 0, persons, CASE_PERSONS_MOST);

    for (size_t i = 0; i < count; i++)
        if (persons[i] == person)
            return true;
    return false;
}

bool withheld_in_text(const struct case_file *c, long person, const char *purpose, const char *to,
                      const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(items) && *text; i++) {
        if (!withholds(c, person, purpose, to, items[i].code))
            continue;
        for (const struct entry *e = NULL; (e = case_next(c, e, items[i].act));) {
            if (!is_about(c, e, person))
                continue;
            for (const struct field *f = act_type(items[i].act)->fields; f->id; f++)
                if ((!items[i].key || !strcmp(items[i].key, f->key)) &&
                    tells_value(f, json_object_get(e->payload, f->key), text))
                    return true;
        }
    }
    return false;
}
