/* SPDX-License-Identifier: MIT */
#include "amparo/tui/formend.h"

#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/tui/pick.h"

bool formend_passed(struct app *app, struct form *form)
{
    size_t count = form_unpassed(form);

    if (count)
        app_say(app,
                n_("Only offered: %zu value. Enter passes it, F2 again takes it.",
                   "Only offered: %zu values. Enter passes each, F2 again takes all.", count),
                count);
    if (count) /* F2 is no answer before that could be read */
        app_must_be_read(app);
    return !count;
}

bool formend_mark(struct form *form, const struct act_items *items, const char *path,
                  const char *text)
{
    const struct act_item *detail = act_items_detail(items, path);
    struct buf gap = BUF_INIT;

    if (!detail)
        return false;
    if (*form_value(form, path)) {
        form_mark(form, path, FORM_ERROR, text);
        return true;
    }
    buf_adds(&gap, _("needed here"));
    if (detail->field && *detail->field->article)
        buf_addf(&gap, " (%s)", detail->field->article);
    form_mark(form, path, FORM_GAP, buf_text(&gap));
    buf_release(&gap);
    return true;
}

/* What was put off by its officer is a gap too, and stays one. */
static bool needs_look(const struct form *form, const char *key)
{
    const char *unread;
    enum form_level level = key ? form_level(form, key, &unread) : FORM_FINE;

    return level > FORM_GAP || (level == FORM_GAP && !*form_value(form, key));
}

/* ---- the list ---- */

struct faults {
    struct form *form;
    char **keys; /* one a line */
    size_t count;
};

static void drop(void *ctx)
{
    struct faults *faults = ctx;

    for (size_t i = 0; i < faults->count; i++)
        free(faults->keys[i]);
    free(faults->keys);
    free(faults);
}

static void go(struct screen *below, long tag, void *ctx)
{
    const struct faults *faults = ctx;

    (void)below;
    form_go(faults->form, faults->keys[tag], FORM_NO_CURSOR);
}

static void list(struct app *app, struct form *form, const struct act_items *items, size_t count)
{
    struct faults *faults = xcalloc(1, sizeof *faults);
    char *title =
        xasprintf(n_("%zu value needs another look", "%zu values need another look", count), count);
    struct pick *pick = pick_push(app, title, go, faults, drop);

    *faults = (struct faults){form, xcalloc(items->count, sizeof *faults->keys), 0};
    for (size_t i = 0; i < items->count; i++) {
        const char *key = items->list[i].key, *said;
        struct buf text = BUF_INIT;
        if (needs_look(form, key)) {
            form_say_level(&text, form_level(form, key, &said));
            buf_adds(&text, said);
            faults->keys[faults->count] = xstrdup(key);
            pick_add(pick, (long)faults->count++, items->list[i].label, buf_text(&text));
        }
        buf_release(&text);
    }
    free(title);
}

void formend_show(struct app *app, struct form *form, const struct act_items *items)
{
    bool here = true;
    size_t count = 0;

    for (size_t i = 0; i < items->count; i++) {
        const char *key = items->list[i].key;
        if (!needs_look(form, key))
            continue;
        count++;
        here = here && form_shows(form, key);
    }
    if (!here)
        list(app, form, items, count);
    app_say(app, n_("%zu value needs another look.", "%zu values need another look.", count),
            count);
    app_must_be_read(app); /* one stands in another field now: what was typed ahead is not for it */
}
