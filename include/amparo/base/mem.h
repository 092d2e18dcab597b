/* SPDX-License-Identifier: MIT */
/*
 * Allocation that never returns NULL: out of memory ends the program with a
 * message. Layer: base; uses nothing of ours.
 */
#ifndef AMPARO_BASE_MEM_H
#define AMPARO_BASE_MEM_H

#include <stddef.h>

/* As malloc, calloc, reallocarray, strdup, strndup; the caller frees with free(). */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);

/* As free(), and nothing of what was there can be read afterwards; NULL is fine. */
void free_wiped(void *p);

/* As asprintf: a new string, freed by the caller. */
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A broken invariant of the program itself: says where and aborts. Never for bad input. */
#define BUG(what) bug_at(__FILE__, __LINE__, what)
_Noreturn void bug_at(const char *file, int line, const char *what);

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
