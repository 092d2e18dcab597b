/* SPDX-License-Identifier: MIT */
#include "vault_power.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vault_fault.h"
#include "vault_kit.h"

enum { SECTOR = 512, BLOCK = 4096 };

struct entry {
    enum fault_op op;
    int file;
    int64_t at; /* of a write; the size of a truncation */
    size_t size;
    uint8_t *bytes;
};

struct image {
    uint8_t *bytes;
    size_t size;
    bool there;
};

static struct entry *entries;
static int length, room;
static struct image start[FAULT_FILES];
static char path[FAULT_FILES][300];

static void note(enum fault_op op, int file, int64_t at, const void *bytes, size_t size)
{
    struct entry *e;

    if (length == room) {
        room = room ? 2 * room : 256;
        entries = realloc(entries, (size_t)room * sizeof(*entries));
    }
    e = &entries[length++];
    *e = (struct entry){op, file, at, size, NULL};
    if (size) {
        e->bytes = malloc(size);
        memcpy(e->bytes, bytes, size);
    }
}

void power_log_begin(const char *main_path)
{
    power_log_end();
    snprintf(path[FAULT_MAIN], sizeof(path[0]), "%s", main_path);
    snprintf(path[FAULT_WAL], sizeof(path[0]), "%s-wal", main_path);
    for (int k = 0; k < FAULT_FILES; k++) {
        start[k].bytes = kit_read(path[k], &start[k].size);
        start[k].there = start[k].bytes;
    }
    fault.done = note;
}

int power_log_length(void)
{
    return length;
}

void power_log_pause(void)
{
    fault.done = NULL;
}

void power_log_end(void)
{
    power_log_pause();
    for (int i = 0; i < length; i++)
        free(entries[i].bytes);
    for (int k = 0; k < FAULT_FILES; k++)
        free(start[k].bytes);
    free(entries);
    memset(start, 0, sizeof(start));
    entries = NULL;
    length = room = 0;
}

/* Splitmix64: numbers next to each other begin sequences that have nothing in common. */
static uint32_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)(z >> 32);
}

static void grow(struct image *im, size_t size)
{
    if (size <= im->size)
        return;
    im->bytes = realloc(im->bytes, size);
    memset(im->bytes + im->size, 0, size - im->size);
    im->size = size;
}

static void put(struct image *im, int64_t at, const uint8_t *bytes, size_t size)
{
    grow(im, (size_t)at + size);
    memcpy(im->bytes + at, bytes, size);
    im->there = true;
}

static void apply(struct image *im, const struct entry *e)
{
    if (e->op == FAULT_WRITE) {
        put(im, e->at, e->bytes, e->size);
    } else if (e->op == FAULT_TRUNCATE) {
        grow(im, (size_t)e->at);
        im->size = (size_t)e->at;
    } else if (e->op == FAULT_DELETE) {
        im->size = 0;
        im->there = false;
    }
}

/* The end of the unit that holds `at`, or of the write where that is sooner. */
static int64_t end_of(const struct entry *e, int64_t at, int unit)
{
    int64_t end = (at / unit + 1) * unit, last = e->at + (int64_t)e->size;

    return end < last ? end : last;
}

static void tear(struct image *im, const struct entry *e, uint64_t *seed)
{
    for (int64_t at = e->at, end; at < e->at + (int64_t)e->size; at = end) {
        end = end_of(e, at, SECTOR);
        if (next(seed) & 1)
            put(im, at, e->bytes + (at - e->at), (size_t)(end - at));
    }
}

static void noise(struct image *im, int64_t from, int64_t to, uint64_t *seed)
{
    for (int64_t at = from; at < to; at++)
        im->bytes[at] = (uint8_t)next(seed);
}

/* Each block whole, untouched, or noise: at least as far as it is written. */
static void spoil(struct image *im, const struct entry *e, bool beside, uint64_t *seed)
{
    for (int64_t at = e->at, end; at < e->at + (int64_t)e->size; at = end) {
        int64_t from = at, to;

        to = end = end_of(e, at, BLOCK);
        switch (next(seed) % 3) {
        case 0:
            put(im, at, e->bytes + (at - e->at), (size_t)(end - at));
            break;
        case 1:
            grow(im, (size_t)end);
            im->there = true;
            if (beside) {
                from = at / BLOCK * BLOCK;
                to = (at / BLOCK + 1) * BLOCK;
                to = to < (int64_t)im->size ? to : (int64_t)im->size;
            }
            noise(im, from, to, seed);
        }
    }
}

/* What became of an operation that no flush followed; false where none on that file counts now. */
static bool fate(struct image *im, const struct entry *e, enum power kind, uint64_t *seed)
{
    uint32_t draw = next(seed) % (kind == POWER_DROPPED ? 2 : 3);

    if (e->op != FAULT_WRITE) {
        if (draw)
            apply(im, e);
        else if (e->op == FAULT_DELETE)
            return false; /* the later file of that name is another */
        return true;
    }
    if (draw == 1)
        apply(im, e);
    else if (draw == 2 && kind == POWER_TORN)
        tear(im, e, seed);
    else if (draw == 2)
        spoil(im, e, kind == POWER_NEIGHBOURS || e->file == FAULT_MAIN, seed);
    else if (next(seed) % 4 == 0 && im->there)
        grow(im, (size_t)e->at + e->size);
    return true;
}

static int flushed(int file, int at)
{
    int last = 0;

    for (int i = 0; i < at; i++)
        if (entries[i].op == FAULT_SYNC && entries[i].file == file)
            last = i;
    return last;
}

int power_wal_flushed(int at)
{
    return flushed(FAULT_WAL, at);
}

static void lose(int file, enum power kind, int at, uint64_t *seed)
{
    struct image im = {malloc(start[file].size + 1), start[file].size, start[file].there};
    int whole = flushed(file, at);
    bool counts = true;

    if (im.there)
        memcpy(im.bytes, start[file].bytes, im.size);
    for (int i = 0; i < at && counts; i++) {
        if (entries[i].file != file)
            continue;
        if (i < whole)
            apply(&im, &entries[i]);
        else
            counts = fate(&im, &entries[i], kind, seed);
    }
    unlink(path[file]);
    if (im.there)
        kit_write(path[file], im.bytes, im.size);
    free(im.bytes);
}

void power_loss(enum power kind, int at, uint32_t seed)
{
    uint64_t state = seed;
    char shm[310];

    snprintf(shm, sizeof(shm), "%s-shm", path[FAULT_MAIN]);
    unlink(shm);
    for (int k = 0; k < FAULT_FILES; k++)
        lose(k, kind, at, &state);
}
