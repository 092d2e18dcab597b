/* SPDX-License-Identifier: MIT */
/* The receipt for a migrant: what is on it, and what is not for whoever finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/locale.h"
#include "amparo/base/mem.h"
#include "amparo/page/plain.h"
#include "amparo/paper/receipt.h"
#include "amparo/store/letterhead.h"
#include "fold_kit.h"

static char state[] = "HN", code[] = "HN", name[] = "Consular Directorate", city[] = "Tegucigalpa",
            kind[] = "directorate", none[] = "";
static const struct post_profile post = {state, code, name, state, city, kind};
static char phone[] = "+504 2236 0200", email[] = "consular@example.org",
            address[] = "شارع الخليج 12, 香港中環";
static const struct letterhead bare = {none, none, none, none, none, false, BUF_INIT},
                               set = {none, none, address, phone, email, true, BUF_INIT};

static void consent(struct case_file *c, int person, const char *purpose, const char *to,
                    const char *more)
{
    char *payload = xasprintf("{'person':%d,'purpose':'%s','to':'%s','given_by':'self','form':"
                              "'oral','on':'2026-03-12'%s}",
                              person, purpose, to, more);
    kit_add(c, "consent", payload);
    free(payload);
}

/* Karen, her mother María who is in the case too, and Li Wei who fears his own State. */
static void make_case(struct case_file *c)
{
    kit_case(c);
    kit_add(c, "person",
            "{'person':2,'surname_1':'ORDÓÑEZ','given_names':'María','nationalities':[],"
            "'languages':['miq','fr'],'literacy':'none'}");
    kit_add(c, "person",
            "{'person':3,'single_name':'李偉','given_names':'علي','nationalities':[],"
            "'fears_own_state':true,'languages':['zh']}");
    kit_add(c, "situation", "{'locality':'Dubai','address':'Street 12, door 4'}");
    kit_add(c, "ground", "{'person':2,'code':'G3','perpetrator':'family','facts':'Her brother.'}");
    kit_add(c, "need", "{'person':1,'need':'labour_claim','urgency':'week'}");
    kit_add(c, "need", "{'need':'shelter','urgency':'now'}");
    consent(c, 1, "P1", "this post", "");
    consent(c, 1, "P4", "MX", ",'withheld':['health']");
    consent(c, 1, "P6", "Labour Court", "");
    consent(c, 1, "P7", "María ORDÓÑEZ", "");
    consent(c, 1, "P8", "Casa Amiga", "");
    consent(c, 1, "P5", "IOM", "");
    kit_add(c, "withdraw_consent",
            "{'person':1,'purposes':['P5'],'on':'2026-03-20','form':'telephone'}");
}

static bool make(const struct case_file *c, const char *lang, const struct letterhead *letterhead,
                 long person, bool full, struct buf *out, struct error *err)
{
    struct paper_language language;
    const struct paper_source source = {.c = c,
                                        .post = &post,
                                        .language = &language,
                                        .now = "2026-03-22T09:00:00Z",
                                        .officer = "Ana PINEDA"};
    struct paper p;

    assert_true(paper_language_init(&language, lang, "HN", paper_translator(lang)));
    language.letterhead = letterhead;
    paper_init(&p);
    bool ok = paper_receipt(&source, person, full, &p, err);
    paper_text(&p, PAPER_LETTER, out);
    paper_release(&p);
    return ok;
}

/* With its lines run together, so that words are found wherever they wrap. */
static char *flat(const struct case_file *c, const char *lang, const struct letterhead *letterhead,
                  long person, bool full)
{
    struct error err = ERROR_INIT;
    struct buf text = BUF_INIT, out = BUF_INIT;

    if (!make(c, lang, letterhead, person, full, &text, &err))
        fail_msg("%s: %s", lang, error_text(&err));
    assert_null(strchr(buf_text(&text), '\f')); /* one page */
    for (const char *at = buf_text(&text); *at; at++)
        if (*at != '\n' && *at != ' ')
            buf_addc(&out, *at);
        else if (out.size && out.data[out.size - 1] != ' ')
            buf_addc(&out, ' ');
    buf_release(&text);
    return buf_detach(&out);
}

#define assert_has(text, words)                                                                    \
    do {                                                                                           \
        if (!strstr(text, words))                                                                  \
            fail_msg("%s is not in: %s", words, text);                                             \
    } while (0)
#define assert_hides(text, words)                                                                  \
    do {                                                                                           \
        if (strstr(text, words))                                                                   \
            fail_msg("%s is in: %s", words, text);                                                 \
    } while (0)

static void who_finds_it_learns_nothing(void **unused)
{
    static const char *const secrets[] = {
        "RAM",     "ORD",    "Karen",  "María",    "Dubai",  "Street",   "labour", "laboral",
        "travail", "wage",   "salar",  "boss",     "employ", "domestic", "Labour", "Court",
        "Casa",    "Mexic",  "Méx",    "ground",   "G5",     "shelter",  "alberg", "refug",
        "protec",  "danger", "victim", "traffick", "Emirat", "health",   "salud",  "CONFIDEN"};
    struct case_file c;
    (void)unused;

    make_case(&c);
    for (size_t l = 0; locale_languages[l]; l++)
        for (long person = 1; person <= 3; person++) {
            char *text = flat(&c, locale_languages[l], &bare, person, false);
            for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
                assert_hides(text, secrets[i]);
            assert_hides(text, "李");
            assert_hides(text, "PINEDA");
            assert_has(text, "HN-2026-0001");
            free(text);
        }
    case_release(&c);
}

static void what_stands_on_it(void **unused)
{
    struct case_file c;
    (void)unused;

    make_case(&c);
    char *text = flat(&c, "en", &bare, 1, false);
    assert_has(text, "REPUBLIC OF HONDURAS Consular Directorate Tegucigalpa");
    assert_has(text, "On 22 March 2026 you spoke with an officer of the Consular Directorate");
    assert_has(text, "So far you have agreed that: – what you said is written down here – a "
                     "consulate of another State is told, with your name – those whom you asked us "
                     "to tell are told, with your name You may");
    assert_hides(text, "IOM");
    assert_hides(text, "None of them");
    assert_hides(text, "Others may find");
    assert_has(text, "take back at any time");
    assert_has(text, "promises nothing");
    assert_has(text, "Telephone of this office ____");
    assert_has(text, "- - cut here – what is below stays in the office - -");
    assert_has(text, "For the file of the office HN-2026-0001 - 1 The signature says only that");
    assert_has(text, "Signature or mark ____");
    free(text);
    text = flat(&c, "en", &bare, 2, false);
    assert_has(text, "so far that is nothing.");
    free(text);
    text = flat(&c, "es", &bare, 1, false);
    assert_has(text, "El 22 de marzo de 2026 usted habló con personal de la Dirección General");
    free(text);
    text = flat(&c, "fr", &set, 1, false);
    assert_has(text, "vous avez parlé avec Ana PINEDA, de la Direction des affaires consulaires");
    assert_has(text, "Téléphone de ce bureau +504 2236 0200 Courriel consular@example.org Adresse "
                     "شارع الخليج 12, "
                     "香港中環");
    free(text);
    case_release(&c);
}

static void in_full_she_reads_her_own(void **unused)
{
    struct case_file c;
    struct error err = ERROR_INIT;
    (void)unused;

    make_case(&c);
    char *text = flat(&c, "en", &bare, 1, true);
    assert_has(text, "This paper is for Karen Yamileth RAMÍREZ ORDÓÑEZ.");
    assert_has(text, "What you told us is linked to labour exploitation.");
    assert_has(text, "a claim for wages or other labour rights and safe shelter.");
    assert_has(text, "– a consulate of another State (Mexico) is told, with your name, but not: "
                     "anything about your health –");
    assert_has(text, "– an authority (Labour Court) is told, with your name –");
    /* who that is, is another person of the case */
    assert_has(text, "– your family is told, with your name –");
    assert_has(text, "– an organisation (Casa Amiga) is told, with your name You may");
    assert_hides(text, "None of them");
    assert_has(text, "Others may find this paper");
    assert_hides(text, "María");
    assert_hides(text, "Street 12");
    assert_hides(text, "domestic");
    free(text);
    assert_true(paper_receipt_may_be_full(&c, 1, &err));
    assert_false(paper_receipt_may_be_full(&c, 3, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_int_equal(strncmp(error_text(&err), "3: person 3", 11), 0);
    text = flat(&c, "en", &bare, 3, true); /* whoever asks for it */
    assert_hides(text, "李偉");
    free(text);
    kit_add(&c, "lift_lock", "{'person':3,'counselling':'given','consent':'given'}");
    text = flat(&c, "en", &bare, 3, true);
    assert_has(text, "علي 李偉");
    free(text);
    error_release(&err);
    case_release(&c);
}

/* What one is not told stands with that one; what nobody is told is said once, of all. */
static void who_is_not_told_what(void **unused)
{
    struct case_file c;
    (void)unused;

    kit_case(&c);
    consent(&c, 1, "P4", "MX", ",'withheld':['location','health']");
    consent(&c, 1, "P8", "Casa Amiga", ",'withheld':['health']");
    char *text = flat(&c, "en", &bare, 1, true);
    assert_has(text, "(Mexico) is told, with your name, but not: where you are –");
    assert_has(text, "(Casa Amiga) is told, with your name None of them is told: anything about "
                     "your health.");
    free(text);
    consent(&c, 1, "P4", "CA", ""); /* another one */
    text = flat(&c, "es", &bare, 1, true);
    assert_has(text, "), con su nombre, pero sin decirle dónde está usted ni nada sobre su "
                     "salud –");
    assert_has(text, "otro Estado (Canada), con su nombre –");
    assert_hides(text, "A ninguno");
    free(text);
    consent(&c, 1, "P8", "Casa Amiga", ""); /* the same one anew */
    text = flat(&c, "en", &bare, 1, true);
    assert_has(text, "– an organisation (Casa Amiga) is told, with your name You may");
    free(text);
    consent(&c, 1, "P1", "this post", ",'withheld':['work','location','photo']");
    text = flat(&c, "fr", &bare, 1, true);
    assert_has(text, ") soit informé, avec votre nom, sans lui dire\u00a0: votre état de "
                     "santé –");
    assert_has(text, "Nous ne leur disons pas\u00a0: où vous êtes, votre profession, votre "
                     "apparence (photographie).");
    free(text);
    case_release(&c);
}

static void a_basis_is_not_her_word(void **unused)
{
    struct case_file c;
    (void)unused;

    make_case(&c);
    kit_add(&c, "consent",
            "{'person':2,'purpose':'P4','to':'MX','given_by':'vital_interest','form':'oral','on':"
            "'2026-03-12','basis':'could not be asked'}");
    char *text = flat(&c, "en", &bare, 2, false);
    assert_has(text, "so far that is nothing.");
    assert_has(text, "Where something was told without asking you");
    free(text);
    case_release(&c);
}

static void who_gets_it_and_how(void **unused)
{
    struct case_file c;
    struct error err = ERROR_INIT;
    struct buf remarks = BUF_INIT;
    (void)unused;

    make_case(&c);
    assert_int_equal(paper_receipt_person(&c, "2", &err), 2);
    assert_int_equal(paper_receipt_person(&c, NULL, &err), 0);
    assert_non_null(strstr(error_text(&err), "say which of 1, 2, 3"));
    error_clear(&err);
    assert_int_equal(paper_receipt_person(&c, "4", &err), 0);
    assert_int_equal(paper_receipt_person(&c, "2x", &err), 0);
    assert_int_equal(err.kind, ERROR_INPUT);
    error_clear(&err);
    assert_null(paper_receipt_language(&c, 1));
    assert_string_equal(paper_receipt_language(&c, 2), "fr");
    assert_null(paper_receipt_language(&c, 3));
    paper_receipt_remarks(&c, 1, "es", &set, &remarks);
    assert_int_equal(remarks.size, 0);
    paper_receipt_remarks(&c, 2, "es", &bare, &remarks);
    assert_non_null(strstr(buf_text(&remarks), "speaks "));
    assert_non_null(strstr(buf_text(&remarks), "read it aloud"));
    assert_non_null(strstr(buf_text(&remarks), "no telephone"));
    buf_clear(&remarks);
    paper_receipt_remarks(&c, 3, "es", &set, &remarks);
    assert_non_null(strstr(buf_text(&remarks), "protection lock"));
    buf_release(&remarks);
    error_release(&err);
    case_release(&c);
}

/* Who changes wording finds every field explained. */
static void every_field_is_explained(void **unused)
{
    const char *top = getenv("AMPARO_SRC");
    char path[512], line[256];
    struct buf all = BUF_INIT;
    (void)unused;

    snprintf(path, sizeof path, "%s/data/notes/README", top ? top : ".");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        buf_adds(&all, line);
    fclose(file);
    const char *receipt = strstr(buf_text(&all), "receipt.txt");
    assert_non_null(receipt);
    for (const struct template_field *f = paper_receipt_fields; f->name; f++) {
        snprintf(line, sizeof line, "  {%s} ", f->name);
        const char *found = strstr(receipt, line);
        if (!found || !strstr(found, f->help))
            fail_msg("{%s}: %s", f->name, f->help);
    }
    buf_release(&all);
}

static void every_language_has_its_words(void **unused)
{
    static const char *const lists[] = {"receipt", "agreed", "held"};
    const struct paper_language first = {.code = locale_languages[0], .tr = english};
    (void)unused;

    for (size_t l = 0; locale_languages[l]; l++) {
        const struct paper_language language = {.code = locale_languages[l], .tr = english};
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
            struct buf key = BUF_INIT, word = BUF_INIT;
            size_t n = 0;
            for (; paper_word_at(&first, lists[i], n, &key, &word); n++) {
                if (!paper_word(&language, lists[i], buf_text(&key), &word))
                    fail_msg("%s: [%s] %s", locale_languages[l], lists[i], buf_text(&key));
                buf_clear(&key);
                buf_clear(&word);
            }
            assert_true(n > 9);
            buf_release(&key);
            buf_release(&word);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_finds_it_learns_nothing),
        cmocka_unit_test(what_stands_on_it),
        cmocka_unit_test(in_full_she_reads_her_own),
        cmocka_unit_test(who_is_not_told_what),
        cmocka_unit_test(a_basis_is_not_her_word),
        cmocka_unit_test(who_gets_it_and_how),
        cmocka_unit_test(every_field_is_explained),
        cmocka_unit_test(every_language_has_its_words),
    };

    return cmocka_run_group_tests_name("receipt", tests, NULL, NULL);
}
