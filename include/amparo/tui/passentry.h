/* SPDX-License-Identifier: MIT */
/* A passphrase as it is typed: in locked memory, shown nowhere, wiped at the end. Layer: tui. */
#ifndef AMPARO_TUI_PASSENTRY_H
#define AMPARO_TUI_PASSENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/store/store.h"
#include "amparo/tui/event.h"

enum { PASSENTRY_MAX = 1024 }; /* bytes */

struct passentry {
    char *bytes; /* sodium_malloc */
    size_t length;
};

void passentry_init(struct passentry *secret);
void passentry_release(struct passentry *secret);
void passentry_clear(struct passentry *secret);

/* Takes text, a paste (its first line), Backspace and Ctrl-U (empties); false: not for it. */
bool passentry_event(struct passentry *secret, const struct term_event *event);

/* For the store; valid until the secret changes. */
struct passphrase passentry_passphrase(const struct passentry *secret);

#endif
