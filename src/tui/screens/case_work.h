/* SPDX-License-Identifier: MIT */
/* What the files of the screen of a case share. Layer: tui. */
#ifndef CASE_WORK_H
#define CASE_WORK_H

#include "amparo/tui/app.h"
#include "amparo/tui/casework.h"

/* One part: its name (N_()), what is known of it, the screen or history behind it. */
struct case_part {
    const char *label;
    void (*say)(struct buf *out, const struct casework *w);
    void (*open)(struct app *app, const char *reference);
};

/* A digit each, 0 to 9, the same in every language. */
enum { CASE_PARTS = 10 };
extern const struct case_part case_parts[CASE_PARTS];

#endif
