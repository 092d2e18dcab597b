/* SPDX-License-Identifier: MIT */
/*
 * What a case file knows of a paper, by the code that stands on it (papercode.h): of what was
 * printed here, which document, when, by whom, for whom, and whether what it was printed from is
 * still the same; of a note that came by pouch, what its dispatch says. Layer: store; uses
 * agreement.
 *
 * The entry is held against its signature and the one before it, the acts of the case against
 * theirs, and the code is made anew of both: what was forged, changed or exchanged in the file does
 * not pass. That no entry was cut off at the end, and the rest of the file, is for store_verify().
 */
#ifndef AMPARO_STORE_PAPERFOUND_H
#define AMPARO_STORE_PAPERFOUND_H

#include <jansson.h>

#include "amparo/store/papercode.h"

/*
 * Tells it, and enters in the access log that it was asked. A new reference, for papersay.h and
 * machines:
 *   "code", "kind" (paper_kind_name), "case" ("" of the whole file)
 *   "printed": {"entry", "first", "copy", "at", "by", "for", "language", "as_of", "failed"}, of what
 *              was printed here; failed: the log heard that it arrived nowhere
 *   what papernote.h sets, of a note: as it stood when it was printed, or as its dispatch says it
 *   "persons", of another document of a case: how many it has; "person": whose receipt it is
 *   "changes": [{"change": "annulled", "withdrawn", "corrected", "erased"; of another document the
 *              name of an act of its case; "at", "by", "fields"}] since it was printed
 *   "acts": how many were recorded in the whole file since, of a document of no case; "of": the
 *           day of the meeting of a report, the year of a register
 *   "restricted": true: the case is for its officers alone, and what the paper says is left out
 * NULL: ERROR_VAULT where it is of no paper that is known here, or something is not as it was
 * signed.
 */
json_t *store_paper(struct store *store, const struct paper_code *code, struct error *err);

#endif
