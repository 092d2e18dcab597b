/* SPDX-License-Identifier: MIT */
#include "amparo/base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "amparo/base/mem.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"
#define ZWNJ 0x200C
#define ZWJ 0x200D

/* One code point at `at`; -1 for a byte that is none. Returns its bytes, 0 at the end. */
static size_t decode(const char *text, size_t at, utf8proc_int32_t *point)
{
    unsigned char first = (unsigned char)text[at];
    size_t room = 1;

    if (first < 0x80) {
        *point = first;
        return first != '\0';
    }
    while (room < 4 && ((unsigned char)text[at + room] & 0xC0) == 0x80)
        room++;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)room, point);
    if (size > 0)
        return (size_t)size;
    *point = -1;
    return 1;
}

bool text_valid(const char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                                 (utf8proc_ssize_t)(size - at), &point);
        if (step <= 0 || point == 0)
            return false;
        at += (size_t)step;
    }
    return true;
}

/* Appends the text mapped by utf8proc; leaves no copy of it in freed memory. */
static bool map(struct buf *out, const char *bytes, size_t size, utf8proc_option_t options)
{
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)bytes;
    utf8proc_ssize_t points = utf8proc_decompose(from, (utf8proc_ssize_t)size, NULL, 0, options);

    if (points < 0)
        return false;
    /* One more: utf8proc_reencode writes UTF-8 and a final NUL into the same memory. */
    size_t room = (size_t)points + 1;
    utf8proc_int32_t *work = xcalloc(room, sizeof *work);
    utf8proc_decompose(from, (utf8proc_ssize_t)size, work, points, options);
    utf8proc_ssize_t mapped = utf8proc_reencode(work, points, options);
    if (mapped > 0)
        buf_add(out, work, (size_t)mapped);
    explicit_bzero(work, room * sizeof *work);
    free(work);
    return mapped >= 0;
}

/* Draws nothing: spaces of any script, controls, and what is ignorable by default. */
static bool is_invisible(utf8proc_int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
        return true;
    default:
        return utf8proc_get_property(point)->ignorable;
    }
}

bool text_is_blank(const char *text)
{
    utf8proc_int32_t point;

    while (text && *text) {
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);
        if (size < 1 || !is_invisible(point))
            return false;
        text += size;
    }
    return true;
}

bool text_normalize(struct buf *out, const char *bytes, size_t size)
{
    return text_valid(bytes, size) && map(out, bytes, size, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

size_t text_next(const char *text, size_t at)
{
    utf8proc_int32_t before;
    utf8proc_int32_t point;
    utf8proc_int32_t state = 0;
    size_t step = decode(text, at, &before);

    at += step;
    if (!step || before < 0)
        return at;
    while ((step = decode(text, at, &point)) && point >= 0) {
        /* Most text is plain ASCII, where nothing joins what stands before it. */
        if ((before < 0x80 && point < 0x80) ||
            utf8proc_grapheme_break_stateful(before, point, &state))
            break;
        before = point;
        at += step;
    }
    return at;
}

size_t text_prev(const char *text, size_t at)
{
    size_t prev = 0;

    for (size_t next = text_next(text, 0); next < at; next = text_next(text, next))
        prev = next;
    return prev;
}

bool text_in_word(const char *text, size_t at)
{
    utf8proc_int32_t point;

    if (!decode(text, at, &point) || point < 0)
        return false;
    utf8proc_category_t category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

size_t text_next_word(const char *text, size_t at)
{
    while (text[at] && !text_in_word(text, at))
        at = text_next(text, at);
    while (text[at] && text_in_word(text, at))
        at = text_next(text, at);
    return at;
}

size_t text_prev_word(const char *text, size_t at)
{
    while (at > 0 && !text_in_word(text, text_prev(text, at)))
        at = text_prev(text, at);
    while (at > 0 && text_in_word(text, text_prev(text, at)))
        at = text_prev(text, at);
    return at;
}

static bool is_joiner(utf8proc_int32_t point)
{
    return point == ZWJ || point == ZWNJ;
}

/* Whether a code point may reach a terminal as it is. */
static bool showable(utf8proc_int32_t point)
{
    if (point < 0x80)
        return point >= 0x20 && point != 0x7F;
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return is_joiner(point);
    default:
        return true;
    }
}

/* A Korean vowel or final, part of the syllable before it. */
static bool is_jamo_tail(utf8proc_int32_t point)
{
    return (point >= 0x1160 && point <= 0x11FF) || (point >= 0xD7B0 && point <= 0xD7FB);
}

/* Cells as the C library's wcwidth() and with it ncurses count them, in any locale. */
static int point_cells(utf8proc_int32_t point)
{
    if (point < 0x300)
        return 1;
    if (is_jamo_tail(point))
        return 0;
    if (!showable(point) || utf8proc_category(point) == UTF8PROC_CATEGORY_MC)
        return 1;
    return utf8proc_charwidth(point);
}

static bool is_emoji(utf8proc_int32_t point)
{
    return utf8proc_get_property(point)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin(utf8proc_int32_t point)
{
    return point >= 0x1F3FB && point <= 0x1F3FF;
}

/*
 * Shows one cluster, of bytes [at, end), in *out where it is not NULL, and returns its cells. A
 * cluster without a base of its own gets a blank, so that nothing on the screen is changed by it.
 */
static int show_cluster(struct buf *out, const char *text, size_t at, size_t end)
{
    int cells = 0;
    bool emoji = false, lost = true; /* no letter stands before, to which a tail belongs */
    bool joins = false;              /* one does, of a script whose letters join */

    for (size_t step; at < end; at += step) {
        utf8proc_int32_t point;
        const char *bytes = text + at;
        step = decode(text, at, &point);
        size_t size = step;
        int wide = point < 0 ? 1 : point_cells(point);
        if (emoji && (point == ZWJ || is_skin(point)))
            break;
        if (point == '\t' || point == '\n') {
            bytes = " ";
            size = 1;
        } else if (point < 0 || !showable(point) || (lost && is_jamo_tail(point)) ||
                   (is_joiner(point) && !joins)) {
            bytes = REPLACEMENT;
            size = strlen(REPLACEMENT);
            wide = 1;
        } else {
            if (cells == 0 && wide == 0 && out)
                buf_addc(out, ' ');
            cells += cells == 0 && wide == 0;
            lost = false;
        }
        emoji = emoji || (point >= 0 && is_emoji(point));
        joins = joins || (point >= 0 && utf8proc_category(point) == UTF8PROC_CATEGORY_LO);
        if (out)
            buf_add(out, bytes, size);
        cells += wide;
    }
    return cells;
}

size_t text_clusters(const char *text)
{
    size_t count = 0;

    for (size_t at = 0; text[at]; at = text_next(text, at))
        count++;
    return count;
}

int text_cells_n(const char *text, size_t size)
{
    int cells = 0;

    for (size_t at = 0, next; at < size && text[at]; at = next) {
        next = text_next(text, at);
        cells += show_cluster(NULL, text, at, next);
    }
    return cells;
}

int text_cells(const char *text)
{
    return text_cells_n(text, strlen(text));
}

size_t text_fit(const char *text, int cells)
{
    size_t at = 0;

    while (text[at]) {
        size_t next = text_next(text, at);
        cells -= show_cluster(NULL, text, at, next);
        if (cells < 0)
            break;
        at = next;
    }
    return at;
}

void text_shown(struct buf *out, const char *text, size_t size)
{
    for (size_t at = 0, next; at < size && text[at]; at = next) {
        next = text_next(text, at);
        show_cluster(out, text, at, next < size ? next : size);
    }
}

bool text_prints(const char *text)
{
    struct buf shown = BUF_INIT;
    size_t size = strlen(text);

    text_shown(&shown, text, size);
    bool prints = strcmp(buf_text(&shown), text) == 0 && !strstr(text, "\xef\xbf\xbd") &&
                  (!size || text[size - 1] != ' ');
    buf_release(&shown);
    return prints;
}

void text_pad(struct buf *out, const char *text, int cells)
{
    size_t fit = text_fit(text, cells);
    bool cut = text[fit] != '\0' && cells > 0;

    if (cut)
        fit = text_fit(text, cells - 1);
    text_shown(out, text, fit);
    cells -= text_cells_n(text, fit);
    if (cut) {
        buf_adds(out, ELLIPSIS);
        cells--;
    }
    for (; cells > 0; cells--)
        buf_addc(out, ' ');
}

/* Letters that have no diacritic to take away, and marks that people type differently. */
static const struct {
    utf8proc_int32_t point;
    const char *plain;
} spelt_out[] = {
    {0x00C6, "AE"}, {0x00D0, "D"}, {0x00D8, "O"},  {0x00DE, "TH"}, {0x0110, "D"},
    {0x0126, "H"},  {0x0141, "L"}, {0x0152, "OE"}, {0x0131, "I"},  {0x02BC, "'"},
    {0x02B9, "'"},  {0x2018, "'"}, {0x2019, "'"},  {0x00B4, "'"},  {0x2010, "-"},
    {0x2011, "-"},  {0x2012, "-"}, {0x2013, "-"},  {0x2014, "-"},  {0x2212, "-"},
};

static const char *plain_form(utf8proc_int32_t point)
{
    for (size_t i = 0; i < ARRAY_SIZE(spelt_out); i++)
        if (spelt_out[i].point == point)
            return spelt_out[i].plain;
    return NULL;
}

/* Nobody sees it, and so nobody looks for it. */
static bool is_left_out(utf8proc_int32_t point)
{
    return utf8proc_category(point) == UTF8PROC_CATEGORY_CF;
}

static bool is_space(utf8proc_int32_t point)
{
    return (point >= '\t' && point <= '\r') || utf8proc_category(point) == UTF8PROC_CATEGORY_ZS ||
           utf8proc_category(point) == UTF8PROC_CATEGORY_ZL ||
           utf8proc_category(point) == UTF8PROC_CATEGORY_ZP;
}

/* Appends one code point of a text without diacritics, upper-case. */
static void fold_point(struct buf *out, utf8proc_int32_t point)
{
    utf8proc_int32_t upper = utf8proc_toupper(point);
    const char *plain = plain_form(upper);
    utf8proc_uint8_t bytes[4];

    if (plain)
        buf_adds(out, plain);
    else
        buf_add(out, bytes, (size_t)utf8proc_encode_char(upper, bytes));
}

/* Most of what is looked up is ASCII, and lists of thousands are gone through at each key. */
static bool fold_ascii(struct buf *out, const char *text)
{
    size_t start = out->size;
    bool gap = false;

    for (const char *c = text; *c; c++)
        if ((unsigned char)*c >= 0x80)
            return false;
    for (; *text; text++) {
        if (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
            gap = out->size > start;
            continue;
        }
        if (gap)
            buf_addc(out, ' ');
        gap = false;
        buf_addc(out, (char)(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text));
    }
    return true;
}

void text_fold(struct buf *out, const char *text)
{
    struct buf bare = BUF_INIT;
    struct buf valid = BUF_INIT;
    size_t start = out->size;
    bool gap = false;
    utf8proc_int32_t point;

    if (fold_ascii(out, text))
        return;
    for (size_t at = 0, step; (step = decode(text, at, &point)); at += step)
        buf_add(&valid, point < 0 ? " " : text + at, step);
    map(&bare, buf_text(&valid), valid.size,
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
            UTF8PROC_CASEFOLD);
    text = buf_text(&bare);
    for (size_t at = 0, step; (step = decode(text, at, &point)); at += step) {
        if (is_space(point)) {
            gap = out->size > start;
            continue;
        }
        if (is_left_out(point)) /* nor does it end a gap */
            continue;
        if (gap)
            buf_addc(out, ' ');
        gap = false;
        fold_point(out, point);
    }
    buf_release(&bare);
    buf_release(&valid);
}

/* Signs that read as others do. */
static const struct {
    utf8proc_int32_t point;
    const char *ascii;
} ascii_signs[] = {
    {0x00A1, ""},   {0x00BF, ""},    {0x00AB, "\""}, {0x00BB, "\""}, {0x201C, "\""},
    {0x201D, "\""}, {0x00B7, "-"},   {0x2022, "-"},  {0x2500, "-"},  {0x2192, "->"},
    {0x00D7, "x"},  {0x20AC, "EUR"}, {0x00DF, "ss"},
};

static void ascii_point(struct buf *out, utf8proc_int32_t point)
{
    utf8proc_int32_t upper = utf8proc_toupper(point);
    const char *plain = plain_form(upper);

    if (point == '\n' || (point >= ' ' && point < 0x7F)) {
        buf_addc(out, (char)point);
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(ascii_signs); i++)
        if (ascii_signs[i].point == point) {
            buf_adds(out, ascii_signs[i].ascii);
            return;
        }
    for (const char *c = plain ? plain : "?"; *c; c++)
        buf_addc(out, upper == point ? *c : (char)tolower((unsigned char)*c));
}

void text_ascii(struct buf *out, const char *text)
{
    struct buf bare = BUF_INIT;
    utf8proc_int32_t point;

    map(&bare, text, strlen(text),
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
    text = buf_text(&bare);
    for (size_t at = 0, step; (step = decode(text, at, &point)); at += step)
        ascii_point(out, point);
    buf_release(&bare);
}

/* A place where a line may end, and where the next one begins. */
struct wrap_place {
    size_t end, resume;
};

size_t text_wrap_held(const char *text, int cells, bool (*holds)(const char *text, size_t at),
                      size_t *shown)
{
    struct wrap_place loose = {0, 0}, held = {0, 0}; /* the last ones that fit */
    size_t fits = 0;                                 /* clusters up to here fit */
    size_t at = 0;
    int used = 0;

    for (size_t next; text[at] && text[at] != '\n'; at = next) {
        next = text_next(text, at);
        used += show_cluster(NULL, text, at, next);
        if (text[at] == ' ' && next == at + 1) { /* not one that carries an accent */
            struct wrap_place *place = holds && holds(text, at) ? &held : &loose;
            if (at > 0 && text[at - 1] != ' ')
                place->end = at;
            place->resume = next;
        } else if (used > cells) {
            const struct wrap_place *place = loose.end ? &loose : &held;
            /* Without a blank to break at, the word itself is broken. */
            *shown = place->end ? place->end : fits ? fits : next;
            return place->end ? place->resume : *shown;
        }
        if (used <= cells)
            fits = next;
    }
    *shown = used <= cells ? at : loose.end ? loose.end : fits ? fits : at;
    return at + (text[at] == '\n');
}

size_t text_wrap(const char *text, int cells, size_t *shown)
{
    return text_wrap_held(text, cells, NULL, shown);
}

void text_put_wrapped(struct buf *out, const char *text, int width, int indent)
{
    size_t shown, size;

    for (bool first = true; (size = text_wrap(text, width - indent, &shown)) > 0; first = false) {
        if (!first)
            buf_addf(out, "%*s", indent, "");
        buf_add(out, text, shown);
        buf_addc(out, '\n');
        text += size;
    }
}
