/* SPDX-License-Identifier: MIT */
/* What follows from the dispatches that count; what makes a conversation of a fold. */
#ifndef AMPARO_AGREEMENT_CONVERSATION_OUTCOME_H
#define AMPARO_AGREEMENT_CONVERSATION_OUTCOME_H

#include "conversation_fold.h"

/* Fills *out, which has its world, from a fold in which all that can be decided is decided. */
void outcome_gather(struct fold *f, struct conversation *out);

#endif
