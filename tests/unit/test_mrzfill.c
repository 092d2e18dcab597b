/* SPDX-License-Identifier: MIT */
/* What a passport line says beside its field, and which fields of the form it fills. */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/mrz.h"
#include "amparo/tui/mrzfill.h"

#define SPECIMEN                                                                                   \
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                               \
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

/* The specimen with another State, whose letters no digit covers. */
static char *of_state(const char *code)
{
    char *text = xstrdup(SPECIMEN);

    memcpy(text + 2, code, 3);
    memcpy(text + 45 + 10, code, 3);
    return text;
}

static void settles(const char *text, enum form_level level, const char *echo)
{
    struct buf said = BUF_INIT;

    assert_int_equal(mrz_settle(text, 2026, &said), level);
    if (!strstr(buf_text(&said), echo))
        fail_msg("\"%s\" is not in: %s", echo, buf_text(&said));
    buf_release(&said);
}

static void meanings(void **state)
{
    static const struct {
        const char *code;
        enum form_level level;
        const char *echo;
    } rows[] = {
        {"HND", FORM_FINE, "all digits agree"},
        {"D<<", FORM_FINE, "all digits agree"},
        {"XXA", FORM_FINE, "stateless person (XXA)"},
        {"XXB", FORM_FINE, "refugee (1951 Convention) (XXB)"},
        {"XXX", FORM_FINE, "nationality unspecified (XXX)"},
        {"GBO", FORM_FINE, "British overseas citizen (GBO)"},
        {"UTO", FORM_DOUBT, "a specimen, no document (UTO)"},
        {"QQQ", FORM_ERROR, "no State has the code QQQ"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        char *text = of_state(rows[i].code);
        settles(text, rows[i].level, rows[i].echo);
        free(text);
    }
}

/* Every field that fails is named, in one line. */
static void all_faults(void **state)
{
    char *text = of_state("HND");

    (void)state;
    text[45 + 9] = '9';  /* of the number */
    text[45 + 19] = '9'; /* of the birth date */
    settles(text, FORM_ERROR, "check digit of the document number does not agree");
    settles(text, FORM_ERROR, "; the check digit of the birth date does not agree");
    settles(text, FORM_ERROR, "; the check digit of the whole zone");
    free(text);
    /* a name that fills its field may go on in the document */
    settles("P<CANTREMBLAY<<MARIEEVEMARIEEVEMARIEEVEMARIE\n"
            "AB123456<4CAN8512246F3005017<<<<<<<<<<<<<<<0",
            FORM_DOUBT, "compare it with the visual zone");
}

/* ---- filling ---- */

static void ignore(void *ctx, const char *path, const char *text)
{
    (void)ctx;
    (void)path;
    (void)text;
}

static void expect(struct form *form, const char *path, const char *value)
{
    if (strcmp(form_value(form, path), value) != 0)
        fail_msg("%s: %s, not %s", path, form_value(form, path), value);
}

static void filling(void **state)
{
    static const struct form_hooks hooks = {NULL, NULL, NULL, NULL};
    char *stateless = of_state("XXA"), *order = of_state("XOM");
    struct form *person = form_new(&hooks, NULL), *document = form_new(&hooks, NULL);

    (void)state;
    /* the State that stood there as a guess gives way, also where there is none */
    form_put(person, "nationalities[0].state", "HN");
    form_put(person, "mrz", stateless);
    mrz_fill(person, true, 2026, ignore, NULL);
    expect(person, "nationalities[0].state", "");
    expect(person, "nationalities[0].proof", "");
    expect(person, "stateless_suspected", "yes");
    expect(person, "surname_1", "ERIKSSON");
    expect(person, "birth_date", "1974-08-12");
    expect(person, "document_number", "L898902C3");
    form_put(document, "mrz", order);
    mrz_fill(document, false, 2026, ignore, NULL);
    expect(document, "number", "L898902C3");
    expect(document, "issuer", "");
    expect(document, "authority", "Sovereign Military Order of Malta");
    expect(document, "valid_until", "2012-04-15");
    expect(document, "surname_1", "");
    form_free(person);
    form_free(document);
    free(stateless);
    free(order);
}

/* ---- lines from elsewhere, where they are at hand ---- */

/* Two lines each; a comment that begins with "negative" is before one to be refused. */
static void lines_from_elsewhere(void **state)
{
    const char *folder = getenv("AMPARO_DATA"), *source = getenv("AMPARO_SRC");
    char *path = folder
                     ? xasprintf("%s/mrz_test_vectors.txt", folder)
                     : xasprintf("%s/../shared/data/mrz_test_vectors.txt", source ? source : ".");
    FILE *in = fopen(path, "re");
    char line[200], first[200] = "";
    bool negative = false;

    (void)state;
    free(path);
    while (in && fgets(line, sizeof line, in)) {
        if (strncmp(line, "# negative", 10) == 0)
            negative = true;
        if (strchr("#\n", *line))
            continue;
        if (!*first) {
            memcpy(first, line, sizeof first);
            continue;
        }
        char *both = xasprintf("%s%s", first, line);
        struct error err = ERROR_INIT;
        struct mrz mrz;
        if (mrz_parse(both, 2026, &mrz, &err) == negative)
            fail_msg("%s: %s", both, error_text(&err));
        error_release(&err);
        free(both);
        *first = '\0';
    }
    if (in)
        fclose(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meanings),
        cmocka_unit_test(all_faults),
        cmocka_unit_test(filling),
        cmocka_unit_test(lines_from_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
