/* SPDX-License-Identifier: MIT */
#include "amparo/store/letterhead.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/store/db.h"
#include "amparo/store/settings.h"

/* ---- all of it ---- */

/* What was said, "" where nothing was. */
static bool read_line(struct store *store, enum setting which, char **out, struct error *err)
{
    struct setting_value value;

    if (!settings_read(store, which, &value, err))
        return false;
    *out = xstrdup(value.text);
    setting_value_release(&value);
    return true;
}

static bool read_seal(struct store *store, struct buf *out, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row = db_query(store, err, "SELECT png FROM seal WHERE id = 1", "");

    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        buf_add(out, sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0));
        db_done(row);
    }
    return !failed;
}

bool store_letterhead(struct store *store, struct letterhead *out, struct error *err)
{
    *out = (struct letterhead){.seal = BUF_INIT};
    const struct {
        enum setting which;
        char **to;
    } lines[] = {
        {SETTING_STATE_LINE, &out->state},     {SETTING_OFFICE_LINE, &out->office},
        {SETTING_ADDRESS_LINE, &out->address}, {SETTING_PHONE_LINE, &out->phone},
        {SETTING_EMAIL_LINE, &out->email},
    };
    long named;

    for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
        if (!read_line(store, lines[i].which, lines[i].to, err))
            return false;
    if (!settings_number(store, SETTING_NAMES_OFFICER, &named, err))
        return false;
    out->names_officer = named != 0;
    return read_seal(store, &out->seal, err);
}

void letterhead_release(struct letterhead *letterhead)
{
    free(letterhead->state);
    free(letterhead->office);
    free(letterhead->address);
    free(letterhead->phone);
    free(letterhead->email);
    buf_release(&letterhead->seal);
    *letterhead = (struct letterhead){.seal = BUF_INIT};
}

/* ---- the seal ---- */

bool store_seal(struct store *store, struct seal *out, struct error *err)
{
    bool failed = false;
    sqlite3_stmt *row =
        db_query(store, err, "SELECT width, height, said_by, said_at FROM seal WHERE id = 1", "");

    *out = (struct seal){.said_by = NULL};
    if (!row)
        return false;
    if (db_step(store, row, &failed, err)) {
        out->measures = (struct png_size){(uint32_t)db_int(row, 0), (uint32_t)db_int(row, 1)};
        out->said_by = db_text(row, 2);
        out->said_at = db_text(row, 3);
        db_done(row);
    }
    return !failed;
}

void seal_release(struct seal *seal)
{
    free(seal->said_by);
    free(seal->said_at);
    *seal = (struct seal){.said_by = NULL};
}

/* A regular file, up to one byte more than a picture may have. */
static bool read_file(const char *path, struct buf *out, struct error *err)
{
    uint8_t part[1 << 12];
    struct stat about;
    ssize_t got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd < 0 || fstat(fd, &about) != 0) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return error_set(err, ERROR_FAILED, "%s: %s", path, strerror(why));
    }
    bool regular = S_ISREG(about.st_mode);
    while (regular && out->size <= PNG_MOST_BYTES && (got = read(fd, part, sizeof part)) > 0)
        buf_add(out, part, (size_t)got);
    int why = errno;
    close(fd);
    if (!regular)
        return error_set(err, ERROR_INPUT, _("%s: is no file"), path);
    return got >= 0 || error_set(err, ERROR_FAILED, "%s: %s", path, strerror(why));
}

static bool take_seal(struct store *store, const char *path, struct error *err)
{
    struct buf file = BUF_INIT, png = BUF_INIT;
    struct error why = ERROR_INIT;
    struct png_size measures;
    char now[INSTANT_SIZE];
    bool ok = read_file(path, &file, err);

    if (ok && !png_take(file.data, file.size, &measures, &png, &why))
        ok = error_set(err, why.kind, "%s: %s", path, error_text(&why));
    ok = ok && db_run(store, err,
                      "INSERT OR REPLACE INTO seal (id, width, height, png, said_by, said_at) "
                      "VALUES (1, ?, ?, ?, ?, ?)",
                      "iibtt", (int64_t)measures.width, (int64_t)measures.height,
                      (const void *)png.data, png.size, store->me.name, store_now(store, now));
    error_release(&why);
    buf_release(&file);
    buf_release(&png);
    return ok;
}

bool store_set_seal(struct store *store, const char *path, struct error *err)
{
    if (!post_refresh(store, err))
        return false;
    if (store->me.role != ROLE_HEAD)
        return error_set(err, ERROR_REFUSED, _("only a head of post changes the settings"));
    return path ? take_seal(store, path, err) : db_run(store, err, "DELETE FROM seal", "");
}
