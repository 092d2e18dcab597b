/* SPDX-License-Identifier: MIT */
/*
 * Where and how something is printed. The printers are asked for while one may type already: the
 * one of last time stands first from the beginning, and no row takes its place.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/pdf.h"
#include "amparo/store/own.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/frame.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/printout.h"
#include "amparo/tui/screens.h"
#include "printing_work.h"

enum {
    ROW_USUAL,   /* the usual printer, while it is not known which that is */
    ROW_PRINTER, /* ref: its name */
    ROW_FILE,
    ROW_COPIES,
    ROW_PAPER,
    ROW_FORM,
    ROW_DRAFT,
};

enum { LOOK_MS = 20, NARROW = 60 };

/* ---- what this officer did last time ---- */

static void recall(struct app *app, struct printing *p)
{
    struct error unsaid = ERROR_INIT;
    char *text = NULL;
    store_own_get(app->store, OWN_PRINT, &text, &unsaid);
    json_t *own = text ? json_loads(text, 0, NULL) : NULL;
    const char *printer = json_string_value(json_object_get(own, "printer"));
    json_int_t form = json_integer_value(json_object_get(own, "form"));
    p->last = printer ? xstrdup(printer) : NULL;
    p->form = form > AS_PRINTER && form < FORMS ? (enum print_form)form : AS_PRINTER;
    json_decref(own);
    free(text);
    error_release(&unsaid);
}

/* ---- which printers there are ---- */

static void say_no_printer(struct screen *s, const struct error *err)
{
    struct printing *p = s->state;
    p->asked = NO_PRINTER;
    buf_adds(&p->no_printer, error_text(err));
    screen_changed(s, false);
}

static void ask_printers(struct screen *s)
{
    struct printing *p = s->state;
    struct error err = ERROR_INIT;
    if (printers_ask(&p->lpstat, &err))
        p->asked = ASKING;
    else
        say_no_printer(s, &err);
    error_release(&err);
}

/* Whoever stood on the usual printer stands on it still: the row has its name now. */
static void take_printers(struct screen *s)
{
    struct printing *p = s->state;
    const struct body_line *row = body_focused(&s->body);
    bool on_usual = row && row->tag == ROW_USUAL;
    struct error err = ERROR_INIT;
    if (!printers_answer(&p->lpstat, &p->printers, &err)) {
        say_no_printer(s, &err);
        error_release(&err);
        return;
    }
    p->asked = KNOWN;
    screen_changed(s, false);
    frame_make(s, app_cols(s->app));
    const struct printer *usual = printers_usual(&p->printers);
    if (on_usual && usual)
        body_focus(&s->body, ROW_PRINTER, usual->name);
}

/* While no key waits. */
static bool behind(const struct screen *s)
{
    return ((const struct printing *)s->state)->asked < NO_PRINTER;
}

static void idle(struct screen *s)
{
    struct printing *p = s->state;
    if (p->asked == NOT_ASKED)
        ask_printers(s);
    else if (p->asked == ASKING && !program_step(&p->lpstat, LOOK_MS))
        take_printers(s);
}

/* ---- as what ---- */

static const char *form_words(const struct printing *p)
{
    static const char *const words[FORMS] = {
        [AS_PRINTER] = N_("pages; on dot-matrix printers plain text"),
        [AS_PAGES] = N_("pages"),
        [AS_TEXT] = N_("plain text"),
    };
    if (p->can_draw)
        return _(words[p->form]);
    return p->what.pages ? _("plain text: what draws pages is not installed here")
                         : _("plain text");
}

/* ---- rows ---- */

/* Names of printers and options, in cells. */
static int name_cells(int width)
{
    return width < NARROW ? 12 : 22;
}

/* "the usual printer; dot-matrix; stopped: paper jam" */
static void say_printer(struct buf *out, const struct printing *p, const struct printer *printer)
{
    const char *const words[] = {
        printer->usual ? _("the usual printer") : NULL,
        print_set_has_dots(&p->set, printer->name) ? _("dot-matrix") : NULL,
        printer->refuses   ? _("takes nothing now")
        : printer->stopped ? _("stopped")
                           : NULL,
    };
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (words[i])
            buf_addf(out, "%s%s", out->size ? "; " : "", words[i]);
    if (printer->says)
        buf_addf(out, "%s%s", label_colon(), printer->says);
}

static void add_printer(struct body *b, const struct printing *p, const struct printer *printer,
                        int width)
{
    struct buf row = BUF_INIT, said = BUF_INIT;
    column(&row, printer->name, name_cells(width));
    say_printer(&said, p, printer);
    buf_adds(&row, buf_text(&said));
    body_row(b, ROW_PRINTER, printer->name, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&said);
}

/* The one of last time, the usual one, then the others as they are named there. */
static void add_printers(struct body *b, const struct printing *p, int width)
{
    const struct printer *last = p->last ? printers_find(&p->printers, p->last) : NULL;
    const struct printer *list = p->printers.list;
    if (last)
        add_printer(b, p, last, width);
    for (int usual = 1; usual >= 0; usual--)
        for (size_t i = 0; i < p->printers.count; i++)
            if (&list[i] != last && list[i].usual == usual)
                add_printer(b, p, &list[i], width);
}

static void add_where(struct screen *s, int width)
{
    const struct printing *p = s->state;
    struct body *b = &s->body;
    body_line(b, BODY_HEAD, " %s", _("Where"));
    if (p->asked == KNOWN) {
        add_printers(b, p, width);
    } else if (p->asked < NO_PRINTER) {
        if (p->last)
            body_row(b, ROW_PRINTER, p->last, "%s", p->last);
        body_row(b, ROW_USUAL, NULL, "%s", _("the usual printer"));
        body_line(b, BODY_DIM, "  %s", _("The printers are being asked for."));
    } else {
        body_wrap(b, BODY_DOUBT, width, 2, buf_text(&p->no_printer));
    }
    if (!p->what.no_file)
        body_row(b, ROW_FILE, NULL, "%s", _("into a file"));
}

static void add_option(struct body *b, long tag, const char *label, const char *value, int width)
{
    struct buf row = BUF_INIT;
    column(&row, label, name_cells(width));
    buf_adds(&row, value);
    body_row(b, tag, NULL, "%s", buf_text(&row));
    buf_release(&row);
}

static void add_how(struct screen *s, int width)
{
    const struct printing *p = s->state;
    struct body *b = &s->body;
    char *copies = xasprintf("%ld", p->how.copies);
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", _("How"));
    add_option(b, ROW_COPIES, _("copies"), copies, width);
    if (p->what.pages)
        add_option(b, ROW_PAPER, _("paper"), p->size == PAPER_A4 ? "A4" : _("Letter size"), width);
    add_option(b, ROW_FORM, _("printed as"), form_words(p), width);
    if (p->what.drafts)
        add_option(b, ROW_DRAFT, _("state"),
                   p->how.draft ? _("draft: marked as one, without a number")
                                : _("final: each copy has its number"),
                   width);
    free(copies);
}

static void build(struct screen *s, int width)
{
    add_where(s, width);
    add_how(s, width);
}

static void head(const struct screen *s, struct buf *where, struct buf *right)
{
    const struct printing *p = s->state;
    buf_adds(where, _("Print where?"));
    buf_adds(right, p->name);
}

/* ---- into a file ---- */

/* A name that nothing has here: "HN-2026-0012-summary-2.pdf". */
static char *propose(const struct printing *p)
{
    const char *end = printing_draws(p, NULL) ? "pdf" : "txt";
    char *name = xasprintf("%s.%s", p->name, end);
    for (int number = 2; number < 1000 && access(name, F_OK) == 0; number++) {
        free(name);
        name = xasprintf("%s-%d.%s", p->name, number, end);
    }
    return name;
}

static void ask_file(struct screen *s)
{
    const struct printing *p = s->state;
    char *name = *p->name ? propose(p) : xstrdup("");
    ask_push(
        s->app, _("Into a file"),
        p->can_draw
            ? _("Into which new file? A name that ends in .pdf gets pages, another one plain "
                "text. It is for you alone to read on this machine: whoever gets the file "
                "can read it.")
            : _("Into which new file? It is plain text, for you alone to read on this machine: "
                "whoever gets the file can read it."),
        name, printing_write);
    free(name);
}

/* ---- how ---- */

static void take_copies(struct screen *s, const char *answer)
{
    struct printing *p = s->state;
    char *end;
    long copies = strtol(answer, &end, 10);
    if (end == answer || *end || copies < 1 || copies > PRINT_COPIES_MOST) {
        app_say(s->app, _("Copies: from 1 to %d."), PRINT_COPIES_MOST);
        return;
    }
    p->how.copies = copies;
    screen_changed(s, false);
}

static void ask_copies(struct screen *s)
{
    char *about = xasprintf(_("How many copies? From 1 to %d."), PRINT_COPIES_MOST);
    ask_ahead_push(s->app, _("Copies"), about, "", take_copies);
    free(about);
}

static void next_form(struct screen *s)
{
    struct printing *p = s->state;
    if (p->can_draw)
        p->form = (p->form + 1) % FORMS;
    else
        app_say(s->app, "%s.", form_words(p));
    screen_changed(s, false);
}

/* Which one that is says as what it prints; so it is waited for, where it is not known yet. */
static void to_usual(struct screen *s)
{
    struct printing *p = s->state;
    if (p->asked == NOT_ASKED)
        ask_printers(s);
    if (p->asked == ASKING) {
        printout_await(s, &p->lpstat, N_("The printers are being asked for."));
        take_printers(s);
    }
    if (p->asked == NO_PRINTER)
        return;
    const struct printer *usual = printers_usual(&p->printers);
    printing_print(s, usual ? usual->name : NULL);
}

static void do_it(struct screen *s)
{
    struct printing *p = s->state;
    const struct body_line *row = body_focused(&s->body);
    switch (row->tag) {
    case ROW_FILE:
        ask_file(s);
        return;
    case ROW_COPIES:
        ask_copies(s);
        return;
    case ROW_FORM:
        next_form(s);
        return;
    case ROW_PAPER:
        p->size = p->size == PAPER_A4 ? PAPER_LETTER : PAPER_A4;
        break;
    case ROW_DRAFT:
        p->how.draft = !p->how.draft;
        break;
    case ROW_USUAL:
        to_usual(s);
        return;
    default: {
        char *printer = xstrdup(row->ref);
        printing_print(s, printer);
        free(printer);
        return;
    }
    }
    screen_changed(s, false);
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

/* ---- the screen ---- */

static void keep(struct screen *s, json_t *kept)
{
    const struct printing *p = s->state;
    keep_answer(s, (answer_fn *)p->what.take, kept);
    json_object_set_new(kept, "copies", json_integer(p->how.copies));
    json_object_set_new(kept, "draft", json_boolean(p->how.draft));
    json_object_set_new(kept, "size", json_integer(p->size));
    json_object_set_new(kept, "form", json_integer(p->form));
}

static void restore(struct screen *s, const json_t *kept)
{
    struct printing *p = s->state;
    p->how.copies = keep_number(kept, "copies");
    p->how.draft = json_is_true(json_object_get(kept, "draft"));
    p->size = (enum paper_size)keep_number(kept, "size");
    p->form = (enum print_form)keep_number(kept, "form");
}

static void close_state(struct screen *s)
{
    struct printing *p = s->state;
    if (p->asked == ASKING) {
        program_end(&p->lpstat);
        program_release(&p->lpstat);
    }
    printers_release(&p->printers);
    print_set_release(&p->set);
    buf_release(&p->no_printer);
    free(p->name);
    free(p->last);
    free(p);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("do it"),
     N_("Prints there, or asks for the file; on a line of how, changes that."), do_it, on_row},
    {TK_NONE, "c", N_("copies"), N_("Says how many copies are made."), ask_copies, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(take_copies), ANSWER(printing_write), ANSWERS_END};

const struct screen_type printing_type = {
    .name = "print",
    .title = N_("Printing"),
    .about = N_("Where it is printed, and how. Whatever leaves is entered in the access log before "
                "it does. A printer that is stopped prints when it has been mended; the printing "
                "system keeps until then what it got."),
    .commands = commands,
    .answers = answers,
    .build = build,
    .head = head,
    .idle = idle,
    .behind = behind,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

static struct screen *push(struct app *app, const struct printable *what)
{
    struct printing *p = xcalloc(1, sizeof *p);
    struct error err = ERROR_INIT;
    p->what = *what;
    p->name = xstrdup(what->name);
    p->how.copies = 1;
    if (!print_set_read(app->store, &p->set, &err))
        app_say_error(app, &err);
    error_release(&err);
    p->size = p->set.size;
    p->can_draw = what->pages && pdf_is_here();
    recall(app, p);
    return screen_push(app, &printing_type, p);
}

/* That there are none to ask is known with the first paint; what they answer comes after it. */
void printing_push(struct app *app, const struct printable *what)
{
    ask_printers(push(app, what));
}

void printing_push_file(struct app *app, const struct printable *what)
{
    ask_file(push(app, what));
}

/* The screen below says anew what it is. */
void printing_reopen(struct app *app, const json_t *kept)
{
    const struct answer *answer = keep_answered(app, kept);
    if (answer && answer->again)
        answer->again(app_top(app));
}
