/* SPDX-License-Identifier: MIT */
/*
 * Seccomp: which calls of the system a process can make. What is not listed is answered with EPERM,
 * so that a library that only asks whether something is there goes on without it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/pdf/sandbox.h"

#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#else
#define ARCHITECTURE                                                                               \
    0 /* the numbers of its calls were not looked through: this part is lacking                    \
       */
#endif

/* What memory, threads of its own, reading, writing and the end take, and looking at files. */
static const int allowed[] = {
    SYS_read,          SYS_pread64,      SYS_write,
    SYS_lseek,         SYS_close,        SYS_fstat,
    SYS_newfstatat,    SYS_statx,        SYS_statfs,
    SYS_fstatfs,       SYS_getdents64,   SYS_readlinkat,
    SYS_faccessat,     SYS_faccessat2,   SYS_fadvise64,
    SYS_munmap,        SYS_mremap,       SYS_madvise,
    SYS_brk,           SYS_futex,        SYS_set_robust_list,
    SYS_rseq,          SYS_sched_yield,  SYS_sched_getaffinity,
    SYS_sysinfo,       SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn,  SYS_sigaltstack,  SYS_restart_syscall,
    SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom,
    SYS_getpid,        SYS_gettid,       SYS_exit,
    SYS_exit_group,
#ifdef __x86_64__ /* older names of calls above, which its C library goes on using */
    SYS_stat,          SYS_lstat,        SYS_access,
    SYS_readlink,
#endif
};

/* Calls that are harmless by one argument. */
static const struct condition {
    int call, argument;
    uint32_t bits; /* of its lower half */
    bool set;      /* must one of these be set? else none may */
} conditions[] = {
    {SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, false},
    {SYS_mmap, 2, PROT_EXEC, false},
    {SYS_mprotect, 2, PROT_EXEC, false},
    {SYS_clone, 0, CLONE_THREAD, true},
};

enum { ROOM = 2 * ARRAY_SIZE(allowed) + 6 * ARRAY_SIZE(conditions) + 16 };

struct program {
    struct sock_filter lines[ROOM];
    unsigned short count;
};

static void add(struct program *p, uint16_t code, uint32_t k, uint8_t if_true, uint8_t if_false)
{
    p->lines[p->count++] = (struct sock_filter){code, if_true, if_false, k};
}

static void load(struct program *p, size_t offset)
{
    add(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct program *p, uint32_t how)
{
    add(p, BPF_RET | BPF_K, how, 0, 0);
}

static void refuse(struct program *p, int why)
{
    answer(p, SECCOMP_RET_ERRNO | (uint32_t)why);
}

/* The lines that follow, so many, are for this call only. */
static void when_call(struct program *p, int call, uint8_t lines)
{
    add(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, lines);
}

/* Numbers of calls mean nothing on another architecture, which one processor may offer beside. */
static void begin(struct program *p)
{
    load(p, offsetof(struct seccomp_data, arch));
    add(p, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    answer(p, SECCOMP_RET_KILL_PROCESS);
    load(p, offsetof(struct seccomp_data, nr));
}

static void add_condition(struct program *p, const struct condition *c)
{
    when_call(p, c->call, 4);
    load(p, offsetof(struct seccomp_data, args) + (size_t)c->argument * sizeof(uint64_t));
    add(p, BPF_JMP | BPF_JSET | BPF_K, c->bits, c->set ? 0 : 1, c->set ? 1 : 0);
    answer(p, SECCOMP_RET_ALLOW);
    refuse(p, EPERM);
}

static bool install(struct program *p)
{
    struct sock_fprog filter = {.len = p->count, .filter = p->lines};

    return ARCHITECTURE &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
}

bool sandbox_restrict_calls(bool may_open)
{
    struct program p = {.count = 0};

    begin(&p);
    if (!may_open) {
        when_call(&p, SYS_openat, 1);
        refuse(&p, EACCES);
    }
    /* Its flags are out of sight: as if it were not there, and the C library takes clone. */
    when_call(&p, SYS_clone3, 1);
    refuse(&p, ENOSYS);
    for (size_t i = 0; i < ARRAY_SIZE(conditions); i++)
        add_condition(&p, &conditions[i]);
    for (size_t i = 0; i < ARRAY_SIZE(allowed); i++) {
        when_call(&p, allowed[i], 1);
        answer(&p, SECCOMP_RET_ALLOW);
    }
    refuse(&p, EPERM);
    return install(&p);
}
