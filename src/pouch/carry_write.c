/* SPDX-License-Identifier: MIT */
/* A load, put onto its way: of carry.h. */
#include <stdlib.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/pouch/armour.h"
#include "amparo/pouch/folder.h"
#include "amparo/pouch/mail.h"
#include "carry_work.h"

struct writing {
    struct store *store;
    const struct carry_load *load;
    const struct carry_way *way;
    struct carry_files *files;
    struct instant now;
};

void carry_files_release(struct carry_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->list[i].path);
    free(files->list);
    *files = (struct carry_files){NULL, 0};
}

/* Into the folder; then what is in the pouch was sent. */
static bool put(struct writing *w, size_t pouch, size_t reader, const char *ending,
                const struct buf *bytes, struct error *err)
{
    struct buf name = BUF_INIT;
    struct carry_written one = {pouch, reader, NULL};

    folder_name(&name, instant_date(w->now), w->load->pouches.list[pouch].name, ending);
    bool ok =
        folder_put(w->way->folder, buf_text(&name), buf_text(bytes), bytes->size, &one.path, err) &&
        carry_gone(w->store, w->load, pouch, reader, err);
    buf_release(&name);
    if (!ok) {
        free(one.path);
        return false;
    }
    w->files->list = xreallocarray(w->files->list, w->files->count + 1, sizeof one);
    w->files->list[w->files->count++] = one;
    return true;
}

static bool put_text(struct writing *w, size_t pouch, struct error *err)
{
    const struct buf *bytes = &w->load->pouches.list[pouch].bytes;
    struct buf text = BUF_INIT;

    armour_put(&text, bytes->data, bytes->size);
    bool ok = put(w, pouch, CARRY_ALL, ".txt", &text, err);
    buf_release(&text);
    return ok;
}

static bool put_mail(struct writing *w, size_t pouch, size_t reader, struct error *err)
{
    const struct packed *p = &w->load->pouches.list[pouch];
    const struct carry_reader *r = &w->load->readers[p->to[reader].parcel];
    const char *const to[] = {w->way->address ? w->way->address : r->email, NULL};
    const struct mail mail = {
        .from = w->way->from, .to = to, .date = w->now, .tr = reader_language, .crlf = true};
    struct buf text = BUF_INIT, ending = BUF_INIT;

    if (!to[0])
        return true;
    buf_addf(&ending, "-%s.eml", r->code);
    bool ok = mail_put(&text, &mail, p->bytes.data, p->bytes.size, err) &&
              put(w, pouch, reader, buf_text(&ending), &text, err);
    buf_release(&text);
    buf_release(&ending);
    return ok;
}

static bool put_mails(struct writing *w, size_t pouch, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < w->load->pouches.list[pouch].to_count; i++)
        ok = put_mail(w, pouch, i, err);
    return ok;
}

static bool put_one(struct writing *w, size_t pouch, struct error *err)
{
    switch (w->way->route) {
    case ROUTE_FOLDER:
        return put(w, pouch, CARRY_ALL, ".pch", &w->load->pouches.list[pouch].bytes, err);
    case ROUTE_TEXT:
        return put_text(w, pouch, err);
    case ROUTE_MAIL:
        return put_mails(w, pouch, err);
    default:
        BUG("a route that is no folder");
    }
}

bool carry_write(struct store *store, const struct carry_load *load, const struct carry_way *way,
                 store_progress *progress, void *ctx, struct carry_files *files, struct error *err)
{
    struct writing w = {.store = store, .load = load, .way = way, .files = files};
    char now[INSTANT_SIZE];
    bool ok = true;

    *files = (struct carry_files){NULL, 0};
    if (!carry_may_send(store, err) || !folder_check(way->folder, err))
        return false;
    if (!instant_parse(store_now(store, now), &w.now))
        BUG("the store's now is no instant");
    for (size_t i = 0; ok && i < load->pouches.count; i++) {
        if (progress && !progress(ctx, i, load->pouches.count))
            return error_set(err, ERROR_FAILED, _("given up; what was written before was sent"));
        ok = put_one(&w, i, err);
    }
    return ok;
}
