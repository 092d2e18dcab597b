/* SPDX-License-Identifier: MIT */
/* How a form looks. */
#include "form_work.h"

#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/text.h"
#include "amparo/tui/editview.h"

#define HELP_CELLS 60
#define SAID_LEAST 20 /* of what is said beside a field and goes on at the foot */

static enum term_role level_role(enum form_level level)
{
    return level == FORM_ERROR ? ROLE_ERROR : level == FORM_FINE ? ROLE_NORMAL : ROLE_DOUBT;
}

void form_say_level(struct buf *out, enum form_level level)
{
    const char *const words[] = {"", _("missing: "), _("doubt: "), _("error: ")};

    buf_adds(out, words[level]);
}

/* "missing" alone, where the rest finds no room: half a sentence says less. */
static void keep_level(struct buf *said, enum form_level level)
{
    buf_clear(said);
    form_say_level(said, level);
    while (said->size && strchr(": ", said->data[said->size - 1]))
        buf_cut(said, said->size - 1);
}

/* What is to be said of a value, with its level in words; returns the level. */
static enum form_level say_value(const struct form_value *value, const struct terminal *term,
                                 struct buf *out)
{
    bool marked = value->marked > value->level || (value->mark.size && !value->echo.size);
    enum form_level level = marked ? value->marked : value->level;

    form_say_level(out, level);
    if (level != FORM_FINE)
        ; /* said */
    else if (value->carried)
        buf_adds(out, _("as last time: "));
    else if (value->offered && !term_shows(term, ROLE_OFFERED))
        buf_adds(out, value->echo.size ? _("offered: ") : _("offered"));
    buf_adds(out, buf_text(marked ? &value->mark : &value->echo));
    return level;
}

/* Whether something else is being typed where a value was only offered, or stood as last time. */
static bool typed_over(const struct form *form, const struct form_item *item)
{
    const struct form_value *value = form_find_value(form, item->key);

    return value && (value->offered || value->carried) && item == &form->items[form->at] &&
           form->edit.changed && !(item->flags & FORM_ECHO);
}

/* The same of an item. What is being typed is said back where it means something, and is not called
 * wrong before it has been left. */
static enum form_level say(struct form *form, size_t index, const struct terminal *term,
                           struct buf *out)
{
    const struct form_item *item = &form->items[index];

    if (typed_over(form, item))
        return FORM_FINE;
    if (index != form->at || !form->edit.changed || !(item->flags & FORM_ECHO))
        return say_value(form_value_of(form, item->key), term, out);
    struct form_value trial = form_trial(form);
    if (trial.level == FORM_FINE)
        say_value(&trial, term, out);
    form_trial_release(&trial);
    return FORM_FINE;
}

/* The text that a field shows when one is elsewhere. */
static void shown_text(const struct form_item *item, const struct form_value *value,
                       struct buf *out)
{
    const char *text = buf_text(&value->text);

    if (item->codes && !form_answer(text))
        form_codes_text(out, item, text);
    else
        buf_adds(out, text);
}

/* A code that stands as it was found: shown as words, not as a field. */
static bool is_word(const struct form *form, size_t index, const char *text)
{
    return form->items[index].kind == FORM_CODE && *text && (index != form->at || form->edit.fresh);
}

/* A field's last column, or where a code's text ends: what is said stands behind it. */
static int end_of_field(const struct form *form, size_t index, const char *text)
{
    const struct form_place *place = &form->places[index];
    if (is_word(form, index, text))
        return place->field_col + text_cells(text);
    return place->field_col + place->width;
}

/* Columns up to the next item in the same row. */
static int room_end(const struct form *form, size_t index)
{
    const struct form_place *place = &form->places[index];
    const struct form_place *next = place + 1;

    if (index + 1 < form->count && next->page == place->page && next->row == place->row)
        return next->label_col - 1;
    return form->cols;
}

/* The label above, the marker before: one that something is wrong with is told from afar. */
static void draw_cell_label(const struct form *form, struct terminal *term, size_t index, int top)
{
    const struct form_item *item = &form->items[index];
    const struct form_place *place = &form->places[index];
    const char *unread;
    enum form_level level = form_level(form, item->key, &unread);

    term_put(term, top + place->label_row, place->label_col, ROLE_LABEL, item->label, place->width);
    if (index == form->at && !form->jumping)
        term_put(term, top + place->row, place->field_col - 1, ROLE_FOCUS, ">", 1);
    else if (level != FORM_FINE)
        term_put(term, top + place->row, place->field_col - 1, level_role(level), "!", 1);
}

/*
 * Before the field, where there is always room: it is needed; it stands as last time, or is only
 * offered where nothing can be dim, and has to be passed.
 */
static const char *sign_of(const struct form *form, const struct form_item *item,
                           const struct terminal *term)
{
    const struct form_value *value = form_find_value(form, item->key);

    if (!value || !value->text.size)
        return item->flags & FORM_NEEDED ? "*" : "";
    if (typed_over(form, item))
        return "";
    if (value->carried)
        return "\"";
    return value->offered && !term_shows(term, ROLE_OFFERED) ? "?" : "";
}

static void draw_label(const struct form *form, struct terminal *term, size_t index, int row)
{
    const struct form_item *item = &form->items[index];
    const struct form_place *place = &form->places[index];
    int room = place->field_col - place->label_col - 1;

    if (index == form->at && !form->jumping)
        term_put(term, row, place->label_col - 1, ROLE_FOCUS, ">", 1);
    term_put(term, row, place->label_col, ROLE_LABEL, item->label, room);
    term_put(term, row, place->field_col - 1, ROLE_LABEL, sign_of(form, item, term), 1);
}

/* A code in a cell is no longer than the cell. */
static void draw_cell(struct form *form, struct terminal *term, size_t index, int row,
                      enum term_role role, const char *text)
{
    const struct form_place *place = &form->places[index];

    if (index == form->at && !form->jumping && !is_word(form, index, text)) {
        edit_draw(&form->edit, term, row, place->field_col, place->width, 1);
    } else if (is_word(form, index, text)) {
        term_putn(term, row, place->field_col, role == ROLE_OFFERED ? role : ROLE_NORMAL, text,
                  text_fit(text, place->width), place->width);
        if (index == form->at && !form->jumping)
            term_cursor(term, row, place->field_col);
    } else {
        field_draw(term, row, place->field_col, place->width, 1, role, text);
    }
}

static void draw_field(struct form *form, struct terminal *term, size_t index, int row,
                       enum term_role role, const char *text)
{
    const struct form_item *item = &form->items[index];
    const struct form_place *place = &form->places[index];
    int lines = item->kind == FORM_LONG ? place->rows : 1;

    if (item->kind == FORM_SHOWN || is_word(form, index, text)) {
        term_put(term, row, place->field_col, role == ROLE_OFFERED ? role : ROLE_NORMAL, text,
                 room_end(form, index) - place->field_col);
        if (index == form->at && !form->jumping)
            term_cursor(term, row, place->field_col);
    } else if (index == form->at && !form->jumping) {
        edit_draw(&form->edit, term, row, place->field_col, place->width, place->rows);
        if (role == ROLE_OFFERED && form->edit.fresh && !form->edit.lines)
            term_put(term, row, place->field_col, role, text, place->width);
    } else
        field_draw(term, row, place->field_col, place->width, lines, role, text);
}

/* Returns whether what is to be said of the value found room beside it. */
static bool draw_item(struct form *form, struct terminal *term, size_t index, int top)
{
    const struct form_item *item = &form->items[index];
    int row = top + form->places[index].row;
    struct buf text = BUF_INIT;
    struct buf said = BUF_INIT;
    bool fits = true;

    if (item->kind == FORM_HEADING) {
        term_put(term, row, form->places[index].label_col, ROLE_HEADING, item->label,
                 form->cols - 1);
        return true;
    }
    struct form_value *value = form_value_of(form, item->key);
    shown_text(item, value, &text);
    if (item->flags & FORM_CELL) {
        enum term_role role = value->offered ? ROLE_OFFERED : ROLE_FIELD;
        draw_cell_label(form, term, index, top);
        draw_cell(form, term, index, row, role, buf_text(&text));
        say(form, index, term, &said);
        fits = !said.size;
        buf_release(&text);
        buf_release(&said);
        return fits;
    }
    draw_label(form, term, index, row);
    draw_field(form, term, index, row, value->offered ? ROLE_OFFERED : ROLE_FIELD, buf_text(&text));
    enum form_level level = say(form, index, term, &said);
    int col = end_of_field(form, index, buf_text(&text)) + 2;
    if (said.size) {
        fits = col + text_cells(buf_text(&said)) <= room_end(form, index);
        if (!fits && room_end(form, index) - col < SAID_LEAST)
            keep_level(&said, level);
        if (fits || level != FORM_FINE)
            term_put(term, row, col, level_role(level), buf_text(&said),
                     room_end(form, index) - col);
    }
    buf_release(&text);
    buf_release(&said);
    return fits;
}

bool form_says_in_full(struct form *form, const char *key)
{
    const char *said;
    enum form_level level = form_level(form, key, &said);

    for (size_t i = 0; level != FORM_FINE && i < form->count; i++) {
        const struct form_item *item = &form->items[i];
        struct buf text = BUF_INIT;
        if (!item->key || strcmp(item->key, key) != 0)
            continue;
        shown_text(item, form_value_of(form, key), &text);
        int col = end_of_field(form, i, buf_text(&text)) + 2 + text_cells(_("missing: "));
        buf_release(&text);
        return col + text_cells(said) <= room_end(form, i);
    }
    return true;
}

/* What the foot says: what found no room beside the field, else the field's help. */
static enum term_role foot_text(struct form *form, const struct terminal *term, bool said,
                                struct buf *text)
{
    const struct form_item *item = &form->items[form->at];

    if (form->edit.full) {
        buf_adds(text, _("There is no room for more: what is beyond was left out."));
        return ROLE_DOUBT;
    }
    if (!said)
        return level_role(say(form, form->at, term, text));
    buf_adds(text, item->help ? item->help : "");
    return ROLE_DIM;
}

static void draw_foot(struct form *form, struct terminal *term, int row, int rows, bool said)
{
    struct buf text = BUF_INIT;

    if (form->jumping) {
        const char *ask =
            form->missed ? _("Nothing is called so. Jump to: ") : _("Jump to section or label: ");
        int used =
            term_put(term, row, 1, form->missed ? ROLE_ERROR : ROLE_NORMAL, ask, form->cols - 8);
        term_put(term, row, 0, ROLE_FOCUS, ">", 1);
        edit_draw(&form->jump, term, row, 1 + used, form->cols - used - 3, 1);
        return;
    }
    if (form->at >= form->count)
        return;
    enum term_role role = foot_text(form, term, said, &text);
    const char *rest = buf_text(&text);
    for (int i = 0; i < rows; i++) {
        size_t shown;
        size_t took = text_wrap(rest, form->cols - 2 > 2 ? form->cols - 2 : 2, &shown);
        term_putn(term, row + i, 1, role, rest, shown, form->cols - 2);
        rest += took;
    }
    buf_release(&text);
}

void form_draw(struct form *form, struct terminal *term, int top, int rows)
{
    /* The help has a row, two where it would not fit, and a blank one before it if that can be. */
    int foot = rows < 3 ? 0 : rows >= 8 && term_cols(term) < HELP_CELLS + 2 ? 2 : 1;
    int body = rows - foot - (rows >= 12);
    bool said = true;

    form_layout(form, body > 0 ? body : 1, term_cols(term));
    int page = form->at < form->count ? form->places[form->at].page : 0;
    for (size_t i = 0; i < form->count; i++) {
        if (form->places[i].page != page)
            continue;
        bool fits = draw_item(form, term, i, top);
        said = said && (i != form->at || fits);
    }
    if (foot)
        draw_foot(form, term, top + rows - foot, foot, said);
    if (form->at < form->count && !form->jumping)
        form_popup_draw(form, term, top);
}
