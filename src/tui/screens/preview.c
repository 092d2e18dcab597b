/* SPDX-License-Identifier: MIT */
/*
 * A text to read page by page, to be searched and printed or, where something waits for it, to be
 * agreed to. A document of a case is made anew when the case or the language changes.
 */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "preview_work.h"

static long page_shown(const struct screen *s)
{
    const struct body *b = &s->body;
    return b->top < b->count ? b->lines[b->top].tag : 1;
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct preview *p = s->state;
    size_t last = s->body.top + (size_t)(s->rows > 0 ? s->rows : 0);
    buf_adds(where, _(p->title));
    if (p->pages > 1)
        buf_addf(right, _("page %ld of %ld"), page_shown(s), p->pages);
    else if (last < s->body.count)
        buf_adds(right, _("more below"));
}

static void draw(struct screen *s, struct terminal *term, int row, int rows)
{
    const struct preview *p = s->state;
    struct body *b = &s->body;
    b->left = p->shift > 0 ? p->shift : 0;
    body_draw(b, term, row, rows);
    term_cursor(term, row, 0); /* no mark: the first column is the paper's */
    if (p->found == PREVIEW_NOWHERE || p->found < b->top || p->found >= b->top + (size_t)rows)
        return;
    if (p->column >= b->left)
        term_cursor(term, row + (int)(p->found - b->top), p->column - b->left);
}

/* ---- moving ---- */

void preview_go_to(struct screen *s, size_t line)
{
    size_t rows = s->rows > 0 ? (size_t)s->rows : 1;
    size_t last = s->body.count > rows ? s->body.count - rows : 0;
    s->body.top = line < last ? line : last;
}

/* The first line of the page, where there is such a page. */
static void go_to_page(struct screen *s, long page)
{
    for (size_t i = 0; i < s->body.count; i++)
        if (s->body.lines[i].tag == page) {
            preview_go_to(s, i);
            return;
        }
}

static void next_page(struct screen *s)
{
    go_to_page(s, page_shown(s) + 1);
}

static void previous_page(struct screen *s)
{
    go_to_page(s, page_shown(s) > 1 ? page_shown(s) - 1 : 1);
}

static bool has_pages(const struct screen *s)
{
    return ((const struct preview *)s->state)->pages > 1;
}

/* By a screen, but no further than to where the next page begins: each begins at the top. */
static void next_screen(struct screen *s)
{
    const struct body *b = &s->body;
    size_t to = b->top + (size_t)(s->rows > 1 ? s->rows - 1 : 1);
    for (size_t i = b->top + 1; i < to && i < b->count; i++)
        if (b->lines[i].tag != b->lines[b->top].tag)
            to = i;
    preview_go_to(s, to);
}

/* The same way back: to the top of the page, then to its end that the page before has. */
static void previous_screen(struct screen *s)
{
    const struct body *b = &s->body;
    size_t by = (size_t)(s->rows > 1 ? s->rows - 1 : 1), to = b->top > by ? b->top - by : 0;
    for (size_t i = b->top; i > to; i--)
        if (i < b->top && b->lines[i].tag != b->lines[i - 1].tag)
            to = i;
    preview_go_to(s, to);
}

static void take_page(struct screen *below, const char *answer)
{
    const struct preview *p = below->state;
    char *end;
    long page = strtol(answer, &end, 10);
    if (end == answer || *end || page < 1 || page > p->pages)
        app_say(below->app, _("The pages are 1 to %ld."), p->pages);
    else
        go_to_page(below, page);
}

static void ask_page(struct screen *s)
{
    ask_ahead_push(s->app, _("To a page"), _("To which page? Its number."), "", take_page);
}

/* Wide lines on a narrow screen: wrapped to be read; to the right as they are on paper, cut. */
static bool shift(struct screen *s, int by)
{
    struct preview *p = s->state;
    int before = p->shift, last = PAPER_COLUMNS - app_cols(s->app);
    if (last <= 0)
        return false;
    if (by < 0)
        p->shift = before > 0 ? before - PREVIEW_SHIFT : PREVIEW_WRAPPED;
    else if (before < last)
        p->shift = before == PREVIEW_WRAPPED ? 0 : before + PREVIEW_SHIFT;
    if ((before == PREVIEW_WRAPPED) != (p->shift == PREVIEW_WRAPPED)) {
        p->found = PREVIEW_NOWHERE; /* the lines are others */
        screen_changed(s, false);
    }
    return true;
}

static bool event(struct screen *s, const struct term_event *event)
{
    if (event->kind != TERM_KEY)
        return false;
    switch (event->key) {
    case TK_PAGE_DOWN:
        next_screen(s);
        return true;
    case TK_PAGE_UP:
        previous_screen(s);
        return true;
    case TK_RIGHT:
        return shift(s, 1);
    case TK_LEFT:
        return shift(s, -1);
    default:
        return false;
    }
}

/* ---- printing ---- */

/* A note before it is recorded, as a draft. */
static bool may_print(const struct screen *s)
{
    const struct preview *p = s->state;
    return !p->accept || p->draft;
}

/* "HN-2026-0012-summary", "report-2026-12-10" */
static char *file_name(const struct preview *p)
{
    char *name = p->reference ? xasprintf("%s-%s", p->reference, p->what) : xstrdup(p->what);
    for (char *at = name; *at; at++)
        if (*at == ' ')
            *at = '-';
    return name;
}

static void ask_where(struct screen *s, void (*push)(struct app *, const struct printable *))
{
    const struct preview *p = s->state;
    char *name = file_name(p);
    const struct printable what = {.name = name,
                                   .pages = p->paper.count > 0,
                                   .drafts = p->reference && p->kind != DOCUMENT_NOTE,
                                   .take = preview_take_copy};
    push(s->app, &what);
    free(name);
}

static void print(struct screen *s)
{
    ask_where(s, printing_push);
}

static void to_file(struct screen *s)
{
    ask_where(s, printing_push_file);
}

/* What is being written says itself in which language. */
static bool has_languages(const struct screen *s)
{
    const struct preview *p = s->state;
    return p->reference && !p->draft;
}

/* ---- agreeing ---- */

static bool waited_for(const struct screen *s)
{
    return ((const struct preview *)s->state)->accept != NULL;
}

static void accept(struct screen *s)
{
    const struct preview *p = s->state;
    struct app *app = s->app;
    void (*then)(struct screen *) = p->accept;
    screen_leave(s);
    if (app_top(app))
        then(app_top(app));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct preview *p = s->state;
    for (size_t i = 0; locale_languages[i]; i++)
        if (strcmp(locale_languages[i], keep_text(kept, "language")) == 0)
            p->language = locale_languages[i];
    if (*keep_text(kept, "wanted"))
        p->wanted = xstrdup(keep_text(kept, "wanted"));
    p->shift = (int)keep_number(kept, "shift");
}

static void close_state(struct screen *s)
{
    struct preview *p = s->state;
    free(p->title);
    free(p->what);
    free(p->reference);
    free(p->note);
    json_decref(p->draft);
    free(p->as_of);
    free(p->wanted);
    json_decref(p->how);
    paper_release(&p->paper);
    buf_release(&p->text);
    free(p);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("record"), N_("Records it: the number is given now."), accept, waited_for},
    {TK_NONE, "p", N_("print"),
     N_("Prints it: on which printer, how many copies, as pages or plain text."), print, may_print},
    {TK_NONE, "o", N_("to a file"), N_("Writes the text into a new file."), to_file, may_print},
    {TK_F(3), "/", N_("search"), N_("Searches words in the text; accents do not matter."),
     preview_find, NULL},
    {TK_NONE, "n", N_("next"), N_("Goes to the next place that has them."), preview_find_next,
     preview_was_searched},
    {TK_NONE, "=", N_("to page"), N_("Goes to the page of that number."), ask_page, has_pages},
    {TK_NONE, "+", N_("page"), N_("Goes to the next page of the paper."), next_page, has_pages},
    {TK_NONE, "-", NULL, N_("Goes to the page before."), previous_page, has_pages},
    {TK_NONE, "l", N_("language"), N_("Makes the document in another language."),
     preview_other_language, has_languages},
    {TK_NONE, " ", NULL, N_("Goes on by a screen."), next_screen, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(preview_found), ANSWER(take_page),
                                        ANSWER_AGAIN(preview_take_copy, print), ANSWERS_END};

const struct screen_type preview_type = {
    .name = "preview",
    .title = N_("A document"),
    .about =
        N_("The text as it is printed. PgDn goes on by a screen and begins each page at the top "
           "of one; the arrows scroll by lines. Where the screen is narrower than paper, long "
           "lines are wrapped; Right and Left show them as they are printed, piece by piece."),
    .commands = commands,
    .answers = answers,
    .record = true,
    .load = preview_load,
    .build = preview_build,
    .head = head,
    .draw = draw,
    .event = event,
    .keep = preview_keep,
    .restore = restore,
    .close = close_state,
};
