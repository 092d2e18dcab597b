/* SPDX-License-Identifier: MIT */
/*
 * The code of a paper: twenty characters at the foot of what was printed, as text and as a QR, by
 * which whoever holds the paper asks what it is (`amparo verify`): the post that printed it, in its
 * case file (paperfound.h), and for a note everybody who has the case's dispatches, in a dossier
 * (pouch/dossier_code.h) or in a file of their own. Layer: store; uses vault, base.
 *
 *   N7QX-93MD-PZ4V-8T2C-W6H5
 *   1       which document (paper_kind_of): what a dossier can tell of it, to begin with
 *   2-13    the document, 60 bits
 *   14-19   the copy, 30 bits
 *   20      a check over all of it (base/spell.h): one wrong character is always found, and so are
 *           two that have changed places
 *
 * What it binds. A print is an entry of the access log, which is chained and signed by its officer
 * and says which document of which case, which copy, when, for whom, in which language, and how far
 * the log of acts had come. The copy is 30 bits of BLAKE2b-512("amparo paper", 0, head of the
 * entry, its signature); the document is the 60 bits after them, but of a note those of
 * BLAKE2b-512("amparo paper note", 0, id of the note's act), so that all copies of a note have the
 * same first thirteen characters and one who never saw the log can know the note by them. In the
 * file all of it is worked out anew from entry and act: an entry or an act that was changed,
 * exchanged or made up does not give the code that stands on the paper, or no signature for it.
 *
 * A dispatch of a note (what a dossier, and the file of whom it went to, hold of it) carries in its
 * core, under paper_seal_key, the seal of the document: 80 bits of Argon2id(salt: the id of the
 * post that wrote it; "amparo paper seal", 0, the twelve characters of the document), as sixteen
 * characters. The core is signed, goes to everybody and stays when persons are erased, so that it
 * is checked without any part that is personal. Who has the code finds the note by it; who has the
 * dispatch and no paper would have to try 2^60 codes, each as slow as Argon2id is.
 *
 * What it leaks: nothing. An act's id is a hash over at least eight random bytes and over salted
 * commitments, an entry's signature is known to nobody outside of the file, and neither ever leaves
 * it; of persons there is nothing in either. The first character says what a glance at the paper
 * says. Drafts have no code: they are no act and no entry.
 *
 * What it does not bind is the wording on the paper. The file and the dispatch know what the paper
 * should say; the answer says it, for people to compare.
 */
#ifndef AMPARO_STORE_PAPERCODE_H
#define AMPARO_STORE_PAPERCODE_H

#include "amparo/agreement/act.h"
#include "amparo/agreement/dispatch.h"
#include "amparo/store/accesslog.h"

enum {
    PAPER_DOCUMENT = 12, /* characters, of 5 bits each */
    PAPER_COPY = 6,
    PAPER_CODE = 1 + PAPER_DOCUMENT + PAPER_COPY + 1,
    PAPER_CODE_SIZE = PAPER_CODE + 4 + 1, /* bytes as it is printed, with the final NUL */
    PAPER_SEAL = 16,
};

struct paper_code {
    char text[PAPER_CODE + 1]; /* without hyphens: what the QR holds */
};

/* What a code says that its paper is. */
enum paper_kind {
    PAPER_OTHER, /* none of these, or of a later version */
    PAPER_NOTE,
    PAPER_SUMMARY,
    PAPER_POLL,
    PAPER_COSTS,
    PAPER_REGISTER,
    PAPER_REPORT,
    PAPER_STATISTICS,
    PAPER_SHORT,
    PAPER_RECEIPT,
    PAPER_OFFICES,
};

/* By the first word of what the access log calls it ("note 3/2026"); of a code; and "note" …, for
 * machine output, and the word for people: N_(). */
enum paper_kind paper_kind_called(const char *what);
enum paper_kind paper_kind_of(const struct paper_code *code);
const char *paper_kind_name(enum paper_kind kind);
const char *paper_kind_label(enum paper_kind kind);

/* The code of what was entered; `note` is the id of the note's act, NULL for another document. */
void paper_code_make(const char *what, const uint8_t mark[ACCESS_MARK],
                     const uint8_t note[ACT_ID_SIZE], struct paper_code *out);

/* As people read it, in groups; returns `out`. */
const char *paper_code_print(const struct paper_code *code, char out[PAPER_CODE_SIZE]);

/*
 * Reads one that was typed or scanned: case, blanks and hyphens do not matter, O is 0, I and L are
 * 1. ERROR_INPUT says what is wrong with it: a character that no code has, too few or too many, or
 * one that was mistyped.
 */
bool paper_code_parse(const char *text, struct paper_code *out, struct error *err);

/* Is it of that entry: the copy; and the document too, where it is no note? */
bool paper_code_is_copy(const struct paper_code *code, const uint8_t mark[ACCESS_MARK]);
bool paper_code_is_entry(const struct paper_code *code, const uint8_t mark[ACCESS_MARK]);
/* Is it of the note of that act? */
bool paper_code_is_note(const struct paper_code *code, const uint8_t act[ACT_ID_SIZE]);

/* Key of a dispatch's context under which a note has the seal of its paper. */
extern const char paper_seal_key[];

/* The seal, for dispatches of that post: sixteen characters and a NUL. Takes about ten
 * milliseconds; false (ERROR_FAILED) where there is no memory for it. */
bool paper_seal(const struct paper_code *code, const uint8_t author[POST_ID],
                char out[PAPER_SEAL + 1], struct error *err);
bool paper_seal_note(const uint8_t act[ACT_ID_SIZE], const uint8_t author[POST_ID],
                     char out[PAPER_SEAL + 1], struct error *err);

/* Two posts say that it is the code of a note of theirs: who holds a paper can say so too. False,
 * with the error (ERROR_VAULT). */
bool paper_of_two(const struct paper_code *code, struct error *err);

#endif
