/* SPDX-License-Identifier: MIT */
#include "amparo/tui/lockperiod.h"

#include <stdio.h>
#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/tui/ask.h"

#define SETTING "lock_after" /* seconds */

enum { USUAL = 10 * 60, LEAST_MINUTES = 1, MOST_MINUTES = 60 };

long lockperiod_get(struct store *store)
{
    struct error unsaid = ERROR_INIT;
    char *value = NULL;
    long seconds = store_setting(store, SETTING, &value, &unsaid) && value ? atol(value) : 0;
    free(value);
    error_release(&unsaid);
    return seconds > 0 && seconds <= MOST_MINUTES * 60 ? seconds : USUAL;
}

static void take_minutes(struct screen *below, const char *answer)
{
    struct app *app = below->app;
    struct error err = ERROR_INIT;
    char value[24], *end;
    long minutes = strtol(answer, &end, 10);
    snprintf(value, sizeof value, "%ld", minutes * 60);
    if (*end || minutes < LEAST_MINUTES || minutes > MOST_MINUTES) {
        app_say(app, _("Not set: it takes %d to %d minutes."), LEAST_MINUTES, MOST_MINUTES);
    } else if (store_set_setting(app->store, SETTING, value, &err)) {
        app->lock_after = minutes * 60;
        app_say(app,
                n_("It locks after %ld minute without a key.",
                   "It locks after %ld minutes without a key.", (unsigned long)minutes),
                minutes);
    } else {
        app_say_error(app, &err);
    }
    error_release(&err);
}

void lockperiod_ask(struct screen *s)
{
    char about[200], now[24];
    snprintf(about, sizeof about,
             _("After how many minutes without a key the screen locks, for everybody who works in "
               "this file: %d to %d."),
             LEAST_MINUTES, MOST_MINUTES);
    snprintf(now, sizeof now, "%ld", (s->app->lock_after + 59) / 60);
    ask_push(s->app, _("Lock after"), about, now, take_minutes);
}

bool lockperiod_may_ask(const struct screen *s)
{
    return store_officer(s->app->store)->role == ROLE_HEAD;
}
