/* SPDX-License-Identifier: MIT */
/* The register of the post's notes: what one types searches at once; letters are text here. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/register.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/searched.h"
#include "amparo/tui/values.h"

enum { MOST = 300, YEARS = 50, QUERY_SIZE = 200 };

struct register_state {
    struct searched search;
    struct register_filter filter;
    bool chosen; /* the year was: until then it is the newest that there is */
    struct register_rows rows;
    long years[YEARS];
    size_t year_count;
};

static bool load(struct screen *s, struct error *err)
{
    struct register_state *state = s->state;
    register_rows_release(&state->rows);
    if (!store_register_years(s->app->store, state->years, YEARS, &state->year_count, err))
        return false;
    if (!state->chosen)
        state->filter.year = state->year_count ? state->years[0] : 0;
    state->filter.query = edit_text(&state->search.query);
    return store_register(s->app->store, &state->filter, &state->rows, err);
}

/* What tells most of where a note stands, in a few cells. */
static void add_fate(struct buf *out, const struct register_row *r, struct instant now)
{
    static const struct {
        const char *key, *text;
        bool day;
    } rows[] = {
        {"answered_by", N_("answered: %s"), false},
        {"in_reply_to", N_("answers %s"), false},
        {"reply_due", N_("reply due %s"), true},
        {"acknowledged_on", N_("acknowledged %s"), true},
        {"delivered_on", N_("delivered %s"), true},
        {"sent_on", N_("sent %s"), true},
    };
    if (json_object_get(r->slip, "annulled")) {
        buf_adds(out, _("annulled"));
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value = register_text(r, rows[i].key);
        struct buf text = BUF_INIT;
        if (!*value)
            continue;
        if (rows[i].day)
            values_say_when_short(&text, value, now, reader_language);
        else
            buf_add(&text, value, strcspn(value, " "));
        buf_addf(out, _(rows[i].text), buf_text(&text));
        buf_release(&text);
        return;
    }
}

static void add_row(struct body *b, const struct register_row *r, struct instant now, int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    values_say_when_short(&when, register_text(r, "date"), now, reader_language);
    column(&row, r->number, 10);
    column(&row, register_text(r, "kind"), 5);
    column(&row, buf_text(&when), 8);
    if (width >= 70) {
        column(&row, country_name(register_text(r, "state"), reader_language), 12);
        column(&row, r->reference, (int)text_clusters(r->reference));
    } else {
        column(&row, register_text(r, "state"), 2);
    }
    if (*register_text(r, "number"))
        buf_addf(&row, "%s  ", register_text(r, "number"));
    add_fate(&row, r, now);
    body_row(b, 0, r->act, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static void build(struct screen *s, int width)
{
    const struct register_state *state = s->state;
    for (size_t i = 0; i < state->rows.count; i++)
        add_row(&s->body, &state->rows.list[i], app_now(s->app), width);
    if (!state->rows.count)
        body_empty(&s->body, width,
                   *edit_text(&state->search.query)
                       ? _("No note is like this.")
                       : _("No note yet. The notes of each case (8) are written there, get their "
                           "number, and stand here in its order."));
    else if (state->rows.more)
        body_line(&s->body, BODY_DIM,
                  n_("   and %zu more: type more letters", "   and %zu more: type more letters",
                     state->rows.more),
                  state->rows.more);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    static const char *const which[] = {[REGISTER_ALL] = N_("sent and received"),
                                        [REGISTER_OUT] = N_("those sent"),
                                        [REGISTER_IN] = N_("those received")};
    const struct register_state *state = s->state;
    buf_adds(where, _("Register of notes"));
    if (state->filter.year)
        buf_addf(where, " %ld", state->filter.year);
    buf_addf(where, " · %s", _(which[state->filter.which]));
    buf_addf(right, "%zu", state->rows.count + state->rows.more);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    searched_draw(&((struct register_state *)s->state)->search, s, term, row, rows);
}

static bool event(struct screen *s, const struct term_event *event)
{
    return searched_event(&((struct register_state *)s->state)->search, s, event);
}

static const struct register_row *row_in_focus(const struct screen *s)
{
    const struct register_state *state = s->state;
    const struct body_line *line = body_focused(&s->body);
    for (size_t i = 0; line && i < state->rows.count; i++)
        if (strcmp(state->rows.list[i].act, line->ref) == 0)
            return &state->rows.list[i];
    return NULL;
}

static bool on_row(const struct screen *s)
{
    return row_in_focus(s) != NULL;
}

static void open_note(struct screen *s)
{
    const struct register_row *row = row_in_focus(s);
    preview_note(s->app, row->reference, row->act);
}

static void open_case(struct screen *s)
{
    case_push(s->app, row_in_focus(s)->reference);
}

static void to_search(struct screen *s)
{
    struct register_state *state = s->state;
    state->search.moved = false;
}

/* The year before; after the oldest all of them, and then the newest again. */
static void other_year(struct screen *s)
{
    struct register_state *state = s->state;
    size_t i = 0;
    while (i < state->year_count && state->years[i] != state->filter.year)
        i++;
    i = state->filter.year ? i + 1 : 0;
    state->filter.year = i < state->year_count ? state->years[i] : 0;
    state->chosen = true;
    screen_changed(s, true);
}

static void other_direction(struct screen *s)
{
    struct register_state *state = s->state;
    state->filter.which = (state->filter.which + 1) % (REGISTER_IN + 1);
    screen_changed(s, true);
}

static void to_paper(struct screen *s)
{
    const struct register_state *state = s->state;
    preview_file(s->app, json_pack("{s:s, s:I}", "document", "register", "year",
                                   (json_int_t)state->filter.year));
}

static void keep(struct screen *s, json_t *kept)
{
    const struct register_state *state = s->state;
    edit_keep(&state->search.query, kept);
    json_object_set_new(kept, "year", json_integer(state->filter.year));
    json_object_set_new(kept, "which", json_integer(state->filter.which));
    json_object_set_new(kept, "moved", json_boolean(state->search.moved));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct register_state *state = s->state;
    edit_restore(&state->search.query, kept);
    state->filter.year = keep_number(kept, "year");
    state->filter.which = (enum register_which)keep_number(kept, "which");
    state->chosen = true;
    state->search.moved = json_is_true(json_object_get(kept, "moved"));
}

static void line(struct screen *s, struct screen_line *out)
{
    searched_line(&((struct register_state *)s->state)->search, out);
}

static void close_state(struct screen *s)
{
    struct register_state *state = s->state;
    register_rows_release(&state->rows);
    edit_release(&state->search.query);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the text of the note, to be read and printed."),
     open_note, on_row},
    {TK_F(3), NULL, N_("search"), N_("Goes back into the search field."), to_search, NULL},
    {TK_F(4), NULL, N_("year"), N_("Shows the year before, or all of them."), other_year, NULL},
    {TK_F(6), NULL, N_("sent, received"), N_("Shows those sent, those received, or both."),
     other_direction, NULL},
    {TK_CTRL('O'), NULL, N_("case"), N_("Opens the case of the note."), open_case, on_row},
    {TK_NONE, NULL, N_("on paper"), N_("Shows the register as it is printed."), to_paper, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type register_type = {
    .name = "register",
    .title = N_("Register of notes verbales"),
    .about = N_("All notes of the post, the newest first: those sent by our number, those received "
                "by our entry (E-). No number is missing in a year, and none is used twice."),
    .commands = commands,
    .typing = true,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void register_push(struct app *app)
{
    struct register_state *state = xcalloc(1, sizeof *state);
    edit_init(&state->search.query, false, QUERY_SIZE);
    state->filter = (struct register_filter){.newest_first = true, .limit = MOST};
    screen_push(app, &register_type, state);
}
