/* SPDX-License-Identifier: MIT */
#include "amparo/store/log.h"

#include <sodium.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"

const uint8_t post_case[CASE_ID];

void logged_release(struct logged *act)
{
    act_bytes_release(&act->bytes);
}

void log_head(const uint8_t before[HASH], const uint8_t id[ACT_ID_SIZE], uint8_t out[HASH])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, HASH);
    crypto_generichash_update(&state, before, HASH);
    crypto_generichash_update(&state, id, ACT_ID_SIZE);
    crypto_generichash_final(&state, out, HASH);
}

/* ---- reading ---- */

static void take_blob(sqlite3_stmt *row, int column, struct buf *out)
{
    buf_init(out);
    buf_add(out, sqlite3_column_blob(row, column), (size_t)sqlite3_column_bytes(row, column));
}

bool log_take(sqlite3_stmt *row, struct logged *act)
{
    struct act_bytes *a = &act->bytes;

    *act = (struct logged){.seq = db_int(row, 0), .bytes = ACT_BYTES_INIT};
    a->count = (size_t)sqlite3_column_bytes(row, 5) / HASH;
    if (a->count > PARTS || !db_bytes(row, 1, a->id, sizeof a->id) ||
        !db_bytes(row, 2, a->signer, sizeof a->signer) ||
        !db_bytes(row, 3, a->root, sizeof a->root) ||
        !db_bytes(row, 6, a->signature, sizeof a->signature) ||
        !db_bytes(row, 7, act->head, sizeof act->head)) {
        a->count = 0;
        return false;
    }
    take_blob(row, 4, &a->core);
    for (size_t i = 0; i < a->count; i++)
        memcpy(a->parts[i].commitment, (const uint8_t *)sqlite3_column_blob(row, 5) + i * HASH,
               HASH);
    return cbor_check(a->core.data, a->core.size, NULL, NULL) && act_bytes_core(a, &act->core);
}

/* Columns: part, salt, bytes; part is NULL where the act has none here. */
static bool take_part(sqlite3_stmt *row, int column, struct act_bytes *a)
{
    if (sqlite3_column_type(row, column) == SQLITE_NULL)
        return true;
    int64_t number = db_int(row, column);
    if (number < 1 || (size_t)number > a->count)
        return false;
    struct part *part = &a->parts[number - 1];
    take_blob(row, column + 2, &part->bytes);
    part->present = true;
    return db_bytes(row, column + 1, part->salt, SALT) &&
           cbor_check(part->bytes.data, part->bytes.size, NULL, NULL);
}

#define ACTS_AND_PARTS                                                                             \
    "SELECT a.seq, a.id, a.signer, a.root, a.core, a.commitments, a.signature, a.head, "           \
    "p.part, p.salt, p.bytes FROM acts a LEFT JOIN parts p ON p.act = a.seq "

static bool damaged(int64_t seq, struct error *err)
{
    return error_set(err, ERROR_VAULT,
                     _("act %lld of the file cannot be read; `amparo verify` says more"),
                     (long long)seq);
}

bool log_read(struct store *store, const uint8_t *case_id, int64_t after, log_visit *visit,
              void *ctx, struct error *err)
{
    sqlite3_stmt *row =
        case_id ? db_query(store, err,
                           ACTS_AND_PARTS "WHERE a.case_id = ? AND a.seq > ? "
                                          "ORDER BY a.seq, p.part",
                           "bi", case_id, (size_t)CASE_ID, after)
                : db_query(store, err, ACTS_AND_PARTS "WHERE a.seq > ? ORDER BY a.seq, p.part", "i",
                           after);
    struct logged act = {.seq = 0};
    bool failed = false, ok = row != NULL;

    while (ok && db_step(store, row, &failed, err)) {
        if (db_int(row, 0) != act.seq) {
            ok = !act.seq || visit(ctx, &act, err);
            logged_release(&act);
            if (ok && !log_take(row, &act))
                ok = damaged(db_int(row, 0), err);
        }
        if (ok && !take_part(row, 8, &act.bytes))
            ok = damaged(act.seq, err);
    }
    if (row && !ok)
        db_done(row);
    ok = ok && !failed && (!act.seq || visit(ctx, &act, err));
    logged_release(&act);
    return ok;
}

bool log_act(const struct post_state *post, const struct logged *logged, struct act *out)
{
    const struct roster_entry *signer = post_state_signer(post, logged->bytes.signer, logged->seq);
    char hex[2 * KEY + 1];

    memset(out, 0, sizeof *out);
    out->role = signer ? signer->officer.role : ROLE_CLERK;
    if (!act_kind_known(logged->core.kind) ||
        !act_bytes_read(&logged->bytes, &out->payload, &out->context))
        return false;
    memcpy(out->id, logged->bytes.id, ACT_ID_SIZE);
    out->kind = (enum act_kind)logged->core.kind;
    out->seq = logged->seq;
    for (size_t i = 0; i < logged->bytes.count; i++)
        out->erased |= !logged->bytes.parts[i].present;
    instant_format(logged->core.at, out->at);
    hex_write(logged->bytes.signer, KEY, hex);
    out->signer = xstrdup(signer ? signer->officer.key : hex);
    out->by = xstrdup(signer ? signer->officer.name : "");
    out->post = xstrdup(post->profile.code ? post->profile.code : "");
    return true;
}

/* ---- appending ---- */

struct place {
    const struct post_state *post;
    uint64_t sequence;
    uint8_t prev[HASH];
};

/* The last act of our own chain in this case gives the place of the next one. */
static bool follow(void *ctx, const struct logged *act, struct error *err)
{
    struct place *place = ctx;

    (void)err;
    if (memcmp(act->core.author, place->post->author, AUTHOR) != 0 ||
        act->core.incarnation != place->post->incarnation)
        return true;
    place->sequence = act->core.sequence;
    memcpy(place->prev, act->bytes.id, HASH);
    return true;
}

/* Only the end of the case matters: the last act is nearly always our own. */
static bool find_place(struct store *store, const uint8_t *case_id, struct place *place,
                       struct error *err)
{
    int64_t last;

    if (!db_number(store, &last, 0, err, "SELECT max(seq) FROM acts WHERE case_id = ?", "b",
                   case_id, (size_t)CASE_ID))
        return false;
    if (last && !log_read(store, case_id, last - 1, follow, place, err))
        return false;
    return place->sequence || !last || log_read(store, case_id, 0, follow, place, err);
}

/* The seq that comes next, and the running hash before it. */
static bool find_end(struct store *store, int64_t *seq, uint8_t head[HASH], struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT seq, head FROM acts ORDER BY seq DESC LIMIT 1", "");

    if (!row)
        return false;
    *seq = 1;
    memset(head, 0, HASH);
    if (!db_step(store, row, &failed, err))
        return !failed;
    *seq = db_int(row, 0) + 1;
    bool whole = db_bytes(row, 1, head, HASH);
    db_done(row);
    return whole || damaged(*seq - 1, err);
}

static bool insert(struct store *store, const struct logged *act, struct error *err)
{
    const struct act_bytes *a = &act->bytes;
    uint8_t commitments[PARTS * HASH];

    for (size_t i = 0; i < a->count; i++)
        memcpy(commitments + i * HASH, a->parts[i].commitment, HASH);
    bool ok = db_run(store, err,
                     "INSERT INTO acts (seq, id, kind, case_id, signer, root, core, commitments, "
                     "signature, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "ibibbbbbbb", act->seq, a->id, sizeof a->id, (int64_t)act->core.kind,
                     act->core.case_id, (size_t)CASE_ID, a->signer, sizeof a->signer, a->root,
                     sizeof a->root, a->core.data, a->core.size, commitments, a->count * HASH,
                     a->signature, sizeof a->signature, act->head, sizeof act->head);
    for (size_t i = 0; ok && i < a->count; i++)
        ok = db_run(store, err, "INSERT INTO parts (act, part, salt, bytes) VALUES (?, ?, ?, ?)",
                    "iibb", act->seq, (int64_t)i + 1, a->parts[i].salt, (size_t)SALT,
                    a->parts[i].bytes.data, a->parts[i].bytes.size);
    if (ok && memcmp(act->core.case_id, post_case, CASE_ID) == 0)
        ok = db_run(store, err, "INSERT INTO post_acts " POST_ACTS " AND a.seq = ?", "i", act->seq);
    return ok;
}

bool log_append(struct store *store, const struct new_act *act, struct logged *out,
                struct error *err)
{
    struct place place = {.post = &store->post};
    struct logged logged = {.core = {.kind = act->kind, .at = act->at}};
    struct core *core = &logged.core;
    uint8_t before[HASH];

    if (!find_place(store, act->case_id, &place, err) || !find_end(store, &logged.seq, before, err))
        return false;
    logged.seq = act->seq > logged.seq ? act->seq : logged.seq;
    memcpy(core->case_id, act->case_id, CASE_ID);
    memcpy(core->author, store->post.author, AUTHOR);
    memcpy(core->prev, place.prev, HASH);
    memcpy(core->seen, before, SEEN);
    core->incarnation = store->post.incarnation;
    core->sequence = place.sequence + 1;
    const struct act_content content = {any_act_type(act->kind), act->inner, act->payload,
                                        act->context, act->kept};
    act_bytes_make(&logged.bytes, core, &content, store->vault);
    log_head(before, logged.bytes.id, logged.head);
    bool ok = insert(store, &logged, err);
    if (ok && out)
        *out = logged;
    else
        logged_release(&logged);
    return ok;
}
