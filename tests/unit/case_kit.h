/* SPDX-License-Identifier: MIT */
/*
 * A case in a file, from its opening on 12 March 2026 to its end, through all gates; and the
 * meetings at which it is presented. For tests of the store, and of what is printed from it.
 */
#ifndef AMPARO_TESTS_CASE_KIT_H
#define AMPARO_TESTS_CASE_KIT_H

#include "store_kit.h"

/* It is noon of that day. */
void case_kit_at(struct store *store, const char *day);

/* A case up to the decision that the mechanism applies; `reference` is the one that it gets. */
void case_kit_begin(struct store *store, const char *reference, const char *surname);

/* Its person agrees that the network is told of it (P9). */
void case_kit_agree_to_report(struct store *store, const char *reference);

/* From that decision to the end, on 16 March, with Mexico's help. */
void case_kit_help_and_close(struct store *store, const char *reference);

void case_kit_meeting(struct store *store, const char *day, const char *place);

#endif
