/* SPDX-License-Identifier: MIT */
/*
 * The post of post.h with one case in it and a second officer, and what is done there by keys again
 * and again. For tests only.
 */
#ifndef TESTS_TUI_OFFICE_H
#define TESTS_TUI_OFFICE_H

#include <sys/resource.h>

#include "tests/tui/post.h"

#define OTHER_OFFICER "Luis MEZA"
#define OTHER_PASSPHRASE "another honest passphrase"

/* The person of the case is Óscar NÚÑEZ; nothing else is recorded of it yet. */
void office_make(struct test_post *post);

/* The reference of that case; the same string always. */
const char *office_reference(void);

/* The program on a terminal, unlocked by POST_OFFICER, or by OTHER_OFFICER. */
struct child *office_unlocked(const struct test_post *post, const struct child_options *options);
struct child *office_unlocked_by_other(const struct test_post *post);

/* Types the passphrase of OTHER_OFFICER and goes on. */
void office_unlock_other(struct child *child);

/* From today's work to the case. */
void office_open_case(struct child *child);

/* The same, then the form of a need, at its field for text. */
void office_begin_need(struct child *child);

/* Leaves all screens and the program, which ends well; and frees it. */
void office_end(struct child *child);
void office_leave(struct child *child);

/* POST_OFFICER's unfinished form is offered, and holds the text. */
void office_expect_unfinished(const struct test_post *post, const char *text);

/*
 * A disk that is full: POST_OFFICER's program, unlocked, that takes a file which may not grow for
 * that; how large files may be then (as the log of the case file is now: the paints need little);
 * and to set it.
 */
struct child *office_start_on_disk(const struct test_post *post);
rlim_t office_no_room(const struct test_post *post);
void office_set_room(const struct child *child, rlim_t bytes);

/* The acts of the case, and how many there are. */
json_t *office_acts(const struct test_post *post);
size_t office_count_acts(const struct test_post *post);

#endif
