/* SPDX-License-Identifier: MIT */
#include "amparo/tui/printout.h"

#include <stdlib.h>

#include "amparo/base/clock.h"
#include "amparo/base/i18n.h"
#include "amparo/paper/output.h"
#include "amparo/paper/pdf.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/pathname.h"

enum { STEP_MS = 50, QUICK_MS = 300 /* shorter work shows no progress */ };

/* Goes on step by step, and shows how far it is: N_(), with kB sent and in all, or without. It ends
 * where the officer gives it up, or the terminal is gone. */
static void watch(struct screen *s, bool (*step)(void *job, int wait_ms), void *job,
                  const struct program *program, const char *progress)
{
    int64_t looked = clock_steady_ms() + QUICK_MS;
    while (step(job, STEP_MS)) {
        struct term_event event;
        if (clock_steady_ms() < looked)
            continue;
        app_say(s->app, _(progress), (program->sent + 1023) / 1024, (program->size + 1023) / 1024);
        frame_draw(s);
        app_await(s->app, &event, STEP_MS);
        if (!app_goes_on(s->app, &event))
            return;
        looked = clock_steady_ms() + STEP_MS;
    }
}

static bool step_drawing(void *job, int wait_ms)
{
    return pdf_step(job, wait_ms);
}

bool printout_draw(struct screen *s, const struct paper *paper, enum paper_size size,
                   struct buf *out, size_t *missing, struct error *err)
{
    struct pdf_job job;
    if (!pdf_start(&job, NULL, paper, size, err))
        return false;
    watch(s, step_drawing, &job, &job.program,
          N_("Drawing the pages: %zu of %zu kB read. Esc gives it up."));
    bool ok = pdf_end(&job, out, err);
    *missing = job.missing;
    return ok;
}

static bool step_printing(void *job, int wait_ms)
{
    return program_step(job, wait_ms);
}

enum print_fate printout_send(struct screen *s, const struct print_order *order,
                              const struct buf *bytes, struct buf *request, struct error *err)
{
    struct program job;
    if (!print_start(&job, order, buf_text(bytes), bytes->size, err))
        return PRINT_NOT;
    watch(s, step_printing, &job, &job, N_("Printing: %zu of %zu kB sent. Esc gives it up."));
    return print_end(&job, request, err);
}

void printout_await(struct screen *s, struct program *asking, const char *words)
{
    watch(s, step_printing, asking, asking, words);
}

bool printout_may_write(const char *path, struct error *err)
{
    char *full = path_in_full(path);
    bool may = output_is_free(full, err);
    free(full);
    return may;
}

bool printout_write(struct screen *s, const char *path, const struct buf *bytes, struct error *err)
{
    char *full = path_in_full(path);
    bool ok = output_file(full, buf_text(bytes), bytes->size, err);
    if (ok)
        app_say(s->app, _("Written to %s. It is not encrypted there."), full);
    free(full);
    return ok;
}
