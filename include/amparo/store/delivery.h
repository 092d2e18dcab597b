/* SPDX-License-Identifier: MIT */
/*
 * What is known of the way of one dispatch of ours: to which posts it went, when, and which have
 * acknowledged it. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_DELIVERY_H
#define AMPARO_STORE_DELIVERY_H

#include "amparo/agreement/trust.h"
#include "amparo/store/store.h"

struct delivery {
    char *post; /* its code; of a post that is not known any more, its first digits */
    char sent_at[INSTANT_SIZE];  /* when it went last */
    long times;                  /* how often */
    char acked_at[INSTANT_SIZE]; /* when its receipt came; "": it has not */
};

struct deliveries {
    struct delivery *list;
    size_t count;
};

/* Of a dispatch, by its id (64 hex digits), by the codes of the posts; none where it has not gone
 * to anybody. The caller releases *out, also where it fails. */
bool store_deliveries(struct store *store, const struct trusted *trust, const char *id,
                      struct deliveries *out, struct error *err);
void deliveries_release(struct deliveries *deliveries);

#endif
