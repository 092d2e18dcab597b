/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/cardcodes.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

static const char card_mark[] = "amparo-card:", root_mark[] = "amparo-root:";

/* An array of twelve, the first of which is 1: as the bytes of each card begin. */
static const uint8_t card_begins[] = {0x8C, 0x01};

enum { BYTES_MOST = 2000 };

static bool begins(const void *bytes, size_t size, const void *with, size_t length)
{
    return size > length && memcmp(bytes, with, length) == 0;
}

static bool decode(const char *line, struct buf *out)
{
    uint8_t bytes[BYTES_MOST];
    size_t size;
    const char *end;

    if (!begins(line, strlen(line), card_mark, sizeof card_mark - 1))
        return false;
    line += sizeof card_mark - 1;
    if (sodium_base642bin(bytes, sizeof bytes, line, strlen(line), NULL, &size, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        *end)
        return false;
    buf_add(out, bytes, size);
    return true;
}

bool card_codes(const char *line, int max_version, enum qr_level level, struct qr_frames *out,
                struct error *err)
{
    struct buf bytes = BUF_INIT;
    bool root = begins(line, strlen(line), root_mark, sizeof root_mark - 1);

    *out = (struct qr_frames){0};
    if (root)
        buf_adds(&bytes, line);
    bool ok = root || decode(line, &bytes) ||
              error_set(err, ERROR_INPUT, _("this is no key card, and none of a root"));
    ok = ok && qr_frames(bytes.data, bytes.size, max_version, level, out, err);
    buf_release(&bytes);
    return ok;
}

bool card_of_codes(const void *bytes, size_t size, struct buf *line)
{
    if (begins(bytes, size, root_mark, sizeof root_mark - 1) && !memchr(bytes, '\0', size)) {
        buf_add(line, bytes, size);
        return true;
    }
    if (size > BYTES_MOST || !begins(bytes, size, card_begins, sizeof card_begins))
        return false;
    size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = xmalloc(room);
    sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    buf_addf(line, "%s%s", card_mark, text);
    free(text);
    return true;
}

/* One code; the blank lines around it are for what stands there. */
static void draw_one(const struct qr_code *code, struct buf *out)
{
    const struct qr_drawing how = {.blocks = true, .margin = QR_MARGIN};
    int blank = QR_MARGIN / 2;

    for (int line = blank; line < qr_lines(code, &how) - blank; line++) {
        qr_draw_line(out, code, &how, line);
        buf_addc(out, '\n');
    }
}

void card_draw(const struct qr_frames *codes, struct buf *out)
{
    for (size_t i = 0; i < codes->count; i++) {
        if (i)
            buf_adds(out, "\n\n\n");
        draw_one(&codes->frames[i].code, out);
    }
}
