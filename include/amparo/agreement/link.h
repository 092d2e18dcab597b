/* SPDX-License-Identifier: MIT */
/*
 * Links: a person of this case is a person of another. Each record stays as it is; the latest word
 * on two persons counts, so a link is ended by an act and loses nothing.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_LINK_H
#define AMPARO_AGREEMENT_LINK_H

#include "amparo/agreement/case.h"

struct case_link {
    long person;
    const char *reference; /* of the other case; borrowed */
    long other;            /* the person there */
    const struct entry *entry;
};

/* The links that stand, in the order of their acts; at most `room` are written. Returns how many. */
size_t case_links(const struct case_file *c, struct case_link *links, size_t room);

/* Does that one stand? */
bool case_is_linked(const struct case_file *c, long person, const char *reference, long other);

#endif
