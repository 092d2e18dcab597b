/* SPDX-License-Identifier: MIT */
#include "vault_kit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct vault_setup kit_cheap = {NULL, {1, KDF_KIB_MIN}};

struct vault *kit_vault_on(const char *base, const char *name)
{
    struct vault_setup setup = {base, kit_cheap.cost};
    struct error err = ERROR_INIT;
    struct buf recovery = BUF_INIT;
    struct vault *v = NULL;

    kit_remove(kit_path(name));
    if (!vault_create_with(&setup, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, &v, &recovery,
                           &err))
        fail_msg("%s", error_text(&err));
    buf_release(&recovery);
    return v;
}

struct vault *kit_vault(const char *name)
{
    return kit_vault_on(NULL, name);
}

struct vault *kit_unlock(const char *name)
{
    struct error err = ERROR_INIT;
    struct vault *v = NULL;

    if (!vault_unlock_with(&kit_cheap, kit_path(name), PASSPHRASE, PASSPHRASE_LENGTH, 0, &v, &err))
        fail_msg("%s", error_text(&err));
    return v;
}

struct sqlite3 *kit_database(struct vault *v, unsigned flags)
{
    struct error err = ERROR_INIT;
    sqlite3 *db = NULL;

    if (!vault_open(v, flags, &db, &err))
        fail_msg("%s", error_text(&err));
    return db;
}

int kit_try(struct sqlite3 *db, const char *sql)
{
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    return sqlite3_extended_errcode(db);
}

void kit_exec(struct sqlite3 *db, const char *sql)
{
    struct error err = ERROR_INIT;

    if (!vault_exec(db, sql, &err))
        fail_msg("%s: %s", sql, error_text(&err));
}

int64_t kit_number(struct sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
        sqlite3_step(stmt) != SQLITE_ROW)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

uint8_t *kit_read(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    uint8_t *bytes;
    long length;

    if (!in)
        return NULL;
    fseek(in, 0, SEEK_END);
    length = ftell(in);
    rewind(in);
    bytes = calloc(1, (size_t)length + 1);
    *size = fread(bytes, 1, (size_t)length, in);
    fclose(in);
    assert_int_equal(*size, length);
    return bytes;
}

void kit_write(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *out = fopen(path, "wb");

    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
}

void kit_copy(const char *from, const char *to)
{
    size_t size;
    uint8_t *bytes = kit_read(from, &size);

    assert_non_null(bytes);
    kit_write(to, bytes, size);
    free(bytes);
}

void kit_flip(const char *path, int64_t at, uint8_t bits)
{
    FILE *file = fopen(path, "r+b");
    int c;

    assert_non_null(file);
    fseek(file, at, SEEK_SET);
    c = fgetc(file);
    assert_true(c != EOF);
    fseek(file, at, SEEK_SET);
    fputc(c ^ bits, file);
    assert_int_equal(fclose(file), 0);
}

void kit_remove(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char name[300];

    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

/* Opens each record under the epoch that it was sealed under. */
static size_t open_records(const struct keys *keys, const char *path, uint8_t *out)
{
    char name[300];
    size_t size, at = 0;

    snprintf(name, sizeof(name), "%s-wal", path);
    uint8_t *wal = kit_read(name, &size);
    for (int64_t i = 0; wal && i < format_records((int64_t)size); i++) {
        const uint8_t *record = wal + format_record_at(i);
        at += record_open(keys, get64(record), (uint64_t)i, record, out + at) ? FORMAT_FRAME : 0;
    }
    free(wal);
    return at;
}

uint8_t *kit_plain(struct vault *v, size_t *size)
{
    const char *path = vault_path(v);
    char name[300];
    size_t bytes, wal_bytes = 0, at = 0;
    uint8_t *file = kit_read(path, &bytes);

    snprintf(name, sizeof(name), "%s-wal", path);
    free(kit_read(name, &wal_bytes));
    assert_non_null(file);
    uint8_t *out = malloc(bytes + wal_bytes);
    assert_non_null(out);
    for (int64_t number = 1; number <= format_pages((int64_t)bytes); number++) {
        memcpy(out + at, file + format_page_at(number), FORMAT_PAGE);
        /* The contents of neighbours meet, as long texts go on from one to the next. */
        at += page_open(v->fs->keys, (uint32_t)number, out + at) ? FORMAT_CONTENT : 0;
    }
    at += open_records(v->fs->keys, path, out + at);
    free(file);
    *size = at;
    return out;
}

bool kit_holds(const char *path, const char *text)
{
    size_t size;
    uint8_t *bytes = kit_read(path, &size);
    bool found = bytes && memmem(bytes, size, text, strlen(text));

    free(bytes);
    return found;
}
