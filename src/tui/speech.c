/* SPDX-License-Identifier: MIT */
#include "amparo/tui/speech.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/state.h"
#include "amparo/store/own.h"

/* Of the program's state (base/state.h). */
static const char spoken_last[] = "language";

static void speak(const char *language)
{
    if (strcmp(language, locale_language()) != 0)
        locale_start(language);
}

void speech_begin(struct app *app)
{
    char *last =
        app->locked.language || app->options->speech_is_told ? NULL : state_get(spoken_last);

    if (app->locked.language)
        speak(app->locked.language);
    else if (last && locale_speaks(last))
        speak(last);
    free(last);
}

/* For the officer who has the file open, and for who opens one here next. */
static void remember(struct app *app, const char *language)
{
    struct error err = ERROR_INIT;

    state_set(spoken_last, language);
    if (!store_own_set(app->store, OWN_LANGUAGE, language, &err))
        app_say_error(app, &err);
    error_release(&err);
}

void speech_take_own(struct app *app)
{
    struct error unsaid = ERROR_INIT;
    char *own = NULL;

    if (app->spoken) { /* chosen before it was known who chooses */
        remember(app, app->spoken);
        return;
    }
    if (!app->options->speech_is_told && store_own_get(app->store, OWN_LANGUAGE, &own, &unsaid) &&
        own && locale_speaks(own)) {
        speak(own);
        state_set(spoken_last, own);
    }
    free(own);
    error_release(&unsaid);
}

void speech_change(struct app *app, const char *language)
{
    locale_start(language);
    app_changed(app);
    app_say(app, _("The language was changed: %s."), locale_language_name(language));
    app->spoken = app->store ? NULL : locale_languages[locale_index()];
    if (app->store)
        remember(app, language);
}
