/* SPDX-License-Identifier: MIT */
/* Rules 12 to 21 of data entry by keyboard: what one types into a field, and what it becomes. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/office.h"
#include "tests/tui/player.h"
#include "tests/tui/rules.h"

static struct date today(void)
{
    time_t now = time(NULL);
    struct tm tm;

    gmtime_r(&now, &tm);
    return (struct date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
}

static const char *same(const char *text)
{
    return text;
}

/* As it is said in full words; the same buffer always. */
static const char *in_words(struct partial_date date)
{
    static char words[80];
    struct buf text = BUF_INIT;

    date_echo(&text, date, same);
    snprintf(words, sizeof words, "%s", buf_text(&text));
    buf_release(&text);
    return words;
}

/* ---- 12: as last time ---- */

/* One is recorded, and the form of the next one opened. */
static void record_place(struct child *child)
{
    rules_fill(child, "Place", "Sharjah");
    rules_fill(child, "Region", "Emirate of Sharjah");
    press_done(child);
    expect_text(child, "Recorded in");
    rules_open(child, "place and situation");
}

static void rule_12_previous_value(void **state)
{
    struct child *child = rules_start(*state, "place and situation");

    record_place(child);
    rules_jump(child, "Place");
    child_press(child, PRESS_F5);
    expect_field(child, "Place", "Sharjah___");
    child_press(child, CTRL('U'));
    expect_field(child, "Place", "______");
    child_press(child, CTRL('R'));
    child_press(child, PRESS_ENTER);
    expect_field(child, "Place", "Sharjah___");
    rules_end(child);
}

/* Carried values are marked, count only once they were looked at, and are one step of undo. */
static void rule_12_carried_values_are_looked_at(void **state)
{
    struct child *child = rules_start(*state, "place and situation");

    record_place(child);
    rules_jump(child, "Address");
    child_press(child, CTRL('F'));
    expect_field(child, "Place", "\"Sharjah");
    expect_field(child, "Region", "\"Emirate of Sharjah");
    child_press(child, CTRL('U'));
    expect_field(child, "Place", "______");
    expect_field(child, "Region", "______");
    child_press(child, CTRL('R'));
    expect_field(child, "Region", "\"Emirate");
    child_press(child, PRESS_F2);
    expect_text(child, "Only offered: ");
    expect_cursor_on(child, ">Region"); /* the other one has been left by that */
    size_t acts = office_count_acts(*state);
    child_press(child, PRESS_ENTER); /* looked at */
    expect_field(child, "Region", " Emirate");
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded in");
    rules_end(child);
    assert_int_equal(office_count_acts(*state), acts + 1);
}

/* They are in no draft, and a lock keeps them all the same, marked as they were. */
static void rule_12_carried_values_stay_at_a_lock(void **state)
{
    struct child *child = rules_start(*state, "place and situation");

    record_place(child);
    rules_fill(child, "Held by", "the port police");
    rules_jump(child, "Address");
    child_press(child, CTRL('F'));
    child_press(child, CTRL('X'));
    post_unlock(child);
    expect_cursor_on(child, ">Address");
    expect_field(child, "Held by", "the port police");
    expect_field(child, "Region", "\"Emirate of Sharjah");
    child_press(child, CTRL('U'));
    expect_field(child, "Region", "______");
    rules_end(child);
}

/* ---- 13: defaults ---- */

static void rule_13_default_counts_when_passed(void **state)
{
    size_t acts = office_count_acts(*state);
    struct child *child = rules_start(*state, "referral");

    expect_field(child, "Referred to", "network");
    rules_fill(child, "Detail", "By telephone.");
    child_press(child, PRESS_F2);
    expect_text(child, "Only offered: ");
    expect_cursor_on(child, ">On");
    child_press(child, PRESS_F1); /* another key than F2: it is asked again */
    child_press(child, PRESS_F1);
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded in");
    rules_end(child);
    child = rules_start(*state, "referral");
    child_press(child, PRESS_F2);
    expect_text(child, "Only offered: ");
    acts++;
    assert_int_equal(office_count_acts(*state), acts);
    child_press(child, PRESS_F2);
    expect_text(child, "Recorded in");
    rules_end(child);
    assert_int_equal(office_count_acts(*state), acts + 1);
}

static void rule_13_enter_accepts_typing_replaces(void **state)
{
    struct child *child =
        rules_start_in(*state, &(struct child_options){.term = "vt220"}, "referral");

    expect_field(child, "Referred to", "offered"); /* in words where nothing can be dim */
    child_press(child, PRESS_ENTER);
    expect_field(child, "Referred to", "network");
    expect_true(child, emulator_find(child_screen(child), "network  offered") < 0);
    child_press(child, PRESS_UP);
    child_type(child, "unhcr");
    child_press(child, PRESS_ENTER);
    expect_field(child, "Referred to", "UNHCR");
    rules_end(child);
}

/* ---- 14 to 16: dates ---- */

static void rule_14_dates_are_said_back(void **state)
{
    static const struct {
        const char *typed;
        struct partial_date means;
    } dates[] = {
        {"15/3/84", {1984, 3, 15, false}},
        {"150384", {1984, 3, 15, false}},
        {"15031984", {1984, 3, 15, false}},
        {"15mar1984", {1984, 3, 15, false}},
        {"mar 84", {1984, 3, 0, false}},
        {"1984", {1984, 0, 0, false}},
        {"~1984", {1984, 0, 0, true}},
        {"1984-03-15", {1984, 3, 15, false}},
        {"15 de marzo de 1984", {1984, 3, 15, false}},
        {"15 f\xC3\xA9vrier 1984", {1984, 2, 15, false}},
    };
    struct child *child = rules_start(*state, "person");

    rules_jump(child, "Born");
    for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
        child_type(child, dates[i].typed);
        /* At once: the field has not been left. */
        expect_cursor_on(child, ">Born");
        expect_field(child, "Born", in_words(dates[i].means));
        child_type(child, "\x7F"); /* something is taken away: what was said goes too, or changes */
        child_press(child, PRESS_ENTER);
        child_press(child, PRESS_UP);
    }
    rules_end(child);
}

static void rule_14_dates_from_today(void **state)
{
    struct date now = today(), then = date_add_days(now, -3), later = date_add_days(now, 14);
    const struct {
        const char *typed;
        struct partial_date means;
    } dates[] = {
        {"T", {now.year, now.month, now.day, false}},
        {"T-3", {then.year, then.month, then.day, false}},
        {"T+2W", {later.year, later.month, later.day, false}},
        {"15", {now.year, now.month, 15, false}},
        {"1503", {now.year, 3, 15, false}},
        {"35a", {now.year - 35, 0, 0, true}},
    };
    struct child *child = rules_start(*state, "person");

    rules_jump(child, "Born");
    for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
        child_type(child, dates[i].typed);
        expect_field(child, "Born", in_words(dates[i].means));
        child_press(child, PRESS_ENTER);
        expect_field(child, "Born", in_words(dates[i].means));
        child_press(child, PRESS_UP);
    }
    child_type(child, "no date"); /* nothing is called wrong before it is left */
    expect_true(child, emulator_find(child_screen(child), "not a date") < 0);
    child_press(child, PRESS_ENTER);
    expect_field(child, "Born", "no date_");
    expect_field(child, "Born", "error: not a date");
    rules_end(child);
}

static void record_person(struct child *child, const char *name, const char *born)
{
    rules_fill(child, "Surname", name);
    rules_fill(child, "Given names", "Ana");
    rules_fill(child, "Proof", "passport");
    rules_fill(child, "Born", born);
    press_done(child);
    while (emulator_find(child_screen(child), "Recorded in") < 0)
        child_press(child, PRESS_F2); /* it is nobody who is on record */
}

static void rule_15_partial_date_stays_partial(void **state)
{
    struct child *child = rules_start(*state, "person");

    record_person(child, "Parcial", "mar 84");
    rules_end(child);
    json_t *person = rules_payload(*state, "person");
    assert_string_equal(rules_text(person, "birth_date"), "1984-03-XX");
    json_decref(person);
}

/* An age is kept with the day on which it was that; both are undone with it. */
static void rule_15_age_keeps_its_day(void **state)
{
    struct date now = today();
    struct child *child = rules_start(*state, "person");
    char born[20], basis[100];

    rules_fill(child, "Born", "35a");
    expect_field(child, "Born", "about");
    rules_jump(child, "Age stated");
    expect_field(child, "Age stated", "35_");
    rules_jump(child, "Born");
    child_press(child, CTRL('U'));
    rules_jump(child, "Age stated");
    expect_field(child, "Age stated", "___");
    record_person(child, "Edad", "35a");
    rules_end(child);
    json_t *person = rules_payload(*state, "person");
    snprintf(born, sizeof born, "%d-XX-XX~", now.year - 35);
    snprintf(basis, sizeof basis, "as told on %s",
             in_words((struct partial_date){now.year, now.month, now.day, false}));
    assert_string_equal(rules_text(person, "birth_date"), born);
    assert_int_equal(json_integer_value(json_object_get(person, "age_stated")), 35);
    assert_string_equal(rules_text(person, "age_basis"), basis);
    json_decref(person);
}

static void rule_16_one_window_for_two_digits(void **state)
{
    int year = today().year, ahead = year + 20, beyond = year + 21;
    struct child *child = rules_start(*state, "person");
    char typed[20], said[60];

    rules_jump(child, "Expires");
    snprintf(typed, sizeof typed, "1/3/%02d", ahead % 100);
    snprintf(said, sizeof said, "1 March %d", ahead);
    child_type(child, typed);
    expect_field(child, "Expires", said);
    child_press(child, PRESS_ENTER);
    child_press(child, PRESS_UP);
    snprintf(typed, sizeof typed, "1/3/%02d", beyond % 100);
    snprintf(said, sizeof said, "1 March %d", beyond - 100);
    child_type(child, typed);
    expect_field(child, "Expires", said);
    rules_end(child);
}

/* ---- 17: lists of codes ---- */

static void rule_17_code_or_letters(void **state)
{
    static const char *const typed[] = {
        "ci", "costa de marfil", "IVOIRE", "marfil", "c\xC3\xB4te d", "civ", "cote d'iv",
    };
    struct child *child = rules_start(*state, "person");

    rules_jump(child, "Lives in");
    for (size_t i = 0; i < ARRAY_SIZE(typed); i++) {
        child_type(child, typed[i]);
        child_press(child, PRESS_ENTER); /* the only match */
        expect_field(child, "Lives in", "CI Côte d'Ivoire");
        child_press(child, PRESS_UP);
    }
    rules_end(child);
}

/* The list opens after two letters, under the field, and has seven rows at most. */
static void rule_17_list_under_the_field(void **state)
{
    struct child *child = rules_start(*state, "person");

    rules_jump(child, "Lives in");
    int row, col, rows = 0;
    emulator_cursor(child_screen(child), &row, &col);
    child_type(child, "a");
    expect_no_text(child, "AE  United Arab Emirates");
    child_type(child, "r");
    for (int r = row + 1; r < 24; r++) {
        struct buf text = BUF_INIT;
        emulator_add_row(child_screen(child), r, &text);
        bool reaches = (int)text.size > col + 1; /* the labels left of it are plain letters */
        const char *at = reaches ? buf_text(&text) + col : "";
        rows += at[0] >= 'A' && at[0] <= 'Z' && at[1] >= 'A' && at[1] <= 'Z' && at[2] == ' ';
        buf_release(&text);
    }
    expect_true(child, rows >= 2 && rows <= 7);
    expect_row_has(child, row + 1, "AR  Argentina"); /* what begins so comes first */
    child_press(child, PRESS_ENTER);                 /* a code is meant as such */
    expect_field(child, "Lives in", "AR Argentina");
    child_press(child, PRESS_UP);
    child_type(child, "united");
    child_press(child, PRESS_ENTER); /* several: one is asked which */
    expect_cursor(child, row + 1, col - 1);
    child_press(child, PRESS_ENTER);
    expect_field(child, "Lives in", " United");
    /* Those that are needed most stand first: Spanish of the languages, members of the States. */
    rules_jump(child, "Languages");
    child_press(child, PRESS_F4);
    expect_text(child, "[ ] es  Spanish");
    rules_end(child);
}

/* What a code says is shown once, in the reader's language. */
static void rule_17_label_once(void **state)
{
    struct child *child =
        rules_start_in(*state, &(struct child_options){.language = "es"}, "persona");

    child_type(child, "=");
    child_type(child, "interprete");
    child_press(child, PRESS_ENTER);
    child_type(child, "yes");
    child_press(child, PRESS_ENTER);
    expect_no_text(child, "yes");
    expect_field(child, "¿Intérprete?", "sí");
    rules_end(child);
}

/* ---- 18: answers instead of values ---- */

static void rule_18_four_answers(void **state)
{
    struct child *child = rules_start(*state, "person");
    static const struct {
        const char *label, *typed, *word, *key, *answer;
    } asked[] = {
        {"Occupation", "?u", "unknown", "occupation", "unknown"},
        {"Telephone", "?r", "declined to say", "phone", "declined"},
        {"Pregnant?", "?n", "does not apply", "pregnancy", "not_applicable"},
        {"Languages", "?l", "ask later", "languages", "not_asked"},
        {"Expires", "?u", "unknown", "document_expiry", "unknown"},
        {"Lives in", "?r", "declined to say", "residence", "declined"},
        {"Age stated", "?l", "ask later", "age_stated", "not_asked"},
        {"Born", "?u", "unknown", "birth_date", "unknown"},
    };

    for (size_t i = 0; i < ARRAY_SIZE(asked) - 1; i++) {
        rules_fill(child, asked[i].label, asked[i].typed);
        child_press(child, PRESS_UP);
        expect_field(child, asked[i].label, asked[i].typed);
        expect_text(child, asked[i].word);
    }
    record_person(child, "Callada", "?u");
    rules_end(child);
    json_t *person = rules_payload(*state, "person");
    for (size_t i = 0; i < ARRAY_SIZE(asked); i++)
        assert_string_equal(rules_text(json_object_get(person, asked[i].key), "answer"),
                            asked[i].answer);
    json_decref(person);
}

/* Through every field of the form that can be left: each takes an answer, and gives it back. */
static void walk_answers(struct child *child, const char *act)
{
    char focus[80], next[80];
    size_t passed = 0;

    child_press(child, PRESS_CTRL_HOME);
    for (play_focus(child, next, sizeof next); passed < 120; passed++) {
        snprintf(focus, sizeof focus, "%s", next);
        child_type(child, "?u");
        play_focus(child, next, sizeof next);
        if (strcmp(next, focus) != 0)
            fail_msg("%s: %s was left by ?u", act, focus);
        child_press(child, PRESS_ENTER);
        child_press(child, PRESS_UP);
        play_focus(child, next, sizeof next);
        if (strcmp(next, focus) != 0)
            break; /* the last one: Enter stays */
        expect_field(child, focus, "?u");
        expect_text(child, "unknown");
        child_type(child, "@");
        expect_true(child, emulator_find(child_screen(child), "?u") < 0);
        child_press(child, CTRL('U'));
        expect_field(child, focus, "?u");
        child_press(child, CTRL('R'));
        child_press(child, PRESS_TAB);
        play_focus(child, next, sizeof next);
        if (strcmp(next, focus) == 0)
            break;
    }
    expect_true(child, passed > 3 && passed < 120);
}

static void rule_18_and_19_in_every_field(void **state)
{
    static const char *const forms[] = {"person", "ground", "consent", "note verbale", "cost"};

    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        struct test_post post; /* what the one leaves unfinished is not the other's */
        post_copy(&post, *state);
        struct child *child = rules_start(&post, forms[i]);
        walk_answers(child, forms[i]);
        rules_end(child);
        post_release(&post);
    }
}

/* Where an act cannot do without, an answer leaves a gap; it is never recorded as a name. */
static void rule_18_no_answer_for_what_is_needed(void **state)
{
    size_t acts = office_count_acts(*state);
    struct child *child = rules_start(*state, "ground");

    rules_fill(child, "Ground", "G5");
    rules_fill(child, "By whom", "employer");
    rules_fill(child, "What happened", "?u");
    child_press(child, PRESS_UP);
    expect_text(child, "missing: unknown");
    press_done(child);
    expect_text(child, "an answer does not stand for it");
    rules_end(child);
    assert_int_equal(office_count_acts(*state), acts);
}

/* ---- 19: emptying ---- */

static void rule_19_at_and_delete_empty_with_undo(void **state)
{
    struct child *child = rules_start(*state, "person");

    for (int i = 0; i < 2; i++) {
        rules_fill(child, "Occupation", "cook");
        child_press(child, PRESS_UP);
        if (i)
            child_press(child, PRESS_DELETE);
        else
            child_type(child, "@");
        expect_field(child, "Occupation", "______");
        child_press(child, CTRL('U'));
        expect_field(child, "Occupation", "cook__");
        child_press(child, CTRL('R'));
        child_press(child, PRESS_ENTER);
        expect_field(child, "Occupation", "______");
        child_press(child, CTRL('U'));
        expect_field(child, "Occupation", "cook__");
    }
    /* In an empty field it is a letter, as names on the net begin. */
    rules_fill(child, "Messaging", "@ana");
    child_press(child, PRESS_UP);
    expect_field(child, "Messaging", "@ana__");
    rules_end(child);
}

/* ---- 20: names ---- */

static void rule_20_names_as_they_are(void **state)
{
    static const char *const names[] = {
        "de la Pe\xC3\xB1"
        "a y O\xE2\x80\x99"
        "Neill",
        "d'\xC3\x81vila-N\xC3\xBA\xC3\xB1"
        "ez",
        "van der Merwe",
        "\xC5\x81ukasiewicz",
        "\xE7\x8E\x8B\xE5\xB0\x8F\xE6\x98\x8E",
        "Ng\xC5\xA9g\xC4\xA9 wa Thiong'o",
    };
    struct child *child = rules_start(*state, "person");

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        rules_fill(child, "Surname", names[i]);
        expect_field(child, "Surname", names[i]);
    }
    rules_fill(child, "Surname",
               "Pen\xCC\x83"
               "a"); /* composed at the edge */
    expect_field(child, "Surname",
                 "Pe\xC3\xB1"
                 "a___");
    rules_jump(child, "As in document");
    struct buf screen = BUF_INIT;
    for (int row = 0; row < emulator_rows(child_screen(child)); row++)
        emulator_add_row(child_screen(child), row, &screen);
    const char *first = strstr(buf_text(&screen), "As in document");
    assert_non_null(first);
    assert_null(strstr(first + 1, "As in document"));
    buf_release(&screen);
    rules_end(child);
}

/* ---- 21: a document reader is a keyboard ---- */

#define ZONE_1 "P<HNDZELAYA<MONTUFAR<<DILCIA<MARIBEL<<<<<<<<"
#define ZONE_2 "F765432<<6HND9711024F31052050801199700456<64"

static void expect_filled(struct child *child)
{
    expect_text(child, "all digits agree");
    expect_field(child, "Surname", "ZELAYA");
    expect_field(child, "Second surname", "MONTUFAR");
    expect_field(child, "Given names", "DILCIA MARIBEL");
    expect_field(child, "Nationality", "HN Honduras");
    expect_field(child, "Born", "2 November 1997");
}

static void rule_21_passport_line_by_any_keyboard(void **state)
{
    static const char *const bursts[] = {
        ZONE_1 "\r" ZONE_2 "\r",
        ZONE_1 "\t" ZONE_2 "\t",
        ZONE_1 ZONE_2 "\r",
        ZONE_1 "\n" ZONE_2 "\t",
    };

    for (size_t i = 0; i < ARRAY_SIZE(bursts); i++) {
        struct test_post post;
        post_copy(&post, *state);
        struct child *child = rules_start(&post, "person");
        child_send(child, bursts[i], strlen(bursts[i]));
        child_rest(child);
        expect_filled(child);
        child_press(child, CTRL('U')); /* one step takes back all that it filled */
        expect_field(child, "Surname", "*____");
        expect_field(child, "Born", "______");
        child_press(child, CTRL('R'));
        expect_filled(child);
        rules_end(child);
        post_release(&post);
    }
    struct child *child = rules_start(*state, "person");
    child_paste(child, ZONE_1 "\r\n" ZONE_2 "\r\n");
    child_press(child, PRESS_ENTER);
    expect_filled(child);
    rules_end(child);
}

/* A digit that is wrong is named, nothing is filled, and what came stays to be mended. */
static void rule_21_wrong_digit_is_named(void **state)
{
    struct child *child = rules_start(*state, "person");

    child_paste(child, ZONE_1 "\nF765432<<7HND9711024F31052050801199700456<64");
    child_press(child, PRESS_ENTER);
    expect_text(child, "check digit of the document number does not agree");
    expect_text(child, "F765432<<7HND9711024F31052050801199700456<64");
    expect_field(child, "Surname", "*____");
    rules_end(child);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, rules_copy, rules_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(rule_12_previous_value),
        RULE(rule_12_carried_values_are_looked_at),
        RULE(rule_12_carried_values_stay_at_a_lock),
        RULE(rule_13_default_counts_when_passed),
        RULE(rule_13_enter_accepts_typing_replaces),
        RULE(rule_14_dates_are_said_back),
        RULE(rule_14_dates_from_today),
        RULE(rule_15_partial_date_stays_partial),
        RULE(rule_15_age_keeps_its_day),
        RULE(rule_16_one_window_for_two_digits),
        RULE(rule_17_code_or_letters),
        RULE(rule_17_list_under_the_field),
        RULE(rule_17_label_once),
        RULE(rule_18_four_answers),
        RULE(rule_18_and_19_in_every_field),
        RULE(rule_18_no_answer_for_what_is_needed),
        RULE(rule_19_at_and_delete_empty_with_undo),
        RULE(rule_20_names_as_they_are),
        RULE(rule_21_passport_line_by_any_keyboard),
        RULE(rule_21_wrong_digit_is_named),
    };
    return cmocka_run_group_tests(tests, rules_make, rules_release);
}
