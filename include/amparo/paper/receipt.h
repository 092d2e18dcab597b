/* SPDX-License-Identifier: MIT */
/*
 * The receipt that a migrant gets in her hands, in her language: that she was heard, to whom what
 * will be told by her consents as they are, that she may refuse and take back, that nothing is
 * promised, how the post is reached; and a slip for the file. Layer: paper; uses agreement, store,
 * base.
 *
 * Whoever looks for her may find it. As it usually is, it says neither her name, nor why she came,
 * what she needs or whom she named; in full it does, for who can keep it safely. What may stand on
 * it redact_payload() says, with her as the audience.
 */
#ifndef AMPARO_PAPER_RECEIPT_H
#define AMPARO_PAPER_RECEIPT_H

#include "amparo/paper/note.h"

/*
 * The person of that number, or (NULL) the only one of the case. 0: there is none, or somebody
 * erased; ERROR_INPUT.
 */
long paper_receipt_person(const struct case_file *c, const char *number, struct error *err);

/* ERROR_REFUSED for who is under the protection lock (Art. 3): there is none in full. */
bool paper_receipt_may_be_full(const struct case_file *c, long person, struct error *err);

/* The first of her languages that documents are in; NULL: none of them. */
const char *paper_receipt_language(const struct case_file *c, long person);

/* Of who is under the protection lock it is never in full. */
bool paper_receipt(const struct paper_source *source, long person, bool full, struct paper *out,
                   struct error *err);

/*
 * What the officer should know before handing over one that was printed in that language, in the
 * reader's: a line for each.
 */
void paper_receipt_remarks(const struct case_file *c, long person, const char *language,
                           const struct letterhead *letterhead, struct buf *out);

/* The fields of receipt.txt, ended by name NULL: for the tests. */
extern const struct template_field paper_receipt_fields[];

#endif
