/* SPDX-License-Identifier: MIT */
/* What the tests of what comes in share: dispatches that somebody forges, and what is there then.
 */
#ifndef TESTS_INCOMING_KIT_H
#define TESTS_INCOMING_KIT_H

#include "exchange_kit.h"

enum { EVERYBODY = 1 << HN | 1 << CR | 1 << MX | 1 << TS | 1 << SJ };

/* The text of a key; "" where there is none. */
const char *incoming_text(const json_t *payload, const char *key);
void assert_text(const json_t *payload, const char *key, const char *should);

/* The id of the last act of that kind in a case, or "": a new string. */
char *incoming_last_id(struct store *store, const char *reference, enum act_kind kind);

/* The number that a query gives. */
int64_t incoming_number(struct store *store, const char *sql);

/* A dispatch by that post's key, of HN's case (or of another one): who made it, and how. */
struct forged {
    size_t author;
    enum act_kind kind;
    const char *payload;
    const char *to[4];
    const struct core *like; /* case and opener of it; NULL: a case of the author's own */
    uint64_t sequence;
    bool by_other_key;
};
struct act_bytes incoming_forge(struct kit_net *net, const struct forged *how);

/* Takes it in: what became of it, which the caller ends. */
struct taken_in incoming_take(struct kit_net *net, size_t to, struct act_bytes *bytes);
/* The same of one that is forged for it, with nothing to end. */
enum incoming incoming_take_forged(struct kit_net *net, size_t to, const struct forged *how,
                                   struct taken_in *taken);

struct core incoming_core(const struct act_bytes *bytes);
/* Of the poll that is due from Honduras to Mexico. */
struct core incoming_core_of_poll(struct kit_net *net);

#endif
