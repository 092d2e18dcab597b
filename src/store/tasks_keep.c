/* SPDX-License-Identifier: MIT */
/* How long data is kept, and what waits to be erased (fields.md 17). */
#include <string.h>

#include "tasks_work.h"

/* A request awaits its second officer. */
static void to_erase(const struct case_file *c, struct tasks *tasks)
{
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_ERASE_REQUEST)) != NULL;)
        if (case_awaits_erasing(c, e))
            tasks_add(tasks, TASK_ERASE, e, "", "")->person = entry_number(e, "person");
}

static void keep_closed(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *close = case_last(c, ACT_CLOSE);
    const char *exit = case_exit(c), *until = entry_text(close, "retention_until");
    bool eligible = !exit || strcmp(exit, "not_eligible") != 0;

    if (deadline_seconds(until))
        tasks_add(tasks, TASK_KEEP_UNTIL, close, "", until);
    else
        tasks_add(tasks,
                  !eligible       ? TASK_DISCARD
                  : tasks_ours(c) ? TASK_REVIEW
                                  : TASK_REDUCE,
                  close, "", "");
}

/* An intake on which nobody works any more counts from its last act. */
static void keep_open(const struct case_file *c, struct tasks *tasks)
{
    if (tasks_ours(c) && case_stage(c) <= STAGE_POLL && !case_last(c, ACT_POLL))
        tasks_add(tasks, TASK_DISCARD, case_last(c, ACT_OPEN), "", "")->since =
            c->acts[c->count - 1].at;
}

/* A legal hold suspends them all; where nobody is left there is nothing to keep. */
static void to_be_kept(const struct case_file *c, struct tasks *tasks)
{
    const struct entry *open = case_last(c, ACT_OPEN);

    if (!open || case_held(c) || case_empty_of_persons(c))
        return;
    if (deadline_seconds(entry_text(open, "review_on")))
        tasks_add(tasks, TASK_REVIEW_ON, open, "", entry_text(open, "review_on"));
    if (case_closed(c))
        keep_closed(c, tasks);
    else
        keep_open(c, tasks);
}

void tasks_of_keeping(const struct case_file *c, struct tasks *tasks)
{
    to_erase(c, tasks);
    to_be_kept(c, tasks);
}
