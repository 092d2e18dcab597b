/* SPDX-License-Identifier: MIT */
/* Passport lines: the published specimen of ICAO 9303, and zones of made-up people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amparo/base/mrz.h"

#define SPECIMEN                                                                                   \
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                               \
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

#define TD1_CARD                                                                                   \
    "I<NICA1234567<6123<<<<<<<<<<<<\n"                                                             \
    "7901014M3001019NIC<<<<<<<<<<<2\n"                                                             \
    "SOLIS<VEGA<<PEDRO<<<<<<<<<<<<<"
#define TD1_LONG                                                                                   \
    "I<SLVD23145890<7349<<<<<<<<<<<\n"                                                             \
    "7901014M3001019SLV<<<<<<<<<<<4\n"                                                             \
    "PAZ<<<<<<<<<<<<<<<<<<<<<<<<<<<"
#define TD2                                                                                        \
    "P<PANQUINTERO<DE<LA<GUARDIA<<ROSA<MA\n"                                                       \
    "X7654321<5PAN85<<<<1<3106154<<<<<<<4"
#define BAD_DAY                                                                                    \
    "P<PANQUINTERO<<ROSA<<<<<<<<<<<<<<<<<\n"                                                       \
    "X7654321<5PAN8502315F3106154<<<<<<<2"

static struct mrz parse(const char *text)
{
    struct error err = ERROR_INIT;
    struct mrz mrz;

    if (!mrz_parse(text, 2026, &mrz, &err))
        fail_msg("refused: %s", error_text(&err));
    error_release(&err);
    return mrz;
}

/* Refused with exactly one line, which has `cause` in it. */
static void refused(const char *text, const char *cause)
{
    struct error err = ERROR_INIT;
    struct mrz mrz;

    assert_false(mrz_parse(text, 2026, &mrz, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    if (!strstr(error_text(&err), cause))
        fail_msg("'%s' is not in: %s", cause, error_text(&err));
    error_release(&err);
}

static void passport(void **state)
{
    (void)state;
    struct mrz mrz = parse(SPECIMEN);

    assert_int_equal(mrz.format, MRZ_TD3);
    assert_string_equal(mrz.type, "P");
    assert_string_equal(mrz.issuer, "UTO");
    assert_string_equal(mrz.nationality, "UTO");
    assert_string_equal(mrz.number, "L898902C3");
    assert_string_equal(mrz.birth, "1974-08-12");
    assert_string_equal(mrz.expiry, "2012-04-15");
    assert_string_equal(mrz.sex, "F");
    assert_string_equal(mrz.surnames, "ERIKSSON");
    assert_string_equal(mrz.given_names, "ANNA MARIA");
    assert_string_equal(mrz.optional, "ZE184226B");
    assert_false(mrz.truncated);
}

static void card_of_three_lines(void **state)
{
    (void)state;
    struct mrz mrz = parse(TD1_CARD);

    assert_int_equal(mrz.format, MRZ_TD1);
    assert_string_equal(mrz.number, "A1234567");
    assert_string_equal(mrz.optional, "123");
    assert_string_equal(mrz.surnames, "SOLIS VEGA");
    assert_string_equal(mrz.given_names, "PEDRO");
    assert_string_equal(mrz.expiry, "2030-01-01");
}

static void number_longer_than_nine(void **state)
{
    (void)state;
    struct mrz mrz = parse(TD1_LONG);

    assert_string_equal(mrz.number, "D23145890734");
    assert_string_equal(mrz.optional, "");
    assert_string_equal(mrz.surnames, "PAZ");
    assert_string_equal(mrz.given_names, "");
}

static void two_lines_of_36_with_a_partial_birth(void **state)
{
    (void)state;
    struct mrz mrz = parse(TD2);

    assert_int_equal(mrz.format, MRZ_TD2);
    assert_string_equal(mrz.birth, "1985-XX-XX");
    assert_string_equal(mrz.sex, "X");
    assert_true(mrz.truncated);
}

/* As a document reader sends it: no newlines; as a hand types it: small letters, blanks. */
static void run_together_and_small(void **state)
{
    (void)state;
    char flat[] = SPECIMEN, *newline = strchr(flat, '\n');

    memmove(newline, newline + 1, strlen(newline));
    for (char *p = flat; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    assert_string_equal(parse(flat).number, "L898902C3");
}

static void each_wrong_digit_is_named(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        const char *named;
    } digits[] = {
        {45 + 9, "document number"}, {45 + 19, "birth date"}, {45 + 27, "expiry date"},
        {45 + 42, "optional field"}, {45 + 43, "whole zone"},
    };

    for (size_t i = 0; i < sizeof(digits) / sizeof(*digits); i++) {
        char zone[] = SPECIMEN;
        zone[digits[i].at] = (char)('0' + (zone[digits[i].at] - '0' + 1) % 10);
        refused(zone, digits[i].named);
    }
}

/* No single wrong character in the second line may pass in silence. */
static void no_wrong_character_passes(void **state)
{
    (void)state;
    char zone[] = SPECIMEN;

    for (size_t i = 45; i < sizeof(zone) - 1; i++) {
        bool covered = !(i >= 45 + 10 && i < 45 + 13) && i != 45 + 20; /* nationality, sex */
        char was = zone[i];
        zone[i] = (char)(was == '8' ? '9' : '8');
        struct mrz mrz;
        if (covered)
            assert_false(mrz_parse(zone, 2026, &mrz, NULL));
        zone[i] = was;
    }
}

static void hostile(void **state)
{
    (void)state;
    char many[5000];

    memset(many, '<', sizeof(many) - 1);
    many[sizeof(many) - 1] = '\0';
    refused(many, "4999 characters");
    refused("", "0 characters");
    refused("P<UTO\xc3\x91", "no passport line has");
    /* a number goes on in the next field only where it fills its own */
    refused("I<UTOD231<<<<0<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
            "STEVENSON<<PETER<JOHN<<<<<<<<<",
            "document number");
    many[88] = '\0';
    refused(many, "no name");
    /* 31 February agrees with its digits but is no day. */
    refused(BAD_DAY, "birth date is not a date");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passport),
        cmocka_unit_test(card_of_three_lines),
        cmocka_unit_test(number_longer_than_nine),
        cmocka_unit_test(two_lines_of_36_with_a_partial_birth),
        cmocka_unit_test(run_together_and_small),
        cmocka_unit_test(each_wrong_digit_is_named),
        cmocka_unit_test(no_wrong_character_passes),
        cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
