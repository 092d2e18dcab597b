/* SPDX-License-Identifier: MIT */
#include "transfer.h"

#include <stdbool.h>
#include <string.h>

enum { COLUMNS = 76 };

/* ---- quoted-printable ---- */

/* A blank before the end of a line would be lost on the way. */
static bool is_plain(const char *at, const char *end)
{
    if (*at == ' ' || *at == '\t')
        return at + 1 < end && at[1] != '\n';
    return *at > ' ' && *at < 0x7f && *at != '=';
}

void transfer_quote(struct buf *out, const char *text, size_t size)
{
    const char *end = text + size;
    int column = 0;

    for (const char *at = text; at < end; at++) {
        if (*at == '\n') {
            buf_addc(out, '\n');
            column = 0;
            continue;
        }
        bool plain = is_plain(at, end), last = at + 1 == end || at[1] == '\n';
        int cells = plain ? 1 : 3;
        if (column + cells > COLUMNS - !last) {
            buf_adds(out, "=\n");
            column = 0;
        }
        column += cells;
        if (plain)
            buf_addc(out, *at);
        else
            buf_addf(out, "=%02X", (unsigned char)*at);
    }
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* One line without its end; whether the line goes on in the next one. */
static bool unquote_line(struct buf *out, const char *at, const char *end)
{
    while (end > at && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    bool soft = end > at && end[-1] == '=';
    for (end -= soft; at < end; at++) {
        int high = *at == '=' && end - at > 2 ? digit(at[1]) : -1,
            low = high < 0 ? -1 : digit(at[2]);
        if (low < 0) {
            buf_addc(out, *at);
            continue;
        }
        buf_addc(out, (char)(high << 4 | low));
        at += 2;
    }
    return soft;
}

void transfer_unquote(struct buf *out, const char *text, size_t size)
{
    const char *end = text + size;

    buf_reserve(out, size);
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        bool soft = unquote_line(out, text, stop ? stop : end);
        if (stop && !soft)
            buf_addc(out, '\n');
        text = stop ? stop + 1 : end;
    }
}

/* ---- base64 ---- */

static int sextet(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

void transfer_unbase64(struct buf *out, const char *text, size_t size)
{
    unsigned bits = 0, have = 0;

    buf_reserve(out, size / 4 * 3 + 3);
    for (const char *at = text, *end = text + size; at < end && *at != '='; at++) {
        int value = sextet(*at);
        if (value < 0)
            continue;
        bits = bits << 6 | (unsigned)value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_addc(out, (char)(bits >> have));
        }
    }
}
