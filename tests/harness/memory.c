/* SPDX-License-Identifier: MIT */
#include "tests/harness/memory.h"

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ncurses.h>

#include "amparo/base/mem.h"

/* The address sanitizer's own book of bytes is larger than anything else. */
#define LARGEST ((size_t)1 << 30)

bool memory_may_be_read(void)
{
    return geteuid() == 0;
}

/* `step` bytes lie between the starts of two neighbours. */
static size_t count_in(const char *memory, size_t size, const char *bytes, size_t count,
                       size_t step)
{
    size_t found = 0, span = (count - 1) * step + 1;

    for (size_t at = 0; at + span <= size; at++) {
        size_t same = 0;
        while (same < count && memory[at + same * step] == bytes[same])
            same++;
        found += same == count;
    }
    return found;
}

static size_t count_all(pid_t pid, const char *bytes, size_t count, size_t step)
{
    char path[40], line[400], mode[5];
    size_t from, to, found = 0;

    snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
    FILE *maps = fopen(path, "re");
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    if (!maps || memory < 0)
        err(1, "%s", path);
    while (fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%zx-%zx %4s", &from, &to, mode) != 3 || mode[1] != 'w' ||
            to - from > LARGEST)
            continue;
        char *copy = xmalloc(to - from);
        ssize_t got = pread(memory, copy, to - from, (off_t)from);
        if (got > 0)
            found += count_in(copy, (size_t)got, bytes, count, step);
        free(copy);
    }
    close(memory);
    fclose(maps);
    return found;
}

size_t memory_count(pid_t pid, const void *bytes, size_t size)
{
    return count_all(pid, bytes, size, 1);
}

size_t memory_count_cells(pid_t pid, const char *text)
{
    return count_all(pid, text, strlen(text), sizeof(cchar_t));
}
