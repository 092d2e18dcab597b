/* SPDX-License-Identifier: MIT */
#include "amparo/store/settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"

static const char *const unit_names[] = {
    [UNIT_MINUTES] = "minutes", [UNIT_HOURS] = "hours",
    [UNIT_DAYS] = "days",       [UNIT_WORKING_DAYS] = "working_days",
    [UNIT_MONTHS] = "months",   [UNIT_TEXT] = "text",
    [UNIT_SWITCH] = "switch",
};

void setting_value_release(struct setting_value *value)
{
    free(value->text);
    free(value->said_by);
    free(value->said_at);
    *value = (struct setting_value){0};
}

/* Digits alone, within what the setting takes. */
static bool read_number(const struct setting_type *type, const char *text, long *number)
{
    char *end;

    errno = 0;
    *number = strtol(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno && *number >= type->least &&
           *number <= type->most;
}

static void take_usual(const struct setting_type *type, struct setting_value *out)
{
    setting_value_release(out);
    out->number = type->usual;
    out->text = type->unit == UNIT_TEXT ? xstrdup(type->usual_text) : xasprintf("%ld", type->usual);
}

/* A value that this setting does not take, as of another version of the program, does not count. */
bool settings_read(struct store *store, enum setting which, struct setting_value *out,
                   struct error *err)
{
    const struct setting_type *type = setting_type(which);
    char *name = xasprintf("said.%s", type->name);
    bool failed = false;
    sqlite3_stmt *row = db_query(
        store, err, "SELECT value, said_by, said_at FROM settings WHERE name = ?", "t", name);

    free(name);
    *out = (struct setting_value){0};
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        *out = (struct setting_value){.text = db_text(row, 0),
                                      .said_by = db_text_or_null(row, 1),
                                      .said_at = db_text_or_null(row, 2)};
        db_done(row);
    }
    if (!out->text || (type->unit != UNIT_TEXT && !read_number(type, out->text, &out->number)))
        take_usual(type, out);
    if (failed)
        setting_value_release(out);
    return !failed;
}

bool settings_number(struct store *store, enum setting which, long *number, struct error *err)
{
    struct setting_value value;

    if (!settings_read(store, which, &value, err))
        return false;
    *number = value.number;
    setting_value_release(&value);
    return true;
}

static bool check(const struct setting_type *type, const char *text, struct error *err)
{
    long number;

    if (type->unit == UNIT_TEXT)
        return (strlen(text) <= (size_t)type->most && text_prints(text)) ||
               error_set(err, ERROR_INPUT,
                         _("%s: it is one line of at most %ld bytes, of letters that print"),
                         type->name, type->most);
    return read_number(type, text, &number) ||
           error_set(err, ERROR_INPUT, _("%s: “%s” is no whole number from %ld to %ld"), type->name,
                     text, type->least, type->most);
}

bool settings_say(struct store *store, enum setting which, const char *text, struct error *err)
{
    const struct setting_type *type = setting_type(which);
    char now[INSTANT_SIZE];

    if (!post_refresh(store, err))
        return false;
    if (store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED, _("only a head of post changes the settings"));
    if (text && !check(type, text, err))
        return false;
    char *name = xasprintf("said.%s", type->name);
    bool ok = text ? db_run(store, err,
                            "INSERT OR REPLACE INTO settings (name, value, said_by, said_at) "
                            "VALUES (?, ?, ?, ?)",
                            "tttt", name, text, store->me.name, store_now(store, now))
                   : db_run(store, err, "DELETE FROM settings WHERE name = ?", "t", name);
    free(name);
    return ok;
}

static const char *unit_word(enum setting_unit unit, long number)
{
    unsigned long n = (unsigned long)number;

    switch (unit) {
    case UNIT_MINUTES:
        return n_("minute", "minutes", n);
    case UNIT_HOURS:
        return n_("hour", "hours", n);
    case UNIT_DAYS:
        return n_("day", "days", n);
    case UNIT_WORKING_DAYS:
        return n_("working day", "working days", n);
    case UNIT_MONTHS:
        return n_("month", "months", n);
    case UNIT_TEXT:
    case UNIT_SWITCH:
        break;
    }
    return "";
}

void settings_describe(struct buf *out, enum setting which, const struct setting_value *value)
{
    const struct setting_type *type = setting_type(which);

    if (type->unit == UNIT_TEXT)
        buf_adds(out, *value->text ? value->text : _("as usual"));
    else if (type->unit == UNIT_SWITCH)
        buf_adds(out, value->number ? _("yes") : _("no"));
    else
        buf_addf(out, "%ld %s", value->number, unit_word(type->unit, value->number));
}

static json_t *value_json(const struct setting_type *type, const struct setting_value *value)
{
    bool text = type->unit == UNIT_TEXT;

    return json_pack("{s:s, s:s, s:o, s:o, s:s, s:s?, s:s?}", "name", type->name, "unit",
                     unit_names[type->unit], "value",
                     text ? json_string(value->text) : json_integer(value->number), "usual",
                     text ? json_string(type->usual_text) : json_integer(type->usual), "label",
                     type->label, "said_by", value->said_by, "said_at", value->said_at);
}

bool settings_json(struct store *store, enum setting_group group, json_t *array, struct error *err)
{
    enum setting which = SETTING_NONE;

    while ((which = setting_next(group, which)) != SETTING_NONE) {
        struct setting_value value;
        if (!settings_read(store, which, &value, err))
            return false;
        json_array_append_new(array, value_json(setting_type(which), &value));
        setting_value_release(&value);
    }
    return true;
}
