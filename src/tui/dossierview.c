/* SPDX-License-Identifier: MIT */
#include "amparo/tui/dossierview.h"

#include "amparo/base/i18n.h"
#include "amparo/pouch/dossier_page.h"
#include "amparo/store/trustlog.h"
#include "amparo/tui/pathname.h"
#include "amparo/tui/screens.h"

bool dossier_view(struct app *app, const struct buf *bytes, struct error *err)
{
    static const uint8_t no_hash[DIRECTORY_HASH];
    const struct trusted *t;
    struct directory_acts acts = {NULL, 0};
    struct buf page = BUF_INIT;
    bool ok = store_trust(app->store, &t, err) &&
              store_directory_missing(app->store, 0, no_hash, &acts, err);
    if (ok) {
        const struct dossier_reader reader = {*t->pinned ? t->pinned : NULL, acts.list, acts.count};
        dossier_page(bytes->data, bytes->size, &reader, &page);
        preview_push(app, N_("What a dossier proves"), "dossier", buf_detach(&page));
    }
    directory_acts_release(&acts);
    buf_release(&page);
    return ok;
}

bool dossier_view_file(struct app *app, const char *typed)
{
    struct buf bytes = BUF_INIT;
    struct error err = ERROR_INIT;
    bool is = path_read(typed, DOSSIER_SIZE, &bytes, &err) && bytes.size >= 4 &&
              dossier_begins(bytes.data, bytes.size);
    if (is && !dossier_view(app, &bytes, &err))
        app_say_error(app, &err);
    buf_release(&bytes);
    error_release(&err);
    return is;
}
