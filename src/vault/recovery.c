/* SPDX-License-Identifier: MIT */
#include "amparo/vault/recovery.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/vault/code.h"

enum { SHARE_TEXT = 80 };
enum { HALF = RECOVERY_SECRET / 2, HEAD = 2 + SHARE_FILE, CODED = HEAD + RECOVERY_SECRET };

/* Multiplies by w: (h, l) to (h + l, h). */
static void times_w(uint8_t v[RECOVERY_SECRET])
{
    for (int i = 0; i < HALF; i++) {
        uint8_t h = v[i];

        v[i] ^= v[HALF + i];
        v[HALF + i] = h;
    }
}

static void add(uint8_t v[RECOVERY_SECRET], const uint8_t w[RECOVERY_SECRET])
{
    for (int i = 0; i < RECOVERY_SECRET; i++)
        v[i] ^= w[i];
}

void recovery_split(const uint8_t secret[RECOVERY_SECRET], struct share shares[RECOVERY_SHARES])
{
    uint8_t a[RECOVERY_SECRET];

    randombytes_buf(a, sizeof(a));
    for (int i = 0; i < RECOVERY_SHARES; i++) {
        shares[i].number = (uint8_t)(i + 1);
        memcpy(shares[i].bytes, secret, RECOVERY_SECRET);
        add(shares[i].bytes, a);
        times_w(a);
    }
    sodium_memzero(a, sizeof(a));
}

bool recovery_join(const struct share *a, const struct share *b, uint8_t secret[RECOVERY_SECRET])
{
    uint8_t v[RECOVERY_SECRET];
    int apart = (b->number - a->number + RECOVERY_SHARES) % RECOVERY_SHARES;

    if (apart == 0)
        return false;
    /*
     * With w³ = 1: the difference of shares i and i + 1 is w^i (1 + w) a = w^(i+2) a, that of i and
     * i + 2 is w^i (1 + w²) a = w^(i+1) a. So once or twice more by w it is w^i a.
     */
    memcpy(v, a->bytes, sizeof(v));
    add(v, b->bytes);
    for (int n = 0; n < apart; n++)
        times_w(v);
    memcpy(secret, a->bytes, RECOVERY_SECRET);
    add(secret, v);
    sodium_memzero(v, sizeof(v));
    return true;
}

void share_print(const struct share *share, struct buf *out)
{
    uint8_t bytes[CODED] = {share->number, share->set};

    memcpy(bytes + 2, share->file, SHARE_FILE);
    memcpy(bytes + HEAD, share->bytes, RECOVERY_SECRET);
    code_print(bytes, sizeof(bytes), out);
    sodium_memzero(bytes, sizeof(bytes));
}

bool share_parse(const char *text, struct share *share, struct error *err)
{
    uint8_t bytes[CODED];
    int bad = code_parse(text, bytes, sizeof(bytes));

    if (bad == 0 && (bytes[0] < 1 || bytes[0] > RECOVERY_SHARES))
        bad = 1;
    share->number = bytes[0];
    share->set = bytes[1];
    memcpy(share->file, bytes + 2, SHARE_FILE);
    memcpy(share->bytes, bytes + HEAD, RECOVERY_SECRET);
    sodium_memzero(bytes, sizeof(bytes));
    if (bad == 0)
        return true;
    sodium_memzero(share, sizeof(*share));
    if (bad == CODE_TOO_LONG)
        return error_set(err, ERROR_VAULT,
                         _("the recovery share is too long: it has %u groups of %d characters"),
                         code_groups(CODED), CODE_GROUP);
    return error_set(err, ERROR_VAULT,
                     _("the recovery share is mistyped: look at group %d of %u again"), bad,
                     code_groups(CODED));
}

/* Takes the next share off the text, on however many lines; how many characters there were. */
static unsigned next_share(const char **text, char out[SHARE_TEXT])
{
    unsigned most = code_groups(CODED) * CODE_GROUP, n = 0;

    for (; **text && n < most; ++*text)
        if (!strchr(" -\t\r\n", **text))
            out[n++] = **text;
    out[n] = '\0';
    return n;
}

bool share_parse_two(const char *text, struct share shares[RECOVERY_NEEDED], struct error *err)
{
    char one[SHARE_TEXT];
    bool fine = true;

    for (int n = 0; fine && n < RECOVERY_NEEDED; n++) {
        if (next_share(&text, one) == 0)
            fine = error_set(err, ERROR_INPUT, _("two recovery shares are needed"));
        else if (!share_parse(one, &shares[n], err))
            fine = error_set(err, ERROR_VAULT, _("that was share %d of the two given"), n + 1);
    }
    sodium_memzero(one, sizeof(one));
    if (fine && shares[0].number == shares[1].number)
        fine =
            error_set(err, ERROR_INPUT, _("that is share %d twice; another one is needed with it"),
                      shares[0].number);
    return fine;
}
