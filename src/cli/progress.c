/* SPDX-License-Identifier: MIT */
#include "amparo/cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "amparo/base/mem.h"

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

void progress_begin(struct progress *p)
{
    *p = (struct progress){.terminal = isatty(STDERR_FILENO), .shown = -1};
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

bool progress_step(void *ctx, uint64_t done, uint64_t total)
{
    struct progress *p = ctx;
    int percent = total ? (int)(done * 100 / total) : 100;

    if (p->terminal && percent != p->shown) {
        dprintf(STDERR_FILENO, "\r%3d %%", percent); /* steers the terminal, as nothing else does */
        p->shown = percent;
    }
    return !ended(p);
}

void progress_end(struct progress *p)
{
    if (p->shown >= 0)
        dprintf(STDERR_FILENO, "\r     \r");
    /* One that came too late for the work is not for what follows either. */
    ended(p);
    sigprocmask(SIG_SETMASK, &p->before, NULL);
}
