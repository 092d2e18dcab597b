/* SPDX-License-Identifier: MIT */
/*
 * Every kind of note, from the two sides of one case: Honduras that asks, and the embassy of Mexico
 * that is asked. For the tests that hold what is printed. No gate is asked, and no store.
 */
#ifndef AMPARO_TESTS_NOTE_KIT_H
#define AMPARO_TESTS_NOTE_KIT_H

#include "fold_kit.h"

#include "amparo/paper/note.h"

struct note_sample {
    const char *name;
    bool assisting;    /* Mexico's side of the case */
    bool ended;        /* the case is closed and was presented */
    const char *draft; /* the payload of the note, for kit_json() */
};

/* Ended by one without a name. */
extern const struct note_sample note_samples[];

/* What such a note is made of; may be changed before it is. */
struct note_kit {
    struct case_file c;
    json_t *directory;
    struct paper_language language;
    struct paper_source source; /* of all these; it is 21 March 2026, and a pilot */
};

/* k stays where it is until note_kit_end(). */
void note_kit_begin(struct note_kit *k, const struct note_sample *sample, const char *lang);
void note_kit_end(struct note_kit *k);

/* Gives the note that was added last its number in the register. */
void note_kit_number(struct case_file *c, const char *number);

#endif
