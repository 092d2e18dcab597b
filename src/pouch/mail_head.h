/* SPDX-License-Identifier: MIT */
/* The head of a message or of a part: what reading its body needs of it. Layer: pouch, inside. */
#ifndef AMPARO_POUCH_MAIL_HEAD_H
#define AMPARO_POUCH_MAIL_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"

struct mail_head {
    struct buf type;     /* Content-Type, unfolded; empty: none */
    struct buf encoding; /* Content-Transfer-Encoding */
    bool mail;           /* it has fields that a message has */
    size_t size;         /* bytes, with the empty line after it */
};

/* Reads it, as far as lines are fields; there may be none. */
void mail_head_read(struct mail_head *head, const char *text, size_t size);
void mail_head_release(struct mail_head *head);

/* Whether the value begins with that word, in any case. */
bool mail_head_is(const struct buf *value, const char *word);

/* Appends a parameter of the type ("boundary"), also where it is given in pieces (RFC 2231). */
void mail_head_parameter(const struct mail_head *head, const char *name, struct buf *out);

#endif
