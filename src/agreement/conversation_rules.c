/* SPDX-License-Identifier: MIT */
/* The rules of every dispatch, and what the rules of each kind are made of. */
#include "conversation_rules.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/agreement/travel.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* ---- questions ---- */

bool node_counts(const struct fold *f, int i)
{
    return f->nodes[i].verdict.standing == STANDING_COUNTS;
}

bool node_open(const struct fold *f, int i)
{
    return !f->nodes[i].decided && !f->nodes[i].candidate && !f->settled;
}

bool node_same_root(const struct fold *f, int i, int x)
{
    return f->nodes[i].root == f->nodes[x].root;
}

const char *note_addressee(const json_t *payload)
{
    return payload_text(json_object_get(payload, "to"), "state");
}

bool node_is_request(const struct fold *f, int i)
{
    const struct node *root = &f->nodes[f->nodes[i].root];

    return root->d->kind == ACT_NOTE && payload_is(root->says, "kind", "REQ");
}

bool reply_is_usable(const json_t *payload)
{
    return payload_bool(payload, "offer") && !payload_is(payload, "legal", "no") &&
           !payload_is(payload, "material", "no");
}

bool payload_is_request(enum act_kind kind, const json_t *payload)
{
    return kind == ACT_NOTE && payload_is(payload, "kind", "REQ");
}

/* What the owner of the case alone may say. */
static bool needs_owner(const struct fold *f, int i)
{
    const struct node *n = &f->nodes[i];

    if (node_is_request(f, i) ||
        (n->d->kind == ACT_ANNUL && n->subject != NO_ITEM && node_is_request(f, n->subject)))
        return true;
    switch (n->as) {
    case ACT_POLL:
    case ACT_CHOOSE:
    case ACT_WITHDRAW:
    case ACT_CLOSE:
    case ACT_REOPEN:
    case ACT_REPORT:
    case ACT_HAND_OVER:
        return true;
    default:
        return false;
    }
}

/* Another node: not the judged one, nor another wording of it. */
bool judged_other(const struct judged *j, int x)
{
    return x != j->i && j->f->nodes[x].root != j->n->root;
}

enum ruling judged_outdated(struct judged *j, int y)
{
    const struct fold *f = j->f;
    int open = NO_ITEM;

    for (size_t k = 0; k < f->correction_count; k++) {
        int z = f->corrections[k];
        if (z == y || !f->nodes[z].says || !node_same_root(f, z, y) || !node_follows(f, z, y) ||
            !node_knew(f, j->i, z))
            continue;
        if (node_counts(f, z))
            return RULED_BAD;
        if (node_open(f, z))
            open = z;
    }
    return open == NO_ITEM ? RULED_GOOD : ruled_later_than(j, open);
}

enum ruling judged_line_closed(struct judged *j, bool against, int *closing)
{
    const struct fold *f = j->f;
    struct search reopened = SEARCH_INIT;
    int open = NO_ITEM;

    *closing = NO_ITEM;
    for (size_t x = 0; x < f->count; x++) {
        bool before = against ? node_binds(f, (int)x, j->i) : node_line_before(f, (int)x, j->i);
        if (f->nodes[x].d->kind != ACT_CLOSE || !before)
            continue;
        if (node_counts(f, (int)x) &&
            (*closing == NO_ITEM || node_line_before(f, *closing, (int)x)))
            *closing = (int)x;
        if (node_open(f, (int)x))
            open = (int)x;
    }
    for (size_t x = 0; *closing != NO_ITEM && x < f->count; x++)
        if (f->nodes[x].d->kind == ACT_REOPEN && node_line_before(f, *closing, (int)x) &&
            node_line_before(f, (int)x, j->i))
            search_take(j, &reopened, (int)x, RULED_GOOD);
    if (reopened.good)
        *closing = NO_ITEM;
    else if (reopened.open != NO_ITEM)
        return ruled_later_than(j, reopened.open);
    return open == NO_ITEM ? RULED_GOOD : ruled_later_than(j, open);
}

enum ruling rule_not_closed(struct judged *j)
{
    int closing;
    enum ruling r = judged_line_closed(j, true, &closing);

    if (r == RULED_GOOD && closing != NO_ITEM)
        return ruled_bad(j, "7.7", N_("the case was closed"), closing);
    return r;
}

/* ---- corrections ---- */

static enum ruling rule_kind(struct judged *j);

/* What it says anew stands under the same rules; what has no place for that just counts. */
static enum ruling rule_correct(struct judged *j)
{
    const struct node *of = j->n->subject == NO_ITEM ? NULL : &j->f->nodes[j->n->subject];

    if (!of || of->d->kind == ACT_CORRECT || of->d->kind == ACT_HAND_OVER ||
        of->d->kind == ACT_ANNUL || strcmp(of->d->state, j->n->d->state) != 0)
        return ruled_bad(j, "", N_("that is nothing that its State could correct"), j->n->subject);
    if (!j->says)
        return RULED_GOOD;
    if (of->d->kind == ACT_NOTE &&
        (strcmp(payload_text(of->says, "kind"), payload_text(j->says, "kind")) != 0 ||
         strcmp(note_addressee(of->says), note_addressee(j->says)) != 0))
        return ruled_bad(j, "6",
                         N_("another kind of note, or to another State: that is another note"),
                         j->n->subject);
    switch (of->d->kind) {
    case ACT_REPLY:
    case ACT_DECLINE:
    case ACT_ASSIST:
    case ACT_NOTE:
    case ACT_POLL:
        return rule_kind(j);
    default:
        return RULED_GOOD;
    }
}

/* ---- every dispatch ---- */

static enum ruling rule_kind(struct judged *j)
{
    switch (j->n->as) {
    case ACT_POLL:
        return rule_poll(j);
    case ACT_REPLY:
        return rule_reply(j);
    case ACT_DECLINE:
        return rule_decline(j);
    case ACT_CHOOSE:
        return rule_choose(j);
    case ACT_NOTE:
        return rule_note(j);
    case ACT_ANNUL:
        return rule_annul(j);
    case ACT_ACCEPT:
        return rule_accept(j);
    case ACT_ASSIST:
        return rule_assist(j);
    case ACT_WITHDRAW:
        return rule_withdraw(j);
    case ACT_CLOSE:
        return rule_close(j);
    case ACT_REOPEN:
        return rule_reopen(j);
    case ACT_REPORT:
        return rule_report(j);
    case ACT_HAND_OVER:
        return rule_hand_over(j);
    default:
        return rule_takes_part(j);
    }
}

/* What its author may say at all: by the table of what travels. */
static enum ruling rule_side(struct judged *j)
{
    const struct dispatch *d = j->n->d;
    bool correction = d->kind == ACT_CORRECT || d->kind == ACT_ANNUL;
    enum act_side side = j->n->side;

    if (d->secretariat && d->kind != ACT_DELIVERY && d->kind != ACT_NOTE)
        return ruled_bad(j, "5", N_("the Secretariat asks for nobody and helps nobody"), NO_ITEM);
    if (!correction && !travel_row(d->kind, d->payload, side))
        return ruled_bad(j, "", N_("that is not for its side to say"), NO_ITEM);
    return RULED_GOOD;
}

/* Whose word it is, and whether that is enough. */
static enum ruling rule_trust(struct judged *j)
{
    const struct dispatch *d = j->n->d;
    bool weighs = j->n->as == ACT_ACCEPT || payload_is_request(j->n->as, j->says);

    if (d->trust == TRUST_UNKNOWN)
        return ruled_later(j, "", N_("its author's key is not known"));
    if (!*d->state && !d->secretariat)
        return ruled_later(j, "", N_("no directory says whose post its author is"));
    if (weighs && d->trust == TRUST_UNVERIFIED)
        return ruled_later(j, "6", N_("its author's key is not verified: telephone them"));
    return RULED_GOOD;
}

static bool rests_on_later_word(const struct judged *j)
{
    const struct fold *f = j->f;

    for (size_t x = 0; x < f->count && !j->n->candidate; x++)
        if ((int)x != j->i && node_same_chain(f, j->i, (int)x) &&
            f->nodes[x].d->sequence > j->n->d->sequence && node_knew(f, j->i, (int)x))
            return true;
    return false;
}

/* All of its chain that it rests on is here. */
static enum ruling rule_chain(struct judged *j)
{

    if (rests_on_later_word(j))
        return ruled_bad(j, "", N_("it rests on what its author said later"), NO_ITEM);
    if (j->n->gap != NO_ITEM)
        return ruled_later_for(j, "", N_("one that its author said before has not come"),
                               j->f->nodes[j->n->gap].d->prev, PREV_SIZE);
    return RULED_GOOD;
}

/* What it is about is here and counts. What it mentions besides tells what its author knew; who
 * says it mentions nothing that does not count. */
static enum ruling rule_named(struct judged *j)
{
    const struct fold *f = j->f;

    if (j->n->lacks) {
        ruled_later(j, "", N_("what it is about has not come"));
        j->found.awaited_size = fold_lacking(j->n, j->found.awaited);
        return RULED_LATER;
    }
    size_t count = j->n->candidate ? j->n->named_count : j->n->needed_count;
    for (size_t k = 0; k < count; k++) {
        int x = j->n->named[k];
        if (!node_sees(f, j->i, x) && k >= j->n->needed_count)
            continue;
        if (!node_sees(f, j->i, x))
            return ruled_bad(j, "", N_("it is for some who may not have what it is about"), x);
        if (f->nodes[x].verdict.standing == STANDING_IRREGULAR)
            return ruled_bad(j, "", N_("it rests on something irregular"), x);
        if (!node_counts(f, x))
            return ruled_later_than(j, x);
    }
    return RULED_GOOD;
}

static enum ruling rule_owner(struct judged *j)
{
    if (needs_owner(j->f, j->i) && j->n->side != SIDE_REQUESTING)
        return ruled_bad(j, "", N_("that is not for its side to say"), NO_ITEM);
    if (needs_owner(j->f, j->i) && j->n->tenure < 0)
        return ruled_later(j, "",
                           N_("the case was not handed over to its author, as far as is known"));
    if (j->n->candidate && needs_owner(j->f, j->i) && !fold_line_complete(j->f, j->i))
        return ruled_later(
            j, "6", N_("something that was said before the case was handed over has not come"));
    return RULED_GOOD;
}

static enum ruling rule_shape(struct judged *j)
{
    const struct dispatch *d = j->n->d;

    if (memcmp(d->opener, j->f->world->opener, OPENER) != 0)
        return ruled_bad(j, "", N_("it is of another case"), NO_ITEM);
    if (!act_kind_known(d->kind) || !json_is_object(d->payload) ||
        !payload_shaped(act_type(d->kind), d->payload) ||
        (j->n->as != d->kind && j->n->says && !payload_shaped(act_type(j->n->as), j->n->says)))
        return ruled_bad(j, "", N_("its fields have not the shape of such an act"), NO_ITEM);
    return RULED_GOOD;
}

static enum ruling rule_all(struct judged *j)
{
    enum ruling (*const rules[])(struct judged *) = {
        rule_shape,
        rule_trust,
        rule_side,
        rule_chain,
        rule_named,
        rule_owner,
        j->n->d->kind == ACT_CORRECT ? rule_correct : rule_kind,
    };
    enum ruling r = RULED_GOOD;

    for (size_t i = 0; i < ARRAY_SIZE(rules) && r == RULED_GOOD; i++)
        r = rules[i](j);
    return r;
}

enum ruling rule_if_counted(struct fold *f, int i, int counted)
{
    struct judged j = {.f = f, .i = i, .n = &f->nodes[i], .says = f->nodes[i].says};
    struct node *n = &f->nodes[counted];
    enum standing standing = n->verdict.standing;
    bool decided = n->decided;

    n->verdict.standing = STANDING_COUNTS;
    n->decided = true;
    enum ruling r = rule_all(&j);
    n->verdict.standing = standing;
    n->decided = decided;
    return r;
}

bool fold_judge(struct fold *f, int i)
{
    struct node *n = &f->nodes[i];
    struct judged j = {.f = f, .i = i, .n = n, .says = n->says};
    bool forked = n->verdict.forked;
    const struct dispatch *twin = n->verdict.by;
    enum ruling r = rule_all(&j);

    if (r == RULED_GOOD)
        j.found = (struct verdict){.standing = STANDING_COUNTS, .article = ""};
    j.found.forked = forked;
    if (forked && !j.found.by)
        j.found.by = twin;
    n->verdict = j.found;
    n->decided = r != RULED_LATER;
    return n->decided;
}
