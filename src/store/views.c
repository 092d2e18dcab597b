/* SPDX-License-Identifier: MIT */
#include "amparo/store/views.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/base/text.h"
#include "amparo/store/db.h"

enum { NAME_MOST = 40, TEXT_MOST = 400 };

static const struct {
    const char *name, *text;
} from_start[] = {
    {N_("my cases"), "mine sort:due"},
    {N_("due this week"), "due:week sort:due"},
    {N_("waiting for others"), "waits:others sort:due"},
    {N_("closed this year"), "closed changed:year"},
};

void saved_views_release(struct saved_views *views)
{
    for (size_t i = 0; i < views->count; i++) {
        free_wiped(views->list[i].name);
        free_wiped(views->list[i].text);
    }
    free(views->list);
    *views = (struct saved_views){NULL, 0};
}

static void add(struct saved_views *out, const struct saved_view *view)
{
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    out->list[out->count++] = *view;
}

static int in_order(const void *a, const void *b)
{
    const struct saved_view *x = a, *y = b;
    int left = x->digit ? x->digit : 10, right = y->digit ? y->digit : 10;

    return left != right ? left - right : strcmp(x->name, y->name);
}

bool store_views(struct store *store, struct saved_views *out, struct error *err)
{
    bool failed, taken[10] = {false};
    sqlite3_stmt *row = db_query(
        store, err, "SELECT name, digit, text FROM views WHERE officer = ?", "t", store->me.name);

    *out = (struct saved_views){NULL, 0};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        int64_t digit = db_int(row, 1);
        digit = digit > 0 && digit < 10 ? digit : 0;
        taken[digit] = true;
        add(out, &(struct saved_view){db_text(row, 0), (int)digit, db_text(row, 2), true});
    }
    for (size_t i = 0; !failed && i < ARRAY_SIZE(from_start); i++)
        add(out, &(struct saved_view){xstrdup(_(from_start[i].name)),
                                      taken[i + 1] ? 0 : (int)i + 1,
                                      xstrdup(from_start[i].text), false});
    if (out->count)
        qsort(out->list, out->count, sizeof *out->list, in_order);
    if (failed)
        saved_views_release(out);
    return !failed;
}

static bool same_name(const char *a, const char *b)
{
    return text_match(a, b) == TEXT_MATCH_WHOLE;
}

static bool check(const char *name, int digit, const char *text, struct error *err)
{
    if (!*name || !text_valid(name, strlen(name)) || text_clusters(name) > NAME_MOST)
        return error_set(err, ERROR_INPUT, _("a view has a name of at most %d letters"), NAME_MOST);
    if (strlen(text) > TEXT_MOST)
        return error_set(err, ERROR_INPUT, _("a view is at most %d letters long"), TEXT_MOST);
    for (size_t i = 0; i < ARRAY_SIZE(from_start); i++)
        if (same_name(name, from_start[i].name) || same_name(name, _(from_start[i].name)))
            return error_set(err, ERROR_INPUT, _("%s: there is a view of that name"), name);
    return digit >= 0 && digit <= 9;
}

bool store_view_save(struct store *store, const char *name, int digit, const char *text,
                     struct error *err)
{
    char now[INSTANT_SIZE];

    if (!check(name, digit, text, err) || !db_begin(store, err))
        return false;
    bool ok = (!digit || db_run(store, err,
                                "UPDATE views SET digit = 0 WHERE officer = ? AND digit = ?", "ti",
                                store->me.name, (int64_t)digit)) &&
              db_run(store, err,
                     "INSERT OR REPLACE INTO views (officer, name, digit, text, saved) "
                     "VALUES (?, ?, ?, ?, ?)",
                     "ttitt", store->me.name, name, (int64_t)digit, text, store_now(store, now));
    return db_end(store, ok, err);
}

bool store_view_drop(struct store *store, const char *name, struct error *err)
{
    if (!db_begin(store, err))
        return false;
    bool ok = db_run(store, err, "DELETE FROM views WHERE officer = ? AND name = ?", "tt",
                     store->me.name, name);
    return db_end(store, ok, err);
}

static bool is_called(const struct saved_view *view, const char *name)
{
    return same_name(name, view->name) ||
           (view->digit && name[0] == '0' + view->digit && !name[1]);
}

char *store_view_named(struct store *store, const char *name, struct error *err)
{
    struct saved_views views;
    struct buf names = BUF_INIT;
    char *text = NULL;

    if (!store_views(store, &views, err))
        return NULL;
    for (size_t i = 0; !text && i < views.count; i++)
        if (is_called(&views.list[i], name))
            text = xstrdup(views.list[i].text);
    for (size_t i = 0; i < views.count; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", views.list[i].name);
    if (!text)
        error_set(err, ERROR_INPUT, _("%s: there is no view of that name: %s"), name,
                  buf_text(&names));
    saved_views_release(&views);
    buf_release(&names);
    return text;
}
