/* SPDX-License-Identifier: MIT */
/*
 * Text as people see it: grapheme clusters (what a person calls a letter) and cells (the columns
 * that it takes in a terminal). Layer: base; uses buf, mem and the library utf8proc.
 *
 * Inside the program text is UTF-8 in normal form C; text_normalize() is the gate for what comes
 * in. No function here depends on the locale. Everything tolerates bytes that are not UTF-8: each
 * such byte is a cluster of its own, one cell wide, and is shown as U+FFFD. Offsets are in bytes.
 */
#ifndef AMPARO_BASE_TEXT_H
#define AMPARO_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"

/* Whether the bytes are UTF-8 (no surrogates, nothing overlong) without a NUL among them. */
bool text_valid(const char *bytes, size_t size);

/* No visible character: blanks of any script and what draws nothing do not count. NULL is blank. */
bool text_is_blank(const char *text);

/* Appends the text in normal form C. False, with nothing appended, where it is not valid. */
bool text_normalize(struct buf *out, const char *bytes, size_t size);

/* The boundary after the cluster that starts at `at`; `at` itself at the end of the text. */
size_t text_next(const char *text, size_t at);

/* The last cluster boundary before `at`; 0 at the start. */
size_t text_prev(const char *text, size_t at);

/* Whether the cluster at `at` is of a word: letters, marks and numbers. */
bool text_in_word(const char *text, size_t at);

/* Word moves as in an editor: to the end of this or the next word, to the start of one. */
size_t text_next_word(const char *text, size_t at);
size_t text_prev_word(const char *text, size_t at);

/* Clusters and cells of the whole text; cells of its first `size` bytes. */
size_t text_clusters(const char *text);
int text_cells(const char *text);
int text_cells_n(const char *text, size_t size);

/* How many bytes from the start fit in so many cells, never half a cluster. */
size_t text_fit(const char *text, int cells);

/*
 * Appends exactly `cells` cells: the text, made fit to show, cut with a last "…" where it is too
 * long and filled with blanks where it is short.
 */
void text_pad(struct buf *out, const char *text, int cells);

/*
 * Appends the first `size` bytes as they may be sent to a terminal: a tab or newline is a blank;
 * other control and formatting characters (bidirectional ones too, and joiners but in scripts whose
 * letters join), unassigned and private ones, and stray bytes are U+FFFD; of joined emoji the first
 * stands for all, as terminals disagree on the rest. The result takes text_cells_n(text, size)
 * cells. For every text that somebody else wrote, and harmless for our own.
 */
void text_shown(struct buf *out, const char *text, size_t size);

/* Whether a text is printed as it stands: on one line, letters that show, no blank at its end. */
bool text_prints(const char *text);

/*
 * Appends a text that is valid for a terminal that knows ASCII alone: letters without their marks,
 * dashes and quotes plain, "?" for what has no such form.
 */
void text_ascii(struct buf *out, const char *text);

/*
 * Appends the key by which people search: compatibility forms taken apart, no diacritics (Ñ is N),
 * upper-case, letters such as Ø Æ ß Ł spelt out, typographic apostrophes and hyphens made plain,
 * runs of space made one blank, none at either end, and nothing that is not seen. Folding a folded
 * text changes nothing.
 */
void text_fold(struct buf *out, const char *text);

/*
 * The order of texts in a dictionary, whatever the locale: indices of `texts`, by the folded
 * texts, and where those are alike as they stand.
 */
void text_order(const char *const *texts, size_t count, size_t *order);

/* How well what was typed matches a label, accents and case ignored; the better, the higher. */
enum text_match {
    TEXT_MATCH_NONE,  /* some word typed is nowhere in the label */
    TEXT_MATCH_PART,  /* each word typed is somewhere in the label */
    TEXT_MATCH_WORDS, /* each word typed starts a word of the label */
    TEXT_MATCH_START, /* the label starts with what was typed */
    TEXT_MATCH_WHOLE, /* they are the same */
};
enum text_match text_match(const char *typed, const char *label);
/* The same with a text that text_fold() made of what was typed: where many labels are gone through.
 */
enum text_match text_match_folded(const char *folded, const char *label);

/*
 * Word wrap, a line at a time: returns the bytes that the first line takes of the text, with the
 * newline or the blanks that end it; 0 at the end of the text. *shown is the part of them to show,
 * at most `cells` cells; a longer word is broken between clusters. cells is 2 or more, so that
 * every cluster has room.
 */
size_t text_wrap(const char *text, int cells, size_t *shown);

/* The same, but a line ends at a blank of which `holds` says yes only where it has no other. */
size_t text_wrap_held(const char *text, int cells, bool (*holds)(const char *text, size_t at),
                      size_t *shown);

/*
 * Appends the words of a text in lines that end within `width` cells, each with its newline; those
 * after the first are set in by `indent` cells, where on the first the caller has already written.
 * Nothing for an empty text. The bytes stay as they are. width - indent is 2 or more.
 */
void text_put_wrapped(struct buf *out, const char *text, int width, int indent);

#endif
