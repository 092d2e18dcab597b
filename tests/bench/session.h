/* SPDX-License-Identifier: MIT */
/*
 * The program on a terminal, taken to the screen on which something is measured. The keys that
 * lead there, and what then stands on the screen, are written here alone; where it does not come,
 * the bench ends with the screen on standard error, and measures nothing else instead. For benches
 * only.
 */
#ifndef TESTS_BENCH_SESSION_H
#define TESTS_BENCH_SESSION_H

#include "tests/harness/child.h"

/* How the screen looks: plain for slow lines, rich for the others. */
struct profile {
    const char *name, *line_option;
};
extern const struct profile profile_plain, profile_rich;

struct session_file {
    char *path, *passphrase;
};

/*
 * The case file of the demo's first post, made anew in each run; one with few cases, whose list is
 * longer than any screen; the one with 100,000.
 */
const struct session_file *session_demo(void);
const struct session_file *session_small(void);
const struct session_file *session_tenth(void); /* of the big one */
const struct session_file *session_big(void);

/* The unlock screen of that case file, without drafts, at rest. */
struct child *session_start(const struct child_options *options, const struct profile *profile,
                            const struct session_file *file);

/* Ends the program as a closing terminal does, so that it leaves the file in order. */
void session_end(struct child *child);

/* Types the passphrase, without Enter; with it: the work of today, which has this on it. */
#define SESSION_HOME " open · "
void session_passphrase(struct child *child, const struct session_file *file);
void session_unlock(struct child *child, const struct session_file *file);

/* From there: the case list with its search; the first page of a new intake. */
void session_find(struct child *child);
void session_intake(struct child *child);

/* On that page: into a field of free text. */
void session_text_field(struct child *child);

/* The folder of the benches' files, in the build folder. */
const char *session_folder(void);

#endif
