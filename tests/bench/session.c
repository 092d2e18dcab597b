/* SPDX-License-Identifier: MIT */
#include "tests/bench/session.h"

#include <stdlib.h>

#include "amparo/base/mem.h"
#include "tests/bench/bigfile.h"

const struct profile profile_plain = {"plain", "--line=slow"};
const struct profile profile_rich = {"rich", "--line=fast"};

struct child *session_start(const struct child_options *options, const struct profile *profile,
                            const char *file)
{
    struct child *child =
        child_start(options, (const char *const[]){NULL, profile->line_option, file, NULL});

    child_rest(child);
    return child;
}

void session_unlock(struct child *child, const char *passphrase)
{
    child_type(child, passphrase);
    child_press(child, PRESS_ENTER);
}

void session_find(struct child *child)
{
    child_type(child, "/");
}

void session_intake(struct child *child)
{
    child_type(child, "n");
}

const char *session_folder(void)
{
    const char *folder = getenv("AMPARO_BENCH");

    return folder ? folder : "bench";
}

enum { SMALL = 200, BIG = 100000 };

static const char *kept_file(char **path, long cases)
{
    if (!*path)
        *path = bigfile(session_folder(), cases);
    return *path;
}

const char *session_small_file(void)
{
    static char *path;

    return kept_file(&path, SMALL);
}

const char *session_big_file(void)
{
    static char *path;

    return kept_file(&path, BIG);
}
