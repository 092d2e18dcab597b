/* SPDX-License-Identifier: MIT */
/* Dates, partial dates, instants, and what people type for a date. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/dateentry.h"
#include "amparo/base/instant.h"
#include "fuzz.h"

static const struct date today = {2026, 3, 14};

static bool read_date(const char *text)
{
    struct date date;
    char out[DATE_SIZE];

    if (!date_parse(text, &date))
        return false;
    PROMISE(date_is_valid(date), "no date: %s", text);
    PROMISE(!strcmp(date_format(date, out), text), "%s is written %s", text, out);
    PROMISE(!date_compare(date_from_number(date_number(date)), date), "%s: another day", text);
    return true;
}

static bool read_partial(const char *text)
{
    struct partial_date date;
    char out[PARTIAL_DATE_SIZE];

    if (!partial_date_parse(text, &date))
        return false;
    PROMISE(!strcmp(partial_date_format(date, out), text), "%s is written %s", text, out);
    if (!partial_date_is_unknown(date))
        PROMISE(date_compare(partial_date_oldest(date), partial_date_youngest(date)) <= 0,
                "%s: its readings are crossed", text);
    return true;
}

static bool read_instant(const char *text)
{
    struct instant at, again;
    char out[INSTANT_SIZE];

    if (!instant_parse(text, &at))
        return false;
    instant_format(at, out);
    PROMISE(instant_parse(out, &again), "%s is written %s, and that is refused", text, out);
    PROMISE(!instant_compare(at, again) && at.offset == again.offset, "%s is written %s", text,
            out);
    PROMISE(date_is_valid(instant_date(at)), "%s: no day", text);
    return true;
}

/* What was understood, said in the form of the file, is understood as the same. */
static bool read_entry(const char *text, bool partial)
{
    struct date_entry entry, again;
    struct error err = ERROR_INIT;
    struct buf words = BUF_INIT;
    char out[PARTIAL_DATE_SIZE];
    struct partial_date checked;
    bool taken = date_entry_parse(text, partial, today, &entry, &err);

    if (!taken) {
        fuzz_message(&err, NULL);
        error_release(&err);
        return false;
    }
    partial_date_format(entry.date, out);
    PROMISE(partial_date_parse(out, &checked), "%s is %s, and that is no date", text, out);
    PROMISE(partial || entry.date.day, "%s: not whole: %s", text, out);
    PROMISE(date_entry_parse(out, partial, today, &again, NULL), "%s is %s: refused", text, out);
    PROMISE(!memcmp(&again.date, &entry.date, sizeof again.date), "%s is %s, read otherwise", text,
            out);
    date_echo(&words, entry.date, english);
    PROMISE(words.size, "%s is said in no words", text);
    buf_release(&words);
    return true;
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    bool taken = read_date(text);

    taken |= read_partial(text);
    taken |= read_instant(text);
    taken |= read_entry(text, true);
    taken |= read_entry(text, false);
    free(text);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("2026-03-14"), SEED("2024-02-29"),
    SEED("2009-01-XX"), SEED("1984-XX-XX~"),
    SEED("XXXX-XX-XX"), SEED("2026-03-14T10:00:00Z"),
    SEED("T-3"),        SEED("2026-03-14T23:59:60.123456789+05:30"),
    SEED("T+2W"),       SEED("15 de marzo de 2026"),
    SEED("14/3/26"),    SEED("14mar2026"),
    SEED("150384"),     SEED("~1984"),
    SEED("35a"),        SEED("March 14, 2026"),
    SEED("3/1984"),     SEED("35 años"),
    SEED("20260314"),   SEEDS_END,
};

static const char *const list[] = {
    "-",   "/",  ".",  "T",  "Z",  "+",  "~",    "XX", "XXXX", "de",     "a",    "años", "mar",
    "feb", "29", "31", "02", "00", "99", "2100", "W",  "Y",    "+14:00", "août", "9999", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(date, run) = {"date", run, seeds, words, fuzz_mutate_bytes, 12000};
