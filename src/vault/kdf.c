/* SPDX-License-Identifier: MIT */
#include "amparo/vault/kdf.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "amparo/base/mem.h"

enum {
    TRIES = 3,
    HOPELESS_US = 1000000000,
    STEP_KIB = 16 << 10,
    PART_OF_MACHINE = 8, /* at most this part of its memory, */
    PART_OF_FREE = 2,    /* and of what is free now */
};

bool kdf_cost_sane(struct kdf_cost cost)
{
    return cost.passes >= 1 && cost.passes <= KDF_PASSES_MAX && cost.kib >= KDF_KIB_MIN &&
           cost.kib <= KDF_KIB_MAX;
}

bool kdf_cost_honest(struct kdf_cost cost)
{
    return cost.passes >= KDF_PASSES && cost.kib >= KDF_KIB;
}

bool kdf_derive(struct kdf_cost cost, const uint8_t salt[KDF_SALT], const void *passphrase,
                size_t length, uint8_t out[KDF_OUT])
{
    if (!kdf_cost_sane(cost))
        BUG("key derivation outside its bounds");
    return crypto_pwhash(out, KDF_OUT, passphrase, length, salt, cost.passes,
                         (size_t)cost.kib * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static uint64_t between(uint64_t least, uint64_t n, uint64_t most)
{
    return n < least ? least : n > most ? most : n;
}

/* The time goes with memory times passes. */
struct kdf_cost kdf_choose(int64_t least_us, uint64_t kib)
{
    uint64_t least = between(1, least_us > 0 ? (uint64_t)least_us : 0, HOPELESS_US);
    uint64_t target = KDF_TARGET_MS * 1000;
    uint64_t most = between(KDF_KIB, kib, KDF_KIB_MOST), memory, passes;

    memory = between(KDF_KIB, KDF_KIB * target / least / STEP_KIB * STEP_KIB, most);
    passes = KDF_PASSES * target * KDF_KIB / (least * memory);
    return (struct kdf_cost){(uint32_t)between(KDF_PASSES, passes, KDF_PASSES_MOST),
                             (uint32_t)memory};
}

static int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A number of KiB that follows a name in a file of the kernel; UINT64_MAX where there is none. */
static uint64_t kernel_kib(const char *path, const char *format)
{
    unsigned long long n = 0;
    char line[128];
    FILE *in = fopen(path, "re");
    bool found = false;

    while (in && !found && fgets(line, sizeof(line), in))
        found = sscanf(line, format, &n) == 1;
    if (in)
        fclose(in);
    return found ? n : UINT64_MAX;
}

/* How much may be taken here: the machine's memory, what is free of it, what its group may have. */
static uint64_t memory_kib(void)
{
    uint64_t all = kernel_kib("/proc/meminfo", "MemTotal: %llu kB"),
             available = kernel_kib("/proc/meminfo", "MemAvailable: %llu kB"),
             group = kernel_kib("/sys/fs/cgroup/memory.max", "%llu");

    if (group != UINT64_MAX && group / 1024 < all)
        all = group / 1024;
    if (all == UINT64_MAX)
        return KDF_KIB;
    all /= PART_OF_MACHINE;
    available /= PART_OF_FREE;
    return all < available ? all : available;
}

struct kdf_cost kdf_measure(void)
{
    static const uint8_t salt[KDF_SALT];
    int64_t best = INT64_MAX;
    uint8_t out[KDF_OUT];

    for (int i = 0; i < TRIES; i++) {
        int64_t began = now_us(), took;

        if (!kdf_derive(KDF_LEAST, salt, "amparo", 6, out))
            return KDF_LEAST;
        took = now_us() - began;
        best = took < best ? took : best;
    }
    return kdf_choose(best, memory_kib());
}
