/* SPDX-License-Identifier: MIT */
/* A list of missions out of a file into the directory, from the screen. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/directory.h"
#include "amparo/tui/ask.h"
#include "amparo/tui/founding.h"
#include "amparo/tui/screen.h"

enum { FILE_MAX = 64 << 20 };

static bool read_file(const char *path, struct buf *out, struct error *err)
{
    char part[1 << 14];
    FILE *in = fopen(path, "re");
    size_t got;
    if (!in)
        return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(errno));
    while ((got = fread(part, 1, sizeof part, in)) && out->size <= FILE_MAX)
        buf_add(out, part, got);
    bool ok = !ferror(in) && out->size <= FILE_MAX;
    if (!ok)
        error_set(err, ERROR_FAILED, "%s: %s", path, strerror(ferror(in) ? errno : EFBIG));
    fclose(in);
    return ok;
}

/* In the form of `directory export`, or as Wikidata's query gives it: its first line tells. */
static bool read_missions(const char *path, const struct buf *text, struct date today,
                          struct missions *out, struct passed_over *passed, struct error *err)
{
    struct error other = ERROR_INIT;
    bool ok = missions_read_own(buf_text(text), text->size, today, out, err);
    if (ok)
        return true;
    ok = missions_read_wikidata(buf_text(text), text->size, missions_date_in_name(path, today), out,
                                passed, &other);
    error_release(&other);
    if (ok)
        error_clear(err);
    return ok;
}

static void say_imported(struct app *app, const struct import_changes *changes)
{
    size_t added = 0, removed = 0, lists = 0;
    for (size_t i = 0; i < changes->count; i++) {
        lists += !import_change_is_empty(&changes->list[i]);
        added += changes->list[i].added.count;
        removed += changes->list[i].removed.count;
    }
    app_say(app, _("Taken into the directory: %zu lists changed, %zu lines new, %zu gone."), lists,
            added, removed);
}

void directory_take_import(struct screen *below, const char *path)
{
    struct app *app = below->app;
    struct missions missions = MISSIONS_INIT;
    struct passed_over passed = {NULL, 0};
    struct import_changes changes = {NULL, 0};
    struct buf text = BUF_INIT;
    struct error err = ERROR_INIT;
    if (read_file(path, &text, &err) &&
        read_missions(path, &text, instant_date(app_now(app)), &missions, &passed, &err) &&
        store_directory_import(app->store, &missions, false, &changes, &err)) {
        app_changed(app);
        say_imported(app, &changes);
    } else {
        app_say_error(app, &err);
    }
    import_changes_release(&changes);
    passed_over_release(&passed);
    missions_release(&missions);
    buf_release(&text);
    error_release(&err);
}

void directory_ask_import(struct app *app)
{
    ask_push(app, _("A list of missions"),
             _("From which file? A table (CSV) as amparo directory FILE export writes it, or as it "
               "comes from Wikidata. It becomes the whole list of each State among its lines."),
             "", directory_take_import);
}
