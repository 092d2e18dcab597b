/* SPDX-License-Identifier: MIT */
/*
 * The calendar of the meetings of the Liaison Officer Network (7.7), one a day at most, and which
 * cases are due at which: worked out when it is read. A case that was under the mechanism is due
 * at the first meeting after its closing; an open one at each, as "conclusion pending". It is late
 * where a meeting passed without it.
 * Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_MEETINGS_H
#define AMPARO_STORE_MEETINGS_H

#include "amparo/store/list.h"

struct meeting {
    char day[DATE_SIZE];
    char *network, *place; /* owned */
    bool cancelled;
    char *said_by; /* officer */
    char said_at[INSTANT_SIZE];
    size_t due;       /* cases that wait for it: of one that is past, those that are late */
    size_t presented; /* recorded as presented at it */
};

struct meetings {
    struct meeting *list; /* by day */
    size_t count;
};

void meeting_release(struct meeting *meeting);
void meetings_release(struct meetings *meetings);

bool store_meetings(struct store *store, struct meetings *out, struct error *err);

/*
 * The meeting of a day (YYYY-MM-DD), or "next" (today's too) or "last" of those not cancelled.
 * ERROR_INPUT where there is none.
 */
bool store_meeting(struct store *store, const char *which, struct meeting *out, struct error *err);

/* The name that is written down where nothing else is said. */
extern const char *const meeting_network;

/*
 * The three are a head of post's: else ERROR_REFUSED. A day that was cancelled can be added again.
 * network NULL: meeting_network, or as it was; place NULL: as it was; to_day NULL: on the same day.
 */
bool store_meeting_add(struct store *store, const char *day, const char *network, const char *place,
                       struct error *err);
bool store_meeting_change(struct store *store, const char *day, const char *to_day,
                          const char *network, const char *place, struct error *err);
bool store_meeting_cancel(struct store *store, const char *day, struct error *err);

/* The late cases as tasks (TASK_REPORT, due on the day of the first meeting that passed without
 * them), longest first, at most `room` of them; of one case, or of all (reference NULL). */
bool meetings_late(struct store *store, const char *reference, size_t room, struct worklist *out,
                   struct error *err);

#endif
