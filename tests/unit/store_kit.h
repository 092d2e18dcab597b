/* SPDX-License-Identifier: MIT */
/* What the tests of the store share: a folder of their own, a case file in it, JSON in few words.
 */
#ifndef TESTS_STORE_KIT_H
#define TESTS_STORE_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amparo/store/db.h"
#include "amparo/store/record.h"

extern const struct passphrase kit_ana, kit_luis, kit_eva;

/* Setup and teardown of a group: a new folder, and its removal. */
int kit_begin(void **state);
int kit_end(void **state);

/* The path of a file in the folder; a static string, four of them in turn. */
const char *kit_path(const char *name);

/* A new case file of a Honduran post, whose head is Ana; the clock stands at noon, 12 March 2026.
 */
struct store *kit_create(const char *name);
struct store *kit_open(const char *name, struct passphrase passphrase);

/* JSON with single quotes for double ones: a new reference. */
json_t *kit_json(const char *text);

/* Records; fails the test with the error's text where it is refused. Returns the act's id. */
const char *kit_record(struct store *store, const char *reference, enum act_kind kind,
                       const char *payload);

/* Records what must be refused with that kind of error, and text that holds `part`. */
void kit_refuse(struct store *store, const char *reference, enum act_kind kind, const char *payload,
                enum error_kind error, const char *part);

#endif
