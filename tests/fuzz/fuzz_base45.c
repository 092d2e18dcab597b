/* SPDX-License-Identifier: MIT */
/* Base45: what is taken is written the same way again. */
#include <string.h>

#include "amparo/base/base45.h"
#include "fuzz.h"

static bool run(const uint8_t *bytes, size_t size)
{
    struct buf out = BUF_INIT, again = BUF_INIT;
    bool taken = base45_get(&out, (const char *)bytes, size);

    PROMISE(taken || !out.size, "something of what is refused");
    if (taken) {
        PROMISE(base45_length(out.size) == size, "%zu bytes of %zu letters", out.size, size);
        base45_put(&again, buf_text(&out), out.size);
        PROMISE(again.size == size && !memcmp(buf_text(&again), bytes, size),
                "it is written otherwise: %s", buf_text(&again));
    }
    buf_release(&out);
    buf_release(&again);
    return taken;
}

static const struct fuzz_seed seeds[] = {
    SEED("BB8"), SEED("%69 VD92EX0"), SEED("QED8WEX0"), SEED("FGW"), SEEDS_END,
};

static const char *const list[] = {"BB8", "FGW", "U5", ":::", "QED", "%69", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(base45, run) = {"base45", run, seeds, words, fuzz_mutate_bytes, 8000};
