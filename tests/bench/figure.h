/* SPDX-License-Identifier: MIT */
/*
 * The figures that `make bench` prints, and how they are got from measurements. For benches only.
 */
#ifndef TESTS_BENCH_FIGURE_H
#define TESTS_BENCH_FIGURE_H

#include <stddef.h>
#include <stdint.h>

/* Prints one line: name, value, unit (B, ms or x). Whole numbers without a point. */
void figure(const char *name, double value, const char *unit);

/* The same; the name is made by a format. */
void figuref(double value, const char *unit, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Measurements of one thing; starts zeroed. */
struct measured {
    double *values;
    size_t count, room;
};

void measured_add(struct measured *m, double value);
void measured_release(struct measured *m);

/* The smallest value that at least that share (0 to 1) of all does not exceed; 0 of none. */
double measured_quantile(struct measured *m, double share);
double measured_median(struct measured *m);

/* Nanoseconds on the monotonic clock. */
int64_t bench_clock(void);

/* How many rounds: `few`, or `many` where BENCH_FULL is set (make bench-full). */
int bench_rounds(int few, int many);

#endif
