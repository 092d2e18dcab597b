/* SPDX-License-Identifier: MIT */
/*
 * What an act holds, as lines of a body: labels and values by the field table. Layer: tui; uses
 * agreement, base.
 */
#ifndef AMPARO_TUI_SHOWING_H
#define AMPARO_TUI_SHOWING_H

#include "amparo/agreement/case.h"
#include "amparo/tui/body.h"

struct showing {
    struct body *b;
    const struct case_file *c; /* that tells names of persons and notes; NULL: none */
    int width;
    const char *lacking; /* N_(): what stands where a field that is needed is missing */
};

/* A label and a text that is wrapped behind it; `depth` steps further in. */
void showing_line(const struct showing *v, enum body_style style, int depth, const char *label,
                  const char *text);
void showing_blank(const struct showing *v);

/* All fields of an act, and what it may carry; `before` is what was recorded first, where that was
 * corrected; else NULL. */
void showing_payload(const struct showing *v, const struct act_type *type, const json_t *now,
                     const json_t *before);

/* A label and 64 digits, which have their line, with as little before them as may be. */
void showing_hash(const struct showing *v, const char *label, const char *hash);

#endif
