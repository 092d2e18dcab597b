/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=report: the report for a meeting (7.7) at which one case in a hundred is due,
 * from the open file to its text, and the statistics over all cases: with 100,000 cases; with
 * 10,000; and how much more a case takes in the larger file (growth: at most 1 where the time grows
 * no faster than the file).
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/paper/meeting.h"
#include "amparo/store/report.h"
#include "tests/bench/bigfile.h"
#include "tests/bench/figure.h"
#include "tests/bench/session.h"

enum { LARGE = 100000, SMALL = 10000 };

static void check(bool good, const struct error *err)
{
    if (!good)
        errx(1, "%s", error_text(err));
}

static size_t make_report(struct store *store)
{
    struct error err = ERROR_INIT;
    struct report report;
    struct paper paper;

    paper_init(&paper);
    check(store_report(store, BIGFILE_MEETING, &report, &err), &err);
    json_t *tree = store_report_tree(store, &report, 0, NULL);
    check(meeting_report(store, tree, "en", &paper, &err), &err);
    size_t told = json_array_size(json_object_get(tree, "cases"));
    json_decref(tree);
    report_release(&report);
    paper_release(&paper);
    return told;
}

static size_t make_statistics(struct store *store)
{
    struct error err = ERROR_INIT;
    struct paper paper;
    json_t *tree = store_statistics(store, NULL, NULL, &err);

    paper_init(&paper);
    check(tree && meeting_statistics(store, tree, "en", &paper, &err), &err);
    size_t cases = (size_t)json_integer_value(json_object_get(tree, "cases"));
    json_decref(tree);
    paper_release(&paper);
    return cases;
}

static struct store *open_file(const char *path)
{
    struct error err = ERROR_INIT;
    struct passphrase key = {BIGFILE_PASSPHRASE, strlen(BIGFILE_PASSPHRASE)};
    struct store *store;

    check(store_open(path, NULL, key, STORE_READ_ONLY, &store, &err), &err);
    return store;
}

/* The median time of a few rounds in ms, each on the file just opened, as a command has it: nothing
 * of it is in memory yet. `made` is what each has to have made. */
static double time_of(const char *path, size_t (*make)(struct store *), size_t made)
{
    struct measured m = {0};

    for (int i = 0; i < bench_rounds(5, 25); i++) {
        struct store *store = open_file(path);
        int64_t began = bench_clock();
        if (make(store) != made)
            errx(1, "it is not made of what the file holds");
        measured_add(&m, (double)(bench_clock() - began) / 1e6);
        store_close(store);
    }
    double median = measured_median(&m);
    measured_release(&m);
    return median;
}

static void measure(long cases, double *report, double *statistics)
{
    char *path = bigfile_with_meeting(session_folder(), cases);

    *report = time_of(path, make_report, (size_t)cases / BIGFILE_DUE);
    *statistics = time_of(path, make_statistics, (size_t)cases);
    free(path);
}

int main(void)
{
    double report[2], statistics[2];

    measure(SMALL, &report[0], &statistics[0]);
    measure(LARGE, &report[1], &statistics[1]);
    figure("report.meeting.100k", report[1], "ms");
    figure("report.meeting.10k", report[0], "ms");
    figure("report.meeting.growth", report[1] / report[0] * SMALL / LARGE, "x");
    figure("report.statistics.100k", statistics[1], "ms");
    figure("report.statistics.10k", statistics[0], "ms");
    figure("report.statistics.growth", statistics[1] / statistics[0] * SMALL / LARGE, "x");
    return 0;
}
