/* SPDX-License-Identifier: MIT */
#include "amparo/tui/findrow.h"

#include "amparo/base/i18n.h"
#include "amparo/tui/ask.h"

bool findrow_works(const struct screen *s)
{
    return !s->type->typing && body_focused(&s->body) != NULL;
}

void findrow_found(struct screen *below, const char *answer)
{
    struct app *app = below->app;

    buf_clear(&app->find);
    buf_adds(&app->find, answer);
    if (!body_find(&below->body, answer))
        app_say(app, _("No line here has: %s"), answer);
}

void findrow_push(struct screen *s)
{
    ask_ahead_push(
        s->app, _("Find in this list"),
        _("Parts of words of a line, in any order; the same again goes to the next one."),
        buf_text(&s->app->find), findrow_found);
}
