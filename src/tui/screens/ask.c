/* SPDX-License-Identifier: MIT */
#include "amparo/tui/ask.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/editview.h"
#include "amparo/tui/keep.h"

struct ask_state {
    char *title, *about;
    size_t above; /* lines of the text that one has gone back from its end, where it has no room */
    struct edit answer;
    ask_fn *answered;
};

static void build(struct screen *s, int width)
{
    const struct ask_state *state = s->state;
    body_wrap(&s->body, BODY_PLAIN, width, 0, state->about);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    (void)right;
    buf_adds(where, ((const struct ask_state *)s->state)->title);
}

/* How many lines of the text find room above the answer. */
static int lines_shown(const struct screen *s, int rows)
{
    return (int)s->body.count < rows - 1 ? (int)s->body.count : rows - 1;
}

/* What is asked stands at the end: that is in sight, and the rest by PgUp. */
static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct ask_state *state = s->state;
    int lines = lines_shown(s, rows), at = row + lines + (lines + 1 < rows);
    size_t hidden = s->body.count - (size_t)lines;
    if (state->above > hidden)
        state->above = hidden;
    s->body.top = hidden - state->above;
    body_draw(&s->body, term, row, lines);
    term_put(term, at, 0, ROLE_FOCUS, ">", 1);
    edit_draw(&state->answer, term, at, 1, term_cols(term) - 3, 1);
}

static void answer(struct screen *s)
{
    struct ask_state *state = s->state;
    const char *typed = edit_text(&state->answer);
    if (!typed[strspn(typed, " ")]) {
        app_say(s->app, "%s", _("Nothing was typed; Esc goes back."));
        return;
    }
    struct app *app = s->app;
    ask_fn *answered = state->answered;
    char *text = xstrdup(typed);
    screen_leave(s);
    if (app_top(app))
        answered(app_top(app), text);
    free(text);
}

/* Back in a text that has no room, and on again. */
static bool read_on(struct screen *s, enum term_key key)
{
    struct ask_state *state = s->state;
    size_t shown = (size_t)lines_shown(s, s->rows), page = shown > 2 ? shown - 1 : 1;
    if (shown == s->body.count)
        return false;
    if (key == TK_PAGE_UP)
        state->above += page;
    else
        state->above -= state->above < page ? state->above : page;
    return true;
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct ask_state *state = s->state;
    if (event->kind == TERM_KEY && (event->key == TK_PAGE_UP || event->key == TK_PAGE_DOWN))
        return read_on(s, event->key);
    return edit_event(&state->answer, event, app_cols(s->app) - 3);
}

static void line(struct screen *s, struct screen_line *out)
{
    struct ask_state *state = s->state;
    *out = (struct screen_line){_("Answer"), &state->answer, false};
}

static void keep(struct screen *s, json_t *kept)
{
    const struct ask_state *state = s->state;
    keep_answer(s, (answer_fn *)state->answered, kept);
    json_object_set_new(kept, "title", json_string(state->title));
    json_object_set_new(kept, "about", json_string(state->about));
    json_object_set_new(kept, "above", json_integer((json_int_t)state->above));
    edit_keep(&state->answer, kept);
}

static void close_state(struct screen *s)
{
    struct ask_state *state = s->state;
    edit_release(&state->answer);
    free(state->title);
    free(state->about);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("go on"), N_("Takes what was typed."), answer, NULL},
    {TK_F(2), NULL, NULL, N_("Takes what was typed."), answer, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type ask_type = {
    .name = "ask",
    .title = N_("A question"),
    .about = N_("Type the answer and Enter; Esc goes back and nothing is done."),
    .commands = commands,
    .worded = true,
    .typing = true,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .close = close_state,
};

void ask_ahead_push(struct app *app, const char *title, const char *about, const char *begin,
                    ask_fn *answered)
{
    struct ask_state *state = xcalloc(1, sizeof *state);
    state->title = xstrdup(title);
    state->about = xstrdup(about);
    state->answered = answered;
    edit_init(&state->answer, false, 400);
    edit_set(&state->answer, begin);
    if (*begin)
        edit_resume(&state->answer, strlen(begin));
    screen_push(app, &ask_type, state);
}

void ask_push(struct app *app, const char *title, const char *about, const char *begin,
              ask_fn *answered)
{
    ask_ahead_push(app, title, about, begin, answered);
    app_must_be_read(app);
}

void asked_reopen(struct app *app, const json_t *kept)
{
    const struct answer *answer = keep_answered(app, kept);
    if (!answer)
        return;
    ask_ahead_push(app, keep_text(kept, "title"), keep_text(kept, "about"), "",
                   (ask_fn *)answer->take);
    struct ask_state *state = app_top(app)->state;
    state->above = (size_t)keep_number(kept, "above");
    edit_restore(&state->answer, kept);
}
