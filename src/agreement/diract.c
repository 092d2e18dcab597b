/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/diract.h"

#include <string.h>

#include "amparo/agreement/facts.h"
#include "amparo/agreement/fields.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static const struct code kind_codes[] = {
    {"consulate", ""}, {"directorate", ""}, {"secretariat", ""}, {NULL, NULL}};

static const struct code reason_codes[] = {
    {"lost", ""}, {"stolen", ""}, {"ended", ""}, {NULL, NULL}};

static const struct field root_fields[] = {
    {.id = 1, .key = "keys", .type = FIELD_TEXTS, .needed = true},
    FIELD_END,
};

static const struct field approve_fields[] = {
    {.id = 1, .key = "of", .type = FIELD_ACT, .needed = true},
    FIELD_END,
};

static const struct field state_fields[] = {
    {.id = 1, .key = "state", .type = FIELD_STATE, .needed = true},
    {.id = 2, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 3, .key = "post", .type = FIELD_TEXT, .needed = true},
    FIELD_END,
};

static const struct field post_fields[] = {
    {.id = 1, .key = "post", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 3, .key = "code", .type = FIELD_TEXT, .needed = true},
    {.id = 4, .key = "name", .type = FIELD_TEXT, .needed = true},
    {.id = 5, .key = "country", .type = FIELD_STATE, .needed = true},
    {.id = 6, .key = "city", .type = FIELD_TEXT, .needed = true},
    {.id = 7, .key = "kind", .type = FIELD_CODE, .needed = true, .codes = kind_codes},
    FIELD_END,
};

static const struct field sealing_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "until", .type = FIELD_DATE, .needed = true},
    FIELD_END,
};

static const struct field roll_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    FIELD_END,
};

/* Of a chain of that key's author: the last good dispatch, or any good one. Incarnation 0 is left
 * out; the hash is what the next dispatch has as `prev`. */
static const struct field head_fields[] = {
    {.id = 1, .key = "case", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "incarnation", .type = FIELD_NUMBER},
    {.id = 3, .key = "sequence", .type = FIELD_NUMBER, .needed = true},
    {.id = 4, .key = "hash", .type = FIELD_TEXT, .needed = true},
    FIELD_END,
};

static const struct field revoke_fields[] = {
    {.id = 1, .key = "key", .type = FIELD_TEXT, .needed = true},
    {.id = 2, .key = "heads", .type = FIELD_OBJECTS, .members = head_fields, .may_be_empty = true},
    {.id = 3, .key = "reason", .type = FIELD_CODE, .codes = reason_codes},
    FIELD_END,
};

static const struct field party_act_fields[] = {
    {.id = 1, .key = "state", .type = FIELD_STATE, .needed = true},
    {.id = 2, .key = "since", .type = FIELD_DATE, .needed = true},
    {.id = 3, .key = "until", .type = FIELD_DATE},
    {.id = 4, .key = "source", .type = FIELD_TEXT, .needed = true},
    FIELD_END,
};

static const struct field instrument_fields[] = {
    {.id = 1, .key = "status", .type = FIELD_CODE, .needed = true, .codes = instrument_codes},
    {.id = 2, .key = "since", .type = FIELD_DATE},
    FIELD_END,
};

/* Keys as store/directory.h has them. */
static const struct field focal_fields[] = {
    {.id = 1, .key = "desk", .type = FIELD_TEXT},
    {.id = 2, .key = "email", .type = FIELD_TEXT},
    {.id = 3, .key = "phone", .type = FIELD_TEXT},
    {.id = 4, .key = "hours", .type = FIELD_TEXT},
    {.id = 5, .key = "languages", .type = FIELD_TEXT},
    {.id = 6, .key = "since", .type = FIELD_TEXT},
    {.id = 7, .key = "until", .type = FIELD_TEXT},
    {.id = 8, .key = "verified", .type = FIELD_TEXT},
    FIELD_END,
};

/* As a line of a list is kept, which may come from elsewhere and lack what a form asks for. */
static const struct field office_fields[] = {
    {.id = 1, .key = "country", .type = FIELD_STATE, .needed = true},
    {.id = 2, .key = "city", .type = FIELD_TEXT},
    {.id = 3, .key = "kind", .type = FIELD_CODE, .needed = true, .codes = post_kind_codes},
    {.id = 4, .key = "seat", .type = FIELD_STATE},
    {.id = 5, .key = "able", .type = FIELD_BOOL, .needed = true},
    {.id = 6, .key = "phone", .type = FIELD_TEXT},
    {.id = 7, .key = "email", .type = FIELD_TEXT},
    {.id = 8, .key = "website", .type = FIELD_TEXT},
    FIELD_END,
};

/* The list is what the acts from the first one, which comes after none, up to the last one say:
 * lines that are put (in the place of those of the same name), names that are gone. Where more is
 * to follow, the list is not whole yet. */
static const struct field offices_fields[] = {
    {.id = 1, .key = "on", .type = FIELD_DATE, .needed = true},
    {.id = 2, .key = "after", .type = FIELD_ACT},
    {.id = 3, .key = "more", .type = FIELD_BOOL},
    {.id = 4, .key = "put", .type = FIELD_OBJECTS, .members = office_fields},
    {.id = 5, .key = "gone", .type = FIELD_TEXTS},
    FIELD_END,
};

static const struct field minimum_fields[] = {
    {.id = 1, .key = "version", .type = FIELD_NUMBER, .needed = true},
    FIELD_END,
};

static const struct field release_fields[] = {
    {.id = 1, .key = "version", .type = FIELD_NUMBER, .needed = true},
    {.id = 2, .key = "hash", .type = FIELD_TEXT, .needed = true},
    {.id = 3, .key = "until", .type = FIELD_DATE, .needed = true},
    {.id = 4, .key = "after", .type = FIELD_ACT},
    {.id = 5, .key = "adds", .type = FIELD_TEXTS},
    FIELD_END,
};

#define TYPE(kind_, name_, label_, fields_)                                                        \
    [(kind_)-DIR_ROOT] = {.kind = (enum act_kind)(kind_),                                          \
                          .name = (name_),                                                         \
                          .article = "",                                                           \
                          .label = (label_),                                                       \
                          .fields = (fields_)}

static const struct act_type types[DIR_KIND_END - DIR_ROOT] = {
    TYPE(DIR_ROOT, "root", N_("keys of the root"), root_fields),
    TYPE(DIR_APPROVE, "approve", N_("approval"), approve_fields),
    TYPE(DIR_STATE, "state", N_("key of a State"), state_fields),
    TYPE(DIR_POST, "certify", N_("post and its key"), post_fields),
    TYPE(DIR_SEALING, "sealing", N_("sealing key of a post"), sealing_fields),
    TYPE(DIR_ROLL, "roll", N_("new key by the old one"), roll_fields),
    TYPE(DIR_REVOKE, "revoke", N_("revocation of a key"), revoke_fields),
    TYPE(DIR_PARTY, "party", N_("State that takes part"), party_act_fields),
    TYPE(DIR_INSTRUMENT, "instrument", N_("status of the instrument"), instrument_fields),
    TYPE(DIR_FOCAL, "focal", N_("focal point"), focal_fields),
    TYPE(DIR_OFFICES, "offices", N_("list of offices"), offices_fields),
    TYPE(DIR_MINIMUM, "minimum", N_("least version of pouches"), minimum_fields),
    TYPE(DIR_RELEASE, "release", N_("version of the directory"), release_fields),
};

bool diract_known(uint64_t kind)
{
    return kind >= DIR_ROOT && kind < DIR_KIND_END;
}

bool diract_of_root(enum diract_kind kind)
{
    return kind == DIR_STATE || kind == DIR_PARTY || kind == DIR_INSTRUMENT ||
           kind == DIR_MINIMUM || kind == DIR_RELEASE;
}

const struct act_type *diract_type(unsigned kind)
{
    return diract_known(kind) ? &types[kind - DIR_ROOT] : NULL;
}

/* ---- what the table does not say ---- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool diract_hex(const char *text, uint8_t *out, size_t size)
{
    if (!text || strlen(text) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool diract_bytes(const json_t *payload, const char *key, uint8_t *out, size_t size)
{
    return diract_hex(json_string_value(json_object_get(payload, key)), out, size);
}

static bool are_ids(const json_t *list)
{
    uint8_t bytes[32];

    for (size_t i = 0; i < json_array_size(list); i++)
        if (!diract_hex(json_string_value(json_array_get(list, i)), bytes, sizeof bytes))
            return false;
    return true;
}

static bool are_heads(const json_t *heads)
{
    uint8_t bytes[16];

    for (size_t i = 0; i < json_array_size(heads); i++) {
        const json_t *head = json_array_get(heads, i);
        if (!diract_bytes(head, "case", bytes, CASE_NUMBER) ||
            !diract_bytes(head, "hash", bytes, sizeof bytes))
            return false;
    }
    return true;
}

static bool is_key(const json_t *payload)
{
    uint8_t key[TRUST_KEY];

    return diract_bytes(payload, "key", key, sizeof key);
}

static bool is_post(const json_t *payload)
{
    uint8_t post[POST_ID];

    return diract_bytes(payload, "post", post, sizeof post);
}

bool post_code_ok(const char *code)
{
    size_t length = strlen(code);

    return length >= POST_CODE_LEAST && length <= POST_CODE_MOST && code[0] >= 'A' &&
           code[0] <= 'Z' && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length;
}

static bool is_root(const json_t *payload)
{
    const json_t *keys = json_object_get(payload, "keys");

    return json_array_size(keys) == ROOT_KEYS && are_ids(keys);
}

static bool is_release(const json_t *payload)
{
    uint8_t hash[VERSION_HASH];

    return diract_bytes(payload, "hash", hash, sizeof hash) &&
           are_ids(json_object_get(payload, "adds"));
}

bool diract_check(enum diract_kind kind, const json_t *payload, const char **why)
{
    const struct act_type *type = diract_type(kind);
    struct error err = ERROR_INIT;
    bool good = true;

    *why = N_("of a form that is not known here");
    if (!type || !payload_check(type, payload, &err)) {
        error_release(&err);
        return false;
    }
    *why = N_("has a key, an id, a code or a hash that is none");
    if (kind == DIR_ROOT)
        good = is_root(payload);
    else if (kind == DIR_STATE)
        good = is_key(payload) && is_post(payload);
    else if (kind == DIR_POST)
        good = is_key(payload) && is_post(payload) && post_code_ok(payload_text(payload, "code"));
    else if (kind == DIR_SEALING || kind == DIR_ROLL)
        good = is_key(payload);
    else if (kind == DIR_REVOKE)
        good = is_key(payload) && are_heads(json_object_get(payload, "heads"));
    else if (kind == DIR_RELEASE)
        good = is_release(payload);
    return good;
}
