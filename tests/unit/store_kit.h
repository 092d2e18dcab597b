/* SPDX-License-Identifier: MIT */
/* What the tests of the store share: a case file, and acts in it. */
#ifndef TESTS_STORE_KIT_H
#define TESTS_STORE_KIT_H

#include "kit.h"

#include "amparo/store/db.h"
#include "amparo/store/record.h"

extern const struct passphrase kit_ana, kit_luis, kit_eva;

/* A new case file of a Honduran post, whose head is Ana; the clock stands at noon, 12 March 2026.
 */
struct store *kit_create(const char *name);

/* The same, with a passphrase that is cheap to derive a key from; and of any post. */
struct store *kit_create_cheap(const char *name);
struct store *kit_found(const char *path, const struct post_profile *profile);

struct store *kit_open(const char *name, struct passphrase passphrase);

/* Restores, by Ana; what came of it is let go. */
bool kit_restore(const char *backup, const char *name, store_progress *progress, void *ctx,
                 struct error *err);

/* Records; fails the test with the error's text where it is refused. Returns the act's id. */
const char *kit_record(struct store *store, const char *reference, enum act_kind kind,
                       const char *payload);

/* Records what must be refused with that kind of error, and text that holds `part`. */
void kit_refuse(struct store *store, const char *reference, enum act_kind kind, const char *payload,
                enum error_kind error, const char *part);

#endif
