/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/redact.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/identity.h"
#include "amparo/agreement/withhold.h"
#include "amparo/base/buf.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* Which consent opens identity, and whether what is sensitive goes with it. */
static const struct {
    const char *purpose; /* what it would be consented for; NULL: nothing personal at all */
    bool opens;          /* such a consent opens identity */
    bool sensitive;
    bool named;       /* only to the one that the consent names */
    bool past_lock;   /* the protection lock does not keep it out: it is no State */
    const char *kind; /* of recipient, as withhold_bars() has it */
} audiences[] = {
    [AUDIENCE_POST] = {NULL, true, true, false, true, NULL},
    [AUDIENCE_CAPITAL] = {"P2", true, true, false, false, NULL},
    [AUDIENCE_STATE] = {"P4", true, true, true, false, NULL},
    [AUDIENCE_FOCAL] = {"P3", false, false, false, false, NULL},
    [AUDIENCE_SECRETARIAT] = {NULL, false, false, false, false, NULL},
    [AUDIENCE_IOM] = {"P5", true, true, false, true, "iom"},
    [AUDIENCE_AUTHORITY] = {"P6", true, false, true, true, "authorities"},
    [AUDIENCE_NETWORK] = {"P9", false, false, false, false, NULL},
    [AUDIENCE_FAMILY] = {"P7", true, false, true, false, "family"},
    [AUDIENCE_ORGANISATION] = {"P8", true, false, true, true, "organisations"},
    [AUDIENCE_PERSON] = {NULL, true, true, true, true, NULL},
};

/* Whom the lock keeps out: every State, since what one has, the person's own may come to have; and
 * the family, who may live there. */
static bool lock_bars(const struct audience *audience)
{
    return !audiences[audience->kind].past_lock;
}

static const char *recipient(const struct audience *audience)
{
    if (audience->kind == AUDIENCE_STATE)
        return audience->state;
    return audiences[audience->kind].named ? audience->name : NULL;
}

/* The State that asked for its national gave us the identity itself, by its note. */
static bool has_given(const struct case_file *c, long person, const char *state)
{
    if (strcmp(case_role(c), "assisting") || strcmp(case_requesting_state(c), state))
        return false;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (!e->annulled && !strcmp(entry_text(e, "kind"), "REQ") &&
            !strcmp(entry_text(e, "direction"), "in") && request_covers(c, e, person))
            return true;
    return false;
}

/* One's own is nobody's to consent to. */
static bool is_self(long person, const struct audience *audience)
{
    return audience->name && strtol(audience->name, NULL, 10) == person;
}

bool redact_allows_identity(const struct case_file *c, long person, const struct audience *audience)
{
    const char *purpose = audiences[audience->kind].purpose, *to = recipient(audience);
    const char *kind = audiences[audience->kind].kind;

    if (audience->kind == AUDIENCE_POST)
        return true;
    if (audience->kind == AUDIENCE_PERSON)
        return is_self(person, audience);
    if (!audiences[audience->kind].opens || (audiences[audience->kind].named && !to) ||
        (lock_bars(audience) && case_locked(c, person)) ||
        (kind && withhold_bars(c, person, kind, to)))
        return false;
    if (audience->kind == AUDIENCE_STATE && has_given(c, person, to))
        return true;
    return case_consents(c, person, purpose, to);
}

bool redact_keeps_off_paper(const struct case_file *c, const json_t *payload,
                            const struct audience *audience)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_subjects(c, payload, 0, persons, ARRAY_SIZE(persons)), locked = 0;

    for (size_t i = 0; i < count; i++)
        locked += case_locked(c, persons[i]) && !case_erased(c, persons[i]);
    return (audience->kind == AUDIENCE_POST || lock_bars(audience)) &&
           !strcmp(case_role(c), "requesting") &&
           (count ? locked == count : case_persons(c, NULL, 0) > 0);
}

/* ---- in lists of many cases ---- */

char *redact_keepers(const struct case_file *c)
{
    static const char *const keys[] = {"responsible", "deputy"};
    const struct entry *open = case_next(c, NULL, ACT_OPEN);
    struct buf out = BUF_INIT;

    if (!open || strcmp(entry_text(open, "confidentiality"), "restricted") != 0)
        return xstrdup("");
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        buf_addf(&out, "%s\n", entry_text(open, keys[i]));
    return buf_detach(&out);
}

static bool is_keeper(const char *keepers, const char *officer)
{
    size_t size = strlen(officer);

    for (const char *line = keepers; *line; line += strcspn(line, "\n") + 1)
        if (size && strncmp(line, officer, size) == 0 && line[size] == '\n')
            return true;
    return false;
}

enum name_hidden redact_name(const char *name, bool locked, const char *keepers,
                             const char *officer)
{
    if (*keepers && !is_keeper(keepers, officer))
        return NAME_RESTRICTED;
    if (locked)
        return *name ? NAME_LOCKED : NAME_ERASED;
    return NAME_SHOWN;
}

const char *name_hidden_label(enum name_hidden hidden)
{
    static const char *const labels[] = {
        [NAME_SHOWN] = "",
        [NAME_LOCKED] = N_("person under lock"),
        [NAME_ERASED] = N_("person erased"),
        [NAME_RESTRICTED] = N_("restricted case"),
    };

    return labels[hidden];
}

/* ---- in an act ---- */

/* What the audience may have of an act about these persons. */
struct reach {
    long persons[CASE_PERSONS_MOST];
    size_t count;
    bool open; /* P0 */
    bool identity;
    bool sensitive;
    bool all; /* P3 */
};

/* Whose identity the audience may have, and whose it may not: looked up at the first text. */
struct readers {
    const struct case_file *c;
    const struct audience *audience;
    bool sorted;
    long may[CASE_PERSONS_MOST], barred[CASE_PERSONS_MOST];
    size_t may_count, barred_count;
};

/* On our own paper too, where it is that of the State which a person fears. */
static bool may_be_named(const struct readers *r, long person)
{
    if (r->audience->kind == AUDIENCE_POST)
        return strcmp(case_role(r->c), "requesting") != 0 || !case_locked(r->c, person) ||
               case_erased(r->c, person);
    return redact_allows_identity(r->c, person, r->audience);
}

static void sort_persons(struct readers *r)
{
    long all[CASE_PERSONS_MOST];
    size_t count = r->sorted ? 0 : case_persons(r->c, all, ARRAY_SIZE(all));

    for (size_t i = 0; i < count && i < ARRAY_SIZE(all); i++)
        if (may_be_named(r, all[i]))
            r->may[r->may_count++] = all[i];
        else
            r->barred[r->barred_count++] = all[i];
    r->sorted = true;
}

static bool text_names_barred(struct readers *r, const char *text)
{
    sort_persons(r);
    for (size_t i = 0; i < r->barred_count; i++)
        if (identity_in_text_beside(r->c, r->barred[i], text, r->may, r->may_count))
            return true;
    return false;
}

/* What people wrote, of whomever it is, may have the name of somebody else in it. */
static bool names_barred(struct readers *r, const struct field *field, const json_t *value)
{
    size_t i;
    json_t *member;

    if (!field)
        return false;
    json_array_foreach((json_t *)(uintptr_t)value, i, member)
    {
        if (names_barred(r, field, member))
            return true;
    }
    for (const struct field *m = json_is_object(value) ? field->members : NULL; m && m->id; m++)
        if (names_barred(r, m, json_object_get(value, m->key)))
            return true;
    if (!json_is_string(value) || (field->type != FIELD_TEXT && field->type != FIELD_LONG))
        return false;
    return text_names_barred(r, json_string_value(value));
}

static struct reach reach_of(const struct case_file *c, const json_t *payload,
                             const struct audience *audience)
{
    struct reach reach = {.all = audience->kind == AUDIENCE_POST};
    size_t locked = 0;

    reach.count = case_subjects(c, payload, 0, reach.persons, ARRAY_SIZE(reach.persons));
    reach.identity = reach.count > 0;
    for (size_t i = 0; i < reach.count; i++) {
        if (case_locked(c, reach.persons[i]))
            locked++;
        if (!redact_allows_identity(c, reach.persons[i], audience))
            reach.identity = false;
    }
    /* Nobody left to speak of although somebody is recorded: all are locked. */
    bool hidden = reach.count ? locked == reach.count : case_persons(c, NULL, 0) > 0;
    reach.open = !hidden || !lock_bars(audience);
    reach.identity = reach.all || reach.identity;
    reach.sensitive = reach.all || (reach.identity && audiences[audience->kind].sensitive);
    return reach;
}

static bool reaches(const struct reach *reach, enum field_class class)
{
    switch (class) {
    case CLASS_P0:
        return reach->open;
    case CLASS_P1:
        return reach->identity;
    case CLASS_P2:
        return reach->sensitive;
    default:
        return reach->all;
    }
}

/* Any text in the value, whoever reads it as what. */
static bool tells(const struct case_file *c, long person, const struct audience *audience,
                  const json_t *value)
{
    const char *purpose = audiences[audience->kind].purpose, *to = recipient(audience), *key;
    size_t i;
    json_t *member;

    if (json_is_string(value))
        return withheld_in_text(c, person, purpose, to, json_string_value(value));
    json_array_foreach((json_t *)(uintptr_t)value, i, member)
    {
        if (tells(c, person, audience, member))
            return true;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        if (tells(c, person, audience, member))
            return true;
    }
    return false;
}

/* Held back by one of the persons: the field itself, or what stands in its words. */
static bool is_withheld(const struct case_file *c, const struct reach *reach,
                        const struct audience *audience, enum act_kind kind, const char *key,
                        const json_t *value)
{
    const char *purpose = audiences[audience->kind].purpose, *to = recipient(audience);

    for (size_t i = 0; !reach->all && i < reach->count; i++)
        if (withheld_field(c, reach->persons[i], purpose, to, kind, key) ||
            tells(c, reach->persons[i], audience, value))
            return true;
    return false;
}

static const struct field *field_of(const struct act_type *type, const char *key)
{
    const struct field *field = field_find(type->fields, key);

    if (!field && !strcmp(key, act_transcribed_field.key))
        field = &act_transcribed_field;
    if (!field && !strcmp(key, act_override_field.key))
        field = &act_override_field;
    if (!field && !strcmp(key, act_doubts_field.key))
        field = &act_doubts_field;
    return field;
}

bool redact_allows_text(const struct case_file *c, long person, const struct audience *audience,
                        const char *text)
{
    struct readers readers = {.c = c, .audience = audience};

    return redact_allows_identity(c, person, audience) && !text_names_barred(&readers, text) &&
           (audience->kind == AUDIENCE_POST ||
            !withheld_in_text(c, person, audiences[audience->kind].purpose, recipient(audience),
                              text));
}

/* A correction is redacted as what it corrects: not as a whole. */
static json_t *redact_correction(const struct case_file *c, const json_t *correction,
                                 const struct audience *audience)
{
    const char *of = json_string_value(json_object_get(correction, "of"));
    const struct entry *e = case_entry(c, of);
    const json_t *anew = json_object_get(correction, "payload");

    if (!e || !json_is_object(anew) || e->act->kind == ACT_CORRECT)
        return NULL;
    return redact_payload(c, e->act->kind, anew, audience);
}

json_t *redact_payload(const struct case_file *c, enum act_kind kind, const json_t *payload,
                       const struct audience *audience)
{
    const struct act_type *type = act_type(kind);
    const json_t *about = payload;
    json_t *out = json_object(), *value;
    const char *key;

    if (kind == ACT_CORRECT)
        about = json_object_get(payload, "payload");
    struct reach reach = reach_of(c, about, audience);
    struct readers readers = {.c = c, .audience = audience};
    json_object_foreach((json_t *)(uintptr_t)payload, key, value)
    {
        const struct field *field = field_of(type, key);
        /* What the table does not know could be anything. */
        enum field_class class = field ? field->class : CLASS_P3;
        json_t *shown = NULL;

        if ((field && field->type == FIELD_PERSON) ||
            (reaches(&reach, class) && !is_withheld(c, &reach, audience, kind, key, value) &&
             !names_barred(&readers, field, value)))
            shown = json_deep_copy(value);
        else if (field && field->type == FIELD_PAYLOAD)
            shown = redact_correction(c, payload, audience);
        if (!shown)
            shown = json_pack("{s:s}", "redacted", field_class_name(class));
        json_object_set_new(out, key, shown);
    }
    return out;
}
