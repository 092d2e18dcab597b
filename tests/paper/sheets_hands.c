/* SPDX-License-Identifier: MIT */
/*
 * What people get in their hands, or fill in by hand: receipts, forms, recovery sheets; and what
 * they look like under a letterhead with a seal.
 */
#include "sheets.h"

#include <stdio.h>
#include <stdlib.h>

#include "amparo/base/mem.h"
#include "amparo/paper/offices.h"
#include "amparo/paper/receipt.h"
#include "amparo/paper/recoverysheet.h"
#include "amparo/store/letterhead.h"
#include "amparo/store/settings.h"
#include "sheets_people.h"
#include "tests/unit/case_kit.h"
#include "tests/unit/note_kit.h"

/* ---- receipts ---- */

struct handing {
    struct paper_source source;
    long person;
    bool full;
};

static bool write_receipt(void *ctx, const struct paper_language *language, struct paper *paper,
                          struct error *err)
{
    struct handing *h = ctx;

    h->source.language = language;
    return paper_receipt(&h->source, h->person, h->full, paper, err);
}

static void put_receipt(const struct sheets *s, const char *name, long person, bool full)
{
    struct note_kit kit;

    note_kit_begin(&kit, &note_samples[0], s->language);
    for (size_t i = 0; i < PEOPLE; i++) {
        people_add(&kit.c, i, 3 + (int)i);
        people_consent(&kit.c, 3 + (int)i, "MX");
    }
    kit_add(&kit.c, "consent",
            "{'person':1,'purpose':'P8','to':'بيت الأمان, 平安之家, Casa de las Mujeres de la "
            "Santísima Trinidad de los Buenos Aires','given_by':'self','form':'oral','on':"
            "'2026-03-10','withheld':['health','location']}");
    struct handing h = {.source = kit.source, .person = person, .full = full};
    const struct sheet sheet = {
        .name = name, .what = full ? "receipt 1 in full" : "receipt 1", .recipient = "person"};
    sheet_write(s, &sheet, write_receipt, &h);
    note_kit_end(&kit);
}

/* ---- forms ---- */

static void put_form(const struct sheets *s, const char *name, enum act_kind kind)
{
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    bool made = document_blank(s->store, kind, s->language, 0, NULL, &p, &err);
    sheet_put(s, name, made, &p, &err);
}

static void put_recovery(const struct sheets *s)
{
    static const char share[] = "040G5-VZV06-NPXG7-CFVE2-68R7N-WF6WZ-RHYRW-T6ZV4-YAP3G-997BB-ANGDT-"
                                "HMXCP-D15AT-V816X-XWQ0R";
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    recovery_sheet(&p, "/home/consulado/casos/tegucigalpa.amparo", s->store, share,
                   sizeof share - 1, 2, 3);
    sheet_put(s, "recovery", true, &p, &err);
}

/* ---- under a letterhead ---- */

static const struct {
    enum setting which;
    const char *text;
} lines[] = {
    {SETTING_STATE_LINE, "REPÚBLICA DE HONDURAS"},
    {SETTING_OFFICE_LINE, "Secretaría de Relaciones Exteriores y Cooperación Internacional"},
    {SETTING_ADDRESS_LINE, "Boulevard Kuwait, Centro Cívico Gubernamental, Tegucigalpa"},
    {SETTING_PHONE_LINE, "+504 2236 0200"},
    {SETTING_EMAIL_LINE, "consulares@example.org"},
};

/* NULL takes all of it back. */
static void set_letterhead(const struct sheets *s, const char *seal)
{
    struct error err = ERROR_INIT;
    bool ok = store_set_seal(s->store, seal, &err);

    for (size_t i = 0; ok && i < ARRAY_SIZE(lines); i++)
        ok = settings_say(s->store, lines[i].which, seal ? lines[i].text : NULL, &err);
    if (!ok)
        fail_msg("%s", error_text(&err));
}

struct writing {
    struct paper_source source;
    const struct entry *note;
};

static bool write_note(void *ctx, const struct paper_language *language, struct paper *paper,
                       struct error *err)
{
    struct writing *w = ctx;

    w->source.language = language;
    return paper_note(&w->source, w->note, NULL, NULL, paper, err);
}

static void put_note(const struct sheets *s)
{
    struct note_kit kit;

    note_kit_begin(&kit, &note_samples[0], s->language);
    const char *id = kit_add(&kit.c, "note", note_samples[0].draft);
    note_kit_number(&kit.c, "4/2026");
    struct writing w = {.source = kit.source, .note = case_entry(&kit.c, id)};
    const struct sheet sheet = {.name = "letterhead-note",
                                .what = "note 4/2026",
                                .recipient = "MX",
                                .note = w.note->act->id};
    sheet_write(s, &sheet, write_note, &w);
    note_kit_end(&kit);
}

static void put_offices(const struct sheets *s)
{
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    bool made = paper_offices(s->store, s->language, &p, &err);
    sheet_put(s, "letterhead-offices", made, &p, &err);
}

void sheets_of_hands(const struct sheets *s)
{
    const char *top = getenv("AMPARO_SRC");
    char *seal = xasprintf("%s/tests/paper/seal.png", top ? top : ".");

    put_receipt(s, "receipt", 1, false);
    put_receipt(s, "receipt-full", 1, true);
    put_receipt(s, "receipt-full-people", 3, true);
    put_form(s, "blank", ACT_NONE);
    put_form(s, "blank-consent", ACT_CONSENT);
    put_recovery(s);
    set_letterhead(s, seal);
    put_receipt(s, "letterhead-receipt", 1, false);
    put_note(s);
    put_offices(s);
    set_letterhead(s, NULL);
    free(seal);
}
