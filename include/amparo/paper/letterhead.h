/* SPDX-License-Identifier: MIT */
/*
 * How a document begins: the post's letterhead as it has set it (store/letterhead.h), else as the
 * post is recorded; the class; the title. Layer: paper; uses store, base.
 */
#ifndef AMPARO_PAPER_LETTERHEAD_H
#define AMPARO_PAPER_LETTERHEAD_H

#include "amparo/page/paper.h"
#include "amparo/paper/language.h"
#include "amparo/store/store.h"

/* Seal, State, office, place, and a rule: of what goes out in the name of the post. */
void paper_letterhead(struct paper *p, const struct paper_language *language,
                      const struct post_profile *post);

enum paper_class {
    CLASS_PERSONAL, /* personal data */
    CLASS_UNNAMED,  /* what was done for persons, and not who they are */
    CLASS_OPEN,     /* nothing of a person */
};

/*
 * The head of other documents, and the class and number of every page. Where the post has set a
 * letterhead, that one; else `from` in one line, or NULL: State and post.
 */
void paper_head(struct paper *p, const struct paper_language *language,
                const struct post_profile *post, const char *from, const char *title,
                enum paper_class class);

#endif
