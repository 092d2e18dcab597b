/* SPDX-License-Identifier: MIT */
/* The rules of what becomes of a request, and of assistance (Art. 3, 5, 6). */
#include "conversation_rules.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* ---- what becomes of a request ---- */

/* The request by note that it is about, to its State. */
static enum ruling about_own_request(struct judged *j)
{
    int note = j->f->nodes[j->n->root].subject;
    enum ruling r = rule_own_state(j, "state");

    if (r != RULED_GOOD)
        return r;
    if (note == NO_ITEM || !node_is_request(j->f, note) ||
        strcmp(note_addressee(j->f->nodes[j->f->nodes[note].root].says), j->n->d->state) != 0)
        return ruled_bad(j, "5", N_("that is no request to its State"), note);
    return RULED_GOOD;
}

/* It is about that note, or its first form: who knew the note could not overlook it. */
static bool is_about(const struct fold *f, int x, int note)
{
    int subject = f->nodes[x].subject;

    return subject != NO_ITEM && (subject == note || subject == f->nodes[note].root);
}

/* Something of that kind about the same request, which its author knew. */
static enum ruling knew_of(struct judged *j, enum act_kind kind, const char *article,
                           const char *reason)
{
    const struct fold *f = j->f;
    int note = f->nodes[j->n->root].subject, open = NO_ITEM;

    for (size_t x = 0; x < f->count; x++) {
        const struct node *n = &f->nodes[x];
        if (n->d->kind != kind || !is_about(f, (int)x, note) || !judged_other(j, (int)x) ||
            !node_heeds(f, j->i, (int)x) || (kind == ACT_ANNUL && !node_ends(f, (int)x, note)))
            continue;
        if (node_counts(f, (int)x))
            return ruled_bad(j, article, reason, (int)x);
        if (node_open(f, (int)x))
            open = (int)x;
    }
    return open == NO_ITEM ? RULED_GOOD : ruled_later_than(j, open);
}

static enum ruling not_known_to_have_ended(struct judged *j)
{
    enum ruling r = knew_of(j, ACT_WITHDRAW, "5", N_("the request had ended, and it knew"));

    if (r == RULED_GOOD)
        r = knew_of(j, ACT_ANNUL, "6", N_("the request had ended, and it knew"));
    return r;
}

enum ruling rule_accept(struct judged *j)
{
    enum ruling r = about_own_request(j);

    if (r == RULED_GOOD)
        r = not_known_to_have_ended(j);
    return r == RULED_GOOD ? knew_of(j, ACT_DECLINE, "5", N_("it had declined that request")) : r;
}

enum ruling rule_decline(struct judged *j)
{
    bool at_note = payload_is(j->says, "stage", "note");

    if (payload_is(j->says, "stage", "poll"))
        return rule_reply(j);
    enum ruling r = about_own_request(j);
    if (r == RULED_GOOD)
        r = not_known_to_have_ended(j);
    if (r == RULED_GOOD && at_note)
        r = knew_of(j, ACT_ACCEPT, "5", N_("it had accepted that request"));
    return r;
}

/* By its owner, once. */
static enum ruling ends_request(struct judged *j)
{
    const struct fold *f = j->f;
    int note = j->n->subject;

    for (size_t k = 0; k < f->ender_count; k++) {
        int x = f->enders[k];
        if (f->nodes[x].d->kind == ACT_DECLINE || !node_ends(f, x, note) || !node_binds(f, x, j->i))
            continue;
        if (node_open(f, x))
            return ruled_later_than(j, x);
        if (node_counts(f, x))
            return ruled_bad(j, "5", N_("the request had ended already"), x);
    }
    return RULED_GOOD;
}

enum ruling rule_withdraw(struct judged *j)
{
    struct instant at;

    if (j->n->subject == NO_ITEM || !node_is_request(j->f, j->n->subject) ||
        !instant_parse(payload_text(j->says, "at"), &at))
        return ruled_bad(j, "5", N_("that is no request that could be withdrawn"), j->n->subject);
    return ends_request(j);
}

enum ruling rule_annul(struct judged *j)
{
    int note = j->n->subject;

    if (note == NO_ITEM || j->f->nodes[note].as != ACT_NOTE ||
        strcmp(j->f->nodes[note].d->state, j->n->d->state) != 0)
        return ruled_bad(j, "6", N_("that is no note of its own State"), note);
    return node_is_request(j->f, note) ? ends_request(j) : RULED_GOOD;
}

/* ---- assistance ---- */

static bool ends_before(const struct node *decline, struct instant at)
{
    const char *until = payload_text(decline->says, "hand_over_on");
    char day[DATE_SIZE];

    if (*until)
        return strcmp(until, date_format(instant_date(at), day)) < 0;
    return instant_compare(decline->d->at, at) <= 0;
}

/* Had that request ended for this assistance, as who gave it knew? */
static enum ruling ended_for(struct judged *j, int request, struct instant at)
{
    const struct fold *f = j->f;
    int open = NO_ITEM;

    for (size_t k = 0; k < f->ender_count; k++) {
        int x = f->enders[k];
        const struct node *n = &f->nodes[x];
        struct instant from;
        if (!is_about(f, x, request) || !node_ends(f, x, request) || !node_heeds(f, j->i, x))
            continue;
        bool ends =
            n->d->kind == ACT_ANNUL ||
            (n->d->kind == ACT_WITHDRAW && instant_parse(payload_text(n->says, "at"), &from) &&
             instant_compare(from, at) <= 0) ||
            (n->d->kind == ACT_DECLINE && ends_before(n, at));
        if (ends && node_counts(f, x))
            return RULED_BAD;
        if (ends && node_open(f, x))
            open = x;
    }
    return open == NO_ITEM ? RULED_GOOD : ruled_later_than(j, open);
}

/* Does assistance to that person at that instant rest on the request in that wording? */
static enum ruling rests_on(struct judged *j, int request, struct instant at)
{
    struct instant handed;

    if (!instant_parse(payload_text(j->f->nodes[request].says, "at"), &handed) ||
        instant_compare(handed, at) > 0)
        return RULED_BAD;
    enum ruling r = judged_outdated(j, request);
    return r == RULED_GOOD ? ended_for(j, request, at) : r;
}

static bool covers(const json_t *request, const char *state, long person)
{
    return !strcmp(note_addressee(request), state) &&
           (!json_array_size(json_object_get(request, "persons")) ||
            payload_has_person(request, "persons", person));
}

static enum ruling covered(struct judged *j, long person, struct instant at)
{
    const struct fold *f = j->f;
    struct search s = SEARCH_INIT;

    for (size_t x = 0; x < f->count && !s.good; x++) {
        if (!node_is_request(f, (int)x) || !covers(f->nodes[x].says, j->n->d->state, person))
            continue;
        search_take(j, &s, (int)x, rests_on(j, (int)x, at));
    }
    return ruled_conclude(j, &s, "6", N_("no request by note was in force then, as it knew"),
                          N_("no request by note that covers it has come"));
}

/* No closing that its author knew, or a reopening after it that is here; that may still come. */
static enum ruling not_known_closed(struct judged *j, struct instant at)
{
    const struct fold *f = j->f;
    int last = NO_ITEM;
    struct search s = SEARCH_INIT;

    for (size_t x = 0; x < f->count; x++)
        if (f->nodes[x].d->kind == ACT_CLOSE && node_counts(f, (int)x) &&
            node_heeds(f, j->i, (int)x) && (last == NO_ITEM || node_line_before(f, last, (int)x)))
            last = (int)x;
    if (last == NO_ITEM || instant_compare(f->nodes[last].d->at, at) > 0)
        return RULED_GOOD;
    for (size_t x = 0; x < f->count && !s.good; x++)
        if (f->nodes[x].d->kind == ACT_REOPEN && node_line_before(f, last, (int)x))
            search_take(j, &s, (int)x, RULED_GOOD);
    return ruled_conclude(j, &s, "7.7", NULL, N_("the case was closed, and it knew"));
}

enum ruling rule_assist(struct judged *j)
{
    const json_t *persons = json_object_get(j->says, "persons");
    struct instant at;
    enum ruling r = rule_own_state(j, "by");

    if (r == RULED_GOOD &&
        (!json_array_size(persons) || !instant_parse(payload_text(j->says, "at"), &at)))
        r = ruled_bad(j, "6", N_("it does not say when, or to whom"), NO_ITEM);
    for (size_t p = 0; p < json_array_size(persons) && r == RULED_GOOD; p++)
        r = covered(j, json_integer_value(json_array_get(persons, p)), at);
    return r == RULED_GOOD ? not_known_closed(j, at) : r;
}
