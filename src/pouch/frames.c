/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/frames.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/base45.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "frame_text.h"

/* ---- apart ---- */

/* Bytes of a pouch that a code of so many letters holds; 0 where there is room for none. */
static size_t piece_of(size_t letters)
{
    if (letters < FRAME_AROUND)
        return 0;
    letters -= FRAME_AROUND;
    size_t bytes = letters / 3 * 2 + letters % 3 / 2;
    return bytes > FRAME_HEAD + FRAME_CHECK ? bytes - FRAME_HEAD - FRAME_CHECK : 0;
}

static char *frame_of(const struct frame *frame)
{
    struct buf bytes = BUF_INIT, text = BUF_INIT;
    uint8_t check[FRAME_CHECK];

    buf_add(&bytes, frame->prefix, POUCH_PREFIX);
    buf_addc(&bytes, (char)frame->number);
    buf_addc(&bytes, (char)frame->count);
    buf_add(&bytes, frame->piece, frame->size);
    frame_check(bytes.data, bytes.size, check);
    buf_add(&bytes, check, sizeof check);
    buf_adds(&text, FRAME_BEGINS);
    base45_put(&text, bytes.data, bytes.size);
    buf_adds(&text, FRAME_ENDS);
    buf_release(&bytes);
    return buf_detach(&text);
}

bool qr_frames(const void *bytes, size_t size, int max_version, enum qr_level level,
               struct qr_frames *out, struct error *err)
{
    size_t most = piece_of(qr_room(max_version, level));
    size_t count = most ? (size + most - 1) / most : 1;
    const uint8_t *at = bytes;
    uint8_t hash[POUCH_HASH];

    *out = (struct qr_frames){0};
    if (!size)
        BUG("an empty pouch");
    if (!most || count > FRAMES_MOST)
        return error_set(err, ERROR_INPUT,
                         _("the pouch is too long for QR codes: there would be more than %d; send "
                           "it another way"),
                         FRAMES_MOST);
    pouch_hash(bytes, size, hash);
    out->frames = xcalloc(count, sizeof *out->frames);
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        struct frame frame = {.number = (unsigned)i + 1, .count = (unsigned)count, .piece = at};
        memcpy(frame.prefix, hash, POUCH_PREFIX);
        frame.size = size / count + (i < size % count);
        at += frame.size;
        out->frames[i].text = frame_of(&frame);
        if (!qr_encode(&out->frames[i].code, out->frames[i].text, max_version, level))
            BUG("a piece of a pouch does not fit its code");
    }
    return true;
}

void qr_frames_release(struct qr_frames *frames)
{
    for (size_t i = 0; i < frames->count; i++) {
        free(frames->frames[i].text);
        qr_release(&frames->frames[i].code);
    }
    free(frames->frames);
    *frames = (struct qr_frames){0};
}

/* ---- together ---- */

enum { POUCHES_MOST = 64 };

void qr_join_init(struct qr_join *join)
{
    *join = (struct qr_join)QR_JOIN_INIT;
}

static void release_one(struct qr_gathered *of)
{
    for (unsigned i = 0; i < of->count; i++)
        buf_release(&of->pieces[i]);
    free(of->pieces);
    buf_release(&of->whole);
}

void qr_join_release(struct qr_join *join)
{
    for (size_t i = 0; i < join->count; i++)
        release_one(&join->pouches[i]);
    free(join->pouches);
    qr_join_init(join);
}

static void forget(struct qr_join *join, struct qr_gathered *of)
{
    release_one(of);
    join->count--;
    memmove(of, of + 1, (size_t)(join->pouches + join->count - of) * sizeof *of);
}

void qr_join_forget(struct qr_join *join, const char *name)
{
    char *wanted = xstrdup(name); /* it may be in one of them */

    for (size_t i = join->count; i-- > 0;)
        if (strcmp(join->pouches[i].name, wanted) == 0)
            forget(join, &join->pouches[i]);
    free(wanted);
}

/* The pouch of the frame, a new one where there is none; NULL where there are too many. */
static struct qr_gathered *gathered(struct qr_join *join, const struct frame *frame)
{
    char name[POUCH_NAME_SIZE];

    frame_name(frame, name);
    for (size_t i = 0; i < join->count; i++)
        if (join->pouches[i].count == frame->count && !strcmp(join->pouches[i].name, name))
            return &join->pouches[i];
    if (join->count == POUCHES_MOST)
        return NULL;
    join->pouches = xreallocarray(join->pouches, join->count + 1, sizeof *join->pouches);
    struct qr_gathered *of = &join->pouches[join->count++];
    *of = (struct qr_gathered){.count = frame->count, .whole = BUF_INIT};
    memcpy(of->name, name, sizeof name);
    of->pieces = xcalloc(of->count, sizeof *of->pieces);
    return of;
}

/* All are there: whether they make the pouch of that name. */
static bool put_together(struct qr_gathered *of)
{
    char name[POUCH_NAME_SIZE];

    for (unsigned i = 0; i < of->count; i++)
        buf_add(&of->whole, buf_text(&of->pieces[i]), of->pieces[i].size);
    pouch_name(buf_text(&of->whole), of->whole.size, name);
    return strcmp(name, of->name) == 0;
}

static enum qr_taken take(struct qr_join *join, const struct frame *frame, struct qr_gathered *of,
                          const char **fault)
{
    struct buf *piece = &of->pieces[frame->number - 1];

    if (of->have == of->count)
        return QR_AGAIN;
    if (piece->size) {
        if (piece->size == frame->size && !memcmp(piece->data, frame->piece, frame->size))
            return QR_AGAIN;
        of->have--; /* one of them is not of this pouch: the last word counts */
        buf_clear(piece);
    }
    buf_add(piece, frame->piece, frame->size);
    if (++of->have < of->count)
        return QR_TAKEN;
    if (put_together(of))
        return QR_WHOLE;
    *fault = _("these codes do not belong together; scan all of them again");
    forget(join, of);
    return QR_DAMAGED;
}

enum qr_taken qr_join_add(struct qr_join *join, const char *text, size_t size,
                          const struct qr_gathered **of, const char **fault)
{
    const struct qr_gathered *nowhere;
    const char *unsaid = NULL;
    struct buf bytes = BUF_INIT;
    struct frame frame;

    of = of ? of : &nowhere;
    fault = fault ? fault : &unsaid;
    *of = NULL;
    *fault = NULL;
    enum qr_taken taken = frame_read(text, size, &bytes, &frame, fault);
    if (taken == QR_TAKEN) {
        struct qr_gathered *found = gathered(join, &frame);
        taken = found ? take(join, &frame, found, fault) : QR_DAMAGED;
        *of = taken == QR_DAMAGED ? NULL : found;
        if (!found)
            *fault = _("codes of too many pouches; finish some first");
    }
    buf_release(&bytes);
    return taken;
}

void qr_join_missing(const struct qr_gathered *of, struct buf *out)
{
    const char *between = "";

    for (unsigned i = 0; i < of->count; i++) {
        unsigned first = i;
        if (of->pieces[i].size)
            continue;
        while (i + 1 < of->count && !of->pieces[i + 1].size)
            i++;
        buf_adds(out, between);
        if (i == first)
            buf_addf(out, "%u", i + 1);
        else
            buf_addf(out, i == first + 1 ? "%u, %u" : _("%u to %u"), first + 1, i + 1);
        between = ", ";
    }
}
