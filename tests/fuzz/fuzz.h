/* SPDX-License-Identifier: MIT */
/*
 * Fuzz targets: one function for each parser, which reads whatever bytes it is given and holds what
 * the parser says of them against what it promises. A broken promise aborts.
 *
 * A target is a file fuzz_NAME.c that defines fuzz_NAME and fuzz_NAME_target, its line in
 * targets.def and its file in local.mk. test_fuzz drives all of them with their seeds and with
 * mutants of these, always the same ones; `make fuzz-NAME` makes one a program of libFuzzer.
 */
#ifndef AMPARO_TESTS_FUZZ_H
#define AMPARO_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"

struct fuzz_seed {
    const char *bytes;
    size_t size;
};
/* A seed of a string literal, which may hold NUL bytes. */
#define SEED(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
#define SEEDS_END                                                                                  \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

struct fuzz_random {
    uint64_t state;
};

struct fuzz_target {
    const char *name;
    /* Whether the parser took it: the driver goes on from what was taken. */
    bool (*run)(const uint8_t *bytes, size_t size);
    const struct fuzz_seed *seeds;     /* ended by SEEDS_END */
    const char *const *(*words)(void); /* what mutants get; ended by NULL; may be NULL */
    void (*mutate)(struct fuzz_random *random, const char *const *words, struct buf *input);
    unsigned rounds; /* in a short run */
};

/* ---- what a target uses ---- */

/* The bytes as a C string, up to the first NUL; freed by the caller. */
char *fuzz_string(const uint8_t *bytes, size_t size);

/* A promise that must hold, in words; else the program ends, naming it. */
#define PROMISE(holds, ...)                                                                        \
    do {                                                                                           \
        if (!(holds))                                                                              \
            fuzz_broken(__FILE__, __LINE__, __VA_ARGS__);                                          \
    } while (0)
_Noreturn void fuzz_broken(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * A refusal is a message: kind set, at least one line, none blank, UTF-8 that can be shown, and
 * each line begins as the place is named there (`place` as strncmp; NULL: any).
 */
void fuzz_message(const struct error *err, const char *place);

/* ---- mutating ---- */

/* Below `end`, which is not 0. */
uint64_t fuzz_below(struct fuzz_random *random, uint64_t end);

/* A few bytes changed, moved, doubled, taken out, or a word put in. */
void fuzz_mutate_bytes(struct fuzz_random *random, const char *const *words, struct buf *input);

/* The same of the values of a JSON document, which begins at the first brace; it stays JSON. */
void fuzz_mutate_json(struct fuzz_random *random, const char *const *words, struct buf *input);

/* All keys and codes of the field tables, for targets that read payloads. */
const char *const *fuzz_field_words(void);

/* ---- the targets ---- */
#define FUZZ(name)                                                                                 \
    int fuzz_##name(const uint8_t *bytes, size_t size); /* libFuzzer's form: always 0 */           \
    extern const struct fuzz_target fuzz_##name##_target;
#include "targets.def"
#undef FUZZ

#define FUZZ_TARGET(name_, run_)                                                                   \
    int fuzz_##name_(const uint8_t *bytes, size_t size)                                            \
    {                                                                                              \
        run_(bytes, size);                                                                         \
        return 0;                                                                                  \
    }                                                                                              \
    const struct fuzz_target fuzz_##name_##_target

#endif
