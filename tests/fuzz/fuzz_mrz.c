/* SPDX-License-Identifier: MIT */
/* Passport lines: what is taken is whole, and no wrong digit is. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mrz.h"
#include "fuzz.h"

enum { YEAR = 2026, SHORTEST = 72 };

static bool is_of(const char *text, const char *allowed)
{
    for (; *text; text++)
        if (!isupper((unsigned char)*text) && !isdigit((unsigned char)*text) &&
            !strchr(allowed, *text))
            return false;
    return true;
}

static void promise_fields(const struct mrz *mrz)
{
    struct partial_date date;

    PROMISE(*mrz->surnames, "taken without a name");
    PROMISE(is_of(mrz->surnames, " ") && is_of(mrz->given_names, " "), "names: %s, %s",
            mrz->surnames, mrz->given_names);
    PROMISE(is_of(mrz->number, " ") && is_of(mrz->optional, " "), "number: %s", mrz->number);
    PROMISE(strlen(mrz->issuer) <= 3 && strlen(mrz->nationality) <= 3, "States too long");
    PROMISE(partial_date_parse(mrz->birth, &date) && date.year <= YEAR, "birth: %s", mrz->birth);
    PROMISE(partial_date_parse(mrz->expiry, &date), "expiry: %s", mrz->expiry);
    PROMISE(strchr("FMX", *mrz->sex) && !mrz->sex[1], "sex: %s", mrz->sex);
}

/* Laid out otherwise it is the same zone. */
static void promise_same_joined(const char *text, const struct mrz *mrz)
{
    char joined[128];
    struct mrz again;
    size_t size = 0;

    for (; *text && size < sizeof joined - 1; text++)
        if (!isspace((unsigned char)*text))
            joined[size++] = (char)tolower((unsigned char)*text);
    joined[size] = '\0';
    PROMISE(mrz_parse(joined, YEAR, &again, NULL), "refused when run together: %s", joined);
    PROMISE(!memcmp(&again, mrz, sizeof again), "another one when run together: %s", joined);
}

/* One digit of the number, the dates or a check digit read wrong: each weighs 7, 3 or 1. */
static void promise_digits_count(const char *text, const struct mrz *mrz)
{
    char wrong[256];
    size_t at = 0, seen = 0;
    static const struct {
        size_t from, to;
    } checked[] = {[MRZ_TD1] = {5, 15}, [MRZ_TD2] = {36, 46}, [MRZ_TD3] = {44, 54}};

    if (strlen(text) >= sizeof wrong)
        return;
    for (; text[at]; at++) {
        if (isspace((unsigned char)text[at]))
            continue;
        seen++;
        if (seen - 1 < checked[mrz->format].from || seen - 1 >= checked[mrz->format].to ||
            !isdigit((unsigned char)text[at]))
            continue;
        memcpy(wrong, text, strlen(text) + 1);
        wrong[at] = (char)('0' + (text[at] - '0' + 1) % 10);
        struct error err = ERROR_INIT;
        struct mrz out;
        PROMISE(!mrz_parse(wrong, YEAR, &out, &err), "a wrong digit is taken: %s", wrong);
        PROMISE(strstr(error_text(&err), "document number"), "the field is not named: %s",
                error_text(&err));
        error_release(&err);
    }
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    struct error err = ERROR_INIT;
    struct mrz mrz = {0};
    bool taken = mrz_parse(text, YEAR, &mrz, &err);

    if (taken) {
        promise_fields(&mrz);
        promise_same_joined(text, &mrz);
        promise_digits_count(text, &mrz);
    } else {
        fuzz_message(&err, "passport line: ");
        PROMISE(!*mrz.surnames && !*mrz.number, "refused, and half filled in");
    }
    error_release(&err);
    free(text);
    return taken;
}

/* Of ICAO 9303, and one with a long number, one with an unknown day. */
static const struct fuzz_seed seeds[] = {
    SEED("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<"
         "10"),
    SEED("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<"
         "<<<<<"),
    SEED("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"),
    SEED("I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<"
         "<<<<<"),
    SEEDS_END,
};

static const char *const list[] = {"<",   "<<", "<<<<", "UTO", "HND", "D<<",
                                   "XXA", "0",  "7",    "F",   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(mrz, run) = {"mrz", run, seeds, words, fuzz_mutate_bytes, 6000};
