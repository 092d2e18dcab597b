/* SPDX-License-Identifier: MIT */
/* The languages of the program, each as it calls itself. */
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/speech.h"

void language_take(struct screen *below, long tag, void *ctx)
{
    (void)ctx;
    speech_change(below->app, locale_languages[tag]);
}

bool language_may_change(const struct screen *s)
{
    const struct app *app = s->app;

    for (size_t i = 0; app->store && i < app->depth; i++) {
        if (!app->screens[i]->type->keep || app->screens[i]->type->worded)
            return false;
        if (app->screens[i] == s)
            break;
    }
    return true;
}

void language_push(struct screen *s)
{
    struct pick *pick = pick_push(s->app, _("Language"), language_take, NULL, NULL);

    for (long i = 0; locale_languages[i]; i++) {
        const char *code = locale_languages[i];
        pick_add(pick, i, locale_language_name(code),
                 strcmp(code, locale_language()) == 0 ? _("as now") : "");
    }
}
