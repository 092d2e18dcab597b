/* SPDX-License-Identifier: MIT */
#include "amparo/paper/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/money.h"

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Where that sum stands; a new one stands before those of its currency that come later. */
static void add(struct ledger *l, const char *source, const char *currency, int64_t units)
{
    size_t at = 0;

    for (; at < l->count; at++)
        if (is_same(l->sums[at].source, source) && strcmp(l->sums[at].currency, currency) == 0) {
            l->sums[at].units += units;
            return;
        }
    for (size_t i = l->count; i > 0; i--)
        if (strcmp(l->sums[i - 1].currency, currency) == 0) {
            /* Before the sum of all, which is there already. */
            at = l->sums[i - 1].source ? i : i - 1;
            break;
        }
    l->sums = xreallocarray(l->sums, l->count + 1, sizeof *l->sums);
    memmove(l->sums + at + 1, l->sums + at, (l->count - at) * sizeof *l->sums);
    l->count++;
    l->sums[at] = (struct ledger_sum){.source = source, .units = units};
    strncpy(l->sums[at].currency, currency, sizeof l->sums[at].currency - 1);
}

void ledger_init(struct ledger *ledger, const struct case_file *c)
{
    memset(ledger, 0, sizeof *ledger);
    for (const struct entry *e = NULL; (e = case_next(c, e, ACT_COST));) {
        const char *currency = entry_text(e, "currency");
        int64_t units;
        if (!money_parse(entry_text(e, "amount"), currency, &units)) {
            ledger->unreadable++;
            continue;
        }
        add(ledger, NULL, currency, units);
        add(ledger, entry_text(e, "source"), currency, units);
    }
}

void ledger_release(struct ledger *ledger)
{
    free(ledger->sums);
    memset(ledger, 0, sizeof *ledger);
}

int64_t ledger_share(int64_t units, size_t persons, size_t n)
{
    int64_t count = (int64_t)persons;

    return count ? units / count + ((int64_t)n < units % count) : units;
}
