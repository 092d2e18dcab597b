/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/picture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <qrencode.h>

#include "amparo/base/mem.h"

/* A dot of a code: half a millimetre, so that a bad camera reads a bad print. */
#define DOT 1.5

struct picture {
    double width, height;
    QRcode *code;           /* either */
    cairo_surface_t *image; /* or; and its size on paper to its own: */
    double scale;
};

/* ---- codes ---- */

struct picture *picture_code(const char *says, struct error *err)
{
    QRcode *code = QRcode_encodeString8bit(says, 0, QR_ECLEVEL_M);

    if (!code) {
        error_set(err, ERROR_INPUT, "a QR code of %zu bytes: %s", strlen(says), strerror(errno));
        return NULL;
    }
    struct picture *picture = xcalloc(1, sizeof *picture);
    picture->code = code;
    picture->width = picture->height = code->width * DOT;
    return picture;
}

static bool is_dark(const QRcode *code, int x, int y)
{
    return code->data[y * code->width + x] & 1;
}

/* All dots are one outline, so that no seams are seen between them. */
static void draw_code(const QRcode *code, cairo_t *cairo, double left, double top)
{
    for (int y = 0; y < code->width; y++)
        for (int x = 0, begin; x < code->width; x++) {
            if (!is_dark(code, x, y))
                continue;
            for (begin = x; x + 1 < code->width && is_dark(code, x + 1, y);)
                x++;
            cairo_rectangle(cairo, left + begin * DOT, top + y * DOT, (x + 1 - begin) * DOT, DOT);
        }
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_fill(cairo);
}

/* ---- images ---- */

struct bytes {
    const unsigned char *at, *end;
};

static cairo_status_t take(void *from, unsigned char *to, unsigned size)
{
    struct bytes *bytes = from;

    if ((size_t)(bytes->end - bytes->at) < size)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, bytes->at, size);
    bytes->at += size;
    return CAIRO_STATUS_SUCCESS;
}

struct picture *picture_image(const void *png, size_t size, double width, double height,
                              struct error *err)
{
    struct bytes bytes = {png, (const unsigned char *)png + size};
    cairo_surface_t *image = cairo_image_surface_create_from_png_stream(take, &bytes);
    int columns = cairo_image_surface_get_width(image);
    int rows = cairo_image_surface_get_height(image);

    if (cairo_surface_status(image) || columns < 1 || rows < 1) {
        error_set(err, ERROR_INPUT, "the image is no PNG that can be read: %s",
                  cairo_status_to_string(cairo_surface_status(image)));
        cairo_surface_destroy(image);
        return NULL;
    }
    struct picture *picture = xcalloc(1, sizeof *picture);
    picture->image = image;
    picture->scale = width / columns < height / rows ? width / columns : height / rows;
    picture->width = columns * picture->scale;
    picture->height = rows * picture->scale;
    return picture;
}

static void draw_image(const struct picture *picture, cairo_t *cairo, double x, double y)
{
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, picture->scale, picture->scale);
    cairo_set_source_surface(cairo, picture->image, 0, 0);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

/* ---- both ---- */

void picture_free(struct picture *picture)
{
    if (!picture)
        return;
    if (picture->code)
        QRcode_free(picture->code);
    if (picture->image)
        cairo_surface_destroy(picture->image);
    free(picture);
}

double picture_width(const struct picture *picture)
{
    return picture->width;
}

double picture_height(const struct picture *picture)
{
    return picture->height;
}

void picture_draw(const struct picture *picture, cairo_t *cairo, double x, double y)
{
    if (picture->code)
        draw_code(picture->code, cairo, x, y);
    else
        draw_image(picture, cairo, x, y);
}
