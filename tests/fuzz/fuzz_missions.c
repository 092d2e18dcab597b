/* SPDX-License-Identifier: MIT */
/* Lists of missions: our own form, which is written as it was read, and that of Wikidata. */
#include <string.h>

#include "amparo/store/missions.h"
#include "fuzz.h"

static const struct date today = {2026, 3, 14};

static void promise_same(struct missions *read)
{
    struct missions again = MISSIONS_INIT;
    struct error err = ERROR_INIT;
    struct buf out = BUF_INIT;

    missions_write_own(read, &out);
    PROMISE(missions_read_own(buf_text(&out), out.size, today, &again, &err),
            "written, and refused: %s", error_text(&err));
    missions_sort(read);
    missions_sort(&again);
    PROMISE(read->count == again.count, "%zu lines are written as %zu", read->count, again.count);
    for (size_t i = 0; i < read->count; i++)
        PROMISE(!mission_compare(&read->list[i], &again.list[i]), "line %zu is written otherwise",
                i + 1);
    missions_release(&again);
    buf_release(&out);
}

static bool run(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    struct missions missions = MISSIONS_INIT;
    struct passed_over passed = {0};
    struct error err = ERROR_INIT;
    bool own = missions_read_own(text, size, today, &missions, &err);

    if (own)
        promise_same(&missions);
    else
        fuzz_message(&err, NULL);
    PROMISE(own || !missions.count, "refused, and lines were taken");
    missions_release(&missions);
    error_clear(&err);
    bool other = missions_read_wikidata(text, size, today, &missions, &passed, &err);
    if (!other)
        fuzz_message(&err, NULL);
    PROMISE(other || !missions.count, "refused, and lines were taken");
    missions_release(&missions);
    passed_over_release(&passed);
    error_release(&err);
    return own || other;
}

static const struct fuzz_seed seeds[] = {
    SEED("state,country,city,kind,source,date\r\nMX,AE,Abu Dhabi,embassy,7.6,2026-02-01\r\n"
         "HN,NA,,honorary,seed,2022-11-16\r\n"),
    SEED("date,source,kind,city,country,state,able,seat,phone,email,website,reference\n"
         "2026-02-01,7.6,consulate,\"Roma, Lazio\",VA,MX,no,IT,+39 06,a@b.it,https://x,Q1\n"),
    SEED("operator;jurisdictions;country;city;phone;email;website;type;QID\n"
         "Mexico;Italy|Albania|Vatican City;Italy;Rome;+39;;;embassy;Q12\n"
         "Catalonia;France;France;Paris;;;;delegation;Q13\n"),
    SEEDS_END,
};

static const char *const list[] = {"state",
                                   "seat",
                                   "able",
                                   "yes",
                                   "no",
                                   "consulate_general",
                                   "non_resident",
                                   "7.6",
                                   "seed",
                                   "XK",
                                   ",",
                                   ";",
                                   "|",
                                   "\n",
                                   "2026-03-14",
                                   "2026-03-15",
                                   "Embassy of",
                                   "Vatican City",
                                   "Namibia",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(missions, run) = {"missions", run, seeds, words, fuzz_mutate_bytes, 3000};
