/* SPDX-License-Identifier: MIT */
/* What verify asks of each act: its bytes, signature and chain, and who may have said it. */
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/caseload.h"
#include "verify_work.h"

/* ---- chains ---- */

static size_t chain_slot(const struct chain *table, size_t room, const uint8_t *key)
{
    size_t hash = 0;

    for (size_t i = 0; i < sizeof table->key; i++)
        hash = hash * 131 + key[i];
    size_t at = hash & (room - 1);
    while (table[at].sequence && memcmp(table[at].key, key, sizeof table->key) != 0)
        at = (at + 1) & (room - 1);
    return at;
}

static void grow_chains(struct checking *p)
{
    size_t room = p->chain_room ? 2 * p->chain_room : 64;
    struct chain *table = xcalloc(room, sizeof *table);

    for (size_t i = 0; i < p->chain_room; i++)
        if (p->chains[i].sequence)
            table[chain_slot(table, room, p->chains[i].key)] = p->chains[i];
    free(p->chains);
    p->chains = table;
    p->chain_room = room;
}

/* Are the acts that its chain lacks before it among those that the file is known to have lost? */
static bool lost_from_chain(const struct checking *p, const struct chain *chain,
                            const struct logged *act)
{
    uint64_t lost = (uint64_t)losses_between(&p->store->post.losses, chain->seq, act->seq);

    return act->core.sequence > chain->sequence && act->core.sequence - chain->sequence - 1 <= lost;
}

static void check_chain(struct checking *p, const struct logged *act)
{
    const struct core *core = &act->core;
    uint8_t key[sizeof p->chains->key];

    memcpy(key, core->author, AUTHOR);
    memcpy(key + AUTHOR, core->case_id, CASE_ID);
    memcpy(key + AUTHOR + CASE_ID, &core->incarnation, sizeof core->incarnation);
    if (2 * (p->chain_count + 1) > p->chain_room)
        grow_chains(p);
    struct chain *chain = &p->chains[chain_slot(p->chains, p->chain_room, key)];
    if (!chain->sequence)
        p->chain_count++;
    bool follows = core->sequence == chain->sequence + 1;
    if (!follows && !lost_from_chain(p, chain, act))
        verify_fault(p, act->seq, N_("does not follow in the sequence of its chain"));
    else if (follows && memcmp(core->prev, chain->last, HASH) != 0)
        verify_fault(p, act->seq, N_("does not name the act before it in its chain"));
    memcpy(chain->key, key, sizeof key);
    chain->sequence = core->sequence ? core->sequence : 1;
    chain->seq = act->seq;
    memcpy(chain->last, act->bytes.id, HASH);
}

/* ---- acts ---- */

/* All acts between this one and the one before are among those that the file is known to have
 * lost. */
static bool is_after_loss(struct checking *p, const struct logged *act)
{
    int64_t missing = act->seq - p->seq - 1;

    if (missing <= 0 || losses_between(&p->store->post.losses, p->seq, act->seq) != missing)
        return false;
    if (missing == 1)
        buf_addf(&p->out->notes, _("act %lld is lost, as an act of the post says\n"),
                 (long long)p->seq + 1);
    else
        buf_addf(&p->out->notes, _("acts %lld to %lld are lost, as an act of the post says\n"),
                 (long long)p->seq + 1, (long long)act->seq - 1);
    return true;
}

/*
 * After a loss the running hash goes on from what stands there, which the next signer saw; but the
 * act that tells of the loss was signed when they were lost.
 */
static void check_columns(struct checking *p, const struct logged *act)
{
    bool lost = is_after_loss(p, act), same = memcmp(act->core.seen, p->head, SEEN) == 0;
    uint8_t head[HASH];

    if (act->seq != p->seq + 1 && !lost)
        verify_fault(p, act->seq, N_("acts before it are missing"));
    if (!same && !lost)
        verify_fault(p, act->seq, N_("its signer saw other acts before it"));
    log_head(p->head, act->bytes.id, head);
    if ((same || !lost) && memcmp(head, act->head, HASH) != 0)
        verify_fault(p, act->seq, N_("the running hash does not hold"));
    memcpy(p->head, act->head, HASH);
    p->seq = act->seq;
}

static json_int_t number_of(const json_t *payload, const char *key)
{
    return json_integer_value(json_object_get(payload, key));
}

/* What a head of post accepted as lost is told for ever. */
static void note_accepted(struct checking *p, const struct logged *act)
{
    json_t *payload, *context;

    if (act->core.kind != POST_RESUMES || !act_bytes_read(&act->bytes, &payload, &context))
        return;
    const char *cause = json_string_value(json_object_get(payload, "cause"));
    if (cause && strcmp(cause, "accepted") == 0)
        buf_addf(
            &p->out->notes,
            _("act %lld: a head of post accepted a loss; of %lld records of the -wal file that "
              "were known, %lld were there\n"),
            (long long)act->seq, (long long)number_of(payload, "known_records"),
            (long long)number_of(payload, "found_records"));
    json_decref(payload);
    json_decref(context);
}

static void note_post_act(struct checking *p, const struct logged *act)
{
    const char *why;

    if (post_state_add(&p->post, act, &why)) {
        note_accepted(p, act);
        return;
    }
    if (!p->post.profile.code) /* nothing can stand on it */
        verify_fault(p, act->seq, why);
    else
        buf_addf(&p->out->notes, _("the post: act %lld does not count: %s\n"), (long long)act->seq,
                 _(why));
}

bool verify_part_lost(const struct checking *p, const struct logged *act, size_t i)
{
    return losses_have_part(&p->store->post.losses, act->seq, (int64_t)i + 1);
}

/* Only an erasure takes parts away, and only of a case: looked at when the case is folded. */
static void check_parts(struct checking *p, const struct logged *act)
{
    bool missing = false, of_case = memcmp(act->core.case_id, post_case, CASE_ID) != 0;

    for (size_t i = 0; i < act->bytes.count; i++)
        missing |= !act->bytes.parts[i].present && !verify_part_lost(p, act, i);
    if (missing && !of_case)
        verify_fault(p, act->seq, N_("a part of it is missing"));
    if (of_case && (missing || act->core.kind == ACT_ERASE))
        case_ids_add(&p->touched, act->core.case_id);
}

/* All that is here was written by this post, in the incarnation of then. */
static void check_author(struct checking *p, const struct logged *act)
{
    if (!p->post.profile.code)
        return;
    if (memcmp(act->core.author, p->post.author, AUTHOR) != 0)
        verify_fault(p, act->seq, N_("is in the name of another author"));
    else if (act->core.incarnation != p->post.incarnation)
        verify_fault(p, act->seq, N_("is not of the incarnation that the file then had"));
}

bool verify_act(void *ctx, const struct logged *act, struct error *err)
{
    struct checking *p = ctx;
    const char *fault = NULL;

    check_columns(p, act);
    check_parts(p, act);
    if (!act_bytes_check(&act->bytes, &fault))
        verify_fault(p, act->seq, fault);
    check_chain(p, act);
    if (memcmp(act->core.case_id, post_case, CASE_ID) == 0)
        note_post_act(p, act);
    check_author(p, act);
    p->out->acts++;
    return verify_step(p, err);
}

/* The copies of kind and case beside the core are what the log is searched by. */
bool verify_copies(struct checking *p, struct error *err)
{
    bool failed;
    sqlite3_stmt *row =
        db_query(p->store, err, "SELECT seq, kind, case_id, core FROM acts ORDER BY seq", "");

    if (!row)
        return false;
    while (db_step(p->store, row, &failed, err)) {
        struct act_bytes a = ACT_BYTES_INIT;
        struct core core;
        uint8_t case_id[CASE_ID];
        buf_add(&a.core, sqlite3_column_blob(row, 3), (size_t)sqlite3_column_bytes(row, 3));
        bool ok = cbor_check(a.core.data, a.core.size, NULL, NULL) && act_bytes_core(&a, &core) &&
                  db_bytes(row, 2, case_id, CASE_ID) && db_int(row, 1) == (int64_t)core.kind &&
                  memcmp(case_id, core.case_id, CASE_ID) == 0;
        if (!ok)
            verify_fault(p, db_int(row, 0), N_("is filed under another case or kind"));
        buf_release(&a.core);
    }
    return !failed;
}
