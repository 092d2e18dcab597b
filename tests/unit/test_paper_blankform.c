/* SPDX-License-Identifier: MIT */
/* Forms to be filled in by hand: all that is asked on the screen is asked on paper. */
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
#include "amparo/paper/blankform.h"

static char state[] = "HN", code[] = "HN", name[] = "Consular Directorate", city[] = "Tegucigalpa",
            kind[] = "directorate";
static const struct post_profile post = {state, code, name, state, city, kind};

struct sheet {
    struct paper p;
    struct paper_language language;
};

static void begin(struct sheet *s, const char *lang, enum act_kind act)
{
    assert_true(paper_language_init(&s->language, lang, "HN", paper_translator(lang)));
    paper_init(&s->p);
    paper_blank_form(&s->language, &post, act, &s->p);
}

/* The block from `from` on that has the text, or what begins with it; the count where none has. */
static size_t find_text(const struct paper *p, size_t from, const char *text, bool beginning)
{
    for (; from < p->count; from++)
        for (size_t i = 0; i < p->blocks[from].count; i++) {
            const char *has = p->blocks[from].texts[i];
            if (beginning ? !strncmp(has, text, strlen(text)) : !strcmp(has, text))
                return from;
        }
    return from;
}

static bool is_asked(const struct field *f)
{
    return f->type != FIELD_ACT && f->type != FIELD_PAYLOAD;
}

/* In the order of the table; each code of a list is there to be ticked. */
static size_t check_fields(const struct sheet *s, const struct field *fields, size_t at)
{
    for (; fields->id; fields++) {
        const char *label = s->language.tr(fields->label);
        if (!is_asked(fields))
            continue;
        at = find_text(&s->p, at, label, true);
        if (at == s->p.count)
            fail_msg("%s: %s (%s) is not asked in its place", s->language.code, label, fields->key);
        if (fields->needed)
            for (size_t i = 0; i < s->p.blocks[at].count; i++)
                if (!strncmp(s->p.blocks[at].texts[i], label, strlen(label)) &&
                    s->p.blocks[at].texts[i][strlen(label)] != '*')
                    fail_msg("%s is needed, and has no mark", fields->key);
        for (const struct code *c = fields->codes; c && c->code; c++) {
            size_t found = find_text(&s->p, at, s->language.tr(c->label), false);
            if (found > at + 4 || s->p.blocks[found].kind != BLOCK_TICKS)
                fail_msg("%s: %s cannot be ticked", fields->key, c->code);
        }
        if (fields->members)
            at = check_fields(s, fields->members, at + 1);
    }
    return at;
}

static void all_of_the_intake_is_asked(void **unused)
{
    (void)unused;
    for (size_t l = 0; locale_languages[l]; l++) {
        struct sheet s;
        size_t at = 0;
        begin(&s, locale_languages[l], ACT_NONE);
        for (const enum act_kind *k = act_intake; *k; k++)
            at = check_fields(&s, act_type(*k)->fields, at);
        for (const enum act_kind *k = act_intake_more; *k; k++)
            at = check_fields(&s, act_type(*k)->fields, at);
        paper_release(&s.p);
    }
}

static void any_act_has_a_sheet(void **unused)
{
    (void)unused;
    for (enum act_kind k = act_kind_next(ACT_NONE); k; k = act_kind_next(k)) {
        struct sheet s;
        begin(&s, "en", k);
        size_t title = find_text(&s.p, 0, buf_text(&s.p.title), false);
        check_fields(&s, act_type(k)->fields, title + 1);
        paper_release(&s.p);
    }
}

/* What is typed is no word for paper, and nothing is said twice. */
static void paper_has_words_of_its_own(void **unused)
{
    struct sheet s;
    struct buf out = BUF_INIT;
    (void)unused;

    begin(&s, "en", ACT_NONE);
    paper_text(&s.p, PAPER_LETTER, &out);
    assert_null(strstr(buf_text(&out), "not_obtainable"));
    assert_non_null(
        strstr(buf_text(&out), "In whose care*: Who, since when; or why this cannot be"));
    assert_null(strstr(buf_text(&out), "Where it happened"));
    assert_non_null(
        strstr(buf_text(&out), "Place served? Does a post of the person's State cover"));
    assert_non_null(strstr(buf_text(&out), "GROUND (Article 7.4)"));
    assert_non_null(strstr(buf_text(&out), "\nCase ________________  Person ______\n"));
    buf_release(&out);
    paper_release(&s.p);
}

/* Consent in writing is signed; no other sheet asks for that. */
static void consent_can_be_signed(void **unused)
{
    static const char *const who[] = {"Signature or mark of the person",
                                      "Signature of the interpreter", "Signature of the officer"};
    (void)unused;

    for (enum act_kind k = act_kind_next(ACT_NONE); k; k = act_kind_next(k)) {
        struct sheet s;
        begin(&s, "en", k);
        for (size_t i = 0; i < ARRAY_SIZE(who); i++) {
            size_t at = find_text(&s.p, 0, who[i], false);
            assert_int_equal(at < s.p.count, k == ACT_CONSENT);
            assert_true(at == s.p.count || s.p.blocks[at].kind == BLOCK_ENTRY);
        }
        if (k == ACT_CONSENT)
            assert_string_equal(buf_text(&s.p.title), "Consent (Article 3)");
        paper_release(&s.p);
    }
}

static void the_answers_are_those_of_the_screen(void **unused)
{
    struct sheet s;
    struct buf out = BUF_INIT;
    (void)unused;

    begin(&s, "en", ACT_NONE);
    paper_text(&s.p, PAPER_LETTER, &out);
    assert_non_null(strstr(buf_text(&out), "?u unknown, ?r"));
    assert_non_null(strstr(buf_text(&out), "?l not asked yet, ?n does not apply"));
    /* Lines of what is short share one. */
    assert_non_null(strstr(buf_text(&out), "Where now*        _____________________  Whose "
                                           "nationals   _____________________\n"));
    buf_release(&out);
    paper_release(&s.p);
}

/* What is written on by hand has room at its sides and no label over its line, in any language. */
static void every_line_fits(void **unused)
{
    (void)unused;
    for (size_t l = 0; locale_languages[l]; l++) {
        struct sheet s;
        struct buf out = BUF_INIT;
        begin(&s, locale_languages[l], ACT_NONE);
        for (int size = PAPER_LETTER; size <= PAPER_A4; size++) {
            buf_clear(&out);
            paper_text(&s.p, (enum paper_size)size, &out);
            assert_null(strstr(buf_text(&out), "…_"));
            assert_null(strstr(buf_text(&out), "… _"));
        }
        buf_release(&out);
        paper_release(&s.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_the_intake_is_asked),
        cmocka_unit_test(any_act_has_a_sheet),
        cmocka_unit_test(paper_has_words_of_its_own),
        cmocka_unit_test(consent_can_be_signed),
        cmocka_unit_test(the_answers_are_those_of_the_screen),
        cmocka_unit_test(every_line_fits),
    };

    return cmocka_run_group_tests_name("blankform", tests, NULL, NULL);
}
