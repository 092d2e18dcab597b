/* SPDX-License-Identifier: MIT */
/*
 * The stories of the demo case files, from data/demo: which posts, and which acts at which instant.
 * Layer: cli.
 *
 * A story is told as of its own "today"; it is moved by whole days so that this day is the reader's
 * today. What an act says of others stands in braces: {id:LABEL} the id of an act, {number:LABEL}
 * the number of a note, {case:POST/CASE} the reference that a case has at a post.
 */
#ifndef AMPARO_CLI_DEMO_STORY_H
#define AMPARO_CLI_DEMO_STORY_H

#include <jansson.h>

#include "amparo/agreement/act.h"
#include "amparo/base/date.h"
#include "amparo/base/instant.h"

struct story_step {
    struct instant at; /* moved */
    const char *offset;
    const char *group;   /* "HN/karen" */
    const char *post;    /* key of the post */
    const char *act;     /* name */
    const json_t *said;  /* payload, as told */
    const char *label;   /* "" */
    const char *officer; /* "" : the first of the post */
    size_t order;
};

struct story {
    json_t *posts;            /* data/demo/posts.json */
    const char *directory;    /* CSV, as told */
    json_t *tales;            /* all case files of data/demo, in one array */
    struct story_step *steps; /* in order of their instants */
    size_t count;
    long shift;                         /* days */
    json_t *ids, *numbers, *references; /* by label, label, group: as far as told */
};

/* `today`: the day that the story's today becomes. */
void story_init(struct story *story, struct date today);
void story_release(struct story *story);

/* A date of the story (YYYY-MM-DD), moved. */
struct date story_date(const struct story *story, const char *told);

/* The directory's CSV with its dates moved. */
void story_directory(const struct story *story, struct buf *out);

/* The payload of a step: dates moved, braces filled. A new reference. */
json_t *story_payload(const struct story *story, const struct story_step *step);

/* Remembers what a step became: strings are copied; number NULL: none. */
void story_told(struct story *story, const struct story_step *step, const char *id,
                const char *number, const char *reference);

#endif
