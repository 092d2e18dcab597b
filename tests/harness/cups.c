/* SPDX-License-Identifier: MIT */
#include "tests/harness/cups.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "tests/harness/scratch.h"

#define SERVER "/usr/sbin/cupsd"
#define ENABLE "/usr/sbin/cupsenable"

enum { DEADLINE_MS = 20000, LOOK_AGAIN_MS = 10 };

struct cups {
    char *folder;
    char *environment;
    pid_t pid;
    int ended;          /* becomes readable when it ends */
    int printed;        /* a line "queue number" for each job, from the back end */
    struct buf waiting; /* of these, not taken yet */
};

/* ---- whether it is there ---- */

static bool in_path(const char *name)
{
    const char *path = getenv("PATH");
    bool found = false;

    while (path && *path && !found) {
        size_t size = strcspn(path, ":");
        char *file = xasprintf("%.*s/%s", (int)size, path, name);
        found = access(file, X_OK) == 0;
        free(file);
        path += size + (path[size] == ':');
    }
    return found;
}

const char *cups_missing(void)
{
    if (access(SERVER, X_OK) != 0)
        return "no cupsd: cups-daemon is not installed";
    if (!in_path("lp") || !in_path("lpstat") || access(ENABLE, X_OK) != 0)
        return "no lp: cups-client is not installed";
    return NULL;
}

/* ---- its folder ---- */

static void write_text(const struct cups *cups, const char *name, const char *text)
{
    char *path = scratch_path(cups->folder, name);

    scratch_write(path, text, strlen(text));
    free(path);
}

static void make_folders(const struct cups *cups)
{
    static const char *const names[] = {"root", "spool", "cache",       "state",
                                        "tmp",  "bin",   "bin/backend", "out"};
    static const char *const programs[] = {"daemon", "notifier"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        char *path = scratch_path(cups->folder, names[i]);
        if (mkdir(path, 0755) != 0)
            err(1, "%s", path);
        free(path);
    }
    for (size_t i = 0; i < ARRAY_SIZE(programs); i++) {
        char *from = scratch_path("/usr/lib/cups", programs[i]);
        char *path = xasprintf("%s/bin/%s", cups->folder, programs[i]);
        if (symlink(from, path) != 0)
            err(1, "%s", path);
        free(from);
        free(path);
    }
}

/* It gives up root for its filters, and takes nobody for that who is root. */
static void write_settings(const struct cups *cups)
{
    const struct passwd *lp = getuid() == 0 ? getpwnam("lp") : NULL;
    unsigned user = lp ? lp->pw_uid : getuid(), group = lp ? lp->pw_gid : getgid();
    const char *f = cups->folder;
    char *files = xasprintf("User %u\nGroup %u\nSystemGroup root\n"
                            "ServerRoot %s/root\nServerBin %s/bin\nRequestRoot %s/spool\n"
                            "CacheDir %s/cache\nStateDir %s/state\nTempDir %s/tmp\n"
                            "ErrorLog %s/errors\nAccessLog %s/requests\nPageLog %s/pages\n",
                            user, group, f, f, f, f, f, f, f, f, f);
    char *settings = xasprintf("Listen %s/socket\nLogLevel debug\nBrowsing Off\nWebInterface No\n"
                               "PreserveJobHistory No\nPreserveJobFiles No\n"
                               "<Location />\nAllow all\n</Location>\n"
                               "<Policy default>\n<Limit All>\nAllow all\n</Limit>\n</Policy>\n",
                               f);

    write_text(cups, "root/cups-files.conf", files);
    write_text(cups, "root/cupsd.conf", settings);
    free(files);
    free(settings);
}

static void write_queues(const struct cups *cups)
{
    static const struct {
        const char *name, *section, *more;
    } queues[] = {
        {"laser", "DefaultPrinter", "State Idle\nAccepting Yes\n"},
        {"matrix", "Printer", "State Idle\nAccepting Yes\n"},
        {"closed", "Printer", "State Idle\nAccepting No\nStateMessage " CUPS_CLOSED "\n"},
        {"stopped", "Printer", "State Stopped\nAccepting Yes\nStateMessage " CUPS_STOPPED "\n"},
    };
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(queues); i++)
        buf_addf(&text, "<%s %s>\nDeviceURI keep:%s/out\n%s</%s>\n", queues[i].section,
                 queues[i].name, cups->folder, queues[i].more, queues[i].section);
    write_text(cups, "root/printers.conf", buf_text(&text));
    buf_release(&text);
}

/* What prints: the paper, how often and with which options, each in a file; then that it is done.
 * Only its owner may run it: so it is run as its owner, and not as lp. */
static void write_back_end(const struct cups *cups)
{
    char *path = scratch_path(cups->folder, "bin/backend/keep");

    write_text(cups, "bin/backend/keep",
               "#!/bin/sh\n"
               "[ $# -gt 0 ] || exit 0\n"
               "out=${DEVICE_URI#keep:}\n"
               "job=$out/$PRINTER-$1\n"
               "cat ${6+\"$6\"} >\"$job\" && echo \"$4 $5\" >\"$job.call\" &&\n"
               "echo \"$PRINTER $1\" >\"$out/printed\"\n");
    if (chmod(path, 0700) != 0)
        err(1, "%s", path);
    free(path);
}

/* Held open at both ends: nobody who writes waits, and nobody who reads comes to its end. */
static int open_printed(const struct cups *cups)
{
    char *path = scratch_path(cups->folder, "out/printed");

    if (mkfifo(path, 0600) != 0)
        err(1, "%s", path);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        err(1, "%s", path);
    free(path);
    return fd;
}

/* ---- starting ---- */

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static _Noreturn void become(const struct cups *cups)
{
    char *settings = scratch_path(cups->folder, "root/cupsd.conf");
    char *files = scratch_path(cups->folder, "root/cups-files.conf");

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execl(SERVER, SERVER, "-f", "-c", settings, "-s", files, (char *)NULL);
    err(127, "%s", SERVER);
}

static bool answers(const struct cups *cups)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if ((size_t)snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", cups->folder) >=
        sizeof address.sun_path)
        errx(1, "%s: too long a path for a socket; set TMPDIR", cups->folder);
    bool is = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
    close(fd);
    return is;
}

static _Noreturn void did_not_start(const struct cups *cups)
{
    char *path = scratch_path(cups->folder, "errors"), line[1000];
    FILE *errors = fopen(path, "re");

    while (errors && fgets(line, sizeof line, errors))
        fprintf(stderr, "# %s", line);
    errx(1, "%s did not start", SERVER);
}

static void wait_until_it_answers(const struct cups *cups)
{
    int64_t end = milliseconds() + DEADLINE_MS;

    while (!answers(cups)) {
        struct pollfd ended = {cups->ended, POLLIN, 0};
        if (poll(&ended, 1, LOOK_AGAIN_MS) != 0 || milliseconds() > end)
            did_not_start(cups);
    }
}

struct cups *cups_start(void)
{
    struct cups *cups = xcalloc(1, sizeof *cups);

    cups->folder = scratch_make();
    cups->environment = xasprintf("CUPS_SERVER=%s/socket", cups->folder);
    make_folders(cups);
    write_settings(cups);
    write_queues(cups);
    write_back_end(cups);
    cups->printed = open_printed(cups);
    fflush(NULL);
    cups->pid = fork();
    if (cups->pid < 0)
        err(1, "fork");
    if (cups->pid == 0)
        become(cups);
    cups->ended = pidfd_open(cups->pid, 0);
    if (cups->ended < 0)
        err(1, "pidfd_open");
    wait_until_it_answers(cups);
    return cups;
}

void cups_stop(struct cups *cups)
{
    kill(cups->pid, SIGCONT);
    kill(cups->pid, SIGTERM);
    waitpid(cups->pid, NULL, 0);
    close(cups->ended);
    close(cups->printed);
    buf_release(&cups->waiting);
    scratch_remove(cups->folder);
    free(cups->environment);
    free(cups);
}

const char *cups_environment(const struct cups *cups)
{
    return cups->environment;
}

/* ---- what it does ---- */

void cups_hold(struct cups *cups)
{
    kill(cups->pid, SIGSTOP);
}

void cups_go_on(struct cups *cups)
{
    kill(cups->pid, SIGCONT);
}

void cups_mend(struct cups *cups)
{
    int status;
    pid_t pid = fork();

    if (pid < 0)
        err(1, "fork");
    if (pid == 0) {
        putenv(cups->environment);
        execl(ENABLE, ENABLE, "stopped", (char *)NULL);
        err(127, "%s", ENABLE);
    }
    if (waitpid(pid, &status, 0) != pid || status != 0)
        errx(1, "%s failed", ENABLE);
}

/* ---- what came out ---- */

/* A line is waiting to be taken. */
static bool await_line(struct cups *cups)
{
    int64_t end = milliseconds() + DEADLINE_MS;

    while (!strchr(buf_text(&cups->waiting), '\n')) {
        struct pollfd ends[] = {{cups->printed, POLLIN, 0}, {cups->ended, POLLIN, 0}};
        int64_t left = end - milliseconds();
        char bytes[500];
        if (left <= 0 || poll(ends, 2, (int)left) <= 0 || !ends[0].revents)
            return false;
        ssize_t size = read(cups->printed, bytes, sizeof bytes);
        if (size > 0)
            buf_add(&cups->waiting, bytes, (size_t)size);
    }
    return true;
}

static void take_line(struct cups *cups, struct cups_job *job)
{
    char *all = xstrdup(buf_text(&cups->waiting));
    size_t size = strcspn(all, "\n"), name = strcspn(all, " ");

    job->queue = xstrndup(all, name);
    job->number = atoi(all + name);
    buf_clear(&cups->waiting);
    buf_adds(&cups->waiting, all + size + 1);
    free(all);
}

static void read_out(const struct cups *cups, const struct cups_job *job, const char *ending,
                     struct buf *out)
{
    char *path = xasprintf("%s/out/%s-%d%s", cups->folder, job->queue, job->number, ending);
    FILE *in = fopen(path, "re");

    if (!in)
        err(1, "%s", path);
    for (int c; (c = getc(in)) != EOF;)
        buf_addc(out, (char)c);
    fclose(in);
    free(path);
}

bool cups_take(struct cups *cups, struct cups_job *job)
{
    struct buf call = BUF_INIT;

    *job = (struct cups_job){.paper = BUF_INIT};
    if (!await_line(cups))
        return false;
    take_line(cups, job);
    read_out(cups, job, "", &job->paper);
    read_out(cups, job, ".call", &call);
    job->copies = atoi(buf_text(&call));
    job->options = xstrdup(buf_text(&call) + strcspn(buf_text(&call), " "));
    buf_release(&call);
    return true;
}

void cups_job_release(struct cups_job *job)
{
    free(job->queue);
    free(job->options);
    buf_release(&job->paper);
    *job = (struct cups_job){.paper = BUF_INIT};
}
