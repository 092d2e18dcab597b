/* SPDX-License-Identifier: MIT */
#include "amparo/store/replay.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/agreement/payload.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "amparo/store/regate.h"

void replay_release(struct replay *replay)
{
    for (size_t i = 0; i < replay->count; i++)
        logged_release(&replay->acts[i]);
    free(replay->acts);
    post_state_release(&replay->post);
    *replay = (struct replay){.acts = NULL};
}

void replays_release(struct replays *replays)
{
    for (size_t i = 0; i < replays->count; i++)
        replay_release(&replays->list[i]);
    free(replays->list);
    *replays = (struct replays){NULL, 0};
}

void replay_add(struct replay *replay, struct logged *act)
{
    replay->acts = xreallocarray(replay->acts, replay->count + 1, sizeof *replay->acts);
    replay->acts[replay->count++] = *act;
    *act = (struct logged){.bytes = ACT_BYTES_INIT};
}

/* They come after all that this file had then; their order is their own. */
static int64_t place_of(const struct replay *replay, size_t i)
{
    return replay->upto + 1 + (int64_t)i;
}

/* ---- who signed ---- */

static bool fold(void *ctx, const struct logged *act, struct error *err)
{
    struct replay *replay = ctx;
    const char *why;

    (void)err;
    if (act->seq <= replay->upto)
        post_state_add(&replay->post, act, &why);
    return true;
}

bool replay_roster(struct store *store, struct replay *replay, struct error *err)
{
    const char *why;

    post_state_begin(&replay->post, store->vault);
    if (!log_read(store, post_case, 0, fold, replay, err))
        return false;
    for (size_t i = 0; i < replay->count; i++) {
        struct logged *act = &replay->acts[i];
        act->seq = place_of(replay, i);
        if (memcmp(act->core.case_id, post_case, CASE_ID) == 0)
            post_state_add(&replay->post, act, &why);
    }
    return true;
}

/* ---- kept in the file ---- */

bool replays_load(struct store *store, struct replays *out, struct error *err)
{
    struct logged act;
    bool failed, ok = true;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT place, id, signer, root, core, commitments, signature, "
                                 "zeroblob(32), upto FROM erasures ORDER BY upto, place",
                                 "");

    *out = (struct replays){NULL, 0};
    if (!row)
        return false;
    while (ok && db_step(store, row, &failed, err)) {
        int64_t upto = db_int(row, 8);
        if (!out->count || out->list[out->count - 1].upto != upto) {
            out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
            out->list[out->count++] = (struct replay){.upto = upto};
        }
        if (log_take(row, &act))
            replay_add(&out->list[out->count - 1], &act);
        logged_release(&act);
    }
    ok = !failed;
    for (size_t i = 0; ok && i < out->count; i++)
        ok = replay_roster(store, &out->list[i], err);
    if (!ok)
        replays_release(out);
    return ok;
}

bool replay_keep(struct store *store, const struct replay *replay, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < replay->count; i++) {
        const struct act_bytes *a = &replay->acts[i].bytes;
        uint8_t commitments[PARTS * HASH];
        for (size_t k = 0; k < a->count; k++)
            memcpy(commitments + k * HASH, a->parts[k].commitment, HASH);
        ok = db_run(store, err,
                    "INSERT INTO erasures (upto, id, case_id, signer, root, core, commitments, "
                    "signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                    "ibbbbbbb", replay->upto, a->id, sizeof a->id, replay->acts[i].core.case_id,
                    (size_t)CASE_ID, a->signer, sizeof a->signer, a->root, sizeof a->root,
                    a->core.data, a->core.size, commitments, a->count * HASH, a->signature,
                    sizeof a->signature);
    }
    return ok;
}

bool replay_reach(struct store *store, const uint8_t case_id[CASE_ID], int64_t *seq,
                  struct error *err)
{
    return db_number(store, seq, 0, err, "SELECT max(upto) FROM erasures WHERE case_id = ?", "b",
                     case_id, (size_t)CASE_ID);
}

/* ---- what they take ---- */

/* Does the act count there: asked for by an officer, or confirmed as two officers must? */
static bool counts(const struct case_file *c, const struct act *act, const struct post_state *post)
{
    bool erasing = act->kind == ACT_ERASE_REQUEST || act->kind == ACT_ERASE;

    return erasing && act->role != ROLE_CLERK &&
           payload_shaped(act_type(act->kind), act->payload) && regate_signed(c, act, post);
}

/* *erases becomes true where the act is an erasure that counts. */
static void take(const struct replay *replay, const struct logged *logged, struct case_file *c,
                 bool *erases)
{
    char id[2 * ACT_ID_SIZE + 1];
    struct act act;

    act_id_hex(logged->bytes.id, id);
    if (case_entry(c, id) || !log_act(&replay->post, logged, &act))
        return;
    act.elsewhere = true;
    if (!counts(c, &act, &replay->post)) {
        act_release(&act);
        return;
    }
    *erases = *erases || act.kind == ACT_ERASE;
    case_add(c, &act);
}

bool replay_case(struct store *store, const struct replay *replay, const uint8_t case_id[CASE_ID],
                 struct case_file *out, bool *erases, struct error *err)
{
    *erases = false;
    if (!case_load_upto(store, case_id, replay->upto, NULL, out, err))
        return false;
    for (size_t i = 0; out->count && i < replay->count; i++)
        if (memcmp(replay->acts[i].core.case_id, case_id, CASE_ID) == 0)
            take(replay, &replay->acts[i], out, erases);
    return true;
}
