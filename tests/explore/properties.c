/* SPDX-License-Identifier: MIT */
#include "properties.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"

static const struct dispatch *at(const struct conversation *c, size_t i)
{
    return c->items[i].dispatch;
}

static bool counts(const struct conversation *c, size_t i, enum act_kind kind)
{
    return at(c, i)->kind == kind && conversation_counts(c, (int)i);
}

static const char *addressee(const struct dispatch *note)
{
    return payload_text(json_object_get(note->payload, "to"), "state");
}

static bool is_request(const struct conversation *c, size_t i)
{
    return counts(c, i, ACT_NOTE) && payload_is(at(c, i)->payload, "kind", "REQ");
}

static bool share(const json_t *a, const json_t *b)
{
    const json_t *persons = json_object_get(a, "persons");

    for (size_t i = 0; i < json_array_size(persons); i++)
        if (payload_has_person(b, "persons", json_integer_value(json_array_get(persons, i))))
            return true;
    return false;
}

/* ---- a request rests on a choice, that on a reply, that on a poll ---- */

static bool has_poll(const struct conversation *c, const struct dispatch *reply)
{
    for (size_t i = 0; i < c->count; i++)
        if (counts(c, i, ACT_POLL) && payload_has_text(at(c, i)->payload, "to", reply->state) &&
            payload_number(at(c, i)->payload, "round") == payload_number(reply->payload, "round"))
            return true;
    return false;
}

static bool has_offer(const struct conversation *c, const char *state)
{
    for (size_t i = 0; i < c->count; i++)
        if (counts(c, i, ACT_REPLY) && !strcmp(at(c, i)->state, state) &&
            payload_bool(at(c, i)->payload, "offer") &&
            !payload_is(at(c, i)->payload, "legal", "no"))
            return true;
    return false;
}

static bool has_choice(const struct conversation *c, const char *state)
{
    for (size_t i = 0; i < c->count; i++)
        if (counts(c, i, ACT_CHOOSE) && payload_is(at(c, i)->payload, "state", state))
            return true;
    return false;
}

static const char *broken_before_request(const struct conversation *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (counts(c, i, ACT_REPLY) && !has_poll(c, at(c, i)))
            return "a reply without its poll (7.6)";
        if (counts(c, i, ACT_CHOOSE) && !has_offer(c, payload_text(at(c, i)->payload, "state")))
            return "a choice without an offer (5)";
        if (is_request(c, i) && !has_choice(c, addressee(at(c, i))))
            return "a request without the choice (5)";
    }
    return NULL;
}

/* ---- assistance rests on a request ---- */

/* Some wording of that request, or of its paper original, was handed over by then for one of them.
 */
static bool was_asked(const struct conversation *c, const struct dispatch *assist)
{
    struct instant given, handed;

    instant_parse(payload_text(assist->payload, "at"), &given);
    for (size_t i = 0; i < c->count; i++) {
        const json_t *says = at(c, i)->payload;
        if (counts(c, i, ACT_CORRECT))
            says = json_object_get(says, "payload");
        else if (!is_request(c, i))
            continue;
        if (payload_is(says, "kind", "REQ") && share(assist->payload, says) &&
            !strcmp(payload_text(json_object_get(says, "to"), "state"), assist->state) &&
            instant_parse(payload_text(says, "at"), &handed) && instant_compare(handed, given) <= 0)
            return true;
    }
    return false;
}

static bool any_accepted(const struct conversation *c, const char *state)
{
    for (size_t i = 0; i < c->request_count; i++)
        if (!strcmp(c->requests[i].state, state) && c->requests[i].accepted != NO_ITEM)
            return true;
    return false;
}

static const char *broken_of_help(const struct conversation *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (!counts(c, i, ACT_ASSIST))
            continue;
        if (!was_asked(c, at(c, i)))
            return "assistance without a note before it (6)";
        if (c->closing != NO_ITEM && !any_accepted(c, at(c, i)->state) &&
            !c->items[i].verdict.crossings)
            return "a closed case with assistance that nobody accepted, and no mark of it (5)";
    }
    return NULL;
}

/* ---- requests ---- */

/* One that one post declined and another accepted may be made anew. */
static bool is_open(const struct conversation_request *r)
{
    return r->status == REQUEST_OPEN || r->status == REQUEST_ACCEPTED ||
           r->status == REQUEST_COUNTERED;
}

static const char *broken_of_requests(const struct conversation *c)
{
    for (size_t a = 0; a < c->request_count; a++)
        for (size_t b = 0; b < a; b++)
            if (is_open(&c->requests[a]) && is_open(&c->requests[b]) &&
                !strcmp(c->requests[a].state, c->requests[b].state) &&
                share(at(c, (size_t)c->requests[a].note)->payload,
                      at(c, (size_t)c->requests[b].note)->payload))
                return "two open requests for one person to one State (6)";
    return NULL;
}

/* As a note: that it is declined while help goes on is another thing. */
static const char *broken_of_answers(const struct conversation *c)
{
    for (size_t a = 0; a < c->count; a++)
        for (size_t d = 0; counts(c, a, ACT_ACCEPT) && d < c->count; d++) {
            const json_t *decline = at(c, d)->payload;
            bool same =
                !strcmp(payload_text(decline, "note"), payload_text(at(c, a)->payload, "note"));
            if (counts(c, d, ACT_DECLINE) && payload_is(decline, "stage", "note") && same &&
                memcmp(at(c, a)->author, at(c, d)->author, POST_ID) == 0)
                return "a note that is both accepted and declined (5)";
        }
    for (size_t i = 0; i < c->request_count; i++)
        if (c->requests[i].status == REQUEST_ACCEPTED && c->requests[i].accepted == NO_ITEM)
            return "a request that nobody accepted is accepted (5)";
    return NULL;
}

/* ---- the end ---- */

static const char *broken_of_end(const struct conversation *c)
{
    bool closed = false;

    for (size_t i = 0; i < c->count; i++)
        closed = closed || counts(c, i, ACT_CLOSE);
    for (size_t i = 0; i < c->count; i++)
        if (counts(c, i, ACT_REPORT) && !closed && !payload_bool(at(c, i)->payload, "pending"))
            return "a report of a case that was never closed (7.7)";
    return NULL;
}

static const char *broken_of_set(const struct conversation *c)
{
    for (size_t a = 0; a < c->count; a++)
        for (size_t b = 0; b < a; b++)
            if (memcmp(at(c, a)->id, at(c, b)->id, ACT_ID_SIZE) == 0)
                return "one dispatch is applied twice";
    for (size_t i = 0; i < c->count; i++) {
        enum act_kind kind = at(c, i)->kind;
        bool asks = kind == ACT_POLL || kind == ACT_CHOOSE || kind == ACT_CLOSE ||
                    kind == ACT_WITHDRAW || kind == ACT_HAND_OVER || is_request(c, i);
        if (asks && conversation_counts(c, (int)i) &&
            strcmp(at(c, i)->state, c->world.requesting) != 0)
            return "another State speaks for the one that requests";
        if ((kind == ACT_ACCEPT || kind == ACT_ASSIST || kind == ACT_REPLY) &&
            conversation_counts(c, (int)i) &&
            !payload_is(at(c, i)->payload, kind == ACT_ASSIST ? "by" : "state", at(c, i)->state))
            return "a State speaks for another one";
    }
    return NULL;
}

const char *property_broken(const struct conversation *c)
{
    static const char *(*const all[])(const struct conversation *) = {
        broken_before_request, broken_of_help, broken_of_requests,
        broken_of_answers,     broken_of_end,  broken_of_set};

    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        const char *broken = all[i](c);
        if (broken)
            return broken;
    }
    return NULL;
}
