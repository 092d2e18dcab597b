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

static json_t *make_payload(const struct resuming *how, const char *head)
{
    struct buf acts = BUF_INIT, parts = BUF_INIT;
    json_t *payload = json_pack("{s:s, s:s}", "head", head, "cause", causes[how->cause]);

    if (how->losses)
        losses_put(how->losses, &acts, &parts);
    if (acts.size)
        json_object_set_new(payload, "lost_acts", json_string(buf_text(&acts)));
    if (parts.size)
        json_object_set_new(payload, "lost_parts", json_string(buf_text(&parts)));
    buf_release(&acts);
    buf_release(&parts);
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
