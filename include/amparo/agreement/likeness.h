/* SPDX-License-Identifier: MIT */
/*
 * May two records be of one person? What is compared of each, how much speaks for it, and why, in
 * words for the officer who decides: nothing here merges anything.
 * Layer: agreement (pure); uses base.
 */
#ifndef AMPARO_AGREEMENT_LIKENESS_H
#define AMPARO_AGREEMENT_LIKENESS_H

#include "amparo/agreement/case.h"

/*
 * What is compared, each a list with one blank between and none twice: all words of all names,
 * folded (text_fold), without particles; numbers of documents, letters and digits alone; the last
 * digits of telephones. All owned; born and sex are "" where unknown.
 */
struct traits {
    char *names, *documents, *phones;
    char born[PARTIAL_DATE_SIZE];
    char sex[2]; /* "F", "M" */
};

void traits_release(struct traits *t);

/* Of a payload of `person`; more of the person's `document` acts where the case is given. */
void traits_of_payload(const json_t *person, struct traits *out);
void traits_of_person(const struct case_file *c, long person, struct traits *out);

/* Whether there is enough to look for anybody by. */
bool traits_are_enough(const struct traits *t);

/*
 * Numbers under which the record is found by others that are like it, each once; at most `room` are
 * written. Two records that are likely one have at least one in common. The heavier, the more it
 * says: `weight`.
 */
enum { TRAIT_KEYS = 64 };
struct trait_key {
    int64_t key;
    int weight;
};
size_t traits_keys(const struct traits *t, struct trait_key *keys, size_t room);

enum likeness_reason {
    LIKE_DOCUMENT = 1 << 0,     /* the same document */
    LIKE_PHONE = 1 << 1,        /* the same telephone */
    LIKE_NAMES = 1 << 2,        /* the same names */
    LIKE_NAMES_ORDER = 1 << 3,  /* the same names in another order */
    LIKE_NAMES_PART = 1 << 4,   /* some names are the same */
    LIKE_NAMES_LETTER = 1 << 5, /* a name is the same but for a letter */
    LIKE_BORN = 1 << 6,         /* born on the same day */
    LIKE_BORN_PART = 1 << 7,    /* the birth dates agree as far as they are known */
    LIKE_BORN_SWAPPED = 1 << 8, /* day and month are exchanged */
    LIKE_BORN_YEAR = 1 << 9,    /* the same day of another year */
    UNLIKE_BORN = 1 << 10,      /* the birth dates differ */
    UNLIKE_SEX = 1 << 11,
};

struct likeness {
    int score;
    unsigned reasons;
};

/* Nothing below this is likely. */
enum { LIKELY = 41 };

struct likeness traits_compare(const struct traits *a, const struct traits *b);

/* "the same document; the same names in another order; but another sex" */
void likeness_say(struct buf *out, unsigned reasons, translate_fn *tr);

/* The codes of the reasons, for machines: ["same_document", …]; a new reference. */
json_t *likeness_codes(unsigned reasons);

#endif
