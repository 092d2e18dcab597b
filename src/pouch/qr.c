/* SPDX-License-Identifier: MIT */
#include "amparo/pouch/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"

/* As many letters as any code holds; more need not be tried. */
enum { LETTERS_MOST = 4296 };

/* The library makes a code larger than it was asked for where it must; NULL: not of such letters.
 */
static QRcode *encode(const char *text, size_t size, int version, enum qr_level level)
{
    QRinput *input = QRinput_new2(version, (QRecLevel)level);
    QRcode *code = NULL;

    if (!input)
        BUG("no memory, or no such version of a QR code");
    if (QRinput_append(input, QR_MODE_AN, (int)size, (const unsigned char *)text) == 0)
        code = QRcode_encodeInput(input);
    QRinput_free(input);
    return code;
}

bool qr_encode(struct qr_code *code, const char *text, int max_version, enum qr_level level)
{
    size_t size = strlen(text);
    QRcode *made = size && size <= LETTERS_MOST ? encode(text, size, 1, level) : NULL;
    bool fine = made && made->version <= max_version;

    *code = (struct qr_code){0};
    if (fine) {
        size_t modules = (size_t)made->width * (size_t)made->width;
        *code = (struct qr_code){made->version, made->width, xmalloc(modules)};
        for (size_t i = 0; i < modules; i++)
            code->dark[i] = made->data[i] & 1;
    }
    QRcode_free(made);
    return fine;
}

void qr_release(struct qr_code *code)
{
    free(code->dark);
    *code = (struct qr_code){0};
}

static bool holds(int version, enum qr_level level, size_t letters)
{
    char text[LETTERS_MOST];

    memset(text, 'A', letters);
    QRcode *code = encode(text, letters, version, level);
    bool fits = code && code->version == version;
    QRcode_free(code);
    return fits;
}

size_t qr_room(int version, enum qr_level level)
{
    size_t least = 1, most = LETTERS_MOST;

    while (least < most) {
        size_t middle = (least + most + 1) / 2;
        if (holds(version, level, middle))
            least = middle;
        else
            most = middle - 1;
    }
    return least;
}

bool qr_dark(const struct qr_code *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->width && y < code->width &&
           code->dark[y * code->width + x];
}

/* ---- as text ---- */

static int side(const struct qr_code *code, const struct qr_drawing *how)
{
    return code->width + 2 * how->margin;
}

int qr_columns(const struct qr_code *code, const struct qr_drawing *how)
{
    return side(code, how) * (how->blocks ? 1 : 2);
}

int qr_lines(const struct qr_code *code, const struct qr_drawing *how)
{
    return how->blocks ? (side(code, how) + 1) / 2 : side(code, how);
}

void qr_draw_line(struct buf *out, const struct qr_code *code, const struct qr_drawing *how,
                  int line)
{
    static const char *const block[] = {" ", "▀", "▄", "█"}, *const plain[] = {"  ", "##"};
    int row = line * (how->blocks ? 2 : 1) - how->margin;
    bool below = row + 1 < code->width + how->margin; /* the last line may be half a one */

    for (int x = -how->margin; x < code->width + how->margin; x++) {
        bool upper = qr_dark(code, x, row) != how->inverse;
        bool lower = below && qr_dark(code, x, row + 1) != how->inverse;
        buf_adds(out, how->blocks ? block[upper + 2 * lower] : plain[upper]);
    }
}
