/* SPDX-License-Identifier: MIT */
/* What the parts of dossiers share. */
#ifndef AMPARO_POUCH_DOSSIER_WORK_H
#define AMPARO_POUCH_DOSSIER_WORK_H

#include "amparo/pouch/dossier_check.h"

/* Why that dispatch is none of the directory, or (directory false) of the dossier's case, an N_()
 * phrase; NULL: nothing stands against it. */
const char *dossier_fault(const struct dossier *d, const struct act_bytes *a, bool directory);

/* Which one of the dossier it is, from 1. */
size_t dossier_number(const struct dossier_check *check, const struct dispatch *d);

#endif
