/* SPDX-License-Identifier: MIT */
/* What the report and the statistics share: words of data/notes added to a line. Not for others. */
#ifndef AMPARO_PAPER_MEETING_WORDS_H
#define AMPARO_PAPER_MEETING_WORDS_H

#include <jansson.h>

#include "amparo/paper/language.h"
#include "amparo/page/paper.h"
#include "amparo/store/store.h"

struct meeting_pages {
    const struct paper_language *language;
    struct paper *p;
    const json_t *tree;
    const struct post_profile *post; /* that keeps the file */
    const char *now;                 /* of the figures */
};

/* A table and charts of the cases of a report; nothing of a single one. */
void meeting_overview(const struct meeting_pages *r);

/* The word of the list, or the key where the list lacks it. */
void meeting_add_word(const struct meeting_pages *r, const char *list, const char *key,
                      struct buf *out);

/* The codes of an array as words, commas between. */
void meeting_add_codes(const struct meeting_pages *r, const char *list, const json_t *codes,
                       struct buf *out);

/* A country's usual name; those of an array, commas between. */
void meeting_add_country(const struct meeting_pages *r, const char *code, struct buf *out);
void meeting_add_countries(const struct meeting_pages *r, const json_t *codes, struct buf *out);

/* "13 h", "5 days". */
void meeting_add_hours(const struct meeting_pages *r, long hours, struct buf *out);

/* Between which two steps a delay is: "opening to poll". */
void meeting_add_span(const struct meeting_pages *r, const json_t *delay, struct buf *out);

/* What parts two things, where there is something already. */
void meeting_add_next(struct buf *out, const char *between);

/* The same, of what is longer: a semicolon as the language writes it. */
void meeting_add_part(const struct meeting_pages *r, struct buf *out);

#endif
