/* SPDX-License-Identifier: MIT */
/* Inside the store layer only: the next day of one case, for the case list. Layer: store. */
#ifndef AMPARO_STORE_WORKLIST_NEXT_H
#define AMPARO_STORE_WORKLIST_NEXT_H

#include "amparo/store/store.h"

/* `due` is a date or an instant, or "" where nothing of it is due. */
bool worklist_next(struct store *store, int64_t case_row, char due[INSTANT_SIZE],
                   struct error *err);

#endif
