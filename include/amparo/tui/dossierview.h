/* SPDX-License-Identifier: MIT */
/*
 * A dossier as this file sees it: what it proves under the root that is set here, and with what
 * the directory here knows of keys that were revoked. Layer: tui; uses pouch, store.
 */
#ifndef AMPARO_TUI_DOSSIERVIEW_H
#define AMPARO_TUI_DOSSIERVIEW_H

#include "amparo/tui/screen.h"

/* Shows the page of it; false where the directory here cannot be read: err says why. */
bool dossier_view(struct app *app, const struct buf *bytes, struct error *err);

/* Whether that file is one, whatever it proves; shows it then. */
bool dossier_view_file(struct app *app, const char *typed);

#endif
