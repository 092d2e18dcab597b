/* SPDX-License-Identifier: MIT */
#include "frame_text.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/base45.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

/* More than any code holds: what is longer need not be looked at. */
enum { LETTERS_MOST = 8192 };

void frame_check(const void *bytes, size_t size, uint8_t check[FRAME_CHECK])
{
    uint8_t hash[POUCH_HASH];

    pouch_hash(bytes, size, hash);
    memcpy(check, hash, FRAME_CHECK);
}

void frame_name(const struct frame *frame, char name[POUCH_NAME_SIZE])
{
    sodium_bin2hex(name, POUCH_NAME_SIZE, frame->prefix, POUCH_PREFIX);
}

/* ---- what a scanner types ---- */

/*
 * What comes of a key of the United States on another keyboard: Spanish, Latin American, French
 * Canadian. None of it is a letter of a frame, but "-": on a Spanish one it comes of "/", and ":"
 * becomes "Ñ", which the beginning of a frame tells.
 */
static const struct {
    const char *typed;
    char meant;
} typed[] = {
    {"Ñ", ':'}, {"ñ", ':'}, {"¿", '+'}, {"¡", '+'}, {"(", '*'}, {"'", '-'}, {"É", '/'}, {"é", '/'},
};

/* The letter that a scanner meant, and how many bytes of the text it takes. */
static char meant(const char *at, size_t size, size_t *length)
{
    *length = 1;
    for (size_t i = 0; i < ARRAY_SIZE(typed); i++) {
        size_t n = strlen(typed[i].typed);
        if (n <= size && memcmp(at, typed[i].typed, n) == 0) {
            *length = n;
            return typed[i].meant;
        }
    }
    return (char)toupper((unsigned char)*at);
}

/* Appends the letters behind the name of the frame, as they stood in the code; false: no ":". */
static bool as_meant(const char *at, size_t size, struct buf *out)
{
    size_t length;
    bool spanish = size && at[0] != ':';

    if (!size || meant(at, size, &length) != ':')
        return false;
    for (size_t i = length; i < size; i += length) {
        char c = meant(at + i, size - i, &length);
        buf_addc(out, spanish && at[i] == '-' ? '/' : c);
    }
    return true;
}

static bool is_name(const char *at, const char *end)
{
    size_t name = sizeof FRAME_NAME - 1;

    return (*at == 'A' || *at == 'a') && (size_t)(end - at) >= name &&
           strncasecmp(at, FRAME_NAME, name) == 0;
}

const char *qr_frame_in(const char *text, size_t size, size_t *length)
{
    const char *end = text + size, *at = text;

    while (at < end && !is_name(at, end))
        at++;
    if (at == end)
        return NULL;
    const char *stop = at + 1;
    while (stop < end && *stop && !strchr("\n\r\t", *stop) && !is_name(stop, end))
        stop++;
    while (stop[-1] == ' ')
        stop--;
    *length = (size_t)(stop - at);
    return at;
}

/* ---- reading ---- */

enum qr_taken frame_read(const char *text, size_t size, struct buf *bytes, struct frame *frame,
                         const char **fault)
{
    size_t length;
    const char *at = qr_frame_in(text, size, &length);
    struct buf letters = BUF_INIT;
    uint8_t check[FRAME_CHECK];

    if (!at || length > LETTERS_MOST) {
        *fault = _("this is no code of a pouch");
        return QR_FOREIGN;
    }
    size_t name = sizeof FRAME_NAME - 1;
    bool keyboard = as_meant(at + name, length - name, &letters);
    bool fine = keyboard && letters.size > 1 && letters.data[letters.size - 1] == *FRAME_ENDS &&
                base45_get(bytes, letters.data, letters.size - 1) &&
                bytes->size > FRAME_HEAD + FRAME_CHECK;
    buf_release(&letters);
    if (fine) {
        const uint8_t *b = (const uint8_t *)bytes->data;
        frame->size = bytes->size - FRAME_HEAD - FRAME_CHECK;
        frame_check(b, FRAME_HEAD + frame->size, check);
        memcpy(frame->prefix, b, POUCH_PREFIX);
        frame->number = b[POUCH_PREFIX];
        frame->count = b[POUCH_PREFIX + 1];
        frame->piece = b + FRAME_HEAD;
        fine = memcmp(check, frame->piece + frame->size, FRAME_CHECK) == 0 && frame->number &&
               frame->number <= frame->count;
    }
    if (fine)
        return QR_TAKEN;
    *fault = keyboard ? _("the code did not come through whole; scan it again")
                      : _("the scanner types for another keyboard: set it to the one that the "
                          "computer is set to, and scan the code again");
    return QR_DAMAGED;
}
