/* SPDX-License-Identifier: MIT */
#include "amparo/tui/settle.h"

#include <string.h>
#include <strings.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/tui/mrzfill.h"
#include "amparo/tui/values.h"

/* Years, where they were typed instead of a date; else -1. */
static int age_in(const struct field *field, const char *text, struct instant now)
{
    struct date_entry entry = {.age = -1};

    if (field->type == FIELD_PARTIAL_DATE)
        date_entry_parse(text, true, instant_date(now), &entry, NULL);
    return entry.age;
}

static void say_age(struct buf *echo, int age)
{
    if (age >= 0) {
        buf_adds(echo, ", ");
        buf_addf(echo, n_("%d year old", "%d years old", (unsigned long)age), age);
    }
}

enum form_level field_settle(const struct field *field, struct instant now, struct buf *value,
                             struct buf *echo)
{
    if (field->type == FIELD_MRZ)
        return mrz_settle(buf_text(value), instant_date(now).year, echo);

    struct error err = ERROR_INIT;
    json_t *json = NULL;
    int age = age_in(field, buf_text(value), now);
    bool ok = values_read_one(field, buf_text(value), now, &json, &err) &&
              (!json || payload_check_value(field, json, "", &err));
    if (!ok) {
        const char *text = error_text(&err);
        const char *said = strncmp(text, ": ", 2) == 0 ? text + 2 : text;
        buf_add(echo, said, strcspn(said, "\n"));
    } else if (field->type == FIELD_DATE || field->type == FIELD_PARTIAL_DATE ||
               field->type == FIELD_INSTANT || field->type == FIELD_DEADLINE) {
        /* `now` stays as it is: it is the moment of the recording. */
        if (strcasecmp(buf_text(value), "now") != 0) {
            buf_clear(value);
            values_text(value, field, json);
        }
        values_say(echo, field, json, NULL, reader_language);
        say_age(echo, age);
    } else if (field->type == FIELD_PHONE || field->type == FIELD_AMOUNT) {
        buf_clear(value);
        values_text(value, field, json);
    }
    json_decref(json);
    error_release(&err);
    return ok ? FORM_FINE : FORM_ERROR;
}
