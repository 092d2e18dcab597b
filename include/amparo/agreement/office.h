/* SPDX-License-Identifier: MIT */
/*
 * An office in a Party's list of where it has offices (Art. 7.6), as a field table: for forms and
 * checks. It is no act: a list is kept beside the cases. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_OFFICE_H
#define AMPARO_AGREEMENT_OFFICE_H

#include "amparo/agreement/act.h"

/* For payload_check(); kind ACT_NONE: nothing records it as such. */
extern const struct act_type office_type;

#endif
