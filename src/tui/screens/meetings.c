/* SPDX-License-Identifier: MIT */
/* The calendar of the network's meetings (7.7): what waits for each; from here to its report. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/meetings.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct meetings_state {
    struct meetings meetings;
    char day[DATE_SIZE];  /* of the one that is being entered or changed */
    char from[DATE_SIZE]; /* the day on which it was; "": it is new */
};

static bool load(struct screen *s, struct error *err)
{
    struct meetings_state *state = s->state;
    meetings_release(&state->meetings);
    return store_meetings(s->app->store, &state->meetings, err);
}

/* ---- what it shows ---- */

static void add_day(struct buf *out, const char *day)
{
    struct date date;
    if (!date_parse(day, &date))
        return;
    date_echo(out, (struct partial_date){date.year, date.month, date.day, false}, reader_language);
}

static void add_meeting(struct body *b, const struct meeting *m, bool past, struct instant now,
                        int width)
{
    struct buf row = BUF_INIT, day = BUF_INIT;
    if (width >= 60)
        add_day(&day, m->day);
    else
        values_say_when_short(&day, m->day, now, reader_language);
    column(&row, buf_text(&day), width >= 60 ? 24 : 11);
    column(&row, m->place, width >= 100 ? 32 : width >= 60 ? 20 : 11);
    if (m->cancelled) {
        buf_adds(&row, _("cancelled"));
    } else {
        if (m->presented)
            buf_addf(&row, n_("%zu presented  ", "%zu presented  ", m->presented), m->presented);
        if (m->due && past)
            buf_addf(&row, n_("%zu late", "%zu late", m->due), m->due);
        else if (m->due)
            buf_addf(&row, n_("%zu to present", "%zu to present", m->due), m->due);
    }
    body_row(b, 0, m->day, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&day);
}

static void build(struct screen *s, int width)
{
    const struct meetings_state *state = s->state;
    struct body *b = &s->body;
    char today[DATE_SIZE];
    struct instant now = app_now(s->app);
    date_format(instant_date(now), today);
    for (int past = 0; past < 2; past++) {
        size_t rows = b->count;
        for (size_t i = 0; i < state->meetings.count; i++) {
            const struct meeting *m =
                &state->meetings.list[past ? state->meetings.count - 1 - i : i];
            if ((strcmp(m->day, today) < 0) != past)
                continue;
            if (b->count == rows)
                body_line(b, BODY_HEAD, " %s", past ? _("Past") : _("To come"));
            add_meeting(b, m, past, now, width);
        }
        if (b->count > rows)
            body_line(b, BODY_PLAIN, "%s", "");
    }
    if (!state->meetings.count)
        body_empty(b, width,
                   _("No meeting is in the calendar yet: n puts one in, and the cases for its "
                     "report gather there."));
    body_wrap(b, BODY_DIM, width - 2, 3,
              _("   A case is due at the first meeting after its closing; an open one at each, "
                "as \"conclusion pending\" (Art. 7.7)."));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)s;
    (void)right;
    buf_adds(where, _("Meetings of the Liaison Officer Network"));
}

/* ---- what can be done ---- */

static const struct meeting *focused(const struct screen *s)
{
    const struct meetings_state *state = s->state;
    const struct body_line *row = body_focused(&s->body);
    for (size_t i = 0; row && i < state->meetings.count; i++)
        if (strcmp(state->meetings.list[i].day, row->ref) == 0)
            return &state->meetings.list[i];
    return NULL;
}

static bool on_meeting(const struct screen *s)
{
    const struct meeting *m = focused(s);
    return m && !m->cancelled;
}

static bool is_head(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}

static bool may_change(const struct screen *s)
{
    return is_head(s) && on_meeting(s);
}

static void open_row(struct screen *s)
{
    report_push(s->app, focused(s)->day);
}

static void finish(struct screen *below, bool ok, const char *said, struct error *err)
{
    if (ok)
        app_say(below->app, "%s", said);
    else
        app_say_error(below->app, err);
    error_release(err);
    app_changed(below->app);
}

static void take_place(struct screen *below, const char *answer)
{
    const struct meetings_state *state = below->state;
    struct store *store = below->app->store;
    struct error err = ERROR_INIT;
    bool ok = *state->from
                  ? store_meeting_change(store, state->from, state->day, NULL, answer, &err)
                  : store_meeting_add(store, state->day, NULL, answer, &err);
    finish(below, ok, _("The meeting is in the calendar."), &err);
}

static void take_day(struct screen *below, const char *answer)
{
    struct meetings_state *state = below->state;
    struct error err = ERROR_INIT;
    struct date_entry entry;
    const char *place = "";
    if (!date_entry_parse(answer, false, instant_date(app_now(below->app)), &entry, &err)) {
        app_say_error(below->app, &err);
        error_release(&err);
        return;
    }
    date_format((struct date){entry.date.year, entry.date.month, entry.date.day}, state->day);
    for (size_t i = 0; *state->from && i < state->meetings.count; i++)
        if (strcmp(state->meetings.list[i].day, state->from) == 0)
            place = state->meetings.list[i].place;
    struct buf about = BUF_INIT;
    add_day(&about, state->day);
    buf_addf(&about, ". %s", _("Where does the network meet? Town, and country where needed."));
    ask_push(below->app, _("Place of the meeting"), buf_text(&about), place, take_place);
    buf_release(&about);
}

static void ask_day(struct screen *s, const char *from)
{
    struct meetings_state *state = s->state;
    char day[DATE_SIZE];
    strcpy(day, from);
    strcpy(state->from, day);
    ask_push(s->app, _("Day of the meeting"),
             _("On which day does the Liaison Officer Network meet?"), day, take_day);
}

static void add(struct screen *s)
{
    ask_day(s, "");
}

static void change(struct screen *s)
{
    ask_day(s, focused(s)->day);
}

static void cancel(struct screen *below, const char *answer)
{
    const struct meetings_state *state = below->state;
    struct error err = ERROR_INIT;
    if (strcmp(answer, state->from) != 0) {
        app_say(below->app, "%s", _("Not cancelled: that is not its day."));
        return;
    }
    finish(below, store_meeting_cancel(below->app->store, state->from, &err),
           _("The meeting is cancelled; what waited for it waits for the next one."), &err);
}

static void ask_cancel(struct screen *s)
{
    struct meetings_state *state = s->state;
    char about[200];
    strcpy(state->from, focused(s)->day);
    snprintf(about, sizeof about, _("To cancel this meeting, type its day: %s"), state->from);
    ask_push(s->app, _("Cancel a meeting"), about, "", cancel);
}

/* Of a year, or of all days: months would let two prints be compared. */
static void show_statistics(struct screen *below, const char *answer)
{
    char from[DATE_SIZE], until[DATE_SIZE];
    bool year = strlen(answer) == 4 && strspn(answer, "0123456789") == 4;
    snprintf(from, sizeof from, "%.4s-01-01", answer);
    snprintf(until, sizeof until, "%.4s-12-31", answer);
    preview_file(below->app, json_pack("{s:s, s:s*, s:s*}", "document", "statistics", "from",
                                       year ? from : NULL, "until", year ? until : NULL));
}

static void statistics(struct screen *s)
{
    char year[8];
    snprintf(year, sizeof year, "%d", instant_date(app_now(s->app)).year);
    ask_push(s->app, _("Statistics"),
             _("Of the cases opened in which year? Another word: of all of them."), year,
             show_statistics);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct meetings_state *state = s->state;
    json_object_set_new(kept, "day", json_string(state->day));
    json_object_set_new(kept, "from", json_string(state->from));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct meetings_state *state = s->state;
    snprintf(state->day, sizeof state->day, "%s", keep_text(kept, "day"));
    snprintf(state->from, sizeof state->from, "%s", keep_text(kept, "from"));
}

static void close_state(struct screen *s)
{
    struct meetings_state *state = s->state;
    meetings_release(&state->meetings);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("report"), N_("Opens the report for the meeting of this line."), open_row,
     on_meeting},
    {TK_NONE, "n", N_("new"), N_("Puts a meeting into the calendar; a head of post's."), add,
     is_head},
    {TK_NONE, "c", N_("change"), N_("Changes the day or the place of the meeting."), change,
     may_change},
    {TK_NONE, "X", N_("cancel"), N_("Cancels the meeting: it stays in the list, marked."),
     ask_cancel, may_change},
    {TK_NONE, "s", N_("statistics"), N_("Shows how many cases, where, why, with whose help."),
     statistics, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_place), ANSWER(take_day), ANSWER(cancel),
                                        ANSWER(show_statistics), ANSWERS_END};

const struct screen_type meetings_type = {
    .name = "meetings",
    .title = N_("Reports and meetings"),
    .about = N_("The meetings of the Liaison Officer Network, and how many cases are to be "
                "presented at each. A case is late where a meeting passed without it."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void meetings_push(struct app *app)
{
    screen_push(app, &meetings_type, xcalloc(1, sizeof(struct meetings_state)));
}
