/* SPDX-License-Identifier: MIT */
/* All that is due and waited for, part by part. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/taskrow.h"

enum { MOST = 500 };

static const struct {
    const char *title;
    struct task_filter filter;
} parts[] = {
    {N_("All tasks"), {.room = MOST}},
    {N_("Overdue"), {.part = TASKS_OVERDUE, .room = MOST}},
    {N_("For us to do"), {.whom = FOR_US, .room = MOST}},
    {N_("Waiting for others"), {.whom = FOR_OTHERS, .room = MOST}},
};

struct tasks_state {
    size_t part;
    struct worklist work;
};

static bool load(struct screen *s, struct error *err)
{
    struct tasks_state *state = s->state;
    worklist_release(&state->work);
    return store_worklist(s->app->store, &parts[state->part].filter, &state->work, err);
}

/* A head wherever another sort of tasks begins. */
static void build(struct screen *s, int width)
{
    const struct tasks_state *state = s->state;
    struct instant now = app_now(s->app);
    for (size_t i = 0; i < state->work.count; i++) {
        const struct task *task = &state->work.list[i], *last = i ? task - 1 : NULL;
        if (!last || last->danger != task->danger || !*last->due != !*task->due)
            body_line(&s->body, BODY_HEAD, " %s%s%s", task->danger ? _("A life is in danger") : "",
                      task->danger ? " · " : "", *task->due ? _("Due") : _("Without a day"));
        taskrow_add(&s->body, 0, task, 0, now, width);
    }
    if (!state->work.count)
        body_empty(&s->body, width,
                   _("Nothing is due, and nobody is waited for. What cases, periods and requests "
                     "ask for comes here by itself."));
    else if (state->work.count == MOST)
        body_line(&s->body, BODY_DIM, "  %s", _("and more: see the command amparo tasks"));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct tasks_state *state = s->state;
    buf_adds(where, _(parts[state->part].title));
    buf_addf(right, "%zu", state->work.count);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    case_push(s->app, body_focused(&s->body)->ref);
}

static void next_part(struct screen *s)
{
    struct tasks_state *state = s->state;
    state->part = (state->part + 1) % ARRAY_SIZE(parts);
    screen_changed(s, true);
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set_new(kept, "part",
                        json_integer((json_int_t)((struct tasks_state *)s->state)->part));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct tasks_state *state = s->state;
    state->part = (size_t)keep_number(kept, "part") % ARRAY_SIZE(parts);
}

static void close_state(struct screen *s)
{
    worklist_release(&((struct tasks_state *)s->state)->work);
    free(s->state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_row, on_row},
    {TK_F(6), NULL, N_("next part"), N_("Shows the next part: overdue, ours, others', all."),
     next_part, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type tasks_type = {
    .name = "tasks",
    .title = N_("Tasks"),
    .about =
        N_("What is due and what one waits for, of all cases: where a life is in danger first, "
           "then by the day, then what has no day, the longest first. A time with ! is overdue."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void tasks_push(struct app *app)
{
    screen_push(app, &tasks_type, xcalloc(1, sizeof(struct tasks_state)));
}
