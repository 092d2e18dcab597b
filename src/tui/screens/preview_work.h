/* SPDX-License-Identifier: MIT */
/* What the parts of the preview share; for preview*.c only. */
#ifndef AMPARO_TUI_PREVIEW_WORK_H
#define AMPARO_TUI_PREVIEW_WORK_H

#include "amparo/page/paper.h"
#include "amparo/paper/document.h"
#include "amparo/tui/printing.h"

#define PREVIEW_NOWHERE ((size_t)-1)

/* A line that is wider than the screen: wrapped to be read, or from which cell on it is shown. */
enum { PREVIEW_WRAPPED = -1, PREVIEW_SHIFT = 20 };

struct preview {
    char *title;                          /* N_() */
    void (*accept)(struct screen *below); /* NULL: only to read */
    char *what;                           /* as the access log calls it when it is printed */
    struct paper paper;   /* the document as it was made; empty of what is a text and no more */
    enum paper_size size; /* of the paper that it is read on: the post's */
    struct buf text;      /* as it is shown, page by page */

    char *reference; /* of a case's document; or NULL: where there is no `how`, it stays as it is */
    enum document_kind kind;
    char *note;           /* id of the act, or NULL */
    json_t *draft;        /* of a note that is being written: its payload */
    long person;          /* whose receipt it is, or 0 */
    char *as_of;          /* the day as which the case stood, or NULL: now */
    const char *language; /* NULL: the document's own */

    json_t *how; /* of a document of the whole file, what preview_file() was told; or NULL */

    char *wanted; /* what is searched, or NULL */
    size_t found; /* the line that has it, or PREVIEW_NOWHERE */
    int column;   /* the cell where it begins */
    long pages;   /* how many there are */
    int shift;    /* PREVIEW_WRAPPED, or cells */
};

/* ---- preview_text.c: what is read ---- */

bool preview_load(struct screen *s, struct error *err);
void preview_build(struct screen *s, int width);
/* The next language in which it reads otherwise, round and round. */
void preview_other_language(struct screen *s);
/* What is printed of it. */
print_take_fn preview_take_copy;
/* Takes the document over and shows it. */
void preview_take(struct preview *p, struct paper *paper);

/* ---- preview_file.c: documents of the whole file ---- */

/* What is printed of it. */
print_take_fn preview_take_file;

/* ---- preview_find.c: searching in it ---- */

void preview_find(struct screen *s);
void preview_find_next(struct screen *s);
void preview_found(struct screen *below, const char *wanted);
bool preview_was_searched(const struct screen *s);
void preview_find_keep(const struct preview *p, json_t *kept);
void preview_find_again(struct preview *p, const json_t *kept);

/* ---- preview.c ---- */

/* That line comes into sight as the first one, or as near to it as there are lines. */
void preview_go_to(struct screen *s, size_t line);

/* ---- preview_open.c: which one it is ---- */

void preview_keep(struct screen *s, json_t *kept);
/* Shows a document of the whole file as it was made, and takes it over. */
void preview_show_file(struct app *app, const char *title, json_t *how, struct paper *paper);

#endif
