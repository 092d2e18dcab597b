/* SPDX-License-Identifier: MIT */
#include "amparo/agreement/arrival.h"

#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/instant.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* In whose file. */
enum { REQUESTS = 1, ASSISTS = 2, OBSERVES = 4, TOLD = 8 }; /* TOLD: the Secretariat */

static const struct {
    enum act_kind kind;
    enum arrival arrival;
    unsigned where;
} rows[] = {
    {ACT_POLL, ARRIVAL_TAKEN_DOWN, ASSISTS | OBSERVES | TOLD},
    {ACT_REPLY, ARRIVAL_TAKEN_DOWN, REQUESTS | ASSISTS | OBSERVES | TOLD},
    {ACT_DECLINE, ARRIVAL_TAKEN_DOWN, REQUESTS | ASSISTS | OBSERVES | TOLD},
    {ACT_NOTE, ARRIVAL_TAKEN_DOWN, REQUESTS | ASSISTS | OBSERVES | TOLD},
    {ACT_ACCEPT, ARRIVAL_TAKEN_DOWN, REQUESTS | ASSISTS | OBSERVES | TOLD},
    {ACT_ASSIST, ARRIVAL_TAKEN_DOWN, REQUESTS | ASSISTS | OBSERVES | TOLD},
    {ACT_WITHDRAW, ARRIVAL_TAKEN_DOWN, ASSISTS | OBSERVES | TOLD},
    {ACT_PERSON, ARRIVAL_AS_SAID, ASSISTS | OBSERVES},
    {ACT_CHILD, ARRIVAL_AS_SAID, ASSISTS | OBSERVES},
    {ACT_NEED, ARRIVAL_AS_SAID, ASSISTS | OBSERVES},
    {ACT_DELIVERY, ARRIVAL_AS_SAID, REQUESTS | ASSISTS | OBSERVES},
    {ACT_DATA_RETURN, ARRIVAL_AS_SAID, REQUESTS | ASSISTS | OBSERVES},
    {ACT_NOTIFY, ARRIVAL_AS_SAID, OBSERVES | TOLD},
    {ACT_CLOSE, ARRIVAL_AS_SAID, OBSERVES | TOLD},
    {ACT_REOPEN, ARRIVAL_AS_SAID, OBSERVES | TOLD},
    {ACT_REPORT, ARRIVAL_AS_SAID, OBSERVES | TOLD},
};

static unsigned place_of(const struct arrival_reader *reader)
{
    if (reader->secretariat)
        return TOLD;
    if (!strcmp(reader->role, "requesting"))
        return REQUESTS;
    return strcmp(reader->role, "assisting") ? OBSERVES : ASSISTS;
}

/* What another post of the own State says in a case of which this one is a side is its own to say:
 * only its answers, which any post of a State may give. */
static bool is_own_side(enum act_kind kind, const char *author_state,
                        const struct arrival_reader *reader)
{
    return strcmp(author_state, reader->state) == 0 && place_of(reader) & (REQUESTS | ASSISTS) &&
           (kind == ACT_NOTE || kind == ACT_DELIVERY || kind == ACT_DATA_RETURN);
}

enum arrival arrival_of(enum act_kind kind, const char *author_state,
                        const struct arrival_reader *reader)
{
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        if (rows[i].kind == kind && rows[i].where & place_of(reader))
            return is_own_side(kind, author_state, reader) ? ARRIVAL_NONE : rows[i].arrival;
    return ARRIVAL_NONE;
}

const char *arrival_role(const char *requesting_state, const char *post_state, bool secretariat)
{
    return secretariat || !strcmp(requesting_state, post_state) ? "observer" : "assisting";
}

bool arrival_opens(enum act_kind kind)
{
    return kind == ACT_POLL || kind == ACT_NOTE || kind == ACT_NOTIFY;
}

/* ---- the same thing, taken down before ---- */

/* Keys that must agree: both say the same, or the taken down one does not say it. */
static const struct {
    enum act_kind kind;
    const char *keys[4]; /* which act it is */
    const char *says[6]; /* and what matters of it */
} essentials[] = {
    {ACT_PERSON, {NULL}, {"surname_1", "given_names", "single_name", "birth_date", NULL}},
    {ACT_POLL, {"round", NULL}, {"to", "reply_by", NULL}},
    {ACT_REPLY, {"state", "round", NULL}, {"legal", "material", "offer", "services", NULL}},
    {ACT_DECLINE, {"state", "stage", "round", "note"}, {"hand_over_on", NULL}},
    {ACT_NOTE, {"kind", "direction", NULL}, {NULL}},
    {ACT_ACCEPT, {"state", "note", NULL}, {"services", "starts_on", "ends_on", NULL}},
    {ACT_ASSIST, {"by", "kind", NULL}, {"persons", "manner", NULL}},
    {ACT_WITHDRAW, {"note", NULL}, {NULL}},
};

static bool same_text(const json_t *a, const json_t *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;

    text_fold(&x, json_string_value(a));
    text_fold(&y, json_string_value(b));
    bool same = strcmp(buf_text(&x), buf_text(&y)) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}

static bool same_value(const json_t *a, const json_t *b)
{
    if (json_is_string(a) && json_is_string(b))
        return same_text(a, b);
    if (!json_is_array(a) || !json_is_array(b))
        return json_equal(a, b);
    for (size_t i = 0; i < json_array_size(a); i++) {
        bool found = false;
        for (size_t k = 0; k < json_array_size(b); k++)
            found |= json_equal(json_array_get(a, i), json_array_get(b, k));
        if (!found)
            return false;
    }
    return json_array_size(a) == json_array_size(b);
}

static bool agree(const json_t *taken_down, const json_t *came, const char *const *keys,
                  size_t most, bool needed)
{
    for (size_t i = 0; i < most && keys[i]; i++) {
        const json_t *a = json_object_get(taken_down, keys[i]), *b = json_object_get(came, keys[i]);
        if (!a && !b)
            continue;
        if (needed ? !a || !b || !same_value(a, b) : a && b && !same_value(a, b))
            return false;
    }
    return true;
}

/* Its number, as its writer gave it, tells a note; else its day, where no number was taken down. */
static bool same_note(const json_t *taken_down, const json_t *came)
{
    const char *of[] = {payload_text(json_object_get(taken_down, "from"), "state"),
                        payload_text(json_object_get(came, "from"), "state")};
    const json_t *number[] = {json_object_get(taken_down, "number"),
                              json_object_get(came, "number")};

    if (strcmp(of[0], of[1]) != 0)
        return false;
    return json_is_string(number[0]) && json_is_string(number[1]) &&
           same_text(number[0], number[1]) &&
           !strcmp(payload_text(taken_down, "date"), payload_text(came, "date"));
}

/* Whoever takes it down by telephone has the minute at best. */
static bool same_hour(const json_t *taken_down, const json_t *came)
{
    enum { HALF_AN_HOUR = 30 * 60 };
    struct instant a, b;

    return instant_parse(payload_text(taken_down, "at"), &a) &&
           instant_parse(payload_text(came, "at"), &b) && a.seconds - b.seconds <= HALF_AN_HOUR &&
           b.seconds - a.seconds <= HALF_AN_HOUR;
}

bool arrival_same(enum act_kind kind, const json_t *taken_down, const json_t *came)
{
    for (size_t i = 0; i < ARRAY_SIZE(essentials); i++)
        if (essentials[i].kind == kind)
            return agree(taken_down, came, essentials[i].keys, ARRAY_SIZE(essentials[i].keys),
                         true) &&
                   agree(taken_down, came, essentials[i].says, ARRAY_SIZE(essentials[i].says),
                         false) &&
                   (kind != ACT_NOTE || same_note(taken_down, came)) &&
                   (kind != ACT_ASSIST || same_hour(taken_down, came));
    return false;
}
