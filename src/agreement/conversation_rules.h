/* SPDX-License-Identifier: MIT */
/*
 * What the rules of the conversation are made of: each judges one node, and says good, bad, or
 * later while what it would have to look at is undecided, or has not come. A rule looks only at
 * nodes that are decided, or answers later: so the outcome is the same in whatever order they are
 * judged.
 */
#ifndef AMPARO_AGREEMENT_CONVERSATION_RULES_H
#define AMPARO_AGREEMENT_CONVERSATION_RULES_H

#include "conversation_fold.h"

enum ruling { RULED_GOOD, RULED_BAD, RULED_LATER };

/* One node that is judged, what it says (anew, where it is a correction), and what is found. */
struct judged {
    struct fold *f;
    int i;
    const struct node *n;
    const json_t *says;
    struct verdict found;
};

/* ---- findings: reasons are N_() ---- */
/* Irregular; `by` is the node that makes it so, or NO_ITEM. */
enum ruling ruled_bad(struct judged *j, const char *article, const char *reason, int by);
/* It waits; for the start of an id; until that node is decided. */
enum ruling ruled_later(struct judged *j, const char *article, const char *reason);
enum ruling ruled_later_for(struct judged *j, const char *article, const char *reason,
                            const uint8_t *id, size_t size);
enum ruling ruled_later_than(struct judged *j, int x);

/*
 * Something that there must be, looked for among many: good at the first that serves, and else
 * later, since it may still come: with one reason where some are here and none serves, with another
 * where there is none at all.
 */
struct search {
    bool good;
    int open, failing; /* nodes, or NO_ITEM */
};
#define SEARCH_INIT                                                                                \
    {                                                                                              \
        false, NO_ITEM, NO_ITEM                                                                    \
    }
enum ruling ruled_conclude(struct judged *j, const struct search *s, const char *article,
                           const char *failing, const char *absent);

/* Counts it in: one that would serve by what it says, and whether it does by all the rest. */
void search_take(const struct judged *j, struct search *s, int x, enum ruling serves);

/* ---- questions ---- */
/* Another node: not the judged one, nor another wording of it. */
bool judged_other(const struct judged *j, int x);
/* Bad: who said the judged one knew of a newer wording of y. */
enum ruling judged_outdated(struct judged *j, int y);
/* The closing that its owner had said before, and had not taken back by a reopening, or NO_ITEM;
 * `against`: of those alone that may count against it (node_binds()). */
enum ruling judged_line_closed(struct judged *j, bool against, int *closing);
bool payload_is_request(enum act_kind kind, const json_t *payload);
/* Of payloads with `persons`: both ask for somebody; whoever names nobody asks for all. */
bool requests_share_person(const json_t *a, const json_t *b);
/* A reply, or a decline at the poll. */
bool node_is_answer(const struct node *n);

/* What is said of a node, should that other one count. */
enum ruling rule_if_counted(struct fold *f, int i, int counted);

/* ---- rules ---- */
enum ruling rule_not_closed(struct judged *j);
/* The State of that key is its author's. */
enum ruling rule_own_state(struct judged *j, const char *key);
/* A State that was polled, or had a request; the requesting State always. */
enum ruling rule_takes_part(struct judged *j);

enum ruling rule_poll(struct judged *j);
enum ruling rule_reply(struct judged *j);
enum ruling rule_choose(struct judged *j);
enum ruling rule_note(struct judged *j);
enum ruling rule_accept(struct judged *j);
enum ruling rule_decline(struct judged *j);
enum ruling rule_withdraw(struct judged *j);
enum ruling rule_annul(struct judged *j);
enum ruling rule_assist(struct judged *j);
enum ruling rule_close(struct judged *j);
enum ruling rule_report(struct judged *j);
enum ruling rule_reopen(struct judged *j);
enum ruling rule_hand_over(struct judged *j);

#endif
