/* SPDX-License-Identifier: MIT */
/* What the kits share: cmocka, a folder of the test's own, JSON in few words. */
#ifndef TESTS_UNIT_KIT_H
#define TESTS_UNIT_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

/* Setup and teardown of a group: a new folder, and its removal. */
int kit_begin(void **state);
int kit_end(void **state);

/* The path of a file in the folder; a static string, four of them in turn. */
const char *kit_path(const char *name);

/* JSON with ' for ", so that C can hold it: a new reference. The test fails where it is none. */
json_t *kit_json(const char *text);

#endif
