/* SPDX-License-Identifier: MIT */
/*
 * Looks for bytes in the memory of a running program, as who can read it would: all that it may
 * write, locked pages too. Only root may, of a program that forbids dumps. For tests only.
 */
#ifndef TESTS_HARNESS_MEMORY_H
#define TESTS_HARNESS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

bool memory_may_be_read(void);

/* How often these bytes are there. */
size_t memory_count(pid_t pid, const void *bytes, size_t size);

/* How often a text of ASCII is there in the cells of a screen of ncurses. */
size_t memory_count_cells(pid_t pid, const char *text);

#endif
