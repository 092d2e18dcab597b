/* SPDX-License-Identifier: MIT */
/* One event: what it carries, and its cases, children alone first, each with what it lacks. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/event.h"
#include "amparo/store/list.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { MOST = 200 };

struct event_state {
    char *name;
    struct event event;
    struct case_rows rows;
    char **missing; /* beside the rows, as far as they were looked at */
    size_t told;    /* so far */
    size_t reached; /* the row in focus */
};

static void release_rows(struct event_state *state)
{
    for (size_t i = 0; i < state->told; i++)
        free(state->missing[i]);
    free(state->missing);
    state->missing = NULL;
    state->told = 0;
    case_rows_release(&state->rows);
    event_release(&state->event);
}

/* The articles of what the next step lacks, each once: "7.2, 3"; "" where nothing is. */
static char *articles_missing(struct store *store, const char *reference)
{
    struct case_file c;
    struct error unsaid = ERROR_INIT;
    struct buf out = BUF_INIT;
    json_t *missing = NULL, *one;
    size_t i;

    if (store_case(store, reference, &c, &unsaid)) {
        missing = store_case_missing(store, &c, english, &unsaid);
        case_release(&c);
    }
    error_release(&unsaid);
    const char *step = payload_text(json_array_get(missing, 0), "for");
    json_array_foreach(missing, i, one)
    {
        const char *article = payload_text(one, "article");
        size_t size = strlen(article);
        const char *twice = size ? strstr(buf_text(&out), article) : NULL;
        bool whole = twice && (twice[size] == ',' || !twice[size]) &&
                     (twice == buf_text(&out) || twice[-1] == ' ');
        if (size && !whole && strcmp(payload_text(one, "for"), step) == 0)
            buf_addf(&out, "%s%s", out.size ? ", " : "", article);
    }
    json_decref(missing);
    return buf_detach(&out);
}

static bool load(struct screen *s, struct error *err)
{
    struct event_state *state = s->state;
    struct store *store = s->app->store;
    struct list_filter filter = {
        .stage = -1, .event = state->name, .order = LIST_LONE, .limit = MOST};

    release_rows(state);
    if (!store_event(store, state->name, &state->event, err) ||
        !store_list(store, &filter, &state->rows, err))
        return false;
    state->missing = xcalloc(state->rows.count + 1, sizeof *state->missing);
    return true;
}

/* Each case has to be read for it: so of those alone that one sees, or is about to. */
static void look_up_to(struct event_state *state, struct store *store, size_t count)
{
    for (; state->told < count && state->told < state->rows.count; state->told++) {
        const struct case_row *row = &state->rows.list[state->told];
        state->missing[state->told] =
            row->closed ? xstrdup("") : articles_missing(store, row->reference);
    }
}

/* ---- what it shows ---- */

static void add_case(struct body *b, long index, const struct case_row *r, const char *missing,
                     int width)
{
    struct buf row = BUF_INIT;
    int reference = (int)text_clusters(r->reference);
    column(&row, r->reference, reference);
    column(&row, describe_title(r->title, r->hidden),
           width >= 100  ? 40
           : width >= 70 ? 24
                         : width - reference - 6);
    if (width >= 70) {
        buf_addf(&row, "%2ld ", r->persons);
        column(&row, _(stage_name(r->stage)), 12);
        buf_adds(&row, missing);
    }
    body_row(b, index, r->reference, "%s%s", buf_text(&row), r->lone && width < 70 ? "!" : "");
    if (r->lone)
        body_line(b, BODY_PLAIN, "     %s", n_("child alone", "children alone", r->lone));
    buf_release(&row);
}

void event_say_carried(struct buf *out, const json_t *content)
{
    static const char *const paths[] = {"ground", "perpetrator", "priority", "needs"};

    buf_addf(out, "%s, %s", payload_text(content, "locality"),
             country_name(payload_text(content, "receiving_state"), reader_language));
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        const struct field *field = field_find(event_type.fields, paths[i]);
        const json_t *value = json_object_get(content, paths[i]);
        if (!value)
            continue;
        buf_adds(out, " · ");
        values_say(out, field, value, NULL, reader_language);
    }
}

static void build(struct screen *s, int width)
{
    struct event_state *state = s->state;
    struct body *b = &s->body;
    struct buf text = BUF_INIT;
    const struct event *e = &state->event;
    if (!e->content)
        return;
    event_say_carried(&text, e->content);
    body_wrap(b, BODY_PLAIN, width - 1, 1, buf_text(&text));
    buf_clear(&text);
    buf_addf(&text, _("Said by %s, "), e->by);
    values_say_when_short(&text, e->at, app_now(s->app), reader_language);
    body_line(b, BODY_DIM, " %s", buf_text(&text));
    body_line(b, BODY_PLAIN, "%s", "");
    buf_clear(&text);
    if (width >= 70) {
        column(&text, _("Case"),
               state->rows.count ? (int)text_clusters(state->rows.list[0].reference) : 15);
        column(&text, _("Person"), width >= 100 ? 40 : 24);
        column(&text, "", 2);
        column(&text, _("Stage"), 12);
        buf_adds(&text, _("Missing (article)"));
        body_line(b, BODY_COLUMNS, "  %s", buf_text(&text));
    }
    look_up_to(state, s->app->store, state->reached + (size_t)s->rows + 1);
    for (size_t i = 0; i < state->rows.count; i++)
        add_case(b, (long)i, &state->rows.list[i], i < state->told ? state->missing[i] : "", width);
    if (!state->rows.count)
        body_empty(b, width, _("nobody is taken in yet; n begins the list"));
    else if (e->cases > state->rows.count)
        body_line(b, BODY_DIM,
                  n_("   and %zu more: / finds them", "   and %zu more: / finds them",
                     e->cases - state->rows.count),
                  e->cases - state->rows.count);
    buf_release(&text);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct event_state *state = s->state;
    const struct event *e = &state->event;
    buf_addf(where, "%s · %s", _("Event"), state->name);
    buf_addf(right, n_("%zu case, ", "%zu cases, ", e->cases), e->cases);
    buf_addf(right, n_("%zu person", "%zu persons", e->persons), e->persons);
    if (e->lone)
        buf_addf(right, n_(", %zu child alone", ", %zu children alone", e->lone), e->lone);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct event_state *state = s->state;
    bool moved = body_event(&s->body, event, s->rows);
    const struct body_line *row = body_focused(&s->body);
    if (moved && row) {
        state->reached = (size_t)row->tag;
        if (state->reached + (size_t)s->rows > state->told && state->told < state->rows.count)
            screen_changed(s, false);
    }
    return moved;
}

/* ---- what can be done ---- */

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void open_row(struct screen *s)
{
    case_push(s->app, body_focused(&s->body)->ref);
}

static void take_in(struct screen *s)
{
    eventlist_push(s->app, ((struct event_state *)s->state)->name);
}

static void change(struct screen *s)
{
    eventform_push(s->app, ((struct event_state *)s->state)->name);
}

static void find(struct screen *s)
{
    cases_push(s->app);
}

static void back(struct screen *s)
{
    screen_changed(s, true);
}

static void keep(struct screen *s, json_t *kept)
{
    json_object_set_new(kept, "event", json_string(((struct event_state *)s->state)->name));
}

static void close_state(struct screen *s)
{
    struct event_state *state = s->state;
    release_rows(state);
    free(state->name);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_row, on_row},
    {TK_NONE, "n", N_("people"), N_("Takes in people of this event, one line a person."), take_in,
     NULL},
    {TK_NONE, "c", N_("change"),
     N_("Says anew what this event is; cases taken in stay as they are."), change, NULL},
    {TK_F(3), "/", N_("find"), N_("Lists the cases, and searches as one types."), find, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type event_screen_type = {
    .name = "event",
    .title = N_("An event"),
    .about = N_("What each case of the event takes over, and its cases: those with a child alone "
                "first. At the right, by article, what the next step of the case lacks."),
    .commands = commands,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .event = event,
    .back = back,
    .keep = keep,
    .close = close_state,
};

void event_push(struct app *app, const char *name)
{
    struct event_state *state = xcalloc(1, sizeof *state);
    state->name = xstrdup(name);
    screen_push(app, &event_screen_type, state);
}

void event_reopen(struct app *app, const json_t *kept)
{
    event_push(app, keep_text(kept, "event"));
}
