/* SPDX-License-Identifier: MIT */
/*
 * The case file of a hundred thousand cases, three acts each (open, person, ground), on which the
 * quick figures are taken. Made once, without flushing to the disk, and kept in the build folder
 * until the program cannot open it any more. For benches only.
 */
#ifndef TESTS_BENCH_BIGFILE_H
#define TESTS_BENCH_BIGFILE_H

#include <stdbool.h>

#define BIGFILE_PASSPHRASE "a hundred thousand cases"
#define BIGFILE_OFFICER "Ana Lucía PINEDA"

/*
 * The path of a file of so many cases in `folder`; made first if it is not there (progress goes to
 * standard error, where that is a terminal). The caller frees it. Ends the program where it cannot
 * be made.
 */
char *bigfile(const char *folder, long cases);

/* A meeting to come, in the file of bigfile_with_meeting(): one case in so many is due there. */
#define BIGFILE_MEETING "2100-01-01"
enum { BIGFILE_DUE = 100 };

/*
 * The same with those cases under the mechanism and agreed to be reported, in a file of its own:
 * so many cases in all, made and kept likewise.
 */
char *bigfile_with_meeting(const char *folder, long cases);

/* Drops the drafts of earlier runs from a case file; false where this program cannot open it. */
bool bigfile_tidy(const char *path, const char *passphrase);

#endif
