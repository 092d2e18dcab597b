/* SPDX-License-Identifier: MIT */
/* What the post sets for itself: the table of settings in its groups, and the working days. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/store/calendars.h"
#include "amparo/store/letterhead.h"
#include "amparo/store/settings.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/lockperiod.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

/* The rows of settings have their number as a tag. */
enum { ROW_COUNTRY = SETTING_END, ROW_OTHER_COUNTRY, ROW_SEAL, ROW_BODIES, ROW_LANGUAGE };

struct settings_state {
    struct setting_value values[SETTING_END];
    struct calendar_lines lines;
    struct seal seal;
    bool loaded;
};

static void release(struct settings_state *state)
{
    for (int i = 0; i < SETTING_END; i++)
        setting_value_release(&state->values[i]);
    calendar_lines_release(&state->lines);
    seal_release(&state->seal);
}

static bool load(struct screen *s, struct error *err)
{
    struct settings_state *state = s->state;
    release(state);
    state->loaded = false;
    for (int i = SETTING_NONE + 1; i < SETTING_END; i++)
        if (!settings_read(s->app->store, (enum setting)i, &state->values[i], err))
            return false;
    state->loaded = calendars_said(s->app->store, NULL, &state->lines, err) &&
                    store_seal(s->app->store, &state->seal, err);
    return state->loaded;
}

/* ---- showing ---- */

/* The day of an instant: "12 Mar". */
static void say_day(struct buf *out, const char *at, struct instant now)
{
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", at ? at : "");
    values_say_when_short(out, day, now, reader_language);
}

/* "12 Mar Ana PINEDA", or that it is as usual. */
static void say_who(struct buf *out, const char *said_by, const char *said_at, struct instant now)
{
    if (!said_by) {
        buf_adds(out, _("as usual"));
        return;
    }
    say_day(out, said_at, now);
    buf_addf(out, " %s", said_by);
}

static void add_setting(struct screen *s, enum setting which, int width)
{
    const struct settings_state *state = s->state;
    struct buf row = BUF_INIT, value = BUF_INIT;
    settings_describe(&value, which, &state->values[which]);
    if (setting_type(which)->unit == UNIT_TEXT) { /* it may take what is left of the line */
        column(&row, _(setting_type(which)->label), width >= 70 ? 24 : 16);
        buf_adds(&row, buf_text(&value));
    } else {
        column(&row, buf_text(&value), width >= 70 ? 15 : 14);
        column(&row, _(setting_type(which)->label), width >= 70 ? 48 : width - 18);
    }
    if (width >= 70 && setting_type(which)->unit != UNIT_TEXT)
        say_who(&row, state->values[which].said_by, state->values[which].said_at, app_now(s->app));
    body_row(&s->body, (long)which, NULL, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&value);
}

static void add_group(struct screen *s, enum setting_group group, int width)
{
    body_line(&s->body, BODY_HEAD, " %s", _(setting_groups[group]));
    enum setting which = SETTING_NONE;
    while ((which = setting_next(group, which)) != SETTING_NONE)
        add_setting(s, which, width);
}

/* "United Arab Emirates: Fri, Sat; 12 holidays". */
static void add_country(struct screen *s, const char *country)
{
    const struct settings_state *state = s->state;
    unsigned weekend = USUAL_WEEKEND;
    unsigned long holidays = 0;
    struct buf row = BUF_INIT;
    for (size_t i = 0; i < state->lines.count; i++) {
        const struct calendar_line *l = &state->lines.list[i];
        if (strcmp(l->country, country) != 0)
            continue;
        holidays += !l->is_weekend;
        weekend = l->is_weekend ? l->weekend : weekend;
    }
    buf_addf(&row, "%s%s", country_name(country, reader_language), label_colon());
    weekend_say(&row, weekend);
    buf_addf(&row, n_("; %lu holiday", "; %lu holidays", holidays), holidays);
    body_row(&s->body, ROW_COUNTRY, country, "%s", buf_text(&row));
    buf_release(&row);
}

/* The post's own first, then those of which something was said. */
static void add_countries(struct screen *s)
{
    const struct settings_state *state = s->state;
    const char *own = store_post(s->app->store)->country, *last = "";
    body_line(&s->body, BODY_HEAD, " %s", _("Days of rest"));
    add_country(s, own);
    for (size_t i = 0; i < state->lines.count; i++) {
        const char *country = state->lines.list[i].country;
        if (strcmp(country, last) != 0 && strcmp(country, own) != 0)
            add_country(s, country);
        last = country;
    }
    body_row(&s->body, ROW_OTHER_COUNTRY, NULL, "%s", _("another country"));
}

/* "240 x 240 dots", and who set it. */
static void add_seal(struct screen *s, int width)
{
    const struct seal *seal = &((const struct settings_state *)s->state)->seal;
    struct buf row = BUF_INIT;
    column(&row, _("letterhead: seal"), width >= 70 ? 24 : 16);
    if (seal->measures.width)
        buf_addf(&row, _("%u x %u dots"), seal->measures.width, seal->measures.height);
    else
        buf_adds(&row, _("none"));
    if (seal->said_by && width >= 70) {
        buf_adds(&row, ", ");
        say_who(&row, seal->said_by, seal->said_at, app_now(s->app));
    }
    body_row(&s->body, ROW_SEAL, NULL, "%s", buf_text(&row));
    buf_release(&row);
}

static void add_documents(struct screen *s, int width)
{
    add_group(s, SETTINGS_DOCUMENTS, width);
    add_seal(s, width);
    body_row(&s->body, ROW_BODIES, NULL, "%s", _("what the bodies of the Conference are called"));
    body_line(&s->body, BODY_PLAIN, "%s", "");
}

/* Everybody's own: the other settings are the post's. */
static void add_language(struct screen *s, int width)
{
    struct buf row = BUF_INIT;
    body_line(&s->body, BODY_HEAD, " %s", _("For yourself"));
    column(&row, locale_language_name(locale_language()), width >= 70 ? 15 : 14);
    buf_adds(&row, _("the language of the screens"));
    body_row(&s->body, ROW_LANGUAGE, NULL, "%s", buf_text(&row));
    body_line(&s->body, BODY_PLAIN, "%s", "");
    buf_release(&row);
}

static void build(struct screen *s, int width)
{
    if (!((const struct settings_state *)s->state)->loaded)
        return;
    for (int group = 0; group < SETTINGS_DOCUMENTS; group++) {
        add_group(s, (enum setting_group)group, width);
        body_line(&s->body, BODY_PLAIN, "%s", "");
    }
    add_language(s, width);
    add_documents(s, width);
    add_countries(s);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    buf_adds(where, _("Settings"));
    if (store_officer(s->app->store)->role != ROLE_HEAD)
        buf_adds(right, _("a head of post changes them"));
}

/* ---- changing ---- */

static enum setting in_focus(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    return row && row->tag < SETTING_END ? (enum setting)row->tag : SETTING_NONE;
}

static void take(struct screen *s, enum setting which, const char *text)
{
    struct error err = ERROR_INIT;
    if (settings_say(s->app->store, which, text, &err)) {
        app_changed(s->app);
        s->app->lock_after = lockperiod_get(s->app->store);
        s->app->skip = app_skips(s->app);
        app_say(s->app, "%s", text ? _("Set.") : _("As usual again."));
    } else { /* what commands call the setting is known to nobody here: its row is */
        const char *why = error_text(&err), *colon = strstr(why, ": ");
        app_say(s->app, "%s", colon ? colon + 2 : why);
    }
    error_release(&err);
}

static void take_answer(struct screen *s, const char *answer)
{
    if (in_focus(s) != SETTING_NONE)
        take(s, in_focus(s), answer);
}

/* What it takes, what is usual, and who said what holds now. */
static void say_about(struct buf *out, enum setting which, const struct setting_value *now,
                      struct instant at)
{
    const struct setting_type *type = setting_type(which);
    const struct setting_value most = {.number = type->most};
    buf_addf(out, "%s%s", _(type->label), label_colon());
    if (type->unit == UNIT_TEXT) {
        buf_adds(out, _("one line; as usual (y) it is as the post is recorded, or none"));
    } else if (type->unit == UNIT_SWITCH) {
        buf_addf(out, _("1 yes, 0 no, usually %ld"), type->usual);
    } else {
        buf_addf(out, _("from %ld to "), type->least);
        settings_describe(out, which, &most);
        buf_addf(out, _(", usually %ld"), type->usual);
    }
    if (now->said_by) {
        buf_addf(out, _(". Set by %s, "), now->said_by);
        say_day(out, now->said_at, at);
    }
    buf_addc(out, '.');
}

static void ask_setting(struct screen *s, enum setting which)
{
    const struct settings_state *state = s->state;
    struct buf about = BUF_INIT;
    say_about(&about, which, &state->values[which], app_now(s->app));
    ask_push(s->app, _("A setting of this file"), buf_text(&about), state->values[which].text,
             take_answer);
    buf_release(&about);
}

static void take_country(struct screen *s, const char *answer)
{
    const struct country *country = country_find(answer);
    if (country)
        calendar_push(s->app, country->code);
    else
        app_say(s->app, _("%s: it takes a country's two letters, in capitals."), answer);
}

static void set_seal(struct screen *s, const char *path)
{
    struct error err = ERROR_INIT;
    if (store_set_seal(s->app->store, path, &err)) {
        app_changed(s->app);
        app_say(s->app, "%s", path ? _("Set.") : _("As usual again."));
    } else {
        app_say_error(s->app, &err);
    }
    error_release(&err);
}

static void take_seal(struct screen *s, const char *typed)
{
    char *path = path_in_full(typed);
    set_seal(s, path);
    free(path);
}

static void ask_seal(struct screen *s)
{
    ask_push(s->app, _("The seal of the letterhead"),
             _("From which file? A PNG picture of at most 64 kilobytes and 1,000 by 1,000 dots. "
               "It is taken into the case file, and the other file is not needed any more."),
             "", take_seal);
}

static void change(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    if (row->tag == ROW_COUNTRY)
        calendar_push(s->app, row->ref);
    else if (row->tag == ROW_LANGUAGE)
        language_push(s);
    else if (row->tag == ROW_BODIES)
        bodies_push(s->app);
    else if (row->tag == ROW_SEAL)
        ask_seal(s);
    else if (row->tag == ROW_OTHER_COUNTRY)
        ask_push(s->app, _("Days of rest"), _("Which country? Its two letters, in capitals."), "",
                 take_country);
    else
        ask_setting(s, (enum setting)row->tag);
}

static bool may_change(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    return row && ((row->tag >= SETTING_END && row->tag != ROW_SEAL) ||
                   store_officer(s->app->store)->role == ROLE_HEAD);
}

static void as_usual(struct screen *s)
{
    if (body_focused(&s->body)->tag == ROW_SEAL)
        set_seal(s, NULL);
    else
        take(s, in_focus(s), NULL);
}

static bool was_said(const struct screen *s)
{
    const struct settings_state *state = s->state;
    const struct body_line *row = body_focused(&s->body);
    if (!row || !may_change(s))
        return false;
    return row->tag == ROW_SEAL ? state->seal.said_by != NULL
                                : row->tag < SETTING_END && state->values[row->tag].said_by;
}

static void close_state(struct screen *s)
{
    release(s->state);
    free(s->state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("change"), N_("Changes this setting; a head of post's."), change,
     may_change},
    {TK_NONE, "y", N_("as usual"), N_("Takes back what was said: what is usual holds again."),
     as_usual, was_said},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_answer), ANSWER(take_country),
                                        ANSWER(take_seal), ANSWERS_END};

const struct screen_type settings_type = {
    .name = "settings",
    .title = N_("Settings"),
    .about =
        N_("Until when one answers, how long data is kept, when the screen locks, and the days "
           "of rest by which working days count. The instrument's text sets none of them: each "
           "ministry confirms its own. They hold for everybody who works in this file."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void settings_push(struct app *app)
{
    screen_push(app, &settings_type, xcalloc(1, sizeof(struct settings_state)));
}
