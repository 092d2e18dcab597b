/* SPDX-License-Identifier: MIT */
/* One line a person: its cells, its draft, passport lines that a reader types, and the taking in.
 */
#include "eventline_work.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/mrz.h"
#include "amparo/tui/eventscreens.h"
#include "amparo/tui/mrzfill.h"
#include "amparo/tui/settle.h"
#include "amparo/tui/values.h"

/* The cells, in the order in which one asks; what is nearly always the same stands last. */
static const struct cell {
    const char *path, *label; /* N_() */
    int width;
    unsigned flags;
} cells[] = {
    {"surname_1", N_("Surnames"), 11, 0},
    {"surname_2", N_("and 2nd"), 8, 0},
    {"given_names", N_("Given names"), 11, 0},
    {"sex", N_("Sex"), 1, FORM_LETTER},
    {"born", N_("Born/age"), 8, 0},
    {"family", N_("Fam"), 3, 0},
    {"alone", N_("Alone"), 5, FORM_LETTER},
    {"need", N_("Urgent"), 6, 0},
    {"consent", N_("Cons."), 5, FORM_LETTER},
    {"document_number", N_("Document"), 8, 0},
    {"nationalities[0].state", N_("Nat."), 2, 0},
};

/* ---- the form's hooks ---- */

static bool is_zone(const char *text)
{
    size_t size = strlen(text), zone = 0, fillers = 0;

    for (const char *c = text; *c; c++) {
        zone += isalnum((unsigned char)*c) || *c == '<' || *c == ' ';
        fillers += *c == '<';
    }
    return size >= 30 && zone == size && fillers;
}

static enum form_level settle_born(struct eventline *l, struct buf *value, struct buf *echo)
{
    struct date_entry born;
    struct error err = ERROR_INIT;
    bool ok = event_born(buf_text(value), instant_date(app_now(l->app)), &born, &err);
    if (ok && born.age >= 0)
        buf_addf(echo, n_("%d year old", "%d years old", (unsigned long)born.age), born.age);
    else if (ok)
        date_echo(echo, born.date, reader_language);
    else
        buf_add(echo, error_text(&err), strcspn(error_text(&err), "\n"));
    error_release(&err);
    return ok ? FORM_FINE : FORM_ERROR;
}

static enum form_level settle(void *ctx, const struct form_item *item, struct buf *value,
                              struct buf *echo)
{
    struct eventline *l = ctx;
    const struct act_item *detail = act_items_detail(&l->items, item->key);
    if (strcmp(item->key, "born") == 0)
        return settle_born(l, value, echo);
    if (!detail || item->kind == FORM_CODE || is_zone(buf_text(value)))
        return FORM_FINE;
    return field_settle(detail->field, app_now(l->app), value, echo);
}

bool eventline_flush(struct eventline *l, struct error *err)
{
    if (form_draft_flush(&l->draft, l->form, err))
        return true;
    if (err->kind != ERROR_INPUT)
        return false;
    /* Another program of this officer took the line in, or threw it away: it begins anew. */
    error_clear(err);
    form_draft_forget(&l->draft);
    for (size_t i = 0; i < l->items.count; i++)
        if (*form_value(l->form, l->items.list[i].key))
            form_draft_miss(&l->draft, l->items.list[i].key);
    return form_draft_flush(&l->draft, l->form, err);
}

static void keep(void *ctx, const char *path, const char *text)
{
    struct eventline *l = ctx;
    struct error err = ERROR_INIT;
    (void)text;
    if (l->done)
        return;
    form_draft_miss(&l->draft, path);
    if (!eventline_flush(l, &err))
        app_tell_error(l->app, &err);
    error_release(&err);
}

static void left(void *ctx, const struct form_item *item, const char *value, enum form_leaving how)
{
    struct eventline *l = ctx;
    bool changed = how == FORM_CHANGED || how == FORM_CARRIED;
    l->changed |= changed;
    l->scanned |= changed && strcmp(item->key, cells[0].path) == 0 && is_zone(value);
    if (changed && !l->scanned)
        keep(l, item->key, value);
}

static bool typing(void *ctx, const struct form_item *item, const char *text, size_t cursor)
{
    struct eventline *l = ctx;
    struct error err = ERROR_INIT;
    bool kept = l->done || is_zone(text) ||
                form_draft_typing(&l->draft, l->form, item->key, text, cursor, &err);
    if (!kept)
        app_tell_error(l->app, &err);
    error_release(&err);
    return kept;
}

static const char *previous(void *ctx, const struct form_item *item)
{
    const struct eventline *l = ctx;
    return json_string_value(json_object_get(l->last, item->key));
}

static const struct form_hooks hooks = {settle, left, typing, previous};

/* ---- beginning a line ---- */

/* Also anew, in the language of now. */
static void make_cells(struct eventline *l)
{
    struct act_items old = l->items;
    l->items = (struct act_items){0};
    struct act_items_order order = {.w = &l->w};
    for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
        const struct cell *cell = &cells[i];
        struct form_item *item =
            act_items_add(&l->items, &order, event_line_field(cell->path), cell->path);
        item->label = _(cell->label);
        item->width = cell->width;
        item->flags = FORM_CELL | cell->flags;
    }
    if (l->form)
        form_set_items(l->form, l->items.list, l->items.count);
    act_items_release(&old);
}

void eventline_tell_again(struct eventline *l)
{
    make_cells(l);
}

bool eventline_begin(struct eventline *l, const json_t *content, const json_t *kept,
                     struct error *err)
{
    const char *last = json_string_value(json_object_get(l->last, "nationalities[0].state"));
    const char *national = payload_text(content, "requesting_state");
    char *subject = xasprintf("%s%s", EVENT_SUBJECT, l->event);

    if (!l->items.count)
        make_cells(l);
    form_free(l->form);
    l->form = form_new(&hooks, l);
    form_skip(l->form, l->app->skip);
    form_set_items(l->form, l->items.list, l->items.count);
    form_draft_release(&l->draft);
    form_draft_init(&l->draft, l->app->store, subject, EVENT_LIST, ACT_PERSON, 0);
    free(subject);
    l->done = false;
    l->changed = true;
    form_offer(l->form, "nationalities[0].state",
               last && *last ? last
               : *national   ? national
                             : store_post(l->app->store)->state);
    return form_draft_take_up(&l->draft, l->form, kept, err);
}

void eventline_init(struct eventline *l, struct app *app, const char *event)
{
    *l = (struct eventline){
        .app = app, .event = xstrdup(event), .last = json_object(), .scan = BUF_INIT};
    casework_init(&l->w, app->store, NULL);
}

void eventline_release(struct eventline *l)
{
    form_free(l->form);
    person_rows_release(&l->likely);
    act_items_release(&l->items);
    form_draft_release(&l->draft);
    casework_release(&l->w);
    buf_release(&l->scan);
    json_decref(l->last);
    free(l->event);
}

/* ---- passport lines ---- */

/* Appends what a reader typed, or pasted in one go, a newline after each line. */
static void add_scan(struct buf *scan, const char *text)
{
    for (; *text; text++)
        if (*text != ' ')
            buf_addc(scan, *text);
    buf_addc(scan, '\n');
}

static size_t scanned_letters(const struct buf *scan)
{
    size_t count = 0;

    for (const char *c = buf_text(scan); *c; c++)
        count += *c != '\n';
    return count;
}

/* Two lines of 44 or 36, or three of 30: how many characters the zone has that begins so. */
static size_t zone_size(const struct buf *scan)
{
    size_t first = strcspn(buf_text(scan), "\n");
    return first == 30 ? 90 : first == 44 || first == 36 ? 2 * first : first;
}

static void fill(struct eventline *l)
{
    int year = instant_date(app_now(l->app)).year;
    form_put(l->form, "mrz", buf_text(&l->scan));
    keep(l, "mrz", "");
    mrz_fill(l->form, true, year, keep, l);
    form_put(l->form, "born", form_value(l->form, "birth_date"));
    keep(l, "born", "");
    form_go(l->form, "family", FORM_NO_CURSOR);
    app_say(l->app, "%s", _("Passport read: all digits agree."));
}

void eventline_take_scan(struct eventline *l)
{
    struct error err = ERROR_INIT;
    struct mrz mrz;

    if (!l->scanned)
        return;
    l->scanned = false;
    add_scan(&l->scan, form_value(l->form, cells[0].path));
    form_put(l->form, cells[0].path, "");
    form_go(l->form, cells[0].path, FORM_NO_CURSOR);
    size_t size = scanned_letters(&l->scan);
    if (mrz_parse(buf_text(&l->scan), instant_date(app_now(l->app)).year, &mrz, &err)) {
        fill(l);
    } else if (size < zone_size(&l->scan)) {
        app_say(l->app, "%s", _("First passport line read: now the next one."));
    } else {
        app_say_error(l->app, &err);
        buf_clear(&l->scan);
    }
    if (size >= zone_size(&l->scan))
        buf_clear(&l->scan);
    error_release(&err);
}

/* ---- taking it in ---- */

bool eventline_is_empty(const struct eventline *l)
{
    for (size_t i = 0; i + 1 < ARRAY_SIZE(cells); i++)
        if (*form_value(l->form, cells[i].path))
            return false;
    return true;
}

static const char *value_at(void *ctx, const char *path)
{
    return form_value(((struct eventline *)ctx)->form, path);
}

/* Where the cell of a fault is: two names are one cell's to who reads. */
static const char *cell_of(const char *path)
{
    path = event_line_path(path);
    return strcmp(path, "single_name") == 0                ? "surname_1"
           : strcmp(path, "birth_date") == 0               ? "born"
           : strncmp(path, "nationalities", 13) == 0       ? "nationalities[0].state"
           : strcmp(path, "full_name_as_in_document") == 0 ? "surname_1"
                                                           : path;
}

static void mark_fault(void *ctx, const char *path, const char *text)
{
    struct eventline *l = ctx;
    const char *cell = cell_of(path);
    if (!act_items_detail(&l->items, cell))
        return;
    form_mark(l->form, cell, FORM_ERROR, text);
    if (!l->faults++)
        form_go(l->form, cell, FORM_NO_CURSOR);
}

static void mark_lines(struct eventline *l, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n"), colon = strcspn(text, ":");
        char *path = xstrndup(text, colon < size ? colon : 0);
        char *line = xstrndup(text, size);
        mark_fault(l, path, line + (colon < size ? colon + 1 + strspn(line + colon + 1, " ") : 0));
        free(path);
        free(line);
        text += size + (text[size] == '\n');
    }
}

static void no_fault(void *ctx, const char *path, const char *text)
{
    (void)ctx;
    (void)path;
    (void)text;
}

void eventline_look(struct eventline *l, const json_t *content)
{
    struct error unsaid = ERROR_INIT;

    if (!l->changed)
        return;
    l->changed = false;
    person_rows_release(&l->likely);
    if (eventline_is_empty(l))
        return;
    json_t *line = event_line_read(app_now(l->app), value_at, no_fault, l);
    if (!store_event_likely(l->app->store, content, line, &l->likely, &unsaid))
        l->likely = (struct person_rows){NULL, 0};
    error_release(&unsaid);
    json_decref(line);
}

static void remember(struct eventline *l)
{
    for (size_t i = 0; i < ARRAY_SIZE(cells); i++)
        json_object_set_new(l->last, cells[i].path,
                            json_string(form_value(l->form, cells[i].path)));
}

bool eventline_take(struct eventline *l, struct taken *out, struct error *err)
{
    struct store *store = l->app->store;

    form_leave(l->form);
    l->faults = 0;
    json_t *line = event_line_read(app_now(l->app), value_at, mark_fault, l);
    json_t *person = json_object_get(line, "person");
    if (!json_object_get(person, "nationalities"))
        json_object_set_new(person, "nationalities", json_array());
    bool ok = !l->faults && store_event_take(store, l->event, line, l->draft.id, out, err);
    json_decref(line);
    if (ok) {
        remember(l);
        l->done = true;
    } else if (err->kind == ERROR_INPUT) {
        mark_lines(l, error_text(err));
        if (l->faults)
            error_clear(err);
    }
    return ok;
}
