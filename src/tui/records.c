/* SPDX-License-Identifier: MIT */
#include "amparo/tui/records.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/tui/findrow.h"
#include "amparo/tui/places.h"
#include "amparo/tui/screens.h"

/* ---- F7, F8 ---- */

/* The list in which it was opened, or NULL. To go on in one is Enter on its next rows: so not where
 * these do something. */
static struct screen *list_of(const struct screen *s)
{
    struct screen *list = s->type->record && s->opened ? screen_below(s) : NULL;
    return list && !list->type->deeds ? list : NULL;
}

static bool has_list(const struct screen *s)
{
    return list_of(s) != NULL;
}

/* Several rows may stand for one record: what is due in it, one by one. */
static bool same_ref(const struct body_line *a, const struct body_line *b)
{
    return a->ref && b->ref && strcmp(a->ref, b->ref) == 0;
}

/* Opens the row in focus; false where that is another kind of screen, or none. */
static bool opens(struct screen *list, const struct screen_type *type)
{
    static const struct term_event enter = {.kind = TERM_KEY, .key = TK_ENTER};
    struct app *app = list->app;
    screen_command(list, &enter);
    if (app_top(app)->type == type)
        return true;
    while (app_top(app) != list)
        screen_remove(app_top(app));
    return false;
}

static void say_end(struct app *app, int by)
{
    app_say(app, "%s",
            by < 0 ? _("This is the first of the list.") : _("This is the last of the list."));
}

/* The case list knows its order also beyond the rows that it holds. */
static void step_case(struct screen *s, int by)
{
    struct app *app = s->app;
    char *next = cases_neighbour(app, s->work->reference, by);
    if (!next)
        say_end(app, by);
    if (next && screen_quit(s)) {
        case_push(app, next);
        app_top(app)->opened = true;
    }
    free(next);
}

/* The nearest row that way which opens such a record; where there is none, back where one was. */
static void step(struct screen *s, int by)
{
    struct app *app = s->app;
    struct screen *list = list_of(s);
    const struct screen_type *type = s->type;
    struct body *b = &list->body;
    size_t was = b->focus;
    if (!screen_quit(s) || app_top(app) != list)
        return;
    for (size_t at = was + (size_t)by; at < b->count; at += (size_t)by) {
        b->focus = at;
        if (b->lines[at].row && !same_ref(&b->lines[at], &b->lines[was]) && opens(list, type))
            return;
    }
    b->focus = was;
    opens(list, type);
    say_end(app, by);
}

static void go_on(struct screen *s, int by)
{
    if (list_of(s)->type == &cases_type)
        step_case(s, by);
    else
        step(s, by);
}

static void previous(struct screen *s)
{
    go_on(s, -1);
}

static void next(struct screen *s)
{
    go_on(s, 1);
}

/* ---- F9 ---- */

/* On a screen that stays: not over a question, nor over another note. */
static bool in_case(const struct screen *s)
{
    return !screen_is_question(s) && app_case(s->app) && !actform_is(s, ACT_NOTE);
}

static void note(struct screen *s)
{
    actform_push(s->app, &(struct form_order){.reference = app_case(s->app), .kind = ACT_NOTE});
}

const struct command record_commands[] = {
    {TK_F(7), NULL, N_("before"), N_("Opens the record before this one in the list."), previous,
     has_list},
    {TK_F(8), NULL, N_("after"), N_("Opens the next record of the list."), next, has_list},
    {TK_F(9), NULL, N_("note"), N_("Begins a note verbale in the case that one is in."), note,
     in_case},
    {TK_F(3), NULL, N_("find"), N_("Finds a line of the list by words in it."), findrow_push,
     findrow_works},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};
