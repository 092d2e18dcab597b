/* SPDX-License-Identifier: MIT */
#include "amparo/store/tasks.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/receivable.h"
#include "amparo/base/mem.h"
#include "tasks_work.h"

bool wanted_has_day(const struct wanted *w)
{
    return (*w->due || w->setting) && task_type(w->kind)->shown < SHOWN_ON;
}

struct wanted *tasks_add(struct tasks *tasks, enum task_kind kind, const struct entry *e,
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

bool tasks_named_by(const struct case_file *c, enum act_kind kind, const char *key,
                    const struct entry *named)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(named->act->id, id);
    for (const struct entry *e = NULL; (e = case_next(c, e, kind)) != NULL;)
        if (strcmp(entry_text(e, key), id) == 0)
            return true;
    return false;
}

bool tasks_ours(const struct case_file *c)
{
    return strcmp(case_role(c), "requesting") == 0;
}

static void to_countersign(const struct case_file *c, struct tasks *tasks)
{
    size_t count = case_uncountersigned(c, NULL, 0);
    const struct entry **list = xcalloc(count, sizeof *list);

    case_uncountersigned(c, list, count);
    for (size_t i = 0; i < count; i++)
        tasks_add(tasks, TASK_COUNTERSIGN, list[i], "", "");
    free(list);
}

static void data_to_return(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_DATA_RETURN)) != NULL;) {
        const struct entry *later = e;
        bool confirmed = *entry_text(e, "confirmed_on") != '\0';
        while (!confirmed && (later = case_next(c, later, ACT_DATA_RETURN)) != NULL)
            confirmed = strcmp(entry_text(later, "state"), entry_text(e, "state")) == 0;
        if (!confirmed)
            tasks_add(tasks, TASK_DATA_RETURN, e, entry_text(e, "state"), "");
    }
}

static void next_action(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *open = case_last(c, ACT_OPEN);

    if (open && *entry_text(open, "next_action_due"))
        tasks_add(tasks, TASK_NEXT_ACTION, open, "", entry_text(open, "next_action_due"));
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
            tasks_add(tasks, owed ? TASK_REFUND_DUE : TASK_REFUND, r->cost,
                      owed ? r->debtor : r->creditor, r->due_on)
                ->since = entry_text(r->cost, "on");
    }
    free(list);
}

/* What keeps a case from being closed: who bears a cost, and what IOM was asked of it. */
static void to_be_borne(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_COST)) != NULL;) {
        if (strcmp(entry_text(e, "iom_status"), "requested") == 0) {
            struct wanted *w = tasks_add(tasks, TASK_IOM, e, "", "");
            if (*entry_text(e, "iom_asked_on"))
                w->since = entry_text(e, "iom_asked_on");
        }
        if (strcmp(entry_text(e, "source"), "undetermined") == 0)
            tasks_add(tasks, TASK_BEARER, e, "", "");
    }
}

static void of_an_open_case(const struct case_file *c, struct tasks *tasks)
{
    next_action(c, tasks);
    tasks_of_exchange(c, tasks);
    tasks_of_persons(c, tasks);
}

void tasks_of(const struct case_file *c, struct tasks *out)
{
    bool danger = strcmp(case_priority(c), "life_threatening") == 0;

    *out = (struct tasks){NULL, 0};
    to_countersign(c, out);
    data_to_return(c, out);
    tasks_of_keeping(c, out);
    to_be_refunded(c, out);
    to_be_borne(c, out);
    if (!case_closed(c))
        of_an_open_case(c, out);
    for (size_t i = 0; i < out->count; i++) {
        struct wanted *w = &out->list[i];
        w->danger = danger;
        w->at = deadline_seconds(*w->due ? w->due : w->since);
    }
}
