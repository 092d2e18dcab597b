/* SPDX-License-Identifier: MIT */
/*
 * The program on a terminal, taken to the screen on which something is measured. The keys that
 * lead there are written here alone. For benches only.
 */
#ifndef TESTS_BENCH_SESSION_H
#define TESTS_BENCH_SESSION_H

#include "tests/harness/child.h"

/* How the screen looks: plain for slow lines, rich for the others. */
struct profile {
    const char *name, *line_option;
};
extern const struct profile profile_plain, profile_rich;

/* The unlock screen of that case file, at rest. */
struct child *session_start(const struct child_options *options, const struct profile *profile,
                            const char *file);

/* Types the passphrase: the first screen of work. */
void session_unlock(struct child *child, const char *passphrase);

/* From the first screen: the case list with its search; the first page of a new intake. */
void session_find(struct child *child);
void session_intake(struct child *child);

/* The folder of the benches' files, in the build folder. */
const char *session_folder(void);

/* The file with few cases, whose list is longer than any screen, and the one with 100,000. */
const char *session_small_file(void);
const char *session_big_file(void);

#endif
