/* SPDX-License-Identifier: MIT */
/* The language of the screens, and its change within the program: what stays, and what holds. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mem.h"
#include "tests/harness/expect.h"
#include "tests/tui/post.h"

static struct test_post post;

/* With that in LANGUAGE; an empty one tells nothing. */
static struct child *start_in(const char *language, const char *locale)
{
    char *told = xasprintf("LANGUAGE=%s", language), *lang = xasprintf("LANG=%s", locale);
    const char *const env[] = {told, lang, NULL};
    struct child *child = post_start(&post, &(struct child_options){.env = env});
    free(told);
    free(lang);
    return child;
}

static void end(struct child *child)
{
    child_kill(child, SIGKILL);
    child_free(child);
}

/* By the palette, by any word of it. */
static void change(struct child *child, const char *word, const char *language)
{
    child_press(child, CTRL('P'));
    child_type(child, word);
    child_press(child, PRESS_ENTER);
    child_type(child, language);
    child_press(child, PRESS_ENTER);
}

/* Half a word typed, a code passed: same cell, same text, same undo, in every language. */
static void in_a_form_half_typed(void **state)
{
    (void)state;
    struct child *child = start_in("", "C.UTF-8");
    post_unlock(child);
    child_type(child, "n");
    child_press(child, PRESS_ENTER);
    child_type(child, "em");
    expect_cursor_on(child, "Where now");
    int row, col;
    emulator_cursor(child_screen(child), &row, &col);

    change(child, "language", "esp");
    expect_text(child, "Se cambió el idioma: español.");
    expect_cursor(child, row, col);
    expect_row_has(child, row, ">Se encuentra en*em__");
    expect_row_has(child, row - 1, "Nuestro papel   Estado requirente");
    expect_row_has(child, row + 1, "AE  Emiratos Árabes Unidos"); /* the list of codes stays open */
    expect_row_has(child, 23, "F2 listo");

    change(child, "English", "fr");
    expect_text(child, "La langue a été changée");
    expect_cursor(child, row, col);
    child_type(child, "i");
    expect_row_has(child, row, "emi__");
    expect_row_has(child, row + 1, "AE  Émirats arabes unis");
    child_press(child, CTRL('U'));
    expect_row_has(child, row, "*___");
    child_press(child, CTRL('R'));
    expect_row_has(child, row, "emi__");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, row, "AE Émirats arabes unis");

    /* A code that stands untouched where one is, and the screens below. */
    change(child, "langue", "engl");
    expect_row_has(child, row, "AE United Arab Emirates");
    expect_cursor_on(child, "Whose nationals");
    child_press(child, PRESS_F12);
    expect_row_has(child, 23, "n new  / find");
    end(child);
}

/* What is in order by name, and what a screen was opened with. */
static void on_lists_and_texts(void **state)
{
    (void)state;
    struct child *child = start_in("en", "C.UTF-8");
    post_unlock(child);
    child_type(child, "d");
    expect_row_has(child, 4, "> Afghanistan");
    change(child, "language", "esp");
    expect_row_has(child, 4, "> Afganistán");
    expect_row_has(child, 5, "Albania");
    expect_row_has(child, 6, "Alemania");
    change(child, "idioma", "fran");
    expect_row_has(child, 7, "Algérie");
    child_type(child, "united arab");
    expect_row_has(child, 4, "Émirats arabes unis");
    child_press(child, PRESS_F12);
    child_type(child, "b");
    child_press(child, PRESS_F8);
    expect_row_has(child, 0, "Registre des notes");
    change(child, "langue", "engl");
    expect_row_has(child, 0, "Register of notes");
    end(child);
}

/* A choice or a question that is open would be lost: the command is not there. */
static void not_over_a_question(void **state)
{
    (void)state;
    struct child *child = start_in("en", "C.UTF-8");
    post_unlock(child);
    child_type(child, "g");
    child_press(child, PRESS_ENTER);
    expect_text(child, "A setting of this file");
    child_press(child, CTRL('P'));
    child_type(child, "language");
    expect_text(child, "Nothing is called so.");
    child_press(child, PRESS_F12);
    child_press(child, PRESS_F12);

    /* On the screen of settings it is a row. */
    while (emulator_find(child_screen(child), "> English") < 0)
        child_press(child, PRESS_DOWN);
    child_press(child, PRESS_ENTER);
    child_type(child, "fran");
    child_press(child, PRESS_ENTER);
    expect_row_has(child, 0, "Réglages");
    expect_cursor_on(child, "français");
    end(child);
}

/* Chosen once, it holds after a lock and the next time: for who chose it, and under this login
 * until somebody has unlocked. LANGUAGE and --lang outdo it, and take nothing away. */
static void remembered(void **state)
{
    (void)state;
    struct child *child = start_in("", "es_HN.UTF-8");
    post_unlock(child);
    change(child, "idioma", "fran");
    child_press(child, CTRL('X'));
    expect_text(child, "Phrase de passe");
    post_unlock(child);
    expect_row_has(child, 23, "n créer");
    end(child);

    child = start_in("", "es_HN.UTF-8");
    expect_text(child, "Phrase de passe");
    child_press(child, PRESS_TAB);
    child_type(child, "Luis PAZ");
    child_press(child, PRESS_ENTER);
    child_type(child, "luis");
    child_press(child, PRESS_ENTER);
    change(child, "langue", "esp"); /* his own */
    expect_text(child, "Se cambió el idioma");
    child_press(child, CTRL('X'));
    expect_text(child, "Contraseña");
    end(child);

    child = start_in("", "C.UTF-8");
    expect_text(child, "Contraseña"); /* as it was spoken last */
    post_unlock(child);
    expect_row_has(child, 23, "n créer"); /* as she chose */
    end(child);

    child = start_in("en", "es_HN.UTF-8");
    expect_text(child, "Passphrase");
    post_unlock(child);
    expect_row_has(child, 23, "n new");
    end(child);

    child = start_in("", "C.UTF-8");
    expect_text(child, "Phrase de passe");
    post_unlock(child);
    expect_row_has(child, 23, "n créer");
    end(child);
}

/* Before anybody is known: for who then unlocks. */
static void chosen_while_locked(void **state)
{
    (void)state;
    struct child *child = start_in("", "C.UTF-8");
    change(child, "language", "fran");
    expect_text(child, "Phrase de passe");
    change(child, "langue", "engl");
    expect_text(child, "Passphrase");
    expect_text(child, "The language was changed: English.");
    post_unlock(child);
    expect_row_has(child, 23, "n new");
    end(child);
    child = start_in("", "fr_FR.UTF-8");
    post_unlock(child);
    expect_row_has(child, 23, "n new");
    end(child);
}

static int make(void **state)
{
    (void)state;
    post_make(&post);
    post_add_officer(&post, "Luis PAZ", "officer", "luis");
    return 0;
}

static int release(void **state)
{
    (void)state;
    post_release(&post);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(in_a_form_half_typed, make, release),
        cmocka_unit_test_setup_teardown(on_lists_and_texts, make, release),
        cmocka_unit_test_setup_teardown(not_over_a_question, make, release),
        cmocka_unit_test_setup_teardown(remembered, make, release),
        cmocka_unit_test_setup_teardown(chosen_while_locked, make, release),
    };
    return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
