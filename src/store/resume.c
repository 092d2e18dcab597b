/* SPDX-License-Identifier: MIT */
/* A file that goes on where another one ended: of poststate.h. */
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/log.h"

const char backup_until[] = "backup.until";

static const char *const causes[] = {
    [RESUMES_BACKUP] = "backup",
    [RESUMES_SALVAGE] = "salvage",
    [RESUMES_ACCEPTED] = "accepted",
};

/* The running hash up to the last act. */
static bool last_head(struct store *store, char hex[2 * HASH + 1], struct error *err)
{
    uint8_t head[HASH];
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT head FROM acts ORDER BY seq DESC LIMIT 1 OFFSET 0", "");

    if (!row || !db_step(store, row, &failed, err))
        return false;
    bool whole = db_bytes(row, 0, head, sizeof head);
    db_done(row);
    if (whole)
        hex_write(head, sizeof head, hex);
    return whole || error_set(err, ERROR_VAULT, _("%s: is damaged; run verify, or use a backup"),
                              store->path);
}

static void add_text(json_t *payload, const char *key, struct buf *text)
{
    if (text->size)
        json_object_set_new(payload, key, json_string(buf_text(text)));
    buf_release(text);
}

static void add_found(json_t *payload, const struct vault_loss *found)
{
    struct buf pages = BUF_INIT, damaged = BUF_INIT;

    json_object_set_new(payload, "known_epoch", json_integer((json_int_t)found->known_epoch));
    json_object_set_new(payload, "known_records", json_integer((json_int_t)found->known_records));
    json_object_set_new(payload, "found_epoch", json_integer((json_int_t)found->found_epoch));
    json_object_set_new(payload, "found_records", json_integer((json_int_t)found->found_records));
    for (size_t i = 0; i < found->count; i++)
        buf_addf(&pages, "%s%u", i ? " " : "", found->pages[i]);
    buf_adds(&damaged, found->anchor ? "anchor" : found->tags ? "tags" : "");
    buf_adds(&damaged, found->header ? damaged.size ? " header" : "header" : "");
    buf_adds(&damaged, found->foreign ? damaged.size ? " wal" : "wal" : "");
    add_text(payload, "old_pages", &pages);
    add_text(payload, "damaged", &damaged);
}

static json_t *make_payload(const struct resuming *how, const char *head)
{
    struct buf acts = BUF_INIT, parts = BUF_INIT;
    json_t *payload = json_pack("{s:s, s:s}", "head", head, "cause", causes[how->cause]);

    if (how->losses)
        losses_put(how->losses, &acts, &parts);
    add_text(payload, "lost_acts", &acts);
    add_text(payload, "lost_parts", &parts);
    if (how->found)
        add_found(payload, how->found);
    return payload;
}

/* The chains begin anew from here: those of the lost file may have gone on. */
static bool append(struct store *store, const struct resuming *how, struct error *err)
{
    struct new_act act = {.case_id = post_case, .kind = POST_RESUMES, .seq = how->seq};
    uint64_t *incarnation = &store->post.incarnation, before = *incarnation;
    char now[INSTANT_SIZE], head[2 * HASH + 1];

    if (!db_run(store, err, "DELETE FROM settings WHERE name = ?", "t", backup_until) ||
        !last_head(store, head, err) || !instant_parse(store_now(store, now), &act.at))
        return false;
    json_t *payload = make_payload(how, head);
    act.payload = payload;
    *incarnation = (how->incarnation > before ? how->incarnation : before) + 1;
    bool ok = log_append(store, &act, NULL, err);
    *incarnation = before; /* the fold counts it */
    json_decref(payload);
    return ok;
}

bool post_resume(struct store *store, const struct resuming *how, struct error *err)
{
    return db_begin(store, err) && db_end(store, append(store, how, err), err) &&
           post_refresh(store, err);
}
