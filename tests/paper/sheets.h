/* SPDX-License-Identifier: MIT */
/*
 * Every document of the program in one language, from made-up data at a fixed time, handed one by
 * one to who draws it. For the tests of how documents look, and for people who look at them.
 */
#ifndef AMPARO_TESTS_SHEETS_H
#define AMPARO_TESTS_SHEETS_H

#include "amparo/page/paper.h"
#include "amparo/paper/document.h"

struct sheets {
    struct store *store;  /* of a post of Honduras, on 21 March 2026, with what sheets_file() put */
    const char *language; /* of the documents */
    void (*draw)(const struct sheets *s, const char *name, const struct paper *p);
    void *ctx; /* of who draws */
};

/* The acts, offices and meetings of which the documents of a post are made. */
void sheets_file(struct store *store);

/* Makes all documents in that language; the rest of *s stands. */
void sheets_make(struct sheets *s);

/* Of which they are made. */
void sheets_of_notes(const struct sheets *s);
void sheets_of_cases(const struct sheets *s);
void sheets_of_post(const struct sheets *s);
void sheets_of_hands(const struct sheets *s);

/* A document that goes out as a copy (paper/copy.h), and how it is entered in the access log. */
struct sheet {
    const char *name;
    const char *what, *recipient; /* what NULL: it is none */
    const uint8_t *note;          /* id of its act, or NULL */
    bool draft;
};

/* Makes it by that function, as document_in() has it, and gives it to who draws. */
void sheet_write(const struct sheets *s, const struct sheet *sheet, document_fn *write, void *ctx);

/* Gives one to who draws that is there; `made`: err says why it is not. Releases it. */
void sheet_put(const struct sheets *s, const char *name, bool made, struct paper *p,
               struct error *err);

#endif
