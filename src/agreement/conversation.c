/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/conversation.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "conversation_fold.h"
#include "conversation_outcome.h"

/* ---- words ---- */

static const struct code standings[] = {
    [STANDING_WAITS] = {"waits", N_("it waits")},
    [STANDING_COUNTS] = {"counts", N_("it counts")},
    [STANDING_SUPERSEDED] = {"superseded", N_("superseded")},
    [STANDING_IRREGULAR] = {"irregular", N_("irregular")},
    [STANDING_FORKED] = {"forked", N_("said in two ways")},
    [STANDING_QUARANTINED] = {"quarantined", N_("in quarantine")},
};

const char *standing_name(enum standing standing)
{
    return standings[standing].code;
}

const char *standing_label(enum standing standing)
{
    return standings[standing].label;
}

const char *crossing_name(enum crossing crossing)
{
    return crossing == CROSSED_ACCEPTANCE   ? "acceptance"
           : crossing == CROSSED_ASSISTANCE ? "assistance"
                                            : "closing";
}

const char *crossing_label(enum crossing crossing)
{
    switch (crossing) {
    case CROSSED_ACCEPTANCE:
        return N_("withdrawn, crossed with acceptance");
    case CROSSED_ASSISTANCE:
        return N_("withdrawn, crossed with assistance");
    default:
        return N_("assistance reported after closing");
    }
}

/* ---- what is decided before the rules ---- */

/* Nobody's word, or that of who has a key that was revoked, takes nothing from its author's. */
static bool is_twin(const struct fold *f, int i, int x)
{
    return x != i && node_same_chain(f, i, x) &&
           f->nodes[x].d->sequence == f->nodes[i].d->sequence && !f->nodes[x].candidate &&
           f->nodes[x].d->trust > TRUST_QUARANTINED;
}

/* Who said two things cannot take back the one that others have built on. */
static void look_for_fork(struct fold *f, int i)
{
    struct node *n = &f->nodes[i];

    for (size_t x = 0; x < f->count; x++) {
        if (!is_twin(f, i, (int)x))
            continue;
        n->verdict.forked = true;
        n->verdict.by = f->nodes[x].d;
        n->verdict.article = "";
        if (n->candidate || !n->built_on) {
            n->verdict.standing = STANDING_FORKED;
            n->verdict.reason = N_("its author said something else in the same place");
            n->decided = true;
        }
        return;
    }
}

static void decide_before(struct fold *f)
{
    for (size_t i = 0; i < f->count; i++) {
        struct node *n = &f->nodes[i];
        if (n->d->trust == TRUST_QUARANTINED) {
            n->verdict = (struct verdict){.standing = STANDING_QUARANTINED,
                                          .reason = N_("its author's key was revoked"),
                                          .article = ""};
            n->decided = true;
            continue;
        }
        look_for_fork(f, (int)i);
    }
}

/* Each round decides what rests on what the one before decided. What is not said yet comes last:
 * who would say it sees what waits, and goes by what does not. */
static void decide(struct fold *f)
{
    bool more = true;

    decide_before(f);
    while (more) {
        more = false;
        fold_assign_tenures(f);
        for (size_t i = 0; i < f->count; i++)
            if (!f->nodes[i].decided && !f->nodes[i].candidate && fold_judge(f, (int)i))
                more = true;
    }
    f->settled = true;
    for (size_t i = 0; i < f->count; i++)
        if (f->nodes[i].candidate && !f->nodes[i].decided)
            fold_judge(f, (int)i);
}

/* ---- the fold ---- */

void conversation_fold(const struct dispatch *const *set, size_t count,
                       const struct conversation_world *world, struct conversation *out)
{
    struct fold f;

    *out = (struct conversation){.world = *world};
    fold_arrange(&f, set, count, NULL, world);
    decide(&f);
    outcome_gather(&f, out);
    fold_release(&f);
}

void conversation_release(struct conversation *conversation)
{
    free(conversation->items);
    free(conversation->states);
    free(conversation->requests);
    *conversation = (struct conversation){.count = 0};
}

int conversation_find(const struct conversation *conversation, const uint8_t id[ACT_ID_SIZE])
{
    for (size_t i = 0; i < conversation->count; i++)
        if (memcmp(conversation->items[i].dispatch->id, id, ACT_ID_SIZE) == 0)
            return (int)i;
    return NO_ITEM;
}

bool conversation_counts(const struct conversation *conversation, int item)
{
    enum standing standing = conversation->items[item].verdict.standing;

    return standing == STANDING_COUNTS || standing == STANDING_SUPERSEDED;
}

bool conversation_may(const struct conversation *conversation, const struct dispatch *next,
                      struct verdict *out)
{
    const struct dispatch **set = xcalloc(conversation->count + 1, sizeof *set);
    struct fold f;

    for (size_t i = 0; i < conversation->count; i++)
        set[i] = conversation->items[i].dispatch;
    fold_arrange(&f, set, conversation->count, next, &conversation->world);
    decide(&f);
    for (size_t i = 0; i < f.count; i++)
        if (f.nodes[i].candidate)
            *out = f.nodes[i].verdict;
    fold_release(&f);
    free(set);
    return out->standing == STANDING_COUNTS;
}
