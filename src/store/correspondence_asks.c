/* SPDX-License-Identifier: MIT */
/* What dispatches ask of us; and acts that are here alone: of correspondence.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "correspondence_work.h"

enum { ASKS_MOST = 64 };

/* ---- said already, and on its way ---- */

static const struct entry *act_of(const struct talked *t, const struct letter *l)
{
    return l->act ? case_entry(&t->over.c, l->act) : NULL;
}

static bool was_decided(const struct talked *t, const struct letter *l)
{
    const struct entry *note = act_of(t, l);

    return note && (case_acceptance(&t->over.c, note) || request_ended(&t->over.c, note));
}

/* A later act of that kind about that State. */
static bool was_said(const struct talked *t, const struct letter *l, enum act_kind kind,
                     const char *state)
{
    const struct entry *before = act_of(t, l);

    for (const struct entry *e = NULL; (e = case_next(&t->over.c, e, kind));)
        if (!entry_transcribed(e) && (!before || e->act->seq > before->act->seq) &&
            (!*state || !strcmp(entry_text(e, "state"), state)))
            return true;
    return false;
}

static bool was_thanked(const struct talked *t, const char *state)
{
    for (const struct entry *e = NULL; (e = case_next(&t->over.c, e, ACT_NOTE));)
        if (!strcmp(entry_text(e, "kind"), "CLO") && !strcmp(entry_text(e, "direction"), "out") &&
            !strcmp(payload_text(json_object_get(e->payload, "to"), "state"), state))
            return true;
    return false;
}

/* The answer is recorded, though it may not have gone yet. */
static bool is_answered(const struct talked *t, const struct letter *l)
{
    const struct case_file *c = &t->over.c;

    switch (l->asked) {
    case ASKED_REPLY:
        return case_answer(c, c->post_state, payload_number(l->payload, "round")) != NULL;
    case ASKED_CHOOSE:
        return was_said(t, l, ACT_CHOOSE, "");
    case ASKED_REQUEST:
        return case_open_request(c, l->asked_state, 0) != NULL;
    case ASKED_DECIDE:
    case ASKED_SETTLE:
        return was_decided(t, l) && l->asked == ASKED_DECIDE;
    case ASKED_RETURN:
        return was_said(t, l, ACT_DATA_RETURN, l->asked_state);
    case ASKED_CONFIRM:
        return was_said(t, l, ACT_DATA_RETURN, "");
    case ASKED_THANK:
        return was_thanked(t, l->asked_state);
    case ASKED_REPORT:
    case ASKED_AMEND:
        return was_said(t, l, ACT_REPORT, "");
    default:
        return false;
    }
}

/* ---- what is asked ---- */

static void set_due(struct letter *l)
{
    const char *until = l->asked == ASKED_REPLY    ? payload_text(l->payload, "reply_by")
                        : l->asked == ASKED_DECIDE ? payload_text(l->payload, "reply_due")
                                                   : "";

    if (strlen(until) < sizeof l->due)
        memcpy(l->due, until, strlen(until) + 1);
}

static void ask(struct talked *t, struct letter *l, const struct conversation_asked *asked)
{
    l->asks = true;
    l->asked = asked->what;
    memcpy(l->asked_state, asked->state, STATE_SIZE);
    l->asks = !t->known || !is_answered(t, l);
    if (l->asks)
        set_due(l);
}

void talked_ask(struct talked *t, struct letters *list)
{
    struct conversation_asked asked[ASKS_MOST];
    size_t count = conversation_asks(&t->talk.fold, conversed_reader(t->store), asked, ASKS_MOST);

    for (size_t i = 0; i < count && i < ASKS_MOST; i++) {
        char id[2 * ACT_ID_SIZE + 1];
        if (asked[i].item == NO_ITEM)
            continue;
        act_id_hex(t->talk.fold.items[asked[i].item].dispatch->id, id);
        for (size_t k = 0; k < list->count; k++)
            if (!list->list[k].asks && strcmp(list->list[k].id, id) == 0)
                ask(t, &list->list[k], &asked[i]);
    }
}

/* ---- acts that are here alone ---- */

bool letter_is_before(const struct letter *a, const struct letter *b)
{
    struct instant x, y;

    return instant_parse(a->said, &x) && instant_parse(b->said, &y) && instant_compare(x, y) < 0;
}

static bool has_dispatch(const struct kept_dispatches *kept, int64_t seq)
{
    for (size_t i = 0; i < kept->count; i++)
        if (kept->list[i].act == seq)
            return true;
    return false;
}

static bool concerns_others(const struct case_file *c, const struct entry *e)
{
    struct audience_codes codes;

    return entry_transcribed(e) || travel_audience(c, e->act, &codes);
}

static void add_act(struct store *store, const struct case_file *c, const struct entry *e,
                    struct letters *out)
{
    const json_t *told = json_object_get(e->payload, act_transcribed_field.key);
    struct letter *l = letters_add(out);
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(e->act->id, id);
    l->reference = xstrdup(c->reference);
    l->transcribed = entry_transcribed(e);
    l->ours = !l->transcribed;
    memcpy(l->said, e->act->at, sizeof l->said);
    memcpy(l->came, e->act->at, sizeof l->came);
    l->post = xstrdup(l->ours ? store->post.profile.code : "");
    l->office = xstrdup(l->ours ? store->post.profile.name : payload_text(told, "from"));
    l->kind = e->act->kind;
    l->payload = json_deep_copy(e->payload);
    l->trust = l->ours ? TRUST_CERTIFIED : TRUST_UNKNOWN;
    l->verdict.standing = STANDING_COUNTS;
    l->act = xstrdup(id);
    if (l->ours) {
        memcpy(l->state, store->post.profile.state, STATE_SIZE - 1);
        travel_audience(c, e->act, &l->to);
    }
}

void letters_alone(struct store *store, const struct case_file *c,
                   const struct kept_dispatches *kept, struct letters *out)
{
    for (size_t i = 0; i < c->count; i++)
        if (!has_dispatch(kept, c->acts[i].seq) && concerns_others(c, &c->entries[i]))
            add_act(store, c, &c->entries[i], out);
}
