/* SPDX-License-Identifier: MIT */
/* What the files of the work of today share. */
#ifndef AMPARO_TUI_TODAY_WORK_H
#define AMPARO_TUI_TODAY_WORK_H

#include "amparo/store/list.h"
#include "amparo/tui/body.h"

/* A line each, where the screen is tall: names, numbers and bars below each other. */
void today_list_stages(struct body *b, const struct today *today, int width);

/* "By stage  intake 3 ###  poll 1 #", as many to a line as fit. Returns how many lines it takes;
 * b NULL: only that. */
size_t today_put_stages(struct body *b, const struct today *today, int width);

#endif
