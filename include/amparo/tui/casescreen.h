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

/* "HN-2026-0012  RAMÍREZ ORDÓÑEZ, Karen Yamileth   United Arab Emirates"; brief: without the
 * country.
 */
void casescreen_name(const struct casework *w, struct buf *out, bool brief);

/* Others in this case: "Ana Pineda is in this case"; nothing where one is alone. */
void casescreen_others(const struct screen *s, struct buf *out);

/* A head: `title`, and the reference at the right. */
void casescreen_head(const struct screen *s, struct buf *where, struct buf *right);

/* Pushes the form of an act of this case. */
void casescreen_form(struct screen *s, enum act_kind kind);

#endif
