/* SPDX-License-Identifier: MIT */
/* What went out of this post, to whom, and who was named in it; and whom we owe thanks. */
#include <string.h>

#include "amparo/agreement/case.h"
#include "amparo/agreement/payload.h"

static void add(json_t *list, const struct entry *e, const char *what, const char *to,
                json_t *named)
{
    char id[2 * ACT_ID_SIZE + 1];
    const char *at = entry_text(e, "at");

    act_id_hex(e->act->id, id);
    json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o, s:s}", "at", *at ? at : e->act->at,
                                          "what", what, "to", to, "named", named, "id", id));
}

static json_t *persons_of(const struct case_file *c, const struct entry *e)
{
    long persons[CASE_PERSONS_MOST];
    size_t count = case_subjects(c, e->payload, e->act->seq, persons, CASE_PERSONS_MOST);
    json_t *out = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(out, json_integer(persons[i]));
    return out;
}

static void add_poll(const struct entry *e, json_t *list)
{
    size_t i;
    json_t *state;

    json_array_foreach(json_object_get(e->payload, "to"), i, state)
        add(list, e, "poll", json_string_value(state), json_array());
}

/* A request names whom it is for, also where it lists nobody; other notes whom they list. */
static void add_note(const struct case_file *c, const struct entry *e, json_t *list)
{
    const char *kind = entry_text(e, "kind");
    const json_t *to = json_object_get(e->payload, "to");
    bool names = !strcmp(kind, "REQ") || json_object_get(e->payload, "persons");
    const char *whom = payload_text(to, strcmp(kind, "LOC") ? "state" : "office");

    if (!strcmp(entry_text(e, "direction"), "out"))
        add(list, e, kind, *whom ? whom : "secretariat", names ? persons_of(c, e) : json_array());
}

static void add_entry(const struct case_file *c, const struct entry *e, json_t *list)
{
    switch (e->act->kind) {
    case ACT_NOTIFY:
        if (strcmp(case_role(c), "observer") != 0) /* who is told has told nobody */
            add(list, e, "notify", "secretariat", json_array());
        break;
    case ACT_POLL:
        add_poll(e, list);
        break;
    case ACT_NOTE:
        add_note(c, e, list);
        break;
    case ACT_REFER:
        add(list, e, "refer", entry_text(e, "to"), persons_of(c, e));
        break;
    case ACT_REPLY:
    case ACT_DECLINE:
    case ACT_ACCEPT:
        add(list, e, act_type(e->act->kind)->name, case_requesting_state(c), json_array());
        break;
    default:
        break;
    }
}

json_t *case_sent(const struct case_file *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->count; i++)
        if (!entry_transcribed(&c->entries[i]))
            add_entry(c, &c->entries[i], list);
    return list;
}

/* ---- thanks ---- */

static bool was_thanked(const struct case_file *c, const char *state)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE));)
        if (!e->annulled && !strcmp(entry_text(e, "kind"), "CLO") &&
            !strcmp(entry_text(e, "direction"), "out") &&
            !strcmp(payload_text(json_object_get(e->payload, "to"), "state"), state))
            return true;
    return false;
}

static bool is_owed_thanks(const struct case_file *c, const char *state)
{
    const struct entry *answer = case_answer(c, state, 0);

    return answer && answer->act->kind == ACT_REPLY && entry_bool(answer, "offer") &&
           !case_choice(c, state) && !was_thanked(c, state);
}

static bool is_listed(const char *const *states, size_t count, const char *state)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(states[i], state))
            return true;
    return false;
}

size_t case_unthanked(const struct case_file *c, const char **states, size_t room)
{
    size_t count = 0;

    /* Until a State has accepted, another offer may still be needed. */
    if (strcmp(case_role(c), "requesting") || (!case_last(c, ACT_ACCEPT) && !case_closed(c)))
        return 0;
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REPLY));) {
        const char *state = entry_text(e, "state");
        if (count < room && is_owed_thanks(c, state) && !is_listed(states, count, state))
            states[count++] = state;
    }
    return count;
}
