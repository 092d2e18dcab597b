/* SPDX-License-Identifier: MIT */
#include "tests/bench/figure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "amparo/base/mem.h"

void figuref(double value, const char *unit, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    if (value == floor(value))
        printf(" %.0f %s\n", value, unit);
    else
        printf(" %.2f %s\n", value, unit);
    fflush(stdout);
}

void figure(const char *name, double value, const char *unit)
{
    figuref(value, unit, "%s", name);
}

void measured_add(struct measured *m, double value)
{
    if (m->count == m->room) {
        m->room = m->room ? 2 * m->room : 64;
        m->values = xreallocarray(m->values, m->room, sizeof *m->values);
    }
    m->values[m->count++] = value;
}

void measured_release(struct measured *m)
{
    free(m->values);
    *m = (struct measured){0};
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double measured_quantile(struct measured *m, double share)
{
    if (m->count == 0)
        return 0;
    qsort(m->values, m->count, sizeof *m->values, by_value);
    size_t rank = (size_t)ceil(share * (double)m->count);
    return m->values[rank ? rank - 1 : 0];
}

double measured_median(struct measured *m)
{
    return measured_quantile(m, 0.5);
}

int64_t bench_clock(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int bench_rounds(int few, int many)
{
    return getenv("BENCH_FULL") ? many : few;
}
