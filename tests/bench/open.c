/* SPDX-License-Identifier: MIT */
/*
 * make bench BENCH=open: from the command to the first screen of work with 100,000 cases, less the
 * key derivation and the typing of the passphrase.
 */
#include <err.h>
#include <sodium.h>
#include <string.h>

#include "tests/bench/bigfile.h"
#include "tests/bench/figure.h"
#include "tests/bench/session.h"

/* One derivation as the case file's slots have it (Argon2id, 64 MiB, two passes). */
static double derivation(void)
{
    unsigned char key[32], salt[crypto_pwhash_SALTBYTES] = {0};
    int64_t began = bench_clock();

    if (crypto_pwhash(key, sizeof key, BIGFILE_PASSPHRASE, strlen(BIGFILE_PASSPHRASE), salt, 2,
                      (size_t)64 << 20, crypto_pwhash_ALG_ARGON2ID13) != 0)
        errx(1, "no memory for the key derivation");
    return (double)(bench_clock() - began) / 1e6;
}

static double opening(void)
{
    int64_t began = bench_clock();
    struct child *child = session_start(NULL, &profile_plain, session_big_file());
    double start = (double)(child_last_output(child) - began) / 1e6;

    child_type(child, BIGFILE_PASSPHRASE);
    child_press(child, PRESS_ENTER);
    double unlock = (double)(child_last_output(child) - child_last_input(child)) / 1e6;
    child_free(child);
    return start + unlock;
}

int main(void)
{
    struct measured openings = {0}, derivations = {0};

    if (sodium_init() < 0)
        errx(1, "libsodium does not start");
    session_big_file();
    for (int i = 0; i < bench_rounds(5, 15); i++) {
        measured_add(&openings, opening());
        measured_add(&derivations, derivation());
    }
    figure("open.without_kdf", measured_median(&openings) - measured_median(&derivations), "ms");
    measured_release(&openings);
    measured_release(&derivations);
    return 0;
}
