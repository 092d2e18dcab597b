/* SPDX-License-Identifier: MIT */
/*
 * A new case file out of what can be read of a damaged one. Layer: store.
 */
#ifndef AMPARO_STORE_SALVAGE_H
#define AMPARO_STORE_SALVAGE_H

#include "amparo/store/store.h"

struct salvage_how {
    const char *officer; /* NULL: whose passphrase it is */
    struct passphrase passphrase;
    store_progress *progress; /* NULL: quiet */
    void *ctx;
};

struct salvaged {
    size_t acts, parts; /* saved */
    size_t rows;        /* of drafts, settings and the directory */
    size_t lost_acts, lost_parts;
    size_t erased;   /* persons erased again, by the files of erasures beside the old file */
    struct buf list; /* a line for each thing that is lost or damaged: numbers, nothing personal */
};

/*
 * Makes a case file at `to` with the officers of `from` and a data key of its own, and puts into it
 * every act that lies on readable pages and was signed as it stands there, with its parts, and the
 * drafts, settings and lines of the directory. What lists and searches read is made anew. A head of
 * post signs what was lost into the log, as an act of the post, and the file goes on as a new
 * incarnation. Nothing is written but the new file, verified before it gets its name; `from` is not
 * changed. Refuses (ERROR_FAILED) while somebody has `from` open, and an existing file at `to`
 * (ERROR_INPUT). The caller releases out->list, also where it fails.
 */
bool store_salvage(const char *from, const char *to, const struct salvage_how *how,
                   struct salvaged *out, struct error *err);

/* Inside the store layer: the same of one that is unlocked; flags as in store.h. */
struct vault;
bool salvage_vault(struct vault *old, const char *to, unsigned flags, const struct salvage_how *how,
                   struct salvaged *out, struct error *err);

#endif
