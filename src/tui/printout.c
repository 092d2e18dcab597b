/* SPDX-License-Identifier: MIT */
#include "amparo/tui/printout.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/output.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/pathname.h"

enum { STEP_MS = 50, QUICK_MS = 300 /* shorter work shows no progress */ };

static long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Shows how far it is; false: the officer gives it up, or the terminal is gone. */
static bool show_progress(struct screen *s, const struct program *job)
{
    struct term_event event;
    app_say(s->app, _("Printing: %zu of %zu bytes sent. Esc gives it up."), job->sent, job->size);
    frame_draw(s);
    app_await(s->app, &event, STEP_MS);
    return app_goes_on(s->app, &event);
}

void printout_send(struct screen *s, const char *printer, const struct buf *text)
{
    struct program job;
    struct buf said = BUF_INIT;
    struct error err = ERROR_INIT;
    long looked = milliseconds() + QUICK_MS;
    if (output_print_start(&job, printer, buf_text(text), text->size, &err)) {
        while (program_step(&job, STEP_MS)) {
            if (milliseconds() < looked)
                continue;
            if (!show_progress(s, &job))
                break;
            looked = milliseconds() + STEP_MS;
        }
        if (output_print_end(&job, &said, &err))
            app_say(s->app,
                    said.size ? _("Handed to the printer: %s") : _("Handed to the printer."),
                    buf_text(&said));
    }
    if (err.kind)
        app_say_error(s->app, &err);
    error_release(&err);
    buf_release(&said);
}

void printout_write(struct screen *s, const char *path, const struct buf *text)
{
    struct error err = ERROR_INIT;
    char *full = path_in_full(path);
    if (output_file(full, buf_text(text), text->size, &err))
        app_say(s->app, _("Written to %s. It is not encrypted there."), full);
    else
        app_say_error(s->app, &err);
    error_release(&err);
    free(full);
}
