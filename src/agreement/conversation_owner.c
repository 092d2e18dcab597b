/* SPDX-License-Identifier: MIT */
/* Whom the case belonged to, one after the other, and what was said in its name before what. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "conversation_fold.h"

struct tenures {
    uint8_t (*holder)[POST_ID];
    int *end; /* the hand-over that ended each */
    long count;
};

bool hand_over_names(const struct fold *f, int i, uint8_t post[POST_ID], char state[STATE_SIZE])
{
    const char *name = payload_text(f->nodes[i].d->payload, "to");

    state[0] = '\0';
    if (f->world->post_named && f->world->post_named(f->world->directory, name, post, state))
        return true;
    if (!id_parse(name, post, POST_ID))
        return false;
    for (size_t x = 0; x < f->count && !*state; x++)
        if (memcmp(f->nodes[x].d->author, post, POST_ID) == 0)
            memcpy(state, f->nodes[x].d->state, STATE_SIZE);
    return true;
}

static bool is_opener(const struct fold *f, const uint8_t author[POST_ID])
{
    return memcmp(author, f->world->opener, OPENER) == 0;
}

static bool is_holder(const struct fold *f, const struct tenures *t, long k,
                      const uint8_t author[POST_ID])
{
    return k == 0 ? is_opener(f, author) : memcmp(t->holder[k], author, POST_ID) == 0;
}

/* Of two of one chain: x was said before, in so far as it counts against i. */
static bool chain_binds(const struct fold *f, int x, int i)
{
    return node_chain_before(f, x, i) && (!f->nodes[i].built_on || node_names(f, i, x));
}

/* How many hand-overs its author had said before; -1: one of them is undecided. */
static long handed_over_before(const struct fold *f, int i)
{
    long count = 0;

    for (size_t x = 0; x < f->count; x++) {
        if (f->nodes[x].d->kind != ACT_HAND_OVER || !chain_binds(f, (int)x, i))
            continue;
        if (node_open(f, (int)x))
            return -1;
        count += node_counts(f, (int)x);
    }
    return count;
}

/* The n-th time (from 0) that it had the case, or -1. */
static int tenure_of(const struct fold *f, const struct tenures *t, const uint8_t author[POST_ID],
                     long n)
{
    for (long k = 0; n >= 0 && k < t->count; k++)
        if (is_holder(f, t, k, author) && n-- == 0)
            return (int)k;
    return -1;
}

/* The hand-over that ended that time, or NO_ITEM. */
static int end_of_tenure(const struct fold *f, const struct tenures *t, long k)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->nodes[i].d->kind == ACT_HAND_OVER && f->nodes[i].side == SIDE_REQUESTING &&
            node_counts(f, (int)i) &&
            tenure_of(f, t, f->nodes[i].d->author, handed_over_before(f, (int)i)) == k)
            return (int)i;
    return NO_ITEM;
}

static void find_tenures(const struct fold *f, struct tenures *t)
{
    char state[STATE_SIZE];

    t->holder = xcalloc(f->count + 2, sizeof *t->holder);
    t->end = xcalloc(f->count + 2, sizeof *t->end);
    memcpy(t->holder[0], f->world->opener, OPENER);
    t->count = 1;
    for (;;) {
        int end = end_of_tenure(f, t, t->count - 1);
        t->end[t->count - 1] = end;
        if (end == NO_ITEM || (size_t)t->count > f->count ||
            !hand_over_names(f, end, t->holder[t->count], state))
            return;
        t->count++;
    }
}

static void tenures_release(struct tenures *t)
{
    free(t->holder);
    free(t->end);
}

void fold_assign_tenures(struct fold *f)
{
    struct tenures t;

    find_tenures(f, &t);
    for (size_t i = 0; i < f->count; i++) {
        struct node *n = &f->nodes[i];
        if (n->side != SIDE_REQUESTING)
            continue;
        n->tenure = tenure_of(f, &t, n->d->author, handed_over_before(f, (int)i));
        n->since = n->tenure > 0 ? t.end[n->tenure - 1] : NO_ITEM;
    }
    tenures_release(&t);
}

void fold_owner(const struct fold *f, uint8_t post[POST_ID])
{
    struct tenures t;

    find_tenures(f, &t);
    memcpy(post, t.holder[t.count - 1], POST_ID);
    for (size_t i = 0; t.count == 1 && i < f->count; i++)
        if (is_opener(f, f->nodes[i].d->author))
            memcpy(post, f->nodes[i].d->author, POST_ID);
    tenures_release(&t);
}

bool fold_line_complete(const struct fold *f, int i)
{
    struct tenures t;
    bool complete = true;

    find_tenures(f, &t);
    for (long k = 0; k < f->nodes[i].tenure && k < t.count; k++) {
        const struct node *end = &f->nodes[t.end[k]];
        complete = complete && end->before + 1 >= end->d->sequence;
    }
    tenures_release(&t);
    return complete;
}

bool node_line_before(const struct fold *f, int x, int i)
{
    const struct node *a = &f->nodes[x], *b = &f->nodes[i];

    if (a->side != SIDE_REQUESTING || b->side != SIDE_REQUESTING || x == i)
        return false;
    if (a->tenure < 0 || b->tenure < 0)
        return node_chain_before(f, x, i);
    return a->tenure < b->tenure || (a->tenure == b->tenure && node_chain_before(f, x, i));
}

bool node_binds(const struct fold *f, int x, int i)
{
    return node_line_before(f, x, i) && (!f->nodes[i].built_on || node_names(f, i, x));
}
