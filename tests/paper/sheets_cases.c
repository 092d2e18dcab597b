/* SPDX-License-Identifier: MIT */
/* What a case is told by: its summaries for several readers, the poll sheet, the costs, receipts;
 * of a case as most are, and of one that is long, and of people whose names are hard on a page. */
#include "sheets.h"

#include <stdlib.h>

#include "amparo/base/mem.h"
#include "amparo/paper/summary.h"
#include "sheets_people.h"
#include "tests/unit/note_kit.h"

static const struct audience ourselves = {AUDIENCE_POST, NULL, NULL},
                             mexico = {AUDIENCE_STATE, "MX", NULL},
                             secretariat = {AUDIENCE_SECRETARIAT, NULL, NULL};

struct telling {
    struct paper_source source;
    const struct audience *audience;
};

static bool write_summary(void *ctx, const struct paper_language *language, struct paper *paper,
                          struct error *err)
{
    struct telling *t = ctx;

    (void)err;
    t->source.language = language;
    paper_summary(&t->source, t->audience, paper);
    return true;
}

static bool write_short(void *ctx, const struct paper_language *language, struct paper *paper,
                        struct error *err)
{
    struct telling *t = ctx;

    (void)err;
    t->source.language = language;
    paper_short_summary(&t->source, t->audience, paper);
    return true;
}

static bool write_poll_sheet(void *ctx, const struct paper_language *language, struct paper *paper,
                             struct error *err)
{
    struct telling *t = ctx;

    t->source.language = language;
    return paper_poll_sheet(&t->source, t->audience, paper, err);
}

static bool write_costs(void *ctx, const struct paper_language *language, struct paper *paper,
                        struct error *err)
{
    struct telling *t = ctx;

    (void)err;
    t->source.language = language;
    paper_costs(&t->source, t->audience, paper);
    return true;
}

static void put(const struct sheets *s, const struct sheet *sheet, const struct note_kit *kit,
                document_fn *write, const struct audience *audience)
{
    char now[INSTANT_SIZE];
    struct telling t = {.source = kit->source, .audience = audience};

    /* Who prints it, and when, as the foot of a copy says. */
    t.source.printed = store_now(s->store, now);
    t.source.officer = store_officer(s->store)->name;
    sheet_write(s, sheet, write, &t);
}

/* From the call to the meeting at which it was presented. */
static void put_ended(const struct sheets *s)
{
    static const struct note_sample closed = {.ended = true};
    static const struct {
        struct sheet sheet;
        document_fn *write;
        const struct audience *audience;
    } documents[] = {
        {{.name = "summary", .what = "summary"}, write_summary, &ourselves},
        {{.name = "summary-state", .what = "summary", .recipient = "MX"}, write_summary, &mexico},
        {{.name = "summary-secretariat", .what = "summary", .recipient = "secretariat"},
         write_summary,
         &secretariat},
        {{.name = "short", .what = "short"}, write_short, &ourselves},
        {{.name = "short-state", .what = "short", .recipient = "MX"}, write_short, &mexico},
        {{.name = "poll", .what = "poll"}, write_poll_sheet, &ourselves},
        {{.name = "costs", .what = "costs"}, write_costs, &ourselves},
    };
    struct note_kit kit;

    note_kit_begin(&kit, &closed, s->language);
    for (size_t i = 0; i < ARRAY_SIZE(documents); i++)
        put(s, &documents[i].sheet, &kit, documents[i].write, documents[i].audience);
    note_kit_end(&kit);
}

static void put_people(const struct sheets *s)
{
    struct note_kit kit;

    note_kit_begin(&kit, &(struct note_sample){0}, s->language);
    for (size_t i = 0; i < PEOPLE - 3; i++)
        people_add(&kit.c, i, 3 + (int)i);
    put(s, &(struct sheet){.name = "summary-people", .what = "summary"}, &kit, write_summary,
        &ourselves);
    put(s, &(struct sheet){.name = "short-people", .what = "short"}, &kit, write_short, &ourselves);
    note_kit_end(&kit);
}

/* More costs than a page holds, of several currencies, some of whose texts need several lines. */
static void put_many_costs(const struct sheets *s)
{
    static const char *const items[] = {
        "air ticket", "taxi", "medicine",
        "two nights in the guest house beside the shelter, for the mother and the child, because "
        "the shelter had no room",
        "certified translation"};
    static const char *const currencies[] = {"AED", "USD", "JOD", "XOF"};
    static const char *const amounts[] = {"1850.00", "7.25", "70.900", "125000"};
    struct note_kit kit;

    note_kit_begin(&kit, &(struct note_sample){0}, s->language);
    for (unsigned i = 0; i < 60; i++) {
        char *cost = xasprintf("{'on':'2026-03-%02u','amount':'%s','currency':'%s','source':'%s',"
                               "'item':'%s','persons':[%u]}",
                               1 + i % 20, amounts[i % 4], currencies[i % 4],
                               i % 3 ? "state_of_citizenship" : "iom", items[i % ARRAY_SIZE(items)],
                               1 + i % 2);
        kit_add(&kit.c, "cost", cost);
        free(cost);
    }
    put(s, &(struct sheet){.name = "costs-many", .what = "costs"}, &kit, write_costs, &ourselves);
    note_kit_end(&kit);
}

void sheets_of_cases(const struct sheets *s)
{
    put_ended(s);
    put_people(s);
    put_many_costs(s);
}
