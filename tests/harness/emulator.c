/* SPDX-License-Identifier: MIT */
#include "tests/harness/emulator.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "amparo/base/mem.h"

struct emulator {
    VTerm *vt;
    VTermScreen *cells;
    int rows, cols;
    bool cursor_visible, alternate;
    size_t bells, titles;
    emulator_answer_fn *answer;
    void *user;
    struct buf held; /* the first bytes of a letter whose last ones are still to come */
    size_t strays;
    int more; /* bytes that the letter begun still has */
    bool c2;  /* which may be a control character of 8 bits */
};

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct emulator *emulator = user;

    if (property == VTERM_PROP_CURSORVISIBLE)
        emulator->cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        emulator->alternate = value->boolean;
    if (property == VTERM_PROP_TITLE || property == VTERM_PROP_ICONNAME)
        emulator->titles++;
    return 1;
}

static int on_bell(void *user)
{
    struct emulator *emulator = user;

    emulator->bells++;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property, .bell = on_bell};

struct emulator *emulator_new(int rows, int cols, emulator_answer_fn *answer, void *user)
{
    struct emulator *emulator = xcalloc(1, sizeof *emulator);

    emulator->rows = rows;
    emulator->cols = cols;
    emulator->cursor_visible = true;
    emulator->vt = vterm_new(rows, cols);
    if (!emulator->vt)
        BUG("libvterm gave no terminal");
    emulator->answer = answer;
    emulator->user = user;
    vterm_set_utf8(emulator->vt, 1);
    if (answer)
        vterm_output_set_callback(emulator->vt, answer, user);
    emulator->cells = vterm_obtain_screen(emulator->vt);
    vterm_screen_set_callbacks(emulator->cells, &callbacks, emulator);
    vterm_screen_enable_altscreen(emulator->cells, 1);
    vterm_screen_reset(emulator->cells, 1);
    return emulator;
}

void emulator_free(struct emulator *emulator)
{
    if (emulator) {
        vterm_free(emulator->vt);
        buf_release(&emulator->held);
    }
    free(emulator);
}

static void look_for_strays(struct emulator *emulator, unsigned char byte)
{
    bool follows = (byte & 0xC0) == 0x80;

    if (emulator->more && follows) {
        emulator->more--;
        emulator->strays += emulator->c2 && byte < 0xA0;
        emulator->c2 = false;
        return;
    }
    emulator->strays += emulator->more || follows || byte > 0xF4;
    emulator->more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
    emulator->c2 = byte == 0xC2;
}

/* libvterm mistakes a letter that comes in two pieces for two. */
static size_t begun_letter(const char *bytes, size_t size)
{
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char byte = (unsigned char)bytes[size - back];
        size_t needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        if (byte < 0x80 || byte >= 0xC0)
            return needs > back ? back : 0;
    }
    return 0;
}

void emulator_feed(struct emulator *emulator, const char *bytes, size_t size)
{
    struct buf all = emulator->held;

    for (size_t i = 0; i < size; i++)
        look_for_strays(emulator, (unsigned char)bytes[i]);
    buf_add(&all, bytes, size);
    size_t later = begun_letter(all.data, all.size);
    vterm_input_write(emulator->vt, all.data, all.size - later);
    emulator->held = (struct buf)BUF_INIT;
    buf_add(&emulator->held, all.data + all.size - later, later);
    buf_release(&all);
}

void emulator_resize(struct emulator *emulator, int rows, int cols)
{
    vterm_set_size(emulator->vt, rows, cols);
    emulator->rows = rows;
    emulator->cols = cols;
}

void emulator_paste(struct emulator *emulator, bool begins)
{
    if (begins)
        vterm_keyboard_start_paste(emulator->vt);
    else
        vterm_keyboard_end_paste(emulator->vt);
}

static void note_answer(const char *bytes, size_t size, void *user)
{
    (void)bytes;
    *(bool *)user = size > 0;
}

/* The emulator does not tell; but it only sends a bracket where they are on. */
bool emulator_brackets(const struct emulator *emulator)
{
    bool on = false;

    vterm_output_set_callback(emulator->vt, note_answer, &on);
    vterm_keyboard_start_paste(emulator->vt);
    vterm_output_set_callback(emulator->vt, emulator->answer, emulator->user);
    return on;
}

int emulator_rows(const struct emulator *emulator)
{
    return emulator->rows;
}

int emulator_cols(const struct emulator *emulator)
{
    return emulator->cols;
}

static VTermScreenCell cell_at(const struct emulator *emulator, int row, int col)
{
    VTermScreenCell cell;

    if (!vterm_screen_get_cell(emulator->cells, (VTermPos){.row = row, .col = col}, &cell))
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

void emulator_add_row(const struct emulator *emulator, int row, struct buf *out)
{
    size_t start = out->size;

    for (int col = 0; col < emulator->cols; col++) {
        VTermScreenCell cell = cell_at(emulator, row, col);
        add_cell(out, &cell);
    }
    size_t end = out->size;
    while (end > start && out->data[end - 1] == ' ')
        end--;
    buf_cut(out, end);
}

char *emulator_text(const struct emulator *emulator)
{
    struct buf out = BUF_INIT;

    for (int row = 0; row < emulator->rows; row++) {
        emulator_add_row(emulator, row, &out);
        buf_addc(&out, '\n');
    }
    return buf_detach(&out);
}

int emulator_find(const struct emulator *emulator, const char *text)
{
    struct buf line = BUF_INIT;
    int found = -1;

    for (int row = 0; row < emulator->rows && found < 0; row++) {
        buf_clear(&line);
        emulator_add_row(emulator, row, &line);
        if (strstr(buf_text(&line), text))
            found = row;
    }
    buf_release(&line);
    return found;
}

int emulator_column_of(const struct emulator *emulator, int row, const char *text)
{
    struct buf line = BUF_INIT;
    int found = -1;

    emulator_add_row(emulator, row, &line);
    const char *at = strstr(buf_text(&line), text);
    if (at) {
        size_t before = (size_t)(at - line.data);
        struct buf part = BUF_INIT;
        for (found = 0; found < emulator->cols && part.size < before; found++) {
            VTermScreenCell cell = cell_at(emulator, row, found);
            add_cell(&part, &cell);
        }
        buf_release(&part);
    }
    buf_release(&line);
    return found;
}

size_t emulator_ink(const struct emulator *emulator)
{
    char *text = emulator_text(emulator);
    size_t ink = 0;

    for (const char *c = text; *c; c++)
        ink += *c != ' ' && *c != '\n';
    free(text);
    return ink;
}

void emulator_cursor(const struct emulator *emulator, int *row, int *col)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(emulator->vt), &at);
    *row = at.row;
    *col = at.col;
}

bool emulator_cursor_visible(const struct emulator *emulator)
{
    return emulator->cursor_visible;
}

bool emulator_is_alternate(const struct emulator *emulator)
{
    return emulator->alternate;
}

size_t emulator_titles(const struct emulator *emulator)
{
    return emulator->titles;
}

size_t emulator_strays(const struct emulator *emulator)
{
    return emulator->strays;
}

size_t emulator_bells(const struct emulator *emulator)
{
    return emulator->bells;
}

static unsigned attributes_of(const VTermScreenCell *cell)
{
    bool own = VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) && VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);

    return (cell->attrs.bold ? CELL_BOLD : 0U) | (cell->attrs.underline ? CELL_UNDERLINE : 0U) |
           (cell->attrs.reverse ? CELL_REVERSE : 0U) | (own ? 0U : CELL_COLOUR) |
           (cell->attrs.blink ? CELL_BLINK : 0U);
}

unsigned emulator_attributes(const struct emulator *emulator, int row, int col)
{
    VTermScreenCell cell = cell_at(emulator, row, col);

    /* Both halves of a double-width character look like the first one. */
    if (cell.chars[0] == (uint32_t)-1 && col > 0)
        cell = cell_at(emulator, row, col - 1);
    return attributes_of(&cell);
}

char *emulator_attribute_map(const struct emulator *emulator)
{
    struct buf out = BUF_INIT;

    for (int row = 0; row < emulator->rows; row++) {
        size_t end = out.size;
        for (int col = 0; col < emulator->cols; col++) {
            unsigned attributes = emulator_attributes(emulator, row, col);
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

static void write_colour(const struct emulator *emulator, VTermColor colour, FILE *out)
{
    vterm_screen_convert_color_to_rgb(emulator->cells, &colour);
    fprintf(out, "#%02x%02x%02x", colour.rgb.red, colour.rgb.green, colour.rgb.blue);
}

static void write_svg_cell(const struct emulator *emulator, int row, int col, FILE *out)
{
    VTermScreenCell cell = cell_at(emulator, row, col);
    unsigned attributes = attributes_of(&cell);
    bool reverse = attributes & CELL_REVERSE;
    struct buf text = BUF_INIT;

    if (reverse || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)) {
        fprintf(out, "<rect x='%d' y='%d' width='%d' height='%d' fill='", col * CELL_WIDTH,
                row * CELL_HEIGHT, cell.width * CELL_WIDTH, CELL_HEIGHT);
        write_colour(emulator, reverse ? cell.fg : cell.bg, out);
        fputs("'/>", out);
    }
    add_cell(&text, &cell);
    if (strcmp(buf_text(&text), " ") != 0 || (attributes & CELL_UNDERLINE)) {
        fprintf(out, "<text x='%d' y='%d'%s%s fill='", col * CELL_WIDTH,
                row * CELL_HEIGHT + BASELINE, attributes & CELL_BOLD ? " font-weight='bold'" : "",
                attributes & CELL_UNDERLINE ? " text-decoration='underline'" : "");
        write_colour(emulator, reverse ? cell.bg : cell.fg, out);
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

void emulator_write_svg(const struct emulator *emulator, FILE *out)
{
    int at_row, at_col;

    fprintf(out,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' "
            "font-family='monospace' font-size='15' xml:space='preserve'>\n"
            "<rect width='100%%' height='100%%' fill='#000'/>\n",
            emulator->cols * CELL_WIDTH, emulator->rows * CELL_HEIGHT);
    for (int row = 0; row < emulator->rows; row++) {
        for (int col = 0; col < emulator->cols; col++)
            write_svg_cell(emulator, row, col, out);
    }
    emulator_cursor(emulator, &at_row, &at_col);
    if (emulator->cursor_visible)
        fprintf(out,
                "<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='#fa0' "
                "stroke-width='2'/>\n",
                at_col * CELL_WIDTH, at_row * CELL_HEIGHT, CELL_WIDTH, CELL_HEIGHT);
    fputs("</svg>\n", out);
}
