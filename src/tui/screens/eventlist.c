/* SPDX-License-Identifier: MIT */
/*
 * The people of an event, one line a person: the line being typed stands on top, those taken in
 * below it, the latest first. Each line is one transaction; the one being typed is a draft.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "eventline_work.h"

struct eventlist {
    struct eventline line;
    struct event event; /* as it is now, with its counts */
    bool first;
    json_t *taken;     /* array of what is shown of each line, the latest first */
    char *case_before; /* of the last line taken in, or NULL */
};

/* ---- reading ---- */

/* What stands below the line, and what the next one takes over. */
static void put_kept(struct eventlist *e, const json_t *kept)
{
    json_t *taken = json_object_get(kept, "taken"), *last = json_object_get(kept, "last");
    if (taken)
        json_array_extend(e->taken, taken);
    if (last)
        json_object_update(e->line.last, last);
    if (*keep_text(kept, "case_before"))
        e->case_before = xstrdup(keep_text(kept, "case_before"));
    buf_adds(&e->line.scan, keep_text(kept, "scan"));
}

static bool load(struct screen *s, struct error *err)
{
    struct eventlist *e = s->state;
    event_release(&e->event);
    if (!store_event(s->app->store, e->line.event, &e->event, err))
        return false;
    if (!e->first) {
        eventline_tell_again(&e->line);
        return true;
    }
    e->first = false;
    put_kept(e, s->kept);
    if (!eventline_begin(&e->line, e->event.content, s->kept, err))
        return false;
    eventline_look(&e->line, e->event.content);
    return true;
}

/* ---- what it shows ---- */

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct eventlist *e = s->state;
    buf_addf(where, "%s · %s", e->line.event, _("one line a person"));
    buf_addf(right, n_("%zu case, ", "%zu cases, ", e->event.cases), e->event.cases);
    buf_addf(right, n_("%zu person", "%zu persons", e->event.persons), e->event.persons);
    if (e->event.lone)
        buf_addf(right, n_(", %zu child alone", ", %zu children alone", e->event.lone),
                 e->event.lone);
}

/* One of them in two rows: who, and why. */
static void add_one_likely(struct body *b, const struct person_row *r)
{
    const char *name = r->locked       ? _("person under lock")
                       : r->restricted ? _("restricted case")
                                       : r->title;
    struct buf why = BUF_INIT;
    likeness_say(&why, r->like.reasons, reader_language);
    body_line(b, BODY_DOUBT, " %s%s %ld  %s  %s", _("doubt: "), r->reference, r->person, name,
              r->born);
    body_line(b, BODY_DIM, "        %s", buf_text(&why));
    buf_release(&why);
}

/* Who may be the person of the line: the officer looks, or goes on; then who was taken in. */
static void build(struct screen *s, int width)
{
    enum { SHOWN = 3 };
    const struct eventlist *e = s->state;
    const struct person_rows *likely = &e->line.likely;
    (void)width;
    for (size_t i = 0; i < likely->count && i < SHOWN; i++)
        add_one_likely(&s->body, &likely->list[i]);
    if (likely->count)
        body_line(&s->body, BODY_PLAIN, "%s", "");
    for (size_t i = 0; i < json_array_size(e->taken); i++)
        body_line(&s->body, BODY_PLAIN, " %s", json_string_value(json_array_get(e->taken, i)));
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    struct eventlist *e = s->state;
    struct buf carried = BUF_INIT;
    int above = rows >= 10 ? 2 : 0, foot = 3;
    if (above) {
        struct buf shown = BUF_INIT;
        event_say_carried(&carried, e->event.content);
        column(&shown, buf_text(&carried), term_cols(term) - 2);
        term_put(term, row, 1, ROLE_DIM, buf_text(&shown), term_cols(term) - 2);
        buf_release(&shown);
    }
    int cells = form_rows(e->line.form, rows - above - foot, term_cols(term));
    int below = row + above + cells + 1;
    body_draw(&s->body, term, below, row + rows - foot - below);
    form_draw(e->line.form, term, row + above, rows - above);
    buf_release(&carried);
}

/* ---- a line is taken in ---- */

/* "SVDIR-2026-0001 2  PÉREZ RUIZ, Luz   F 9   A", from what was typed. */
static void show_taken(struct eventlist *e, const struct taken *taken)
{
    struct form *form = e->line.form;
    struct buf row = BUF_INIT, name = BUF_INIT;
    const char *second = form_value(form, "surname_2"), *given = form_value(form, "given_names");
    buf_addf(&name, "%s%s%s%s%s", form_value(form, "surname_1"), *second ? " " : "", second,
             *given ? ", " : "", given);
    buf_addf(&row, "%s %2ld  ", taken->reference, taken->person);
    column(&row, buf_text(&name), 30);
    column(&row, form_value(form, "sex"), 1);
    column(&row, form_value(form, "born"), 10);
    column(&row, form_value(form, "family"), 4);
    if (*form_value(form, "alone"))
        buf_addf(&row, "%s ", form_value(form, "alone"));
    json_array_insert_new(e->taken, 0, json_string(buf_text(&row)));
    buf_release(&row);
    buf_release(&name);
}

static void say_taken(struct app *app, const struct taken *taken)
{
    struct buf text = BUF_INIT;
    size_t i, warned = json_array_size(taken->warnings);
    json_t *warning;
    buf_addf(&text, taken->opened ? _("Taken in: %s, a new case.") : _("Taken in: %s, person %ld."),
             taken->reference, taken->person);
    json_array_foreach(taken->warnings, i, warning)
    {
        const char *said = json_string_value(json_object_get(warning, "text"));
        if (!i)
            buf_addf(&text, n_(" %zu warning: ", " %zu warnings: ", warned), warned);
        buf_addf(&text, "%s%s", i ? "; " : "", said ? said : "");
    }
    app_say(app, "%s", buf_text(&text));
    buf_release(&text);
}

static void take(struct screen *s)
{
    struct eventlist *e = s->state;
    struct error err = ERROR_INIT;
    struct taken taken = {0};
    form_leave(e->line.form);
    if (eventline_is_empty(&e->line)) {
        app_say(s->app, "%s", _("Nothing is typed in this line yet."));
    } else if (eventline_take(&e->line, &taken, &err)) {
        show_taken(e, &taken);
        say_taken(s->app, &taken);
        free(e->case_before);
        e->case_before = xstrdup(taken.reference);
        app_changed(s->app);
        if (!eventline_begin(&e->line, e->event.content, NULL, &err))
            app_say_error(s->app, &err);
    } else if (err.kind) {
        app_say_error(s->app, &err);
    } else {
        app_say(
            s->app,
            n_("%zu value needs another look.", "%zu values need another look.", e->line.faults),
            e->line.faults);
        app_must_be_read(s->app);
    }
    taken_release(&taken);
    error_release(&err);
}

/* ---- events ---- */

static bool is_last_cell(const struct eventlist *e)
{
    const struct act_items *items = &e->line.items;
    return items->count && form_item_at(e->line.form) == &items->list[items->count - 1];
}

static void leave(struct screen *s)
{
    struct eventlist *e = s->state;
    struct app *app = s->app;
    struct error err = ERROR_INIT;
    if (e->line.draft.failed && !eventline_flush(&e->line, &err)) {
        app_say_error(app, &err);
    } else {
        bool kept = e->line.draft.id != 0;
        screen_leave(s);
        if (kept)
            app_say(app, "%s", _("The line is not taken in; what was typed is kept."));
    }
    error_release(&err);
}

static void help(struct screen *s, bool all)
{
    struct eventlist *e = s->state;
    const struct field *field = act_items_field_at(&e->line.items, e->line.form);
    bool of_line = field && field_find(event_line_type.fields, field->key);
    fieldhelp_push(s, of_line ? &event_line_type : act_type(ACT_PERSON), field, all);
}

static bool event(struct screen *s, const struct term_event *event)
{
    struct eventlist *e = s->state;
    bool forth = event->kind == TERM_KEY && (event->key == TK_ENTER || event->key == TK_TAB);
    bool last = is_last_cell(e);
    enum form_result result = form_event(e->line.form, event);
    eventline_take_scan(&e->line);
    eventline_look(&e->line, e->event.content);
    screen_changed(s, false);
    switch (result) {
    case FORM_PASS:
        return false;
    case FORM_STAY:
        if (form_item_at(e->line.form))
            form_draft_focus(&e->line.draft, form_item_at(e->line.form)->key,
                             form_cursor(e->line.form));
        if (forth && last)
            take(s);
        return true;
    case FORM_DONE:
        take(s);
        return true;
    case FORM_CANCEL:
        leave(s);
        return true;
    case FORM_HELP:
        help(s, false);
        return true;
    case FORM_HELP_ALL:
        help(s, true);
        return true;
    }
    return false;
}

static struct form *form_of(const struct screen *s)
{
    return ((const struct eventlist *)s->state)->line.form;
}

static void idle(struct screen *s)
{
    struct eventlist *e = s->state;
    struct error unsaid = ERROR_INIT;
    bool failed = e->line.draft.failed; /* the tick writes what is missed, too */
    form_tick(e->line.form);
    if (failed && eventline_flush(&e->line, &unsaid))
        app_say(s->app, "%s", _("What was typed is kept again."));
    error_release(&unsaid);
}

static void keep(struct screen *s, json_t *kept)
{
    struct eventlist *e = s->state;
    json_object_set_new(kept, "event", json_string(e->line.event));
    json_object_set_new(kept, "taken", json_deep_copy(e->taken));
    json_object_set_new(kept, "last", json_deep_copy(e->line.last));
    json_object_set_new(kept, "scan", json_string(buf_text(&e->line.scan)));
    if (e->case_before)
        json_object_set_new(kept, "case_before", json_string(e->case_before));
    if (e->line.form)
        form_draft_keep(&e->line.draft, e->line.form, kept);
}

static void close_state(struct screen *s)
{
    struct eventlist *e = s->state;
    if (e->line.form)
        form_tick(e->line.form);
    eventline_release(&e->line);
    event_release(&e->event);
    json_decref(e->taken);
    free(e->case_before);
    free(e);
}

static void change_carried(struct screen *s)
{
    eventform_push(s->app, ((struct eventlist *)s->state)->line.event);
}

static bool has_before(const struct screen *s)
{
    return ((const struct eventlist *)s->state)->case_before != NULL;
}

static void open_before(struct screen *s)
{
    case_push(s->app, ((struct eventlist *)s->state)->case_before);
}

static bool has_likely(const struct screen *s)
{
    return ((const struct eventlist *)s->state)->line.likely.count > 0;
}

static void open_likely(struct screen *s)
{
    case_push(s->app, ((struct eventlist *)s->state)->line.likely.list[0].reference);
}

static void back(struct screen *s)
{
    screen_changed(s, true);
}

static void status(const struct screen *s, struct buf *out)
{
    form_draft_say(&((const struct eventlist *)s->state)->line.draft, out);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("take in"), N_("Takes the line in, from any cell, and begins the next."),
     take, NULL},
    {TK_F(6), NULL, N_("carried"),
     N_("Changes what each case takes over from the event, from now on."), change_carried, NULL},
    {TK_F(7), NULL, N_("case before"), N_("Opens the case of the line taken in last."), open_before,
     has_before},
    {TK_F(3), NULL, N_("likely"),
     N_("Opens the case of who is likeliest the same person; the line stays as it is."),
     open_likely, has_likely},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type eventlist_type = {
    .name = EVENT_LIST,
    .title = N_("One line a person"),
    .about = N_("Enter or Tab goes to the next cell, in the last one to the next line; F2 takes "
                "the line in from any cell, F5 is as in the line above. Sex, alone and consent "
                "take one letter. Who has the same family mark is one case. A passport reader "
                "fills the line from its first cell."),
    .commands = commands,
    .typing = true,
    .status = status,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .form = form_of,
    .idle = idle,
    .back = back,
    .keep = keep,
    .close = close_state,
};

void eventlist_push(struct app *app, const char *name)
{
    struct eventlist *e = xcalloc(1, sizeof *e);
    eventline_init(&e->line, app, name);
    e->first = true;
    e->taken = json_array();
    screen_push(app, &eventlist_type, e);
}

void eventlist_reopen(struct app *app, const json_t *kept)
{
    eventlist_push(app, keep_text(kept, "event"));
}
