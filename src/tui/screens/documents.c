/* SPDX-License-Identifier: MIT */
/* The documents that a case has so far, each to be read, and printed from there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/paper/document.h"
#include "amparo/tui/casescreen.h"
#include "amparo/tui/columns.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/screens.h"
#include "amparo/tui/values.h"

enum { ROW_FORMS = -1 };

static void add_document(struct body *b, enum document_kind kind, const char *label)
{
    body_row(b, kind, NULL, "%s", label);
}

static void add_note(struct body *b, const struct casework *w, const struct entry *note)
{
    struct buf row = BUF_INIT, when = BUF_INIT;
    char id[2 * ACT_ID_SIZE + 1];
    values_say_when_short(&when, entry_text(note, "date"), w->now, reader_language);
    column(&row, buf_text(&when), 12);
    describe_entry(&row, &w->c, note, reader_language);
    act_id_hex(note->act->id, id);
    body_row(b, DOCUMENT_NOTE, id, "%s", buf_text(&row));
    buf_release(&row);
    buf_release(&when);
}

static void add_head(struct body *b, const char *text)
{
    body_line(b, BODY_PLAIN, "%s", "");
    body_line(b, BODY_HEAD, " %s", text);
}

/* What somebody takes along; in full only where no protection lock keeps it from being written. */
static void add_receipts(struct body *b, const struct casework *w)
{
    bool begun = false;
    for (size_t i = 0; i < w->person_count; i++) {
        long person = w->persons[i];
        struct buf name = BUF_INIT;
        char number[24];
        if (case_erased(&w->c, person))
            continue;
        if (!begun)
            add_head(b, _("Receipts for migrants"));
        begun = true;
        snprintf(number, sizeof number, "%ld", person);
        describe_person(&name, &w->c, person, reader_language);
        body_row(b, DOCUMENT_RECEIPT, number, "%s", buf_text(&name));
        if (!case_locked(&w->c, person))
            body_row(b, DOCUMENT_RECEIPT_FULL, number, _("%s, in full"), buf_text(&name));
        buf_release(&name);
    }
}

static void build(struct screen *s, int width)
{
    const struct casework *w = casescreen_work(s);
    struct body *b = &s->body;
    (void)width;
    if (!w->has_case)
        return;
    add_document(b, DOCUMENT_SUMMARY, _("Summary of the case"));
    add_document(b, DOCUMENT_SHORT, _("Short summary"));
    if (case_last(&w->c, ACT_POLL))
        add_document(b, DOCUMENT_POLL, _("The poll and its answers"));
    if (case_last(&w->c, ACT_COST))
        add_document(b, DOCUMENT_COSTS, _("Statement of costs"));
    if (case_last(&w->c, ACT_NOTE))
        add_head(b, _("Notes"));
    const struct entry *note = NULL;
    while ((note = case_next(&w->c, note, ACT_NOTE)))
        add_note(b, w, note);
    add_receipts(b, w);
    add_head(b, _("Of no case"));
    body_row(b, ROW_FORMS, NULL, "%s", _("Forms to fill in by hand"));
}

static bool on_row(const struct screen *s)
{
    return body_focused(&s->body) != NULL;
}

static void read_row(struct screen *s)
{
    const struct body_line *row = body_focused(&s->body);
    const char *reference = casescreen_work(s)->reference;
    if (row->tag == ROW_FORMS)
        forms_push(s->app);
    else if (row->tag == DOCUMENT_NOTE)
        preview_note(s->app, reference, row->ref);
    else if (row->ref)
        preview_receipt(s->app, reference, document_names[row->tag], strtol(row->ref, NULL, 10));
    else
        preview_document(s->app, reference, document_names[row->tag]);
}

static void check_paper(struct screen *s)
{
    papercode_push(s->app);
}

static const struct command commands[] = {
    {TK_ENTER, NULL, N_("read"), N_("Shows the document of this line as it is printed."), read_row,
     on_row},
    {TK_NONE, "h", N_("check paper"), N_("Says what a printed paper is, by its code."), check_paper,
     NULL},
    {TK_NONE, NULL, NULL, NULL, NULL, NULL},
};

const struct screen_type documents_type = {
    .name = "documents",
    .title = N_("Documents"),
    .about = N_("The documents of the case. Enter shows one as it is printed; from there it goes "
                "to a printer or into a file. What may not leave the post is withheld."),
    .commands = commands,
    .load = casescreen_load,
    .build = build,
    .head = casescreen_head,
    .keep = casescreen_keep,
    .close = casescreen_close,
};

void print_push(struct app *app, const char *reference)
{
    casescreen_push(app, &documents_type, sizeof(struct casescreen), reference);
}
