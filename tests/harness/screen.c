/* SPDX-License-Identifier: MIT */
#include "tests/harness/screen.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "amparo/base/mem.h"

struct screen {
    VTerm *vt;
    VTermScreen *cells;
    int rows, cols;
    bool cursor_visible, alternate;
    size_t bells;
};

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct screen *screen = user;

    if (property == VTERM_PROP_CURSORVISIBLE)
        screen->cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        screen->alternate = value->boolean;
    return 1;
}

static int on_bell(void *user)
{
    struct screen *screen = user;

    screen->bells++;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property, .bell = on_bell};

struct screen *screen_new(int rows, int cols, screen_answer_fn *answer, void *user)
{
    struct screen *screen = xcalloc(1, sizeof *screen);

    screen->rows = rows;
    screen->cols = cols;
    screen->cursor_visible = true;
    screen->vt = vterm_new(rows, cols);
    if (!screen->vt)
        BUG("libvterm gave no terminal");
    vterm_set_utf8(screen->vt, 1);
    if (answer)
        vterm_output_set_callback(screen->vt, answer, user);
    screen->cells = vterm_obtain_screen(screen->vt);
    vterm_screen_set_callbacks(screen->cells, &callbacks, screen);
    vterm_screen_enable_altscreen(screen->cells, 1);
    vterm_screen_reset(screen->cells, 1);
    return screen;
}

void screen_free(struct screen *screen)
{
    if (screen)
        vterm_free(screen->vt);
    free(screen);
}

void screen_feed(struct screen *screen, const char *bytes, size_t size)
{
    vterm_input_write(screen->vt, bytes, size);
}

void screen_resize(struct screen *screen, int rows, int cols)
{
    vterm_set_size(screen->vt, rows, cols);
    screen->rows = rows;
    screen->cols = cols;
}

void screen_paste(struct screen *screen, bool begins)
{
    if (begins)
        vterm_keyboard_start_paste(screen->vt);
    else
        vterm_keyboard_end_paste(screen->vt);
}

int screen_rows(const struct screen *screen)
{
    return screen->rows;
}

int screen_cols(const struct screen *screen)
{
    return screen->cols;
}

static VTermScreenCell cell_at(const struct screen *screen, int row, int col)
{
    VTermScreenCell cell;

    if (!vterm_screen_get_cell(screen->cells, (VTermPos){.row = row, .col = col}, &cell))
        BUG("no such cell");
    return cell;
}

static void add_utf8(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_addc(out, (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};

    buf_addc(out, (char)(lead[more] | c >> 6 * more));
    while (more-- > 0)
        buf_addc(out, (char)(0x80 | (c >> 6 * more & 0x3F)));
}

/* The second half of a double-width character holds -1, an untouched cell 0. */
static void add_cell(struct buf *out, const VTermScreenCell *cell)
{
    if (cell->chars[0] == (uint32_t)-1)
        return;
    if (cell->chars[0] == 0)
        buf_addc(out, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
        add_utf8(out, cell->chars[i]);
}

void screen_add_row(const struct screen *screen, int row, struct buf *out)
{
    size_t start = out->size;

    for (int col = 0; col < screen->cols; col++) {
        VTermScreenCell cell = cell_at(screen, row, col);
        add_cell(out, &cell);
    }
    size_t end = out->size;
    while (end > start && out->data[end - 1] == ' ')
        end--;
    buf_cut(out, end);
}

char *screen_text(const struct screen *screen)
{
    struct buf out = BUF_INIT;

    for (int row = 0; row < screen->rows; row++) {
        screen_add_row(screen, row, &out);
        buf_addc(&out, '\n');
    }
    return buf_detach(&out);
}

int screen_find(const struct screen *screen, const char *text)
{
    struct buf line = BUF_INIT;
    int found = -1;

    for (int row = 0; row < screen->rows && found < 0; row++) {
        buf_clear(&line);
        screen_add_row(screen, row, &line);
        if (strstr(buf_text(&line), text))
            found = row;
    }
    buf_release(&line);
    return found;
}

int screen_column_of(const struct screen *screen, int row, const char *text)
{
    struct buf line = BUF_INIT;
    int found = -1;

    screen_add_row(screen, row, &line);
    const char *at = strstr(buf_text(&line), text);
    if (at) {
        size_t before = (size_t)(at - line.data);
        struct buf part = BUF_INIT;
        for (found = 0; found < screen->cols && part.size < before; found++) {
            VTermScreenCell cell = cell_at(screen, row, found);
            add_cell(&part, &cell);
        }
        buf_release(&part);
    }
    buf_release(&line);
    return found;
}

size_t screen_ink(const struct screen *screen)
{
    char *text = screen_text(screen);
    size_t ink = 0;

    for (const char *c = text; *c; c++)
        ink += *c != ' ' && *c != '\n';
    free(text);
    return ink;
}

void screen_cursor(const struct screen *screen, int *row, int *col)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(screen->vt), &at);
    *row = at.row;
    *col = at.col;
}

bool screen_cursor_visible(const struct screen *screen)
{
    return screen->cursor_visible;
}

bool screen_is_alternate(const struct screen *screen)
{
    return screen->alternate;
}

size_t screen_bells(const struct screen *screen)
{
    return screen->bells;
}

static unsigned attributes_of(const VTermScreenCell *cell)
{
    bool own = VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) && VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);

    return (cell->attrs.bold ? SCREEN_BOLD : 0U) | (cell->attrs.underline ? SCREEN_UNDERLINE : 0U) |
           (cell->attrs.reverse ? SCREEN_REVERSE : 0U) | (own ? 0U : SCREEN_COLOUR) |
           (cell->attrs.blink ? SCREEN_BLINK : 0U);
}

unsigned screen_attributes(const struct screen *screen, int row, int col)
{
    VTermScreenCell cell = cell_at(screen, row, col);

    return attributes_of(&cell);
}

char *screen_attribute_map(const struct screen *screen)
{
    struct buf out = BUF_INIT;

    for (int row = 0; row < screen->rows; row++) {
        size_t end = out.size;
        for (int col = 0; col < screen->cols; col++) {
            unsigned attributes = screen_attributes(screen, row, col);
            buf_addc(&out, attributes ? (char)('A' + attributes - 1) : '.');
            if (attributes)
                end = out.size;
        }
        buf_cut(&out, end);
        buf_addc(&out, '\n');
    }
    return buf_detach(&out);
}

/* One cell of the picture, in pixels. */
enum { CELL_WIDTH = 9, CELL_HEIGHT = 18, BASELINE = 14 };

static void write_colour(const struct screen *screen, VTermColor colour, FILE *out)
{
    vterm_screen_convert_color_to_rgb(screen->cells, &colour);
    fprintf(out, "#%02x%02x%02x", colour.rgb.red, colour.rgb.green, colour.rgb.blue);
}

static void write_svg_cell(const struct screen *screen, int row, int col, FILE *out)
{
    VTermScreenCell cell = cell_at(screen, row, col);
    unsigned attributes = attributes_of(&cell);
    bool reverse = attributes & SCREEN_REVERSE;
    struct buf text = BUF_INIT;

    if (reverse || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)) {
        fprintf(out, "<rect x='%d' y='%d' width='%d' height='%d' fill='", col * CELL_WIDTH,
                row * CELL_HEIGHT, cell.width * CELL_WIDTH, CELL_HEIGHT);
        write_colour(screen, reverse ? cell.fg : cell.bg, out);
        fputs("'/>", out);
    }
    add_cell(&text, &cell);
    if (strcmp(buf_text(&text), " ") != 0 || (attributes & SCREEN_UNDERLINE)) {
        fprintf(out, "<text x='%d' y='%d'%s%s fill='", col * CELL_WIDTH,
                row * CELL_HEIGHT + BASELINE, attributes & SCREEN_BOLD ? " font-weight='bold'" : "",
                attributes & SCREEN_UNDERLINE ? " text-decoration='underline'" : "");
        write_colour(screen, reverse ? cell.bg : cell.fg, out);
        fputs("'>", out);
        for (const char *c = buf_text(&text); *c; c++) {
            if (*c == '<' || *c == '>' || *c == '&')
                fprintf(out, "&#%d;", *c);
            else
                fputc(*c, out);
        }
        fputs("</text>\n", out);
    }
    buf_release(&text);
}

void screen_write_svg(const struct screen *screen, FILE *out)
{
    int at_row, at_col;

    fprintf(out,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' "
            "font-family='monospace' font-size='15' xml:space='preserve'>\n"
            "<rect width='100%%' height='100%%' fill='#000'/>\n",
            screen->cols * CELL_WIDTH, screen->rows * CELL_HEIGHT);
    for (int row = 0; row < screen->rows; row++) {
        for (int col = 0; col < screen->cols; col++)
            write_svg_cell(screen, row, col, out);
    }
    screen_cursor(screen, &at_row, &at_col);
    if (screen->cursor_visible)
        fprintf(out,
                "<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='#fa0' "
                "stroke-width='2'/>\n",
                at_col * CELL_WIDTH, at_row * CELL_HEIGHT, CELL_WIDTH, CELL_HEIGHT);
    fputs("</svg>\n", out);
}
