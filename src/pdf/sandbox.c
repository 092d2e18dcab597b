/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/sandbox.h"

#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/mem.h"

enum {
    MEMORY = 1 << 30, /* bytes of address space: a document of 1,000 pages takes a sixth */
    SECONDS = 60,     /* of the processor's time: 100 pages take less than two */
    DESCRIPTORS = 64, /* fonts that are open at a time, and some */
};

static bool limit(int which, rlim_t value)
{
    struct rlimit both = {value, value}, now;

    if (getrlimit((__rlimit_resource_t)which, &now) == 0 && now.rlim_max < value)
        both.rlim_cur = both.rlim_max = now.rlim_max;
    return setrlimit((__rlimit_resource_t)which, &both) == 0;
}

/* The sanitizers keep their notes in terabytes of addresses. */
static bool limit_memory(void)
{
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    return limit(RLIMIT_AS, MEMORY);
#endif
}

/* A regular file as standard output is the caller's own wish, and may grow. */
static bool limit_files(void)
{
    struct stat out;

    return (fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode)) || limit(RLIMIT_FSIZE, 0);
}

/* Not the number of processes: threads count as such, those of the whole user. */
static bool take_limits(void)
{
    bool memory = limit_memory(), files = limit_files(), time = limit(RLIMIT_CPU, SECONDS);
    bool descriptors = limit(RLIMIT_NOFILE, DESCRIPTORS), core = limit(RLIMIT_CORE, 0);

    return memory && files && time && descriptors && core;
}

/* By the environment one library or another could be told to load or write something. */
static void leave_behind(void)
{
    closefrom(STDERR_FILENO + 1);
    clearenv();
}

struct sandbox sandbox_enter(const char *const *readable)
{
    struct sandbox held = {0};

    leave_behind();
    held.privileges =
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    held.limits = take_limits();
    held.files = sandbox_restrict_files(readable);
    return held;
}

void sandbox_shut(struct sandbox *held)
{
    held->calls = sandbox_restrict_calls(held->files);
}
