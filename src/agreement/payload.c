/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/payload.h"

#include <inttypes.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/currency.h"
#include "amparo/agreement/facts.h"
#include "amparo/agreement/language.h"
#include "amparo/agreement/travelcode.h"
#include "amparo/base/cbor.h"
#include "amparo/base/date.h"
#include "amparo/base/instant.h"
#include "amparo/base/mem.h"
#include "amparo/base/mrz.h"
#include "amparo/base/text.h"

/* Bounds that no honest payload meets; they keep a hostile one from costing anything. */
enum { TEXT_BYTES = 1000, LONG_BYTES = 60000, ELEMENTS = 500, NUMBER_MAX = 999999 };
enum { SHOWN_CELLS = 60 };

/* ---- saying what is wrong ---- */

static void show_text(struct buf *out, const char *text)
{
    size_t fits = text_fit(text, SHOWN_CELLS);

    text_shown(out, text, fits);
    if (text[fits])
        buf_adds(out, "…");
}

static void show_value(struct buf *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        buf_addc(out, '"');
        show_text(out, json_string_value(value));
        buf_addc(out, '"');
        break;
    case JSON_INTEGER:
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        buf_addf(out, "%.17g", json_real_value(value));
        break;
    case JSON_OBJECT:
        buf_adds(out, "{…}");
        break;
    case JSON_ARRAY:
        buf_adds(out, json_array_size(value) ? "[…]" : "[]");
        break;
    case JSON_TRUE:
        buf_adds(out, "true");
        break;
    case JSON_FALSE:
        buf_adds(out, "false");
        break;
    case JSON_NULL:
        buf_adds(out, "null");
        break;
    }
}

bool payload_fault(struct payload_checker *check, const json_t *value, const char *what, ...)
{
    struct buf line = BUF_INIT;
    va_list args;

    show_text(&line, buf_text(&check->path));
    if (line.size)
        buf_adds(&line, ": ");
    if (value) {
        show_value(&line, value);
        buf_adds(&line, ": ");
    }
    va_start(args, what);
    buf_vaddf(&line, what, args);
    va_end(args);
    error_set(check->err, ERROR_INPUT, "%s", buf_text(&line));
    buf_release(&line);
    check->ok = false;
    return false;
}

/* Steps down to a key or an element; the caller cuts the path back to the size returned. */
static size_t enter_key(struct payload_checker *check, const char *key)
{
    size_t before = check->path.size;

    if (before && check->path.data[before - 1] != '.')
        buf_addc(&check->path, '.');
    buf_adds(&check->path, key);
    return before;
}

static size_t enter_element(struct payload_checker *check, size_t index)
{
    size_t before = check->path.size;

    buf_addf(&check->path, "[%zu]", index);
    return before;
}

bool payload_fault_key(struct payload_checker *check, const char *key, const json_t *value,
                       const char *what)
{
    size_t before = enter_key(check, key);

    payload_fault(check, value, "%s", what);
    buf_cut(&check->path, before);
    return false;
}

/* ---- values ---- */

/* The string, or NULL after a fault: not one, or with a NUL or a control character in it. */
static const char *string_of(struct payload_checker *check, const json_t *value, size_t bytes,
                             bool lines)
{
    if (!json_is_string(value)) {
        payload_fault(check, value, _("must be a string"));
        return NULL;
    }

    const char *text = json_string_value(value);
    size_t size = json_string_length(value);

    if (size > bytes) {
        payload_fault(check, value, _("longer than %zu bytes"), bytes);
        return NULL;
    }
    if (strlen(text) != size || !cbor_text_ok(text, size) || (!lines && strchr(text, '\n'))) {
        payload_fault(check, value,
                      lines ? _("holds a control character")
                            : _("holds a control character or a second line"));
        return NULL;
    }
    return text;
}

static bool check_any_text(struct payload_checker *check, const json_t *value, size_t bytes,
                           bool lines)
{
    const char *text = string_of(check, value, bytes, lines);

    if (!text)
        return false;
    return !text_is_blank(text) || payload_fault(check, value, _("must not be blank"));
}

static bool check_text(struct payload_checker *check, const struct field *field,
                       const json_t *value)
{
    (void)field;
    return check_any_text(check, value, TEXT_BYTES, false);
}

static bool check_long(struct payload_checker *check, const struct field *field,
                       const json_t *value)
{
    (void)field;
    return check_any_text(check, value, LONG_BYTES, true);
}

static bool check_bool(struct payload_checker *check, const struct field *field,
                       const json_t *value)
{
    (void)field;
    return json_is_boolean(value) || payload_fault(check, value, _("must be true or false"));
}

static bool check_number(struct payload_checker *check, const struct field *field,
                         const json_t *value)
{
    (void)field;
    if (!json_is_integer(value) || json_integer_value(value) < 1 ||
        json_integer_value(value) > NUMBER_MAX)
        return payload_fault(check, value, _("must be a whole number from 1"));
    return true;
}

static bool check_date(struct payload_checker *check, const struct field *field,
                       const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);
    struct date date;

    (void)field;
    if (!text)
        return false;
    return date_parse(text, &date) ||
           payload_fault(check, value, _("must be a date that exists, YYYY-MM-DD"));
}

static bool check_partial_date(struct payload_checker *check, const struct field *field,
                               const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);
    struct partial_date date;

    (void)field;
    if (!text)
        return false;
    return partial_date_parse(text, &date) ||
           payload_fault(check, value,
                         _("must be a date, YYYY-MM-DD, YYYY-MM-XX, YYYY-XX-XX or XXXX-XX-XX, "
                           "with ~ where it is about"));
}

static bool check_instant(struct payload_checker *check, const struct field *field,
                          const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);
    struct instant at;

    (void)field;
    if (!text)
        return false;
    return instant_parse(text, &at) ||
           payload_fault(check, value,
                         _("must be an instant with its offset, 2026-03-14T09:30:00+04:00"));
}

static bool check_deadline(struct payload_checker *check, const struct field *field,
                           const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);
    struct instant at;
    struct date date;

    (void)field;
    if (!text)
        return false;
    return date_parse(text, &date) || instant_parse(text, &at) ||
           payload_fault(check, value, _("must be a date or an instant with its offset"));
}

static bool check_code(struct payload_checker *check, const struct field *field,
                       const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    if (!text)
        return false;
    if (code_label(field->codes, text))
        return true;

    struct buf codes = BUF_INIT;
    for (const struct code *c = field->codes; c->code; c++)
        buf_addf(&codes, " %s", c->code);
    payload_fault(check, value, _("must be one of:%s"), buf_text(&codes));
    buf_release(&codes);
    return false;
}

static bool check_state(struct payload_checker *check, const struct field *field,
                        const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    (void)field;
    if (!text)
        return false;
    return country_find(text) ||
           payload_fault(check, value, _("must be a country's two letters of ISO 3166-1"));
}

static bool check_act_id(struct payload_checker *check, const struct field *field,
                         const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    (void)field;
    if (!text)
        return false;
    return (strlen(text) == 2 * ACT_ID_SIZE && strspn(text, "0123456789abcdef") == strlen(text)) ||
           payload_fault(check, value, _("must be the id of an act, 64 hexadecimal digits"));
}

/* Whether it is more exact than its currency is a rule, since it takes two fields. */
static bool check_amount(struct payload_checker *check, const struct field *field,
                         const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    (void)field;
    if (!text)
        return false;

    size_t whole = strspn(text, "0123456789");
    size_t all = whole;
    if (text[whole] == '.') {
        size_t fraction = strspn(text + whole + 1, "0123456789");
        all = fraction ? whole + 1 + fraction : 0;
    }
    if (!whole || all != strlen(text) || whole > 12 || all > 20)
        return payload_fault(check, value, _("must be an amount with a point, as 1850.00"));
    return true;
}

static bool check_currency(struct payload_checker *check, const struct field *field,
                           const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    (void)field;
    if (!text)
        return false;
    return currency_find(text) ||
           payload_fault(check, value, _("must be a currency's three letters of ISO 4217"));
}

static bool check_language(struct payload_checker *check, const struct field *field,
                           const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    (void)field;
    if (!text)
        return false;
    if (language_find(text))
        return true;

    const struct language *language = language_by_alpha3(text);
    if (language)
        return payload_fault(check, value, _("write %s for this language"), language->code);
    return payload_fault(check, value, _("must be a language of ISO 639-1, or else of 639-3"));
}

static bool check_phone(struct payload_checker *check, const struct field *field,
                        const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, false);

    (void)field;
    if (!text)
        return false;

    size_t digits = text[0] == '+' ? strspn(text + 1, "0123456789") : 0;
    if (digits < 5 || digits > 15 || text[1] == '0' || text[1 + digits])
        return payload_fault(check, value,
                             _("must be + and 5 to 15 digits, country code first (E.164)"));
    return true;
}

/* The digits of these agree, or are not there: a letter read wrongly is seen only here. */
static bool check_mrz_codes(struct payload_checker *check, const struct mrz *mrz)
{
    struct travel_code found;

    if (!travel_code_find(mrz->issuer, &found))
        return payload_fault(check, NULL, _("passport line: no State or issuer has the code %s"),
                             mrz->issuer);
    return travel_code_find(mrz->nationality, &found) ||
           payload_fault(check, NULL, _("passport line: no nationality has the code %s"),
                         mrz->nationality);
}

static bool check_mrz(struct payload_checker *check, const struct field *field, const json_t *value)
{
    const char *text = string_of(check, value, TEXT_BYTES, true);
    struct error why = ERROR_INIT;
    struct mrz mrz;

    (void)field;
    if (!text)
        return false;
    /* The year only tells which century a birth is of: it refuses nothing. */
    if (mrz_parse(text, 2099, &mrz, &why))
        return check_mrz_codes(check, &mrz);
    for (const char *line = error_text(&why); *line;) {
        size_t size = strcspn(line, "\n");

        payload_fault(check, NULL, "%.*s", (int)size, line);
        line += size + (line[size] == '\n');
    }
    error_release(&why);
    return false;
}

/* ---- arrays and objects ---- */

static bool check_table(struct payload_checker *check, const struct field *table,
                        const json_t *object);

static bool check_object(struct payload_checker *check, const struct field *field,
                         const json_t *value)
{
    if (!json_is_object(value))
        return payload_fault(check, value, _("must be an object"));
    return check_table(check, field->members, value);
}

static bool check_payload(struct payload_checker *check, const struct field *field,
                          const json_t *value)
{
    (void)field;
    return json_is_object(value) || payload_fault(check, value, _("must be an object"));
}

typedef bool check_fn(struct payload_checker *check, const struct field *field,
                      const json_t *value);

/* The check of a scalar type, or of an element of an array. */
static check_fn *const checks[FIELD_TYPE_COUNT] = {
    [FIELD_TEXT] = check_text,         [FIELD_LONG] = check_long,
    [FIELD_BOOL] = check_bool,         [FIELD_NUMBER] = check_number,
    [FIELD_DATE] = check_date,         [FIELD_PARTIAL_DATE] = check_partial_date,
    [FIELD_INSTANT] = check_instant,   [FIELD_DEADLINE] = check_deadline,
    [FIELD_CODE] = check_code,         [FIELD_CODES] = check_code,
    [FIELD_STATE] = check_state,       [FIELD_STATES] = check_state,
    [FIELD_PERSON] = check_number,     [FIELD_PERSONS] = check_number,
    [FIELD_ACT] = check_act_id,        [FIELD_AMOUNT] = check_amount,
    [FIELD_CURRENCY] = check_currency, [FIELD_LANGUAGES] = check_language,
    [FIELD_PHONE] = check_phone,       [FIELD_MRZ] = check_mrz,
    [FIELD_OBJECT] = check_object,     [FIELD_OBJECTS] = check_object,
    [FIELD_PAYLOAD] = check_payload,   [FIELD_TEXTS] = check_text,
};

static bool is_array_type(enum field_type type)
{
    return type == FIELD_CODES || type == FIELD_STATES || type == FIELD_PERSONS ||
           type == FIELD_LANGUAGES || type == FIELD_TEXTS || type == FIELD_OBJECTS;
}

static bool check_elements(struct payload_checker *check, const struct field *field,
                           const json_t *array)
{
    bool ok = true;
    size_t i;
    json_t *element;

    json_array_foreach(array, i, element)
    {
        size_t before = enter_element(check, i);
        bool fine = checks[field->type](check, field, element);

        for (size_t j = 0; fine && field->type != FIELD_OBJECTS && j < i; j++)
            if (json_equal(element, json_array_get(array, j)))
                fine = payload_fault(check, element, _("stands there twice"));
        ok = ok && fine;
        buf_cut(&check->path, before);
    }
    return ok;
}

static bool check_array(struct payload_checker *check, const struct field *field,
                        const json_t *value)
{
    if (!json_is_array(value))
        return payload_fault(check, value, _("must be an array"));
    if (!json_array_size(value) && !field->may_be_empty)
        return payload_fault(check, value, _("must not be empty"));
    if (json_array_size(value) > ELEMENTS)
        return payload_fault(check, value, _("has more than %d elements"), ELEMENTS);
    return check_elements(check, field, value);
}

static bool check_answer(struct payload_checker *check, const json_t *value)
{
    const json_t *answer = json_object_get(value, "answer");

    if (json_object_size(value) != 1 || !json_is_string(answer) ||
        !code_label(answer_codes, json_string_value(answer)))
        return payload_fault(check, value,
                             _("must be a value, or {\"answer\": unknown, declined, not_asked or "
                               "not_applicable}"));
    return true;
}

static bool check_value(struct payload_checker *check, const struct field *field,
                        const json_t *value)
{
    if (json_is_object(value) && field_takes_answer(field))
        return check_answer(check, value);
    if (is_array_type(field->type))
        return check_array(check, field, value);
    return checks[field->type](check, field, value);
}

bool payload_may_lack(const struct payload_checker *check, const struct field *field)
{
    return check->received && (field->class != CLASS_P0 || field->type == FIELD_PERSON ||
                               field->type == FIELD_PERSONS);
}

/* Each field of the table that is there or must be; false where one has a fault. */
static bool check_known(struct payload_checker *check, const struct field *table,
                        const json_t *object)
{
    bool ok = true;

    for (const struct field *f = table; f && f->id; f++) {
        const json_t *value = json_object_get(object, f->key);

        if (!value) {
            if (f->needed && !payload_may_lack(check, f))
                ok = payload_fault_key(check, f->key, NULL, _("is missing"));
            continue;
        }
        size_t before = enter_key(check, f->key);
        ok = check_value(check, f, value) && ok;
        buf_cut(&check->path, before);
    }
    return ok;
}

static bool check_table(struct payload_checker *check, const struct field *table,
                        const json_t *object)
{
    bool ok = check_known(check, table, object);
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value) if (!field_find(table, key)) ok =
        payload_fault_key(check, key, value, _("no such key here"));
    return ok;
}

/* The keys of the act itself, and those that it may carry. */
static void check_act(struct payload_checker *check, const struct act_type *type,
                      const json_t *payload)
{
    const char *key;
    json_t *value;

    check_known(check, type->fields, payload);
    json_object_foreach((json_t *)(uintptr_t)payload, key, value)
    {
        const struct field *field = NULL;

        if (field_find(type->fields, key))
            continue;
        for (size_t i = 0; (field = act_carried(type, i)) && strcmp(field->key, key) != 0;)
            i++;
        if (!field) {
            payload_fault_key(check, key, value, _("no such key here"));
            continue;
        }
        size_t before = enter_key(check, key);
        check_value(check, field, value);
        buf_cut(&check->path, before);
    }
}

bool payload_check_at(const struct act_type *type, const json_t *payload, const char *before,
                      bool received, struct error *err)
{
    struct payload_checker check = {.path = BUF_INIT, .err = err, .ok = true, .received = received};

    buf_adds(&check.path, before);
    if (!json_is_object(payload))
        payload_fault(&check, payload, _("the payload must be a JSON object"));
    else
        check_act(&check, type, payload);
    if (check.ok)
        payload_check_rules(&check, type, payload);
    else if (payload_shaped(type, payload)) /* what is missing is told along with what is wrong */
        payload_check_needs(&check, type, payload);
    buf_release(&check.path);
    return check.ok;
}

bool payload_check(const struct act_type *type, const json_t *payload, struct error *err)
{
    return payload_check_at(type, payload, "", false, err);
}

bool payload_check_received(const struct act_type *type, const json_t *payload, struct error *err)
{
    return payload_check_at(type, payload, "", true, err);
}

bool payload_check_value(const struct field *field, const json_t *value, const char *path,
                         struct error *err)
{
    struct payload_checker check = {.path = BUF_INIT, .err = err, .ok = true};

    buf_adds(&check.path, path);
    check_value(&check, field, value);
    buf_release(&check.path);
    return check.ok;
}

const char *payload_answer(const json_t *payload, const char *key)
{
    return json_string_value(json_object_get(json_object_get(payload, key), "answer"));
}

const char *payload_text(const json_t *payload, const char *key)
{
    const char *text = json_string_value(json_object_get(payload, key));

    return text ? text : "";
}

bool payload_bool(const json_t *payload, const char *key)
{
    return json_is_true(json_object_get(payload, key));
}

long payload_number(const json_t *payload, const char *key)
{
    return (long)json_integer_value(json_object_get(payload, key));
}

bool payload_is(const json_t *payload, const char *key, const char *text)
{
    return !strcmp(payload_text(payload, key), text);
}

bool payload_has_person(const json_t *payload, const char *key, long person)
{
    const json_t *list = json_object_get(payload, key);
    size_t i;
    json_t *element;

    json_array_foreach(list, i, element) if (json_integer_value(element) == person) return true;
    return false;
}

bool payload_has_text(const json_t *payload, const char *key, const char *text)
{
    const json_t *list = json_object_get(payload, key);
    size_t i;
    json_t *element;

    json_array_foreach(list, i, element) if (json_is_string(element) &&
                                             !strcmp(json_string_value(element), text)) return true;
    return false;
}
