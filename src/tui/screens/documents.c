/* SPDX-License-Identifier: MIT */
/* The documents of a case, made by the same functions as those of `amparo print`. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/paper/summary.h"
#include "amparo/tui/describe.h"
#include "amparo/tui/pick.h"
#include "amparo/tui/screens.h"

/* In the language of the reader's screen, or in English where there are no words in it. */
static bool find_language(struct paper_language *language, const struct store *store)
{
    /* TRANSLATORS: the code of the language of this catalogue. */
    const char *code = _("language:en");
    const char *colon = strchr(code, ':');
    const char *state = store_post(store)->state;
    return paper_language_init(language, colon ? colon + 1 : "en", state, reader_language) ||
           paper_language_init(language, "en", state, english);
}

static char *pages_of(struct paper *p)
{
    struct buf out = BUF_INIT;
    paper_text(p, PAPER_LETTER, &out);
    return out.data ? buf_detach(&out) : xstrdup("");
}

enum document_kind { DOCUMENT_SUMMARY, DOCUMENT_POLL, DOCUMENT_COSTS, DOCUMENT_NOTE };

static bool make(struct paper_source *source, enum document_kind kind, const struct entry *note,
                 struct paper *p, struct error *err)
{
    const struct audience post = {.kind = AUDIENCE_POST};
    switch (kind) {
    case DOCUMENT_SUMMARY:
        paper_summary(source, &post, p);
        return true;
    case DOCUMENT_COSTS:
        paper_costs(source, &post, p);
        return true;
    case DOCUMENT_POLL:
        return paper_poll_sheet(source, &post, p, err);
    case DOCUMENT_NOTE:
        return paper_note(source, note, NULL, NULL, p, err);
    }
    return false;
}

static void show(struct app *app, const char *reference, enum document_kind kind, const char *id,
                 const char *title)
{
    struct casework w;
    struct error err = ERROR_INIT;
    struct paper_language language;
    char now[40];
    casework_init(&w, app->store, reference);
    if (casework_load(&w, &err) && find_language(&language, app->store)) {
        struct paper p;
        struct paper_source source = {.c = &w.c,
                                      .post = store_post(app->store),
                                      .directory = w.directory,
                                      .language = &language,
                                      .now = store_now(app->store, now),
                                      .officer = store_officer(app->store)->name};
        const struct entry *note = id ? case_entry(&w.c, id) : NULL;
        paper_init(&p);
        if (make(&source, kind, note, &p, &err))
            preview_push(app, title, pages_of(&p));
        paper_release(&p);
    }
    if (err.kind)
        app_say_error(app, &err);
    error_release(&err);
    casework_release(&w);
}

static const struct {
    const char *name;
    const char *label;
} documents[] = {
    [DOCUMENT_SUMMARY] = {"summary", N_("Summary of the case")},
    [DOCUMENT_POLL] = {"poll", N_("The poll and its answers")},
    [DOCUMENT_COSTS] = {"costs", N_("Statement of costs")},
};

void preview_document(struct app *app, const char *reference, const char *document)
{
    for (size_t i = 0; i < ARRAY_SIZE(documents); i++)
        if (strcmp(documents[i].name, document) == 0)
            show(app, reference, (enum document_kind)i, NULL, _(documents[i].label));
}

void preview_note(struct app *app, const char *reference, const char *id_hex)
{
    show(app, reference, DOCUMENT_NOTE, id_hex, _("Note verbale"));
}

char *preview_draft_note(struct store *store, const struct casework *w, const json_t *payload)
{
    struct paper_language language;
    char now[40], *text = NULL;
    if (!w->has_case || !find_language(&language, store))
        return NULL;
    const char *wanted = json_string_value(json_object_get(payload, "language"));
    if (wanted)
        paper_language_init(&language, wanted, store_post(store)->state, reader_language);
    struct paper_source source = {.c = &w->c,
                                  .post = store_post(store),
                                  .directory = w->directory,
                                  .language = &language,
                                  .now = store_now(store, now),
                                  .officer = store_officer(store)->name};
    struct error unsaid = ERROR_INIT;
    struct paper p;
    paper_init(&p);
    if (paper_note(&source, NULL, payload, NULL, &p, &unsaid))
        text = pages_of(&p);
    paper_release(&p);
    error_release(&unsaid);
    return text;
}

/* ---- the list of them ---- */

struct print_choice {
    char *reference;
    char **notes; /* ids */
    size_t count;
};

static void chosen(struct screen *below, long tag, void *ctx)
{
    const struct print_choice *choice = ctx;
    if (tag < DOCUMENT_NOTE)
        preview_document(below->app, choice->reference, documents[tag].name);
    else
        preview_note(below->app, choice->reference, choice->notes[tag - DOCUMENT_NOTE]);
}

static void free_choice(void *ctx)
{
    struct print_choice *choice = ctx;
    for (size_t i = 0; i < choice->count; i++)
        free(choice->notes[i]);
    free(choice->notes);
    free(choice->reference);
    free(choice);
}

static void add_notes(struct pick *pick, struct print_choice *choice, const struct case_file *c)
{
    choice->notes = xcalloc(c->count + 1, sizeof *choice->notes);
    const struct entry *note = NULL;
    while ((note = case_next(c, note, ACT_NOTE))) {
        char id[2 * ACT_ID_SIZE + 1];
        struct buf label = BUF_INIT;
        act_id_hex(note->act->id, id);
        describe_entry(&label, c, note, reader_language);
        pick_add(pick, DOCUMENT_NOTE + (long)choice->count, buf_text(&label), "");
        choice->notes[choice->count++] = xstrdup(id);
        buf_release(&label);
    }
}

void print_push(struct app *app, const char *reference)
{
    struct casework w;
    struct error err = ERROR_INIT;
    casework_init(&w, app->store, reference);
    if (casework_load(&w, &err)) {
        struct print_choice *choice = xcalloc(1, sizeof *choice);
        choice->reference = xstrdup(reference);
        struct pick *pick = pick_push(app, _("Which document?"), chosen, choice, free_choice);
        for (size_t i = 0; i < ARRAY_SIZE(documents); i++)
            pick_add(pick, (long)i, _(documents[i].label), "");
        add_notes(pick, choice, &w.c);
    } else
        app_say_error(app, &err);
    error_release(&err);
    casework_release(&w);
}
