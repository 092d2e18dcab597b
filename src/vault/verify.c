/* SPDX-License-Identifier: MIT */
/* Reading all of a case file, also what no question to it would touch. */
#include "amparo/vault/inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/vault/wal.h"

enum {
    TRIES = 3,        /* another process may be writing just what is read */
    STRIDE = 256,     /* pages between two reports of progress */
    MOST_LINES = 200, /* of damage; past that, each one more says no more */
    DB_PAGES = 28     /* in page 1: pages of the database, big-endian */
};

struct check {
    struct vault *v;
    sqlite3_file *file;
    struct raw wal; /* without a file: none */
    vault_progress *progress;
    void *ctx;
    struct error *err;
    bool fine;
    int lines;
    struct anchor anchor;
    uint64_t epoch; /* of the WAL; 0: none that counts */
    bool upon_another;
    uint8_t *in_wal; /* a bit for each page that the WAL holds */
    uint64_t bits;   /* pages that in_wal has room for */
    int64_t pages;   /* that the database has, by its last commit */
    uint64_t done, total;
    struct tags tags;
    bool tags_known;
    int io; /* SQLite's code of a disk that did not answer: of damage nothing can be said then */
};

static void damaged(struct check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void damaged(struct check *c, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    c->fine = false;
    if (c->io != SQLITE_OK || c->lines > MOST_LINES)
        return;
    if (c->lines++ == MOST_LINES) {
        error_set(c->err, ERROR_VAULT, _("%s: and more places"), c->v->fs->path);
        return;
    }
    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    error_set(c->err, ERROR_VAULT, "%s: %s", c->v->fs->path, buf_text(&text));
    buf_release(&text);
}

/* Notes what no damage to the file can be; a read past its end is none of these. */
static bool noted(struct check *c, int rc)
{
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ && rc != SQLITE_IOERR_DATA)
        c->io = rc;
    return rc == SQLITE_OK;
}

static bool look(struct check *c, sqlite3_file *file, void *out, size_t size, int64_t at)
{
    return noted(c, raw_read(file, out, size, at));
}

static int64_t size_of(struct check *c, sqlite3_file *file)
{
    sqlite3_int64 size = 0;

    return noted(c, file->pMethods->xFileSize(file, &size)) ? size : 0;
}

static bool zero_at(struct check *c, sqlite3_file *file, int64_t at, int64_t size)
{
    uint8_t bytes[FORMAT_PAGE];

    for (int64_t n; size > 0; at += n, size -= n) {
        n = size < FORMAT_PAGE ? size : FORMAT_PAGE;
        look(c, file, bytes, (size_t)n, at); /* past the end: zeros */
        if (!sodium_is_zero(bytes, (size_t)n))
            return false;
    }
    return true;
}

/* Where a change of it was cut short, one copy may be half written or of before: until mended. */
static void check_headers(struct check *c)
{
    bool whole[2] = {false, false}, one;

    for (int i = 0; i < 2; i++) {
        struct header h;

        for (int t = 0; t < TRIES && !whole[i]; t++)
            whole[i] =
                look(c, c->file, h.bytes, HEADER_SIZE, i ? FORMAT_HEADER_B : FORMAT_HEADER_A) &&
                header_look(&h) == HEADER_WHOLE && header_authentic(&h, c->v->fs->keys);
        if (whole[i] && header_generation(&h) < c->anchor.header_generation &&
            !c->anchor.header_changing)
            damaged(c, _("copy %c of the key header is an older one"), 'A' + i);
    }
    one = c->anchor.header_changing && (whole[0] || whole[1]);
    for (int i = 0; i < 2; i++)
        if (!whole[i] && !one)
            damaged(c, _("copy %c of the key header is damaged"), 'A' + i);
}

static bool read_anchor(struct check *c, int copy, struct anchor *a, bool *clean)
{
    uint8_t bytes[ANCHOR_SIZE];

    if (!look(c, c->file, bytes, sizeof(bytes), anchor_at(copy)) ||
        !anchor_parse(bytes, copy, c->v->fs->keys, a))
        return false;
    *clean = anchor_rest_is_zero(bytes, a->pages);
    return true;
}

/* The newer one says what the older one was when it was written. */
static bool stand_together(const struct anchor a[2])
{
    int newer = a[1].counter > a[0].counter;

    return a[newer].seen[!newer] == a[!newer].counter;
}

static void check_anchors(struct check *c)
{
    struct anchor a[2];
    bool whole[2] = {false, false}, clean[2] = {true, true}, together = false;

    memset(a, 0, sizeof(a));
    for (int t = 0; t < TRIES && (!whole[0] || !whole[1] || !together); t++) {
        for (int i = 0; i < 2; i++)
            whole[i] = read_anchor(c, i, &a[i], &clean[i]);
        together = stand_together(a);
    }
    for (int i = 0; i < 2; i++) {
        if (!whole[i])
            damaged(c, _("copy %c of the anchor is damaged"), 'A' + i);
        else if (!clean[i])
            damaged(c, _("the room in copy %c of the anchor is not empty"), 'A' + i);
    }
    if (whole[0] && whole[1] && !together)
        damaged(c, _("one copy of the anchor is an old one"));
    if (whole[0] || whole[1])
        c->anchor = !whole[1] || (whole[0] && a[0].counter > a[1].counter) ? a[0] : a[1];
}

/* The table of page tags that the anchor stands for. */
static void check_tags(struct check *c)
{
    c->tags_known = noted(c, tags_load(&c->tags, c->file, c->v->fs->keys));
    if (!c->tags_known)
        damaged(c, _("the table of its page tags is damaged"));
}

static void note_in_wal(struct check *c, uint32_t page)
{
    if (page > c->bits) {
        uint64_t bits = page + 8192ull;

        c->in_wal = xreallocarray(c->in_wal, bits / 8 + 1, 1);
        memset(c->in_wal + c->bits / 8, 0, bits / 8 + 1 - c->bits / 8);
        c->bits = bits / 8 * 8;
    }
    if (page)
        c->in_wal[(page - 1) / 8] |= (uint8_t)(1u << ((page - 1) % 8));
}

static bool is_in_wal(const struct check *c, uint32_t page)
{
    return page <= c->bits && c->in_wal[(page - 1) / 8] >> ((page - 1) % 8) & 1;
}

static void check_wal_head(struct check *c)
{
    uint8_t copy[FORMAT_WAL_HEAD_RECORD];
    struct wal_head head;
    uint64_t epoch;

    for (int i = 0; i < 2; i++) {
        int64_t at = i * FORMAT_WAL_COPY_B;

        if (!look(c, c->wal.file, copy, sizeof(copy), at) ||
            !wal_head_open(c->v->fs->keys, copy, &epoch, &head))
            damaged(c, _("copy %c of the header of its -wal file is damaged"), 'A' + i);
        else if (epoch > c->epoch) {
            c->epoch = epoch;
            c->upon_another = wal_is_upon_another(&c->anchor, epoch, &head);
        }
        if (!zero_at(c, c->wal.file, at + (int64_t)sizeof(copy),
                     FORMAT_WAL_COPY_B - (int64_t)sizeof(copy)))
            damaged(c, _("the room behind copy %c of the header of its -wal file is not empty"),
                    'A' + i);
    }
}

/* Whether the anchor says that this record must be there, if the WAL is. */
static bool is_needed(const struct check *c, int64_t index)
{
    return c->epoch == c->anchor.epoch && (uint64_t)index < c->anchor.commit;
}

/* Whether the case file has it: then its page must be right there. */
static bool is_backfilled(const struct check *c, int64_t index)
{
    return c->epoch == c->anchor.epoch && (uint64_t)index < c->anchor.backfill;
}

static bool is_another(const struct check *c, int64_t index, const uint8_t *record)
{
    return is_needed(c, index) && (uint64_t)index + 1 == c->anchor.commit &&
           memcmp(record + FORMAT_WAL_RECORD - CRYPTO_TAG, c->anchor.commit_tag, CRYPTO_TAG) != 0;
}

/*
 * The records of the present epoch. A bad one among those that the anchor knows is damage, and so
 * is one that has good ones behind it; at the end it is what a crash leaves.
 */
static void check_records(struct check *c)
{
    uint8_t record[FORMAT_WAL_RECORD], frame[FORMAT_FRAME];
    int64_t records = format_records(size_of(c, c->wal.file)), bad = -1;

    for (int64_t i = 0; i < records; i++) {
        bool whole = look(c, c->wal.file, record, sizeof(record), format_record_at(i)) &&
                     record_open(c->v->fs->keys, c->epoch, (uint64_t)i, record, frame);

        /* No epoch is 0: a hole in a file that somebody made longer, or a crash. */
        if (!whole && get64(record) == 0 && !is_needed(c, i))
            break;
        if (whole && !is_backfilled(c, i))
            note_in_wal(c, get32be(frame));
        if (whole && get32be(frame + WAL_FRAME_COMMIT) != 0)
            c->pages = get32be(frame + WAL_FRAME_COMMIT);
        if (is_needed(c, i) ? !whole || is_another(c, i, record) : whole && bad >= 0)
            damaged(c, _("record %lld of its -wal file is damaged"),
                    (long long)(is_needed(c, i) ? i : bad) + 1);
        bad = whole || is_needed(c, i) ? -1 : get64(record) == c->epoch ? i : bad;
    }
}

static void check_wal(struct check *c)
{
    if (c->wal.file && size_of(c, c->wal.file) > 0)
        check_wal_head(c);
    if (c->epoch > 0 && c->epoch >= c->anchor.epoch)
        check_records(c);
    if (c->anchor.commit > c->anchor.backfill && c->epoch < c->anchor.epoch)
        damaged(c, _("its -wal file is missing or older than the case file needs"));
    if (c->epoch > 0 && c->upon_another)
        damaged(c, _("its -wal file is newer than the case file"));
    if (c->epoch > 0 && c->epoch == c->anchor.epoch &&
        (!c->wal.file || format_records(size_of(c, c->wal.file)) < (int64_t)c->anchor.commit))
        damaged(c, _("its -wal file has been cut off"));
}

static bool has_wal(const struct vault *v)
{
    char *path = xasprintf("%s-wal", v->fs->path);
    int there = 0;

    v->fs->base->xAccess(v->fs->base, path, SQLITE_ACCESS_EXISTS, &there);
    free(path);
    return there;
}

/* The one that is there now: another process may just have made it, or a new one. */
static void open_wal(struct check *c)
{
    raw_close(&c->wal);
    if (has_wal(c->v) && !raw_open(&c->wal, c->v->fs->base, c->v->fs->path, true, c->err))
        c->fine = false;
}

/* Another process may begin the WAL anew while we read it: what counts is a look at one state. */
static void check_still_wal(struct check *c)
{
    struct error *err = c->err;
    bool before = c->fine, moved = true;

    for (int left = TRIES * TRIES; moved; left--) {
        struct error found = ERROR_INIT;
        struct anchor after;

        c->err = &found;
        c->fine = true;
        c->epoch = 0;
        c->upon_another = false;
        c->pages = 0;
        if (c->in_wal)
            memset(c->in_wal, 0, c->bits / 8 + 1);
        open_wal(c);
        check_wal(c);
        moved = left > 0 && !c->fine && anchor_read(c->file, c->v->fs->keys, &after) == SQLITE_OK &&
                after.counter != c->anchor.counter;
        if (moved)
            c->anchor = after;
        else if (found.kind)
            error_set(err, ERROR_VAULT, "%s", error_text(&found));
        error_release(&found);
    }
    c->err = err;
    c->fine = c->fine && before;
}

static void check_page(struct check *c, uint32_t number)
{
    uint8_t page[FORMAT_PAGE], tag[CRYPTO_TAG];
    bool whole = false, present = false;

    if (number == FORMAT_LOCK_PAGE) {
        if (!zero_at(c, c->file, format_page_at(number), FORMAT_PAGE))
            damaged(c, _("the page that SQLite locks is not empty"));
        return;
    }
    for (int t = 0; t < TRIES && !(whole && present); t++) {
        whole = look(c, c->file, page, sizeof(page), format_page_at(number));
        memcpy(tag, page + FORMAT_PAGE - CRYPTO_TAG, sizeof(tag));
        whole = whole && page_open(c->v->fs->keys, number, page);
        present = !c->tags_known || tags_match(&c->tags, number, tag);
        if (!present) /* a checkpoint of another process has ended since? */
            noted(c, tags_load(&c->tags, c->file, c->v->fs->keys));
    }
    /* Torn or newer when a checkpoint was cut short: the WAL has it whole, and SQLite reads it
     * there. */
    if (!whole && !is_in_wal(c, number))
        damaged(c, _("page %u is damaged"), number);
    else if (whole && !present && !is_in_wal(c, number))
        damaged(c, _("page %u has been put back to an older one"), number);
    if (whole && number == 1 && c->pages == 0)
        c->pages = get32be(page + DB_PAGES);
}

/*
 * The places of leaves that do not count: the copies of before, and zeros where none ever were.
 * What a checkpoint that was cut short wrote there is written anew by the next.
 */
static void check_spares(struct check *c)
{
    int64_t there = format_pages(size_of(c, c->file)), most = c->anchor.most_pages;
    int64_t groups = ((there < most ? there : most) + FORMAT_GROUP_PAGES - 1) / FORMAT_GROUP_PAGES;
    size_t leaves = (size_t)groups * FORMAT_GROUP_LEAVES,
           first = format_leaves(c->anchor.most_pages);

    if (c->bits > 0)
        return;
    if (!noted(c, tags_check_spares(c->file, c->v->fs->keys, &c->anchor)))
        damaged(c, _("the spare copies of its page tags are damaged"));
    for (size_t leaf = first; leaf < leaves; leaf++)
        for (int copy = 0; copy < 2; copy++)
            if (!zero_at(c, c->file, format_leaf_at(leaf, copy), FORMAT_PAGE)) {
                damaged(c, _("the room for more page tags is not empty"));
                return;
            }
}

/* With the WAL of the last checkpoint there, that may have been killed before it cut the file. */
static bool may_be_longer(const struct check *c)
{
    return c->bits > 0 || (c->epoch > 0 && c->epoch == c->anchor.epoch);
}

/* What lies behind the pages that the database has. */
static void check_end(struct check *c, int64_t size)
{
    /* A checkpoint of another process may have made it longer meanwhile. */
    for (int64_t n = format_pages(size_of(c, c->file)) + 1; n <= c->pages; n++)
        if (n != FORMAT_LOCK_PAGE && !is_in_wal(c, (uint32_t)n))
            damaged(c, _("page %lld has been cut off"), (long long)n);
    if (size > format_size(c->pages) && size_of(c, c->file) > format_size(c->pages) &&
        !may_be_longer(c))
        damaged(c, _("there is something behind its last page"));
}

/* The pages that are there, of those that the database has, or the table where that is unknown. */
static int64_t pages_to_check(const struct check *c, int64_t size)
{
    int64_t there = format_pages(size), pages = c->pages ? c->pages : c->anchor.pages;

    return there < pages ? there : pages;
}

/* False where the caller has given up. */
static bool check_pages(struct check *c)
{
    int64_t size = size_of(c, c->file), pages;

    check_page(c, 1); /* says how many there are, where the WAL does not */
    pages = pages_to_check(c, size);
    c->total = (uint64_t)pages;
    for (int64_t n = 1; n <= pages; n++) {
        if (n > 1)
            check_page(c, (uint32_t)n);
        if (c->progress && (n % STRIDE == 0 || n == pages) &&
            !c->progress(c->ctx, (uint64_t)n, c->total))
            return error_set(c->err, ERROR_FAILED, _("given up"));
    }
    check_end(c, size);
    return true;
}

/* Whether a connection of this vault has the file alone: it stands still while we look. */
static bool is_ours_alone(struct vault *v)
{
    struct main_file *m;

    pthread_mutex_lock(&v->fs->lock);
    for (m = v->fs->files; m && !m->exclusive; m = m->next)
        ;
    pthread_mutex_unlock(&v->fs->lock);
    return m;
}

/*
 * A reader keeps checkpoints of other processes from changing pages while we look at them; who is
 * just closing the file is waited for. NULL where SQLite cannot read the file: then a lock keeps
 * others from having it alone. False where somebody has. What lies in the WAL stays there.
 */
static bool hold_still(struct vault *v, sqlite3_file *file, sqlite3 **db, struct error *err)
{
    bool ours = is_ours_alone(v);
    unsigned flags = (has_wal(v) ? VAULT_KEEP_WAL : 0) | (ours ? VAULT_IMPATIENT : 0);

    if (vault_open(v, VAULT_READ_ONLY | flags, db, NULL))
        vault_exec(*db, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL);
    else if (!ours && file->pMethods->xLock(file, SQLITE_LOCK_SHARED) == SQLITE_BUSY)
        return error_set(err, ERROR_FAILED,
                         _("%s: another program has it open; close it there and try again"),
                         v->fs->path);
    return true;
}

bool vault_verify(struct vault *v, vault_progress *progress, void *ctx, struct error *err)
{
    struct check c = {.v = v, .progress = progress, .ctx = ctx, .err = err, .fine = true};
    struct raw main = {NULL, NULL};
    sqlite3 *still = NULL;
    bool fine = raw_open(&main, v->fs->base, v->fs->path, false, err) &&
                hold_still(v, main.file, &still, err);

    if (fine) {
        c.file = main.file;
        check_anchors(&c);
        check_headers(&c);
        check_tags(&c);
        check_still_wal(&c);
        check_spares(&c);
        fine = check_pages(&c) && c.fine;
        if (c.io != SQLITE_OK)
            fine = vault_io_error(v, c.io, err);
    }
    tags_release(&c.tags);
    free(c.in_wal);
    raw_close(&c.wal);
    raw_close(&main);
    sqlite3_close(still);
    return fine;
}
