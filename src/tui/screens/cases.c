/* SPDX-License-Identifier: MIT */
/*
 * The case list: in its line one types what is searched and by which conditions; under it are the
 * cases. In the line letters are text; in the list they are commands.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"

#include "cases_work.h"

enum { LINE_SIZE = 400 };

/* ---- reading ---- */

/* Nothing typed waits for a search. */
static bool go_on(void *ctx)
{
    struct screen *s = ctx;

    return s->app->linear || ((const struct cases_state *)s->state)->patient ||
           !term_has_typed(s->app->term);
}

static void read_line(struct screen *s)
{
    struct cases_state *state = s->state;
    const char *text = edit_text(&state->line);
    struct error err = ERROR_INIT;
    bool typing = !s->in_list && state->line.at == strlen(text);

    view_release(&state->view);
    view_parse(text, reader_language, typing, &state->view, &err);
    buf_clear(&state->mistakes);
    buf_adds(&state->mistakes, error_text(&err));
    free_wiped(state->read);
    state->read = xstrdup(text);
    error_release(&err);
}

/* Where the row in focus is now; where it is gone, the place stays. */
static void find_focus(struct cases_state *state)
{
    list_count(&state->list, state->order.count);
    for (size_t i = 0; i < state->order.count; i++)
        if (state->order.rows[i] == state->focus) {
            state->list.at = i;
            break;
        }
    state->focus = state->order.count ? state->order.rows[state->list.at] : 0;
}

static bool count_all(struct screen *s, struct error *err)
{
    struct cases_state *state = s->state;
    size_t stages[STAGE_COUNT], open;

    if (!store_counts(s->app->store, stages, &open, err))
        return false;
    state->all = 0;
    for (int i = 0; i < STAGE_COUNT; i++)
        state->all += stages[i];
    return true;
}

static bool load(struct screen *s, struct error *err)
{
    struct cases_state *state = s->state;
    struct case_order order;
    bool typed = !state->read || strcmp(state->read, edit_text(&state->line)) != 0;

    if ((!state->all || (!typed && !state->given_up)) && !count_all(s, err))
        return false;
    read_line(s);
    cases_name_view(s);
    store_on_reading(s->app->store, go_on, s);
    bool ok = store_view(s->app->store, &state->view, &order, err);
    store_on_reading(s->app->store, NULL, NULL);
    state->given_up = !ok && !go_on(s);
    if (state->given_up)
        error_clear(err);
    if (!ok)
        return state->given_up;
    case_order_release(&state->order);
    state->order = order;
    cases_out_of_sight(state);
    find_focus(state);
    return true;
}

/* A command means the cases of what is typed, not those of one letter less: where the search was
 * given up for its key, it is done before. */
static void catch_up(struct screen *s)
{
    struct cases_state *state = s->state;

    if (!state->given_up)
        return;
    state->patient = true;
    s->stale = true;
    screen_load(s);
    state->patient = false;
    if (state->order.count)
        cases_see(s, state->list.at, 1);
}

/* What was given up is taken up again as soon as nothing is typed. */
static bool behind(const struct screen *s)
{
    return ((const struct cases_state *)s->state)->given_up;
}

static void idle(struct screen *s)
{
    if (behind(s))
        screen_changed(s, true);
}

void cases_set_line(struct screen *s, const char *text)
{
    struct cases_state *state = s->state;

    edit_replace(&state->line, text);
    screen_changed(s, true);
}

/* ---- drawing ---- */

/* By lines there is no scrolling: the first of them, as rows. */
static void build(struct screen *s, int width)
{
    if (s->app->linear)
        cases_build_rows(s, width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct cases_state *state = s->state;

    buf_adds(where, _("Cases"));
    if (state->name)
        buf_addf(where, " · %s", state->name);
    else if (!*edit_text(&state->line))
        buf_addf(where, " · %s", _("open ones"));
    if (state->marks.count)
        buf_addf(right, n_("%zu marked · ", "%zu marked · ", state->marks.count),
                 state->marks.count);
    buf_addf(right, _("%zu of %zu"), state->order.count, state->all);
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct cases_state *state = s->state;
    int cols = term_cols(term);
    int col = 1 + term_put(term, row, 1, ROLE_LABEL, _("Search"), cols - 2) + 1;
    int width = cols - col - 2, gap = rows > 2 ? 2 : 1;

    cases_draw_rows(s, term, row + gap, rows - gap);
    if (gap > 1 && state->mistakes.size)
        term_putn(term, row + 1, col, ROLE_DOUBT, buf_text(&state->mistakes),
                  strcspn(buf_text(&state->mistakes), "\n"), cols - col - 1);
    if (s->in_list)
        field_draw(term, row, col, width, 1, ROLE_FIELD, edit_text(&state->line));
    else {
        term_put(term, row, 0, ROLE_FOCUS, ">", 1);
        edit_draw(&state->line, term, row, col, width, 1);
    }
}

/* ---- keys ---- */

static void to_line(struct screen *s)
{
    s->in_list = false;
}

static void to_list(struct screen *s)
{
    struct cases_state *state = s->state;

    s->in_list = true;
    /* What may still have gone on is done now. */
    catch_up(s);
    read_line(s);
    if (state->mistakes.size)
        screen_changed(s, true);
}

static void keep_focus(struct cases_state *state)
{
    if (state->order.count)
        state->focus = state->order.rows[state->list.at];
}

static bool list_key(struct screen *s, const struct term_event *event)
{
    struct cases_state *state = s->state;
    struct term_event step = *event;

    if (event->kind == TERM_TEXT && event->text[0] >= '1' && event->text[0] <= '9' &&
        !event->text[1]) {
        cases_call(s, event->text[0] - '0');
        return true;
    }
    if (event->kind != TERM_KEY)
        return false;
    if (event->key == TK_BACKTAB || (event->key == TK_UP && !state->list.at)) {
        to_line(s);
        return true;
    }
    if (event->key == TK_TAB)
        step.key = TK_DOWN;
    if (!list_event(&state->list, &step, s->rows - 2))
        return false;
    keep_focus(state);
    return true;
}

static bool line_key(struct screen *s, const struct term_event *event)
{
    struct cases_state *state = s->state;
    bool moves = event->kind == TERM_KEY &&
                 (event->key == TK_DOWN || event->key == TK_PAGE_DOWN || event->key == TK_TAB);

    if (moves) {
        to_list(s);
        if (event->key == TK_PAGE_DOWN)
            list_key(s, event);
        return true;
    }
    if (!edit_event(&state->line, event, app_cols(s->app) - 12))
        return false;
    if (strcmp(edit_text(&state->line), state->read ? state->read : "") != 0) {
        state->focus = 0;
        state->list.at = state->list.top = 0;
        screen_changed(s, true);
    }
    return true;
}

static bool event(struct screen *s, const struct term_event *event)
{
    return s->in_list ? list_key(s, event) : line_key(s, event);
}

static bool on_row(const struct screen *s)
{
    const struct cases_state *state = s->state;

    return state->order.count > 0 || state->given_up;
}

static bool has_marks(const struct screen *s)
{
    return ((const struct cases_state *)s->state)->marks.count > 0;
}

/* By lines a row is chosen by its number. */
static void take_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);

    if (s->app->linear && row)
        ((struct cases_state *)s->state)->list.at = (size_t)row->tag;
}

static void open_row(struct screen *s)
{
    struct cases_state *state = s->state;

    catch_up(s);
    take_row(s);
    if (!state->order.count)
        return;
    for (size_t i = 0; i < state->sighted; i++)
        if (state->sight[i].there && state->sight[i].row == state->order.rows[state->list.at]) {
            keep_focus(state);
            case_push(s->app, state->sight[i].one.reference);
            return;
        }
}

static void mark(struct screen *s)
{
    struct cases_state *state = s->state;

    catch_up(s);
    take_row(s);
    if (!state->order.count)
        return;
    marks_turn(&state->marks, state->order.rows[state->list.at]);
    list_event(&state->list, &(struct term_event){.kind = TERM_KEY, .key = TK_DOWN}, s->rows);
    keep_focus(state);
    if (s->app->linear)
        screen_changed(s, false);
}

static void mark_all(struct screen *s)
{
    struct cases_state *state = s->state;

    catch_up(s);
    marks_add(&state->marks, state->order.rows, state->order.count);
    app_say(s->app, n_("%zu case is marked.", "%zu cases are marked.", state->marks.count),
            state->marks.count);
}

static void unmark(struct screen *s)
{
    struct cases_state *state = s->state;

    marks_release(&state->marks);
    app_say(s->app, "%s", _("No case is marked any more."));
}

/* ---- coming and going ---- */

static void keep(struct screen *s, json_t *kept)
{
    const struct cases_state *state = s->state;

    edit_keep(&state->line, kept);
    json_object_set_new(kept, "moved", json_boolean(s->in_list));
    json_object_set_new(kept, "focus", json_integer(state->focus));
    json_object_set_new(kept, "top", json_integer((json_int_t)state->list.top));
    json_object_set_new(kept, "marks", marks_keep(&state->marks));
    cases_many_keep(state, kept);
}

static void restore(struct screen *s, const json_t *kept)
{
    struct cases_state *state = s->state;

    edit_restore(&state->line, kept);
    s->in_list = json_is_true(json_object_get(kept, "moved"));
    state->focus = keep_number(kept, "focus");
    state->list.top = (size_t)keep_number(kept, "top");
    marks_restore(&state->marks, json_object_get(kept, "marks"));
    cases_many_restore(s, kept);
}

static void line(struct screen *s, struct screen_line *out)
{
    *out = (struct screen_line){_("Search"), &((struct cases_state *)s->state)->line, true};
}

static void close_state(struct screen *s)
{
    struct cases_state *state = s->state;

    cases_out_of_sight(state);
    case_order_release(&state->order);
    view_release(&state->view);
    marks_release(&state->marks);
    cases_drop_order(state);
    buf_release(&state->mistakes);
    edit_release(&state->line);
    free_wiped(state->read);
    free_wiped(state->name);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_row, on_row},
    {TK_F(3), "/", N_("search"), N_("Goes back into the search field."), to_line, NULL},
    {TK_F(4), NULL, N_("conditions"), N_("Shows what could stand in the line, to be taken."),
     cases_choose, NULL},
    {TK_NONE, " ", N_("mark"), N_("Marks the case, or no more, and goes to the next one."), mark,
     on_row},
    {TK_NONE, "x", N_("with these"), N_("Does something with all that are marked."), cases_many,
     has_marks},
    {TK_NONE, "v", N_("views"), N_("Shows the saved views; a digit calls one at once."),
     cases_views, NULL},
    {TK_NONE, "s", N_("sort"), N_("Sorts the list by another column."), cases_sort, NULL},
    {TK_NONE, "c", N_("counts"), N_("Counts the cases of the list by stage, country, ground."),
     cases_counts, NULL},
    {TK_F(6), NULL, N_("next stage"), N_("Shows the cases of one stage, then of the next."),
     cases_next_stage, NULL},
    {TK_NONE, "m", NULL, N_("Marks the case, or no more, and goes to the next one."), mark, on_row},
    {TK_NONE, "*", N_("mark all"), N_("Marks all cases of the list."), mark_all, on_row},
    {TK_NONE, "u", N_("unmark"), N_("Takes all marks away."), unmark, has_marks},
    {TK_NONE, "w", N_("save view"), N_("Saves what is typed as a view, under a name and a digit."),
     cases_save, NULL},
    {TK_NONE, NULL, N_("forget view"), N_("Takes a saved view away."), cases_forget, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type cases_type = {
    .name = "cases",
    .title = N_("Cases"),
    .about = N_("Type parts of names, numbers, places, the text of what happened or references, in "
                "any order: accents and capitals do not matter; or conditions, as stage:poll or "
                "due<3, which F4 shows. The arrows go to the list, where letters are commands."),
    .commands = commands,
    .answers = cases_views_answers,
    .typing = true,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .idle = idle,
    .behind = behind,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

/* ---- the neighbours of a case ---- */

static struct screen *list_under(const struct app *app)
{
    for (size_t i = app->depth; i-- > 0;)
        if (app->screens[i]->type == &cases_type)
            return app->screens[i];
    return NULL;
}

/* The reference of the i-th case, a new string; NULL where it is gone. */
static char *reference_at(const struct screen *s, size_t i)
{
    const struct cases_state *state = s->state;
    struct case_rows rows = {NULL, 0};
    char *reference = NULL;

    if (i < state->order.count &&
        store_rows(s->app->store, &state->order.rows[i], 1, &rows, NULL) && rows.count)
        reference = xstrdup(rows.list[0].reference);
    case_rows_release(&rows);
    return reference;
}

char *cases_neighbour(struct app *app, const char *reference, int step)
{
    struct screen *s = list_under(app);
    struct cases_state *state = s ? s->state : NULL;
    char *here = s ? reference_at(s, state->list.at) : NULL;
    bool from_here = here && strcmp(here, reference) == 0;
    char *next = NULL;

    free(here);
    if (!from_here || (step < 0 && !state->list.at))
        return NULL;
    next = reference_at(s, state->list.at + (size_t)(long)step);
    if (!next)
        return NULL;
    state->list.at += (size_t)(long)step;
    keep_focus(state);
    return next;
}

void cases_push(struct app *app)
{
    struct cases_state *state = xcalloc(1, sizeof *state);

    edit_init(&state->line, false, LINE_SIZE);
    state->read = xstrdup("");
    screen_push(app, &cases_type, state);
}
