/* SPDX-License-Identifier: MIT */
/*
 * A document becomes a copy when it leaves the program, on paper or in a file: it is entered in the
 * access log, and what tells one copy from another stands on it from then on: its number, when it
 * was made (and by whom, where it stays in the house), and its code (store/papercode.h), in letters
 * at the foot of every page and as a QR at its end. Whatever is printed goes through here, but what
 * has a check of its own (key cards, recovery sheets) and blank forms, which say nothing. Layer:
 * paper; uses store, base.
 */
#ifndef AMPARO_PAPER_COPY_H
#define AMPARO_PAPER_COPY_H

#include "amparo/agreement/act.h"
#include "amparo/page/paper.h"
#include "amparo/store/accesslog.h"

/*
 * Enters a document that was made, in its own language (access->language is not looked at), and
 * writes on it which copies it is: those that are made at once are alike. `note` is the id of the
 * note's act; NULL of another document. A draft is entered, and gets no number and no code; nor
 * does anything where there is no access log (access_enter). *entered, which may be NULL, gets what
 * was entered.
 */
bool paper_copy(struct store *store, const struct access *access, const uint8_t note[ACT_ID_SIZE],
                bool draft, struct paper *paper, struct access_copy *entered, struct error *err);

#endif
