/* SPDX-License-Identifier: MIT */
/*
 * How wide the columns of a table are: all rows are looked at. Each column has room for what it
 * must not break, dates and numbers among it; what is left goes to those that have more to say.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/pdf/slab.h"

#define GAP 11.0 /* between two columns */

enum { SHORT = 26 /* clusters: so long is no date */ };

struct column {
    double least, most; /* what it needs, what it would take */
    double width;
    bool amounts; /* it has sums and nothing else: their ends are lined up */
    bool any;
};

/* Of the same table, or of one of the same shape: those of a document have the same columns. */
static bool is_row(const struct slab *slab, const struct block *first)
{
    const struct block *b = slab->block;

    return b->kind == BLOCK_ROW && b->count == first->count && b->left == first->left &&
           b->width == first->width &&
           (b->table == first->table ||
            memcmp(b->cells, first->cells, first->count * sizeof *first->cells) == 0);
}

#define DIGITS "0123456789"
#define GROUPS "' \xc2\xa0\xe2\x80\xaf" /* what parts thousands: two kinds of blanks too */

/* "USD 1,250.00", "12", "1 250,00": digits with what stands among them, after a currency or
 * nothing; of what is behind the last point or comma, two or three. */
static bool is_amount(const char *says)
{
    size_t letters = strspn(says, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (letters == 3 && says[3] == ' ')
        says += 4;
    else if (letters)
        return false;
    if (!isdigit((unsigned char)*says) || says[strspn(says, DIGITS ".," GROUPS)])
        return false;
    const char *point = strrchr(says, '.'), *comma = strrchr(says, ',');
    const char *last = point && (!comma || comma < point) ? point : comma;
    return !last ||
           ((strlen(last) == 3 || strlen(last) == 4) && !last[1 + strspn(last + 1, DIGITS)]);
}

static bool has_digit(const char *says)
{
    return says[strcspn(says, "0123456789")] != '\0';
}

static void look_at(struct column *column, const struct slab *slab, int i, double most)
{
    const struct text *text = &slab->pieces[i].text;
    const char *says = slab->block->texts[i];
    double width = text_width(text), word = width;

    if (!*says)
        return;
    if (!(has_digit(says) && text_clusters(says) <= SHORT))
        word = width < most / 8 ? width : text_word_width(text);
    column->least = word > column->least ? word : column->least;
    column->most = width > column->most ? width : column->most;
    if (slab->block->head)
        return;
    column->amounts = is_amount(says) && (column->amounts || !column->any);
    column->any = true;
}

static double wants(const struct column *column)
{
    return column->most - column->least;
}

/*
 * Each gets its least, and of the rest what it wants, those first that want little: a column of
 * short texts is not broken for the sake of a long one.
 */
static void share_out(struct column *columns, size_t count, double room)
{
    double least = 0, rest;
    size_t left = count;
    bool served[PAPER_MOST_TEXTS] = {false};

    for (size_t i = 0; i < count; i++)
        least += columns[i].least;
    for (rest = fmax(0, room - least); left > 0; left--) {
        size_t next = count;
        for (size_t i = 0; i < count; i++)
            if (!served[i] && (next == count || wants(&columns[i]) < wants(&columns[next])))
                next = i;
        double given = fmin(wants(&columns[next]), rest / (double)left);
        columns[next].width =
            least > room ? columns[next].least * room / least : columns[next].least + given;
        served[next] = true;
        rest -= given;
    }
}

/* What is left over keeps the columns apart, but not so far that the eye loses the row. */
static double gap_of(const struct column *columns, size_t count, double room)
{
    double used = 0, most = 3 * GAP;

    for (size_t i = 0; i < count; i++)
        used += columns[i].width;
    double gap = count > 1 ? (room - used) / (double)(count - 1) : GAP;
    return gap < GAP ? GAP : gap > most ? most : gap;
}

static void place_row(struct slab *slab, const struct column *columns, double x, double gap)
{
    slab->strips = 1;
    for (int i = 0; i < slab->count; i++) {
        struct piece *piece = &slab->pieces[i];
        piece->x = x;
        piece->width = columns[i].width;
        piece->align = columns[i].amounts ? ALIGN_RIGHT : ALIGN_LEFT;
        text_wrap_to(&piece->text, piece->width);
        if (piece->text.lines > slab->strips)
            slab->strips = piece->text.lines;
        x += piece->width + gap;
    }
}

/* All rows of the tables of this one's shape, of which it is the first. */
static void place_table(struct slabs *slabs, size_t first)
{
    const struct block *block = slabs->list[first].block;
    const struct style *style = slabs->type->style;
    struct column columns[PAPER_MOST_TEXTS] = {0};
    double room = style_width(style, block->width) - GAP * (double)(block->count - 1);

    for (size_t at = first; at < slabs->count; at++)
        if (is_row(&slabs->list[at], block))
            for (int i = 0; i < (int)block->count; i++)
                look_at(&columns[i], &slabs->list[at], i, room);
    share_out(columns, block->count, room);
    double gap = gap_of(columns, block->count, room + GAP * (double)(block->count - 1));
    for (size_t at = first; at < slabs->count; at++)
        if (is_row(&slabs->list[at], block))
            place_row(&slabs->list[at], columns, style_x(style, block->left), gap);
}

void slabs_place_tables(struct slabs *slabs)
{
    for (size_t at = 0; at < slabs->count; at++)
        if (slabs->list[at].block->kind == BLOCK_ROW && !slabs->list[at].strips)
            place_table(slabs, at);
}
