/* SPDX-License-Identifier: MIT */
/* Recovery codes: shares as people write them; no mistyped character passes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/vault/code.h"
#include "amparo/vault/recovery.h"
#include "fuzz.h"

/* Each character replaced by the next one of the alphabet is found, in the group that is named. */
static void promise_typing_counts(const char *text)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *wrong = strdup(text);

    for (size_t i = 0; wrong[i]; i++) {
        const char *at = strchr(alphabet, wrong[i]);
        struct share share;
        if (!at)
            continue;
        wrong[i] = alphabet[((size_t)(at - alphabet) + 1) % (sizeof alphabet - 1)];
        struct error err = ERROR_INIT;
        PROMISE(!share_parse(wrong, &share, &err), "mistyped at %zu, and taken", i);
        error_release(&err);
        wrong[i] = *at;
    }
    free(wrong);
}

static bool run(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_string(bytes, size);
    struct error err = ERROR_INIT;
    struct share share, again, two[RECOVERY_NEEDED];
    struct buf out = BUF_INIT;
    bool taken = share_parse(text, &share, &err);

    if (taken) {
        share_print(&share, &out);
        PROMISE(share_parse(buf_text(&out), &again, NULL), "printed, and refused");
        PROMISE(!memcmp(&share, &again, sizeof share), "printed as another share");
        promise_typing_counts(buf_text(&out));
    } else {
        fuzz_message(&err, "the recovery share ");
    }
    error_clear(&err);
    bool both = share_parse_two(text, two, &err);
    if (!both)
        fuzz_message(&err, NULL);
    else
        PROMISE(two[0].number != two[1].number, "one share taken for two");
    buf_release(&out);
    error_release(&err);
    free(text);
    return taken || both;
}

/* Two shares of a made-up secret: made by share_print. */
#define SHARE_1                                                                                    \
    "040G5-20G33-0C51P-260ZZ-4RPKM-8ET2P-9585X-EQK5K-DHSQT-N0C8N-HYB9F-V95BN-PAWW6-1HYEM-TQE0Y"
#define SHARE_2                                                                                    \
    "080GA-20G33-0C8H2-YB9V2-95BPR-AWW19-HYET1-QEE7K-TQHZ8-3ZRD4-3CMK1-EHAKG-C5QQJ-V2WS7-MYTGR"
static const struct fuzz_seed seeds[] = {
    SEED(SHARE_1), SEED(SHARE_2), SEED(SHARE_1 "\n" SHARE_2), SEED(SHARE_1 " " SHARE_1), SEEDS_END,
};

static const char *const list[] = {"-", " ", "0", "O", "l", "U", "00000", SHARE_2, NULL};

static const char *const *words(void)
{
    return list;
}

/* Most mutants are only laid out otherwise, else none would be taken. */
static void mutate(struct fuzz_random *random, const char *const *words_, struct buf *input)
{
    if (!fuzz_below(random, 2)) {
        fuzz_mutate_bytes(random, words_, input);
        return;
    }
    for (size_t i = 0; i < input->size; i++) {
        char *c = &input->data[i];
        if (!fuzz_below(random, 4) && isupper((unsigned char)*c))
            *c = (char)tolower((unsigned char)*c);
        else if (*c == '-' && !fuzz_below(random, 3))
            *c = " \t\n"[fuzz_below(random, 3)];
        else if (*c == '0' && !fuzz_below(random, 3))
            *c = 'o';
    }
}

FUZZ_TARGET(code, run) = {"code", run, seeds, words, mutate, 2000};
