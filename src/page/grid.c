/* SPDX-License-Identifier: MIT */
#include "amparo/page/grid.h"

#include <stdbool.h>

enum { FEW = 6 /* one of so many may take two columns */ };

struct columns {
    size_t count;
    double width, gap; /* the least that they need */
    size_t wide;       /* how many take two */
};

/* False where something is wider than two of them, or too many than one. */
static bool fit_columns(struct columns *columns, const double *widths, size_t count, double room)
{
    double most = (room + columns->gap) / (double)columns->count - columns->gap;

    columns->width = 0;
    columns->wide = 0;
    for (size_t i = 0; columns->count > 1 && i < count; i++) {
        bool wide = widths[i] > most;
        double width = wide ? (widths[i] - columns->gap) / 2 : widths[i];
        columns->wide += wide;
        if (width > most || columns->wide * FEW > count)
            return false;
        columns->width = width > columns->width ? width : columns->width;
    }
    return true;
}

static void place(struct grid *grid, const struct columns *columns, const double *widths,
                  size_t count)
{
    size_t row = 0, column = 0;

    grid->column = columns->width + columns->gap;
    for (size_t i = 0; i < count; i++) {
        size_t span = columns->count > 1 && widths[i] > columns->width ? 2 : 1;
        if (column + span > columns->count) {
            row++;
            column = 0;
        }
        grid->at[i].row = row;
        grid->at[i].column = column;
        column += span;
    }
    grid->rows = count ? row + 1 : 0;
}

/* The fewest rows; of as many, what has the fewest exceptions, in the fewest columns. */
void grid_place(struct grid *grid, const double *widths, size_t count, double room, double gap)
{
    size_t wide = 0;

    *grid = (struct grid){.rows = 0};
    for (size_t most = count > 1 ? count : 1; most > 0; most--) {
        struct columns columns = {.count = most, .gap = gap};
        struct grid tried = {.rows = 0};
        if (!fit_columns(&columns, widths, count, room))
            continue;
        place(&tried, &columns, widths, count);
        if (grid->rows &&
            (tried.rows > grid->rows || (tried.rows == grid->rows && columns.wide > wide)))
            continue;
        *grid = tried;
        wide = columns.wide;
    }
}
