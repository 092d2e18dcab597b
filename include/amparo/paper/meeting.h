/* SPDX-License-Identifier: MIT */
/*
 * What goes to the meeting of the network, as pages: the report of 7.7, and the statistics.
 * Layer: paper; uses store, agreement, base.
 */
#ifndef AMPARO_PAPER_MEETING_H
#define AMPARO_PAPER_MEETING_H

#include "amparo/page/paper.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/report.h"

/*
 * The pages of a report, `tree` being what store_report_tree() made; language NULL: the
 * reader's where we have it. ERROR_INPUT for a language in which there are no documents.
 */
bool meeting_report(struct store *store, const json_t *tree, const char *language,
                    struct paper *out, struct error *err);

/* The same of store_statistics(). */
bool meeting_statistics(struct store *store, const json_t *tree, const char *language,
                        struct paper *out, struct error *err);

/*
 * Enters in the access log that so many copies of the report for the meeting of that day (NULL: the
 * statistics) go to the network, and writes on these pages what makes them copies (copy.h); pages
 * NULL: it goes for machines. *entered (may be NULL) gets what was entered.
 */
bool meeting_enter_taken(struct store *store, const char *day, long copies, struct paper *pages,
                         struct access_copy *entered, struct error *err);

/*
 * Who stands out in a report, for the officer before it goes out: a line for each, with what to
 * leave out; nothing where nobody does. In the reader's language.
 */
void meeting_report_warnings(const json_t *tree, struct buf *out);

#endif
