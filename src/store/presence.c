/* SPDX-License-Identifier: MIT */
#include "amparo/store/presence.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

static void host_name(char *out, size_t size)
{
    if (gethostname(out, size) != 0)
        *out = '\0';
    out[size - 1] = '\0';
}

/* A process of this machine that is there no more. */
static bool has_ended(const char *host, long pid)
{
    char here[256];

    host_name(here, sizeof here);
    return strcmp(host, here) == 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

/* While somebody writes, it is better left than waited for. */
enum { PRESENCE_MS = 50 };

static bool set_presence(struct store *store, const char *place, struct error *err)
{
    char host[256], at[INSTANT_SIZE];
    int64_t id;

    if (store->presence)
        return db_run(store, err, "UPDATE presence SET place = ? WHERE id = ?", "ti", place,
                      store->presence);
    host_name(host, sizeof host);
    randombytes_buf(&id, sizeof id);
    id = (id & INT64_MAX) | 1;
    if (!db_run(store, err,
                "INSERT INTO presence (id, pid, host, officer, place, since) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                "iitttt", id, (int64_t)getpid(), host, store->me.name, place, store_now(store, at)))
        return false;
    store->presence = id;
    return true;
}

bool store_presence_set(struct store *store, const char *place, struct error *err)
{
    int patience = store_set_patience(store, PRESENCE_MS);
    bool set = set_presence(store, place, err);

    store_set_patience(store, patience);
    return set;
}

void presence_leave(struct store *store)
{
    store_set_patience(store, PRESENCE_MS);
    if (store->presence)
        db_run(store, NULL, "DELETE FROM presence WHERE id = ?", "i", store->presence);
    store->presence = 0;
}

void presences_release(struct presences *presences)
{
    for (size_t i = 0; i < presences->count; i++) {
        free(presences->list[i].officer);
        free(presences->list[i].place);
        free(presences->list[i].host);
    }
    free(presences->list);
    *presences = (struct presences){NULL, 0};
}

/* Reads who is there; ids of those who have ended go to `ended`. */
static bool read_presences(struct store *store, const char *place, struct presences *out,
                           struct buf *ended, struct error *err)
{
    bool failed;
    sqlite3_stmt *row = db_query(store, err,
                                 "SELECT id, pid, host, officer, place, since FROM presence "
                                 "WHERE id <> ? AND (?2 IS NULL OR place = ?2) ORDER BY since, id",
                                 "it", store->presence, place);

    if (!row)
        return false;
    while (db_step(store, row, &failed, err)) {
        int64_t id = db_int(row, 0);
        const char *host = (const char *)sqlite3_column_text(row, 2);
        if (has_ended(host ? host : "", (long)db_int(row, 1))) {
            buf_add(ended, &id, sizeof id);
            continue;
        }
        out->list = xreallocarray(out->list, out->count + 1, sizeof *out->list);
        struct presence *p = &out->list[out->count++];
        *p = (struct presence){.officer = db_text(row, 3),
                               .place = db_text(row, 4),
                               .host = db_text(row, 2),
                               .pid = (long)db_int(row, 1)};
        strncpy(p->since, (const char *)sqlite3_column_text(row, 5), sizeof p->since - 1);
    }
    return !failed;
}

bool store_presence_list(struct store *store, const char *place, struct presences *out,
                         struct error *err)
{
    struct buf ended = BUF_INIT;
    int64_t id;

    *out = (struct presences){NULL, 0};
    bool ok = read_presences(store, place, out, &ended, err);
    for (size_t i = 0; ok && i < ended.size; i += sizeof id) {
        memcpy(&id, ended.data + i, sizeof id);
        db_run(store, NULL, "DELETE FROM presence WHERE id = ?", "i", id); /* next time, else */
    }
    buf_release(&ended);
    if (!ok)
        presences_release(out);
    return ok;
}
