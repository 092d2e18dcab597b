/* SPDX-License-Identifier: MIT */
/*
 * Notes of every kind as they are sent; and one as it may be besides: a draft, annulled, without
 * whom it is about, about people of many names, in words of one's own, and as a slip of what came
 * in.
 */
#include "sheets.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "sheets_people.h"
#include "tests/unit/note_kit.h"

struct writing {
    struct paper_source source;
    const struct entry *note;
    json_t *draft;
};

static bool write_note(void *ctx, const struct paper_language *language, struct paper *paper,
                       struct error *err)
{
    struct writing *w = ctx;

    w->source.language = language;
    return paper_note(&w->source, w->note, w->draft, NULL, paper, err);
}

static void put_note(const struct sheets *s, const char *name, const struct note_kit *kit,
                     const char *id)
{
    struct writing w = {.source = kit->source, .note = case_entry(&kit->c, id)};
    const struct sheet sheet = {
        .name = name, .what = "note 4/2026", .recipient = "MX", .note = w.note->act->id};

    sheet_write(s, &sheet, write_note, &w);
}

static void put_kind(const struct sheets *s, const struct note_sample *sample, size_t number)
{
    char *name = xasprintf("note-%s", sample->name), *text = xasprintf("%zu/2026", number);
    struct note_kit kit;

    note_kit_begin(&kit, sample, s->language);
    const char *id = kit_add(&kit.c, "note", sample->draft);
    note_kit_number(&kit.c, text);
    put_note(s, name, &kit, id);
    note_kit_end(&kit);
    free(name);
    free(text);
}

/* Nobody has written it yet, nor is it on paper: of a draft there is no copy. */
static void put_draft(const struct sheets *s)
{
    const struct note_sample *request = &note_samples[0];
    const struct sheet sheet = {.name = "note-draft"};
    struct note_kit kit;

    note_kit_begin(&kit, request, s->language);
    struct writing w = {.source = kit.source, .draft = kit_json(request->draft)};
    sheet_write(s, &sheet, write_note, &w);
    json_decref(w.draft);
    note_kit_end(&kit);
}

static void annul(struct case_file *c, const char *id)
{
    kit_add_of(c, "annul", "{'note':'%s','reason':'a slip of the pen'}", id);
}

static void withdraw(struct case_file *c, const char *id)
{
    (void)id;
    kit_add(c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-12','form':'oral'}");
}

static void add_people(struct case_file *c, const char *id)
{
    (void)id;
    for (size_t i = 0; i < PEOPLE; i++) {
        people_add(c, i, 3 + (int)i);
        people_consent(c, 3 + (int)i, "MX");
    }
}

/* A note, and what happened before or after it was written. */
static void put_with(const struct sheets *s, const char *name, const char *draft,
                     void (*before)(struct case_file *c, const char *id),
                     void (*after)(struct case_file *c, const char *id))
{
    struct note_kit kit;

    note_kit_begin(&kit, &note_samples[0], s->language);
    if (before)
        before(&kit.c, NULL);
    const char *id = kit_add(&kit.c, "note", draft);
    note_kit_number(&kit.c, strstr(draft, "'direction':'in'") ? "E-004/2026" : "4/2026");
    if (after)
        after(&kit.c, id);
    put_note(s, name, &kit, id);
    note_kit_end(&kit);
}

#define TO_MEXICO "'direction':'out','to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'}"

void sheets_of_notes(const struct sheets *s)
{
    const char *request = note_samples[0].draft;

    for (size_t i = 0; note_samples[i].name; i++)
        put_kind(s, &note_samples[i], i + 4);
    put_draft(s);
    put_with(s, "note-annulled", request, NULL, annul);
    put_with(s, "note-withheld", request, NULL, withdraw);
    put_with(s, "note-people",
             "{'kind':'REQ'," TO_MEXICO ",'date':'2026-03-11','at':'2026-03-11T09:00:00Z'}",
             add_people, NULL);
    put_with(s, "note-own",
             "{'kind':'OTH'," TO_MEXICO ",'date':'2026-03-11','text':'The Consular Directorate "
             "sends the list of interpreters.\\n\\nIt is at the disposal of the Embassy for any "
             "question, by telephone at +504 2200 0000 or by letter.'}",
             NULL, NULL);
    put_with(s, "note-received",
             "{'kind':'SCOPE','direction':'in','from':{'state':'MX','office':'Embassy','city':'Abu "
             "Dhabi'},'number':'EAU-41/2026','date':'2026-03-13','transcribed':{'from':'Embassy',"
             "'channel':'paper','on':'2026-03-13'}}",
             NULL, NULL);
}
