/* SPDX-License-Identifier: MIT */
#include "amparo/tui/body.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

static void drop_lines(struct body *b)
{
    for (size_t i = 0; i < b->count; i++) {
        /* A name, a passphrase that was asked to be shown, a recovery sheet. */
        explicit_bzero(b->lines[i].text, strlen(b->lines[i].text));
        free(b->lines[i].text);
        free(b->lines[i].ref);
    }
    b->count = 0;
}

void body_release(struct body *b)
{
    drop_lines(b);
    free(b->lines);
    free(b->kept_ref);
    *b = (struct body){0};
}

static bool same_ref(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool stands_for(const struct body_line *line, long tag, const char *ref)
{
    return line->row && line->tag == tag && same_ref(line->ref, ref);
}

/* The nth row that stands for that, or the last one of fewer; count where there is none. */
static size_t find_row(const struct body *b, long tag, const char *ref, size_t nth)
{
    size_t found = b->count;
    for (size_t i = 0; i < b->count; i++) {
        if (!stands_for(&b->lines[i], tag, ref))
            continue;
        found = i;
        if (nth-- == 0)
            break;
    }
    return found;
}

/* How many rows before this one stand for the same. */
static size_t nth_of(const struct body *b, const struct body_line *line)
{
    size_t nth = 0;
    for (const struct body_line *other = b->lines; other < line; other++)
        nth += stands_for(other, line->tag, line->ref);
    return nth;
}

void body_begin(struct body *b)
{
    const struct body_line *focused = body_focused(b);
    if (b->count)
        b->kept = focused != NULL;
    if (focused) {
        free(b->kept_ref);
        b->kept_tag = focused->tag;
        b->kept_ref = focused->ref ? xstrdup(focused->ref) : NULL;
        b->kept_nth = nth_of(b, focused);
    }
    drop_lines(b);
}

static struct body_line *add(struct body *b)
{
    if (b->count == b->room) {
        b->room = b->room ? 2 * b->room : 32;
        b->lines = xreallocarray(b->lines, b->room, sizeof *b->lines);
    }
    struct body_line *line = &b->lines[b->count++];
    *line = (struct body_line){0};
    return line;
}

/* Without the blanks of a last column: they would be cut, and look like more. */
static char *format_text(const char *format, va_list args)
{
    struct buf out = BUF_INIT;
    buf_vaddf(&out, format, args);
    while (out.size && out.data[out.size - 1] == ' ')
        buf_cut(&out, out.size - 1);
    return out.data ? buf_detach(&out) : xstrdup("");
}

void body_line(struct body *b, enum body_style style, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct body_line *line = add(b);
    line->text = format_text(format, args);
    line->style = style;
    va_end(args);
}

void body_row(struct body *b, long tag, const char *ref, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct body_line *line = add(b);
    line->text = format_text(format, args);
    line->row = true;
    line->tag = tag;
    line->ref = ref ? xstrdup(ref) : NULL;
    va_end(args);
}

void body_numbered(struct body *b)
{
    b->lines[b->count - 1].numbered = true;
}

void body_row_wrap(struct body *b, long tag, const char *ref, int width, const char *text)
{
    enum { MARGIN = 2, INDENT = 2 };
    int room = width - MARGIN > 4 ? width - MARGIN : 4;
    size_t shown, taken = text_wrap(text, room, &shown);
    body_row(b, tag, ref, "%.*s", (int)shown, text);
    for (text += taken; (taken = text_wrap(text, room - INDENT, &shown)); text += taken)
        body_line(b, BODY_PLAIN, "%*s%.*s", MARGIN + INDENT, "", (int)shown, text);
}

void body_wrap(struct body *b, enum body_style style, int width, int indent, const char *text)
{
    int room = width - 1, margin = 0;
    size_t taken, shown;
    if (room < 4)
        room = 4;
    if (b->longest && room > b->longest)
        room = b->longest;
    while ((taken = text_wrap(text, room - margin, &shown))) {
        body_line(b, style, " %*s%.*s", margin, "", (int)shown, text);
        text += taken;
        margin = indent < room / 2 ? indent : 0;
    }
}

void body_empty(struct body *b, int width, const char *text)
{
    size_t taken, shown;

    while ((taken = text_wrap(text, width > 8 ? width - 3 : 4, &shown))) {
        body_line(b, BODY_DIM, "  %.*s", (int)shown, text);
        text += taken;
    }
}

/* The nearest row from `at` on in that direction (1, -1); count where there is none. */
static size_t row_from(const struct body *b, size_t at, int step)
{
    for (; at < b->count; at += (size_t)step)
        if (b->lines[at].row)
            return at;
    return b->count;
}

void body_end(struct body *b)
{
    size_t was = b->focus;
    size_t found = b->kept ? find_row(b, b->kept_tag, b->kept_ref, b->kept_nth) : b->count;
    if (b->kept && found == b->count && was < b->count)
        found = row_from(b, was, -1);
    if (found == b->count)
        found = row_from(b, 0, 1);
    b->focus = found;
    if (b->top >= b->count) /* wider lines are fewer: to the end, and back with the width */
        b->top = b->drawn = b->count ? b->count - 1 : 0;
}

json_t *body_keep(const struct body *b)
{
    const struct body_line *focused = body_focused(b);
    if (!focused && !b->kept)
        return b->top ? json_pack("{s:I}", "top", (json_int_t)b->top) : NULL;
    const char *ref = focused ? focused->ref : b->kept_ref;
    return json_pack("{s:I, s:I, s:s*, s:I}", "top", (json_int_t)b->top, "tag",
                     (json_int_t)(focused ? focused->tag : b->kept_tag), "ref", ref, "nth",
                     (json_int_t)(focused ? nth_of(b, focused) : b->kept_nth));
}

void body_expect(struct body *b, const json_t *kept)
{
    const json_t *tag = json_object_get(kept, "tag");
    const char *ref = json_string_value(json_object_get(kept, "ref"));
    b->top = (size_t)json_integer_value(json_object_get(kept, "top"));
    if (!tag)
        return;
    b->kept = true;
    b->kept_tag = (long)json_integer_value(tag);
    free(b->kept_ref);
    b->kept_ref = ref ? xstrdup(ref) : NULL;
    b->kept_nth = (size_t)json_integer_value(json_object_get(kept, "nth"));
}

const struct body_line *body_focused(const struct body *b)
{
    return b->focus < b->count && b->lines[b->focus].row ? &b->lines[b->focus] : NULL;
}

void body_focus(struct body *b, long tag, const char *ref)
{
    size_t at = find_row(b, tag, ref, 0);
    if (at < b->count)
        b->focus = at;
}

bool body_find(struct body *b, const char *words)
{
    for (size_t i = 1; i <= b->count; i++) {
        size_t at = (b->focus + i) % b->count;
        if (b->lines[at].row && text_match(words, b->lines[at].text)) {
            b->focus = at;
            return true;
        }
    }
    return false;
}

/* Without rows the keys scroll. */
static void scroll(struct body *b, long by, int rows)
{
    long last = (long)b->count - rows;
    long top = (long)b->top + by;
    if (top > last)
        top = last;
    b->top = top < 0 ? 0 : (size_t)top;
}

static void move_to(struct body *b, size_t at)
{
    if (at < b->count)
        b->focus = at;
}

static void move_page(struct body *b, int step, int rows)
{
    long target = (long)b->focus + step * (rows > 2 ? rows - 1 : 1);
    if (target < 0)
        target = 0;
    if (target >= (long)b->count)
        target = (long)b->count - 1;
    size_t at = row_from(b, (size_t)target, -step);
    if (at == b->count)
        at = row_from(b, (size_t)target, step);
    move_to(b, at);
}

bool body_event(struct body *b, const struct term_event *event, int rows)
{
    bool any = body_focused(b) != NULL;
    if (event->kind != TERM_KEY)
        return false;
    b->wished = b->top;
    switch (event->key) {
    case TK_UP:
    case TK_BACKTAB:
        if (!any)
            scroll(b, -1, rows);
        else if (b->focus && row_from(b, b->focus - 1, -1) < b->count)
            move_to(b, row_from(b, b->focus - 1, -1));
        else
            b->top = 0; /* what stands above the first row comes into sight */
        return true;
    case TK_DOWN:
    case TK_TAB:
        if (!any)
            scroll(b, 1, rows);
        else if (row_from(b, b->focus + 1, 1) < b->count)
            move_to(b, row_from(b, b->focus + 1, 1));
        else
            scroll(b, (long)b->count, rows);
        return true;
    case TK_PAGE_UP:
        if (any)
            move_page(b, -1, rows);
        else
            scroll(b, 1 - rows, rows);
        return true;
    case TK_PAGE_DOWN:
        if (any)
            move_page(b, 1, rows);
        else
            scroll(b, rows - 1, rows);
        return true;
    case TK_HOME:
    case TK_FIRST:
        move_to(b, row_from(b, 0, 1));
        b->top = 0;
        return true;
    case TK_END:
    case TK_LAST:
        move_to(b, b->count ? row_from(b, b->count - 1, -1) : 0);
        scroll(b, (long)b->count, rows);
        return true;
    default:
        return false;
    }
}

/*
 * A window that grew smaller and larger again shows the same as before: what had to scroll only to
 * keep the focus in sight goes back, unless a key was pressed there.
 */
static void scroll_back(struct body *b)
{
    if (b->top == b->drawn)
        b->top = b->wished;
    else
        b->wished = b->top;
}

/* The focus is in sight; so is the heading right above it. */
static void keep_in_sight(struct body *b, int rows)
{
    size_t height = rows > 0 ? (size_t)rows : 1;
    if (b->count <= height)
        b->top = 0;
    else if (b->top >= b->count)
        b->top = b->count - height;
    if (!body_focused(b))
        return;
    size_t first = b->focus;
    if (first && height > 1 && !b->lines[first - 1].row)
        first--;
    if (first < b->top)
        b->top = first;
    if (b->focus >= b->top + height)
        b->top = b->focus - height + 1;
}

static enum term_role role_of(const struct body_line *line)
{
    switch (line->style) {
    case BODY_HEAD:
        return ROLE_HEADING;
    case BODY_DIM:
        return ROLE_DIM;
    case BODY_DOUBT:
        return ROLE_DOUBT;
    default:
        return ROLE_NORMAL;
    }
}

/* What has no room ends in "…": nobody takes half a word for a whole one. */
static void put_line(struct terminal *term, int row, int col, const struct body_line *line,
                     int left, int cells)
{
    struct buf cut = BUF_INIT;
    const char *text = line->text + text_fit(line->text, left);
    bool fits = text_cells(text) <= cells;
    if (!fits)
        text_pad(&cut, text, cells);
    term_put(term, row, col, role_of(line), fits ? text : buf_text(&cut), cells);
    buf_release(&cut);
}

void body_draw(struct body *b, struct terminal *term, int row, int rows)
{
    scroll_back(b);
    keep_in_sight(b, rows);
    b->drawn = b->top;
    int cells = term_cols(term) - 1;
    for (int i = 0; i < rows && b->top + (size_t)i < b->count; i++) {
        size_t at = b->top + (size_t)i;
        const struct body_line *line = &b->lines[at];
        bool focused = line->row && at == b->focus;
        if (focused) {
            term_put(term, row + i, 0, ROLE_FOCUS, ">", 1);
            term_cursor(term, row + i, 0);
        }
        if (line->row)
            put_line(term, row + i, 2, line, 0, cells - 1);
        else
            put_line(term, row + i, 0, line, b->left, cells + 1);
    }
}

void body_mark_top(const struct body *b, struct terminal *term, int row)
{
    bool margin = b->top >= b->count || !*b->lines[b->top].text || *b->lines[b->top].text == ' ';
    if (body_focused(b))
        return;
    if (margin)
        term_put(term, row, 0, ROLE_FOCUS, ">", 1);
    term_cursor(term, row, 0);
}
