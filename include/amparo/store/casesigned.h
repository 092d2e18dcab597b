/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: which acts of a case are said by a dispatch, and whose word that is.
 * Layer: store.
 */
#ifndef AMPARO_STORE_CASESIGNED_H
#define AMPARO_STORE_CASESIGNED_H

#include "amparo/agreement/case.h"
#include "amparo/store/log.h"

struct case_signed;

/* *out is NULL where nothing of the case has gone or come by a pouch. */
bool case_signed_load(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct case_signed **out, struct error *err);
void case_signed_free(struct case_signed *said);

/* Adds {"dispatch": id, "trust": …} to what `acts --json` says of the act, where there is one. */
void case_signed_add(const struct case_signed *said, int64_t seq, json_t *entry);

#endif
