/* SPDX-License-Identifier: MIT */
/* Text armour: whatever was found whole is found again in its own armour, and no other. */
#include <string.h>

#include "amparo/pouch/armour.h"
#include "fuzz.h"

struct seen {
    size_t whole, damaged;
};

struct again {
    struct buf bytes;
    size_t count;
};

static bool same(void *ctx, const struct pouch_found *found)
{
    struct again *again = ctx;
    const struct buf *bytes = &again->bytes;

    again->count++;
    PROMISE(found->bytes && found->size == bytes->size &&
                !memcmp(found->bytes, buf_text(bytes), bytes->size),
            "a pouch of %zu bytes is not in its armour", bytes->size);
    return true;
}

static void put_and_find(const struct pouch_found *found)
{
    struct buf text = BUF_INIT;
    struct again again = {BUF_INIT, 0};

    buf_add(&again.bytes, found->bytes, found->size);
    armour_put(&text, found->bytes, found->size);
    armour_find(buf_text(&text), text.size, same, &again);
    PROMISE(again.count == 1, "%zu pouches in an armour", again.count);
    buf_release(&again.bytes);
    buf_release(&text);
}

static bool visit(void *ctx, const struct pouch_found *found)
{
    struct seen *seen = ctx;

    PROMISE(found->form == POUCH_ARMOUR && !found->mailed, "another form");
    PROMISE(!found->bytes == (found->fault && *found->fault), "whole and damaged, or neither");
    PROMISE(!*found->name || strlen(found->name) == POUCH_NAME_SIZE - 1, "a name of %s",
            found->name);
    PROMISE(strspn(found->name, "0123456789abcdef") == strlen(found->name), "a name of %s",
            found->name);
    if (found->bytes)
        put_and_find(found);
    found->bytes ? seen->whole++ : seen->damaged++;
    return true;
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct seen seen = {0, 0};

    PROMISE(armour_find(bytes, size, visit, &seen), "it ended by itself");
    return seen.whole > 0;
}

static const struct fuzz_seed seeds[] = {
    SEED("[BEGIN-AMPARO-POUCH]\ncGNoASBhbnkgYnl0ZXMg__79\n[END-AMPARO-POUCH:21c537412def]\n"),
    SEED("> AB> [BEGIN-AMPARO-POUCH]=\r\n> AB> cGNoASBhbnkgYnl0ZXMg__79<br>\r\n"
         "> AB> =5BEND-AMPARO-POUCH:21c537412def]\n"),
    SEED("[BEGIN-AMPARO-POUCH]\ncGNoASBhbnkgYnl0ZXMg__79\n[END-AMPARO-POUCH:21c537412deb]\n"
         "[BEGIN-<b>AMPARO</b>-POUCH]&nbsp;cGNoASBhbnk&#103;Ynl0ZXMg__79\n"
         "[END-AMPARO-POUCH:21c537412def]\n"),
    SEED("- [BEGIN-AMPARO-POUCH]\n- [END-AMPARO-POUCH:0e5751c026e5]"),
    SEEDS_END,
};

static const char *const list[] = {"[BEGIN-AMPARO-POUCH]",
                                   "[END-AMPARO-POUCH:",
                                   "21c537412def]",
                                   "cGNoASBhbnkgYnl0ZXMg__79",
                                   "<br>",
                                   "<",
                                   "&nbsp;",
                                   "&#45;",
                                   "=\n",
                                   "=5B",
                                   "> ",
                                   "AB> ",
                                   "\n- ",
                                   "\xE2\x80\x93",
                                   "\xC2\xA0",
                                   NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(armour, run) = {"armour", run, seeds, words, fuzz_mutate_bytes, 6000};
