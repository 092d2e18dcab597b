/* SPDX-License-Identifier: MIT */
#include "tests/harness/atrest.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Reads a small file of /proc into text; false where it may not be read. */
static bool read_proc(const char *path, char *text, size_t room)
{
    FILE *in = fopen(path, "re");
    size_t size = in ? fread(text, 1, room - 1, in) : 0;

    text[size] = '\0';
    if (in)
        fclose(in);
    return size > 0;
}

static unsigned long number_after(const char *text, const char *label)
{
    const char *at = strstr(text, label);

    return at ? strtoul(at + strlen(label), NULL, 10) : 0;
}

static bool is_device(pid_t pid, unsigned long fd)
{
    char path[64], target[64];

    snprintf(path, sizeof path, "/proc/%d/fd/%lu", (int)pid, fd);
    ssize_t size = readlink(path, target, sizeof target);
    return size > 5 && memcmp(target, "/dev/", 5) == 0;
}

/* The main thread waits for input: reads a device, or waits on at least one descriptor. */
static bool waits_for_input(pid_t pid)
{
    char path[64], text[256];
    long number;
    unsigned long first, second;

    snprintf(path, sizeof path, "/proc/%d/syscall", (int)pid);
    if (!read_proc(path, text, sizeof text))
        return true; /* may not be read: sleeping must do */
    if (sscanf(text, "%ld %lx %lx", &number, &first, &second) != 3)
        return false; /* "running" */
    switch (number) {
    case SYS_read:
        return is_device(pid, first);
#ifdef SYS_poll
    case SYS_poll:
#endif
    case SYS_ppoll:
        return second > 0;
#ifdef SYS_select
    case SYS_select:
#endif
    case SYS_pselect6:
        return first > 0;
    default:
        return false;
    }
}

/* The letter of a process's or thread's state, by its status file; "?": it is gone. */
static char state_of(const char *status)
{
    const char *state = strstr(status, "\nState:\t");

    return state ? state[sizeof "\nState:\t" - 1] : '?';
}

/* A program that it runs, and that has not ended: what that says reaches it from inside, as the
 * word of another thread does. */
static bool runs_another(pid_t pid, const char *tid)
{
    char path[64], children[256], text[4096];

    snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", (int)pid, tid);
    if (!read_proc(path, children, sizeof children))
        return false;
    for (char *at = children, *end; (pid = (pid_t)strtol(at, &end, 10)) > 0; at = end) {
        snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
        if (read_proc(path, text, sizeof text) && state_of(text) != 'Z')
            return true;
    }
    return false;
}

/* Adds one thread to the sample. */
static void sample_thread(pid_t pid, const char *tid, struct rest_sample *sample, bool *stopped)
{
    char path[64], text[4096];

    snprintf(path, sizeof path, "/proc/%d/task/%.16s/status", (int)pid, tid);
    if (!read_proc(path, text, sizeof text)) {
        sample->asleep = false; /* gone since the folder was read */
        return;
    }
    char letter = state_of(text);
    if (letter != 'S' && letter != 'T')
        sample->asleep = false;
    if (letter == 'T')
        *stopped = true;
    else if (runs_another(pid, tid))
        sample->asleep = false;
    /* The second label is a part of the first: look for it with its line's start. */
    sample->switches += number_after(text, "\nvoluntary_ctxt_switches:\t") +
                        number_after(text, "\nnonvoluntary_ctxt_switches:\t");
}

struct rest_sample rest_sample(pid_t pid)
{
    struct rest_sample sample = {.asleep = true};
    bool stopped = false;
    int count = 0;
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *threads = opendir(path);
    if (!threads)
        return (struct rest_sample){.asleep = false};
    for (const struct dirent *entry; (entry = readdir(threads));) {
        if (entry->d_name[0] == '.')
            continue;
        sample_thread(pid, entry->d_name, &sample, &stopped);
        count++;
    }
    closedir(threads);
    /* A second thread is at work, also where it sleeps just now: on the disk, say. */
    if (sample.asleep && !stopped)
        sample.asleep = count == 1 && waits_for_input(pid);
    return sample;
}

bool rest_between(struct rest_sample before, struct rest_sample after)
{
    return before.asleep && after.asleep && before.switches == after.switches;
}

void rest_tell(pid_t pid, char *out, size_t room)
{
    static const char *const files[] = {"syscall", "wchan"};
    char path[64], text[4096];
    size_t size;

    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    size = (size_t)snprintf(out, room, "state %c",
                            read_proc(path, text, sizeof text) ? state_of(text) : '?');
    for (size_t i = 0; i < sizeof files / sizeof *files && size < room; i++) {
        snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, files[i]);
        if (read_proc(path, text, sizeof text))
            size += (size_t)snprintf(out + size, room - size, ", %s %.*s", files[i],
                                     (int)strcspn(text, "\n"), text);
    }
}
