/* SPDX-License-Identifier: MIT */
/*
 * The report for one meeting (7.7), before it goes out: its cases, who stands out by what is told
 * of them, and what is left out for that.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/agreement/report.h"
#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/language.h"
#include "amparo/paper/meeting.h"
#include "amparo/paper/printset.h"
#include "amparo/store/report.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/working.h"

struct report_state {
    char *meeting; /* its day */
    struct report report;
    bool loaded;
    json_t *tree;
    unsigned left_out;
    struct buf counted; /* pseudonyms that are to be counted only, commas between */
    const char *language;
};

static void release(struct report_state *state)
{
    if (state->loaded)
        report_release(&state->report);
    json_decref(state->tree);
    state->tree = NULL;
    state->loaded = false;
}

static bool load(struct screen *s, struct error *err)
{
    struct report_state *state = s->state;
    release(state);
    state->loaded = store_report(s->app->store, state->meeting, &state->report, err);
    if (state->loaded)
        state->tree = store_report_tree(s->app->store, &state->report, state->left_out,
                                        buf_text(&state->counted));
    return state->loaded;
}

/* ---- what it shows ---- */

static const json_t *find(const json_t *list, const char *pseudonym)
{
    json_t *one;
    size_t i;
    json_array_foreach(list, i, one)
    {
        if (payload_is(one, "pseudonym", pseudonym))
            return one;
    }
    return NULL;
}

/* Why it stands out, or how it is told. */
static void add_mark(struct buf *out, const struct report_state *state,
                     const struct report_row *row)
{
    const json_t *unique = find(json_object_get(state->tree, "unique"), row->pseudonym);
    const json_t *leave = json_object_get(unique, "leave_out");
    json_t *trait;
    size_t i;
    if (!find(json_object_get(state->tree, "cases"), row->pseudonym))
        buf_adds(out, json_is_true(json_object_get(row->digest, "consent"))
                          ? _("counted only")
                          : _("counted only: no consent P9"));
    else if (json_array_size(leave)) {
        buf_adds(out, _("the only one like it: leave out "));
        json_array_foreach(leave, i, trait)
        {
            buf_addf(out, "%s%s", i ? ", " : "", _(json_string_value(trait)));
        }
    } else if (unique) {
        buf_adds(out, _("the only one like it: count it only"));
    }
}

static void add_case(struct body *b, const struct report_state *state, const struct report_row *row,
                     int width)
{
    struct buf text = BUF_INIT;
    column(&text, row->reference, (int)text_clusters(row->reference));
    if (width >= 60)
        column(&text, row->pseudonym, 11);
    column(&text,
           row->presented ? _("presented")
           : *row->due    ? _("late")
           : row->pending ? _("pending")
                          : _("concluded"),
           11);
    add_mark(&text, state, row);
    body_row(b, 0, row->pseudonym, "%s", buf_text(&text));
    buf_release(&text);
}

static size_t to_record(const struct report_state *state)
{
    size_t count = 0;
    for (size_t i = 0; i < state->report.count; i++)
        count += !state->report.rows[i].presented;
    return count;
}

static void add_left_out(struct body *b, const struct report_state *state, int width)
{
    json_t *trait;
    size_t i;
    struct buf text = BUF_INIT;
    json_array_foreach(json_object_get(state->tree, "left_out"), i, trait)
    {
        buf_addf(&text, "%s%s", i ? ", " : "", _(json_string_value(trait)));
    }
    if (text.size)
        body_line(b, BODY_PLAIN, _(" Left out of all: %s"), buf_text(&text));
    size_t stand_out = json_array_size(json_object_get(state->tree, "unique"));
    if (stand_out) {
        buf_clear(&text);
        buf_addf(&text,
                 n_(" %zu case could be known by what is told of it. Leave something out of all, "
                    "or count it only, before the report goes out.",
                    " %zu cases could be known by what is told of them. Leave something out of "
                    "all, or count them only, before the report goes out.",
                    stand_out),
                 stand_out);
        body_wrap(b, BODY_PLAIN, width - 1, 1, buf_text(&text));
    }
    buf_release(&text);
}

static void build(struct screen *s, int width)
{
    const struct report_state *state = s->state;
    struct body *b = &s->body;
    if (!state->loaded)
        return;
    for (size_t i = 0; i < state->report.count; i++)
        add_case(b, state, &state->report.rows[i], width);
    if (!state->report.count)
        body_empty(b, width, _("No case is to be presented at this meeting."));
    body_line(b, BODY_PLAIN, "%s", "");
    add_left_out(b, state, width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct report_state *state = s->state;
    struct date day;
    buf_addf(where, "%s · ", _("Report of 7.7"));
    if (date_parse(state->meeting, &day))
        date_echo(where, (struct partial_date){day.year, day.month, day.day, false},
                  reader_language);
    if (state->loaded) {
        size_t count = to_record(state);
        buf_addf(right, n_("%zu to record", "%zu to record", count), count);
    }
}

/* ---- what can be done ---- */

static void read_report(struct screen *s)
{
    const struct report_state *state = s->state;
    preview_file(s->app, json_pack("{s:s, s:s, s:i, s:s, s:s}", "document", "report", "meeting",
                                   state->meeting, "left_out", (int)state->left_out, "counted",
                                   buf_text(&state->counted), "language", state->language));
}

static bool is_loaded(const struct screen *s)
{
    return ((const struct report_state *)s->state)->loaded;
}

static bool on_row(const struct screen *s)
{
    return is_loaded(s) && body_focused(&s->body);
}

static const struct report_row *focused(const struct screen *s)
{
    const struct report_state *state = s->state;
    const struct body_line *row = body_focused(&s->body);
    for (size_t i = 0; row && i < state->report.count; i++)
        if (strcmp(state->report.rows[i].pseudonym, row->ref) == 0)
            return &state->report.rows[i];
    return NULL;
}

static void open_case(struct screen *s)
{
    case_push(s->app, focused(s)->reference);
}

/* What was learnt, in the words of the post: with it the case counts as presented. */
static void write_lessons(struct screen *s)
{
    const struct report_state *state = s->state;
    const struct report_row *row = focused(s);
    char *name = xasprintf("%s, %s", state->report.meeting.network, state->report.meeting.place);
    struct form_order order = {.reference = row->reference,
                               .kind = ACT_REPORT,
                               .presets = {{"meeting", name},
                                           {"on", state->meeting},
                                           {row->pending ? "pending" : NULL, "yes"}}};
    actform_push(s->app, &order);
    free(name);
}

static bool may_write(const struct screen *s)
{
    const struct report_row *row = is_loaded(s) ? focused(s) : NULL;
    return row && !row->presented && store_officer(s->app->store)->role != ROLE_CLERK;
}

/* Takes it out of the list of those counted, or puts it there. */
static void count_only(struct screen *s)
{
    struct report_state *state = s->state;
    const char *pseudonym = body_focused(&s->body)->ref;
    struct buf kept = BUF_INIT;
    bool found = false;
    for (const char *at = buf_text(&state->counted); *at;) {
        size_t size = strcspn(at, ",");
        bool same = size == strlen(pseudonym) && strncmp(at, pseudonym, size) == 0;
        found = found || same;
        if (!same)
            buf_addf(&kept, "%s%.*s", kept.size ? "," : "", (int)size, at);
        at += size + (at[size] == ',');
    }
    if (!found)
        buf_addf(&kept, "%s%s", kept.size ? "," : "", pseudonym);
    buf_release(&state->counted);
    state->counted = kept;
    screen_changed(s, true);
}

static void leave_out(struct screen *s, unsigned trait)
{
    ((struct report_state *)s->state)->left_out ^= trait;
    screen_changed(s, true);
}

static void without_age(struct screen *s)
{
    leave_out(s, TRAIT_AGE);
}

static void without_country(struct screen *s)
{
    leave_out(s, TRAIT_COUNTRY);
}

static void without_event(struct screen *s)
{
    leave_out(s, TRAIT_EVENT);
}

static void without_nationality(struct screen *s)
{
    leave_out(s, TRAIT_NATIONALITY);
}

static void other_language(struct screen *s)
{
    struct report_state *state = s->state;
    size_t i = 0;
    while (locale_languages[i] && strcmp(locale_languages[i], state->language) != 0)
        i++;
    state->language = locale_languages[i] && locale_languages[i + 1] ? locale_languages[i + 1]
                                                                     : locale_languages[0];
    app_say(s->app, _("The report will be in: %s"), state->language);
}

static void record(struct screen *below)
{
    struct report_state *state = below->state;
    struct error err = ERROR_INIT;
    size_t recorded;
    working_begin(below->app, _("The report for a meeting"));
    bool done = store_report_record(below->app->store, state->meeting, &recorded, &err);
    if (working_end(below->app, done))
        ;
    else if (done)
        app_say(below->app,
                n_("%zu case was recorded as presented.", "%zu cases were recorded as presented.",
                   recorded),
                recorded);
    else
        app_say_error(below->app, &err);
    error_release(&err);
    app_changed(below->app);
}

static bool may_record(const struct screen *s)
{
    return is_loaded(s) && store_officer(s->app->store)->role != ROLE_CLERK && to_record(s->state);
}

static void ask_record(struct screen *s)
{
    const struct report_state *state = s->state;
    struct error err = ERROR_INIT;
    struct paper paper;
    paper_init(&paper);
    working_begin(s->app, _("The report for a meeting"));
    bool made = meeting_report(s->app->store, state->tree, state->language, &paper, &err);
    if (working_end(s->app, made))
        ;
    else if (made)
        preview_ask(s->app, N_("Record as presented?"),
                    paper_string(&paper, print_set_size(s->app->store)), record);
    else
        app_say_error(s->app, &err);
    paper_release(&paper);
    error_release(&err);
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set_new(kept, "meeting",
                        json_string(((const struct report_state *)s->state)->meeting));
    json_object_set_new(kept, "left_out",
                        json_integer(((const struct report_state *)s->state)->left_out));
    json_object_set_new(kept, "language",
                        json_string(((const struct report_state *)s->state)->language));
    json_object_set_new(kept, "counted",
                        json_string(buf_text(&((struct report_state *)s->state)->counted)));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct report_state *state = s->state;
    state->left_out = (unsigned)keep_number(kept, "left_out") & TRAIT_ALL;
    buf_adds(&state->counted, keep_text(kept, "counted"));
    for (size_t i = 0; locale_languages[i]; i++)
        if (strcmp(locale_languages[i], keep_text(kept, "language")) == 0)
            state->language = locale_languages[i];
}

static void close_state(struct screen *s)
{
    struct report_state *state = s->state;
    release(state);
    free(state->meeting);
    buf_release(&state->counted);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the report as it goes out; from there it is printed."),
     read_report, is_loaded},
    {TK_F(2), NULL, N_("record"), N_("Records all cases that wait for the meeting as presented."),
     ask_record, may_record},
    {TK_NONE, "o", N_("open"), N_("Opens the case of this line."), open_case, on_row},
    {TK_NONE, "k", N_("count"), N_("Counts the case only, and tells nothing of it; or tells it."),
     count_only, on_row},
    {TK_NONE, "a", N_("age"), N_("Leaves the age out of all cases, or tells it."), without_age,
     is_loaded},
    {TK_NONE, "w", N_("where"), N_("Leaves the country out of all cases, or tells it."),
     without_country, is_loaded},
    {TK_NONE, "e", N_("event"), N_("Leaves what happened out of all cases, or tells it."),
     without_event, is_loaded},
    {TK_NONE, "y", N_("nationality"), N_("Leaves the nationality out of all cases, or tells it."),
     without_nationality, is_loaded},
    {TK_NONE, "t", N_("lessons"),
     N_("Records the case as presented, with its lessons in words of your own."), write_lessons,
     may_write},
    {TK_NONE, "l", NULL, N_("Makes the report in another language."), other_language, is_loaded},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(record), ANSWERS_END};

const struct screen_type report_type = {
    .name = "report",
    .title = N_("The report for a meeting"),
    .about = N_("The cases for this meeting (Art. 7.7) and their pseudonyms, which only this "
                "screen puts beside the references. Who could be known by nationality, country, "
                "age and event is marked."),
    .commands = commands,
    .answers = answers,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void report_push(struct app *app, const char *meeting)
{
    struct report_state *state = xcalloc(1, sizeof *state);
    state->meeting = xstrdup(meeting);
    state->language = locale_language();
    screen_push(app, &report_type, state);
}

void report_reopen(struct app *app, const json_t *kept)
{
    report_push(app, keep_text(kept, "meeting"));
}
