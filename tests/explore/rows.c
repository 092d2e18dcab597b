/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "amparo/base/mem.h"

struct gate_ask;

/* Each row that can go, and the function that it names: local.mk has them once more. */
#define ROWS(ROW)                                                                                  \
    ROW("A.note", ask_assist_note)                                                                 \
    ROW("C.acceptance", ask_close_acceptance)                                                      \
    ROW("C.costs", ask_close_costs)                                                                \
    ROW("C.reason", ask_close_reason)                                                              \
    ROW("N.choice", ask_request_choice)                                                            \
    ROW("N.lock", ask_note_lock)                                                                   \
    ROW("N.open", ask_request_open)                                                                \
    ROW("N.withdrawn", ask_note_withdrawn)                                                         \
    ROW("P.lock", ask_poll_lock)                                                                   \
    ROW("accept.note", ask_accept)                                                                 \
    ROW("choose.offer", ask_choose_offer)                                                          \
    ROW("clerk", ask_clerk)                                                                        \
    ROW("closed.assist", ask_closed_assist)                                                        \
    ROW("closed.close", ask_closed_close)                                                          \
    ROW("closed.exchange", ask_closed_exchange)                                                    \
    ROW("correct.note", ask_correct)                                                               \
    ROW("lift_lock.head", ask_lift_lock)                                                           \
    ROW("notify.identity", ask_notify)                                                             \
    ROW("reopen.closed", ask_reopen)                                                               \
    ROW("reply.poll", ask_reply)                                                                   \
    ROW("report.closed", ask_report)

static const char *left_out;

static bool stands(const char *id)
{
    return !left_out || strcmp(left_out, id) != 0;
}

#define WRAP(id, function)                                                                         \
    void __real_##function(struct gate_ask *q);                                                    \
    void __wrap_##function(struct gate_ask *q);                                                    \
    void __wrap_##function(struct gate_ask *q)                                                     \
    {                                                                                              \
        if (stands(id))                                                                            \
            __real_##function(q);                                                                  \
    }
ROWS(WRAP)

#define NAME(id, function) id,
const char *const rows_that_can_go[] = {ROWS(NAME) NULL};

void rows_leave_out(const char *id)
{
    bool known = !id;

    for (size_t i = 0; rows_that_can_go[i]; i++)
        known = known || !strcmp(rows_that_can_go[i], id);
    if (!known)
        BUG("no such row can be left out");
    left_out = id;
}
