/* SPDX-License-Identifier: MIT */
/*
 * A document of a case, by name, as it is read on the screen and printed: the one way that commands
 * and screens make it. All functions here, and those of the other documents, write into an empty
 * document that the caller made with paper_init() and releases, whatever comes of it; page/plain.h
 * makes text of it. Layer: paper; uses store, agreement, base.
 */
#ifndef AMPARO_PAPER_DOCUMENT_H
#define AMPARO_PAPER_DOCUMENT_H

#include "amparo/agreement/redact.h"
#include "amparo/base/buf.h"
#include "amparo/paper/language.h"
#include "amparo/page/paper.h"
#include "amparo/store/accesslog.h"
#include "amparo/store/register.h"
#include "amparo/store/store.h"

enum document_kind {
    DOCUMENT_SUMMARY,
    DOCUMENT_NOTE,
    DOCUMENT_POLL,
    DOCUMENT_COSTS,
    DOCUMENT_SHORT, /* the summary on a page */
    DOCUMENT_RECEIPT,
    DOCUMENT_RECEIPT_FULL,
};

/* As on the command line, in that order; ended by NULL. */
extern const char *const document_names[];

struct document_order {
    enum document_kind kind;
    /* Which note: one of the three, the others NULL. Of a receipt the first is the person's number;
     * NULL: there is one person alone. */
    const char *number;              /* as paper_find_note() takes it */
    const char *note;                /* id of the act, hex */
    const json_t *draft;             /* payload of one that is being written */
    const struct audience *audience; /* NULL: this post; of a note, whom it is addressed to */
    const char
        *language;     /* NULL: the note's own, the person's, else the reader's where we have it */
    const char *as_of; /* YYYY-MM-DD: as the case stood at the end of that day; NULL: now */
    long copies; /* so many are printed or written down at once: then they are numbered, and in the
                  * access log; 0: it is only read */
    bool as_draft;               /* they are marked as a draft, and get no number and no code */
    struct access_copy *entered; /* what was entered; or NULL */
    struct buf *remarks;         /* what the officer should know of it, a line each; or NULL */
};

/*
 * Afterwards the reader's language is as before. ERROR_INPUT where there is no such case, note,
 * poll or language.
 */
bool document_make(struct store *store, const char *reference, const struct document_order *order,
                   struct paper *out, struct error *err);

/* Writes what a document says, in that language. */
typedef bool document_fn(void *ctx, const struct paper_language *language, struct paper *paper,
                         struct error *err);

/*
 * Makes a document of any kind in the language of that code, in which the catalogue speaks
 * meanwhile; NULL: the reader's. ERROR_INPUT where there is no such language.
 */
bool document_in(struct store *store, const char *code, document_fn *write, void *ctx,
                 struct paper *out, struct error *err);

/*
 * The register of the post's notes: those that went out, then those that came in, in the order of
 * their numbers. language NULL: the reader's. `copies` and `entered` as in document_order.
 * ERROR_INPUT: not in that language.
 */
bool document_register(struct store *store, const struct register_filter *filter,
                       const char *language, long copies, struct access_copy *entered,
                       struct paper *out, struct error *err);

/*
 * A form to be filled in by hand: of the whole intake (ACT_NONE), or of one act (blankform.h).
 * The others as above.
 */
bool document_blank(struct store *store, enum act_kind kind, const char *language, long copies,
                    struct access_copy *entered, struct paper *out, struct error *err);

#endif
