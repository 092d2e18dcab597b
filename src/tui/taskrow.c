/* SPDX-License-Identifier: MIT */
#include "amparo/tui/taskrow.h"

#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"

/* When, which case, who, where, what: columns that narrow with the terminal. */
void caserow_add(struct body *b, long tag, const char *when, const char *reference,
                 const char *title, enum name_hidden hidden, const char *country, const char *what,
                 int width)
{
    struct buf row = BUF_INIT;
    const char *who = describe_title(title, hidden);
    column(&row, when, DUE_CELLS);
    if (width < 60) { /* a name says more than a number */
        column(&row, *who ? who : reference, 12);
    } else {
        column(&row, reference, (int)text_clusters(reference));
        column(&row, who, width >= 100 ? 32 : 21);
        column(&row, country, 2);
    }
    buf_adds(&row, what);
    body_row(b, tag, reference, "%s", buf_text(&row));
    buf_release(&row);
}

void taskrow_add(struct body *b, long tag, const struct task *task, size_t more, struct instant now,
                 int width)
{
    struct buf what = BUF_INIT, when = BUF_INIT;
    task_describe(&what, task);
    if (more)
        buf_addf(&what, " +%zu", more);
    describe_due(&when, *task->due ? task->due : task->since, now);
    /* How long one has waited is no delay of ours. */
    if (!*task->due && when.size && when.data[when.size - 1] == '!')
        buf_cut(&when, when.size - 1);
    caserow_add(b, tag, buf_text(&when), task->reference, task->title, task->hidden,
                task->receiving_state, buf_text(&what), width);
    buf_release(&what);
    buf_release(&when);
}
