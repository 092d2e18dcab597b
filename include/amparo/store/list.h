/* SPDX-License-Identifier: MIT */
/*
 * The case list, the search as one types, the work of today: read from projections, quick with a
 * hundred thousand cases. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_LIST_H
#define AMPARO_STORE_LIST_H

#include "amparo/agreement/case.h"
#include "amparo/agreement/redact.h"
#include "amparo/agreement/view.h"
#include "amparo/store/store.h"
#include "amparo/store/worklist.h"

struct case_row {
    char *reference;
    char *title; /* first person who is not erased: "RAMÍREZ ORDÓÑEZ, Karen Yamileth"; "" where
                  * nobody is recorded, and where it is */
    enum name_hidden hidden;
    char *role; /* requesting, assisting, observer */
    char *requesting_state, *receiving_state;
    enum stage stage;
    char *exit; /* NULL: none */
    bool closed;
    char *priority;
    long persons;
    long lone; /* children without an adult, in a list of one event's cases */
    char *due; /* the next deadline, date or instant, as settings are now; or NULL */
    char updated[INSTANT_SIZE];
    int64_t row; /* the store's own; and how many deadlines it has to look at */
    long dues;
};

/* The person as lists name them, from a case that is loaded: a new string, "" for nobody. */
char *case_title(const struct case_file *c, long person);

struct case_rows {
    struct case_row *list;
    size_t count;
};

void case_rows_release(struct case_rows *rows);

enum list_order {
    LIST_NEWEST,  /* last opened first */
    LIST_UPDATED, /* last changed first */
    LIST_REFERENCE,
    LIST_LONE, /* of an event: children without an adult first, then life in danger, then as opened
                */
};

struct list_filter {
    const char *query;     /* words, or beginnings of words; accents and case do not matter; NULL */
    int stage;             /* enum stage, or -1: any */
    const char *event;     /* cases of that event alone; NULL: all */
    bool open_only;        /* without closed and reported cases */
    enum list_order order; /* a query is always answered with the newest first */
    size_t offset, limit;  /* limit 0: all */
};

bool store_list(struct store *store, const struct list_filter *filter, struct case_rows *out,
                struct error *err);

/*
 * Reading that takes long asks, every few milliseconds, whether it is to go on; where not it fails
 * (ERROR_FAILED). `go_on` may not use the store. NULL: it is not asked.
 */
typedef bool store_go_on(void *ctx);
void store_on_reading(struct store *store, store_go_on *go_on, void *ctx);

/*
 * The cases of a view (agreement/view.h), all of them in its order, by the store's own rows; a view
 * that says nothing of it, and searches no words, is of those that are not closed. A case that the
 * words name by its reference comes first.
 */
struct case_order {
    int64_t *rows;
    size_t count;
};
void case_order_release(struct case_order *order);
bool store_view(struct store *store, const struct view *view, struct case_order *out,
                struct error *err);

/* The lines of these; one that is gone is left out. */
bool store_rows(struct store *store, const int64_t *rows, size_t count, struct case_rows *out,
                struct error *err);

/* Appends what of the searched words that line does not show: see search.h. */
bool store_tell(struct store *store, const struct case_row *row, const char *words, struct buf *out,
                struct error *err);

/* How many cases are in each stage, and how many are not closed. */
bool store_counts(struct store *store, size_t counts[STAGE_COUNT], size_t *open, struct error *err);

/* The array of `list --json` of acts.md: a new reference. */
json_t *case_rows_json(const struct case_rows *rows);

/* ---- today ---- */
struct arrival {
    char *reference, *title; /* as in case_row */
    enum name_hidden hidden;
    char *receiving_state;
    char act[65];
    enum act_kind kind;
    char *state;           /* whose act it was, where it says so; else "" */
    char at[INSTANT_SIZE]; /* recorded */
    char *by;              /* officer who recorded it */
    bool incoming;         /* the other side's: transcribed */
};

struct today {
    struct worklist due;  /* what has a day, whoever must act */
    struct worklist open; /* what we must do, without a day */
    struct arrival *came; /* the other side's latest acts, newest first */
    size_t came_count;
    struct worklist waiting; /* what others must do, without a day */
    struct worklist late;    /* TASK_REPORT: they missed a meeting, longest first; not in `due` */
    /* The next meeting of the network, where one is in the calendar: its day, or "". */
    char meeting[DATE_SIZE];
    char *meeting_place; /* or NULL */
    size_t meeting_due;  /* cases that wait for it */
    size_t open_cases;
    size_t stages[STAGE_COUNT];
};

void today_release(struct today *today);

/* At most `room` rows of each kind. */
bool store_today(struct store *store, size_t room, struct today *out, struct error *err);

#endif
