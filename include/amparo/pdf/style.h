/* SPDX-License-Identifier: MIT */
/*
 * How pages look: sizes of paper, margins, and what each kind of text is set in. All lengths are
 * points, from the upper left corner. Layer: pdf; uses page.
 */
#ifndef AMPARO_PDF_STYLE_H
#define AMPARO_PDF_STYLE_H

#include <stdbool.h>

#include "amparo/page/paper.h"

/* What a text is on its page. */
enum face {
    FACE_BODY,
    FACE_TITLE,
    FACE_HEADING,
    FACE_LABEL,   /* of a field */
    FACE_CELL,    /* of a table */
    FACE_HEAD,    /* of a column */
    FACE_UNDER,   /* a line set in under a row */
    FACE_SUM,     /* of a row that adds up others */
    FACE_RUNNING, /* over and under every page */
    FACE_DRAWING, /* letters of one width, whose lines touch */
    FACE_TYPED,   /* large ones, which are typed or read aloud from the paper */
    FACES,
};

struct face_style {
    const char *family;
    double size, pitch; /* of the letters; from line to line */
    bool bold;
    double grey; /* 0: black */
};

struct style {
    const struct face_style *faces; /* by enum face */
    double width, height;           /* of the paper */
    double left, column;            /* where the column of text begins, and its width */
    double top, bottom;             /* of the column, from the upper edge */
    double head, foot; /* the line below what runs over every page, the one above what is under */
    int cells_left, cells; /* the cells of a document that the column stands for */
};

void style_init(struct style *style, enum paper_style kind, enum paper_size size);

/* From the upper edge of a line to where its letters stand. */
double face_baseline(const struct face_style *face);

/* Where that cell of a document begins; and how wide so many cells are. */
double style_x(const struct style *style, int cell);
double style_width(const struct style *style, int cells);

#endif
