/* SPDX-License-Identifier: MIT */
/* Which rows of a list are marked, by numbers that stay the rows' own. Layer: tui. */
#ifndef AMPARO_TUI_MARKS_H
#define AMPARO_TUI_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

struct marks {
    int64_t *rows; /* ascending */
    size_t count;
};

void marks_release(struct marks *marks);

bool marks_has(const struct marks *marks, int64_t row);
/* Marks the row, or no more. */
void marks_turn(struct marks *marks, int64_t row);
/* Marks all of these too. */
void marks_add(struct marks *marks, const int64_t *rows, size_t count);

json_t *marks_keep(const struct marks *marks);
void marks_restore(struct marks *marks, const json_t *kept);

#endif
