/* SPDX-License-Identifier: MIT */
/* Inside the store layer only: the next day of one case, for the case list. Layer: store. */
#ifndef AMPARO_STORE_WORKLIST_NEXT_H
#define AMPARO_STORE_WORKLIST_NEXT_H

#include "amparo/store/store.h"

/* `due` is a date or an instant, or "" where nothing of it is due. */
bool worklist_next(struct store *store, int64_t case_row, char due[INSTANT_SIZE],
                   struct error *err);

/*
 * Each task that is shown now, of all cases: its case, how many days from now it is due
 * (WALK_NO_DAY where it has none), whether it is over, and when in seconds. `days`: those due by
 * then alone, and none without a day; WALK_ALL: all. `whom` as in task_filter: where it names
 * somebody, and all days are asked for, days need not be told. What is about how long data is kept
 * is told as `kept`.
 */
enum { WALK_NO_DAY = INT32_MAX, WALK_ALL = INT32_MAX };
struct walked {
    int64_t case_row;
    long days;
    bool over, kept;
    int64_t at;
};
typedef void worklist_each(void *ctx, const struct walked *task);
bool worklist_walk(struct store *store, unsigned whom, long days, worklist_each *each, void *ctx,
                   struct error *err);

#endif
