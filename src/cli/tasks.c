/* SPDX-License-Identifier: MIT */
/* amparo tasks: what is due, and whom one waits for. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/cli/session.h"
#include "amparo/store/worklist.h"

/* Its cells: due 16 with its mark, case 18, who must act 12, what the rest; since where no day. */
static void put_task(struct buf *out, const struct task *task)
{
    char when[17];
    const char *mark = task->over ? "!" : task->danger ? "#" : " ";

    text_pad(out, *task->due ? cli_when(task->due, when) : "-", 16);
    buf_addf(out, "%s ", mark);
    text_pad(out, task->reference, 18);
    buf_addc(out, ' ');
    text_pad(out, task_whom_names[task_type(task->kind)->whom], 12);
    buf_addc(out, ' ');
    task_describe(out, task);
    if (!*task->due)
        buf_addf(out, _(" (since %s)"), cli_when(task->since, when));
    buf_addc(out, '\n');
}

static void put_table(const struct worklist *work)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < work->count; i++)
        put_task(&out, &work->list[i]);
    cli_put_lines(&out);
    buf_release(&out);
}

static bool find_whom(const char *name, unsigned *whom, struct error *err)
{
    struct buf names = BUF_INIT;

    if (strcmp(name, "others") == 0)
        *whom = FOR_OTHERS;
    else if (task_whom_named(name) < WHOM_COUNT)
        *whom = 1u << task_whom_named(name);
    if (*whom)
        return true;
    for (int i = 0; i < WHOM_COUNT; i++)
        buf_addf(&names, "%s, ", task_whom_names[i]);
    error_set(err, ERROR_INPUT, _("--for %s: it is one of %sothers"), name, buf_text(&names));
    buf_release(&names);
    return false;
}

static bool run(struct cli *cli, int argc, char **argv, struct error *err)
{
    struct task_filter filter = {.reference = argc > 1 ? argv[1] : NULL,
                                 .part = cli_has(cli, "overdue") ? TASKS_OVERDUE : TASKS_ALL};
    struct worklist work;
    struct store *store;

    if (cli_has(cli, "for") && !find_whom(cli_value(cli, "for"), &filter.whom, err))
        return false;
    if (!cli_open(cli, argv[0], 0, &store, err))
        return false;
    bool ok = store_worklist(store, &filter, &work, err);
    if (ok && cli_has(cli, "json"))
        cli_put_json(worklist_json(&work));
    else if (ok)
        put_table(&work);
    if (ok)
        worklist_release(&work);
    store_close(store);
    return ok;
}

static const struct option_type options[] = {
    {"json", NULL, 0},
    {"overdue", NULL, 0},
    {"for", "WHOM", 0},
    {NULL, NULL, 0},
};

const struct command command_tasks = {
    .name = "tasks",
    .usage = "FILE [CASE] [--json] [--overdue] [--for WHOM]",
    .summary = N_("what is due and what one waits for; ! is overdue, # a life in danger"),
    .options = options,
    .least = 1,
    .most = 2,
    .run = run,
};
