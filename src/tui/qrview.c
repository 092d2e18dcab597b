/* SPDX-License-Identifier: MIT */
#include "amparo/tui/qrview.h"

#include "amparo/base/text.h"

enum { MARGIN = 3 /* modules around a code on a screen */ };

static struct qr_drawing drawing(bool blocks, bool dark)
{
    return (struct qr_drawing){.blocks = blocks, .inverse = !dark, .margin = MARGIN};
}

void qrview_forget(struct qrview *view)
{
    qr_frames_release(&view->frames);
    view->version = 0;
}

/* The largest version, up to that of screens, whose drawing has room; 0: none. */
static int version_for(bool blocks, int rows, int cells)
{
    const struct qr_drawing how = drawing(blocks, false);
    for (int version = QR_VERSION_SCREEN; version >= 1; version--) {
        const struct qr_code code = {.version = version, .width = 17 + 4 * version};
        if (qr_lines(&code, &how) <= rows && qr_columns(&code, &how) <= cells)
            return version;
    }
    return 0;
}

bool qrview_fit(struct qrview *view, struct terminal *term, int rows, int cells, qrview_make *make,
                void *ctx)
{
    int signs = term_is_plain(term) ? version_for(false, rows, cells) : 0;
    bool blocks = signs < QR_VERSION_SCREEN;
    int version = blocks ? version_for(true, rows, cells) : signs;

    view->blocks = blocks;
    if (view->version == version && view->frames.count)
        return true;
    qrview_forget(view);
    if (!version || !make(ctx, version, &view->frames)) {
        qr_frames_release(&view->frames);
        return false;
    }
    view->version = version;
    if (view->number >= view->frames.count)
        view->number = view->frames.count - 1;
    return true;
}

int qrview_draw(const struct qrview *view, struct terminal *term, int row, int col)
{
    const struct qr_drawing how = drawing(view->blocks, view->dark);
    const struct qr_code *code = &view->frames.frames[view->number].code;
    int cells = qr_columns(code, &how);

    for (int line = 0; line < qr_lines(code, &how); line++) {
        struct buf text = BUF_INIT;
        qr_draw_line(&text, code, &how, line);
        term_put(term, row + line, col, ROLE_NORMAL, buf_text(&text), cells);
        buf_release(&text);
    }
    return cells;
}

void qrview_words(struct terminal *term, int row, int rows, int col, enum term_role first,
                  const char *text)
{
    int line = 0, cells = term_cols(term) - col - 1;

    for (size_t taken, shown; line < rows && (taken = text_wrap(text, cells, &shown));
         line++, text += taken)
        term_putn(term, row + line, col, line ? ROLE_NORMAL : first, text, shown, cells);
    term_cursor(term, row, col);
}
