/* SPDX-License-Identifier: MIT */
/*
 * A document as plain text: lines of at most 80 columns, cut into pages that say which of how many
 * they are. For dot-matrix printers and for reading in the terminal. Columns are cells, so that
 * accents and wide letters line up.
 * Layer: paper; uses base.
 *
 * Begin with paper_init(), write from top to bottom, take the text with paper_text(), end with
 * paper_release(). Whatever is written is made fit to show on its way in (control and
 * bidirectional characters), so texts of others need no care here.
 */
#ifndef AMPARO_PAPER_PAGE_H
#define AMPARO_PAPER_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"

enum { PAPER_COLUMNS = 80 };

enum paper_size { PAPER_LETTER, PAPER_A4 };

/* "letter", "a4"; false for another word. */
bool paper_size_parse(const char *name, enum paper_size *size);

struct paper_line {
    char *text;
    bool keep; /* on the same page as the next line */
    bool one;  /* the same, however much of the page before stays empty */
    bool last; /* of its page, wherever that is */
};

struct paper {
    struct paper_line *lines;
    size_t count, room;
    int left, width;    /* the column of text: cells from the left edge, and its width */
    struct buf title;   /* at the foot of every page, and at the head from the second on */
    struct buf mark;    /* at the right of the same line: class, DRAFT */
    struct buf pages;   /* "page %zu of %zu", in the language of the document */
    struct buf witness; /* before it at the foot: the state of the file that it was printed from */
};

/* Margins as a note has them: 1.5 inches left, 1 inch right, at ten letters to the inch. */
enum { PAPER_NOTE_LEFT = 10, PAPER_NOTE_WIDTH = 62 };

void paper_init(struct paper *p);
void paper_release(struct paper *p);

/* Where the following lines stand. */
void paper_margins(struct paper *p, int left, int width);

/* One paragraph, wrapped; newlines in it begin a new line. */
void paper_paragraph(struct paper *p, const char *text);
/* A paragraph with a label at its left; the text starts `label_cells` further right, and a label
 * that is longer takes a line of its own. An empty text still prints the label. */
void paper_labelled(struct paper *p, const char *label, int label_cells, const char *text);
/* Two texts at the two ends of one line; where they do not fit, of two lines. */
void paper_ends(struct paper *p, const char *left, const char *right);
void paper_right(struct paper *p, const char *text);
void paper_centred(struct paper *p, const char *text);
void paper_rule(struct paper *p);
/* Empty lines, but not two in a row, nor at the top of the document. */
void paper_blank(struct paper *p);
/* A heading with a line above; it stays with what follows. */
void paper_heading(struct paper *p, const char *text);
void paper_new_page(struct paper *p);
/* The line written last stays with the next one. */
void paper_keep(struct paper *p);
/* So does every line written since p->count was `from`. */
void paper_keep_from(struct paper *p, size_t from);

/* Lines as they stand, blanks at their beginning too, all on one page where one has room. */
void paper_drawing(struct paper *p, const char *lines);

/* A row of a table: each text wraps in its own column; two cells between the columns. */
void paper_row(struct paper *p, size_t columns, const int *cells, const char *const *texts);

/* The pages, with a form feed between them, every line ended by a newline. */
void paper_text(const struct paper *p, enum paper_size size, struct buf *out);

#endif
