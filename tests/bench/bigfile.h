/* SPDX-License-Identifier: MIT */
/*
 * The case file of a hundred thousand cases, three acts each (open, person, ground), on which the
 * quick figures are taken. Made once, without flushing to the disk, and kept in the build folder.
 * For benches only.
 */
#ifndef TESTS_BENCH_BIGFILE_H
#define TESTS_BENCH_BIGFILE_H

#define BIGFILE_PASSPHRASE "a hundred thousand cases"
#define BIGFILE_OFFICER "Ana Lucía PINEDA"

/*
 * The path of a file of so many cases in `folder`, made first if it is not there (progress goes to
 * standard error). The caller frees it. Ends the program where it cannot be made.
 */
char *bigfile(const char *folder, long cases);

#endif
