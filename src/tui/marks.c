/* SPDX-License-Identifier: MIT */
#include "amparo/tui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

void marks_release(struct marks *marks)
{
    free(marks->rows);
    *marks = (struct marks){NULL, 0};
}

/* Where it is, or would stand. */
static size_t place_of(const struct marks *marks, int64_t row)
{
    size_t from = 0, to = marks->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (marks->rows[middle] < row)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool marks_has(const struct marks *marks, int64_t row)
{
    size_t at = place_of(marks, row);

    return at < marks->count && marks->rows[at] == row;
}

void marks_turn(struct marks *marks, int64_t row)
{
    size_t at = place_of(marks, row);

    if (at < marks->count && marks->rows[at] == row) {
        marks->count--;
        memmove(marks->rows + at, marks->rows + at + 1, (marks->count - at) * sizeof *marks->rows);
        return;
    }
    marks->rows = xreallocarray(marks->rows, marks->count + 1, sizeof *marks->rows);
    memmove(marks->rows + at + 1, marks->rows + at, (marks->count - at) * sizeof *marks->rows);
    marks->rows[at] = row;
    marks->count++;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

void marks_add(struct marks *marks, const int64_t *rows, size_t count)
{
    size_t kept = 0;

    if (!count)
        return;
    marks->rows = xreallocarray(marks->rows, marks->count + count, sizeof *marks->rows);
    memcpy(marks->rows + marks->count, rows, count * sizeof *rows);
    marks->count += count;
    qsort(marks->rows, marks->count, sizeof *marks->rows, ascending);
    for (size_t i = 0; i < marks->count; i++)
        if (!kept || marks->rows[kept - 1] != marks->rows[i])
            marks->rows[kept++] = marks->rows[i];
    marks->count = kept;
}

json_t *marks_keep(const struct marks *marks)
{
    json_t *all = json_array();

    for (size_t i = 0; i < marks->count; i++)
        json_array_append_new(all, json_integer(marks->rows[i]));
    return all;
}

void marks_restore(struct marks *marks, const json_t *kept)
{
    size_t i;
    json_t *row;

    marks_release(marks);
    json_array_foreach(kept, i, row)
    {
        int64_t one = json_integer_value(row);
        if (!marks_has(marks, one))
            marks_turn(marks, one);
    }
}
