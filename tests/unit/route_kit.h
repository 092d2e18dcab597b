/* SPDX-License-Identifier: MIT */
/* What the tests of the routes share: pouches of any bytes, a visitor that keeps what it is given.
 */
#ifndef TESTS_UNIT_ROUTE_KIT_H
#define TESTS_UNIT_ROUTE_KIT_H

#include "kit.h"

#include "amparo/base/buf.h"
#include "amparo/pouch/found.h"

enum { KEPT_MOST = 64 };

struct kept {
    size_t count;
    struct kept_one {
        struct pouch_found found; /* its bytes are NULL */
        struct buf bytes, fault;
    } one[KEPT_MOST];
};

/* A pouch_visit whose ctx is a struct kept, empty (all zero) at first. */
bool kept_visit(void *ctx, const struct pouch_found *found);
void kept_release(struct kept *kept);

/* Appends a pouch as far as a route can tell: the first bytes, and `size` in all; always the same
 * for the same seed. */
void kit_pouch(struct buf *out, size_t size, unsigned seed);

/* Exactly that one was found, whole, in that form. */
void kit_assert_only(const struct kept *kept, const struct buf *pouch, enum pouch_form form);

/* Appends `text` with every occurrence of `what` replaced. */
void kit_replace(struct buf *out, const char *text, const char *what, const char *with);

/* Appends the text as quoted-printable, with lines of at most `columns`; HTML's signs too. */
void kit_quoted_printable(struct buf *out, const char *text, size_t size, size_t columns);

#endif
