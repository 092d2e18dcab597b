/* SPDX-License-Identifier: MIT */
/*
 * A dossier out of a case file: the correspondence of a case, the directory that proves its keys,
 * and the post's signature. Layer: pouch; uses store.
 */
#ifndef AMPARO_POUCH_DOSSIER_MAKE_H
#define AMPARO_POUCH_DOSSIER_MAKE_H

#include "amparo/pouch/dossier_check.h"
#include "amparo/store/disclosed.h"

struct dossier_made {
    size_t count;            /* dispatches in it */
    size_t withheld;         /* their parts that are not disclosed */
    size_t left_out, unsent; /* as struct disclosed has them */
    size_t unfit; /* left out besides: what others said by a revoked key, in two ways or in no form,
                   * for which nobody would believe the rest */
    struct buf doubts; /* why its reader would not believe it, a line each: a key that the directory
                        * does not prove */
    struct access_copy entered; /* in the access log: for access_lost(), where the file is not
                                 * written in the end */
};

/*
 * Appends the file of the case's dossier as of now, and enters it in the access log, unless one
 * only looks what it would be: see store_disclosed() for whom and with what, and for what is
 * refused. ERROR_INPUT too where there is nothing that may be in it. The caller releases
 * made->doubts, also where it fails.
 */
bool dossier_make(struct store *store, const char *reference, const struct disclosure *how,
                  struct buf *out, struct dossier_made *made, struct error *err);

/* What is in it and what is not, a line each. */
void dossier_made_say(const struct dossier_made *made, struct buf *out);

#endif
