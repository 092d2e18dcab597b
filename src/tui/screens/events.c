/* SPDX-License-Identifier: MIT */
/* The disasters that brought people here: the one last spoken of first. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/event.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/values.h"

struct events_state {
    struct events events;
};

static bool load(struct screen *s, struct error *err)
{
    struct events_state *state = s->state;
    events_release(&state->events);
    return store_events(s->app->store, &state->events, err);
}

/* "14 Mar"; "March 2026" where the day is not known. */
static void say_day(struct buf *out, const char *on, struct instant now)
{
    struct date day;
    if (date_parse(on, &day))
        values_say_when_short(out, on, now, reader_language);
    else
        values_say_when(out, on, reader_language);
}

static void add_event(struct body *b, const struct event *e, struct instant now, int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT, counts = BUF_INIT;
    say_day(&when, payload_text(e->content, "on"), now);
    buf_addf(&counts, n_("%zu case, ", "%zu cases, ", e->cases), e->cases);
    buf_addf(&counts, n_("%zu person", "%zu persons", e->persons), e->persons);
    if (e->lone)
        buf_addf(&counts, n_(", %zu child alone", ", %zu children alone", e->lone), e->lone);
    column(&row, buf_text(&when), 14);
    column(&row, payload_text(e->content, "receiving_state"), 2);
    column(&row, e->name, width >= 60 ? 28 : width - 21);
    if (width >= 60)
        buf_adds(&row, buf_text(&counts));
    body_row(b, 0, e->name, "%s", buf_text(&row));
    if (width < 60)
        body_line(b, BODY_DIM, "     %s", buf_text(&counts));
    buf_release(&row);
    buf_release(&when);
    buf_release(&counts);
}

static void build(struct screen *s, int width)
{
    const struct events_state *state = s->state;
    for (size_t i = 0; i < state->events.count; i++)
        add_event(&s->body, &state->events.list[i], app_now(s->app), width);
    if (!state->events.count)
        body_empty(&s->body, width, _("none yet; n begins one, where many people come at once"));
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct events_state *state = s->state;
    buf_adds(where, _("Events"));
    buf_addf(right, "%zu", state->events.count);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    event_push(s->app, body_focused(&s->body)->ref);
}

static void new_event(struct screen *s)
{
    eventform_push(s->app, NULL);
}

static void close_state(struct screen *s)
{
    struct events_state *state = s->state;
    events_release(&state->events);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Shows the event of this line, with its cases."), open_row,
     on_row},
    {TK_NONE, "n", N_("new"), N_("Says what a new event is, once for all its cases."), new_event,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type events_type = {
    .name = "events",
    .title = N_("Events"),
    .about = N_("Disasters that bring many people at once. What is known of an event is said once "
                "and carried into every case of it; its people are taken in one line each, and "
                "their cases go on as any other."),
    .commands = commands,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void events_push(struct app *app)
{
    screen_push(app, &events_type, xcalloc(1, sizeof(struct events_state)));
}

/* ---- drafts ---- */

bool event_draft_named(const struct draft *draft, struct buf *subject, struct buf *what)
{
    const char *name = draft->subject;

    if (strcmp(draft->screen, EVENT_FORM) != 0 && strcmp(draft->screen, EVENT_LIST) != 0)
        return false;
    if (strncmp(name, EVENT_SUBJECT, sizeof EVENT_SUBJECT - 1) == 0)
        name += sizeof EVENT_SUBJECT - 1;
    buf_adds(subject, *name ? name : _("new event"));
    buf_adds(what, strcmp(draft->screen, EVENT_FORM) == 0 ? _("An event") : _("One line a person"));
    return true;
}

void event_draft_resume(struct app *app, const struct draft *draft)
{
    const char *name = draft->subject + strlen(EVENT_SUBJECT);

    if (strcmp(draft->screen, EVENT_LIST) == 0)
        eventlist_push(app, name);
    else
        eventform_push(app, *name ? name : NULL);
}
