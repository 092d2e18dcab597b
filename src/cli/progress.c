/* SPDX-License-Identifier: MIT */
#include "amparo/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "amparo/base/buf.h"
#include "amparo/base/clock.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

enum { SAY_AFTER_MS = 200, SAY_EVERY_MS = 1000 };

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

void progress_begin(struct progress *p, const char *what)
{
    *p = (struct progress){
        .terminal = isatty(STDERR_FILENO), .what = what, .since = clock_steady_ms(), .shown = -1};
    sigemptyset(&p->watched);
    for (size_t i = 0; i < ARRAY_SIZE(ending); i++) {
        struct sigaction now;
        /* What the caller has us ignore (nohup, say) would wait here too. */
        if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&p->watched, ending[i]);
    }
    sigprocmask(SIG_BLOCK, &p->watched, &p->before);
}

/* Takes a signal that waits; false where there is none. */
static bool ended(const struct progress *p)
{
    return sigtimedwait(&p->watched, NULL, &(struct timespec){0, 0}) > 0;
}

static void say(struct progress *p, int percent)
{
    struct buf line = BUF_INIT;

    buf_addf(&line, _("%s: %d %%. Ctrl-C gives it up."), p->what, percent);
    int cells = text_cells(buf_text(&line));
    /* It steers the terminal, as nothing else does. */
    dprintf(STDERR_FILENO, "\r%s%*s", buf_text(&line), p->cells > cells ? p->cells - cells : 0, "");
    p->cells = cells > p->cells ? cells : p->cells;
    p->shown = percent;
    p->shown_at = clock_steady_ms();
    buf_release(&line);
}

bool progress_step(void *ctx, uint64_t done, uint64_t total)
{
    struct progress *p = ctx;
    int percent = total ? (int)(done * 100 / total) : 100;

    if (p->terminal && total && percent != p->shown) {
        int64_t now = clock_steady_ms();
        if (now - p->since >= SAY_AFTER_MS && now - p->shown_at >= SAY_EVERY_MS)
            say(p, percent);
    }
    return !ended(p);
}

void progress_end(struct progress *p)
{
    if (p->shown >= 0)
        dprintf(STDERR_FILENO, "\r%*s\r", p->cells, "");
    /* One that came too late for the work is not for what follows either. */
    ended(p);
    sigprocmask(SIG_SETMASK, &p->before, NULL);
}
