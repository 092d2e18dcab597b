/* SPDX-License-Identifier: MIT */
/*
 * E-mail: a message that carries a pouch as text, to be sent by any mail program; and the parts of
 * messages that such programs save. Nothing is sent or fetched here. Layer: pouch; uses base.
 */
#ifndef AMPARO_POUCH_MAIL_H
#define AMPARO_POUCH_MAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/base/i18n.h"
#include "amparo/base/instant.h"

/* ---- writing ---- */

struct mail {
    const char *from;       /* an address alone, user@domain; all in ASCII */
    const char *const *to;  /* as many as there are, at least one; ended by NULL */
    struct instant date;    /* of writing */
    const char *subject;    /* NULL: one that says nothing but what the pouch is called */
    const char *message_id; /* without < and >; NULL: made of the pouch's name and the date */
    translate_fn *tr;       /* the language of its reader */
    bool crlf;              /* lines end with CRLF, as in a file .eml; else LF, for sendmail -t */
};

/*
 * Appends a message (RFC 5322, MIME, nothing but ASCII): what to do with it in a few lines, and the
 * armour. False (ERROR_INPUT), with nothing appended, where an address is none, or where the
 * subject or the id would break the message.
 */
bool mail_put(struct buf *out, const struct mail *mail, const void *pouch, size_t size,
              struct error *err);

/* Whether the text can stand as from and to do. */
bool mail_address_ok(const char *address);

/* ---- reading ---- */

/* A part that has no parts, decoded: a text, an attachment; valid until the visitor returns. */
typedef bool mail_visit(void *ctx, const void *bytes, size_t size);

/* Whether it begins as a saved message does, or as several (an mbox). */
bool mail_looks_so(const void *bytes, size_t size);

/*
 * Visits all parts of a message, or of each message of an mbox: multipart in any kind and messages
 * within messages, quoted-printable and base64, all as tolerantly as they are met. Deeper than
 * MAIL_DEPTH a part is taken as it stands. Takes time proportional to the size. False where the
 * visitor ended it.
 */
enum { MAIL_DEPTH = 12 };
bool mail_parts(const void *bytes, size_t size, mail_visit *visit, void *ctx);

#endif
