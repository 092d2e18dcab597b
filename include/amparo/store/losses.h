/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: what a file has lost, as the act of the post says that let it go on
 * (POST_RESUMES): numbers of acts, and of parts of acts, nothing else. Layer: store.
 */
#ifndef AMPARO_STORE_LOSSES_H
#define AMPARO_STORE_LOSSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"

struct losses {
    struct lost_acts {
        int64_t from, to;
    } * acts;
    size_t count;
    struct lost_part {
        int64_t act, part;
    } * parts;
    size_t part_count;
};

void losses_release(struct losses *l);

/* Adds all acts from one to another, and one part. */
void losses_add(struct losses *l, int64_t from, int64_t to);
void losses_add_part(struct losses *l, int64_t act, int64_t part);

/* How many acts after the one and before the other are lost. */
int64_t losses_between(const struct losses *l, int64_t after, int64_t before);
bool losses_have_part(const struct losses *l, int64_t act, int64_t part);

/* The highest number of an act in it. */
int64_t losses_end(const struct losses *l);

/* As text: "4 17-20", and "5.1 6.2"; reading adds, and is false where the text is none of these. */
void losses_put(const struct losses *l, struct buf *acts, struct buf *parts);
bool losses_read(struct losses *l, const char *acts, const char *parts);

#endif
