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
#include "amparo/base/text.h"
#include "amparo/page/plain.h"
#include "amparo/paper/document.h"
#include "amparo/paper/language.h"
#include "amparo/paper/meeting.h"
#include "amparo/paper/output.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/printout.h"
#include "amparo/tui/screens.h"

#define NOWHERE ((size_t)-1)

struct preview {
    char *title; /* N_() */
    struct buf text;
    void (*accept)(struct screen *below); /* NULL: only to read */

    char *reference; /* of a case's document; NULL: a text that stays as it is */
    enum document_kind kind;
    char *note;           /* id of the act, or NULL */
    char *as_of;          /* the day as which the case stood, or NULL: now */
    const char *language; /* NULL: the document's own */

    bool for_network; /* report of a meeting, or statistics */
    char *day;        /* of that meeting, or NULL */

    char *wanted;     /* what is searched, or NULL */
    size_t found;     /* the line that has it, or NOWHERE */
    int column;       /* the cell where it begins */
    long page, pages; /* while the lines are made; how many there are */
};

/* ---- the text ---- */

static bool make(struct screen *s, const char *language, bool copy, struct buf *out,
                 struct error *err)
{
    const struct preview *p = s->state;
    struct buf remarks = BUF_INIT;
    const struct document_order order = {.kind = p->kind,
                                         .note = p->note,
                                         .language = language,
                                         .as_of = p->as_of,
                                         .copy = copy,
                                         .remarks = &remarks};
    struct paper paper;
    paper_init(&paper);
    bool made = document_make(s->app->store, p->reference, &order, &paper, err);
    if (made)
        paper_text(&paper, PAPER_LETTER, out);
    paper_release(&paper);
    if (remarks.size)
        app_say(s->app, "%.*s", (int)remarks.size - 1, buf_text(&remarks));
    buf_release(&remarks);
    return made;
}

/* The lines are those that there were, where the text is. */
static void find_again(struct preview *p, const json_t *kept)
{
    p->found = NOWHERE;
    if (!json_object_get(kept, "found"))
        return;
    p->found = (size_t)keep_number(kept, "found");
    p->column = (int)keep_number(kept, "column");
}

static bool load(struct screen *s, struct error *err)
{
    struct preview *p = s->state;
    struct buf text = BUF_INIT;
    if (p->reference) {
        if (!make(s, p->language, false, &text, err))
            return false;
        buf_release(&p->text);
        p->text = text;
    }
    if (p->reference || s->kept)
        find_again(p, s->kept);
    return true;
}

/* A line of the paper on a terminal that is narrower: columns closer together, rules cut. */
static void add_narrow(struct body *b, const char *line, int width)
{
    struct buf text = BUF_INIT;
    size_t rule = strspn(line, "-");
    if (rule && !line[rule]) {
        body_line(b, BODY_PLAIN, " %.*s", width - 2, line);
        return;
    }
    for (line += strspn(line, " "); *line;) {
        size_t word = strcspn(line, " "), gap = strspn(line + word, " ");
        buf_add(&text, line, word);
        if (line[word + gap])
            buf_adds(&text, gap > 1 ? "  " : " ");
        line += word + gap;
    }
    if (text.size)
        body_wrap(b, BODY_PLAIN, width, 0, buf_text(&text));
    else
        body_line(b, BODY_PLAIN, "%s", "");
    buf_release(&text);
}

/* Line by line as it will be on paper. */
static void add_line(struct body *b, const char *line, size_t size, int width)
{
    char *text = xstrndup(line, size);
    if (width >= PAPER_COLUMNS)
        body_line(b, BODY_PLAIN, "%s", text);
    else
        add_narrow(b, text, width);
    free(text);
}

/* The lines made since `from` are of this page. */
static void tag_lines(struct body *b, size_t from, long page)
{
    for (; from < b->count; from++)
        b->lines[from].tag = page;
}

static void build(struct screen *s, int width)
{
    struct preview *p = s->state;
    struct body *b = &s->body;
    p->pages = 1;
    for (const char *at = buf_text(&p->text); *at;) {
        size_t from = b->count, size = strcspn(at, "\n\f");
        if (at[size] == '\f' && !size) {
            p->pages++;
            body_line(b, BODY_DIM, "%s", " - - - - - - - - - -");
        } else
            add_line(b, at, size, width);
        tag_lines(b, from, p->pages);
        at += size + (at[size] == '\n' || !size);
    }
}

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
    const struct body *b = &s->body;
    body_draw(&s->body, term, row, rows);
    term_cursor(term, row, 0); /* no mark: the first column is the paper's */
    if (p->found == NOWHERE || p->found < b->top || p->found >= b->top + (size_t)rows)
        return;
    int at = row + (int)(p->found - b->top);
    term_cursor(term, at, p->column);
}

/* ---- moving ---- */

static void go_to(struct screen *s, size_t line)
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
            go_to(s, i);
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

static void next_screen(struct screen *s)
{
    go_to(s, s->body.top + (size_t)(s->rows > 1 ? s->rows - 1 : 1));
}

/* ---- searching: accents and capitals do not matter ---- */

/* Where in the line the folded words begin, in bytes; NOWHERE. */
static size_t place_in(const char *line, const char *folded)
{
    struct buf key = BUF_INIT;
    size_t at = NOWHERE;
    text_fold(&key, line);
    if (strstr(buf_text(&key), folded))
        for (size_t i = 0; line[i] && at == NOWHERE; i = text_next(line, i)) {
            buf_clear(&key);
            text_fold(&key, line + i);
            if (strncmp(buf_text(&key), folded, strlen(folded)) == 0 && line[i] != ' ')
                at = i;
        }
    buf_release(&key);
    return at;
}

/* From the line after the last place found, or from what is shown; then from the beginning. */
static void find(struct screen *s)
{
    struct preview *p = s->state;
    const struct body *b = &s->body;
    struct buf folded = BUF_INIT;
    size_t from = p->found == NOWHERE ? b->top : p->found + 1;
    text_fold(&folded, p->wanted);
    p->found = NOWHERE;
    for (size_t i = 0; i < b->count && p->found == NOWHERE; i++) {
        size_t line = (from + i) % b->count;
        size_t at = place_in(b->lines[line].text, buf_text(&folded));
        if (at == NOWHERE)
            continue;
        p->found = line;
        p->column = text_cells_n(b->lines[line].text, at);
    }
    buf_release(&folded);
    if (p->found == NOWHERE)
        app_say(s->app, _("%s is not in this text."), p->wanted);
    else if (p->found < b->top || p->found >= b->top + (size_t)s->rows)
        go_to(s, p->found > 1 ? p->found - 2 : 0);
}

static void search_for(struct screen *below, const char *wanted)
{
    struct preview *p = below->state;
    free(p->wanted);
    p->wanted = xstrdup(wanted);
    p->found = NOWHERE;
    find(below);
}

static void search(struct screen *s)
{
    ask_ahead_push(s->app, _("Search in the text"), _("Which words?"), "", search_for);
}

static bool searched(const struct screen *s)
{
    return ((const struct preview *)s->state)->wanted != NULL;
}

/* ---- printing ---- */

static bool may_print(const struct screen *s)
{
    return !((const struct preview *)s->state)->accept;
}

/* What goes out of the program: of a document a numbered copy. False was said why. */
static bool take_copy(struct screen *s, struct buf *out)
{
    const struct preview *p = s->state;
    struct error err = ERROR_INIT;
    bool ok = true;
    if (p->reference)
        ok = make(s, p->language, true, out, &err);
    else
        buf_add(out, p->text.data, p->text.size);
    if (p->for_network)
        ok = meeting_enter_taken(s->app->store, p->day, &err);
    if (!ok)
        app_say_error(s->app, &err);
    error_release(&err);
    return ok;
}

static void write_file(struct screen *below, const char *path)
{
    struct buf text = BUF_INIT;
    if (take_copy(below, &text))
        printout_write(below, path, &text);
    buf_release(&text);
}

static void send(struct screen *below, const char *printer)
{
    struct buf text = BUF_INIT;
    if (take_copy(below, &text))
        printout_send(below, printer, &text);
    buf_release(&text);
}

/* "HN-2026-0012-summary.txt", in the folder where the program was started. */
static void to_file(struct screen *s)
{
    const struct preview *p = s->state;
    struct buf name = BUF_INIT;
    if (p->reference)
        buf_addf(&name, "%s-%s.txt", p->reference, document_names[p->kind]);
    ask_push(s->app, _("Into a file"),
             _("Into which new file? It is plain text, for you alone to read on this machine: "
               "whoever gets the file can read it."),
             buf_text(&name), write_file);
    buf_release(&name);
}

enum { USUAL_PRINTER = -1, A_FILE = -2 };

/* Names of printers, a line each. */
static void print_on(struct screen *below, long tag, void *names)
{
    const char *name = names;
    if (tag == A_FILE) {
        to_file(below);
        return;
    }
    for (long i = 0; i < tag; i++)
        name += strcspn(name, "\n") + 1;
    char *printer = tag == USUAL_PRINTER ? NULL : xstrndup(name, strcspn(name, "\n"));
    send(below, printer);
    free(printer);
}

static void print(struct screen *s)
{
    struct error err = ERROR_INIT;
    struct printers printers;
    struct buf names = BUF_INIT;
    if (!output_printers(&printers, &err)) {
        app_say_error(s->app, &err);
        error_release(&err);
        return;
    }
    for (size_t i = 0; i < printers.count; i++)
        buf_addf(&names, "%s\n", printers.names[i]);
    struct pick *pick =
        pick_push(s->app, _("Print where?"), print_on, xstrdup(buf_text(&names)), free);
    pick_add(pick, USUAL_PRINTER, _("the usual printer"), "");
    for (size_t i = 0; i < printers.count; i++)
        pick_add(pick, (long)i, printers.names[i], "");
    pick_add(pick, A_FILE, _("into a file"), "");
    buf_release(&names);
    printers_release(&printers);
}

/* ---- the language ---- */

static bool of_case(const struct screen *s)
{
    return ((const struct preview *)s->state)->reference != NULL;
}

/* Whether the document can be had in that language, and reads otherwise than what is shown. */
static bool is_other(struct screen *s, const char *language)
{
    const struct preview *p = s->state;
    struct buf text = BUF_INIT;
    struct error unsaid = ERROR_INIT; /* not every document is in every language */
    bool other = make(s, language, false, &text, &unsaid) &&
                 strcmp(buf_text(&text), buf_text(&p->text)) != 0;
    error_release(&unsaid);
    buf_release(&text);
    return other;
}

static size_t language_index(struct screen *s)
{
    const struct preview *p = s->state;
    size_t i = 0;
    while (locale_languages[i] && (p->language ? strcmp(p->language, locale_languages[i]) != 0
                                               : is_other(s, locale_languages[i])))
        i++;
    return i;
}

/* The next one, round and round. */
static void other_language(struct screen *s)
{
    struct preview *p = s->state;
    size_t count = 0, now = language_index(s);
    while (locale_languages[count])
        count++;
    for (size_t step = 1; step < count; step++) {
        const char *language = locale_languages[(now + step) % count];
        if (!is_other(s, language))
            continue;
        p->language = language;
        screen_changed(s, true);
        return;
    }
    app_say(s->app, "%s", _("This document is the same in every language."));
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

static void keep_document(const struct preview *p, json_t *kept)
{
    json_object_set_new(kept, "reference", json_string(p->reference));
    json_object_set_new(kept, "document", json_string(document_names[p->kind]));
    if (p->note)
        json_object_set_new(kept, "note", json_string(p->note));
    if (p->language)
        json_object_set_new(kept, "language", json_string(p->language));
    if (p->as_of)
        json_object_set_new(kept, "as_of", json_string(p->as_of));
}

static void keep_plain(const struct preview *p, json_t *kept)
{
    json_object_set_new(kept, "title", json_string(p->title));
    json_object_set_new(kept, "text", json_string(buf_text(&p->text)));
    json_object_set_new(kept, "for_network", json_boolean(p->for_network));
    if (p->day)
        json_object_set_new(kept, "day", json_string(p->day));
}

static void keep(struct screen *s, json_t *kept)
{
    const struct preview *p = s->state;
    if (p->reference)
        keep_document(p, kept);
    else
        keep_plain(p, kept);
    if (p->accept)
        keep_answer(s, (answer_fn *)p->accept, kept);
    if (p->wanted)
        json_object_set_new(kept, "wanted", json_string(p->wanted));
    if (p->wanted && p->found != NOWHERE) {
        json_object_set_new(kept, "found", json_integer((json_int_t)p->found));
        json_object_set_new(kept, "column", json_integer(p->column));
    }
}

static void restore(struct screen *s, const json_t *kept)
{
    struct preview *p = s->state;
    for (size_t i = 0; locale_languages[i]; i++)
        if (strcmp(locale_languages[i], keep_text(kept, "language")) == 0)
            p->language = locale_languages[i];
    if (*keep_text(kept, "wanted"))
        p->wanted = xstrdup(keep_text(kept, "wanted"));
}

static void close_state(struct screen *s)
{
    struct preview *p = s->state;
    free(p->title);
    free(p->reference);
    free(p->note);
    free(p->as_of);
    free(p->wanted);
    free(p->day);
    buf_release(&p->text);
    free(p);
}

static const struct command commands[] = {
    {TK_F(2), NULL, N_("record"), N_("Records it: the number is given now."), accept, waited_for},
    {TK_NONE, "p", N_("print"), N_("Prints the text, on a printer that you choose."), print,
     may_print},
    {TK_NONE, "o", N_("to a file"), N_("Writes the text into a new file."), to_file, may_print},
    {TK_F(3), "/", N_("search"), N_("Searches words in the text."), search, NULL},
    {TK_NONE, "n", N_("next"), N_("Goes to the next place that has them."), find, searched},
    {TK_NONE, "+", N_("page"), N_("Goes to the next page of the paper."), next_page, has_pages},
    {TK_NONE, "-", NULL, N_("Goes to the page before."), previous_page, has_pages},
    {TK_NONE, "l", N_("language"), N_("Makes the document in another language."), other_language,
     of_case},
    {TK_NONE, " ", NULL, N_("Goes on by a screen."), next_screen, NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

static const struct answer answers[] = {ANSWER(search_for), ANSWER(write_file), ANSWER(print_on),
                                        ANSWERS_END};

const struct screen_type preview_type = {
    .name = "preview",
    .title = N_("A document"),
    .about = N_("The text as it is printed. The arrows and PgUp, PgDn scroll; a row of dashes is "
                "where a page ends."),
    .commands = commands,
    .answers = answers,
    .record = true,
    .load = load,
    .build = build,
    .head = head,
    .draw = draw,
    .keep = keep,
    .restore = restore,
    .close = close_state,
};

static struct preview *push(struct app *app, const char *title)
{
    struct preview *p = xcalloc(1, sizeof *p);
    p->title = xstrdup(title);
    p->found = NOWHERE;
    screen_push(app, &preview_type, p);
    return p;
}

void preview_ask(struct app *app, const char *title, char *text, void (*then)(struct screen *below))
{
    struct preview *p = push(app, title);
    buf_adds(&p->text, text);
    free(text);
    p->accept = then;
    if (then)
        app_must_be_read(app);
}

void preview_push(struct app *app, const char *title, char *text)
{
    preview_ask(app, title, text, NULL);
}

void preview_meeting(struct app *app, const char *title, char *text, const char *day)
{
    struct preview *p = push(app, title);
    buf_adds(&p->text, text);
    free(text);
    p->for_network = true;
    p->day = day ? xstrdup(day) : NULL;
}

void preview_document(struct app *app, const char *reference, const char *document)
{
    static const char *const titles[] = {[DOCUMENT_SUMMARY] = N_("Summary of the case"),
                                         [DOCUMENT_NOTE] = N_("Note verbale"),
                                         [DOCUMENT_POLL] = N_("The poll and its answers"),
                                         [DOCUMENT_COSTS] = N_("Statement of costs")};
    for (size_t kind = 0; document_names[kind]; kind++) {
        if (strcmp(document_names[kind], document) != 0)
            continue;
        struct preview *p = push(app, titles[kind]);
        p->reference = xstrdup(reference);
        p->kind = (enum document_kind)kind;
    }
}

void preview_as_of(struct app *app, const char *reference, const char *day)
{
    struct preview *p = push(app, N_("The case as it stood"));
    p->reference = xstrdup(reference);
    p->kind = DOCUMENT_SUMMARY;
    p->as_of = xstrdup(day);
}

void preview_note(struct app *app, const char *reference, const char *id_hex)
{
    struct preview *p = push(app, N_("Note verbale"));
    p->reference = xstrdup(reference);
    p->kind = DOCUMENT_NOTE;
    p->note = xstrdup(id_hex);
}

static void reopen_plain(struct app *app, const json_t *kept)
{
    const char *title = keep_text(kept, "title"), *day = keep_text(kept, "day");
    const struct answer *answer = keep_answered(app, kept);
    char *text = xstrdup(keep_text(kept, "text"));
    if (json_is_true(json_object_get(kept, "for_network")))
        preview_meeting(app, title, text, *day ? day : NULL);
    else
        preview_ask(app, title, text, answer ? (void (*)(struct screen *))answer->take : NULL);
}

void preview_reopen(struct app *app, const json_t *kept)
{
    const char *reference = keep_text(kept, "reference"), *note = keep_text(kept, "note");
    if (*note)
        preview_note(app, reference, note);
    else if (*keep_text(kept, "as_of"))
        preview_as_of(app, reference, keep_text(kept, "as_of"));
    else if (*reference)
        preview_document(app, reference, keep_text(kept, "document"));
    else if (!json_object_get(kept, "answer") || keep_answered(app, kept))
        reopen_plain(app, kept);
}

char *preview_draft_note(struct store *store, const struct casework *w, const json_t *payload,
                         struct buf *remarks)
{
    struct error unsaid = ERROR_INIT; /* no words for this kind: it is recorded unseen */
    const struct document_order order = {
        .kind = DOCUMENT_NOTE, .draft = payload, .remarks = remarks};
    struct paper paper;
    paper_init(&paper);
    bool made = w->reference && document_make(store, w->reference, &order, &paper, &unsaid);
    char *text = made ? paper_string(&paper, PAPER_LETTER) : NULL;
    paper_release(&paper);
    error_release(&unsaid);
    return text;
}
