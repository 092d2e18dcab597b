/* SPDX-License-Identifier: MIT */
#include "amparo/tui/caught.h"

#include <sys/signalfd.h>
#include <unistd.h>

int caught_begin(const int *signals, size_t count, sigset_t *before)
{
    sigset_t mask;

    sigemptyset(&mask);
    for (size_t i = 0; i < count; i++) {
        signal(signals[i], SIG_DFL); /* an ignored one would never be told */
        sigaddset(&mask, signals[i]);
    }
    pthread_sigmask(SIG_BLOCK, &mask, before);
    return signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

void caught_end(int fd, const sigset_t *before)
{
    close(fd);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

void caught_stop(void)
{
    sigset_t stop;

    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    raise(SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL); /* stops here */
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
}
