/* SPDX-License-Identifier: MIT */
/* Single values of a payload, each against the type of its field. */
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/currency.h"
#include "amparo/agreement/language.h"
#include "amparo/agreement/travelcode.h"
#include "amparo/base/cbor.h"
#include "amparo/base/date.h"
#include "amparo/base/instant.h"
#include "amparo/base/mem.h"
#include "amparo/base/mrz.h"
#include "amparo/base/text.h"
#include "payload_work.h"

/* Bounds that no honest payload meets; they keep a hostile one from costing anything. */
enum { TEXT_BYTES = 1000, LONG_BYTES = 60000, NUMBER_MAX = 999999 };

/* ---- texts ---- */

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

/* ---- what says one thing ---- */

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

typedef bool check_fn(struct payload_checker *check, const struct field *field,
                      const json_t *value);

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
    [FIELD_TEXTS] = check_text,
};

bool payload_check_scalar(struct payload_checker *check, const struct field *field,
                          const json_t *value)
{
    return checks[field->type](check, field, value);
}
