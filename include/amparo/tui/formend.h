/* SPDX-License-Identifier: MIT */
/*
 * What stands between a form and its being done: values that were only offered, and those that need
 * another look. Layer: tui; uses app, form, actitems.
 */
#ifndef AMPARO_TUI_FORMEND_H
#define AMPARO_TUI_FORMEND_H

#include "amparo/tui/actitems.h"
#include "amparo/tui/app.h"
#include "amparo/tui/form.h"

/*
 * Whether all that stands in the form was passed over; the field one is in has been left. Else the
 * form is at the first value that was not, and it is said how many there are; asked again by F2
 * alone, all count as passed.
 */
bool formend_passed(struct app *app, struct form *form);

/*
 * Marks what is wrong beside its field: a gap, with its article, where nothing stands there. False
 * where the form has no such field.
 */
bool formend_mark(struct form *form, const struct act_items *items, const char *path,
                  const char *text);

/*
 * Says how many values need another look. Where not all of them stand on the page that one is on,
 * all are listed, and each line leads to its field.
 */
void formend_show(struct app *app, struct form *form, const struct act_items *items);

/* The answer to that list, on every screen that has a form (screen.h). */
void formend_go(struct screen *below, long tag, void *keys);

#endif
