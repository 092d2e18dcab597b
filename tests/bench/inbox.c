/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=inbox: what the first screen says of the inbox, in a file of 3,000 open cases of
 * another post, half of which are answered: when it is asked first after the file was opened;
 * again; and after one more has come. Beside it the whole inbox, as its screen reads it.
 */
#include <err.h>
#include <stdlib.h>

#include "amparo/store/correspondence.h"
#include "tests/bench/figure.h"
#include "tests/unit/hostile_kit.h"

enum { CASES = 3000 };

static const struct hostile poll = {.author = HN,
                                    .kind = ACT_POLL,
                                    .payload =
                                        "{'round': 1, 'to': ['CR'], 'reply_by': '2026-03-17'}",
                                    .to = {"CR", "HN"}};

static void check(bool good, const struct error *err)
{
    if (!good)
        errx(1, "%s", error_text(err));
}

static void take_poll(struct kit_net *net)
{
    struct error err = ERROR_INIT;
    struct act_bytes said;
    struct taken_in taken;

    hostile_say(net, &poll, &said);
    check(store_take_in(net->store[CR], &net->trust[CR], NULL, &said, 1, &taken, &err), &err);
    if (taken.opened != 1)
        errx(1, "a poll that opens no case");
    taken_in_release(&taken);
    act_bytes_release(&said);
}

/* So many a day as one author may open. */
static void fill(struct kit_net *net)
{
    struct date day = {2026, 3, 12};

    for (int i = 0; i < CASES; i++) {
        char text[DATE_SIZE], reference[32], now[INSTANT_SIZE];
        if (i % INCOMING_CASES_MOST == 0) {
            day = date_add_days(day, 1);
            snprintf(now, sizeof now, "%sT12:00:00-06:00", date_format(day, text));
            store_set_now(net->store[CR], now);
        }
        take_poll(net);
        snprintf(reference, sizeof reference, "CRAUH-2026-%04d", i + 1);
        if (i % 2)
            kit_record(net->store[CR], reference, ACT_REPLY, KIT_REPLY);
    }
}

static void counts(struct kit_net *net, const char *name, size_t asking)
{
    struct error err = ERROR_INIT;
    struct inbox_counts counts;
    int64_t began = bench_clock();

    check(store_inbox_counts(net->store[CR], &counts, &err), &err);
    figure(name, (double)(bench_clock() - began) / 1e6, "ms");
    if (counts.asking != asking || counts.unplaced || counts.odd)
        errx(1, "%zu ask, %zu are to be placed, %zu do not count", counts.asking, counts.unplaced,
             counts.odd);
}

static void list(struct kit_net *net)
{
    struct error err = ERROR_INIT;
    struct letters letters;
    int64_t began = bench_clock();

    check(store_inbox(net->store[CR], &letters, &err), &err);
    figure("inbox.list.3000", (double)(bench_clock() - began) / 1e6, "ms");
    letters_release(&letters);
}

int main(void)
{
    struct kit_net net;

    kit_begin(NULL);
    kit_net_begin(&net, 1 << HN | 1 << CR);
    kit_net_cards(&net);
    fill(&net);
    counts(&net, "inbox.counts.3000.first", CASES / 2);
    counts(&net, "inbox.counts.3000", CASES / 2);
    take_poll(&net);
    counts(&net, "inbox.counts.3000.one", CASES / 2 + 1);
    list(&net);
    kit_net_end(&net);
    return kit_end(NULL);
}
