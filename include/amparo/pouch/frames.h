/* SPDX-License-Identifier: MIT */
/*
 * A pouch as texts for QR codes, and put together again from what was scanned, in any order and any
 * number of times; several pouches at once. Layer: pouch; uses base.
 *
 *   AMPARO1: | Base45 (RFC 9285) of: name of the pouch (6 bytes, found.h) | which, from 1 (1) | of
 * how many (1) | that piece of the pouch | the first 4 bytes of BLAKE2b-256 of all this | .
 *
 * All in the alphanumeric letters of QR codes. The full stop at the end keeps a blank before it
 * from being lost. Pieces differ in length by a byte at most, the longer ones first. A scanner
 * types as a keyboard does, and mostly as one of the United States: what then arrives on a Spanish
 * or French Canadian one is understood.
 */
#ifndef AMPARO_POUCH_FRAMES_H
#define AMPARO_POUCH_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "amparo/base/buf.h"
#include "amparo/base/error.h"
#include "amparo/pouch/found.h"
#include "amparo/pouch/qr.h"

enum { FRAMES_MOST = 255 };

struct qr_frames {
    size_t count;
    struct qr_frame {
        char *text;
        struct qr_code code;
    } * frames;
};

/*
 * As few codes as do, each of at most that version. False (ERROR_INPUT) where there would be more
 * than FRAMES_MOST. The caller releases them; they are empty after a failure.
 */
bool qr_frames(const void *bytes, size_t size, int max_version, enum qr_level level,
               struct qr_frames *out, struct error *err);
void qr_frames_release(struct qr_frames *frames);

/* A pouch of which codes were scanned. One that lies there in two sizes of code is there twice. */
struct qr_gathered {
    char name[POUCH_NAME_SIZE];
    unsigned count, have; /* codes; have == count: it is whole */
    struct buf *pieces;   /* `count` of them; those that are missing are empty */
    struct buf whole;     /* the pouch, once it is */
};

struct qr_join {
    struct qr_gathered *pouches; /* in order of their first code */
    size_t count;
};

#define QR_JOIN_INIT                                                                               \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

void qr_join_init(struct qr_join *join);
void qr_join_release(struct qr_join *join);

enum qr_taken {
    QR_FOREIGN, /* no code of a pouch */
    QR_DAMAGED, /* of a pouch, but not as it was printed: scan it again */
    QR_TAKEN,   /* and more are missing */
    QR_AGAIN,   /* was scanned before */
    QR_WHOLE,   /* the last one: of->whole is the pouch */
};

/*
 * Takes what one code says: anything around it but letters (blanks, a name of the kind of code, the
 * Enter that a scanner types) does not matter. *of (may be NULL) is the pouch that it belongs to,
 * valid until the next call; NULL where that is not known. Of QR_DAMAGED and QR_FOREIGN, *fault
 * (may be NULL) says in the reader's language what to do.
 */
enum qr_taken qr_join_add(struct qr_join *join, const char *text, size_t size,
                          const struct qr_gathered **of, const char **fault);

/* Appends what is missing: "2, 5 to 7"; nothing where it is whole. */
void qr_join_missing(const struct qr_gathered *of, struct buf *out);

/* Forgets the pouch of that name. */
void qr_join_forget(struct qr_join *join, const char *name);

/*
 * Where a frame begins in a text, or NULL; *length is that of the frame, to the end of its line or
 * to the next one. For files with what a scanner typed.
 */
const char *qr_frame_in(const char *text, size_t size, size_t *length);

#endif
