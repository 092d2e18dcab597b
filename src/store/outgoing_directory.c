/* SPDX-License-Identifier: MIT */
/* Acts of the directory that a post lacks, as far as is known: of outgoing.h. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/trustlog.h"
#include "outgoing_work.h"

/* What a post cited last, of all that came from it; version 0: it cited none. */
struct cited {
    bool heard; /* something came from it at all */
    uint64_t version;
    uint8_t hash[DIRECTORY_HASH];
};

static bool find_cited(struct store *store, const uint8_t post[POST_ID], struct cited *out,
                       struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT core FROM dispatches WHERE author = ? AND ours = 0 AND "
                                 "case_id <> zeroblob(8) ORDER BY place DESC LIMIT 32",
                                 "b", post, (size_t)POST_ID);

    *out = (struct cited){.heard = false};
    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct core core;
        buf_add(&a.core, sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0));
        out->heard = true;
        if (act_bytes_core(&a, &core) && core.directory > out->version) {
            out->version = core.directory;
            memcpy(out->hash, core.directory_hash, DIRECTORY_HASH);
        }
        buf_release(&a.core);
    }
    return !failed;
}

/* Is it known that the post has an older directory than ours? Then what it lacks goes along. The
 * Secretariat sends it to whom it never heard of too. */
static bool lacks(struct store *store, const struct trusted *trust, const struct cited *cited)
{
    const struct trust_version *now = trust_version_now(trust);

    if (post_is_secretariat(&store->post.profile))
        return true;
    return now && cited->heard && cited->version < now->version;
}

static bool find_sent(struct store *store, const uint8_t post[POST_ID], struct due_dispatch *d,
                      struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT d.place, s.sent_at, s.times FROM dispatches d LEFT JOIN "
                                 "directory_sent s ON s.dispatch = d.place AND s.post = ? WHERE "
                                 "d.id = ?",
                                 "bb", post, (size_t)POST_ID, d->bytes.id, sizeof d->bytes.id);

    if (!row)
        return false;
    if (!db_step(store, row, &failed, err))
        return !failed;
    const char *at = (const char *)sqlite3_column_text(row, 1);
    d->place = db_int(row, 0);
    if (at && strlen(at) < sizeof d->sent_at)
        memcpy(d->sent_at, at, strlen(at) + 1);
    d->times = (long)db_int(row, 2);
    db_done(row);
    return true;
}

/* Enough to send a pouch for it alone? What this post says anew, to whom it has to do with; and the
 * Secretariat's whole directory. */
static bool is_news(struct store *store, const struct reader *to, const struct cited *cited,
                    const struct trust_act *act, bool own)
{
    const struct post_profile *us = &store->post.profile;

    if (post_is_secretariat(us))
        return true;
    return own && act && !act->version &&
           (cited->heard || !strcmp(to->code, CODE_SECRETARIAT) ||
            (to->directorate && !strcmp(to->code, us->state)));
}

/* What is never acknowledged goes so often at most. */
enum { TIMES = 4 };

bool outgoing_directory(struct store *store, const struct trusted *trust, const struct reader *to,
                        struct due *out, struct error *err)
{
    bool ours_alone;
    struct directory_acts acts;
    struct cited cited;

    if (!find_cited(store, to->post, &cited, err))
        return false;
    ours_alone = !lacks(store, trust, &cited);
    bool ok = store_directory_missing(store, cited.version, cited.hash, &acts, err);
    out->directory = xcalloc(acts.count, sizeof *out->directory);
    for (size_t i = 0; ok && i < acts.count; i++) {
        struct due_dispatch d = {.bytes = acts.list[i]};
        struct core core;
        bool own =
            act_bytes_core(&d.bytes, &core) && memcmp(core.author, store->post.author, AUTHOR) == 0;
        if (ours_alone && !own)
            continue;
        ok = find_sent(store, to->post, &d, err);
        if (!ok || d.times >= TIMES)
            continue;
        d.along = !is_news(store, to, &cited, trust_act_of(trust, d.bytes.id), own);
        acts.list[i] = (struct act_bytes)ACT_BYTES_INIT;
        out->directory[out->directory_count++] = d;
    }
    directory_acts_release(&acts);
    return ok;
}

bool outgoing_directory_sent(struct store *store, const uint8_t post[POST_ID],
                             const struct due *what, const char *now, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < what->directory_count; i++)
        ok = db_run(store, err,
                    "INSERT INTO directory_sent (post, dispatch, sent_at, times) VALUES (?, ?, ?, "
                    "1) ON CONFLICT (post, dispatch) DO UPDATE SET sent_at = excluded.sent_at, "
                    "times = times + 1",
                    "bit", post, (size_t)POST_ID, what->directory[i].place, now);
    return ok;
}
