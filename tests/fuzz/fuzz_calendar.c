/* SPDX-License-Identifier: MIT */
/* Weekends and holidays as people write them; and no calendar counts to a day off. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/calendar.h"
#include "fuzz.h"

static void promise_days(const struct calendar *calendar)
{
    const struct date from = {2026, 3, 13};

    for (long days = 0; days < 8; days++) {
        struct date day = calendar_add(calendar, from, days);
        PROMISE(calendar_works(calendar, day), "a day off is counted");
        PROMISE(date_days_between(from, day) >= days, "%ld days end too early", days);
    }
}

static bool read_weekend(const char *text)
{
    unsigned weekend = WHOLE_WEEK, again;
    char out[WEEKEND_SIZE];

    if (!weekend_parse(text, &weekend)) {
        PROMISE(weekend == WHOLE_WEEK, "refused, and a weekend is there");
        return false;
    }
    PROMISE(weekend < WHOLE_WEEK, "nobody works: %s", text);
    PROMISE(weekend_parse(weekend_format(weekend, out), &again) && again == weekend,
            "%s is written %s", text, out);
    promise_days(&(struct calendar){.weekend = weekend});
    return true;
}

static bool read_holiday(const char *text)
{
    struct holiday day, again;
    char out[HOLIDAY_SIZE];

    if (!holiday_parse(text, &day))
        return false;
    PROMISE(!strcmp(holiday_format(day, out), text), "%s is written %s", text, out);
    PROMISE(holiday_parse(out, &again) && !holiday_compare(&day, &again), "%s: another day", text);
    promise_days(&(struct calendar){.weekend = USUAL_WEEKEND, .sorted = &day, .count = 1});
    return true;
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    bool taken = read_weekend(text);

    taken |= read_holiday(text);
    free(text);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("5,6"),   SEED("fri,sat"),    SEED("mon,tue,wed,thu,fri,sat"),
    SEED("none"),  SEED("2026-03-16"), SEED("12-25"),
    SEED("02-29"), SEED("2024-02-29"), SEEDS_END,
};

static const char *const list[] = {",", "sat",   "sun",   "7",    "0", "8",
                                   "-", "02-29", "02-30", "9999", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(calendar, run) = {"calendar", run, seeds, words, fuzz_mutate_bytes, 8000};
