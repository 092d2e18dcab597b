/* SPDX-License-Identifier: MIT */
/*
 * The envelope of a pouch. An input that begins with "p" is a pouch as it is, which nobody can have
 * sealed to the reader. Any other is sealed: how many readers, then where a byte is changed (two
 * bytes) and by what, then the text. It opens to the text if nothing was changed, and else not.
 */
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/x25519.h"
#include "amparo/pouch/envelope.h"
#include "fuzz.h"

enum { READERS = 5, BEFORE = 4 };

static const uint8_t machine[ENVELOPE_SECRET] = {1}, drawn[ENVELOPE_RANDOM] = {2};
static const uint8_t secret[ENVELOPE_KEY] = {0, 3};

static bool open_it(const struct buf *pouch, struct buf *inner)
{
    struct error err = ERROR_INIT;
    enum envelope_fault fault = (enum envelope_fault)99;
    bool open = envelope_open(inner, buf_text(pouch), pouch->size, secret, 1, &fault, &err);

    if (open) {
        PROMISE(err.kind == ERROR_NONE, "open with an error");
    } else {
        PROMISE(fault <= ENVELOPE_DAMAGED, "refused without a reason");
        PROMISE(!inner->size, "refused with something read");
        fuzz_message(&err, NULL);
    }
    error_release(&err);
    return open;
}

static void seal_it(struct buf *pouch, size_t readers, const uint8_t *text, size_t size)
{
    uint8_t keys[READERS][ENVELOPE_KEY], other[ENVELOPE_KEY] = {0};

    for (size_t i = 0; i < readers; i++) {
        other[1] = (uint8_t)(i + secret[1]); /* the first is ours */
        PROMISE(x25519_public(other, keys[i]), "a key without a public one");
    }
    PROMISE(envelope_seal(pouch, keys[0], readers, text, size, machine, drawn, NULL),
            "%zu bytes cannot be sealed", size);
    PROMISE(pouch->size == 5 + 32 + 16 * readers + 32 + envelope_padded(size) + 16,
            "a pouch of %zu bytes", pouch->size);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct buf pouch = BUF_INIT, inner = BUF_INIT;
    bool open;

    if (size < BEFORE || *bytes == 'p') {
        buf_add(&pouch, bytes, size);
        open = open_it(&pouch, &inner);
        PROMISE(!open, "opened by nobody's leave");
    } else {
        const uint8_t *text = bytes + BEFORE;
        size -= BEFORE;
        seal_it(&pouch, 1 + bytes[0] % READERS, text, size);
        size_t at = ((size_t)bytes[1] << 8 | bytes[2]) % pouch.size;
        pouch.data[at] = (char)((uint8_t)pouch.data[at] ^ bytes[3]);
        open = open_it(&pouch, &inner);
        PROMISE(open == !bytes[3], "byte %zu changed by %d: %s", at, bytes[3],
                open ? "it opens" : "it does not open");
        PROMISE(!open || (inner.size == size && (!size || !memcmp(inner.data, text, size))),
                "it opens to another text");
    }
    buf_release(&pouch);
    buf_release(&inner);
    return open;
}

static const struct fuzz_seed seeds[] = {
    SEED("\x00\x00\x00\x00"),
    SEED("\x01\x00\x04\x00text"),
    SEED("\x04\x00\x30\x01 a text \x80"),
    SEED("\x02\x00\x00\x00\x80\x00\x00\x00"),
    SEED("pch\x01\x01"),
    SEEDS_END,
};

static const char *const list[] = {"\x80", "pch\x01", "\xff", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(envelope, run) = {"envelope", run, seeds, words, fuzz_mutate_bytes, 3000};
