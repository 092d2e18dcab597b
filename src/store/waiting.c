/* SPDX-License-Identifier: MIT */
#include "amparo/store/waiting.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "amparo/base/mem.h"
#include "amparo/store/db.h"

enum {
    UNASKED_MS = 10000,
    STEP_MS = 4,
    WRITE_LOCK = 120, /* the byte of the -shm file by which SQLite locks out other writers */
};

static int64_t steady_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* SQLite's busy handler: 0 gives up. */
static int busy(void *ctx, int count)
{
    struct store *store = ctx;

    if (count == 0)
        store->waiting_since = steady_ms();
    int waited = (int)(steady_ms() - store->waiting_since);
    if (store->patience != STORE_PATIENT && waited >= store->patience)
        return 0;
    if (store->patience == STORE_PATIENT && store->wait)
        return store->wait(store->wait_ctx, waited);
    if (waited >= UNASKED_MS)
        return 0;
    sqlite3_sleep(count < 2 ? 1 : STEP_MS);
    return 1;
}

void store_on_wait(struct store *store, store_wait *wait, void *ctx)
{
    store->wait = wait;
    store->wait_ctx = ctx;
    sqlite3_busy_handler(store->db, busy, store);
}

int store_set_patience(struct store *store, int ms)
{
    int before = store->patience;

    store->patience = ms;
    return before;
}

void writer_release(struct writer *writer)
{
    free(writer->officer);
    free(writer->host);
    free(writer->account);
    *writer = (struct writer){NULL, NULL, NULL, 0};
}

/*
 * The process that holds the lock; 0: not known. Asked of the kernel's list: to open the -shm file
 * and ask there would give back, at its closing, all locks that SQLite holds for this process.
 */
static long lock_holder(const char *path)
{
    char *shm = xasprintf("%s-shm", path), line[200];
    struct stat about;
    long found = 0;
    FILE *locks = stat(shm, &about) == 0 ? fopen("/proc/locks", "re") : NULL;

    free(shm);
    while (locks && !found && fgets(line, sizeof line, locks)) {
        long pid;
        unsigned long long inode, first, last;
        /* "1: POSIX  ADVISORY  WRITE 4711 fe:01:1234 120 120" */
        if (sscanf(line, "%*d: POSIX %*s WRITE %ld %*x:%*x:%llu %llu %llu", &pid, &inode, &first,
                   &last) == 4 &&
            inode == about.st_ino && first <= WRITE_LOCK && last >= WRITE_LOCK)
            found = pid;
    }
    if (locks)
        fclose(locks);
    return found;
}

/* Whose program it is, by its user id (its folder in /proc is root's: it may not be dumped). */
static char *account_of(long pid)
{
    char path[40], line[100];
    unsigned uid;
    char *name = NULL;

    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *status = fopen(path, "re");
    while (status && !name && fgets(line, sizeof line, status)) {
        struct passwd *account;
        if (sscanf(line, "Uid: %u", &uid) == 1 && (account = getpwuid(uid)))
            name = xstrdup(account->pw_name);
    }
    if (status)
        fclose(status);
    return name;
}

/* Its entry among those present, or the only other one; by a connection of its own, since ours is
 * in the middle of something.
 */
static void find_presence(struct store *store, struct writer *out)
{
    static const char sql[] = "SELECT officer, host FROM presence WHERE id <> ?1 AND "
                              "(pid = ?2 OR (?2 = 0 AND (SELECT count(*) FROM presence) = 2)) "
                              "ORDER BY since DESC LIMIT 1";
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;

    if (vault_open(store->vault, VAULT_READ_ONLY, &db, NULL) &&
        sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK &&
        sqlite3_bind_int64(row, 1, store->presence) == SQLITE_OK &&
        sqlite3_bind_int64(row, 2, out->pid) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW) {
        out->officer = db_text(row, 0);
        out->host = db_text(row, 1);
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
}

void store_writer(struct store *store, struct writer *out)
{
    *out = (struct writer){.pid = lock_holder(vault_path(store->vault))};
    find_presence(store, out);
    if (!out->officer && out->pid)
        out->account = account_of(out->pid);
}
