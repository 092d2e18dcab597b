/* SPDX-License-Identifier: MIT */
/*
 * Inside the store layer only: dispatches as they lie in the file, made here or come in; and which
 * case here is which case of the network. Layer: store; uses agreement.
 */
#ifndef AMPARO_STORE_DISPATCHES_H
#define AMPARO_STORE_DISPATCHES_H

#include "amparo/store/log.h"

/* A case as all posts name it: who opened it, and the number there. */
struct case_key {
    uint8_t opener[OPENER];
    uint8_t id[CASE_ID];
};

struct kept_dispatch {
    int64_t place; /* order in which they were made here or came in */
    struct act_bytes bytes;
    struct core core;
    struct case_key key; /* opener: also where the author is the opener */
    bool ours;
    bool erased;           /* its parts went with a person who was erased */
    char at[INSTANT_SIZE]; /* when, by our clock */
    int64_t act;           /* seq of the act here that says the same; 0: none */
    char *refused;         /* why there is none; NULL: nothing stands against it */
};

struct kept_dispatches {
    struct kept_dispatch *list;
    size_t count;
};

void kept_dispatches_release(struct kept_dispatches *list);

/* The case that a core speaks of. */
void dispatch_case(const struct core *core, struct case_key *key);

/* Keeps one, within a transaction, as of now; *place (may be NULL) is its. act 0: none yet. */
bool dispatch_keep(struct store *store, const struct act_bytes *bytes, const struct core *core,
                   bool ours, int64_t act, int64_t *place, struct error *err);

/* Parts that were not here before; none of what was erased. */
bool dispatch_add_parts(struct store *store, const struct kept_dispatch *there,
                        const struct act_bytes *again, struct error *err);

/* Its parts are gone for ever, whoever sends it again. */
bool dispatch_forget(struct store *store, int64_t place, struct error *err);

/*
 * Within a transaction: forgets what the erasures of a case take: of a dispatch that is an act here
 * what they take of that, of another one all where it names somebody who was erased, or nobody and
 * came before that. `c` is the case with its erasures.
 */
struct case_file;
bool dispatches_erase(struct store *store, const uint8_t case_id[CASE_ID],
                      const struct case_file *c, struct error *err);
/* Does an erasure take the parts of that one? `persons`: of its case. */
struct persons_over;
bool dispatch_goes(const struct case_file *c, const struct persons_over *persons,
                   const struct kept_dispatch *d);

/* How it stands in the conversation of its case: enum standing of agreement/conversation.h. */
bool dispatch_set_standing(struct store *store, int64_t place, int standing, struct error *err);

/* Says which act says the same, or (act 0) why none does. */
bool dispatch_set_act(struct store *store, int64_t place, int64_t act, const char *refused,
                      struct error *err);

/*
 * Those of a case, with their parts, in the order of their places; one, by its id. ERROR_VAULT
 * where one cannot be read. The caller releases *out, also where it fails.
 */
bool dispatches_of_case(struct store *store, const struct case_key *key,
                        struct kept_dispatches *out, struct error *err);
bool dispatches_of_id(struct store *store, const uint8_t id[ACT_ID_SIZE],
                      struct kept_dispatches *out, struct error *err);

/* Those that were made here and that may be due to somebody, by cases: of open ones, those that are
 * not acknowledged, and those made since that day (YYYY-MM-DD). And all. */
bool dispatches_waiting(struct store *store, const char *since, struct kept_dispatches *out,
                        struct error *err);
bool dispatches_all(struct store *store, struct kept_dispatches *out, struct error *err);

/* For salvage: takes away what is not as it was signed, and what is left of what is not there. */
bool dispatches_drop_unsound(struct store *store, struct error *err);

/* The network's name of a case here; false where none is known (then *err is as it was), which is
 * so of a case that another State opened and that did not come by a pouch. */
bool case_key_of(struct store *store, const uint8_t case_id[CASE_ID], bool opened_here,
                 struct case_key *key, bool *known, struct error *err);

/* The case here of that name. *known false: none. */
bool case_of_key(struct store *store, const struct case_key *key, uint8_t case_id[CASE_ID],
                 bool *known, struct error *err);

/* Remembers that the case here follows that one. */
bool case_follows(struct store *store, const uint8_t case_id[CASE_ID], const struct case_key *key,
                  struct error *err);

#endif
