/* SPDX-License-Identifier: MIT */
#include "amparo/store/erase.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/dispatches.h"
#include "amparo/store/erasures.h"
#include "amparo/store/project.h"

bool erase_takes(enum case_goes goes, uint64_t class)
{
    return goes == GOES_ALL || (goes == GOES_TEXT && class != CLASS_KEPT);
}

enum case_goes erase_goes(const struct store *store, const struct case_file *c,
                          const struct logged *logged)
{
    struct act act;

    if (!log_act(&store->post, logged, &act)) {
        act = (struct act){.seq = logged->seq}; /* it counts for nothing */
        memcpy(act.id, logged->bytes.id, sizeof act.id);
    }
    enum case_goes goes = case_goes(c, &act);
    act_release(&act);
    return goes;
}

/* ---- taking parts away ---- */

struct taking {
    const struct store *store;
    const struct case_file *c;
    struct place {
        int64_t act, part;
    } * list;
    size_t count;
};

static bool mark_parts(void *ctx, const struct logged *act, struct error *err)
{
    struct taking *t = ctx;
    enum case_goes goes = erase_goes(t->store, t->c, act);
    uint64_t classes[PARTS] = {0};

    (void)err;
    act_bytes_classes(&act->bytes, classes); /* where the core names none, all is text */
    for (size_t i = 0; i < act->bytes.count; i++) {
        if (!act->bytes.parts[i].present || !erase_takes(goes, classes[i]))
            continue;
        t->list = xreallocarray(t->list, t->count + 1, sizeof *t->list);
        t->list[t->count++] = (struct place){act->seq, (int64_t)i + 1};
    }
    return true;
}

static bool take_parts(struct store *store, const uint8_t case_id[CASE_ID],
                       const struct case_file *c, struct error *err)
{
    struct taking t = {.store = store, .c = c};
    bool ok = log_read(store, case_id, 0, mark_parts, &t, err);

    for (size_t i = 0; ok && i < t.count; i++)
        ok = db_run(store, err, "DELETE FROM parts WHERE act = ? AND part = ?", "ii", t.list[i].act,
                    t.list[i].part);
    free(t.list);
    return ok;
}

/* ---- the whole ---- */

/* FTS5 of this version keeps the words of a row that is gone until its index is merged. */
static bool forget_words(struct store *store, struct error *err)
{
    return db_run(store, err, "INSERT INTO search (search) VALUES ('optimize')", "");
}

bool erase_now(struct store *store, const uint8_t case_id[CASE_ID], struct case_file *c,
               struct error *err)
{
    bool ok = take_parts(store, case_id, c, err) && dispatches_erase(store, case_id, c, err) &&
              db_run(store, err, "DELETE FROM drafts WHERE subject = ?", "t", c->reference) &&
              db_run(store, err, "DELETE FROM bookmarks", ""); /* any may name anybody */

    case_release(c);
    return ok && case_load(store, case_id, NULL, c, NULL, err) &&
           projection_write(store, case_id, c, err) && forget_words(store, err);
}

bool store_erase_owed(struct store *store, bool *owed, struct error *err)
{
    int64_t last;

    if (!post_refresh(store, err) ||
        !db_number(store, &last, 0, err, "SELECT max(seq) FROM acts WHERE kind = 35", ""))
        return false;
    *owed = last > store->post.keyed;
    return true;
}

bool store_erase_finish(struct store *store, store_progress *progress, void *ctx, struct error *err)
{
    bool owed;

    return erasures_write(store, store->path, err) && store_erase_owed(store, &owed, err) &&
           (!owed || store_rekey(store, REKEY_ERASED, progress, ctx, err));
}
