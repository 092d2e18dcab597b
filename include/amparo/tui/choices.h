/* SPDX-License-Identifier: MIT */
/*
 * What may stand in a field of a form: the codes of the field table, countries, the persons and
 * acts of the case. And what stands there unless one types something else.
 * Layer: tui; uses agreement, base.
 */
#ifndef AMPARO_TUI_CHOICES_H
#define AMPARO_TUI_CHOICES_H

#include "amparo/tui/casework.h"

struct choice {
    char *value;      /* as values.h has it */
    char *label;      /* in the reader's language */
    const char *also; /* further words by which it is found (codewords.h), or NULL */
};

struct choices {
    struct choice *list;
    size_t count, room;
    bool several; /* more than one may be taken */
    bool words;   /* people see the labels alone, which have the values in them */
};

/* The codes of all States in the order of their names in the reader's language; ended by NULL. */
const char *const *choices_states(void);

/* All choices of a field of that act; none where anything may be typed. */
void choices_make(struct choices *out, const struct casework *w, enum act_kind kind,
                  const struct field *field);
void choices_release(struct choices *choices);

/*
 * The value to stand dim in the field at `path` until something else is typed; a new string, or
 * NULL. Nothing is invented: dates are today's, persons the only ones, States those of the
 * case. `state` is the other State that the form is about so far, or "".
 */
char *default_value(const struct casework *w, enum act_kind kind, const char *path,
                    const char *state);

/* Whether that value leaves no choice: a number that is the next one, the only person of the case.
 * Such a value is no guess that a person has to look at. */
bool default_is_given(const struct casework *w, enum act_kind kind, const char *path);

#endif
