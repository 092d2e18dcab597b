/* SPDX-License-Identifier: MIT */
/* The access log: who looked at what, printed it or took it out, the newest first. */
#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/accesslog.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { NEWEST = 500 };

struct log_state {
    struct access_entries entries;
};

static bool load(struct screen *s, struct error *err)
{
    struct log_state *state = s->state;
    access_entries_release(&state->entries);
    return access_list(s->app->store, &(struct access_filter){.limit = NEWEST}, &state->entries,
                       err);
}

static const char *const kind_words[] = {
    [ACCESS_VIEW] = N_("looked at"), [ACCESS_PRINT] = N_("printed"), [ACCESS_EXPORT] = N_("took"),
    [ACCESS_FAILED] = N_("failed")};

static void add_entry(struct body *b, const struct access_entry *e, struct instant now, int width)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    values_say_when_short(&when, e->at, now, reader_language);
    column(&row, buf_text(&when), 12);
    column(&row, e->officer, width >= 100 ? 24 : width >= 70 ? 16 : 10);
    column(&row, _(kind_words[e->kind]), 10);
    if (*e->reference)
        buf_addf(&row, "%s  ", e->reference);
    buf_adds(&row, e->what);
    if (*e->recipient)
        buf_addf(&row, " > %s", e->recipient);
    if (e->first < e->copy)
        buf_addf(&row, _(", copies %lld to %lld"), (long long)e->first, (long long)e->copy);
    else if (e->copy)
        buf_addf(&row, _(", copy %lld"), (long long)e->copy);
    body_row(b, 0, *e->reference ? e->reference : NULL, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static void build(struct screen *s, int width)
{
    const struct log_state *state = s->state;
    for (size_t i = 0; i < state->entries.count; i++)
        add_entry(&s->body, &state->entries.list[i], app_now(s->app), width);
    if (!state->entries.count)
        body_empty(&s->body, width,
                   _("Nothing was looked at yet. Whoever opens a case, prints or takes a copy is "
                     "told here."));
}

static bool on_case(const struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    return row && row->ref;
}

static void open_row(struct screen *s)
{
    case_push(s->app, body_focused(&s->body)->ref);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct log_state *state = s->state;
    buf_adds(where, _("Access log"));
    if (state->entries.count)
        buf_addf(right,
                 n_("%lld entry", "%lld entries", (unsigned long)state->entries.list[0].entry),
                 (long long)state->entries.list[0].entry);
}

static void close_state(struct screen *s)
{
    struct log_state *state = s->state;
    access_entries_release(&state->entries);
    free(state);
}

static void check_paper(struct screen *s)
{
    papercode_push(s->app);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("open"), N_("Opens the case of this line."), open_row, on_case},
    {TK_NONE, "h", N_("check paper"), N_("Says what a printed paper is, by its code."),
     check_paper, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type accesslog_type = {
    .name = "accesslog",
    .title = N_("Access log"),
    .about = N_("Who looked at a case, printed from it or made a backup, the newest first. No "
                "entry is ever changed; verify checks them. For a head of post."),
    .commands = commands,
    .load = load,
    .build = build,
    .keep = screen_keep_name,
    .head = head,
    .close = close_state,
};

void accesslog_push(struct app *app)
{
    screen_push(app, &accesslog_type, xcalloc(1, sizeof(struct log_state)));
}
