/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the rules of data entry share: a copy of the office for each test, forms opened
 * by their name, fields found by their label. For tests only.
 */
#ifndef TESTS_TUI_RULES_H
#define TESTS_TUI_RULES_H

#include <jansson.h>

#include "tests/tui/post.h"

/* Of the group; of each test: what one leaves unfinished is offered to no other. */
int rules_make(void **state);
int rules_release(void **state);
int rules_copy(void **state);
int rules_drop(void **state);

/* The form of an act of the case, chosen by its name, from the screen of the case. */
void rules_open(struct child *child, const char *act);

/* The program on a terminal, in that form; and its end, by a kill. */
struct child *rules_start_in(const void *post, const struct child_options *options,
                             const char *act);
struct child *rules_start(const void *post, const char *act);
void rules_end(struct child *child);

/* To the field of that label; types into it and leaves it. */
void rules_jump(struct child *child, const char *label);
void rules_fill(struct child *child, const char *label, const char *text);

/* The row of that label holds the text. */
#define expect_field(child, label, text) expect_field_at(child, label, text, __FILE__, __LINE__)
void expect_field_at(struct child *child, const char *label, const char *text, const char *file,
                     int line);

/* The payload of the last act of that kind: a new reference; and a text in it, "" where there is
 * none. */
json_t *rules_payload(const struct test_post *post, const char *kind);
const char *rules_text(const json_t *payload, const char *key);

#endif
