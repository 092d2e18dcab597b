/* SPDX-License-Identifier: MIT */
#include "amparo/paper/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

extern char **environ;

/* ---- files ---- */

static bool write_all(int fd, const char *text, size_t size)
{
    while (size) {
        ssize_t n = write(fd, text, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text += n;
        size -= (size_t)n;
    }
    return true;
}

bool output_file(const char *path, const char *text, size_t size, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno == EEXIST)
        return error_set(err, ERROR_INPUT, _("%s: is there already; choose another name"), path);
    if (fd < 0)
        return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(errno));
    bool ok = write_all(fd, text, size) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok)
        return true;
    unlink(path);
    return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(why));
}

/* ---- programs of the printing system ---- */

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* The program with `input` and `answer` as its standard streams, and nothing else of ours. */
static int spawn(pid_t *pid, char *const argv[], int input, int answer)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, answer, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, answer, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int status = posix_spawnp(pid, argv[0], &files, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return status;
}

/* Sockets, not pipes: a program that stops reading must not bring us SIGPIPE. */
static bool start(struct output_job *job, char *const argv[], const char *text, size_t size,
                  struct error *err)
{
    int input[2], answer[2];
    *job = (struct output_job){.pid = -1, .input = -1, .answer = -1, .text = text, .size = size};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) != 0)
        return error_set(err, ERROR_FAILED, "%s: %s", argv[0], strerror(errno));
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, answer) != 0) {
        int why = errno;
        close(input[0]);
        close(input[1]);
        return error_set(err, ERROR_FAILED, "%s: %s", argv[0], strerror(why));
    }
    int status = spawn(&job->pid, argv, input[1], answer[1]);
    close(input[1]);
    close(answer[1]);
    job->input = input[0];
    job->answer = answer[0];
    if (!status)
        return true;
    close_end(&job->input);
    close_end(&job->answer);
    job->pid = -1;
    if (status == ENOENT)
        return error_set(err, ERROR_FAILED,
                         _("%s is not installed here: install cups-client, or write to a file"),
                         argv[0]);
    return error_set(err, ERROR_FAILED, "%s: %s", argv[0], strerror(status));
}

bool output_print_start(struct output_job *job, const char *printer, const char *text, size_t size,
                        struct error *err)
{
    char lp[] = "lp", d[] = "-d";
    char *name = printer ? xstrdup(printer) : NULL;
    char *with[] = {lp, d, name, NULL}, *without[] = {lp, NULL};
    bool ok = start(job, printer ? with : without, text, size, err);
    free(name);
    return ok;
}

static void send_some(struct output_job *job)
{
    enum { CHUNK = 4096 };
    size_t left = job->size - job->sent;
    ssize_t n = left ? send(job->input, job->text + job->sent, left < CHUNK ? left : CHUNK,
                            MSG_NOSIGNAL | MSG_DONTWAIT)
                     : 0;
    if (n > 0)
        job->sent += (size_t)n;
    bool later = n < 0 && (errno == EAGAIN || errno == EINTR);
    if (job->sent == job->size || (n < 0 && !later))
        close_end(&job->input);
}

static void hear_some(struct output_job *job)
{
    char bytes[512];
    ssize_t n = recv(job->answer, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n > 0)
        buf_add(&job->said, bytes, (size_t)n);
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(&job->answer);
}

bool output_print_step(struct output_job *job, int wait_ms)
{
    struct pollfd ends[] = {{job->answer, POLLIN, 0}, {job->input, POLLOUT, 0}};
    if (job->answer < 0)
        return false;
    if (poll(ends, 2, wait_ms) <= 0)
        return true;
    if (ends[1].revents)
        send_some(job);
    if (ends[0].revents)
        hear_some(job);
    return job->answer >= 0;
}

/* Its first line, without the blanks at its end. */
static void first_line(const struct output_job *job, struct buf *out)
{
    const char *text = buf_text(&job->said);
    buf_add(out, text, strcspn(text, "\r\n"));
}

bool output_print_end(struct output_job *job, struct buf *said, struct error *err)
{
    bool stopped = job->answer >= 0;
    int status = 0;
    if (job->pid < 0)
        return false;
    close_end(&job->input);
    close_end(&job->answer);
    if (stopped)
        kill(job->pid, SIGKILL);
    while (waitpid(job->pid, &status, 0) < 0 && errno == EINTR)
        ;
    struct buf line = BUF_INIT;
    first_line(job, &line);
    bool ok = !stopped && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (stopped)
        error_set(err, ERROR_FAILED, "%s", _("printing was given up"));
    else if (!ok)
        error_set(err, ERROR_FAILED, _("the printer refuses: %s"),
                  line.size ? buf_text(&line) : _("it does not say why"));
    else if (said)
        buf_adds(said, buf_text(&line));
    buf_release(&line);
    buf_release(&job->said);
    job->pid = -1;
    return ok;
}

bool output_print(const char *printer, const char *text, size_t size, struct buf *said,
                  struct error *err)
{
    struct output_job job;
    if (!output_print_start(&job, printer, text, size, err))
        return false;
    while (output_print_step(&job, -1))
        ;
    return output_print_end(&job, said, err);
}

static void add_printer(struct printers *out, const char *name, size_t size)
{
    if (!size)
        return;
    out->names = xreallocarray(out->names, out->count + 1, sizeof *out->names);
    out->names[out->count++] = xstrndup(name, size);
}

bool output_printers(struct printers *out, struct error *err)
{
    enum { PATIENCE_MS = 250, TRIES = 12 };
    char lpstat[] = "lpstat", e[] = "-e";
    char *argv[] = {lpstat, e, NULL};
    struct output_job job;
    *out = (struct printers){0};
    if (!start(&job, argv, "", 0, err))
        return false;
    for (int tries = 0; tries < TRIES && output_print_step(&job, PATIENCE_MS);)
        tries += job.input < 0; /* the first steps only close its input */
    struct buf said = BUF_INIT;
    buf_adds(&said, buf_text(&job.said));
    struct error unsaid = ERROR_INIT; /* no printer is an answer, too */
    if (output_print_end(&job, NULL, &unsaid))
        for (const char *line = buf_text(&said); *line; line += strspn(line, "\n")) {
            size_t size = strcspn(line, "\n");
            add_printer(out, line, size);
            line += size;
        }
    error_release(&unsaid);
    buf_release(&said);
    return true;
}

void printers_release(struct printers *printers)
{
    for (size_t i = 0; i < printers->count; i++)
        free(printers->names[i]);
    free(printers->names);
    *printers = (struct printers){0};
}
