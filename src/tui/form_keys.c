/* SPDX-License-Identifier: MIT */
/* What each key does in a form. */
#include "form_work.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/base/text.h"

/* Letters of a line of a machine-readable zone, the shortest; from where there are two of them. */
enum { ZONE_LINE = 30, TWO_LINES = 33 };

/* The next field that way; at the ends one stays. */
static enum form_result step(struct form *form, int by)
{
    size_t next = form_seek(form, form->at + (size_t)by, by);

    form_leave_for(form, next);
    return FORM_STAY;
}

static enum form_result to_end(struct form *form, bool last)
{
    form_leave_for(form, last ? form_seek(form, form->count - 1, -1) : form_seek(form, 0, 1));
    return FORM_STAY;
}

static enum form_result turn_page(struct form *form, int by)
{
    int page = form->places[form->at].page + by;

    for (size_t i = 0; i < form->count; i++)
        if (form->places[i].page == page && form_takes_keys(&form->items[i])) {
            form_leave_for(form, i);
            return FORM_STAY;
        }
    return to_end(form, by > 0);
}

/* The first field of section `number` (from 1); where there are no sections, that field. */
static bool to_number(struct form *form, int number)
{
    bool sections = false;

    for (size_t i = 0; i < form->count; i++)
        sections = sections || form->items[i].kind == FORM_HEADING;
    for (size_t i = 0; i < form->count; i++) {
        const struct form_item *item = &form->items[i];
        bool counts = sections ? item->kind == FORM_HEADING : form_takes_keys(item);
        if (counts && --number == 0 && form_seek(form, i, 1) < form->count) {
            form_leave_for(form, form_seek(form, i, 1));
            return true;
        }
    }
    return false;
}

static enum form_result next_section(struct form *form)
{
    for (size_t i = form->at; i < form->count; i++)
        if (form->items[i].kind == FORM_HEADING) {
            form_leave_for(form, form_seek(form, i, 1));
            return FORM_STAY;
        }
    return FORM_PASS;
}

/* To the label that what was typed after `=` matches best, or to what has that number. */
bool form_jump(struct form *form, const char *typed)
{
    size_t best = form->count;
    enum text_match match = TEXT_MATCH_NONE;

    if (*typed >= '1' && *typed <= '9' && to_number(form, atoi(typed)))
        return true;
    for (size_t i = 0; *typed && i < form->count; i++) {
        enum text_match one = text_match(typed, form->items[i].label);
        if (one > match && form_seek(form, i, 1) < form->count) {
            match = one;
            best = form_seek(form, i, 1);
        }
    }
    if (best < form->count)
        form_leave_for(form, best);
    return best < form->count || !*typed;
}

/* Where nothing is called so one stays here: what is typed on must not go into another field. */
static enum form_result jump_event(struct form *form, const struct term_event *event)
{
    if (event->kind == TERM_KEY && event->key == TK_ENTER) {
        form->missed = !form_jump(form, edit_text(&form->jump));
        form->jumping = form->missed;
        return FORM_STAY;
    }
    bool gives_up =
        event->kind == TERM_KEY &&
        (event->key == TK_CANCEL || (event->key == TK_BACKSPACE && form->jump.text.size == 0));
    if (!gives_up && edit_event(&form->jump, event, form->cols))
        return FORM_STAY;
    form->jumping = false;
    return gives_up ? FORM_STAY : form_event(form, event);
}

/* One value as it was, or as it was to be; a mark from outside was for the other one. */
static void put_back(struct form *form, const char *key, const char *text, bool carried)
{
    struct form_value *value = form_value_of(form, key);
    const struct form_item *item = form_item_of(form, key);
    const struct form_item gone = {.key = key}; /* with what had asked for it */

    form_settle(form, value, text);
    form_mark(form, key, FORM_FINE, "");
    value->offered = false;
    value->carried = carried;
    if (item && form_takes_keys(item))
        form_enter(form, (size_t)(item - form->items));
    if (form->hooks->left)
        form->hooks->left(form->context, item ? item : &gone, buf_text(&value->text), FORM_CHANGED);
}

/* Takes a change back, with those that came of it; one stands at the field that was typed in. */
static void undo(struct form *form)
{
    bool joined = true;

    form_remember_undone(form);
    while (joined && form->undone > 0) {
        const struct form_change *change = &form->changes[--form->undone];
        joined = change->how & CHANGE_JOINED;
        put_back(form, change->key, change->before, false);
    }
}

static void redo(struct form *form)
{
    size_t first = form->undone;

    while (form->undone < form->change_count &&
           (form->undone == first || (form->changes[form->undone].how & CHANGE_JOINED))) {
        const struct form_change *change = &form->changes[form->undone++];
        put_back(form, change->key, change->after, change->how & CHANGE_CARRIED);
    }
    const struct form_item *item =
        first < form->undone ? form_item_of(form, form->changes[first].key) : NULL;
    if (item && form_takes_keys(item))
        form_enter(form, (size_t)(item - form->items));
}

static enum form_result replay(struct form *form, bool again)
{
    if (form->edit.changed && strcmp(edit_text(&form->edit), buf_text(&form->entered)) != 0)
        form_leave_for(form, form->at);
    if (again)
        redo(form);
    else
        undo(form);
    return FORM_STAY;
}

static const char *last_time(const struct form *form, size_t index)
{
    const struct form_item *item = &form->items[index];
    const char *last = item->key && form_takes_keys(item) && form->hooks->previous
                           ? form->hooks->previous(form->context, item)
                           : NULL;

    return last && *last ? last : NULL;
}

/* F5: what stood there last time, in place of what is there. */
static enum form_result bring_last(struct form *form)
{
    const struct form_item *item = &form->items[form->at];
    const char *last = last_time(form, form->at);
    struct buf shown = BUF_INIT;

    if (!last)
        return FORM_STAY;
    if (item->codes && !form_answer(last))
        form_codes_text(&shown, item, last);
    else
        buf_adds(&shown, last);
    edit_replace(&form->edit, buf_text(&shown));
    form->told = false;
    buf_release(&shown);
    return FORM_STAY;
}

/* Into a field that is empty; with the change before, where there was one. */
static bool carry(struct form *form, size_t index, bool joined)
{
    const struct form_item *item = &form->items[index];
    struct form_value *value = item->key ? form_value_of(form, item->key) : NULL;
    const char *last = value && !value->text.size ? last_time(form, index) : NULL;

    if (!last || (index == form->at && form->edit.text.size))
        return false;
    form_settle(form, value, last);
    value->carried = true;
    form_remember(form, item->key, "", buf_text(&value->text),
                  CHANGE_CARRIED | (joined ? CHANGE_JOINED : 0));
    if (form->hooks->left)
        form->hooks->left(form->context, item, buf_text(&value->text), FORM_CARRIED);
    if (index == form->at)
        form_load(form);
    return true;
}

static enum form_result carry_all(struct form *form)
{
    bool any = false;

    if (form->edit.changed)
        form_leave_for(form, form->at);
    for (size_t i = 0; i < form->count; i++)
        any = carry(form, i, any) || any;
    return FORM_STAY;
}

/* Enter where the text of a code is not complete: the only match, then on. */
static void complete(struct form *form)
{
    const struct form_item *item = &form->items[form->at];
    const char *text = edit_text(&form->edit);
    const char *typed = text + form_part(item, text);

    if (!item->codes || !form->edit.changed || !*typed || form_answer(typed))
        return;
    const struct form_code *code = form_one_code(item, typed);
    if (code)
        form_take_code(form, code);
}

/* A comma ends a code as Enter does, for the next one. */
static void complete_before_comma(struct form *form)
{
    const char *text = edit_text(&form->edit);
    size_t size = form->edit.text.size;

    if (form->edit.at != size)
        return;
    char *head = xstrndup(text, size - 1);
    const struct form_code *code =
        form_one_code(&form->items[form->at], head + form_part(&form->items[form->at], head));
    if (code) {
        edit_replace(&form->edit, head);
        form_take_code(form, code);
    }
    form_wipe(head);
}

/*
 * A line of a machine-readable zone has been typed, and more are to come: three of 30 letters, or
 * two of 36 or 44. Who types may miscount, and ends each by Enter; readers count, some end by Tab.
 */
static bool zone_is_open(const struct form *form, bool typed)
{
    const char *text = edit_text(&form->edit), *last = strrchr(text, '\n');
    size_t first = strcspn(text, "\n"), lines = first < TWO_LINES ? 3 : 2;

    if (!(form->items[form->at].flags & FORM_MANY) || !form->edit.changed)
        return false;
    for (const char *c = text; *c; c++)
        lines -= *c == '\n' && lines > 0;
    last = last ? last + 1 : text;
    return lines > 1 && strlen(last) >= (typed ? ZONE_LINE - 5 : ZONE_LINE) &&
           strlen(last) < 2 * ZONE_LINE &&
           (typed || !strpbrk(last, " _abcdefghijklmnopqrstuvwxyz"));
}

static enum form_result leave_key(struct form *form, enum term_key key)
{
    if (zone_is_open(form, key == TK_ENTER)) {
        edit_insert(&form->edit, "\n", EDIT_TYPED);
        return FORM_STAY;
    }
    return step(form, 1);
}

static enum form_result enter_key(struct form *form)
{
    complete(form);
    return leave_key(form, TK_ENTER);
}

static enum form_result on_key(struct form *form, enum term_key key)
{
    switch (key) {
    case TK_ENTER:
        return enter_key(form);
    case TK_TAB:
        return leave_key(form, TK_TAB);
    case TK_DOWN:
        return step(form, 1);
    case TK_BACKTAB:
    case TK_UP:
        return step(form, -1);
    case TK_FIRST:
        return to_end(form, false);
    case TK_LAST:
        return to_end(form, true);
    case TK_PAGE_UP:
        return turn_page(form, -1);
    case TK_PAGE_DOWN:
        return turn_page(form, 1);
    case TK_CTRL_U:
        return replay(form, false);
    case TK_CTRL_R:
        return replay(form, true);
    case TK_CTRL_F:
        return carry_all(form);
    case TK_F4:
        form_popup_all(form);
        return FORM_STAY;
    case TK_F5:
        return bring_last(form);
    case TK_F6:
        return next_section(form);
    default:
        return FORM_PASS;
    }
}

/* What ends the work on the form, or needs the screen around it. */
static enum form_result outward(struct form *form, enum term_key key)
{
    switch (key) {
    case TK_F1:
        return FORM_HELP;
    case TK_F2:
        complete(form);
        form_leave(form);
        return FORM_DONE;
    case TK_CANCEL:
        form_leave(form);
        return FORM_CANCEL;
    default:
        return FORM_PASS;
    }
}

/* Where `=`, `@` and `??` are commands: nothing has been typed yet. */
static bool at_command(const struct form *form)
{
    const char *text = edit_text(&form->edit);

    return form->edit.fresh || !text[form_part(&form->items[form->at], text)];
}

/* One of the commands; FORM_PASS: it is text like any other. */
static enum form_result command(struct form *form, const char *text)
{
    if (strcmp(edit_text(&form->edit), "?") == 0 && strcmp(text, "?") == 0) {
        form_load(form);
        return FORM_HELP_ALL;
    }
    if (!at_command(form))
        return FORM_PASS;
    if (strcmp(text, "=") == 0) {
        edit_set(&form->jump, "");
        form->jumping = true;
        form->missed = false;
        form_popup_close(form);
        return FORM_STAY;
    }
    /* In a field that is empty it is the beginning of a name, as services have them. */
    if (strcmp(text, "@") == 0 && form->edit.text.size) {
        edit_replace(&form->edit, "");
        return FORM_STAY;
    }
    /* An answer stands alone, also where several codes stood. */
    if (strcmp(text, "?") == 0 && form->items[form->at].kind == FORM_CODES) {
        edit_replace(&form->edit, "?");
        return FORM_STAY;
    }
    return FORM_PASS;
}

/* Backspace behind a comma takes the whole code before it. */
static bool rub_code(struct form *form)
{
    const struct form_item *item = &form->items[form->at];
    const char *text = edit_text(&form->edit);
    size_t size = form->edit.text.size;

    if (item->kind != FORM_CODES || form->edit.at != size || size < 2 ||
        strcmp(text + size - 2, ", ") != 0)
        return false;
    char *rest = xstrndup(text, size - 2);
    rest[form_part(item, rest)] = '\0';
    edit_replace(&form->edit, rest);
    form_wipe(rest);
    return true;
}

/* A field of fixed length that is full. */
static bool is_full(const struct form *form)
{
    const struct form_item *item = &form->items[form->at];
    const char *text = edit_text(&form->edit);

    if (form->stay)
        return false;
    if (item->flags & FORM_LETTER)
        return form_one_code(item, text) != NULL;
    return (item->flags & FORM_SKIP) && *text != '?' && form->edit.at == form->edit.text.size &&
           text_clusters(text) >= (size_t)item->width;
}

static enum form_result after_typing(struct form *form, const char *typed)
{
    form->told = false;
    if (form->items[form->at].kind == FORM_CODES && strcmp(typed, ",") == 0)
        complete_before_comma(form);
    if (form->items[form->at].codes)
        form_popup_follow(form);
    if (!is_full(form))
        return FORM_STAY;
    complete(form);
    return step(form, 1);
}

static enum form_result field_event(struct form *form, const struct term_event *event)
{
    if (event->kind == TERM_TEXT) {
        enum form_result result = command(form, event->text);
        if (result != FORM_PASS)
            return result;
    }
    if (event->kind == TERM_KEY && event->key == TK_BACKSPACE && rub_code(form))
        return after_typing(form, "");
    if (!edit_event(&form->edit, event, form->places[form->at].width))
        return event->kind == TERM_KEY ? on_key(form, event->key) : FORM_PASS;
    bool typed = event->kind != TERM_KEY || event->key == TK_BACKSPACE || event->key == TK_DELETE ||
                 event->key == TK_CTRL_U || event->key == TK_CTRL_R;
    return typed ? after_typing(form, event->kind == TERM_TEXT ? event->text : "") : FORM_STAY;
}

enum form_result form_event(struct form *form, const struct term_event *event)
{
    enum form_result result = FORM_PASS;

    if (event->kind != TERM_KEY || (event->key != TK_F2 && event->key != TK_F6))
        form->asked = false;
    if (form->at >= form->count)
        return event->kind == TERM_KEY ? outward(form, event->key) : FORM_PASS;
    if (form->jumping)
        return jump_event(form, event);
    enum popup_answer answer = form_popup_event(form, event);
    if (answer != POPUP_PASS) {
        form->told = false;
        return answer == POPUP_NEXT ? step(form, 1) : FORM_STAY;
    }
    if (event->kind == TERM_KEY)
        result = outward(form, event->key);
    return result == FORM_PASS ? field_event(form, event) : result;
}
