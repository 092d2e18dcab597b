/* SPDX-License-Identifier: MIT */
/*
 * Loaded before libsodium into the program under `make bench BENCH=open`: writes into the file
 * named by AMPARO_KDF_LOG when each derivation of a key from a passphrase began and ended, in
 * nanoseconds on the monotonic clock.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/figure.h"

int crypto_pwhash(unsigned char *const out, unsigned long long size, const char *const passphrase,
                  unsigned long long length, const unsigned char *const salt,
                  unsigned long long passes, size_t memory, int algorithm)
{
    __typeof__(crypto_pwhash) *real =
        (__typeof__(crypto_pwhash) *)(uintptr_t)dlsym(RTLD_NEXT, "crypto_pwhash");
    int64_t began = bench_clock();
    int status = real(out, size, passphrase, length, salt, passes, memory, algorithm);
    int64_t ended = bench_clock();
    const char *path = getenv("AMPARO_KDF_LOG");
    FILE *log = path ? fopen(path, "ae") : NULL;

    if (log) {
        fprintf(log, "%" PRId64 " %" PRId64 "\n", began, ended);
        fclose(log);
    }
    return status;
}
