/* SPDX-License-Identifier: MIT */
/*
 * Acts, persons and deadlines said in one line: for histories, lists of choices and the message
 * line. Layer: tui; uses agreement, base.
 */
#ifndef AMPARO_TUI_DESCRIBE_H
#define AMPARO_TUI_DESCRIBE_H

#include "amparo/agreement/redact.h"
#include "amparo/base/instant.h"

/* "Mexico offers: shelter, legal advice", with its marks: transcribed, corrected, annulled. */
void describe_entry(struct buf *out, const struct case_file *c, const struct entry *entry,
                    translate_fn *tr);
/* The two parts of it. */
void describe_act(struct buf *out, const struct case_file *c, const struct entry *entry,
                  translate_fn *tr);
void describe_marks(struct buf *out, const struct entry *entry, translate_fn *tr);

/* The same of a payload that is not recorded yet. */
void describe_payload(struct buf *out, const struct case_file *c, enum act_kind kind,
                      const json_t *payload, translate_fn *tr);

/* "RAMÍREZ ORDÓÑEZ, Karen Yamileth"; "under lock" for who is; the number where nobody is recorded.
 */
void describe_person(struct buf *out, const struct case_file *c, long person, translate_fn *tr);

/* The person as lists name them: their title, or why it is not shown. */
const char *describe_title(const char *title, enum name_hidden hidden);

/* What stands between a label and what it says: ": ", in French with a blank before it. */
const char *label_colon(void);

/* Time left: "2 h", "today", "3 days"; past: "1 day!". when: date or instant. */
void describe_due(struct buf *out, const char *when, struct instant now);

#endif
