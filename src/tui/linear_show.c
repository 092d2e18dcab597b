/* SPDX-License-Identifier: MIT */
/* What is printed of a screen: what happened, where one is, what is there, and each thing once. */
#include "linear_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/tui/frame.h"

enum { BUILT_ROWS = 60, COLUMNS = 16 };
enum { ROW = 2, AROUND = 12 }; /* cells by which a row stands further in; rows to look at */

/* ---- rows and their numbers ---- */

/* What a row begins with on the screen is its number here too. */
static long own_number(const struct body_line *line)
{
    return line->numbered ? line->tag : -1;
}

static long number_of(const struct body *b, size_t at)
{
    long number = own_number(&b->lines[at]), count = 0, most = 0;

    if (number >= 0)
        return number;
    for (size_t i = 0; i < b->count; i++)
        if (b->lines[i].row && own_number(&b->lines[i]) > most)
            most = own_number(&b->lines[i]);
    for (size_t i = 0; i <= at; i++)
        count += b->lines[i].row && own_number(&b->lines[i]) < 0;
    return most + count;
}

size_t linear_row(const struct body *b, long number)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->lines[i].row && number_of(b, i) == number)
            return i;
    return b->count;
}

/* The numbers of rows go up to that. */
static long last_number(const struct body *b)
{
    long most = 0;

    for (size_t i = 0; i < b->count; i++)
        if (b->lines[i].row && number_of(b, i) > most)
            most = number_of(b, i);
    return most;
}

/* ---- a line of the body in words ---- */

/* The cells in which the columns of a line, and of the head over it, begin. */
struct columns {
    int at[2 * COLUMNS];
    size_t count;
};

/* Whether a column can begin there: behind a blank, or where nothing is any more. */
static bool may_begin(const char *text, int cell)
{
    size_t at = cell < 0 ? 0 : text_fit(text, cell);

    return cell >= 0 && (!text[at] || text_cells_n(text, at) == cell) &&
           (!at || text[at - 1] == ' ');
}

static void add_column(struct columns *c, int cell)
{
    size_t i = c->count;

    for (size_t k = 0; k < c->count; k++)
        if (c->at[k] == cell)
            return;
    if (c->count == ARRAY_SIZE(c->at))
        return;
    for (; i > 0 && c->at[i - 1] > cell; i--)
        c->at[i] = c->at[i - 1];
    c->at[i] = cell;
    c->count++;
}

/* After two blanks, or at the start, a column begins; where the other line does not stand in its
 * way. Cells are those of `text`; `further` of them lie before the same place in `other`. */
static void find_columns(struct columns *c, const char *text, int shift, const char *other,
                         int other_shift)
{
    int room = COLUMNS;

    for (const char *at = text + strspn(text, " "); *at && room--;) {
        int cell = text_cells_n(text, (size_t)(at - text)) + shift;
        if (!other || may_begin(other, cell - other_shift))
            add_column(c, cell);
        at = strstr(at, "  ");
        if (!at)
            break;
        at += strspn(at, " ");
    }
}

/* What stands between two cells, without the blanks around. */
static const char *between(const char *text, int from, int to, size_t *size)
{
    size_t begin = from < 0 ? 0 : text_fit(text, from), end = to < 0 ? 0 : text_fit(text, to);

    begin += strspn(text + begin, " ");
    while (end > begin && text[end - 1] == ' ')
        end--;
    *size = end > begin ? end - begin : 0;
    return text + begin;
}

/* A bar is only looks: the number stands before it. */
static size_t without_bar(const char *text, size_t size)
{
    size_t end = size;

    while (end && text[end - 1] == '#')
        end--;
    return end < size && (!end || text[end - 1] == ' ') ? end - (end > 0) : size;
}

/*
 * Columns by semicolons; with the names of the columns (or NULL) each after its own. A row stands
 * `further` cells further in than its head.
 */
static void say_columns(struct buf *out, const struct columns *c, const char *text, int further,
                        const char *head)
{
    size_t begin = out->size, size, head_size = 0;

    for (size_t i = 0; i < c->count; i++) {
        int end = i + 1 < c->count ? c->at[i + 1] : 1 << 16;
        const char *part = between(text, c->at[i] - further, end - further, &size);
        const char *over = head ? between(head, c->at[i], end, &head_size) : "";
        size = without_bar(part, size);
        if (!size || (head_size && size == 1 && *part == '-'))
            continue;
        if (out->size > begin)
            buf_adds(out, "; ");
        if (head_size)
            buf_addf(out, "%.*s: ", (int)head_size, over);
        buf_add(out, part, size);
    }
}

static void say_parts(struct buf *out, const char *text)
{
    struct columns c = {.count = 0};

    find_columns(&c, text, 0, NULL, 0);
    say_columns(out, &c, text, 0, NULL);
}

static bool is_text(const struct body *b)
{
    return last_number(b) == 0;
}

static bool is_blank(const struct body_line *line)
{
    return !line->text[strspn(line->text, " ")];
}

/* The names of the columns of the line at `at`, or NULL. */
static const char *head_of(const struct body *b, size_t at)
{
    bool row = b->lines[at].row;

    /* What is unfolded below a row does not end the table. */
    while (row && at > 1 && b->lines[at - 1].style != BODY_COLUMNS &&
           b->lines[at - 1].style != BODY_HEAD && !is_blank(&b->lines[at - 1]))
        at--;
    return at && b->lines[at - 1].style == BODY_COLUMNS ? b->lines[at - 1].text : NULL;
}

/* They are told with each line. */
static bool is_table_head(const struct body *b, size_t at)
{
    return b->lines[at].style == BODY_COLUMNS;
}

/* Where one row has its column full, the rows around it show where the next one begins. */
static void find_columns_around(struct columns *c, const struct body *b, size_t at, long step)
{
    const char *text = b->lines[at].text;

    for (int i = 0; i < AROUND; i++) {
        at += (size_t)step; /* below 0 it is beyond count */
        if (at >= b->count || !b->lines[at].row)
            return;
        find_columns(c, b->lines[at].text, ROW, text, ROW);
    }
}

static void say_line(struct buf *out, const struct body *b, size_t at)
{
    const struct body_line *line = &b->lines[at];
    const char *head = head_of(b, at);
    int further = line->row ? ROW : 0;
    struct columns c = {.count = 0};

    find_columns(&c, line->text, further, head, 0);
    if (head)
        find_columns(&c, head, 0, line->text, further);
    else if (line->row) {
        find_columns_around(&c, b, at, 1);
        find_columns_around(&c, b, at, -1);
    }
    say_columns(out, &c, line->text, further, head);
}

static void put_line(struct linear *l, const struct body *b, size_t at)
{
    const struct body_line *line = &b->lines[at];
    struct buf out = BUF_INIT;

    if (line->row && own_number(line) < 0)
        buf_addf(&out, "%ld ", number_of(b, at));
    if (is_text(b))
        buf_adds(&out, line->text);
    else
        say_line(&out, b, at);
    linear_put(l, buf_text(&out));
    buf_release(&out);
}

/* ---- what is new ---- */

static struct linear_shown *shown_of(struct app *app, const struct screen *s)
{
    for (size_t i = 0; i < app->depth; i++)
        if (app->screens[i] == s) {
            struct linear_shown *shown = &app->linear->shown[i];
            if (shown->screen != s->serial) {
                free(shown->lines);
                *shown = (struct linear_shown){.screen = s->serial};
            }
            return shown;
        }
    BUG("a screen that is not open");
}

/* FNV-1a over a line and its number. */
static uint64_t fingerprint(const struct body *b, size_t at)
{
    uint64_t sum = 14695981039346656037u;

    for (const char *c = b->lines[at].text; *c; c++)
        sum = (sum ^ (unsigned char)*c) * 1099511628211u;
    return b->lines[at].row ? sum ^ (uint64_t)number_of(b, at) << 1 : sum;
}

static uint64_t *fingerprints(const struct body *b)
{
    uint64_t *lines = xcalloc(b->count + 1, sizeof *lines);

    for (size_t i = 0; i < b->count; i++)
        lines[i] = fingerprint(b, i);
    return lines;
}

static bool was_printed(const struct linear_shown *shown, uint64_t line)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->lines[i] == line)
            return true;
    return false;
}

void linear_say_message(struct app *app)
{
    if (app->message.size)
        linear_put(app->linear, buf_text(&app->message));
    buf_clear(&app->message);
}

/* The top line: where one is, what is missing. */
static void put_head(struct linear *l, struct screen *s)
{
    struct buf where = BUF_INIT, right = BUF_INIT, out = BUF_INIT;

    if (s->type->head)
        s->type->head(s, &where, &right);
    else
        buf_adds(&where, _(s->type->title));
    say_parts(&out, buf_text(&where));
    if (right.size) {
        buf_adds(&out, "; ");
        say_parts(&out, buf_text(&right));
    }
    linear_put(l, buf_text(&out));
    buf_release(&where);
    buf_release(&right);
    buf_release(&out);
}

/* Blank lines are printed within a text only. */
static bool is_told(const struct body *b, size_t at)
{
    return (!is_blank(&b->lines[at]) || is_text(b)) && !is_table_head(b, at);
}

static size_t lines_from(const struct body *b, size_t at)
{
    size_t count = 0;

    for (; at < b->count; at++)
        count += is_told(b, at) && !is_blank(&b->lines[at]);
    return count;
}

/* The first line behind the page that begins at `top`. */
static size_t page_end(const struct body *b, size_t top)
{
    size_t at = top;

    for (size_t told = 0; at < b->count && told < LINEAR_PAGE; at++)
        told += is_told(b, at);
    return lines_from(b, at) <= LINEAR_REST ? b->count : at;
}

static void put_body(struct app *app, struct screen *s, struct linear_shown *shown, size_t top)
{
    size_t next = page_end(&s->body, top), more = lines_from(&s->body, next);

    for (size_t at = top; at < next; at++)
        if (is_told(&s->body, at))
            put_line(app->linear, &s->body, at);
    shown->top = s->body.top = top;
    if (more) {
        struct buf text = BUF_INIT;
        buf_addf(&text, n_("%zu more line: Enter.", "%zu more lines: Enter.", more), more);
        if (s->type->passing)
            buf_adds(&text, _(" Anything else goes back."));
        linear_put(app->linear, buf_text(&text));
        buf_release(&text);
    }
}

bool linear_has_more(struct app *app, struct screen *s)
{
    return lines_from(&s->body, page_end(&s->body, shown_of(app, s)->top)) > 0;
}

bool linear_more(struct app *app, struct screen *s)
{
    struct linear_shown *shown = shown_of(app, s);
    size_t next = page_end(&s->body, shown->top);

    if (!lines_from(&s->body, next))
        return false;
    put_body(app, s, shown, next);
    return true;
}

void linear_forget_shown(struct linear *l)
{
    for (size_t i = 0; i < ARRAY_SIZE(l->shown); i++) {
        free(l->shown[i].lines);
        l->shown[i] = (struct linear_shown){0};
    }
    l->at = 0;
}

void linear_forget_shown_of(struct app *app, struct screen *s)
{
    struct linear_shown *shown = shown_of(app, s);

    free(shown->lines);
    shown->lines = NULL;
    s->body.top = 0;
}

void linear_again(struct app *app)
{
    linear_forget_shown(app->linear);
    if (app_top(app))
        app_top(app)->body.top = 0;
}

/* Of a body that was printed before only what is new, where that is little. False: it is much. */
static bool put_changes(struct linear *l, const struct body *b, const struct linear_shown *shown,
                        const uint64_t *lines)
{
    size_t fresh = 0;

    for (size_t i = 0; i < b->count; i++)
        fresh += !was_printed(shown, lines[i]) && !is_blank(&b->lines[i]);
    for (size_t i = 0; fresh <= LINEAR_PAGE && i < b->count; i++)
        if (!was_printed(shown, lines[i]) && !is_blank(&b->lines[i]) && !is_table_head(b, i))
            put_line(l, b, i);
    return fresh <= LINEAR_PAGE;
}

static void put_what_is_new(struct app *app, struct screen *s, struct linear_shown *shown)
{
    uint64_t *lines = fingerprints(&s->body);
    bool same = shown->lines && shown->count == s->body.count &&
                memcmp(lines, shown->lines, s->body.count * sizeof *lines) == 0;

    if (!shown->lines || (same && shown->top != s->body.top))
        put_body(app, s, shown, s->body.top);
    else if (!same && (s->type->line || !put_changes(app->linear, &s->body, shown, lines)))
        put_body(app, s, shown, 0);
    free(shown->lines);
    shown->lines = lines;
    shown->count = s->body.count;
}

void linear_show(struct app *app, struct screen *s)
{
    struct linear *l = app->linear;

    s->rows = BUILT_ROWS;
    frame_make(s, LINEAR_WIDTH);
    s->rows = LINEAR_PAGE;
    linear_say_message(app);
    if (l->at != s->serial && l->passing != s->serial)
        put_head(l, s);
    if (s->type->passing) /* one comes back from it to where one was */
        l->passing = s->serial;
    else
        l->at = s->serial;
    put_what_is_new(app, s, shown_of(app, s));
}
