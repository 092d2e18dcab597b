/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: the conversation of a case, as far as its dispatches are in the
 * file, judged by whom the post trusts. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_CONVERSED_H
#define AMPARO_STORE_CONVERSED_H

#include "amparo/agreement/conversation.h"
#include "amparo/agreement/trust.h"
#include "amparo/store/dispatches.h"

struct conversed {
    struct kept_dispatches kept;
    struct dispatch *list; /* parallel to it; those that cannot be read have kind ACT_NONE, and are
                            * in no conversation */
    struct dispatch_facts *facts; /* the same: whose word it is */
    json_t **payloads, **contexts;
    const struct dispatch **set;
    struct conversed_world *world;
    struct conversation fold;
};

/* The caller releases *out, also where it fails. `trust` must outlive it. */
bool conversed_load(struct store *store, const struct trusted *trust, const struct case_key *key,
                    struct conversed *out, struct error *err);
void conversed_release(struct conversed *c);

/* Which of `kept` an item of the conversation is; and the item that one of `kept` is, or NO_ITEM.
 */
size_t conversed_place(const struct conversed *c, const struct conversation_item *item);
int conversed_item(const struct conversed *c, size_t place);

/* The one of that id (64 hex digits), or -1. */
int conversed_find(const struct conversed *c, const char *id);

/* The State that opened the case, as the directory has it; "" unknown. */
const char *conversed_requesting(const struct conversed *c);

/*
 * Before an officer's act of assistance is recorded: does the case, as far as its dispatches are
 * here, still allow it, or has its owner closed it, which this post knows from a dispatch alone?
 * ERROR_REFUSED says so.
 */
struct case_file;
bool conversed_allows(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, enum act_kind kind, const json_t *payload,
                      const char *now, struct error *err);

/* As whom this post reads: its State's code, or CODE_SECRETARIAT. */
const char *conversed_reader(const struct store *store);

#endif
