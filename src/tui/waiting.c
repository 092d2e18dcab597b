/* SPDX-License-Identifier: MIT */
#include "amparo/tui/waiting.h"

#include <time.h>

#include "amparo/base/i18n.h"
#include "amparo/store/waiting.h"
#include "amparo/tui/app.h"
#include "amparo/tui/frame.h"

enum {
    SAY_AFTER_MS = 300,
    ENDING_MS = 2000, /* how long the end of the program waits with a draft to be written */
    STEP_MS = 4,
};

static void say_whom(struct app *app)
{
    struct writer writer;
    struct buf text = BUF_INIT;

    store_writer(app->store, &writer);
    if (writer.officer)
        buf_addf(&text, _("Waiting for %s (their program on %s) to finish. Esc gives up."),
                 writer.officer, writer.host);
    else if (writer.account)
        buf_addf(&text, _("Waiting for a program of %s (process %ld) to finish. Esc gives up."),
                 writer.account, writer.pid);
    else
        buf_adds(&text, _("Waiting for another program to finish. Esc gives up."));
    frame_message(app, buf_text(&text));
    buf_release(&text);
    writer_release(&writer);
}

static void pause(void)
{
    nanosleep(&(struct timespec){.tv_nsec = STEP_MS * 1000000L}, NULL);
}

static bool go_on(void *ctx, int ms)
{
    struct app *app = ctx;
    struct term_event event;

    if (ms < SAY_AFTER_MS || app->ending) {
        app->waiting = false;
        pause();
        return !app->ending || ms < ENDING_MS;
    }
    if (!app->waiting)
        say_whom(app);
    app->waiting = true;
    app_await(app, &event, STEP_MS);
    if (event.kind == TERM_RESIZE)
        app->waiting = false; /* to be said in its new place */
    return app_goes_on(app, &event);
}

void waiting_begin(struct app *app)
{
    store_on_wait(app->store, go_on, app);
}
