/* SPDX-License-Identifier: MIT */
#include "amparo/store/many.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/record.h"

/* ---- the same said of many ---- */

/* The opening as it stands with the changes; NULL where it says so already. */
static json_t *changed(const struct entry *open, const struct opening_change *changes, size_t count)
{
    json_t *payload = json_deep_copy(open->payload);

    for (size_t i = 0; i < count; i++)
        if (changes[i].value)
            json_object_set_new(payload, changes[i].key, json_string(changes[i].value));
        else
            json_object_del(payload, changes[i].key);
    if (!json_equal(payload, open->payload))
        return payload;
    json_decref(payload);
    return NULL;
}

static bool correct(struct store *store, const char *reference, const struct entry *open,
                    json_t *payload, const char *reason, struct error *err)
{
    char id[2 * ACT_ID_SIZE + 1];

    act_id_hex(open->act->id, id);
    json_t *correction =
        json_pack("{s:s, s:s, s:O}", "of", id, "reason", reason, "payload", payload);
    struct record_request request = {
        .reference = reference, .kind = ACT_CORRECT, .payload = correction};
    bool ok = store_record(store, &request, NULL, err);
    json_decref(correction);
    return ok;
}

bool store_change_opening(struct store *store, const struct case_row *row,
                          const struct opening_change *changes, size_t count, const char *reason,
                          bool *same, struct error *err)
{
    struct case_file c;

    *same = false;
    if (row->hidden == NAME_RESTRICTED)
        return error_set(err, ERROR_REFUSED, _("A restricted case: ask its officer."));
    if (!store_case(store, row->reference, &c, err))
        return false;
    const struct entry *open = case_next(&c, NULL, ACT_OPEN);
    json_t *payload = open ? changed(open, changes, count) : NULL;
    *same = !payload;
    bool ok = !payload || correct(store, row->reference, open, payload, reason, err);
    json_decref(payload);
    case_release(&c);
    return ok;
}

/* ---- counts ---- */

void view_counts_release(struct view_counts *counts)
{
    free(counts->list);
    *counts = (struct view_counts){NULL, 0};
}

enum { SLOTS = 256 };

struct counting {
    struct view_counts *out;
    size_t at[VIEW_SORT][SLOTS]; /* where a code was counted last, from 1: a guess */
};

static bool is_code(const struct counted *one, enum view_key key, const char *code, size_t size)
{
    return one->key == key && strncmp(one->code, code, size) == 0 && !one->code[size];
}

/* Where the code is counted; out->count where it is new. */
static size_t place_of(const struct counting *c, size_t guess, enum view_key key, const char *code,
                       size_t size)
{
    size_t i = 0;

    if (guess && is_code(&c->out->list[guess - 1], key, code, size))
        return guess - 1;
    while (i < c->out->count && !is_code(&c->out->list[i], key, code, size))
        i++;
    return i;
}

static void count_one(struct counting *c, enum view_key key, const char *code, size_t size)
{
    struct view_counts *out = c->out;
    size_t slot = size ? ((unsigned char)code[0] * 31u + (unsigned char)code[size - 1]) % SLOTS : 0;
    size_t at = place_of(c, c->at[key][slot], key, code, size);

    if (size >= sizeof out->list->code)
        return;
    if (at == out->count) {
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        out->list[out->count] = (struct counted){.key = key};
        memcpy(out->list[out->count++].code, code, size);
    }
    out->list[at].count++;
    c->at[key][slot] = at + 1;
}

/* "|G1|G5|" */
static void count_each(struct counting *c, enum view_key key, const char *codes)
{
    for (const char *p = codes + (*codes == '|'); *p; p += *p == '|') {
        size_t size = strcspn(p, "|");
        count_one(c, key, p, size);
        p += size;
    }
}

static int stage_of(const char *name)
{
    int stage = 0;

    while (stage < STAGE_COUNT && strcmp(stage_name((enum stage)stage), name) != 0)
        stage++;
    return stage;
}

static int in_order(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->key == VIEW_STAGE)
        return stage_of(x->code) - stage_of(y->code);
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->code, y->code);
}

static const char *text_at(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static bool count_rows(struct store *store, const bool *wanted, struct view_counts *out,
                       struct error *err)
{
    struct counting c = {.out = out};
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT id, stage, receiving_state, states, grounds FROM cases "
                                 "INDEXED BY cases_view",
                                 "");

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        if (!wanted[db_int(row, 0)])
            continue;
        const char *stage = stage_name((enum stage)db_int(row, 1));
        count_one(&c, VIEW_STAGE, stage, strlen(stage));
        count_one(&c, VIEW_PLACE, text_at(row, 2), strlen(text_at(row, 2)));
        count_each(&c, VIEW_STATE, text_at(row, 3));
        count_each(&c, VIEW_GROUND, text_at(row, 4));
    }
    return !failed;
}

bool store_view_counts(struct store *store, const struct case_order *order, struct view_counts *out,
                       struct error *err)
{
    int64_t last;

    *out = (struct view_counts){NULL, 0};
    if (!db_begin_reading(store, err))
        return false;
    bool ok = db_number(store, &last, 0, err, "SELECT max(id) FROM cases", "");
    bool *wanted = xcalloc((size_t)last + 1, sizeof *wanted);
    for (size_t i = 0; ok && i < order->count; i++)
        if (order->rows[i] <= last)
            wanted[order->rows[i]] = true;
    ok = ok && count_rows(store, wanted, out, err);
    free(wanted);
    if (out->count)
        qsort(out->list, out->count, sizeof *out->list, in_order);
    ok = db_end(store, ok, err);
    if (!ok)
        view_counts_release(out);
    return ok;
}
