/* SPDX-License-Identifier: MIT */
/*
 * Taking in what came, by whatever route: the name of a file or a folder, a text that is pasted or
 * typed line by line, QR codes that a scanner types; what each line is tells by itself. What came
 * of it stands below, the last first.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/carry.h"
#include "amparo/store/own.h"
#include "amparo/tui/arriving.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/dossierview.h"
#include "amparo/tui/edit.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/pouchscreens.h"
#include "amparo/tui/searched.h"
#include "amparo/tui/working.h"

#define OWN_PATH "receive_path"

enum { LINE_SIZE = 6000, RESULTS_MOST = 100 };

struct receive {
    struct edit line;
    enum route route; /* whose instructions are shown */
    struct arriving arriving;
    json_t *results; /* texts, the last first */
};

/* ---- what came ---- */

static void add_result(struct receive *r, const char *text)
{
    json_array_insert_new(r->results, 0, json_string(text));
    if (json_array_size(r->results) > RESULTS_MOST)
        json_array_remove(r->results, RESULTS_MOST);
}

/* "1a2b3c4d5e6f, from MXAUH, Embassy, Abu Dhabi: 2 new dispatches" */
static void say_arrival(struct buf *out, const struct carry_arrival *a)
{
    const char *file = a->path ? strrchr(a->path, '/') : NULL;
    buf_adds(out, *a->name ? a->name : file ? file + 1 : a->path ? a->path : _("what was typed"));
    if (a->from)
        buf_addf(out, _(", from %s"), a->from);
    buf_adds(out, label_colon());
    if (a->outcome == CARRY_KNOWN) {
        buf_adds(out, _("was taken before"));
    } else if (carry_was_opened(a)) {
        struct buf counts = BUF_INIT;
        carry_say_arrival(a, &counts);
        buf_addf(out, "%s%s", buf_text(&counts), a->why ? "; " : "");
        buf_release(&counts);
    }
    if (a->outcome != CARRY_KNOWN && a->why)
        buf_adds(out, a->why);
}

/* Of all of them in a line: how many, what was in them. */
static void say_all(struct buf *out, const struct carry_received *received)
{
    struct carry_arrival sum = {.outcome = CARRY_TAKEN};
    struct buf counts = BUF_INIT;
    if (!received->count) {
        buf_adds(out, _("There is no pouch in it."));
        return;
    }
    for (size_t i = 0; i < received->count; i++) {
        const struct carry_arrival *a = &received->list[i];
        sum.taken.kept += a->taken.kept;
        sum.taken.opened += a->taken.opened;
        sum.taken.unplaced += a->taken.unplaced;
        sum.directory.added += a->directory.added;
        sum.receipts += a->receipts;
    }
    carry_say_arrival(&sum, &counts);
    buf_addf(out, n_("%zu pouch: %s", "%zu pouches: %s", received->count), received->count,
             buf_text(&counts));
    buf_release(&counts);
}

/* Their names, and how many they are. */
static size_t say_names(struct buf *out, const struct carry_received *received,
                        enum carry_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < received->count; i++) {
        const struct carry_arrival *a = &received->list[i];
        if (a->outcome == outcome && *a->name)
            buf_addf(out, "%s%s", count++ ? ", " : "", a->name);
    }
    return count;
}

/* Several that came to the same, for others on the stick, or here before, in one paragraph: what
 * was new is to be found. */
static bool add_group(struct receive *r, const struct carry_received *received,
                      enum carry_outcome outcome)
{
    struct buf names = BUF_INIT, text = BUF_INIT;
    size_t count = say_names(&names, received, outcome);
    if (count > 1 && outcome == CARRY_CLOSED)
        buf_addf(&text,
                 n_("%zu pouch does not open with the keys of this post, being for others or "
                    "damaged on the way: %s",
                    "%zu pouches do not open with the keys of this post, being for others or "
                    "damaged on the way: %s",
                    count),
                 count, buf_text(&names));
    else if (count > 1)
        buf_addf(&text,
                 n_("%zu pouch was taken before: %s", "%zu pouches were taken before: %s", count),
                 count, buf_text(&names));
    if (text.size)
        add_result(r, buf_text(&text));
    buf_release(&names);
    buf_release(&text);
    return count > 1;
}

static void add_results(struct receive *r, const struct carry_received *received)
{
    bool closed = add_group(r, received, CARRY_CLOSED), known = add_group(r, received, CARRY_KNOWN);
    for (size_t i = 0; i < received->count; i++) {
        const struct carry_arrival *a = &received->list[i];
        struct buf text = BUF_INIT;
        if (*a->name &&
            ((closed && a->outcome == CARRY_CLOSED) || (known && a->outcome == CARRY_KNOWN)))
            continue;
        say_arrival(&text, a);
        add_result(r, buf_text(&text));
        buf_release(&text);
    }
}

/* What was taken stands below, also where it was given up. */
static void receive(struct screen *s, const struct carry_source *from)
{
    struct app *app = s->app;
    struct carry_received received = {.count = 0};
    struct carry_source source = *from;
    struct error err = ERROR_INIT;
    source.progress = working_progress;
    source.ctx = app;
    working_begin(app, _("Receiving"));
    bool ok = carry_receive(app->store, &source, &received, &err);
    bool given_up = working_end(app, ok);
    app_changed(app);
    add_results(s->state, &received);
    if (ok) {
        struct buf text = BUF_INIT;
        say_all(&text, &received);
        app_say(app, "%s", buf_text(&text));
        buf_release(&text);
    } else if (given_up) {
        app_say(app, "%s", _("Given up; what was taken is kept, and the same again goes on."));
    } else {
        app_tell_error(app, &err);
    }
    carry_received_release(&received);
    error_release(&err);
}

static void receive_bytes(struct screen *s, const void *bytes, size_t size)
{
    struct buf all = BUF_INIT;
    buf_add(&all, bytes, size);
    receive(s, &(struct carry_source){.bytes = &all});
    buf_release(&all);
}

static void receive_path(struct screen *s, const char *typed)
{
    struct error unsaid = ERROR_INIT;
    char *path = path_in_full(typed);
    const char *const paths[] = {path};
    receive(s, &(struct carry_source){.paths = paths, .count = 1});
    if (access(path, F_OK) == 0) /* also where it was given up */
        store_own_set(s->app->store, OWN_PATH, typed, &unsaid);
    error_release(&unsaid);
    free(path);
}

/* ---- what is typed ---- */

static void say_code(struct screen *s, const struct arriving_code *code)
{
    struct buf missing = BUF_INIT;
    if (code->fault) {
        app_say(s->app, "%s", code->fault);
        return;
    }
    qr_join_missing(code->of, &missing);
    app_say(s->app,
            code->again ? _("That code was here already; missing: %s.")
                        : _("Taken; of this pouch are still missing: %s."),
            buf_text(&missing));
    buf_release(&missing);
}

static void take_code(struct screen *s, const char *typed)
{
    struct receive *r = s->state;
    struct arriving_code code;
    if (!arriving_take_code(&r->arriving, typed, &code)) {
        say_code(s, &code);
        return;
    }
    struct buf whole = BUF_INIT;
    buf_add(&whole, code.of->whole.data, code.of->whole.size);
    arriving_forget(&r->arriving, code.of);
    receive_bytes(s, whole.data, whole.size);
    buf_release(&whole);
}

static void take_text(struct screen *s, const char *text)
{
    struct receive *r = s->state;
    if (!arriving_take_text(&r->arriving, text)) {
        app_say(s->app, "%s", _("More lines are to come, up to the one that says END."));
        return;
    }
    receive_bytes(s, r->arriving.text.data, r->arriving.text.size);
    buf_clear(&r->arriving.text);
}

/* Each line tells by itself what it is. */
static void take(struct screen *s)
{
    struct receive *r = s->state;
    char *typed = xstrdup(edit_text(&r->line));
    switch (arriving_kind(&r->arriving, typed)) {
    case ARRIVING_NOTHING:
        app_say(s->app, "%s", _("Nothing was typed; Esc goes back."));
        break;
    case ARRIVING_CODE:
        edit_set(&r->line, "");
        take_code(s, typed);
        break;
    case ARRIVING_TEXT:
        edit_set(&r->line, "");
        take_text(s, typed);
        break;
    case ARRIVING_PATH:
        edit_set(&r->line, typed); /* what is typed next takes its place */
        if (!dossier_view_file(s->app, typed))
            receive_path(s, typed);
        break;
    }
    screen_changed(s, false);
    free(typed);
}

/* A text in one piece: all that is in it. */
static void take_paste(struct screen *s, const char *text)
{
    struct receive *r = s->state;
    buf_clear(&r->arriving.text);
    receive_bytes(s, text, strlen(text));
    screen_changed(s, false);
}

static bool event(struct screen *s, const struct term_event *event)
{
    if (event->kind == TERM_PASTE && arriving_is_text(event->paste)) {
        take_paste(s, event->paste);
        return true;
    }
    return typed_event(&((struct receive *)s->state)->line, s, event);
}

/* ---- the screen ---- */

static void add_gathered(struct screen *s, int width)
{
    const struct receive *r = s->state;
    for (size_t i = 0; i < r->arriving.join.count; i++) {
        const struct qr_gathered *g = &r->arriving.join.pouches[i];
        struct buf text = BUF_INIT, missing = BUF_INIT;
        qr_join_missing(g, &missing);
        buf_addf(&text, _("%s: %u of %u codes; missing: %s"), g->name, g->have, g->count,
                 buf_text(&missing));
        body_wrap(&s->body, BODY_DOUBT, width, 2, buf_text(&text));
        buf_release(&text);
        buf_release(&missing);
    }
}

static void add_came(struct screen *s, int width)
{
    const struct receive *r = s->state;
    size_t i;
    json_t *text;
    json_array_foreach(r->results, i, text)
    {
        body_wrap(&s->body, BODY_PLAIN, width, 2, json_string_value(text));
    }
}

static void build(struct screen *s, int width)
{
    const struct receive *r = s->state;
    const struct route_row *route = route_row(r->route);
    add_gathered(s, width);
    add_came(s, width);
    if (s->body.count)
        body_line(&s->body, BODY_PLAIN, "%s", "");
    body_line(&s->body, BODY_HEAD, " %s", _(route->label));
    body_wrap(&s->body, BODY_DIM, width, 0, _(route->receive));
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    typed_draw(&((struct receive *)s->state)->line, _("Path or code"), s, term, row, rows);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct receive *r = s->state;
    buf_adds(where, _(s->type->title));
    if (r->arriving.text.size)
        buf_adds(right, _("a text is not whole yet"));
    else if (r->arriving.join.count)
        buf_adds(right, _("codes are missing"));
}

static void line(struct screen *s, struct screen_line *out)
{
    *out = (struct screen_line){_("Path or code"), &((struct receive *)s->state)->line, false};
}

static void other_route(struct screen *s)
{
    struct receive *r = s->state;
    r->route = (r->route + 1) % ROUTE_COUNT;
    s->body.top = 0;
    screen_changed(s, false);
}

static void keep(struct screen *s, json_t *kept)
{
    const struct receive *r = s->state;
    edit_keep(&r->line, kept);
    json_object_set_new(kept, "route", json_string(route_row(r->route)->code));
    json_object_set(kept, "results", r->results);
    arriving_keep(&r->arriving, kept);
}

static void restore(struct screen *s, const json_t *kept)
{
    struct receive *r = s->state;
    edit_restore(&r->line, kept);
    route_parse(keep_text(kept, "route"), &r->route);
    json_array_clear(r->results);
    json_array_extend(r->results, json_object_get(kept, "results"));
    arriving_restore(&r->arriving, kept);
}

static void close_state(struct screen *s)
{
    struct receive *r = s->state;
    edit_release(&r->line);
    arriving_release(&r->arriving);
    json_decref(r->results);
    free(r);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("receive"), N_("Takes in the file or folder of that name, or the code."),
     take, NULL},
    {TK_F(6), NULL, N_("other route"), N_("Says what to do on another route."), other_route, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type receive_type = {
    .name = "receive",
    .title = N_("Receive"),
    .about = N_("Takes in pouches: from a file or a folder whose name is typed, from a text that "
                "is pasted, from codes that a scanner types. In any order, and any number of "
                "times: what is known is recognized. On a slow stick Esc gives up, and the same "
                "again goes on from there. Of a dossier it shows what that proves."),
    .commands = commands,
    .worded = true,
    .typing = true,
    .build = build,
    .head = head,
    .draw = draw,
    .event = event,
    .line = line,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

void receive_push(struct app *app)
{
    struct receive *r = xcalloc(1, sizeof *r);
    struct error unsaid = ERROR_INIT;
    char *path = NULL;
    edit_init(&r->line, false, LINE_SIZE);
    arriving_init(&r->arriving);
    r->results = json_array();
    if (store_own_get(app->store, OWN_PATH, &path, &unsaid) && path)
        edit_set(&r->line, path);
    error_release(&unsaid);
    free(path);
    screen_push(app, &receive_type, r);
}
