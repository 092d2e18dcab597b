/* SPDX-License-Identifier: MIT */
/*
 * No sequence of acts leads where the agreement does not allow: explored on the real fold and
 * gates. And that this can fail: without each of some rows of the gate table, a way there is found,
 * and is printed. With AMPARO_LONG=1 to a length of 12 acts and more.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "rows.h"

static int number, failed;

static void tell(bool ok, const char *what)
{
    printf("%sok %d - %s\n", ok ? "" : "not ", ++number, what);
    failed += !ok;
    fflush(stdout);
}

static void whole(const struct play *play, const char *name, int length)
{
    struct exploration found;
    char what[200];

    explore(play, length, NULL, &found);
    if (found.objection) {
        printf("# %s:\n", found.objection);
        sequence_print(play, &found.sequence);
    }
    snprintf(what, sizeof what,
             "%s: %zu states, %zu transitions (%zu refused), all sequences of up to %d "
             "acts%s",
             name, found.states, found.transitions, found.refused, found.length,
             found.closed ? ", and of any length" : "");
    tell(!found.objection, what);
}

/* After whole(), whose stories it holds against. */
static void walks(const struct play *play, size_t ways, int length)
{
    struct sequence way;
    size_t steps;
    char what[200];
    bool fine = explore_walk(ways, length, &steps, &way);

    if (!fine) {
        printf("# judged otherwise than where the story was met first, the last act:\n");
        sequence_print(play, &way);
    }
    snprintf(what, sizeof what, "merging is sound on %zu ways that merge nothing, %zu acts asked",
             ways, steps);
    tell(fine, what);
}

/* In one play or the other. */
static void without(const char *row, int length)
{
    struct exploration found = {.objection = NULL};
    const struct play *play = plays;
    char what[200];

    explore(play, length, row, &found);
    if (!found.objection)
        explore(++play, length, row, &found);
    snprintf(what, sizeof what, "without %s: %s", row,
             found.objection ? found.objection : "nothing is found");
    tell(found.objection != NULL, what);
    if (found.objection)
        sequence_print(play, &found.sequence);
}

int main(void)
{
    const char *patience = getenv("AMPARO_LONG");
    bool patient = patience && *patience && strcmp(patience, "0") != 0;
    static const char *const names[PLAYS] = {
        [REQUESTING] = "the requesting post", [ASSISTING] = "the assisting post"};
    static const int lengths[PLAYS][2] = {[REQUESTING] = {7, 12}, [ASSISTING] = {5, LENGTH_MOST}};

    for (size_t i = 0; i < PLAYS; i++) {
        whole(&plays[i], names[i], lengths[i][patient]);
        walks(&plays[i], patient ? 400 : 10, lengths[i][patient]);
    }
    for (size_t i = 0; rows_that_can_go[i]; i++)
        without(rows_that_can_go[i], 7);
    printf("1..%d\n", number);
    return failed != 0;
}
