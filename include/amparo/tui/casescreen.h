/* SPDX-License-Identifier: MIT */
/*
 * What all screens of one case have in common: their state begins with a casework, they are read
 * alike, their top line says the case and what is missing, and who else is in it. Layer: tui.
 */
#ifndef AMPARO_TUI_CASESCREEN_H
#define AMPARO_TUI_CASESCREEN_H

#include "amparo/tui/casework.h"
#include "amparo/tui/screen.h"

/* The state of such a screen, or the first member of it. */
struct casescreen {
    struct casework w;
};

/* A new screen of that type; `size` bytes of state, the rest of it zero. */
struct screen *casescreen_push(struct app *app, const struct screen_type *type, size_t size,
                               const char *reference);

/* For the types: load reads the case and says where we are; close frees all of the state. */
bool casescreen_load(struct screen *s, struct error *err);
void casescreen_close(struct screen *s);

/* Enters in the access log that it was looked at: "case", or the name of an act. */
void casescreen_viewed(struct screen *s, const char *what);

/* The keep of all of them: the reference. */
void casescreen_keep(struct screen *s, json_t *kept);

static inline struct casework *casescreen_work(const struct screen *s)
{
    return &((struct casescreen *)s->state)->w;
}

/* "HN-2026-0012  RAMÍREZ ORDÓÑEZ, Karen Yamileth   United Arab Emirates", as much as fits. */
void casescreen_name(const struct casework *w, struct buf *out, int cells);

/* Adds where it stands, and how much is missing for the next step: "poll · 2 missing"; behind
 * another word the second alone where both would make it wider than so many cells. */
void casescreen_state(const struct casework *w, struct buf *out, int cells);

/* Others in this case: "Ana Pineda is in this case"; nothing where one is alone. */
void casescreen_others(const struct screen *s, struct buf *out);

/* How much is said of a case. */
enum case_said { CASE_REFERENCE, CASE_MISSING, CASE_STATE, CASE_IN_STATE, CASE_IN_FULL };

/*
 * Adds what the top line says of the case: reference, person, where it stands, how much is missing
 * for the next step: at most that much, and only as much as fits when `out` may have `cells` cells.
 */
void casescreen_say(const struct screen *s, struct buf *out, enum case_said most, int cells);

/* A head: the title, and at the right the case with what is missing; with `more` behind the title.
 */
void casescreen_head(const struct screen *s, struct buf *where, struct buf *right);
void casescreen_head_with(const struct screen *s, const char *more, struct buf *where,
                          struct buf *right);

/* Pushes the form of an act of this case. */
void casescreen_form(struct screen *s, enum act_kind kind);

#endif
