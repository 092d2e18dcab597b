/* SPDX-License-Identifier: MIT */
/* The days of rest of one country: its weekend and its holidays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/calendars.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { ROW_WEEKEND = -1 }; /* the others have the place of their line */

struct calendar_state {
    char country[3];
    struct calendar_lines lines;
};

static bool load(struct screen *s, struct error *err)
{
    struct calendar_state *state = s->state;
    calendar_lines_release(&state->lines);
    return calendars_said(s->app->store, state->country, &state->lines, err);
}

/* ---- showing ---- */

void weekend_say(struct buf *out, unsigned weekend)
{
    static const char *const days[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                       N_("Fri"), N_("Sat"), N_("Sun")};
    if (!weekend)
        buf_adds(out, _("no weekend"));
    for (size_t i = 0, said = 0; i < ARRAY_SIZE(days); i++)
        if (weekend & 1u << i)
            buf_addf(out, "%s%s", said++ ? ", " : "", _(days[i]));
}

static const struct calendar_line *said_weekend(const struct screen *s)
{
    const struct calendar_state *state = s->state;
    return state->lines.count && state->lines.list[0].is_weekend ? &state->lines.list[0] : NULL;
}

static void say_by(struct buf *row, const struct calendar_line *line, struct instant now)
{
    buf_addf(row, " (%s, ", line->said_by);
    values_say_when_short(row, line->said_at, now, reader_language);
    buf_addc(row, ')');
}

static void add_weekend(struct screen *s)
{
    const struct calendar_line *said = said_weekend(s);
    struct buf row = BUF_INIT;
    column(&row, _("weekend"), 10);
    weekend_say(&row, said ? said->weekend : USUAL_WEEKEND);
    if (said)
        say_by(&row, said, app_now(s->app));
    else
        buf_addf(&row, " (%s)", _("as usual"));
    body_row(&s->body, ROW_WEEKEND, NULL, "%s", buf_text(&row));
    buf_release(&row);
}

static void add_holiday(struct screen *s, size_t place, const struct calendar_line *line)
{
    struct buf row = BUF_INIT;
    char day[HOLIDAY_SIZE];
    column(&row, holiday_format(line->holiday, day), 10);
    buf_adds(&row, line->name);
    if (s->width >= 60)
        say_by(&row, line, app_now(s->app));
    body_row(&s->body, (long)place, day, "%s", buf_text(&row));
    buf_release(&row);
}

static void build(struct screen *s, int width)
{
    const struct calendar_state *state = s->state;
    (void)width;
    add_weekend(s);
    for (size_t i = 0; i < state->lines.count; i++)
        if (!state->lines.list[i].is_weekend)
            add_holiday(s, i, &state->lines.list[i]);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct calendar_state *state = s->state;
    buf_addf(where, "%s · %s", _("Days of rest"), country_name(state->country, reader_language));
    if (store_officer(s->app->store)->role != ROLE_HEAD)
        buf_adds(right, _("a head of post changes them"));
}

/* ---- changing ---- */

static void done(struct screen *s, bool ok, struct error *err, const char *said)
{
    if (ok) {
        app_changed(s->app);
        app_say(s->app, "%s", said);
    } else {
        app_say_error(s->app, err);
    }
    error_release(err);
}

static void take_weekend(struct screen *s, const char *answer)
{
    const struct calendar_state *state = s->state;
    struct error err = ERROR_INIT;
    unsigned weekend;
    if (!weekend_parse(answer, &weekend))
        app_say(s->app, _("%s: a weekend is days like 5,6; or none"), answer);
    else
        done(s, calendar_set_weekend(s->app->store, state->country, &weekend, &err), &err,
             _("Set."));
}

/* "5,6": what weekend_parse() takes in any language. */
static void say_numbers(struct buf *out, unsigned weekend)
{
    for (int i = 0; i < 7; i++)
        if (weekend & 1u << i)
            buf_addf(out, "%s%d", out->size ? "," : "", i + 1);
    if (!weekend)
        buf_adds(out, "none");
}

static void ask_weekend(struct screen *s)
{
    const struct calendar_line *said = said_weekend(s);
    struct buf days = BUF_INIT;
    say_numbers(&days, said ? said->weekend : USUAL_WEEKEND);
    ask_push(s->app, _("Weekend"),
             _("Its days by their numbers, with commas between: 1 Monday, 5 Friday, 6 Saturday, "
               "7 Sunday; or none."),
             buf_text(&days), take_weekend);
    buf_release(&days);
}

/* "12-25 Christmas": a day, and what it is called. */
static void take_holiday(struct screen *s, const char *answer)
{
    const struct calendar_state *state = s->state;
    struct error err = ERROR_INIT;
    struct holiday holiday;
    size_t size = strcspn(answer, " ");
    char *day = xasprintf("%.*s", (int)size, answer);
    if (!holiday_parse(day, &holiday))
        app_say(s->app, _("%s: a day is YYYY-MM-DD, or MM-DD for every year"), day);
    else
        done(s,
             calendar_add_holiday(s->app->store, state->country, holiday,
                                  answer + size + strspn(answer + size, " "), &err),
             &err, _("Set."));
    free(day);
}

static void ask_holiday(struct screen *s)
{
    ask_push(s->app, _("A holiday"),
             _("The day, YYYY-MM-DD, or MM-DD for every year; a blank; and what it is called. "
               "A list of them is read from a file by the command amparo calendar."),
             "", take_holiday);
}

static const struct calendar_line *holiday_in_focus(const struct screen *s)
{
    const struct calendar_state *state = s->state;
    const struct body_line *row = body_focused(&s->body);
    return row && row->tag >= 0 && (size_t)row->tag < state->lines.count
               ? &state->lines.list[row->tag]
               : NULL;
}

static void take_back(struct screen *s)
{
    const struct calendar_state *state = s->state;
    const struct calendar_line *line = holiday_in_focus(s);
    struct error err = ERROR_INIT;
    bool ok = line ? calendar_remove_holiday(s->app->store, state->country, line->holiday, &err)
                   : calendar_set_weekend(s->app->store, state->country, NULL, &err);
    done(s, ok, &err, line ? _("Taken back: one works on that day.") : _("As usual again."));
}

static bool is_head(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static bool on_weekend(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    return is_head(s) && row && row->tag == ROW_WEEKEND;
}

static bool was_said(const struct screen *s)
{
    return is_head(s) && (holiday_in_focus(s) || (on_weekend(s) && said_weekend(s)));
}

static void keep(struct screen *s, json_t *kept)
{
    const struct calendar_state *state = s->state;
    json_object_set_new(kept, "reference", json_string(state->country));
}

static void close_state(struct screen *s)
{
    struct calendar_state *state = s->state;
    calendar_lines_release(&state->lines);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("change"), N_("Changes the days of the weekend; a head of post's."),
     ask_weekend, on_weekend},
    {TK_NONE, "n", N_("new holiday"), N_("Adds a holiday, of one year or of every year."),
     ask_holiday, is_head},
    {TK_NONE, "y", N_("take back"), N_("Takes this line back: one works on that day, as usual."),
     take_back, was_said},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_weekend), ANSWER(take_holiday), ANSWERS_END};

const struct screen_type calendar_type = {
    .name = "calendar",
    .title = N_("Days of rest"),
    .about =
        N_("The weekend and the holidays of a country. A deadline in working days counts those "
           "of the authority that must act."),
    .commands = commands,
    .answers = answers,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .close = close_state,
};

void calendar_push(struct app *app, const char *country)
{
    struct calendar_state *state = xcalloc(1, sizeof *state);
    snprintf(state->country, sizeof state->country, "%.2s", country);
    screen_push(app, &calendar_type, state);
}
