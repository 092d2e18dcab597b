/* SPDX-License-Identifier: MIT */
/* Saved messages, apart into their parts. */
#include <ctype.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/pouch/mail.h"
#include "mail_head.h"
#include "transfer.h"

struct walk {
    mail_visit *visit;
    void *ctx;
};

static bool message(const struct walk *w, const char *text, size_t size, int depth);

static const char *line_after(const char *at, const char *end)
{
    const char *stop = memchr(at, '\n', (size_t)(end - at));

    return stop ? stop + 1 : end;
}

/* ---- multipart ---- */

enum delimiter { DELIMITER_NONE, DELIMITER_NEXT, DELIMITER_LAST };

static enum delimiter delimiter_of(const char *line, const char *end, const struct buf *boundary)
{
    size_t size = (size_t)(end - line);

    if (size < boundary->size + 2 || memcmp(line, "--", 2) != 0 ||
        memcmp(line + 2, boundary->data, boundary->size) != 0)
        return DELIMITER_NONE;
    line += boundary->size + 2;
    bool last = end - line >= 2 && line[0] == '-' && line[1] == '-';
    for (line += last ? 2 : 0; line < end; line++)
        if (!isspace((unsigned char)*line))
            return DELIMITER_NONE;
    return last ? DELIMITER_LAST : DELIMITER_NEXT;
}

/* The line end before a delimiter belongs to it. */
static const char *before_delimiter(const char *start, const char *line)
{
    if (line > start && line[-1] == '\n')
        line--;
    if (line > start && line[-1] == '\r')
        line--;
    return line;
}

/* False in *any where there is no delimiter at all. */
static bool each_part(const struct walk *w, const char *body, size_t size,
                      const struct buf *boundary, int depth, bool *any)
{
    const char *end = body + size, *part = NULL;
    enum delimiter found = DELIMITER_NONE;

    *any = false;
    for (const char *line = body, *next; line < end && found != DELIMITER_LAST; line = next) {
        next = line_after(line, end);
        found = delimiter_of(line, next, boundary);
        if (found == DELIMITER_NONE)
            continue;
        if (part && !message(w, part, (size_t)(before_delimiter(part, line) - part), depth))
            return false;
        *any = true;
        part = found == DELIMITER_NEXT ? next : NULL;
    }
    return !part || message(w, part, (size_t)(end - part), depth);
}

/* ---- one part ---- */

/* Decoded; a text that only claims to be base64 as it stands, too. */
static bool leaf(const struct walk *w, const struct mail_head *head, const char *body, size_t size,
                 int depth)
{
    struct buf decoded = BUF_INIT;
    bool base64 = mail_head_is(&head->encoding, "base64"), more = true;

    if (base64)
        transfer_unbase64(&decoded, body, size);
    else if (mail_head_is(&head->encoding, "quoted-printable"))
        transfer_unquote(&decoded, body, size);
    bool plain = !decoded.data;
    const char *bytes = plain ? body : decoded.data;
    size_t length = plain ? size : decoded.size;
    if (mail_head_is(&head->type, "message/rfc822") && depth < MAIL_DEPTH)
        more = message(w, bytes, length, depth + 1);
    else
        more = w->visit(w->ctx, bytes, length);
    if (more && base64 && memchr(body, '[', size))
        more = w->visit(w->ctx, body, size);
    buf_release(&decoded);
    return more;
}

/* A message, or a part of one: a head, and a body. */
static bool message(const struct walk *w, const char *text, size_t size, int depth)
{
    struct mail_head head;
    struct buf boundary = BUF_INIT;
    bool more = true, any = false;

    mail_head_read(&head, text, size);
    const char *body = text + head.size;
    size -= head.size;
    if (mail_head_is(&head.type, "multipart/") && depth < MAIL_DEPTH)
        mail_head_parameter(&head, "boundary", &boundary);
    if (boundary.size)
        more = each_part(w, body, size, &boundary, depth + 1, &any);
    if (more && !any)
        more = leaf(w, &head, body, size, depth);
    buf_release(&boundary);
    mail_head_release(&head);
    return more;
}

/* ---- files ---- */

/* "From someone Sat Nov 29 10:00:00 2026": what stands before each message of an mbox. */
static bool is_separator(const char *line, const char *end)
{
    bool time = false, year = false;

    if (end - line < 5 || memcmp(line, "From ", 5) != 0)
        return false;
    for (const char *at = line + 5; at < end; at++) {
        bool digits =
            isdigit((unsigned char)at[-1]) && end - at > 2 && isdigit((unsigned char)at[1]);
        time = time || (*at == ':' && digits);
        year = year || (end - at > 4 && at[-1] == ' ' && (*at == '1' || *at == '2') &&
                        isdigit((unsigned char)at[1]) && isdigit((unsigned char)at[2]) &&
                        isdigit((unsigned char)at[3]));
    }
    return time && year;
}

/* Past blank lines, a byte order mark, and the length that some programs put before a message. */
static const char *beginning(const char *at, const char *end)
{
    const char *line = at;

    if (end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        line = at += 3;
    while (line < end && (isspace((unsigned char)*line) || isdigit((unsigned char)*line))) {
        if (*line == '\n')
            at = line + 1;
        line++;
    }
    return at;
}

bool mail_looks_so(const void *bytes, size_t size)
{
    const char *end = (const char *)bytes + size, *at = beginning(bytes, end);
    struct mail_head head;

    if (is_separator(at, line_after(at, end)))
        return true;
    mail_head_read(&head, at, (size_t)(end - at));
    bool mail = head.mail;
    mail_head_release(&head);
    return mail;
}

bool mail_parts(const void *bytes, size_t size, mail_visit *visit, void *ctx)
{
    const struct walk w = {visit, ctx};
    const char *end = (const char *)bytes + size, *start = beginning(bytes, end);
    bool mbox = is_separator(start, line_after(start, end)), blank = true;

    if (!mbox)
        return message(&w, start, (size_t)(end - start), 0);
    for (const char *line = start, *next; line < end; line = next) {
        next = line_after(line, end);
        if (blank && is_separator(line, next)) {
            if (line > start && !message(&w, start, (size_t)(line - start), 0))
                return false;
            start = next;
        }
        blank = *line == '\n' || *line == '\r';
    }
    return message(&w, start, (size_t)(end - start), 0);
}
