/* SPDX-License-Identifier: MIT */
/* One target as a program of libFuzzer: make fuzz-NAME sets FUZZED to fuzz_NAME. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return FUZZED(bytes, size);
}
