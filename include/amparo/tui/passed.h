/* SPDX-License-Identifier: MIT */
/* Before a form is done: nothing that it only offered counts unsaid. Layer: tui; uses app, form. */
#ifndef AMPARO_TUI_PASSED_H
#define AMPARO_TUI_PASSED_H

#include "amparo/tui/app.h"
#include "amparo/tui/form.h"

/*
 * Whether all that stands in the form was passed over; the field one is in has been left. Else the
 * form is at the first value that was not, and it is said how many there are; asked again by F2
 * alone, all count as passed.
 */
bool passed_over(struct app *app, struct form *form);

#endif
