/* SPDX-License-Identifier: MIT */
/*
 * QR codes on the screen, one at a time, as large as there is room for. Layer: tui; uses pouch,
 * term.
 */
#ifndef AMPARO_TUI_QRVIEW_H
#define AMPARO_TUI_QRVIEW_H

#include <jansson.h>

#include "amparo/pouch/frames.h"
#include "amparo/tui/term.h"

struct qrview {
    struct qr_frames frames;
    int version;   /* for which they were made, the largest that fits; 0: none does */
    bool blocks;   /* half blocks, else two signs of ASCII a module */
    bool dark;     /* drawn dark on light, else light on dark */
    size_t number; /* the one that is shown, from 0 */
};

/* Makes the codes of what is shown, of at most that version. False: it cannot. */
typedef bool qrview_make(void *ctx, int version, struct qr_frames *out);

/* Forgets the codes: another thing is shown from now on. */
void qrview_forget(struct qrview *view);

/*
 * Makes the codes again where other ones fit into so many rows and cells than at the last time. A
 * slow line is spared the blocks, where there is room for signs. False: there is no room.
 */
bool qrview_fit(struct qrview *view, struct terminal *term, int rows, int cells, qrview_make *make,
                void *ctx);

/* Draws the one that is shown; returns the cells that it takes. */
int qrview_draw(const struct qrview *view, struct terminal *term, int row, int col);

/* Words beside a code, from that cell to the right edge, the first line of them in that role; the
 * cursor is put to them. */
void qrview_words(struct terminal *term, int row, int rows, int col, enum term_role first,
                  const char *text);

#endif
