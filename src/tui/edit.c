/* SPDX-License-Identifier: MIT */
#include "amparo/tui/edit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define UNDO_STEPS 100
#define NO_GOAL (-1)
#define KEPT_BYTES 4096 /* of each stack, in what a lock or a hang-up keeps */

static void drop_state(struct edit_state *state)
{
    explicit_bzero(state->text, strlen(state->text));
    free(state->text);
}

static void empty(struct edit_stack *stack)
{
    for (size_t i = 0; i < stack->count; i++)
        drop_state(&stack->states[i]);
    free(stack->states);
    *stack = (struct edit_stack){0};
}

/* Puts the present text on a stack; of too many the second goes: the first is the beginning. */
static void push(struct edit_stack *stack, const struct edit *edit)
{
    if (!stack->states)
        stack->states = xcalloc(UNDO_STEPS, sizeof *stack->states);
    if (stack->count == UNDO_STEPS) {
        drop_state(&stack->states[1]);
        stack->count--;
        memmove(stack->states + 1, stack->states + 2, (stack->count - 1) * sizeof *stack->states);
    }
    stack->states[stack->count++] = (struct edit_state){xstrdup(edit_text(edit)), edit->at};
}

static void put_text(struct edit *edit, const char *text, size_t at)
{
    buf_clear(&edit->text);
    buf_adds(&edit->text, text);
    edit->at = at;
    edit->fresh = false;
    edit->changed = true;
}

/* Steps back (or forth): what was is taken from one stack, what is goes onto the other. */
static bool step(struct edit *edit, struct edit_stack *from, struct edit_stack *to)
{
    if (from->count == 0)
        return false;
    push(to, edit);
    struct edit_state state = from->states[--from->count];
    put_text(edit, state.text, state.at);
    drop_state(&state);
    edit->last = EDIT_NO_CHANGE;
    return true;
}

/* To be called before each change. */
static void remember(struct edit *edit, enum edit_change change)
{
    if (edit->fresh || change != edit->last || change == EDIT_PASTED)
        push(&edit->undo, edit);
    empty(&edit->redo);
    edit->last = change;
    edit->fresh = false;
    edit->changed = true;
}

void edit_init(struct edit *edit, bool lines, size_t max)
{
    *edit = (struct edit){.lines = lines, .max = max, .fresh = true, .goal = NO_GOAL};
}

void edit_release(struct edit *edit)
{
    buf_release(&edit->text);
    empty(&edit->undo);
    empty(&edit->redo);
}

/* Appends what may stand in the value: normal form, and blanks for newlines in a single line. */
static bool clean(struct buf *out, const char *text, bool lines)
{
    size_t start = out->size;

    if (!text_normalize(out, text, strlen(text)))
        return false;
    for (size_t at = start; at < out->size; at++)
        if (out->data[at] == '\t' || (out->data[at] == '\n' && !lines))
            out->data[at] = ' ';
    return true;
}

void edit_set(struct edit *edit, const char *text)
{
    empty(&edit->undo);
    empty(&edit->redo);
    buf_clear(&edit->text);
    if (!clean(&edit->text, text, edit->lines)) {
        struct buf shown = BUF_INIT;
        text_shown(&shown, text, strlen(text));
        clean(&edit->text, buf_text(&shown), edit->lines);
        buf_release(&shown);
    }
    edit->at = edit->view = 0;
    edit->fresh = true;
    edit->changed = edit->full = false;
    edit->last = EDIT_NO_CHANGE;
    edit->goal = NO_GOAL;
}

/* The last cluster boundary up to `at`. */
static size_t boundary(const char *text, size_t at)
{
    size_t found = 0;

    for (size_t next = 0; next <= at; next = text_next(text, next)) {
        found = next;
        if (!text[next])
            break;
    }
    return found;
}

void edit_resume(struct edit *edit, size_t at)
{
    edit->at = boundary(edit_text(edit), at);
    edit->fresh = false;
}

/* The newest states, as many as have room: what is kept is written every few seconds. */
static void keep_stack(const struct edit_stack *stack, json_t *kept, const char *key)
{
    json_t *list = json_array();
    size_t room = KEPT_BYTES;

    for (size_t i = stack->count; i-- > 0 && strlen(stack->states[i].text) < room;) {
        const struct edit_state *state = &stack->states[i];
        room -= strlen(state->text);
        json_array_insert_new(list, 0, json_pack("[s, I]", state->text, (json_int_t)state->at));
    }
    if (json_array_size(list))
        json_object_set(kept, key, list);
    json_decref(list);
}

static void restore_stack(struct edit_stack *stack, const json_t *list)
{
    struct edit was = {.text = BUF_INIT};
    size_t i;
    json_t *state;

    json_array_foreach(list, i, state)
    {
        const char *text = json_string_value(json_array_get(state, 0));
        if (!text)
            continue;
        put_text(&was, text, 0);
        edit_resume(&was, (size_t)json_integer_value(json_array_get(state, 1)));
        push(stack, &was);
    }
    buf_release(&was.text);
}

void edit_keep(const struct edit *edit, json_t *kept)
{
    json_object_set_new(kept, "text", json_string(edit_text(edit)));
    if (!edit->fresh)
        json_object_set_new(kept, "at", json_integer((json_int_t)edit->at));
    if (edit->changed)
        json_object_set_new(kept, "changed", json_true());
    if (edit->view)
        json_object_set_new(kept, "view", json_integer((json_int_t)edit->view));
    keep_stack(&edit->undo, kept, "undo");
    keep_stack(&edit->redo, kept, "redo");
}

void edit_restore(struct edit *edit, const json_t *kept)
{
    const char *text = json_string_value(json_object_get(kept, "text"));
    const json_t *at = json_object_get(kept, "at");

    edit_set(edit, text ? text : "");
    if (at)
        edit_resume(edit, (size_t)json_integer_value(at));
    edit->changed = json_object_get(kept, "changed") != NULL;
    size_t view = (size_t)json_integer_value(json_object_get(kept, "view"));
    if (view < edit->text.size &&
        text_prev(edit_text(edit), text_next(edit_text(edit), view)) == view)
        edit->view = view;
    restore_stack(&edit->undo, json_object_get(kept, "undo"));
    restore_stack(&edit->redo, json_object_get(kept, "redo"));
}

const char *edit_text(const struct edit *edit)
{
    return buf_text(&edit->text);
}

/*
 * What stands before and behind the cursor becomes the text, if it has room: an accent joins the
 * letter before it, and the cursor goes behind what it has become part of. False: no room, no text.
 */
static bool join(struct edit *edit, const char *before, const char *behind, enum edit_change change)
{
    struct buf whole = BUF_INIT;
    struct buf raw = BUF_INIT;

    buf_adds(&raw, before);
    bool fits = clean(&whole, before, edit->lines);
    size_t at = whole.size;
    buf_clear(&whole);
    buf_adds(&raw, behind);
    fits = fits && clean(&whole, buf_text(&raw), edit->lines) &&
           (edit->max == 0 || whole.size <= edit->max || whole.size < edit->text.size);
    if (fits) {
        size_t settled = boundary(buf_text(&whole), at);
        remember(edit, change);
        put_text(edit, buf_text(&whole), settled < at ? text_next(buf_text(&whole), settled) : at);
    }
    buf_release(&raw);
    buf_release(&whole);
    return fits;
}

static bool insert(struct edit *edit, const char *text, size_t size, enum edit_change change)
{
    struct buf head = BUF_INIT;
    char *tail = xstrdup(edit->fresh ? "" : edit_text(edit) + edit->at);

    if (!edit->fresh)
        buf_add(&head, edit_text(edit), edit->at);
    buf_add(&head, text, size);
    bool fits = join(edit, buf_text(&head), tail, change);
    buf_release(&head);
    explicit_bzero(tail, strlen(tail));
    free(tail);
    return fits;
}

bool edit_insert(struct edit *edit, const char *text, enum edit_change change)
{
    size_t size = strlen(text);

    if (!text_valid(text, size))
        return false;
    if (insert(edit, text, size, change))
        return true;
    /* Of a paste as much as finds room; of what is typed all or nothing. */
    edit->full = true;
    if (change != EDIT_PASTED)
        return false;
    size_t taken = edit->fresh ? 0 : edit->text.size;
    size_t room = taken < edit->max ? edit->max - taken : 0;
    for (size = boundary(text, room < size ? room : size); size; size = text_prev(text, size))
        if (insert(edit, text, size, change))
            return true;
    return false;
}

void edit_replace(struct edit *edit, const char *text)
{
    struct buf whole = BUF_INIT;

    if (!clean(&whole, text, edit->lines))
        text_shown(&whole, text, strlen(text));
    remember(edit, EDIT_PASTED);
    put_text(edit, buf_text(&whole), whole.size);
    buf_release(&whole);
}

/* What stood apart may join: the halves of a flag, an accent that a newline kept off its letter. */
static bool erase(struct edit *edit, size_t from, size_t to)
{
    if (from == to)
        return true;
    char *head = xstrndup(edit_text(edit), from);
    char *tail = xstrdup(edit_text(edit) + to);
    join(edit, head, tail, EDIT_RUBBED);
    explicit_bzero(head, strlen(head));
    explicit_bzero(tail, strlen(tail));
    free(head);
    free(tail);
    return true;
}

/* The wrapped line in which the cursor is: its first byte, what it shows, and where the next is. */
struct line {
    int row;
    size_t start, shown, next;
};

static struct line line_at(const struct edit *edit, int width, int row)
{
    const char *text = edit_text(edit);
    struct line line = {0};

    for (;; line.row++, line.start = line.next) {
        line.next = line.start + text_wrap(text + line.start, width, &line.shown);
        bool last = line.next == edit->text.size &&
                    !(line.next > line.start && text[line.next - 1] == '\n');
        bool here = row < 0 ? edit->at < line.next : line.row == row;
        if (last || here || line.next == line.start)
            return line;
    }
}

int edit_rows(const struct edit *edit, int width)
{
    return line_at(edit, width, (int)edit->text.size + 1).row + 1;
}

void edit_place(const struct edit *edit, int width, int *row, int *col)
{
    struct line line = line_at(edit, width, -1);

    *row = line.row;
    *col = text_cells_n(edit_text(edit) + line.start, edit->at - line.start);
    if (*col > width)
        *col = width;
}

/* The last place in a line; where it was broken within a word, the one behind belongs to the next.
 */
static size_t end_of_line(const struct edit *edit, const struct line *line)
{
    size_t end = line->start + line->shown;

    return end == line->next && end < edit->text.size ? text_prev(edit_text(edit), end) : end;
}

/* One line up or down, in the column where one began to move so; false at the edge. */
static bool move_row(struct edit *edit, int width, int by)
{
    int row;
    int col;

    if (!edit->lines)
        return false;
    edit_place(edit, width, &row, &col);
    row += by;
    if (row < 0 || row >= edit_rows(edit, width))
        return false;
    if (edit->goal == NO_GOAL)
        edit->goal = col;
    struct line line = line_at(edit, width, row);
    size_t fit = line.start + text_fit(edit_text(edit) + line.start, edit->goal);
    size_t end = end_of_line(edit, &line);
    edit->at = fit < end ? fit : end;
    return true;
}

static bool move_to(struct edit *edit, size_t at)
{
    edit->at = at;
    return true;
}

static bool move_end(struct edit *edit, int width, bool end)
{
    if (!edit->lines)
        return move_to(edit, end ? edit->text.size : 0);
    struct line line = line_at(edit, width, -1);
    return move_to(edit, end ? end_of_line(edit, &line) : line.start);
}

static bool on_key(struct edit *edit, enum term_key key, int width)
{
    const char *text = edit_text(edit);

    switch (key) {
    case TK_LEFT:
        return move_to(edit, text_prev(text, edit->at));
    case TK_RIGHT:
        return move_to(edit, text_next(text, edit->at));
    case TK_WORD_LEFT:
        return move_to(edit, text_prev_word(text, edit->at));
    case TK_WORD_RIGHT:
        return move_to(edit, text_next_word(text, edit->at));
    case TK_HOME:
        return move_end(edit, width, false);
    case TK_END:
        return move_end(edit, width, true);
    case TK_UP:
        return move_row(edit, width, -1);
    case TK_DOWN:
        return move_row(edit, width, 1);
    case TK_INSERT:
        return true;
    case TK_BACKSPACE:
        return edit->fresh ? erase(edit, 0, edit->text.size)
                           : erase(edit, text_prev(text, edit->at), edit->at);
    case TK_DELETE:
        return edit->fresh ? erase(edit, 0, edit->text.size)
                           : erase(edit, edit->at, text_next(text, edit->at));
    case TK_NEWLINE:
        return edit->lines && (edit_insert(edit, "\n", EDIT_TYPED), true);
    case TK_CTRL_U:
        return step(edit, &edit->undo, &edit->redo);
    case TK_CTRL_R:
        return step(edit, &edit->redo, &edit->undo);
    default:
        return false;
    }
}

static bool is_row_move(const struct term_event *event)
{
    return event->kind == TERM_KEY && (event->key == TK_UP || event->key == TK_DOWN);
}

bool edit_event(struct edit *edit, const struct term_event *event, int width)
{
    edit->full = false;
    if (!is_row_move(event))
        edit->goal = NO_GOAL;
    if (event->kind == TERM_TEXT) {
        edit_insert(edit, event->text, EDIT_TYPED);
        return true;
    }
    if (event->kind == TERM_PASTE) {
        edit_insert(edit, event->paste, EDIT_PASTED);
        return true;
    }
    size_t at = edit->at;
    enum edit_change last = edit->last;
    if (event->kind != TERM_KEY || !on_key(edit, event->key, width))
        return false;
    edit->fresh = false;
    if (edit->at != at && edit->last == last && last == EDIT_TYPED)
        edit->last = EDIT_NO_CHANGE; /* typing elsewhere is another step */
    return true;
}

/* A terminal that is as wide as before shows what it showed before, if nothing was typed since. */
static void follow_width(struct edit *edit, int width)
{
    size_t view = edit->view;

    if (edit->before.width == width && edit->before.at == edit->at &&
        edit->before.size == edit->text.size)
        edit->view = edit->before.view;
    edit->before.width = edit->width;
    edit->before.view = view;
    edit->before.at = edit->at;
    edit->before.size = edit->text.size;
    edit->width = width;
}

void edit_scroll(struct edit *edit, int width)
{
    const char *text = edit_text(edit);

    if (width != edit->width)
        follow_width(edit, width);
    if (edit->view > edit->text.size || text_cells(text) <= width)
        edit->view = 0;
    edit->view = boundary(text, edit->view);
    if (edit->at >= edit->view && text_cells_n(text + edit->view, edit->at - edit->view) <= width)
        return;
    /* By half a field at a time, so that each key after it costs no more than itself. */
    edit->view = edit->at;
    while (edit->view > 0 && text_cells_n(text + edit->view, edit->at - edit->view) < width / 2)
        edit->view = text_prev(text, edit->view);
    if (text_cells_n(text + edit->view, edit->at - edit->view) > width)
        edit->view = text_next(text, edit->view); /* a cluster wider than half of it */
}
