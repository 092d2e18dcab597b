/* SPDX-License-Identifier: MIT */
/*
 * Notes verbales: the text that goes out, made of what the case holds and of the words of
 * data/notes. The screens' preview and the printed note are the same text.
 * Layer: paper; uses agreement, store (the post's profile), base.
 *
 * A sentence that states a fact is there only where the case holds the fact. What the reader may
 * not have is left out by redact_payload(), by the consents as they are now: after consent is
 * withdrawn, a reprint has no identity any more.
 */
#ifndef AMPARO_PAPER_NOTE_H
#define AMPARO_PAPER_NOTE_H

#include "amparo/agreement/case.h"
#include "amparo/agreement/receivable.h"
#include "amparo/agreement/redact.h"
#include "amparo/paper/language.h"
#include "amparo/page/paper.h"
#include "amparo/store/store.h"

struct worklist;

/* What a document is made of. */
struct paper_source {
    const struct case_file *c;
    const struct post_profile *post; /* of the post that keeps the file */
    const json_t *directory;         /* as case.h has it; may be NULL */
    const struct paper_language *language;
    const char *now;     /* RFC 3339 */
    const char *as_of;   /* YYYY-MM-DD: case and `now` are of that day; NULL: of today */
    const char *printed; /* RFC 3339; NULL: now */
    const char *officer; /* who prints, or NULL */
    const struct receivable_terms *terms; /* when an advance is due; NULL: as usual */
    const struct file_costs *budgets;     /* IOM's (store/costs.h), or NULL */
    const struct worklist *work;          /* what the case waits for (store/worklist.h), or NULL */
};

/*
 * The note as pages. `note` is one that was recorded; or NULL, and `draft` is the payload of one
 * that is being written, complete or not: it says DRAFT and has no number. `audience` NULL: the
 * office it is addressed to. A note that came in is printed as a slip of the register.
 * ERROR_INPUT where there are no words for its kind.
 */
bool paper_note(const struct paper_source *source, const struct entry *note, const json_t *draft,
                const struct audience *audience, struct paper *out, struct error *err);

/*
 * The text of a poll as it goes to the focal points: paragraphs, no pages. `poll` is the payload
 * of the act, recorded or being written. Where the officer wrote a text of their own, that one.
 */
bool paper_poll_text(const struct paper_source *source, const json_t *poll, struct buf *out,
                     struct error *err);

/*
 * The note of that number: "3" or "3/2026", "E-045/2026", as this post's register has it; where
 * none of ours has it, the other side's number of a note that came in. NULL: ERROR_INPUT says which
 * there are.
 */
const struct entry *paper_find_note(const struct case_file *c, const char *number,
                                    struct error *err);

/* The tables of fields that those words may use, ended by NULL. */
const struct template_field *const *paper_note_fields(void);

/* Finds the faults of the words of every language: for the tests. */
bool paper_check_words(struct error *err);

#endif
