/* SPDX-License-Identifier: MIT */
#include "amparo/store/delivery.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

void deliveries_release(struct deliveries *deliveries)
{
    for (size_t i = 0; i < deliveries->count; i++)
        free(deliveries->list[i].post);
    free(deliveries->list);
    *deliveries = (struct deliveries){NULL, 0};
}

static char *post_code(const struct trusted *trust, const uint8_t id[POST_ID])
{
    enum { DIGITS = 4 }; /* bytes */
    const struct trust_post *post = trust_post_of(trust, id);
    char hex[2 * DIGITS + 1];

    if (post)
        return xstrdup(post->code);
    return xstrdup(sodium_bin2hex(hex, sizeof hex, id, DIGITS));
}

static void take_instant(sqlite3_stmt *row, int column, char out[INSTANT_SIZE])
{
    const char *at = (const char *)sqlite3_column_text(row, column);

    if (at && strlen(at) < INSTANT_SIZE)
        memcpy(out, at, strlen(at) + 1);
}

static void take(sqlite3_stmt *row, const struct trusted *trust, struct deliveries *out)
{
    uint8_t post[POST_ID];
    struct delivery *d;

    if (!db_bytes(row, 0, post, sizeof post))
        return;
    out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
    d = &out->list[out->count++];
    *d = (struct delivery){.post = post_code(trust, post), .times = (long)db_int(row, 2)};
    take_instant(row, 1, d->sent_at);
    take_instant(row, 3, d->acked_at);
}

static int by_post(const void *a, const void *b)
{
    return strcmp(((const struct delivery *)a)->post, ((const struct delivery *)b)->post);
}

bool store_deliveries(struct store *store, const struct trusted *trust, const char *id,
                      struct deliveries *out, struct error *err)
{
    uint8_t dispatch[ACT_ID_SIZE];
    bool failed = false;
    sqlite3_stmt *row;

    *out = (struct deliveries){NULL, 0};
    if (!hex_read(id, dispatch, sizeof dispatch))
        return true;
    row = db_query(store, err,
                   "SELECT v.post, v.sent_at, v.times, v.acked_at FROM deliveries v JOIN "
                   "dispatches d ON d.place = v.dispatch WHERE d.id = ? AND v.sent_at NOT NULL",
                   "b", dispatch, sizeof dispatch);
    while (row && db_step(store, row, &failed, err))
        take(row, trust, out);
    if (out->count)
        qsort(out->list, out->count, sizeof *out->list, by_post);
    return row && !failed;
}
