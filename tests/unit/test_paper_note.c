/* SPDX-License-Identifier: MIT */
/* Notes and the documents beside them: what they say, and what they do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/agreement/field.h"
#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/page/plain.h"
#include "amparo/paper/summary.h"
#include "fold_kit.h"

static char honduras[] = "HN", code[] = "HN", name[] = "Consular Directorate, Tegucigalpa",
            city[] = "Tegucigalpa", kind[] = "directorate";
static const struct post_profile post = {honduras, code, name, honduras, city, kind};
static const struct audience ourselves = {AUDIENCE_POST, NULL, NULL};

/* The text of one document, newlines made blanks and runs of blanks one: wrapping aside. */
struct printed {
    struct buf text, flat;
};

static void flatten(struct printed *p)
{
    for (const char *at = buf_text(&p->text); *at; at++) {
        bool blank = strchr(" \n\f", *at) != NULL;
        if (blank && p->flat.size && p->flat.data[p->flat.size - 1] == ' ')
            continue;
        buf_addc(&p->flat, blank ? ' ' : *at);
    }
}

/* No line is wider than the paper, and nothing in it commands a terminal. */
static void check_lines(const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n\f");
        assert_true(text_cells_n(text, size) <= PAPER_COLUMNS);
        for (size_t i = 0; i < size; i++)
            assert_true((unsigned char)text[i] >= ' ' && text[i] != 0x7f);
        text += size;
        text += strspn(text, "\n\f");
    }
}

struct setting {
    struct case_file c;
    json_t *directory;
    struct paper_language language;
    struct paper_source source;
};

static void set_up(struct setting *s, const char *lang)
{
    kit_case(&s->c);
    s->directory = kit_directory();
    assert_true(paper_language_init(&s->language, lang, "HN", english));
    s->source = (struct paper_source){.c = &s->c,
                                      .post = &post,
                                      .directory = s->directory,
                                      .language = &s->language,
                                      .now = "2026-03-20T10:00:00-06:00",
                                      .officer = "Lucía"};
}

/* The same with another opening. */
static void set_up_as(struct setting *s, const char *lang, const char *open)
{
    set_up(s, lang);
    case_release(&s->c);
    kit_empty(&s->c, "HN");
    kit_add(&s->c, "open", open);
    kit_add(&s->c, "person",
            "{'person':1,'surname_1':'A','given_names':'B','nationalities':[{'state':'HN','proof':"
            "'passport'}]}");
}

static void tear_down(struct setting *s)
{
    json_decref(s->directory);
    case_release(&s->c);
}

static void print_note(struct setting *s, const struct entry *note, const json_t *draft,
                       const struct audience *audience, struct printed *out)
{
    struct paper p;
    struct error err = ERROR_INIT;

    memset(out, 0, sizeof *out);
    paper_init(&p);
    if (!paper_note(&s->source, note, draft, audience, &p, &err))
        fail_msg("%s", error_text(&err));
    paper_text(&p, PAPER_LETTER, &out->text);
    paper_release(&p);
    error_release(&err);
    check_lines(buf_text(&out->text));
    flatten(out);
}

static void release(struct printed *p)
{
    buf_release(&p->text);
    buf_release(&p->flat);
}

static void has(const struct printed *p, const char *text)
{
    if (!strstr(buf_text(&p->flat), text))
        fail_msg("\"%s\" is not in: %s", text, buf_text(&p->flat));
}

static void has_not(const struct printed *p, const char *text)
{
    if (strstr(buf_text(&p->flat), text))
        fail_msg("\"%s\" is in: %s", text, buf_text(&p->flat));
}

static const char request[] =
    "{'kind':'REQ','direction':'out','to':{'state':'MX','office':'Embassy','city':'Abu Dhabi'},"
    "'persons':[1],'scope':'two visits.','date':'2026-03-11','at':'2026-03-11T09:00:00Z'}";
static const char offer[] = "{'state':'MX','round':1,'legal':'yes','material':'yes','offer':true,"
                            "'services':['shelter'],'transcribed':{'from':'MX','channel':'email',"
                            "'on':'2026-03-09'}}";

static void consent(struct setting *s, const char *on)
{
    char *payload = xasprintf("{'person':1,'purpose':'P4','to':'MX','given_by':'self',"
                              "'form':'oral','on':'%s'}",
                              on);
    kit_add(&s->c, "consent", payload);
    free(payload);
}

/* Each sentence that states a fact comes with the fact. */
static void a_note_says_what_the_case_holds(void **state)
{
    struct setting s;
    struct printed p;
    json_t *draft = kit_json(request);

    (void)state;
    set_up(&s, "en");
    print_note(&s, NULL, draft, NULL, &p);
    has(&p, "DRAFT – NOT RECORDED, NO NUMBER");
    has(&p, "proposed mechanism");
    has(&p, "The Consular Directorate of the Republic of Honduras at Tegucigalpa presents its "
            "compliments to the Embassy of the United Mexican States at Abu Dhabi and has the "
            "honour to refer");
    has(&p, "one national of the Republic of Honduras");
    has(&p, "Tegucigalpa, 11 March 2026");
    has(&p, "To the Embassy of the United Mexican States Abu Dhabi");
    has_not(&p, "offer of collaboration");
    has_not(&p, "informed consent");
    has_not(&p, "Secretariat");
    has_not(&p, "authorised");
    has_not(&p, "at present in Dubai");
    has_not(&p, "limits:");
    /* Without consent to Mexico nobody is named. */
    has_not(&p, "RAMÍREZ");
    release(&p);

    kit_add(&s.c, "situation", "{'locality':'Dubai'}");
    kit_add(&s.c, "poll", "{'round':1,'to':['MX','US'],'reply_by':'2026-03-10'}");
    kit_add(&s.c, "reply", offer);
    kit_add(&s.c, "notify", "{'event':'request'}");
    kit_add(&s.c, "authorise", "{'what':'request','by':'DG','reference':'D-7','on':'2026-03-10'}");
    consent(&s, "2026-03-10");
    print_note(&s, NULL, draft, NULL, &p);
    has(&p, "communicated on 9 March 2026");
    has(&p, "informed consent on 10 March 2026");
    has(&p, "scope and procedures: two visits.");
    has(&p,
        "The Technical Secretariat of the Regional Conference on Migration has been notified of "
        "this request, without any identity being disclosed");
    has(&p, "authorised the request on 10 March 2026, reference D-7");
    has(&p, "at present in Dubai, the United Arab Emirates, where the Republic of Honduras has "
            "neither");
    has(&p, "linked to labour exploitation (Article 7.4)");
    has(&p, "RAMÍREZ");
    has_not(&p, "[…]");
    release(&p);

    /* Consent taken back: the same note has no identity any more. */
    kit_add(&s.c, "withdraw_consent",
            "{'person':1,'purposes':['P4'],'on':'2026-03-12','form':'oral'}");
    print_note(&s, NULL, draft, NULL, &p);
    has_not(&p, "RAMÍREZ");
    has_not(&p, "informed consent");
    has_not(&p, "two visits");
    has(&p, "reference D-7 (Article 7.5). […] The particulars");
    release(&p);
    json_decref(draft);
    tear_down(&s);
}

static void a_note_in_spanish(void **state)
{
    struct setting s;
    struct printed p;
    json_t *draft = kit_json(
        "{'kind':'REQ','direction':'out','to':{'state':'CA','office':'Consulate General of Canada',"
        "'city':'Dubai'},'persons':[1],'date':'2026-03-11'}");

    (void)state;
    set_up(&s, "es");
    print_note(&s, NULL, draft, NULL, &p);
    has(&p, "BORRADOR");
    has(&p, "La Dirección General de Asuntos Consulares de la República de Honduras en "
            "Tegucigalpa saluda muy atentamente al Consulado General del Canadá en Dubai");
    has(&p, "solicita formalmente la asistencia del Honorable Consulado General en favor de una "
            "persona nacional de la República de Honduras");
    has(&p, "Al Honorable Consulado General del Canadá");
    has(&p, "Tegucigalpa, 11 de marzo de 2026");
    has(&p, "mecanismo propuesto");
    release(&p);
    json_decref(draft);

    draft = kit_json("{'kind':'SCOPE','direction':'out','to':{'state':'SV','office':'Embassy',"
                     "'city':'Ankara'},'date':'2026-03-11'}");
    print_note(&s, NULL, draft, NULL, &p);
    has(&p, "a la Embajada de la República de El Salvador en Ankara");
    release(&p);
    json_decref(draft);
    tear_down(&s);
}

/* What runs together, and what does not. */
static void names_in_a_sentence(void **state)
{
    static const struct {
        const char *lang, *office, *state, *city, *said;
    } rows[] = {
        {"fr", "Embassy", "CA", "Dakar", "à l'Ambassade du Canada à Dakar"},
        {"fr", "Consulate", "US", "Le Caire", "au Consulat des États-Unis d'Amérique au Caire"},
        {"fr", "Consulate", "GT", "La Haye", "au Consulat de la République du Guatemala à La Haye"},
        {"fr", "Embassy", "BZ", "Ottawa", "à l'Ambassade du Belize à Ottawa"},
        {"fr", "Embassy", "SV", "Accra", "à l'Ambassade de la République d'El Salvador à Accra"},
        {"fr", "Ministry", "OM", "Mascate", "d'Oman à Mascate"},
        {"fr", "Ministry", "CU", "La Havane", "de Cuba à La Havane"},
        {"fr", "Ministry", "IN", "Delhi", "de l'Inde à Delhi"},
        {"es", "Embassy", "SV", "El Cairo", "de la República de El Salvador en El Cairo"},
        {"es", "El Refugio", "MX", "Dubai", "a El Refugio de los Estados Unidos Mexicanos"},
        {"es", "Consulate", "CA", "Dubai", "al Consulado del Canadá"},
        {"en", "Consulate", "AE", "Dubai", "the Consulate of the United Arab Emirates"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct setting s;
        struct printed p;
        json_t *draft =
            json_pack("{s:s, s:s, s:{s:s, s:s, s:s}}", "kind", "WDR", "direction", "out", "to",
                      "state", rows[i].state, "office", rows[i].office, "city", rows[i].city);
        set_up(&s, rows[i].lang);
        print_note(&s, NULL, draft, NULL, &p);
        has(&p, rows[i].said);
        release(&p);
        json_decref(draft);
        tear_down(&s);
    }
}

/* Where somebody is, in French: en, au, aux, à; and a State whose name is a plural. */
static void countries_in_french(void **state)
{
    static const char *const rows[][2] = {
        {"SN", "au Sénégal"},      {"AE", "aux Émirats arabes unis"},
        {"TH", "en Thaïlande"},    {"IL", "en Israël"},
        {"CU", "à Cuba"},          {"AO", "en Angola"},
        {"US", "aux États-Unis"},  {"HT", "à Haïti"},
        {"CI", "en Côte d'Ivoire"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct setting s;
        struct printed p;
        char *open = xasprintf("{'role':'assisting','requesting_state':'US','receiving_state':'%s',"
                               "'priority':'routine','source':'phone'}",
                               rows[i][0]);
        json_t *draft = kit_json("{'kind':'REQ','direction':'out','to':{'state':'CA','office':"
                                 "'Embassy','city':'Dakar'},'persons':[1]}");
        set_up_as(&s, "fr", open);
        print_note(&s, NULL, draft, NULL, &p);
        char *said = xasprintf("qui se trouve actuellement %s", rows[i][1]);
        has(&p, said);
        has(&p, "un ressortissant des États-Unis d'Amérique");
        free(said);
        free(open);
        release(&p);
        json_decref(draft);
        tear_down(&s);
    }
}

static void plural_states_take_plural_verbs(void **state)
{
    struct setting s;
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    set_up_as(&s, "es",
              "{'role':'assisting','requesting_state':'MX','receiving_state':'AE','priority':"
              "'routine','source':'phone'}");
    kit_add(&s.c, "poll", "{'round':1,'to':['CA','US'],'reply_by':'2026-03-10'}");
    assert_true(paper_poll_text(&s.source, case_last(&s.c, ACT_POLL)->payload, &text, &err));
    assert_non_null(strstr(buf_text(&text), "Los Estados Unidos Mexicanos consultan a"));
    buf_release(&text);
    s.language.code = "fr";
    assert_true(paper_poll_text(&s.source, case_last(&s.c, ACT_POLL)->payload, &text, &err));
    assert_non_null(strstr(buf_text(&text), "Les États-Unis du Mexique consultent les points"));
    buf_release(&text);
    error_release(&err);
    tear_down(&s);
}

/* One woman, two women, two men, a couple; nobody's sex where the reader may not know it. */
static void number_and_gender(void **state)
{
    static const struct {
        const char *first, *second;
        bool consent;
        const char *said;
    } rows[] = {
        {"F", NULL, true, "une ressortissante de"},  {"M", NULL, true, "un ressortissant de"},
        {"F", "F", true, "deux ressortissantes de"}, {"M", "M", true, "deux ressortissants de"},
        {"F", "M", true, "deux ressortissants de"},  {"F", "unknown", true, "deux ressortissants"},
        {"F", NULL, false, "un ressortissant de"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        const char *sexes[] = {rows[i].first, rows[i].second};
        struct setting s;
        struct printed p;
        json_t *draft = kit_json("{'kind':'REQ','direction':'out','to':{'state':'CA','office':"
                                 "'Embassy','city':'Dakar'}}");
        set_up(&s, "fr");
        for (int n = 0; n < 2 && sexes[n]; n++) {
            char *person = xasprintf("{'person':%d,'surname_1':'A','given_names':'B','sex':'%s',"
                                     "'nationalities':[{'state':'HN','proof':'passport'}]}",
                                     n + 1, sexes[n]);
            char *consent = xasprintf("{'person':%d,'purpose':'P4','to':'CA','given_by':'self',"
                                      "'form':'oral','on':'2026-03-01'}",
                                      n + 1);
            kit_add(&s.c, "person", person);
            if (rows[i].consent)
                kit_add(&s.c, "consent", consent);
            free(person);
            free(consent);
        }
        print_note(&s, NULL, draft, NULL, &p);
        has(&p, rows[i].said);
        release(&p);
        json_decref(draft);
        tear_down(&s);
    }
}

/* Of a State's own authorities no note says who did it, nor that rights were violated. */
static void a_note_stays_neutral(void **state)
{
    struct setting s;
    struct printed p;
    json_t *draft = kit_json(request);

    (void)state;
    set_up(&s, "en");
    consent(&s, "2026-03-10");
    kit_add(&s.c, "ground",
            "{'person':1,'code':'G1','perpetrator':'state_authority','facts':'Held for a week.'}");
    print_note(&s, NULL, draft, NULL, &p);
    has(&p, "linked to labour exploitation (Article 7.4)");
    has(&p, "employer");
    has_not(&p, "local State authority");
    has_not(&p, "rights by civilians (Art");
    has_not(&p, "raffick");
    release(&p);
    json_decref(draft);
    tear_down(&s);
}

/* Names in any script, without end, or meant to command a terminal: every kind and language. */
static void hostile_values(void **state)
{
    static const char *const kinds[] = {"REQ", "SCOPE", "ACC", "PART", "DEC", "WDR",
                                        "TSN", "POLL",  "FIN", "CLO",  "LOC", "REP"};
    char long_name[901];

    (void)state;
    memset(long_name, 'W', sizeof name - 1);
    long_name[sizeof name - 1] = '\0';
    for (size_t l = 0; locale_languages[l]; l++) {
        struct setting s;
        set_up(&s, locale_languages[l]);
        char *person = xasprintf("{'person':1,'surname_1':'%s','given_names':'محمد عبد "
                                 "الله','nationalities':[{'state':'HN','proof':'passport'}]}",
                                 long_name);
        kit_add(&s.c, "person", person);
        free(person);
        kit_add(&s.c, "situation", "{'locality':'دبي {sender}'}");
        consent(&s, "2026-03-10");
        kit_add(&s.c, "cost",
                "{'on':'2026-03-12','amount':'0.10','currency':'USD','source':'iom','item':'a "
                "{if x}'}");
        for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
            struct printed p;
            json_t *draft =
                json_pack("{s:s, s:s, s:{s:s, s:s, s:s}, s:s, s:s}", "kind", kinds[k], "direction",
                          "out", "to", "state", "MX", "office", long_name, "city", "\x1b]0;x\x07",
                          "scope", "{Sender} \x1b[2J\n# {end}", "date", "2026-03-12");
            print_note(&s, NULL, draft, NULL, &p);
            if (strcmp(kinds[k], "REQ") == 0) {
                has(&p, "عبد");
                has(&p, "دبي {sender}");
            }
            release(&p);
            json_decref(draft);
        }
        tear_down(&s);
    }
}

/* What one language has words for, each of them has: but the report's, which is not in French. */
static void each_language_has_each_word(void **state)
{
    static const char *const lists[] = {"layout", "month",   "body",    "office", "article",
                                        "ground", "need",    "urgency", "stage",  "assist",
                                        "source", "outcome", "data",    "count",  "authorities",
                                        "basis",  "language"};

    (void)state;
    for (size_t l = 0; locale_languages[l]; l++)
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
            struct paper_language english_words = {.code = "en", .tr = english},
                                  other = {.code = locale_languages[l], .tr = english};
            struct buf key = BUF_INIT, word = BUF_INIT, said = BUF_INIT;
            for (size_t n = 0; paper_word_at(&english_words, lists[i], n, &key, &word); n++) {
                size_t size = key.size;
                bool us = size > 3 && strcmp(buf_text(&key) + size - 3, "_us") == 0;
                if (!us && !paper_word(&other, lists[i], buf_text(&key), &said))
                    fail_msg("%s: [%s] %s", locale_languages[l], lists[i], buf_text(&key));
                buf_clear(&key);
                buf_clear(&word);
                buf_clear(&said);
            }
            buf_release(&key);
            buf_release(&word);
            buf_release(&said);
        }
}

static void in_force_and_in_washington(void **state)
{
    struct setting s;
    struct printed p;
    json_t *draft = kit_json(request);
    static char us[] = "US";
    struct post_profile state_department = post;

    (void)state;
    set_up(&s, "en");
    json_object_set_new(s.directory, "instrument",
                        kit_json("{'status':'in_force','since':'2026-01-01'}"));
    state_department.state = us;
    s.source.post = &state_department;
    assert_true(paper_language_init(&s.language, "en", "US", english));
    print_note(&s, NULL, draft, NULL, &p);
    has_not(&p, "proposed mechanism");
    has(&p, "Under Article 6 of that instrument");
    has(&p, "has the honor to refer");
    has(&p, "March 11, 2026");
    release(&p);
    json_decref(draft);
    tear_down(&s);
}

/* The Secretariat and the focal points never get an identity, nor what only the post may know. */
static void some_never_get_a_name(void **state)
{
    struct setting s;
    struct printed p;
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    json_t *tsn = kit_json("{'kind':'TSN','direction':'out','to':{'state':'CR','office':"
                           "'Technical Secretariat','city':'San José'},'date':'2026-03-11'}");

    (void)state;
    set_up(&s, "en");
    consent(&s, "2026-03-10");
    kit_add(&s.c, "situation", "{'locality':'Dubai','address':'shelter 7'}");
    kit_add(&s.c, "poll",
            "{'round':1,'to':['MX','US'],'reply_by':'2026-03-10','needs':['shelter','legal'],"
            "'languages':['es']}");
    kit_add(&s.c, "note", request);
    print_note(&s, NULL, tsn, NULL, &p);
    has(&p, "NO PERSONAL DATA");
    has(&p, "the Technical Secretariat of the Regional Conference on Migration and has");
    has(&p, "a case of the Republic of Honduras in the United Arab Emirates, linked to labour "
            "exploitation (reference HN-2026-0001)");
    has(&p, "Assistance was requested of the United Mexican States on 11 March 2026.");
    has(&p, "To the Technical Secretariat of the Regional Conference on Migration San José");
    has_not(&p, "RAM");
    has_not(&p, "Dubai");
    release(&p);

    assert_true(paper_poll_text(&s.source, case_last(&s.c, ACT_POLL)->payload, &text, &err));
    assert_non_null(strstr(buf_text(&text), "(a) safe shelter; (b) legal advice"));
    assert_non_null(strstr(buf_text(&text), "by 10 March 2026"));
    assert_non_null(strstr(buf_text(&text), "Languages spoken: Spanish."));
    assert_null(strstr(buf_text(&text), "RAM"));
    assert_null(strstr(buf_text(&text), "Dubai"));
    assert_null(strstr(buf_text(&text), "#"));
    buf_release(&text);
    error_release(&err);
    json_decref(tsn);
    tear_down(&s);
}

static void the_register_finds_its_notes(void **state)
{
    struct setting s;
    struct printed p;
    struct error err = ERROR_INIT;

    (void)state;
    set_up(&s, "en");
    kit_add(&s.c, "note", request);
    s.c.acts[s.c.count - 1].context = kit_json("{'number':'4/2026'}");
    const char *id = kit_add(
        &s.c, "note",
        "{'kind':'ACC','direction':'in','from':{'state':'MX','office':'Embassy','city':'Abu "
        "Dhabi'},'date':'2026-03-12','number':'77/2026','transcribed':{'from':'Embassy',"
        "'channel':'email','on':'2026-03-12'}}");
    const struct entry *note = paper_find_note(&s.c, "4", &err);
    assert_non_null(note);
    assert_ptr_equal(paper_find_note(&s.c, "4/2026", &err), note);
    assert_ptr_equal(paper_find_note(&s.c, "77", &err), case_entry(&s.c, id));
    assert_null(paper_find_note(&s.c, "5", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(error_text(&err), "4/2026 REQ, 77/2026 ACC"));
    error_clear(&err);

    print_note(&s, note, NULL, NULL, &p);
    has(&p, "Note No. 4/2026");
    has_not(&p, "DRAFT");
    has_not(&p, "ANNULLED");
    release(&p);
    char hex[2 * ACT_ID_SIZE + 1], *annul;
    act_id_hex(note->act->id, hex);
    annul = xasprintf("{'note':'%s','reason':'a slip'}", hex);
    kit_add(&s.c, "annul", annul);
    free(annul);
    print_note(&s, paper_find_note(&s.c, "4", &err), NULL, NULL, &p);
    has(&p, "ANNULLED");
    release(&p);
    struct paper across;
    paper_init(&across);
    assert_true(paper_note(&s.source, paper_find_note(&s.c, "4", &err), NULL, NULL, &across, &err));
    assert_string_equal(buf_text(&across.draft), "ANNULLED");
    paper_release(&across);
    print_note(&s, paper_find_note(&s.c, "77", &err), NULL, NULL, &p);
    has(&p, "Note received");
    has(&p, "e-mail");
    release(&p);

    /* Of a kind without words, the text that was recorded. */
    json_t *by_hand = kit_json("{'kind':'OTH','direction':'out','to':{'state':'MX','office':"
                               "'Embassy','city':'Abu Dhabi'},'text':'Our own words.'}");
    consent(&s, "2026-03-10");
    print_note(&s, NULL, by_hand, NULL, &p);
    has(&p, "Our own words.");
    has(&p, "To the Embassy of the United Mexican States");
    release(&p);
    json_decref(by_hand);

    struct paper paper;
    json_t *other = kit_json("{'kind':'OTH','direction':'out'}");
    paper_init(&paper);
    assert_false(paper_note(&s.source, NULL, other, NULL, &paper, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    paper_release(&paper);
    json_decref(other);
    error_release(&err);
    tear_down(&s);
}

/* A draft with nothing in it yet has gaps to fill, in every kind and language. */
static void empty_drafts_have_gaps(void **state)
{
    static const char *const kinds[] = {"REQ", "SCOPE", "ACC", "PART", "DEC", "WDR",
                                        "TSN", "POLL",  "FIN", "CLO",  "LOC", "REP"};

    (void)state;
    for (size_t l = 0; locale_languages[l]; l++) {
        struct setting s;
        set_up(&s, locale_languages[l]);
        for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
            struct printed p;
            json_t *draft = json_pack("{s:s}", "kind", kinds[k]);
            print_note(&s, NULL, draft, NULL, &p);
            if (strcmp(kinds[k], "TSN") != 0 && strcmp(kinds[k], "REP") != 0)
                has(&p, "________");
            has_not(&p, "#");
            has_not(&p, "{");
            has_not(&p, "}");
            release(&p);
            json_decref(draft);
        }
        tear_down(&s);
    }
}

static void summary(struct setting *s, const struct audience *audience, struct printed *out)
{
    struct paper p;

    memset(out, 0, sizeof *out);
    paper_init(&p);
    paper_summary(&s->source, audience, &p);
    paper_text(&p, PAPER_A4, &out->text);
    paper_release(&p);
    check_lines(buf_text(&out->text));
    flatten(out);
}

static void the_summary_has_it_all(void **state)
{
    static const struct audience secretariat = {AUDIENCE_SECRETARIAT, NULL, NULL};
    struct setting s;
    struct printed p;

    (void)state;
    set_up(&s, "en");
    kit_add(&s.c, "poll", "{'round':1,'to':['CA','MX','US'],'reply_by':'2026-03-12'}");
    kit_add(&s.c, "reply", offer);
    kit_add(&s.c, "decline", "{'state':'CA','stage':'poll','round':1}");
    kit_add(&s.c, "contact",
            "{'at':'2026-03-11T23:45:00-05:00','reason':'fire','detail':'told where to go'}");
    kit_add(&s.c, "note", request);
    kit_add(&s.c, "assist",
            "{'at':'2026-03-11T05:00:00-06:00','by':'MX','kind':'visit','persons':[1],"
            "'manner':'good_offices','detail':'seen','override':{'reason':'no time'}}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-12','amount':'0.10','currency':'USD','source':'iom','item':'a'}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-12','amount':'0.20','currency':'USD','source':'iom','item':'b'}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-12','amount':'1001','currency':'XOF','source':'person','item':'c',"
            "'persons':[1]}");
    summary(&s, &ourselves, &p);
    has(&p, "HN-2026-0001 Case summary");
    has(&p, "RAMÍREZ");
    has(&p, "United States no reply by the deadline");
    has(&p, "declines");
    has(&p, "[transcribed]");
    has(&p, "no time");
    has(&p, "outside the mechanism");
    has(&p, "USD 0.30 IOM");
    has(&p, "XOF 1,001 the person");
    has(&p, "USD 0.30 Total USD");
    has(&p, "helps within its Member States; the United Arab Emirates is not one of them.");
    has(&p, "is advice beside 7.3");
    has(&p, "days old");
    has(&p, "assistance of 11 March 2026, 05:00 UTC\u221206:00 by Mexico is under no acceptance");
    has(&p, "Linked to labour exploitation.");
    has(&p, "Art. Requirement Status Reason");
    /* All by the clock of the post. The note of 09:00 Z stands before the assistance of 11:00 Z,
     * and the contact after both. */
    const char *order = strstr(buf_text(&p.flat), "IN ORDER OF TIME");
    assert_non_null(order);
    const char *note = strstr(order, "11 March 2026, 03:00 UTC\u221206:00");
    const char *help = strstr(order, "11 March 2026, 05:00 UTC\u221206:00");
    const char *contact = strstr(order, "11 March 2026, 22:45 UTC\u221206:00");
    assert_true(note && help && contact && note < help && help < contact);
    release(&p);

    summary(&s, &secretariat, &p);
    has(&p, "WITHOUT IDENTITY");
    has_not(&p, "NO PERSONAL DATA");
    has(&p, "[withheld]");
    has_not(&p, "RAM");
    has_not(&p, "told where to go");
    has(&p, "Art. Requirement Status 7.1");
    has_not(&p, "Our role");
    has(&p, "Role of the post requesting State");
    has_not(&p, "Lucía Membreño");
    release(&p);
    tear_down(&s);
}

/* Each person has a table; the short one says once what holds of several. */
static void persons_apart_and_together(void **state)
{
    struct setting s;
    struct printed p;
    struct paper paper;

    (void)state;
    set_up(&s, "en");
    kit_add(&s.c, "person",
            "{'person':2,'surname_1':'SOSA','given_names':'Eva','nationalities':[]}");
    kit_add(&s.c, "need", "{'person':1,'need':'shelter','urgency':'now'}");
    kit_add(&s.c, "need", "{'person':2,'need':'shelter','urgency':'now'}");
    kit_add(&s.c, "need", "{'need':'shelter','urgency':'now'}");
    summary(&s, &ourselves, &p);
    has(&p, "REQUIREMENTS ---");
    has(&p, "Person 1 Art. Requirement Status Reason 7.1");
    has(&p, "Person 2 Art. Requirement Status Reason 7.1");
    release(&p);

    memset(&p, 0, sizeof p);
    paper_init(&paper);
    paper_short_summary(&s.source, &ourselves, &paper);
    paper_text(&paper, PAPER_A4, &p.text);
    paper_release(&paper);
    flatten(&p);
    has(&p, "shelter; now (1, 2) shelter; now");
    has_not(&p, "shelter; now (2)");
    release(&p);
    tear_down(&s);
}

static void statement(struct setting *s, const struct audience *audience, struct printed *out)
{
    struct paper p;

    memset(out, 0, sizeof *out);
    paper_init(&p);
    paper_costs(&s->source, audience, &p);
    paper_text(&p, PAPER_A4, &out->text);
    paper_release(&p);
    check_lines(buf_text(&out->text));
    flatten(out);
}

/* Each cost with its parts, its rate and what IOM said; what is owed, and since when it is late. */
static void the_statement_of_costs(void **state)
{
    static const struct audience mexico = {AUDIENCE_STATE, "MX", NULL};
    struct setting s;
    struct printed p;

    (void)state;
    set_up(&s, "en");
    kit_add(&s.c, "person",
            "{'person':2,'surname_1':'SOSA','given_names':'Eva','nationalities':[]}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-14','amount':'1001','currency':'XOF','source':'iom','item':'bus',"
            "'persons':[1,2],'base_currency':'USD','rate':'0.0017','rate_source':'BCEAO',"
            "'iom_status':'requested','iom_programme':'Returns','iom_reference':'R-7'}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-13','amount':'70.9','currency':'JOD','source':'undetermined',"
            "'item':'lodging','receipt':'44','persons':[2]}");
    char *advance = xstrdup(
        kit_add(&s.c, "cost",
                "{'on':'2025-03-01','amount':'480','currency':'MAD','source':'assisting_advance',"
                "'item':'photographs','advanced_by':'MX','undertaking':true,'persons':[1]}"));
    kit_add_of(&s.c, "refund", "{'of':'%s','step':'paid','on':'2026-03-15','amount':'180'}",
               advance);
    statement(&s, &ourselves, &p);
    has(&p, "person 1: 501; person 2: 500");
    has(&p, "= USD 1.70 at 0.0017 of 14 March 2026, BCEAO");
    has(&p, "IOM: asked, Returns, R-7");
    has(&p, "JOD 70.900");
    has(&p, "receipt 44");
    has(&p, "Person 2 JOD 70.900; XOF 500");
    has(&p, "In our currency USD 1.70 without 2 of them: no rate");
    has(&p, "undetermined: the case cannot be closed");
    has(&p, "IOM has not answered yet");
    has(&p, "Honduras to Mexico MAD 480.00; paid 180.00; outstanding 300.00; due 1 March 2026 "
            "(overdue); the person has undertaken to repay");
    /* In the order of the days of payment. */
    assert_true(strstr(buf_text(&p.flat), "photographs") < strstr(buf_text(&p.flat), "lodging"));
    assert_true(strstr(buf_text(&p.flat), "lodging") < strstr(buf_text(&p.flat), "bus"));
    release(&p);

    statement(&s, &mexico, &p);
    has(&p, "outstanding 300.00");
    has_not(&p, "reserve fund");
    has_not(&p, "undertaken");
    release(&p);
    free(advance);
    tear_down(&s);
}

/* Who fears their own State is on no paper of it: not by a cost, a share, or a sum. */
static void costs_of_one_under_lock_stay_off(void **state)
{
    struct setting s;
    struct printed p;

    (void)state;
    set_up(&s, "en");
    kit_add(&s.c, "person",
            "{'person':2,'surname_1':'SOSA','given_names':'Eva','nationalities':[],"
            "'fears_own_state':true}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-13','amount':'100','currency':'USD','source':'iom','item':'bus',"
            "'persons':[1,2]}");
    kit_add(&s.c, "cost",
            "{'on':'2026-03-13','amount':'7.77','currency':'USD','source':'assisting_advance',"
            "'item':'hidden lodging','persons':[2],'advanced_by':'MX'}");
    statement(&s, &ourselves, &p);
    has(&p, "USD 100.00 Total USD");
    has(&p, "Person 1 USD 50.00");
    has_not(&p, "hidden lodging");
    has_not(&p, "7.77");
    has_not(&p, "2: 50.00");
    has_not(&p, "Person 2");
    has_not(&p, "refunded");
    release(&p);
    tear_down(&s);
}

/* Every code that a note may have to say has words in every language. */
static void every_code_has_words(void **state)
{
    static const struct {
        enum act_kind act;
        const char *key, *list;
    } lists[] = {{ACT_GROUND, "code", "ground"},    {ACT_NEED, "need", "need"},
                 {ACT_NEED, "urgency", "urgency"},  {ACT_NOTE, "authorities", "authorities"},
                 {ACT_ASSIST, "kind", "assist"},    {ACT_COST, "source", "source"},
                 {ACT_CLOSE, "outcome", "outcome"}, {ACT_ACCEPT, "data", "data"}};
    struct error err = ERROR_INIT;

    (void)state;
    if (!paper_check_words(&err))
        fail_msg("%s", error_text(&err));
    for (size_t l = 0; locale_languages[l]; l++) {
        struct paper_language language = {.code = locale_languages[l], .tr = english};
        struct buf word = BUF_INIT;
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
            const struct field *f = field_find(act_type(lists[i].act)->fields, lists[i].key);
            assert_non_null(f);
            for (const struct code *c = f->codes; c->code; c++)
                if (!paper_word(&language, lists[i].list, c->code, &word))
                    fail_msg("%s: [%s] %s", locale_languages[l], lists[i].list, c->code);
        }
        for (int stage = 0; stage < STAGE_COUNT; stage++) {
            assert_true(paper_word(&language, "stage", stage_name((enum stage)stage), &word));
            assert_true(paper_word(&language, "at_stage", stage_name((enum stage)stage), &word));
        }
        for (int month = 1; month <= 12; month++) {
            buf_clear(&word);
            paper_date(&language, (struct date){2026, month, 5}, &word);
            assert_non_null(strstr(buf_text(&word), "2026"));
            assert_true(word.size > strlen("5 may 2026") - 1);
        }
        buf_clear(&word);
        assert_true(paper_word(&language, "layout", "pages", &word));
        const char *first = strstr(buf_text(&word), "%zu");
        assert_true(first && strstr(first + 1, "%zu"));
        assert_null(strchr(strstr(first + 1, "%zu") + 1, '%'));
        buf_release(&word);
    }
    error_release(&err);
}

/* The report of 7.7 and the statistics have the same words in every language. */
static void every_language_has_the_words_of_the_report(void **state)
{
    static const char *const lists[] = {"report", "step",    "trait",      "age",      "assist",
                                        "source", "outcome", "statistics", "overview", "span"};
    const struct paper_language first = {.code = locale_languages[0], .tr = english};

    (void)state;
    for (size_t l = 1; locale_languages[l]; l++) {
        const struct paper_language language = {.code = locale_languages[l], .tr = english};
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
            struct buf key = BUF_INIT, word = BUF_INIT;
            size_t n = 0;
            for (; paper_word_at(&first, lists[i], n, &key, &word); n++) {
                if (!paper_word(&language, lists[i], buf_text(&key), &word))
                    fail_msg("%s: [%s] %s", locale_languages[l], lists[i], buf_text(&key));
                buf_clear(&key);
            }
            assert_true(n > 0);
            buf_release(&key);
            buf_release(&word);
        }
    }
}

/* Who changes wording finds every field explained. */
static void every_field_is_explained(void **state)
{
    const char *top = getenv("AMPARO_SRC");
    char path[512], line[256];
    struct buf all = BUF_INIT;

    (void)state;
    snprintf(path, sizeof path, "%s/data/notes/README", top ? top : ".");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        buf_adds(&all, line);
    fclose(file);
    for (const struct template_field *const *table = paper_note_fields(); *table; table++)
        for (const struct template_field *f = *table; f->name; f++) {
            snprintf(line, sizeof line, "  {%s} ", f->name);
            const char *found = strstr(buf_text(&all), line);
            if (!found || !strstr(found, f->help))
                fail_msg("{%s}: %s", f->name, f->help);
        }
    buf_release(&all);
}

static void offices_in_a_sentence(void **state)
{
    static const struct {
        const char *lang, *typed, *state, *city, *said;
    } rows[] = {
        {"en", "Embassy", "MX", "Abu Dhabi", "the Embassy"},
        {"es", "Embassy", "MX", "Abu Dhabi", "la Embajada"},
        {"es", "Embassy of Mexico in Abu Dhabi", "MX", "Abu Dhabi", "la Embajada"},
        {"en", "embajada de méxico", "MX", "Abu Dhabi", "the Embassy"},
        {"es", "Consulate-General", "CA", "Dubai", "el Consulado General"},
        {"es", "Consulate General", "CA", "Dubai", "el Consulado General"},
        {"es", "Consulate", "CA", "Dubai", "el Consulado"},
        {"en", "Consulado General del Canadá", "CA", "Dubai", "the Consulate-General"},
        {"es", "Embassy, Consular Section", "MX", "Abu Dhabi",
         "la Sección Consular de la Embajada"},
        {"es", "Oficina de Protección", "MX", "Abu Dhabi", "la Oficina de Protección"},
        {"en", "Desk for the Gulf", "MX", "Abu Dhabi", "the Desk for the Gulf"},
        {"es", "Embassy of Peru", "MX", "Abu Dhabi", "el Embassy of Peru"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct paper_language language;
        struct buf out = BUF_INIT;
        assert_true(paper_language_init(&language, rows[i].lang, NULL, english));
        paper_office(&language, rows[i].typed, rows[i].state, rows[i].city, &out);
        assert_string_equal(buf_text(&out), rows[i].said);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_says_what_the_case_holds),
        cmocka_unit_test(a_note_in_spanish),
        cmocka_unit_test(names_in_a_sentence),
        cmocka_unit_test(countries_in_french),
        cmocka_unit_test(plural_states_take_plural_verbs),
        cmocka_unit_test(number_and_gender),
        cmocka_unit_test(a_note_stays_neutral),
        cmocka_unit_test(hostile_values),
        cmocka_unit_test(each_language_has_each_word),
        cmocka_unit_test(in_force_and_in_washington),
        cmocka_unit_test(some_never_get_a_name),
        cmocka_unit_test(the_register_finds_its_notes),
        cmocka_unit_test(empty_drafts_have_gaps),
        cmocka_unit_test(the_statement_of_costs),
        cmocka_unit_test(costs_of_one_under_lock_stay_off),
        cmocka_unit_test(the_summary_has_it_all),
        cmocka_unit_test(persons_apart_and_together),
        cmocka_unit_test(every_code_has_words),
        cmocka_unit_test(every_language_has_the_words_of_the_report),
        cmocka_unit_test(every_field_is_explained),
        cmocka_unit_test(offices_in_a_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
