/* SPDX-License-Identifier: MIT */
/*
 * A post with a case file of its own, as a test on the terminal needs it: made by commands, read by
 * commands after the program on the terminal has left. Made-up data throughout. For tests only.
 */
#ifndef TESTS_TUI_POST_H
#define TESTS_TUI_POST_H

#include <jansson.h>
#include <stdbool.h>

#include "tests/harness/child.h"

#define POST_PASSPHRASE "an honest passphrase of the tests"
#define POST_OFFICER "Ana PINEDA"

/* A folder with the case file, and a HOME and a TMPDIR inside, in which all programs live. */
struct test_post {
    char *folder, *home, *file;
};

/*
 * Honduras's directorate. Its directory knows the embassies of Canada, Costa Rica, Mexico, Panama
 * and the United States in Abu Dhabi, that these and Honduras take part, and Honduras's own list.
 */
void post_make(struct test_post *post);

/* A post of another kind; its directory is that of data/demo, as of today. */
struct post_like {
    const char *state, *code, *name, *country, *city, *kind;
    const char *parties[12]; /* who takes part */
};
void post_make_as(struct test_post *post, const struct post_like *kind);

/* Another officer of it, with a passphrase of their own. */
void post_add_officer(const struct test_post *post, const char *name, const char *role,
                      const char *passphrase);

/* Another folder with a copy of the same case file, which nobody has open. */
void post_copy(struct test_post *post, const struct test_post *from);

void post_release(struct test_post *post);

/*
 * Runs the program with arguments, ended by NULL, and the passphrase of the post; the exit status.
 * Where `out` is not NULL it takes what went to standard output, and otherwise nothing is expected
 * of it; standard error goes to the test's own.
 */
int post_run(const struct test_post *post, const char *input, struct buf *out,
             const char *const argv[]);

/* What `show` and `acts` say of a case, as JSON; the caller drops the reference. */
json_t *post_show(const struct test_post *post, const char *reference);
json_t *post_acts(const struct test_post *post, const char *reference);

/* The program on a terminal, at its first screen; options may be NULL (their home is the post's).
 */
struct child *post_start(const struct test_post *post, const struct child_options *options);

/* Types the passphrase and goes on. */
void post_unlock(struct child *child);

#endif
