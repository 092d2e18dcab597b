/* SPDX-License-Identifier: MIT */
/*
 * A document as a list of blocks: what stands on paper, before anything is known of lines and
 * pages. page/plain.h makes lines of 80 columns of it, page/bytes.h the description that the
 * program amparo-pdf draws. Layer: page; uses base.
 *
 * Begin with paper_init(), write from top to bottom, end with paper_release(), which wipes it.
 * Whatever is written is made fit to show on its way in (control and bidirectional characters), so
 * texts of others need no care here. Distances are cells: a tenth of an inch in plain text, and in
 * a drawn page that share of the column of text.
 */
#ifndef AMPARO_PAGE_PAPER_H
#define AMPARO_PAGE_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"

enum { PAPER_COLUMNS = 80, PAPER_MOST_TEXTS = 32 };

enum paper_size { PAPER_LETTER, PAPER_A4 };

/* "letter", "a4"; false for another word. */
bool paper_size_parse(const char *name, enum paper_size *size);

enum block_kind {
    BLOCK_PARAGRAPH, /* text */
    BLOCK_HEADING,   /* text; it stays with what follows */
    BLOCK_LABELLED,  /* label, text; number: cells of the label */
    BLOCK_ENDS,      /* text at the left, text at the right */
    BLOCK_RULE,      /* with a text: to be cut along, with these words on it */
    BLOCK_BLANK,     /* number: lines of room for what is done by hand; 0: an empty line */
    BLOCK_PAGE,      /* what follows begins a page */
    BLOCK_ROW,       /* of a table: a text for each column */
    BLOCK_DRAWING,   /* lines as they stand, all on one page; number: 1 where they are large */
    BLOCK_BAR,       /* of a chart: label, what the number is called; number, of the largest */
    BLOCK_QR,    /* what it says, what is written beside it, the same as drawing in plain text */
    BLOCK_IMAGE, /* a PNG, where pages are drawn; nothing in plain text */
    BLOCK_ENTRY, /* a label, or two side by side; number: lines to write on by hand, cells of
                  * each label */
    BLOCK_TICKS, /* label, then what may be ticked by hand; cells of the label */
    BLOCK_KINDS,
};

enum block_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGNS };

struct block {
    enum block_kind kind;
    enum block_align align;
    bool keep;       /* its end on the same page as what follows */
    bool whole;      /* not cut between pages, while that leaves none half empty */
    bool head;       /* a row that heads its table: repeated where the table goes on */
    bool sum;        /* a row that adds up those above it */
    int left, width; /* of the column that it stands in: cells from the left edge, and its width */
    size_t table;    /* rows of the same number are one table, whatever stands between them */
    long number, of; /* see the kinds */
    size_t count;    /* of texts */
    char *texts[PAPER_MOST_TEXTS];
    int cells[PAPER_MOST_TEXTS]; /* of a row: the columns' widths in plain text */
    struct buf image;
};

/* How many texts run over the pages, or are of the document as a whole: paper_running(). */
enum { PAPER_RUNNING = 9 };

/* How wide the margins are. */
enum paper_style {
    STYLE_PLAIN,
    STYLE_NOTE, /* a note verbale: 1.5 inches at the left, 1 inch at the right */
    PAPER_STYLES,
};

struct paper {
    struct block *blocks;
    size_t count, room;
    int left, width; /* of the next block */
    size_t table;    /* of the next row */
    size_t code;     /* which block the code is to be, from 1; 0: it comes last */
    enum paper_style style;
    struct buf title;    /* at the foot of every page, and at the head from the second on */
    struct buf mark;     /* at the right of the same line: class, DRAFT */
    struct buf pages;    /* "page %zu of %zu", in the language of the document */
    struct buf witness;  /* before it at the foot: the state of the file that it was printed from */
    struct buf printed;  /* below them: who printed it, and when; may be empty */
    struct buf draft;    /* at the head of each page and across drawn ones, of what is no final
                          * document; may be empty */
    struct buf over;     /* at the head from the second page on: what is written in there by hand */
    struct buf language; /* "en", "es", "fr" */
    struct buf at;       /* RFC 3339: when it was made; the date of the file */
};

/* Margins as a note has them: 1.5 inches left, 1 inch right, at ten letters to the inch. */
enum { PAPER_NOTE_LEFT = 10, PAPER_NOTE_WIDTH = 62 };

void paper_init(struct paper *p);
void paper_release(struct paper *p);

/* One of them, in the order of the description (bytes.h). */
struct buf *paper_running(struct paper *p, size_t i);

/* Where the following blocks stand. */
void paper_margins(struct paper *p, int left, int width);

/* Newlines begin a new line. An empty text is nothing. */
void paper_paragraph(struct paper *p, const char *text);
/* A text with a label at its left, where it has room there. An empty text still has its label. */
void paper_labelled(struct paper *p, const char *label, int label_cells, const char *text);
/* Two texts at the two ends of one line; where they do not fit, of two lines. */
void paper_ends(struct paper *p, const char *left, const char *right);
void paper_right(struct paper *p, const char *text);
void paper_centred(struct paper *p, const char *text);
void paper_rule(struct paper *p);
/* An empty line, but not two in a row, nor at the top of the document. */
void paper_blank(struct paper *p);
/* Room for initials, a seal or a signature, as high as so many lines to write on. */
void paper_room(struct paper *p, int lines);
/* A heading with an empty line above; it stays with what follows. */
void paper_heading(struct paper *p, const char *text);
void paper_new_page(struct paper *p);
/* The block written last ends on the page where the next one begins. */
void paper_keep(struct paper *p);
/* So do all written since p->count was `from`, and none of them is cut. */
void paper_keep_from(struct paper *p, size_t from);
/* Those stay on one page, if any were written, and not with what follows. */
void paper_keep_together(struct paper *p, size_t from);
/* The end of each of those before p->blocks[end] on the same page as what follows it. */
void paper_keep_each(struct paper *p, size_t from, size_t end);
/* As paper_keep_from(), of lines that tell of one thing: many may be cut, but not near their ends.
 */
void paper_keep_lines(struct paper *p, size_t from);
/* The block written last may end a page after all. */
void paper_let_go(struct paper *p);

/* Lines as they stand, blanks at their beginning too, all on one page where one has room. */
void paper_drawing(struct paper *p, const char *lines);
/* The same, in large letters of one width: what is typed or read aloud from the paper. */
void paper_typed(struct paper *p, const char *lines);

/*
 * A row of a table: each text wraps in its own column. `cells` are the widths of the columns in
 * plain text, with two cells between them; where pages are drawn they are measured.
 */
void paper_row(struct paper *p, size_t columns, const int *cells, const char *const *texts);
/* Begins a table with a row that is repeated at the head of each page on which it goes on. */
void paper_head_row(struct paper *p, size_t columns, const int *cells, const char *const *texts);
/* A row that adds up those above it: a line over it, and bold where pages are drawn. */
void paper_sum_row(struct paper *p, size_t columns, const int *cells, const char *const *texts);
/*
 * The table written since p->count was `from` is complete. What stands under a row (a row without
 * a first text, a paragraph) stays with it; one of few rows is whole; of a longer one no row stands
 * alone at the foot of a page, nor at the top.
 */
void paper_keep_table(struct paper *p, size_t from);
/* A sentence under what was written last, on the same page. */
void paper_remark(struct paper *p, const char *text);

/*
 * A bar of a chart, of the length of number / of, and beside it the number as it is to be written.
 * Bars that follow each other are one chart.
 */
void paper_bar(struct paper *p, const char *label, long number, long of, const char *said);

/* A QR code, with a text beside it; `drawing` is what plain text has instead, or "". */
void paper_qr(struct paper *p, const char *says, const char *beside, const char *drawing);
/* The one that says which copy this is: where paper_code_here() was said, else at the end, and on
 * no page of its own where that can be helped. */
void paper_code(struct paper *p, const char *says, const char *beside);
void paper_code_here(struct paper *p);
/* A PNG of the letterhead, centred; the bytes are copied. */
void paper_image(struct paper *p, const void *png, size_t size);

/* To be filled in by hand: a label and so many lines; boxes to tick, each with its words. */
void paper_entry(struct paper *p, const char *label, int label_cells, int lines);
/* Two side by side, each on its half of the line. */
void paper_entry_pair(struct paper *p, const char *first, const char *second, int label_cells);
void paper_ticks(struct paper *p, const char *label, int label_cells, size_t count,
                 const char *const *texts);
/* Dashes across, for scissors, with words in their middle. */
void paper_cut(struct paper *p, const char *words);

/* Appends what is said at the head of a page of the whole document, once each: "DRAFT  –  class".
 */
void paper_marks(const struct paper *p, struct buf *out);

/* Appends a copy of what p->pages says of a page: "page 2 of 7". */
void paper_number(const struct paper *p, size_t page, size_t pages, struct buf *out);

#endif
