/* SPDX-License-Identifier: MIT */
#include "amparo/tui/values.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/language.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/number.h"
#include "amparo/tui/describe.h"

static void say_date(struct buf *out, const char *text, translate_fn *tr)
{
    struct partial_date date;
    if (partial_date_parse(text, &date))
        date_echo(out, date, tr);
    else
        buf_adds(out, text);
}

void values_say_when(struct buf *out, const char *when, translate_fn *tr)
{
    struct instant at;
    if (!instant_parse(when, &at)) {
        say_date(out, when, tr);
        return;
    }
    struct date day = instant_date(at);
    int second = instant_second_of_day(at);
    date_echo(out, (struct partial_date){day.year, day.month, day.day, false}, tr);
    buf_addf(out, ", %02d:%02d", second / 3600, second / 60 % 60);
}

static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                     N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                     N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

void values_say_when_short(struct buf *out, const char *when, struct instant now, translate_fn *tr)
{
    struct instant at;
    struct date day;
    bool timed = instant_parse(when, &at);
    if (timed)
        day = instant_date(at);
    else if (!date_parse(when, &day)) {
        buf_adds(out, when);
        return;
    }
    buf_addf(out, "%d %s", day.day, tr(months[day.month - 1]));
    if (day.year != instant_date(now).year)
        buf_addf(out, " %d", day.year);
    if (timed)
        buf_addf(out, " %02d:%02d", instant_second_of_day(at) / 3600,
                 instant_second_of_day(at) / 60 % 60);
}

static void say_one(struct buf *out, const struct field *field, const json_t *value,
                    const struct case_file *c, translate_fn *tr)
{
    const char *text = json_string_value(value);
    switch (field->type) {
    case FIELD_BOOL:
        buf_adds(out, json_is_true(value) ? tr(N_("yes")) : tr(N_("no")));
        return;
    case FIELD_PERSON:
    case FIELD_PERSONS:
        describe_person(out, c, (long)json_integer_value(value), tr);
        return;
    case FIELD_STATE:
    case FIELD_STATES:
        buf_adds(out, text ? country_name(text, tr) : "");
        return;
    case FIELD_LANGUAGES: {
        const struct language *language = text ? language_find(text) : NULL;
        buf_adds(out, language ? dgettext("iso_639-3", language->name) : text ? text : "");
        return;
    }
    case FIELD_CODE:
    case FIELD_CODES: {
        const char *label = text && field->codes ? code_label(field->codes, text) : NULL;
        buf_adds(out, label ? tr(label) : text ? text : "");
        return;
    }
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
    case FIELD_INSTANT:
    case FIELD_DEADLINE:
        values_say_when(out, text ? text : "", tr);
        return;
    case FIELD_AMOUNT:
        number_say(out, text ? text : "", tr);
        return;
    case FIELD_ACT: {
        const struct entry *entry = c && text ? case_entry(c, text) : NULL;
        if (entry)
            describe_entry(out, c, entry, tr);
        else
            buf_adds(out, text ? text : "");
        return;
    }
    default:
        values_text(out, field, value);
    }
}

void values_say(struct buf *out, const struct field *field, const json_t *value,
                const struct case_file *c, translate_fn *tr)
{
    const json_t *redacted = json_object_get(value, "redacted");
    if (redacted) {
        buf_addf(out, "(%s)", tr(N_("redacted")));
        return;
    }
    const char *answer = json_string_value(json_object_get(value, "answer"));
    if (answer) {
        const char *label = code_label(answer_codes, answer);
        buf_adds(out, label ? tr(label) : answer);
        return;
    }
    if (!json_is_array(value)) {
        say_one(out, field, value, c, tr);
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (i)
            buf_adds(out, ", ");
        say_one(out, field, json_array_get(value, i), c, tr);
    }
}
