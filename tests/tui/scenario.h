/* SPDX-License-Identifier: MIT */
/*
 * A whole case by keys alone, for the post of post.h: a domestic worker without pay, her passport
 * kept, in a country where her State has no office; five States are asked, one is chosen, requested
 * and helps; the case is closed and reported. The person is made up. For tests and benches.
 *
 * Each part begins where the one before ended; on a player that was killed it does nothing.
 */
#ifndef TESTS_TUI_SCENARIO_H
#define TESTS_TUI_SCENARIO_H

#include "tests/tui/player.h"

/* From the first screen after unlocking to the screen of the case, with the intake recorded. */
void scenario_intake(struct player *p);

/* The decision, the poll of five, and what came back until the deadline. */
void scenario_poll(struct player *p);

/* The choice, the consent and the authorisation, assistance tried too early, and the note. */
void scenario_note(struct player *p);

/* Acceptance, assistance, costs, closing, report. */
void scenario_help(struct player *p);

/* All of it. */
void scenario_play(struct player *p);

#endif
