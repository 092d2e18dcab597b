/* SPDX-License-Identifier: MIT */
/*
 * Folders for one test, made fresh and removed with all that is in them. For tests only.
 */
#ifndef TESTS_HARNESS_SCRATCH_H
#define TESTS_HARNESS_SCRATCH_H

/*
 * A new empty folder that only its owner may enter, under TMPDIR or /tmp. The caller frees the
 * path, after scratch_remove(). Ends the program where none can be made.
 */
char *scratch_make(void);

/* Removes the folder and everything below it, without following links; then frees the path. */
void scratch_remove(char *path);

/* The path of `name` inside `folder`; the caller frees it. */
char *scratch_path(const char *folder, const char *name);

/* Writes a file (0600) whole, over what is there; ends the program where that fails. */
void scratch_write(const char *path, const void *bytes, unsigned long size);

#endif
