/* SPDX-License-Identifier: MIT */
/* The small language of views: what is typed, what it means, what is said of mistakes. */
#include "kit.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/view.h"
#include "amparo/base/mem.h"

/* Enough of Spanish. */
static const char *spanish(const char *msgid)
{
    static const char *const words[][2] = {
        {"stage:", "etapa:"},   {"place:", "lugar:"},  {"poll", "consulta"},
        {":mine", ":míos"},     {"sort:", "orden:"},   {":due", ":plazo"},
        {"due:", "plazo:"},     {":week", ":semana"},  {"United Arab Emirates", "Emiratos Árabes Unidos"},
    };

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (strcmp(words[i][0], msgid) == 0)
            return words[i][1];
    return msgid;
}

/* What is kept of what was typed. */
static void assert_means(const char *typed, translate_fn *tr, const char *kept)
{
    struct error err = ERROR_INIT;
    struct view view;
    struct buf is = BUF_INIT;

    if (!view_parse(typed, tr, false, &view, &err))
        fail_msg("%s: %s", typed, error_text(&err));
    view_format(&is, &view, english);
    assert_string_equal(buf_text(&is), kept);
    /* What is kept is read as the same again. */
    view_release(&view);
    assert_true(view_parse(kept, english, false, &view, &err));
    buf_clear(&is);
    view_format(&is, &view, english);
    assert_string_equal(buf_text(&is), kept);
    view_release(&view);
    buf_release(&is);
}

static void means_what_is_typed(void **state)
{
    (void)state;
    assert_means("", english, "");
    assert_means("ramirez karen", english, "ramirez karen");
    assert_means("stage:poll place:AE due<3 mine", english, "stage:poll place:AE due<3 mine");
    assert_means("STAGE:Poll,note place:emirates", english, "stage:poll,note place:AE");
    assert_means("-noted ram sort:-due", english, "-noted sort:-due ram");
    assert_means("ground:labour waits:others", english, "ground:G5 waits:others");
    assert_means("officer:\"Ana Pineda\"", english, "officer:\"ANA PINEDA\"");
    assert_means("opened>2026-03-01 changed:year", english, "opened>2026-03-01 changed:year");
    assert_means("opened:2026 due:none", english, "opened:2026 due:none");
    /* A word in quotes, or one that only looks like a condition, is searched. */
    assert_means("\"mine\" \"stage:poll\"", english, "\"mine\" \"stage:poll\"");
}

static void takes_the_language_of_the_reader(void **state)
{
    struct view view;
    struct buf out = BUF_INIT;
    (void)state;

    assert_means("etapa:consulta lugar:emiratos plazo<3 míos", spanish,
                 "stage:poll place:AE due<3 mine");
    assert_means("mios orden:plazo plazo:semana", spanish, "mine due:week sort:due");
    assert_means("stage:poll mine", spanish, "stage:poll mine");
    assert_true(view_parse("stage:poll due:week mine sort:due", english, false, &view, NULL));
    view_format(&out, &view, spanish);
    assert_string_equal(buf_text(&out), "etapa:consulta plazo:semana míos orden:plazo");
    view_release(&view);
    buf_release(&out);
}

static void assert_mistake(const char *typed, const char *said, const char *rest)
{
    struct error err = ERROR_INIT;
    struct view view;
    struct buf is = BUF_INIT;

    assert_false(view_parse(typed, english, false, &view, &err));
    assert_non_null(strstr(error_text(&err), said));
    view_format(&is, &view, english);
    assert_string_equal(buf_text(&is), rest);
    view_release(&view);
    buf_release(&is);
    error_release(&err);
}

static void tells_mistakes_and_keeps_the_rest(void **state)
{
    (void)state;
    assert_mistake("stage:nowhere mine", "stage:nowhere: there is none", "mine");
    assert_mistake("stage: mine", "a value is missing", "mine");
    assert_mistake("place:united mine", "more letters", "mine");
    assert_mistake("shape:round ram", "no such condition", "ram");
    assert_mistake("due<soonish ram", "due<soonish", "ram");
    assert_mistake("stage<poll", "a : is needed", "");
    assert_mistake("opened>99999999", "a number of days", "");
    assert_mistake("sort:nothing", "there is none", "");
}

/* A word that is still being typed is no mistake, nor a condition. */
static void waits_for_the_end_of_a_word(void **state)
{
    struct error err = ERROR_INIT;
    struct view view;
    (void)state;

    assert_true(view_parse("mine stage:", english, true, &view, &err));
    assert_int_equal(view.count, 1);
    assert_string_equal(view.words, "");
    view_release(&view);
    assert_true(view_parse("stage:p", english, true, &view, &err));
    assert_int_equal(view.count, 1);
    assert_string_equal(view.terms[0].value, "poll");
    view_release(&view);
    assert_false(view_parse("stage:zz ", english, true, &view, &err));
    view_release(&view);
    error_release(&err);
}

static void add_choice(void *ctx, const char *text, const char *about)
{
    struct buf *out = ctx;

    assert_non_null(about);
    buf_addf(out, "%s;", text);
}

static void assert_offers(const char *word, translate_fn *tr, const char *should)
{
    struct buf is = BUF_INIT;

    view_choices(word, tr, add_choice, &is);
    assert_string_equal(buf_text(&is), should);
    buf_release(&is);
}

static void offers_what_goes_on_from_a_word(void **state)
{
    struct buf all = BUF_INIT;
    (void)state;

    assert_offers("st", english, "stage:;state:;");
    assert_offers("-mi", english, "-mine;");
    assert_offers("stage:p", english, "stage:poll;");
    assert_offers("stage:poll,no", english, "stage:poll,note;");
    assert_offers("place:emir", english, "place:AE;");
    assert_offers("etapa:cons", spanish, "etapa:consulta;");
    assert_offers("zzz", english, "");
    view_choices("", english, add_choice, &all);
    assert_non_null(strstr(buf_text(&all), "waits:;"));
    assert_non_null(strstr(buf_text(&all), "urgent;"));
    buf_release(&all);
    assert_int_equal(view_last_word("mine stage:p", 12), 5);
    assert_int_equal(view_last_word("officer:\"ana p", 14), 0);
    assert_int_equal(view_last_word("mine ", 5), 5);
}

/* Whatever is typed is read; nothing of it is taken for SQL or a format (the list's own test). */
static void takes_odd_input(void **state)
{
    static const char *const odd[] = {
        "\"", "\"\"", ":", "::", "<", "-", "--", "-:", "stage::", ",", "stage:,", "stage:,,poll,",
        "place:'); DROP TABLE cases --", "officer:%s%n", "due<-3", "due<", "due:9999999999999999",
        "\xff\xfe:\xff", "sort:-", "sort:--due", "-sort:due",
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_SIZE(odd); i++) {
        struct error err = ERROR_INIT;
        struct view view;
        struct buf out = BUF_INIT;
        view_parse(odd[i], english, i % 2, &view, &err);
        view_format(&out, &view, english);
        view_choices(odd[i], english, add_choice, &out);
        view_release(&view);
        buf_release(&out);
        error_release(&err);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_what_is_typed),
        cmocka_unit_test(takes_the_language_of_the_reader),
        cmocka_unit_test(tells_mistakes_and_keeps_the_rest),
        cmocka_unit_test(waits_for_the_end_of_a_word),
        cmocka_unit_test(offers_what_goes_on_from_a_word),
        cmocka_unit_test(takes_odd_input),
    };
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
