/* SPDX-License-Identifier: MIT */
/*
 * Who a text tells of, as people write: no case, no accents, numbers with or without blanks.
 * Asked by the redaction function and by the gates. Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_IDENTITY_H
#define AMPARO_AGREEMENT_IDENTITY_H

#include "amparo/agreement/case.h"

/* Do the words of the value stand together in the text? Not an empty value's. */
bool text_has_words(const char *text, const char *value);

/* Does the text have the last digits of the number? Its country may be left out; a number of
 * less than six digits tells nothing. */
bool text_has_digits(const char *text, const char *number);

/* Does the text have a name, a given name alone, a document or a number of the person, as any of
 * the records of that person has it? */
bool identity_in_text(const struct case_file *c, long person, const char *text);

/* The same, but for a name that one of those others bears too: it may be meant by it. */
bool identity_in_text_beside(const struct case_file *c, long person, const char *text,
                             const long *others, size_t count);

#endif
