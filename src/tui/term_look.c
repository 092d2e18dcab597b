/* SPDX-License-Identifier: MIT */
/*
 * What each role looks like: as nothing on a plain line, by attributes, and by colours where there
 * are any and NO_COLOR does not forbid them. No state is told by its look alone: the marker, a
 * letter or a word says it too. Of the terminal's own colours only those are used that can be read
 * on a dark and on a light ground; which shades they are is its own business, so COLORTERM is not
 * asked.
 */
#include "amparo/tui/term.h"

#include <stdlib.h>

#include "term_work.h"

enum { OWN, RED, MAGENTA }; /* pairs; always on the terminal's own ground */

static const struct {
    attr_t attributes;
    short pair;
} looks[ROLE_COUNT] = {
    [ROLE_HEADING] = {A_BOLD, OWN},     [ROLE_OFFERED] = {A_DIM, OWN},
    [ROLE_FOCUS] = {A_BOLD, OWN},       [ROLE_ERROR] = {A_BOLD, RED},
    [ROLE_DOUBT] = {A_NORMAL, MAGENTA}, [ROLE_MESSAGE] = {A_BOLD, OWN},
};

bool term_no_colour(void)
{
    const char *said = getenv("NO_COLOR");

    return said && *said;
}

void term_start_looks(struct terminal *term)
{
    term->colours = !term->plain && !term_no_colour() && has_colors();
    if (!term->colours)
        return;
    start_color();
    use_default_colors(); /* otherwise each coloured letter costs ten bytes more */
    init_pair(RED, COLOR_RED, -1);
    init_pair(MAGENTA, COLOR_MAGENTA, -1);
}

bool term_is_plain(const struct terminal *term)
{
    return term->plain;
}

/* Dim alone tells nobody: some terminals hardly show it, and it cannot be read aloud. */
bool term_shows(const struct terminal *term, enum term_role role)
{
    if (term->plain)
        return false;
    return (looks[role].attributes & term_attrs() & ~A_DIM) ||
           (term->colours && looks[role].pair != OWN);
}

void term_set_role(const struct terminal *term, enum term_role role)
{
    attr_t attributes = term->plain ? A_NORMAL : looks[role].attributes;

    attr_set(attributes, term->colours ? looks[role].pair : OWN, NULL);
}
