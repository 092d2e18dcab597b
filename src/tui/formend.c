/* SPDX-License-Identifier: MIT */
#include "amparo/tui/formend.h"

#include <stdlib.h>
#include <string.h>

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

/* Keys, one a line. */
void formend_go(struct screen *below, long tag, void *keys)
{
    const char *key = keys;

    for (long i = 0; i < tag; i++)
        key += strcspn(key, "\n") + 1;
    char *one = xstrndup(key, strcspn(key, "\n"));
    form_go(below->type->form(below), one, FORM_NO_CURSOR);
    free(one);
}

/* The labels and what is said of each; the keys in the same order. */
static void add_faults(struct pick *pick, struct form *form, const struct act_items *items)
{
    long count = 0;

    for (size_t i = 0; i < items->count; i++) {
        const char *key = items->list[i].key, *said;
        struct buf text = BUF_INIT;
        if (needs_look(form, key)) {
            form_say_level(&text, form_level(form, key, &said));
            buf_adds(&text, said);
            pick_add(pick, count++, items->list[i].label, buf_text(&text));
        }
        buf_release(&text);
    }
}

static void list(struct app *app, struct form *form, const struct act_items *items, size_t count)
{
    struct buf keys = BUF_INIT;
    char *title =
        xasprintf(n_("%zu value needs another look", "%zu values need another look", count), count);

    for (size_t i = 0; i < items->count; i++)
        if (needs_look(form, items->list[i].key))
            buf_addf(&keys, "%s\n", items->list[i].key);
    add_faults(pick_push(app, title, formend_go, xstrdup(buf_text(&keys)), free), form, items);
    buf_release(&keys);
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
