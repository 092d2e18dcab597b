/* SPDX-License-Identifier: MIT */
/* Where the post's own State has offices (7.6): its list, kept up to date line by line. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/country.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/offices.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/officescreens.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

struct offices_state {
    struct offices offices;
};

static const struct offices *offices_of(const struct screen *s)
{
    return &((const struct offices_state *)s->state)->offices;
}

static bool load(struct screen *s, struct error *err)
{
    struct offices_state *state = s->state;
    offices_release(&state->offices);
    return store_offices(s->app->store, &state->offices, err);
}

static void add_office(struct body *b, const struct mission *m, int width)
{
    struct buf row = BUF_INIT;
    char *name = office_name(m);
    int country = width >= 100 ? 28 : width >= 60 ? 20 : 12;
    column(&row, country_name(m->country, reader_language), country);
    column(&row, m->city, width >= 100 ? 24 : width >= 60 ? 16 : 10);
    column(&row, _(post_kind_codes[m->kind].label), width >= 60 ? 20 : 11);
    if (width >= 60)
        buf_adds(&row, m->able ? m->phone : _("cannot act"));
    body_row(b, 0, name, "%s", buf_text(&row));
    free(name);
    buf_release(&row);
}

static void build(struct screen *s, int width)
{
    const struct offices *o = offices_of(s);
    struct body *b = &s->body;
    if (!o->lines.count)
        body_wrap(b, BODY_PLAIN, width, 1,
                  _(" No list of this State is here. n says its first office."));
    else if (o->source != SOURCE_OFFICIAL)
        body_wrap(b, BODY_HEAD, width, 1,
                  _(" From a seed list, unverified. The first change, or y, makes all of it the "
                    "State's own list of today: look at each line."));
    for (size_t i = 0; i < o->lines.count; i++)
        add_office(b, &o->lines.list[i], width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct offices *o = offices_of(s);
    struct date today = instant_date(app_now(s->app));
    char date[DATE_SIZE];
    buf_addf(where, _("Offices of %s"),
             country_name(store_post(s->app->store)->state, reader_language));
    if (!o->lines.count || !o->on.year)
        return;
    long days = date_days_between(o->on, today);
    if (app_cols(s->app) < 60)
        values_say_when_short(right, date_format(o->on, date), app_now(s->app), reader_language);
    else
        values_say_when(right, date_format(o->on, date), reader_language);
    buf_addf(right, n_(", %ld day old", ", %ld days old", (unsigned long)days), days);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static bool may_say(const struct screen *s)
{
    return store_officer(s->app->store)->role != ROLE_CLERK;
}

static bool may_change(const struct screen *s)
{
    return on_row(s) && may_say(s);
}

static void change(struct screen *s)
{
    officeform_push(s->app, body_focused(&s->body)->ref);
}

static void one_more(struct screen *s)
{
    officeform_push(s->app, NULL);
}

static void told(struct screen *s, bool ok, const char *what, struct error *err)
{
    if (ok)
        app_say(s->app, "%s", what);
    else
        app_say_error(s->app, err);
    error_release(err);
    screen_changed(s, true);
}

static void remove_if_meant(struct screen *below, const char *word)
{
    struct error err = ERROR_INIT;
    if (on_row(below) && strcmp(word, _("REMOVE")) == 0)
        told(below, store_office_remove(below->app->store, body_focused(&below->body)->ref, &err),
             _("Taken out; the list is of today."), &err);
}

static void ask_remove(struct screen *s)
{
    char about[300];
    snprintf(about, sizeof about,
             _("%s: type %s and Enter to take it out of the list. An office that is only closed "
               "for now stays in it, and cannot act."),
             body_focused(&s->body)->ref, _("REMOVE"));
    ask_push(s->app, _("Take out"), about, "", remove_if_meant);
}

static void confirm(struct screen *s)
{
    struct error err = ERROR_INIT;
    told(s, store_offices_confirm(s->app->store, &err), _("The list is right as of today."), &err);
}

static void print(struct screen *s)
{
    preview_file(s->app, json_pack("{s:s}", "document", "offices"));
}

static bool has_lines(const struct screen *s)
{
    return offices_of(s)->lines.count > 0;
}

static bool may_confirm(const struct screen *s)
{
    return has_lines(s) && may_say(s);
}

static void close_state(struct screen *s)
{
    struct offices_state *state = s->state;
    offices_release(&state->offices);
    free(state);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("change"), N_("Changes the office of this line."), change, may_change},
    {TK_NONE, "n", N_("new"), N_("Says one more office."), one_more, may_say},
    {TK_NONE, "X", N_("take out"), N_("Takes the office of this line out of the list."), ask_remove,
     may_change},
    {TK_NONE, "y", N_("right today"), N_("Says that all of the list is right as of today."),
     confirm, may_confirm},
    {TK_NONE, "p", N_("print"), N_("Shows the list as it is filed with the Secretariat (7.6)."),
     print, has_lines},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(remove_if_meant), ANSWERS_END};

const struct screen_type offices_type = {
    .name = OFFICES_SCREEN,
    .title = N_("List of offices"),
    .about = N_("Where our own State has offices (7.6), for the Secretariat and the other Parties. "
                "Each change makes the list one of today; what was decided keeps the lines that "
                "it was decided by."),
    .commands = commands,
    .answers = answers,
    .load = load,
    .build = build,
    .head = head,
    .keep = screen_keep_name,
    .close = close_state,
};

void offices_push(struct app *app)
{
    screen_push(app, &offices_type, xcalloc(1, sizeof(struct offices_state)));
}
