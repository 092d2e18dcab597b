/* SPDX-License-Identifier: MIT */
#include "amparo/vault/pages.h"

#include <stdlib.h>
#include <string.h>

#include "amparo/base/i18n.h"
#include "amparo/base/mem.h"
#include "amparo/vault/inside.h"
#include "amparo/vault/wal.h"

enum { STRIDE = 256 /* pages between two reports */ };

/* A record of the WAL that holds a version of a page. */
struct version {
    uint32_t page;
    uint64_t record;
};

struct pages {
    struct vault *v;
    struct raw main, wal; /* file NULL: there is none */
    struct anchor anchor;
    bool anchored; /* a copy of the anchor is authentic */
    struct tags tags;
    bool tagged; /* the table of page tags is */
    uint64_t epoch;
    bool headed;              /* the header of the WAL can be read */
    struct wal_head head;     /* of the WAL, where it can be read */
    uint64_t commit;          /* records that count */
    struct version *versions; /* by page, the newest first */
    size_t count, room;
    uint64_t *bad; /* records */
    size_t bad_count;
    uint32_t pages;
    uint8_t *damage; /* enum page_damage, from page 1 on */
};

/* ---- the WAL ---- */

static bool read_record(const struct pages *p, uint64_t index, uint64_t *epoch,
                        uint8_t frame[FORMAT_FRAME])
{
    uint8_t record[FORMAT_WAL_RECORD];

    if (raw_read(p->wal.file, record, sizeof(record), format_record_at((int64_t)index)) !=
        SQLITE_OK)
        return false;
    *epoch = get64(record);
    return record_open(p->v->fs->keys, *epoch, index, record, frame);
}

static uint64_t record_count(const struct pages *p)
{
    return p->wal.file ? (uint64_t)format_records(raw_size(p->wal.file)) : 0;
}

/* By its header, or where that is damaged by the records themselves. */
static void find_epoch(struct pages *p)
{
    uint8_t copy[FORMAT_WAL_HEAD_RECORD], frame[FORMAT_FRAME];
    struct wal_head head;
    uint64_t epoch;

    for (int i = 0; p->wal.file && i < 2; i++)
        if (raw_read(p->wal.file, copy, sizeof(copy), i * FORMAT_WAL_COPY_B) == SQLITE_OK &&
            wal_head_open(p->v->fs->keys, copy, &epoch, &head) && epoch > p->epoch) {
            p->epoch = epoch;
            p->head = head;
            p->headed = true;
        }
    if (p->epoch)
        return;
    for (uint64_t i = 0; i < record_count(p); i++)
        if (read_record(p, i, &epoch, frame) && epoch > p->epoch)
            p->epoch = epoch;
}

static void add_version(struct pages *p, uint32_t page, uint64_t record)
{
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 256;
        p->versions = xreallocarray(p->versions, p->room, sizeof(*p->versions));
    }
    p->versions[p->count++] = (struct version){page, record};
    if (page > p->pages)
        p->pages = page;
}

static void add_bad(struct pages *p, uint64_t record)
{
    p->bad = xreallocarray(p->bad, p->bad_count + 1, sizeof(*p->bad));
    p->bad[p->bad_count++] = record;
}

static int compare_versions(const void *a, const void *b)
{
    const struct version *x = a, *y = b;

    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    return x->record > y->record ? -1 : x->record < y->record;
}

/*
 * What stands before a commit was committed: SQLite writes what comes after a transaction that was
 * taken back over it. The anchor knows a commit also where its record is damaged.
 */
static void read_wal(struct pages *p)
{
    uint64_t records = record_count(p), epoch;
    uint8_t frame[FORMAT_FRAME];

    find_epoch(p);
    if (p->anchored && p->anchor.epoch == p->epoch)
        p->commit = p->anchor.commit;
    for (uint64_t i = 0; i < records; i++)
        if (read_record(p, i, &epoch, frame) && epoch == p->epoch &&
            get32be(frame + WAL_FRAME_COMMIT) != 0 && i + 1 > p->commit)
            p->commit = i + 1;
    for (uint64_t i = 0; i < records && i < p->commit; i++) {
        if (read_record(p, i, &epoch, frame) && epoch == p->epoch && get32be(frame) != 0)
            add_version(p, get32be(frame), i);
        else
            add_bad(p, i);
    }
    if (p->count)
        qsort(p->versions, p->count, sizeof(*p->versions), compare_versions);
}

/* Whether the WAL is the one of now: an older one was brought over, or put back. */
static bool is_present_wal(const struct pages *p)
{
    return !p->anchored || p->epoch >= p->anchor.epoch;
}

/* The first version of a page in the WAL; NULL: none. */
static const struct version *versions_of(const struct pages *p, uint32_t page)
{
    size_t low = 0, high = p->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (p->versions[middle].page < page)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->count && p->versions[low].page == page ? &p->versions[low] : NULL;
}

static bool read_version(const struct pages *p, const struct version *version,
                         uint8_t out[PAGES_SIZE])
{
    uint8_t frame[FORMAT_FRAME];
    uint64_t epoch;

    if (!read_record(p, version->record, &epoch, frame) || epoch != p->epoch)
        return false;
    memcpy(out, frame + FORMAT_FRAME_HEADER, PAGES_SIZE);
    return true;
}

/* ---- the case file ---- */

static bool read_main(const struct pages *p, uint32_t number, uint8_t out[PAGES_SIZE],
                      bool *present)
{
    uint8_t tag[CRYPTO_TAG];

    if (number == FORMAT_LOCK_PAGE ||
        raw_read(p->main.file, out, PAGES_SIZE, format_page_at(number)) != SQLITE_OK)
        return false;
    memcpy(tag, out + FORMAT_PAGE - CRYPTO_TAG, sizeof(tag));
    *present = !p->tagged || tags_match(&p->tags, number, tag);
    return page_open(p->v->fs->keys, number, out);
}

static enum page_damage look_at(const struct pages *p, uint32_t number)
{
    const struct version *version = is_present_wal(p) ? versions_of(p, number) : NULL;
    uint8_t page[PAGES_SIZE];
    bool present;

    if (number == FORMAT_LOCK_PAGE || version)
        return PAGE_WHOLE;
    if (!read_main(p, number, page, &present))
        return PAGE_DAMAGED;
    return present ? PAGE_WHOLE : PAGE_OLDER;
}

static bool look_at_all(struct pages *p, vault_progress *progress, void *ctx, struct error *err)
{
    p->damage = xcalloc(p->pages + 1, 1);
    for (uint32_t n = 1; n <= p->pages; n++) {
        p->damage[n] = (uint8_t)look_at(p, n);
        if (progress && (n % STRIDE == 0 || n == p->pages) && !progress(ctx, n, p->pages))
            return error_set(err, ERROR_FAILED, _("given up"));
    }
    return true;
}

/* Pages that the table of tags has and the file has not were cut off. */
static void count_pages(struct pages *p)
{
    uint32_t there = (uint32_t)format_pages(raw_size(p->main.file));

    p->pages = p->tagged && p->tags.pages > there ? p->tags.pages : there;
}

/* Nobody writes while we read: every open connection holds a shared lock. */
static bool lock_out(const struct pages *p, struct error *err)
{
    const struct sqlite3_io_methods *methods = p->main.file->pMethods;
    int rc = methods->xLock(p->main.file, SQLITE_LOCK_SHARED);

    if (rc == SQLITE_OK)
        rc = methods->xLock(p->main.file, SQLITE_LOCK_EXCLUSIVE);
    if (rc == SQLITE_BUSY)
        return error_set(err, ERROR_FAILED,
                         _("%s: another program has it open; close it there and try again"),
                         p->v->fs->path);
    return rc == SQLITE_OK || vault_io_error(p->v, rc, err);
}

struct pages *pages_open(struct vault *v, vault_progress *progress, void *ctx, struct error *err)
{
    struct pages *p = xcalloc(1, sizeof(*p));
    char *wal_path = xasprintf("%s-wal", v->fs->path);
    int there = 0;

    p->v = v;
    v->fs->base->xAccess(v->fs->base, wal_path, SQLITE_ACCESS_EXISTS, &there);
    free(wal_path);
    bool fine = raw_open(&p->main, v->fs->base, v->fs->path, false, err) && lock_out(p, err) &&
                (!there || raw_open(&p->wal, v->fs->base, v->fs->path, true, err));
    if (fine) {
        p->anchored = anchor_read(p->main.file, v->fs->keys, &p->anchor) == SQLITE_OK;
        p->tagged = p->anchored && tags_load(&p->tags, p->main.file, v->fs->keys) == SQLITE_OK;
        count_pages(p);
        read_wal(p);
        fine = look_at_all(p, progress, ctx, err);
    }
    if (!fine) {
        pages_close(p);
        p = NULL;
    }
    return p;
}

void pages_close(struct pages *p)
{
    if (!p)
        return;
    raw_close(&p->main);
    raw_close(&p->wal);
    tags_release(&p->tags);
    free(p->versions);
    free(p->bad);
    free(p->damage);
    free(p);
}

uint32_t pages_count(const struct pages *p)
{
    return p->pages;
}

/* The n-th place, from the newest on, at which a version of the page may lie. */
static bool read_place(const struct pages *p, uint32_t number, size_t n, uint8_t out[PAGES_SIZE],
                       bool *present, bool *end)
{
    const struct version *version = versions_of(p, number);
    size_t in_wal = 0;

    while (version && version + in_wal < p->versions + p->count && version[in_wal].page == number)
        in_wal++;
    *end = n > in_wal;
    *present = true;
    if (*end)
        return false;
    bool in_file = is_present_wal(p) ? n == in_wal : n == 0;
    bool fine = in_file ? read_main(p, number, out, present)
                        : read_version(p, &version[is_present_wal(p) ? n : n - 1], out);
    *present = *present && n == 0;
    return fine;
}

bool pages_read(struct pages *p, uint32_t number, unsigned version, uint8_t out[PAGES_SIZE],
                bool *present)
{
    bool end = false;

    for (size_t n = 0; !end; n++) {
        bool here;

        if (!read_place(p, number, n, out, &here, &end))
            continue;
        if (version-- == 0) {
            *present = here;
            return true;
        }
    }
    return false;
}

enum page_damage pages_damage(const struct pages *p, uint32_t number)
{
    return p->damage[number];
}

uint64_t pages_bad_record(const struct pages *p, size_t n)
{
    return n < p->bad_count ? p->bad[n] + 1 : 0;
}

/* Records before the first that is damaged, up to the end of a commit. */
static uint64_t whole_commits(const struct pages *p)
{
    uint64_t commit = 0, epoch;
    uint8_t frame[FORMAT_FRAME];

    for (uint64_t i = 0; i < record_count(p); i++) {
        if (!read_record(p, i, &epoch, frame) || epoch != p->epoch)
            break;
        if (get32be(frame + WAL_FRAME_COMMIT) != 0)
            commit = i + 1;
    }
    return commit;
}

/* SQLite needs the header of a WAL; salvage does not. */
static void find_records(const struct pages *p, struct vault_loss *out)
{
    uint64_t records = whole_commits(p);
    bool fits = p->headed && wal_fits(&p->anchor, p->epoch, records, &p->head);

    out->foreign =
        p->headed && !fits &&
        (p->epoch > p->anchor.epoch || wal_is_upon_another(&p->anchor, p->epoch, &p->head));
    if (fits) {
        out->found_epoch = p->epoch;
        out->found_records = records;
    }
    if (is_present_wal(p) && p->count > out->found_records)
        out->more_records = p->count - out->found_records;
}

void pages_loss(const struct pages *p, struct vault_loss *out)
{
    *out = (struct vault_loss){.anchor = !p->anchored, .tags = p->anchored && !p->tagged};
    if (p->anchored && p->anchor.commit > p->anchor.backfill) {
        out->known_epoch = p->anchor.epoch;
        out->known_records = p->anchor.commit;
    }
    out->header = p->anchored && header_generation(&p->v->header) < p->anchor.header_generation;
    find_records(p, out);
    for (uint32_t n = 1; n <= p->pages; n++) {
        if (p->damage[n] == PAGE_DAMAGED && !out->damaged)
            out->damaged = n;
        if (p->damage[n] != PAGE_OLDER)
            continue;
        out->pages = xreallocarray(out->pages, out->count + 1, sizeof(*out->pages));
        out->pages[out->count++] = n;
    }
}

uint64_t pages_missing_records(const struct pages *p)
{
    uint64_t there = p->epoch == p->anchor.epoch ? record_count(p) : 0;

    if (!p->anchored || p->epoch > p->anchor.epoch || p->anchor.commit <= p->anchor.backfill ||
        there >= p->anchor.commit)
        return 0;
    return p->anchor.commit - (there > p->anchor.backfill ? there : p->anchor.backfill);
}
