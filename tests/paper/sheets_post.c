/* SPDX-License-Identifier: MIT */
/* What a post prints of itself and of all its cases, from a case file. */
#include "sheets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/paper/keycard.h"
#include "amparo/paper/meeting.h"
#include "amparo/paper/offices.h"
#include "amparo/pouch/cardcodes.h"
#include "amparo/store/offices.h"
#include "tests/unit/case_kit.h"

enum { CASES = 6, NOTES = 36 };

#define REFERENCE "HNTGU-2026-%04u"
#define ROOT "amparo-root:123451234512345123451234512345"
#define CASE "HNTGU-2026-0001"

static void must(bool good, struct error *err)
{
    if (!good)
        fail_msg("%s", error_text(err));
}

/* ---- the file ---- */

static void add_offices(struct store *store)
{
    static const char *const countries[] = {"AE", "AR", "BR", "CN", "DE", "EG", "ES", "FR", "GB",
                                            "IN", "IT", "JP", "KR", "MA", "NL", "PE", "QA", "RU",
                                            "SE", "SN", "TH", "TR", "UY", "VA", "ZA"};
    static const char *const cities[] = {"San José",
                                         "Villa de la Santísima Trinidad de los "
                                         "Buenos Aires",
                                         "Ульяновск", "重庆"};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(countries); i++) {
        json_t *office =
            json_pack("{s:s, s:s, s:s, s:b, s:s, s:s}", "country", countries[i], "city",
                      cities[i % ARRAY_SIZE(cities)], "kind", i % 3 ? "embassy" : "honorary",
                      "able", i % 7 != 0, "phone", "+50422300000", "email", "embassy@example.org");
        must(store_office_put(store, NULL, office, 0, &err), &err);
        json_decref(office);
    }
}

static void add_notes(struct store *store, const char *reference)
{
    for (unsigned i = 0; i < NOTES; i++)
        kit_record(
            store, reference, ACT_NOTE,
            i % 3 ? "{'kind':'OTH','direction':'out','to':{'state':'CR','office':'Embassy','city':"
                    "'Abu Dhabi'},'date':'2026-03-16','subject':'Interpreters, and the hours of "
                    "the office during the feast at the end of Ramadan'}"
                  : "{'kind':'OTH','direction':'in','from':{'state':'GT','office':'Ministry of "
                    "Foreign Affairs','city':'Guatemala'},'number':'MRE-9/2026','date':"
                    "'2026-03-10','transcribed':{'from':'Ministry','channel':'paper','on':"
                    "'2026-03-11'}}");
}

static void add_lessons(struct store *store, const char *reference)
{
    kit_record(store, reference, ACT_REPORT,
               "{'meeting':'M','on':'2026-04-10','lessons':'A visit on the second day was enough.',"
               "'proposal':'A list of lawyers for each country.'}");
}

void sheets_file(struct store *store)
{
    char reference[32];

    for (unsigned i = 1; i <= CASES; i++) {
        snprintf(reference, sizeof reference, REFERENCE, i);
        case_kit_at(store, "2026-03-12");
        case_kit_begin(store, reference, "RAMÍREZ");
        if (i % 3 == 0)
            continue;
        case_kit_agree_to_report(store, reference);
        case_kit_help_and_close(store, reference);
    }
    case_kit_at(store, "2026-03-21");
    case_kit_meeting(store, "2026-04-10", "San José");
    add_lessons(store, CASE);
    add_notes(store, CASE);
    add_offices(store);
}

/* ---- its documents ---- */

/* A document of a case of the file: not a copy yet, but a draft of one. */
static void put_draft(const struct sheets *s)
{
    const struct document_order order = {
        .kind = DOCUMENT_SHORT, .language = s->language, .as_draft = true};
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    bool made = document_make(s->store, CASE, &order, &p, &err);
    sheet_put(s, "short-draft", made, &p, &err);
}

static void put_report(const struct sheets *s)
{
    struct error err = ERROR_INIT;
    struct report report;
    struct paper p;

    must(store_report(s->store, "next", &report, &err), &err);
    json_t *tree = store_report_tree(s->store, &report, 0, NULL);
    paper_init(&p);
    bool made = meeting_report(s->store, tree, s->language, &p, &err);
    sheet_put(s, "report", made, &p, &err);
    json_decref(tree);
    report_release(&report);
}

static void put_statistics(const struct sheets *s)
{
    struct error err = ERROR_INIT;
    struct paper p;
    json_t *tree = store_statistics(s->store, NULL, NULL, &err);

    must(tree, &err);
    paper_init(&p);
    bool made = meeting_statistics(s->store, tree, s->language, &p, &err);
    sheet_put(s, "statistics", made, &p, &err);
    json_decref(tree);
}

static void put_register(const struct sheets *s)
{
    struct register_filter filter = {.which = REGISTER_ALL};
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    bool made = document_register(s->store, &filter, s->language, 0, NULL, &p, &err);
    sheet_put(s, "register", made, &p, &err);
}

static void put_offices(const struct sheets *s)
{
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    bool made = paper_offices(s->store, s->language, &p, &err);
    sheet_put(s, "offices", made, &p, &err);
}

static void put_card(const struct sheets *s, const char *name, const struct keycard *what)
{
    struct error err = ERROR_INIT;
    struct paper p;

    paper_init(&p);
    bool made = paper_keycard(s->store, what, s->language, &p, &err);
    sheet_put(s, name, made, &p, &err);
}

static void put_cards(const struct sheets *s)
{
    static const uint8_t secret[64] = {1};
    static char code[] = "HNTGU", name[] = "Consular Directorate", country[] = "HN",
                city[] = "Tegucigalpa", kind[] = "directorate";
    const struct card card = {.state = "HN",
                              .post = {2},
                              .key = {3},
                              .sealed = true,
                              .sealing = {4},
                              .sealing_until = {2026, 9, 21},
                              .code = code,
                              .name = name,
                              .country = country,
                              .city = city,
                              .kind = kind};
    struct buf line = BUF_INIT, drawing = BUF_INIT;
    struct error err = ERROR_INIT;
    char digits[FINGERPRINT_SIZE];
    struct qr_frames codes;

    card_write(&card, secret, &line);
    card_fingerprint(&card, digits);
    must(card_codes(buf_text(&line), CARD_PAPER_VERSION, QR_LEVEL_L, &codes, &err), &err);
    card_draw(&codes, &drawing);
    const char *const says[] = {codes.frames[0].text, NULL}, *const root[] = {ROOT, NULL};
    put_card(s, "card",
             &(struct keycard){&card, digits, buf_text(&line), says, buf_text(&drawing)});
    put_card(s, "card-root", &(struct keycard){NULL, digits, ROOT, root, ""});
    buf_release(&line);
    buf_release(&drawing);
    qr_frames_release(&codes);
}

void sheets_of_post(const struct sheets *s)
{
    put_draft(s);
    put_report(s);
    put_statistics(s);
    put_register(s);
    put_offices(s);
    put_cards(s);
}
