/* SPDX-License-Identifier: MIT */
/*
 * Proof that a case file is what it says: every page, every act, every projection. Layer: store.
 */
#ifndef AMPARO_STORE_VERIFY_H
#define AMPARO_STORE_VERIFY_H

#include "amparo/store/store.h"

struct verified {
    size_t acts, cases, officers;
    char head[65];    /* the running hash over all acts in order of arrival, hex */
    struct buf notes; /* lines on what is no damage, but somebody should know: acts that count for
                       * nothing, as their signer's role did not allow them; acts that the gates
                       * would have refused; passphrases of nobody */
};

/*
 * Reads every page of the file, then every act: encoding, commitments, signature, chain, the
 * running hash; then builds the projections and the search index anew from the acts and compares;
 * then looks for what nothing of this program put there (stray.h), and asks the gates again.
 * True where all agrees; else err (ERROR_VAULT) has a line for each disagreement. Changes nothing.
 * `progress` may be NULL; the caller releases out->notes.
 */
bool store_verify(struct store *store, store_progress *progress, void *ctx, struct verified *out,
                  struct error *err);

/* Throws the projections away and makes them from the acts. */
bool store_rebuild(struct store *store, store_progress *progress, void *ctx, struct error *err);

#endif
