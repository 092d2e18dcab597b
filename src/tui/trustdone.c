/* SPDX-License-Identifier: MIT */
#include "amparo/tui/trustdone.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/incoming.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"

enum { SMALL_ROWS = 18, NARROW = 44, PAGE_CELLS = 72 };

/* Acts that were recorded of what had come before. */
static size_t settle(struct store *store)
{
    struct error unsaid = ERROR_INIT;
    size_t recorded;
    store_settle_trusted(store, &recorded, &unsaid);
    error_release(&unsaid);
    return recorded;
}

void trust_done(struct screen *s, bool ok, const char *what, struct error *err)
{
    struct app *app = s->app;
    size_t recorded = ok ? settle(app->store) : 0;
    app_changed(app);
    if (!ok)
        app_say_error(app, err);
    else if (recorded)
        app_say(app,
                n_("%s %zu act that had come before counts now.",
                   "%s %zu acts that had come before count now.", recorded),
                what, recorded);
    else
        app_say(app, "%s", what);
    error_release(err);
    error_init(err);
}

void trust_refused(struct body *b, int width, const char *what, const char *why)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, " %s%s%s", what, label_colon(), why);
    body_wrap(b, BODY_DIM, width, 3, buf_text(&line));
    buf_release(&line);
}

void trust_lines(struct body *b, int width, int indent, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        char *line = xstrndup(text, size);
        if (size)
            body_wrap(b, BODY_PLAIN, width, indent, line);
        else
            body_line(b, BODY_PLAIN, "%s", "");
        free(line);
        text += size + (text[size] == '\n');
    }
}

void trust_digits(struct body *b, int width, const char *digits)
{
    bool below = b->count > 0;
    if (below)
        body_line(b, BODY_PLAIN, "%s", "");
    if (width >= NARROW) {
        body_line(b, BODY_HEAD, "    %s", digits);
    } else {
        body_line(b, BODY_HEAD, "    %.17s", digits);
        body_line(b, BODY_HEAD, "    %s", digits + 18);
    }
    body_line(b, BODY_PLAIN, "%s", "");
}

bool trust_is_small(const struct screen *s)
{
    return !s->app->linear && s->rows < SMALL_ROWS;
}

void trust_read(struct screen *s, const char *title, const char *text)
{
    struct buf page = BUF_INIT;
    size_t taken, shown;
    for (; *text; text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n')) {
        char *line = xstrndup(text, strcspn(text, "\n"));
        const char *indent = "";
        for (const char *at = line; (taken = text_wrap(at, PAGE_CELLS, &shown)); at += taken) {
            buf_addf(&page, " %s%.*s\n", indent, (int)shown, at);
            indent = "  ";
        }
        free(line);
    }
    preview_push(s->app, title, "trust", buf_detach(&page));
}

void trust_labelled(struct buf *out, const char *label, const char *text)
{
    column(out, label, TRUST_LABEL);
    buf_addf(out, "%s\n", text);
}
