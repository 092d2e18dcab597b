/* SPDX-License-Identifier: MIT */
/* What the two files of salvage share. */
#ifndef SALVAGE_WORK_H
#define SALVAGE_WORK_H

#include "amparo/store/log.h"
#include "amparo/store/losses.h"
#include "amparo/store/replay.h"
#include "amparo/store/salvage.h"
#include "amparo/store/shape.h"

struct salvage {
    struct store *store; /* the new file */
    struct pages *pages; /* of the old one */
    struct shapes shapes;
    sqlite3_stmt **inserts; /* by shape; NULL until needed */
    char **names;           /* of the tables and indexes of the old file, where known */
    size_t name_count;
    uint16_t *owner; /* of each page: 1 + the place of its name; 0: not known */
    struct salvaged *out;
    struct losses losses;
    struct replays erasures; /* of other copies of the file, applied again */
    int64_t known;           /* the highest number of an act that anything speaks of */
    uint64_t incarnation;    /* the highest that an act has */
    const struct salvage_how *how;
    const char *from;

    /* Of the page that is being read. */
    uint32_t number;
    unsigned version;
    bool present; /* it, and the further pages of its rows so far, are those of now */
    struct error *err;
    bool failed; /* err is set */
};

/* Whose each page is, by the trees as far as they can be followed. */
void salvage_find_owners(struct salvage *s);
/* The name of that page's table or index; NULL: not known. */
const char *salvage_owner(const struct salvage *s, uint32_t page);

/* Lines for what is damaged, what is lost, and what verify says of the new file. */
void salvage_list_damage(struct salvage *s);
bool salvage_list_losses(struct salvage *s, struct error *err);
bool salvage_list_faults(struct salvage *s, struct error *err);

#endif
