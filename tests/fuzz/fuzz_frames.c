/* SPDX-License-Identifier: MIT */
/* Texts of QR codes, a line each: what they make has its name, and is made by its own codes too. */
#include <string.h>

#include "amparo/pouch/frames.h"
#include "fuzz.h"

static void codes_again(const struct buf *whole)
{
    struct qr_frames frames;
    struct qr_join join = QR_JOIN_INIT;
    const struct qr_gathered *of = NULL;

    if (!qr_frames(whole->data, whole->size, 4, QR_LEVEL_L, &frames, NULL))
        return;
    for (size_t i = frames.count; i-- > 0;) {
        enum qr_taken taken =
            qr_join_add(&join, frames.frames[i].text, strlen(frames.frames[i].text), &of, NULL);
        PROMISE(taken == (i ? QR_TAKEN : QR_WHOLE), "code %zu of %zu is not taken", i + 1,
                frames.count);
    }
    PROMISE(of->whole.size == whole->size && !memcmp(of->whole.data, whole->data, whole->size),
            "another pouch comes out");
    qr_join_release(&join);
    qr_frames_release(&frames);
}

static void check_gathered(const struct qr_gathered *of, enum qr_taken taken)
{
    struct buf missing = BUF_INIT;
    char name[POUCH_NAME_SIZE];

    qr_join_missing(of, &missing);
    PROMISE((of->have == of->count) == (missing.size == 0), "%u of %u, missing %s", of->have,
            of->count, buf_text(&missing));
    PROMISE(taken != QR_WHOLE || of->have == of->count, "whole with %u of %u", of->have, of->count);
    if (of->have == of->count) {
        pouch_name(buf_text(&of->whole), of->whole.size, name);
        PROMISE(strcmp(name, of->name) == 0, "%s instead of %s", name, of->name);
        if (taken == QR_WHOLE)
            codes_again(&of->whole);
    }
    buf_release(&missing);
}

static bool run(const uint8_t *bytes, size_t size)
{
    struct qr_join join = QR_JOIN_INIT;
    const char *at = (const char *)bytes, *end = at + size;
    bool whole = false;
    size_t length;

    for (const char *frame; (frame = qr_frame_in(at, (size_t)(end - at), &length));
         at = frame + length) {
        const struct qr_gathered *of = NULL;
        const char *fault = NULL;
        PROMISE(length && frame >= at && length <= (size_t)(end - frame), "a frame outside");
        enum qr_taken taken = qr_join_add(&join, frame, length, &of, &fault);
        PROMISE((taken == QR_FOREIGN || taken == QR_DAMAGED) == !!fault, "no reason, or one");
        PROMISE(!fault == !!of, "a pouch of a code that is damaged");
        if (of)
            check_gathered(of, taken);
        whole = whole || taken == QR_WHOLE;
    }
    qr_join_release(&join);
    return whole;
}

static const struct fuzz_seed seeds[] = {
    SEED("QR-Code:AMPARO1:/Z1N2U7*AW50G9EU6DN441/DJC53NN.\n"),
    SEED("AMPARO1:-UA9UDC*0PS07$C7WE4LED441EC*9D.8AZ0.\n"
         "AMPARO1:-UA9UDC*0M0.OEX3E944E44A$CK44D74$$E.\n"
         "AMPARO1:-UA9UDC*08H0LQEO/EVKE5UDUPC6VCX.3VBL.\n"
         "AMPARO1:-UA9UDC*0MB0S44 8DSUE3WE/PD.OE0SR YB.\n"
         "AMPARO1:-UA9UDC*0 50G9EU6D944O4434ENPC%LMV2H.\n"),
    SEED("AMPARO1:-UA9UDC*0PS07$C7WE4LED441EC*9D.8AZ0.\r\nAMPARO1:-UA9UDC*0PS07$C7WE4LED441EC*9D."
         "8AZ0.\r\n  amparo1Ñ'UA9UDC(0M0.OEX3E944E44A$CK44D74$$E.\r\n"),
    SEEDS_END,
};

static const char *const list[] = {"AMPARO1:", "AMPARO1Ñ", "amparo1:", "QR-Code:", ".", "\n",
                                   "-",        "'",        "¿",        " ",        NULL};

static const char *const *words(void)
{
    return list;
}

FUZZ_TARGET(frames, run) = {"frames", run, seeds, words, fuzz_mutate_bytes, 4000};
