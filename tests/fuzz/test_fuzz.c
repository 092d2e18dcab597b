/* SPDX-License-Identifier: MIT */
/*
 * Drives every fuzz target with its seeds and with mutants of them. The numbers are always the
 * same, so what fails once fails again: test_fuzz TARGET drives one, test_fuzz TARGET FILE reads
 * one input. With AMPARO_LONG=1 a hundred times as many; with AMPARO_FUZZ_SECONDS=N as many as go
 * into that time.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "fuzz.h"

enum { KEPT = 64, LONGER = 100 };

static const struct fuzz_target *const targets[] = {
#define FUZZ(name) &fuzz_##name##_target,
#include "targets.def"
#undef FUZZ
};

/* What is being read: said when the program dies of it. */
static struct {
    const char *name;
    const uint8_t *bytes;
    size_t size;
} now;

static void say_what(void)
{
    fprintf(stderr, "# target %s, input of %zu bytes:\n#   ", now.name ? now.name : "?", now.size);
    for (size_t i = 0; i < now.size; i++)
        if (now.bytes[i] >= ' ' && now.bytes[i] < 0x7f && now.bytes[i] != '\\')
            fputc(now.bytes[i], stderr);
        else
            fprintf(stderr, "\\x%02x", now.bytes[i]);
    fputc('\n', stderr);
}

static void dying(int signal)
{
    say_what(); /* the program is lost anyway */
    raise(signal);
}

/* The sanitizers' own way out. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void watch(void)
{
    static const int signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    struct sigaction action = {.sa_handler = dying, .sa_flags = (int)SA_RESETHAND};

    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(say_what);
    for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
        sigaction(signals[i], &action, NULL);
}

static bool run(const struct fuzz_target *target, const struct buf *input)
{
    /* A copy of exactly its size, so that a read past its end is seen. */
    uint8_t *bytes = xmalloc(input->size ? input->size : 1);

    if (input->size)
        memcpy(bytes, input->data, input->size);
    now.name = target->name;
    now.bytes = bytes;
    now.size = input->size;
    bool taken = target->run(bytes, input->size);
    free(bytes);
    now.size = 0;
    return taken;
}

/* What mutants are made of: the seeds, and the last that were taken. */
struct pool {
    struct buf list[KEPT];
    size_t count, seeds, turn;
};

static void keep(struct pool *pool, const struct buf *input)
{
    size_t at = pool->count;

    if (pool->count == KEPT)
        at = pool->seeds + pool->turn++ % (KEPT - pool->seeds);
    else
        pool->count++;
    buf_clear(&pool->list[at]);
    buf_add(&pool->list[at], buf_text(input), input->size);
}

/* How long a target is driven: so many rounds, or until then. */
struct extent {
    unsigned times;  /* of its own number of rounds */
    long long until; /* 0: by rounds */
};

static long long seconds(void)
{
    struct timespec now_is;

    clock_gettime(CLOCK_MONOTONIC, &now_is);
    return now_is.tv_sec;
}

static bool goes_on(const struct fuzz_target *target, const struct extent *extent, unsigned long n)
{
    if (!extent->until)
        return n < (unsigned long)target->rounds * extent->times;
    return n % 64 != 0 || seconds() < extent->until;
}

static void drive(const struct fuzz_target *target, const struct extent *extent)
{
    struct fuzz_random random = {.state = 0};
    const char *const *words = target->words ? target->words() : NULL;
    struct pool pool = {.count = 0};
    unsigned long taken = 0, n;
    struct buf input = BUF_INIT;

    for (const char *p = target->name; *p; p++)
        random.state = random.state * 31 + (unsigned char)*p;
    for (const struct fuzz_seed *s = target->seeds; s->bytes; s++) {
        buf_clear(&input);
        buf_add(&input, s->bytes, s->size);
        taken += run(target, &input);
        if (pool.count < KEPT / 2)
            keep(&pool, &input);
    }
    pool.seeds = pool.count;
    for (n = 0; goes_on(target, extent, n); n++) {
        const struct buf *from = &pool.list[fuzz_below(&random, pool.count)];
        buf_clear(&input);
        buf_add(&input, buf_text(from), from->size);
        (target->mutate ? target->mutate : fuzz_mutate_bytes)(&random, words, &input);
        if (run(target, &input)) {
            taken++;
            keep(&pool, &input);
        }
    }
    /* A target that takes all, or nothing, tries nothing. */
    unsigned long all = n + pool.seeds;
    static int number;
    printf("%sok %d - %s: %lu inputs, %lu taken, the others refused\n",
           taken && taken < all ? "" : "not ", ++number, target->name, all, taken);
    fflush(stdout);
    for (size_t i = 0; i < KEPT; i++)
        buf_release(&pool.list[i]);
    buf_release(&input);
}

static int read_one(const struct fuzz_target *target, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf input = BUF_INIT;
    char some[4096];
    size_t n;

    if (!file) {
        perror(path);
        return 1;
    }
    while ((n = fread(some, 1, sizeof some, file)) > 0)
        buf_add(&input, some, n);
    fclose(file);
    puts(run(target, &input) ? "taken" : "refused");
    buf_release(&input);
    return 0;
}

int main(int argc, char **argv)
{
    const char *patience = getenv("AMPARO_LONG");
    bool patient = patience && *patience && strcmp(patience, "0") != 0;
    const char *time = getenv("AMPARO_FUZZ_SECONDS");
    size_t driven = 0;

    watch();
    for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
        if (argc > 1 && strcmp(argv[1], targets[i]->name) != 0)
            continue;
        if (argc > 2)
            return read_one(targets[i], argv[2]);
        drive(targets[i], &(struct extent){.times = patient ? LONGER : 1,
                                           .until = time ? seconds() + atoll(time) : 0});
        driven++;
    }
    printf("1..%zu\n", driven);
    return driven ? 0 : 2;
}
