/* SPDX-License-Identifier: MIT */
#include "amparo/store/tasks.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/receivable.h"
#include "amparo/base/mem.h"

bool wanted_has_day(const struct wanted *w)
{
    return (*w->due || w->setting) && task_type(w->kind)->shown < SHOWN_ON;
}

/* Where an act names a day, it goes before the period that counts else. */
static struct wanted *add(struct tasks *tasks, enum task_kind kind, const struct entry *e,
                          const char *state, const char *due)
{
    const struct task_type *type = task_type(kind);
    bool named = deadline_seconds(due) != 0;

    tasks->list = xreallocarray(tasks->list, tasks->count + 1, sizeof *tasks->list);
    struct wanted *w = &tasks->list[tasks->count++];
    *w = (struct wanted){.kind = kind,
                         .state = state,
                         .act = e->act,
                         .since = e->act->at,
                         .due = named ? due : "",
                         .setting = named ? SETTING_NONE : type->setting,
                         .country = ""};
    if (w->setting && setting_type(w->setting)->unit == UNIT_WORKING_DAYS &&
        type->whom == WHOM_STATE)
        w->country = state;
    return w;
}

void tasks_release(struct tasks *tasks)
{
    free(tasks->list);
    *tasks = (struct tasks){NULL, 0};
}

/* The States polled that are silent, until one is chosen; of those asked with us, ours alone. */
static void silent_states(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *poll = case_last(c, ACT_POLL);
    bool ours = !strcmp(case_role(c), "requesting");
    size_t i;
    json_t *state;

    if (!poll || case_last(c, ACT_CHOOSE))
        return;
    json_array_foreach(json_object_get(poll->payload, "to"), i, state)
    {
        const char *code = json_string_value(state);
        if (code && !ours && strcmp(code, c->post_state) != 0)
            continue;
        if (code && !case_answer(c, code, entry_number(poll, "round")))
            add(tasks, TASK_REPLY, poll, code, entry_text(poll, "reply_by"));
    }
}

/* Is there a later act of that kind whose `of` or `note` names this one? */
static bool is_named_by(const struct case_file *c, enum act_kind kind, const char *key,
                        const struct entry *named)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(named->act->id, id);
    for (const struct entry *e = NULL; (e = case_next(c, e, kind)) != NULL;)
        if (strcmp(entry_text(e, key), id) == 0)
            return true;
    return false;
}

static void to_countersign(const struct case_file *c, struct tasks *tasks)
{
    size_t count = case_uncountersigned(c, NULL, 0);
    const struct entry **list = xcalloc(count, sizeof *list);

    case_uncountersigned(c, list, count);
    for (size_t i = 0; i < count; i++)
        add(tasks, TASK_COUNTERSIGN, list[i], "", "");
    free(list);
}

static void to_be_accepted(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_NOTE)) != NULL;) {
        json_t *to = json_object_get(e->payload, "to");
        const char *state = json_string_value(json_object_get(to, "state"));
        if (!state || strcmp(entry_text(e, "kind"), "REQ") != 0 ||
            strcmp(entry_text(e, "direction"), "out") != 0 || e->annulled ||
            !case_open_request(c, state, 0) || is_named_by(c, ACT_ACCEPT, "note", e))
            continue;
        add(tasks, TASK_ACCEPTANCE, e, state, "");
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
            add(tasks, TASK_NETWORK, e, "", "");
    }
}

static void data_to_return(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DATA_RETURN)) != NULL;) {
        const struct entry *later = e;
        bool confirmed = *entry_text(e, "confirmed_on") != '\0';
        while (!confirmed && (later = case_next(c, later, ACT_DATA_RETURN)) != NULL)
            confirmed = strcmp(entry_text(later, "state"), entry_text(e, "state")) == 0;
        if (!confirmed)
            add(tasks, TASK_DATA_RETURN, e, entry_text(e, "state"), "");
    }
}

static void hand_overs(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DECLINE)) != NULL;)
        if (*entry_text(e, "hand_over_on"))
            add(tasks, TASK_HAND_OVER, e, entry_text(e, "state"), entry_text(e, "hand_over_on"));
}

static void next_action(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *open = case_last(c, ACT_OPEN);

    if (open && *entry_text(open, "next_action_due"))
        add(tasks, TASK_NEXT_ACTION, open, "", entry_text(open, "next_action_due"));
}

/* ---- how long data is kept ---- */

/* A request awaits its second officer; data-protection laws give a month for the answer. */
static void to_erase(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE_REQUEST)) != NULL;)
        if (case_awaits_erasing(c, e))
            add(tasks, TASK_ERASE, e, "", "");
}

static bool is_ours(const struct case_file *c)
{
    return strcmp(case_role(c), "requesting") == 0;
}

static void keep_closed(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *close = case_last(c, ACT_CLOSE);
    const char *exit = case_exit(c), *until = entry_text(close, "retention_until");
    bool eligible = !exit || strcmp(exit, "not_eligible") != 0;

    if (deadline_seconds(until))
        add(tasks, TASK_KEEP_UNTIL, close, "", until);
    else
        add(tasks,
            !eligible    ? TASK_DISCARD
            : is_ours(c) ? TASK_REVIEW
                         : TASK_REDUCE,
            close, "", "");
}

/* An intake on which nobody works any more counts from its last act. */
static void keep_open(const struct case_file *c, struct tasks *tasks)
{
    if (is_ours(c) && case_stage(c) <= STAGE_POLL && !case_last(c, ACT_POLL))
        add(tasks, TASK_DISCARD, case_last(c, ACT_OPEN), "", "")->since = c->acts[c->count - 1].at;
}

/* A legal hold suspends them all; where nobody is left there is nothing to keep. */
static void to_be_kept(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *open = case_last(c, ACT_OPEN);

    if (!open || case_held(c) || case_empty_of_persons(c))
        return;
    if (deadline_seconds(entry_text(open, "review_on")))
        add(tasks, TASK_REVIEW_ON, open, "", entry_text(open, "review_on"));
    if (case_closed(c))
        keep_closed(c, tasks);
    else
        keep_open(c, tasks);
}

/* ---- what is owed (Art. 8) ---- */

static void to_be_refunded(const struct case_file *c, struct tasks *tasks)
{
    size_t count;
    struct receivable *list = receivables_of(c, &count);

    for (size_t i = 0; i < count; i++) {
        const struct receivable *r = &list[i];
        bool owed = strcmp(r->creditor, c->post_state) == 0;
        if (receivable_left(r))
            add(tasks, owed ? TASK_REFUND_DUE : TASK_REFUND, r->cost,
                owed ? r->debtor : r->creditor, r->due_on)
                ->since = entry_text(r->cost, "on");
    }
    free(list);
}

static void of_an_open_case(const struct case_file *c, struct tasks *out)
{
    next_action(c, out);
    silent_states(c, out);
    to_be_accepted(c, out);
    network_answers(c, out);
    hand_overs(c, out);
}

void tasks_of(const struct case_file *c, struct tasks *out)
{
    bool danger = strcmp(case_priority(c), "life_threatening") == 0;

    *out = (struct tasks){NULL, 0};
    to_countersign(c, out);
    data_to_return(c, out);
    to_erase(c, out);
    to_be_kept(c, out);
    to_be_refunded(c, out);
    if (!case_closed(c))
        of_an_open_case(c, out);
    for (size_t i = 0; i < out->count; i++) {
        struct wanted *w = &out->list[i];
        w->danger = danger;
        w->at = deadline_seconds(*w->due ? w->due : w->since);
    }
}
