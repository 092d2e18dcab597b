/* SPDX-License-Identifier: MIT */
/* Dossiers: what is taken is put together again to the same bytes and said in clean lines; nothing
 * unsigned is taken.
 */
#include <sodium.h>
#include <string.h>

#include "amparo/base/text.h"
#include "amparo/pouch/dossier_say.h"
#include "fuzz.h"

/* The key that the seeds were put together by: that of the tests' first post. */
static void key_of_seeds(uint8_t public[KEY], uint8_t secret[64])
{
    static const char text[] = "signing 1";
    uint8_t seed[crypto_sign_SEEDBYTES];

    PROMISE(sodium_init() >= 0, "libsodium does not begin");
    crypto_generichash(seed, sizeof seed, (const uint8_t *)text, strlen(text), NULL, 0);
    crypto_sign_seed_keypair(public, secret, seed);
}

static void put_again(const struct dossier *d, const uint8_t *bytes, size_t size)
{
    struct buf again = BUF_INIT;
    uint8_t public[KEY], secret[64];

    key_of_seeds(public, secret);
    if (memcmp(public, d->signer, KEY) == 0) {
        PROMISE(dossier_put(&again, d, secret, NULL), "it is not put together again");
        PROMISE(again.size == size && memcmp(again.data, bytes, size) == 0, "other bytes");
    }
    buf_release(&again);
}

/* Whatever somebody signed: it is said in lines that a terminal takes. */
static void say(const struct dossier *d)
{
    struct dossier_check check;
    struct error err = ERROR_INIT;
    struct buf said = BUF_INIT;

    bool good = dossier_check(d, &(struct dossier_reader){NULL}, &check, &err);
    PROMISE(good == (err.kind == ERROR_NONE), "believed with a cause, or not without one");
    dossier_say(&check, &said);
    for (const char *line = buf_text(&said); *line; line += strcspn(line, "\n") + 1) {
        size_t size = strcspn(line, "\n");
        struct buf shown = BUF_INIT;
        text_shown(&shown, line, size);
        PROMISE(shown.size == size && !memcmp(buf_text(&shown), line, size), "a line: %.*s",
                (int)size, line);
        PROMISE(text_cells_n(line, size) <= 80, "a line of %d", text_cells_n(line, size));
        buf_release(&shown);
    }
    json_t *json = dossier_json(&check, error_text(&err));
    PROMISE(json != NULL, "no JSON");
    json_decref(json);
    dossier_check_release(&check);
    buf_release(&said);
    error_release(&err);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct dossier d = DOSSIER_INIT;
    struct error err = ERROR_INIT;
    bool good = dossier_take(&d, bytes, size, &err);

    if (good) {
        PROMISE(d.count > 0 && err.kind == ERROR_NONE, "taken with an error, or empty");
        put_again(&d, bytes, size);
        say(&d);
    } else {
        PROMISE(err.kind == ERROR_VAULT && !d.dispatches && !d.directory, "refused otherwise");
        fuzz_message(&err, NULL);
    }
    dossier_release(&d);
    error_release(&err);
    return good;
}

static const struct fuzz_seed seeds[] = {
    SEED("dsr\001\250\001X \000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"
         "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\002H\021s\030\251b'dG\003"
         "H\007\007\007\007\007\007\007\007\004P\021s\030\251b'dG\377\365\001[\311@\0308\005X \312"
         "\370\270\134-\202\231\301\302\254\374\267Up\027\316\333,5\342\361\006:\345\321R\347:O"
         "\346\261;\006x\0312026-03-11T10:00:00+01:00\007\200\010\201\204X \312\370\270\134-\202"
         "\231\301\302\254\374\267Up\027\316\333,5\342\361\006:\345\321R\347:O\346\261;X \000\000"
         "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"
         "\000\000\000\000\000\000\000\000X@\335\204\026\022\301bl\207\042QG\334\026 \313\026$\207"
         "\312]'`\003\014\211\0260\241\251cw\042\354K\036\354\316\216\355\265\042\322p\376>\372"
         "mn;H\375Klm\305\264G\354\345O:\230\366\007\201\250\001\017\002H\007\007\007\007\007\007"
         "\007\007\003P\021s\030\251b'dG\377\365\001[\311@\0308\004\202bCRbts\005\001\006\202\032"
         "i\257\335\2209\001g\011H\0368\024\024\371\011\007\324\015\243\001\001\002\201bCR\003j"
         "2026-03-13\270P\200\255l0LE\205\352\242d\305|\302\330\310\345z\3139!\320\255\334\361Z"
         ":\212AP\372\312\2371\340CGqbv\255a+\255r\270\374\307\344\313F\001\363\2472\220K\077\352"
         "\224\263\332\013"),
    SEED("dsr\001\250\001X \000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"
         "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\002H\021s\030\251b'dG\003"
         "H\007\007\007\007\007\007\007\007\004P\021s\030\251b'dG\377\365\001[\311@\0308\005X \312"
         "\370\270\134-\202\231\301\302\254\374\267Up\027\316\333,5\342\361\006:\345\321R\347:O"
         "\346\261;\006x\0312026-03-11T10:00:00+01:00\007\200\010\201\204X \312\370\270\134-\202"
         "\231\301\302\254\374\267Up\027\316\333,5\342\361\006:\345\321R\347:O\346\261;X \000\000"
         "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"
         "\000\000\000\000\000\000\000\000X@\337\3200\355Z\320\335I\012\346\317\333,\303\203)\314"
         "\355\244\221[\337jj\325\277|Z\013II\250\200\311\272\232\301\245\313\330\026\337.\305F"
         "\036\207B\004\026\3549\227\011\272\000\3637\230\325\323\307\217\002\203\251\001\023\002"
         "H\007\007\007\007\007\007\007\007\003P\021s\030\251b'dG\377\365\001[\311@\0308\004\201"
         "bMX\005\001\006\202\032i\257\335\2209\001g\011H\240)\250\341\316\313\202[\014\202\001"
         "\002\015\243\001cREQ\002cout\007j2026-03-10\202X \367\274\356IL\244z\351\301\327\232\333"
         "\245=\213\3714\014f>\252\333\017\014VGgWS:\034\315\241\006aaX |U7(\332\207\233v\374\255"
         "`x\320\004\012\307|\274\2109e1f}\226\3026s\316\211%_ \365f$\255f\347\267\243\252\355\274"
         "\024\263>A\334_\231B\033$<\232\002\241\260\221J\365\355\0253w\244u\267\320\317fi\340$"
         " \342[\302@\015\024D_!\333\211\262\337\210l\352c_\012\014"),
    SEEDS_END,
};

/* Heads of CBOR that lie in it. */
static const char *const list[] = {"dsr\1",    "\x58\x20", "\x58\x40", "\x48",     "\x50",
                                   "\x78\x19", "\x84",     "\x82",     "\xa8\x01", "\x07\x80\x08",
                                   "\x08\x81", "\x08\x82", NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(dossier, run) = {"dossier", run, seeds, words, fuzz_mutate_bytes, 4000};
