/* SPDX-License-Identifier: MIT */
/* What the files of the summary share. Not for others. */
#ifndef AMPARO_PAPER_SUMMARY_PARTS_H
#define AMPARO_PAPER_SUMMARY_PARTS_H

#include "amparo/agreement/ledger.h"
#include "amparo/paper/summary.h"

struct summary {
    const struct paper_source *source;
    const struct audience *audience;
    struct paper *p;
    json_t *whole; /* case_json(), or NULL without a directory */
};

/* Of a table: how many, and how wide in plain text. */
struct columns {
    size_t count;
    int cells[4];
};

/* A text in the document's language. */
static inline const char *summary_tr(const struct summary *s, const char *msgid)
{
    return s->source->language->tr(msgid);
}

/* The name of a State; the label of a code of that act's field; the heads of a table. */
const char *summary_state(const struct summary *s, const char *state);
const char *summary_label(const struct summary *s, enum act_kind kind, const char *key,
                          const char *code);
void summary_header(const struct summary *s, size_t columns, const int *cells,
                    const char *const *msgids);

/* A heading of the document, translated. */
void summary_heading(const struct summary *s, const char *msgid);
/* Where an entry has something: its payload as the audience may have it; a new reference. */
json_t *summary_payload(const struct summary *s, const struct entry *e);

/* The reasoned exception of an act, where it has one: an override is printed. */
void summary_override(const struct summary *s, const json_t *payload);

/* Begins a document, and writes its head; `title` is N_(). */
void summary_begin(struct summary *s, const struct paper_source *source,
                   const struct audience *audience, struct paper *out);
void summary_head(const struct summary *s, const char *title);

/* That a State polled has not answered, as it is said. */
const char *summary_silence(const struct summary *s, const struct entry *poll);

/* Whether that person is on no paper of their own State. */
bool summary_keeps_off(const struct summary *s, long person);

/* The sums of the costs that the audience may have; ended by ledger_release(). */
void summary_ledger(const struct summary *s, struct ledger *ledger);

void summary_requirements(const struct summary *s);
void summary_directory(const struct summary *s);
void summary_polls(const struct summary *s);
void summary_poll_answers(const struct summary *s, const struct entry *poll);
void summary_notes(const struct summary *s);
void summary_order(const struct summary *s);
void summary_sent(const struct summary *s);
void summary_costs(const struct summary *s);

#endif
