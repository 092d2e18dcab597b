/* SPDX-License-Identifier: MIT */
/* Where the cases stand, on the work of today. */
#include "today_work.h"

#include "amparo/base/i18n.h"
#include "amparo/tui/columns.h"

static void add_bar(struct buf *out, size_t n, size_t most)
{
    for (size_t i = 0; i < n && i < most; i++)
        buf_addc(out, '#');
}

void today_list_stages(struct body *b, const struct today *today, int width)
{
    int cells = 0;
    body_line(b, BODY_HEAD, " %s", _("By stage"));
    for (int stage = STAGE_DRAFT; stage < STAGE_COUNT; stage++)
        if (text_cells(_(stage_name((enum stage)stage))) > cells)
            cells = text_cells(_(stage_name((enum stage)stage)));
    for (int stage = STAGE_DRAFT; stage < STAGE_COUNT; stage++) {
        size_t n = today->stages[stage];
        if (!n)
            continue;
        struct buf line = BUF_INIT;
        column(&line, _(stage_name((enum stage)stage)), cells);
        buf_addf(&line, "%4zu ", n);
        add_bar(&line, n, width > cells + 20 ? (size_t)(width - cells - 20) : 1);
        body_line(b, BODY_PLAIN, "  %s", buf_text(&line));
        buf_release(&line);
    }
}

size_t today_put_stages(struct body *b, const struct today *today, int width)
{
    int indent = width >= 60 ? text_cells(_("By stage")) + 2 : 0;
    struct buf line = BUF_INIT;
    size_t lines = 0;
    buf_addf(&line, "%s  ", _("By stage"));
    for (int stage = STAGE_DRAFT; stage < STAGE_COUNT; stage++) {
        size_t n = today->stages[stage];
        struct buf one = BUF_INIT;
        if (n)
            buf_addf(&one, "%s %zu ", _(stage_name((enum stage)stage)), n);
        add_bar(&one, n, 12);
        if (text_cells(buf_text(&line)) + text_cells(buf_text(&one)) > width - 2) {
            if (b)
                body_line(b, BODY_PLAIN, " %s", buf_text(&line));
            lines++;
            buf_clear(&line);
            buf_addf(&line, "%*s", indent, "");
        }
        if (n)
            buf_addf(&line, "%s  ", buf_text(&one));
        buf_release(&one);
    }
    if (b)
        body_line(b, BODY_PLAIN, " %s", buf_text(&line));
    buf_release(&line);
    return lines + 1;
}
