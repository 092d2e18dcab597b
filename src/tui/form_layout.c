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
#define WHOLE_ROW 1000

static int label_cells(int cols)
{
    return cols >= 60 ? LABEL_WIDE : cols >= 32 ? LABEL_NARROW : LABEL_TINY;
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
    *place =
        (struct form_place){before->page, before->row, label_col, field_col, wanted_width(item), 1};
    return true;
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
        place->row = row;
        row += place->rows;
    }
    form->pages = page + 1;
}
