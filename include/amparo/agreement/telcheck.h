/* SPDX-License-Identifier: MIT */
/*
 * What is asked when a fingerprint was compared over the telephone: fields as of an act, for forms
 * and help. Layer: agreement; pure.
 */
#ifndef AMPARO_AGREEMENT_TELCHECK_H
#define AMPARO_AGREEMENT_TELCHECK_H

#include "amparo/agreement/act.h"

/* called, number, result: "same" or "differs". */
extern const struct act_type telcheck_type;

#endif
