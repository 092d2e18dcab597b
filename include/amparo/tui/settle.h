/* SPDX-License-Identifier: MIT */
/* What a text typed into a field of the field table means. Layer: tui; uses agreement, form. */
#ifndef AMPARO_TUI_SETTLE_H
#define AMPARO_TUI_SETTLE_H

#include "amparo/agreement/values.h"
#include "amparo/tui/form.h"

/* As the settle hook of a form: may tidy *value, says it in words or what is wrong in *echo. */
enum form_level field_settle(const struct field *field, struct instant now, struct buf *value,
                             struct buf *echo);

#endif
