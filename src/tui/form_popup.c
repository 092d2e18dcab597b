/* SPDX-License-Identifier: MIT */
/* The list of codes that opens under a field: while one types, or all of it at F4. */
#include "form_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"

#define POPUP_ROWS 7
#define LETTERS 2 /* typed before it opens by itself */
#define CODE_CELLS 4

static const struct form_item *item_of(const struct form *form)
{
    return &form->items[form->at];
}

void form_popup_close(struct form *form)
{
    free(form->popup.found);
    form->popup = (struct form_popup){0};
}

static void find(struct form *form, const char *typed)
{
    struct form_popup *popup = &form->popup;

    if (!popup->found)
        popup->found = xcalloc(form_count_codes(item_of(form)) + 1, sizeof *popup->found);
    list_count(&popup->list, form_find_codes(item_of(form), typed, popup->found));
    popup->open = popup->list.count > 0;
}

/* The whole list, narrowed to what has the letters sought; it stays open where nothing has them. */
static void show_sought(struct form *form)
{
    find(form, form->popup.sought);
    form->popup.open = true;
}

void form_popup_all(struct form *form)
{
    form_popup_close(form);
    if (form_count_codes(item_of(form)) == 0)
        return;
    find(form, "");
    form->popup.all = form->popup.chosen = true;
}

void form_popup_follow(struct form *form)
{
    const char *text = edit_text(&form->edit);
    const char *typed = text + form_part(item_of(form), text);
    const struct form_code *one = form_one_code(item_of(form), typed);
    bool settled = one && strlen(typed) == strlen(one->code);

    form_popup_close(form);
    if (form_answer(typed) || text_clusters(typed) < LETTERS)
        return;
    find(form, typed);
    if (settled && form->popup.list.count == 1)
        form_popup_close(form);
}

/* The codes of what is in the field. */
static void taken_codes(const struct form *form, struct buf *codes)
{
    struct buf echo = BUF_INIT;

    buf_adds(codes, edit_text(&form->edit));
    form_codes_settle(item_of(form), codes, &echo);
    buf_release(&echo);
}

static bool is_among(const struct buf *codes, const struct form_code *code)
{
    size_t size = strlen(code->code);
    bool found = false;

    for (const char *at = buf_text(codes); *at && !found; at += strspn(at, ", ")) {
        size_t part = strcspn(at, ",");
        found = part == size && memcmp(at, code->code, size) == 0;
        at += part;
    }
    return found;
}

/* Whether the code is one of those in the field. */
static bool is_taken(const struct form *form, const struct form_code *code)
{
    struct buf codes = BUF_INIT;

    taken_codes(form, &codes);
    bool taken = is_among(&codes, code);
    buf_release(&codes);
    return taken;
}

/* Takes a code out of the field again. */
static void drop_code(struct form *form, const struct form_code *code)
{
    struct buf value = BUF_INIT;
    struct buf echo = BUF_INIT;
    struct buf kept = BUF_INIT;
    struct buf text = BUF_INIT;

    buf_adds(&value, edit_text(&form->edit));
    form_codes_settle(item_of(form), &value, &echo);
    for (const char *at = buf_text(&value); *at; at += strspn(at, ", ")) {
        size_t part = strcspn(at, ",");
        if (part != strlen(code->code) || memcmp(at, code->code, part) != 0) {
            buf_adds(&kept, kept.size ? ", " : "");
            buf_add(&kept, at, part);
        }
        at += part;
    }
    form_codes_text(&text, item_of(form), buf_text(&kept));
    buf_adds(&text, text.size ? ", " : "");
    edit_replace(&form->edit, buf_text(&text));
    buf_release(&value);
    buf_release(&echo);
    buf_release(&kept);
    buf_release(&text);
}

void form_take_code(struct form *form, const struct form_code *code)
{
    const struct form_item *item = item_of(form);
    const char *text = edit_text(&form->edit);
    struct buf all = BUF_INIT;
    struct buf shown = BUF_INIT;
    bool several = item->kind == FORM_CODES;

    if (several)
        buf_add(&all, text, form_part(item, text));
    buf_adds(&all, code->code);
    form_codes_text(&shown, item, buf_text(&all));
    buf_adds(&shown, several ? ", " : "");
    edit_replace(&form->edit, buf_text(&shown));
    buf_release(&all);
    buf_release(&shown);
}

/* Enter or the space bar on a code of the list. */
static enum popup_answer choose(struct form *form)
{
    struct form_popup *popup = &form->popup;

    if (!popup->list.count)
        return POPUP_STAY;
    const struct form_code *code = &item_of(form)->codes[popup->found[popup->list.at]];
    bool several = item_of(form)->kind == FORM_CODES;

    if (several && popup->all && is_taken(form, code))
        drop_code(form, code);
    else
        form_take_code(form, code);
    if (!several || !popup->all) {
        form_popup_close(form);
    } else if (*popup->sought) { /* the next one is sought from all of them */
        popup->sought[0] = '\0';
        show_sought(form);
        for (size_t i = 0; i < popup->list.count; i++)
            if (&item_of(form)->codes[popup->found[i]] == code)
                popup->list.at = i;
    }
    return several ? POPUP_STAY : POPUP_NEXT;
}

void form_popup_seek(struct form *form, const char *letters)
{
    struct form_popup *popup = &form->popup;
    size_t before = strlen(popup->sought), size = strlen(letters);

    if (before + size >= sizeof popup->sought)
        return;
    memcpy(popup->sought + before, letters, size + 1);
    show_sought(form);
    popup->list.at = 0;
}

static void widen(struct form *form)
{
    struct form_popup *popup = &form->popup;

    popup->sought[text_prev(popup->sought, strlen(popup->sought))] = '\0';
    show_sought(form);
}

/* While one types: the keys that go from the field into the list. */
static enum popup_answer enter_list(struct form *form, enum term_key key)
{
    const char *text = edit_text(&form->edit);
    bool doubtful = !form_one_code(item_of(form), text + form_part(item_of(form), text));

    /* An Enter that could mean several goes there too, to be told which. */
    if (key != TK_DOWN && key != TK_PAGE_DOWN && !(key == TK_ENTER && doubtful))
        return POPUP_PASS;
    form->popup.chosen = true;
    return POPUP_STAY;
}

static enum popup_answer list_key(struct form *form, const struct term_event *event)
{
    struct form_popup *popup = &form->popup;

    if (event->key == TK_ENTER)
        return choose(form);
    if (event->key == TK_UP && popup->list.at == 0 && !popup->all) {
        popup->chosen = false;
        return POPUP_STAY;
    }
    return list_event(&popup->list, event, POPUP_ROWS) ? POPUP_STAY : POPUP_PASS;
}

enum popup_answer form_popup_event(struct form *form, const struct term_event *event)
{
    struct form_popup *popup = &form->popup;

    if (!popup->open)
        return POPUP_PASS;
    if (event->kind == TERM_TEXT && popup->all) {
        if (strcmp(event->text, " ") == 0)
            return choose(form);
        form_popup_seek(form, event->text);
        return POPUP_STAY;
    }
    if (event->kind != TERM_KEY)
        return POPUP_PASS;
    if (event->key == TK_BACKSPACE && popup->all) {
        widen(form);
        return POPUP_STAY;
    }
    if (event->key == TK_CANCEL || event->key == TK_F4) {
        form_popup_close(form);
        return POPUP_STAY;
    }
    return popup->chosen ? list_key(form, event) : enter_list(form, event->key);
}

struct popup_drawing {
    const struct form *form;
    bool ticks;
    struct buf taken; /* the codes to be ticked */
};

static void draw_code(void *context, struct terminal *term, size_t index, int row, int col,
                      int cells)
{
    const struct popup_drawing *drawing = context;
    const struct form *form = drawing->form;
    const struct form_code *code = &item_of(form)->codes[form->popup.found[index]];
    bool is_short = strlen(code->code) < CODE_CELLS && !(item_of(form)->flags & FORM_WORDS);
    int used = 0;

    if (drawing->ticks)
        used += term_put(term, row, col, ROLE_NORMAL,
                         is_among(&drawing->taken, code) ? "[x] " : "[ ] ", cells);
    if (is_short) {
        term_put(term, row, col + used, ROLE_LABEL, code->code, cells - used);
        used += CODE_CELLS;
    }
    term_put(term, row, col + used, ROLE_NORMAL, code->label, cells - used);
}

void form_popup_draw(struct form *form, struct terminal *term, int top)
{
    const struct form_place *place = &form->places[form->at];
    struct form_popup *popup = &form->popup;
    int found = popup->list.count ? (int)popup->list.count : 1;
    int rows = found < POPUP_ROWS ? found : POPUP_ROWS;
    int below = form->body_rows - place->row - place->rows;
    int col = place->field_col - 1;
    int cells = form->cols - col;

    if (!popup->open)
        return;
    int start = place->row + place->rows;
    if (below < rows && place->row > below) { /* more room above */
        rows = rows < place->row ? rows : place->row;
        start = place->row - rows;
    } else if (below < rows) {
        rows = below > 0 ? below : 1;
    }
    for (int i = 0; i < rows; i++)
        term_fill(term, top + start + i, col, ROLE_NORMAL, ' ', cells);
    if (!popup->list.count) {
        struct buf none = BUF_INIT;
        buf_addf(&none, _(" nothing has: %s"), popup->sought);
        term_put(term, top + start, col, ROLE_DOUBT, buf_text(&none), cells);
        buf_release(&none);
        return;
    }
    bool ticks = item_of(form)->kind == FORM_CODES && popup->all;
    struct popup_drawing drawing = {form, ticks, BUF_INIT};
    if (ticks)
        taken_codes(form, &drawing.taken);
    list_draw(&popup->list, term, top + start, col, rows, cells, popup->chosen, draw_code,
              &drawing);
    buf_release(&drawing.taken);
}
