/* SPDX-License-Identifier: MIT */
/* The rules from the poll to the request by note (Art. 5, 6, 7.6). */
#include "conversation_rules.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* ---- the poll, the answers, the choice ---- */

enum ruling rule_poll(struct judged *j)
{
    if (payload_has_text(j->says, "to", j->f->world->requesting))
        return ruled_bad(j, "7.6", N_("it polls its own State"), NO_ITEM);
    return rule_not_closed(j);
}

enum ruling rule_own_state(struct judged *j, const char *key)
{
    if (!payload_is(j->says, key, j->n->d->state))
        return ruled_bad(j, "3", N_("it speaks for another State"), NO_ITEM);
    return RULED_GOOD;
}

static enum ruling after_poll(struct judged *j)
{
    const struct fold *f = j->f;
    struct search s = SEARCH_INIT;
    long round = payload_number(j->says, "round");

    for (size_t x = 0; x < f->count && !s.good; x++) {
        const struct node *poll = &f->nodes[x];
        if (poll->as != ACT_POLL || !judged_other(j, (int)x) ||
            payload_number(poll->says, "round") != round)
            continue;
        bool to_us = payload_has_text(poll->says, "to", j->n->d->state);
        search_take(j, &s, (int)x, to_us ? judged_outdated(j, (int)x) : RULED_BAD);
    }
    return ruled_conclude(j, &s, "7.6", N_("that State was not polled in that round"),
                          N_("the poll that it answers has not come"));
}

enum ruling rule_reply(struct judged *j)
{
    enum ruling r = rule_own_state(j, "state");

    return r == RULED_GOOD ? after_poll(j) : r;
}

bool node_is_answer(const struct node *n)
{
    return n->as == ACT_REPLY || (n->as == ACT_DECLINE && payload_is(n->says, "stage", "poll"));
}

/* Bad: who chose knew of a later answer of that State. */
static enum ruling answered_anew(struct judged *j, int y)
{
    const struct fold *f = j->f;
    long round = payload_number(f->nodes[y].says, "round");
    int open = NO_ITEM;

    for (size_t z = 0; z < f->count; z++) {
        const struct node *n = &f->nodes[z];
        long other = payload_number(n->says, "round");
        if (!node_is_answer(n) || (int)z == y || !node_knew(f, j->i, (int)z) ||
            strcmp(n->d->state, f->nodes[y].d->state) != 0 ||
            !(other > round || (other == round && node_follows(f, (int)z, y))))
            continue;
        if (node_counts(f, (int)z))
            return RULED_BAD;
        if (node_open(f, (int)z))
            open = (int)z;
    }
    return open == NO_ITEM ? RULED_GOOD : ruled_later_than(j, open);
}

/* The answer came by paper or telephone: no dispatch of it will ever be here. */
static bool rests_on_taken_down(const struct judged *j)
{
    return json_is_object(json_object_get(j->n->d->context, dispatch_answer_key));
}

enum ruling rule_choose(struct judged *j)
{
    const struct fold *f = j->f;
    struct search s = SEARCH_INIT;
    const char *state = payload_text(j->says, "state");
    enum ruling r = rule_not_closed(j);

    if (r != RULED_GOOD || rests_on_taken_down(j))
        return r;
    for (size_t x = 0; x < f->count && !s.good; x++) {
        const struct node *n = &f->nodes[x];
        if (!node_is_answer(n) || strcmp(n->d->state, state) != 0)
            continue;
        bool offers = n->as == ACT_REPLY && reply_is_usable(n->says);
        search_take(j, &s, (int)x, offers ? answered_anew(j, (int)x) : RULED_BAD);
    }
    return ruled_conclude(j, &s, "5", N_("that State made no offer that can be used"),
                          N_("the reply of that State has not come"));
}

/* ---- the request by note ---- */

static enum ruling after_choice(struct judged *j)
{
    const struct fold *f = j->f;
    struct search s = SEARCH_INIT;

    for (size_t x = 0; x < f->count && !s.good; x++) {
        const struct node *n = &f->nodes[x];
        if (n->as == ACT_CHOOSE && n->side == SIDE_REQUESTING && n->tenure >= 0 &&
            payload_is(n->says, "state", note_addressee(j->says)))
            search_take(j, &s, (int)x, node_line_before(f, (int)x, j->i) ? RULED_GOOD : RULED_BAD);
    }
    return ruled_conclude(j, &s, "5", N_("the choice of that State came after it"),
                          N_("the choice of that State has not come"));
}

bool requests_share_person(const json_t *a, const json_t *b)
{
    const json_t *persons = json_object_get(a, "persons");

    if (!json_array_size(persons) || !json_array_size(json_object_get(b, "persons")))
        return true; /* whoever names nobody asks for all */
    for (size_t i = 0; i < json_array_size(persons); i++)
        if (payload_has_person(b, "persons", json_integer_value(json_array_get(persons, i))))
            return true;
    return false;
}

/* The request has ended: withdrawn, annulled, or declined by the State that had it. */
static enum ruling has_ended(struct judged *j, int request)
{
    const struct fold *f = j->f;
    int open = NO_ITEM;

    for (size_t k = 0; k < f->ender_count; k++) {
        int x = f->enders[k];
        if (!node_ends(f, x, request))
            continue;
        if (node_open(f, x))
            open = x;
        else if (node_counts(f, x))
            return RULED_GOOD;
    }
    return open == NO_ITEM ? RULED_BAD : ruled_later_than(j, open);
}

/* The judged one, if it counts, is one that has ended at once: what ends it would count too. */
static enum ruling would_have_ended(struct judged *j)
{
    const struct fold *f = j->f;

    for (size_t k = 0; k < f->ender_count; k++)
        if (node_open(f, f->enders[k]) && node_ends(f, f->enders[k], j->i) &&
            rule_if_counted(j->f, f->enders[k], j->i) == RULED_GOOD)
            return RULED_GOOD;
    return has_ended(j, j->i);
}

/* Both ask the same State for help for the same person, in different requests. */
static bool conflict(const struct judged *j, int x)
{
    const struct node *n = &j->f->nodes[x];

    return node_is_request(j->f, x) && judged_other(j, x) && n->says &&
           (node_open(j->f, x) || node_counts(j->f, x)) &&
           requests_share_person(n->says, j->says) &&
           strcmp(note_addressee(n->says), note_addressee(j->says)) == 0;
}

/* Others have built on the later one of two that conflict, and on that one alone: it stays, since
 * its author may have put the other one before it afterwards. */
static bool is_favoured(const struct fold *f, int earlier, int late)
{
    return f->nodes[late].answered && !f->nodes[earlier].answered &&
           node_same_chain(f, late, earlier);
}

/* Is there room beside that one? Of two that conflict one counts when the other one has ended: as a
 * rule the later one. It is not irregular: what ended that one may be what has not come. */
static enum ruling room_beside(struct judged *j, int x)
{
    bool first = node_line_before(j->f, j->i, x);
    bool favoured = is_favoured(j->f, first ? j->i : x, first ? x : j->i);

    if (first != favoured)
        return RULED_GOOD;
    return first ? would_have_ended(j) : has_ended(j, x);
}

static enum ruling no_other_open(struct judged *j)
{
    const struct fold *f = j->f;

    for (size_t x = 0; x < f->count; x++) {
        if (!conflict(j, (int)x) ||
            (!node_line_before(f, j->i, (int)x) && !node_line_before(f, (int)x, j->i)))
            continue;
        enum ruling r = room_beside(j, (int)x);
        if (r == RULED_LATER)
            return r;
        if (r == RULED_BAD)
            return ruled_later_for(j, "6", N_("another request for the same person is open"),
                                   f->nodes[x].d->id, ACT_ID_SIZE);
    }
    return RULED_GOOD;
}

static enum ruling rule_request(struct judged *j)
{
    struct instant at;
    enum ruling r = rule_not_closed(j);

    if (!strcmp(note_addressee(j->says), j->f->world->requesting))
        return ruled_bad(j, "6", N_("it asks its own State"), NO_ITEM);
    if (!instant_parse(payload_text(j->says, "at"), &at))
        return ruled_bad(j, "6", N_("it does not say when it was handed over"), NO_ITEM);
    if (r == RULED_GOOD)
        r = after_choice(j);
    return r == RULED_GOOD ? no_other_open(j) : r;
}

/* A State that was polled, or had a request; the requesting State always. */
enum ruling rule_takes_part(struct judged *j)
{
    const struct fold *f = j->f;
    struct search s = SEARCH_INIT;

    s.good = j->n->side != SIDE_ASSISTING;
    for (size_t x = 0; x < f->count && !s.good; x++) {
        const struct node *n = &f->nodes[x];
        bool concerns =
            (n->as == ACT_POLL && payload_has_text(n->says, "to", j->n->d->state)) ||
            (node_is_request(f, (int)x) && !strcmp(note_addressee(n->says), j->n->d->state));
        if (concerns)
            search_take(j, &s, (int)x, RULED_GOOD);
    }
    return ruled_conclude(j, &s, "", NULL, N_("nothing by which that State takes part has come"));
}

enum ruling rule_note(struct judged *j)
{
    return payload_is_request(ACT_NOTE, j->says) ? rule_request(j) : rule_takes_part(j);
}
