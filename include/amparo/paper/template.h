/* SPDX-License-Identifier: MIT */
/*
 * The template language of the notes: text with fields in braces. data/notes/README tells the
 * people who change wording; this is the same for who changes the program.
 * Layer: paper; uses base.
 *
 *   {name}                     the value of a field; {Name} with a capital letter
 *   {if name} … {else} … {end} only where the field has a value; {if not name} where it has none
 *   {> passage}                another template of the same language, filled with the same fields
 *
 * A line that begins with # is a comment. An empty line ends a paragraph; any other line break and
 * run of blanks is one blank; a blank before , ; . : is dropped. Where the text before a field and
 * the first word of its value run together in the language (de el: del), they do.
 */
#ifndef AMPARO_PAPER_TEMPLATE_H
#define AMPARO_PAPER_TEMPLATE_H

#include <stdbool.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

struct template_field {
    const char *name;                                /* small letters, dots; NULL ends a table */
    const char *help;                                /* what it says, for who changes wording */
    void (*write)(const void *ctx, struct buf *out); /* nothing: the fact does not hold */
};

/* `before` and `value` at a seam become `joined`; all NULL ends a table. */
struct template_seam {
    const char *before, *value, *joined;
};

struct template_language {
    const struct template_field *const *fields; /* tables, ended by NULL */
    const struct template_seam *seams;
    /* The text of a passage, or NULL. */
    const char *(*passage)(const void *ctx, const char *name);
    const void *ctx; /* for the functions */
};

/*
 * Appends the filled template, paragraphs separated by an empty line. ERROR_INPUT with a line
 * for each fault ("line 3: unknown field …"), in branches not taken too; nothing is appended then.
 */
bool template_fill(const char *source, const struct template_language *language, struct buf *out,
                   struct error *err);

#endif
