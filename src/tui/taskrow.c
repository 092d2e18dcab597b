/* SPDX-License-Identifier: MIT */
#include "amparo/tui/taskrow.h"

#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"

enum { WHAT_CELLS = 28 }; /* "A meeting passed without it", "Consultation: Panama muet +1" */

/* What is left beside the columns before and behind, and what is to be done. */
static int who_cells(int width)
{
    int room = width - DUE_CELLS - WHAT_CELLS - 8;
    return room < 16 ? 16 : room > 32 ? 32 : room;
}

/* When, which case, who, where, what: columns that narrow with the terminal. */
void caserow_add(struct body *b, long tag, const char *when, const char *reference,
                 const char *title, enum name_hidden hidden, const char *country, const char *what,
                 int width)
{
    struct buf row = BUF_INIT;
    const char *who = describe_title(title, hidden);
    column(&row, when, DUE_CELLS);
    int number = (int)text_clusters(reference);
    if (width < 60) { /* a name says more than a number, and half a number nothing */
        column(&row, *who ? who : reference, *who ? 12 : number);
    } else {
        column(&row, reference, number);
        column(&row, who, who_cells(width - number));
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
