/* SPDX-License-Identifier: MIT */
/* What waits in the correspondence, said in a line of a first screen. Layer: tui; uses store. */
#ifndef AMPARO_TUI_MAILROW_H
#define AMPARO_TUI_MAILROW_H

#include "amparo/base/buf.h"
#include "amparo/store/correspondence.h"

struct mail_waiting {
    struct inbox_counts inbox;
    struct outbox_counts outbox;
};

/* It may take a while: not between a key and what it shows. */
bool mailrow_read(struct store *store, struct mail_waiting *out, struct error *err);

/* "3 ask something of us; 1 is to be placed"; nothing where nothing waits. */
void mailrow_say_inbox(struct buf *out, const struct mail_waiting *w);
/* "2 are to be sent; 1 post does not answer". */
void mailrow_say_outbox(struct buf *out, const struct mail_waiting *w);

#endif
