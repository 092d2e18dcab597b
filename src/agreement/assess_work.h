/* SPDX-License-Identifier: MIT */
/* What the parts of an assessment share; for src/agreement/assess*.c alone. */
#ifndef AMPARO_AGREEMENT_ASSESS_WORK_H
#define AMPARO_AGREEMENT_ASSESS_WORK_H

#include "amparo/agreement/assess.h"

/* One assessment under way. */
struct work {
    const struct facts *facts;
    translate_fn *translate;
    struct assessment *out;
    char on[DATE_SIZE];
};

/* The translated sentence with its facts put in: a new string. The format is marked with N_(). */
char *assess_say(struct work *w, const char *msgid, ...);

/* The name of a country in the reader's language. */
const char *assess_name(struct work *w, const char *state);

/* Each takes over its texts. */
void assess_determine(struct work *w, enum requirement which, enum status status, char *reason,
                      char *would_change, char *brief);
void assess_warn(struct work *w, char *text);

/* Whether the post is that State's, in the receiving State. */
bool assess_is_there(const struct facts *facts, const struct post *post, const char *state);

/* Under 18 on the day by the youngest reading; KNOWN_NOT: no birth date, not even the year. */
enum known assess_minor(const struct facts *facts);

/* R4 and the grounds one by one (assess_grounds.c). */
void assess_grounds(struct work *w);

/* Who could help, and what stands against asking them (assess_poll.c); after the requirements. */
void assess_poll(struct work *w);

#endif
