/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/style.h"

#define SANS "DejaVu Sans, Droid Sans Fallback"
#define SERIF "DejaVu Serif, Droid Sans Fallback"
#define MONO "DejaVu Sans Mono, Droid Sans Fallback"

static const struct {
    double width, height;
} sizes[] = {
    [PAPER_LETTER] = {612, 792},
    [PAPER_A4] = {595.276, 841.89},
};

static const struct face_style plain_faces[FACES] = {
    [FACE_BODY] = {SANS, 9, 12.6, false, 0},        [FACE_TITLE] = {SANS, 13, 17, true, 0},
    [FACE_HEADING] = {SANS, 9, 12.6, true, 0},      [FACE_LABEL] = {SANS, 8.5, 12.6, false, 0.35},
    [FACE_CELL] = {SANS, 8.5, 11.6, false, 0},      [FACE_HEAD] = {SANS, 8, 11.6, true, 0},
    [FACE_RUNNING] = {SANS, 7.2, 9.6, false, 0.35}, [FACE_DRAWING] = {MONO, 8, 9.3125, false, 0},
    [FACE_SUM] = {SANS, 8.5, 11.6, true, 0},        [FACE_UNDER] = {SANS, 8, 10.8, false, 0.2},
    [FACE_TYPED] = {MONO, 13, 21, false, 0},
};

static const struct face_style note_faces[FACES] = {
    [FACE_BODY] = {SERIF, 10, 15, false, 0},        [FACE_TITLE] = {SERIF, 12.5, 18, true, 0},
    [FACE_HEADING] = {SERIF, 10, 15, true, 0},      [FACE_LABEL] = {SERIF, 9, 14, false, 0.3},
    [FACE_CELL] = {SERIF, 9, 12.6, false, 0},       [FACE_HEAD] = {SERIF, 8.5, 12.6, true, 0},
    [FACE_RUNNING] = {SANS, 7.2, 9.6, false, 0.35}, [FACE_DRAWING] = {MONO, 8, 9.3125, false, 0},
    [FACE_SUM] = {SERIF, 9, 12.6, true, 0},         [FACE_UNDER] = {SERIF, 8.5, 11.8, false, 0.2},
    [FACE_TYPED] = {MONO, 13, 21, false, 0},
};

/* What differs between the styles; margins in points. */
static const struct {
    const struct face_style *faces;
    double left, right;
    int cells_left, cells;
} kinds[PAPER_STYLES] = {
    [STYLE_PLAIN] = {plain_faces, 62, 62, 0, PAPER_COLUMNS},
    [STYLE_NOTE] = {note_faces, 108, 72, PAPER_NOTE_LEFT, PAPER_NOTE_WIDTH},
};

#define CAPITALS 0.73 /* how high they are, of the size */

/* From the edges of the paper: what printers leave white is less. */
enum { HEAD = 46, TOP = 64, FOOT = 58, BOTTOM = 74 };

void style_init(struct style *style, enum paper_style kind, enum paper_size size)
{
    *style = (struct style){
        .faces = kinds[kind].faces,
        .width = sizes[size].width,
        .height = sizes[size].height,
        .left = kinds[kind].left,
        .column = sizes[size].width - kinds[kind].left - kinds[kind].right,
        .top = TOP,
        .bottom = sizes[size].height - BOTTOM,
        .head = HEAD,
        .foot = sizes[size].height - FOOT,
        .cells_left = kinds[kind].cells_left,
        .cells = kinds[kind].cells,
    };
}

/* Capitals stand in the middle of their line. */
double face_baseline(const struct face_style *face)
{
    return (face->pitch + CAPITALS * face->size) / 2;
}

double style_width(const struct style *style, int cells)
{
    return style->column * cells / style->cells;
}

double style_x(const struct style *style, int cell)
{
    return style->left + style_width(style, cell - style->cells_left);
}
