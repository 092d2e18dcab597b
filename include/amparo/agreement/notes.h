/* SPDX-License-Identifier: MIT */
/*
 * The register of notes verbales: by which numbers a note is known, and what became of it. Our own
 * numbers are the store's to give (record.h): of the notes that went out and of those that came in,
 * each without gaps in a year.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_NOTES_H
#define AMPARO_AGREEMENT_NOTES_H

#include "amparo/agreement/case.h"

/* Keys of act.context under which the store keeps our numbers, by direction. */
extern const char note_number_key[]; /* "3/2026", of one that went out */
extern const char note_entry_key[];  /* "E-045/2026", of one that came in */

/* Whether the note came in. */
bool note_came_in(const struct entry *note);

/* Our number of the note, of either kind; "" where none was given. */
const char *note_own_number(const struct entry *note);

/* Ours where one was given, else the sender's; "" where there is none. */
const char *note_number_text(const struct entry *note);

/* The number by which another note quotes it: its sender's. */
const char *note_quoted_number(const struct entry *note);

/* Appends how people call it here: "3/2026"; "E-045/2026 (77/2026)" with the sender's number. */
void note_call(const struct entry *note, struct buf *out);

/*
 * Reads one of our numbers, as act.context has it. False: there is none.
 */
struct note_place {
    bool incoming;
    int64_t year, number;
};
bool note_place_read(const json_t *context, struct note_place *place);
/* The text of a place: a new string. */
char *note_place_text(const struct note_place *place);

/*
 * What is told of a note besides its words ("sent_how", "sent_on", "delivered_on",
 * "acknowledged_on", "reply_due"): by the act `delivery` that was recorded last and says it, else
 * by the note; "".
 */
const char *note_told(const struct case_file *c, const struct entry *note, const char *key);

/*
 * The line of the register: a new reference with those that are known of "direction", "kind",
 * "date", "state", "office", "city", "number" (the sender's of one that came in), "subject",
 * "sent_how", "sent_on", "delivered_on", "acknowledged_on", "reply_due", "in_reply_to",
 * "answered_by", "same_as" (how those notes are called), "annulled" (true) and its "reason". A
 * function of the acts alone. Of a note that names a person under the protection lock, what people
 * wrote in it is left out.
 */
json_t *note_slip(const struct case_file *c, const struct entry *note);

#endif
