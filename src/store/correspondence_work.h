/* SPDX-License-Identifier: MIT */
/* What the files share that read the correspondence. */
#ifndef AMPARO_STORE_CORRESPONDENCE_WORK_H
#define AMPARO_STORE_CORRESPONDENCE_WORK_H

#include "amparo/store/conversed.h"
#include "amparo/store/correspondence.h"
#include "outgoing_work.h"

/* The conversation of a case, and the case here, where there is one. */
struct talked {
    struct store *store;
    const struct trusted *trust;
    struct case_key key;
    struct conversed talk;
    bool known;
    uint8_t case_id[CASE_ID];
    struct case_over over;
};

/* The caller releases *out, also where it fails. */
bool talked_load(struct store *store, const struct trusted *trust, const struct case_key *key,
                 struct talked *out, struct error *err);
void talked_release(struct talked *t);

/* Adds one of its dispatches. */
void talked_letter(struct talked *t, size_t place, struct letters *out);

/* Says of those in the list that are of this case what they ask of us, and until when. */
void talked_ask(struct talked *t, struct letters *list);

/* ---- the inbox ---- */

/* A case of which something is to be seen, and what is another number when anything has changed
 * that bears on it: what was refused, came, went, was added or erased, or was recorded. Whom the
 * post trusts is told apart (store->trust_turn). */
enum { INBOX_MARKS = 5 };

struct inbox_case {
    struct case_key key;
    int64_t marks[INBOX_MARKS];
};

/* Those of correspondence.h, the last that came first; the caller frees the list. */
struct inbox_cases {
    struct inbox_case *list;
    size_t count;
};

bool inbox_cases_find(struct store *store, struct inbox_cases *out, struct error *err);

/* Adds what came in of one. */
bool inbox_case_letters(struct store *store, const struct trusted *trust,
                        const struct case_key *key, struct letters *out, struct error *err);

/* An empty one at the end. */
struct letter *letters_add(struct letters *out);

/* Was it said before the other one, by their authors' clocks? */
bool letter_is_before(const struct letter *a, const struct letter *b);

/* The acts of a case that no dispatch says, and that another office said or hears of. */
void letters_alone(struct store *store, const struct case_file *c,
                   const struct kept_dispatches *kept, struct letters *out);

#endif
