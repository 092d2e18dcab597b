/* SPDX-License-Identifier: MIT */
/* A case put together act by act, for the tests of the fold, the gates and the redaction. */
#ifndef AMPARO_TESTS_FOLD_KIT_H
#define AMPARO_TESTS_FOLD_KIT_H

#include "kit.h"

#include "amparo/agreement/case.h"

/* The case HN-2026-0001 of a post of Honduras that requests, person 1 and a ground recorded. */
void kit_case(struct case_file *c);

/* An empty case of that post State. */
void kit_empty(struct case_file *c, const char *post_state);

/*
 * Adds an act by its name, recorded by a head of post at the next hour (09:00, 10:00 … of
 * 10 March 2026 and on); `%s` in the payload is `id`. Its id in hex is returned; the last 64 stay
 * valid. No gate is asked.
 */
const char *kit_add(struct case_file *c, const char *name, const char *payload);
const char *kit_add_of(struct case_file *c, const char *name, const char *payload, const char *id);
/* The same recorded by somebody at some instant. */
const char *kit_add_by(struct case_file *c, const char *name, const char *payload, enum role role,
                       const char *at);

/* The directory of 10 March 2026 for the United Arab Emirates: HN without a post there; CA, CR, MX,
 * PA and US with embassies. A new reference. */
json_t *kit_directory(void);

#endif
