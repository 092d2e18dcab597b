/* SPDX-License-Identifier: MIT */
/* Where each item stands: one column of labels, one of fields, as many pages as it takes. */
#include "form_work.h"

#include "amparo/base/text.h"

#define MARGIN 1      /* the marker's */
#define LABEL_WIDE 16 /* cells of a label and the gap behind it */
#define LABEL_NARROW 12
#define LABEL_TINY 8
#define LONG_ROWS 3
#define GAP_BESIDE 3
#define WHOLE_ROW 80 /* where it is not narrower */

static int label_cells(int cols)
{
    return cols >= 38 ? LABEL_WIDE : cols >= 32 ? LABEL_NARROW : LABEL_TINY;
}

static int wanted_width(const struct form_item *item)
{
    if (item->width)
        return item->width;
    if (item->kind == FORM_CODES) /* the more codes, the longer: what there is */
        return WHOLE_ROW;
    return item->kind == FORM_CODE ? 24 : 48;
}

static int least(int one, int other)
{
    return one < other ? one : other;
}

/* In a row of its own; the cell behind the field stays free for the cursor. */
static void place_alone(struct form_place *place, const struct form_item *item, int cols)
{
    place->label_col = MARGIN;
    place->field_col = MARGIN + label_cells(cols);
    place->width = least(wanted_width(item), cols - place->field_col - 1);
    if (place->width < 1)
        place->width = 1;
    place->rows = item->kind == FORM_LONG ? (item->rows ? item->rows : LONG_ROWS) : 1;
}

/* Behind the item before, where there is room. */
static bool place_beside(struct form_place *place, const struct form_place *before,
                         const struct form_item *item, int cols)
{
    int label_col = before->field_col + before->width + GAP_BESIDE;
    int field_col = label_col + text_cells(item->label) + 2;

    if (before->rows != 1 || field_col + wanted_width(item) + 1 > cols)
        return false;
    *place = (struct form_place){.page = before->page,
                                 .row = before->row,
                                 .label_row = before->row,
                                 .label_col = label_col,
                                 .field_col = field_col,
                                 .width = wanted_width(item),
                                 .rows = 1};
    return true;
}

/* A cell and its label above: beside the cell before it, or in two rows of their own. Returns how
 * many rows it took. */
static int place_cell(struct form_place *place, const struct form_place *before,
                      const struct form_item *item, int page, int row, int cols)
{
    int width = least(wanted_width(item), cols - MARGIN - 1);
    bool beside = before && before->field_col + before->width + 1 + width < cols;
    int col = beside ? before->field_col + before->width + 1 : MARGIN;

    *place = (struct form_place){.page = beside ? before->page : page,
                                 .row = beside ? before->row : row + 1,
                                 .label_row = beside ? before->row - 1 : row,
                                 .label_col = col,
                                 .field_col = col,
                                 .width = width > 1 ? width : 1,
                                 .rows = 1};
    return beside ? 0 : 2;
}

void form_layout(struct form *form, int body_rows, int cols)
{
    int page = 0;
    int row = 0;

    form->body_rows = body_rows;
    form->cols = cols;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_item *item = &form->items[i];
        struct form_place *place = &form->places[i];
        if ((item->flags & FORM_BESIDE) && i > 0 && place_beside(place, place - 1, item, cols))
            continue;
        if (item->flags & FORM_CELL) {
            bool follows = i > 0 && (form->items[i - 1].flags & FORM_CELL);
            if (row + 2 > body_rows && row > 0) {
                page++;
                row = 0;
            }
            row += place_cell(place, follows ? place - 1 : NULL, item, page, row, cols);
            continue;
        }
        place_alone(place, item, cols);
        place->rows = least(place->rows, body_rows);
        /* A heading does not stay behind at the foot of a page; between sections a blank row. */
        bool heading = item->kind == FORM_HEADING;
        if (heading && row > 0)
            row++;
        if (row + place->rows + heading > body_rows && row > 0) {
            page++;
            row = 0;
        }
        place->page = page;
        place->row = place->label_row = row;
        row += place->rows;
    }
    form->pages = page + 1;
}

int form_rows(struct form *form, int rows, int cols)
{
    int page = 0, taken = 0;

    form_layout(form, rows > 0 ? rows : 1, cols);
    if (form->at < form->count)
        page = form->places[form->at].page;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_place *place = &form->places[i];
        if (place->page == page && place->row + place->rows > taken)
            taken = place->row + place->rows;
    }
    return taken;
}
