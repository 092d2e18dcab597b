/* SPDX-License-Identifier: MIT */
/*
 * What a case waits for, and for whom: one table of the kinds of task. Which tasks a case has is a
 * function of its acts alone (case_tasks.c and others); when one is due, if a setting counts for
 * it, is worked out when it is read. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_TASK_H
#define AMPARO_AGREEMENT_TASK_H

#include "amparo/agreement/setting.h"
#include "amparo/base/calendar.h"
#include "amparo/base/instant.h"

/* The numbers are in the file: never change or reuse one. */
enum task_kind {
    TASK_NONE = 0,
    TASK_REPLY = 1,       /* a State polled is silent: `state` */
    TASK_COUNTERSIGN = 2, /* a contact, an override or a basis awaits the head of post */
    TASK_ACCEPTANCE = 3,  /* a request note awaits acceptance: `state` */
    TASK_NETWORK = 4,     /* a referral awaits its answer */
    TASK_DATA_RETURN = 5, /* data asked back awaits confirmation: `state` */
    TASK_HAND_OVER = 6,   /* a decline during assistance: `state`, on its hand-over date */
    TASK_NEXT_ACTION = 7, /* what the opening named as next */
    TASK_ERASE = 8,       /* a request to erase awaits another officer */
    TASK_REVIEW = 9,      /* how long data is kept: setting.h */
    TASK_REDUCE = 10,
    TASK_DISCARD = 11,
    TASK_REVIEW_ON = 12,      /* the day that the opening named for that question */
    TASK_KEEP_UNTIL = 13,     /* the day that the closing named */
    TASK_REPORT = 14,         /* a meeting passed without the case (7.7): by its calendar alone */
    TASK_POLL_RECEIPT = 15,   /* a poll that came in: its receipt */
    TASK_POLL_ANSWER = 16,    /* and our answer */
    TASK_NOTE_RECEIPT = 17,   /* a note of ours: its receipt by `state` */
    TASK_NOTE_REPLY = 18,     /* one that hopes to hear: the reply of `state` */
    TASK_NOTE_ANSWER = 19,    /* a note that came in, of `state`: our answer */
    TASK_AUTHORISE = 20,      /* a choice: the capital's authorisation of the request */
    TASK_TELL_POLL = 21,      /* the Secretariat, of a poll of ours */
    TASK_TELL_REQUEST = 22,   /* and of a request */
    TASK_OFFER_ENDS = 23,     /* until when the offer of `state` stands */
    TASK_SCOPE_ENDS = 24,     /* last day of what `state` accepted */
    TASK_CONSENT_ENDS = 25,   /* until when a consent is valid: `person` */
    TASK_REFUND = 26,         /* an advance of another State: we pay it back; `state` is owed it */
    TASK_REFUND_DUE = 27,     /* an advance of ours: `state` pays it back */
    TASK_BEST_INTERESTS = 28, /* of a child, not yet on record: `person` */
    TASK_IOM = 29,            /* what IOM is to bear of a cost: its answer */
    TASK_BEARER = 30,         /* a cost: nobody knows who bears it */
    TASK_KIND_END,
};

/* Who must act. */
enum task_whom {
    WHOM_US,
    WHOM_STATE, /* another State: the task's `state` */
    WHOM_CAPITAL,
    WHOM_NETWORK, /* against trafficking and smuggling */
    WHOM_SECRETARIAT,
    WHOM_IOM,
    WHOM_PERSON,
    WHOM_COUNT,
};

/* From when on a task is shown. */
enum task_shown {
    SHOWN_AT_ONCE,
    SHOWN_SOON,  /* where its day is near: SETTING_SOON */
    SHOWN_ON,    /* from its day on */
    SHOWN_AFTER, /* once its day is over */
};

struct task_type {
    const char *name; /* code, as in machine output */
    enum task_whom whom;
    enum setting setting; /* the period that counts from `since`; SETTING_NONE: an act names the
                           * day, or there is none */
    enum task_shown shown;
    const char *words; /* N_(): %s is the other State, or the number of the person */
};

/* Is there a kind of that number? They have gaps. */
bool task_kind_known(int64_t kind);

/* BUG() where there is no such kind. */
const struct task_type *task_type(enum task_kind kind);

extern const char *const task_whom_names[WHOM_COUNT]; /* codes: "us", "state", … */
/* WHOM_COUNT: no such code. */
enum task_whom task_whom_named(const char *code);

/*
 * The end of a period of so many units that begins at `since` (an instant or a date): an instant
 * for hours and minutes, else a date where `since` was written. Working days are the calendar's,
 * and months end on one; hours do not rest. False, and `out` is "", where `since` is no time.
 */
bool deadline_of(enum setting_unit unit, long number, const char *since,
                 const struct calendar *calendar, char out[INSTANT_SIZE]);

/* A date (its last second, UTC) or an instant in seconds; 0 where it is neither. */
int64_t deadline_seconds(const char *text);

/* Is that date (to its end, where `now` is) or instant over? False for what is neither. */
bool deadline_over(const char *text, struct instant now);

/* Days from now (by the calendar where `now` is) to that date or instant; negative: it is over. */
long deadline_days(const char *text, struct instant now);

#endif
