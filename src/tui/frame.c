/* SPDX-License-Identifier: MIT */
#include "amparo/tui/frame.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/tui/keymap.h"
#include "amparo/tui/linear.h"

enum { READABLE = 100 }; /* cells: from the end of a longer line no eye finds the next one */
enum { NARROW = 60 };    /* cells: below, half of the line of keys is the screen's own */

/* Which rows there are. */
struct frame {
    int rule;          /* -1: none */
    int body, rows;    /* first row of the body, and how many */
    int message, keys; /* may be the same row */
};

static struct frame frame_of(int rows, bool passing)
{
    struct frame f = {.rule = rows >= 12 ? 1 : -1};
    f.body = rows >= 12 ? 2 : rows > 2 ? 1 : 0;
    f.keys = rows - 1;
    f.message = rows >= 8 ? rows - 2 : rows - 1;
    f.rows = (passing ? rows : f.message) - f.body;
    if (f.rows < 1)
        f.rows = 1;
    return f;
}

enum { SHORT_RIGHT = 16, HEAD_GAPS = 4 }; /* cells: at both ends, and two between */

/* In the top row, in so many cells, the last one "…" where it has more. */
static void put_cut(struct terminal *term, int col, enum term_role role, const struct buf *text,
                    int cells)
{
    struct buf cut = BUF_INIT;
    if (cells > 0)
        text_pad(&cut, buf_text(text), cells);
    term_put(term, 0, col, role, buf_text(&cut), cells);
    buf_release(&cut);
}

static void draw_head(struct screen *s, struct terminal *term)
{
    struct buf where = BUF_INIT, right = BUF_INIT;
    int cols = term_cols(term);
    if (s->type->head)
        s->type->head(s, &where, &right);
    else
        buf_adds(&where, _(s->type->title));
    int left = text_cells(buf_text(&where)), cells = text_cells(buf_text(&right));
    /* A number of a case or a count has its room; of a sentence, as much as there is. */
    int most = cells <= SHORT_RIGHT && cols > 2 * SHORT_RIGHT ? cells : cols - left - HEAD_GAPS;
    if (cells > most)
        cells = most > SHORT_RIGHT / 2 ? most : 0;
    if (cells && left > cols - cells - HEAD_GAPS)
        left = cols - cells - HEAD_GAPS;
    put_cut(term, 1, ROLE_HEADING, &where, left < cols - 1 ? left : cols - 1);
    put_cut(term, cols - cells - 1, ROLE_NORMAL, &right, cells);
    buf_release(&where);
    buf_release(&right);
}

/* ---- the line of keys ---- */

/* Whether the command stands in the line: it has a word for it, and a key that does it here and
 * now: no letter where letters are text. */
static bool is_shown(const struct screen *s, const struct command *c)
{
    bool pressed = c->key != TK_NONE || (c->letter && !screen_is_typing(s));
    return c->label && pressed && command_works(s, c);
}

/* Adds "key label" where that fits into so many cells. */
static bool add_command(struct buf *out, const struct screen *s, const struct command *c, int cells)
{
    struct buf one = BUF_INIT;
    if (out->size)
        buf_adds(&one, "  ");
    command_key(&one, c, screen_is_typing(s), s->app->term);
    buf_addf(&one, " %s", command_label(c));
    bool fits = text_cells(buf_text(out)) + text_cells(buf_text(&one)) <= cells;
    if (fits)
        buf_adds(out, buf_text(&one));
    buf_release(&one);
    return fits;
}

/* Adds those that find room; true where all of them did. *count goes up by how many. */
static bool add_table(struct buf *out, const struct screen *s, const struct command *table,
                      int cells, size_t *count)
{
    bool all = true;
    for (const struct command *c = table; c->run; c++) {
        bool added = is_shown(s, c) && add_command(out, s, c, cells);
        *count += added;
        all = all && (added || !is_shown(s, c));
    }
    return all;
}

/* The screen's own, then in `most` cells those of every screen. True where all that are of no other
 * screen found room, or two of them. */
static bool fill_keys(struct buf *out, const struct screen *s, int cells, int most)
{
    enum { ENOUGH = 2 };
    const struct command *tables[SCREEN_TABLES];
    struct buf always = BUF_INIT;
    size_t last = SCREEN_TABLES - 1, own = 0, others = 0;
    screen_tables(s, tables);
    add_table(&always, s, tables[last], most, &others);
    int left = cells - text_cells(buf_text(&always)) - 2;
    bool all = add_table(out, s, tables[0], left, &own);
    for (size_t i = 1; all && i < last; i++)
        if (!add_table(out, s, tables[i], left, &others))
            break;
    buf_addf(out, "%s%s", out->size && always.size ? "  " : "", buf_text(&always));
    buf_release(&always);
    return all || own >= ENOUGH;
}

/* What is needed most first, as far as it fits; the way to all the rest always has its place: of
 * its two ways one is enough where else a single command stood there. */
static void make_keys(struct buf *out, const struct screen *s, int cells)
{
    if (fill_keys(out, s, cells, cells < NARROW ? cells / 2 : cells) || cells >= NARROW)
        return;
    buf_clear(out);
    fill_keys(out, s, cells, cells / 4);
}

/*
 * From the row of messages down to `last`; returns how many rows it took. A message that is longer
 * than its row has that of the keys too: these come back with the next key, and what was not read
 * does not.
 */
static int put_message(struct terminal *term, int row, int last, enum term_role role,
                       const char *text)
{
    int cells = term_cols(term) - 2, first = row;
    struct buf rest = BUF_INIT;
    size_t taken, shown;
    for (; row < last && text_cells(text) > cells; row++, text += taken) {
        taken = text_wrap(text, cells, &shown);
        term_putn(term, row, 1, role, text, shown, cells);
    }
    if (text_cells(text) > cells)
        text_pad(&rest, text, cells);
    else
        buf_adds(&rest, text);
    term_put(term, row, 1, role, buf_text(&rest), cells);
    buf_release(&rest);
    return row - first + 1;
}

/* Something to be read stands below what is shown, and no row leads there. */
static bool reads_on(const struct screen *s, int rows)
{
    size_t i = s->body.top + (size_t)rows, first = i;
    if (s->type->draw)
        return false;
    while (i < s->body.count && !s->body.lines[i].row)
        i++;
    return first < s->body.count && i == s->body.count;
}

static void draw_foot(struct screen *s, struct terminal *term, const struct frame *f)
{
    struct buf message = BUF_INIT, keys = BUF_INIT;
    int cols = term_cols(term), rows = 0;
    if (s->app->message.size) {
        rows = put_message(term, f->message, f->keys, ROLE_MESSAGE, buf_text(&s->app->message));
    } else if (s->type->status && f->message != f->keys) {
        s->type->status(s, &message);
        rows = put_message(term, f->message, f->message, ROLE_DIM, buf_text(&message));
    } else if (reads_on(s, f->rows) && f->message != f->keys) {
        rows = put_message(term, f->message, f->message, ROLE_DIM, _("more below"));
    }
    if (f->message + rows <= f->keys) {
        make_keys(&keys, s, cols - 2);
        term_put(term, f->keys, 1, ROLE_DIM, buf_text(&keys), cols - 2);
    }
    buf_release(&message);
    buf_release(&keys);
}

void frame_message(const struct app *app, const char *text)
{
    if (app->linear) {
        linear_say_meanwhile(app->linear, text);
        return;
    }
    struct terminal *term = app->term;
    struct frame f = frame_of(term_rows(term), false);
    int cols = term_cols(term);
    term_fill(term, f.message, 0, ROLE_NORMAL, ' ', cols);
    term_put(term, f.message, 1, ROLE_MESSAGE, text, cols - 2);
    term_paint_now(term);
}

void frame_make(struct screen *s, int width)
{
    screen_load(s);
    if (s->width != width && s->type->build) {
        body_begin(&s->body);
        s->type->build(s, width);
        body_end(&s->body);
    }
    s->width = width;
}

/* The whole thing in words, where there is no room for any screen. Keys work all the same. */
static bool is_too_small(const struct terminal *term)
{
    enum { LEAST_ROWS = 3, LEAST_COLS = 16 };
    return term_rows(term) < LEAST_ROWS || term_cols(term) < LEAST_COLS;
}

static void draw_too_small(struct terminal *term)
{
    const char *text = _("The window is too small: 40x12 at least.");
    size_t taken, shown;
    for (int row = 0; (taken = text_wrap(text, term_cols(term), &shown)); row++, text += taken)
        term_putn(term, row, 0, ROLE_NORMAL, text, shown, term_cols(term));
    term_cursor(term, 0, 0);
}

static void draw_framed(struct screen *s, struct terminal *term, const struct frame *f)
{
    if (s->type->draw) {
        s->type->draw(s, term, f->body, f->rows);
    } else {
        body_draw(&s->body, term, f->body, f->rows);
        body_mark_top(&s->body, term, f->body);
    }
    /* What stands around the body may depend on what found room in it: which page of how many. */
    if (f->body)
        draw_head(s, term);
    if (f->rule >= 0)
        term_rule(term, f->rule);
    if (!s->type->passing)
        draw_foot(s, term, f);
}

void frame_draw(struct screen *s)
{
    if (s->app->linear) {
        linear_say_meanwhile(s->app->linear, buf_text(&s->app->message));
        return;
    }
    struct terminal *term = s->app->term;
    struct frame f = frame_of(term_rows(term), s->type->passing);
    s->rows = s->type->bare ? term_rows(term) : f.rows;
    s->body.longest = READABLE;
    frame_make(s, term_cols(term));
    term_begin(term);
    if (is_too_small(term)) {
        draw_too_small(term);
        term_paint(term);
        return;
    }
    if (s->type->bare)
        s->type->draw(s, term, 0, s->rows);
    else
        draw_framed(s, term, &f);
    term_paint(term);
}
