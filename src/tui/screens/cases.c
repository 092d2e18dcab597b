/* SPDX-License-Identifier: MIT */
/* The case list: what one types searches at once; letters are text here. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/list.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/searched.h"

enum { MOST = 200, QUERY_SIZE = 200 };

struct cases_state {
    struct searched search;
    int stage; /* enum stage, or -1: any */
    bool closed_too;
    struct case_rows rows;
    size_t all; /* how many there are, also beyond those shown */
};

static bool load(struct screen *s, struct error *err)
{
    struct cases_state *state = s->state;
    const char *query = edit_text(&state->search.query);
    struct list_filter filter = {.query = *query ? query : NULL,
                                 .stage = state->stage,
                                 .open_only = !state->closed_too && state->stage < 0 && !*query,
                                 .order = LIST_UPDATED,
                                 .limit = MOST};
    case_rows_release(&state->rows);
    state->all = 0;
    return store_list(s->app->store, &filter, &state->rows, err) &&
           store_count(s->app->store, &filter, &state->all, err);
}

/* A code of that act's field as people say it. */
static const char *say_code(enum act_kind act, const char *key, const char *code)
{
    const struct field *field = field_find(act_type(act)->fields, key);
    const char *label = field ? code_label(field->codes, code) : NULL;

    return label ? _(label) : code;
}

static void build(struct screen *s, int width)
{
    const struct cases_state *state = s->state;
    struct instant now = app_now(s->app);
    for (size_t i = 0; i < state->rows.count; i++) {
        const struct case_row *r = &state->rows.list[i];
        struct buf row = BUF_INIT, due = BUF_INIT;
        if (r->due && !r->closed)
            describe_due(&due, r->due, now);
        column(&row, r->reference, (int)text_clusters(r->reference));
        column(&row, describe_title(r->title, r->hidden),
               width >= 100  ? 40
               : width >= 70 ? 28
                             : width - (int)text_clusters(r->reference) - 5);
        if (width >= 70) {
            column(&row, r->receiving_state, 2);
            column(&row,
                   r->exit ? say_code(ACT_CLOSE, "outcome", r->exit) : _(stage_name(r->stage)), 12);
            column(&row, buf_text(&due), 8);
        }
        if (width >= 90 && strcmp(r->priority, "routine") != 0)
            buf_adds(&row, say_code(ACT_OPEN, "priority", r->priority));
        body_row(&s->body, 0, r->reference, "%s", buf_text(&row));
        buf_release(&row);
        buf_release(&due);
    }
    if (!state->rows.count)
        body_line(&s->body, BODY_DIM, "   %s", _("No case is like this."));
    else if (state->all > state->rows.count)
        body_line(&s->body, BODY_DIM,
                  n_("   and %zu more: type more letters", "   and %zu more: type more letters",
                     state->all - state->rows.count),
                  state->all - state->rows.count);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct cases_state *state = s->state;
    buf_adds(where, _("Cases"));
    if (state->stage >= 0)
        buf_addf(where, " · %s", _(stage_name((enum stage)state->stage)));
    else if (!state->closed_too && !*edit_text(&state->search.query))
        buf_addf(where, " · %s", _("open ones"));
    buf_addf(right, "%zu", state->all);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    searched_draw(&((struct cases_state *)s->state)->search, s, term, row, rows);
}

static bool event(struct screen *s, const struct term_event *event)
{
    return searched_event(&((struct cases_state *)s->state)->search, s, event);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    case_push(s->app, body_focused(&s->body)->ref);
}

static void next_stage(struct screen *s)
{
    struct cases_state *state = s->state;
    if (++state->stage == STAGE_COUNT)
        state->stage = -1;
    screen_changed(s, true);
}

static void closed_too(struct screen *s)
{
    struct cases_state *state = s->state;
    state->closed_too = !state->closed_too;
    screen_changed(s, true);
}

static void to_search(struct screen *s)
{
    struct cases_state *state = s->state;
    state->search.moved = false;
}

static void keep(struct screen *s, json_t *kept)
{
    const struct cases_state *state = s->state;
    edit_keep(&state->search.query, kept);
    json_object_set_new(kept, "stage", json_integer(state->stage));
    json_object_set_new(kept, "closed_too", json_boolean(state->closed_too));
    json_object_set_new(kept, "moved", json_boolean(state->search.moved));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct cases_state *state = s->state;
    edit_restore(&state->search.query, kept);
    state->stage = (int)keep_number(kept, "stage");
    state->closed_too = json_is_true(json_object_get(kept, "closed_too"));
    state->search.moved = json_is_true(json_object_get(kept, "moved"));
}

static void line(struct screen *s, struct screen_line *out)
{
    searched_line(&((struct cases_state *)s->state)->search, out);
}

static void close_state(struct screen *s)
{
    struct cases_state *state = s->state;
    case_rows_release(&state->rows);
    edit_release(&state->search.query);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_row, on_row},
    {TK_F(3), NULL, N_("search"), N_("Goes back into the search field."), to_search, NULL},
    {TK_F(6), NULL, N_("next stage"), N_("Shows the cases of one stage, then of the next."),
     next_stage, NULL},
    {TK_F(4), NULL, N_("closed too"), N_("Shows closed cases too, or not."), closed_too, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct screen_type cases_type = {
    .name = "cases",
    .title = N_("Cases"),
    .about = N_("Type parts of names, places or references, in any order: accents and capitals do "
                "not matter. The arrows choose."),
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

void cases_push(struct app *app)
{
    struct cases_state *state = xcalloc(1, sizeof *state);
    edit_init(&state->search.query, false, QUERY_SIZE);
    state->stage = -1;
    screen_push(app, &cases_type, state);
}
