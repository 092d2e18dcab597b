/* SPDX-License-Identifier: MIT */
/* Which text the preview shows: how it is opened, and opened anew with the same one. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/page/bytes.h"
#include "amparo/page/plain.h"
#include "amparo/paper/printset.h"
#include "amparo/tui/keep.h"
#include "amparo/tui/screens.h"
#include "preview_work.h"

static struct preview *push(struct app *app, const char *title, const char *what)
{
    struct preview *p = xcalloc(1, sizeof *p);
    p->title = xstrdup(title);
    p->what = xstrdup(what);
    p->found = PREVIEW_NOWHERE;
    p->shift = PREVIEW_WRAPPED;
    p->size = print_set_size(app->store);
    paper_init(&p->paper);
    screen_push(app, &preview_type, p);
    return p;
}

/* ---- what stays as it is ---- */

void preview_ask(struct app *app, const char *title, char *text, void (*then)(struct screen *below))
{
    struct preview *p = push(app, title, "");
    buf_adds(&p->text, text);
    free(text);
    p->accept = then;
    if (then)
        app_must_be_read(app);
}

void preview_push(struct app *app, const char *title, const char *what, char *text)
{
    struct preview *p = push(app, title, what);
    buf_adds(&p->text, text);
    free(text);
}

void preview_sheet(struct app *app, const char *title, const char *what, struct paper *paper)
{
    preview_take(push(app, title, what), paper);
}

/* ---- documents of the whole file ---- */

void preview_show_file(struct app *app, const char *title, json_t *how, struct paper *paper)
{
    const char *day = keep_text(how, "meeting"), *act = keep_text(how, "act");
    long year = keep_number(how, "year");
    struct buf what = BUF_INIT;
    buf_adds(&what, keep_text(how, "document"));
    if (*day || *act)
        buf_addf(&what, " %s%s", day, act);
    if (year)
        buf_addf(&what, " %ld", year);
    struct preview *p = push(app, title, buf_text(&what));
    p->how = json_incref(how);
    preview_take(p, paper);
    buf_release(&what);
}

/* ---- documents of a case ---- */

static struct preview *push_document(struct app *app, const char *title, const char *reference,
                                     enum document_kind kind)
{
    struct preview *p = push(app, title, document_names[kind]);
    p->reference = xstrdup(reference);
    p->kind = kind;
    return p;
}

void preview_document(struct app *app, const char *reference, const char *document)
{
    preview_receipt(app, reference, document, 0);
}

void preview_receipt(struct app *app, const char *reference, const char *document, long person)
{
    static const char *const titles[] = {[DOCUMENT_SUMMARY] = N_("Summary of the case"),
                                         [DOCUMENT_NOTE] = N_("Note verbale"),
                                         [DOCUMENT_POLL] = N_("The poll and its answers"),
                                         [DOCUMENT_COSTS] = N_("Statement of costs"),
                                         [DOCUMENT_SHORT] = N_("Short summary"),
                                         [DOCUMENT_RECEIPT] = N_("Receipt for a migrant"),
                                         [DOCUMENT_RECEIPT_FULL] = N_("Receipt in full")};
    for (size_t kind = 0; document_names[kind]; kind++)
        if (strcmp(document_names[kind], document) == 0)
            push_document(app, titles[kind], reference, (enum document_kind)kind)->person = person;
}

void preview_as_of(struct app *app, const char *reference, const char *day)
{
    push_document(app, N_("The case as it stood"), reference, DOCUMENT_SUMMARY)->as_of =
        xstrdup(day);
}

void preview_note(struct app *app, const char *reference, const char *id_hex)
{
    push_document(app, N_("Note verbale"), reference, DOCUMENT_NOTE)->note = xstrdup(id_hex);
}

static void push_draft(struct app *app, const char *reference, const json_t *payload,
                       void (*then)(struct screen *below))
{
    struct preview *p =
        push_document(app, N_("Note, before it is recorded"), reference, DOCUMENT_NOTE);
    p->draft = json_deep_copy(payload);
    p->accept = then;
    app_must_be_read(app);
}

bool preview_draft_note(struct app *app, const struct casework *w, const json_t *payload,
                        void (*then)(struct screen *below), struct buf *remarks)
{
    struct error unsaid = ERROR_INIT; /* no words for this kind: it is recorded unseen */
    const struct document_order order = {
        .kind = DOCUMENT_NOTE, .draft = payload, .remarks = remarks};
    struct paper paper;
    paper_init(&paper);
    bool made = w->reference && document_make(w->store, w->reference, &order, &paper, &unsaid);
    if (made)
        push_draft(app, w->reference, payload, then);
    paper_release(&paper);
    error_release(&unsaid);
    return made;
}

/* ---- the same anew ---- */

static void keep_document(const struct preview *p, json_t *kept)
{
    json_object_set_new(kept, "reference", json_string(p->reference));
    json_object_set_new(kept, "document", json_string(document_names[p->kind]));
    if (p->note)
        json_object_set_new(kept, "note", json_string(p->note));
    if (p->draft)
        json_object_set(kept, "draft", p->draft);
    if (p->person)
        json_object_set_new(kept, "person", json_integer(p->person));
    if (p->language)
        json_object_set_new(kept, "language", json_string(p->language));
    if (p->as_of)
        json_object_set_new(kept, "as_of", json_string(p->as_of));
}

/* A document by its description, which is no text. */
static json_t *paper_json(const struct paper *paper)
{
    struct buf bytes = BUF_INIT;
    page_encode(paper, PAPER_LETTER, &bytes);
    size_t room = sodium_base64_encoded_len(bytes.size, sodium_base64_VARIANT_ORIGINAL);
    char *text = xmalloc(room);
    sodium_bin2base64(text, room, (const unsigned char *)bytes.data, bytes.size,
                      sodium_base64_VARIANT_ORIGINAL);
    json_t *json = json_string(text);
    free_wiped(text);
    buf_release(&bytes);
    return json;
}

static bool read_paper(const char *text, struct paper *out)
{
    struct error unsaid = ERROR_INIT;
    enum paper_size size;
    size_t length = strlen(text), bytes;
    unsigned char *data = xmalloc(length + 1);
    bool ok = sodium_base642bin(data, length, text, length, NULL, &bytes, NULL,
                                sodium_base64_VARIANT_ORIGINAL) == 0 &&
              page_decode(data, bytes, out, &size, &unsaid);
    sodium_memzero(data, length);
    free(data);
    error_release(&unsaid);
    return ok;
}

static void keep_given(const struct preview *p, json_t *kept)
{
    json_object_set_new(kept, "title", json_string(p->title));
    json_object_set_new(kept, "what", json_string(p->what));
    if (p->paper.count)
        json_object_set_new(kept, "paper", paper_json(&p->paper));
    else
        json_object_set_new(kept, "text", json_string(buf_text(&p->text)));
}

void preview_keep(struct screen *s, json_t *kept)
{
    const struct preview *p = s->state;
    if (p->reference)
        keep_document(p, kept);
    else if (p->how)
        json_object_set(kept, "how", p->how);
    else
        keep_given(p, kept);
    if (p->accept)
        keep_answer(s, (answer_fn *)p->accept, kept);
    json_object_set_new(kept, "shift", json_integer(p->shift));
    preview_find_keep(p, kept);
}

/* One of another version cannot be read. */
static void reopen_sheet(struct app *app, const json_t *kept)
{
    struct paper paper;
    paper_init(&paper);
    if (read_paper(keep_text(kept, "paper"), &paper))
        preview_sheet(app, keep_text(kept, "title"), keep_text(kept, "what"), &paper);
    paper_release(&paper);
}

static void reopen_text(struct app *app, const json_t *kept)
{
    const struct answer *answer = keep_answered(app, kept);
    const char *title = keep_text(kept, "title");
    char *text = xstrdup(keep_text(kept, "text"));
    if (answer)
        preview_ask(app, title, text, (void (*)(struct screen *))answer->take);
    else
        preview_push(app, title, keep_text(kept, "what"), text);
}

static void reopen_draft(struct app *app, const json_t *kept)
{
    const struct answer *answer = keep_answered(app, kept);
    if (answer)
        push_draft(app, keep_text(kept, "reference"), json_object_get(kept, "draft"),
                   (void (*)(struct screen *))answer->take);
}

void preview_reopen(struct app *app, const json_t *kept)
{
    const char *reference = keep_text(kept, "reference"), *note = keep_text(kept, "note");
    if (json_object_get(kept, "draft"))
        reopen_draft(app, kept);
    else if (*note)
        preview_note(app, reference, note);
    else if (*keep_text(kept, "as_of"))
        preview_as_of(app, reference, keep_text(kept, "as_of"));
    else if (*reference)
        preview_receipt(app, reference, keep_text(kept, "document"),
                        (long)keep_number(kept, "person"));
    else if (json_object_get(kept, "how"))
        preview_file(app, json_deep_copy(json_object_get(kept, "how")));
    else if (*keep_text(kept, "paper"))
        reopen_sheet(app, kept);
    else if (!json_object_get(kept, "answer") || keep_answered(app, kept))
        reopen_text(app, kept);
}
