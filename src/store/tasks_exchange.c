/* SPDX-License-Identifier: MIT */
/* What the two sides, the capital, the network and the Secretariat owe each other in an open case.
 */
#include <string.h>

#include "amparo/agreement/notes.h"
#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "tasks_work.h"

/* ---- the poll (7.6) ---- */

/* The States polled that are silent, until one is chosen. */
static void silent_states(const struct case_file *c, const struct entry *poll, struct tasks *tasks)
{
    size_t i;
    json_t *state;

    if (case_last(c, ACT_CHOOSE))
        return;
    json_array_foreach(json_object_get(poll->payload, "to"), i, state)
    {
        const char *code = json_string_value(state);
        if (code && !case_answer(c, code, entry_number(poll, "round")))
            tasks_add(tasks, TASK_REPLY, poll, code, entry_text(poll, "reply_by"));
    }
}

/* A poll that came in: its receipt, and whether we can help. An answer is a receipt too. */
static void polled(const struct case_file *c, const struct entry *poll, struct tasks *tasks)
{
    const char *asks = case_requesting_state(c) ? case_requesting_state(c) : "";

    if (!entry_has_text(poll, "to", c->post_state) ||
        case_answer(c, c->post_state, entry_number(poll, "round")))
        return;
    if (!*entry_text(poll, "acknowledged_on"))
        tasks_add(tasks, TASK_POLL_RECEIPT, poll, asks, "");
    tasks_add(tasks, TASK_POLL_ANSWER, poll, asks, entry_text(poll, "reply_by"));
}

/* An offer stands until it is asked for help, or another State is chosen. */
static void offers(const struct case_file *c, const struct entry *poll, struct tasks *tasks)
{
    const struct entry *choice = case_last(c, ACT_CHOOSE);
    size_t i;
    json_t *state;

    json_array_foreach(json_object_get(poll->payload, "to"), i, state)
    {
        const char *code = json_string_value(state) ? json_string_value(state) : "";
        const struct entry *answer = case_answer(c, code, 0);
        if (!answer || !entry_bool(answer, "offer") || case_open_request(c, code, 0) ||
            (choice && strcmp(entry_text(choice, "state"), code) != 0))
            continue;
        if (deadline_seconds(entry_text(answer, "valid_until")))
            tasks_add(tasks, TASK_OFFER_ENDS, answer, code, entry_text(answer, "valid_until"));
    }
}

static void polls(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *poll = case_last(c, ACT_POLL);

    if (!poll)
        return;
    if (!tasks_ours(c)) {
        polled(c, poll, tasks);
        return;
    }
    silent_states(c, poll, tasks);
    offers(c, poll, tasks);
}

/* ---- the capital and the Secretariat (5, 7.5, 7.6) ---- */

static bool has_said(const struct case_file *c, enum act_kind kind, const char *key,
                     const char *code)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, kind)) != NULL;)
        if (strcmp(entry_text(e, key), code) == 0)
            return true;
    return false;
}

static bool is_request(const struct entry *note, const char *direction)
{
    return strcmp(entry_text(note, "kind"), "REQ") == 0 &&
           strcmp(entry_text(note, "direction"), direction) == 0;
}

static void capital_and_secretariat(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *poll = case_last(c, ACT_POLL), *choice = case_last(c, ACT_CHOOSE);

    if (!tasks_ours(c))
        return;
    if (choice && !has_said(c, ACT_AUTHORISE, "what", "request"))
        tasks_add(tasks, TASK_AUTHORISE, choice, "", "");
    if (poll && !entry_transcribed(poll) && !has_said(c, ACT_NOTIFY, "event", "poll"))
        tasks_add(tasks, TASK_TELL_POLL, poll, "", "");
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE)) != NULL;)
        if (is_request(e, "out") && !e->annulled) {
            if (!has_said(c, ACT_NOTIFY, "event", "request"))
                tasks_add(tasks, TASK_TELL_REQUEST, e, "", "");
            return;
        }
}

/* ---- notes (5, 6) ---- */

/* Has something come, or gone, that answers it, in either of its forms? */
static bool is_answered(const struct case_file *c, const struct entry *note)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE)) != NULL;)
        if (request_same(c, e, note) && tasks_named_by(c, ACT_NOTE, "in_reply_to", e))
            return true;
    return case_acceptance(c, note) != NULL;
}

static bool is_acknowledged(const struct case_file *c, const struct entry *note)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE)) != NULL;)
        if (request_same(c, e, note) && *note_told(c, e, "acknowledged_on"))
            return true;
    return false;
}

/* Those of which one wants to know that they have come. */
static bool wants_receipt(const struct entry *note)
{
    static const char *const kinds[] = {"REQ", "SCOPE", "WDR", "FIN"};

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (strcmp(entry_text(note, "kind"), kinds[i]) == 0)
            return true;
    return false;
}

static void sent(const struct case_file *c, const struct entry *note, struct tasks *tasks)
{
    const char *state = payload_text(json_object_get(note->payload, "to"), "state");
    const char *due = note_told(c, note, "reply_due");

    if (!*state || is_answered(c, note))
        return;
    if (wants_receipt(note) && !is_acknowledged(c, note))
        tasks_add(tasks, TASK_NOTE_RECEIPT, note, state, "");
    if (is_request(note, "out"))
        tasks_add(tasks, TASK_ACCEPTANCE, note, state, due);
    else if (deadline_seconds(due))
        tasks_add(tasks, TASK_NOTE_REPLY, note, state, due);
}

static void received(const struct case_file *c, const struct entry *note, struct tasks *tasks)
{
    const char *state = payload_text(json_object_get(note->payload, "from"), "state");
    const char *due = note_told(c, note, "reply_due");

    if ((is_request(note, "in") || deadline_seconds(due)) && !is_answered(c, note))
        tasks_add(tasks, TASK_NOTE_ANSWER, note, state, due);
}

static void notes(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE)) != NULL;) {
        if (e->annulled || *entry_text(e, "same_as") || request_ended(c, e))
            continue;
        if (strcmp(entry_text(e, "direction"), "out") == 0)
            sent(c, e, tasks);
        else
            received(c, e, tasks);
    }
}

/* ---- what was agreed, and its end ---- */

static void scopes(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ACCEPT)) != NULL;) {
        const struct entry *note = case_entry(c, entry_text(e, "note"));
        const char *until = entry_text(e, "ends_on");
        if (note && case_acceptance(c, note) == e && !request_ended(c, note) &&
            deadline_seconds(until))
            tasks_add(tasks, TASK_SCOPE_ENDS, e, entry_text(e, "state"), until);
    }
}

/* Until another State is asked. */
static void hand_overs(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DECLINE)) != NULL;) {
        const struct entry *open = case_open_request(c, NULL, 0);
        if (*entry_text(e, "hand_over_on") && (!open || open->act->seq < e->act->seq))
            tasks_add(tasks, TASK_HAND_OVER, e, entry_text(e, "state"),
                      entry_text(e, "hand_over_on"));
    }
}

static void network_answers(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_REFER)) != NULL;) {
        const struct entry *answer = NULL;
        if (strcmp(entry_text(e, "to"), "network") != 0)
            continue;
        while ((answer = case_next(c, answer, ACT_REFER_ANSWER)) != NULL)
            if (answer->act->seq > e->act->seq && strcmp(entry_text(answer, "to"), "network") == 0)
                break;
        if (!answer)
            tasks_add(tasks, TASK_NETWORK, e, "", "");
    }
}

void tasks_of_exchange(const struct case_file *c, struct tasks *tasks)
{
    polls(c, tasks);
    capital_and_secretariat(c, tasks);
    notes(c, tasks);
    scopes(c, tasks);
    hand_overs(c, tasks);
    network_answers(c, tasks);
}
