/* SPDX-License-Identifier: MIT */
/*
 * What is asked when a post begins: its profile and its first head, for a new case file; then since
 * when a State takes part. Fields as of an act, for forms and help. Layer: agreement; pure.
 */
#ifndef AMPARO_AGREEMENT_FOUNDING_H
#define AMPARO_AGREEMENT_FOUNDING_H

#include "amparo/agreement/act.h"

/* state, country, city, kind, post, code, officer, file. */
extern const struct act_type founding_type;

/* state, since, source. */
extern const struct act_type party_type;

#endif
