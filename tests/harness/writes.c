/* SPDX-License-Identifier: MIT */
#include "tests/harness/writes.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h> /* after sys/ptrace.h, which it follows */
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct write_count {
    _Atomic pid_t pid;
    atomic_size_t writes;
};

struct write_count *writes_new(void)
{
    void *shared = mmap(NULL, sizeof(struct write_count), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared == MAP_FAILED)
        err(1, "mmap");
    return shared;
}

void writes_free(struct write_count *count)
{
    if (count)
        munmap(count, sizeof *count);
}

pid_t writes_pid(const struct write_count *count)
{
    return atomic_load(&count->pid);
}

size_t writes_count(const struct write_count *count)
{
    return atomic_load(&count->writes);
}

/* At the stop before a system call; the one after it tells nothing more. */
static void count_call(pid_t tid, struct write_count *count)
{
    struct ptrace_syscall_info info;

    if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, (void *)sizeof info, &info) <= 0 ||
        info.op != PTRACE_SYSCALL_INFO_ENTRY)
        return;
    bool writes = info.entry.nr == SYS_write || info.entry.nr == SYS_writev;
    if (writes && info.entry.args[0] <= STDERR_FILENO)
        atomic_fetch_add(&count->writes, 1);
}

static _Noreturn void end_as(int status)
{
    if (WIFSIGNALED(status)) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    _exit(WEXITSTATUS(status));
}

/* What a stopped thread is given when it goes on: the signal that stopped it, if it was one. */
static int signal_to_deliver(pid_t tid, int status, struct write_count *count)
{
    int signal = WSTOPSIG(status);

    if (signal == (SIGTRAP | 0x80)) {
        count_call(tid, count);
        return 0;
    }
    if (signal == SIGTRAP || status >> 16)
        return 0; /* exec, or a new thread */
    return signal;
}

_Noreturn void writes_trace(char *const args[], struct write_count *count)
{
    pid_t pid = fork();

    if (pid < 0)
        err(127, "fork");
    if (pid == 0) {
        /* The leak sanitizer traces too, and there can be only one tracer. */
        setenv("LSAN_OPTIONS", "detect_leaks=0", 1);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        raise(SIGSTOP);
        execvp(args[0], args);
        err(127, "%s", args[0]);
    }
    /* The keyboard's and the line's signals are for the program. */
    for (int s = 1; s < NSIG; s++) {
        if (s != SIGCHLD)
            signal(s, SIG_IGN);
    }
    int status;
    waitpid(pid, &status, WUNTRACED);
    if (ptrace(PTRACE_SEIZE, pid, NULL,
               (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                        PTRACE_O_EXITKILL)) != 0)
        err(127, "ptrace");
    kill(pid, SIGCONT);
    atomic_store(&count->pid, pid);
    for (;;) {
        pid_t tid = waitpid(-1, &status, __WALL);
        if (tid < 0 && errno == EINTR)
            continue;
        if (tid < 0)
            err(127, "waitpid");
        if (tid == pid && !WIFSTOPPED(status))
            end_as(status);
        if (WIFSTOPPED(status))
            ptrace(PTRACE_SYSCALL, tid, NULL,
                   (void *)(intptr_t)signal_to_deliver(tid, status, count));
    }
}
