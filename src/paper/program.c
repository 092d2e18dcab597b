/* SPDX-License-Identifier: MIT */
#include "amparo/paper/program.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Our ends of its standard streams, in the order of their descriptors. */
static void close_all(int ends[3])
{
    for (int i = 0; i < 3; i++)
        close_end(&ends[i]);
}

/* Sockets, not pipes: a program that stops reading must not bring us SIGPIPE. */
static bool make_ends(int ours[3], int its[3])
{
    for (int i = 0; i < 3; i++) {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            return false;
        ours[i] = pair[0];
        its[i] = pair[1];
    }
    return true;
}

/* The program with these as its standard streams, and no other descriptor of ours. */
static int spawn(pid_t *pid, char *const argv[], char *const environment[], const int its[3])
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_adddup2(&files, its[i], i);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int status = posix_spawnp(pid, argv[0], &files, &attributes, argv, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return status;
}

int program_start(struct program *p, char *const argv[], char *const environment[],
                  const char *text, size_t size)
{
    int ours[3] = {-1, -1, -1}, its[3] = {-1, -1, -1};
    *p = (struct program){.pid = -1, .input = -1, .output = -1, .errors = -1, .end = -1};
    p->text = text;
    p->size = size;
    int status = make_ends(ours, its) ? spawn(&p->pid, argv, environment, its) : errno;
    close_all(its);
    if (status) {
        close_all(ours);
        p->pid = -1;
        return status;
    }
    p->input = ours[0];
    p->output = ours[1];
    p->errors = ours[2];
    p->end = pidfd_open(p->pid, 0);
    return 0;
}

static void send_some(struct program *p)
{
    enum { CHUNK = 65536 };
    size_t left = p->size - p->sent;
    ssize_t n = left ? send(p->input, p->text + p->sent, left < CHUNK ? left : CHUNK,
                            MSG_NOSIGNAL | MSG_DONTWAIT)
                     : 0;
    if (n > 0)
        p->sent += (size_t)n;
    bool later = n < 0 && (errno == EAGAIN || errno == EINTR);
    if (p->sent == p->size || (n < 0 && !later))
        close_end(&p->input);
}

static void hear_some(int *from, struct buf *said)
{
    char bytes[16384];
    ssize_t n = recv(*from, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n > 0)
        buf_add(said, bytes, (size_t)n);
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(from);
    explicit_bzero(bytes, sizeof bytes);
}

static bool goes_on(const struct program *p)
{
    return p->output >= 0 || p->errors >= 0 || p->end >= 0;
}

bool program_step(struct program *p, int wait_ms)
{
    struct pollfd ends[] = {{p->input, POLLOUT, 0},
                            {p->output, POLLIN, 0},
                            {p->errors, POLLIN, 0},
                            {p->end, POLLIN, 0}};
    if (!goes_on(p))
        return false;
    if (poll(ends, 4, wait_ms) <= 0)
        return true;
    if (ends[0].revents)
        send_some(p);
    if (ends[1].revents)
        hear_some(&p->output, &p->answer);
    if (ends[2].revents)
        hear_some(&p->errors, &p->words);
    if (ends[3].revents)
        close_end(&p->end);
    if (p->answer.size + p->words.size > PROGRAM_MOST)
        kill(p->pid, SIGKILL);
    return goes_on(p);
}

enum program_end program_end(struct program *p)
{
    bool stopped = goes_on(p);
    int status = 0;
    if (p->pid < 0)
        return PROGRAM_FAILED;
    close_end(&p->input);
    close_end(&p->output);
    close_end(&p->errors);
    close_end(&p->end);
    if (stopped)
        kill(p->pid, SIGKILL);
    pid_t ended;
    while ((ended = waitpid(p->pid, &status, 0)) < 0 && errno == EINTR)
        ;
    bool known = ended == p->pid; /* how it ended, which is not told where that is ignored */
    p->pid = -1;
    if (stopped)
        return PROGRAM_GIVEN_UP;
    return known && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? PROGRAM_DONE : PROGRAM_FAILED;
}

void program_release(struct program *p)
{
    buf_release(&p->answer);
    buf_release(&p->words);
}

void program_first_words(const struct program *p, struct buf *out)
{
    const char *text = buf_text(p->words.size ? &p->words : &p->answer);
    buf_add(out, text, strcspn(text, "\r\n"));
}
