/* SPDX-License-Identifier: MIT */
/* What the files of the work of today share. */
#ifndef AMPARO_TUI_TODAY_WORK_H
#define AMPARO_TUI_TODAY_WORK_H

#include "amparo/store/list.h"
#include "amparo/tui/body.h"

/* What a row stands for. */
enum row_tag {
    ROW_DUE,
    ROW_OPEN,
    ROW_CAME,
    ROW_WAITING,
    ROW_MEETING,
    ROW_SHEET, /* what a post begins with */
    ROW_DIRECTORY,
    ROW_PARTY,
    ROW_FIRST,
    ROW_INBOX,
    ROW_OUTBOX,
    ROW_KEYS,
    ROW_MORE,
};

size_t today_count_cases(const struct today *today);

/* What a new post does first; each comes back until it is done. */
struct today_beginning {
    bool sheet, directory, party, first, keys; /* still to be done */
};

struct today_beginning today_begins(struct store *store, const struct today *today);

/* Its rows; nothing where all is done. `own` is the post's State. */
void today_add_beginning(struct body *b, const struct today_beginning *todo, const char *own);

/* A line each, where the screen is tall: names, numbers and bars below each other. */
void today_list_stages(struct body *b, const struct today *today, int width);

/* "By stage  intake 3 ###  poll 1 #", as many to a line as fit. Returns how many lines it takes;
 * b NULL: only that. */
size_t today_put_stages(struct body *b, const struct today *today, int width);

#endif
